"""The measures: words of the body, snippets, captions, title and authors, harm.

Words are `re.findall(r"\\w+", text.lower())`. Every measure of a page is a share
(numerator, denominator); the measure of a corpus is the sum of the numerators over the sum of
the denominators. So a page counts once in F1, precision, recall, perfect and miss, and each
snippet and caption counts once in theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from benchmarks.corpus import Gold, Paragraph

Share = tuple[float, float]
Caption = tuple[str, str]
"""Text and credit."""

PERFECT = 0.99
MISS = 0.5
SAME_CAPTION = 0.8
CAPTION_WORDS = 4
"""Shorter captions are not scored: "Photo", "Watch", a lone name."""

HIGHER_IS_WORSE = frozenset({"miss", "without", "caption_leak", "authors_wrong", "harm_losing"})

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Words:
    """Precision, recall and their harmonic mean, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def aligned(page: Sequence[str], gold: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """Which words of each stand in their longest common subsequence."""
    in_page, in_gold = [False] * len(page), [False] * len(gold)
    for step in LCSseq.opcodes(*_numbered(page, gold)):
        if step.tag == "equal":
            length = step.src_end - step.src_start
            in_page[step.src_start : step.src_end] = [True] * length
            in_gold[step.dest_start : step.dest_end] = [True] * length
    return in_page, in_gold


def _numbered(*texts: Sequence[str]) -> list[list[int]]:
    """Words as numbers, the same number for the same word, which the alignment compares faster."""
    numbers: dict[str, int] = {}
    return [[numbers.setdefault(word, len(numbers)) for word in text] for text in texts]


def labels(parts: Sequence[str], paragraphs: Sequence[str]) -> list[int]:
    """Which parts of a page are in the gold body: 1 yes, 0 no, -1 doubtful or without words."""
    whole = {" ".join(words(p)) for p in paragraphs}
    split = [words(part) for part in parts]
    hit, _ = aligned([w for some in split for w in some], [w for p in paragraphs for w in words(p)])
    found = []
    at = 0
    for some in split:
        share = sum(hit[at : at + len(some)]) / len(some) if some else 0.0
        at += len(some)
        if not some:
            found.append(-1)
        elif len(some) < 4:
            found.append(int(share == 1 and " ".join(some) in whole))
        else:
            found.append(1 if share >= 0.75 else 0 if share < 0.4 else -1)
    return found


def body_words(extracted: str, body: Sequence[Paragraph]) -> Words | None:
    """The extracted body against the gold one; None where the gold has no words."""
    found = words(extracted)
    full = _score(found, body)
    if any(p.kind == "optional" for p in body):
        without = _score(found, [p for p in body if p.kind != "optional"])
        if full is None or (without is not None and without.f1 > full.f1):
            return without
    return full


def _score(found: list[str], body: Sequence[Paragraph]) -> Words | None:
    gold = [(word, p.kind != "neutral") for p in body for word in words(p.text)]
    counted = sum(counts for _, counts in gold)
    if not counted:
        return None
    if counted == len(gold):
        common, neutral = LCSseq.similarity(*_numbered(found, [word for word, _ in gold])), 0
    else:
        _, hit = aligned(found, [word for word, _ in gold])
        common = sum(h and counts for h, (_, counts) in zip(hit, gold, strict=True))
        neutral = sum(hit) - common
    size = len(found) - neutral
    return Words(common / size if size else 0.0, common / counted)


def body_shares(extracted: str, gold: Gold) -> dict[str, Share]:
    """F1, precision, recall, perfect and miss of one page; with and without of its snippets."""
    shares: dict[str, Share] = {}
    score = body_words(extracted, gold.body)
    if score:
        shares = {
            "f1": (score.f1, 1),
            "precision": (score.precision, 1),
            "recall": (score.recall, 1),
            "perfect": (score.precision >= PERFECT and score.recall >= PERFECT, 1),
            "miss": (score.f1 < MISS, 1),
        }
    flat = " ".join(extracted.split())
    for name, snippets in (("with", gold.required), ("without", gold.forbidden)):
        if snippets:
            shares[name] = (sum(" ".join(s.split()) in flat for s in snippets), len(snippets))
    return shares


def harm_shares(extracted: str, gold: Gold) -> dict[str, Share]:
    """What is left of a gold body given as the page: recall, and whether a paragraph was lost."""
    score = body_words(extracted, gold.body)
    if score is None:
        return {}
    stands = _padded(extracted)
    lost = any(_padded(p) not in stands for p in gold.paragraphs if words(p))
    return {"harm_recall": (score.recall, 1), "harm_losing": (lost, 1)}


def caption_shares(
    extracted: str, returned: Sequence[Caption] | None, page: str, gold: Gold
) -> dict[str, Share]:
    """Caption recall, precision and leak.

    Scored are gold captions of four words or more that the page shows and the gold body does
    not repeat. A returned caption is the gold one if their words are alike to 0.8 (longest
    common subsequence over the longer), with or without the credit on either side. Returned
    captions of fewer than four words, and those that match a gold caption that is not scored,
    do not count in precision. ``returned`` None is a system without captions: only the leak.
    """
    if not gold.captions_known:
        return {}
    shown, article, extract = _padded(page), _padded(" ".join(gold.paragraphs)), _padded(extracted)
    scored: list[Caption] = []
    others: list[Caption] = []
    for caption in gold.captions:
        text = _padded(caption[0])
        fits = len(words(caption[0])) >= CAPTION_WORDS and text in shown and text not in article
        (scored if fits else others).append(caption)
    leaked = sum(_padded(text) in extract for text, _ in scored)
    shares: dict[str, Share] = {"caption_leak": (leaked, len(scored))} if scored else {}
    if returned is None:
        return shares
    if scored:
        shares["caption_recall"] = (sum(any(_same(c, r) for r in returned) for c in scored), len(scored))
    right = [any(_same(c, r) for c in scored) for r in returned]
    wrong = [
        len(words(" ".join(r))) >= CAPTION_WORDS and not any(_same(c, r) for c in others)
        for r, is_right in zip(returned, right, strict=True)
        if not is_right
    ]
    if sum(right) + sum(wrong):
        shares["caption_precision"] = (sum(right), sum(right) + sum(wrong))
    return shares


def _padded(text: str) -> str:
    return f" {' '.join(words(text))} "


def _same(one: Caption, other: Caption) -> bool:
    return any(_alike(a, b) >= SAME_CAPTION for a in _forms(one) for b in _forms(other))


def title_shares(title: str | None, page: str, gold: Gold) -> dict[str, Share]:
    """Whether the title is the gold one, word for word, and whether the page shows that one at all.

    ``title`` None is a system that gives no titles; "" is a title that it did not find.
    """
    if title is None or not words(gold.title or ""):
        return {}
    return {
        "title": (words(title) == words(gold.title or ""), 1),
        "title_shown": (_padded(gold.title or "") in _padded(page), 1),
    }


def author_shares(authors: Sequence[str] | None, page: str, gold: Gold) -> dict[str, Share]:
    """Whether the authors are the gold ones, whether any is none of them, whether the page shows all.

    Names are alike if their words are. ``authors`` None is a system that gives no authors.
    """
    right = {_padded(name) for name in gold.authors or () if words(name)}
    if authors is None or not right:
        return {}
    given, shown = {_padded(name) for name in authors}, _padded(page)
    return {
        "authors": (given == right, 1),
        "authors_wrong": (bool(given - right), 1),
        "authors_shown": (all(name in shown for name in right), 1),
    }


def _forms(caption: Caption) -> list[list[str]]:
    text, credit = caption
    return [form for form in (words(text), words(f"{text} {credit}")) if form]


def _alike(one: list[str], other: list[str]) -> float:
    return float(LCSseq.similarity(*_numbered(one, other))) / max(len(one), len(other))
