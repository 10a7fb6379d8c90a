"""Writes rows as JSON Lines or Parquet: part by part, then joined into one file."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, Protocol, cast

from newsclean.batch.errors import RunError
from newsclean.batch.records import Record
from newsclean.batch.rows import identity, row_of, to_line
from newsclean.document import Document
from newsclean.extras import needs

if TYPE_CHECKING:
    import pyarrow as pa

OutForm = Literal[".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"]
_FORMS: tuple[OutForm, ...] = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
_ZSTD_LEVEL, _GZIP_LEVEL = 3, 6
_ROW_GROUP = 64 << 20
"""Bytes from which on a row group of the joined file is full."""


def out_form(out: Path) -> OutForm:
    """The form that the name of the output asks for; RunError if it names none."""
    for form in _FORMS:
        if out.name.lower().endswith(form):
            return form
    raise RunError(f"{out}: the output's name has to end in {', '.join(_FORMS)}")


def import_needed(form: OutForm) -> None:
    """Import what a form needs; ImportError, naming the extra, if it is not there."""
    with needs("batch"):
        if form == ".parquet":
            import pyarrow  # noqa: F401 - whether it is there
        elif form == ".jsonl.zst":
            import zstandard  # noqa: F401


class Part(Protocol):
    """One part of the output, being written."""

    def write(self, record: Record, document: Document) -> None:
        """Add a row."""

    def close(self) -> None:
        """Write what is left, and wait until the disk has it."""


def open_part(path: Path, form: OutForm, *, full: bool) -> Part:
    """Begin a part; a file that is there is written over."""
    return _ParquetPart(path) if form == ".parquet" else _LinesPart(path, form, full)


def join_parts(parts: Sequence[Path], out: Path, form: OutForm) -> None:
    """Put parts into one file, in order, and wait until the disk has it."""
    if form == ".parquet":
        _join_parquet(parts, out)
        return
    with out.open("wb") as file:  # members of gzip and frames of zstd may follow each other
        for part in parts:
            with part.open("rb") as one:
                shutil.copyfileobj(one, file, 1 << 20)
        if not parts and form != ".jsonl":
            with ExitStack() as stack:
                _compressed(file, form, stack)
        sync(file)


def sync(file: IO[Any]) -> None:
    """Wait until the disk has what was written."""
    file.flush()
    os.fsync(file.fileno())


class _LinesPart:
    """JSON Lines; of the compressed forms each part is a member or frame of its own."""

    def __init__(self, path: Path, form: OutForm, full: bool) -> None:
        self._full = full
        self._file = path.open("wb")
        self._stack = ExitStack()
        self._out = _compressed(self._file, form, self._stack)

    def write(self, record: Record, document: Document) -> None:
        self._out.write(to_line(row_of(record, document, full=self._full)))

    def close(self) -> None:
        self._stack.close()
        sync(self._file)
        self._file.close()


def _compressed(file: IO[bytes], form: OutForm, stack: ExitStack) -> IO[bytes]:
    """A file to write to that compresses; the same bytes for the same rows, so no name and no time in it."""
    if form == ".jsonl.gz":
        packed = gzip.GzipFile("", "wb", _GZIP_LEVEL, file, mtime=0)
        return cast(IO[bytes], stack.enter_context(packed))
    if form == ".jsonl.zst":
        with needs("batch"):
            import zstandard
        writer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(file, closefd=False)
        return stack.enter_context(writer)
    return file


class _ParquetPart:
    """Rows that are kept until the part is closed, and then written as one table."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._records: list[dict[str, Any]] = []
        self._documents: list[Document] = []

    def write(self, record: Record, document: Document) -> None:
        found = None if document.error is not None else document.found_article
        others = None if record.others is None else json.dumps(record.others)
        self._records.append({**identity(record), "found_article": found, "input": others})
        self._documents.append(document)

    def close(self) -> None:
        with needs("batch"):
            import pyarrow.parquet as pq
        table = _table(self._records, self._documents)
        with self._path.open("wb") as file:
            pq.write_table(table, file, compression="zstd")
            sync(file)
        self._records, self._documents = [], []


def _table(records: list[dict[str, Any]], documents: list[Document]) -> pa.Table:
    """Where the pages came from, and what ``newsclean.arrow`` makes of their documents, side by side."""
    import pyarrow as pa

    from newsclean.arrow import to_table

    types: list[tuple[str, pa.DataType]] = [
        ("id", pa.string()),
        ("source", pa.string()),
        ("number", pa.int64()),
    ]
    types += [("url", pa.string()), ("fetched", pa.string()), ("found_article", pa.bool_())]
    types += [("input", pa.string())]
    rows = [{name: _storable(value) for name, value in row.items()} for row in records]
    given = pa.Table.from_pylist(rows, schema=pa.schema(types))
    found = to_table(documents)
    table = given.select(["id", "source", "number", "url", "fetched"])
    for columns in (found, given.select(["found_article", "input"])):
        for name in columns.column_names:
            table = table.append_column(columns.schema.field(name), columns.column(name))
    return table.replace_schema_metadata(found.schema.metadata)


def _storable(value: Any) -> Any:
    """A string without the half characters that Arrow does not take."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _join_parquet(parts: Sequence[Path], out: Path) -> None:
    with needs("batch"):
        import pyarrow.parquet as pq
    with out.open("wb") as file:
        with pq.ParquetWriter(file, _table([], []).schema, compression="zstd") as writer:
            for table in _row_groups(parts):
                writer.write_table(table, row_group_size=max(table.num_rows, 1))
        sync(file)


def _row_groups(parts: Sequence[Path]) -> Iterator[pa.Table]:
    """The rows of the parts in tables that make good row groups."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables: list[pa.Table] = []
    for part in parts:
        with pq.ParquetFile(part) as file:
            tables.append(file.read())
        if sum(table.nbytes for table in tables) >= _ROW_GROUP:
            yield pa.concat_tables(tables)
            tables = []
    if tables:
        yield pa.concat_tables(tables)
