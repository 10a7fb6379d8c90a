"""From evidence to roles: one pass of dynamic programming over the passages of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsclean import captions, structure
from newsclean.evidence import CAPTION_ROLES, REMOVED_ROLES, Evidence, Role
from newsclean.neighbours import NEIGHBOUR_RULES
from newsclean.page import Page
from newsclean.rules import RuleSet

_OUTSIDE, _BODY, _ASIDE = range(3)
"""Outside the article; its text; furniture or a caption in the midst of it."""

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
    body = [sum(e.weight for e in evidence) + base for evidence in shape.evidence]
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
        for index, evidence in rule(page.passages, said):
            said[index].append(evidence)
    return said


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
    scores = [0.0, -cost["open"], _IMPOSSIBLE]
    back: list[tuple[int, int, int]] = []
    for keep, remove in zip(body, furniture, strict=True):
        outside, inside, aside = scores
        come = (
            max((outside, _OUTSIDE), (inside - cost["close"], _BODY), (aside - cost["close"], _ASIDE)),
            max((outside - cost["open"], _OUTSIDE), (inside, _BODY), (aside, _ASIDE)),
            max((inside, _BODY), (aside, _ASIDE)),
        )
        # an aside needs a reason of its own; mere lack of prose is outside
        aside_score = remove - cost["aside"] if remove > cost["aside"] else _IMPOSSIBLE
        scores = [come[0][0] + remove, come[1][0] + keep, come[2][0] + aside_score]
        back.append((come[0][1], come[1][1], come[2][1]))
    state = max(range(3), key=lambda s: scores[s])
    path = [state]
    for pointers in reversed(back):
        state = pointers[state]
        path.append(state)
    return path[-2::-1]


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
