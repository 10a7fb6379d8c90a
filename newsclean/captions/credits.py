"""The credit of a picture: which agencies it names, and which photographer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from newsclean.data import table
from newsclean.rules.patterns import Pattern, compile_pattern


@dataclass(frozen=True, slots=True)
class _Agencies:
    pattern: Pattern
    names: dict[str, str]


@cache
def _agencies() -> _Agencies:
    names: dict[str, str] = {}
    for entry in table("agencies")["agency"]:
        for spelling in (entry["name"], *entry["spellings"]):
            names[spelling] = entry["name"]
    ordered = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(s).replace(r"\ ", " ") for s in ordered)
    return _Agencies(compile_pattern(rf"(?:^|[^\p{{L}}\d])({either})(?:$|[^\p{{L}}\d])"), names)


def agencies_in(credit: str) -> tuple[str, ...]:
    """The agencies and libraries that a credit names, by their usual names, in order."""
    known = _agencies()
    found: list[str] = []
    at = 0
    while match := known.pattern.search(credit[at:]):
        name = known.names[match.group(1) or ""]
        if name not in found:
            found.append(name)
        at += match.span(1)[1]
    return tuple(found)


NAME_BREAK = re.compile(r"\s*[/|,;+]\s*|\s+via\s+|\s+for\s+|\s+-\s+|\s+and\s+|\s+&\s+")
_PERSON = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:de|del|van|von|der|da|di|la|le|bin|al)){0,2}(?:\s+[A-ZÀ-Þ][\w'’.-]*){1,3}"
)
_NOT_A_PERSON = re.compile(
    r"\b(?:Images?|Photos?|Press|Agency|Trust|Rescue|Board|Maritime|Gallery|Archives?|Herald|Courier|Bureau|Government|State|National|News|Media|Police|Office|Department|University|Ministry|Club|Council|"
    r"Service|Times|Post|Guardian|Herald|Mirror|Daily|Tribune|Journal|Museum|Foundation|Company|Group|Studios?|"
    r"Pictures|Sport|Sports|Commons|Archive|Getty|Federation|Association|Institute|Church|Party|Team|League|Inc|Ltd|"
    r"Domain|Photo|File|Public|Supplied|Courtesy|Instagram|Facebook|Twitter|Society|Hospital|School|College|Committee|Commission|Corporation|Army|Navy|Court|Library|Network|Pool)\b|\d"
)


def photographer_in(credit: str) -> str | None:
    """The photographer's name in a credit, if it gives one."""
    for part in NAME_BREAK.split(credit):
        name = re.sub(r"^(?:Photo(?:graph)?s? |Picture |Image )?(?:by|By|BY)\s+", "", part.strip(" .()"))
        if agencies_in(name) or _NOT_A_PERSON.search(name):
            continue
        if _PERSON.fullmatch(name):
            return name.title() if name.isupper() else name
    return None


def is_agency(part: str) -> bool:
    """Whether a part of a credit is an agency's name, alone or behind a person's."""
    names = _agencies().names
    words = part.split()
    return any(" ".join(words[i:]) in names for i in range(min(4, len(words))))
