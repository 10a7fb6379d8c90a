"""Scores newsclean and its peers on pages with gold, side by side, and writes the tables."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import corpus, scoring
from benchmarks.inputs import INPUTS
from benchmarks.scoring import PageScore, Run, Summary
from benchmarks.systems import SYSTEMS, System, chosen

COLUMNS = {
    "f1": "F1",
    "precision": "P",
    "recall": "R",
    "perfect": "perfect",
    "miss": "miss",
    "with": "with",
    "without": "without",
    "caption_recall": "caption R",
    "caption_precision": "caption P",
    "caption_leak": "caption leak",
    "caption_swallowed": "swallowed",
    "credit_right": "credit",
    "agency_right": "agency",
    "title": "title",
    "title_shown": "title shown",
    "authors": "authors",
    "authors_wrong": "authors wrong",
    "authors_shown": "authors shown",
    "harm_recall": "recall",
    "harm_losing": "losing a paragraph",
}
"""The measures in the order of the tables, and their headers there."""

CAPTION_COLUMNS = (
    "caption_recall",
    "caption_precision",
    "caption_leak",
    "caption_swallowed",
    "credit_right",
    "agency_right",
)
"""The measures that the table of captions by language holds."""

HUNDREDTHS = frozenset({"caption_swallowed"})
"""Measures that are printed to a hundredth of a percent: shares of all words, which are small."""

_HEAD = "# Benchmark results\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", nargs="+", type=Path, help="JSON lines with gold, .jsonl or .jsonl.gz")
    parser.add_argument("--systems", type=_names(SYSTEMS), help=f"some of: {', '.join(SYSTEMS)}")
    parser.add_argument(
        "--inputs", type=_names(INPUTS), default=list(INPUTS), help=f"some of: {', '.join(INPUTS)}"
    )
    parser.add_argument("--jobs", type=int, help="processes; one for each core if not given")
    parser.add_argument("--limit", type=int, help="only so many pages of each file, evenly spread")
    parser.add_argument("--out", type=Path, help="write the tables to this Markdown file as well")
    parser.add_argument("--scores", type=Path, help="write the score of every page to this JSON lines file")


def _names(known: dict[str, object] | dict[str, str] | dict[str, System]):  # type: ignore[no-untyped-def]
    def split(value: str) -> list[str]:
        names = [name.strip() for name in value.split(",")]
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name!r} is none of: {', '.join(known)}")
        return names

    return split


def main(args: argparse.Namespace) -> int:
    systems, missing = chosen(args.systems)
    for name, reason in missing.items():
        print(f"{name}: not run: {reason}", file=sys.stderr)
    parts = [_HEAD, _provenance(args.data, systems, missing)]
    everything: list[PageScore] = []
    for path in args.data:
        records = evenly(list(corpus.read(path)), args.limit)
        run = scoring.run(records, systems, args.inputs, args.jobs)
        everything += run.scores
        parts.append(report(run, systems))
        print(parts[-1], flush=True)
    if args.out:
        args.out.write_text("\n".join(parts), encoding="utf-8")
    if args.scores:
        lines = (json.dumps(asdict(score)) + "\n" for score in everything)
        args.scores.write_text("".join(lines), encoding="utf-8")
    return 0


def evenly(records: list[corpus.Record], limit: int | None) -> list[corpus.Record]:
    """At most so many of the records, spread over all of them."""
    if not limit or limit >= len(records):
        return records
    return [records[i * len(records) // limit] for i in range(limit)]


def _provenance(data: Sequence[Path], systems: Sequence[System], missing: dict[str, str]) -> str:
    commit = _git("rev-parse", "--short=12", "HEAD")
    changed = " with uncommitted changes" if _git("status", "--porcelain", "--", "newsclean") else ""
    versions = ", ".join(
        f"{s.name} {s.version()}" + (f" ({s.note})" if s.note else "")
        for s in systems
        if s.name != "whole page"
    )
    lines = [
        f"Made by `python -m benchmarks quality` on {datetime.now(UTC):%Y-%m-%d}, at commit {commit}{changed}, "
        f"with Python {platform.python_version()}.",
        f"Systems: {versions}.",
        *(f"Not run: {name} ({reason})." for name, reason in missing.items()),
        "Data (SHA-256 of the unpacked lines): "
        + ", ".join(f"{path.name} {corpus.digest(path)[:16]}" for path in data)
        + ".",
        'All figures in percent. Intervals are those of a bootstrap over publishers; "against newsclean" is the '
        "difference in the first measure on the same pages. benchmarks/measures.py defines the measures.",
        "",
    ]
    return "\n\n".join(lines)


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


def report(run: Run, systems: Sequence[System]) -> str:
    """The tables of one data file in Markdown."""
    name = run.scores[0].corpus if run.scores else "no pages"
    lines = [f"## {name}", ""]
    for kind, description in INPUTS.items():
        scores = [s for s in run.scores if s.input == kind]
        if not scores:
            continue
        pages = len({s.record for s in scores})
        lines += [f"### {name}, {kind}: {description} ({pages} pages)", ""]
        lines += _table(scores, systems)
        lines += _parts(scores)
        lines += _languages(scores, systems)
        lines += _captions_by_language(scores)
        lines += _failures(scores)
    if run.not_laid_out:
        lines += ["Pages that could not be laid out:", "", *(f"- {line}" for line in run.not_laid_out), ""]
    return "\n".join(lines)


def _table(scores: list[PageScore], systems: Sequence[System]) -> list[str]:
    shown = [m for m in COLUMNS if any(m in s.shares for s in scores)]
    if not shown:
        return []
    own = [s for s in scores if s.system == "newsclean"]
    heads = [COLUMNS[m] for m in shown]
    rows = [["", heads[0], "95 %", "against newsclean", *heads[1:]]]
    for system in systems:
        its = [s for s in scores if s.system == system.name]
        if its:
            summary = scoring.summarise(its, shown[0])
            difference = None if system.name == "newsclean" else scoring.compare(its, own, shown[0])
            rest = [_figure(its, m) for m in shown[1:]]
            rows.append(
                [system.name, _figure(its, shown[0]), _interval(summary), _difference(difference), *rest]
            )
    return _markdown(rows)


def _figure(scores: list[PageScore], measure: str) -> str:
    summary = scoring.summarise(scores, measure)
    digits = 2 if measure in HUNDREDTHS else 1
    return f"{summary.value:.{digits}f}" if summary else "–"


def _interval(summary: Summary | None) -> str:
    return f"{summary.low:.1f} to {summary.high:.1f}" if summary else "–"


def _difference(summary: Summary | None) -> str:
    return f"{summary.value:+.1f} ({summary.low:+.1f} to {summary.high:+.1f})" if summary else ""


def _parts(scores: list[PageScore]) -> list[str]:
    """newsclean on the publishers that may be used for fitting, and on those held out."""
    own = [s for s in scores if s.system.startswith("newsclean")]
    shown = [m for m in COLUMNS if any(m in s.shares for s in own)]
    if len({s.held_out for s in own}) < 2 or not shown:
        return []
    rows = [["newsclean on", "pages", *(COLUMNS[m] for m in shown)]]
    for system in dict.fromkeys(s.system for s in own):
        for held_out, name in ((False, "publishers used in fits"), (True, "publishers held out")):
            part = [s for s in own if s.system == system and s.held_out == held_out]
            head = ", ".join([name, *system.split()[1:]])
            rows.append([head, str(len(part)), *(_figure(part, m) for m in shown)])
    return _markdown(rows)


def _languages(scores: list[PageScore], systems: Sequence[System]) -> list[str]:
    """The first measure per language, where there is more than one language."""
    measure = next((m for m in COLUMNS if any(m in s.shares for s in scores)), None)
    scores = [s for s in scores if measure in s.shares]
    pages = Counter(language for _, language in {(s.record, s.language) for s in scores})
    if measure is None or len(pages) < 2:
        return []
    ran = [system.name for system in systems if any(s.system == system.name for s in scores)]
    rows = [[f"{COLUMNS[measure]} by language", "pages", *ran]]
    for language, count in sorted(pages.items(), key=lambda item: (-item[1], item[0])):
        its = [s for s in scores if s.language == language]
        cells = [_figure([s for s in its if s.system == name], measure) for name in ran]
        rows.append([language, str(count), *cells])
    return _markdown(rows)


def _captions_by_language(scores: list[PageScore]) -> list[str]:
    """The captions of newsclean per language, where there is more than one language."""
    own = [s for s in scores if s.system == "newsclean" and any(m in s.shares for m in CAPTION_COLUMNS)]
    pages = Counter(s.language for s in own)
    if len(pages) < 2:
        return []
    rows = [["captions by language", "pages", "captions", *(COLUMNS[m] for m in CAPTION_COLUMNS)]]
    for language, count in sorted(pages.items(), key=lambda item: (-item[1], item[0])):
        its = [s for s in own if s.language == language]
        captions = sum(int(s.shares["caption_leak"][1]) for s in its if "caption_leak" in s.shares)
        cells = [_figure(its, m) for m in CAPTION_COLUMNS]
        rows.append([language, str(count), str(captions), *cells])
    return _markdown(rows)


def _failures(scores: list[PageScore]) -> list[str]:
    lines = []
    for system, reasons in scoring.failures(scores).items():
        said = "; ".join(f"{reason} ({count} pages)" for reason, count in reasons.most_common(4))
        rest = sum(reasons.values()) - sum(count for _, count in reasons.most_common(4))
        lines.append(f"- {system}: {said}" + (f"; other reasons ({rest} pages)" if rest else ""))
    return ["Failed or empty, scored as an empty body:", "", *lines, ""] if lines else []


def _markdown(rows: list[list[str]]) -> list[str]:
    head, *rest = rows
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rest), ""]
