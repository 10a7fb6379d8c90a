"""Reads pages with gold, one JSON record a line, plain or gzipped.

A record has `id`, `corpus`, `publisher`, `lang` (may be null), and either

- `html` and `gold`: `body` (paragraphs; an item may be `{"heading": ...}` or `{"optional": ...}`),
  `captions` (`{text, credit}`), `with` and `without` (snippets), `title`, `authors`; or
- `text` and `labels` (`[first line, last line, role]`, from 0, both included), with `mixed`
  (`{line, role, text}`: a part of a line that has another role than its line).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import py3langid

Kind = Literal["required", "optional", "neutral"]

_KEPT = ("body", "heading")
_NEUTRAL = ("standfirst", "embed", "unsure")


class DataError(ValueError):
    """A data file that cannot be read; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a gold body.

    "optional": the page is scored with and without all of them, and the better counts.
    "neutral": its words count neither as right nor as wrong, nor as missing.
    """

    text: str
    kind: Kind = "required"


@dataclass(frozen=True, slots=True)
class Gold:
    """What is right about a page. ``captions_known`` tells "no caption" from "not recorded"."""

    body: tuple[Paragraph, ...] = ()
    captions: tuple[tuple[str, str], ...] = ()
    captions_known: bool = False
    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The texts of the body, neutral ones left out."""
        return tuple(p.text for p in self.body if p.kind != "neutral")


@dataclass(frozen=True, slots=True)
class Record:
    """A page: ``html``, or ``text`` where the data has only that, and its gold."""

    id: str
    corpus: str
    publisher: str
    language: str
    html: str | None
    text: str | None
    gold: Gold

    @property
    def held_out(self) -> bool:
        """Whether its publisher is in the third that is kept out of every fit."""
        return held_out(self.publisher)


def held_out(publisher: str | None) -> bool:
    """A third of the publishers, chosen by a hash of the name."""
    return int(hashlib.sha1((publisher or "").encode()).hexdigest(), 16) % 3 == 0


def digest(path: str | Path) -> str:
    """SHA-256 of the file's lines, unpacked: the same for a file packed another time."""
    summed = hashlib.sha256()
    for line in _lines(Path(path)):
        summed.update(line.encode())
    return summed.hexdigest()


def read(path: str | Path) -> Iterator[Record]:
    """Read the records of one file.

    Raises DataError for a file that is missing or is not of this form.
    """
    for number, line in enumerate(_lines(Path(path)), 1):
        try:
            yield _record(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise DataError(f"{path}, line {number}: not a record: {error!r}") from error


def read_all(paths: Iterable[str | Path]) -> list[Record]:
    return [record for path in paths for record in read(path)]


def _lines(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            yield from lines
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error


def _record(table: dict[str, Any]) -> Record:
    html, text = table.get("html"), table.get("text")
    if not isinstance(html, str) and not isinstance(text, str):
        raise ValueError("neither 'html' nor 'text'")
    gold = _labelled(table) if html is None else _gold(table["gold"])
    return Record(
        str(table["id"]),
        table.get("corpus") or "unnamed",
        table.get("publisher") or "",
        table.get("lang") or _language(gold, text or ""),
        html,
        text,
        gold,
    )


def _gold(table: dict[str, Any]) -> Gold:
    body: list[Paragraph] = []
    for item in table.get("body") or []:
        if isinstance(item, str):
            body.append(Paragraph(item))
        elif "heading" in item:
            body.append(Paragraph(item["heading"]))
        else:
            body.append(Paragraph(item["optional"], "optional"))
    captions = table.get("captions")
    return Gold(
        tuple(body),
        tuple((c["text"] or "", c.get("credit") or "") for c in captions or []),
        captions is not None,
        tuple(table.get("with") or ()),
        tuple(table.get("without") or ()),
        table.get("title"),
        None if table.get("authors") is None else tuple(table["authors"]),
    )


def _labelled(table: dict[str, Any]) -> Gold:
    lines = table["text"].split("\n")
    roles: dict[int, str] = {}
    for first, last, role in table["labels"]:
        roles.update(dict.fromkeys(range(first, last + 1), role))
    mixed: dict[int, list[tuple[str, str]]] = {}
    for part in table.get("mixed") or []:
        mixed.setdefault(part["line"], []).append((part["text"], part["role"]))
    parts = [
        part
        for n, line in enumerate(lines)
        for part in _parts(line, roles.get(n, "unsure"), mixed.get(n, []))
    ]
    body = []
    for text, role in parts:
        if role in _KEPT:
            body.append(Paragraph(text))
        elif role in _NEUTRAL:
            body.append(Paragraph(text, "neutral"))
    return Gold(tuple(body), tuple(_captions(parts)), captions_known=True)


def _captions(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Captions with the credit that follows on a line of its own."""
    found: list[tuple[str, str]] = []
    before = ""
    for text, role in parts:
        if role == "caption":
            found.append((text, ""))
        elif role == "credit" and before == "caption":
            found[-1] = (found[-1][0], text)
        elif role == "credit":
            found.append(("", text))
        before = role
    return found


def _parts(line: str, role: str, mixed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The line cut at its foreign parts, each piece with its role, in order."""
    pieces = [(line, role)]
    for text, other in mixed:
        at = next((i for i, (piece, its) in enumerate(pieces) if its == role and text in piece), None)
        if at is None:
            raise ValueError(f"the mixed part {text!r} is not in its line")
        before, after = pieces[at][0].split(text, 1)
        pieces[at : at + 1] = [(before, role), (text, other), (after, role)]
    return [(piece, its) for piece, its in pieces if piece.strip()]


def _language(gold: Gold, text: str) -> str:
    """The language of the article itself, ISO 639-1, told from its text."""
    sample = " ".join(gold.paragraphs or gold.required) or text
    return str(py3langid.classify(sample[:5000])[0]) if sample.strip() else "und"
