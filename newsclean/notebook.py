"""Shows a Document as HTML: the page in its own order, with what became of each of its parts.

All text is escaped, nothing is loaded, and there is no script: what can be folded is a details element.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from itertools import groupby

from newsclean.document import Block, Caption, Document
from newsclean.evidence import REMOVED_ROLES, TEXT_ROLES, Evidence, Role
from newsclean.page import LINE_BREAK, Span

_ORDER = tuple(Role)
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that change the direction of the text after them."""
_VISIBLE = str.maketrans(
    {
        **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
        0x7F: "\u2421",
        **dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd"),
        **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], None),
    }
)
"""Control characters as pictures of themselves, steering ones gone, halves of characters replaced."""
_PEEK = 160
"""Characters of a folded run that are shown."""
_OURS = frozenset({"text", "date", "language", "kind"})
"""Fields in newsclean's words, not in the page's."""
_LANGUAGE = re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a page a view shows, so that a notebook stays small.

    ``text`` and ``folded`` count characters of what stands open and of what is folded, ``part``
    those of one folded part, ``rows`` and ``folded_rows`` parts, ``field`` characters of a field of
    the head or of a caption, and ``warnings`` warnings. None means no limit.
    """

    text: int | None = None
    folded: int | None = None
    part: int | None = None
    rows: int | None = None
    folded_rows: int | None = None
    field: int | None = None
    warnings: int | None = None


NOTEBOOK = Limits(
    text=100_000, folded=50_000, part=2_000, rows=1_000, folded_rows=500, field=300, warnings=20
)
WHOLE = Limits()


def view(document: Document) -> str:
    """The page as HTML for a notebook; of a long page the parts that fit ``NOTEBOOK``."""
    return f"<style>{style()}</style>{''.join(section(document, NOTEBOOK))}"


@cache
def style() -> str:
    """The style sheet of a view, without its comments and indents."""
    text = resources.files("newsclean.data").joinpath("view.css").read_text(encoding="utf-8")
    return re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip()


def section(document: Document, limits: Limits, anchor: str = "") -> Iterator[str]:
    """The markup of one document; ``anchor`` is its id in a report of several."""
    room = _Room(limits, document.language or "")
    lines = _lines(document)
    page = list(_page(lines, room))
    name = shown(_cut(document.title or "a page", limits.field), quote=True)
    anchored = f' id="{escape(anchor)}"' if anchor else ""
    # The classes keep MathJax from reading dollars as formulas.
    yield (
        f'<section class="newsclean-view tex2jax_ignore mathjax_ignore"{anchored} lang="en" dir="ltr" '
        f'aria-label="newsclean: {name}">'
    )
    yield from _head(document, lines, room)
    yield '<div class="nc-page">'
    yield from page
    yield "</div></section>\n"


def shown(text: str, *, quote: bool = False) -> str:
    """Text of a page, escaped, with its control characters made visible and harmless."""
    return escape(text, quote=quote).translate(_VISIBLE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block as it is shown; ``spaced`` says that white space parts it from the one before."""

    block: Block
    text: str
    spaced: bool = False
    caption: Caption | None = None

    @property
    def role(self) -> Role:
        return self.block.role


_Line = list[_Piece]
"""The pieces that stand in one line of the page: a paragraph and the plugs stuck to it."""


class _Room:
    """How much may still be shown, and how much was left out; and how text of the page is marked as such."""

    def __init__(self, limits: Limits, language: str) -> None:
        self.limits = limits
        self.mark = ' dir="auto"' + (f' lang="{language}"' if _LANGUAGE.fullmatch(language) else "")
        self.left_out = 0
        self._text = [limits.text, limits.folded]
        self._rows = [limits.rows, limits.folded_rows]

    def row(self, line: _Line, *, folded: bool) -> bool:
        """Whether there is room for one more row; else its text is counted as left out."""
        rows, text = self._rows[folded], self._text[folded]
        if rows == 0 or text == 0:
            self.left_out += sum(len(piece.text) for piece in line)
            return False
        if rows is not None:
            self._rows[folded] = rows - 1
        return True

    def words(self, text: str, *, folded: bool) -> str:
        """The text, or as much of it as there is room for, as markup."""
        room = self._text[folded]
        if room is None:
            return shown(text)
        size = min(len(text), room, self.limits.part or room if folded else room)
        self._text[folded] = room - size
        self.left_out += len(text) - size
        return shown(text[:size]) + (
            _more(f"{len(text) - size:,} characters more") if size < len(text) else ""
        )


def _lines(document: Document) -> list[_Line]:
    """The parts of the page that have text, line by line."""
    if not document.blocks:
        return _without_page(document)
    captions = _captions(document)
    lines: list[_Line] = []
    gap = "\n"
    for index, block in enumerate(document.blocks):
        source = document.page_text[block.span.start : block.span.end]
        inner = source.strip()
        text = block.text or inner
        if not text:
            gap += source
            continue
        gap += source[: len(source) - len(source.lstrip())]
        piece = _Piece(block, text, bool(gap), captions.get(index))
        if LINE_BREAK.search(gap):
            lines.append([])
        lines[-1].append(piece)
        gap = source[len(source.rstrip()) :]
    return [part for line in lines for part in _parted(line)]


def _parted(line: _Line) -> list[_Line]:
    """The line, in its pieces where none of them is the article's text."""
    return [line] if any(piece.role in TEXT_ROLES for piece in line) else [[piece] for piece in line]


def _captions(document: Document) -> dict[int, Caption]:
    """The captions by the block that they begin in."""
    starts = [block.span.start for block in document.blocks]
    return {max(0, bisect_right(starts, caption.span.start) - 1): caption for caption in document.captions}


def _without_page(document: Document) -> list[_Line]:
    """The lines of a document that holds no page: its text, with the captions where they stood."""
    lines: list[_Line] = []
    for position, paragraph in enumerate(("", *document.paragraphs), -1):
        if paragraph:
            lines.append([_Piece(Block(Span(0, 0), paragraph, Role.BODY), paragraph)])
        for caption in document.captions:
            if caption.position == position:
                block = Block(caption.span, caption.text, Role.CAPTION)
                lines.append([_Piece(block, caption.text, caption=caption)])
    for part in document.removed:
        evidence = (Evidence(part.rule_id, part.role, 0.0, part.why),)
        lines.append([_Piece(Block(part.span, part.text, part.role, evidence), part.text)])
    return lines


def _head(document: Document, lines: Sequence[_Line], room: _Room) -> Iterator[str]:
    """What the document says of the page, what a reader has to know of it, and the legend."""
    limits = room.limits
    yield '<div class="nc-head">'
    yield _pairs("nc-fields", _fields(document), room)
    notes = list(_notes(document, room))
    if notes:
        yield '<ul class="nc-notes" aria-label="Warnings">'
        yield from (f'<li dir="auto">{shown(_cut(note, limits.field))}</li>' for note in notes)
        yield "</ul>"
    counts = Counter(piece.role for line in lines for piece in line)
    if counts:
        yield '<ul class="nc-legend" aria-label="Roles, and how many parts of the page have them">'
        yield from (f"<li>{_tag(role, counts[role])}</li>" for role in _ORDER if role in counts)
        yield "</ul>"
    yield "</div>"


def _fields(document: Document) -> list[tuple[str, str | None]]:
    paragraphs = len(document.paragraphs)
    size = f"{paragraphs:,} paragraph{'s' * (paragraphs != 1)}, {len(document.text):,} characters"
    return [
        ("title", document.title),
        ("authors", ", ".join(document.authors)),
        ("publisher", document.publisher),
        ("aggregator", document.aggregator),
        ("section", document.section),
        ("date", document.date),
        ("language", document.language),
        ("text", size if document.text else "none"),
    ]


def _notes(document: Document, room: _Room) -> Iterator[str]:
    most = room.limits.warnings
    yield from (f"Warning: {warning}" for warning in document.warnings[:most])
    if most is not None and len(document.warnings) > most:
        yield f"{len(document.warnings) - most:,} more warnings stand in doc.warnings."
    if document.truncated:
        yield "The article is cut off: what follows it asks the reader to subscribe or to read on elsewhere."
    if not document.blocks and document.text:
        yield "This document holds no page: what is shown is its text, without the page's order."
    if steering := len(_STEERING.findall(document.page_text)):
        yield f"Characters that steer the direction of the text are not shown: {steering:,}."
    if room.left_out:
        yield (
            f"The page is long: {room.left_out:,} characters of it are left out here. "
            "doc.to_html_report(path) writes all of it."
        )


def _page(lines: Sequence[_Line], room: _Room) -> Iterator[str]:
    """The rows of the page; runs of what was removed are folded."""
    left_out = 0
    for removed, run in groupby(lines, _is_removed):
        if removed:
            pieces = [piece for line in run for piece in line]
            if room.row(pieces, folded=False):
                yield from _run(pieces, room)
            else:
                left_out += len(pieces)
            continue
        for line in run:
            fitting = [piece for piece in line if room.row([piece], folded=False)]
            left_out += len(line) - len(fitting)
            if any(piece.role in TEXT_ROLES for piece in fitting):
                yield _paragraph(fitting, room)
            else:
                yield from (_row(piece, room, folded=False) for piece in fitting)
    if left_out:
        yield f'<p class="nc-more">{left_out:,} more parts of the page are left out here.</p>'


def _is_removed(line: _Line) -> bool:
    return all(piece.role in REMOVED_ROLES for piece in line)


def _paragraph(line: _Line, room: _Room) -> str:
    """A paragraph or subheading of the text, with what is stuck to it shaded."""
    first = next(piece for piece in line if piece.role in TEXT_ROLES)
    words = [f"{' ' * (piece.spaced and piece is not line[0])}{_part(piece, first, room)}" for piece in line]
    heading = _heading(4) if first.role is Role.HEADING else ""
    about = "".join(_about(piece, room) for piece in line)
    return (
        f'<div class="nc-row nc-text" data-role="{first.role}">{_why(line)}<div class="nc-main">'
        f'<p class="nc-words"{room.mark}{heading} title="{_reason(first)}">'
        f"{''.join(words)}</p>{about}</div></div>"
    )


def _part(piece: _Piece, first: _Piece, room: _Room) -> str:
    """A piece of a paragraph whose first piece of text is ``first``."""
    text, reason = room.words(piece.text, folded=False), _reason(piece)
    if piece.role not in TEXT_ROLES:
        tag = f'<span class="nc-tag" lang="en">{piece.role}</span>'
        return f'<span class="nc-part" data-role="{piece.role}" title="{reason}">{tag} {text}</span>'
    return text if reason == _reason(first) else f'<span title="{reason}">{text}</span>'


def _row(piece: _Piece, room: _Room, *, folded: bool) -> str:
    """A part of the page that is not the article's text."""
    heading = _heading(3) if piece.role is Role.TITLE else ""
    return (
        f'<div class="nc-row nc-told" data-role="{piece.role}">{_why([piece])}<div class="nc-main">'
        f'<p class="nc-words"{room.mark}{heading} title="{_reason(piece)}">'
        f"{room.words(piece.text, folded=folded)}</p>{_about(piece, room)}</div></div>"
    )


def _heading(level: int) -> str:
    """What makes a paragraph a heading for those who hear it, and not one of the notebook's contents."""
    return f' role="heading" aria-level="{level}"'


def _run(pieces: _Line, room: _Room) -> Iterator[str]:
    """Removed parts that stand together, folded under a line that says what they are."""
    counts = Counter(piece.role for piece in pieces)
    kinds = " ".join(_tag(role, counts[role] if len(pieces) > 1 else 0) for role in _ORDER if role in counts)
    peek = _cut(" · ".join(" ".join(piece.text[:_PEEK].split()) for piece in pieces[:_PEEK]), _PEEK)
    title = _reason(pieces[0]) if len(pieces) == 1 else f"{len(pieces):,} removed parts: click to see each"
    yield (
        f'<details class="nc-run"><summary title="{title}"><span class="nc-kinds">{kinds}</span> '
        f'<span class="nc-peek"{room.mark}>{shown(peek)}</span></summary>'
    )
    left_out = 0
    for piece in pieces:
        if room.row([piece], folded=True):
            yield _row(piece, room, folded=True)
        else:
            left_out += 1
    if left_out:
        yield f'<p class="nc-more">{left_out:,} more removed parts are left out here.</p>'
    yield "</details>"


def _why(line: _Line) -> str:
    """The label of a row, which opens to tell the rule and the reason of each of its pieces."""
    leads = next((piece for piece in line if piece.role in TEXT_ROLES), line[0])
    pieces = [piece for piece in _unlike(line) if piece.block.rule_id]
    told = [
        f"<div><dt>{f'{_tag(piece.role)} ' * (len(pieces) > 1)}<code>{shown(piece.block.rule_id)}</code></dt>"
        f"<dd>{shown(piece.block.why)}</dd></div>"
        for piece in pieces
    ]
    if not told:
        return f'<div class="nc-why">{_tag(leads.role)}</div>'
    return (
        f'<details class="nc-why"><summary title="Why?">{_tag(leads.role)}</summary>'
        f"<dl>{''.join(told)}</dl></details>"
    )


def _unlike(line: _Line) -> Iterable[_Piece]:
    """The pieces of a line, of those that have role and rule in common the first."""
    first: dict[tuple[Role, str], _Piece] = {}
    for piece in line:
        first.setdefault((piece.role, piece.block.rule_id), piece)
    return first.values()


def _reason(piece: _Piece) -> str:
    told = ": ".join(part for part in (piece.block.rule_id, piece.block.why) if part)
    return shown(f"{piece.role} - {told}" if told else piece.role.value, quote=True)


def _about(piece: _Piece, room: _Room) -> str:
    """What a caption was taken apart into."""
    caption = piece.caption
    if caption is None:
        return ""
    image = caption.image
    fields = [
        ("credit", caption.credit),
        ("photographer", caption.photographer),
        ("agency", caption.agency),
        ("kind", caption.kind),
        ("alt", image.alt if image else None),
        ("image", image.url if image else None),
    ]
    return _pairs("nc-about", fields, room) if any(value for _, value in fields) else ""


def _pairs(name: str, fields: Iterable[tuple[str, str | None]], room: _Room) -> str:
    """Names and values, without those that have none."""
    told = []
    for key, value in fields:
        if value:
            mark = "" if key in _OURS else room.mark
            told.append(f"<div><dt>{key}</dt><dd{mark}>{shown(_cut(value, room.limits.field))}</dd></div>")
    return f'<dl class="{name}">{"".join(told)}</dl>'


def _tag(role: Role, count: int = 0) -> str:
    number = f" <b>{count:,}</b>" if count else ""
    return f'<span class="nc-tag" data-role="{role}">{role}{number}</span>'


def _more(text: str) -> str:
    return f'<span class="nc-more" lang="en"> … {text}</span>'


def _cut(text: str, size: int | None) -> str:
    return text if size is None or len(text) <= size else f"{text[: size - 1]}…"
