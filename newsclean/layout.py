"""Lays the kept passages out as the article's paragraphs, knowing where each character stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsclean.evidence import TEXT_ROLES, Role
from newsclean.page import Passage

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the text and the indexes of the passages that it is made of."""

    text: str
    passages: tuple[int, ...]
    offsets: tuple[int, ...]
    """Where in ``text`` each of the passages begins."""


def lay_out(passages: Sequence[Passage], roles: Sequence[Role]) -> list[Paragraph]:
    """The paragraphs of the body; a paragraph that a plug interrupted is put together again."""
    paragraphs: list[Paragraph] = []
    draft = _Draft()
    for i, (passage, role) in enumerate(zip(passages, roles, strict=True)):
        if not passage.glued:
            paragraphs += draft.paragraph()
            draft = _Draft()
        if role in TEXT_ROLES and passage.text:
            draft.take(i, passage)
        elif passage.glued and draft.lead is None:
            draft.lead = passage.lead
    return [*paragraphs, *draft.paragraph()]


class _Draft:
    """A paragraph in the making."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.members: list[int] = []
        self.offsets: list[int] = []
        self.size = 0
        self.lead: str | None = None
        """The white space before the first of the parts left out since the last one taken."""

    def take(self, index: int, passage: Passage) -> None:
        space = (passage.lead or self.lead or "") if self.members else ""
        self.offsets.append(self.size + len(space))
        self.members.append(index)
        self.parts += (space, passage.text)
        self.size += len(space) + len(passage.text)
        self.lead = None

    def paragraph(self) -> list[Paragraph]:
        if not self.members:
            return []
        return [Paragraph("".join(self.parts), tuple(self.members), tuple(self.offsets))]


def join(paragraphs: Sequence[Paragraph]) -> str:
    """The text of the article."""
    return SEPARATOR.join(p.text for p in paragraphs)
