"""Every pattern of newsclean, and strings that would make one explode.

As a program it tries all patterns of one engine, "re" or "re2", and prints each before it does.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import newsclean

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as constants  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

PIECES = (
    *(
        " ",
        "\n",
        "\t",
        "\r\n",
        "a",
        "A",
        "1",
        "é",
        "Ж",
        "船",
        "가",
        "\u0301",
        ".",
        ",",
        ":",
        ";",
        "-",
        "–",
        "/",
        "|",
        "&",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "<",
        ">",
        '"',
        "'",
        "“",
        "*",
        "_",
        "#",
        "\\",
        "=",
        "@",
        "©",
        "\x00",
        "\ufeff",
        "\u200b",
    ),
    *(
        "a ",
        "A ",
        "Ab ",
        "a\n",
        " \n",
        "\n \n",
        "a.",
        "A.",
        ". ",
        ", ",
        "a, ",
        "1 ",
        "1.",
        '" ',
        "<a",
        "<a ",
        "a>",
        "</a>",
    ),
    *(
        "<p>",
        "<!--",
        "&lt;p&gt;",
        "<![CDATA[",
        "a=b ",
        "a='",
        "Photo: ",
        "By A ",
        "A and ",
        "AP/",
        "(AP) ",
        "2025-01-01 ",
    ),
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


Attack = Callable[[int], Any]
"""Makes a string of about so many characters."""


def attacks(pieces: Iterable[str], *, as_bytes: bool = False) -> Iterator[Attack]:
    """Strings of pieces again and again, with an odd end."""
    for piece in sorted({*pieces, *PIECES}):
        for before, after in (("", "\x01"), ("a", "b"), (piece[:1] + "\n", "")):

            def attack(size: int, before: str = before, piece: str = piece, after: str = after) -> Any:
                text = before + piece * (size // len(piece)) + after
                return text.encode("utf-8", "replace") if as_bytes else text

            yield attack


def own_pieces(pattern: re.Pattern[Any]) -> set[str]:
    """Parts of what a pattern matches."""
    parsed = parser.parse(pattern.pattern, pattern.flags)
    return {piece for way in (0, 1) for piece in _pieces(parsed, way)}


def slowest(pattern: Any, method: str, size: int, most: int, pieces: Iterable[str] = ()) -> list[Attack]:
    """The attacks that take a pattern the longest; the time of a bad one stands out by far."""
    as_bytes = isinstance(pattern.pattern, bytes) and isinstance(pattern, re.Pattern)
    own = own_pieces(pattern) if isinstance(pattern, re.Pattern) else set(pieces)
    timed: list[tuple[float, int, Attack]] = []
    for attack in attacks(own, as_bytes=as_bytes):
        text = attack(size)
        start = time.perf_counter()
        try_out(pattern, method, text)
        timed.append((time.perf_counter() - start, len(timed), attack))
    return [attack for _, _, attack in sorted(timed)[-most:]]


def try_out(pattern: Any, method: str, text: Any) -> None:
    """Use a pattern on a text as newsclean does."""
    if method == "match":
        pattern.match(text)
    else:
        for _ in pattern.finditer(text):
            pass


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
        times: int = min(max(value[0], way), 20)
        return "".join(_sample(inner, way) for inner in value[2]) * times
    if code is constants.BRANCH:
        return "".join(_sample(inner, way) for inner in value[1][-way])
    inner = _inner(item)
    return "".join(_sample(one, way) for one in inner[0]) if inner else ""


def _of_class(items: Any, way: int) -> str:
    kinds = {
        constants.CATEGORY_SPACE: " \n", constants.CATEGORY_DIGIT: "19", constants.CATEGORY_WORD: "aB",
        constants.CATEGORY_NOT_SPACE: "a.", constants.CATEGORY_NOT_DIGIT: "a ",
        constants.CATEGORY_NOT_WORD: " .",
    }  # fmt: skip
    if items[0][0] is constants.NEGATE:
        pattern = re.compile("[^" + "".join(_class_text(item) for item in items[1:]) + "]")
        fitting = [sign for sign in "a .A1\n<\"'船\x01" if pattern.match(sign)]
        return fitting[min(way, len(fitting) - 1)] if fitting else ""
    code, value = items[-way]
    if code is constants.RANGE:
        return chr(value[way])
    if code is constants.CATEGORY:
        return str(kinds[value][way])
    return chr(value)


def _class_text(item: Any) -> str:
    names = {
        constants.CATEGORY_SPACE: r"\s", constants.CATEGORY_DIGIT: r"\d", constants.CATEGORY_WORD: r"\w",
        constants.CATEGORY_NOT_SPACE: r"\S", constants.CATEGORY_NOT_DIGIT: r"\D",
        constants.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    code, value = item
    if code is constants.CATEGORY:
        return names[value]
    if code is constants.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return re.escape(chr(value))


# ---- The program --------------------------------------------------------------------------

_SCREENED, _LARGE, _MOST = 3_000, 1_000_000, 3
"""Characters at which the worst strings are chosen, and at which they are tried, and how many of them."""


def _methods() -> dict[str, str]:
    """How the patterns are used: by "match" where nothing else is called, which tries one place only."""
    used: dict[str, set[str]] = {}
    for path in Path(newsclean.__file__).parent.rglob("*.py"):
        for name, method in re.findall(r"\b(_?[A-Z][A-Z0-9_]+)\.(\w+)\(", path.read_text(encoding="utf-8")):
            used.setdefault(f"{path.stem}.{name}", set()).add(method)
    return {
        name: "match" if methods <= {"match", "fullmatch"} else "finditer" for name, methods in used.items()
    }


def _try_re() -> int:
    methods = _methods()
    found = patterns()
    for name, pattern in found.items():
        stem, _, key = name.rpartition(".")
        method = methods.get(f"{stem.rpartition('.')[2]}.{key}", "finditer")
        sys.stdout.write(f"{method} {name}: {ascii(pattern.pattern)[:200]}\n")
        for attack in slowest(pattern, method, _SCREENED, _MOST):
            try_out(pattern, method, attack(_LARGE))
    return len(found)


def _try_re2() -> int:
    import re2

    compiled: dict[str, Any] = {}
    original = re2.compile

    def compile_and_remember(pattern: Any, options: Any = None) -> Any:
        made = original(pattern, options)
        compiled[str(pattern)] = made
        return made

    re2.compile = compile_and_remember
    for name in patterns():  # imports every module
        del name
    rules = newsclean.rules.builtin_packs()
    for rule in rules:
        newsclean.rules.patterns.compile_pattern(rule.pattern)
    for folder in (Path(__file__).parent.parent / "fixtures").iterdir():
        if folder.is_dir():
            newsclean.clean((folder / "page.txt").read_bytes())
    examples = {rule.pattern: rule.examples for rule in rules}
    for pattern, made in list(compiled.items()):
        sys.stdout.write(f"{ascii(pattern)[:300]}\n")
        own = [f"{example} " for example in examples.get(pattern, ())]
        for attack in slowest(made, "finditer", _SCREENED // 3, 2, own):
            try_out(made, "finditer", attack(_LARGE))
    return len(compiled)


if __name__ == "__main__":
    sys.stdout.write(f"{_try_re() if sys.argv[1] == 're' else _try_re2()} patterns tried\n")
