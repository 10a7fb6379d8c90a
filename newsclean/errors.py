"""The errors that newsclean raises by name."""

from __future__ import annotations


class NewscleanError(Exception):
    """Base class of every error that newsclean raises on purpose."""


class PageError(NewscleanError):
    """A page that cannot be cleaned."""


class PageTypeError(PageError, TypeError):
    """The page is neither ``str`` nor ``bytes``."""


class BinaryPageError(PageError, ValueError):
    """The page is not text at all: a PDF, an image, an archive ..."""


class PageTooLargeError(PageError, ValueError):
    """The page has more characters than the limit that the Cleaner was given."""


class PageTooDeepError(PageError, ValueError):
    """More elements of the page stand inside one another than the limit that the Cleaner was given."""


class TooManyBlocksError(PageError, ValueError):
    """The page has more blocks than the limit that the Cleaner was given."""


class PageTimeoutError(PageError, TimeoutError):
    """The page took longer than the limit, and the process that cleaned it was stopped."""


class WorkerError(PageError, RuntimeError):
    """The process that cleaned the page died, as of a crash inside a C library or a lack of memory."""


class RulePackError(NewscleanError, ValueError):
    """A rule pack is broken; the message names the file, the rule and the reason."""


class ProfileError(NewscleanError, ValueError):
    """A profile of standing furniture is broken, or cannot be merged; the message says why."""
