"""What the shape of a passage of plain text, and what stands around it, say for a caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from newsclean.captions.words import words_of
from newsclean.evidence import CAPTION_ROLES, TEXT_ROLES, Evidence, Role
from newsclean.measures import Column, Measures, beside, strongest
from newsclean.page import Passage
from newsclean.trees import model

PRIOR = -2.0
"""What is thought of every passage, in log-odds for a caption, before anything is looked at."""
LEAST_OF_SHAPE, MOST_OF_SHAPE = -1.5, 4.5
"""What shape says counts from here to there: against a caption only a little, since the forms of credits are
surer than any shape."""
_MOST = 16.0
"""Evidence counts up to here in the measures."""

_SAID = ("caption-said", "credit-said")
PICTURE_MEASURES = (
    *_SAID,
    *(f"{name}-{side}" for name in _SAID for side in ("next", "second-next", "previous", "second-previous")),
    *("other-said", "text-said", "control", "control-next", "control-previous"),
)
"""The measures of ``measure_pictures``, in order."""

_RULE_ID, _WHY = "caption.shape", "What its length, its place and the lines around it say for a caption."


def measure_pictures(passages: Sequence[Passage], said: Sequence[Sequence[Evidence]]) -> dict[str, Column]:
    """What was said of each passage and of those beside it, and where the buttons of pictures stand."""
    credit = np.array([_sum(evidence, frozenset({Role.CREDIT})) for evidence in said])
    caption = np.array([_sum(evidence, CAPTION_ROLES) for evidence in said])
    controls = frozenset(words_of("control"))
    control = np.array([float(p.plain.strip(" .").lower() in controls) for p in passages])
    near = beside("control", control)
    return {
        "caption-said": caption,
        "credit-said": credit,
        **beside("caption-said", caption),
        **beside("credit-said", credit),
        "other-said": np.array([min(other_weight(evidence), _MOST) for evidence in said]),
        "text-said": np.array([_sum(evidence, TEXT_ROLES) for evidence in said]),
        "control": control,
        "control-next": near["control-next"],
        "control-previous": near["control-previous"],
    }


def _sum(evidence: Sequence[Evidence], roles: frozenset[Role]) -> float:
    return min(sum(e.weight for e in evidence if e.role in roles), _MOST) if evidence else 0.0


def other_weight(evidence: Sequence[Evidence]) -> float:
    """The strongest evidence for furniture other than captions."""
    _, weight = strongest([e for e in evidence if e.role not in CAPTION_ROLES])
    return max(weight, 0.0)


def with_shape(passages: Sequence[Passage], said: list[list[Evidence]], measures: Measures) -> Measures:
    """Add to ``said`` what shape says for or against a caption; the measures with the roles that follow."""
    pictures = measure_pictures(passages, said)
    trees = model("captions").trees
    weights = trees.sums(trees.reach({**measures.columns, **pictures})) + PRIOR
    weights = np.clip(weights, LEAST_OF_SHAPE, MOST_OF_SHAPE)
    against = list(measures.strongest)
    for i, weight in enumerate(weights.tolist()):
        roles = {e.role for e in said[i]} & CAPTION_ROLES
        if roles or weight > 0:
            role = Role.CREDIT if roles == {Role.CREDIT} else Role.CAPTION
            said[i].append(Evidence(_RULE_ID, role, round(weight, 2), _WHY))
            against[i] = strongest(said[i])
    return replace(measures, strongest=against)
