"""Boosted trees over the measures of passages: their sum, and what each measure adds to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.measures import Column

_AT_ONCE = 256
"""Passages for which the trees are asked together, so that a long page does not fill the memory."""


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of symmetric trees: each asks all its questions, and the answers choose a leaf.

    Question ``k`` of a tree is whether a measure is above a threshold; it doubles the number of
    leaves (to 256 at most), and its answer is bit ``k`` of the leaf's index. Many trees ask the same:
    ``about`` says which of the ``names`` each different question is about, ``thresholds`` above
    what, ``asked`` (depth x trees) which of them each tree asks. ``leaves`` (trees x 2**depth) are
    the values that are added up. ``steps[k]`` (trees x 2**(k+1)) says what the answer to question
    ``k`` adds, after the answers to those before it; ``base`` is what every passage starts from.

    The questions of all trees together have an order by measure: ``places`` (depth x trees) is
    where each stands in it, ``starts`` where those about each measure begin.
    """

    names: tuple[str, ...]
    about: NDArray[np.intp]
    thresholds: NDArray[np.float64]
    asked: NDArray[np.intp]
    leaves: NDArray[np.float64]
    steps: tuple[NDArray[np.float64], ...]
    places: NDArray[np.intp]
    starts: NDArray[np.intp]
    base: float

    @classmethod
    def from_table(cls, table: Sequence[Mapping[str, Any]]) -> Trees:
        """Build from rows with ``ask`` ("measure > threshold", ...), ``leaves`` and ``passages``,
        the value of each leaf (log-odds) and how many passages of the fit came to it."""
        questions = [[q.split(" > ") for q in row["ask"]] for row in table]
        names = tuple(sorted({name for row in questions for name, _ in row}))
        index = {name: i for i, name in enumerate(names)}
        leaves = values = np.array([row["leaves"] for row in table], float)
        weights = np.array([row["passages"] for row in table], float) + 1e-6
        steps = []
        for _ in range(len(questions[0])):
            half = leaves.shape[1] // 2
            low, high = slice(0, half), slice(half, None)
            both = weights[:, low] + weights[:, high]
            mean = (leaves[:, low] * weights[:, low] + leaves[:, high] * weights[:, high]) / both
            steps.append(leaves - np.concatenate([mean, mean], axis=1))
            leaves, weights = mean, both
        asked = [[(index[name], float(threshold)) for name, threshold in row] for row in questions]
        different = sorted({question for row in asked for question in row})
        number = {question: i for i, question in enumerate(different)}
        about = np.array([measure for measure, _ in different])
        numbers = np.array([[number[question] for question in row] for row in asked]).T
        order = np.argsort(about[numbers], axis=None, kind="stable")
        return cls(
            names,
            about,
            np.array([threshold for _, threshold in different]),
            numbers,
            values,
            tuple(reversed(steps)),
            places=np.argsort(order).reshape(numbers.shape),
            starts=np.searchsorted(about[numbers].ravel()[order], np.arange(len(names))),
            base=float(leaves.sum()),
        )

    def reach(self, columns: Mapping[str, Column]) -> NDArray[np.uint8]:
        """Which leaf of each tree (a row) each passage (a column) comes to."""
        values = [columns[name] for name in self.names]
        reached = np.empty((self.asked.shape[1], len(values[0])), dtype=np.uint8)
        for i in range(0, reached.shape[1], _AT_ONCE):
            some = slice(i, i + _AT_ONCE)
            above = np.stack([column[some] for column in values])[self.about] > self.thresholds[:, np.newaxis]
            part = above[self.asked[-1]].view(np.uint8)
            for asked in self.asked[-2::-1]:
                part <<= 1
                part |= above[asked]
            reached[:, some] = part
        return reached

    def sums(self, reached: NDArray[np.uint8]) -> NDArray[np.float64]:
        """The sum of the trees for each passage, by the leaves that it comes to."""
        first = np.arange(0, self.leaves.size, self.leaves.shape[1])[:, np.newaxis]
        parts = [
            self.leaves.take(reached[:, i : i + _AT_ONCE] + first).sum(axis=0)
            for i in range(0, reached.shape[1], _AT_ONCE)
        ]
        return np.concatenate(parts)

    def contributions(self, reached: NDArray[np.uint8]) -> NDArray[np.float64]:
        """What each measure (a column, in the order of ``names``) adds for each passage (a row).

        With ``base`` a row's numbers add up to the sum of the trees.
        """
        parts = [self._of(reached[:, i : i + _AT_ONCE]) for i in range(0, reached.shape[1], _AT_ONCE)]
        return np.concatenate(parts, axis=1).T

    def _of(self, reached: NDArray[np.uint8]) -> NDArray[np.float64]:
        """What each measure (a row) adds for each passage (a column)."""
        added = np.empty((self.asked.size, reached.shape[1]))
        trees = np.arange(len(reached))[:, np.newaxis]
        for k, step in enumerate(self.steps):
            added[self.places[k]] = step[trees, reached & (2 ** (k + 1) - 1)]
        found: NDArray[np.float64] = np.add.reduceat(added, self.starts)
        return found


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted trees, and the costs of the chain, in log-odds: to open a run of the article, to
    close it, to open another, and of an aside in its midst."""

    trees: Trees
    costs: Mapping[str, float]


@cache
def model(name: str) -> Model:
    """One of the models that come with newsclean: "structure" for plain text, "structure-html" for what has
    a tree too, and "captions"."""
    file = resources.files("newsclean.data") / f"{name}.json"
    return read_model(json.loads(file.read_text(encoding="utf-8")))


def read_model(data: Mapping[str, Any]) -> Model:
    """A model from the JSON that ``python -m benchmarks fit`` writes."""
    return Model(Trees.from_table(data["trees"]), data["chain"])
