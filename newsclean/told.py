"""What is counted of how far a page's structured data says the same as its passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

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
_MOST_WORDS = 100_000
"""Words of an article body that are looked at."""
_SPACELESS = r"\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f"
_TOKEN = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")
"""A word, or a character of a script that does not part words."""


def measure_told(passages: Sequence[Passage], about: Structured) -> dict[str, list[float]]:
    """For each measure, a number for each passage: shares from 0 to 1, or -1 where nothing is told."""
    split = [tokens(passage.plain) for passage in passages]
    title, description, body = (Told(text) for text in (about.title, about.description, about.article_body))
    in_body = [body.share(some) for some in split]
    ahead, behind = [*in_body[1:], _NOT_TOLD], [_NOT_TOLD, *in_body[:-1]]
    return {
        "told-title": [title.share(some) for some in split],
        "told-description": [description.share(some) for some in split],
        "told-body": in_body,
        "told-body-words": [float(body.size)] * len(split),
        "told-around": [max(pair) for pair in zip(ahead, behind, strict=True)],
    }


def tokens(text: str) -> list[str]:
    """The words of a text as they are compared; each character of a script that does not part words."""
    return _TOKEN.findall(text.lower())


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
        runs = list(_runs(words))
        return sum(run in self._runs for run in runs) / len(runs)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[i:] for i in range(_RUN)), strict=False)
