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

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain, islice
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from newsclean.data import table
from newsclean.metadata.names import after_by, agency_in
from newsclean.metadata.pagetitle import headline_part

Node = dict[str, Any]
"""A JSON-LD object, or a microdata item in its form."""

_NEWS, _ARTICLE, _WORK, _PAGE = range(4)
_POSTINGS = frozenset({"blogposting", "liveblogposting", "socialmediaposting", "report"})
_WORKS = frozenset({"creativework", "recipe", "howto", "webcontent", "review"})
_INTO = ("@graph", "mainEntity", "mainEntityOfPage")
"""The keys under which the article may stand; others lead to other stories, or to comments on it."""
_DEEPEST = 8
"""How far values are followed into each other, and references with them."""
_FARTHEST = 64
"""Levels of elements above a property among which its item is looked for."""
_MOST = 100
"""The most values of one list, or properties of one item, that are read."""
_SHORT = 4000
"""Characters of a property in microdata that are read, but for the article's body."""
_LONGEST_BODY = 1_000_000
_READ_TIMES = {"articleBody": 4}
_BLOCKS = frozenset(
    "p br div li ul ol h1 h2 h3 h4 h5 h6 blockquote figure figcaption tr table section article".split()
)

_TITLES = (
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "citation_title", "dc.title",
    "dcterms.title", "headline", "title",
)  # fmt: skip
_AUTHORS = (
    "author", "article:author_name", "article:author", "og:article:author", "og:author", "byl", "byline",
    "parsely-author", "sailthru.author", "cxenseparse:author", "citation_author", "citation_authors", "dc.creator",
    "dcterms.creator", "dc.contributor", "creator", "authors",
)  # fmt: skip
_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_online_date",
    "citation_date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date",
    "dcterms.date", "prism.publicationdate", "cxenseparse:recs:publishtime", "publish_date", "publish-date",
    "og:publish_date", "publish_time", "publishdate", "published_at", "published", "published_time",
    "publication_date", "pubdate", "content:publishdate", "date.created", "article_date_original", "displaydate",
    "date", "article:created_time", "datecreated",
)  # fmt: skip
_PUBLISHERS = (
    "og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name",
    "apple-mobile-web-app-title", "sitename",
)  # fmt: skip
_SECTIONS = (
    "article:section", "og:article:section", "og:section", "parsely-section", "section", "prism.section",
    "primary_section", "article:category", "category",
)  # fmt: skip
_DESCRIPTIONS = (
    "og:description", "description", "twitter:description", "sailthru.description", "dc.description",
    "dcterms.description",
)  # fmt: skip
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "language", "og:locale", "locale")
_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")
_BLOCK_TAG = re.compile(r"(?i)</?(?:p|br|div|li|ul|ol|h[1-6]|blockquote|figure|tr|table|section)\b[^<>]*>")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTERS = re.compile(r"[^\W_]+")
_EMPTY = frozenset({"null", "undefined", "none", "n/a", "nan", "[object object]", "false", "true"})
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+"?|,(?=\s*+[}\]])', re.DOTALL)
_OPENING = re.compile(r"[{\[]")
_CUT_SHORT = re.compile(r"\s*(?:…|\.\.\.)$")
_PARTING = re.compile(r"\s+[-–—|•·»:/]\s+|\s*[|｜]\s*|:\s+")
_SCHEME = re.compile(r"(?i)^(?:https?:)?//(?:www\.)?")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][\w-]*)?")
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis", "xx"})

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAYS = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=$|[T ]|\d{4,6}$)"),
    re.compile(rf"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[. -]\s*{_MONTH},?[ -](?P<year>\d{{4}})\b"),
    re.compile(rf"(?i)\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\b"),
)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_EPOCH = re.compile(r"(\d{10})(?:\.\d+|\d{3})?")
_LONGEST_DATE = 80
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_NO_DATE = date(1970, 1, 1)
"""What a missing date becomes in seconds since then."""

_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_BETWEEN = re.compile(r"\s*[,;|•·\n/،、]\s*|\s+[-–—&+]\s+")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,2}\.?-?){1,5}")
_SUFFIXES = frozenset({"jr", "sr", "esq"})
_LONGEST_NAME, _MOST_NAME_WORDS = 80, 7
_NOBODY = frozenset(
    """admin administrator webadmin webmaster root user guest author editor staff superuser unknown
    anonymous test default wordpress redaktion redaktör redaktør redaktor redakcja redacción redaccion
    redazione rédaction redactie redação redacao toimitus autor auteur автор редакция""".split()
)
"""Accounts and posts that name neither a person nor an organization."""
_GROUP = frozenset(
    """staff team desk newsroom newsdesk news editors editorial editor bureau agency agencies reporters
    correspondents contributors writers network press media times magazine journal daily wire service online
    redaktion redaktionen redakcja redacción redaccion redazione rédaction redactie redação redacao
    agentur agenturen agence agences agencia agencias agenzia web inc ltd gmbh llc""".split()
)
_POSTS = frozenset(
    """editor correspondent reporter writer columnist journalist contributor producer analyst critic
    photographer staff redakteur redakteurin korrespondent korrespondentin journaliste giornalista
    periodista redactor redactora""".split()
)


@dataclass(frozen=True, slots=True)
class StructuredImage:
    """An image of the article; the address is absolute where the page's own is known."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Structured:
    """What a page's structured data says about its article; None or empty where it says nothing.

    ``date`` is the day of publication as the page writes it (YYYY-MM-DD, in the page's own time zone).
    ``language`` is a primary subtag of BCP 47 in lower case. ``article_body`` has a line a paragraph;
    it is evidence of what the body is and may be cut short or out of date.
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


@dataclass(frozen=True, slots=True)
class _Head:
    """The elements of a page that speak for all of it."""

    metas: dict[str, list[str]]
    title: str | None
    language: str | None
    address: str | None
    scripts: tuple[str, ...]

    def values(self, names: Iterable[str]) -> Iterator[str]:
        """The values of the meta elements of these names, in the order of the names."""
        return (value for name in names for value in self.metas.get(name, ()))


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Items of a page: those of the article and those of the page as such, the best first."""

    article: tuple[Node, ...]
    page: tuple[Node, ...]
    named: dict[str, Node]
    """By their @id."""

    def full(self, node: Node) -> Node:
        """A node with what is said of it elsewhere in the page."""
        name = node.get("@id")
        return {**self.named.get(name, {}), **node} if isinstance(name, str) else node


@dataclass(frozen=True, slots=True)
class _Author:
    name: str
    person: bool


def read_structured(tree: HtmlElement) -> Structured:
    """Read the structured data of a parsed page, which stays as it is."""
    head = _read_head(tree)
    linked, marked = _read_linked(head), _read_microdata(tree, head)
    sources = (linked.article, head, marked.article, linked.page, marked.page)
    publisher = _first(_publishers(sources, linked))
    sites = frozenset(filter(None, map(_letters, (*_publishers(sources, linked), _host(head.address)))))
    return Structured(
        title=_title(sources, head, sites),
        authors=_authors(tree, sources, linked, sites),
        date=_first(_days(tree, sources)),
        publisher=publisher,
        section=_first(filter(_is_label, _texts(sources, ("articleSection",), _SECTIONS))),
        language=_first(_languages(sources, head)),
        description=_first(_texts(sources, ("description", "abstract"), _DESCRIPTIONS)),
        article_body=_first(_bodies(sources)),
        images=_images(sources, linked, head),
    )


_Sources = tuple[tuple[Node, ...] | _Head, ...]


# Reading the page


def _read_head(tree: HtmlElement) -> _Head:
    metas: dict[str, list[str]] = {}
    title, address, scripts = None, None, []
    for element in tree.iter("meta", "script", "title", "link"):
        if element.tag == "meta":
            value = _clean(element.get("content"))
            for key in {element.get("property"), element.get("name"), element.get("http-equiv")}:
                if key and value:
                    metas.setdefault(key.strip().lower(), []).append(value)
        elif element.tag == "script":
            if "ld+json" in (element.get("type") or "").lower():
                scripts.append(element.text or "")
        elif element.tag == "title":
            title = title or _clean(element.text)
        elif (element.get("rel") or "").lower() == "canonical":
            address = address or _clean(element.get("href"))
    root = tree.getroottree().getroot()
    language = tree.get("lang") or root.get("lang") or root.get("xml:lang")
    address = address or _first(metas.get("og:url", ()))
    return _Head(metas, title, language, address, tuple(scripts))


def _read_linked(head: _Head) -> _Nodes:
    """The JSON-LD of a page."""
    values = [value for script in head.scripts for value in _parse(script)]
    named: dict[str, Node] = {}
    for node in _walk(values, None):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(named.get(name, ())):
            named[name] = node
    nodes = _Nodes((), (), named)
    return _ranked([nodes.full(node) for node in _walk(values, nodes)], head, named)


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


def _walk(values: list[object], nodes: _Nodes | None) -> Iterator[Node]:
    """All objects in order; with ``nodes`` only those that may be the article, references followed."""
    waiting, seen = values[::-1], set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            if nodes and len(value) == 1 and isinstance(value.get("@id"), str):
                value = nodes.named.get(value["@id"], value)
            if id(value) in seen:
                continue
            seen.add(id(value))
            yield value
            inner = [value.get(key) for key in _INTO] if nodes else list(value.values())
            waiting.extend(reversed(inner))


def _ranked(nodes: list[Node], head: _Head, named: dict[str, Node]) -> _Nodes:
    """The nodes of the article and of the page; of other articles on the page, none."""
    here = {_bare(address) for address in (head.address, *head.metas.get("og:url", ())) if address}
    titles = {_letters(title) for title in (*head.values(_TITLES), head.title) if title}
    found = []
    for place, node in enumerate(nodes):
        rank = _rank(node)
        if rank is not None:
            own = bool(here & set(_addresses(node)))
            titled = _letters(_text(node.get("headline")) or _text(node.get("name")) or "") in titles
            found.append(((rank == _PAGE, not own, not titled, rank, place), node))
    found.sort(key=lambda pair: pair[0])
    articles = [(key, node) for key, node in found if not key[0]]
    # Another node that is of this address, too, speaks of the same article.
    kept = [node for n, (key, node) in enumerate(articles) if n == 0 or not key[1]]
    return _Nodes(tuple(kept), tuple(node for key, node in found if key[0]), named)


def _rank(node: Node) -> int | None:
    """How near to a news article a node is, 0 the nearest; None for what is none."""
    ranks = []
    for kind in _kinds(node):
        if kind.endswith("newsarticle"):
            ranks.append(_NEWS)
        elif kind.endswith("article") or kind in _POSTINGS:
            ranks.append(_ARTICLE)
        elif kind in _WORKS:
            ranks.append(_WORK)
        elif kind.endswith("page"):
            ranks.append(_PAGE)
    return min(ranks, default=None)


def _kinds(node: Node) -> list[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [re.split(r"[/:#]", kind)[-1].strip().lower() for kind in kinds if isinstance(kind, str)]


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        for inner in (value.get("@id"), value.get("url")) if isinstance(value, dict) else (value,):
            if isinstance(inner, str) and inner:
                yield _bare(inner)


def _bare(address: str) -> str:
    """An address without scheme, www, query, fragment and closing slash."""
    return _SCHEME.sub("", re.split(r"[?#]", address.strip(), maxsplit=1)[0]).rstrip("/").lower()


def _host(address: str | None) -> str:
    """The name of a site in its address: "example-times" of https://www.example-times.org/."""
    return _bare(address).split("/")[0].rpartition(".")[0] if address else ""


# Microdata

_OWN_TEXT = frozenset({"author", "creator", "publisher", "name", "headline", "articleSection", "articleBody"})
"""Properties whose value is what a link says, not where it leads."""
_READ = _OWN_TEXT | {
    "datePublished", "dateCreated", "description", "image", "url", "contentUrl", "caption", "inLanguage",
    "mainEntityOfPage", "creditText", "copyrightHolder",
}  # fmt: skip
_find_marked = etree.XPath("descendant-or-self::*[@itemprop or @itemscope]")


def _read_microdata(tree: HtmlElement, head: _Head) -> _Nodes:
    """The microdata of a page in the form of JSON-LD; what belongs to no item is the page's own."""
    elements = _find_marked(tree)
    items: dict[HtmlElement | None, Node] = {None: {"@type": "WebPage"}}
    for element in elements:
        if element.get("itemscope") is not None:
            items[element] = {"@type": (element.get("itemtype") or "").split()}
    read: Counter[str] = Counter()
    for element in elements:
        for name in _READ.intersection((element.get("itemprop") or "").split()):
            read[name] += 1
            item = items.get(_scope(element)) if read[name] <= _READ_TIMES.get(name, _MOST) else None
            if item is not None:
                value = items[element] if element in items else _marked_value(element, name)
                item.setdefault(name, []).append(value)
    return _ranked(list(items.values()), head, {})


def _scope(element: HtmlElement) -> HtmlElement | None:
    """The element of the item that a property belongs to."""
    for above in islice(element.iterancestors(), _FARTHEST):
        if above.get("itemscope") is not None:
            return above
    return None


def _marked_value(element: HtmlElement, name: str) -> str:
    """The value of a property that is no item."""
    given = element.get("content") or element.get("datetime")
    if given is None and name not in _OWN_TEXT:
        given = element.get("href") or element.get("src")
    return given or _shown(element, _LONGEST_BODY if name == "articleBody" else _SHORT)


def _shown(element: HtmlElement, most: int) -> str:
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
        if most < 0:
            break
    return "".join(parts)


# Single values


def _first(values: Iterable[str]) -> str | None:
    return next(iter(values), None)


def _clean(value: object, *, lines: bool = False) -> str | None:
    """A value as plain text: entities undone, tags taken off, white space joined; None if empty."""
    if not isinstance(value, str):
        return None
    for _ in range(3):
        if "&" not in value or (undone := html.unescape(value)) == value:
            break
        value = undone
    if "<" in value:
        value = _TAG.sub("", _BLOCK_TAG.sub("\n", value))
    value = _SURROGATE.sub("\ufffd", _UNSEEN.sub("", value))
    rows = value.splitlines() if lines else [value]
    value = "\n".join(filter(None, (" ".join(row.split()) for row in rows)))
    return value if value and value.lower() not in _EMPTY else None


def _text(value: object, depth: int = 0) -> str | None:
    """The first text of a value, which may be a list or an object with a name."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return _first(filter(None, (_text(inner, depth + 1) for inner in value[:_MOST])))
    if isinstance(value, dict):
        return _first(filter(None, (_text(value.get(key), depth + 1) for key in ("@value", "name"))))
    return _clean(value)


def _texts(sources: _Sources, keys: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """The texts of all sources: those under these keys of items, those of these meta elements."""
    for source in sources:
        if isinstance(source, _Head):
            yield from source.values(names)
        else:
            yield from filter(None, (_text(node.get(key)) for node in source for key in keys))


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.lower()))


def _is_label(text: str) -> bool:
    return len(text) < _LONGEST_NAME and not any(map(_is_address, text.split()))


def _publishers(sources: _Sources, linked: _Nodes) -> Iterator[str]:
    for source in sources:
        if isinstance(source, _Head):
            yield from filter(_is_label, source.values(_PUBLISHERS))
            continue
        for node in source:
            found = node.get("publisher") or node.get("sourceOrganization")
            names = (_text(linked.full(one)) if isinstance(one, dict) else _text(one) for one in _listed(found))
            yield from filter(_is_label, filter(None, names))


def _listed(value: object) -> list[Any]:
    return value[:_MOST] if isinstance(value, list) else [value]


def _languages(sources: _Sources, head: _Head) -> Iterator[str]:
    for text in chain(filter(None, [head.language]), _texts(sources, ("inLanguage",), _LANGUAGES)):
        found = _LANGUAGE.fullmatch(text.split(",")[0].strip())
        if found and found[1].lower() not in _NO_LANGUAGE:
            yield found[1].lower()


def _bodies(sources: _Sources) -> Iterator[str]:
    for source in sources:
        for node in () if isinstance(source, _Head) else source:
            texts = (_clean(text, lines=True) for text in _listed(node.get("articleBody")))
            yield from filter(None, texts)


# The title


def _title(sources: _Sources, head: _Head, sites: frozenset[str]) -> str | None:
    """The headline; a longer form of one that was cut short."""
    found = [_without_site(title, sites) for title in _texts(sources, ("headline", "name"), _TITLES)]
    if head.title:
        bare = _without_site(head.title, sites)
        found.append(headline_part(bare) if bare == head.title else bare)
    if not found:
        return None
    start = _CUT_SHORT.sub("", found[0])
    if start == found[0]:
        return start
    return next((title for title in found if title.startswith(start) and not _CUT_SHORT.search(title)), found[0])


def _without_site(title: str, sites: frozenset[str]) -> str:
    """A title without the site's name behind it."""
    for cut in reversed(list(_PARTING.finditer(title))[-3:]):
        rest = _letters(title[cut.end() :])
        if cut.start() and rest in sites:
            title = title[: cut.start()]
    return title


# Days


def _days(tree: HtmlElement, sources: _Sources) -> Iterator[str]:
    """The days of publication, ISO 8601."""
    texts = chain(_texts(sources, ("datePublished",), _DATES), _texts(sources[:1], ("dateCreated", "uploadDate"), ()))
    for text in chain(texts, _times(tree)):
        day = _read_day(text)
        if day:
            yield day


def _times(tree: HtmlElement) -> list[str]:
    """The values of time elements: those that say to be of the publication, then those of an article."""
    found = []
    for element in islice(tree.iter("time"), _MOST):
        value = element.get("datetime") or element.text
        if value:
            said = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
            published = "publi" in said or "entry-date" in said or element.get("pubdate") is not None
            found.append((not published, "updat" in said or "modif" in said, len(found), value))
    return [value for *_, value in sorted(found)]


def _read_day(text: str) -> str | None:
    """The day of a date in one of the forms that pages write for machines, or in English."""
    text = text.strip()
    if len(text) > _LONGEST_DATE:
        return None
    if seconds := _EPOCH.fullmatch(text):
        return _sensible(datetime.fromtimestamp(int(seconds[1]), UTC).date())
    for form in _DAYS:
        if match := form.search(text):
            parts = match.groupdict()
            name = parts.get("name")
            month = _MONTHS.index(name.lower()) + 1 if name else int(parts["month"])
            return _day(int(parts["year"]), month, int(parts["day"]))
    if slashed := _SLASHED.search(text):
        first, second, year = map(int, slashed.groups())
        if first == second or first > 12:
            return _day(year, second, first)
        if second > 12:  # with both under 13, nobody can tell the day from the month
            return _day(year, first, second)
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return _sensible(date(year, month, day))
    except ValueError:
        return None


def _sensible(day: date) -> str | None:
    return day.isoformat() if _FIRST_YEAR <= day.year <= _LAST_YEAR and day != _NO_DATE else None


# Authors


def _authors(tree: HtmlElement, sources: _Sources, linked: _Nodes, sites: frozenset[str]) -> tuple[str, ...]:
    """The people of the first source that names any, else the organizations of the first that does."""
    groups: tuple[str, ...] = ()
    for named in _named_authors(tree, sources, linked):
        known = [replace(one, person=one.person and not _is_group(one.name, sites)) for one in named]
        people = {_letters(one.name): one.name for one in reversed(known) if one.person}
        if people:
            return tuple(reversed(people.values()))
        groups = groups or tuple(dict.fromkeys(one.name for one in known))
    return groups


def _named_authors(tree: HtmlElement, sources: _Sources, linked: _Nodes) -> Iterator[list[_Author]]:
    """Whom each source names."""
    for source in sources:
        if isinstance(source, _Head):
            for name in _AUTHORS:
                texts = source.metas.get(name, [])[:_MOST]
                yield [_Author(one, True) for text in texts for one in _split(text)]
        else:
            for node in source:
                for key in ("author", "creator"):
                    yield list(_people(node.get(key), linked))
    links = (link for link in tree.iter("a") if "author" in (link.get("rel") or "").lower().split())
    for link in islice(links, 3):
        yield [_Author(one, True) for one in _split(_clean(_shown(link, _SHORT)) or "")]


def _people(value: object, linked: _Nodes, depth: int = 0) -> Iterator[_Author]:
    """Whom a value of "author" names."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for inner in value[:_MOST]:
            yield from _people(inner, linked, depth + 1)
    elif isinstance(value, dict):
        node = linked.full(value)
        person = not any(kind.endswith(("organization", "corporation")) for kind in _kinds(node))
        name = node.get("name") or f"{_text(node.get('givenName')) or ''} {_text(node.get('familyName')) or ''}"
        for author in _people(name if name.strip() else None, linked, depth + 1) if isinstance(name, str) else ():
            yield replace(author, person=author.person and (person or "person" in _kinds(node)))
    elif isinstance(value, str):
        if value in linked.named and depth <= 2:
            yield from _people(linked.named[value], linked, depth + 3)
        else:
            yield from (_Author(name, True) for name in _split(_clean(value) or ""))


def _split(text: str) -> Iterator[str]:
    """The names in a string of one or more, without addresses, posts and what announces them."""
    if len(text) > _SHORT:
        return
    text = _ASIDE.sub("", " ".join(token for token in text.split(" ") if not _is_address(token)))
    name = ""
    for piece in [piece for part in _BETWEEN.split(text) for piece in _joined(_without_by(part))]:
        if name and _is_degree(piece):
            name = f"{name}, {piece}"
            continue
        if name:
            yield name
        name = _bare_name(piece, first=not name)
    if name:
        yield name


def _is_address(token: str) -> bool:
    dot = token.find(".")
    return "://" in token or "@" in token or token.startswith("www.") or 0 < dot < token.rfind("/")


def _without_by(text: str) -> str:
    """A string without "By" and the like; "Di" and "Von" with one word behind them belong to a name."""
    rest = after_by(text) if text else None
    particle = text.split(" ")[0].lower() in table("bylines")["particles"]
    return text if rest is None or (particle and len(rest.split()) < 2) else rest


def _joined(text: str) -> list[str]:
    """The names that "and" stands between, in any language: whole names, or one word each."""
    tokens = text.split()
    for i in range(1, len(tokens) - 1):
        if tokens[i].lower() in table("bylines")["and"] and (min(i, len(tokens) - i - 1) > 1 or len(tokens) == 3):
            return [" ".join(tokens[:i]), *_joined(" ".join(tokens[i + 1 :]))]
    return [text]


def _is_degree(piece: str) -> bool:
    """Whether a piece behind a comma belongs to the name before it: "MD", "Ph.D.", "Jr."."""
    if piece.lower().strip(".") in _SUFFIXES:
        return True
    capitals = sum(letter.isupper() for letter in piece)
    return capitals > 1 and bool(_DEGREE.fullmatch(piece)) and agency_in(piece) is None


def _bare_name(piece: str, *, first: bool) -> str:
    """A name without the post and the employer behind it, and said only once; "" if it is none."""
    tokens = piece.strip(" .:-–—\"'").split()
    posts = [i for i in range(2, len(tokens)) if tokens[i].lower().strip(".") in table("bylines")["roles"]]
    tokens = tokens[: posts[0]] if posts else tokens
    half = len(tokens) // 2
    if len(tokens) > 3 and tokens[:half] == tokens[half:]:
        tokens = tokens[:half]
    name = " ".join(tokens)
    if not _LETTERS.search(name) or len(name) > _LONGEST_NAME or len(tokens) > _MOST_NAME_WORDS:
        return ""
    post = any(token.lower() in _POSTS for token in tokens)
    return "" if name.lower() in _NOBODY or (post and not first) else name


def _is_group(name: str, sites: frozenset[str]) -> bool:
    """Whether a name is that of an agency, the publisher or an editorial team."""
    if agency_in(name) or any(letter.isdigit() for letter in name):
        return True
    if any(token.strip(".").lower() in _GROUP for token in re.split(r"[\s-]", name)):
        return True
    letters = _letters(name)
    return letters in sites or any(len(site) > 3 and letters.startswith(site) for site in sites)


# Images


def _images(sources: _Sources, linked: _Nodes, head: _Head) -> tuple[StructuredImage, ...]:
    found: dict[tuple[str | None, str | None], StructuredImage] = {}
    for source in sources:
        if isinstance(source, _Head):
            images = [StructuredImage(_absolute(url, head)) for url in source.values(_IMAGES)]
        else:
            keys = ("image", "primaryImageOfPage", "associatedMedia")
            images = [
                image
                for node in source
                for key in keys
                for value in _listed(node.get(key))
                if (image := _image(value, linked, head))
            ]
        for image in images:
            known = any(image.url == other.url for other in found.values())
            if not (known and image.caption is None):
                found.setdefault((image.url, image.caption), image)
    return tuple(found.values())[:_MOST]


def _image(value: object, linked: _Nodes, head: _Head) -> StructuredImage | None:
    if not isinstance(value, dict):
        url = _absolute(_text(value), head)
        return StructuredImage(url) if url else None
    node = linked.full(value)
    url = _absolute(_text(node.get("url")) or _text(node.get("contentUrl")), head)
    caption, credit = (
        _first(filter(None, (_text(node.get(key)) for key in keys)))
        for keys in (("caption", "description", "name"), ("creditText", "creator", "author", "copyrightHolder"))
    )
    return StructuredImage(url, caption, credit) if url or caption else None


def _absolute(url: str | None, head: _Head) -> str | None:
    """An address, made whole with that of the page; None for data in the place of one."""
    if not url or url.startswith("data:") or " " in url:
        return None
    try:
        return urljoin(head.address or "", url)
    except ValueError:
        return None
