"""What a profile says of a page: which of the passages that would be kept stand on its publisher's pages.

Whose page it is need not be told. A sentence that stands is furniture wherever it is met in the same
words; a short line only on a page that shows more of what its publisher's pages show. The place must fit:
what stands behind the prose of stories goes where three quarters of the story come before it, so that a
first paragraph stays though teasers repeat it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from newsclean.evidence import Evidence
from newsclean.page import Passage
from newsclean.profile import Profile
from newsclean.standing import LATE, SENTENCE_WORDS, Place, Standing, count_words, identify

RULE_ID = "profile.standing"
_OTHERS = 2
"""How many other blocks of its publisher a page shows on which a short line counts."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A block that stands on the pages of a publisher."""

    key: str
    stories: int
    standing: Standing

    def evidence(self) -> Evidence:
        """The reason to take it out."""
        one = self.standing
        why = f"Stands in {one.stories} of {self.stories} stories of {self.key} that were learned from."
        return Evidence(RULE_ID, one.role, one.weight, why)


Met: TypeAlias = Mapping[int, Sequence[_Known]]
"""The passages of a page that are known, by their indexes."""


class Memory:
    """A profile, ready to be asked about pages."""

    __slots__ = ("_known",)

    def __init__(self, profile: Profile) -> None:
        self._known: dict[str, list[_Known]] = {}
        for key, publisher in profile.publishers.items():
            for standing in publisher.standing:
                known = _Known(key, publisher.stories, standing)
                self._known.setdefault(standing.text, []).append(known)

    def recall(self, passages: Sequence[Passage], keep: Sequence[bool]) -> dict[int, Evidence]:
        """What it says of the passages that would be kept, by their indexes."""
        met = self._meet(passages)
        if not met:
            return {}
        before = list(accumulate(_story_words(passages, keep, met), initial=0))
        shown = Counter(key for key, _ in {(known.key, known.standing.text) for known in _all(met)})
        said: dict[int, Evidence] = {}
        for i, known in met.items():
            fitting = [
                one
                for one in known
                if keep[i]
                and _fits_place(one.standing.place, before[i], before[-1])
                and (not one.standing.is_line or shown[one.key] > _OTHERS)
            ]
            if fitting:
                said[i] = max(fitting, key=lambda one: (one.standing.weight, one.key)).evidence()
        return said

    def _meet(self, passages: Sequence[Passage]) -> Met:
        named = ((i, self._known.get(identify(p.text))) for i, p in enumerate(passages) if p.text)
        return {i: known for i, known in named if known}


def _all(met: Met) -> Iterator[_Known]:
    return (known for some in met.values() for known in some)


def _story_words(passages: Sequence[Passage], keep: Sequence[bool], met: Met) -> Iterator[int]:
    """For every passage the words that it adds to the prose of the story itself."""
    for i, passage in enumerate(passages):
        words = count_words(passage.plain) if keep[i] and i not in met else 0
        yield words if words >= SENTENCE_WORDS else 0


def _fits_place(place: Place, before: int, total: int) -> bool:
    """Whether a block that stands in a place is met there: behind so many words of the story's."""
    if place == "over":
        return before < total
    return before > (0 if place == "amid" else LATE * total)
