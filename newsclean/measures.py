"""What is counted in a page: for every passage a row of numbers about its shape and its place.

The words of a page are not looked at here beyond counting function words and repetition; the
phrases that furniture uses are the business of the rules, whose evidence is counted here.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from newsclean.data import function_words
from newsclean.evidence import CAPTION_ROLES, REMOVED_ROLES, TEXT_ROLES, Evidence, Role
from newsclean.language import spoken
from newsclean.nodes import NODE_MEASURES
from newsclean.page import Mark, Page, Passage
from newsclean.told import measure_told

Column: TypeAlias = NDArray[np.float64]

SURE = 5.0
"""The least weight of evidence from rules that makes a passage furniture, whatever its shape."""

FURNITURE: Mapping[str, frozenset[Role]] = {
    "related": frozenset({Role.RELATED}),
    "comment": frozenset({Role.COMMENT}),
    "plug": frozenset({Role.NEWSLETTER, Role.SUBSCRIBE, Role.APP, Role.ADVERT, Role.COOKIE}),
    "social": frozenset({Role.SOCIAL}),
    "legal": frozenset({Role.LEGAL}),
    "bio": frozenset({Role.BIO}),
    "tags": frozenset({Role.TAGS}),
    "navigation": frozenset({Role.NAVIGATION, Role.PLAYER, Role.OTHER}),
}
"""Kinds of furniture whose distance is measured."""
LANDMARKS: Mapping[str, frozenset[Role]] = {
    "byline": frozenset({Role.BYLINE}),
    "date": frozenset({Role.DATE}),
    "caption": CAPTION_ROLES,
}
"""Kinds of other lines whose distance is measured."""

_NONE = -1.0
"""Stands where something cannot be counted: a share of nothing, a neighbour beyond the page."""
_NEAR = 4
_WINDOW = 8
"""Passages to either side that count as near, and as around."""
_LEAST_PROSE = 10.0
"""Words of prose, in a run, from which a page has any."""
_SOME_PROSE = 0.3
_GOOD_PROSE = 0.4
_STORY_SHARE = 0.93
"""The part of a page's words in prose from which the page is an article and little else."""

_SENTENCE, _QUOTE, _COLON, _COMMA, _NO_ENDING = range(5)
_ENDINGS = {
    _SENTENCE: re.compile(r"""[.!?…。！？｡।۔؟]["')\]»」』]*$"""),
    _QUOTE: re.compile(r"""["'»」』]$"""),
    _COLON: re.compile(r"[:;]$"),
    _COMMA: re.compile(r"[,，、]$"),
}


@dataclass(frozen=True, slots=True)
class Measures:
    """The numbers of a page.

    ``columns`` maps a name to one number for each passage. ``strongest`` is what the rules take each
    passage for, and with what weight. ``has_prose`` says whether there is a run of passages with some
    sentences in it. ``plain_story`` marks the paragraphs of a page that is nearly all prose: an article
    alone. ``of_tree`` says whether the columns hold what the tree of an HTML page knows.
    """

    columns: Mapping[str, Column]
    strongest: list[tuple[Role, float]]
    has_prose: bool
    plain_story: list[bool]
    of_tree: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What is counted in one passage. Shares are 0 to 1, or ``_NONE``; ``prose`` too."""

    size: int
    ending: int
    function_share: float
    capital_share: float
    digit_share: float
    prose: float

    @property
    def like_headline(self) -> bool:
        """Whether it has the length of a headline and no full stop."""
        return 3 <= self.size <= 18 and self.ending in (_QUOTE, _NO_ENDING)

    @property
    def kind(self) -> str:
        """Word, headline, short or long sentence, paragraph, long line or other, as a letter."""
        if self.size < 3:
            return "w"
        if self.like_headline:
            return "H"
        if self.ending in (_SENTENCE, _QUOTE, _COLON):
            return "P" if self.size > 28 else "S" if self.size > 10 else "s"
        return "L" if self.size > 18 else "o"


def measure_page(
    page: Page, said: Sequence[Sequence[Evidence]], languages: frozenset[str] | None = None
) -> Measures:
    """Count all that is counted in a page with at least one passage.

    ``said`` is what rules, captions and neighbours say of every passage, ``languages`` what ``spoken``
    says of the page, if it was asked.
    """
    passages = page.passages
    common = function_words(spoken(passages) if languages is None else languages)
    shapes = [measure(passage, common) for passage in passages]
    against = [strongest(evidence) for evidence in said]
    furniture = [role if weight >= SURE and role in REMOVED_ROLES else None for role, weight in against]
    sure = np.array([role is not None for role in furniture])
    prose = _prose_of_page(shapes, sure)
    size = np.array([float(s.size) for s in shapes])
    core = _core(size, prose)
    words = ({w for w in p.words if len(w) > 3 and w not in common} for p in passages)
    columns = {
        **_own(passages, shapes),
        **_lay(passages),
        **_prose_columns(size, prose, core),
        **_neighbours(size, prose, shapes),
        **_patterns(shapes, sure),
        **_repetition(passages),
        **_topic(passages, words, prose, core),
        **beside("furniture", np.array([weight for _, weight in against])),
        "furniture-near": _window(sure, _NEAR),
        **_furniture_since(furniture, core[0]),
        **_landmarks(said),
        **_of_nodes(page),
    }
    story = size.sum() > 0 and size[prose >= _SOME_PROSE].sum() >= _STORY_SHARE * size.sum()
    has_prose = (size * prose)[core[0] : core[1]].sum() >= _LEAST_PROSE
    plain_story = [bool(story) and _is_paragraph(s) for s in shapes]
    return Measures(columns, against, bool(has_prose), plain_story, page.of_tree)


def _of_nodes(page: Page) -> dict[str, Column]:
    """What the tree of an HTML page and its structured data know of every passage; nothing of plain text."""
    if page.about is None:
        return {}
    rows = [passage.node.measures for passage in page.passages if passage.node is not None]
    told = measure_told(page.passages, page.about)
    return {
        **dict(zip(NODE_MEASURES, np.array(rows, float).T, strict=True)),
        **{name: np.array(values) for name, values in told.items()},
    }


def strongest(evidence: Sequence[Evidence]) -> tuple[Role, float]:
    """The role with the largest sum of weights; captions and credits count as one."""
    sums: dict[Role, float] = {}
    for item in evidence:
        if item.role in TEXT_ROLES:
            continue
        sums[item.role] = sums.get(item.role, 0.0) + item.weight
    if not sums:
        return Role.OTHER, 0.0
    if sums.keys() >= CAPTION_ROLES:
        sums[Role.CAPTION] += sums.pop(Role.CREDIT)
    best = max(sums, key=lambda role: sums[role])
    return (best, sums[best]) if sums[best] > 0 else (Role.OTHER, 0.0)


_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f\uf900-\ufaff]")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_CHARS_A_WORD = 2
"""Characters that count as one word in Chinese, Japanese, Korean and Thai."""


def measure(passage: Passage, common: frozenset[str]) -> Shape:
    """Count what one passage shows of prose; ``common`` are the page's function words."""
    plain, words = passage.plain, passage.words
    count = len(words)
    wide = len(_WIDE.findall(plain)) if not plain.isascii() else 0
    size = count if wide < 4 else max(count, wide // _CHARS_A_WORD)
    function_share = sum(map(common.__contains__, words)) / count if count else 0.0
    tokens = plain.split()
    capitals = len([t for t in tokens[1:] if t[0].isupper() or (t[0] in "\"'(" and t[1:2].isupper())])
    capital_share = capitals / (len(tokens) - 1) if len(tokens) > 1 else 0.0
    digits = _count_digits(plain) / len(plain) if plain else 0.0
    tail = plain[-4:]
    ending = next((ending for ending, sign in _ENDINGS.items() if sign.search(tail)), _NO_ENDING)
    if wide >= 4 and len(_SPACELESS.findall(plain)) >= 4:
        function_share = _NONE  # not to be counted in scripts without spaces
    prose = _prose(size, ending, function_share, capital_share)
    return Shape(size, ending, function_share, capital_share, digits, prose)


def _count_digits(plain: str) -> int:
    if not plain.isascii():
        return sum(map(str.isdigit, plain))
    data = plain.encode()
    return len(data) - len(data.translate(None, b"0123456789"))  # ten times as fast


_PROSE_WORDS = 25.0
"""Words from which a passage counts as prose in full."""


def _prose(size: int, ending: int, function_share: float, capital_share: float) -> float:
    value = min(size / _PROSE_WORDS, 1.0)
    value *= {_SENTENCE: 1.0, _QUOTE: 0.9, _COLON: 0.8}.get(ending, 0.4)
    if function_share >= 0:
        value *= min(function_share / 0.25, 1.0)
    return value * (1.0 if capital_share < 0.5 else 0.5)


def _prose_of_page(shapes: Sequence[Shape], sure: NDArray[np.bool_]) -> Column:
    """The prose of every passage; what is surely furniture has none."""
    if _language_known(shapes):
        prose = [s.prose for s in shapes]
    else:
        prose = [_prose(s.size, s.ending, _NONE, s.capital_share) for s in shapes]
    return np.where(sure, 0.0, np.array(prose, float))


_LOW_FUNCTION_SHARE = 0.12
"""Below this share of function words over a page's long lines, its language is not known."""


def _language_known(shapes: Sequence[Shape]) -> bool:
    long = [s for s in shapes if s.size >= 18 and s.ending == _SENTENCE]
    words = sum(s.size for s in long)
    if not words:
        return True
    return sum(s.size * abs(s.function_share) for s in long) / words >= _LOW_FUNCTION_SHARE


def _core(size: Column, prose: Column) -> tuple[int, int]:
    """The run of passages with the most prose (Kadane's algorithm)."""
    gains = np.minimum(size, 60) * prose - (3.0 + np.minimum(size, 12) * 0.5) * (1.0 - prose)
    best, best_run = 0.0, (0, 0)
    total, start = 0.0, 0
    for i, gain in enumerate(gains.tolist()):
        total += gain
        if total <= 0:
            total, start = 0.0, i + 1
        elif total > best:
            best, best_run = total, (start, i + 1)
    return best_run


def _is_paragraph(shape: Shape) -> bool:
    return shape.size >= (18 if shape.ending == _SENTENCE else 28)


_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]|\b\d{1,2}:\d\d\b")
_DATE_WORDS = 14
"""Longer lines with a date in them are no date lines."""


def _own(passages: Sequence[Passage], shapes: Sequence[Shape]) -> dict[str, Column]:
    """What is in the passage itself."""
    plain = [p.plain for p in passages]

    def count(of: Callable[[str], float]) -> Column:
        return np.array([of(text) for text in plain], float)

    return {
        "words": np.array([s.size for s in shapes], float),
        "ending": np.array([s.ending for s in shapes], float),
        "ellipsis": count(lambda t: t.endswith(("...", "…"))),
        "function-share": np.array([s.function_share for s in shapes]),
        "capital-share": np.array([s.capital_share for s in shapes]),
        "digit-share": np.array([s.digit_share for s in shapes]),
        "word-length": np.array([len(p.plain) / max(1, len(p.words)) for p in passages]),
        "longest-word": np.array([max(map(len, p.words), default=0) for p in passages], float),
        "commas": count(lambda t: t.count(",") + t.count(";")),
        "stops": count(lambda t: t.count(".") + t.count("!") + t.count("?")),
        "quotes": count(lambda t: t.count('"') + t.count("«") + t.count("「")),
        "brackets": count(lambda t: t.count("(")),
        "early-colon": count(lambda t: ":" in t[:40]),
        "start": count(_start),
        "sign": np.array([_sign(t, s.size) for t, s in zip(plain, shapes, strict=True)], float),
        "date-line": np.array(
            [s.size <= _DATE_WORDS and bool(_DATE.search(t)) for t, s in zip(plain, shapes, strict=True)],
            float,
        ),
    }


def _start(plain: str) -> int:
    """How it begins: 1 for a quotation mark, 2 a digit, 3 a small letter, 4 another letter, 5 any
    other sign; 0 for an empty passage."""
    first = plain[:1]
    if not first:
        return 0
    if first in "\"'«„「『":
        return 1
    if first.isdigit():
        return 2
    if first.isalpha():
        return 3 if first.islower() else 4
    return 5


_ODD = re.compile(r"[|•·▪►▶→»›]")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\b\w+\.(?:com|org|net)\b")
_IN_ADDRESS = ("://", "www.", "@", ".com", ".org", ".net")
"""Signs of which every address has one; to look for them is quicker than the pattern."""
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")


def _sign(plain: str, size: int) -> int:
    """The first of these that it shows, 0 for none: capitals only, a separator, an address, a
    clock time, a question, an exclamation; the last three in short lines."""
    if plain.isupper() and size > 1:
        return 1
    if _ODD.search(plain):
        return 2
    if any(sign in plain for sign in _IN_ADDRESS) and _ADDRESS.search(plain):
        return 3
    if size >= 18:
        return 0
    if (":" in plain or "." in plain) and _CLOCK.search(plain):
        return 4
    return 5 if plain.endswith("?") else 6 if plain.endswith("!") else 0


_MARKS = {mark: float(i) for i, mark in enumerate(Mark)}


def _lay(passages: Sequence[Passage]) -> dict[str, Column]:
    """How the passage is laid out in the page, and what its markup says."""
    gaps = np.array([float(min(p.gap, 3)) for p in passages])
    return {
        "gap": gaps,
        "gap-share": np.full(len(gaps), (gaps > 0).mean()),
        "mark": np.array([_MARKS[p.mark] for p in passages]),
        "link-share": np.array([p.link_share for p in passages]),
        "glued": np.array([float(p.glued) for p in passages]),
    }


def _prose_columns(size: Column, prose: Column, core: tuple[int, int]) -> dict[str, Column]:
    """Where the passage stands among the prose of the page."""
    n = len(size)
    index = np.arange(n, dtype=float)
    before = np.cumsum(size * prose)
    total, words = before[-1], size.sum()
    core_words = size[core[0] : core[1]].sum()
    return {
        "prose": prose,
        "from-core-start": index - core[0],
        "from-core-end": index - core[1],
        "core-passages": np.full(n, core[1] - core[0], float),
        "core-words": np.full(n, core_words),
        "core-share": np.full(n, core_words / (words + 1)),
        "prose-before": before,
        "prose-after": total - before,
        "prose-share-before": before / (total + 1),
        "around": _density(size, prose),
        "stretch": _stretches(prose),
        "passages": np.full(n, float(n)),
        "page-words": np.full(n, words),
        "place": index / n,
        "word-place": (np.cumsum(size) - size) / (words or 1),
    }


def _density(size: Column, prose: Column) -> Column:
    """The share of words that are prose in a window around each passage, itself left out."""
    total = _window(size, _WINDOW)
    good = _window(size * prose, _WINDOW)
    return np.divide(good, total, out=np.zeros_like(good), where=total > 0)


def _stretches(prose: Column) -> Column:
    """For each passage, how many passages without prose stand together with it."""
    lengths = np.zeros(len(prose))
    start = 0
    for i in [*np.flatnonzero(prose >= _SOME_PROSE).tolist(), len(prose)]:
        lengths[start:i] = i - start
        start = i + 1
    return lengths


def _neighbours(size: Column, prose: Column, shapes: Sequence[Shape]) -> dict[str, Column]:
    """The lengths and endings of what stands before and after."""
    ending = np.array([s.ending for s in shapes], float)
    count = _window(np.ones_like(size), 3) + 1
    mean = (_window(size, 3) + size) / count
    spread = np.sqrt(np.maximum((_window(size**2, 3) + size**2) / count - mean**2, 0.0))
    return {
        **beside("words", size),
        "prose-next": _shift(prose, 1),
        "prose-previous": _shift(prose, -1),
        "ending-next": _shift(ending, 1),
        "mean-words-near": mean,
        "spread-of-words-near": spread / (mean + 1),
        "mean-words-before": _mean_of(size, -_WINDOW, 0),
        "mean-words-after": _mean_of(size, 1, _WINDOW + 1),
    }


def _patterns(shapes: Sequence[Shape], sure: NDArray[np.bool_]) -> dict[str, Column]:
    """How much of the page are headlines and paragraphs, and whether the kinds of lines alternate."""
    kinds = np.array([ord("F" if s else shape.kind) for s, shape in zip(sure.tolist(), shapes, strict=True)])
    headline = np.array([s.like_headline for s in shapes], bool) & ~sure
    n = len(kinds)
    found = {
        "headlines-near": _window(headline, _NEAR),
        "headline-share": np.full(n, (kinds == ord("H")).mean()),
        "paragraph-share": np.full(n, (kinds == ord("P")).mean()),
        "paragraphs": np.full(n, float(np.isin(kinds, [ord("P"), ord("S")]).sum())),
    }
    for step in (1, 2, 3, 4):
        same = np.zeros(n)
        some = np.zeros(n)
        same[: max(0, n - step)] = kinds[: max(0, n - step)] == kinds[step:]
        some[: max(0, n - step)] = 1.0
        count = _window(some, _WINDOW // 2) + some
        hits = _window(same, _WINDOW // 2) + same
        found[f"alike-every-{step}"] = np.divide(hits, count, out=np.full(n, _NONE), where=count > 0)
    return found


def _repetition(passages: Sequence[Passage]) -> dict[str, Column]:
    """How much of the passage stands elsewhere on the page too."""
    words = [p.words for p in passages]
    whole = Counter(p.plain.lower() for p in passages)
    starts = Counter(tuple(w[:2]) for w in words if len(w) > 1)
    ends = Counter(tuple(w[-2:]) for w in words if len(w) > 1)
    return {
        "repeated": np.array([min(whole[p.plain.lower()], 5) for p in passages], float),
        "same-start": np.array([min(starts[tuple(w[:2])], 8) for w in words], float),
        "same-end": np.array([min(ends[tuple(w[-2:])], 8) for w in words], float),
        "said-elsewhere": _said_elsewhere(words),
    }


_RUN = 4
"""Words in a row that count as said again."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without a pattern (2 to the 64th over the golden ratio), so that runs of words get codes
of their own."""


def _said_elsewhere(words: Sequence[Sequence[str]]) -> Column:
    """The share of each passage's runs of words that another passage has too."""
    sizes = np.array([len(some) for some in words])
    numbers = _numbered(itertools.chain.from_iterable(words), int(sizes.sum())).astype(np.uint64)
    owners = np.repeat(np.arange(len(words), dtype=np.int32), sizes)
    count = max(0, len(numbers) - _RUN + 1)
    codes = np.zeros(count, np.uint64)
    for k in range(_RUN):
        codes = codes * _FACTOR + numbers[k : k + count]
    whole = owners[:count] == owners[_RUN - 1 :]
    codes, owners = codes[whole], owners[:count][whole]
    if not len(codes):
        return np.full(len(words), _NONE)
    order = np.argsort(codes, kind="stable")
    starts = np.append(0, np.flatnonzero(np.diff(codes[order])) + 1)
    ends = np.append(starts[1:], len(order))
    elsewhere = owners[order[starts]] != owners[order[ends - 1]]
    again = np.bincount(owners[order[np.repeat(elsewhere, ends - starts)]], minlength=len(words))
    total = np.bincount(owners, minlength=len(words))
    found: Column = np.divide(again, total, out=np.full(len(words), _NONE), where=total > 0)
    return found


def _numbered(words: Iterable[str], count: int) -> NDArray[np.intp]:
    """So many words as numbers, the same for the same word."""
    numbers: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    return np.fromiter(map(numbers.__getitem__, words), np.intp, count)


def _topic(
    passages: Sequence[Passage], words: Iterable[set[str]], prose: Column, core: tuple[int, int]
) -> dict[str, Column]:
    """How many of the passage's content words and names the main run of prose has too, and the
    passages around it; itself left out."""
    names = (
        {t.strip(".,;:!?\"'()»«").lower() for t in p.plain.split()[1:] if t[0].isupper()} for p in passages
    )
    place = np.arange(len(prose))
    inside = (place >= core[0]) & (place < core[1])
    told = inside & (prose >= _GOOD_PROSE)
    content = _Index(words)
    topic = content.known(told)
    return {
        "topic": topic,
        **beside("topic", topic),
        "names": _Index(names).known(told),
        "topic-outside": content.known(~inside),
        "topic-of-two-before": content.shared(2, before=True),
        "topic-of-two-after": content.shared(2, before=False),
        "topic-of-six-before": content.shared(6, before=True),
        "topic-of-six-after": content.shared(6, before=False),
    }


_NEVER = np.iinfo(np.intp).max


class _Index:
    """Which passage has which words, as numbers: one pair for each different word of a passage."""

    def __init__(self, words: Iterable[set[str]]) -> None:
        flat: list[str] = []
        sizes: list[int] = []
        for some in words:
            flat += some
            sizes.append(len(some))
        self._word = _numbered(flat, len(flat))
        self._size = np.array(sizes)
        self._owner = np.repeat(np.arange(len(sizes)), self._size)
        order = np.argsort(self._word, kind="stable")
        word, self._sorted = self._word[order], self._owner[order]
        self._steps = np.where(word[1:] == word[:-1], self._sorted[1:] - self._sorted[:-1], _NEVER)
        """From each pair to the next one with the same word, how many passages on that is."""

    def known(self, counted: NDArray[np.bool_]) -> Column:
        """The share of each passage's words that stand in those ``counted``, itself left out."""
        own = counted[self._owner]
        times = np.bincount(self._word[own], minlength=len(self._word))[self._word]
        return self._part(self._owner[times > own])

    def shared(self, reach: int, *, before: bool) -> Column:
        """The share of each passage's words that stand in so many passages before it, or after it."""
        ends = self._sorted[1:] if before else self._sorted[:-1]
        return self._part(ends[self._steps <= reach])

    def _part(self, owners: NDArray[np.intp]) -> Column:
        """The share of each passage's words that these are, told by their owners."""
        found = np.bincount(owners, minlength=len(self._size)).astype(float)
        part: Column = np.divide(found, self._size, out=np.full(len(found), _NONE), where=self._size > 0)
        return part


def _furniture_since(furniture: Sequence[Role | None], start: int) -> dict[str, Column]:
    """How far furniture of each kind is, and how much of it came since the main run of prose began."""
    hits = {kind: [role in roles for role in furniture] for kind, roles in FURNITURE.items()}
    return _distances(hits, start)


def _landmarks(said: Sequence[Sequence[Evidence]]) -> dict[str, Column]:
    """How far lines like bylines, dates and captions are, and how many came before."""
    hits = {
        kind: [bool(evidence) and any(e.role in roles for e in evidence) for evidence in said]
        for kind, roles in LANDMARKS.items()
    }
    return _distances(hits, 0)


_FAR = 40
"""Distances are counted up to here."""


def distance_names(kinds: Iterable[str]) -> tuple[str, ...]:
    """The names of the measures that tell how far these kinds are."""
    return tuple(f"{kind}-{what}" for kind in kinds for what in ("count", "since", "until"))


def _distances(hits_of: Mapping[str, Sequence[bool]], start: int) -> dict[str, Column]:
    """For each kind, how many hits there were from ``start`` on, and how far the nearest before
    and after is."""
    columns: list[Column] = []
    for hits in hits_of.values():
        n = len(hits)
        if not any(hits):
            columns += (np.zeros(n), np.full(n, float(_FAR)), np.full(n, float(_FAR)))
            continue
        places = np.flatnonzero(hits)
        index = np.arange(n)
        before = np.searchsorted(places, index, side="left")
        after = np.searchsorted(places, index, side="right")
        first = int(np.searchsorted(places, start))
        padded = np.concatenate([[-_FAR], places, [n + _FAR]])
        columns += (
            np.clip(before - first, 0, 30).astype(float),
            np.minimum(index - padded[before], _FAR).astype(float),
            np.minimum(padded[after + 1] - index, _FAR).astype(float),
        )
    return dict(zip(distance_names(hits_of), columns, strict=True))


def _window(values: Column | NDArray[np.bool_], reach: int) -> Column:
    """The sum over so many passages to either side, the passage itself left out."""
    n = len(values)
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=float)])
    index = np.arange(n)
    found: Column = sums[np.minimum(n, index + reach + 1)] - sums[np.maximum(0, index - reach)] - values
    return found


def _mean_of(values: Column, low: int, high: int) -> Column:
    """The mean of the passages from ``low`` to ``high`` (not included) after each."""
    n = len(values)
    sums = np.concatenate([[0.0], np.cumsum(values)])
    index = np.arange(n)
    first, last = np.clip(index + low, 0, n), np.clip(index + high, 0, n)
    found: Column = (sums[last] - sums[first]) / np.maximum(last - first, 1)
    return found


def beside(name: str, values: Column) -> dict[str, Column]:
    """The values of the two passages to either side of each."""
    return {
        f"{name}-next": _shift(values, 1),
        f"{name}-second-next": _shift(values, 2),
        f"{name}-previous": _shift(values, -1),
        f"{name}-second-previous": _shift(values, -2),
    }


def _shift(values: Column, by: int) -> Column:
    """The values of the passages ``by`` after each."""
    found = np.full(len(values), _NONE)
    if by > 0:
        found[:-by] = values[by:]
    else:
        found[-by:] = values[:by]
    return found
