"""Cuts plugs and captions that are glued to a paragraph into passages of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsclean.evidence import Evidence
from newsclean.page import Page, Passage
from newsclean.rules import Cut, RuleSet


@dataclass(frozen=True, slots=True)
class CutPage:
    """A page after cutting; ``reasons`` has the evidence for each passage that was cut out."""

    page: Page
    reasons: tuple[Evidence | None, ...]


def cut_glued(page: Page, rules: RuleSet) -> CutPage:
    """Split passages at the plugs that the glued rules find in them."""
    passages: list[Passage] = []
    reasons: list[Evidence | None] = []
    for passage in page.passages:
        cuts = rules.cuts(passage.plain) if passage.plain else []
        if not cuts:
            passages.append(passage)
            reasons.append(None)
            continue
        for part, reason in _parts(passage, cuts):
            passages.append(part)
            reasons.append(reason)
    return CutPage(replace(page, passages=tuple(passages)), tuple(reasons))


def _parts(passage: Passage, cuts: list[Cut]) -> list[tuple[Passage, Evidence | None]]:
    starts = {passage.text_offset(cut.start): cut.rule for cut in cuts}
    edges = sorted({*starts, *(passage.text_offset(cut.end) for cut in cuts)})
    parts = passage.split([edge for edge in edges if 0 < edge < len(passage.text)])
    found: list[tuple[Passage, Evidence | None]] = []
    at = 0
    for part in parts:
        at = passage.text.index(part.text, at)
        rule = starts.get(at)
        reason = Evidence(rule.id, rule.role, rule.weight, rule.why) if rule else None
        found.append((part, reason))
        at += len(part.text)
    return found
