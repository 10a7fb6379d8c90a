"""`python -m benchmarks COMMAND`: what newsclean is measured by."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Protocol

from benchmarks import agree, fit_structure, floors, fuzz, learning, quality, speed, worst
from benchmarks.corpus import DataError


class Command(Protocol):
    """A module of this folder that is a command."""

    def add_arguments(self, parser: argparse.ArgumentParser, /) -> None: ...
    def main(self, args: argparse.Namespace, /) -> int: ...


COMMANDS: dict[str, Command] = {
    "quality": quality,
    "speed": speed,
    "worst": worst,
    "floors": floors,
    "agree": agree,
    "fit": fit_structure,
    "learn": learning,
    "fuzz": fuzz,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all is well, 1 for a figure below its floor, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, module in COMMANDS.items():
        module.add_arguments(commands.add_parser(name, help=(module.__doc__ or "").split("\n")[0]))
    args = parser.parse_args(arguments)
    try:
        return COMMANDS[args.command].main(args)
    except DataError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
