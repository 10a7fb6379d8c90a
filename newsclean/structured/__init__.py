"""What a page says about itself to machines: JSON-LD, Open Graph and other meta elements, microdata.

Every value comes from the first of these sources that has a usable one:

1. JSON-LD: the article among all blocks of the page. Of several, the one whose address is the
   page's canonical link, then the one with the page's own title, then the nearest to news.
2. Open Graph, article:* and twitter:*, then the plain names of meta elements.
3. Microdata: the article's item, read into the same form as JSON-LD.
4. JSON-LD and microdata of the page as such (WebPage), and properties outside of any item.
5. What HTML itself has: title, lang, rel=author, time.

Three values differ. The language is first that of the html element, which readers and search engines
depend on. An author who is a person goes before an organization of a better source. A headline
that was cut short gives way to the longer form of itself.

Nothing here raises for what a page holds: a block that cannot be read counts as absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from lxml.html import HtmlElement

from newsclean.structured.days import read_days
from newsclean.structured.images import StructuredImage, read_images
from newsclean.structured.microdata import read_microdata
from newsclean.structured.people import read_authors
from newsclean.structured.sources import Head, Nodes, Sources, hosts, read_head, read_linked, texts_of
from newsclean.structured.titles import read_title
from newsclean.structured.values import clean, first, is_address, letters, listed, text_of

__all__ = ["Structured", "StructuredImage", "read_structured"]

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][\w-]*)?")
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis", "xx"})
_LONGEST_LABEL = 80
_MOST_SITES = 20


@dataclass(frozen=True, slots=True)
class Structured:
    """What a page's structured data says about its article; None or empty where it says nothing.

    ``date`` is the day of publication as the page writes it (YYYY-MM-DD, in the page's own time zone).
    ``language`` is a primary subtag of BCP 47 in lower case. ``article_body`` has a line a paragraph;
    it is evidence of what the body is and may be cut short or out of date. ``base`` is the address that
    relative ones start from, if the page gives its own in full.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    publisher: str | None = None
    section: str | None = None
    language: str | None = None
    description: str | None = None
    article_body: str | None = None
    images: tuple[StructuredImage, ...] = ()
    base: str | None = None


def read_structured(tree: HtmlElement) -> Structured:
    """Read the structured data of a parsed page, which stays as it is."""
    head = read_head(tree)
    linked, marked = read_linked(head), read_microdata(tree, head)
    sources = (linked.article, head, marked.article, linked.page, marked.page)
    publishers = list(islice(_publishers(sources, linked), _MOST_SITES))
    sites = frozenset(filter(None, map(letters, (*publishers, *hosts(head.address)))))
    return Structured(
        title=read_title(sources, head, sites),
        authors=read_authors(tree, sources, linked, sites),
        date=first(read_days(tree, sources)),
        publisher=first(publishers),
        section=first(filter(_is_label, texts_of(sources, ("articleSection",), "section"))),
        language=first(_languages(sources, head)),
        description=first(texts_of(sources, ("description", "abstract"), "description")),
        article_body=first(_bodies(sources)),
        images=read_images(sources, linked, head),
        base=head.base,
    )


def _publishers(sources: Sources, linked: Nodes) -> Iterator[str]:
    for source in sources:
        if isinstance(source, Head):
            yield from filter(_is_label, source.values("publisher"))
            continue
        for node in source:
            found = node.get("publisher") or node.get("sourceOrganization")
            names = (
                text_of(linked.full(one)) if isinstance(one, dict) else text_of(one) for one in listed(found)
            )
            yield from filter(_is_label, filter(None, names))


def _is_label(text: str) -> bool:
    return len(text) < _LONGEST_LABEL and not any(map(is_address, text.split()))


def _languages(sources: Sources, head: Head) -> Iterator[str]:
    for text in chain(filter(None, [head.language]), texts_of(sources, ("inLanguage",), "language")):
        found = _LANGUAGE.fullmatch(text.split(",")[0].strip())
        if found and found[1].lower() not in _NO_LANGUAGE:
            yield found[1].lower()


def _bodies(sources: Sources) -> Iterator[str]:
    for source in sources:
        for node in () if isinstance(source, Head) else source:
            texts = (clean(text, lines=True) for text in listed(node.get("articleBody")))
            yield from filter(None, texts)
