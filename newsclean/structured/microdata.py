"""Microdata: properties written on the elements that readers see."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from newsclean.structured.sources import Head, Nodes, ranked
from newsclean.structured.values import Node

_OWN_TEXT = frozenset({"author", "creator", "publisher", "name", "headline", "articleSection", "articleBody"})
"""Properties whose value is what a link says, not where it leads."""
_READ = _OWN_TEXT | {
    "datePublished", "dateCreated", "description", "image", "url", "contentUrl", "caption", "inLanguage",
    "mainEntityOfPage", "creditText", "copyrightHolder",
}  # fmt: skip
_FARTHEST = 64
"""Levels of elements above a property among which its item is looked for."""
_TIMES, _BODIES = 40, 4
"""How often a property is read on one page; articleBody, the longest, less often."""
_LONGEST, _LONGEST_BODY = 2000, 1_000_000
"""Characters of a property that are read."""
_BLOCKS = frozenset(
    {
        "p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure",
        "figcaption", "tr", "table", "section", "article",
    }
)  # fmt: skip
_find_marked = etree.XPath("descendant-or-self::*[@itemprop or @itemscope]")


def read_microdata(tree: HtmlElement, head: Head) -> Nodes:
    """The microdata of a page in the form of JSON-LD; what belongs to no item is the page's own."""
    elements: Any = _find_marked(tree)
    items: dict[HtmlElement | None, Node] = {None: {"@type": "WebPage"}}
    for element in elements:
        if element.get("itemscope") is not None:
            items[element] = {"@type": (element.get("itemtype") or "").split()}
    read: Counter[str] = Counter()
    nameless: list[HtmlElement] = []
    for element in elements:
        for name in _READ.intersection((element.get("itemprop") or "").split()):
            read[name] += 1
            item = (
                items.get(_scope(element))
                if read[name] <= (_BODIES if name == "articleBody" else _TIMES)
                else None
            )
            if item is not None:
                value = items[element] if element in items else _marked_value(element, name)
                item.setdefault(name, []).append(value)
                if name == "author" and element in items:
                    nameless.append(element)
    for element in nameless:
        if "name" not in items[element]:
            items[element]["name"] = shown_text(element, _LONGEST)
    return ranked(list(items.values()), head, {})


def _scope(element: HtmlElement) -> HtmlElement | None:
    """The element of the item that a property belongs to."""
    for above in islice(element.iterancestors(), _FARTHEST):
        if above.get("itemscope") is not None:
            return above
    return None


def _marked_value(element: HtmlElement, name: str) -> str:
    """The value of a property that is no item."""
    given: str | None = element.get("content") or element.get("datetime")
    if given is None and name not in _OWN_TEXT:
        given = element.get("href") or element.get("src")
    return given or shown_text(element, _LONGEST_BODY if name == "articleBody" else _LONGEST)


def shown_text(element: HtmlElement, most: int) -> str:
    """The text of an element, blocks on lines of their own, up to about so many characters."""
    parts: list[str] = []
    unseen = 0
    for event, inner in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        hidden = inner.tag in ("script", "style", "noscript")
        unseen += hidden * ((event == "start") - (event == "end"))
        text = inner.text if event == "start" else inner.tail if inner is not element else None
        if inner.tag in _BLOCKS:
            parts.append("\n")
        if text and not unseen:
            parts.append(text)
            most -= len(text)
        most -= 1
        if most < 0:
            break
    return "".join(parts)
