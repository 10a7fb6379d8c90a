"""polars: a Series of pages in, a DataFrame of articles out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newsclean.arrow import BatchCleaner
from newsclean.cleaner import Cleaner
from newsclean.detect import Kind
from newsclean.engines.series import refuse_columns, refuse_no_series
from newsclean.extras import needs

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


def clean(
    pages: pl.DataFrame | pl.Series | Iterable[object],
    page: str = "page",
    *,
    keep: Sequence[str] | None = None,
    prefix: str = "",
    kind: Kind | None = None,
    kind_column: str | None = None,
    charset_column: str | None = None,
    cleaner: Cleaner | None = None,
) -> pl.DataFrame:
    """Clean a Series or list of pages, or the pages in the column ``page`` of a DataFrame.

    The result has a row for every page, in order: the columns of ``newsclean.arrow.SCHEMA``, and before
    them those columns of a DataFrame that are kept. The settings are those of
    ``newsclean.arrow.BatchCleaner``.

    Raises ColumnError for a column that is missing or there already, ValueError for a bad setting, and
    TypeError for a LazyFrame.
    """
    with needs("polars"):
        import polars as pl

    if isinstance(pages, pl.LazyFrame):
        raise TypeError("a LazyFrame has no rows yet: collect() it, or clean batches of it")
    batch_cleaner = BatchCleaner(
        page,
        keep=keep,
        prefix=prefix,
        kind=kind,
        kind_column=kind_column,
        charset_column=charset_column,
        cleaner=cleaner,
    )
    if not isinstance(pages, pl.DataFrame):
        refuse_columns(keep, kind_column, charset_column)
        refuse_no_series(pages)
        return _frame(batch_cleaner.clean_pages(list(pages)))
    kept = batch_cleaner.kept(pages.columns)
    given, kinds, charsets = (
        None if name is None else pages[name].to_list() for name in (page, kind_column, charset_column)
    )
    articles = _frame(batch_cleaner.clean_pages(given or [], kinds, charsets))
    return pages.select(kept).hstack(articles) if kept else articles


def _frame(table: pa.Table) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(pl.from_arrow(table))
