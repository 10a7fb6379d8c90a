"""Reads pages from a column of JSON Lines and of Parquet."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from newsclean.batch.errors import RunError
from newsclean.batch.records import Meter, Record
from newsclean.batch.sources import Source
from newsclean.batch.streams import Broken, lines
from newsclean.extras import needs

PAGE_COLUMNS = (
    *("html", "raw_html", "page_html", "content_html", "page", "raw_content", "raw", "content"),
    *("document", "body", "text", "article", "article_text"),
)
"""Columns that are taken for the page where none is named, the likeliest first, in small or large letters."""
_IDS = ("id", "url", "uri", "link")
_URLS = ("url", "uri", "link")
_DATES = ("fetched", "fetch_date", "crawl_date", "warc_date")
_PEEKED = 100
"""Lines of a file that are looked at for a page column."""
_BATCH = 64
"""Rows of Parquet that are read at once."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds the page, None to guess, and which others are handed on, None for all."""

    page: str | None = None
    keep: frozenset[str] | None = None

    def of(self, source: Source, most: int) -> Columns:
        """The same with the page's column of one source.

        Raises RunError, with the columns that there are, where it is missing or cannot be guessed. Of JSON
        Lines, columns are what the first hundred lines have.
        """
        names = _names(source, most)
        if names is None:
            return replace(self, page=self.page or PAGE_COLUMNS[0])  # nothing to read: every row tells why
        if self.page is None:
            small = {name.lower(): name for name in reversed(names)}
            found = next((small[name] for name in PAGE_COLUMNS if name in small), None)
            if found is None:
                raise RunError(
                    f"{source.name}: no column looks like a page; name it with --page: {_list(names)}"
                )
            return replace(self, page=found)
        if self.page not in names:
            raise RunError(f"{source.name}: no column {self.page!r}; there are: {_list(names)}")
        return self


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"


def _names(source: Source, most: int) -> list[str] | None:
    """The columns of a source, of JSON Lines those of the first hundred lines; None if there are no rows."""
    try:
        if source.form == "parquet":
            with needs("batch"):
                import pyarrow as pa
                import pyarrow.parquet as pq
            try:
                return list(pq.read_schema(source.path).names)
            except pa.ArrowInvalid:
                return None
        found: dict[str, None] = {}
        objects = 0
        for line in islice(lines(source.path, most, Meter()), _PEEKED):
            row = None if isinstance(line, Broken) else _parse(line)
            if isinstance(row, dict):
                objects += 1
                found.update(dict.fromkeys(row))
        return list(found) if objects else None
    except OSError:
        return None


def read_jsonl(source: Source, columns: Columns, most: int, meter: Meter) -> Iterator[Record]:
    """The lines of a file, blank ones left out, each of which should be a JSON object with a page.

    A line of more than ``most`` bytes has an error. Raises OSError when the file cannot be read.
    """
    name = source.name
    for number, line in enumerate(lines(source.path, most, meter), start=1):
        if isinstance(line, Broken):
            yield _failed(name, number, f"StreamError: {line.why}")
        elif line.strip():
            row = _parse(line)
            if isinstance(row, dict):
                yield _record(row, name, number, columns)
            elif isinstance(row, ValueError | RecursionError):
                yield _failed(name, number, f"JsonError: {row}")
            else:
                yield _failed(name, number, f"JsonError: the line holds no object but {type(row).__name__}")


def _parse(line: bytes) -> Any:
    """What a line of JSON holds; the error itself if it is none."""
    try:
        return json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return error


def read_parquet(source: Source, columns: Columns, meter: Meter) -> Iterator[Record]:
    """The rows of a Parquet file.

    Raises OSError when it cannot be read.
    """
    with needs("batch"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    try:
        with pq.ParquetFile(source.path, memory_map=False) as file:
            number, rows = 0, file.metadata.num_rows
            for batch in file.iter_batches(_BATCH, columns=columns_read(columns, file.schema_arrow.names)):
                for row in batch.to_pylist():
                    number += 1
                    meter.at = source.size * number // rows
                    yield _record(row, source.name, number, columns)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def columns_read(columns: Columns, names: Collection[str]) -> list[str] | None:
    """The columns that have to be read; None for all."""
    if columns.keep is None:
        return None
    wanted = {columns.page, *_IDS, *_URLS, *_DATES, *columns.keep}
    return [name for name in names if name in wanted]


def _record(row: Mapping[str, Any], name: str, number: int, columns: Columns) -> Record:
    column = columns.page or ""
    others = {
        str(key): plain(value)
        for key, value in row.items()
        if key != column and (columns.keep is None or key in columns.keep)
    }
    record = Record(
        _first(row, _IDS) or f"{name}:{number}",
        *(name, number),
        url=_first(row, _URLS),
        fetched=_first(row, _DATES),
        others=others,
    )
    if column not in row:
        there = _list(map(str, row))
        return replace(record, error=f"ColumnError: no column {column!r}; there are: {there}"[:500])
    page = row[column]
    if not isinstance(page, str | bytes):
        said = "null" if page is None else f"of the type {type(page).__name__}"
        return replace(record, error=f"PageTypeError: the page in {column!r} is {said}")
    return replace(record, page=page)


def _failed(name: str, number: int, error: str) -> Record:
    return Record(f"{name}:{number}", name, number, error=error)


def _first(row: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The first of these columns that holds a string or a number, as a string."""
    values = (row.get(name) for name in names)
    return next(
        (str(v) for v in values if isinstance(v, str | int) and not isinstance(v, bool) and v != ""), None
    )


def plain(value: Any) -> Any:
    """A value as JSON can hold it: what is no number is None, times are ISO 8601, bytes are Base64."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)
