"""Cuts plugs and captions that are glued to a paragraph into passages of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsclean.captions.glued import SEAM, SENTENCE_STOP, glued
from newsclean.evidence import Evidence, Role
from newsclean.page import Page, Passage, Sign, placed
from newsclean.rules import RuleSet

_STORY_WORDS = 15
"""Words behind a plug's full stop that are the story rather than more of the plug."""
_PLUGS = frozenset({Role.RELATED, Role.PLAYER, Role.SOCIAL, Role.ADVERT, Role.APP, Role.NEWSLETTER})
_SURE = 6.0
PLUG_WORDS = 16
"""A longer plug on a page without line breaks may have run on into the story."""


@dataclass(frozen=True, slots=True)
class CutPage:
    """A page after cutting; ``reasons`` has the evidence for each passage that was cut out."""

    page: Page
    reasons: tuple[Evidence | None, ...]


def cut_glued(page: Page, rules: RuleSet) -> CutPage:
    """Split passages at the plugs, captions and credits that are glued to other text."""
    passages: list[Passage] = []
    reasons: list[Evidence | None] = []
    for passage in page.passages:
        for part, reason in _parts(passage, _cuts(passage, rules)):
            passages.append(part)
            reasons.append(reason)
    whole = len(passages) == len(page.passages) and not any(reasons)
    return CutPage(page if whole else replace(page, passages=tuple(passages)), tuple(reasons))


def _cuts(passage: Passage, rules: RuleSet) -> list[tuple[int, int, Evidence]]:
    """What to cut out of a passage: offsets into its text, ascending and without overlap."""
    if not passage.text:
        return []
    found = [
        (cut.start, cut.end, cut.rule.evidence)
        for cut in rules.cuts(passage.plain)
        if not _quoted(passage.plain, cut.start)
    ]
    found = [_within_a_sentence(passage.plain, *cut) for cut in found] or _label_before_prose(passage, rules)
    if passage.glued:
        found = [cut for cut in (_bounded(passage.plain, *cut) for cut in found) if cut]
    if not _is_caption(passage):
        found += glued(passage.plain)
    kept: list[tuple[int, int, Evidence]] = []
    for start, end, reason in sorted(found, key=lambda c: (c[0], -c[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, reason))
    return [(passage.text_offset(start), passage.text_offset(end), reason) for start, end, reason in kept]


def _is_caption(passage: Passage) -> bool:
    """Whether the page marks all of a passage as a caption, so that nothing is glued to it."""
    figure = passage.node.figure if passage.node else None
    return figure is not None and figure.sign in (Sign.FIGCAPTION, Sign.CLASS)


def _within_a_sentence(plain: str, start: int, end: int, reason: Evidence) -> tuple[int, int, Evidence]:
    """A cut that runs on over a full stop into a paragraph ends at the full stop."""
    stop = SENTENCE_STOP.search(plain, start, end)
    if stop and len(plain[stop.end() : end].split()) >= _STORY_WORDS:
        return start, stop.end(), reason
    return start, end, reason


def _label_before_prose(passage: Passage, rules: RuleSet) -> list[tuple[int, int, Evidence]]:
    """A plug that is the first sentence of a paragraph, with the story behind it."""
    plain = passage.plain
    stop = SENTENCE_STOP.search(plain)
    if passage.glued or not stop or len(plain[stop.end() :].split()) < _STORY_WORDS:
        return []
    head, tail = plain[: stop.end()], plain[stop.end() :]
    if len(head.split()) > PLUG_WORDS or not rules.evidence(plain, len(passage.words)):
        return []
    said = [e for e in rules.evidence(head, len(head.split())) if e.role in _PLUGS and e.weight >= _SURE]
    if not said or any(e.weight >= _SURE for e in rules.evidence(tail.strip(), len(tail.split()))):
        return []
    return [(0, stop.end(), said[0])]


def _quoted(plain: str, offset: int) -> bool:
    """Whether an offset lies inside quotation marks: there somebody speaks of a plug."""
    if plain[max(0, offset - 1) : offset] in ("'", '"'):
        return True
    return '"' in plain[offset:] and plain.count('"', 0, offset) % 2 == 1


def _bounded(plain: str, start: int, end: int, reason: Evidence) -> tuple[int, int, Evidence] | None:
    """A cut on a page that lost its line breaks: no story may go with the plug.

    A long cut ends where a new sentence begins without a full stop before it; where no such
    place is seen, nothing is cut: a leftover line is better than a lost sentence.
    """
    if len(plain[start:end].split()) <= PLUG_WORDS:
        return start, end, reason
    seam = SEAM.search(plain, start + 20, end)
    return (start, seam.end(), reason) if seam else None


def _parts(passage: Passage, cuts: list[tuple[int, int, Evidence]]) -> list[tuple[Passage, Evidence | None]]:
    if not cuts:
        return [(passage, None)]
    reasons = {start: reason for start, _, reason in cuts}
    edges = sorted({edge for start, end, _ in cuts for edge in (start, end)})
    parts = passage.split([edge for edge in edges if 0 < edge < len(passage.text)])
    return [(part, reasons.get(at)) for at, part in placed(parts, passage.text)]
