"""What a profile of standing furniture gains and harms, on pages that it was not learned from."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import newsclean
from benchmarks import corpus, crawl, inputs
from benchmarks.corpus import Record
from benchmarks.measures import PERFECT, Words, body_words, labels
from newsclean import Cleaner, Document
from newsclean.standing import MIN_STORIES

KINDS = ("html", "blocks", "markdown", "text")
_FOLDS = 4
_STORIES = 24
"""Stories of the invented crawl."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The score of a page without a profile and with one, what the profile took out, and which gold went.

    ``lost`` are the paragraphs in the gold body that are kept without the profile and not with it. Recall
    tells less: a common word of furniture may fill in for one that is missing of the gold.
    """

    record: str
    held_out: bool
    kind: str
    without: Words
    with_profile: Words
    taken: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """The pages of one publisher in one form, and how to learn from them.

    ``own`` says to learn from the page itself too, as one does who cleans the crawl that was learned from.
    """

    kind: str
    records: Sequence[Record]
    own: bool
    min_stories: int


def compare(job: Job) -> list[Pair]:
    """Score the pages of a publisher, each with a profile of pages in other folds, or of all pages."""
    kind, records = job.kind, job.records
    pages = [(record, page) for record in records if (page := _lay_out(record, kind))]
    plain = [newsclean.clean(page) for _, page in pages]
    folds = [i % _FOLDS if len(pages) > _FOLDS else i for i in range(len(pages))]
    found: list[Pair] = []
    for fold in sorted(set(folds)):
        others = [document for i, document in enumerate(plain) if job.own or folds[i] != fold]
        profile = newsclean.learn(others, by=lambda _: "the publisher").prune(job.min_stories)
        # A profile that knows nothing changes nothing; a cleaner takes longer to make than to clean with.
        cleaner = Cleaner(profile=profile) if profile.publishers else None
        for i in [i for i in range(len(pages)) if folds[i] == fold]:
            document = cleaner.clean(pages[i][1]) if cleaner else plain[i]
            found += _scored(pages[i][0], kind, plain[i], document)
    return found


def _lay_out(record: Record, kind: str) -> str | None:
    try:
        return inputs.lay_out(record, kind)
    except (ValueError, AssertionError):  # HTML that the library for the text form cannot lay out
        return None


def _scored(record: Record, kind: str, plain: Document, document: Document) -> Iterator[Pair]:
    without, with_profile = (body_words(d.text, record.gold.body) for d in (plain, document))
    taken = tuple(r.text for r in document.removed if r.rule_id.startswith("profile."))
    if without and with_profile:
        lost = tuple(_lost(plain.paragraphs, document.paragraphs, record.gold.paragraphs))
        yield Pair(record.id, record.held_out, kind, without, with_profile, taken, lost)


def _lost(before: Sequence[str], after: Sequence[str], gold: Sequence[str]) -> Iterator[str]:
    """The paragraphs that stand in the gold body and are gone."""
    left = Counter(after)
    for paragraph, label in zip(before, labels(before, gold), strict=True):
        if left[paragraph]:
            left[paragraph] -= 1
        elif label == 1:
            yield paragraph


def report(pairs: Sequence[Pair]) -> list[str]:
    """The figures of each input and each part of the publishers, as a table in Markdown."""
    lines = [
        "| input | publishers | pages | F1 | with profile | perfect | with profile | precision | with profile "
        "| recall | with profile | pages changed | that lose gold |",
        "|---|---|" + "---:|" * 11,
    ]
    for kind in KINDS:
        for held_out, name in ((False, "used"), (True, "held out")):
            some = [pair for pair in pairs if pair.kind == kind and pair.held_out == held_out]
            if some:
                lines.append(_row(kind, name, some))
    return lines


def _row(kind: str, name: str, pairs: Sequence[Pair]) -> str:
    def mean(of: Callable[[Words], float]) -> str:
        sums = (
            sum(map(of, scores)) for scores in zip(*((p.without, p.with_profile) for p in pairs), strict=True)
        )
        return " | ".join(f"{100 * total / len(pairs):.1f}" for total in sums)

    figures = [
        mean(lambda words: words.f1),
        mean(lambda words: float(min(words.precision, words.recall) >= PERFECT)),
        mean(lambda words: words.precision),
        mean(lambda words: words.recall),
    ]
    changed = sum(pair.without != pair.with_profile for pair in pairs)
    lose = sum(bool(pair.lost) for pair in pairs)
    return f"| {kind} | {name} | {len(pairs)} | {' | '.join(figures)} | {changed} | {lose} |"


def _groups(records: Iterable[Record], key: Callable[[Record], str]) -> list[list[Record]]:
    """The pages of every publisher that has several."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if key(record):
            groups[key(record)].append(record)
    return [some for some in groups.values() if len(some) > 1]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", nargs="*", type=Path, help="JSON lines with gold; none: an invented crawl")
    parser.add_argument(
        "--planted", action="store_true", help="make publishers of sixteen pages, and plant furniture"
    )
    parser.add_argument("--own", action="store_true", help="learn from the page that is scored, too")
    parser.add_argument(
        "--least", type=int, default=MIN_STORIES, help="stories that a sentence stands behind"
    )
    parser.add_argument(
        "--losses", action="store_true", help="show what is lost of the gold on publishers in use"
    )


def main(args: argparse.Namespace) -> int:
    sets = [(path.name, corpus.read_all([path])) for path in args.data] or [
        ("invented crawl", crawl.invent(_STORIES))
    ]
    for name, records in sets:
        key: Callable[[Record], str] = crawl.group_of if args.planted else lambda record: record.publisher
        groups = _groups(crawl.plant(records) if args.planted else records, key)
        jobs = [Job(kind, some, args.own, args.least) for some in groups for kind in KINDS]
        with ProcessPoolExecutor() as pool:
            pairs = [pair for some in pool.map(compare, jobs) for pair in some]
        print(f"{name}{', planted' if args.planted else ''}: {len(groups)} publishers with several pages\n")
        print("\n".join(report(pairs)), end="\n\n")
        for pair in pairs if args.losses else ():
            for paragraph in () if pair.held_out else pair.lost:
                print(f"{pair.kind} {pair.record}: {paragraph}")
    return 0
