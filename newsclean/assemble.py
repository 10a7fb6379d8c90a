"""Puts a judged page together as the Document that a user holds."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.captions.collect import collect
from newsclean.document import Block, Document, Removal
from newsclean.evidence import REMOVED_ROLES, TEXT_ROLES, Role
from newsclean.judge import Judgement
from newsclean.layout import join
from newsclean.page import Page, Passage
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
    captions = collect(page, judged.passages, [block.role for block in blocks], paragraphs)
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
