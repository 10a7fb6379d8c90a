"""Who wrote the article: people if the page names any, else an agency, a team or the publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from newsclean.data import table
from newsclean.names import after_by, agency_in
from newsclean.structured.microdata import shown_text
from newsclean.structured.sources import Head, Nodes, Sources
from newsclean.structured.values import MOST, clean, is_address, kinds, letters, text_of

_DEEPEST, _RESOLVED = 8, 2
"""How far values are followed into each other, and how far references are."""
_ASIDE = re.compile(r"(?:(?<!\s)\s+)?[(\[][^()\[\]]*[)\]]")
_MARKS = re.compile("[®™©*]")
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?[,;|•·\n/،、]\s*|(?<!\s)\s+[-–—&+]\s+")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,2}\.?-?){1,5}")
_LONGEST, _LONGEST_NAME, _MOST_WORDS = 4000, 80, 7
_LINKS = 3
"""Links to an author that are read; behind them stand those of other stories."""


@dataclass(frozen=True, slots=True)
class _Author:
    name: str
    person: bool


def read_authors(
    tree: HtmlElement, sources: Sources, linked: Nodes, sites: frozenset[str]
) -> tuple[str, ...]:
    """The people of the first source that names any, else the organizations of the first that does."""
    groups: tuple[str, ...] = ()
    for named in _named_authors(tree, sources, linked):
        known = [replace(one, person=one.person and not _is_group(one.name, sites)) for one in named]
        people = {letters(one.name): one.name for one in reversed(known) if one.person}
        if people:
            return tuple(reversed(people.values()))
        groups = groups or tuple(dict.fromkeys(one.name for one in known))
    return groups


def _named_authors(tree: HtmlElement, sources: Sources, linked: Nodes) -> Iterator[list[_Author]]:
    """Whom each source names."""
    for source in sources:
        if isinstance(source, Head):
            for name in table("structured")["names"]["authors"]:
                texts = source.metas.get(name, [])[:MOST]
                texts = [_turned(text) for text in texts] if name.startswith("citation") else texts
                yield [_Author(one, True) for text in texts for one in _split(text)]
            if any(after_by(f"{label} x") == "x" for label in source.metas.get("twitter:label1", ())):
                yield [
                    _Author(one, True)
                    for text in source.metas.get("twitter:data1", ())
                    for one in _split(text)
                ]
        else:
            for node in source:
                for key in ("author", "creator"):
                    yield list(_people(node.get(key), linked))
    links = (link for link in tree.iter("a") if "author" in (link.get("rel") or "").lower().split())
    for link in islice(links, _LINKS):
        yield [_Author(one, True) for one in _split(clean(shown_text(link, _LONGEST)) or "")]


def _people(value: object, linked: Nodes, depth: int = 0) -> Iterator[_Author]:
    """Whom a value of "author" names."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for inner in value[:MOST]:
            yield from _people(inner, linked, depth + 1)
    elif isinstance(value, dict):
        node = linked.full(value) if depth <= _RESOLVED else value
        depth = max(depth, _RESOLVED)
        person = not any(kind.endswith(("organization", "corporation")) for kind in kinds(node))
        parts = filter(None, (text_of(node.get(key)) for key in ("givenName", "familyName")))
        for author in _people(node.get("name") or " ".join(parts), linked, depth + 1):
            yield replace(author, person=author.person and (person or "person" in kinds(node)))
    elif isinstance(value, str):
        if value in linked.named and depth <= _RESOLVED:
            yield from _people(linked.named[value], linked, _RESOLVED + 1)
        else:
            yield from (_Author(name, True) for name in _split(clean(value) or ""))


def _turned(text: str) -> str:
    """A name that a library would write with the family name first, as it is spoken."""
    family, comma, given = text.partition(", ")
    single = " " not in family or " " not in given
    return f"{given} {family}" if comma and single and "," not in given else text


def _split(text: str) -> Iterator[str]:
    """The names in a string of one or more, without addresses, posts and what announces them."""
    if len(text) > _LONGEST:
        return
    text = _ASIDE.sub(
        "", _MARKS.sub("", " ".join(token for token in text.split(" ") if not is_address(token)))
    )
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


def _without_by(text: str) -> str:
    """A string without "By" and the like; "Di" and "Von" with one word behind them belong to a name."""
    rest = after_by(text) if text else None
    particle = text.split(" ")[0].lower() in table("bylines")["particles"]
    return text if rest is None or (particle and len(rest.split()) < 2) else rest


def _joined(text: str) -> list[str]:
    """The names that "and" stands between, in any language: whole names, or one word each."""
    names: list[list[str]] = [[]]
    tokens = text.split()
    for i, token in enumerate(tokens):
        before, after = len(names[-1]), len(tokens) - i - 1
        if token.lower() in table("bylines")["and"] and (min(before, after) > 1 or len(tokens) == 3 > i > 0):
            names.append([])
        else:
            names[-1].append(token)
    return [" ".join(name) for name in names]


def _is_degree(piece: str) -> bool:
    """Whether a piece behind a comma belongs to the name before it: "MD", "Ph.D.", "Jr."."""
    if piece.lower().strip(".") in _words("suffix"):
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
    if not any(map(str.isalpha, name)) or len(name) > _LONGEST_NAME or len(tokens) > _MOST_WORDS:
        return ""
    post = any(token.lower() in _words("post") for token in tokens)
    return "" if name.lower() in _words("nobody") or (post and not first) else name


def _is_group(name: str, sites: frozenset[str]) -> bool:
    """Whether a name is that of an agency, the publisher or an editorial team."""
    if agency_in(name) or any(letter.isdigit() for letter in name):
        return True
    if name.islower() and " " not in name:  # the name of an account
        return True
    if any(token.strip(".").lower() in _words("group") for token in re.split(r"[\s-]", name)):
        return True
    bare = letters(name)
    return bare in sites or any(len(site) > 3 and bare.startswith(site) for site in sites)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(table("structured")["authors"][kind].split())
