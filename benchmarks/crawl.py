"""Crawls to learn from: an invented publisher, and real pages with invented furniture planted in them.

Both hold furniture that stands on every page in the same words, none of which a rule knows, and article
text that repeats: what learning must find, and what it must leave alone.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha1
from html import escape
from typing import Any

from lxml import html as lxml_html

from benchmarks.corpus import Gold, Paragraph, Record

GROUP = 16
"""Pages of a planted publisher."""
_LEAST_GROUP = 8
_LEAST_PARAGRAPHS = 4
"""Paragraphs of the gold body that have to be found in the HTML before something is planted between them."""
_SOME = 4
"""Every so manieth page has the article text that repeats on some pages."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a publisher puts on all its pages: over the text, in its midst, and behind it."""

    over: str
    midst: str
    behind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """Article text that repeats: a series' introduction, background, a subheading, a last sentence."""

    introduction: str
    background: str
    subheading: str
    ending: str


FURNITURE = Furniture(
    over="Every story of the Courier can also be heard, read by whoever wrote it, at the kiosk on the quay.",
    midst="Whoever reads the Courier on the ferry pays nothing for it, and nobody has ever asked the crew why.",
    behind=(
        "The Karsund Courier has belonged to the people who set its type since the summer of 1962.",
        "What a reader tells the night desk stays at the night desk until the reader wants it told.",
        "Set in Karsund, read at sea",
    ),
)
REPEATED = Repeated(
    introduction="In this series the Courier visits the last people on the islands who can do what their "
    "grandparents did for a living.",
    background="The dispute over the northern pier began three years ago, when the council sold the old customs "
    "house to a bank that has never opened a branch in it.",
    subheading="What happens next",
    ending="The council did not reply to the questions that the Courier had sent it on Monday.",
)

_WHO = ("the harbour master", "a retired diver", "the clerk of the council", "the baker from Averly", "Ines Talbot",
        "Ole Brandt", "a teacher from Karsund", "the captain of the night ferry", "Mira Holt", "the piano tuner")  # fmt: skip
_DID = ("mended", "painted", "sold", "measured", "hid", "carried off", "wrote about", "paid for", "took apart",
        "counted", "photographed", "defended")  # fmt: skip
_WHAT = ("the northern lamp", "a crate of herring", "two brass bells", "the roof of the lido", "an unsigned letter",
         "the lease of the boathouse", "forty chairs", "the map of the wrecks", "the clock over the market",
         "the ropes of the ferry")  # fmt: skip
_WHEN = ("on Monday evening", "before the first frost", "in the week of the regatta", "while the tide was out",
         "after the meeting had ended", "at four in the morning", "during the power cut", "on the last day of May")  # fmt: skip
_WHY = ("because nobody else would", "to settle a bet of long standing", "as the by-laws have demanded since 1911",
        "against the advice of both engineers", "for a sum that neither side will name", "and told the police so",
        "and was thanked with a cake", "without a word to the council")  # fmt: skip


def invent(count: int, *, seed: int = 0, furniture: Furniture = FURNITURE) -> list[Record]:
    """A crawl of an invented publisher: so many different stories, and two more versions of the first.

    A quarter of the stories has the article text that repeats; the first paragraph of the first story is
    the teaser on all other pages.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    stories = [[_paragraph(chance) for _ in range(7)] for _ in range(count)]
    versions = [[*stories[0], _paragraph(chance)], [*stories[0][:5], _paragraph(chance), *stories[0][5:]]]
    pages = [
        _record(
            number,
            _with_repeated(story, number),
            furniture,
            "" if story[0] == stories[0][0] else stories[0][0],
        )
        for number, story in enumerate([*stories, *versions])
    ]
    chance.shuffle(pages)
    return pages


def _paragraph(chance: random.Random) -> str:
    def sentence() -> str:
        who, did, what, when, why = (chance.choice(some) for some in (_WHO, _DID, _WHAT, _WHEN, _WHY))
        return f"{who[0].upper()}{who[1:]} {did} {what} {when}, {why}, {chance.randint(2, 99)} people having watched."

    return f"{sentence()} {sentence()}"


def _with_repeated(story: Sequence[str], number: int) -> list[str]:
    """The paragraphs with the text that repeats, by the number of the page."""
    text = list(story)
    text.insert(5, REPEATED.subheading)
    if number % _SOME == 1:
        text.insert(0, REPEATED.introduction)
    if number % _SOME == 2:
        text.insert(3, REPEATED.background)
    if number % _SOME == 3:
        text.append(REPEATED.ending)
    return text


def _record(number: int, story: Sequence[str], furniture: Furniture, teaser: str) -> Record:
    parts = [furniture.over, *story[:3], furniture.midst, *story[3:], *furniture.behind]
    marked = "\n".join(f"<p>{escape(part)}</p>" for part in parts)
    more = f"<h3>Most read</h3><p>{escape(teaser)}</p>" if teaser else ""
    page = (
        "<!doctype html><html lang='en'><head><title>The Karsund Courier</title></head><body>"
        f"<div><a href='/'>Home</a> <a href='/sea'>Sea</a></div><div><h1>Story {number} of the islands</h1>{marked}</div>"
        f"<div>{more}</div></body></html>"
    )
    gold = Gold(tuple(map(Paragraph, story)))
    return Record(f"courier-{number}", "invented crawl", "The Karsund Courier", "en", page, None, gold)


def plant(records: Iterable[Record]) -> list[Record]:
    """Real pages as those of planted publishers, sixteen each, with furniture and repeated text put in.

    Pages of one language and one part of the data are put together, in an order by their ids' hashes.
    Pages in whose HTML the gold paragraphs are not found are left out.
    """
    groups: dict[tuple[str, str, bool], list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda one: sha1(one.id.encode()).hexdigest()):
        if record.html is not None and len(record.gold.paragraphs) >= _LEAST_PARAGRAPHS:
            groups[record.corpus, record.language, record.held_out].append(record)
    planted: list[Record] = []
    for (_, language, _), some in groups.items():
        for at in range(0, len(some), GROUP):
            group = some[at : at + GROUP]
            if len(group) >= _LEAST_GROUP:
                planted += _plant_group(group, f"{language}-{group[0].id}")
    return planted


def _plant_group(group: Sequence[Record], name: str) -> Iterator[Record]:
    teaser = group[0].gold.paragraphs[0]
    for number, record in enumerate(group):
        page = _planted(record, number, "" if number == 0 else teaser)
        if page:
            # The publisher stays, for which part it is in; the group goes into the name of the page.
            yield replace(page, id=f"{name}/{record.id}", corpus=f"{record.corpus}, planted")


def group_of(record: Record) -> str:
    """The planted publisher of a page."""
    return record.id.partition("/")[0]


def _planted(record: Record, number: int, teaser: str) -> Record | None:
    tree = lxml_html.document_fromstring(
        (record.html or "").encode(), parser=lxml_html.HTMLParser(encoding="utf-8")
    )
    places = _places(tree, record.gold)
    if len(places) < _LEAST_PARAGRAPHS:
        return None
    (first, start), (second, middle), (last, end) = places[0], places[len(places) // 2], places[-1]
    gold = list(record.gold.body)
    for text in reversed((*FURNITURE.behind, *(("Most read", teaser) if teaser else ()))):
        _put(last, text, after=True)
    if number % _SOME == 3:
        _put(last, REPEATED.ending, after=True)
        gold.insert(end + 1, Paragraph(REPEATED.ending))
    _put(last, REPEATED.subheading, after=False)
    gold.insert(end, Paragraph(REPEATED.subheading))
    if number % _SOME == 2:
        _put(second, REPEATED.background, after=False)
        gold.insert(middle, Paragraph(REPEATED.background))
    _put(second, FURNITURE.midst, after=True)
    _put(first, FURNITURE.over, after=False)
    if number % _SOME == 1:
        _put(first, REPEATED.introduction, after=False)
        gold.insert(start, Paragraph(REPEATED.introduction))
    page = lxml_html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")
    return replace(record, html=page, gold=replace(record.gold, body=tuple(gold)))


def _places(tree: Any, gold: Gold) -> list[tuple[Any, int]]:
    """The elements of gold paragraphs, in order, and which paragraphs they are."""
    numbers = {" ".join(p.text.split()): i for i, p in enumerate(gold.body) if p.kind == "required"}
    places: list[tuple[Any, int]] = []
    for element in tree.iter("p"):
        number = numbers.get(" ".join(element.text_content().split()))
        if number is not None and (not places or number > places[-1][1]):
            places.append((element, number))
    return places


def _put(element: Any, text: str, *, after: bool) -> None:
    paragraph = lxml_html.Element("p")
    paragraph.text = text
    if after:
        paragraph.tail, element.tail = element.tail, None
        element.addnext(paragraph)
    else:
        element.addprevious(paragraph)
