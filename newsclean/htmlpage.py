"""HTML -> Page: the visible text laid out in blocks, each with what the tree knows of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from lxml import etree

from newsclean.data import table

_NO_TEXT = frozenset(
    {
        *("script", "style", "template", "svg", "math", "head", "noscript", "iframe", "frame", "object"),
        *("embed", "canvas", "select", "datalist", "textarea", "audio", "video", "map", "noembed"),
        *("noframes", "applet", "meter", "progress"),
    }
)
"""Elements whose text no reader of the page sees."""
_NEAR = frozenset(
    {
        *("address", "article", "aside", "body", "button", "center", "dd", "details", "dialog", "dir", "div"),
        *("dt", "fieldset", "figcaption", "footer", "header", "hgroup", "hr", "html", "label", "legend"),
        *("li", "main", "menu", "nav", "section", "summary", "tbody", "tfoot", "thead", "tr", "caption"),
    }
)
"""Elements that stand on lines of their own."""
_FAR = frozenset(
    {
        *("blockquote", "dl", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre"),
        *("table", "ul"),
    }
)
"""Elements with a blank line before and behind them."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACE_IN_LINE = re.compile(r"[ \t]+")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BREAK, _SEAM = "\n", "\x00"
_READS_AS_ONE = re.compile(r"(?<=[^\W\dA-Z_])\x00(?=[A-Z0-9])")
_NAMED_CHARS = 300
"""Characters of class and id that are looked at."""
_PROSE_WORDS, _MOST_WORDS = 8, 80
"""Words from which a sentence counts as prose, and up to which it counts."""

SURROUNDINGS = (
    "article", "main", "nav", "aside", "header", "footer", "form", "figure", "table", "list", "content",
    "story", "text", "related", "promo", "social", "comment", "subscribe", "advert", "author", "meta",
    "tags", "media", "menu", "widget", "notice", "lead", "hidden",
)  # fmt: skip
"""What may stand around a block: by the name of an element, or by the words of its class and id."""
_OF_TAG = {
    **{name: SURROUNDINGS.index(name) for name in SURROUNDINGS[:9]},
    **dict.fromkeys(("ul", "ol", "dl"), SURROUNDINGS.index("list")),
}
NOWHERE = -1


@dataclass(slots=True)
class Frame:
    """An element that blocks stand in."""

    parent: Frame | None
    tag: str
    place: str
    """Its step in a path: the tag, and which of that name it is among its siblings."""
    depth: int
    around: tuple[int, ...]
    """For each of SURROUNDINGS the depth of the nearest element that is it or says so."""
    look: str
    """Tag and class, which elements that look the same share."""
    children: dict[str, int] = field(default_factory=dict)
    words: int = 0
    linked: float = 0.0
    prose: float = 0.0
    blocks: int = 0
    images: int = 0

    @property
    def path(self) -> str:
        """The XPath of the element."""
        steps = []
        frame: Frame | None = self
        while frame is not None:
            steps.append(frame.place)
            frame = frame.parent
        return "/" + "/".join(reversed(steps))

    def close(self) -> None:
        """Add what stands in it to its parent."""
        if self.parent is not None:
            self.parent.words += self.words
            self.parent.linked += self.linked
            self.parent.prose += self.prose
            self.parent.blocks += self.blocks
            self.parent.images += self.images


@dataclass(slots=True)
class Block:
    """Visible text that stands together, and the element that it stands in."""

    text: str
    frame: Frame
    link_share: float
    gap: int
    glued: bool

    @property
    def prose(self) -> float:
        """Its words, if they are a sentence outside links."""
        words = self.text.count(" ") + 1
        sentence = words >= _PROSE_WORDS and self.link_share < 0.5 and self.text[-1] in '.!?…"”»。'
        return float(min(words, _MOST_WORDS)) if sentence else 0.0


def parse(html: str) -> Any:
    """The tree of a page or a fragment; an empty one if there is nothing in it."""
    data = _DECLARATION.sub("", html).replace("\x00", "\ufffd").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    tree = etree.fromstring(data, parser) if data.strip() else None
    return etree.Element("html") if tree is None else tree


def blocks(tree: Any) -> list[Block]:
    """The visible text of a tree: one block a paragraph, heading, list item, row or caption."""
    return list(_Walk().through(tree))


class _Walk:
    """One walk through a tree, which gathers its text into blocks."""

    def __init__(self) -> None:
        self._chunks: list[str] = []
        self._linked = 0
        """Characters of the chunks that stand in links."""
        self._links = 0
        """How many links are open."""
        self._closed = ""
        """The element inside the line that has just been closed, with no text since."""
        self._gap = 0

    def through(self, tree: Any) -> Iterator[Block]:
        frame = _opened(None, tree, tree.tag)
        stack = [(tree, frame)]
        skipped: Any = None
        self._take(tree.text)
        walk = etree.iterwalk(tree, events=("start", "end"))
        next(walk)
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in _NO_TEXT or _is_hidden(element):
                    skipped = element
                    walk.skip_subtree()
                elif tag in _NEAR or tag in _FAR or (tag in _CELLS and _holds_blocks(element)):
                    yield from self._flush(frame, tag)
                    frame = _opened(frame, element, tag)
                    stack.append((element, frame))
                    self._take(element.text)
                else:
                    self._open_inline(tag, frame)
                    self._take(element.text)
            elif element is skipped:
                skipped = None
                self._take(element.tail)
            elif element is stack[-1][0]:
                yield from self._flush(frame, tag)
                frame.close()
                stack.pop()
                if not stack:
                    return
                frame = stack[-1][1]
                self._take(element.tail)
            else:
                self._links -= tag == "a"
                self._closed = tag
                self._take(element.tail)

    def _open_inline(self, tag: str, frame: Frame) -> None:
        if tag == "br":
            self._chunks.append(_BREAK)
        elif tag in _CELLS or (tag == "a" and self._closed == "a"):
            self._chunks.append(" ")
        elif tag == "img":
            frame.images += 1
        elif tag == "span" and self._closed == "span":
            self._chunks.append(_SEAM)
        self._links += tag == "a"

    def _take(self, text: str | None) -> None:
        if text:
            self._chunks.append(_SPACE.sub(" ", text))
            self._closed = ""
            if self._links > 0:
                self._linked += len(text.strip())

    def _flush(self, frame: Frame, border: str) -> Iterator[Block]:
        """The blocks that the text since the last border makes."""
        text, linked = _seamed("".join(self._chunks)).strip(), self._linked
        self._chunks, self._linked, self._closed = [], 0, ""
        if border in _FAR or frame.tag in _FAR:
            self._gap = 1
        if not text:
            return
        share = min(1.0, linked / len(text))
        glued = False
        for line, parted in _lines(text, frame.tag):
            block = Block(line, frame, share, self._gap, glued)
            words = line.count(" ") + 1
            frame.words += words
            frame.linked += words * share
            frame.prose += block.prose
            frame.blocks += 1
            yield block
            self._gap, glued = (1, False) if parted else (0, True)
        self._gap = int(border in _FAR or frame.tag in _FAR)


def _seamed(text: str) -> str:
    """Two elements in a line without a space between them are two words, if they look like that."""
    return _READS_AS_ONE.sub(" ", text).replace(_SEAM, "") if _SEAM in text else text


def _lines(text: str, tag: str) -> Iterator[tuple[str, bool]]:
    """The lines of a block, which ``br`` parts, and whether a blank line follows."""
    if _BREAK not in text or tag in HEADINGS:
        yield _SPACE.sub(" ", text).strip(), False
        return
    drafts: list[tuple[str, bool]] = []
    for piece in text.split(_BREAK):
        line = _SPACE_IN_LINE.sub(" ", piece).strip()
        if not line:
            drafts[-1:] = [(before, True) for before, _ in drafts[-1:]]
        elif drafts and not drafts[-1][1] and _goes_on(drafts[-1][0], line):
            drafts[-1] = (f"{drafts[-1][0]} {line}", False)
        else:
            drafts.append((line, False))
    yield from drafts


def _goes_on(before: str, line: str) -> bool:
    """Whether a sentence goes on over a line break."""
    return line[0].islower() or before[-1] in ",-–("


def _is_hidden(element: Any) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and bool(_HIDDEN.search(style)))


def _holds_blocks(cell: Any) -> bool:
    return any(child.tag in _NEAR or child.tag in _FAR for child in cell)


def _opened(parent: Frame | None, element: Any, tag: str) -> Frame:
    if parent is None:
        return Frame(None, tag, tag, 0, (NOWHERE,) * len(SURROUNDINGS), tag)
    classes = element.get("class") or ""
    number = parent.children.get(tag, 0) + 1
    parent.children[tag] = number
    depth, around = parent.depth + 1, parent.around
    said = _said(tag, classes, element.get("id") or "")
    if said:
        around = tuple(depth if i in said else at for i, at in enumerate(around))
    return Frame(parent, tag, f"{tag}[{number}]", depth, around, f"{tag} {classes}")


@lru_cache(maxsize=8192)
def _said(tag: str, classes: str, identity: str) -> frozenset[int]:
    """What an element is, and what its class and id say, as indexes of SURROUNDINGS."""
    found = {_OF_TAG[tag]} if tag in _OF_TAG else set()
    for token in _TOKEN.findall(f"{classes[:_NAMED_CHARS]} {identity[:_NAMED_CHARS]}"):
        if (index := _of_word().get(token.lower())) is not None:
            found.add(index)
    return frozenset(found)


@cache
def _of_word() -> dict[str, int]:
    words = table("surroundings")
    return {word: SURROUNDINGS.index(name) for name, said in words.items() for word in said.split()}
