"""The errors of a run as a whole."""

from __future__ import annotations

from newsclean.errors import NewscleanError


class RunError(NewscleanError):
    """A run that cannot begin, go on, or end; the message says why. Single pages never raise it."""
