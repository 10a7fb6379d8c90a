"""What is read from a source: records with a page, records without one, and what is passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """One page of a source, or the reason why there is none.

    ``number`` counts the lines, rows or records of the source from 1. ``others`` are the columns beside
    the page. ``error`` says why there is no page, ``cut`` why its end is missing.
    """

    id: str
    source: str
    number: int
    page: str | bytes | None = None
    charset: str | None = None
    url: str | None = None
    fetched: str | None = None
    others: Mapping[str, Any] | None = None
    error: str | None = None
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of a source that holds no page, and is none that failed: ``why`` is a few words to count by."""

    why: str


@dataclass(slots=True)
class Meter:
    """How many bytes of a source have been read."""

    at: int = 0
