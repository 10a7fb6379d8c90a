"""From evidence to roles: one pass of dynamic programming over the passages of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from newsclean import elements
from newsclean.captions import evidence as captions
from newsclean.captions import figures
from newsclean.captions.shape import with_shape
from newsclean.cutting import PLUG_WORDS
from newsclean.evidence import TEXT_ROLES, Evidence, Role, Witness
from newsclean.measures import SURE, Measures, measure_page, strongest
from newsclean.neighbours import NEIGHBOUR_RULES
from newsclean.page import Page, Passage
from newsclean.recall import Memory
from newsclean.rules import RuleSet
from newsclean.structure import TELLING, Structure, model_of, read_structure
from newsclean.trees import model
from newsclean.witness import hear

_MOST_OF_STRUCTURE = 4.5
"""What shape and place say for the text counts up to here (in log-odds: 98.9 %), so that a rule
that is sure has the last word even amid a page of perfect prose."""
_PUSHES = (1.0, 2.0, 3.0, 4.0)
"""What is added to the body side, step by step, where a page with prose shows no article."""
_CLEAR = 0.85
"""The F1 that a page's own evidence expects of the text, from which the page is not in doubt."""
_LIKELY = 0.4
"""The probability from which a passage shows that an article was found."""
_BARE_SHARE = 0.93
"""The part of a page's words that is kept before it counts as an article alone."""
_LEAST_KEPT = 0.3
"""The part of the words of a page without prose that is kept before it counts as an article."""
_UNKNOWN = Evidence(
    "structure.outside", Role.OTHER, 0.0, "Stands outside the run of prose that is the article."
)


@dataclass(frozen=True, slots=True)
class Leaning:
    """Which way a doubtful passage goes.

    ``recall`` is how many times as much a lost word counts as a left-over one (the beta of the
    F-measure that is expected of the page and made as large as can be); ``furniture`` is what the
    evidence for furniture is multiplied with.
    """

    recall: float
    furniture: float


LEANINGS: Mapping[str, Leaning] = {
    "keep-more": Leaning(recall=2.0, furniture=0.7),
    "balanced": Leaning(recall=1.1, furniture=1.0),
    "remove-more": Leaning(recall=0.5, furniture=1.0),
}
"""What each mode of the Cleaner leans to."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What structure, and the witness if it was asked, say of one passage."""

    structure: Structure
    index: int
    witness: Evidence | None
    kept: bool

    def evidence(self) -> list[Evidence]:
        """All of it; first what tells most about why the passage is kept, or is not."""
        found = self.structure.evidence(self.index)
        if self.witness:
            found.append(self.witness)
        if self.kept:
            return sorted(found, key=lambda e: (e.rule_id not in TELLING, -e.weight))
        return sorted(found, key=lambda e: e.weight)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The role of one passage, and all that was said about it, what tells most first.

    ``first`` and ``last`` are what rules and neighbours say; between them stands ``heard``.
    """

    role: Role
    first: tuple[Evidence, ...]
    heard: Heard | None = None
    last: tuple[Evidence, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All of it."""
        return self.read()

    def read(self) -> tuple[Evidence, ...]:
        """All of it, worked out anew."""
        if self.heard is None:
            return (*self.first, *self.last)
        return (*self.first, *self.heard.evidence(), *self.last)

    @property
    def said(self) -> tuple[Evidence, ...]:
        """The same without what structure says."""
        witness = self.heard.witness if self.heard else None
        return (*self.first, witness, *self.last) if witness else (*self.first, *self.last)

    def turned(self, role: Role, why: Evidence) -> Verdict:
        """The verdict that the passage has another role, and why."""
        return replace(self, role=role, first=(why, *self.first))


def decide(
    page: Page,
    rules: RuleSet,
    cut: Sequence[Evidence | None],
    leaning: Leaning,
    witness: Witness = "never",
    languages: frozenset[str] | None = None,
    memory: Memory | None = None,
) -> list[Verdict]:
    """Give every passage of the page a role.

    ``cut`` holds, for passages that were cut out of a longer one, the evidence for the cut; ``witness``
    says when trafilatura is asked for more, ``languages`` are the page's if they are known, ``memory`` is
    a profile to be asked.
    """
    if not page.passages:
        return []
    said = furniture_evidence(page, rules, cut)
    measures = measure_page(page, said, languages)
    if not page.of_tree:
        measures = with_shape(page.passages, said, measures)
    shape = read_structure(measures)
    furniture, asides = _against(measures, leaning)
    body = _for_body(shape.weights, [None] * len(said), said)
    costs = model(model_of(measures)).costs
    chances = _chances(body, furniture, asides, costs)
    heard = hear(page, witness, in_doubt=_is_in_doubt(page, chances))
    if any(heard):
        body = _for_body(shape.weights, heard, said)
        chances = _chances(body, furniture, asides, costs)
    for push in _PUSHES if measures.has_prose else ():
        if max(chances) >= _LIKELY:
            break
        # A page with prose has an article, however short: look for the likeliest one.
        chances = _chances([weight + push for weight in body], furniture, asides, costs)
    keep = _kept_of(page, chances, measures, furniture, leaning)
    if memory and (recalled := memory.recall(page.passages, keep)):
        for i, evidence in recalled.items():
            said[i].append(evidence)
        measures = replace(measures, strongest=[strongest(some) for some in said])
        furniture, asides = _against(measures, leaning)
        chances = _chances(body, furniture, asides, costs)
        again = _kept_of(page, chances, measures, furniture, leaning)
        keep = [kept and (i not in recalled or again[i]) for i, kept in enumerate(keep)]
    return [
        _kept(evidence, Heard(shape, i, heard[i], kept=True))
        if kept
        else _removed(role, evidence, Heard(shape, i, heard[i], kept=False))
        for i, (kept, (role, _), evidence) in enumerate(zip(keep, measures.strongest, said, strict=True))
    ]


def _against(measures: Measures, leaning: Leaning) -> tuple[list[float], list[bool]]:
    """What speaks against the body of every passage, and whether that is enough for an aside."""
    weights = [weight for _, weight in measures.strongest]
    return [leaning.furniture * weight for weight in weights], [weight >= SURE for weight in weights]


def _for_body(
    structure: Sequence[float], heard: Sequence[Evidence | None], said: Sequence[Sequence[Evidence]]
) -> list[float]:
    """What speaks for the body: structure and the witness, up to a limit, and the rules."""
    most = _MOST_OF_STRUCTURE
    return [
        min(min(weight, most) + (item.weight if item else 0.0), most) + text_weight(evidence)
        for weight, item, evidence in zip(structure, heard, said, strict=True)
    ]


def _is_in_doubt(page: Page, chances: Sequence[float]) -> bool:
    """Whether the page's own evidence leaves open what its article is."""
    return expected_measure(chances, [len(p.words) for p in page.passages], 1.0) < _CLEAR


def _kept_of(
    page: Page, chances: Sequence[float], measures: Measures, furniture: Sequence[float], leaning: Leaning
) -> list[bool]:
    """Which passages are kept, by the probability of each and by what the whole page is."""
    threshold = best_threshold(chances, [len(p.words) for p in page.passages], leaning.recall)
    keep = [
        chance >= threshold or (plain and weight < SURE)
        for chance, plain, weight in zip(chances, measures.plain_story, furniture, strict=True)
    ]
    if _is_bare(page, keep, furniture):
        return [True] * len(keep)
    if not measures.has_prose and _kept_share(page, keep) < _LEAST_KEPT:
        return [False] * len(keep)  # a stray line is no article: the page counts as one without
    return keep


def best_threshold(chances: Sequence[float], words: Sequence[int], recall: float) -> float:
    """The probability from which to keep a passage, so that the expected F-measure is the largest.

    That is the largest F-measure divided by 1 + beta squared (Lipton, Elkan and Naryanaswamy,
    "Optimal Thresholding of Classifiers to Maximize F1 Measure", 2014): where the page is clear
    about 0.5, and less the less clear it is. 1.0 if there is no article.
    """
    if max(chances) < _LIKELY:
        return 1.0
    return expected_measure(chances, words, recall) / (1 + recall * recall)


def expected_measure(chances: Sequence[float], words: Sequence[int], recall: float) -> float:
    """The largest F-measure (0 to 1) to be expected of a choice of passages; ``recall`` is its beta."""
    weight = recall * recall
    expected = weight * sum(chance * count for chance, count in zip(chances, words, strict=True))
    best, kept, right = 0.0, 0.0, 0.0
    for chance, count in sorted(zip(chances, words, strict=True), reverse=True):
        kept += count
        right += chance * count
        best = max(best, (1 + weight) * right / (kept + expected or 1.0))
    return best


def _is_bare(page: Page, keep: Sequence[bool], furniture: Sequence[float]) -> bool:
    """Whether the page is an article alone: no sign of furniture, and nearly all of it kept."""
    if any(furniture):
        return False
    return _kept_share(page, keep) >= _BARE_SHARE


def _kept_share(page: Page, keep: Sequence[bool]) -> float:
    """The part of the page's words that is kept."""
    words = [len(passage.words) for passage in page.passages]
    return sum(w for w, kept in zip(words, keep, strict=True) if kept) / (sum(words) or 1)


def furniture_evidence(page: Page, rules: RuleSet, cut: Sequence[Evidence | None]) -> list[list[Evidence]]:
    """What rules, caption forms and neighbours say of every passage."""
    said: list[list[Evidence]] = []
    for passage, reason in zip(page.passages, cut, strict=True):
        found = [reason] if reason else []
        if passage.plain and (reason or not _may_hold_story(passage)):
            found += rules.evidence(passage.plain, len(passage.words))
        if passage.plain:
            found += captions.evidence(passage)
            found += figures.evidence(passage)
            found += elements.evidence(passage)
        said.append(found)
    for rule in NEIGHBOUR_RULES:
        for index, evidence in rule(page.passages, said, rules.headers):
            said[index].append(evidence)
    return said


def text_weight(said: Sequence[Evidence]) -> float:
    """What rules and neighbours say for the text."""
    return sum(e.weight for e in said if e.role in TEXT_ROLES)


def _may_hold_story(passage: Passage) -> bool:
    """Whether a plug may have run on into the story, on a page that lost its line breaks."""
    return passage.glued and len(passage.words) > PLUG_WORDS


def _chances(
    body: Sequence[float], furniture: Sequence[float], asides: Sequence[bool], cost: Mapping[str, float]
) -> list[float]:
    """For every passage, the probability (0 to 1) that it is the article's text.

    The forward-backward algorithm over four states: ahead of the article, its text, an aside
    in its midst, and apart from it. An aside needs a reason of its own, of which ``asides``
    tells; mere lack of prose is apart.
    """
    start, close, again = (exp(-cost[name]) for name in ("open", "close", "reopen"))
    odds = []
    for keep, remove, may_be_aside in zip(body, furniture, asides, strict=True):
        aside = exp(remove - cost["aside"]) if may_be_aside else 0.0
        top = max(exp(keep), exp(remove), aside)
        odds.append((exp(remove) / top, exp(keep) / top, aside / top))
    forward = []
    ahead, text, aside, apart = 1.0, 0.0, 0.0, 0.0
    for outside, inside, between in odds:
        article = text + aside
        ahead, text, aside, apart = (
            ahead * outside,
            (article + ahead * start + apart * again) * inside,
            article * between,
            (article * close + apart) * outside,
        )
        total = ahead + text + aside + apart
        ahead, text, aside, apart = ahead / total, text / total, aside / total, apart / total
        forward.append((ahead, text, aside, apart))
    chances = [0.0] * len(odds)
    ahead, text, aside, apart = 1.0, 1.0, 1.0, 1.0
    for i in range(len(odds) - 1, -1, -1):
        sums = [f * b for f, b in zip(forward[i], (ahead, text, aside, apart), strict=True)]
        chances[i] = sums[1] / (sum(sums) or 1.0)
        outside, inside, between = odds[i]
        go_on = text * inside + aside * between + apart * outside * close
        ahead, apart = ahead * outside + text * inside * start, apart * outside + text * inside * again
        text = aside = go_on
        total = ahead + text + apart
        ahead, text, aside, apart = ahead / total, text / total, aside / total, apart / total
    return chances


def _kept(furniture: Sequence[Evidence], heard: Heard) -> Verdict:
    if not furniture:
        return Verdict(Role.BODY, (), heard)
    said = sorted(furniture, key=lambda e: (e.role not in TEXT_ROLES, -e.weight))
    text = [e for e in said if e.role in TEXT_ROLES]
    return Verdict(Role.BODY, tuple(text), heard, tuple(said[len(text) :]))


def _removed(role: Role, furniture: Sequence[Evidence], heard: Heard) -> Verdict:
    said = sorted(furniture, key=lambda e: (e.role != role, -e.weight)) if len(furniture) > 1 else furniture
    reason = () if any(e.role == role for e in said) else (_UNKNOWN,)
    return Verdict(role, (*reason, *said), heard)
