"""Shows how a run gets on, on standard error."""

from __future__ import annotations

import sys
from time import monotonic

from tqdm import tqdm

from newsclean.batch.counts import Counts
from newsclean.batch.records import Record
from newsclean.batch.sources import Inventory
from newsclean.document import Document

_MOST_FAILURES = 10
"""Failures that are told one by one."""
_EVERY = 0.2
"""Seconds between two looks of the bar."""
_BAR = "{percentage:3.0f}%|{bar}| {desc} [{elapsed}<{remaining}]"


class Progress:
    """A bar on a terminal, with pages, pages a second and the time left, and the first failures in words.

    The bar goes by bytes, since nobody knows how many pages an archive holds. ``began`` tells whether
    there was anything to do.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.began = False
        self._quiet = quiet
        self._bar: tqdm[None] | None = None
        self._before = self._pages = self._failed = self._told = self._done = 0
        self._start = self._last = 0.0

    def begin(self, inventory: Inventory, done: int, counts: Counts) -> None:
        """Show an empty bar, or one that is filled as far as the run has come."""
        self.began = True
        self._before = self._pages = counts.pages
        self._done = done
        self._failed = counts.failed
        self._start = monotonic()
        if not self._quiet and sys.stderr is not None and sys.stderr.isatty():
            self._bar = tqdm(total=inventory.bytes, initial=done, bar_format=_BAR, file=sys.stderr)
            self._look(done)

    def page(self, record: Record, document: Document, done: int) -> None:
        """Count a page, and tell its failure."""
        self._pages += 1
        self._done = done
        if document.error is not None:
            self._failed += 1
            self._tell(record, document.error)
        if self._bar is not None and monotonic() - self._last >= _EVERY:
            self._look(done)

    def end(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._look(self._done)
            self._bar.close()

    def _look(self, done: int) -> None:
        bar, self._last = self._bar, monotonic()
        if bar is None:
            return
        rate = (self._pages - self._before) / max(self._last - self._start, 1e-9)
        bar.set_description_str(f"{self._pages} pages, {self._failed} failed, {rate:.1f}/s", refresh=False)
        bar.update(done - bar.n)
        bar.refresh()

    def _tell(self, record: Record, error: str) -> None:
        if self._quiet or self._told > _MOST_FAILURES:
            return
        self._told += 1
        line = f"newsclean run: {record.id}: {error}"
        if self._told > _MOST_FAILURES:
            line = "newsclean run: more pages failed; see their error in the output"
        tqdm.write(line, file=sys.stderr)
