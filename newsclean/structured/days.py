"""The day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain, islice

from lxml.html import HtmlElement

from newsclean.structured.sources import Sources, texts_of
from newsclean.structured.values import MOST

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAYS = (
    re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"^(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=$|[T ]|\d{4,6}$)"),
    re.compile(rf"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[. -]\s*{_MONTH},?[ -](?P<year>\d{{4}})\b"),
    re.compile(rf"(?i)\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"),
    re.compile(r"\b(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\b"),
)
_SLASHED = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_EPOCH = re.compile(r"(\d{10})(?:\.\d+|\d{3})?")
_LONGEST = 80
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_NO_DATE = date(1970, 1, 1)
"""What a missing date becomes in seconds since then."""


def read_days(tree: HtmlElement, sources: Sources) -> Iterator[str]:
    """The days of publication, ISO 8601."""
    texts = chain(
        texts_of(sources, ("datePublished",), "date"), texts_of(sources[:1], ("dateCreated",), "date")
    )
    for text in chain(texts, _times(tree)):
        day = read_day(text)
        if day:
            yield day


def _times(tree: HtmlElement) -> list[str]:
    """The values of time elements: the first that says to be of the publication, then the others."""
    found: list[tuple[bool, bool, int, str]] = []
    for element in islice(tree.iter("time"), MOST):
        value = element.get("datetime") or element.text
        if value:
            said = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
            published = "publi" in said or "entry-date" in said or element.get("pubdate") is not None
            found.append((not published, "updat" in said or "modif" in said, len(found), value))
    return [value for *_, value in sorted(found)]


def read_day(text: str) -> str | None:
    """The day of a date in one of the forms that pages write for machines, or in English."""
    text = text.strip()
    if len(text) > _LONGEST:
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
