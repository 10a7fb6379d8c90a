"""Turn the raw text of a news page into a clean, fully explained article."""

from newsclean.cleaner import Cleaner, clean, clean_many
from newsclean.document import Block, Caption, Document, Image, Removal
from newsclean.errors import (
    BinaryPageError,
    NewscleanError,
    PageError,
    PageTimeoutError,
    PageTooDeepError,
    PageTooLargeError,
    PageTypeError,
    ProfileError,
    RulePackError,
    TooManyBlocksError,
    WorkerError,
)
from newsclean.evidence import Evidence, Role
from newsclean.learning import learn
from newsclean.page import Span
from newsclean.profile import Profile

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
    "PageTooDeepError",
    "PageTooLargeError",
    "PageTypeError",
    "Profile",
    "ProfileError",
    "Removal",
    "Role",
    "RulePackError",
    "Span",
    "TooManyBlocksError",
    "WorkerError",
    "clean",
    "clean_many",
    "learn",
]
