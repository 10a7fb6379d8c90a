"""Every rule's examples and counterexamples, through the rule and through the whole of clean()."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from newsclean import Document, Evidence, clean
from newsclean.evidence import TEXT_ROLES
from newsclean.page import Passage, Span
from newsclean.rules import Rule, RuleSet, builtin_packs
from newsclean.rules.patterns import compile_pattern

sys.path.insert(0, str(Path(__file__).parent))
from carrier import behind, inside

RULES = builtin_packs()
SURE = 6.0
"""A rule of at least this weight decides alone, in the midst of an article."""


def _cases(rules: list[Rule]) -> list[object]:
    return [pytest.param(r, e, id=f"{r.id}-{i}") for r in rules for i, e in enumerate(r.examples)]


EXAMPLES = _cases(list(RULES))
REMOVERS = _cases([r for r in RULES if r.role not in TEXT_ROLES])
KEEPERS = _cases([r for r in RULES if r.role in TEXT_ROLES])
COUNTEREXAMPLES = [
    pytest.param(r, e, id=f"{r.id}-{i}") for r in RULES for i, e in enumerate(r.counterexamples)
]


def _passage(text: str) -> Passage:
    return Passage(Span(0, len(text)), text, ())


def _found(rules: RuleSet, text: str) -> set[str]:
    passage = _passage(text)
    ids = {e.rule_id for e in rules.evidence(passage.plain, len(passage.words))}
    return ids | {cut.rule.id for cut in rules.cuts(passage.plain)}


def _blocks_of(document: Document, line: str) -> list[tuple[bool, tuple[Evidence, ...]]]:
    start = document.page_text.index(line)
    end = start + len(line)
    return [
        (b.role in TEXT_ROLES, b.evidence)
        for b in document.blocks
        if b.span.start < end and start < b.span.end and b.text
    ]


def test_every_pattern_is_one_that_the_engine_takes() -> None:
    for rule in RULES:
        compile_pattern(rule.pattern)


def test_there_are_rules_for_every_kind_of_furniture() -> None:
    covered = {rule.role.value for rule in RULES}
    assert covered >= {
        "newsletter", "subscribe", "app", "related", "social", "comment", "advert", "player", "cookie",
        "legal", "bio", "tags", "navigation",
    }  # fmt: skip


def test_every_rule_has_a_counterexample_or_cannot_meet_prose() -> None:
    bare = [
        r.id
        for r in RULES
        if not r.counterexamples and not r.id.startswith("und.") and r.role not in TEXT_ROLES
    ]
    assert bare == []


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_rule_finds_its_example(rule: Rule, example: str) -> None:
    assert rule.id in _found(RuleSet([rule]), example)


@pytest.mark.parametrize(("rule", "example"), REMOVERS)
def test_clean_removes_the_example(rule: Rule, example: str) -> None:
    document = clean((inside if rule.weight >= SURE else behind)(example, rule.language))
    blocks = _blocks_of(document, example)
    assert rule.id in {e.rule_id for _, found in blocks for e in found}
    assert any(not kept for kept, _ in blocks)
    if rule.scope == "block":
        assert not any(kept for kept, _ in blocks)


@pytest.mark.parametrize(("rule", "example"), KEEPERS)
def test_clean_keeps_what_a_rule_says_is_text(rule: Rule, example: str) -> None:
    blocks = _blocks_of(clean(inside(example, rule.language)), example)
    assert rule.id in {e.rule_id for _, found in blocks for e in found}
    assert all(kept for kept, _ in blocks)


@pytest.mark.parametrize(("rule", "text"), COUNTEREXAMPLES)
def test_clean_keeps_the_counterexample(rule: Rule, text: str) -> None:
    document = clean(inside(text, rule.language))
    kept = [kept for kept, _ in _blocks_of(document, text)]
    assert all(kept), f"{rule.id}\n{document.explain()}"
