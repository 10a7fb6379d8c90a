"""Gives every part of a page its final role, so that cleaning a clean text changes nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsclean.cutting import cut_glued
from newsclean.decide import Leaning, Verdict, decide
from newsclean.evidence import CAPTION_ROLES, TEXT_ROLES, Evidence, Role, Witness
from newsclean.language import spoken
from newsclean.layout import SEPARATOR, Paragraph, join, lay_out
from newsclean.metadata import Metadata, describe
from newsclean.page import Mark, Page, Passage, placed
from newsclean.recall import Memory
from newsclean.repeats import without_repeats
from newsclean.rules import RuleSet
from newsclean.textpage import read_text

_ROUNDS = 12
"""Two looks settle all but hostile pages."""
_PASSAGES = 60_000
"""Passages that all looks after the first have together, two looks apart: a large page gets fewer."""

_FALLBACK = Evidence(
    "fallback.no-article", Role.BODY, 0.0, "No article was found, so the whole page is kept."
)
_OTHER_PICTURE = Evidence(
    "caption.outside", Role.OTHER, 0.0, "Describes a picture that stands apart from the article."
)
_STRAY_CREDIT = Evidence(
    "caption.no-picture", Role.OTHER, 0.0, "Names an agency where no picture and no caption stands."
)
_OF_AGENCIES = frozenset(
    {
        *("caption.agency-after-sentence", "caption.agency-in-brackets", "caption.agency-at-end"),
        "caption.source-at-end",
    }
)
"""The forms of credits that texts are signed with too."""
_ONLY_ALT = Evidence(
    "caption.only-alternative-text", Role.OTHER, 0.0, "The alternative text of an image that has no caption."
)
_OF_ALT = frozenset({"caption.alt-text", "caption.shape"})
_OVER_THE_ARTICLE, _UNDER_THE_ARTICLE = 6, 2
"""Passages over the headline and under the last paragraph, or the last picture, where its captions stand."""
_APART = frozenset({Role.RELATED, Role.NAVIGATION, Role.COMMENT})
_SUBHEADING = Evidence(
    "structure.subheading", Role.HEADING, 0.0, "A short line without a full stop inside the article."
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The passages of a page with their verdicts, the metadata, and whether an article is there."""

    passages: tuple[Passage, ...]
    verdicts: tuple[Verdict, ...]
    metadata: Metadata
    found: bool

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs of the text that the verdicts keep."""
        return lay_out(self.passages, [v.role for v in self.verdicts])


def judge(
    page: Page,
    rules: RuleSet,
    leaning: Leaning,
    witness: Witness = "never",
    memory: Memory | None = None,
) -> Judgement:
    """Judge a page, and what is kept of it again, until a look changes nothing more.

    So cleaning a cleaned text changes nothing. After ``_ROUNDS`` looks the text is taken as it is.
    What the tree of an HTML page says is enough for one look. ``memory`` is a profile to be asked.
    """
    first = _judge_once(page, rules, leaning, witness, memory)
    passages, verdicts, found = first.passages, first.verdicts, first.found
    for _ in range(0 if page.of_tree else min(_ROUNDS, max(2, _PASSAGES // (len(passages) or 1)))):
        paragraphs = lay_out(passages, [v.role for v in verdicts])
        body = join(paragraphs)
        again = _judge_once(read_text(body), rules, leaning, "never", memory)
        if join(again.paragraphs) == body:
            break
        found = found or again.found
        first.metadata.fill_from(again.metadata)
        passages, verdicts = _carry_over(passages, verdicts, paragraphs, again)
    return Judgement(passages, _with_subheadings(passages, verdicts), first.metadata, found)


def _judge_once(
    page: Page, rules: RuleSet, leaning: Leaning, witness: Witness, memory: Memory | None
) -> Judgement:
    languages = spoken(page.passages)
    rules = rules.speaking(languages)
    cut = cut_glued(page, rules)
    passages = cut.page.passages
    same = languages if cut.page is page else None
    verdicts = decide(cut.page, rules, cut.reasons, leaning, witness, same, memory)
    found = any(v.role in TEXT_ROLES for v in verdicts)
    if not found:
        whole = [v.turned(Role.BODY, _FALLBACK) for v in verdicts]
        return Judgement(passages, tuple(whole), Metadata(), False)
    metadata = describe(passages, verdicts, page.about)
    told = [
        v.turned(metadata.roles[i].role, metadata.roles[i]) if i in metadata.roles else v
        for i, v in enumerate(verdicts)
    ]
    if not any(v.role in TEXT_ROLES for v in told):  # a headline alone is the text that there is
        told = [v if v.role in TEXT_ROLES else t for v, t in zip(verdicts, told, strict=True)]
    if page.of_tree:
        told = without_repeats(passages, told)
        told = _without_stray_credits(passages, told)
    told = _without_alternative_texts(passages, told)
    return Judgement(passages, tuple(_captions_of_the_article(told)), metadata, True)


def _captions_of_the_article(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Captions far from the article are those of other stories, and furniture."""
    kept = [i for i, v in enumerate(verdicts) if v.role in TEXT_ROLES]
    titles = [i for i, v in enumerate(verdicts) if v.role is Role.TITLE and i < kept[0]]
    reach = min(titles[-1:] + kept[:1]) - _OVER_THE_ARTICLE
    result = list(verdicts)
    last = kept[-1]
    for i, verdict in enumerate(verdicts):
        if verdict.role not in CAPTION_ROLES:
            continue
        under = kept[-1] < i <= last + _UNDER_THE_ARTICLE
        if under and not {v.role for v in verdicts[last + 1 : i]} & _APART:
            last = i  # a gallery behind the story
        elif not reach <= i <= last:
            result[i] = verdict.turned(Role.OTHER, _OTHER_PICTURE)
    return result


def _without_stray_credits(passages: Sequence[Passage], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Agencies that sign the text of an HTML page, or stand in its byline, are no credits of pictures."""
    result = list(verdicts)
    for i, (passage, verdict) in enumerate(zip(passages, verdicts, strict=True)):
        if verdict.role is not Role.CREDIT or not passage.node or passage.node.picture:
            continue
        beside = verdicts[max(0, i - 1) : i + 2 : 2] if i else verdicts[1:2]
        lone = passage.node.figure is None and not any(v.role is Role.CAPTION for v in beside)
        if lone and not passage.glued and verdict.first[0].rule_id in _OF_AGENCIES:
            result[i] = verdict.turned(Role.OTHER, _STRAY_CREDIT)
    return result


def _without_alternative_texts(passages: Sequence[Passage], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """An alternative text in Markdown speaks to who cannot see the image: without a caption beside it, it
    is none."""
    captions = [i for i, v in enumerate(verdicts) if v.role in CAPTION_ROLES]
    only_alt = {
        i
        for i in captions
        if passages[i].mark is Mark.IMAGE
        and not any(e.role in CAPTION_ROLES and e.rule_id not in _OF_ALT for e in verdicts[i].said)
    }
    shown = set(captions) - only_alt
    result = list(verdicts)
    for i in only_alt:
        if not {i - 1, i + 1} & shown:
            result[i] = verdicts[i].turned(Role.OTHER, _ONLY_ALT)
    return result


def _carry_over(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    paragraphs: Sequence[Paragraph],
    again: Judgement,
) -> tuple[tuple[Passage, ...], tuple[Verdict, ...]]:
    """Apply what a second look at the body removed to the passages that it came from."""
    starts, owners = _places(paragraphs)
    cuts: dict[int, list[tuple[int, int, Verdict]]] = {}
    for passage, verdict in zip(again.passages, again.verdicts, strict=True):
        if verdict.role in TEXT_ROLES:
            continue
        begin, end = passage.content
        for k in range(bisect_right(starts, begin) - 1, len(starts)):
            if starts[k] >= end:
                break
            size = len(passages[owners[k]].text)
            low, high = max(0, begin - starts[k]), min(size, end - starts[k])
            if low < high:
                cuts.setdefault(owners[k], []).append((low, high, verdict))
    judged = [
        part
        for i, (passage, verdict) in enumerate(zip(passages, verdicts, strict=True))
        for part in _recut(passage, verdict, cuts.get(i, []))
    ]
    return tuple(passage for passage, _ in judged), tuple(verdict for _, verdict in judged)


def _places(paragraphs: Sequence[Paragraph]) -> tuple[list[int], list[int]]:
    """Where in the joined text each passage begins, and which passage it is."""
    starts: list[int] = []
    owners: list[int] = []
    at = 0
    for paragraph in paragraphs:
        for index, offset in zip(paragraph.passages, paragraph.offsets, strict=True):
            starts.append(at + offset)
            owners.append(index)
        at += len(paragraph.text) + len(SEPARATOR)
    return starts, owners


def _recut(
    passage: Passage, verdict: Verdict, cuts: Sequence[tuple[int, int, Verdict]]
) -> list[tuple[Passage, Verdict]]:
    if not cuts:
        return [(passage, verdict)]
    edges = sorted({e for low, high, _ in cuts for e in (low, high) if 0 < e < len(passage.text)})
    judged = []
    for at, part in placed(passage.split(edges), passage.text):
        middle = at + len(part.text) // 2
        removed = [v for low, high, v in cuts if low <= middle < high]
        judged.append((part, removed[0] if removed else verdict))
    return judged


def _with_subheadings(passages: Sequence[Passage], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Tell subheadings from paragraphs among what is kept."""
    kept = [i for i, v in enumerate(verdicts) if v.role is Role.BODY]
    result = list(verdicts)
    for i, after in pairwise(kept):
        if _is_subheading(passages[i], passages[after]):
            result[i] = verdicts[i].turned(Role.HEADING, _SUBHEADING)
    return tuple(result)


def _is_subheading(passage: Passage, after: Passage) -> bool:
    plain = passage.plain
    if passage.glued or after.glued or not 1 <= len(passage.words) <= 14:
        return False
    if passage.mark is Mark.HEADING:
        return True
    if passage.mark is Mark.ITEM and not plain[0].isdigit():
        return False
    if not plain[0].isalnum() or plain[0].islower() or len(after.words) < len(passage.words):
        return False
    return not plain.rstrip("\"')]").endswith((".", "!", "…", ",", ";", "。", ":")) and len(after.words) > 8
