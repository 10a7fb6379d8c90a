"""Puts a judged page together as the Document that a user holds."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.captions import agencies_in, parse, parse_credit, photographer_in, same_caption
from newsclean.document import Block, Caption, Document, Removal
from newsclean.evidence import CAPTION_ROLES, REMOVED_ROLES, TEXT_ROLES, Role
from newsclean.judge import Judgement
from newsclean.layout import Paragraph, join
from newsclean.page import Page, Passage, Span
from newsclean.remarks import remarks
from newsclean.rules.patterns import compile_pattern

_PROMPT = compile_pattern(
    r"(?i)\b(?:to (?:continue|keep) reading|continue reading|to read (?:the )?(?:full|rest|more|this|on\b)|read the (?:full|rest|whole)|"
    r"unlock (?:this|the|full)|for (?:our )?(?:subscribers|members) only|only (?:available )?(?:for|to) (?:subscribers|members)|"
    r"subscribe to (?:read|continue|keep|unlock)|sign (?:in|up) to (?:read|continue|keep)|log in to (?:read|continue)|"
    r"(?:remaining|rest) of (?:this|the) (?:article|story)|you have reached your|free articles? (?:left|remaining)|"
    r"this (?:article|story|content) is (?:reserved|exclusive|only|for))"
)
_PROMPT_REACH = 6
"""Blocks after the last paragraph within which a prompt counts as cutting the article."""
_PROSE_WORDS = 8
_ASKING = frozenset({Role.SUBSCRIBE, Role.RELATED, Role.NAVIGATION})
_SHORT_BODY = 180
"""Words below which a closed last sentence does not speak against a cut."""


def assemble(page: Page, judged: Judgement, notes: tuple[str, ...]) -> Document:
    """The Document of a page: its text, its captions, and an account of the rest."""
    paragraphs = judged.paragraphs
    blocks = tuple(
        Block.reading(p.span, p.text, v.role, v.read, p.node.path if p.node else "")
        for p, v in zip(judged.passages, judged.verdicts, strict=True)
    )
    about = judged.metadata
    captions = _captions(judged.passages, blocks, paragraphs)
    return Document(
        text=join(paragraphs),
        captions=captions,
        removed=_removed(judged),
        title=about.title,
        standfirst=about.standfirst,
        authors=about.authors,
        publisher=about.publisher,
        aggregator=about.aggregator,
        section=about.section,
        date=about.date,
        language=about.language,
        truncated=judged.found and _is_truncated(judged.passages, blocks),
        warnings=(*notes, *remarks(page, judged, captions)),
        blocks=blocks,
        page_text=page.text,
    )


def _removed(judged: Judgement) -> tuple[Removal, ...]:
    return tuple(
        Removal(passage.text, verdict.role, verdict.first[0].rule_id, verdict.first[0].why, passage.content)
        for passage, verdict in zip(judged.passages, judged.verdicts, strict=True)
        if verdict.role in REMOVED_ROLES and passage.text
    )


def _captions(
    passages: Sequence[Passage], blocks: Sequence[Block], paragraphs: Sequence[Paragraph]
) -> tuple[Caption, ...]:
    """One caption a picture: a doubled text collapses, a credit line joins its caption."""
    position = -1
    last_of = {p.passages[-1]: index for index, p in enumerate(paragraphs)}
    first_of = {p.passages[0]: index for index, p in enumerate(paragraphs)}
    found: list[_Draft] = []
    near = False
    for i, (passage, block) in enumerate(zip(passages, blocks, strict=True)):
        if block.role in TEXT_ROLES and block.text:
            position = first_of.get(i, last_of.get(i, position))
            near = False
        if block.role not in CAPTION_ROLES:
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
        parsed = parse_credit(passage.plain) if all_credit else parse(passage.plain)
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


def _is_truncated(passages: Sequence[Passage], blocks: Sequence[Block]) -> bool:
    """Whether a prompt follows a text that breaks off, or that is too short to be whole."""
    kept = [i for i, b in enumerate(blocks) if b.role in TEXT_ROLES]
    after = range(kept[-1] + 1, min(kept[-1] + 1 + _PROMPT_REACH, len(blocks)))
    asked = [i for i in after if blocks[i].role in _ASKING]
    prose = [i for i in kept if len(passages[i].words) >= _PROSE_WORDS]
    last = passages[prose[-1] if prose else kept[-1]].plain.rstrip("\"')]")
    open_end = not last.endswith((".", "!", "?", "。")) or last.endswith(("...", "…"))
    if open_end and any(blocks[i].role is Role.SUBSCRIBE for i in asked):
        return True
    words = sum(len(passages[i].words) for i in kept)
    return (open_end or words < _SHORT_BODY) and any(_PROMPT.search(passages[i].plain) for i in asked)
