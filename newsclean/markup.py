"""Markup to a tree, however broken or hostile it is."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from lxml import etree

from newsclean.limits import Limits
from newsclean.wrapped import unwrap

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SUBSET = re.compile(r"(?is)\s*<!doctype\b[^<>\[]{0,500}\[.{0,20000}?\]\s*>")
"""Entities of the page's own, which HTML does not know."""
_CLOSED_AT_ONCE = re.compile(r"(?i)<(script|style|title|textarea|iframe|noscript)\b([^<>]*)/>")
"""What ends at once in XHTML, and would swallow the rest of the page in HTML."""
_FRAMES, _NO_FRAMES = re.compile(r"(?i)<frameset\b"), re.compile(r"(?i)<(/?)noframes\b")
"""A page of frames, and what it says itself, which the parser would leave unparsed."""
_HEAD = 10_000
"""Characters within which a page of frames says that it is one."""
_LONG = 50_000
"""Characters from which a tag is looked into before it is parsed."""
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_LONG},}}")
_ATTRIBUTE = re.compile(r"""[\s/]+(?:[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)?""")
_ATTRIBUTES = 1_000
"""How many attributes an element keeps; to add one takes longer the more there are."""
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
_LIMIT = 250
"""Elements inside one another that the parser surely reads."""
_DEEP = 150
"""Elements inside one another, counted by their tags, that are kept in a tree too deep to be parsed."""
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span"),
        *("strong", "sub", "sup", "tt", "u"),
    }
)
_NEVER_NEST = frozenset(
    {
        *("p", "br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "base", "col", "embed"),
        *("param", "track"),
    }
)


class Markup(NamedTuple):
    """The tree of a page, and whether tags that stood too deep were left out of it."""

    tree: Any
    flattened: bool


def parse(html: str) -> Any:
    """The tree of a page or a fragment; an empty one if there is nothing in it."""
    return parse_within(html, Limits()).tree


def parse_within(html: str, limits: Limits) -> Markup:
    """The tree of a page or a fragment; an empty one if there is nothing in it.

    Raises PageTooDeepError where more elements than the limit stand inside one another.
    """
    html = html.removeprefix("\ufeff")
    if "\x00" in html:
        html = html.replace("\x00", "")
    if _DECLARATION.match(html):
        html = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", _DECLARATION.sub("", html))
    if subset := _SUBSET.match(html):
        html = html[subset.end() :]
    html = unwrap(html)
    if _FRAMES.search(html, 0, _HEAD):
        html = _NO_FRAMES.sub(r"<\1div", html)
    if _has_long_tag(html):
        html = _LONG_TAG.sub(_without_most_attributes, html)
    tree, whole = _tree(html, huge=False)
    deepest = 0
    if not whole:  # libxml2 ends where a tree is deeper, or a text longer, than it allows
        html, deepest = _flattened(html)
        limits.check_depth(deepest)
        tree, _ = _tree(html, huge=True)
    elif limits.max_depth < _LIMIT and tree is not None:
        limits.check_depth(_depth(tree))
    return Markup(etree.Element("html") if tree is None else tree, deepest > _DEEP)


def _tree(html: str, *, huge: bool) -> tuple[Any, bool]:
    """The tree, if there is one, and whether all of the page is in it."""
    data = html.encode("utf-8", "replace")
    if not data.strip():
        return None, True
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=huge, remove_comments=True, remove_pis=True)
    tree = etree.fromstring(data, parser)
    error = parser.error_log.last_error
    cut = error is not None and (
        error.level >= etree.ErrorLevels.FATAL or error.type == etree.ErrorTypes.ERR_NO_MEMORY
    )
    return tree, not cut and not _is_deep(tree)


def _is_deep(tree: Any) -> bool:
    """Whether the parser may have stopped for the depth; older ones do not always say so."""
    depth, last = 0, tree
    while last is not None and depth < _LIMIT:
        depth, last = depth + 1, next(last.iterchildren(reversed=True), None)
    return depth >= _LIMIT


def _depth(tree: Any) -> int:
    depth, deepest = 0, 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _has_long_tag(html: str) -> bool:
    half = _LONG // 2
    for at in range(0, len(html), half):
        if html.find(">", at, at + half) < 0:
            start = html.rfind("<", 0, at + 1)
            if start >= 0 and html[start + 1 : start + 2].isalpha():
                return True
    return False


def _without_most_attributes(tag: re.Match[str]) -> str:
    end = 0
    for count, attribute in enumerate(_ATTRIBUTE.finditer(tag[0]), 1):
        end = attribute.end()
        if count == _ATTRIBUTES:
            return tag[0][:end]
    return tag[0]


def _flattened(html: str) -> tuple[str, int]:
    """The page without the tags that stand too deep, and how deep they stood; paragraphs stay apart."""
    depth, deepest = 0, 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth, deepest
        closing, name = tag[1], tag[2].lower()
        if name in _NEVER_NEST:
            return tag[0]
        deep = depth > _DEEP if closing else depth >= _DEEP
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
        if not deep:
            return tag[0]
        return "" if name in _INLINE else "<p>"

    flat = _TAG.sub(keep, html)
    return flat, deepest
