"""The form of the output: one row a page, the same in JSON Lines and in Parquet."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

from newsclean.batch.records import Record
from newsclean.document import SCHEMA_VERSION, Document

_WHOLE = frozenset({"blocks", "page_text"})
"""What only a full row has."""
_ERROR = "error"


def row_of(record: Record, document: Document, *, full: bool = False) -> dict[str, Any]:
    """A page as one JSON object.

    First ``id``, ``source``, ``number``, ``url`` and ``fetched`` say where it came from; then come the keys
    of ``Document.to_dict``, of which ``blocks`` and ``page_text`` are in a ``full`` row only, and
    ``found_article``; then ``error``, and ``input``, the other columns of the record. Where there is an
    error, whatever the document would say is None.
    """
    row = identity(record)
    if document.error is None:
        row.update((document if full else replace(document, blocks=(), page_text="")).to_dict())
        row["found_article"] = document.found_article
    else:
        row["schema_version"] = SCHEMA_VERSION
        row.update((item.name, None) for item in fields(Document))
        row["found_article"] = None
    if not full:
        for name in _WHOLE:
            del row[name]
    row.pop(_ERROR, None)
    row[_ERROR] = document.error
    if record.others is not None:
        row["input"] = record.others
    return row


def identity(record: Record) -> dict[str, Any]:
    """Where a page came from."""
    return {
        "id": record.id,
        "source": record.source,
        "number": record.number,
        "url": record.url,
        "fetched": record.fetched,
    }


def to_line(row: dict[str, Any]) -> bytes:
    """A row as a line of JSON in UTF-8, with its end; half characters are escaped."""
    try:
        text = json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(row).encode("ascii")
    return text + b"\n"
