"""How large a page may be, and the errors for one that is larger."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from newsclean.errors import PageTooDeepError, PageTooLargeError, TooManyBlocksError

_FILLED = re.compile(r"\S[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*")
"""A line that is not blank, from its first word on."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest page that is cleaned; what exceeds it raises an error that says by how much.

    max_chars: characters of the page.
    max_depth: elements of an HTML page that stand inside one another.
    max_blocks: blocks of a page, or lines of plain text that are not blank. A block takes some 8 KB of
    memory and 0.2 ms, so that a page at the default limit takes less than a minute.

    Raises ValueError for what is no whole number, or less than 1.
    """

    max_chars: int = 20_000_000
    max_depth: int = 1_000_000
    max_blocks: int = 200_000

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, int) or isinstance(value, bool):
                raise ValueError(f"{field.name} must be a whole number, not {value!r}")
            if value < 1:
                raise ValueError(f"{field.name} must be at least 1, not {value}")

    def check_chars(self, chars: int) -> None:
        """Raise PageTooLargeError for more characters."""
        if chars > self.max_chars:
            raise PageTooLargeError(f"the page has {chars} characters; the limit is {self.max_chars}")

    def check_bytes(self, size: int) -> None:
        """Raise PageTooLargeError for more bytes than so many characters can take in any encoding."""
        if size > 4 * self.max_chars + 4:
            raise PageTooLargeError(f"the page has {size} bytes; the limit is {4 * self.max_chars}")

    def check_depth(self, depth: int) -> None:
        """Raise PageTooDeepError for more elements inside one another."""
        if depth > self.max_depth:
            raise PageTooDeepError(
                f"the page has {depth} elements inside one another; the limit is {self.max_depth}"
            )

    def check_blocks(self, blocks: int) -> None:
        """Raise TooManyBlocksError for more blocks."""
        if blocks > self.max_blocks:
            raise TooManyBlocksError(f"the page has {blocks} blocks; the limit is {self.max_blocks}")

    def check_lines(self, text: str) -> None:
        """Raise TooManyBlocksError for a text of more lines, before it is read."""
        if len(text) < 2 * self.max_blocks:  # a line has a word and an end
            return
        lines = sum(1 for _ in _FILLED.finditer(text))
        if lines > self.max_blocks:
            raise TooManyBlocksError(f"the page has {lines} lines; the limit is {self.max_blocks}")
