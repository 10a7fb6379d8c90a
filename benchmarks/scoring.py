"""Runs systems over pages in a pool of processes and scores what they return."""

from __future__ import annotations

import logging
import os
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as TimedOut
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt
from pebble import ProcessExpired, ProcessFuture, ProcessPool

from benchmarks import inputs, measures
from benchmarks.corpus import Record
from benchmarks.measures import Share
from benchmarks.systems import SYSTEMS, Output, System

TIME_LIMIT = 120.0
"""Seconds that a system may take for one page; the measure then counts an empty result."""
_BATCH = 32
_RESAMPLES = 2000

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PageScore:
    """What one system got right of one page in one form."""

    record: str
    corpus: str
    publisher: str
    language: str
    held_out: bool
    input: str
    system: str
    shares: dict[str, Share]
    error: str = ""
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """One measure over many pages, in percent, with its 95 % confidence interval."""

    value: float
    low: float
    high: float


@dataclass
class Run:
    """All scores of one run, and the pages that could not be laid out."""

    scores: list[PageScore] = field(default_factory=list)
    not_laid_out: list[str] = field(default_factory=list)


def run(
    records: Iterable[Record], systems: Sequence[System], kinds: Sequence[str], jobs: int | None = None
) -> Run:
    """Score every system on every page in every form that the page has.

    A system that raises, crashes or runs beyond TIME_LIMIT is scored as if it had returned
    nothing, with the reason in ``PageScore.error``.
    """
    done = Run()
    source = iter(records)
    with ProcessPool(max_workers=jobs or os.cpu_count() or 1, initializer=_quiet) as pool:
        while batch := list(islice(source, _BATCH)):
            pages = []
            for record, kind, text, problem in _laid_out(pool, batch, kinds):
                if problem:
                    done.not_laid_out.append(f"{record.id} as {kind}: {problem}")
                elif text is not None:
                    pages.append((record, kind, text))
            jobs_of_batch = [
                (
                    record,
                    kind,
                    system,
                    pool.schedule(score, args=(record, kind, text, system.name), timeout=TIME_LIMIT),
                )
                for record, kind, text in pages
                for system in systems
                if system.takes(kind)
            ]
            for record, kind, system, future in jobs_of_batch:
                done.scores.append(_result(record, kind, system, future))
    return done


def _quiet() -> None:
    warnings.simplefilter("ignore")
    logging.disable()


def _laid_out(
    pool: ProcessPool, batch: Sequence[Record], kinds: Sequence[str]
) -> Iterator[tuple[Record, str, str | None, str]]:
    waiting = [
        (record, kind, pool.schedule(inputs.lay_out, args=(record, kind), timeout=TIME_LIMIT))
        for record in batch
        for kind in kinds
    ]
    for record, kind, future in waiting:
        try:
            yield record, kind, future.result(), ""
        except Exception as error:  # noqa: BLE001 - whatever a library raises is reported
            yield record, kind, None, _reason(error)


def _result(record: Record, kind: str, system: System, future: ProcessFuture[PageScore]) -> PageScore:
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - whatever a peer raises is its result
        return _scored(record, kind, system.name, Output(""), "", _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, TimedOut):
        return f"no result within {TIME_LIMIT:.0f} s"
    if isinstance(error, ProcessExpired):
        return f"crashed with exit code {error.exitcode}"
    return f"{type(error).__name__}: {error}".split("\n")[0]


def score(record: Record, kind: str, page: str, system: str) -> PageScore:
    """Run one system on one page, laid out as ``kind``, and score it."""
    output = SYSTEMS[system].extract(page, record.language, is_html=kind == "html")
    shown = page
    if kind == "html" and (record.gold.captions or output.title is not None or output.authors is not None):
        shown = inputs.nodes(page)
    return _scored(record, kind, system, output, shown, "")


def _scored(
    record: Record,
    kind: str,
    system: str,
    output: Output,
    shown: str,
    error: str,
) -> PageScore:
    if kind == "gold":
        shares = measures.harm_shares(output.text, record.gold)
    else:
        shares = measures.body_shares(output.text, record.gold)
        shares |= measures.caption_shares(output.text, output.captions, shown, record.gold)
        shares |= measures.title_shares(output.title, shown, record.gold)
        shares |= measures.author_shares(output.authors, shown, record.gold)
    return PageScore(
        record.id,
        record.corpus,
        record.publisher,
        record.language,
        record.held_out,
        kind,
        system,
        shares,
        error,
        not output.text.strip(),
    )


def summarise(scores: Iterable[PageScore], measure: str) -> Summary | None:
    """One measure over the pages that have it, or None if none has.

    The interval is a percentile bootstrap that draws whole publishers, since pages of one
    publisher err alike.
    """
    sums = _by_publisher(scores, measure)
    if not sums.size or not sums[:, 1].sum():
        return None
    drawn = _draws(len(sums)) @ sums
    low, high = np.percentile(_rate(drawn), [2.5, 97.5])
    value = _rate(sums.sum(0)[None])[0]
    return Summary(float(value), float(low), float(high))


def compare(one: Sequence[PageScore], other: Sequence[PageScore], measure: str) -> Summary | None:
    """How much more ``one`` has than ``other`` on the pages that both have, paired."""
    both = {s.record for s in one if measure in s.shares} & {s.record for s in other if measure in s.shares}
    if not both:
        return None
    a, b = (_by_publisher((s for s in scores if s.record in both), measure) for scores in (one, other))
    draws = _draws(len(a))
    low, high = np.percentile(_rate(draws @ a) - _rate(draws @ b), [2.5, 97.5])
    value = _rate(a.sum(0)[None])[0] - _rate(b.sum(0)[None])[0]
    return Summary(float(value), float(low), float(high))


def _by_publisher(scores: Iterable[PageScore], measure: str) -> Numbers:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for s in scores:
        if measure in s.shares:
            sums[s.publisher or s.record][0] += s.shares[measure][0]
            sums[s.publisher or s.record][1] += s.shares[measure][1]
    return np.array([sums[publisher] for publisher in sorted(sums)])


def _draws(size: int) -> Numbers:
    """How often each publisher is drawn in each resample; the same for the same size."""
    drawn = np.random.default_rng(size).multinomial(size, [1 / size] * size, _RESAMPLES)
    return drawn.astype(np.float64)


def _rate(sums: Numbers) -> Numbers:
    rate: Numbers = 100 * sums[:, 0] / np.maximum(sums[:, 1], 1e-9)
    return rate


def failures(scores: Iterable[PageScore]) -> dict[str, Counter[str]]:
    """Per system: the reasons of its failures, and how many results were empty."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for s in scores:
        if s.error:
            found[s.system][s.error] += 1
        elif s.empty:
            found[s.system]["empty result"] += 1
    return dict(found)
