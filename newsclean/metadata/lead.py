"""What stands between headline and story: standfirst, opening sentences."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.decide import Verdict
from newsclean.evidence import METADATA_ROLES, Evidence, Role
from newsclean.metadata.found import NEAR, Metadata
from newsclean.page import Passage
from newsclean.recall import RULE_ID as STANDS

HEADLINES = 3

_LEAD_WORDS = 90
"""The longest standfirst; what follows the byline must be longer."""

_OPENING_WORDS = 30
"""Words of an opening that is longer than a standfirst."""


def lead_over_byline(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], title: int, body: Sequence[int], found: Metadata
) -> int | None:
    """A paragraph or a few lines under the headline, with byline or date between them and the story.

    Returns where the story then begins, or None if there is no such lead.
    """
    kept = [i for i in body if i > title and i not in found.roles]
    run = kept[:1]
    while len(run) < len(kept) and kept[len(run)] == run[-1] + 1:
        run.append(kept[len(run)])
    rest = kept[len(run) :]
    if not rest or len(run) > HEADLINES or rest[0] - run[-1] > NEAR:
        return None
    if any(passages[i].glued for i in (*run, rest[0])):
        return None
    between = range(run[-1] + 1, rest[0])
    signed = any(verdicts[i].role in (Role.BYLINE, Role.DATE) for i in between)
    lead, story = (sum(len(passages[i].words) for i in some) for some in (run, rest))
    if not signed or not lead <= _LEAD_WORDS <= story:
        return None
    found.standfirst = found.standfirst or in_one_line(" ".join(passages[i].text for i in run))
    for i in run:
        found.say(i, Role.STANDFIRST, "over-the-byline", "Stands between headline and byline.")
    return rest[0]


def keep_opening_sentences(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], start: int, prose: int, found: Metadata
) -> None:
    """Sentences that open the story, with no byline or date between them and the rest of it.

    Either they are all that stands under the headline (or at the very top), or they are more
    than a standfirst: two passages or more.
    """
    first = prose
    while first > start and _opens(passages[first - 1], verdicts[first - 1]):
        first -= 1
    run = range(first, prose)
    words = sum(len(passages[i].words) for i in run)
    if (first == start and len(run) <= HEADLINES) or (len(run) > 1 and words >= _OPENING_WORDS):
        for i in run:
            if verdicts[i].role is Role.OTHER:
                found.say(i, Role.BODY, "opening-sentence", "A sentence between the headline and the story.")


def _opens(passage: Passage, verdict: Verdict) -> bool:
    """Whether it ends like a sentence, and no rule says what else it is, nor a profile that it stands."""
    if any(evidence.rule_id == STANDS for evidence in verdict.first):
        return False
    if verdict.role not in (Role.OTHER, Role.BODY) or passage.plain[-1:] not in tuple(".!?…"):
        return False
    return not by_rules(verdict)[1:]


def by_rules(verdict: Verdict) -> list[Evidence]:
    """What rules said of a passage, its shape left aside."""
    return [e for e in verdict.said if not e.rule_id.startswith("structure.")]


def is_standfirst(passages: Sequence[Passage], verdicts: Sequence[Verdict], i: int, prose: int) -> bool:
    """Whether a line over the story may sum it up."""
    return 6 <= len(passages[i].words) <= 60 and own_weight(verdicts[i]) <= 0 and prose - i <= NEAR


def in_one_line(text: str) -> str:
    """The text with every white space a plain one."""
    return " ".join(text.split())


def own_weight(verdict: Verdict) -> float:
    """What speaks for its role, if that is no metadata."""
    return sum(
        e.weight
        for e in (verdict.evidence if verdict.role is Role.BODY else verdict.said)
        if e.role is verdict.role and e.role not in METADATA_ROLES and e.rule_id != "structure.outside"
    )
