"""A page as newsclean reads it: its text, and the passages that tile it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from newsclean.evidence import Evidence

if TYPE_CHECKING:
    from newsclean.htmlpage import Frame
    from newsclean.places import Places
    from newsclean.structured import Structured


class Span(NamedTuple):
    """A half-open range of characters, counted in the page's text."""

    start: int
    end: int


class Run(NamedTuple):
    """``length`` characters of a passage's text that stand together in the page."""

    offset: int
    start: int
    length: int


class Mark(StrEnum):
    """What the page's own markup says a passage is."""

    NONE = ""
    HEADING = "heading"
    ITEM = "item"
    IMAGE = "image"


LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What ends a line."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´ʼ′＇", "'"),
        **dict.fromkeys("“”„‟″＂", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "：": ":",
        **dict.fromkeys("\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c", None),
        **{c: " " for c in map(chr, range(0x3001)) if c.isspace() or unicodedata.category(c) == "Zs"},
    }
)
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c]")
_WORD = re.compile(r"\w+")


def make_plain(text: str) -> str:
    """A text with white space, quotes and dashes made plain, for matching."""
    if text.isascii() and text.isprintable() and "`" not in text:
        return text  # what translate would give, in a fifth of the time
    return text.translate(_PLAIN)


class Sign(StrEnum):
    """How the tree shows that a text is the caption of a picture, or what else stands beside one."""

    FIGCAPTION = "figcaption"
    CLASS = "class"
    FIGURE = "figure"
    IMAGE = "image"
    ALT = "alt"
    HEADLINE = "headline"
    PROMOTION = "promotion"


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure that a caption stands in.

    ``holder`` is the element that holds it, ``credit`` says whether the text is marked as the credit, and
    ``repeats`` whether it repeats the alternative text of the picture.
    """

    holder: Frame = field(compare=False, repr=False)
    sign: Sign
    credit: bool
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """The element of a picture, and the places of its tree, which tell its path."""

    element: Any
    places: Places


@dataclass(frozen=True, slots=True)
class Node:
    """What the tree of an HTML page knows of a passage.

    ``path`` is the XPath of the element that it stands in, ``tag`` that element's name, and
    ``measures`` are the numbers that ``newsclean.nodes.NODE_MEASURES`` names. ``figure`` is the figure
    that it is the caption of, ``said`` what the elements around it say that it is, and ``picture`` the
    picture that it speaks of, or else the one right before it.
    """

    path: str
    tag: str
    measures: tuple[float, ...]
    figure: Figure | None = None
    said: Evidence | None = None
    picture: Picture | None = field(default=None, compare=False, repr=False)

    @property
    def parent(self) -> str:
        """The XPath of the element that its element stands in."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Passage:
    """One block of the page before it has a role.

    ``span`` tiles the page with its neighbours; ``text`` is what a reader sees of it, and
    ``runs`` says where in the page each part of ``text`` stands. ``glued`` passages go on
    in the line of the one before, after the white space ``lead``. ``gap`` counts the blank
    lines before it; ``link_share`` (0 to 1) is the part of the text inside links.
    ``node`` is None in plain text.
    """

    span: Span
    text: str
    runs: tuple[Run, ...]
    mark: Mark = Mark.NONE
    gap: int = 0
    glued: bool = False
    lead: str = ""
    link_share: float = 0.0
    node: Node | None = None

    @cached_property
    def plain(self) -> str:
        """The text with white space, quotes and dashes made plain, for matching."""
        return make_plain(self.text)

    @cached_property
    def words(self) -> list[str]:
        """The words, lower-cased; a word that comes again is the same object, so that it is in memory once."""
        return list(map(intern, _WORD.findall(self.plain.lower())))

    @property
    def content(self) -> Span:
        """Where the text stands in the page, without the white space around it."""
        if not self.runs:
            return Span(self.span.start, self.span.start)
        return Span(self.runs[0].start, self.runs[-1].start + self.runs[-1].length)

    def text_offset(self, plain_offset: int) -> int:
        """The offset in ``text`` of an offset in ``plain``."""
        if len(self.plain) == len(self.text):
            return plain_offset
        for match in _INVISIBLE.finditer(self.text):
            if match.start() > plain_offset:
                break
            plain_offset += 1
        return plain_offset

    def place(self, start: int, end: int) -> Span:
        """Where in the page a part of ``text`` stands, which is not empty."""
        return Span(self._source(start), self._source(end - 1) + 1)

    def split(self, offsets: list[int]) -> list[Passage]:
        """Split at offsets of ``text`` (ascending); the parts tile the passage."""
        edges = [0, *offsets, len(self.text)]
        parts: list[Passage] = []
        for begin, end in pairwise(edges):
            part = self.text[begin:end]
            lead = part[: len(part) - len(part.lstrip())] if parts else ""
            start, stop = begin + len(lead), begin + len(part.rstrip())
            if start >= stop:
                continue
            parts.append(
                Passage(
                    span=Span(self._source(start) if parts else self.span.start, self.span.end),
                    text=self.text[start:stop],
                    runs=tuple(self._runs_between(start, stop)),
                    mark=self.mark,
                    gap=0 if parts else self.gap,
                    glued=bool(parts) or self.glued,
                    lead=self._lead_before(start) if parts else self.lead,
                    link_share=self.link_share,
                    node=self.node,
                )
            )
        return tiled(parts, self.span.start, self.span.end) if parts else [self]

    def _lead_before(self, offset: int) -> str:
        start = offset
        while start and self.text[start - 1].isspace():
            start -= 1
        return self.text[start:offset]

    def _source(self, offset: int) -> int:
        run = self.runs[self._run_at(offset)] if self.runs else Run(0, self.span.start, 0)
        return run.start + offset - run.offset

    def _run_at(self, offset: int) -> int:
        """The index of the last run that begins at or before an offset."""
        return max(0, bisect_right(self.runs, offset, key=lambda run: run.offset) - 1)

    def _runs_between(self, start: int, stop: int) -> list[Run]:
        found = []
        for i in range(self._run_at(start), len(self.runs)):
            run = self.runs[i]
            if run.offset >= stop:
                break
            begin, end = max(run.offset, start), min(run.offset + run.length, stop)
            if begin < end:
                found.append(Run(begin - start, run.start + begin - run.offset, end - begin))
        return found


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text and the passages that tile it, in order.

    The text of an HTML page is what a reader sees of it, block by block; ``about`` is what such a page
    says of itself to machines, and ``tree`` what it was read from; both are None in plain text.
    ``scripted`` says whether it has scripts, ``flattened`` whether its tree was too deep to be read whole.
    """

    text: str
    passages: tuple[Passage, ...]
    about: Structured | None = None
    scripted: bool = False
    flattened: bool = False
    tree: Any = field(default=None, compare=False, repr=False)

    @property
    def of_tree(self) -> bool:
        """Whether it was read from the tree of an HTML page."""
        return self.about is not None


def tiled(parts: Sequence[Passage], start: int, end: int) -> list[Passage]:
    """The passages with spans that tile the page from ``start`` to ``end``."""
    edges = [start, *(part.span.start for part in parts[1:]), end]
    return [replace(part, span=Span(*edge)) for part, edge in zip(parts, pairwise(edges), strict=True)]


def placed(parts: Iterable[Passage], text: str) -> Iterator[tuple[int, Passage]]:
    """The parts that a text was split into, each with its offset in the text."""
    at = 0
    for part in parts:
        at = text.index(part.text, at)
        yield at, part
        at += len(part.text)
