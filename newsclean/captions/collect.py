"""Puts the captions of a judged page together: each picture one, with its credit and its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsclean.captions.credits import agencies_in, photographer_in
from newsclean.captions.evidence import same_caption
from newsclean.captions.figures import is_source_line
from newsclean.captions.forms import parse, parse_credit
from newsclean.captions.images import Images
from newsclean.captions.kinds import kind_of
from newsclean.captions.needs import is_name
from newsclean.captions.words import words_of
from newsclean.document import Caption
from newsclean.evidence import CAPTION_ROLES, TEXT_ROLES, Role
from newsclean.layout import Paragraph
from newsclean.page import Mark, Page, Passage, Span


def collect(
    page: Page, passages: Sequence[Passage], roles: Sequence[Role], paragraphs: Sequence[Paragraph]
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
        draft = _Draft(i, passage, position, beside=near)
        if near and found and found[-1].takes(draft):
            found[-1].join(draft)
        else:
            found.append(draft)
        near = True
    images = Images(page, passages)
    return tuple(
        draft.caption(images) for draft in _once(_with_credits_ahead(_without_alternative_texts(found)))
    )


def _without_alternative_texts(drafts: Sequence[_Draft]) -> list[_Draft]:
    """An alternative text joins the caption that is shown under it, as what tells of its image."""
    kept: list[_Draft] = []
    for draft in drafts:
        over = kept[-1] if kept else None
        if over and draft.beside and over.is_alternative and draft.text and not draft.is_alternative:
            draft.span = Span(over.span.start, draft.span.end)
            draft.indexes = over.indexes + draft.indexes
            kept.pop()
        kept.append(draft)
    return kept


def _with_credits_ahead(drafts: Sequence[_Draft]) -> list[_Draft]:
    """A credit that no caption stands over joins the one right under it, if that has none."""
    kept: list[_Draft] = []
    for draft in drafts:
        over = kept[-1] if kept else None
        if over and draft.beside and not over.text and draft.text and not draft.credit:
            draft.credit, draft.span = over.credit, Span(over.span.start, draft.span.end)
            draft.indexes = over.indexes + draft.indexes
            kept.pop()
        kept.append(draft)
    return kept


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


@dataclass(frozen=True, slots=True)
class _Credit:
    """A credit as printed, and where it stands in the page."""

    text: str
    span: Span


class _Draft:
    """A caption in the making."""

    def __init__(self, index: int, passage: Passage, position: int, *, beside: bool) -> None:
        self.indexes = [index]
        """The passages that it is made of."""
        self.figure = passage.node.figure if passage.node else None
        parsed = parse(passage.plain, known=True)
        if self.figure and (self.figure.credit or (not parsed.credit and is_source_line(passage.plain))):
            parsed = parse_credit(passage.plain)
        self.text = _between(passage, parsed.text)
        self.credit = _credit(passage, parsed.credit) if parsed.credit else None
        self.kind = kind_of(passage.plain, parsed.label, self.credit.text if self.credit else "")
        self.whole = _credit(passage, (0, len(passage.plain)))
        self.beside = beside
        self.is_alternative = passage.mark is Mark.IMAGE and self.credit is None
        self.words = self.text.lower().split()
        self.position = position
        self.span = passage.content

    @property
    def named_credit(self) -> _Credit | None:
        """The credit, if it names somebody and does not only say that the picture is an older one."""
        only_old = self.credit and self.credit.text.lower() in words_of("file", "symbol")
        return None if only_old else self.credit

    def takes(self, other: _Draft) -> bool:
        """Whether the next caption passage is part of this caption."""
        if self.is_alternative and other.text and not other.is_alternative:
            return False  # what is shown has the caption's words
        if self.figure and other.figure:
            return self.figure.holder is other.figure.holder
        if not other.text:
            credit = self.named_credit
            return not credit or not other.credit or credit.text == other.credit.text
        if not self.text:
            return False
        return same_caption(self.words, other.words)

    def join(self, other: _Draft) -> None:
        if self.figure and self.text and not self.credit and not other.credit and is_name(other.text):
            self.credit = other.whole
        elif self.text and other.text and not same_caption(self.words, other.words):
            self.text, self.words = f"{self.text} {other.text}", self.words + other.words
        elif other.text and (len(other.text) > len(self.text) or (other.credit and not self.credit)):
            self.text, self.words = other.text, other.words
        self.credit = self.named_credit or other.credit or self.credit
        self.kind = self.kind or other.kind
        self.indexes += other.indexes
        self.span = Span(self.span.start, other.span.end)

    def caption(self, images: Images) -> Caption:
        credit = self.credit.text if self.credit else ""
        return Caption(
            self.text,
            credit or None,
            photographer_in(credit) if credit else None,
            agencies_in(credit) if credit else (),
            self.position,
            self.span,
            kind=self.kind,
            credit_span=self.credit.span if self.credit else None,
            image=images.of(self.indexes, self.words),
        )


def _between(passage: Passage, plain: tuple[int, int]) -> str:
    start, end = (passage.text_offset(offset) for offset in plain)
    return " ".join(passage.text[start:end].split())


def _credit(passage: Passage, plain: tuple[int, int]) -> _Credit | None:
    start, end = (passage.text_offset(offset) for offset in plain)
    text = passage.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    return _Credit(" ".join(text.split()), passage.place(start, end)) if start < end else None
