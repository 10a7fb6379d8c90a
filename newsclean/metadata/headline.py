"""The headline: which line is it, and where does it stand again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from newsclean.decide import Verdict, text_weight
from newsclean.evidence import CAPTION_ROLES, METADATA_ROLES, REMOVED_ROLES, Role
from newsclean.metadata.found import NEAR, WEIGHT, Metadata
from newsclean.metadata.lead import HEADLINES, by_rules, in_one_line
from newsclean.metadata.pagetitle import NOWHERE, PageTitle
from newsclean.names import after_by, names_in
from newsclean.page import Mark, Passage

_HEAD = 40
"""Passages above the body that may hold its title."""

_TITLE_WORDS = (2, 32)

_TITLE_SCORE = 2.0
_TOLD_WORDS, _TOLD = 3, 0.5
"""Words of the page's title, and the share of them that the story has to use."""

LEAST_LEADING_WORDS = 7
"""A shorter line that opens a bare text may as well be its first subheading."""

_SIGNED_WITHIN = 4
_SAME = 0.9
"""Likeness to the page's title from which a line is that title again."""
_REWORDED = 0.4
"""Likeness from which the first line of the body, a byline under it, is the headline."""
_AGAIN = 4.0
"""What a line gains in score by being the page's title again."""
_OTHER_STORY = 0.1
"""Likeness below which the page's own title is the better headline, if the story is about it."""

_CONTENT_WORD = 4
_NO_TITLES = (REMOVED_ROLES | METADATA_ROLES | CAPTION_ROLES) - {Role.TITLE}
_MARKED = 2.0
"""What a line gains in score that the page marks as its headline."""


def leading_headlines(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], body: Sequence[int]
) -> list[int]:
    """Body passages before the first prose that look like headlines, if they are few."""
    leading = []
    for i in body:
        if not _headline_like(passages[i]) or text_weight(by_rules(verdicts[i])) > 0:
            break
        leading.append(i)
    return leading if len(leading) <= HEADLINES and len(leading) < len(body) else []


def opens_section(passages: Sequence[Passage], body: Sequence[int], i: int) -> bool:
    """Whether the tree of an HTML page has a line beside the paragraph that follows it, as a subheading."""
    node, after = passages[i].node, passages[body[body.index(i) + 1]].node
    return node is not None and after is not None and node.parent == after.parent


def signed(passages: Sequence[Passage], verdicts: Sequence[Verdict], i: int) -> bool:
    """Whether a byline or a date follows a line, as it follows a headline."""
    after = range(i + 1, min(i + _SIGNED_WITHIN + 1, len(passages)))
    return any(verdicts[k].role in (Role.BYLINE, Role.DATE) or _announces(passages[k]) for k in after)


def _headline_like(passage: Passage) -> bool:
    plain = passage.plain
    if passage.glued or passage.mark is Mark.ITEM or not 2 <= len(passage.words) <= 24:
        return False
    if plain.endswith((":", ",", ";")) or (plain[0] in "\"'" and plain[-1] in "\"'"):
        return False
    return not plain.rstrip("\"')]").endswith((".", "…", "。", "!"))


def find_title(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    prose: int,
    body: Sequence[int],
    leading: Sequence[int],
    top: PageTitle | None,
) -> int | None:
    """The passage that is the headline of the story which begins at ``prose``, or None."""
    said = Counter(w for i in body[:40] for w in set(passages[i].words) if len(w) >= _CONTENT_WORD)
    repeated = Counter(p.plain.lower() for p in passages[top.index + 1 if top else 0 :])
    alone = prose == 1 and len(body) >= len(passages) - 1  # a headline, and the story
    best, best_score = None, _TITLE_SCORE
    for i in range(min(prose + 1, len(passages))):
        again = top.again(passages[i]) if top and i != top.index else 0.0
        near = prose - i <= _HEAD
        if top and top.publishes(passages[i]):
            continue
        if not (again >= _SAME or near) or not _may_be_title(passages[i], verdicts[i], again):
            continue
        if verdicts[i].role is Role.BODY and i not in leading:
            reworded = again >= _REWORDED and signed(passages, verdicts, i)
            if (i == prose and not reworded) or (i < prose and again < _SAME):
                continue
        elif i == prose:
            continue
        score = _title_score(passages, i, prose, said, i in leading) + (
            repeated[passages[i].plain.lower()] > 1
        )
        score += 1.5 * (alone or signed(passages, verdicts, i)) + _AGAIN * again
        if score >= best_score:
            best, best_score = i, score
    return best


def prefer_page_title(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    title: int | None,
    body: Sequence[int],
    top: PageTitle,
) -> bool:
    """Whether no line over the story repeats the page's title, though the story is about it."""
    if top.index == NOWHERE:
        return title is None or top.again(passages[title]) < _REWORDED
    if title == top.index or body[0] - top.index <= NEAR or verdicts[top.index].role in CAPTION_ROLES:
        return False
    if title is not None:
        again = top.again(passages[title])
        unlike = again <= _OTHER_STORY and not signed(passages, verdicts, title)
        if not (unlike or (passages[title].plain.endswith(".") and again < _REWORDED)):
            return False
    said = {w for i in body for w in passages[i].words}
    content = [w for w in top.words if len(w) >= _CONTENT_WORD]
    return len(content) >= _TOLD_WORDS and sum(w in said for w in content) >= _TOLD * len(content)


def with_kicker(passages: Sequence[Passage], title: int, top: PageTitle | None) -> str:
    """The headline; behind its kicker, where that stands over it and the page's title joins both."""
    plain = in_one_line(passages[title].text)
    above = in_one_line(passages[title - 1].text) if title else ""
    joined = f"{above.rstrip(':')}: {plain}"
    return joined if top and above and top.headline.startswith(joined) else plain


def _announces(passage: Passage) -> bool:
    """Whether a line begins with "by" and names somebody, as few headlines do."""
    return after_by(passage.plain) is not None and bool(names_in(passage.plain))


def _may_be_title(passage: Passage, verdict: Verdict, again: float) -> bool:
    low, high = _TITLE_WORDS
    if passage.plain.endswith(":"):
        return False
    if passage.glued or not low <= len(passage.words) <= high:
        return again >= _SAME and not passage.glued
    if again >= _SAME:
        return verdict.role not in (Role.CAPTION, Role.CREDIT)
    if passage.plain.endswith("?") and verdict.role is Role.BODY:
        return False  # the first question of an interview, as likely
    if _announces(passage) or (len(passage.words) <= 6 and names_in(passage.plain)):
        return False
    own = [e for e in verdict.said if e.rule_id != "structure.outside" and e.role is verdict.role]
    return not (verdict.role in _NO_TITLES and sum(e.weight for e in own) >= WEIGHT)


def _title_score(passages: Sequence[Passage], i: int, prose: int, said: Counter[str], counted: bool) -> float:
    """How much a line is like the headline; ``counted`` if its own words are in ``said`` too."""
    passage = passages[i]
    content = [w for w in passage.words if len(w) >= _CONTENT_WORD]
    shared = sum(1 for w in content if said[w] > counted) / len(content) if content else 0.3
    score = 3.0 * shared
    score += 1.0 if 5 <= len(passage.words) <= 22 else 0.0
    score += 2.0 if passage.mark is Mark.HEADING else 0.0
    score += _MARKED if passage.node and passage.node.tag == "h1" else 0.0
    score -= 1.0 if passage.mark is Mark.ITEM else 0.0
    score -= 2.0 * passage.link_share
    score -= 1.5 if passage.plain.endswith(".") else 0.0
    return score - 0.05 * min(prose - i, _HEAD)


def mark_repeats(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], title: int, found: Metadata
) -> None:
    """Other lines that are the title again, alone or with the publisher's name behind it."""
    plain = passages[title].plain.lower()
    for i, passage in enumerate(passages):
        other = passage.plain.lower()
        if i == title or not other.startswith(plain) or len(other) > len(plain) + 50:
            continue
        rest = passage.plain[len(plain) :].strip()
        if rest and not re.match(r"[-|•·»:]", rest):
            continue
        if verdicts[i].role is Role.BODY and i > title:
            continue
        found.say(i, Role.TITLE, "title-again", "The headline once more.")
        name = rest.strip("-|•·»: ")
        if name and len(name.split()) <= 5 and not found.publisher:
            found.publisher = name.rsplit("|")[-1].strip(" -")
