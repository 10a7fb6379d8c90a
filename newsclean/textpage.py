"""Plain text (Markdown included) -> Page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsclean.markdown import is_markdown, unmark
from newsclean.page import LINE_BREAK, Mark, Page, Passage, Run, Span, tiled

_EDGE = "\u200b\u2060\ufeff\u00ad"
_STRIP = re.compile(rf"^[\s{_EDGE}]+|(?<![\s{_EDGE}])[\s{_EDGE}]+$")

_SENTENCE_END = re.compile(r"""[.!?…。！？:;]["'”’»)\]]*$""")
_GOES_ON = re.compile(r"""^(?:[,.;:)\]?!…%”»]|['’]s\b)(?!\w*\.\w)""")
_OPEN_END = re.compile(r"""(?:[,(\[“‘«/&]|\s[-–—]|\s["'])$""")
_NEVER_LAST = frozenset(
    {
        *(
            "the",
            "a",
            "an",
            "of",
            "to",
            "by",
            "and",
            "or",
            "with",
            "from",
            "for",
            "at",
            "that",
            "as",
            "than",
            "into",
        ),
        *(
            "le",
            "la",
            "les",
            "du",
            "des",
            "un",
            "une",
            "et",
            "de",
            "der",
            "die",
            "das",
            "den",
            "dem",
            "ein",
            "eine",
        ),
        *(
            "und",
            "von",
            "mit",
            "el",
            "los",
            "las",
            "del",
            "y",
            "con",
            "il",
            "lo",
            "gli",
            "di",
            "della",
            "e",
            "da",
        ),
        *("van", "het", "een", "en", "og", "och", "o", "os", "do", "na"),
    }
)
"""Words that no headline and no menu entry ends in."""
_LIST_ITEM = re.compile(r"^(?:[-*+•·‣▪◦●–—>]|\d{1,3}[.)])\s")
_SENTENCE = re.compile(
    r"""(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bNo)(?<!\bvs)(?<!\bGov)(?<!\bSen)(?<!\bRep)"""
    r"""[.!?…]["'”’)\]]*(?=\s+["'“‘«(\[]?[^\W\d_a-zà-þ])|[。！？]["'”’）」』]*"""
    r"""|\((?:(?:Photo|Picture|Image|Pic|Credit|Foto|Bild)\b[^()]{0,80}|[^()]{0,60}\b(?:AFP|AP|Getty|Reuters|REUTERS|PA|EPA|Alamy)\b[^()]{0,40})\)"""
    r"""(?=\s+["'“‘]?[^\W\d_a-zà-þ])"""
)

_MIN_WRAPPED_PAIRS = 4
_MIN_WRAP, _MAX_WRAP = 40, 130
"""Line lengths, in characters, between which a text counts as wrapped by hand."""
_MIN_LONE_LINE = 1200
"""Characters from which one line that holds nearly the whole page is split by sentence."""
_LONE_LINE_SHARE = 0.8
_FRAGMENT_WORDS = 5
"""A line of fewer words may be a menu entry; joining needs one of at least so many."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page that is not blank: where it begins, its words' place, its text."""

    begin: int
    start: int
    text: str
    gap: int

    @property
    def indent(self) -> int:
        return self.start - self.begin


def read_text(text: str) -> Page:
    """Read plain text as passages: one a paragraph, heading, caption, or menu entry.

    Hard-wrapped lines, and sentences that inline links broke over lines, are put together;
    a page whose line breaks are all lost is taken sentence by sentence.
    """
    lines = _lines(text)
    if not lines:
        return Page(text, (Passage(Span(0, len(text)), "", ()),) if text else ())
    marked = is_markdown(line.text for line in lines)
    groups = _join(lines, marked)
    drafts = [_passage(group, marked) for group in groups]
    if _lost_its_breaks(drafts, len(text)):
        drafts = [part for draft in drafts for part in _sentences(draft)]
    return Page(text, tuple(tiled(drafts, 0, len(text))))


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    begin, gap = 0, 0
    breaks = [(m.start(), m.end()) for m in LINE_BREAK.finditer(text)]
    for stop, after in [*breaks, (len(text), len(text))]:
        raw = text[begin:stop]
        stripped = _STRIP.sub("", raw)
        if stripped:
            found.append(_Line(begin, begin + raw.index(stripped), stripped, gap))
            gap = 0
        else:
            gap += 1
        begin = after
    return found


def _join(lines: Sequence[_Line], marked: bool) -> list[list[_Line]]:
    """Lines grouped into paragraphs."""
    width = None if marked else _wrap_width(lines)
    groups: list[list[_Line]] = []
    for i, line in enumerate(lines):
        follows = i > 0 and line.gap == 0
        if (follows and width and _wrapped(lines[i - 1], line, width)) or (
            follows and not marked and _broken_by_link(lines, i)
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _wrap_width(lines: Sequence[_Line]) -> int | None:
    """The column at which the page's lines were wrapped by hand, if they were."""
    pairs = [
        (a.indent + len(a.text), len(_first_word(b.text)))
        for a, b in pairwise(lines)
        if b.gap == 0 and len(a.text) >= _MIN_WRAP
    ]
    if len(pairs) < _MIN_WRAPPED_PAIRS:
        return None
    width = sorted(length for length, _ in pairs)[int(0.98 * (len(pairs) - 1))]
    if not _MIN_WRAP <= width <= _MAX_WRAP:
        return None
    full = sum(1 for length, word in pairs if length <= width < length + 1 + word)
    return width if full >= 0.6 * len(pairs) else None


def _first_word(text: str) -> str:
    return text.split(None, 1)[0]


def _wrapped(line: _Line, after: _Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    if _LIST_ITEM.match(after.text):
        return False
    if after.indent > line.indent and not _LIST_ITEM.match(line.text):
        return False
    length = line.indent + len(line.text)
    return length + 1 + len(_first_word(after.text)) > width - 2 and length >= width // 2


def _broken_by_link(lines: Sequence[_Line], i: int) -> bool:
    """Whether line i goes on in the sentence of the line before it."""
    before, line = lines[i - 1].text, lines[i].text
    if _LIST_ITEM.match(line) or _LIST_ITEM.match(before):
        return False
    if _GOES_ON.match(line):
        return len(before.split()) > 1 or len(line.split()) >= _FRAGMENT_WORDS
    if _sandwiched(lines, i):
        return True
    words = max(len(before.split()), len(line.split()))
    if words < _FRAGMENT_WORDS or _SENTENCE_END.search(before):
        return False
    if line[0].islower() or _OPEN_END.search(before):
        return True
    return _ends_open(before) and len(before.split()) >= _FRAGMENT_WORDS


def _ends_open(text: str) -> bool:
    """Whether a line ends in an article or a preposition, as only a broken sentence does."""
    return len(text) > 30 and text.rsplit(None, 1)[-1] in _NEVER_LAST


def _sandwiched(lines: Sequence[_Line], i: int) -> bool:
    """Whether line i is a link's words inside a sentence that goes on in the line after."""
    if i + 1 >= len(lines) or lines[i + 1].gap:
        return False
    before, line, after = lines[i - 1].text, lines[i].text, lines[i + 1].text
    if len(before.split()) < 3 or len(line.split()) > 10 or _SENTENCE_END.search(before):
        return False
    goes_on = after[0].islower() or bool(_GOES_ON.match(after))
    return goes_on and (len(before.split()) >= _FRAGMENT_WORDS or len(after.split()) >= 3)


def _passage(group: Sequence[_Line], marked: bool) -> Passage:
    parts: list[str] = []
    runs: list[Run] = []
    size = 0
    for line in group:
        if parts and not _GOES_ON.match(line.text):
            # the line break itself is read as a space
            parts.append(" ")
            runs.append(Run(size, line.begin - 1, 1))
            size += 1
        parts.append(line.text)
        runs.append(Run(size, line.start, len(line.text)))
        size += len(line.text)
    text, mark, link_share = "".join(parts), Mark.NONE, 0.0
    placed = tuple(runs)
    if marked:
        for _ in range(3):  # marks may stand inside marks
            bare = unmark(text, placed)
            mark, link_share = mark or bare.mark, max(link_share, bare.link_share)
            changed, text, placed = bare.text != text, bare.text, bare.runs
            if not changed or not text:
                break
    elif _LIST_ITEM.match(text):
        mark = Mark.ITEM
    begin = group[0].begin
    return Passage(Span(begin, begin), text, placed, mark, group[0].gap, link_share=link_share)


def _lost_its_breaks(passages: Sequence[Passage], size: int) -> bool:
    longest = max(len(p.text) for p in passages)
    return longest >= _MIN_LONE_LINE and longest >= _LONE_LINE_SHARE * size


def _sentences(passage: Passage) -> Iterable[Passage]:
    if len(passage.text) < _MIN_LONE_LINE:
        return [passage]
    ends = [m.end() for m in _SENTENCE.finditer(passage.text)]
    return passage.split([end for end in ends if end < len(passage.text)])
