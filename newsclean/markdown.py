"""Markdown marks: found on a page, and taken out of a line while offsets are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsclean.page import Mark, Run
from newsclean.rules.patterns import compile_pattern

_TARGET = r"""\(\s*<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)"""
_TEXT = r"[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*"
_IMAGE = rf"!\[(?P<alt>{_TEXT})\]{_TARGET}"
_FIRST_IMAGE = compile_pattern(
    rf"\[?\s*!\[(?P<alt>{_TEXT})\]\(\s*<?(?P<address>[^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)*)>?"
    rf"""(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)(?:\s*\]{_TARGET})?(?P<rest>\s*\S)?"""
)
_NAMES = (
    "a|abbr|b|big|blockquote|center|cite|code|del|details|div|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|kbd|"
    "li|mark|ol|p|picture|pre|s|small|source|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|video"
)
_WITHIN = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
_TAG = rf"(?i:</?(?:{_NAMES})(?:\s{_WITHIN})?/?>|<br\s*/?>(?P<space>\s|$)|<!--[^\n]*?-->)"
"""HTML in Markdown. A line break between two words stays: to take it out would glue them."""
_INLINE = compile_pattern(
    rf"\[\s*!\[(?P<inner>{_TEXT})\]{_TARGET}(?P<after>[^\[\]]*)\]{_TARGET}"
    rf"|{_IMAGE}"
    rf"|\[(?P<link>{_TEXT})\]{_TARGET}"
    rf"|{_TAG}"
    r"|(?P<code>`+)"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+.!|~>-])"
)
_OPEN = compile_pattern(r"(?:^|[\s(\[\"'“‘—-])(\*{1,3}|_{1,3})[^\s*_]")
_CLOSE = compile_pattern(r"[^\s*_\\](\*{1,3}|_{1,3})(?:$|[\s.,;:!?)\]\"'”’—-])")
_START = compile_pattern(
    r"^\s*(?P<marks>(?:>\s?)+|#{1,6}\s+|[*+-]\s+(?:\[[ xX]\]\s+)?|\\?[*+-]\s+|\d{1,3}\\?[.)]\s+)"
)
_HASHES = compile_pattern(r"\s#+\s*$")
_RULE = compile_pattern(r"^\s*(?:[*_=~|:+-]\s*){3,}$")
_SIGN = compile_pattern(
    rf"^\s*#{{1,6}}\s+\S|\]\((?:https?:|/|#|mailto:)|!\[{_TEXT}\]\(|(?:^|[^\p{{L}}\p{{N}}*])\*\*[^\s*][^*]*\*\*(?:$|[^\p{{L}}\p{{N}}*])|^\s*\[[^\]]+\]:\s+\S"
)
_ENOUGH_SIGNS = 2


@dataclass(frozen=True, slots=True)
class Unmarked:
    """What a line says once its marks are gone, and which part of it stood in links."""

    text: str
    runs: tuple[Run, ...]
    mark: Mark
    link_share: float


@dataclass(frozen=True, slots=True)
class MarkedImage:
    """An image in Markdown, and whether nothing follows it in its line."""

    alt: str
    address: str
    is_alone: bool


def is_markdown(lines: Iterable[str]) -> bool:
    """Whether at least two lines carry marks that plain text would not have."""
    signs = 0
    for line in lines:
        if ("#" in line or "](" in line or "**" in line or "]:" in line) and _SIGN.search(line):
            signs += 1
            if signs >= _ENOUGH_SIGNS:
                return True
    return False


def image_at_start(line: str) -> MarkedImage | None:
    """The image that a line begins with, a link around it or none."""
    match = _FIRST_IMAGE.match(line) if "![" in line else None
    if match is None:
        return None
    alt, address, rest = (match.group(_FIRST_IMAGE.groupindex[name]) for name in ("alt", "address", "rest"))
    return MarkedImage(alt or "", address or "", rest is None)


def unmark(text: str, runs: tuple[Run, ...]) -> Unmarked:
    """Take the marks out of a laid-out line; ``runs`` say where ``text`` stands in the page."""
    if _RULE.match(text):
        return Unmarked("", (), Mark.NONE, 0.0)
    mark, keep = _leading_mark(text)
    kept, linked, images = _inline(text, keep)
    if images and not any(text[b:e].strip() for b, e in kept if (b, e) not in images):
        mark = Mark.IMAGE
    else:
        kept = [part for part in kept if part not in images]
    kept = _without_emphasis(text, kept)
    if mark is Mark.HEADING:
        kept = _without_closing_hashes(text, kept)
    kept = _strip(text, kept)
    size = sum(e - b for b, e in kept)
    return Unmarked(
        "".join(text[b:e] for b, e in kept),
        tuple(_through(kept, runs)),
        mark,
        min(1.0, linked / size) if size else 0.0,
    )


def _leading_mark(text: str) -> tuple[Mark, int]:
    """The mark a line begins with and where its words begin; numbers are words."""
    mark, at = Mark.NONE, 0
    while match := _START.match(text[at:]):
        marks = (match.group(_START.groupindex["marks"]) or "").strip()
        if marks[0].isdigit():
            return mark or Mark.ITEM, at
        if marks.startswith("#"):
            mark = Mark.HEADING
        elif not marks.startswith(">"):
            mark = mark or Mark.ITEM
        at += match.end()
    return mark, at


def _inline(text: str, begin: int) -> tuple[list[tuple[int, int]], int, set[tuple[int, int]]]:
    """Ranges of words, the number of their characters in links, and which are alt texts."""
    kept: list[tuple[int, int]] = []
    images: set[tuple[int, int]] = set()
    linked = 0
    names = _INLINE.groupindex
    at = begin
    for match in _INLINE.finditer(text):
        if match.start() < at:
            continue
        kept.append((at, match.start()))
        for name in ("inner", "after", "alt", "link", "space", "escaped"):
            part = match.span(names[name])
            if part[0] < 0 or part[0] == part[1]:
                continue
            kept.append(part)
            if name in ("inner", "alt"):
                images.add(part)
            elif name in ("after", "link"):
                linked += part[1] - part[0]
        at = match.end()
    kept.append((at, len(text)))
    return [part for part in kept if part[0] < part[1]], linked, images


def _without_emphasis(text: str, kept: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if "*" not in text and "_" not in text:
        return kept
    opened = [match.span(1) for match in _OPEN.finditer(text)]
    closed = [match.span(1) for match in _CLOSE.finditer(text)]
    if not opened or not closed:
        return kept
    marks = sorted({*opened, *closed})
    parts = []
    for begin, end in kept:
        at = begin
        for mark in marks:
            if begin <= mark[0] < end:
                if at < mark[0]:
                    parts.append((at, mark[0]))
                at = max(at, mark[1])
        if at < end:
            parts.append((at, end))
    return parts


def _without_closing_hashes(text: str, kept: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if kept and (match := _HASHES.search(text[slice(*kept[-1])])):
        begin = kept[-1][0]
        return [*kept[:-1], (begin, begin + match.start())]
    return kept


def _strip(text: str, kept: list[tuple[int, int]]) -> list[tuple[int, int]]:
    while kept and not text[slice(*kept[0])].strip():
        kept = kept[1:]
    while kept and not text[slice(*kept[-1])].strip():
        kept = kept[:-1]
    if kept:
        begin, end = kept[0]
        kept = [(begin + len(text[begin:end]) - len(text[begin:end].lstrip()), end), *kept[1:]]
        begin, end = kept[-1]
        kept = [*kept[:-1], (begin, begin + len(text[begin:end].rstrip()))]
    return kept


def _through(kept: list[tuple[int, int]], runs: tuple[Run, ...]) -> Iterable[Run]:
    """The kept ranges of a text, told as runs in the page."""
    offset = 0
    first = 0
    for begin, end in kept:
        while first < len(runs) and runs[first].offset + runs[first].length <= begin:
            first += 1
        for run in runs[first:]:
            if run.offset >= end:
                break
            low, high = max(begin, run.offset), min(end, run.offset + run.length)
            yield Run(offset + low - begin, run.start + low - run.offset, high - low)
        offset += end - begin
