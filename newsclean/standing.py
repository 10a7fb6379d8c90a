"""Which blocks of a publisher's pages are standing furniture, and which repeat but are article.

Measured on real pages, short lines that repeat in the text of several stories are subheadings nearly
always ("Pros", "What happens next"), sentences that do are furniture nearly always. So what counts is how
long a block is, in how many different stories it stands, and where:

- in two versions of one story everything repeats: pages that share half of their prose are one story;
- a teaser repeats the first paragraph of another story: what is ever kept ahead of prose of its own page
  is article, but for what is put into most stories in the same words;
- a sentence that a few reports end in stays: behind the prose it takes half of all stories.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import accumulate
from math import log2
from sys import intern
from typing import Literal, NamedTuple, TypeAlias, get_args

from newsclean.evidence import REMOVED_ROLES, TEXT_ROLES, Role
from newsclean.page import make_plain

Place = Literal["over", "amid", "behind"]
"""Where a block stands: before the first prose of the story, in its midst, or behind it."""

_WHOLE, _CLIPPED = 200, 100
"""Characters up to which a block is held whole, and how many are held of a longer one."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]{2}|\w+")
"""A word, or two characters of a script that does not part words."""
_LONG = re.compile(r"… #[0-9a-f]{16}$")
_LONG_WORDS = 40
"""Words that a block counts for of which only the beginning is held."""

SENTENCE_WORDS, LINE_WORDS = 8, 3
"""Words from which a block is a sentence, and a line; what is shorter never stands."""
MIN_STORIES, _SHARE = 3, 0.5
"""Stories, and the share of all, in which a sentence stands behind the prose."""
_SHARE_REMOVED, _KEPT = 0.25, 0.25
"""The share of all for a sentence that is kept in at most such a share of its stories; it takes one more."""
_LEAST_LINE = 8
"""Stories in which a short line stands behind the prose."""
_LEAST_AHEAD, _SHARE_AHEAD = 8, 0.6
"""Stories, and the share of all, in which a sentence is kept over or amid the prose, or near its end."""
LATE = 0.75
"""The part of a story's prose behind which a place is near its end."""
_ASTRAY = 0.1
"""The share of its stories in which a block may be taken for metadata or a caption, and in which a
sentence that stands behind the prose may come earlier."""
_SAME_STORY = 0.5
"""The part of its prose that a page shares with another version of its story."""
_LEAST_OWN = 0.3
"""The part of a page's prose that is no common text of the publisher, if the page is a story."""
_LEAST_WEIGHT, _MOST_WEIGHT, _DOUBLED = 5.5, 8.0, 0.5
"""The weight of standing in as many stories as it takes, the largest, and what twice as many add."""


class Seen(NamedTuple):
    """A block as it stood on a page: what is compared of it, and its role there."""

    text: str
    role: Role


Blocks: TypeAlias = tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A block of standing furniture.

    ``text`` is what is compared of it: small letters, signs and spaces made plain, of more than 200
    characters the first 100 and a digest. It stood on ``stories`` different stories and was taken for the
    article's text in ``kept`` of them. ``role`` is what it was taken for elsewhere.
    """

    text: str
    role: Role
    place: Place
    stories: int
    kept: int

    def __post_init__(self) -> None:
        if self.role not in REMOVED_ROLES:
            raise ValueError(f"role {self.role.value!r} is no role of furniture")
        if self.place not in get_args(Place):
            raise ValueError(f"place {self.place!r} is none of {', '.join(get_args(Place))}")

    @property
    def is_line(self) -> bool:
        """Whether it is too short to tell anything but on a page of its publisher."""
        return count_words(self.text) < SENTENCE_WORDS

    @property
    def weight(self) -> float:
        """What it weighs as evidence, 5.5 to 8: the more the more stories have it."""
        more = log2(max(self.stories, MIN_STORIES) / MIN_STORIES)
        return min(_MOST_WEIGHT, _LEAST_WEIGHT + _DOUBLED * more)


def identify(text: str) -> str:
    """What is compared of a block: its text in small letters with signs and spaces made plain.

    Of more than 200 characters the first 100 stand, and a digest of all. Figures stay as they are: what
    repeats but for its figures may be the report that a machine writes every day.
    """
    plain = " ".join(make_plain(text).casefold().split())
    if len(plain) > _WHOLE:
        plain = f"{plain[:_CLIPPED]}… #{digest(plain)}"
    return intern(plain)


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that stand for a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def count_words(text: str) -> int:
    """The words of what is compared of a block."""
    return _LONG_WORDS if _LONG.search(text) else len(_WORD.findall(text))


def find_standing(
    pages: Mapping[str, Blocks], min_stories: int = MIN_STORIES
) -> tuple[int, tuple[Standing, ...]]:
    """How many different stories the pages are, and the blocks that stand on them, the most frequent first.

    ``pages`` maps the digest of each page to its blocks; their order makes no difference. ``min_stories`` is
    the least number of stories in which a sentence stands behind the prose.
    """
    words = {text: count_words(text) for text in {b.text for blocks in pages.values() for b in blocks}}
    stories = [pages[name] for name in _stories(pages, words)]
    places = _count_places(stories, words, min_stories)
    found = [
        standing
        for text, count in places.items()
        if (standing := _judge(text, words[text], count, len(stories), min_stories))
    ]
    return len(stories), tuple(sorted(found, key=lambda s: (-s.stories, s.text)))


def _stories(pages: Mapping[str, Blocks], words: Mapping[str, int]) -> Iterator[str]:
    """The pages that are different stories: of the versions of one, that with the most prose."""
    prose = {name: _prose(blocks, words) for name, blocks in pages.items()}
    common = _common(prose.values())
    own = {name: texts - common for name, texts in prose.items()}

    def size(texts: Iterable[str]) -> int:
        return sum(words[text] for text in texts)

    holders: dict[str, list[str]] = {}
    for name in sorted(own, key=lambda name: (-size(own[name]), name)):
        total = size(own[name])
        if not total or total < _LEAST_OWN * size(prose[name]):
            continue
        shared: Counter[str] = Counter()
        for text in own[name]:
            for other in holders.get(text, ()):
                shared[other] += words[text]
        if max(shared.values(), default=0) < _SAME_STORY * total:
            yield name
            for text in own[name]:
                holders.setdefault(text, []).append(name)


def _prose(blocks: Blocks, words: Mapping[str, int]) -> frozenset[str]:
    """The sentences of a page that were taken for its text."""
    return frozenset(block.text for block in blocks if _is_prose(block, words))


def _is_prose(block: Seen, words: Mapping[str, int]) -> bool:
    return block.role in TEXT_ROLES and words[block.text] >= SENTENCE_WORDS


def _common(prose: Iterable[frozenset[str]]) -> frozenset[str]:
    """Sentences that nearly every page of a publisher has, so that they tell nothing of its story."""
    of_pages = list(prose)
    counts = Counter(text for texts in of_pages for text in texts)
    least = max(_LEAST_AHEAD, _SHARE_AHEAD * len(of_pages))
    return frozenset(text for text, count in counts.items() if count >= least)


@dataclass(slots=True)
class _Count:
    """In how many stories a block stands, and where in those in which it is kept.

    ``first`` is before all other prose, ``early`` and ``late`` amid it, and the rest behind it.
    """

    stories: int = 0
    kept: int = 0
    first: int = 0
    early: int = 0
    late: int = 0
    described: int = 0
    roles: Counter[Role] = field(default_factory=Counter)


def _count_places(stories: Sequence[Blocks], words: Mapping[str, int], min_stories: int) -> dict[str, _Count]:
    spread = Counter(text for blocks in stories for text in {block.text for block in blocks})
    counts: dict[str, _Count] = {}
    for blocks in stories:
        # How much prose that no other story has stands before each block: there the story has begun.
        own = [words[b.text] if spread[b.text] == 1 and _is_prose(b, words) else 0 for b in blocks]
        before = list(accumulate(own, initial=0))
        for text, places in _by_text(blocks).items():
            if spread[text] < min_stories:
                continue
            count = counts.setdefault(text, _Count())
            roles = {blocks[i].role for i in places}
            count.stories += 1
            count.described += bool(roles - TEXT_ROLES - REMOVED_ROLES)
            count.roles.update(roles & REMOVED_ROLES)
            kept = [before[i] for i in places if blocks[i].role in TEXT_ROLES]
            if kept:
                count.kept += 1
                _count_place(count, min(kept), before[-1])
    return counts


def _count_place(count: _Count, before: int, total: int) -> None:
    """Count where a block is kept: with so many words of the story before it, of all that it has."""
    if before == total:
        return
    if not before:
        count.first += 1
    elif before < LATE * total:
        count.early += 1
    else:
        count.late += 1


def _by_text(blocks: Blocks) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for i, block in enumerate(blocks):
        places.setdefault(block.text, []).append(i)
    return places


def _judge(text: str, words: int, count: _Count, stories: int, min_stories: int) -> Standing | None:
    """The block as standing furniture, if it is."""
    if count.described > _ASTRAY * count.stories or words < LINE_WORDS:
        return None
    astray = count.first + count.early
    behind = count.stories - astray - count.late
    most = max(_LEAST_AHEAD, _SHARE_AHEAD * stories)
    place: Place = "behind"
    if words < SENTENCE_WORDS:
        stands = behind == count.stories >= max(_LEAST_LINE, _SHARE * stories)
    elif astray >= most:
        place = "over" if 2 * count.first > astray else "amid"
        stands = True
    elif count.kept <= _KEPT * count.stories:
        stands = behind == count.stories >= max(min_stories + 1, _SHARE_REMOVED * stories)
    elif astray > _ASTRAY * count.stories:
        stands = False
    else:
        stands = behind >= max(min_stories, _SHARE * stories) or behind + count.late >= most
    return Standing(text, _role(count), place, count.stories, count.kept) if stands else None


def _role(count: _Count) -> Role:
    """What a block is taken for most often where it is not taken for text."""
    return min(count.roles, key=lambda role: (-count.roles[role], role), default=Role.OTHER)
