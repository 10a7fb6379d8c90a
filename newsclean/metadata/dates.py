"""The date of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from newsclean.decide import Verdict
from newsclean.evidence import Role
from newsclean.metadata.found import NEAR, Metadata
from newsclean.page import Passage

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"

_DATES = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b"
    ),
    re.compile(rf"(?i)\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)\b"),
)


def _dates(plain: str) -> Iterator[str]:
    for form in _DATES:
        for match in form.finditer(plain):
            parts = match.groupdict()
            month = int(parts.get("number") or _MONTHS.index(parts["month"][:3].lower()) + 1)
            try:
                yield date(int(parts["year"]), month, int(parts["day"])).isoformat()
            except ValueError:
                continue


def read_date(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    anchor: int,
    prose: int,
    found: Metadata,
) -> None:
    """The date that stands nearest to the headline."""
    for i in sorted(range(max(0, anchor - NEAR), min(prose, len(passages))), key=lambda i: abs(i - anchor)):
        if verdicts[i].role is Role.BODY or len(passages[i].words) > 20:
            continue
        for day in _dates(passages[i].plain):
            found.date = day
            if i not in found.roles and verdicts[i].role in (Role.OTHER, Role.NAVIGATION):
                found.say(i, Role.DATE, "date", "A date beside the headline.")
            return
