"""Ray Data: a Dataset of pages in, a Dataset of articles out, through ``map_batches``.

Every worker needs newsclean with its extra ``arrow``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newsclean.arrow import BatchCleaner
from newsclean.cleaner import Cleaner
from newsclean.detect import Kind

if TYPE_CHECKING:
    import ray.data


def clean(
    dataset: ray.data.Dataset,
    page: str = "page",
    *,
    keep: Sequence[str] | None = None,
    prefix: str = "",
    kind: Kind | None = None,
    kind_column: str | None = None,
    charset_column: str | None = None,
    cleaner: Cleaner | None = None,
    batch_size: int = 100,
) -> ray.data.Dataset:
    """Clean the pages in the column ``page`` of a Dataset, when the result is asked for.

    The result has the columns that are kept and those of ``newsclean.arrow.SCHEMA``.
    batch_size: how many pages a worker is handed at a time. The other settings are those of
    ``newsclean.arrow.BatchCleaner``. Ray spreads the work over all processors; for its other options
    (concurrency, memory, resources ...) hand ``BatchCleaner("html").clean_table`` to ``map_batches`` with
    ``batch_format="pyarrow"``.

    Raises ValueError for a bad setting, and ColumnError for a column that is missing, of the wrong type, or
    there already: at once where Ray knows the columns, else from the workers.
    """
    batch_cleaner = BatchCleaner(
        page,
        keep=keep,
        prefix=prefix,
        kind=kind,
        kind_column=kind_column,
        charset_column=charset_column,
        cleaner=cleaner,
    )
    known = dataset.columns(fetch_if_missing=False)
    if known is not None:
        batch_cleaner.kept(known)
    clean_table: Any = batch_cleaner.clean_table  # Ray's types ask for a function of every kind of batch
    return dataset.map_batches(clean_table, batch_format="pyarrow", batch_size=batch_size)
