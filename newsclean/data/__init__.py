"""Data files of newsclean and how they are read."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """One of the package's TOML tables, by its file's name without the ending."""
    file = resources.files("newsclean.data") / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def function_words(languages: frozenset[str] = frozenset()) -> frozenset[str]:
    """Articles, prepositions, pronouns and the like of these languages (of all for none), lower-cased."""
    rows = table("function_words").items()
    return frozenset(
        word for language, row in rows if not languages or language in languages for word in row.split()
    )
