"""Remembers which parts of a run are done, so that it can go on after a power cut.

Beside the output stands a folder of finished parts with a journal: a line that says what is run, then a line
for each part with the place in the sources up to which it goes. A part is written aside, synced and renamed,
and only then told in the journal; what is not told is done again.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from newsclean.batch.counts import Counts
from newsclean.batch.errors import RunError
from newsclean.batch.writers import sync

FORMAT = 1
"""Version of the journal."""


class Place(NamedTuple):
    """Up to where the sources are done: the index of a source, and how many items of it were read."""

    sources: int = 0
    items: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished part.

    The place up to which it goes, the bytes of the sources that were read by then, its rows, its size in
    bytes, and what it counted.
    """

    place: Place
    read: int
    rows: int
    size: int
    counts: dict[str, Any]


class Journal:
    """The folder of a run's parts; only one process at a time holds it."""

    def __init__(self, out: Path, suffix: str) -> None:
        self.out = out
        self.folder = folder_of(out)
        self._suffix = suffix
        self._file = self.folder / "journal.jsonl"
        self._lock: IO[bytes] | None = None
        self.entries: list[Entry] = []

    @property
    def joined(self) -> Path:
        """Where the whole output is put together."""
        return self.folder / "whole.tmp"

    @property
    def parts(self) -> list[Path]:
        """The finished parts that hold rows."""
        return [self.part(i) for i, entry in enumerate(self.entries) if entry.rows]

    @property
    def place(self) -> Place:
        """Up to where the sources are done."""
        return self.entries[-1].place if self.entries else Place()

    @property
    def read(self) -> int:
        """Bytes of the sources that were read up to there."""
        return self.entries[-1].read if self.entries else 0

    def part(self, index: int) -> Path:
        """The file of a part."""
        return self.folder / f"part-{index:06}{self._suffix}"

    def begin(self, head: Mapping[str, Any], *, force: bool) -> None:
        """Make the folder and write what is run; a folder of that name always has its journal.

        Raises RunError if an earlier run has left a folder, unless ``force`` does away with it.
        """
        if self.folder.exists():
            if not force:
                what = "an earlier run was not finished; --resume goes on with it, --force begins anew"
                raise RunError(f"{self.folder}: {what}")
            self._hold()
            self.release()
            shutil.rmtree(self.folder)
        aside = folders_of(self.out)[1]
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        _write(aside / self._file.name, [{"journal": FORMAT, **head}])
        aside.rename(self.folder)
        self._hold()

    def resume(self, head: Mapping[str, Any]) -> None:
        """Take up the entries of an earlier run.

        Raises RunError if that one had other inputs or settings, or runs still.
        """
        self._hold()
        lines = self._lines()
        if not lines:
            raise RunError(f"{self._file}: is damaged; --force begins anew")
        _refuse_other({"journal": FORMAT, **head}, lines[0], self.folder)
        for index, line in enumerate(lines[1:]):
            entry = Entry(Place(*line["place"]), line["read"], line["rows"], line["size"], line["counts"])
            if entry.rows and _size(self.part(index)) != entry.size:
                break  # the disk did not keep what it said
            self.entries.append(entry)
        _write(self._file, [lines[0], *(asdict(entry) for entry in self.entries)])  # without a torn last line

    def add(self, entry: Entry) -> None:
        """Tell that the next part is finished."""
        with self._file.open("ab") as file:
            file.write(_line(asdict(entry)))
            sync(file)
        self.entries.append(entry)

    def counts(self) -> Counts:
        """What all finished parts counted."""
        total = Counts()
        for entry in self.entries:
            total.update(Counts.from_dict(entry.counts))
        return total

    def finish(self) -> None:
        """Put the joined file in the output's place, and do away with the folder."""
        self.joined.replace(self.out)
        sync_folder(self.out.parent)
        self._file.unlink()  # from here on the folder is only a left-over
        self.release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def release(self) -> None:
        """Let go of the folder."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _lines(self) -> list[dict[str, Any]]:
        """The lines of the journal up to one that was not written to its end."""
        found = []
        with suppress(ValueError):
            for line in self._file.read_bytes().split(b"\n")[:-1]:
                found.append(json.loads(line))  # noqa: PERF401 - what stands before a bad line counts
        return found

    def _hold(self) -> None:
        """Lock the folder; the system lets go of it however the process ends."""
        self._lock = self._lock or (self.folder / "lock").open("ab")
        try:
            _lock_file(self._lock)
        except OSError as error:
            raise RunError(f"{self.folder}: another process works on it") from error


def folder_of(out: Path) -> Path:
    """The folder beside the output that holds its parts while it is made."""
    return out.with_name(out.name + ".parts")


def folders_of(out: Path) -> tuple[Path, Path]:
    """All folders that a run makes: that of the parts, and what it is called before its journal is there."""
    folder = folder_of(out)
    return folder, folder.with_name(folder.name + ".new")


def is_left_over(out: Path) -> bool:
    """Whether the folder of the parts only has to be done away with, since the output is whole."""
    return folder_of(out).is_dir() and not (folder_of(out) / "journal.jsonl").exists()


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder; Windows has no such call, and does so itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock_file(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write(file: Path, lines: list[dict[str, Any]]) -> None:
    """Write a journal as a whole or not at all."""
    aside = file.with_suffix(".tmp")
    with aside.open("wb") as opened:
        opened.writelines(map(_line, lines))
        sync(opened)
    aside.replace(file)
    sync_folder(file.parent)


def _line(table: Mapping[str, Any]) -> bytes:
    return json.dumps(table).encode("ascii") + b"\n"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _refuse_other(head: Mapping[str, Any], found: Mapping[str, Any], folder: Path) -> None:
    """Raise RunError where the earlier run was another one; the message names what differs."""
    wanted = json.loads(json.dumps(head))
    for name in wanted.keys() | found.keys():
        one, other = found.get(name), wanted.get(name)
        if one == other:
            continue
        if name == "inputs":
            what = "the inputs have changed (names, sizes or times)"
        elif isinstance(one, dict) and isinstance(other, dict):
            keys = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
            what = "; ".join(f"{key} was {one.get(key)!r}, and is {other.get(key)!r} now" for key in keys)
        else:
            what = f"{name} was {one!r}, and is {other!r} now"
        raise RunError(f"{folder}: cannot go on with the earlier run: {what}; --force begins anew")
