"""What encoding bytes are in, by how they read in it: broken characters, odd neighbours, common words."""

from __future__ import annotations

import contextlib
import re

from newsclean.data import function_words, table

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
_MARKUP = re.compile(r"(?is)<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)|<[^<>]*>")
_NO_CHARACTER = re.compile("[\x80-\x9f\ue000-\uf8ff\ufffd]")
_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_RUN = re.compile("[\xa1-\u024f]{4,}")
"""No language of Latin letters strings so many with accents together; others read as Latin do."""
_STRAY = re.compile(r"[A-Za-z][^\W\d_\x00-\u024f]|[^\W\d_\x00-\u024f][A-Za-z]")
"""A letter of another script within a word of ASCII letters."""
_USUAL = {"cs": "cp1250", "hu": "cp1250", "pl": "cp1250", "ro": "cp1250", "tr": "cp1254"}
"""Language -> its encoding, where that is another Latin one than cp1252."""
_WORD = re.compile(r"\w{2,}")
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¡-©«-´¶-¹»-¿×÷‚„†‡•‰‹›€™─-▟](?=[^\W\d_])")
_KANA = re.compile("[ぁ-んァ-ヶ]")
_CHANCE = 0.02
"""Share of common words among words with letters beyond ASCII that may come about by chance."""
_CAMEL = re.compile("[α-ωа-џ][Α-ΩЀ-Я]")
"""A capital behind a small letter."""
_STRANGE_SHARE, _ODD_SHARE, _FEW = 0.5, 0.1, 3
"""Above these shares of its letters, and this number, a page is not in an encoding."""
_SURE_WORDS = 3
"""With more than so many common words more, an encoding is sure to be the right one of two."""
_BAD_SHARE = 0.05
"""Up to this share of undecodable bytes among the non-ASCII ones, an encoding is still believed."""


def decode_as(data: bytes, encoding: str) -> tuple[str, list[str]]:
    """The text of bytes in an encoding, and a note if some are not in it."""
    for codec in (encoding, _WIDER.get(encoding, encoding)):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(codec), []
    text = data.decode(encoding, "replace")
    return text, [f"undecodable bytes were replaced by U+FFFD (read as {encoding})"]


def damage(text: str) -> tuple[int, int]:
    """How many characters are what no page means, and how many are beyond ASCII."""
    return len(_NO_CHARACTER.findall(text)), len(text) - len(text.encode("ascii", "ignore"))


def is_slight(bad: int, wide: int) -> bool:
    """Whether so many bad characters among the wide ones are but damage."""
    return bad <= max(1, _BAD_SHARE * wide) and wide > 3 * bad


def reads_well(data: bytes, encoding: str) -> bool:
    """Whether bytes read in an encoding have hardly a broken character, and letters that go together."""
    text = decode_as(data, encoding)[0]
    bad, wide = damage(text)
    if bad and not is_slight(bad, wide) and not (bad == 1 and text.endswith("\ufffd")):
        return False
    text = foreign_lines(text)
    strange = sum(map(len, _RUN.findall(text))) + len(_STRAY.findall(text))
    odd = len(_CAMEL.findall(text)) + len(_SIGN_IN_WORD.findall(text))
    letters = len(_LETTER.findall(text))
    return strange <= max(_FEW, _STRANGE_SHARE * letters) and odd <= max(_FEW, _ODD_SHARE * letters)


def foreign_lines(text: str) -> str:
    """The lines with characters beyond ASCII, without markup if that leaves any."""
    for part in (_MARKUP.sub(" ", text[:_LOOK_FOR_TEXT]), text):
        if lines := [line for line in part.split("\n") if not line.isascii()]:
            return "\n".join(lines)
    return text


def is_outdone(sample: bytes, encoding: str) -> bool:
    """Whether the common words say that it is another encoding."""
    own = _known_words(sample, encoding)
    return any(_known_words(sample, other) > own + _SURE_WORDS for other in _ENCODINGS)


def guess(sample: bytes) -> str | None:
    """The encoding by common words, or by the detector's measures where there are few; None for none."""
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


def _known_words(sample: bytes, encoding: str) -> int:
    """How many different common words with letters beyond ASCII a text has, read in an encoding.

    Kana count as words: they are the common ones of Japanese, which has no spaces. Signs within
    words count against it; 0 if it does not fit, or if there are only chance finds.
    """
    sample = sample[:_LOOK]
    if not reads_well(sample, encoding):
        return 0
    text = sample.decode(encoding, "replace").lower()
    wide = {word for word in _WORD.findall(text) if not word.isascii()}
    known = len(wide & function_words()) + len(set(_KANA.findall(text)))
    return max(0, known - len(set(_SIGN_IN_WORD.findall(text)))) if known > _CHANCE * len(wide) else 0
