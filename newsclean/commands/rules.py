"""The command ``newsclean rules``: lists, searches, explains and checks rules."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    return len(arguments)
