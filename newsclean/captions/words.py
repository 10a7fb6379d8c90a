"""The words of captions and credits, from credits.toml, as lists and as parts of patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from newsclean.data import table

LABEL_KINDS = ("photo", "image", "video", "graphic", "illustration", "file", "symbol")
"""The kinds of words that may stand before a credit."""
_WIDE_SIGNS = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **dict(zip("〔〕【】", "[][]", strict=True)),
    }
)


@cache
def words_of(*kinds: str) -> tuple[str, ...]:
    """The phrases of credits.toml of these kinds, of all languages, the longest first."""
    found = {w for words in table("credits").values() for kind in kinds for w in words.get(kind, ())}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


def either(phrases: Iterable[str]) -> str:
    """A pattern of any of these phrases, regardless of case."""
    return "(?i:" + "|".join(re.escape(p).replace(r"\ ", " ") for p in phrases) + ")"


@cache
def parts() -> Mapping[str, str]:
    """The named parts that the patterns of credit_forms.toml may use."""
    before = "(?:(?i:file|stock|handout|library|main|lead|cover|featured|rep) )?"
    behind = "(?:[ /-]?(?i:copyright|credits?|courtesy|source))?"
    kinds = {k for words in table("credits").values() for k in words}
    return {
        **{kind: either(words_of(kind)) for kind in kinds},
        "label": before + either(words_of(*LABEL_KINDS)) + behind,
        "old": either(words_of("file", "symbol")),
        **table("credit_forms")["define"],
    }


def narrow(plain: str) -> str:
    """The same text, sign by sign, with full-width letters, digits and brackets made plain."""
    return plain if plain.isascii() else plain.translate(_WIDE_SIGNS)
