"""A cleaner that hurts its process, for the tests of the pool, whose processes import it."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any

import newsclean
from newsclean import Document


class TwoFacedError(Exception):
    """Can be pickled, but not read back."""

    def __init__(self, _one: int, _two: int) -> None:
        super().__init__("read back it is another error")


def _local_error() -> Exception:
    class LocalError(Exception):
        """Of a class that cannot be pickled."""

    return LocalError("nobody else knows this error")


class HurtCleaner(newsclean.Cleaner):
    """Does what the page says: die, crash, hang, freeze or fail."""

    def clean(self, page: Any, **settings: Any) -> Document:
        """Clean the page, if it does not hurt."""
        page = page.decode() if isinstance(page, bytes) and page.isalpha() else page
        if page == "die":
            os._exit(9)
        if page == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if page == "hang":
            time.sleep(3600)
        if page == "freeze":
            os.kill(os.getpid(), signal.SIGSTOP)
        if page == "fail":
            raise IndexError("a fault in a rule")
        if page == "leave":
            sys.exit(3)
        if page == "secret":
            raise _local_error()
        if page == "two-faced":
            raise TwoFacedError(1, 2)
        return super().clean(page, **settings)
