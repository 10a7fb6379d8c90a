"""Where the article is: measurements of every passage, and what they say for the body.

The words of a page are not looked at here beyond counting function words; the phrases that
furniture uses are the business of the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from newsclean.data import function_words, table
from newsclean.evidence import Evidence, Role
from newsclean.language import spoken
from newsclean.page import Page, Passage

_SENTENCE_END = re.compile(r"""[.!?…。！？｡।۔؟]["')\]»」』]*$""")
_ENDINGS = (
    ("sentence", _SENTENCE_END),
    ("quote", re.compile(r"""["'»」』]$""")),
    ("colon", re.compile(r"[:;]$")),
    ("comma", re.compile(r"[,，、]$")),
)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f\uf900-\ufaff]")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_CHARS_A_WORD = 2
"""Characters that count as one word in Chinese, Japanese, Korean and Thai."""
_ODD = re.compile(r"[|•·▪►▶→»›]")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\b\w+\.(?:com|org|net)\b")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")

_SIZES = (1, 2, 3, 5, 8, 12, 18, 28, 46)
_SHARES = (0.08, 0.16, 0.24, 0.32, 0.42)
_WINDOW = 8
_PROSE_WORDS = 25.0
"""Words from which a passage counts as prose in full."""
_LOW_FUNCTION_SHARE = 0.12
"""Below this share of function words over a page's long lines, its language is not known."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is counted in one passage. Shares are 0 to 1; ``prose`` too."""

    size: int
    ending: str
    function_share: float
    capital_share: float
    digit_share: float
    prose: float


def features(page: Page, furniture: Sequence[Role | None]) -> list[list[tuple[str, str]]]:
    """For each passage, its (family, value) pairs, looked up in the table of weights.

    ``furniture`` says of each passage the role that rules are sure of, if it is furniture.
    """
    passages = page.passages
    common = function_words(spoken(passages))
    measured = [measure(p, common) for p in passages]
    known = _language_known(measured)
    sure = [role is not None for role in furniture]
    prose = _prose_of_page(measured, sure, known)
    core = _core(measured, prose)
    clean = _cleanness(measured, prose)
    topic = _cohesion(passages, prose, core, common)
    comments = _count_from(core[0], furniture, Role.COMMENT)
    kinds = "".join("F" if f else _letter(m) for f, m in zip(sure, measured, strict=True))
    headlines = _window([_like_headline(m) and not s for m, s in zip(measured, sure, strict=True)])
    signs_near = _window(sure)
    repeated = Counter(p.plain.lower() for p in passages)
    stretch = _stretches(prose)
    around = _density(measured, prose)
    spaced = sum(1 for p in passages if p.gap) > 0.3 * len(passages)
    found: list[list[tuple[str, str]]] = []
    for i, (passage, m) in enumerate(zip(passages, measured, strict=True)):
        found.append(
            [
                ("length", f"{clean}-{_bin(m.size, _SIZES)}"),
                ("ending", f"{m.ending}-{_bin(m.size, (5, 10, 20))}"),
                ("function-words", _function_bin(m, known)),
                ("capitals", str(_bin(m.capital_share, (0.15, 0.3, 0.5, 0.8))) if m.size > 3 else "na"),
                ("digits", str(_bin(m.digit_share, (0.01, 0.1, 0.3)))),
                ("before", _neighbour(prose, i, -1)),
                ("after", _neighbour(prose, i, 1)),
                ("around", f"{_bin(around[i], (0.1, 0.3, 0.5, 0.7, 0.85))}-{_bin(m.size, (5, 18))}"),
                ("place", f"{clean}-{_place(i, core)}"),
                ("repeated", _repetition(repeated[passage.plain.lower()], m.size, core[0] <= i < core[1])),
                ("stretch", f"{_bin(stretch[i], (1, 2, 3, 6, 11, 25))}"),
                ("spacing", f"{'spaced' if spaced else 'dense'}-{min(passage.gap, 2)}"),
                ("markup", _markup(passage)),
                ("start", _start(passage.plain)),
                ("signs", _signs(passage.plain, m.size)),
                ("topic", f"{topic[i]}-{_region(i, core)}-{_bin(m.size, (8, 18))}"),
                ("comments", f"{_bin(comments[i], (1, 2, 5))}-{_region(i, core)}-{_bin(m.size, (5, 18))}"),
                ("two-before", f"{kinds[i]}-{kinds[i - 1] if i else '^'}{kinds[i - 2] if i > 1 else '^'}"),
                ("two-after", f"{kinds[i]}-{(kinds + '$$')[i + 1]}{(kinds + '$$')[i + 2]}"),
                ("headlines", f"{_bin(headlines[i], (1, 2, 4, 6))}-{_shape(m)}"),
                ("furniture", f"{_bin(signs_near[i], (1, 2, 4, 6))}-{_bin(m.size, (5, 18))}"),
            ]
        )
    return found


def measure(passage: Passage, common: frozenset[str]) -> Measures:
    """Count what one passage shows of prose; ``common`` are the page's function words."""
    plain, words = passage.plain, passage.words
    count = len(words)
    wide = len(_WIDE.findall(plain)) if not plain.isascii() else 0
    size = count if wide < 4 else max(count, wide // _CHARS_A_WORD)
    function_share = sum(1 for w in words if w in common) / count if count else 0.0
    tokens = plain.split()
    capitals = sum(1 for t in tokens[1:] if t[0].isupper() or (t[0] in "\"'(" and t[1:2].isupper()))
    capital_share = capitals / (len(tokens) - 1) if len(tokens) > 1 else 0.0
    digits = sum(map(str.isdigit, plain)) / len(plain) if plain else 0.0
    ending = next((name for name, sign in _ENDINGS if sign.search(plain[-4:])), "none")
    if wide >= 4 and len(_SPACELESS.findall(plain)) >= 4:
        function_share = -1.0  # not to be counted in scripts without spaces
    return Measures(
        size,
        ending,
        function_share,
        capital_share,
        digits,
        _prose(size, ending, function_share, capital_share),
    )


def _prose(size: int, ending: str, function_share: float, capital_share: float) -> float:
    value = min(size / _PROSE_WORDS, 1.0)
    value *= {"sentence": 1.0, "quote": 0.9, "colon": 0.8}.get(ending, 0.4)
    if function_share >= 0:
        value *= min(function_share / 0.25, 1.0)
    return value * (1.0 if capital_share < 0.5 else 0.5)


def _prose_of_page(measured: Sequence[Measures], furniture: Sequence[bool], known: bool) -> list[float]:
    """The prose of every passage; what is surely furniture has none."""
    prose = []
    for m, sure in zip(measured, furniture, strict=True):
        value = m.prose if known else _prose(m.size, m.ending, -1.0, m.capital_share)
        prose.append(0.0 if sure else value)
    return prose


def _language_known(measured: Sequence[Measures]) -> bool:
    long = [m for m in measured if m.size >= 18 and m.ending == "sentence"]
    words = sum(m.size for m in long)
    if not words:
        return True
    return sum(m.size * abs(m.function_share) for m in long) / words >= _LOW_FUNCTION_SHARE


def _core(measured: Sequence[Measures], prose: Sequence[float]) -> tuple[int, int]:
    """The run of passages with the most prose, as half-open indexes (Kadane's algorithm)."""
    best, best_run = 0.0, (0, 0)
    total, start = 0.0, 0
    for i, (m, p) in enumerate(zip(measured, prose, strict=True)):
        total += min(m.size, 60) * p - (3.0 + min(m.size, 12) * 0.5) * (1.0 - p)
        if total <= 0:
            total, start = 0.0, i + 1
        elif total > best:
            best, best_run = total, (start, i + 1)
    return best_run


def _cleanness(measured: Sequence[Measures], prose: Sequence[float]) -> str:
    """How much of the page is prose: "mixed", "mostly" or "clean"."""
    words = sum(m.size for m in measured) or 1
    share = sum(m.size for m, p in zip(measured, prose, strict=True) if p >= 0.3) / words
    return ("mixed", "mostly", "clean")[bisect_right((0.75, 0.93), share)]


def _region(i: int, core: tuple[int, int]) -> str:
    return "ahead" if i < core[0] else "behind" if i >= core[1] else "inside"


_NEAR = 4
"""Passages to either side that count as near."""
_TOPIC_BINS = (0.05, 0.15, 0.3, 0.5)


def _like_headline(m: Measures) -> bool:
    return 3 <= m.size <= 18 and m.ending in ("none", "quote")


def _letter(m: Measures) -> str:
    """The kind of line: word, headline, short or long sentence, paragraph, long line, other."""
    if m.size < 3:
        return "w"
    if _like_headline(m):
        return "H"
    if m.ending in ("sentence", "quote", "colon"):
        return "P" if m.size > 28 else "S" if m.size > 10 else "s"
    return "L" if m.size > 18 else "o"


def _shape(m: Measures) -> str:
    if _like_headline(m):
        return "headline"
    if m.size < 3:
        return "word"
    return f"{'sentence' if m.ending in ('sentence', 'quote') else 'other'}-{_bin(m.size, (12, 28))}"


def _window(signs: Sequence[bool]) -> list[int]:
    """How many of the passages near each have the sign, itself left out."""
    sums = [0]
    for sign in signs:
        sums.append(sums[-1] + sign)
    n = len(signs)
    return [sums[min(n, i + _NEAR + 1)] - sums[max(0, i - _NEAR)] - signs[i] for i in range(n)]


def _count_from(start: int, furniture: Sequence[Role | None], role: Role) -> list[int]:
    """How many passages of this role stand between the start and each passage."""
    counts, count = [], 0
    for i, found in enumerate(furniture):
        counts.append(count)
        count += i >= start and found is role
    return counts


def _cohesion(
    passages: Sequence[Passage], prose: Sequence[float], core: tuple[int, int], common: frozenset[str]
) -> list[str]:
    """How many of a passage's content words the main run of prose has too, itself left out."""
    words = [{w for w in p.words if len(w) > 3 and w not in common} for p in passages]
    inside = Counter[str]()
    for i in range(*core):
        if prose[i] >= _GOOD:
            inside.update(words[i])
    found = []
    for i, some in enumerate(words):
        own = core[0] <= i < core[1] and prose[i] >= _GOOD
        shared = sum(inside[w] > own for w in some)
        found.append(str(_bin(shared / len(some), _TOPIC_BINS)) if some else "none")
    return found


_GOOD = 0.4


def _stretches(prose: Sequence[float]) -> list[int]:
    """For each passage, how many passages without prose stand together with it."""
    lengths = [0] * len(prose)
    start = 0
    for i in range(len(prose) + 1):
        if i == len(prose) or prose[i] >= 0.3:
            for k in range(start, i):
                lengths[k] = i - start
            start = i + 1
    return lengths


def _density(measured: Sequence[Measures], prose: Sequence[float]) -> list[float]:
    """The share of words that are prose in a window around each passage, itself left out."""
    words, good = [0.0], [0.0]
    for m, p in zip(measured, prose, strict=True):
        words.append(words[-1] + m.size)
        good.append(good[-1] + m.size * p)
    shares = []
    for i, m in enumerate(measured):
        low, high = max(0, i - _WINDOW), min(len(measured), i + _WINDOW + 1)
        total = words[high] - words[low] - m.size
        shares.append((good[high] - good[low] - m.size * prose[i]) / total if total > 0 else 0.0)
    return shares


def _neighbour(prose: Sequence[float], i: int, step: int) -> str:
    """How much prose stands right before or after: the nearest passage, and the one beyond."""
    near, far = i + step, i + 2 * step
    if not 0 <= near < len(prose):
        return "edge"
    first = _bin(prose[near], (0.1, 0.35, 0.7))
    second = int(0 <= far < len(prose) and prose[far] >= 0.35)
    return f"{first}{second}"


def _place(i: int, core: tuple[int, int]) -> str:
    start, stop = core
    if start == stop:
        return "no-core"
    if i < start:
        return f"ahead-{_bin(start - i, (2, 4, 9))}"
    if i >= stop:
        return f"behind-{_bin(i - stop + 1, (2, 4, 9, 30))}"
    if i == start:
        return "first"
    return "last" if i == stop - 1 else "inside"


def _repetition(times: int, size: int, inside: bool) -> str:
    if times < 2:
        return "once"
    return f"{'twice' if times == 2 else 'often'}-{_bin(size, (4, 12))}-{'inside' if inside else 'apart'}"


def _function_bin(m: Measures, known: bool) -> str:
    if m.size < 5:
        return "short"
    if not known or m.function_share < 0:
        return "unknown"
    return f"{_bin(m.function_share, _SHARES)}-{'long' if m.size >= 12 else 'brief'}"


def _markup(passage: Passage) -> str:
    links = _bin(passage.link_share, (0.01, 0.3, 0.8))
    return f"{passage.mark or 'none'}-{links}" + ("-glued" if passage.glued else "")


def _start(plain: str) -> str:
    if not plain:
        return "nothing"
    first = plain[0]
    if first in "\"'«„「『":
        return "quote"
    if first.isdigit():
        return "digit"
    if first.isalpha():
        return "lower" if first.islower() else "upper"
    return "sign"


def _signs(plain: str, size: int) -> str:
    if plain.isupper() and size > 1:
        return "capitals"
    if _ODD.search(plain):
        return "separator"
    if _ADDRESS.search(plain):
        return f"address-{_bin(size, (12,))}"
    if _CLOCK.search(plain) and size < 18:
        return "clock"
    if plain.endswith("?") and size < 18:
        return "question"
    if plain.endswith("!") and size < 18:
        return "exclamation"
    if plain.endswith(("...", "…")):
        return "ellipsis"
    return "none"


def _bin(value: float, edges: Sequence[float]) -> int:
    return bisect_right(edges, value)


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The fitted weights: family -> value -> weight for the body, in natural log-odds."""
    return table("structure_weights")


TELLING = frozenset(
    f"structure.{family}" for family in ("length", "ending", "function-words", "around", "place")
)
"""The evidence that says most to a person about why a passage was kept."""

_WHY: Mapping[str, str] = {
    "length": "How many words it has, on a page with this much prose.",
    "ending": "How it ends: like a sentence, or not.",
    "function-words": "How many of its words are articles, prepositions, pronouns.",
    "capitals": "How many of its words begin with a capital.",
    "digits": "How much of it is digits.",
    "before": "How much prose stands right before it.",
    "after": "How much prose stands right after it.",
    "around": "How much of the text around it is prose.",
    "place": "Where it stands to the page's main run of prose.",
    "repeated": "How often it occurs on the page.",
    "stretch": "How many passages without prose stand together here.",
    "spacing": "The blank lines before it.",
    "markup": "What the page's markup says, and how much of it is links.",
    "start": "How it begins.",
    "signs": "Separators, addresses, clock times, question marks in it.",
    "topic": "How many of its words the page's main run of prose has too.",
    "comments": "How many signs of reader comments stand between the story's start and it.",
    "two-before": "What kind of line it is, and the two before it.",
    "two-after": "What kind of line it is, and the two after it.",
    "headlines": "How many lines like headlines stand near it.",
    "furniture": "How much sure furniture stands near it.",
}


@dataclass(frozen=True, slots=True)
class Structure:
    """The evidence for each passage, and whether the page has a passage of real prose.

    ``plain_story`` marks the paragraphs of a page that is nearly all prose: an article alone.
    """

    evidence: list[list[Evidence]]
    has_prose: bool
    plain_story: list[bool]


def read_structure(page: Page, furniture: Sequence[Role | None]) -> Structure:
    """For each passage, what its shape and place say for (or against) the body."""
    known = _evidence()
    found = features(page, furniture)
    has_prose = any(
        value.endswith("-first") for pairs in found for family, value in pairs if family == "place"
    )
    evidence = [[known[pair] for pair in pairs if pair in known] for pairs in found]
    return Structure(evidence, has_prose, [_in_plain_story(pairs) for pairs in found])


def _in_plain_story(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether it is a paragraph of a page that is nearly all prose.

    A paragraph has 28 words or more, or 18 or more and ends like a sentence.
    """
    said = dict(pairs)
    cleanness, size = said["length"].split("-")
    least = 18 if said["ending"].startswith("sentence") else 28
    return cleanness == "clean" and int(size) > _SIZES.index(least)


@cache
def _evidence() -> Mapping[tuple[str, str], Evidence]:
    return {
        (family, value): Evidence(f"structure.{family}", Role.BODY, weight, why)
        for family, why in _WHY.items()
        for value, weight in weights().get(family, {}).items()
        if weight
    }


def chain() -> Mapping[str, float]:
    """The chain's constants, in log-odds: costs to open and to close a run of the article,
    and of an aside; and the base that every passage starts from on the body side."""
    return weights()["chain"]
