"""Hands the pages of the sources to the pool, and remembers what is still to come back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from newsclean.batch.counts import Counts
from newsclean.batch.journal import Place
from newsclean.batch.readers import Reader
from newsclean.batch.records import Meter, Record, Skipped
from newsclean.batch.sources import Source
from newsclean.detect import Kind
from newsclean.pool import Job

_MOST_WITHOUT_PAGE = 100
"""Records without a page in a row that wait for the pages before them."""


@dataclass(slots=True)
class Item:
    """Something read that waits for its turn.

    A record, or what was passed over; the place behind it; how many bytes of all sources were read by
    then; and whether a job was made of it.
    """

    place: Place
    read: int
    record: Record | None = None
    skipped: Counts = field(default_factory=Counts)
    is_job: bool = False


class Feed:
    """Makes jobs of the pages behind a place; ``waiting`` holds everything read, in order."""

    def __init__(
        self,
        reader: Reader,
        sources: Callable[[], Iterator[Source]],
        place: Place,
        limit: int | None,
        reading: tuple[Kind | None, str | None],
    ) -> None:
        self.waiting: deque[Item] = deque()
        self._reader = reader
        self._sources = sources
        self._place = place
        self._limit = limit
        self._kind, self._charset = reading

    def jobs(self) -> Iterator[Job]:
        """A job for every page, lazily; what has no page only waits.

        Where many in a row have none, an empty job lets those before them come back first.
        """
        idle = records = 0
        if self._limit is not None and self._limit <= 0:
            return
        for item in self._items():
            self._wait(item)
            record = item.record
            if record is not None and record.page is not None:
                item.is_job, idle = True, 0
                page, item.record = record.page, replace(record, page=None)  # the pool holds the page
                yield Job(page, self._kind, record.charset or self._charset)
            elif (idle := idle + 1) == _MOST_WITHOUT_PAGE:
                self.waiting.append(Item(item.place, item.read, is_job=True))
                idle = 0
                yield Job("")
            records += record is not None
            if records == self._limit:
                return

    def _wait(self, item: Item) -> None:
        """Put an item behind the others; what is passed over in a row is one item."""
        last = self.waiting[-1] if self.waiting else None
        if item.record is None and last is not None and last.record is None and not last.is_job:
            last.place, last.read = item.place, item.read
            last.skipped.update(item.skipped)
        else:
            self.waiting.append(item)

    def _items(self) -> Iterator[Item]:
        """Everything behind the place."""
        read = 0
        for index, source in enumerate(self._sources()):
            if index >= self._place.sources:
                yield from self._items_of(index, source, read)
            read += source.size

    def _items_of(self, index: int, source: Source, read: int) -> Iterator[Item]:
        done = self._place.items if index == self._place.sources else 0
        meter = Meter()
        for number, found in enumerate(self._reader.read(source, meter), start=1):
            if number <= done:
                continue
            item = Item(Place(index, number), read + min(meter.at, source.size))
            if isinstance(found, Skipped):
                item.skipped.skip(found.why)
            else:
                item.record = found
            yield item
