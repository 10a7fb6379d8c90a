"""From what a caller hands in (str or bytes) to text, with notes on what was done."""

from __future__ import annotations

import codecs
import contextlib
import re

from newsclean.data import function_words, table
from newsclean.declared import Declaration, declarations
from newsclean.detect import Kind
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
    "iso8859_2", "iso8859_5", "cp932", "euc_jp", "gb18030", "big5", "cp949",
)  # fmt: skip
"""The encodings that pages not in UTF-8 really come in, the most common first."""
_LOOK = 20_000
"""Bytes of a page that the encodings are tried on for words."""
_LEVEL = 0.02
"""Difference in the detector's measure of chaos within which two encodings are level."""
_LOOK_FOR_TEXT = 1_000_000
"""Characters of a page in which text beyond ASCII is looked for."""
_WIDER = {"euc_jp": "euc_jis_2004", "iso2022_jp": "iso2022_jp_2004"}
"""Where Python's codec lacks characters that browsers read: circled digits, Roman numerals ..."""
_ESCAPE = re.compile(rb"\x1b\$[@B]")
_MARKUP = re.compile(r"(?is)<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)|<[^<>]*>")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_NO_CHARACTER = re.compile("[\x80-\x9f\ue000-\uf8ff\ufffd]")
_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_RUN = re.compile("[\xa1-\u024f]{4,}")
"""No language of Latin letters strings so many with accents together; others read as Latin do."""
_STRAY = re.compile(r"[A-Za-z][^\W\d_\x00-\u024f]|[^\W\d_\x00-\u024f][A-Za-z]")
"""A letter of another script within a word of ASCII letters."""
_USUAL = {"cs": "cp1250", "hu": "cp1250", "pl": "cp1250", "ro": "cp1250", "tr": "cp1254"}
"""Language -> its encoding, where that is another Latin one than cp1252."""
_WORD = re.compile(r"\w{2,}")
_SIGN_IN_WORD = re.compile(r"(?<=[^\W\d_])[¡-©«-´¶-¹»-¿×÷‚„†‡•‰‹›€™─-▟](?=[^\W\d_])")
_CHANCE = 0.02
"""Share of common words among words with letters beyond ASCII that may come about by chance."""
_CAMEL = re.compile("[α-ωа-џ][Α-ΩЀ-Я]")
"""A capital behind a small letter."""
_STRANGE_SHARE, _ODD_SHARE, _FEW = 0.5, 0.1, 3
"""Above these shares of its letters, and this number, a page is in another encoding than declared."""
_SURE_WORDS = 3
"""With more than so many common words more, an encoding is sure to be the right one of two."""
_BAD_SHARE = 0.05
"""Up to this share of undecodable bytes among the non-ASCII ones, an encoding is still believed."""
_CONTROL_SHARE = 0.1
"""Above this share of control characters, data is not text."""


def decode(
    page: object, max_chars: int, kind: Kind | None = None, charset: str | None = None
) -> tuple[str, list[str]]:
    """The text of a page and notes on how it was decoded.

    ``charset`` is what the HTTP header said; it is of no use for a str. Raises PageTypeError,
    BinaryPageError or PageTooLargeError. A byte-order mark is not part of the text; lone
    surrogates become U+FFFD, one for one.
    """
    if isinstance(page, str):
        if len(page) > max_chars:
            raise PageTooLargeError(f"the page has {len(page)} characters; the limit is {max_chars}")
        return _mend(page)
    if isinstance(page, bytes | bytearray | memoryview):
        data = bytes(page)
        if len(data) > 4 * max_chars + 4:  # no encoding takes more than four bytes a character
            raise PageTooLargeError(f"the page has {len(data)} bytes; the limit is {4 * max_chars}")
        text, notes = _decode_bytes(data, kind, charset)
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


def _decode_bytes(data: bytes, kind: Kind | None, charset: str | None) -> tuple[str, list[str]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding)
    _refuse_magic(data)
    said, notes = declarations(data, kind, charset)
    hinted = next((one.codec for one in said if one.codec.startswith("utf-16")), "")
    if wide := _wide_encoding(data, hinted):
        text, more = _decode_as(data, wide)
        odd = [] if hinted else [f"decoded as {wide}, which has no byte-order mark here"]
        return text, [*notes, *odd, *more]
    if len(_CONTROL.findall(data[:65536].decode("latin-1"))) > _CONTROL_SHARE * min(len(data), 65536):
        raise BinaryPageError("the page is binary data, not text")
    if data.isascii():
        return _decode_7_bit(data), notes
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


def _decode_as(data: bytes, encoding: str) -> tuple[str, list[str]]:
    for codec in (encoding, _WIDER.get(encoding, encoding)):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(codec), []
    text = data.decode(encoding, "replace")
    return text, [f"undecodable bytes were replaced by U+FFFD (read as {encoding})"]


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
    if hinted and even + odd and not _is_utf8(data) and _reads_well(data, hinted):
        return hinted
    return None


def _decode_7_bit(data: bytes) -> str:
    """ASCII, or Japanese mail's encoding, which shows by its escape sequences."""
    if _ESCAPE.search(data):
        text, notes = _decode_as(data, "iso2022_jp")
        if not notes:
            return text
    return data.decode("ascii")


def _decode_8_bit(data: bytes, said: list[Declaration]) -> tuple[str, str, list[str]]:
    """The text, its encoding, and notes.

    UTF-8 is hardly ever met by chance, so what is UTF-8 is read as that, whatever was declared.
    """
    if _is_utf8(data) or _is_damaged_utf8(data, said):
        text, notes = _decode_as(data, "utf-8")
        return text, "utf-8", notes
    sample = _foreign_lines(data.decode("latin-1")).encode("latin-1")
    encodings = [one.codec for one in said if one.codec != "utf-8" and not one.codec.startswith("utf-16")]
    encoding = next(
        (one for one in encodings if _reads_well(data, one) and not _is_outdone(sample, one)), None
    )
    encoding = encoding or _guess(sample) or next(iter(encodings), None)
    if encoding is None:
        raise BinaryPageError("the page is not text in any known encoding")
    text, notes = _decode_as(data, encoding)
    return text, encoding, notes


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(data: bytes, said: list[Declaration]) -> bool:
    bad, wide = _damage(data.decode("utf-8", "replace"))
    if any(one.codec == "utf-8" for one in said):
        return wide > 2 * bad or _cut_in_a_character(data)
    return _is_slight(bad, wide) or (not said and _cut_in_a_character(data))


def _damage(text: str) -> tuple[int, int]:
    """How many characters are what no page means, and how many are beyond ASCII."""
    return len(_NO_CHARACTER.findall(text)), len(text) - len(text.encode("ascii", "ignore"))


def _is_slight(bad: int, wide: int) -> bool:
    return bad <= max(1, _BAD_SHARE * wide) and wide > 3 * bad


def _reads_well(data: bytes, encoding: str) -> bool:
    """Whether a page in a declared encoding has hardly a broken character, and scripts do not mix."""
    text = _decode_as(data, encoding)[0]
    bad, wide = _damage(text)
    if bad and not _is_slight(bad, wide) and not (bad == 1 and text.endswith("\ufffd")):
        return False
    text = _foreign_lines(text)
    strange = sum(map(len, _RUN.findall(text))) + len(_STRAY.findall(text))
    odd = len(_CAMEL.findall(text)) + len(_SIGN_IN_WORD.findall(text))
    letters = len(_LETTER.findall(text))
    return strange <= max(_FEW, _STRANGE_SHARE * letters) and odd <= max(_FEW, _ODD_SHARE * letters)


def _foreign_lines(text: str) -> str:
    """The lines with characters beyond ASCII, without markup if that leaves any."""
    for part in (_MARKUP.sub(" ", text[:_LOOK_FOR_TEXT]), text):
        if lines := [line for line in part.split("\n") if not line.isascii()]:
            return "\n".join(lines)
    return text


def _is_outdone(sample: bytes, encoding: str) -> bool:
    """Whether the common words say that it is another encoding."""
    own = _known_words(sample, encoding)
    return any(_known_words(sample, other) > own + _SURE_WORDS for other in _ENCODINGS)


def _guess(sample: bytes) -> str | None:
    """The encoding by its common words, or by the detector's measures where there are few."""
    words = {encoding: _known_words(sample, encoding) for encoding in _ENCODINGS}
    usual = _usual_encoding(sample)

    def rank(encoding: str) -> tuple[int, bool, int]:
        return words[encoding], encoding == usual, -_ENCODINGS.index(encoding)

    best = max(_ENCODINGS, key=rank)
    if words[best] > _SURE_WORDS:
        return best
    from charset_normalizer import from_bytes  # slow to import, and seldom needed

    found = list(from_bytes(sample, cp_isolation=list(_ENCODINGS)))
    # the detector leaves neighbouring encodings level
    level = [match.encoding for match in found if match.chaos <= found[0].chaos + _LEVEL]
    return max(level, key=rank, default=None)


def _usual_encoding(sample: bytes) -> str:
    """The encoding usual for the language that its words in ASCII are most often of."""
    words = set(_WORD.findall(sample[:_LOOK].decode("ascii", "ignore").lower()))
    spoken = max(
        table("function_words"), key=lambda language: len(words & function_words(frozenset({language})))
    )
    return _USUAL.get(spoken, "cp1252")


def _cut_in_a_character(data: bytes) -> bool:
    """Whether all is UTF-8 but for a last character that is not whole."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.end == len(data) and error.start > 0
    return False


def _known_words(sample: bytes, encoding: str) -> int:
    """How many common words with letters beyond ASCII a text has, read in an encoding.

    Signs within words count against it; 0 if it does not fit, or if there are only chance finds.
    """
    sample = sample[:_LOOK]
    if not _reads_well(sample, encoding):
        return 0
    text = sample.decode(encoding, "replace").lower()
    wide = [word for word in _WORD.findall(text) if not word.isascii()]
    known = sum(word in function_words() for word in wide)
    return max(0, known - len(_SIGN_IN_WORD.findall(text))) if known > _CHANCE * len(wide) else 0
