"""Many pages: checked, cleaned in a pool, with a progress bar, and errors as the caller wants them."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Generator, Iterable, Sized
from contextlib import closing
from typing import TextIO, get_args

from newsclean.cleaner import Cleaner, OnError
from newsclean.detect import Kind
from newsclean.document import Document
from newsclean.errors import PageTypeError
from newsclean.pool import Job, Outcome, or_failed, outcomes

FEW = 8
"""Pages that are cleaned sooner than processes are started."""

_Outcomes = Generator[Outcome, None, None]


def clean_each(
    cleaner: Cleaner,
    pages: Iterable[object],
    *,
    workers: int | None,
    progress: bool,
    on_error: OnError,
    timeout: float | None,
    kind: Kind | None,
    charset: str | None,
) -> Generator[Document, None, None]:
    """The documents of the pages, lazily and in order; the arguments are those of ``Cleaner.clean_many``."""
    if isinstance(pages, str | bytes | bytearray | memoryview):
        raise PageTypeError("clean_many takes several pages; clean takes one")
    if on_error not in get_args(OnError):
        raise ValueError(f"on_error is one of {', '.join(get_args(OnError))}; not {on_error!r}")
    total = len(pages) if isinstance(pages, Sized) else None
    if workers is None and total is not None and total <= FEW:
        workers = 0
    jobs = (Job(page, kind, charset) for page in pages)
    found = outcomes(cleaner, jobs, workers=workers, timeout=timeout)
    if progress and _is_watched(sys.stderr):
        found = _with_bar(found, total)
    return _documents(found, on_error)


def _documents(found: _Outcomes, on_error: OnError) -> Generator[Document, None, None]:
    with closing(found):
        for outcome in found:
            if isinstance(outcome, Document):
                yield outcome
            elif on_error == "raise":
                raise outcome
            elif on_error == "return":
                yield or_failed(outcome)


def _with_bar(found: _Outcomes, total: int | None) -> _Outcomes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tqdm asks for ipywidgets in a notebook; its text will do
        from tqdm.auto import tqdm

    with closing(found), tqdm(total=total, unit="page") as bar:
        for outcome in found:
            bar.update()
            yield outcome


def _is_watched(stream: TextIO | None) -> bool:
    """Whether somebody sees what is written there as it is written: at a terminal or in a notebook."""
    if stream is None:
        return False
    return stream.isatty() or type(stream).__module__.startswith("ipykernel.")
