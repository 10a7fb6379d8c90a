"""Takes an HTTP response apart as crawlers store it, with what they get wrong."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from newsclean.extras import needs

_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf\s*)?<")


class BodyError(ValueError):
    """The body cannot be decoded; the message says why."""


@dataclass(frozen=True, slots=True)
class Response:
    """Status, headers (names in small letters; of several the last), and the body as stored."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type of the Content-Type header, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def parse_response(block: bytes) -> Response:
    """Take a stored response apart.

    Raises BodyError when it does not begin with a status line.
    """
    status = _STATUS.match(block)
    if not status:
        raise BodyError("the record holds no HTTP response")
    end = _END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers = {}
    for line in head.splitlines()[1:]:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return Response(int(status[1]), headers, body)


def decode_body(response: Response, most: int) -> tuple[bytes, bool]:
    """The body without its transfer and content codings, of which crawlers have undone some already.

    With it comes whether the coded body is cut off, so that the end is missing.

    Raises BodyError for a coding that is unknown or broken, and for more than ``most`` bytes.
    """
    body, cut = response.body, False
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = _unchunk(body)
    codings = [c.strip().lower() for c in response.headers.get("content-encoding", "").split(",")]
    for coding in reversed(codings):
        if coding in ("", "identity", "none", "utf-8"):
            continue
        if _MARKUP.match(body):  # decoded when it was stored, and the header left as it was
            continue
        body, ended = _decode(body, coding, most)
        cut = cut or not ended
    return body, cut


def _unchunk(body: bytes) -> bytes:
    """The chunks of a body in one; the body itself if it does not begin with a chunk."""
    parts: list[bytes] = []
    place = 0
    while size := re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n").match(body, place):
        length = int(size[1], 16)
        if not length:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        place = size.end() + length
        place += 2 if body[place : place + 2] == b"\r\n" else body[place : place + 1] == b"\n"
    return b"".join(parts) if parts else body


def _decode(body: bytes, coding: str, most: int) -> tuple[bytes, bool]:
    """The body without a coding, and whether it was there to its end."""
    if coding in ("gzip", "x-gzip"):
        return _inflate(body, (31,), coding, most) if body[:2] == b"\x1f\x8b" else (body, True)
    if coding == "deflate":  # some servers send it without the head of zlib
        return _inflate(body, (15, -15), coding, most)
    if coding == "br":
        return _unbrotli(body, most)
    if coding == "zstd":
        return _unzstd(body, most)
    raise BodyError(f"the content encoding {coding!r} is unknown")


def _inflate(body: bytes, forms: tuple[int, ...], coding: str, most: int) -> tuple[bytes, bool]:
    for wbits in forms:
        try:
            member = zlib.decompressobj(wbits=wbits)
            out = member.decompress(body, most + 1)
        except zlib.error as error:
            reason = str(error)
            continue
        return _within(out, most), member.eof
    raise BodyError(f"the content encoding {coding} is broken: {reason}")


def _unbrotli(body: bytes, most: int) -> tuple[bytes, bool]:
    with needs("batch"):
        import brotli
    decoder, parts, size = brotli.Decompressor(), [], 0
    try:
        for start in range(0, len(body), 1 << 14):
            parts.append(decoder.process(body[start : start + (1 << 14)]))
            size += len(parts[-1])
            if size > most:
                break
    except brotli.error as error:
        raise BodyError(f"the content encoding br is broken: {error}") from error
    return _within(b"".join(parts), most), decoder.is_finished()


def _unzstd(body: bytes, most: int) -> tuple[bytes, bool]:
    with needs("batch"):
        import zstandard
    try:
        with zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=True) as reader:
            return _within(reader.read(most + 1), most), True
    except zstandard.ZstdError as error:
        raise BodyError(f"the content encoding zstd is broken: {error}") from error


def _within(body: bytes, most: int) -> bytes:
    if len(body) > most:
        raise BodyError(f"the page is larger than {most} bytes")
    return body
