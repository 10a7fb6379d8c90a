"""HTML -> Page: the visible text laid out in blocks, each with what the tree knows of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from lxml import etree

from newsclean.data import table
from newsclean.markup import parse
from newsclean.pictures import is_icon
from newsclean.places import Places, is_plain

__all__ = ["HEADINGS", "NOWHERE", "SURROUNDINGS", "Block", "Frame", "blocks", "parse"]

_NO_TEXT = frozenset(
    {
        *("script", "style", "template", "svg", "math", "head", "title", "noscript", "iframe", "frame"),
        *("object", "embed", "canvas", "select", "datalist", "textarea", "audio", "video", "map"),
        *("noembed", "noframes", "applet", "meter", "progress", "rt", "rp", "rtc"),
        *("amp-ad", "amp-embed", "amp-sticky-ad", "amp-consent", "amp-iframe", "amp-video", "amp-audio"),
    }
)
"""Elements whose text no reader of the page sees, or not in its line."""
_NEAR = frozenset(
    {
        *("address", "article", "aside", "body", "button", "center", "dd", "details", "dialog", "dir", "div"),
        *("dt", "fieldset", "figcaption", "footer", "header", "hgroup", "hr", "html", "label", "legend"),
        *("li", "main", "menu", "nav", "search", "section", "summary", "tbody", "tfoot", "thead", "tr"),
        "caption",
    }
)
"""Elements that stand on lines of their own."""
_FAR = frozenset(
    {
        *("blockquote", "dl", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre"),
        *("table", "ul", "listing", "plaintext", "xmp"),
    }
)
"""Elements with a blank line before and behind them."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _NEAR | _FAR
_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot", "table"})
"""Elements that cells stand in, for rows are not always marked."""
_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "area", "b", "base", "basefont", "bdi", "bdo", "big", "br", "cite"),
        *("code", "col", "colgroup", "data", "del", "dfn", "em", "font", "i", "img", "input", "ins", "kbd"),
        *("link", "mark", "meta", "nobr", "optgroup", "option", "output", "param", "picture", "q", "rb"),
        *("ruby", "s", "samp", "slot", "small", "source", "span", "strike", "strong", "sub", "sup", "time"),
        *("track", "tt", "u", "var", "wbr", "amp-img"),
    }
)
"""Elements inside a line. What is neither here nor in the sets above is not HTML, and told by its place."""
_PARAGRAPHS = HEADINGS | {"p", "li", "dt", "dd", "td", "th", "tr", "figcaption", "caption", "summary", "pre"}
"""Elements whose text is one run of words."""
_CONTROLS = frozenset({"button", "label"})
"""Elements that stand inside a sentence where words stand on both sides."""
_WRAPPERS = frozenset({"span", "strong", "b", "em", "i", "small", "font", "cite", "time", "mark", "u"})
"""Elements inside a line that a style may set on lines of their own."""
_SEAMED = frozenset({"a", "span", "time", "small", "cite", "strong", "b", "em", "i"})
"""Elements of which two may stand side by side without a space between their words."""
_PICTURES = frozenset({"img", "amp-img"})
_FILMS = frozenset({"video", "amp-video"})
_ONE_RUN = frozenset({"p", "div", "center"})
_VERBATIM = frozenset({"pre", "listing", "plaintext", "xmp"})
_HIDDEN = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,}|font-size\s*:\s*0(?![.\d])"
)
_SHOWN_AS_BLOCK = re.compile(r"(?i)display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)\b(?!-)")
_UNSEEN = frozenset(
    {
        *("visuallyhidden", "uvisuallyhidden", "sronly", "issronly", "usronly", "screenreadertext"),
        *("screenreaderonly", "elementinvisible", "a11yhidden", "hiddenvisually", "assistivetext"),
        "visuallyhiddenfocusable",
    }
)
"""Classes by which pages keep a text for those who have the page read to them."""
_SEEN = re.compile(r"\b(?:sm|md|lg|xl|2xl|print):not-sr-only")
_IMAGE_FILE = re.compile(r"(?i)\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)")
_FOLDED_ROLES = frozenset({"region", "tabpanel"})
_FOLDED = frozenset({"accordion", "collapse", "collapsed", "collapsible", "expandable", "faq"})
"""Words in the class of the folded parts of a page."""
_SPACE = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_SPACE_IN_TEXT = re.compile(r"[ \t\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
"""The same where line breaks stand."""
_SPACES = re.compile(r" +")
_SPACE_AT_CELL = re.compile(r"(?:(?<![ \u00a0])[ \u00a0]+)?\t[ \u00a0]*")
_UNPRINTED = "\u200c\u200d\u200e\u200f\u061c\u00a0 \n\t"
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Where a word may be broken, and marks without width: no part of any word."""
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_BREAK, _SEAM, _CELL = "\n", "\x00", "\t"
"""Signs that no text node holds once its white space is made plain."""
_READ_APART = re.compile(
    r"(?<=[^\W\dA-ZÀ-ÖØ-Þ_])\x00+(?=[A-ZÀ-ÖØ-Þ0-9])|(?<=\d\d)\x00+(?=[A-ZÀ-ÖØ-Þ][^\W\dA-Z_])"
)
_NOTE = re.compile(r"\s*[\[(]?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*[\])]?\s*\Z")
_BEFORE_NOTE = re.compile(r"(?<!\d)[.!?,;:…”’\"'»)\]]\Z")
_NAMED_CHARS = 300
"""Characters of class and id that are looked at."""
_PROSE_WORDS, _MOST_WORDS = 8, 80
"""Words from which a sentence counts as prose, and up to which it counts."""
_LONG_WORD, _CHARS_A_WORD = 20, 2
"""Characters of a word on average from which a script does not part them, and how many then count as one."""
_WRAPPED = 50
"""Characters from which a line of preformatted text was broken because it was full."""
_CELL_CHARS = 300
"""Up to how many characters a cell of a table of data holds."""
_VEILED_WORDS, _NOSCRIPT_WORDS, _OUTWEIGHS = 120, 50, 2.5
"""Words of prose that is hidden, or in a ``noscript``, from which it is the page's text, and how many
times the visible prose it has to be."""
_MOST_INSIDE = 20
"""How many late parts of a page may stand inside one another."""

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


_UNSEEN_KIND, _INLINE_KIND, _BLOCK_KIND = range(3)
"""How an element takes part in the text."""


@dataclass(slots=True)
class Frame:
    """An element that blocks stand in."""

    parent: Frame | None
    tag: str
    element: Any
    places: Places
    depth: int
    around: tuple[int, ...]
    """For each of SURROUNDINGS the depth of the nearest element that is it or says so."""
    look: str
    """Tag and class, which elements that look the same share."""
    quotes: bool = False
    """Whether a quotation stands in it, as a block of its own."""
    words: int = 0
    linked: float = 0.0
    prose: float = 0.0
    blocks: int = 0
    images: int = 0
    picture: Any = None
    """The first picture in it."""
    headed: bool = False
    """Whether a heading stands in it."""

    @property
    def path(self) -> str:
        """The XPath of the element."""
        return self.places.path(self.element)

    def close(self) -> None:
        """Add what stands in it to its parent."""
        parent = self.parent
        if parent is None:
            return
        if self.blocks:
            parent.words += self.words
            parent.linked += self.linked
            parent.prose += self.prose
            parent.blocks += self.blocks
        parent.images += self.images
        if parent.picture is None:
            parent.picture = self.picture
        if self.headed or self.tag in HEADINGS:
            parent.headed = True


@dataclass(slots=True)
class Block:
    """Visible text that stands together, and the element that it stands in."""

    text: str
    frame: Frame
    link_share: float
    gap: int
    glued: bool
    picture: Any = None
    """The last picture before it, anywhere on the page."""
    is_next: bool = False
    """Whether at most one other block stands between the two."""
    words: int = field(init=False)
    """How many words it has, or would have in a script that parts them."""
    prose: float = field(init=False)
    """Its words, if they are a sentence outside links."""

    def __post_init__(self) -> None:
        text = self.text
        words = text.count(" ") + text.count(_CELL) + 1
        if len(text) >= _LONG_WORD * words:
            words = len(text) // _CHARS_A_WORD
        sentence = words >= _PROSE_WORDS and self.link_share < 0.5 and text[-1] in '.!?…"”»。'
        self.words = words
        self.prose = float(min(words, _MOST_WORDS)) if sentence else 0.0


def blocks(tree: Any) -> list[Block]:
    """The visible text of a tree: one block a paragraph, heading, list item, row or caption.

    A page whose text is hidden until a script shows it, or stands in a ``noscript``, is read with it.
    """
    walk = _Walk(tree, frozenset())
    found = walk.through()
    shown = walk.outweighing()
    return _Walk(tree, shown).through() if shown else found


class _Walk:
    """One walk through a tree, which gathers its text into blocks."""

    def __init__(self, tree: Any, shown: frozenset[Any]) -> None:
        self._shown = shown
        """Hidden elements that are read all the same."""
        self._veiled: list[Any] = []
        """Hidden elements that are not."""
        self._prose = 0.0
        self._tree = tree
        self._found: list[Block] = []
        self._places = Places(tree)
        self._chunks: list[str] = []
        self._linked = 0
        """Characters of the chunks that stand in links."""
        self._links = 0
        """How many links are open."""
        self._closed = ""
        """The element inside the line that has just been closed, with no text since."""
        self._left: str | None = None
        """Where the link leads that has just been closed, with no text since."""
        self._gap = 0
        self._picture: Any = None
        """The last picture that was passed."""
        self._blocks_before_picture = 0
        self._row: Any = None
        """The row of data that is open."""
        self._in_cell = False
        self._verbatim = False
        self._late: dict[str, Any] | None = None
        self._inside = 0

    def through(self) -> list[Block]:
        """The blocks of the tree."""
        frame = _opened(None, self._tree, self._tree.tag, self._places)
        self._within(self._tree, frame)
        self._prose = frame.prose
        return self._found

    def outweighing(self) -> frozenset[Any]:
        """The hidden elements that hold more prose than all that is seen."""
        if self._prose > _VEILED_WORDS:
            return frozenset()
        return frozenset(
            element
            for element in self._veiled
            if _prose_in(element)
            >= max(_NOSCRIPT_WORDS if element.tag == "noscript" else _VEILED_WORDS, _OUTWEIGHS * self._prose)
        )

    def _within(self, tree: Any, frame: Frame) -> None:
        stack = [(tree, frame)]
        skipped: Any = None
        if tree.text:
            self._take(tree.text)
        walk = etree.iterwalk(tree, events=("start", "end"))
        next(walk)
        for event, element in walk:
            tag = element.tag
            if event == "start":
                kind = self._kind(element, tag)
                if kind == _UNSEEN_KIND:
                    self._skip(element, tag, frame)
                    skipped = element
                    walk.skip_subtree()
                    continue
                if kind == _BLOCK_KIND:
                    self._flush(frame, tag)
                    frame = _opened(frame, element, tag, self._places)
                    stack.append((element, frame))
                    self._open_block(element, tag)
                else:
                    self._open_inline(element, tag, frame)
                text = element.text
            else:
                if element is skipped:
                    skipped = None
                elif element is stack[-1][0]:
                    self._flush(frame, tag)
                    frame.close()
                    stack.pop()
                    if not stack:
                        return
                    frame = stack[-1][1]
                    self._close_block(tag)
                else:
                    self._close_inline(element, tag)
                text = element.tail
            if text:
                self._take(text)

    def _kind(self, element: Any, tag: str) -> int:
        if tag in _NO_TEXT:
            return _INLINE_KIND if element in self._shown else _UNSEEN_KIND
        style, classes = element.get("style"), element.get("class")
        if (
            (style is not None and _HIDDEN.search(style) is not None)
            or (classes is not None and _is_for_listeners(classes) and tag != "h1")
            or element.get("hidden") is not None
            or (tag == "dialog" and element.get("open") is None)
        ) and not (tag == "body" or element in self._shown or _unfolds(element)):
            return _UNSEEN_KIND
        if self._in_cell:
            return _INLINE_KIND
        if tag in _BLOCKS:
            inline = tag in _CONTROLS and self._in_sentence(element)
        elif tag in _INLINE:
            inline = style is None or tag not in _WRAPPERS or not _is_block(style)
        elif tag in _CELLS:
            inline = self._row is not None and element.getparent() is self._row
        else:
            self._places.is_plain &= is_plain(tag)
            inline = not _stands_alone(element)
        return _INLINE_KIND if inline else _BLOCK_KIND

    def _in_sentence(self, element: Any) -> bool:
        """Whether words stand before and behind an element in its line."""
        return bool(element.tail and element.tail.strip()) and any(chunk.strip() for chunk in self._chunks)

    def _skip(self, element: Any, tag: str, frame: Frame) -> None:
        """Read what an element whose content no reader sees is for all that."""
        if tag == "template":
            late = element if element.get("shadowrootmode") else self._late_part(element)
            if late is not None and self._inside < _MOST_INSIDE:
                self._inside += 1
                self._flush(frame, tag)
                self._within(late, _opened(frame, late, late.tag, self._places))
                self._inside -= 1
        elif tag not in _NO_TEXT or tag == "noscript":
            self._veiled.append(element)
            image = element.find(".//img") if tag == "noscript" and not frame.images else None
            if image is not None:
                frame.images = 1  # the image that a script would put here
                self._pass(image, frame)
        elif tag in _FILMS:
            self._pass(element, frame)

    def _pass(self, picture: Any, frame: Frame) -> None:
        """Remember a picture, unless it is one of the page's small signs."""
        if is_icon(picture):
            return
        self._picture, self._blocks_before_picture = picture, len(self._found)
        if frame.picture is None:
            frame.picture = picture

    def _late_part(self, template: Any) -> Any:
        """The part of a page that was sent behind it, and that a script puts in the place of a template."""
        name = template.get("id") or ""
        if name[:2] not in ("B:", "P:"):
            return None
        if self._late is None:
            parts = template.getroottree().iter("div")
            self._late = {part.get("id"): part for part in parts if part.get("hidden") is not None}
        return self._late.pop("S:" + name[2:], None)

    def _open_block(self, element: Any, tag: str) -> None:
        if tag in _ROWS:
            self._row = element if _is_row_of_data(element) else None
        elif tag in _VERBATIM:
            self._verbatim = True

    def _close_block(self, tag: str) -> None:
        if tag in _ROWS:
            self._row = None
        elif tag in _VERBATIM:
            self._verbatim = False

    def _open_inline(self, element: Any, tag: str, frame: Frame) -> None:
        if tag == "a":
            self._links += _leads_away(element)
            if self._left is not None:
                self._chunks.append(_SEAM if self._left and self._left == element.get("href") else " ")
            elif self._closed in _SEAMED:
                self._chunks.append(_SEAM)
        elif tag == "br":
            self._chunks.append(" " if self._in_cell else _BREAK)
        elif tag in _PICTURES:
            frame.images += 1
            self._pass(element, frame)
        elif tag in _SEAMED:
            if self._closed in _SEAMED:
                self._chunks.append(_SEAM)
        elif tag == "sup":
            if self._chunks and _is_note(element, self._chunks[-1]):
                self._chunks.append(" ")
        elif tag in _CELLS:
            self._in_cell = True
            self._chunks.append(_CELL)
        elif tag in _BLOCKS:
            self._chunks.append(" ")

    def _close_inline(self, element: Any, tag: str) -> None:
        self._closed = tag
        if tag == "a":
            self._links -= _leads_away(element)
            self._left = element.get("href") or ""
        elif tag in _CELLS:
            self._in_cell = False
        elif self._in_cell and tag in _BLOCKS:
            self._chunks.append(" ")

    def _take(self, text: str) -> None:
        if not self._verbatim and text.isspace():
            if self._chunks:
                self._chunks.append(" ")
            self._closed, self._left = "", None
            return
        self._closed, self._left = "", None
        if self._verbatim:
            self._chunks.append(_SPACE_IN_TEXT.sub(" ", text))
        elif text.isprintable() and "  " not in text:  # most are: plain already
            self._chunks.append(text)
        else:
            self._chunks.append(_SPACE.sub(" ", text))
        if self._links > 0:
            self._linked += len(text.strip())

    def _flush(self, frame: Frame, border: str) -> None:
        """Make blocks of the text since the last border."""
        far = border in _FAR or frame.tag in _FAR
        if far:
            self._gap = 1
        if not self._chunks:
            return
        text, linked = _whole("".join(self._chunks)), self._linked
        self._chunks, self._linked, self._closed, self._left = [], 0, "", None
        if not text:
            return
        share = min(1.0, linked / len(text))
        glued = False
        for line, parted in _lines(text, frame.tag):
            is_next = len(self._found) <= self._blocks_before_picture + 1
            block = Block(line, frame, share, self._gap, glued, self._picture, is_next)
            frame.words += block.words
            frame.linked += block.words * share
            frame.prose += block.prose
            frame.blocks += 1
            self._found.append(block)
            self._gap, glued = (1, False) if parted else (0, True)
        self._gap = int(far)


def _whole(text: str) -> str:
    """Text put together: words that only markup parts stand apart, marks inside words are gone."""
    if _SEAM in text:
        # two elements in a line without a space between them are two words, if they look like that
        text = _READ_APART.sub(" ", text).replace(_SEAM, "")
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        return text.strip() if text.strip(_UNPRINTED) else ""
    return text.strip()


def _lines(text: str, tag: str) -> Iterator[tuple[str, bool]]:
    """The lines of a block, which ``br`` parts, and whether a blank line follows."""
    if _CELL in text:
        text = _SPACE_AT_CELL.sub(_CELL, text)
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if _BREAK not in text:
        yield text, False
        return
    if tag in HEADINGS:
        yield _SPACES.sub(" ", text.replace(_BREAK, " ")), False
        return
    drafts: list[tuple[list[str], bool]] = []
    for piece in text.split(_BREAK):
        line = piece.strip()
        if not line:
            drafts[-1:] = [(before, True) for before, _ in drafts[-1:]]
        elif drafts and not drafts[-1][1] and _goes_on(drafts[-1][0][-1], line, tag):
            drafts[-1][0].append(line)
        else:
            drafts.append(([line], False))
    for pieces, parted in drafts:
        yield " ".join(pieces), parted


def _goes_on(before: str, line: str, tag: str) -> bool:
    """Whether a sentence goes on over a line break."""
    if tag in _VERBATIM and len(before) >= _WRAPPED:
        return True
    return line[0].islower() or before[-1] in ",-–("


def _is_block(style: str) -> bool:
    return bool(_SHOWN_AS_BLOCK.search(style)) and "float" not in style


@lru_cache(maxsize=8192)
def _is_for_listeners(classes: str) -> bool:
    """Whether an element is there for those who have the page read to them, by its classes."""
    names = classes[:_NAMED_CHARS]
    plain = names.lower().replace("-", "").replace("_", "").split()
    return not _UNSEEN.isdisjoint(plain) and not _SEEN.search(names)


def _leads_away(link: Any) -> bool:
    """Whether a link leads elsewhere, not to a larger view of the image in it."""
    href = link.get("href")
    if href is None or href.startswith("#"):
        return link.find(".//img") is None
    return not _IMAGE_FILE.search(href)


def _unfolds(element: Any) -> bool:
    """Whether an element is the folded part of an accordion or a tab, which readers open as they read."""
    if element.get("role") in _FOLDED_ROLES:
        return True
    classes = element.get("class")
    return classes is not None and _is_folded(classes)


@lru_cache(maxsize=8192)
def _is_folded(classes: str) -> bool:
    return not _FOLDED.isdisjoint(class_words(classes))


def _stands_alone(element: Any) -> bool:
    """Whether an element that is no HTML stands between paragraphs, not between words."""
    before, after = element.getprevious(), element.getnext()
    over = element.getparent()
    if over.tag in _PARAGRAPHS or over.tag in _INLINE:
        return False
    words = over.text if before is None else before.tail
    if (words and words.strip()) or (element.tail and element.tail.strip()):
        return False
    if not len(element) and not (element.text and element.text.strip()):
        return False
    return all(beside is None or beside.tag not in _INLINE for beside in (before, after))


def _is_row_of_data(row: Any) -> bool:
    """Whether the cells of a row are short, each one run of words; the others lay out a page."""
    cells = [cell for cell in row if cell.tag in _CELLS]
    return len(cells) > 1 and all(_is_of_data(cell) for cell in cells)


def _is_of_data(cell: Any) -> bool:
    parts = [part for part in cell if part.tag in _BLOCKS]
    if len(parts) > 1 or any(part.tag not in _ONE_RUN or _holds_blocks(part) for part in parts):
        return False
    breaks = [part for part in cell.iter("br") if not (part.tail and part.tail.strip())]
    if any(part.getnext() is not None and part.getnext().tag == "br" for part in breaks):
        return False
    return len("".join(cell.itertext()).strip()) <= _CELL_CHARS


def _holds_blocks(element: Any) -> bool:
    return any(part.tag in _BLOCKS for part in element.iterdescendants())


def _is_note(element: Any, before: str) -> bool:
    """Whether a raised number points to a note, so that it is no part of the word before it."""
    if not _NOTE.match("".join(element.itertext())):
        return False
    linked = element.getparent().tag == "a" or element.find(".//a") is not None
    return bool(_BEFORE_NOTE.search(before)) or (linked and before[-1:].isalpha())


def _prose_in(element: Any) -> float:
    """Words of prose in an element that is hidden itself."""
    return sum(block.prose for block in _Walk(element, frozenset({element})).through())


def _opened(parent: Frame | None, element: Any, tag: str, places: Places) -> Frame:
    if parent is None:
        return Frame(None, tag, element, places, 0, (NOWHERE,) * len(SURROUNDINGS), tag)
    classes, identity = element.get("class") or "", element.get("id") or ""
    if tag == "blockquote":
        parent.quotes = True
    depth, around = parent.depth + 1, parent.around
    if said := _said(tag, classes, identity) if classes or identity or tag in _OF_TAG else None:
        nearest = list(around)
        for index in said:
            nearest[index] = depth
        around = tuple(nearest)
    return Frame(parent, tag, element, places, depth, around, f"{tag} {classes}")


def class_words(names: str) -> list[str]:
    """The words that a class or an id is made of, lower-cased: "wp-captionText" is wp, caption, text."""
    return [token.lower() for token in _TOKEN.findall(names[:_NAMED_CHARS])]


@lru_cache(maxsize=8192)
def _said(tag: str, classes: str, identity: str) -> frozenset[int]:
    """What an element is, and what its class and id say, as indexes of SURROUNDINGS."""
    of_word = _of_word()
    words = {*class_words(classes), *class_words(identity)}
    found = {of_word[word] for word in words if word in of_word}
    if tag in _OF_TAG:
        found.add(_OF_TAG[tag])
    return frozenset(found)


@cache
def _of_word() -> dict[str, int]:
    words = table("surroundings")
    return {word: SURROUNDINGS.index(name) for name, said in words.items() for word in said.split()}
