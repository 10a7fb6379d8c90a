"""The pattern language of the packs: RE2 plus named parts, and the one importer of re2."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol, cast

import re2

_PATTERN_MEMORY = 64 << 20
"""Bytes that one pattern may use; RE2's default is 8 MiB."""
_SET_MEMORY = (16 << 20, 64 << 20, 256 << 20)
"""Bytes that one set may use, the first of these that is enough to compile it. What is left of them holds the
states that it has seen, which over many pages fill whatever is given to them."""

_ANCHORED_TOGETHER, _FREE_TOGETHER = 20, 4
"""Patterns that share one automaton: those that match at the start of a text only, and those that may begin
anywhere. One of more has so many states that on every new page it goes on building them."""

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


def options(memory: int = _PATTERN_MEMORY) -> Any:
    """RE2's options as newsclean uses them: quiet, and with so many bytes of ``memory``."""
    made = re2.Options()
    made.max_mem = memory
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
    it never stops building them (180 microseconds a line for 230 rules, against 40).
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._parts = [part for some in together(patterns) for part in _parts(patterns, some)]

    def matches(self, text: str, data: bytes | None = None) -> list[int]:
        """Indexes of the patterns found in the text, ascending; ``data`` is the text in UTF-8, if at hand."""
        data = text.encode() if data is None else data
        found: list[int] = []
        for part in self._parts:
            hits = part.match(data)
            if hits != part.nothing:
                found += part.indexes(hits or [], text)
        return sorted(found)


def together(patterns: Sequence[str]) -> list[list[int]]:
    """The indexes of the patterns, split into those that share one automaton."""
    anchored = [i for i, pattern in enumerate(patterns) if is_anchored(pattern)]
    free = [i for i, pattern in enumerate(patterns) if not is_anchored(pattern)]
    return [
        some[i : i + size]
        for some, size in ((anchored, _ANCHORED_TOGETHER), (free, _FREE_TOGETHER))
        for i in range(0, len(some), size)
    ]


_ANCHOR = re.compile(r"(?:\(\?\w+\))?\^")
_SYNTAX = re.compile(r"\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*+\]?|[()|]", re.DOTALL)


def is_anchored(pattern: str) -> bool:
    """Whether each of the pattern's alternatives begins with ``^``, so that it matches at a text's start only."""
    depth = 0
    starts = [0]
    for sign in _SYNTAX.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(sign.group(), 0)
        if sign.group() == "|" and depth == 0:
            starts.append(sign.end())
    return all(_ANCHOR.match(pattern, start) for start in starts)


@lru_cache(maxsize=256)
def pattern_set(patterns: tuple[str, ...]) -> PatternSet:
    """The set of these patterns, compiled once however many Cleaners use it."""
    return PatternSet(patterns)


class _Part:
    """One RE2 set, of the patterns at some ``places`` in the list."""

    def __init__(self, patterns: list[str], places: list[int]) -> None:
        self.nothing = [len(patterns)]
        """What is found in most texts."""
        self._patterns, self._places = patterns, places
        self.match = _compile_set(patterns)

    def indexes(self, hits: list[int], text: str) -> list[int]:
        """The indexes of the patterns that the set found in a text."""
        every = self.nothing[0]
        if every not in hits:
            hits = [i for i, p in enumerate(self._patterns) if compile_pattern(p).search(text)]
        return [self._places[i] for i in hits if i != every]


def _parts(patterns: Sequence[str], places: list[int]) -> list[_Part]:
    """The patterns at these places in one set, or in more if they are too large for one."""
    try:
        return [_Part([patterns[i] for i in places], places)]
    except PatternError:
        if len(places) == 1:
            raise
        half = len(places) // 2
        return _parts(patterns, places[:half]) + _parts(patterns, places[half:])


def _compile_set(patterns: list[str]) -> Callable[[bytes], list[int] | None]:
    """What tells the indexes of the patterns that a text has, and last of all one more, always."""
    kind = re2.Set.MatchSet if all(map(is_anchored, patterns)) else re2.Set.SearchSet
    for memory in _SET_MEMORY:
        made = kind(options(memory))
        for pattern in patterns:
            made.Add(pattern)
        made.Add("")  # matches every text: its absence tells "out of memory" from "no match"
        try:
            made.Compile()
        except re2.error:
            continue
        return cast("Callable[[bytes], list[int] | None]", made.Match)
    raise PatternError(f"{len(patterns)} patterns are too large to be matched together")
