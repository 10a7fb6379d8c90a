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
    text, members, offsets = "", [], []  # type: str, list[int], list[int]
    lead: str | None = None
    for i, (passage, role) in enumerate(zip(passages, roles, strict=True)):
        if not passage.glued:
            if members:
                paragraphs.append(Paragraph(text, tuple(members), tuple(offsets)))
            text, members, offsets, lead = "", [], [], None
        elif lead is None:
            lead = passage.lead
        if role not in TEXT_ROLES or not passage.text:
            continue
        if members:
            text += passage.lead or lead or ""
        offsets.append(len(text))
        text += passage.text
        members.append(i)
        lead = None
    if members:
        paragraphs.append(Paragraph(text, tuple(members), tuple(offsets)))
    return paragraphs


def join(paragraphs: Sequence[Paragraph]) -> str:
    """The text of the article."""
    return SEPARATOR.join(p.text for p in paragraphs)
