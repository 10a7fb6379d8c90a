"""Reads WARC archives, gzipped or not, and goes on behind what is broken.

Through FastWARC: it has wheels for Linux, macOS and Windows, reads archives that are gzipped as a whole
too, which warcio refuses, and raises where an archive is broken, so that reading can begin anew at the next
record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from newsclean.batch.http import BodyError, Response, decode_body, parse_response
from newsclean.batch.records import Meter, Record, Skipped
from newsclean.batch.sources import Source
from newsclean.batch.streams import seek_next
from newsclean.extras import needs

_MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_TYPES = frozenset({"response", "resource", "conversion"})
_OK = 200
_STARTS = {True: b"\x1f\x8b\x08", False: b"WARC/1."}
"""With what a record may begin, in a gzipped archive and in a plain one."""


def read_warc(source: Source, most: int, meter: Meter) -> Iterator[Record | Skipped]:
    """The pages of an archive: responses with status 200, resources and conversions that are HTML or text.

    A page of more than ``most`` bytes has an error, and so has every place where the archive is broken.
    Raises OSError when the file cannot be read.
    """
    name = source.name
    with source.path.open("rb") as file:
        for number, (record, block, trouble) in enumerate(_salvaged(file, most), start=1):
            meter.at = file.tell()
            if record is None:
                yield Record(f"{name}:{number}", name, number, error=f"WarcError: {trouble}")
                continue
            kind = record.headers.get("WARC-Type", "")
            if kind not in _TYPES:
                yield Skipped(f"{kind or 'nameless'} record")
                continue
            known = Record(
                record.headers.get("WARC-Record-ID") or f"{name}:{number}",
                *(name, number),
                url=(record.headers.get("WARC-Target-URI") or "").strip("<>") or None,
                fetched=record.headers.get("WARC-Date"),
            )
            if trouble:
                yield replace(known, error=f"WarcError: {trouble}")
            else:
                yield _page(known, kind, record.headers, block, most)


def _salvaged(file: BinaryIO, most: int) -> Iterator[tuple[Any, bytes, str]]:
    """The archive's records with their blocks, or with what is wrong with them.

    For a broken part there is no record, once, only what is wrong; then come the records behind it.
    """
    with needs("batch"):
        from fastwarc.warc import ArchiveIterator
    mark = _STARTS[file.read(2) == _STARTS[True][:2]]
    start, told = 0, False
    while True:
        file.seek(start)
        record = None
        try:
            for record in ArchiveIterator(file, parse_http=False):
                start, told = max(start, record.stream_pos), False
                if record.content_length > most:
                    yield record, b"", f"the record is larger than {most} bytes"
                    continue
                block = record.reader.read(record.content_length)
                cut = len(block) < record.content_length
                yield record, block, "the archive ends in the middle of this record" if cut else ""
                record = None
            return
        except OSError as error:
            if record is not None and record.stream_pos >= start:
                yield record, b"", f"the record is broken: {error}"
            elif not told:
                yield None, b"", f"the archive is broken behind byte {start}: {error}"
            told = True
        if not seek_next(file, start + 1, mark):
            return
        start = file.tell()


def _page(known: Record, kind: str, headers: Any, block: bytes, most: int) -> Record | Skipped:
    """The page that the block of a record holds."""
    try:
        response = _response(kind, block, headers.get("Content-Type", ""))
        if response.status != _OK:
            return Skipped(f"status {response.status}")
        if response.media_type not in _MEDIA_TYPES:
            return Skipped(response.media_type or "no media type")
        page, cut = decode_body(response, most)
    except BodyError as error:
        return replace(known, error=f"WarcError: {error}")
    reason = headers.get("WARC-Truncated") or ("the compressed body has no end" if cut else "")
    return replace(known, page=page, charset=response.headers.get("content-type"), cut=reason)


def _response(kind: str, block: bytes, media_type: str) -> Response:
    if kind == "response" and media_type.startswith("application/http"):
        return parse_response(block)
    return Response(_OK, {"content-type": media_type}, block)
