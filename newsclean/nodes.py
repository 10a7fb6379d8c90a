"""The numbers that the tree of an HTML page gives for each of its blocks, and the page made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from newsclean.captions.figures import figure_of, picture_of
from newsclean.condense import condense
from newsclean.elements import first_headline, said_of
from newsclean.htmlpage import HEADINGS, NOWHERE, SURROUNDINGS, Block, Frame, blocks
from newsclean.limits import Limits
from newsclean.markup import parse_within
from newsclean.page import Mark, Node, Page, Passage, Run, Span
from newsclean.structured import Structured, read_structured

_KINDS = {
    "p": 1,
    **dict.fromkeys(HEADINGS, 2),
    "li": 3,
    **dict.fromkeys(("td", "th", "tr", "caption"), 4),
    "figcaption": 5,
    "blockquote": 6,
    **dict.fromkeys(("button", "label", "legend", "summary"), 7),
    **dict.fromkeys(("dd", "dt"), 8),
    "pre": 9,
}
_FAR_AWAY = 15
"""Steps in the tree are counted up to here."""
_AT_MOST, _NOT_AROUND = float(_FAR_AWAY), float(_FAR_AWAY + 1)
_MOST, _HALF = 0.9, 0.5
"""Shares of the page's prose in the smallest element that is taken for the article's."""
_LEVELS = 3
"""Elements above its own that are looked at."""
_ANY = Limits()

NODE_FAMILIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "element": ("Which element it stands in.", ("tag", "heading-level", "depth", "images")),
    "surroundings": (
        "Which elements stand around it, and what the words of their class and id say.",
        tuple(f"around-{name}" for name in SURROUNDINGS),
    ),
    "container": (
        "How much text, prose and links the elements around it hold.",
        tuple(
            f"{frame}-{what}"
            for frame in ("parent", "grandparent", "great-grandparent")
            for what in ("words", "link-share", "prose-share", "prose-part", "blocks")
        ),
    ),
    "look": (
        "How much of the page's prose stands in elements of the same tag and class.",
        ("look-prose", "look-blocks", "look-of-parent-prose", "look-of-parent-blocks"),
    ),
    "tree": (
        "How far in the tree it is from the element that holds the prose.",
        ("most-below", "most-apart", "half-below", "half-apart"),
    ),
}
"""Family of evidence -> why, and the measures of a block in the tree that belong to it."""

NODE_MEASURES = tuple(name for _, names in NODE_FAMILIES.values() for name in names)
"""The measures that a Node has, in its order."""


def read_html(html: str, limits: Limits = _ANY) -> Page:
    """Read HTML as passages: one a paragraph, heading, list item, row or caption.

    Raises PageTooDeepError or TooManyBlocksError for a page that exceeds the limits.
    """
    markup = parse_within(html, limits)
    tree = markup.tree
    found = blocks(tree)
    limits.check_blocks(len(found))
    page = lay_out(condense(found, _core(found, _HALF)), read_structured(tree))
    scripted = tree.find(".//script") is not None
    return replace(page, scripted=scripted, flattened=markup.flattened, tree=tree)


def lay_out(found: Sequence[Block], about: Structured) -> Page:
    """The page whose text is that of the blocks, one below the other."""
    parts: list[str] = []
    passages: list[Passage] = []
    headline = first_headline(found)
    ends = _ends(found)
    at = 0
    for block, measures in zip(found, measure(found), strict=True):
        break_before = "" if not parts else "\n\n" if block.gap else "\n"
        parts += (break_before, block.text)
        at += len(break_before)
        passages.append(
            Passage(
                Span(at, ends[len(passages)]),
                block.text,
                (Run(0, at, len(block.text)),),
                _mark(block.frame),
                block.gap,
                block.glued,
                "\n" if block.glued else "",
                block.link_share,
                _node(block, measures, headline),
            )
        )
        at += len(block.text)
    return Page("".join(parts), tuple(passages), about)


def _ends(found: Sequence[Block]) -> list[int]:
    """Where in the text the span of each block ends: where the next begins."""
    ends, at = [], 0
    for block, after in pairwise(found):
        at += len(block.text) + (2 if after.gap else 1)
        ends.append(at)
    return [*ends, at + len(found[-1].text)] if found else []


def _node(block: Block, measures: tuple[float, ...], headline: Block | None) -> Node:
    frame = block.frame
    figure = figure_of(block)
    picture = picture_of(block, figure)
    return Node(frame.path, frame.tag, measures, figure, said_of(block, headline), picture)


def _mark(frame: Frame) -> Mark:
    if frame.tag in HEADINGS:
        return Mark.HEADING
    return Mark.ITEM if frame.tag == "li" else Mark.NONE


def measure(found: Sequence[Block]) -> list[tuple[float, ...]]:
    """For each block the numbers of NODE_MEASURES."""
    total = sum(block.prose for block in found) or 1.0
    looks: dict[object, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for block in found:
        part = block.prose / total
        for look in _looks(block.frame):
            counted = looks[look]
            counted[0] += part
            counted[1] += 1.0
    cores = [_core(found, share) for share in (_MOST, _HALF)]
    around: dict[int, tuple[float, ...]] = {}
    made: dict[int, tuple[float, ...]] = {}
    for block in found:
        frame = block.frame
        if id(frame) not in made:
            one, other = _looks(frame)
            made[id(frame)] = (
                *_own(frame),
                *_ancestors(frame, total, around),
                *looks[one],
                *looks[other],
                *_from_core(frame, cores[0]),
                *_from_core(frame, cores[1]),
            )
    return [made[id(block.frame)] for block in found]


def _looks(frame: Frame) -> tuple[object, object]:
    parent = frame.parent
    if parent is None:
        return (frame.look, ""), ("parent", "", "")
    over = parent.look
    return (frame.look, over), ("parent", over, parent.parent.look if parent.parent else "")


def _own(frame: Frame) -> tuple[float, ...]:
    level = float(frame.tag[1]) if frame.tag in HEADINGS else 0.0
    depth = frame.depth
    least = depth - _FAR_AWAY
    steps = [_NOT_AROUND if at == NOWHERE else _AT_MOST if at < least else depth - at for at in frame.around]
    return (_KINDS.get(frame.tag, 0), level, depth, frame.images, *steps)


def _ancestors(frame: Frame, total: float, known: dict[int, tuple[float, ...]]) -> list[float]:
    """What the elements above one hold; ``known`` are those that were asked before."""
    values: list[float] = []
    over = frame.parent
    for _ in range(_LEVELS):
        if over is None:
            values += (-1.0,) * 5
            continue
        held = known.get(id(over))
        if held is None:
            words = over.words or 1
            held = known[id(over)] = (
                over.words,
                over.linked / words,
                over.prose / words,
                over.prose / total,
                over.blocks,
            )
        values += held
        over = over.parent
    return values


def _core(found: Sequence[Block], share: float) -> Frame | None:
    """The smallest element that holds at least so much of the page's prose."""
    if not found:
        return None
    frame: Frame | None = max(found, key=lambda block: block.prose).frame
    least = share * sum(block.prose for block in found)
    while frame is not None and frame.prose < least:
        frame = frame.parent
    return frame


def _from_core(frame: Frame, core: Frame | None) -> tuple[float, float]:
    """How many steps a block stands below the core, and how many the core is from holding it."""
    if core is None:
        return -1.0, -1.0
    below, apart = 0, 0
    inner: Frame | None = frame
    outer: Frame | None = core
    while inner is not outer and inner is not None and outer is not None:
        if inner.depth >= outer.depth:
            inner, below = inner.parent, below + 1
        else:
            outer, apart = outer.parent, apart + 1
    return float(min(below, _FAR_AWAY)), float(min(apart, _FAR_AWAY))
