"""Every pattern of newsclean that Python's own engine runs, and strings that would make one explode."""

from __future__ import annotations

import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from typing import Any

import newsclean

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as constants  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

PIECES = (
    *(" ", "\n", "\t", "\r\n", "a", "A", "1", "é", "Ж", "船", "가", "\u0301", ".", ",", ":", ";", "-", "–", "/", "|", "&"),
    *("(", ")", "[", "]", "<", ">", '"', "'", "“", "*", "_", "#", "\\", "=", "@", "©", "\x00", "\ufeff", "\u200b"),
    *("a ", "A ", "Ab ", "a\n", " \n", "\n \n", "a.", "A.", ". ", ", ", "a, ", "1 ", "1.", '" ', "<a", "<a ", "a>", "</a>"),
    *("<p>", "<!--", "&lt;p&gt;", "<![CDATA[", "a=b ", "a='", "Photo: ", "By A ", "A and ", "AP/", "(AP) ", "2025-01-01 "),
)
"""Pieces of text that are bad for many patterns when they are repeated."""


def patterns() -> dict[str, re.Pattern[Any]]:
    """All patterns that stand in the modules of newsclean, by their names."""
    found: dict[str, re.Pattern[Any]] = {}
    for _, name, _ in pkgutil.walk_packages(newsclean.__path__, "newsclean."):
        if name.endswith("__main__"):
            continue
        module = importlib.import_module(name)
        for key, value in vars(module).items():
            if not key.startswith("__"):
                for where, pattern in _within(value, f"{name.removeprefix('newsclean.')}.{key}"):
                    if not any(pattern is other for other in found.values()):
                        found[where] = pattern
    return found


def _within(value: object, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth > 3:
        return
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _within(key, f"{name}[{key!r}]", depth + 1)
            yield from _within(inner, f"{name}[{key!r}]", depth + 1)
    elif isinstance(value, Sequence | AbstractSet) and not isinstance(value, str | bytes):
        for number, inner in enumerate(value):
            yield from _within(inner, f"{name}[{number}]", depth + 1)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _within(getattr(value, field.name, None), f"{name}.{field.name}", depth + 1)


def attacks(pattern: re.Pattern[Any], size: int) -> Iterator[Any]:
    """Strings of about so many characters: pieces of what the pattern matches again and again, and an odd end."""
    own = {piece for way in (0, 1) for piece in _pieces(parser.parse(pattern.pattern, pattern.flags), way)}
    for piece in sorted({*own, *PIECES}):
        for before, after in (("", "\x01"), ("a", "b"), (piece[:1] + "\n", "")):
            text = before + piece * (size // len(piece)) + after
            yield text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text


def _pieces(parsed: Any, way: int) -> Iterator[str]:
    """What parts of a pattern match: each run of its items from the first on, and what each repeats."""
    items = list(parsed)
    for start in range(len(items)):
        for end in range(start + 1, min(len(items), start + 6) + 1):
            piece = "".join(_sample(item, way) for item in items[start:end])
            if 0 < len(piece) < 60:
                yield piece
    for item in items:
        for inner in _inner(item):
            yield from _pieces(inner, way)


def _inner(item: Any) -> list[Any]:
    code, value = item
    if code in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
        return [value[2]]
    if code is constants.SUBPATTERN:
        return [value[3]]
    if code is constants.BRANCH:
        return list(value[1])
    return [value] if code is constants.ATOMIC_GROUP else []


def _sample(item: Any, way: int) -> str:
    """Something that one item of a pattern matches; ``way`` chooses between two."""
    code, value = item
    if code is constants.LITERAL:
        return chr(value)
    if code is constants.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if code is constants.ANY:
        return "a "[way]
    if code is constants.IN:
        return _of_class(value, way)
    if code in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
        return "".join(_sample(inner, way) for inner in value[2]) * min(max(value[0], way), 20)
    if code is constants.BRANCH:
        return "".join(_sample(inner, way) for inner in value[1][-way])
    inner = _inner(item)
    return "".join(_sample(one, way) for one in inner[0]) if inner else ""


def _of_class(items: Any, way: int) -> str:
    kinds = {
        constants.CATEGORY_SPACE: " \n", constants.CATEGORY_DIGIT: "19", constants.CATEGORY_WORD: "aB",
        constants.CATEGORY_NOT_SPACE: "a.", constants.CATEGORY_NOT_DIGIT: "a ", constants.CATEGORY_NOT_WORD: " .",
    }  # fmt: skip
    if items[0][0] is constants.NEGATE:
        pattern = re.compile("[^" + "".join(_class_text(item) for item in items[1:]) + "]")
        fitting = [sign for sign in "a .A1\n<\"'船\x01" if pattern.match(sign)]
        return fitting[min(way, len(fitting) - 1)] if fitting else ""
    code, value = items[-way]
    if code is constants.RANGE:
        return chr(value[way])
    if code is constants.CATEGORY:
        return kinds[value][way]
    return chr(value)


def _class_text(item: Any) -> str:
    names = {
        constants.CATEGORY_SPACE: r"\s", constants.CATEGORY_DIGIT: r"\d", constants.CATEGORY_WORD: r"\w",
        constants.CATEGORY_NOT_SPACE: r"\S", constants.CATEGORY_NOT_DIGIT: r"\D", constants.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    code, value = item
    if code is constants.CATEGORY:
        return names[value]
    if code is constants.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return re.escape(chr(value))
