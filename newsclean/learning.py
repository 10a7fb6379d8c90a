"""Learns what stands on a publisher's pages: from pages to a profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, TypeAlias, get_args

from newsclean.cleaner import Cleaner, default_cleaner
from newsclean.document import Document
from newsclean.errors import PageError, PageTypeError
from newsclean.evidence import Role
from newsclean.profile import DEFAULT_MAX_PAGES, Counting, Profile
from newsclean.recall import RULE_ID

RawPage: TypeAlias = str | bytes | bytearray | memoryview
Field = Literal["publisher", "aggregator", "section", "language"]
"""Fields of a Document that may say whose page it is."""
By: TypeAlias = Field | Callable[[Any], str | None] | Iterable[str | None]

_NONE_LEFT = object()


def learn(
    pages: Iterable[RawPage | Document],
    by: By = "publisher",
    *,
    cleaner: Cleaner | None = None,
    max_pages: int = DEFAULT_MAX_PAGES,
) -> Profile:
    """Learn the standing furniture of publishers from their pages, for ``Cleaner(profile=...)``.

    pages: raw pages, or Documents, which are not cleaned again.
    by: whose page each is. A field of its Document ("publisher", "aggregator", "section", "language"), a
        function that gets the page as it was handed in, or the keys of the pages in their order. None,
        and the missing values of a data frame, stand for an unknown publisher.
    cleaner: what raw pages are cleaned with; the default one if None.
    max_pages: the most pages of one publisher that are compared, a sample where there are more. It bounds
        the memory.

    Pages of an unknown publisher, without an article, or that cannot be cleaned are counted as skipped.
    Raises PageTypeError for a single page, TypeError for a key that is no string, and ValueError for an
    unknown field, more or fewer keys than pages, or a bad ``max_pages``.
    """
    if isinstance(pages, str | bytes | bytearray | memoryview | Document):
        raise PageTypeError("learn takes several pages of each publisher, not one")
    counting = Counting(max_pages)
    for page, key_of in _with_keys(pages, by):
        _learn_from(page, key_of, cleaner, counting)
    return counting.profile()


KeyOf: TypeAlias = Callable[[Document], str | None]


def _with_keys(pages: Iterable[Any], by: By) -> Iterator[tuple[Any, str | KeyOf | None]]:
    """Every page with its key, or with what finds the key in its Document."""
    if isinstance(by, str):
        if by not in get_args(Field):
            raise ValueError(f"by names one of {', '.join(get_args(Field))}; not {by!r}")
        return ((page, lambda document: getattr(document, by)) for page in pages)
    if callable(by):
        return ((page, _checked(by(page), number)) for number, page in enumerate(pages))
    try:
        keys = iter(by)
    except TypeError:
        raise TypeError(f"by is a field, a function or keys, not {by!r}") from None
    return _in_step(pages, keys)


def _in_step(pages: Iterable[Any], keys: Iterator[Any]) -> Iterator[tuple[Any, str | None]]:
    number = -1
    for number, page in enumerate(pages):
        key = next(keys, _NONE_LEFT)
        if key is _NONE_LEFT:
            raise ValueError(f"by holds {number} keys, and there are more pages")
        yield page, _checked(key, number)
    if next(keys, _NONE_LEFT) is not _NONE_LEFT:
        raise ValueError(f"by holds more keys than there are pages, {number + 1}")


def _checked(key: Any, number: int) -> str | None:
    """A key, or None for one that is missing."""
    if isinstance(key, str):
        return key.strip() or None
    if key is None or _is_missing(key):
        return None
    raise TypeError(f"the key of page {number} is {key!r}, which is no string")


def _is_missing(key: Any) -> bool:
    """Whether it is the missing value of a data frame: NaN and NaT do not equal themselves."""
    try:
        return bool(key != key)
    except TypeError:  # pandas.NA is neither equal nor unequal
        return True


def _learn_from(page: Any, key_of: str | KeyOf | None, cleaner: Cleaner | None, counting: Counting) -> None:
    if key_of is None:
        counting.skip("no publisher")
        return
    try:
        document = page if isinstance(page, Document) else (cleaner or default_cleaner()).clean(page)
    except PageError:
        counting.skip("not cleaned")
        return
    key = key_of(document) if callable(key_of) else key_of
    if not key:
        counting.skip("no publisher")
    elif not document.found_article:
        counting.skip("no article")
    else:
        counting.count(key, _blocks(document))


def _blocks(document: Document) -> Iterator[tuple[str, Role]]:
    """The blocks and their roles; what a profile took out counts as text, lest it proves itself right."""
    recalled = {removal.text for removal in document.removed if removal.rule_id == RULE_ID}
    for block in document.blocks:
        yield block.text, Role.BODY if block.text in recalled else block.role
