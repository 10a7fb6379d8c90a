"""Reads any source: its records, whatever it holds, and never an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newsclean.batch.errors import RunError
from newsclean.batch.records import Meter, Record, Skipped
from newsclean.batch.sources import Source
from newsclean.batch.streams import read_file
from newsclean.batch.tables import Columns, read_jsonl, read_parquet
from newsclean.batch.warc import read_warc
from newsclean.cleaner import DEFAULT_LIMITS
from newsclean.extras import needs

_SPARE = 1 << 20
"""Bytes that a page's line or record may have beside the page."""
_WIDEST = 4
"""Bytes of a character in the widest encoding."""
_ESCAPED = 12
"""Bytes of a character in JSON, as two escapes."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads sources.

    columns: where JSON Lines and Parquet hold the page.
    max_chars: longest page in characters; what is longer for sure is not held in memory.
    """

    columns: Columns = field(default_factory=Columns)
    max_chars: int = DEFAULT_LIMITS.max_chars

    def check(self, sources: Iterable[Source]) -> None:
        """Look whether every source can be read as what it is.

        Raises RunError where the column of the page cannot be told, ImportError where an extra is missing.
        """
        for source in sources:
            if source.form in ("jsonl", "parquet"):
                self.columns.of(source, self._most(_ESCAPED))
            with needs("batch"):
                if source.form == "warc":
                    import fastwarc  # noqa: F401 - whether it is there
                if source.path.suffix.lower() == ".zst":
                    import zstandard  # noqa: F401

    def read(self, source: Source, meter: Meter) -> Iterator[Record | Skipped]:
        """The records of a source; where it cannot be read, or not to its end, the last has the reason."""
        number = 0
        try:
            for item in self._open(source, meter):
                number += 1
                yield item
        except (OSError, RunError) as error:
            name = source.name if source.form in ("page", "unreadable") else f"{source.name}:{number + 1}"
            yield Record(name, source.name, number + 1, error=f"{type(error).__name__}: {error}")

    def _open(self, source: Source, meter: Meter) -> Iterator[Record | Skipped]:
        path, name = source.path, source.name
        if source.form == "unreadable":
            raise OSError(source.trouble)
        if source.form == "page":
            yield Record(name, name, 1, page=read_file(path, self._most(_WIDEST), meter))
        elif source.form == "warc":
            yield from read_warc(source, self._most(_WIDEST), meter)
        elif source.form == "jsonl":
            most = self._most(_ESCAPED)
            yield from read_jsonl(source, self.columns.of(source, most), most, meter)
        else:
            yield from read_parquet(source, self.columns.of(source, self._most(_ESCAPED)), meter)

    def _most(self, width: int) -> int:
        return self.max_chars * width + _SPARE
