"""What pages that stand in no table cannot have."""

from __future__ import annotations


def refuse_columns(*names: object) -> None:
    """Raise ValueError where columns are named of pages that have none."""
    if any(name is not None for name in names):
        raise ValueError(
            "keep, kind_column and charset_column name columns of a data frame; these pages have none"
        )


def refuse_one_page(pages: object) -> None:
    """Raise TypeError for a single page, whose characters would each be taken for one."""
    if isinstance(pages, str | bytes | bytearray | memoryview):
        raise TypeError(
            "this takes several pages, as a series, list or data frame; newsclean.clean takes one"
        )
