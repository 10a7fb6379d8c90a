"""Fits the weights of newsclean/data/structure_weights.toml to pages with gold bodies.

The model is the one that newsclean.decide runs: a chain over the passages with four states
(ahead, body, aside, apart), fitted by maximum likelihood with an L2 penalty. The evidence of
rules and captions enters with the weights that it has.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks import corpus, inputs
from benchmarks.measures import labels
from newsclean import decide, structure
from newsclean.cleaner import Cleaner
from newsclean.cutting import cut_glued
from newsclean.language import spoken
from newsclean.textpage import read_text

ASIDE_COST = 0.5
ASIDE_FROM = 3.0
"""The least furniture evidence that makes an aside inside the article."""
LONGEST = 1500
"""Passages of a page beyond this are left out of the fit."""
PENALTY = 25.0
TARGET = Path(__file__).parent.parent / "newsclean" / "data" / "structure_weights.toml"


@dataclass
class Example:
    """One page: its features, the furniture evidence, and which passages are body (1, 0, -1)."""

    features: list[list[tuple[str, str]]]
    furniture: list[float]
    text: list[float]
    body: list[int]
    corpus: str
    words: list[int] = field(default_factory=list)


def views(html: str, number: int) -> Iterator[str]:
    """The page as text; of every three pages, one also as text nodes and one as Markdown."""
    yield inputs.blocks(html)
    if number % 3 == 1:
        yield inputs.nodes(html)
    if number % 3 == 2:
        yield inputs.markdown(html)


def cropped(text: str, paragraphs: Sequence[str], number: int) -> list[str]:
    """The article with a few of the passages around it, as dumps of extractors keep them."""
    passages = read_text(text).passages
    body = [i for i, hit in enumerate(labels([p.text for p in passages], paragraphs)) if hit == 1]
    if not body:
        return []
    ahead, behind = ((0, 3), (2, 0), (5, 8), (1, 1), (9, 2), (3, 15))[number % 6]
    kept = passages[max(0, body[0] - ahead) : body[-1] + 1 + behind]
    return [("\n\n", "\n")[number % 2].join(p.text for p in kept)]


def examples(paths: Sequence[Path], hold_out: bool) -> list[Example]:
    records = [r for r in corpus.read_all(paths) if not (hold_out and r.held_out)]
    with ProcessPoolExecutor() as pool:
        found = pool.map(_examples_of, records, range(len(records)), chunksize=8)
        return [example for some in found for example in some if 1 in example.body]


def _examples_of(record: corpus.Record, number: int) -> list[Example]:
    """The views of one page as examples."""
    paragraphs = record.gold.paragraphs
    if not paragraphs:
        return []
    if record.html is None:
        texts = [record.text or ""]
    else:
        try:
            texts = list(views(record.html, number))
        except (ValueError, AssertionError) as error:
            print(f"{record.id}: no text view: {error}")
            return []
        if number % 4:
            texts.append("\n\n".join(paragraphs))
        texts += cropped(texts[0], paragraphs, number)
    return [_example(text, record) for text in texts if text.strip()]


def _example(page: str, record: corpus.Record) -> Example:
    raw = read_text(page)
    rules = _cleaner().rules.speaking(spoken(raw.passages))
    cut = cut_glued(raw, rules)
    said = decide.furniture_evidence(cut.page, rules, cut.reasons)
    parts = [p.text for p in cut.page.passages]
    neutral = [p.text for p in record.gold.body if p.kind == "neutral"]
    body = labels(parts, record.gold.paragraphs)
    if neutral:
        doubtful = labels(parts, neutral)
        body = [-1 if not b and d else b for b, d in zip(body, doubtful, strict=True)]
    return Example(
        structure.features(cut.page, decide.sure_furniture(said)),
        [decide.strongest(evidence)[1] for evidence in said],
        [decide.text_weight(evidence) for evidence in said],
        body,
        record.corpus,
        [len(p.words) for p in cut.page.passages],
    )


@cache
def _cleaner() -> Cleaner:
    return Cleaner()


class Chain:
    """The likelihood of the gold roles, and its gradient, over pages in padded batches."""

    def __init__(self, data: list[Example]) -> None:
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for example in data:
            for pairs in example.features:
                for pair in pairs:
                    counts[pair] += 1
        self.names = sorted(pair for pair, count in counts.items() if count >= 20)
        self.counts = [counts[pair] for pair in self.names]
        index = {pair: i for i, pair in enumerate(self.names)}
        self.width = max(len(pairs) for e in data for pairs in e.features)
        self.batches = []
        pages = Counter(e.corpus for e in data)
        most = max(pages.values())
        # a small corpus counts more a page than a large one, but less as a whole
        self.share = {corpus: (most / count) ** 0.5 for corpus, count in pages.items()}
        data = sorted(data, key=lambda e: len(e.body))
        for i in range(0, len(data), 96):
            self.batches.append(self._batch(data[i : i + 96], index))

    def _batch(self, data: list[Example], index: dict[tuple[str, str], int]) -> dict[str, Any]:
        length = min(LONGEST, max(len(e.body) for e in data))
        none = len(index)
        ids = np.full((len(data), length, self.width), none)
        furniture = np.zeros((len(data), length))
        text = np.zeros((len(data), length))
        allowed = np.ones((len(data), length, 4), dtype=bool)
        real = np.zeros((len(data), length), dtype=bool)
        for n, e in enumerate(data):
            for t in range(min(length, len(e.body))):
                real[n, t] = True
                for k, pair in enumerate(e.features[t]):
                    ids[n, t, k] = index.get(pair, none)
                furniture[n, t] = e.furniture[t]
                text[n, t] = e.text[t]
                if e.body[t] == 1:
                    allowed[n, t] = [False, True, False, False]
                elif e.body[t] == 0:
                    allowed[n, t] = [True, False, True, True]
        aside = np.where(furniture >= ASIDE_FROM, furniture - ASIDE_COST, -1e4)
        share = np.array([self.share[e.corpus] for e in data])
        return {
            "share": share,
            "ids": ids,
            "o": furniture,
            "a": aside,
            "text": text,
            "allowed": allowed,
            "real": real,
        }

    def __call__(self, w: np.ndarray) -> tuple[float, np.ndarray]:
        size = len(self.names)
        loss, grad = 0.0, np.zeros_like(w)
        padded = np.append(w[:size], 0.0)
        for batch in self.batches:
            body = padded[batch["ids"]].sum(2) + batch["text"]
            scores = np.stack([batch["o"], body, batch["a"], batch["o"]], 2)
            free = _forward_backward(scores, w[size:], batch["real"], None)
            gold = _forward_backward(scores, w[size:], batch["real"], batch["allowed"])
            share = batch["share"]
            loss += float(((free[0] - gold[0]) * share).sum())
            change = (free[1] - gold[1])[:, :, 1] * share[:, None]
            flat = np.bincount(
                batch["ids"].ravel(),
                np.repeat(change.ravel(), self.width),
                minlength=size + 1,
            )
            grad[:size] += flat[:size]
            grad[size:] += ((free[2] - gold[2]) * share[:, None]).sum(0)
        loss += 0.5 * PENALTY * float(w @ w)
        return loss, grad + PENALTY * w


def _forward_backward(
    scores: np.ndarray, costs: np.ndarray, real: np.ndarray, allowed: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log-partition per page, marginals, and the expected count of opened and closed runs."""
    low = -1e4
    if allowed is not None:
        scores = np.where(allowed, scores, low)
    start, close, again = costs
    step = np.array([[0, -start, low, low], [low, 0, 0, -close], [low, 0, 0, -close], [low, -again, low, 0]])
    begin = np.array([0, -start, low, low])
    pages, length, _ = scores.shape
    alpha = np.empty_like(scores)
    alpha[:, 0] = scores[:, 0] + begin
    for t in range(1, length):
        new = np.logaddexp.reduce(alpha[:, t - 1, :, None] + step, axis=1) + scores[:, t]
        alpha[:, t] = np.where(real[:, t, None], new, alpha[:, t - 1])
    total = np.logaddexp.reduce(alpha[:, -1], axis=1)
    beta = np.zeros_like(scores)
    pair = np.zeros((pages, 4, 4))
    for t in range(length - 1, 0, -1):
        after = scores[:, t] + beta[:, t]
        new = np.logaddexp.reduce(step + after[:, None, :], axis=2)
        beta[:, t - 1] = np.where(real[:, t, None], new, 0.0)
        joint = np.exp(alpha[:, t - 1, :, None] + step + after[:, None, :] - total[:, None, None])
        pair += joint * real[:, t, None, None]
    marginal = np.exp(alpha + beta - total[:, None, None]) * real[:, :, None]
    pair[:, 0, 1] += marginal[:, 0, 1]
    moves = -np.stack([pair[:, 0, 1], pair[:, 1, 3] + pair[:, 2, 3], pair[:, 3, 1]], 1)
    return total, marginal, moves


def centred(chain: Chain, w: np.ndarray) -> tuple[dict[tuple[str, str], float], float]:
    """Weights with mean 0 within each family over the passages, and the base that is left."""
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    fitted = w[: len(chain.names)]  # behind them stand the chain's costs
    for (family, _), weight, count in zip(chain.names, fitted, chain.counts, strict=True):
        sums[family] += weight * count
        counts[family] += count
    means = {family: sums[family] / counts[family] for family in sums}
    weights = {pair: float(weight) - means[pair[0]] for pair, weight in zip(chain.names, fitted, strict=True)}
    return weights, sum(means.values())


def write(chain: Chain, w: np.ndarray, out: Path, note: str) -> None:
    weights, base = centred(chain, w)
    lines = [
        "# Weights of the evidence from structure, for the body: natural log-odds.",
        f"# Fitted by `python -m benchmarks fit`; {note}.",
        "# Page sets: fundus test data (MIT), WCXB v1.0 (CC-BY-4.0), and text dumps labelled for newsclean.",
        "",
        "[chain]",
        f"base = {base:.2f}",
        f"open = {w[-3]:.2f}",
        f"close = {w[-2]:.2f}",
        f"reopen = {w[-1]:.2f}",
        f"aside = {ASIDE_COST:.2f}",
        f"aside-from = {ASIDE_FROM:.2f}",
    ]
    family = ""
    for (name, value), weight in weights.items():
        if name != family:
            lines += ["", f"[{name}]"]
            family = name
        lines.append(f'"{value}" = {weight:.2f}')
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", nargs="+", type=Path, help="JSON lines with gold, .jsonl or .jsonl.gz")
    parser.add_argument("--out", type=Path, default=TARGET, help="the file of weights to write")
    parser.add_argument("--hold-out", action="store_true", help="leave a third of the publishers out")
    parser.add_argument("--iterations", type=int, default=120, help="most steps of the optimiser")


def main(args: argparse.Namespace) -> int:
    data = examples(args.data, args.hold_out)
    chain = Chain(data)
    begin = np.zeros(len(chain.names) + 3)
    begin[-3:] = 2.0
    result = minimize(chain, begin, jac=True, method="L-BFGS-B", options={"maxiter": args.iterations})
    passages = sum(len(e.body) for e in data)
    held = "a third of the publishers held out" if args.hold_out else "all publishers"
    corpora = ", ".join(sorted(chain.share))
    note = f"{corpora}: {len(data)} pages and views, {passages} passages, {held}"
    write(chain, result.x, args.out, note)
    print(f"{note}; loss {result.fun:.1f} after {result.nit} steps")
    return 0
