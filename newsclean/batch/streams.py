"""Bytes and lines of files that may be compressed, and may be broken in the middle."""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from newsclean.batch.records import Meter
from newsclean.extras import needs

CHUNK = 1 << 18
"""Bytes that are read at once."""
_MAGIC = b"\x1f\x8b\x08"
"""How a member of a gzip file begins."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Stands in a stream where it could not be read; ``why`` names the place."""

    why: str


def chunks(path: Path, meter: Meter) -> Iterator[bytes | Broken]:
    """The bytes of a file, decompressed if its name ends in .gz or .zst.

    What cannot be decompressed is a ``Broken``; a gzip file is read on from its next member.
    Raises OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        suffix = path.suffix.lower()
        read = _gunzip if suffix == ".gz" else _unzstd if suffix == ".zst" else _plain
        for chunk in read(file):
            meter.at = file.tell()
            yield chunk


def _plain(file: BinaryIO) -> Iterator[bytes | Broken]:
    while data := file.read(CHUNK):
        yield data


def _gunzip(file: BinaryIO) -> Iterator[bytes | Broken]:
    """The members of a gzip file one after another; behind a broken one, from the next on."""
    data, told = b"", False
    while data := data.lstrip(b"\0") or file.read(CHUNK).lstrip(b"\0"):  # some writers pad with zeros
        begin = file.tell() - len(data)
        try:
            data = yield from _gunzip_member(file, data)
            told = False
        except zlib.error as error:
            if not told:  # one break is told once, however many tries it takes to go on behind it
                yield Broken(f"the gzip member at byte {begin} is broken: {error}")
            told, data = True, b""
            if not seek_next(file, begin + 1, _MAGIC):
                return
        except EOFError:
            yield Broken(f"the gzip member at byte {begin} is cut off")
            return


def _gunzip_member(file: BinaryIO, data: bytes) -> Generator[bytes, None, bytes]:
    """One member, which begins with ``data``; returns what was read behind it."""
    member = zlib.decompressobj(wbits=31)
    while not member.eof:
        if out := member.decompress(data, CHUNK):
            yield out
        data = member.unconsumed_tail
        if data or member.eof:
            continue
        data = file.read(CHUNK)
        if not data:
            yield member.flush()
            if not member.eof:
                raise EOFError
    return member.unused_data


def seek_next(file: BinaryIO, start: int, mark: bytes) -> bool:
    """Go to the next place from ``start`` on where the bytes ``mark`` stand; False if there is none."""
    file.seek(start)
    rest, where = b"", start
    while data := file.read(CHUNK):
        found = (rest + data).find(mark)
        if found >= 0:
            file.seek(where - len(rest) + found)
            return True
        where += len(data)
        rest = (rest + data)[-(len(mark) - 1) :]
    return False


def _unzstd(file: BinaryIO) -> Iterator[bytes | Broken]:
    with needs("batch"):
        import zstandard
    with zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True, closefd=False) as reader:
        try:
            while data := reader.read(CHUNK):
                yield data
        except zstandard.ZstdError as error:
            yield Broken(f"the zstd frame before byte {file.tell()} is broken: {error}")


def lines(path: Path, most: int, meter: Meter) -> Iterator[bytes | Broken]:
    """The lines of a file without their ends; one longer than ``most`` bytes is a ``Broken``.

    Raises OSError when the file cannot be read.
    """
    parts: list[bytes] = []
    size = 0
    for chunk in chunks(path, meter):
        if isinstance(chunk, Broken):
            parts, size = [], 0  # what stood before the break is half a line
            yield chunk
            continue
        *ended, rest = chunk.split(b"\n")
        for line in ended:
            size += len(line)
            yield b"".join((*parts, line)) if size <= most else _too_long(most)
            parts, size = [], 0
        size += len(rest)
        if size > most:
            parts = []
        elif rest:
            parts.append(rest)
    if size:
        yield b"".join(parts) if size <= most else _too_long(most)


def _too_long(most: int) -> Broken:
    return Broken(f"the line is longer than {most} bytes")


def read_file(path: Path, most: int, meter: Meter) -> bytes:
    """The whole of a file, decompressed.

    Raises OSError when it cannot be read, is broken, or holds more than ``most`` bytes.
    """
    parts: list[bytes] = []
    size = 0
    for chunk in chunks(path, meter):
        if isinstance(chunk, Broken):
            raise OSError(chunk.why)
        parts.append(chunk)
        size += len(chunk)
        if size > most:
            raise OSError(f"the file holds more than {most} bytes")
    return b"".join(parts)
