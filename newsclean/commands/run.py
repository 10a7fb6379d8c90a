"""The command ``newsclean run``: from files to a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from newsclean.batch.counts import Counts
from newsclean.batch.progress import Progress
from newsclean.batch.run import CHECKPOINT, Settings, run
from newsclean.batch.tables import PAGE_COLUMNS, Columns
from newsclean.cleaner import TIME_LIMIT
from newsclean.commands.settings import add_settings, cleaner_of
from newsclean.errors import NewscleanError

ALL_FINE, SOME_FAILED, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130
_TOP = 10
"""Rules that are printed at the end."""

_EPILOG = f"""\
inputs: folders (all that stands in them, folders in folders too), or files: pages (.html, .htm, .xhtml,
.txt), JSON Lines (.jsonl, .ndjson), Parquet (.parquet), web archives (.warc, .wet); all but Parquet also
with .gz, and all but Parquet and web archives with .zst. Names that begin with a dot are left out.

A page that cannot be read or cleaned is a row with an error, and stops no other.

page columns that are guessed, in this order: {", ".join(PAGE_COLUMNS)}.

exit status: 0 every page was cleaned, with an article or without; 1 pages failed, see their error;
2 the run could not begin or not end, and OUT is as it was; 130 interrupted: --resume goes on.
"""


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    options = _parser().parse_args(arguments)
    progress = Progress(quiet=options.quiet)
    try:
        counts = run(
            options.inputs,
            options.out,
            cleaner=cleaner_of(options),
            settings=_settings(options),
            workers=options.workers,
            timeout=options.timeout,
            resume=options.resume,
            force=options.force,
            watcher=progress,
        )
        if options.summary:
            Path(options.summary).write_text(json.dumps(counts.to_dict(), indent=2) + "\n", encoding="utf-8")
    except (NewscleanError, ValueError, ImportError, OSError) as error:
        print(f"newsclean run: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        print("newsclean run: interrupted; --resume goes on from here", file=sys.stderr)
        return INTERRUPTED
    if not options.quiet:
        _print_summary(counts, options.out, began=progress.began)
    return SOME_FAILED if counts.failed else ALL_FINE


def _settings(options: argparse.Namespace) -> Settings:
    keep = None if options.keep == "all" else frozenset(filter(None, options.keep.split(",")))
    return Settings(
        kind=options.kind,
        charset=options.charset,
        columns=Columns(options.page, frozenset() if options.keep == "none" else keep),
        full=options.full,
        limit=options.limit,
        checkpoint=options.checkpoint,
    )


def _print_summary(counts: Counts, out: str, *, began: bool) -> None:
    """Say what came of the pages, on standard error."""
    if not began:
        print(f"newsclean run: {out} is whole already; nothing to resume", file=sys.stderr)
        return
    print(
        f"{counts.pages} pages: {counts.cleaned} cleaned ({counts.truncated} of them truncated), "
        f"{counts.without_article} without article, {counts.failed} failed; written to {out}",
        file=sys.stderr,
    )
    if counts.skipped:
        skipped = ", ".join(f"{times} {why}" for why, times in counts.skipped.most_common(5))
        print(f"passed over: {skipped}", file=sys.stderr)
    if counts.rules:
        print(f"parts removed: {counts.rules.total()}, by", file=sys.stderr)
        for rule_id, times in list(counts.to_dict()["rules"].items())[:_TOP]:
            print(f"{times:9}  {rule_id}", file=sys.stderr)
        if len(counts.rules) > _TOP:
            print(
                f"           and {len(counts.rules) - _TOP} other rules; --summary has all", file=sys.stderr
            )


def _natural(text: str) -> int:
    value = _count(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {value}")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"must be 0 or more, not {value}")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"must be above 0, not {text}")
    return value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsclean run",
        description="Clean all pages of files and folders into one file, which appears when it is whole.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="files and folders")
    parser.add_argument(
        "-o",
        "--out",
        required=True,
        metavar="OUT",
        help="a name in .jsonl, .jsonl.gz, .jsonl.zst or .parquet",
    )
    parser.add_argument("--page", metavar="COLUMN", help="column of the pages (default: guess)")
    parser.add_argument(
        "--keep",
        default="all",
        metavar="COLUMNS",
        help="other columns to hand on under 'input': all (default), none, or names with commas between",
    )
    parser.add_argument("--full", action="store_true", help="blocks and page text too; JSON Lines only")
    parser.add_argument(
        "--workers",
        type=_count,
        metavar="N",
        help="processes (default: one a processor; 0: none but this one)",
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=TIME_LIMIT,
        metavar="SECONDS",
        help=f"for one page, which fails if it takes longer (default {TIME_LIMIT:g}; not with --workers 0)",
    )
    parser.add_argument("--resume", action="store_true", help="go on with a run that was cut off")
    parser.add_argument(
        "--force", action="store_true", help="replace OUT, or an unfinished run, that is there"
    )
    parser.add_argument("--limit", type=_natural, metavar="N", help="stop after so many pages")
    parser.add_argument(
        "--checkpoint",
        type=_natural,
        default=CHECKPOINT,
        metavar="N",
        help=f"pages after which a run can be resumed (default {CHECKPOINT})",
    )
    parser.add_argument("--summary", metavar="FILE", help="write all counts there, as JSON")
    parser.add_argument("--quiet", action="store_true", help="no progress, no failures, no summary")
    add_settings(parser)
    return parser
