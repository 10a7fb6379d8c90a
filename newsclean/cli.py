"""The command line: newsclean [FILE...]."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean import __version__
from newsclean.cleaner import Cleaner
from newsclean.commands.settings import add_settings, cleaner_of
from newsclean.document import Document
from newsclean.errors import NewscleanError

if TYPE_CHECKING:
    from newsclean.report import Report

OK, NO_ARTICLE, FAILED = 0, 1, 2

_EPILOG = """\
commands: newsclean run INPUT... -o OUT cleans files and folders into one file; newsclean rules lists,
explains and checks rules. Each has its own --help. A file that is called run or rules is given as ./run.

exit status: 0 every page gave an article; 1 a page has no article, and was printed whole;
2 a page could not be read or cleaned, or the arguments are wrong. The worst page decides.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words and words[0] in _COMMANDS:
        return _COMMANDS[words[0]](words[1:])
    options = _parser().parse_args(words)
    try:
        cleaner = cleaner_of(options)
    except (NewscleanError, ValueError) as error:
        print(f"newsclean: {error}", file=sys.stderr)
        return FAILED
    # What a terminal's encoding lacks is shown as \\uXXXX rather than ending the run.
    if sys.stdout is None:
        print("newsclean: cannot write: standard output is closed", file=sys.stderr)
        return FAILED
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return _clean_all(cleaner, options)
    except BrokenPipeError:  # the reader, as in `newsclean page.txt | head`, has seen enough
        sys.stderr.close()
        return OK
    except OSError as error:  # a full disk, a closed standard output
        print(f"newsclean: cannot write: {error}", file=sys.stderr)
        return FAILED


def _run(words: Sequence[str]) -> int:
    from newsclean.commands.run import main as command  # with all that it reads and writes

    return command(words)


def _rules(words: Sequence[str]) -> int:
    from newsclean.commands.rules import main as command

    return command(words)


_COMMANDS = {"run": _run, "rules": _rules}
"""What the first word may be instead of a file."""


def _clean_all(cleaner: Cleaner, options: argparse.Namespace) -> int:
    with _report(options) as report:
        status = _clean_each(cleaner, options, report)
    sys.stdout.flush()
    return status


def _clean_each(cleaner: Cleaner, options: argparse.Namespace, report: Report | None) -> int:
    status, printed = OK, 0
    for name in options.files or ["-"]:
        try:
            document = cleaner.clean(_read(name), kind=options.kind, charset=options.charset)
        except (OSError, NewscleanError) as error:
            print(f"newsclean: {name}: {error}", file=sys.stderr)
            if report:
                report.add(Document(text="", warnings=(str(error),)), name)
            status = FAILED
            continue
        if report:
            report.add(document, name)
        _print(_output(document, options, first=not printed), goes_on=report is not None)
        printed += 1
        for warning in document.warnings:
            print(f"newsclean: {name}: warning: {warning}", file=sys.stderr)
        if not document.found_article:
            status = max(status, NO_ARTICLE)
    return status


def _report(options: argparse.Namespace) -> AbstractContextManager[Report | None]:
    """The report that is asked for, if one is; OSError where it would take the place of a page."""
    if options.report is None:
        return nullcontext()
    from newsclean.report import Report

    path = Path(options.report)
    if path.exists() and any(Path(name).exists() and path.samefile(name) for name in options.files):
        raise OSError(f"the report would take the place of the page {options.report}")
    return Report(path)


def _read(name: str) -> bytes:
    if name != "-":
        return Path(name).read_bytes()
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read()


def _print(lines: Iterator[str], *, goes_on: bool) -> None:
    """Print lines; where work goes on without them, it does not matter that nobody reads them."""
    try:
        for line in lines:
            print(line)
    except BrokenPipeError:
        if not goes_on:
            raise


def _output(document: Document, options: argparse.Namespace, *, first: bool) -> Iterator[str]:
    if options.json:  # one line a page: JSON Lines
        yield document.to_json()
        return
    if not first:
        yield ""
    yield document.explain(options.width) if options.explain else document.text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsclean",
        description="Print the article of news pages without what is not the article.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="pages; - or none: standard input")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole document, one JSON line a page")
    form.add_argument("--explain", action="store_true", help="every block with role, rule and reason")
    parser.add_argument("--width", type=int, default=120, help="columns of --explain (default 120)")
    parser.add_argument(
        "--report", metavar="HTML", help="also write what became of every part, as one HTML file"
    )
    add_settings(parser)
    parser.add_argument("--version", action="version", version=f"newsclean {__version__}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
