"""From what a caller hands in (str or bytes) to text, with notes on what was done."""

from __future__ import annotations

import codecs
import re

from newsclean.declared import Declaration, declarations
from newsclean.detect import Kind
from newsclean.errors import BinaryPageError, PageTypeError
from newsclean.limits import Limits
from newsclean.sniffing import damage, decode_as, foreign_lines, guess, is_outdone, is_slight, reads_well

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
_ESCAPE = re.compile(rb"\x1b\$[@B]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1B), 0x7F))
"""The control characters that no text has; in UTF-8 each is a byte, and no part of another character."""
_CONTROL_SHARE = 0.1
"""Above this share of control characters, data is not text."""
_FEW_CONTROLS = 0.01
"""Above this share, data that reads well in no encoding is not text, whatever was declared."""


def no_page(value: object) -> PageTypeError:
    """The error that says that this is no page."""
    return PageTypeError(f"a page is str or bytes, not {type(value).__name__}")


def decode(
    page: object, limits: Limits, kind: Kind | None = None, charset: str | None = None
) -> tuple[str, list[str]]:
    """The text of a page and notes on how it was decoded.

    ``charset`` is what the HTTP header said; it is of no use for a str. Raises PageTypeError,
    BinaryPageError or PageTooLargeError. A byte-order mark is not part of the text; lone
    surrogates become U+FFFD, one for one.
    """
    if isinstance(page, str):
        limits.check_chars(len(page))
        return _mend(page)
    if isinstance(page, bytes | bytearray | memoryview):
        data = bytes(page)
        limits.check_bytes(len(data))
        text, notes = _decode_bytes(data, kind, charset)
        limits.check_chars(len(text))
        text, more = _mend(text)
        return text, notes + more
    raise no_page(page)


def _mend(text: str) -> tuple[str, list[str]]:
    notes = []
    try:
        data = text.encode()
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)
        data = text.encode()
        notes.append("lone surrogates were replaced by U+FFFD")
    controls = _count_controls(data)
    if controls > _CONTROL_SHARE * len(text):
        notes.append("the page is full of control characters; it may be binary data")
    elif controls:
        notes.append("the page contains control characters")
    return text, notes


def _count_controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))  # ten times as fast as a regular expression


def _decode_bytes(data: bytes, kind: Kind | None, charset: str | None) -> tuple[str, list[str]]:
    bom = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    if bom is None:
        _refuse_magic(data)
    said, notes = declarations(data, kind, charset)
    if bom:
        text, more = decode_as(data, bom)
        return text, notes + more
    hinted = next((one.codec for one in said if one.codec.startswith("utf-16")), "")
    if wide := _wide_encoding(data, hinted):
        text, more = decode_as(data, wide)
        odd = [] if hinted else [f"decoded as {wide}, which has no byte-order mark here"]
        return text, [*notes, *odd, *more]
    if _is_binary(data):
        raise BinaryPageError("the page is binary data, not text")
    if data.isascii():
        text, more = _decode_7_bit(data)
        return text, notes + more
    text, encoding, more = _decode_8_bit(data, said)
    if said and codecs.lookup(encoding).name != said[0].codec:
        more = [f"declared as {said[0].label}, which does not fit; decoded as {encoding}", *more]
    elif not said and encoding != "utf-8":
        more = [f"not valid UTF-8; decoded as {encoding}", *more]
    return text, notes + more


def _refuse_magic(data: bytes) -> None:
    for magic, name in _BINARY:
        if data.startswith(magic):
            raise BinaryPageError(f"the page is {name}, not text")
    if _RIFF.match(data):
        raise BinaryPageError("the page is a media file, not text")


def _wide_encoding(data: bytes, hinted: str) -> str | None:
    """UTF-16 without a byte-order mark shows by its zero bytes in every other place.

    Text with few characters of ASCII has few of them; then the header is believed.
    """
    head = data[: 4096 - 4096 % 2]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    likely = _is_binary(data) or (even + odd > 0 and not _is_utf8(data))
    return hinted if hinted and likely and reads_well(data, hinted) else None


def _is_binary(data: bytes, share: float = _CONTROL_SHARE) -> bool:
    head = data[:65536]
    return _count_controls(head) > share * len(head)


def _decode_7_bit(data: bytes) -> tuple[str, list[str]]:
    """ASCII, or Japanese in seven bits, which shows by its escape sequences."""
    japanese = _ESCAPE.search(data) and reads_well(data, "iso2022_jp")
    return decode_as(data, "iso2022_jp" if japanese else "ascii")


def _decode_8_bit(data: bytes, said: list[Declaration]) -> tuple[str, str, list[str]]:
    """The text, its encoding, and notes.

    UTF-8 is hardly ever met by chance, so what is UTF-8 is read as that, whatever was declared.
    """
    if _is_utf8(data) or _is_damaged_utf8(data, said):
        text, notes = decode_as(data, "utf-8")
        return text, "utf-8", notes
    sample = foreign_lines(data.decode("latin-1")).encode("latin-1")
    encodings = [one.codec for one in said if one.codec != "utf-8" and not one.codec.startswith("utf-16")]
    encoding = next((one for one in encodings if reads_well(data, one) and not is_outdone(sample, one)), None)
    encoding = encoding or guess(sample)
    if encoding is None and not _is_binary(data, _FEW_CONTROLS):
        encoding = next(iter(encodings), None)
    if encoding is None:
        raise BinaryPageError("the page is not text in any known encoding")
    text, notes = decode_as(data, encoding)
    return text, encoding, notes


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(data: bytes, said: list[Declaration]) -> bool:
    bad, wide = damage(data.decode("utf-8", "replace"))
    if any(one.codec == "utf-8" for one in said):
        return wide > 2 * bad or _cut_in_a_character(data)
    return is_slight(bad, wide) or (not said and _cut_in_a_character(data))


def _cut_in_a_character(data: bytes) -> bool:
    """Whether all is UTF-8 but for a last character that is not whole."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.end == len(data) and error.start > 0
    return False
