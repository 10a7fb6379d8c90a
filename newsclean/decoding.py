"""From what a caller hands in (str or bytes) to text, with notes on what was done."""

from __future__ import annotations

import codecs
import re

from newsclean.data import function_words
from newsclean.errors import BinaryPageError, PageTooLargeError, PageTypeError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b\x08", "gzip-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"BZh91AY&SY", "bzip2-compressed data"),
    (b"\x7fELF", "an executable"),
    (b"\x00\x00\x00\x18ftyp", "a video"),
    (b"\x00\x00\x00\x20ftyp", "a video"),
    (b"OggS", "a media file"),
    (b"ID3\x02", "an audio file"),
    (b"ID3\x03", "an audio file"),
    (b"ID3\x04", "an audio file"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_RIFF = re.compile(rb"RIFF....(?:WEBP|WAVE|AVI )", re.DOTALL)
_ENCODINGS = (
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "iso8859_2", "cp932", "euc_jp", "gb18030", "big5", "cp949",
)  # fmt: skip
"""The encodings that pages not in UTF-8 really come in, the most common first."""
_LOOK = 20_000
"""Bytes of a page that the encodings are tried on for words."""
_LEVEL = 0.02
"""Difference in the detector's measure of chaos within which two encodings are level."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_BAD_SHARE = 0.05
"""Up to this share of undecodable bytes among the non-ASCII ones, UTF-8 is still believed."""
_CONTROL_SHARE = 0.1
"""Above this share of control characters, data is not text."""


def decode(page: object, max_chars: int) -> tuple[str, list[str]]:
    """The text of a page and notes on how it was decoded.

    Raises PageTypeError, BinaryPageError or PageTooLargeError. A byte-order mark is not
    part of the text; lone surrogates become U+FFFD, one for one.
    """
    if isinstance(page, str):
        if len(page) > max_chars:
            raise PageTooLargeError(f"the page has {len(page)} characters; the limit is {max_chars}")
        return _mend(page)
    if isinstance(page, bytes | bytearray | memoryview):
        data = bytes(page)
        if len(data) > 4 * max_chars + 4:  # no encoding takes more than four bytes a character
            raise PageTooLargeError(f"the page has {len(data)} bytes; the limit is {4 * max_chars}")
        text, notes = _decode_bytes(data)
        if len(text) > max_chars:
            raise PageTooLargeError(f"the page has {len(text)} characters; the limit is {max_chars}")
        text, more = _mend(text)
        return text, notes + more
    raise PageTypeError(f"a page is str or bytes, not {type(page).__name__}")


def _mend(text: str) -> tuple[str, list[str]]:
    notes = []
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
        notes.append("lone surrogates were replaced by U+FFFD")
    controls = len(_CONTROL.findall(text))
    if controls > _CONTROL_SHARE * len(text):
        notes.append("the page is full of control characters; it may be binary data")
    elif controls:
        notes.append("the page contains control characters")
    return text, notes


def _decode_bytes(data: bytes) -> tuple[str, list[str]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding)
    for magic, name in _BINARY:
        if data.startswith(magic):
            raise BinaryPageError(f"the page is {name}, not text")
    if _RIFF.match(data):
        raise BinaryPageError("the page is a media file, not text")
    wide = _wide_encoding(data)
    if wide:
        text, notes = _decode_as(data, wide)
        return text, [f"decoded as {wide}, which has no byte-order mark here", *notes]
    if len(_CONTROL.findall(data[:65536].decode("latin-1"))) > _CONTROL_SHARE * min(len(data), 65536):
        raise BinaryPageError("the page is binary data, not text")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _guess(data)


def _decode_as(data: bytes, encoding: str) -> tuple[str, list[str]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return text, [f"undecodable bytes were replaced by U+FFFD (read as {encoding})"]


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a byte-order mark shows by its zero bytes in every other place."""
    head = data[: 4096 - 4096 % 2]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> tuple[str, list[str]]:
    text = data.decode("utf-8", "replace")
    bad, wide = text.count("\ufffd"), sum(1 for c in text if c > "\x7f")
    if _cut_in_a_character(data) or (bad <= max(1, _BAD_SHARE * wide) and wide > 3 * bad):
        return text, ["undecodable bytes were replaced by U+FFFD (read as utf-8)"]
    from charset_normalizer import from_bytes  # slow to import, and seldom needed

    found = list(from_bytes(data, cp_isolation=list(_ENCODINGS)))
    if not found:
        raise BinaryPageError("the page is not text in any known encoding")
    # the detector leaves neighbouring encodings level; common words tell them apart
    level = [match for match in found if match.chaos <= found[0].chaos + _LEVEL]
    best = max(
        level,
        key=lambda match: (
            _known_words(data, match.encoding),
            round(match.coherence, 2),
            -_ENCODINGS.index(match.encoding),
        ),
    ).encoding
    text, notes = _decode_as(data, best)
    return text, [f"not valid UTF-8; decoded as {best}", *notes]


def _cut_in_a_character(data: bytes) -> bool:
    """Whether all is UTF-8 but for a last character that is not whole."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.end == len(data) and error.start > 0
    return False


def _known_words(data: bytes, encoding: str) -> int:
    """How many common words with letters beyond ASCII the page has, read in an encoding."""
    words = re.findall(r"\w+", data[:_LOOK].decode(encoding, "replace").lower())
    return sum(1 for word in words if not word.isascii() and word in function_words())
