"""Cleans hostile pages for minutes on end, and checks what is promised of every page."""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import exp, log
from pathlib import Path

from benchmarks.hostile import MAKERS, SHAPES, Page, cut_everywhere, keep_promise, seeds
from newsclean import Cleaner
from newsclean.detect import Kind
from newsclean.document import Document
from newsclean.pool import clean_jobs
from newsclean.worker import Job

_SLOWEST = 10
"""How many of the slowest pages are shown."""
_LEAST = 2_000
"""Bytes from which a page counts among the slowest for its size."""
_LARGEST = 5_000
"""Parts of the largest pages; most have a few dozen."""
_STEPS = (2_000, 4_000, 8_000, 16_000)
"""Sizes at which the growth of every shape is timed."""
_MOST_GROWTH, _NOTICED = 3.0, 0.2
"""How many times as long a page twice as large may take, if it takes this many seconds at all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--minutes", type=float, default=5.0, help="of pages made by chance (default 5)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed makes the same pages")
    parser.add_argument("--timeout", type=float, default=60.0, help="seconds from which a page hangs")
    parser.add_argument("--keep", type=Path, help="folder for the pages that break a promise")
    parser.add_argument(
        "--witness", choices=["always", "auto", "never"], default="auto", help="when trafilatura is asked"
    )
    parser.add_argument(
        "--only",
        choices=["chance", "cuts", "growth"],
        action="append",
        help="only this part; may be repeated",
    )


def main(args: argparse.Namespace) -> int:
    """1 if a promise was broken, or the time of a shape grows faster than its size."""
    wanted = args.only or ["chance", "growth"]
    bad = 0
    if "chance" in wanted:
        bad += _report(f"by chance, seed {args.seed}", _until(args.minutes, made(args.seed)), args)
    if "cuts" in wanted:
        bad += _report("cut off everywhere", cuts(), args)
    if "growth" in wanted:
        bad += _report_growth(args.witness)
    return 1 if bad else 0


@dataclass(frozen=True, slots=True)
class Made:
    """A page that was made, and how: the kind, and the seed that makes it again."""

    kind: str
    seed: str
    page: Page

    @property
    def size(self) -> int:
        """Its bytes in UTF-8, about."""
        page = self.page
        return len(page) if isinstance(page, bytes) else len(page.encode("utf-8", "replace"))


def made(seed: int) -> Iterator[Made]:
    """Pages of all kinds in turn, without end."""
    number = 0
    while True:
        for kind in MAKERS:
            yield make(kind, f"{seed}:{number}")
        number += 1


def make(kind: str, seed: str) -> Made:
    """The page of a kind that a seed makes; most are small, a few have thousands of parts."""
    chance = random.Random(f"{kind}:{seed}")  # noqa: S311 - chance that can be had again
    top = log(_LARGEST) if chance.random() < 0.02 else log(60)
    return Made(kind, seed, MAKERS[kind](chance, round(exp(chance.uniform(0.0, top)))))


def cuts() -> Iterator[Made]:
    """Every fixture, as text and as HTML, cut off at every character and within every one."""
    for number, page in enumerate(seeds()):
        for end, cut in enumerate(cut_everywhere(page)):
            yield Made("cut off", f"{number}:{end}", cut)


def _until(minutes: float, pages: Iterator[Made]) -> Iterator[Made]:
    end = time.monotonic() + 60 * minutes
    for page in pages:
        if time.monotonic() > end:
            return
        yield page


# ---- Trying pages -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tried(Document):
    """What a page was found to be: cleaned or refused, in so many seconds each time."""

    seconds: float = 0.0
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Trier:
    """Keeps the promise in place of a Cleaner, so that the pool watches over hangs and crashes."""

    cleaner: Cleaner

    def clean(self, page: Page, /, *, kind: Kind | None = None, charset: str | None = None) -> Document:
        """Try one page; the two settings are of no use here."""
        del kind, charset
        start = time.perf_counter()
        document = keep_promise(self.cleaner, page)
        return Tried(text="", seconds=(time.perf_counter() - start) / 2, refused=document is None)


@dataclass(slots=True)
class Account:
    """What came of the pages."""

    tried: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[Made, str]] = field(default_factory=list)
    slowest: list[tuple[float, Made, float]] = field(default_factory=list)
    """The slowest pages for their size: seconds a KB, the page, seconds."""

    def add(self, page: Made, found: Document) -> None:
        """Count a page."""
        self.tried[page.kind] += 1
        if not isinstance(found, Tried):
            self.failed.append((page, found.error or "no reason"))
            return
        self.refused[page.kind] += found.refused
        if page.size >= _LEAST:
            self.slowest.append((1000 * found.seconds / page.size, page, found.seconds))
            if len(self.slowest) > 10 * _SLOWEST:
                self.keep_slowest()

    def keep_slowest(self) -> None:
        """Forget all but the slowest."""
        self.slowest = sorted(self.slowest, key=lambda one: -one[0])[:_SLOWEST]


def try_all(pages: Iterator[Made], cleaner: Cleaner, timeout: float = 60.0) -> Account:
    """Try pages in a process of their own, which is replaced where a page hangs in it or ends it."""
    account = Account()
    waiting: deque[Made] = deque()

    def jobs() -> Iterator[Job]:
        for page in pages:
            waiting.append(page)
            yield Job(page.page)

    for found in clean_jobs(Trier(cleaner), jobs(), workers=1, timeout=timeout):
        account.add(waiting.popleft(), found)
    account.keep_slowest()
    return account


def _report(what: str, pages: Iterator[Made], args: argparse.Namespace) -> int:
    account = try_all(pages, Cleaner(witness=args.witness), args.timeout)
    print(f"## Pages {what}: {account.tried.total()} tried, {len(account.failed)} broke a promise\n")
    print("| kind | tried | refused by name |\n|---|---:|---:|")
    for kind, count in account.tried.items():
        print(f"| {kind} | {count} | {account.refused[kind]} |")
    print("\nThe slowest for their size, of 2 KB or more:\n")
    print("| milliseconds a KB | seconds | KB | kind | seed |\n|---:|---:|---:|---|---|")
    for pace, page, seconds in account.slowest:
        print(f"| {1000 * pace:.1f} | {seconds:.2f} | {page.size / 1000:.0f} | {page.kind} | {page.seed} |")
    print(flush=True)
    for page, why in account.failed:
        print(f"BROKEN: {page.kind}, seed {page.seed}: {why}")
    if args.keep and account.failed:
        _keep(args.keep, [page for page, _ in account.failed])
    return len(account.failed)


def _keep(folder: Path, pages: Sequence[Made]) -> None:
    """Write the pages that failed; lone surrogates as they are in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        name = f"{page.kind.replace(' ', '-')}-{page.seed.replace(':', '-')}"
        data = page.page if isinstance(page.page, bytes) else page.page.encode("utf-8", "surrogatepass")
        (folder / f"{name}.{'bin' if isinstance(page.page, bytes) else 'txt'}").write_bytes(data)


# ---- Growth -------------------------------------------------------------------------------


def growth(name: str, cleaner: Cleaner) -> list[float]:
    """Seconds for pages of one shape, each twice as large as the one before."""
    times = []
    for size in _STEPS:
        page = SHAPES[name](size)
        runs = []
        for _ in range(2):
            start = time.perf_counter()
            cleaner.clean(page)
            runs.append(time.perf_counter() - start)
        times.append(min(runs))
    return times


def grows_too_fast(times: Sequence[float]) -> bool:
    """Whether the time grows faster than the size, over the last steps, by a wide margin."""
    last, before, first = times[-1], times[-2], times[-3]
    return last >= _NOTICED and last > _MOST_GROWTH * before and last > _MOST_GROWTH**2 * first


def _report_growth(witness: str) -> int:
    cleaner = Cleaner(witness=witness)  # type: ignore[arg-type] # argparse has checked it
    for page in chain(seeds()[:2], seeds()[-2:]):
        cleaner.clean(page)  # so that no shape pays for what is loaded at first use
    print(f"## Growth: seconds for shapes of {', '.join(map(str, _STEPS))} parts\n")
    print("| shape | " + " | ".join(map(str, _STEPS)) + " | last over one before |")
    print("|---|" + "---:|" * (len(_STEPS) + 1))
    bad = []
    for name in SHAPES:
        times = growth(name, cleaner)
        print(
            f"| {name} | "
            + " | ".join(f"{t:.3f}" for t in times)
            + f" | {times[-1] / max(times[-2], 1e-6):.1f} |",
            flush=True,
        )
        if grows_too_fast(times):
            bad.append(name)
    print(f"\nGrow faster than their size: {', '.join(bad) or 'none'}")
    return len(bad)
