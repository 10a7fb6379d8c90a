"""Reads rule packs (TOML) and refuses broken ones with file, rule and reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from newsclean.errors import RulePackError
from newsclean.evidence import Evidence, Role
from newsclean.rules.patterns import PatternError, compile_pattern, expand

Scope = Literal["block", "glued"]

DEFAULT_WEIGHT = 6.0
"""Weight of a rule that names none: beats a paragraph of ordinary prose."""

_ID = re.compile(r"[a-z]{2,3}\.[a-z]+\.[a-z0-9]+(?:-[a-z0-9]+)*")
_PACK_KEYS = {"language", "define", "rule"}
_REQUIRED = {"id", "role", "pattern", "why", "examples", "counterexamples"}
_OPTIONAL = {"scope", "weight", "min_words", "max_words", "header"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack.

    ``scope`` "block" looks at a block as a whole. "glued" looks for a plug stuck to other
    text; what its group ``cut`` matches (the whole match if it has none) becomes a block of
    its own. ``min_words`` and ``max_words`` bound the words of the block, or of the cut.
    ``header`` says that a list of other stories follows. Patterns are RE2 and see a block
    with white space, quotes and dashes made plain.
    """

    id: str
    role: Role
    pattern: str
    why: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    scope: Scope = "block"
    weight: float = DEFAULT_WEIGHT
    min_words: int = 0
    max_words: int | None = None
    header: bool = False

    @property
    def language(self) -> str:
        """The language that its id begins with; "und" for any."""
        return self.id.partition(".")[0]

    @property
    def evidence(self) -> Evidence:
        """What it says of a block that it finds."""
        return Evidence(self.id, self.role, self.weight, self.why)

    def allows(self, words: int) -> bool:
        """Whether a text of this many words is within the rule's bounds."""
        return self.min_words <= words and (self.max_words is None or words <= self.max_words)


@cache
def builtin_packs() -> tuple[Rule, ...]:
    """The rules that come with newsclean, in the order of their files' names."""
    folder = resources.files("newsclean.rules") / "packs"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    rules: list[Rule] = []
    for file in files:
        # The suite compiles their patterns, each alone: at every start that would take a second.
        rules += _read_pack(file.read_text(encoding="utf-8"), file.name)
    refuse_doubled(rules, "the built-in packs")
    return tuple(rules)


def load_pack(path: str | Path) -> tuple[Rule, ...]:
    """Read one pack of your own.

    Raises RulePackError, naming file, rule and reason, when anything in it is off.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RulePackError(f"{path}: cannot be read: {error}") from error
    return parse_pack(text, str(path))


def parse_pack(text: str, name: str) -> tuple[Rule, ...]:
    """Read a pack from TOML text; ``name`` stands for the file in messages."""
    rules = _read_pack(text, name)
    for rule in rules:
        try:
            compile_pattern(rule.pattern)
        except PatternError as error:
            raise RulePackError(f"{name}: rule {rule.id!r}: {error}") from error
    return rules


def _read_pack(text: str, name: str) -> tuple[Rule, ...]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulePackError(f"{name}: not valid TOML: {error}") from error
    unknown = sorted(set(table) - _PACK_KEYS)
    if unknown:
        raise RulePackError(f"{name}: unknown key {unknown[0]!r}; known: {sorted(_PACK_KEYS)}")
    if not isinstance(table.get("language", ""), str):
        raise RulePackError(f"{name}: 'language' must be a string such as 'en'")
    defined = table.get("define", {})
    if not isinstance(defined, dict) or not all(isinstance(v, str) for v in defined.values()):
        raise RulePackError(f"{name}: [define] must map names to patterns")
    entries = table.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise RulePackError(f"{name}: rules are written as [[rule]] tables")
    rules = [_rule(entry, defined, name) for entry in entries]
    refuse_doubled(rules, name)
    return tuple(rules)


def _rule(entry: dict[str, Any], defined: Mapping[str, str], name: str) -> Rule:
    where = f"{name}: rule {entry.get('id', '(without id)')!r}"
    missing = sorted(_REQUIRED - set(entry))
    if missing:
        raise RulePackError(f"{where}: {missing[0]!r} is missing")
    unknown = sorted(set(entry) - _REQUIRED - _OPTIONAL)
    if unknown:
        raise RulePackError(f"{where}: unknown key {unknown[0]!r}")
    _check_types(entry, where)
    try:
        role = Role(entry["role"])
    except ValueError:
        raise RulePackError(f"{where}: unknown role {entry['role']!r}") from None
    try:
        pattern = expand(entry["pattern"], defined)
    except PatternError as error:
        raise RulePackError(f"{where}: {error}") from error
    return Rule(
        id=entry["id"],
        role=role,
        pattern=pattern,
        why=entry["why"],
        examples=tuple(entry["examples"]),
        counterexamples=tuple(entry["counterexamples"]),
        scope=entry.get("scope", "block"),
        weight=float(entry.get("weight", DEFAULT_WEIGHT)),
        min_words=entry.get("min_words", 0),
        max_words=entry.get("max_words"),
        header=entry.get("header", False),
    )


def _check_types(entry: Mapping[str, Any], where: str) -> None:
    for key in ("id", "role", "pattern", "why"):
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise RulePackError(f"{where}: {key!r} must be a non-empty string")
    if not _ID.fullmatch(entry["id"]):
        raise RulePackError(f"{where}: an id reads language.role.slug, like 'en.app.get-the-app'")
    for key in ("examples", "counterexamples"):
        value = entry[key]
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise RulePackError(f"{where}: {key!r} must be a list of strings")
    if not entry["examples"]:
        raise RulePackError(f"{where}: needs at least one example")
    if entry.get("scope", "block") not in ("block", "glued"):
        raise RulePackError(f"{where}: scope is 'block' or 'glued', not {entry['scope']!r}")
    _check_numbers(entry, where)


def _check_numbers(entry: Mapping[str, Any], where: str) -> None:
    for key in ("min_words", "max_words"):
        value = entry.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise RulePackError(f"{where}: {key!r} must be a whole number, 0 or more")
    if entry.get("min_words", 0) > entry.get("max_words", entry.get("min_words", 0)):
        raise RulePackError(f"{where}: 'min_words' is above 'max_words'")
    if not isinstance(entry.get("header", False), bool):
        raise RulePackError(f"{where}: 'header' must be true or false")
    weight = entry.get("weight", DEFAULT_WEIGHT)
    if not isinstance(weight, int | float) or isinstance(weight, bool) or not 0 < weight <= 20:
        raise RulePackError(f"{where}: 'weight' must be a number above 0, up to 20")


def refuse_doubled(rules: Iterable[Rule], name: str) -> None:
    """Raise RulePackError if two rules have one id; ``name`` says where they come from."""
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RulePackError(f"{name}: rule {rule.id!r} stands there twice")
        seen.add(rule.id)
