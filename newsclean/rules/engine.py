"""Matches all rules of all packs against a block in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsclean.evidence import Evidence
from newsclean.rules.loader import Rule
from newsclean.rules.patterns import Pattern, PatternSet, compile_pattern


@dataclass(frozen=True, slots=True)
class Cut:
    """A plug found inside a block: offsets into the text that was searched."""

    start: int
    end: int
    rule: Rule


class RuleSet:
    """The rules in force, compiled once and shared by any number of threads."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.headers = frozenset(rule.id for rule in self.rules if rule.header)
        self._block = [rule for rule in self.rules if rule.scope == "block"]
        self._glued = [rule for rule in self.rules if rule.scope == "glued"]
        self._block_set = PatternSet([rule.pattern for rule in self._block])
        self._glued_set = PatternSet([rule.pattern for rule in self._glued])
        self._glued_patterns: list[Pattern] = [compile_pattern(r.pattern) for r in self._glued]

    def __reduce__(self) -> tuple[type[RuleSet], tuple[tuple[Rule, ...]]]:
        return (RuleSet, (self.rules,))

    def evidence(self, plain: str, words: int) -> list[Evidence]:
        """What the block rules say of a text of so many words."""
        return [
            Evidence(rule.id, rule.role, rule.weight, rule.why)
            for rule in (self._block[i] for i in self._block_set.matches(plain))
            if rule.allows(words)
        ]

    def cuts(self, plain: str) -> list[Cut]:
        """Plugs glued to other text, in order and without overlap; the first rule wins."""
        found: list[Cut] = []
        for index in self._glued_set.matches(plain):
            rule, pattern = self._glued[index], self._glued_patterns[index]
            group = pattern.groupindex.get("cut", 0)
            for match in pattern.finditer(plain):
                start, end = match.span(group)
                start, end = _trim(plain, start, end)
                if start < end and rule.allows(len(plain[start:end].split())):
                    found.append(Cut(start, end, rule))
        return _without_overlap(found)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _without_overlap(cuts: list[Cut]) -> list[Cut]:
    kept: list[Cut] = []
    for cut in sorted(cuts, key=lambda c: (c.start, -c.end)):
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    return kept
