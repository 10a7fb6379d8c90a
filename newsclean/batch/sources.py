"""Which files a run reads, in which order, and how they are known again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from newsclean.batch.errors import RunError

Form = Literal["page", "jsonl", "parquet", "warc", "unreadable"]

_FORMS: dict[str, Form] = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".txt"), "page"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".parquet": "parquet",
    **dict.fromkeys((".warc", ".wet"), "warc"),
}
KNOWN = ", ".join(sorted(_FORMS))


class Source(NamedTuple):
    """A file that is read: its path, its name in the output, what it holds, its size in bytes, its time."""

    path: Path
    name: str
    form: Form
    size: int = 0
    changed: int = 0
    trouble: str = ""
    """Why it cannot be read, of the form "unreadable"."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All sources together: how many, their bytes, and a digest of their names, sizes and times."""

    files: int
    bytes: int
    digest: str


def form_of(path: Path) -> Form | None:
    """What a file holds, by its name; None if that does not tell."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in (".gz", ".zst"):
        suffixes.pop()
    form = _FORMS.get(suffixes[-1]) if suffixes else None
    if form == "parquet" and path.suffix.lower() != ".parquet":
        return None
    if form == "warc" and path.suffix.lower() == ".zst":
        return None
    return form


def list_sources(inputs: Sequence[str | Path], *, but: Sequence[Path] = ()) -> Iterator[Source]:
    """The files of the inputs: those named, and those of folders, by name, folders within folders too.

    Files and folders of ``but``, and those whose name begins with a dot, are left out. A folder that
    was read already, as a link that leads back makes it, gives a source of the form "unreadable".

    Raises RunError for an input that is not there, or whose name does not tell what it holds.
    """
    left_out = {os.path.realpath(path) for path in but}
    seen: set[str] = set()
    for item in inputs:
        path = Path(item)
        if path.is_dir():
            yield from _walk(path, seen, left_out)
            continue
        if not path.exists():
            raise RunError(f"{path}: no such file or folder")
        form = form_of(path)
        if form is None:
            raise RunError(f"{path}: its name does not tell what it holds; known: {KNOWN}, with .gz or .zst")
        yield _source(path, form)


def _walk(folder: Path, seen: set[str], left_out: set[str]) -> Iterator[Source]:
    real = os.path.realpath(folder)
    if real in left_out:
        return
    if real in seen:
        yield _unreadable(folder, "the folder was read already, by another way")
        return
    seen.add(real)
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(folder, str(error))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(path, seen, left_out)
        elif (form := form_of(path)) and os.path.realpath(path) not in left_out:
            yield _source(path, form)


def _source(path: Path, form: Form) -> Source:
    try:
        status = path.stat()
    except OSError as error:  # a link that leads nowhere
        return _unreadable(path, str(error))
    return Source(path, _name(path), form, status.st_size, status.st_mtime_ns)


def _unreadable(path: Path, trouble: str) -> Source:
    return Source(path, _name(path), "unreadable", trouble=trouble)


def _name(path: Path) -> str:
    """The path with slashes, and with what is no UTF-8 in it escaped."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def take_inventory(sources: Iterator[Source]) -> Inventory:
    """Count the sources; their digest changes with any name, size or time."""
    digest = hashlib.sha256()
    files = size = 0
    for source in sources:
        files += 1
        size += source.size
        digest.update(f"{source.name}\0{source.form}\0{source.size}\0{source.changed}\n".encode())
    return Inventory(files, size, digest.hexdigest())
