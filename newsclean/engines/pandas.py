"""pandas: a Series of pages in, a DataFrame of articles with the same index out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from newsclean.arrow import BatchCleaner
from newsclean.cleaner import Cleaner
from newsclean.detect import Kind
from newsclean.engines.series import refuse_columns, refuse_no_series
from newsclean.extras import needs

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def clean(
    pages: pd.DataFrame | pd.Series[Any] | Iterable[object],
    page: str = "page",
    *,
    keep: Sequence[str] | None = None,
    prefix: str = "",
    kind: Kind | None = None,
    kind_column: str | None = None,
    charset_column: str | None = None,
    cleaner: Cleaner | None = None,
) -> pd.DataFrame:
    """Clean a Series or list of pages, or the pages in the column ``page`` of a DataFrame.

    The result has the same index, the columns of ``newsclean.arrow.SCHEMA`` with lists and dicts as in
    ``Document.to_dict``, and before them those columns of a DataFrame that are kept. NaN, None and NA are
    null pages. The settings are those of ``newsclean.arrow.BatchCleaner``.

    Raises ColumnError for a column that is missing or there already, and ValueError for a bad setting.
    """
    with needs("pandas"):
        import pandas as pd

    batch_cleaner = BatchCleaner(
        page,
        keep=keep,
        prefix=prefix,
        kind=kind,
        kind_column=kind_column,
        charset_column=charset_column,
        cleaner=cleaner,
    )
    if not isinstance(pages, pd.DataFrame):
        refuse_columns(keep, kind_column, charset_column)
        refuse_no_series(pages)
        series = pages if isinstance(pages, pd.Series) else pd.Series(list(pages), dtype=object)
        return _frame(batch_cleaner.clean_pages(_values(series)), series.index)
    kept = batch_cleaner.kept(list(pages.columns))
    given, kinds, charsets = (
        None if name is None else _values(pages[name]) for name in (page, kind_column, charset_column)
    )
    articles = _frame(batch_cleaner.clean_pages(given or [], kinds, charsets), pages.index)
    return pd.concat([pages[kept], articles], axis=1)


def _values(series: pd.Series[Any]) -> list[object]:
    return [None if missing else value for value, missing in zip(series, series.isna(), strict=True)]


def _frame(table: pa.Table, index: pd.Index[Any]) -> pd.DataFrame:
    """A table as a DataFrame whose nested columns hold lists and dicts, not arrays."""
    import pandas as pd
    import pyarrow as pa

    columns: dict[str, Any] = {}
    for field in table.schema:
        column = table.column(field.name)
        if pa.types.is_nested(field.type):
            columns[field.name] = pd.Series(column.to_pylist(), index=index, dtype=object)
        elif pa.types.is_boolean(field.type):
            columns[field.name] = pd.Series(column.to_pylist(), index=index, dtype="boolean")
        else:
            columns[field.name] = column.to_pandas().set_axis(index)
    return pd.DataFrame(columns, index=index)
