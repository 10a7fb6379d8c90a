"""The measures: words of the body, snippets, captions, title and authors, harm.

Words are `re.findall(r"\\w+", text.lower())`. Every measure of a page is a share
(numerator, denominator); the measure of a corpus is the sum of the numerators over the sum of
the denominators. So a page counts once in F1, precision, recall, perfect and miss, each snippet
and caption counts once in theirs, and each word of the body in that of words swallowed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from benchmarks.corpus import Gold, Paragraph
from newsclean.captions.credits import agencies_in

Share = tuple[float, float]
GoldCaption = tuple[str, str]
"""Text and credit."""

PERFECT = 0.99
MISS = 0.5
SAME_CAPTION = 0.8
CAPTION_WORDS = 4
"""Shorter captions are not scored: "Photo", "Watch", a lone name."""
RUN_WORDS = 4
"""Words in a row that make a passage: fewer stand in any two texts of one article by chance."""

LABEL_WORDS = frozenset({
    "photo", "photos", "photograph", "photographs", "picture", "image", "foto", "fotos", "fot", "фото", "bild",
    "credit", "credits", "source", "quelle", "copyright", "by", "via",
})  # fmt: skip
"""Words that introduce a credit without being part of it.

A gold credit is as its page or its parser gives it, with the label or without; what a system gives
may be either. The list holds only what a page prints before a name: the kind of picture, the word for
credit or source, and "by" and "via". "Courtesy of", "handout", "file" and "archive" are not on it: they
tell whose the picture is or of what age. Brackets, colons and © are punctuation, which never counts.
"""

HIGHER_IS_WORSE = frozenset(
    {"miss", "without", "caption_leak", "caption_swallowed", "authors_wrong", "harm_losing"}
)

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption that a system returned."""

    text: str
    credit: str = ""
    agencies: tuple[str, ...] = ()


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
    """Caption recall, precision and leak; credits and agencies; words of the body in captions.

    Scored are gold captions of four words or more that the page shows and the gold body does
    not repeat. A returned caption is the gold one if their words are alike to 0.8 (longest
    common subsequence over the longer), with or without the credit on either side. Returned
    captions of fewer than four words, and those that match a gold caption that is not scored,
    do not count in precision. ``returned`` None is a system without captions: only the leak.
    """
    if not gold.captions_known:
        return {}
    scored, others = _scored_captions(page, gold)
    extract = _padded(extracted)
    leaked = sum(_padded(text) in extract for text, _ in scored)
    shares: dict[str, Share] = {"caption_leak": (leaked, len(scored))} if scored else {}
    if returned is None:
        return shares
    if scored:
        shares["caption_recall"] = (sum(any(_same(c, r) for r in returned) for c in scored), len(scored))
    right = [any(_same(c, r) for c in scored) for r in returned]
    wrong = [
        len(words(f"{r.text} {r.credit}")) >= CAPTION_WORDS and not any(_same(c, r) for c in others)
        for r, is_right in zip(returned, right, strict=True)
        if not is_right
    ]
    if sum(right) + sum(wrong):
        shares["caption_precision"] = (sum(right), sum(right) + sum(wrong))
    return shares | _swallowed(extracted, returned, gold) | _credit_shares(returned, scored)


def _scored_captions(page: str, gold: Gold) -> tuple[list[GoldCaption], list[GoldCaption]]:
    """The gold captions that are scored, and the others."""
    shown, article = _padded(page), _padded(" ".join(gold.paragraphs))
    scored: list[GoldCaption] = []
    others: list[GoldCaption] = []
    for caption in gold.captions:
        text = _padded(caption[0])
        fits = len(words(caption[0])) >= CAPTION_WORDS and text in shown and text not in article
        (scored if fits else others).append(caption)
    return scored, others


def _swallowed(extracted: str, returned: Sequence[Caption], gold: Gold) -> dict[str, Share]:
    """Words of the gold body that stand in a returned caption instead of in the extracted body.

    Such words stand in a run of four or more that the caption and the gold body share, and in none
    that the extracted body shares with it. Captions that match a gold one, scored or not, swallow
    nothing, and optional and neutral paragraphs do not count.
    """
    body = words(" ".join(p.text for p in gold.body if p.kind == "required"))
    if not body:
        return {}
    taken: set[int] = set()
    for caption in returned:
        if not any(_same(c, caption) for c in gold.captions):
            taken |= _in_runs(body, words(f"{caption.text} {caption.credit}"))
    lost = taken - _in_runs(body, words(extracted))
    return {"caption_swallowed": (len(lost), len(body))}


def _in_runs(body: Sequence[str], other: Sequence[str]) -> set[int]:
    """Which words of the body, by their place, stand in a run that the other text has too."""
    runs = {tuple(other[at : at + RUN_WORDS]) for at in range(len(other) - RUN_WORDS + 1)}
    starts = [at for at in range(len(body) - RUN_WORDS + 1) if tuple(body[at : at + RUN_WORDS]) in runs]
    return {at + step for at in starts for step in range(RUN_WORDS)}


def _credit_shares(returned: Sequence[Caption], scored: Sequence[GoldCaption]) -> dict[str, Share]:
    """Of the returned captions whose gold one has a credit, or names an agency: how many have the same."""
    credit_right: list[bool] = []
    agency_right: list[bool] = []
    for caption in returned:
        right = [credit for credit in gold_credits(caption, scored) if words(credit)]
        agencies = [set(names) for credit in right if (names := agencies_in(credit))]
        if right:
            credit_right.append(any(same_credit(caption.credit, credit) for credit in right))
        if agencies:
            agency_right.append(set(caption.agencies) in agencies)
    shares: dict[str, Share] = {}
    if credit_right:
        shares["credit_right"] = (sum(credit_right), len(credit_right))
    if agency_right:
        shares["agency_right"] = (sum(agency_right), len(agency_right))
    return shares


def gold_credits(caption: Caption, scored: Sequence[GoldCaption]) -> list[str]:
    """The credits of the gold caption that a returned one matches; of all where several match alike."""
    likeness = [_likeness(gold, caption) for gold in scored]
    best = max(likeness, default=0.0)
    if best < SAME_CAPTION:
        return []
    return [credit for (_, credit), alike in zip(scored, likeness, strict=True) if alike == best]


def same_credit(one: str, other: str) -> bool:
    """Whether two credits are the same but for case, spaces, punctuation and label words before them."""
    return _bare_credit(one) == _bare_credit(other)


def _bare_credit(credit: str) -> str:
    said = words(credit)
    while len(said) > 1 and said[0] in LABEL_WORDS:
        del said[0]
    return "".join(said)


def _same(gold: GoldCaption, caption: Caption) -> bool:
    return _likeness(gold, caption) >= SAME_CAPTION


def _likeness(gold: GoldCaption, caption: Caption) -> float:
    """How alike the words of two captions are, from 0 to 1, with or without the credit of either."""
    pairs = [(a, b) for a in _forms(*gold) for b in _forms(caption.text, caption.credit)]
    return max((_alike(a, b) for a, b in pairs), default=0.0)


def _forms(text: str, credit: str) -> list[list[str]]:
    return [form for form in (words(text), words(f"{text} {credit}")) if form]


def _alike(one: list[str], other: list[str]) -> float:
    return float(LCSseq.similarity(*_numbered(one, other))) / max(len(one), len(other))


def _padded(text: str) -> str:
    return f" {' '.join(words(text))} "


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
