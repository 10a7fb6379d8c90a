"""Single values of structured data, cleaned."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

Node = dict[str, Any]
"""A JSON-LD object, or a microdata item in its form."""

MOST = 100
"""The most values of one list that are read."""
_DEEPEST = 8
"""How far values are followed into each other."""

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")
_BLOCK_TAG = re.compile(r"(?i)</?(?:p|br|div|li|ul|ol|h[1-6]|blockquote|figure|tr|table|section)\b[^<>]*>")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTERS = re.compile(r"[^\W_]+")
_EMPTY = frozenset({"null", "undefined", "none", "n/a", "nan", "[object object]", "false", "true"})


def first(values: Iterable[str]) -> str | None:
    """The first of the values, None for none."""
    return next(iter(values), None)


def clean(value: object, *, lines: bool = False) -> str | None:
    """A value as plain text: entities undone, tags taken off, white space joined; None if empty."""
    if not isinstance(value, str):
        return None
    for _ in range(3):
        undone = _undo_entities(value)
        if undone == value:
            break
        value = undone
    if "<" in value:
        value = _TAG.sub("", _BLOCK_TAG.sub("\n", value))
    value = _SURROGATE.sub("\ufffd", _UNSEEN.sub("", value))
    rows = value.splitlines() if lines else [value]
    value = "\n".join(filter(None, (" ".join(row.split()) for row in rows)))
    return value if value and value.lower() not in _EMPTY else None


def _undo_entities(text: str) -> str:
    try:
        return html.unescape(text) if "&" in text else text
    except ValueError:  # a number of more digits than Python reads
        return text


def text_of(value: object, depth: int = 0) -> str | None:
    """The first text of a value, which may be a list or an object with a name."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return first(filter(None, (text_of(inner, depth + 1) for inner in value[:MOST])))
    if isinstance(value, dict):
        return first(filter(None, (text_of(value.get(key), depth + 1) for key in ("@value", "name"))))
    return clean(value)


def letters(text: str) -> str:
    """The letters and digits of a text, lower-cased, by which two spellings of one thing are told."""
    return "".join(_LETTERS.findall(text.lower()))


def listed(value: object) -> list[Any]:
    """A value that may be a list, as one."""
    return value[:MOST] if isinstance(value, list) else [value]


def kinds(node: Node) -> list[str]:
    """The types of an item, lower-cased, without the vocabulary's address."""
    types = listed(node.get("@type"))
    return [re.split(r"[/:#]", kind)[-1].strip().lower() for kind in types if isinstance(kind, str)]


def is_address(token: str) -> bool:
    """Whether a word is an address in the web, an e-mail address or a handle."""
    dot = token.find(".")
    return "://" in token or "@" in token or token.startswith("www.") or 0 < dot < token.rfind("/")
