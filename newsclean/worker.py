"""What runs inside a process of a pool: holds the cleaner, takes jobs, gives outcomes."""

from __future__ import annotations

import os
import pickle
import threading
import time
from contextlib import suppress
from typing import Any, NamedTuple, Protocol

from newsclean.detect import Kind
from newsclean.document import Document
from newsclean.errors import PageError, WorkerError


class Job(NamedTuple):
    """A page and how to read it, as the arguments of ``Cleaner.clean``."""

    page: object
    kind: Kind | None = None
    charset: str | None = None


class Cleans(Protocol):
    """What cleans pages: a Cleaner, or something around one."""

    def clean(self, page: Any, /, *, kind: Kind | None = None, charset: str | None = None) -> Document:
        """Clean one page, as ``Cleaner.clean`` does."""


Outcome = Document | Exception
"""A page's document, or why there is none."""

_WARM_UP = "The ferry sailed again on Monday, the crew said. It was late, and nobody minded."

_LOOK = 1.0
"""Seconds between two looks at whether the parent is still there."""

_held: list[Cleans] = []
"""The cleaner of this process, once it has one."""


def outcome(cleaner: Cleans, job: Job) -> Outcome:
    """The document of a job, or whatever the cleaner raised."""
    try:
        return cleaner.clean(job.page, kind=job.kind, charset=job.charset)
    except Exception as error:  # noqa: BLE001 - named or not: it is the outcome of this page alone
        return error


def hold(packed: bytes, parent: int) -> None:
    """Unpack the cleaner, and load all that it needs, so that no page's time limit pays for it.

    From now on this process ends with its parent, even where a page hangs in it.
    """
    threading.Thread(target=_end_with, args=[parent], daemon=True).start()
    cleaner: Cleans = pickle.loads(packed)  # noqa: S301 - from the process that started this one
    with suppress(PageError):  # of a cleaner that accepts only shorter pages
        cleaner.clean(_WARM_UP)
    _held[:] = [cleaner]


def _end_with(parent: int) -> None:
    """End this process soon after its parent, which may have been killed and could not see to it.

    On Windows the number of the parent stays: there the process ends after the page that it has in hand.
    """
    while os.getppid() == parent or os.name == "nt":
        time.sleep(_LOOK)
    os._exit(1)


def run(job: Job) -> bytes:
    """The outcome of a job, pickled here, so that one that cannot be pickled is an outcome too."""
    try:
        return _packed(outcome(_held[0], job))
    except SystemExit as error:
        return _packed(WorkerError(f"the process that cleaned the page wanted to end: {error!r}"))


def _packed(found: Outcome) -> bytes:
    try:
        packed = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
        if isinstance(found, Exception):
            pickle.loads(packed)  # noqa: S301 - many exceptions can be pickled, but not read back
    except Exception as error:  # noqa: BLE001 - as in outcome
        lost = found if isinstance(found, Exception) else error
        return pickle.dumps(WorkerError(f"{type(lost).__name__}: {lost}"))
    return packed
