"""The title of the whole page, which a page saved as text begins with: headline, then the publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsclean.page import Passage

_LETTERS = re.compile(r"\w")
_PARTING = re.compile(r"\s+[-|•·»:/]\s+|\s*[|｜：]\s*")
_LEAST_LETTERS, _LEAST_WORDS, _MOST_WORDS = 10, 4, 40
"""A shorter first line, in letters or words, may be a name or an entry of a menu."""
_HEADLINE_SHARE = 0.4
"""The least part of the page's title that its headline is."""
_PUBLISHER_WORDS = 5
_NAMING_WORDS = 8


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.lower()))


@dataclass(frozen=True, slots=True)
class PageTitle:
    """The first line of the page, if it may be the page's title."""

    index: int
    headline: str
    """The title without the publisher's name, where the page shows that name again."""
    forms: tuple[str, ...]
    words: frozenset[str]

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
        bare = headline_part(plain)
        rest = _letters(plain[len(bare) :])
        named = any(rest in _letters(p.plain) for p in passages[first + 1 :] if len(p.words) <= _NAMING_WORDS)
        forms = tuple(dict.fromkeys((_letters(plain), _letters(bare))))
        whole = passages[first].text
        headline = whole[: passages[first].text_offset(len(bare))] if named else whole
        return cls(first, " ".join(headline.split()), forms, frozenset(bare.lower().split()))

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


def headline_part(title: str) -> str:
    """A page's title without the publisher's name at its end."""
    cuts = list(_PARTING.finditer(title))
    for cut in reversed(cuts):
        rest = title[cut.end() :]
        if len(rest.split()) > _PUBLISHER_WORDS or cut.start() < len(title) / 2:
            break
        title = title[: cut.start()]
    return title.strip()
