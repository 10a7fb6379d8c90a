"""Which languages a page speaks, told by its function words and scripts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain

from newsclean.data import table
from newsclean.page import Passage

_LINE_WORDS = 8
"""Shorter lines are menus and labels, which often speak another language than the article."""
_SAMPLE = 3000
"""Words that are looked at."""
_LEAST = 12
"""Fewer function words than this tell nothing."""
_CLOSE = 0.7
"""A language with this part of the best one's function words may be spoken as well."""
_SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
}
_ANY_SCRIPT = re.compile("|".join(sign.pattern for sign in _SCRIPTS.values()))
_SCRIPT_SHARE = 0.2


def spoken(passages: Sequence[Passage]) -> frozenset[str]:
    """The languages of the page's longer lines, ISO 639-1; empty where that cannot be told.

    Close relatives (Danish and Norwegian, Spanish and Galician) may come together.
    """
    return _close(_counts(passages))


def _close(counts: Counter[str]) -> frozenset[str]:
    best = max(counts.values(), default=0)
    return frozenset(language for language, count in counts.items() if count >= _CLOSE * best)


def main_language(passages: Sequence[Passage], told: str | None = None) -> str | None:
    """The language that most of the passages are in, ISO 639-1, or None where that cannot be told.

    ``told`` is what the page says itself: believed unless the text is plainly in another language.
    """
    counts = _counts(passages)
    if told and (not counts or told in _close(counts) or told not in told_languages()):
        return told
    return max(counts, key=lambda language: (counts[language], language), default=None)


def _counts(passages: Sequence[Passage]) -> Counter[str]:
    """How many function words of each language stand in the longer lines; none if too few do."""
    sample = _sample(passages)
    script = _script(sample)
    if script:
        return Counter({script: 1})
    counts: Counter[str] = Counter()
    owners = _owners()
    for word, times in Counter(chain.from_iterable(p.words for p in sample)).items():
        for language in owners.get(word, ()):
            counts[language] += times
    return counts if max(counts.values(), default=0) >= _LEAST else Counter()


def _sample(passages: Sequence[Passage]) -> list[Passage]:
    """The longest passages, up to so many words: where the article is."""
    found, words = [], 0
    for passage in sorted(passages, key=lambda p: -len(p.plain)):
        if words > _SAMPLE or len(passage.plain) < 4 * _LINE_WORDS:
            break
        found.append(passage)
        words += len(passage.words)
    return found


def _script(sample: Sequence[Passage]) -> str | None:
    text = "".join(p.plain[:500] for p in sample[:20])
    if not text or text.isascii() or not _ANY_SCRIPT.search(text):
        return None
    kana, hangul, han = (len(sign.findall(text)) / len(text) for sign in _SCRIPTS.values())
    if kana + han + hangul < _SCRIPT_SHARE:
        return None
    if hangul > kana + han:
        return "ko"
    return "ja" if kana > han / 10 else "zh"


@cache
def told_languages() -> frozenset[str]:
    """All languages that ``spoken`` can tell."""
    return frozenset(table("function_words")) | frozenset(_SCRIPTS)


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    """Function word -> the languages that have it."""
    found: dict[str, list[str]] = {}
    for language, words in table("function_words").items():
        for word in set(words.split()):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}
