"""What the shape and the place of every passage say for the body, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from newsclean.evidence import Evidence, Role
from newsclean.measures import FURNITURE, LANDMARKS, Measures, distance_names
from newsclean.nodes import NODE_FAMILIES
from newsclean.told import TOLD_FAMILIES
from newsclean.trees import Trees, model

_TEXT_FAMILIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "length": ("How many words it has, and how long they are.", ("words", "word-length", "longest-word")),
    "ending": ("How it ends: like a sentence, or not.", ("ending", "ellipsis")),
    "function-words": ("How many of its words are articles, prepositions and the like.", ("function-share",)),
    "capitals": ("How many of its words begin with a capital.", ("capital-share",)),
    "digits": ("How much of it is digits, and whether it is a date line.", ("digit-share", "date-line")),
    "signs": (
        "Its punctuation, separators, addresses and clock times.",
        ("commas", "stops", "quotes", "brackets", "early-colon", "sign"),
    ),
    "start": ("How it begins.", ("start",)),
    "spacing": ("The blank lines before it, and on the page.", ("gap", "gap-share", "glued")),
    "markup": ("What the page's markup says, and how much of it is links.", ("mark", "link-share")),
    "place": (
        "Where it stands on the page and from the main run of prose.",
        ("from-core-start", "from-core-end", "place", "word-place"),
    ),
    "around": (
        "How much prose stands before, after and around it.",
        ("prose", "prose-before", "prose-after", "prose-share-before", "around", "stretch"),
    ),
    "page": (
        "How long the page is, and how much of it is prose, headlines and paragraphs.",
        (
            "core-passages",
            "core-words",
            "core-share",
            "passages",
            "page-words",
            "headline-share",
            "paragraph-share",
            "paragraphs",
        ),
    ),
    "neighbours": (
        "The lengths and endings of the lines around it.",
        (
            "words-next",
            "words-second-next",
            "words-previous",
            "words-second-previous",
            "prose-next",
            "prose-previous",
            "ending-next",
            "mean-words-near",
            "spread-of-words-near",
            "mean-words-before",
            "mean-words-after",
        ),
    ),
    "pattern": (
        "Whether lines of its kind come again and again, and headlines near it.",
        ("headlines-near", "alike-every-1", "alike-every-2", "alike-every-3", "alike-every-4"),
    ),
    "repeated": (
        "Whether its words, or its first or last ones, stand elsewhere on the page.",
        ("repeated", "same-start", "same-end", "said-elsewhere"),
    ),
    "topic": (
        "How many of its words the page's main run of prose and the lines near it have too.",
        (
            "topic",
            "topic-next",
            "topic-second-next",
            "topic-previous",
            "topic-second-previous",
            "names",
            "topic-outside",
            "topic-of-two-before",
            "topic-of-two-after",
            "topic-of-six-before",
            "topic-of-six-after",
        ),
    ),
    "furniture": (
        "What the rules found near it, and since the main run of prose began.",
        (
            "furniture-next",
            "furniture-second-next",
            "furniture-previous",
            "furniture-second-previous",
            "furniture-near",
            *distance_names(FURNITURE),
        ),
    ),
    "landmarks": ("How far bylines, dates and captions are.", distance_names(LANDMARKS)),
}
"""Family of evidence -> why, and the measures of any page that belong to it."""

_FAMILIES = {**_TEXT_FAMILIES, **NODE_FAMILIES, **TOLD_FAMILIES}

TEXT_MEASURES = tuple(measure for _, measures in _TEXT_FAMILIES.values() for measure in measures)
HTML_MEASURES = tuple(measure for _, measures in _FAMILIES.values() for measure in measures)
"""The measures that the fits may use."""

TELLING = frozenset(
    f"structure.{family}" for family in ("length", "ending", "function-words", "around", "place")
)
"""The evidence that says most to a person about why a passage was kept."""

_LEAST = 0.1
"""Smaller weights (in log-odds) are not worth telling."""


class Structure:
    """What shape and place say for the body: ``weights`` holds for each passage the weight of all of
    it, in natural log-odds.

    The evidence is worked out when it is asked for, which takes longer than all the trees.
    """

    __slots__ = ("_reached", "_rows", "_trees", "weights")

    def __init__(self, trees: Trees, reached: NDArray[np.uint8]) -> None:
        self._trees = trees
        self._reached: NDArray[np.uint8] | None = reached
        self._rows: list[list[float]] = []
        self.weights: list[float] = trees.sums(reached).tolist()

    def evidence(self, index: int) -> list[Evidence]:
        """The evidence for one passage."""
        reached = self._reached
        if reached is not None:
            added = self._trees.contributions(reached) @ _families_of(self._trees.names)
            self._rows = added.round(2).tolist()
            self._reached = None  # behind the rows, so that another thread finds the one or the other
        row = self._rows[index]
        return [_told(family, weight) for family, weight in enumerate(row) if abs(weight) >= _LEAST]


def model_of(measures: Measures) -> str:
    """The name of the model for a page."""
    return "structure-html" if measures.of_tree else "structure"


def read_structure(measures: Measures) -> Structure:
    """For each passage, what its shape and place say for (or against) the body."""
    trees = model(model_of(measures)).trees
    return Structure(trees, trees.reach(measures.columns))


@lru_cache(maxsize=8192)
def _told(family: int, weight: float) -> Evidence:
    """What a family says; passages share it, for the weights are rounded."""
    rule_id, why = reasons()[family]
    return Evidence(rule_id, Role.BODY, weight, why)


@cache
def reasons() -> list[tuple[str, str]]:
    """The id of every family, and why it counts."""
    return [(f"structure.{family}", why) for family, (why, _) in _FAMILIES.items()]


@cache
def _families_of(names: tuple[str, ...]) -> NDArray[np.float64]:
    """A row for each measure, with a 1 in the column of its family."""
    return np.array([[float(name in measures) for _, measures in _FAMILIES.values()] for name in names])
