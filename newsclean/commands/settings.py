"""The options that every command which cleans pages has."""

from __future__ import annotations

import argparse

from newsclean.cleaner import DEFAULT_LIMITS, Cleaner


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how pages are read and cleaned."""
    parser.add_argument("--kind", choices=["html", "text"], help="what the pages are (default: look)")
    parser.add_argument(
        "--charset", metavar="NAME", help="encoding that the server named, or its Content-Type header"
    )
    parser.add_argument(
        "--mode", choices=["keep-more", "balanced", "remove-more"], default="balanced", help="when in doubt"
    )
    parser.add_argument("--pack", action="append", default=[], metavar="TOML", help="add a rule pack")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="RULE",
        help="switch off a rule, or all under a prefix",
    )
    for option, default, what in (
        ("--max-chars", DEFAULT_LIMITS.max_chars, "characters"),
        ("--max-depth", DEFAULT_LIMITS.max_depth, "elements inside one another"),
        ("--max-blocks", DEFAULT_LIMITS.max_blocks, "blocks, or lines of plain text"),
    ):
        told = f"refuse pages of more {what} (default {default})"
        parser.add_argument(option, type=int, default=default, metavar="N", help=told)
    parser.add_argument(
        "--witness",
        choices=["always", "auto", "never"],
        default="auto",
        help="when to ask trafilatura about an HTML page (default: where it is in doubt)",
    )
    parser.add_argument("--profile", metavar="JSON", help="standing furniture that newsclean.learn found")


def cleaner_of(options: argparse.Namespace) -> Cleaner:
    """The Cleaner that the options ask for; RulePackError, ProfileError and ValueError as it raises them."""
    return Cleaner(
        packs=options.pack,
        without=options.without,
        mode=options.mode,
        max_chars=options.max_chars,
        max_depth=options.max_depth,
        max_blocks=options.max_blocks,
        witness=options.witness,
        profile=options.profile,
    )
