"""What is counted of how far a page's structured data says the same as its passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from newsclean.page import Passage
from newsclean.structured import Structured

TOLD_FAMILIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "told": (
        "How much of it the page's structured data repeats: in its title, description or article body.",
        ("told-title", "told-description", "told-body", "told-body-words", "told-around"),
    ),
}
"""Family of evidence -> why, and the measures that belong to it."""

_NOT_TOLD = -1.0
_RUN = 3
"""Words that have to stand together in both."""
_Run: TypeAlias = tuple[str, str, str]
_MOST_WORDS = 100_000
"""Words of an article body that are looked at."""
_SPACELESS = r"\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f"
_IS_SPACELESS = re.compile(rf"[{_SPACELESS}]")
_TOKEN = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")
"""A word, or a character of a script that does not part words."""


def measure_told(passages: Sequence[Passage], about: Structured) -> dict[str, list[float]]:
    """For each measure, a number for each passage: shares from 0 to 1, or -1 where nothing is told."""
    split = [tokens_of(passage) for passage in passages]
    runs = [list(_runs(some)) for some in split]
    title, description, body = (Told(text) for text in (about.title, about.description, about.article_body))
    in_body = body.shares(split, runs)
    ahead, behind = [*in_body[1:], _NOT_TOLD], [_NOT_TOLD, *in_body[:-1]]
    return {
        "told-title": title.shares(split, runs),
        "told-description": description.shares(split, runs),
        "told-body": in_body,
        "told-body-words": [float(body.size)] * len(split),
        "told-around": [max(pair) for pair in zip(ahead, behind, strict=True)],
    }


def tokens(text: str) -> list[str]:
    """The words of a text as they are compared; each character of a script that does not part words."""
    return _TOKEN.findall(text.lower())


def tokens_of(passage: Passage) -> list[str]:
    """The same of a passage, whose words they are unless its script does not part words."""
    plain = passage.plain
    return tokens(plain) if not plain.isascii() and _IS_SPACELESS.search(plain) else passage.words


class Told:
    """A text that tells of the article, ready to be compared with."""

    def __init__(self, text: str | None) -> None:
        lines = [tokens(line) for line in (text or "").split("\n")]
        words = list(islice((word for line in lines for word in line), _MOST_WORDS))
        self.size = len(words)
        self._lines = {tuple(line) for line in lines}
        self._runs = set(_runs(words))

    def share(self, words: Sequence[str]) -> float:
        """The part of a passage's runs of words that stand in the text too; -1 if either has no words."""
        if not self.size or not words:
            return _NOT_TOLD
        if len(words) < _RUN:
            return float(tuple(words) in self._lines)
        return self._part(list(_runs(words)))

    def shares(self, split: Sequence[Sequence[str]], runs: Sequence[Sequence[_Run]]) -> list[float]:
        """The share of each of several passages, of which the runs are known."""
        if not self.size:
            return [_NOT_TOLD] * len(split)
        return [
            self._part(some) if some else self.share(words) for words, some in zip(split, runs, strict=True)
        ]

    def _part(self, runs: Sequence[_Run]) -> float:
        return sum(map(self._runs.__contains__, runs)) / len(runs)


def _runs(words: Sequence[str]) -> Iterator[_Run]:
    return zip(words, words[1:], words[2:], strict=False)
