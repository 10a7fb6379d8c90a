"""The Arrow kernel: batches of pages in, batches of articles out, in one fixed schema.

``SCHEMA`` has a column for every key of ``Document.to_dict`` but ``schema_version``, ``blocks`` and
``page_text``, with the same values, and ``error``. Every column, and everything in it, may be null:

========== ==================== ==========================================================================
text       string               the article
captions   list<struct>         caption, creditText, creator, provider list<string>, contentUrl, altText,
                                position int32, kind, span and credit_span list<int32>, path
removed    list<struct>         text, role, rule_id, why, span list<int32>
title      string
standfirst string
authors    list<string>
publisher  string
aggregator string
section    string
date       string               ISO 8601, YYYY-MM-DD, as in ``Document.date``: it sorts as a date does, it is
                                the same in every engine and in JSON, and every engine can cast it
language   string
truncated  bool
warnings   list<string>
error      string               why the page could not be cleaned; all other columns are null then
========== ==================== ==========================================================================

A row is never lost: a page that is null, or cannot be cleaned, gives a row whose ``error`` says why, as in
"BinaryPageError: the page is a PDF document, not text", and no such page stops the others.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import repeat
from typing import Any, get_args

from newsclean import __version__
from newsclean.cleaner import Cleaner, default_cleaner
from newsclean.detect import Kind
from newsclean.document import SCHEMA_VERSION, Document
from newsclean.errors import NewscleanError
from newsclean.extras import needs

with needs("arrow"):
    import pyarrow as pa

_SPAN = pa.list_(pa.int32())
CAPTION = pa.struct(
    [
        ("caption", pa.string()),
        ("creditText", pa.string()),
        ("creator", pa.string()),
        ("provider", pa.list_(pa.string())),
        ("contentUrl", pa.string()),
        ("altText", pa.string()),
        ("position", pa.int32()),
        ("kind", pa.string()),
        ("span", _SPAN),
        ("credit_span", _SPAN),
        ("path", pa.string()),
    ]
)
"""The type of one caption; its fields are the keys that ``Document.to_dict`` gives it."""
REMOVAL = pa.struct(
    [
        ("text", pa.string()),
        ("role", pa.string()),
        ("rule_id", pa.string()),
        ("why", pa.string()),
        ("span", _SPAN),
    ]
)
"""The type of one removed part."""
_METADATA: dict[bytes | str, bytes | str] = {"newsclean.schema_version": str(SCHEMA_VERSION)}
SCHEMA = pa.schema(
    [
        ("text", pa.string()),
        ("captions", pa.list_(CAPTION)),
        ("removed", pa.list_(REMOVAL)),
        ("title", pa.string()),
        ("standfirst", pa.string()),
        ("authors", pa.list_(pa.string())),
        ("publisher", pa.string()),
        ("aggregator", pa.string()),
        ("section", pa.string()),
        ("date", pa.string()),
        ("language", pa.string()),
        ("truncated", pa.bool_()),
        ("warnings", pa.list_(pa.string())),
        ("error", pa.string()),
    ],
    metadata=_METADATA,
)
"""The columns of an article; its metadata hold the schema version of ``Document.to_dict``."""

MAX_ROWS = 256
"""The most rows of a batch that is given out."""
_MAX_CHARS = 50_000_000
"""From how many characters of articles on a batch is full; a column of strings holds 2 GiB at most."""
_STRINGS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
_BYTES = (
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
    pa.types.is_fixed_size_binary,
)
_NULL_PAGE = "PageTypeError: the page is null"

_Row = dict[str, Any]
"""A document as the columns of SCHEMA; a column that is not there is null."""


class ColumnError(NewscleanError, ValueError):
    """A column is missing, is there already, or holds neither strings nor bytes; the message names it."""


class BatchCleaner:
    """Cleans the pages in one column of batches or tables; picklable, for the workers of an engine.

    page: the column of the pages: strings or bytes of any Arrow type, dictionary-encoded too.
    keep: the columns to hand on; None means all but ``page``.
    prefix: put before the names of the columns of SCHEMA.
    kind: "html" or "text" says how to read every page; None tells it by looking.
    kind_column, charset_column: columns that say it page by page, as ``kind`` and ``charset`` of
    ``Cleaner.clean`` do; null leaves it open.
    cleaner: the settings; None means those of ``newsclean.clean``. A process makes it once.

    Raises ValueError for any other kind, and for both ``kind`` and ``kind_column``; TypeError for a
    cleaner that is none.
    """

    def __init__(
        self,
        page: str = "page",
        *,
        keep: Sequence[str] | None = None,
        prefix: str = "",
        kind: Kind | None = None,
        kind_column: str | None = None,
        charset_column: str | None = None,
        cleaner: Cleaner | None = None,
    ) -> None:
        if kind is not None and kind not in get_args(Kind):
            named = "; kind_column names a column" if kind_column is None else ""
            raise ValueError(f"kind is one of {', '.join(get_args(Kind))}, or None; not {kind!r}{named}")
        if kind is not None and kind_column is not None:
            raise ValueError("give kind or kind_column, not both")
        if cleaner is not None and not isinstance(cleaner, Cleaner):
            raise TypeError(f"cleaner is a newsclean.Cleaner or None, not {cleaner!r}")
        if isinstance(keep, str):
            keep = [keep]
        self.page = page
        self.keep = None if keep is None else tuple(keep)
        self.prefix = prefix
        self.kind: Kind | None = kind
        self.kind_column = kind_column
        self.charset_column = charset_column
        self._cleaner = cleaner

    def __getstate__(self) -> dict[str, Any]:
        """The cleaner travels as bytes, by which a process knows it again, and the version goes with it.

        Results that are kept by the pickled function, as ``datasets`` does, are not those of another version.
        """
        state = {**vars(self), "version": __version__}
        state["_cleaner"] = None if self._cleaner is None else pickle.dumps(self._cleaner)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        packed = state["_cleaner"]
        del state["version"]
        vars(self).update(state, _cleaner=None if packed is None else _unpacked(packed))

    @property
    def cleaner(self) -> Cleaner:
        """The cleaner of this process."""
        return self._cleaner or default_cleaner()

    @property
    def columns(self) -> pa.Schema:
        """The columns of SCHEMA, under the names that they are given."""
        return pa.schema([field.with_name(self.prefix + field.name) for field in SCHEMA], _METADATA)

    def schema(self, given: pa.Schema) -> pa.Schema:
        """The schema that comes of a given one: what is kept of it, then the columns of SCHEMA.

        Raises ColumnError for a column that is missing, of the wrong type, or there already.
        """
        _refuse_unreadable(given, self.page, "strings nor bytes", (*_STRINGS, *_BYTES))
        for name in (self.kind_column, self.charset_column):
            if name is not None:
                _refuse_unreadable(given, name, "strings nor nulls", _STRINGS)
        kept = [given.field(i) for i in self._kept(given.names)]
        return pa.schema([*kept, *self.columns], _METADATA)

    def kept(self, names: Sequence[str]) -> list[str]:
        """The names of the columns that are handed on; ColumnError as in ``schema``."""
        for name in (self.page, self.kind_column, self.charset_column):
            if name is not None:
                _refuse_missing(names, name)
        return [names[i] for i in self._kept(names)]

    def clean_batches(
        self, batches: Iterable[pa.RecordBatch] | pa.Table | pa.RecordBatch
    ) -> Iterator[pa.RecordBatch]:
        """Clean batch after batch, lazily; the rows keep their order, and no batch exceeds MAX_ROWS rows.

        A batch without rows gives a batch without rows.
        Raises ColumnError as ``schema`` does.
        """
        if isinstance(batches, pa.Table):
            batches = batches.to_batches()
        for batch in [batches] if isinstance(batches, pa.RecordBatch) else batches:
            yield from self._clean_batch(batch)

    def clean_table(self, table: pa.Table) -> pa.Table:
        """Clean a table; ColumnError as in ``schema``."""
        return pa.Table.from_batches(self.clean_batches(table), self.schema(table.schema))

    def clean_pages(
        self,
        pages: Collection[object],
        kinds: Iterable[object] | None = None,
        charsets: Iterable[object] | None = None,
    ) -> pa.Table:
        """Clean pages that stand in no Arrow column; only the columns of SCHEMA come back.

        kinds, charsets: as many as there are pages, in place of the columns.
        None is a null page; a page that is neither ``str`` nor bytes gives a row with an error.
        """
        rows = self._rows(pages, len(pages), kinds, charsets)
        batches = [_batch(rows).rename_columns(self.columns.names) for rows in _bounded(rows)]
        return pa.Table.from_batches(batches, self.columns)

    def clean_page(self, page: object, kind: object = None, charset: object = None) -> dict[str, Any]:
        """Clean one page into a row: the columns of SCHEMA, without prefix, as plain values.

        Raises nothing: ``error`` says what is wrong with the page.
        """
        row = _clean_or_say_why(self.cleaner, page, self.kind if kind is None else kind, charset)
        return {name: row.get(name) for name in SCHEMA.names}

    def _clean_batch(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        schema = self.schema(batch.schema)
        kept = batch.select(self._kept(batch.schema.names))
        pages, kinds, charsets = (
            None if name is None else map(_value, batch.column(name))
            for name in (self.page, self.kind_column, self.charset_column)
        )
        done = 0
        for rows in _bounded(self._rows(pages or (), batch.num_rows, kinds, charsets)):
            arrays = [*kept.slice(done, len(rows)).columns, *_batch(rows).columns]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)
            done += len(rows)
        if not batch.num_rows:
            yield pa.RecordBatch.from_pylist([], schema=schema)

    def _rows(
        self,
        pages: Iterable[object],
        count: int,
        kinds: Iterable[object] | None,
        charsets: Iterable[object] | None,
    ) -> Iterator[_Row]:
        cleaner = self.cleaner
        kinds = repeat(self.kind, count) if kinds is None else kinds
        charsets = repeat(None, count) if charsets is None else charsets
        for page, kind, charset in zip(pages, kinds, charsets, strict=True):
            yield _clean_or_say_why(cleaner, page, kind, charset)

    def _kept(self, names: Sequence[str]) -> list[int]:
        """Which columns are handed on, by their places: two may have one name."""
        if self.keep is None:
            kept = [i for i, name in enumerate(names) if name != self.page]
        else:
            for name in self.keep:
                _refuse_missing(names, name)
            kept = [names.index(name) for name in self.keep]
        taken = sorted({names[i] for i in kept} & set(self.columns.names))
        if taken:
            raise ColumnError(
                f"there are columns already that are called {', '.join(taken)}: name with keep=[...] which "
                "columns to hand on, or put something before the new names, as in prefix='clean_'"
            )
        return kept


def clean_batches(
    batches: Iterable[pa.RecordBatch] | pa.Table | pa.RecordBatch,
    page: str = "page",
    *,
    keep: Sequence[str] | None = None,
    prefix: str = "",
    kind: Kind | None = None,
    kind_column: str | None = None,
    charset_column: str | None = None,
    cleaner: Cleaner | None = None,
) -> Iterator[pa.RecordBatch]:
    """Clean the pages in the column ``page`` of batches, one after another; see ``BatchCleaner``.

    Raises ValueError at once for bad settings, and ColumnError, at the first batch that has it, for a
    column that is missing, of the wrong type, or there already.
    """
    return BatchCleaner(
        page,
        keep=keep,
        prefix=prefix,
        kind=kind,
        kind_column=kind_column,
        charset_column=charset_column,
        cleaner=cleaner,
    ).clean_batches(batches)


def clean_table(
    table: pa.Table,
    page: str = "page",
    *,
    keep: Sequence[str] | None = None,
    prefix: str = "",
    kind: Kind | None = None,
    kind_column: str | None = None,
    charset_column: str | None = None,
    cleaner: Cleaner | None = None,
) -> pa.Table:
    """Clean the pages in the column ``page`` of a table; see ``BatchCleaner``.

    Raises ValueError for bad settings, and ColumnError for a column that is missing, of the wrong type, or
    there already.
    """
    return BatchCleaner(
        page,
        keep=keep,
        prefix=prefix,
        kind=kind,
        kind_column=kind_column,
        charset_column=charset_column,
        cleaner=cleaner,
    ).clean_table(table)


def to_batches(documents: Iterable[Document]) -> Iterator[pa.RecordBatch]:
    """Documents as batches of SCHEMA, lazily and in order, each of MAX_ROWS rows at most."""
    return map(_batch, _bounded(map(_row, documents)))


def to_table(documents: Iterable[Document]) -> pa.Table:
    """Documents as a table of SCHEMA.

    >>> from newsclean import clean
    >>> to_table([clean("The ferry is back. It sailed at noon, the crew said.")]).num_rows
    1
    """
    return pa.Table.from_batches(to_batches(documents), SCHEMA)


def _clean_or_say_why(cleaner: Cleaner, page: Any, kind: Any, charset: Any) -> _Row:
    """The row of one page, whatever the page is."""
    if page is None:
        return {"error": _NULL_PAGE}
    try:
        return _row(cleaner.clean(page, kind=kind, charset=charset))
    except Exception as error:  # noqa: BLE001 - a page that brings out a fault must not stop the others either
        return {"error": f"{type(error).__name__}: {error}"}


def _row(document: Document) -> _Row:
    if document.error is not None:
        return {"error": document.error}
    return replace(document, blocks=(), page_text="").to_dict()  # the evidence of blocks is not read in vain


def _bounded(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Rows in lists that are not too long for a batch."""
    chunk: list[_Row] = []
    chars = 0
    for row in rows:
        chunk.append(row)
        chars += len(row.get("text") or "") + sum(len(part["text"]) for part in row.get("removed") or ())
        if len(chunk) == MAX_ROWS or chars >= _MAX_CHARS:
            yield chunk
            chunk, chars = [], 0
    if chunk:
        yield chunk


def _batch(rows: list[_Row]) -> pa.RecordBatch:
    try:
        return pa.RecordBatch.from_pylist(rows, schema=SCHEMA)
    except (TypeError, ValueError, OverflowError):  # half a character, say, that Arrow cannot hold
        return pa.RecordBatch.from_pylist(list(map(_storable, rows)), schema=SCHEMA)


def _storable(row: _Row) -> _Row:
    try:
        pa.RecordBatch.from_pylist([row], schema=SCHEMA)
    except (TypeError, ValueError, OverflowError) as error:
        said = f"{type(error).__name__}: {error}".encode("ascii", "backslashreplace")
        return {"error": said.decode("ascii")}
    return row


def _value(scalar: Any) -> Any:
    """What an element of a column is in Python; a string that is not valid UTF-8 comes as its bytes."""
    if not scalar.is_valid:
        return None
    while isinstance(scalar, pa.DictionaryScalar | pa.RunEndEncodedScalar | pa.ExtensionScalar):
        scalar = scalar.value
        if scalar is None or not scalar.is_valid:
            return None
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return scalar.as_buffer().to_pybytes()


def _refuse_missing(names: Sequence[str], name: str) -> None:
    found = list(names).count(name)
    if not found:
        raise ColumnError(f"no column {name!r}; there are: {', '.join(map(str, names)) or 'none'}")
    if found > 1:
        raise ColumnError(f"{found} columns are called {name!r}")


def _refuse_unreadable(
    given: pa.Schema, name: str, wanted: str, readable: Sequence[Callable[[pa.DataType], bool]]
) -> None:
    _refuse_missing(given.names, name)
    kind: Any = given.field(name).type
    while isinstance(kind, pa.DictionaryType | pa.RunEndEncodedType | pa.BaseExtensionType):
        kind = kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind.value_type
    if not any(test(kind) for test in readable):
        raise ColumnError(f"the column {name!r} holds {given.field(name).type}, neither {wanted}")


@lru_cache(maxsize=8)
def _unpacked(packed: bytes) -> Cleaner:
    """A pickled cleaner, made once in a process."""
    cleaner = pickle.loads(packed)  # noqa: S301 - packed by __getstate__ in the process that sent it
    if not isinstance(cleaner, Cleaner):
        raise TypeError(f"a pickled Cleaner was to come, not {type(cleaner).__name__}")
    return cleaner
