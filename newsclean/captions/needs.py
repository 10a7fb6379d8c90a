"""What keeps the forms of credits from fitting prose: what a credit, and the text before it, have to be."""

from __future__ import annotations

import re

from newsclean.captions.credits import NAME_BREAK, is_agency, photographer_in
from newsclean.captions.words import words_of

LONE_CREDIT_WORDS = 14
_WIDE_CREDIT = 30
"""Characters of a credit in a script without spaces."""
_LINE_WORDS = 6
_NAMES = 0.6
"""The least part of a credit's words that do not begin with a small letter."""
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_BEHIND = re.compile(r"\w{3}[.。]\s*\w")
_NAME_WORDS = 6


def is_name(line: str) -> bool:
    """Whether a line has nothing but the words of a name: a few, and none with a small letter ahead."""
    words = line.split()
    return (
        0 < len(words) <= _NAME_WORDS and line[-1] not in ".!?:," and not any(w[0].islower() for w in words)
    )


def is_credible(needs: frozenset[str], text: str, credit: str) -> bool:
    """Whether this can be a credit: short, no sentence, and what its form needs."""
    if not 0 < len(credit.split()) <= LONE_CREDIT_WORDS or "!" in credit or "?" in credit:
        return False
    if _WIDE.search(credit) and len(credit) > _WIDE_CREDIT:
        return False
    if "names" in needs and not _is_names(credit):
        return False
    if "capital" in needs and credit[0].islower() and not _stands_in(credit):
        return False
    if "agency" in needs and not _has_agency(credit):
        return False
    if "who" in needs and not (_has_agency(credit) or photographer_in(credit)):
        return False
    if "words" in needs and "/" not in credit:
        return not text or len(text.split()) >= _LINE_WORDS - 1 or bool(_WIDE.search(text))
    return "line" not in needs or _is_line(text)


def _stands_in(credit: str) -> bool:
    return credit.lower().startswith(words_of("stand_in", "provided")) or _has_agency(credit)


def _has_agency(credit: str) -> bool:
    parts = NAME_BREAK.split(credit.replace("(", "/"))
    return any(is_agency(part.strip(" .)]")) for part in parts)


def _is_names(credit: str) -> bool:
    if _SENTENCE_BEHIND.search(credit):
        return False
    words = [word for word in credit.split() if word[0].isalpha()]
    capitals = sum(not word[0].islower() for word in words)
    return capitals >= _NAMES * len(words) or credit.lower() in words_of("stand_in") or _has_agency(credit)


def _is_line(text: str) -> bool:
    words = text.split()
    return len(words) >= _LINE_WORDS and sum(word[0].isupper() for word in words) < 0.7 * len(words)
