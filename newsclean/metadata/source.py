"""Publisher, aggregator and section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from newsclean.data import table
from newsclean.decide import Verdict
from newsclean.evidence import Role
from newsclean.metadata.dates import read_date
from newsclean.metadata.found import NEAR, WEIGHT, Metadata
from newsclean.metadata.lead import in_one_line, is_standfirst, own_weight
from newsclean.page import Passage
from newsclean.rules.patterns import PatternSet

_PROVIDER = re.compile(
    r"(?:©|[Cc]opyright|\([Cc]\))\s*(?:Provided by\s+|(?:19|20)\d\d(?:-\d{2,4})?[,]?\s+|by\s+)+"
    r"(?P<name>[A-Z][\w'&]*(?:\.\w+)*(?:\s+(?:of|the|and|for|&|\d+|(?!All\b|Rights\b)[A-Z][\w'&]*)){0,4})"
)

_COMPANY = re.compile(
    r"(?s)[,.]?(?:(?<!\s)\s+)?(?:All [Rr]ights?|(?:Inc|Ltd|LLC|Limited|plc|PLC|GmbH|AG|Co|Corp)\b).*"
)


@cache
def sections() -> frozenset[str]:
    """Names of sections, lower-cased."""
    return frozenset(name for names in table("sections").values() for name in names)


def _provider(passages: Sequence[Passage]) -> str | None:
    for passage in passages:
        if len(passage.words) > 30 or not any(s in passage.plain for s in ("©", "opyright", "(c)", "(C)")):
            continue
        match = _PROVIDER.search(passage.plain)
        if match:
            return _COMPANY.sub("", match["name"]).strip(" .,") or None
    return None


@cache
def _signs() -> tuple[PatternSet, tuple[str, ...]]:
    patterns, names = [], []
    for entry in table("aggregators")["aggregator"]:
        for sign in entry["signs"]:
            patterns.append(sign)
            names.append(entry["name"])
    return PatternSet(patterns), tuple(names)


def aggregator(passages: Sequence[Passage]) -> str | None:
    """The aggregator whose signs stand on the page."""
    signs, names = _signs()
    needed = {entry["name"]: entry["needed"] for entry in table("aggregators")["aggregator"]}
    seen: Counter[str] = Counter()
    for passage in passages:
        if not 0 < len(passage.words) <= 40:
            continue
        for name in {names[i] for i in signs.matches(passage.plain)}:
            seen[name] += 1
            if seen[name] >= needed[name]:
                return name
    return None


def read_head(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    anchor: int,
    prose: int,
    menus: set[int],
    found: Metadata,
) -> None:
    """Source, section, date and standfirst from the lines around the title."""
    read_date(passages, verdicts, anchor, prose, found)
    for i in range(max(0, anchor - NEAR), prose):
        verdict = verdicts[i]
        if i in found.roles or verdict.role is Role.BODY:
            continue
        plain = passages[i].plain.strip(" :|•·-")
        again = any(
            0 <= k < len(passages) and passages[k].plain == passages[i].plain and passages[i].plain
            for k in (i - 1, i + 1)
        )
        if again and len(passages[i].words) <= 5 and plain.lower() not in sections():
            found.publisher = found.publisher or plain
            found.say(i, Role.SOURCE, "doubled-name", "A short name twice over the story: who publishes it.")
        elif i in menus:
            continue
        elif plain.lower() in sections() and abs(i - anchor) <= 4 and own_weight(verdict) < WEIGHT:
            found.section = found.section or (plain.title() if plain.isupper() and len(plain) > 3 else plain)
            found.say(i, Role.SECTION, "section", "The name of a section, beside the headline.")
        elif (
            anchor < i < prose and verdict.role is Role.OTHER and is_standfirst(passages, verdicts, i, prose)
        ):
            if found.standfirst is None:
                found.standfirst = in_one_line(passages[i].text)
            found.say(i, Role.STANDFIRST, "standfirst", "A summary between the headline and the body.")
    if not found.publisher:
        found.publisher = _provider(passages)
