"""The title of the whole page: what a page saved as text begins with (headline, then the publisher), or
what an HTML page tells machines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsclean.page import Passage
from newsclean.sitename import PARTING, PUBLISHER_WORDS, headline_part
from newsclean.structured import Structured

_LETTERS = re.compile(r"\w")
_LEAST_LETTERS, _LEAST_WORDS, _MOST_WORDS = 10, 4, 40
"""A shorter first line, in letters or words, may be a name or an entry of a menu."""
_HEADLINE_SHARE = 0.4
"""The least part of the page's title that its headline is."""
_NAMING_WORDS = 8
_AROUND_WORDS = 3
_APART_BEFORE, _APART_BEHIND = re.compile(r"[\d:|/]\s*$"), re.compile(r"\s*[(|/]")
_PIPE = re.compile(r"(?<!\s)\s+\|\s+")
"""No headline holds one: what follows is the site's."""


NOWHERE = -1


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.lower()))


@dataclass(frozen=True, slots=True)
class PageTitle:
    """The first line of the page, if it may be the page's title."""

    index: int
    """Where it stands; -1 for a title that the page only tells to machines."""
    headline: str
    """The title without the publisher's name, where that is sure: behind a pipe, or shown again."""
    forms: tuple[str, ...]
    words: frozenset[str]
    tail: frozenset[str]
    """What stands behind the headline, in letters: whole, and its parts."""

    @classmethod
    def read(cls, passages: Sequence[Passage], prose: int) -> PageTitle | None:
        """The first passage that is not empty, unless it is too short, or the story itself."""
        first = next((i for i, passage in enumerate(passages) if passage.words), prose)
        if first >= prose or passages[first].glued:
            return None
        plain = passages[first].plain
        few = len(plain.split()) < _LEAST_WORDS and plain.lower() != plain.upper()
        if few or len(_letters(plain)) < _LEAST_LETTERS or len(passages[first].words) > _MOST_WORDS:
            return None
        short = [_letters(p.plain) for p in passages[first + 1 :] if len(p.words) <= _NAMING_WORDS]
        piped = plain[: pipe.start()] if (pipe := _PIPE.search(plain)) else ""
        own = len(_letters(piped)) >= _LEAST_LETTERS and _letters(piped) in short
        bare = piped if own else headline_part(plain)
        rest = plain[len(bare) :]
        tail = frozenset(filter(None, map(_letters, (rest, *PARTING.split(rest)))))
        sure = _PIPE.match(rest) or any(_letters(rest) in line for line in short)
        forms = tuple(dict.fromkeys((_letters(plain), _letters(bare))))
        whole = passages[first].text
        headline = whole[: passages[first].text_offset(len(bare))] if sure else whole
        return cls(first, " ".join(headline.split()), forms, frozenset(bare.lower().split()), tail)

    @classmethod
    def told(cls, about: Structured) -> PageTitle | None:
        """The title in the structured data of an HTML page."""
        if about.title is None:
            return None
        site = frozenset(filter(None, [_letters(about.publisher or "")]))
        return cls(
            NOWHERE, about.title, (_letters(about.title),), frozenset(about.title.lower().split()), site
        )

    def publishes(self, passage: Passage) -> bool:
        """Whether a line is what stands behind the headline: the site's name."""
        return len(passage.words) <= PUBLISHER_WORDS and _letters(passage.plain) in self.tail

    def shown_in(self, passages: Sequence[Passage], i: int) -> str | None:
        """The headline, if a line is that, or that with a name or a date set apart from it."""
        if i == self.index:
            return self.headline
        before, found, after = " ".join(passages[i].text.split()).partition(self.headline)
        few = len(before.split()) <= _AROUND_WORDS >= len(after.split())
        apart = _APART_BEFORE.search(before) if before else _APART_BEHIND.match(after)
        return self.headline if found and few and apart and not (before and after) else None

    def again(self, passage: Passage) -> float:
        """How far, from 0 to 1, a line is this title: all of it, the headline in it, its words."""
        letters = _letters(passage.plain)
        if not letters:
            return 0.0
        if any(_opens_or_ends(letters, form) for form in self.forms):
            return 1.0
        own = frozenset(passage.plain.lower().split())
        return (2 * len(own & self.words) / max(1, len(own) + len(self.words))) ** 2


def _opens_or_ends(line: str, title: str) -> bool:
    """Whether a line is the title, a good part of it at its beginning or end, or goes on from it.

    A line that only ends in the title is a path of links to it.
    """
    part = len(line) >= _HEADLINE_SHARE * len(title) and (title.startswith(line) or title.endswith(line))
    return part or (line.startswith(title) and len(title) >= len(line) / 2)
