"""Hugging Face datasets: a Dataset of pages in, a Dataset of articles out, through ``map`` in batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from newsclean.arrow import BatchCleaner
from newsclean.cleaner import Cleaner
from newsclean.detect import Kind
from newsclean.extras import needs

if TYPE_CHECKING:
    import datasets

_Data = TypeVar("_Data")


def clean(
    dataset: _Data,
    page: str = "page",
    *,
    keep: Sequence[str] | None = None,
    prefix: str = "",
    kind: Kind | None = None,
    kind_column: str | None = None,
    charset_column: str | None = None,
    cleaner: Cleaner | None = None,
    num_proc: int | None = None,
    batch_size: int = 100,
) -> _Data:
    """Clean the pages in the column ``page`` of a Dataset, an IterableDataset, or a dict of either.

    The result is of the same type, with the columns that are kept and those of ``newsclean.arrow.SCHEMA``;
    ``features`` gives their types. num_proc: in how many processes, not for an IterableDataset.
    batch_size: how many pages are in memory at a time, in each process. The other settings are those of
    ``newsclean.arrow.BatchCleaner``.

    For more of the options of ``map``, hand ``BatchCleaner("html").clean_table`` to the ``map`` of a
    dataset in the format "arrow", with ``batched=True``.

    Raises ColumnError for a column that is missing or there already, ValueError for a bad setting, and
    TypeError for anything that is no dataset.
    """
    with needs("huggingface"):
        import datasets

    batch_cleaner = BatchCleaner(
        page,
        keep=keep,
        prefix=prefix,
        kind=kind,
        kind_column=kind_column,
        charset_column=charset_column,
        cleaner=cleaner,
    )
    mapped: Any
    match dataset:
        case datasets.DatasetDict() | datasets.IterableDatasetDict():
            parts = {name: _map(part, batch_cleaner, num_proc, batch_size) for name, part in dataset.items()}
            mapped = type(dataset)(parts)
        case datasets.Dataset() | datasets.IterableDataset():
            mapped = _map(dataset, batch_cleaner, num_proc, batch_size)
        case _:
            raise TypeError(f"this takes a Dataset of Hugging Face, not {type(dataset).__name__}")
    return cast("_Data", mapped)


def _map(dataset: Any, batch_cleaner: BatchCleaner, num_proc: int | None, batch_size: int) -> Any:
    """One split, cleaned as Arrow tables."""
    import datasets

    made = None if dataset.features is None else _features(dataset.features, batch_cleaner)
    options: dict[str, Any] = {"batched": True, "batch_size": batch_size, "features": made}
    if isinstance(dataset, datasets.Dataset):
        if not len(dataset):  # map would leave its columns as they are
            empty: dict[str, list[Any]] = {name: [] for name in made or ()}
            return datasets.Dataset.from_dict(empty, features=made, split=dataset.split)
        options["num_proc"] = num_proc
    elif num_proc is not None:
        raise ValueError("num_proc is for a Dataset; the workers of a DataLoader share an IterableDataset")
    arrow = dataset.with_format("arrow")
    return arrow.map(batch_cleaner.clean_table, **options).with_format(None)


def _features(given: Any, batch_cleaner: BatchCleaner) -> datasets.Features:
    """The features that come of given ones; ColumnError as in ``BatchCleaner.schema``."""
    import datasets

    batch_cleaner.schema(given.arrow_schema)
    kept = {name: given[name] for name in batch_cleaner.kept(list(given))}
    return datasets.Features({**kept, **features(batch_cleaner.prefix)})


def features(prefix: str = "") -> datasets.Features:
    """The features of the columns of ``newsclean.arrow.SCHEMA``."""
    with needs("huggingface"):
        import datasets

    return datasets.Features.from_arrow_schema(BatchCleaner(prefix=prefix).columns)
