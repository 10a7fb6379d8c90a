"""How far the article from a page's HTML and the one from its text are the same, and where they differ."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import newsclean
from benchmarks import corpus, inputs
from benchmarks.corpus import Paragraph, Record
from benchmarks.measures import PERFECT, Words, body_words

Pair = tuple[str, Words]
"""A page's id and how alike its two bodies are, that from the HTML taken for the right one."""

_SHOWN = 10


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
    return (record.id, score) if score else None


def report(pairs: Sequence[Pair]) -> str:
    """Mean F1, precision and recall, the share of pages that are all but equal, and the worst pages."""
    count = len(pairs) or 1
    f1, precision, recall = (
        100 * sum(values) / count
        for values in (
            [score.f1 for _, score in pairs],
            [score.precision for _, score in pairs],
            [score.recall for _, score in pairs],
        )
    )
    same = 100 * sum(min(score.precision, score.recall) >= PERFECT for _, score in pairs) / count
    lowest = sorted(pairs, key=lambda pair: pair[1].f1)[:_SHOWN]
    worst = ", ".join(f"{record} {100 * score.f1:.0f}" for record, score in lowest)
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
