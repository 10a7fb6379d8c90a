"""Text that a page holds twice, as for a narrow and for a wide screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from newsclean.decide import Verdict
from newsclean.evidence import TEXT_ROLES, Evidence, Role
from newsclean.page import Passage

_LEAST_WORDS = 40
"""Words from which passages that stand there twice are a copy, and no refrain."""
_PROSE_WORDS = 15
"""Words from which a passage is prose; what repeats in lists and tables is meant to."""
_WHOLE = 0.9
"""The part of an element's text that has to stand elsewhere for the element to be a copy."""
_BOXES = ("div", "section", "article", "main", "aside", "header", "center")
_MOST_COPIES = 100
"""Copies of one page that are looked at."""
_REPEATED = Evidence(
    "structure.repeated", Role.OTHER, 0.0, "Stands in the article twice, in two elements of the page."
)


def without_repeats(passages: Sequence[Passage], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, with all copies but one out of the text where an HTML page shows a text twice.

    A copy is an element all of whose text, 40 words of prose or more, stands word for word in the
    text outside it. Of two copies of one another the first stays.
    """
    kept = [i for i, v in enumerate(verdicts) if v.role in TEXT_ROLES and passages[i].node]
    text = [passages[i] for i in kept]
    result = list(verdicts)
    gone: set[int] = set()
    for first, second in islice(_copies(text), _MOST_COPIES):
        one, other = _boxes(text[first], text[second])
        left = [p for i, p in enumerate(text) if i not in gone]  # so that one copy always stays
        gone.update(_copied(text, other, one, left) or _copied(text, one, other, left))
    for i in gone:
        result[kept[i]] = verdicts[kept[i]].turned(Role.OTHER, _REPEATED)
    return result


def _copies(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """Where passages begin that say what others before them said: those others, and the passages."""
    said = [tuple(passage.words) for passage in passages]
    first: dict[tuple[str, ...], int] = {}
    at = 0
    while at < len(said):
        start = first.setdefault(said[at], at)
        size = 0
        while start + size < at and at + size < len(said) and said[start + size] == said[at + size]:
            size += 1
        run = passages[at : at + size]
        prose = sum(
            len(p.words) for p in run if len(p.words) >= _PROSE_WORDS and p.node and p.node.tag != "tr"
        )
        if prose >= _LEAST_WORDS and 2 * prose >= _words(run):
            yield start, at
        at += max(1, size)


def _copied(passages: Sequence[Passage], box: str, twin: str, left: Sequence[Passage]) -> list[int]:
    """The passages of an element that another says too, if they are nearly all of its text."""
    if box.rpartition("/")[2].partition("[")[0] not in _BOXES:
        return []
    said = {tuple(p.words) for p in left if _stands_in(p, twin)}
    inside = [i for i, p in enumerate(passages) if _stands_in(p, box)]
    found = [i for i in inside if tuple(passages[i].words) in said]
    whole = _words([passages[i] for i in found]) >= _WHOLE * _words([passages[i] for i in inside])
    return found if whole else []


def _path(passage: Passage) -> list[str]:
    return passage.node.path.split("/") if passage.node else [""]


def _boxes(one: Passage, other: Passage) -> tuple[str, str]:
    """The outermost elements of which each holds one of two passages, and not the other."""
    first, second = _path(one), _path(other)
    level = sum(1 for _ in takewhile(lambda steps: steps[0] == steps[1], zip(first, second, strict=False)))
    return "/".join(first[: level + 1]), "/".join(second[: level + 1])


def _stands_in(passage: Passage, box: str) -> bool:
    return passage.node is not None and f"{passage.node.path}/".startswith(f"{box}/")


def _words(passages: Sequence[Passage]) -> int:
    return sum(len(passage.words) for passage in passages)
