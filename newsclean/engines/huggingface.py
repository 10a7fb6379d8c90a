"""Hugging Face datasets: a Dataset of pages in, a Dataset of articles out, through ``map`` in batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """One split, cleaned as Arrow tables where it knows the types of its columns."""
    import datasets

    options: dict[str, Any] = {"batched": True, "batch_size": batch_size}
    if isinstance(dataset, datasets.Dataset):
        options["num_proc"] = num_proc
    elif num_proc is not None:
        raise ValueError("num_proc is for a Dataset; the workers of a DataLoader share an IterableDataset")
    if dataset.features is None:
        return _map_lists(dataset, batch_cleaner, options)
    made = _features(dataset.features, batch_cleaner)
    if isinstance(dataset, datasets.Dataset) and not len(dataset):  # map would leave its columns as they are
        return datasets.Dataset.from_dict({name: [] for name in made}, features=made, split=dataset.split)
    arrow = dataset.with_format("arrow")
    return arrow.map(batch_cleaner.clean_table, features=made, **options).with_format(None)


def _map_lists(stream: Any, batch_cleaner: BatchCleaner, options: Mapping[str, Any]) -> Any:
    """A stream whose first example tells its columns, and no example their types."""
    names = list(next(iter(stream), {}))
    if not names:
        return stream
    kept = batch_cleaner.kept(names)

    def clean_lists(batch: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        kinds, charsets = (
            None if name is None else batch[name]
            for name in (batch_cleaner.kind_column, batch_cleaner.charset_column)
        )
        table = batch_cleaner.clean_pages(batch[batch_cleaner.page], kinds, charsets)
        return {**{name: batch[name] for name in kept}, **table.to_pydict()}

    gone = [name for name in names if name not in kept]
    return stream.with_format(None).map(clean_lists, remove_columns=gone, **options)


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
