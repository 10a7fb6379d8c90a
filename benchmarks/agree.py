"""How far the article from a page's HTML and the one from its text are the same, and where they differ."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import newsclean
from benchmarks import corpus, inputs
from benchmarks.corpus import Paragraph, Record
from benchmarks.measures import PERFECT, body_words

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """The two bodies of a page: how alike they are, and the words that only one of them has.

    ``precision`` and ``recall`` (0 to 1) take the body from the HTML for the right one.
    """

    record: str
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def compare(record: Record, kind: str) -> Pair | None:
    """The two bodies of a page; None if it has no HTML, or none of the two has words."""
    try:
        text = inputs.lay_out(record, kind)
    except (ValueError, AssertionError):  # HTML that the library for the text form cannot lay out
        text = None
    if text is None or record.html is None:
        return None
    from_html = [Paragraph(paragraph) for paragraph in newsclean.clean(record.html).paragraphs]
    score = body_words(newsclean.clean(text).text, from_html)
    return Pair(record.id, score.precision, score.recall) if score else None


def report(pairs: Sequence[Pair]) -> str:
    """Mean F1, precision and recall, the share of pages that are all but equal, and the worst pages."""
    count = len(pairs) or 1
    f1, precision, recall = (
        100 * sum(values) / count
        for values in (
            [pair.f1 for pair in pairs],
            [pair.precision for pair in pairs],
            [pair.recall for pair in pairs],
        )
    )
    same = 100 * sum(min(pair.precision, pair.recall) >= PERFECT for pair in pairs) / count
    worst = ", ".join(
        f"{pair.record} {100 * pair.f1:.0f}" for pair in sorted(pairs, key=lambda p: p.f1)[:_SHOWN]
    )
    return (
        f"{len(pairs)} pages: F1 {f1:.1f}; of the words from the text {precision:.1f} % are in the body from the "
        f"HTML, of that {recall:.1f} % in the other; the same on {same:.1f} %\n  worst: {worst}"
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", nargs="+", type=Path, help="JSON lines with gold, .jsonl or .jsonl.gz")
    parser.add_argument("--input", choices=("blocks", "nodes", "markdown"), default="blocks")


def main(args: argparse.Namespace) -> int:
    for path in args.data:
        records = corpus.read(path)
        with ProcessPoolExecutor() as pool:
            found = pool.map(partial(compare, kind=args.input), records, chunksize=8)
            print(f"{path.name}, {args.input}: {report([pair for pair in found if pair])}")
    return 0
