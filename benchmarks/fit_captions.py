"""Fits the trees of newsclean/data/captions.json: which passages of plain text are captions.

The teacher is the tree of the HTML that the text was made of: what newsclean takes for the caption of a
figure there. Where the gold has captions, those are the captions, and what else the HTML shows is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha1
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpus
from benchmarks.measures import labels
from newsclean.captions.shape import LEAST_OF_SHAPE, MOST_OF_SHAPE, PICTURE_MEASURES, PRIOR, measure_pictures
from newsclean.cleaner import clean
from newsclean.evidence import CAPTION_ROLES, Evidence
from newsclean.measures import SURE, Measures
from newsclean.page import Page
from newsclean.structure import TEXT_MEASURES

CAPTION_MEASURES = (*TEXT_MEASURES, *PICTURE_MEASURES)
MOST_EVIDENCE = 8.0
"""Evidence of rules counts up to here."""
CAPTION_WEIGHT = 2.0
"""How much a caption counts against a passage that is none: there are some forty times as many of those."""
FOLDS = 3


@dataclass(frozen=True)
class Shown:
    """The captions that a page shows, in its order: those that are sure, each whole and in its two parts,
    and what may be one."""

    sure: tuple[str, ...]
    parts: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()


@dataclass
class Pictures:
    """One page: a row of measures for each passage, what the rules say for a caption and for other
    furniture, and whether it is one (1, 0; -1 for unknown)."""

    corpus: str
    publisher: str
    values: NDArray[np.float32]
    said: NDArray[np.float64]
    other: NDArray[np.float64]
    caption: NDArray[np.int8]

    @property
    def rules(self) -> NDArray[np.float64]:
        """What the trees start from."""
        return np.clip(self.said - self.other, -MOST_EVIDENCE, MOST_EVIDENCE) + PRIOR


def captions_of(record: corpus.Record) -> Shown:
    """The captions of a page, with their credits, from its gold and its HTML."""
    gold = [" ".join(filter(None, caption)) for caption in record.gold.captions]
    parts = [part for caption in record.gold.captions for part in caption if part]
    found: list[str] = []
    if record.html:
        found = [b.text for b in clean(record.html).blocks if b.role in CAPTION_ROLES and b.text]
    if record.gold.captions_known:
        return Shown(tuple(gold), tuple(parts), tuple(found))
    return Shown(tuple(found))


def pictures_of(
    page: Page, said: Sequence[Sequence[Evidence]], measures: Measures, shown: Shown, record: corpus.Record
) -> Pictures:
    """The example of a page as text."""
    columns = {**measures.columns, **measure_pictures(page.passages, said)}
    parts = [p.text for p in page.passages]
    caption = np.zeros(len(parts), np.int8)
    if shown.perhaps:
        caption[np.array(labels(parts, shown.perhaps)) != 0] = -1
    for sure in filter(None, (shown.sure, shown.parts)):
        hits = np.array(labels(parts, sure))
        caption[(hits == -1) & (caption == 0)] = -1
        caption[hits == 1] = 1
    # what reads like a credit is one, whether or not its picture is of the article
    caption[(columns["credit-said"] >= SURE) & (caption == 0)] = -1
    return Pictures(
        record.corpus,
        record.publisher,
        np.stack([columns[name] for name in CAPTION_MEASURES], axis=1).astype(np.float32),
        columns["caption-said"],
        columns["other-said"],
        caption,
    )


def pool_of(data: Sequence[Pictures]) -> Any:
    """The examples as CatBoost takes them.

    A long page counts more than a short one, and a large corpus more than a small one, but not in proportion.
    """
    from catboost import Pool

    known = [example.caption >= 0 for example in data]
    caption = np.concatenate([e.caption[k] for e, k in zip(data, known, strict=True)])
    pages = Counter(example.corpus for example in data)
    weights = np.concatenate(
        [
            np.full(k.sum(), (1.0 / pages[e.corpus] / max(1, k.sum())) ** 0.5)
            for e, k in zip(data, known, strict=True)
        ]
    )
    weights[caption == 1] *= CAPTION_WEIGHT
    return Pool(
        np.concatenate([e.values[k] for e, k in zip(data, known, strict=True)]),
        caption,
        weight=weights / weights.mean(),
        baseline=np.concatenate([e.rules[k] for e, k in zip(data, known, strict=True)]),
        feature_names=list(CAPTION_MEASURES),
    )


def shape_weights(data: Sequence[Pictures], boost: Callable[[Any], Any]) -> list[NDArray[np.float64]]:
    """What trees that never saw the publisher of a page say of its passages, as ``captions.shape`` does."""
    folds = [int(sha1(f"fold {e.publisher}".encode()).hexdigest(), 16) % FOLDS for e in data]
    found: list[NDArray[np.float64]] = [np.zeros(0)] * len(data)
    for fold in range(FOLDS):
        booster = boost(pool_of([e for e, f in zip(data, folds, strict=True) if f != fold]))
        for i, example in enumerate(data):
            if folds[i] == fold:
                raw = booster.predict(example.values, prediction_type="RawFormulaVal")
                found[i] = np.clip(
                    np.asarray(raw, np.float64).reshape(-1) + PRIOR, LEAST_OF_SHAPE, MOST_OF_SHAPE
                )
    return found


def count(data: Sequence[Pictures]) -> str:
    """How many captions there are, for the head of the file."""
    each = Counter(int(label) for e in data for label in e.caption)
    return f"{each[1]} captions among {sum(each.values())} passages"
