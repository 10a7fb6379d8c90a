"""The pattern language of the packs: RE2 plus named parts, and the one importer of re2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Protocol, cast

import re2

_MAX_MEMORY = 256 << 20
"""Bytes that one set may use; RE2's default of 8 MiB refuses some 600 patterns."""

PART_SIZE = 40
"""Patterns that share one automaton."""

_PART = re.compile(r"\{\{([^{}]*)\}\}")

PARTS: Mapping[str, str] = {
    # Where a plug may begin inside a paragraph: at its start or after a sentence.
    "after": r"""(?:^|[.!?…:;。！？]["')\]]*\s+|["')\]]\s+|[。！？])""",
    # RE2's \b knows ASCII only: a word edge for every script, consuming one character.
    "edge": r"(?:^|$|[^\p{L}\p{N}_])",
    "end": r"""\s*[.!?:…»>\]]*\s*$""",
    "url": r"(?:https?://|www\.)[^\s)\]]+",
    "email": r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
    # A name in capitals or capitalised words, particles and initials included.
    "name": r"(?:\p{Lu}[\p{L}'.-]+|\p{Lu}\.)(?:\s(?:(?:de|del|della|der|van|von|da|dos|di|du|la|le|el|al|bin|ibn|y)\s)?(?:\p{Lu}[\p{L}'.-]*))"
    r"{1,3}",
    "month": r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)",
}
"""Named parts that every pack may use as ``{{name}}``."""


class PatternError(ValueError):
    """A pattern that the engine does not take; the message says why."""


class Match(Protocol):
    """The part of a regular-expression match that newsclean uses."""

    def group(self, group: int = 0, /) -> str | None: ...
    def span(self, group: int = 0, /) -> tuple[int, int]: ...
    def start(self, group: int = 0, /) -> int: ...
    def end(self, group: int = 0, /) -> int: ...


class Pattern(Protocol):
    """A compiled pattern that runs in time linear in the text."""

    @property
    def groupindex(self) -> Mapping[str, int]: ...
    def search(self, text: str, /) -> Match | None: ...
    def match(self, text: str, /) -> Match | None: ...
    def fullmatch(self, text: str, /) -> Match | None: ...
    def finditer(self, text: str, /) -> Iterator[Match]: ...


def expand(pattern: str, defined: Mapping[str, str]) -> str:
    """Put the named parts into a pattern; a pack's own ``[define]`` comes first."""
    for _ in range(5):  # parts may use parts
        names = _PART.findall(pattern)
        if not names:
            return pattern
        for name in names:
            part = defined.get(name, PARTS.get(name))
            if part is None:
                raise PatternError(f"unknown part {{{{{name}}}}}")
            pattern = pattern.replace("{{" + name + "}}", part)
    raise PatternError("parts that name each other in a circle")


def options() -> Any:
    """RE2's options as newsclean uses them: quiet, and with room for large sets."""
    made = re2.Options()
    made.max_mem = _MAX_MEMORY
    made.log_errors = False
    return made


def compile_pattern(pattern: str) -> Pattern:
    """Compile one pattern, raising PatternError with RE2's reason."""
    try:
        return cast(Pattern, re2.compile(pattern, options()))
    except re2.error as error:
        reason = error.args[0] if error.args else error
        if isinstance(reason, bytes):
            reason = reason.decode("utf-8", "replace")
        raise PatternError(f"RE2 does not take the pattern: {reason}") from error


class PatternSet:
    """Many patterns matched together, in time linear in the text.

    They are split into a few sets: one automaton of all patterns has so many states that
    it never stops building them (180 microseconds a line for 230 rules, against 50).
    """

    def __init__(self, patterns: list[str]) -> None:
        self._parts = [_Part(patterns[i : i + PART_SIZE], i) for i in range(0, len(patterns), PART_SIZE)]

    def matches(self, text: str, data: bytes | None = None) -> list[int]:
        """Indexes of the patterns found in the text, ascending; ``data`` is the text in UTF-8, if at hand."""
        data = text.encode() if data is None else data
        found: list[int] = []
        for part in self._parts:
            hits = part.set.Match(data)
            if hits != part.nothing:
                found += part.indexes(hits or [], text)
        return found


@lru_cache(maxsize=128)
def pattern_set(patterns: tuple[str, ...]) -> PatternSet:
    """The set of these patterns, compiled once however many Cleaners use it."""
    return PatternSet(list(patterns))


class _Part:
    """One RE2 set; ``first`` is the index of its first pattern."""

    def __init__(self, patterns: list[str], first: int) -> None:
        self._size = len(patterns)
        self.nothing = [self._size]
        """What is found in most texts."""
        self._first = first
        self._patterns = patterns
        self.set = re2.Set.SearchSet(options())
        for pattern in patterns:
            self.set.Add(pattern)
        # Matches every text: its absence tells "out of memory" from "no match".
        self.set.Add("")
        self.set.Compile()

    def indexes(self, hits: list[int], text: str) -> list[int]:
        """The indexes of the patterns that the set found in a text."""
        if self._size not in hits:
            hits = [i for i, p in enumerate(self._patterns) if compile_pattern(p).search(text)]
        return sorted(self._first + i for i in hits if i != self._size)
