"""Runs the examples of a rule pack: through each rule, and through the whole of ``clean``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.evidence import TEXT_ROLES
from newsclean.page import Passage, Span
from newsclean.rules.carrier import behind, has_article, inside
from newsclean.rules.engine import RuleSet
from newsclean.rules.loader import DEFAULT_WEIGHT, Rule, load_pack

if TYPE_CHECKING:
    from newsclean.cleaner import Cleaner
    from newsclean.document import Block


@dataclass(frozen=True, slots=True)
class Failure:
    """An example or counterexample that does not do what it should.

    ``kind`` is "example" or "counterexample", ``text`` what stands in the pack, ``expected`` what should have
    come of it, and ``found`` what came instead.
    """

    pack: str
    rule_id: str
    kind: str
    text: str
    expected: str
    found: str

    def __str__(self) -> str:
        told = f"{self.kind} {self.text!r}: {self.expected}, but {self.found}"
        return f"{self.pack}: rule {self.rule_id!r}: {told}"


def check_pack(path: str | Path) -> tuple[Failure, ...]:
    """Run all examples of a pack of your own; empty if all is well.

    Its rule must match each example, and in an article of the rule's language ``clean`` must remove it, or
    keep it if the rule says that it is text; every counterexample must stay. The article holds the example
    in its midst, or, for a rule that weighs less than 6, among the furniture under it. Of a language that
    newsclean has no article in, the rules are asked on the English one.

    Raises RulePackError for a pack that is broken, or has the id of a rule that newsclean comes with.
    """
    from newsclean.cleaner import Cleaner

    cleaner, asking_all = Cleaner(packs=[path]), Cleaner(packs=[path])
    asking_all._rules = _AskedAlways(asking_all.rules.rules)
    return tuple(
        failure
        for rule in load_pack(path)
        for failure in _check(rule, cleaner if has_article(rule.language) else asking_all, str(path))
    )


class _AskedAlways(RuleSet):
    """Rules of all languages on every page: for a language that only an article in another can stand for."""

    def speaking(self, languages: frozenset[str]) -> RuleSet:
        """These rules, whatever the page speaks."""
        del languages
        return self


def _check(rule: Rule, cleaner: Cleaner, pack: str) -> Iterator[Failure]:
    for text in rule.examples:
        if failed := _missed(rule, cleaner, text):
            yield Failure(pack, rule.id, "example", text, *failed)
    for text in rule.counterexamples:
        blocks = _blocks(cleaner, inside(text, rule.language), text)
        taken = [block for block in blocks if block.role not in TEXT_ROLES]
        if taken or not blocks:
            yield Failure(pack, rule.id, "counterexample", text, "should stay in the text", _said(taken))


def _missed(rule: Rule, cleaner: Cleaner, text: str) -> tuple[str, str] | None:
    """What an example should have led to, and what it led to; None if it did."""
    if not _matches(rule, text):
        return "the rule should match it", "it does not"
    in_text = rule.role in TEXT_ROLES
    carry = inside if in_text or rule.weight >= DEFAULT_WEIGHT else behind
    blocks = _blocks(cleaner, carry(text, rule.language), text)
    if rule.id not in {said.rule_id for block in blocks for said in block.evidence}:
        return "the rule should match it in an article too", "it does not"
    kept = [block for block in blocks if block.role in TEXT_ROLES]
    if in_text:
        taken = [block for block in blocks if block.role not in TEXT_ROLES]
        return ("should stay in the text", _said(taken)) if taken else None
    wrong = kept if rule.scope == "block" else kept if len(kept) == len(blocks) else []
    return ("should be removed", _said(wrong)) if wrong else None


def _matches(rule: Rule, text: str) -> bool:
    passage = Passage(Span(0, len(text)), text, ())
    rules = RuleSet([rule])
    return bool(rules.evidence(passage.plain, len(passage.words)) or rules.cuts(passage.plain))


def _blocks(cleaner: Cleaner, page: str, text: str) -> list[Block]:
    """The blocks of a page that hold a line of it."""
    document = cleaner.clean(page, kind="text")
    start = document.page_text.find(text)
    end = start + len(text)
    return [b for b in document.blocks if b.span.start < end and start < b.span.end and b.text and start >= 0]


def _said(blocks: list[Block]) -> str:
    """What was found of a line, for a message."""
    if not blocks:
        return "the page shows it differently"
    block = blocks[0]
    verb = "stays as" if block.role in TEXT_ROLES else "is removed as"
    return f"it {verb} {block.role.value} ({block.rule_id})"
