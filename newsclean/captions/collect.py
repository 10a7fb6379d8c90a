"""Puts the captions of a judged page together: each picture one, with its credit and its place."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.captions.credits import agencies_in, photographer_in
from newsclean.captions.evidence import same_caption
from newsclean.captions.forms import parse, parse_credit
from newsclean.document import Caption
from newsclean.evidence import CAPTION_ROLES, TEXT_ROLES, Role
from newsclean.layout import Paragraph
from newsclean.page import Passage, Span


def collect(
    passages: Sequence[Passage], roles: Sequence[Role], paragraphs: Sequence[Paragraph]
) -> tuple[Caption, ...]:
    """One caption a picture: a doubled text collapses, a credit line joins its caption."""
    position = -1
    last_of = {p.passages[-1]: index for index, p in enumerate(paragraphs)}
    first_of = {p.passages[0]: index for index, p in enumerate(paragraphs)}
    found: list[_Draft] = []
    near = False
    for i, (passage, role) in enumerate(zip(passages, roles, strict=True)):
        if role in TEXT_ROLES and passage.text:
            position = first_of.get(i, last_of.get(i, position))
            near = False
        if role not in CAPTION_ROLES:
            continue
        draft = _Draft(passage, position)
        if near and found and found[-1].takes(draft):
            found[-1].join(draft)
        else:
            found.append(draft)
        near = True
    return tuple(draft.caption() for draft in _once(found))


def _once(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Each caption once: galleries and enlarged pictures repeat those of the story."""
    seen: dict[tuple[str, ...], _Draft] = {}
    kept = []
    for draft in drafts:
        first = seen.setdefault(tuple(draft.words), draft) if draft.words else draft
        if first is draft:
            kept.append(draft)
        else:
            first.credit = first.credit or draft.credit
    return kept


class _Draft:
    """A caption in the making."""

    def __init__(self, passage: Passage, position: int) -> None:
        self.figure = passage.node.figure if passage.node else None
        all_credit = self.figure is not None and self.figure.credit
        parsed = parse_credit(passage.plain) if all_credit else parse(passage.plain, known=True)
        self.text = _between(passage, parsed.text)
        self.credit = _between(passage, parsed.credit) if parsed.credit else ""
        self.words = self.text.lower().split()
        self.position = position
        self.span = passage.content

    def takes(self, other: _Draft) -> bool:
        """Whether the next caption passage is part of this caption."""
        if self.figure and other.figure:
            return self.figure.path == other.figure.path
        if not other.text:
            return not self.credit or self.credit == other.credit
        if not self.text:
            return False
        return same_caption(self.words, other.words)

    def join(self, other: _Draft) -> None:
        if self.text and other.text and not same_caption(self.words, other.words):
            self.text, self.words = f"{self.text} {other.text}", self.words + other.words
        elif other.text and (len(other.text) > len(self.text) or (other.credit and not self.credit)):
            self.text, self.words = other.text, other.words
        self.credit = self.credit or other.credit
        self.span = Span(self.span.start, other.span.end)

    def caption(self) -> Caption:
        return Caption(
            self.text,
            self.credit or None,
            photographer_in(self.credit) if self.credit else None,
            agencies_in(self.credit) if self.credit else (),
            self.position,
            self.span,
        )


def _between(passage: Passage, plain: tuple[int, int]) -> str:
    start, end = (passage.text_offset(offset) for offset in plain)
    return " ".join(passage.text[start:end].split())
