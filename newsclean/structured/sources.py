"""The sources of structured data in a page: JSON-LD, the head, and which items are the article's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml.html import HtmlElement

from newsclean.data import table
from newsclean.structured.values import Node, clean, first, kinds, letters, listed, text_of

_NEWS, _ARTICLE, _WORK, _PAGE = range(4)
_POSTINGS = frozenset({"blogposting", "liveblogposting", "socialmediaposting", "report"})
_WORKS = frozenset({"creativework", "recipe", "howto", "webcontent", "review", "claimreview"})
_INTO = ("@graph", "mainEntity", "mainEntityOfPage")
"""The keys under which the article may stand; others lead to other stories, or to comments on it."""
_LONGEST_TITLE = 2000
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+"?|,(?=\s*+[}\]])', re.DOTALL)
_OPENING = re.compile(r"[{\[]")
_WEB = re.compile(r"(?i)https?://")
_SCHEME = re.compile(r"(?i)^(?:https?:)?//(?:www\.)?")


@dataclass(frozen=True, slots=True)
class Head:
    """The elements of a page that speak for all of it."""

    metas: dict[str, list[str]]
    title: str | None
    language: str | None
    address: str | None
    scripts: tuple[str, ...]
    base: str | None
    """What relative addresses start from, where it is known in full."""

    def values(self, kind: str) -> Iterator[str]:
        """The values of the meta elements that tell this, the most trusted first."""
        names = table("structured")["names"][kind]
        return (value for name in names for value in self.metas.get(name, ()))


@dataclass(frozen=True, slots=True)
class Nodes:
    """Items of a page: those of the article and those of the page as such, the best first."""

    article: tuple[Node, ...]
    page: tuple[Node, ...]
    named: dict[str, Node]
    """By their @id."""

    def full(self, node: Node) -> Node:
        """A node with what is said of it elsewhere in the page."""
        name = node.get("@id")
        return {**self.named.get(name, {}), **node} if isinstance(name, str) else node


Sources = tuple[tuple[Node, ...] | Head, ...]
"""Items or meta elements, the best first."""


def read_head(tree: HtmlElement) -> Head:
    """The elements of a page that speak for all of it; its scripts are not parsed yet."""
    metas: dict[str, list[str]] = {}
    title, address, base, scripts = None, None, None, []
    for element in tree.iter("meta", "script", "title", "link", "base"):
        if element.tag == "meta":
            value = clean(element.get("content"))
            for key in {element.get("property"), element.get("name"), element.get("http-equiv")}:
                if key and value:
                    metas.setdefault(key.strip().lower(), []).append(value)
        elif element.tag == "script":
            if "ld+json" in (element.get("type") or "").lower():
                scripts.append(element.text or "")
        elif element.tag == "title" and _is_of_page(element):
            title = title or clean((element.text or "")[:_LONGEST_TITLE])
        elif element.tag == "base":
            base = base or clean(element.get("href"))
        elif (element.get("rel") or "").lower() == "canonical":
            address = address or clean(element.get("href"))
    root = tree.getroottree().getroot()
    language = tree.get("lang") or root.get("lang") or root.get("xml:lang")
    address = address or first(metas.get("og:url", ()))
    start = _joined(first(metas.get("og:url", ())), address, base)
    return Head(metas, title, language, address, tuple(scripts), start)


def _joined(*addresses: str | None) -> str | None:
    """Addresses of which each may be relative to the one before, as one; None if it is not whole."""
    whole = ""
    for address in filter(None, addresses):
        try:
            whole = urljoin(whole, address)
        except ValueError:
            continue
    return whole if _WEB.match(whole) else None


def _is_of_page(element: HtmlElement) -> bool:
    """Whether a title is that of the page rather than of a drawing in it."""
    above = element.getparent()
    return above is None or above.tag in ("head", "html", "body")


def read_linked(head: Head) -> Nodes:
    """The JSON-LD of a page."""
    values = [value for script in head.scripts for value in _parse(script)]
    named: dict[str, Node] = {}
    for node in _walk(values, None):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(named.get(name, ())):
            named[name] = node
    return ranked(list(_walk(values, named)), head, named)


def _parse(script: str) -> Iterator[object]:
    """The JSON values of a script, also between comment marks, with trailing commas, or several in a row."""
    try:
        yield json.loads(script, strict=False)
        return
    except (ValueError, RecursionError):
        pass
    text = _STRING_OR_COMMA.sub(
        lambda match: "" if match[0] == "," else match[0], script.replace("<![CDATA[", "")
    )
    decoder = json.JSONDecoder(strict=False)
    opening = _OPENING.search(text)
    while opening:
        try:
            value, end = decoder.raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            return
        yield value
        opening = _OPENING.search(text, end)


def _walk(values: list[object], named: dict[str, Node] | None) -> Iterator[Node]:
    """All objects in order; with ``named`` those that may be the article, the fullest of each @id."""
    waiting = values[::-1]
    seen: set[int] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            if named and isinstance(value.get("@id"), str):
                value = named[value["@id"]]
            if id(value) in seen:
                continue
            seen.add(id(value))
            yield value
            inner = [value.get(key) for key in _INTO] if named is not None else list(value.values())
            waiting.extend(reversed(inner))


def ranked(nodes: list[Node], head: Head, named: dict[str, Node]) -> Nodes:
    """The nodes of the article and of the page; of other articles on the page, none."""
    here = {_bare(address) for address in (head.address, *head.metas.get("og:url", ())) if address}
    titles = {letters(title) for title in (*head.values("title"), head.title) if title}
    found: list[tuple[tuple[bool, bool, bool, int, int], Node]] = []
    for place, node in enumerate(nodes):
        rank = _rank(node)
        if rank is not None:
            own = bool(here & set(_addresses(node)))
            titled = letters(text_of(node.get("headline")) or text_of(node.get("name")) or "") in titles
            found.append(((rank == _PAGE, not own, not titled, rank, place), node))
    found.sort(key=lambda pair: pair[0])
    articles = [(key, node) for key, node in found if not key[0]]
    # Another node that is of this address, too, speaks of the same article.
    kept = [node for n, (key, node) in enumerate(articles) if n == 0 or not key[1]]
    return Nodes(tuple(kept), tuple(node for key, node in found if key[0]), named)


def _rank(node: Node) -> int | None:
    """How near to a news article a node is, 0 the nearest; None for what is none."""
    ranks = []
    for kind in kinds(node):
        if kind.endswith("newsarticle"):
            ranks.append(_NEWS)
        elif kind.endswith("article") or kind in _POSTINGS:
            ranks.append(_ARTICLE)
        elif kind in _WORKS:
            ranks.append(_WORK)
        elif kind.endswith("page"):
            ranks.append(_PAGE)
    return min(ranks, default=None)


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        for value in listed(node.get(key)):
            for inner in (value.get("@id"), value.get("url")) if isinstance(value, dict) else (value,):
                if isinstance(inner, str) and inner:
                    yield _bare(inner)


def _bare(address: str) -> str:
    """An address without scheme, www, query, fragment and closing slash."""
    return _SCHEME.sub("", re.split(r"[?#]", address.strip(), maxsplit=1)[0]).rstrip("/").lower()


def hosts(address: str | None) -> Iterator[str]:
    """The names of a site in its address: "news.example-times.org" whole, and "example-times"."""
    labels = _bare(address or "").split("/")[0].split(".")
    yield ".".join(labels)
    yield from (label for label in labels[:-1] if len(label) > 3)


def texts_of(sources: Sources, keys: Sequence[str], kind: str) -> Iterator[str]:
    """The texts of all sources: those under these keys of items, those of meta elements of this kind."""
    for source in sources:
        if isinstance(source, Head):
            yield from source.values(kind)
        else:
            yield from filter(None, (text_of(node.get(key)) for node in source for key in keys))
