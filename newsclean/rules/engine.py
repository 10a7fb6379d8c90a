"""Matches all rules of all packs against a block in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from newsclean.evidence import Evidence
from newsclean.language import told_languages
from newsclean.rules.loader import Rule
from newsclean.rules.patterns import Pattern, PatternSet, compile_pattern, pattern_set, together


@dataclass(frozen=True, slots=True)
class Cut:
    """A plug found inside a block: offsets into the text that was searched."""

    start: int
    end: int
    rule: Rule


ALWAYS = frozenset({"und", "en"})
"""Languages whose rules are asked on every page: sites in all languages carry English furniture."""


class RuleSet:
    """The rules in force, compiled when first needed and shared by any number of threads."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.headers = frozenset(rule.id for rule in self.rules if rule.header)
        by_language: dict[str, list[Rule]] = {}
        for rule in self.rules:
            by_language.setdefault(rule.language, []).append(rule)
        self._groups = {language: _Group(group) for language, group in by_language.items()}
        self._speaking: dict[frozenset[str], RuleSet] = {}

    def __reduce__(self) -> tuple[type[RuleSet], tuple[tuple[Rule, ...]]]:
        return (RuleSet, (self.rules,))

    def speaking(self, languages: frozenset[str]) -> RuleSet:
        """The rules for a page in these languages; all rules if its languages are not known.

        Rules of a language that ``newsclean.language`` cannot tell are always among them.
        """
        if not languages:
            return self
        told = languages | ALWAYS | (self._groups.keys() - told_languages())
        wanted = frozenset(self._groups.keys() & told)
        if wanted not in self._speaking:
            fewer = RuleSet(rule for rule in self.rules if rule.language in wanted)
            fewer._groups = {language: self._groups[language] for language in fewer._groups}  # compiled once
            self._speaking[wanted] = fewer
        return self._speaking[wanted]

    def evidence(self, plain: str, words: int) -> list[Evidence]:
        """What the block rules say of a text of so many words."""
        data = plain.encode()
        return [rule.evidence for group in self._groups.values() for rule in group.found(plain, data, words)]

    def cuts(self, plain: str) -> list[Cut]:
        """Plugs glued to other text, in order and without overlap; the first rule wins."""
        return _without_overlap([cut for group in self._groups.values() for cut in group.cuts(plain)])


class _Group:
    """The rules of one language."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._block = [rule for rule in rules if rule.scope == "block"]
        self._glued = [rule for rule in rules if rule.scope == "glued"]

    @cached_property
    def _block_sets(self) -> list[tuple[float, list[int], PatternSet]]:
        """The block rules in sets by their length: most are for short lines, and not asked of a paragraph."""
        longest = [inf if rule.max_words is None else rule.max_words for rule in self._block]
        order = sorted(range(len(longest)), key=longest.__getitem__)
        sets = [[order[k] for k in some] for some in together([self._block[i].pattern for i in order])]
        return [
            (longest[some[-1]], some, pattern_set(tuple(self._block[i].pattern for i in some)))
            for some in sets
        ]

    @cached_property
    def _glued_set(self) -> PatternSet:
        return pattern_set(tuple(rule.pattern for rule in self._glued))

    @cached_property
    def _glued_patterns(self) -> list[Pattern]:
        return [compile_pattern(rule.pattern) for rule in self._glued]

    def found(self, plain: str, data: bytes, words: int) -> list[Rule]:
        found = [
            some[index]
            for longest, some, patterns in self._block_sets
            if words <= longest
            for index in patterns.matches(plain, data)
        ]
        if not found:
            return []
        return [rule for i in sorted(found) if (rule := self._block[i]).allows(words)]

    def cuts(self, plain: str) -> list[Cut]:
        found: list[Cut] = []
        for index in self._glued_set.matches(plain):
            rule, pattern = self._glued[index], self._glued_patterns[index]
            group = pattern.groupindex.get("cut", 0)
            for match in pattern.finditer(plain):
                start, end = _trim(plain, *match.span(group))
                if start < end and rule.allows(len(plain[start:end].split())):
                    found.append(Cut(start, end, rule))
        return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _without_overlap(cuts: list[Cut]) -> list[Cut]:
    kept: list[Cut] = []
    for cut in sorted(cuts, key=lambda c: (c.start, -c.end)):
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    return kept
