"""Turn the raw text of a news page into a clean, fully explained article."""

from newsclean.cleaner import Cleaner, clean, clean_many
from newsclean.document import Block, Caption, Document, Image, Removal
from newsclean.errors import (
    BinaryPageError,
    NewscleanError,
    PageError,
    PageTimeoutError,
    PageTooLargeError,
    PageTypeError,
    RulePackError,
    WorkerError,
)
from newsclean.evidence import Evidence, Role
from newsclean.page import Span

__version__ = "0.1.0"

__all__ = [
    "BinaryPageError",
    "Block",
    "Caption",
    "Cleaner",
    "Document",
    "Evidence",
    "Image",
    "NewscleanError",
    "PageError",
    "PageTimeoutError",
    "PageTooLargeError",
    "PageTypeError",
    "Removal",
    "Role",
    "RulePackError",
    "Span",
    "WorkerError",
    "clean",
    "clean_many",
]
