"""Times newsclean against its peers page by page in one process; import time, growth, memory."""

from __future__ import annotations

import argparse
import logging
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import lxml.html

from benchmarks import corpus, inputs
from benchmarks.quality import evenly
from benchmarks.systems import SYSTEMS

GROWTH = (1, 2, 4, 8, 16, 32, 64)
_BASE = 16_000
"""Characters of the smallest page of the growth test."""

Runner = Callable[[corpus.Record, str], object]


def _on_html(name: str) -> Runner:
    return lambda record, _text: SYSTEMS[name].extract(record.html or "", record.language, is_html=True)


RUNNERS: dict[str, Runner] = {
    "newsclean, text": lambda record, text: SYSTEMS["newsclean"].extract(
        text, record.language, is_html=False
    ),
    "newsclean, HTML": _on_html("newsclean"),
    "newsclean, HTML, witness=never": _on_html("newsclean witness=never"),
    "newsclean, HTML, witness=always": _on_html("newsclean witness=always"),
    "trafilatura, HTML": _on_html("trafilatura"),
    "resiliparse, HTML": _on_html("resiliparse"),
    "lxml parse alone": lambda record, _text: lxml.html.document_fromstring((record.html or "").encode()),
}
"""What is timed: each takes the page and its text (laid out as blocks)."""

IMPORTS = ("newsclean", "trafilatura", "resiliparse.extract.html2text", "lxml.html")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", nargs="+", type=Path, help="JSON lines with html, .jsonl or .jsonl.gz")
    parser.add_argument("--limit", type=int, help="only so many pages of each file, evenly spread")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each page; the fastest counts")
    parser.add_argument(
        "--memory-pages", type=int, default=10_000, help="pages of the memory test; 0 leaves it out"
    )
    parser.add_argument(
        "--only", choices=list(_PARTS), action="append", help="only this part; may be repeated"
    )


def main(args: argparse.Namespace) -> int:
    warnings.simplefilter("ignore")
    logging.disable()
    for name in args.only or _PARTS:
        print("\n".join(_PARTS[name](args)), flush=True)
    return 0


# ---- Pages ------------------------------------------------------------------------------


def pages(args: argparse.Namespace) -> list[str]:
    lines = []
    for path in args.data:
        records = [r for r in evenly(list(corpus.read(path)), args.limit) if r.html]
        if not records:
            lines += [f"## {path.name}: no HTML, not timed", ""]
            continue
        times = time_pages(records, args.repeats)
        size = statistics.mean(len(r.html or "") for r in records) / 1000
        lines += [
            f"## {path.name}: {len(records)} pages, {size:.0f} KB of HTML on average; milliseconds a page",
            "",
        ]
        lines += _time_table(times)
    return lines


def time_pages(records: Sequence[corpus.Record], repeats: int) -> dict[str, list[float]]:
    """Seconds a page and system, all systems in turn on each page, the fastest of the repeats.

    The order of the systems moves on by one with every page and repeat, so that no system
    always runs on the caches that another has warmed.
    """
    names = list(RUNNERS)
    texts = [inputs.blocks(r.html or "") for r in records]
    for name in names:  # load models, compile patterns
        _seconds(RUNNERS[name], records[0], texts[0])
    best = {name: [float("inf")] * len(records) for name in names}
    for repeat in range(repeats):
        for i, (record, text) in enumerate(zip(records, texts, strict=True)):
            shift = (i + repeat) % len(names)
            for name in names[shift:] + names[:shift]:
                best[name][i] = min(best[name][i], _seconds(RUNNERS[name], record, text))
    return best


def _seconds(run: Runner, record: corpus.Record, text: str) -> float:
    start = time.perf_counter()
    with suppress(Exception):  # a page that a peer cannot take costs it the time until then
        run(record, text)
    return time.perf_counter() - start


def _time_table(times: dict[str, list[float]]) -> list[str]:
    own = [name for name in times if name.startswith("newsclean")]
    head = ["", "median", "mean", "p95", *(f"{name}: median, mean" for name in own)]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    for name, each in times.items():
        figures = [1000 * statistics.median(each), 1000 * statistics.mean(each), 1000 * percentile(each, 95)]
        ratios = [
            f"{statistics.median(times[o]) / statistics.median(each):.2f}, "
            f"{statistics.mean(times[o]) / statistics.mean(each):.2f}"
            for o in own
        ]
        lines.append("| " + " | ".join([name, *(f"{f:.1f}" for f in figures), *ratios]) + " |")
    return [*lines, "", "Ratios: the time of that newsclean path over the row's time; below 1 is faster.", ""]


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(percent) // 100) - 1)]


# ---- Import -----------------------------------------------------------------------------


def imports(_args: argparse.Namespace) -> list[str]:
    """Import time in fresh interpreters, the modules in turn."""
    code = "import time; s = time.perf_counter(); import {}; print(time.perf_counter() - s)"
    times: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(7):
        for name, each in times.items():
            done = subprocess.run(  # noqa: S603 - our own interpreter
                [sys.executable, "-W", "ignore", "-c", code.format(name)],
                capture_output=True,
                text=True,
                check=True,
            )
            each.append(float(done.stdout))
    lines = [
        "## Import, fresh interpreters, milliseconds",
        "",
        "| module | fastest | median |",
        "|---|---:|---:|",
    ]
    lines += [f"| {n} | {1000 * min(e):.0f} | {1000 * statistics.median(e):.0f} |" for n, e in times.items()]
    return [*lines, ""]


# ---- Growth -----------------------------------------------------------------------------

_SENTENCE = (
    "The ferry between the outer islands sailed again on Monday, and {} people were on board when it left. "
)


def _sentences(size: int) -> Iterable[str]:
    return (_SENTENCE.format(17 * i % 997) for i in range(size // len(_SENTENCE) + 1))


def _prose(size: int) -> str:
    return "\n\n".join(f"{a}{a}{a}".strip() for a in _sentences(size // 3))


def _one_line(size: int) -> str:
    return "".join(_sentences(size))


def _short_lines(size: int) -> str:
    words = ("Home", "News and sport", "Weather", "More", "Ferries", "Read next", "17", "Sign in")
    return "\n".join(words[i % len(words)] for i in range(size // 8))


def _html_prose(size: int) -> str:
    return (
        "<html><body><article>"
        + "".join(f"<p>{s}{s}</p>" for s in _sentences(size // 2))
        + "</article></body></html>"
    )


def _html_deep(size: int) -> str:
    depth = size // 11
    return "<html><body>" + "<div>" * depth + "".join(_sentences(2000)) + "</div>" * depth + "</body></html>"


SHAPES: dict[str, Callable[[int], str]] = {
    "prose": _prose,
    "one giant line": _one_line,
    "short lines": _short_lines,
    "HTML prose": _html_prose,
    "HTML, one tree as deep as it is large": _html_deep,
}


def growth(_args: argparse.Namespace) -> list[str]:
    """Time against size, with invented pages of several shapes."""
    import newsclean

    lines = [
        f"## Growth: seconds for pages of {_BASE // 1000} KB times ...",
        "",
        "| shape | " + " | ".join(map(str, GROWTH)) + " | last over first |",
        "|---|" + "---:|" * (len(GROWTH) + 1),
    ]
    newsclean.clean(_prose(1000))
    for name, make in SHAPES.items():
        times = []
        for factor in GROWTH:
            page = make(_BASE * factor)
            runs = 3 if factor < 16 else 1
            times.append(min(_clean_seconds(newsclean.clean, page) for _ in range(runs)))
        cells = [f"{t:.3f}" for t in times]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {times[-1] / times[0]:.0f} |")
    return [*lines, ""]


def _clean_seconds(clean: Callable[[str], Any], page: str) -> float:
    start = time.perf_counter()
    clean(page)
    return time.perf_counter() - start


# ---- Memory -----------------------------------------------------------------------------

_RESIDENT = """
import itertools, sys, psutil, newsclean
from benchmarks import corpus, inputs
from benchmarks.quality import evenly
path, pages, form = sys.argv[1], int(sys.argv[2]), sys.argv[3]
texts = [inputs.lay_out(r, form) for r in evenly(list(corpus.read(path)), 200)]
texts = [t for t in texts if t]
resident = {}
for done, text in enumerate(itertools.islice(itertools.cycle(texts), pages), 1):
    newsclean.clean(text)
    if done in (pages // 10, pages):
        resident[done] = psutil.Process().memory_info().rss
print(*resident.values())
"""

_PEAK = """
import resource, sys, newsclean
from benchmarks.speed import SHAPES
page = SHAPES[sys.argv[1]](int(sys.argv[2]))
newsclean.clean("The ferry sailed again on Monday.")
scale = 1 if sys.platform == "darwin" else 1024
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale
newsclean.clean(page)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale - before, len(page.encode()))
"""


def memory(args: argparse.Namespace) -> list[str]:
    """Resident size over many pages, and the peak of one large page, in fresh processes."""
    count = args.memory_pages
    if not count:
        return []
    lines = [f"## Memory: resident MB after {count // 10} and after {count} pages", ""]
    lines += ["| data | form | early | late | growth |", "|---|---|---:|---:|---:|"]
    for path in args.data:
        for form in ("blocks", "html"):
            said = _python(_RESIDENT, str(path), str(count), form)
            if len(said) == 2:
                early, late = said
                lines.append(
                    f"| {path.name} | {form} | {early / 1e6:.0f} | {late / 1e6:.0f} | {100 * (late / early - 1):+.1f} % |"
                )
    lines += ["", "Peak memory that one page of 10 MB adds, over its size:", ""]
    lines += ["| shape | times its size |", "|---|---:|"]
    for shape in ("prose", "one giant line", "HTML prose"):
        added, size = _python(_PEAK, shape, "10000000")
        lines.append(f"| {shape} | {added / size:.1f} |")
    return [*lines, ""]


def _python(code: str, *arguments: str) -> list[float]:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "ignore", "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return [float(word) for word in done.stdout.split()]


# ---- Pool -------------------------------------------------------------------------------

_BEFORE = 20
"""Documents that come before the clock is started, so that the start of the processes is not timed."""


def pool(args: argparse.Namespace) -> list[str]:
    """Pages a second of ``clean_many`` with one process and with two, in turn; the fastest runs count."""
    lines = ["## clean_many: HTML pages a second, with one process and with two", ""]
    lines += ["| data | pages | 1 | 2 | 2 over 1 |", "|---|---:|---:|---:|---:|"]
    for path in args.data:
        texts = [r.html for r in evenly(list(corpus.read(path)), args.limit) if r.html]
        if not texts:
            continue
        best = {1: 0.0, 2: 0.0}
        for _ in range(args.repeats):
            for workers in best:
                best[workers] = max(best[workers], rate(texts, workers))
        lines.append(
            f"| {path.name} | {len(texts)} | {best[1]:.1f} | {best[2]:.1f} | {best[2] / best[1]:.2f} |"
        )
    return [*lines, ""]


def rate(texts: Sequence[str], workers: int) -> float:
    """Documents a second, once the processes are at work."""
    import newsclean

    documents = newsclean.clean_many([*texts[:_BEFORE], *texts], workers=workers, progress=False)
    for _ in zip(range(min(_BEFORE, len(texts))), documents, strict=False):
        pass
    start = time.perf_counter()
    done = sum(1 for _ in documents)
    return done / (time.perf_counter() - start)


_PARTS = {"pages": pages, "imports": imports, "growth": growth, "memory": memory, "pool": pool}
