"""What kind of picture a caption says that it belongs to."""

from __future__ import annotations

import re
from functools import cache

from newsclean.captions.forms import FILE_PREFIX
from newsclean.captions.words import either, words_of
from newsclean.rules.patterns import Pattern, compile_pattern

_BY_LABEL = (
    ("graphic", "graphic"),
    ("illustration", "illustration"),
    ("video", "video"),
    ("file", "file photo"),
    ("symbol", "stock photo"),
    ("photo", "photo"),
)
"""Kind of word in credits.toml -> kind of picture; what tells more comes first."""
_BEHIND = re.compile(r"[ /-]?(?:copyright|credits?|courtesy|source|by)$")
_WORD = re.compile(r"[^\s()\[\]:=|.]+(?: [^\s()\[\]:=|.]+)*")


def kind_of(plain: str, label: str, credit: str) -> str | None:
    """ "photo", "video", "graphic", "illustration", "file photo" or "stock photo"; None where nothing says.

    ``plain`` is the whole caption as printed, ``label`` the word before its credit.
    """
    for name, kind in _BY_LABEL[:3]:
        if _names(label, name):
            return kind
    if FILE_PREFIX.match(plain):
        return "file photo"
    for name, kind in _BY_LABEL[3:5]:
        if _names(label, name) or credit.lower() in words_of(name) or _in_brackets(name).search(plain):
            return kind
    return "photo" if _names(label, "photo") else None


def tells_more(label: str) -> bool:
    """Whether the word before a credit is one for a video, a graphic or a drawing, and not for a photograph."""
    return (
        bool(label) and not _names(label, "photo") and any(_names(label, name) for name, _ in _BY_LABEL[:3])
    )


def _names(label: str, kind: str) -> bool:
    found = _WORD.search(label.lower())
    word = found.group() if found else ""
    words = words_of(kind)
    return bool(word) and (word in words or _BEHIND.sub("", word) in words or word.split()[0] in words)


@cache
def _in_brackets(kind: str) -> Pattern:
    return compile_pattern(rf"[(\[]\s*{either(words_of(kind))}[^()\[\]\p{{L}}]{{0,12}}[)\]:]")
