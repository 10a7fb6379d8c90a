"""What pages that stand in no table cannot have."""

from __future__ import annotations

from collections.abc import Iterable


def refuse_columns(*names: object) -> None:
    """Raise ValueError where columns are named of pages that have none."""
    if any(name is not None for name in names):
        raise ValueError(
            "keep, kind_column and charset_column name columns of a data frame; these pages have none"
        )


def refuse_no_series(pages: object) -> None:
    """Raise TypeError for what holds no pages, and for a single page, which would be taken apart."""
    if isinstance(pages, str | bytes | bytearray | memoryview) or not isinstance(pages, Iterable):
        kind = type(pages).__name__
        raise TypeError(
            f"this takes pages in a series, list or data frame, not {kind}; newsclean.clean takes one"
        )
