"""From evidence to roles: one pass of dynamic programming over the passages of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsclean import captions, structure
from newsclean.evidence import CAPTION_ROLES, REMOVED_ROLES, TEXT_ROLES, Evidence, Role
from newsclean.neighbours import NEIGHBOUR_RULES
from newsclean.page import Page
from newsclean.rules import RuleSet

_AHEAD, _BODY, _ASIDE, _APART = range(4)
"""Before the article; its text; furniture or a caption in its midst; outside it again."""

_SURE = 5.0
_PUSHES = (1.0, 2.0, 3.0, 4.0)
"""What is added to the body side, step by step, where a page with prose shows no article."""
_IMPOSSIBLE = float("-inf")
_UNKNOWN = Evidence(
    "structure.outside", Role.OTHER, 0.0, "Stands outside the run of prose that is the article."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The role of one passage, and all that was said about it, heaviest first."""

    role: Role
    evidence: tuple[Evidence, ...]


def decide(
    page: Page, rules: RuleSet, cut: Sequence[Evidence | None], bias: float
) -> list[Verdict]:
    """Give every passage of the page a role.

    ``cut`` holds, for passages that were cut out of a longer one, the evidence for the cut.
    ``bias`` is added to the body side of every passage: above 0 keeps more, below 0 less.
    """
    said = furniture_evidence(page, rules, cut)
    shape = structure.read_structure(page, sure_furniture(said))
    furniture = [strongest(evidence)[1] for evidence in said]
    base = structure.chain()["base"] + bias
    body = [
        sum(e.weight for e in evidence) + text_weight(furniture_said) + base
        for evidence, furniture_said in zip(shape.evidence, said, strict=True)
    ]
    path = _best_path(body, furniture)
    for push in _PUSHES if shape.has_prose else ():
        if _BODY in path:
            break
        # A page with prose has an article, however short: look for the likeliest one.
        path = _best_path([weight + push for weight in body], furniture)
    return [
        _verdict(state, furniture, body)
        for state, furniture, body in zip(path, said, shape.evidence, strict=True)
    ]


def furniture_evidence(
    page: Page, rules: RuleSet, cut: Sequence[Evidence | None]
) -> list[list[Evidence]]:
    said: list[list[Evidence]] = []
    for passage, reason in zip(page.passages, cut, strict=True):
        found = [reason] if reason else []
        if passage.plain:
            found += rules.evidence(passage.plain, len(passage.words))
            found += captions.evidence(passage)
        said.append(found)
    for rule in NEIGHBOUR_RULES:
        for index, evidence in rule(page.passages, said, rules.headers):
            said[index].append(evidence)
    return said


def text_weight(said: Sequence[Evidence]) -> float:
    """What rules and neighbours say for the text."""
    return sum(e.weight for e in said if e.role in TEXT_ROLES)


def sure_furniture(said: Sequence[Sequence[Evidence]]) -> list[bool]:
    """For each passage, whether rules alone make it furniture that is no picture's caption."""
    result = []
    for evidence in said:
        role, weight = strongest(evidence)
        result.append(weight >= _SURE and role in REMOVED_ROLES)
    return result


def strongest(evidence: Sequence[Evidence]) -> tuple[Role, float]:
    """The role with the largest sum of weights; captions and credits count as one."""
    sums: dict[Role, float] = {}
    for item in evidence:
        if item.role in TEXT_ROLES:
            continue
        sums[item.role] = sums.get(item.role, 0.0) + item.weight
    if not sums:
        return Role.OTHER, 0.0
    if CAPTION_ROLES <= sums.keys():
        sums[Role.CAPTION] += sums.pop(Role.CREDIT)
    best = max(sums, key=lambda role: sums[role])
    return best, sums[best]


def _best_path(body: Sequence[float], furniture: Sequence[float]) -> list[int]:
    """The best state for every passage (Viterbi)."""
    cost = structure.chain()
    scores = [0.0, _IMPOSSIBLE, _IMPOSSIBLE, _IMPOSSIBLE]
    back: list[tuple[int, int, int, int]] = []
    for keep, remove in zip(body, furniture, strict=True):
        ahead, inside, aside, apart = scores
        article = max((inside, _BODY), (aside, _ASIDE))
        to_body = max(article, (ahead - cost["open"], _AHEAD), (apart - cost["reopen"], _APART))
        to_apart = max((article[0] - cost["close"], article[1]), (apart, _APART))
        # an aside needs a reason of its own; mere lack of prose is outside
        reason = remove - cost["aside"] if remove >= cost["aside-from"] else _IMPOSSIBLE
        scores = [ahead + remove, to_body[0] + keep, article[0] + reason, to_apart[0] + remove]
        back.append((_AHEAD, to_body[1], article[1], to_apart[1]))
    state = max(range(4), key=lambda s: scores[s])
    path = []
    for pointers in reversed(back):
        path.append(state)
        state = pointers[state]
    return path[::-1]


def _verdict(state: int, furniture: list[Evidence], body: list[Evidence]) -> Verdict:
    if state == _BODY:
        ranked = sorted(body, key=lambda e: -e.weight) + sorted(furniture, key=lambda e: -e.weight)
        return Verdict(Role.BODY, tuple(ranked))
    role, _ = strongest(furniture)
    if role not in REMOVED_ROLES | CAPTION_ROLES and not furniture:
        role = Role.OTHER
    own = sorted((e for e in furniture if e.role == role), key=lambda e: -e.weight)
    rest = sorted((e for e in furniture if e.role != role), key=lambda e: -e.weight)
    against = sorted(body, key=lambda e: e.weight)
    return Verdict(role, (*(own or [_UNKNOWN]), *rest, *against))
