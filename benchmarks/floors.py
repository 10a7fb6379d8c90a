"""Fails when a figure of newsclean falls below its floor on data for which there are floors."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path

from benchmarks import corpus, scoring
from benchmarks.inputs import INPUTS
from benchmarks.measures import HIGHER_IS_WORSE
from benchmarks.quality import COLUMNS
from benchmarks.systems import SYSTEMS

FILE = Path(__file__).with_name("floors.toml")

Figures = dict[str, dict[str, float]]
"""Input, measure, percent."""


@dataclass
class Floors:
    """The floors of one data file, told by the digest of its lines, not by its name."""

    name: str
    digest: str
    figures: Figures


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", nargs="+", type=Path, help="JSON lines with gold, .jsonl or .jsonl.gz")
    parser.add_argument("--file", type=Path, default=FILE, help="the file of floors")
    parser.add_argument("--raise", action="store_true", dest="raised", help="raise floors to better figures")
    parser.add_argument(
        "--lower",
        action="append",
        default=[],
        metavar="DATA/INPUT/MEASURE",
        help="lower this one floor to today's figure, as it is written in the failure's message",
    )
    parser.add_argument("--jobs", type=int, help="processes; one for each core if not given")


def main(args: argparse.Namespace) -> int:
    known = {f.digest: f for f in read(args.file)}
    lower = set(args.lower)
    failed = 0
    for path in args.data:
        digest = corpus.digest(path)
        if digest not in known:
            if not args.raised:
                print(f"{path}: no floors for data with the digest {digest}; --raise adds them")
                failed += 1
                continue
            known[digest] = Floors(path.name.split(".")[0], digest, {})
        floors = known[digest]
        figures = measure(list(corpus.read(path)), args.jobs)
        failed += _compare(floors, figures, args.raised, lower)
    if args.raised or args.lower:
        write(list(known.values()), args.file)
    for name in sorted(lower):
        print(f"--lower {name}: there is no such figure below its floor")
        failed += 1
    return 1 if failed else 0


def _compare(floors: Floors, figures: Figures, raised: bool, lower: set[str]) -> int:
    """Print what changed and change ``floors``; the number of figures left below their floor."""
    failed = 0
    for kind, name, now, old in _pairs(floors.figures, figures):
        label = f"{floors.name}/{kind}/{name}"
        if now is None:
            print(f"{label}: not measured any more; its floor is {old}")
            failed += 1
        elif old is None or _better(name, now, old):
            said = (
                "new"
                if old is None
                else f"above its floor {old}"
                if now > old
                else f"below its ceiling {old}"
            )
            print(f"{label}: {now}, {said}" + ("; raised" if raised else ""))
            if raised:
                floors.figures.setdefault(kind, {})[name] = now
        elif now != old and label in lower:
            print(f"{label}: {now}; lowered from {old}")
            floors.figures[kind][name] = now
            lower.discard(label)
        elif now != old:
            print(f"{label}: {now} is worse than {old}")
            failed += 1
    return failed


def _pairs(old: Figures, new: Figures) -> list[tuple[str, str, float | None, float | None]]:
    keys = [(kind, name) for kind in INPUTS for name in COLUMNS]
    pairs = [(k, n, new.get(k, {}).get(n), old.get(k, {}).get(n)) for k, n in keys]
    return [pair for pair in pairs if pair[2] is not None or pair[3] is not None]


def _better(measure: str, now: float, old: float) -> bool:
    return now < old if measure in HIGHER_IS_WORSE else now > old


def measure(records: Sequence[corpus.Record], jobs: int | None = None) -> Figures:
    """All figures of newsclean on all inputs, in percent, rounded to the worse side at 0.01."""
    run = scoring.run(records, [SYSTEMS["newsclean"]], list(INPUTS), jobs)
    figures: Figures = {}
    for kind in INPUTS:
        scores = [s for s in run.scores if s.input == kind]
        for name in COLUMNS:
            summary = scoring.summarise(scores, name)
            if summary:
                rounded = (ceil if name in HIGHER_IS_WORSE else floor)(round(summary.value * 100, 6)) / 100
                figures.setdefault(kind, {})[name] = rounded
    return figures


def read(path: Path) -> list[Floors]:
    """Read a file of floors; an empty list if there is none yet.

    Raises DataError when the file is not of the form that ``write`` gives.
    """
    if not path.exists():
        return []
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("data", [])
        return [Floors(t["name"], t["sha256"], _figures(t["floors"])) for t in tables]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise corpus.DataError(f"{path}: not a file of floors: {error!r}") from error


def _figures(table: Mapping[str, Mapping[str, float]]) -> Figures:
    return {kind: {name: float(value) for name, value in floors.items()} for kind, floors in table.items()}


def write(floors: Sequence[Floors], path: Path) -> None:
    lines = [
        "# What newsclean reaches, in percent: a later version must not be worse (see python -m benchmarks floors).",
        f"# For {', '.join(sorted(HIGHER_IS_WORSE))} the figure is a ceiling.",
    ]
    for data in sorted(floors, key=lambda f: f.name):
        lines += ["", "[[data]]", f'name = "{data.name}"', f'sha256 = "{data.digest}"']
        for kind, figures in data.figures.items():
            inside = ", ".join(f"{name} = {value}" for name, value in figures.items())
            lines.append(f"floors.{kind} = {{ {inside} }}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
