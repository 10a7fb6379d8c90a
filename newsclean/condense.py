"""Menus and other lists of links that stand apart from the article become one block each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from newsclean.htmlpage import Block, Frame

_LEAST_BLOCKS = 4
_LEAST_LINKED = 0.5
"""The least number of blocks, and the least share of their words in links, that make a list of links."""


def condense(found: Sequence[Block], core: Frame | None) -> list[Block]:
    """The blocks of a page, of which each list of links outside the ``core`` is one.

    ``core`` is the element that holds the prose; without one the blocks stay as they are.
    """
    if core is None:
        return list(found)
    lists = _Lists(found, core)
    condensed: list[Block] = []
    for frame, some in groupby(found, lambda block: lists.around(block.frame)):
        together = list(some)
        condensed += together if frame is None else [_together(together, frame)]
    return condensed


class _Lists:
    """Which list of links each element stands in: the outermost without prose."""

    def __init__(self, found: Sequence[Block], core: Frame) -> None:
        self._open: set[int] = set()
        """Elements that are no lists, but may hold some."""
        self._known: dict[int, Frame | None] = {id(core): None}
        for frame in (core, *(block.frame for block in found if block.frame.tag == "h1")):
            over = frame.parent
            while over is not None:
                self._open.add(id(over))
                over = over.parent

    def around(self, frame: Frame) -> Frame | None:
        """The list that an element stands in, or is."""
        unknown: list[Frame] = []
        over: Frame | None = frame
        while over is not None and id(over) not in self._known and id(over) not in self._open:
            unknown.append(over)
            over = over.parent
        top = None if over is None else self._known.get(id(over))
        may_be = over is None or id(over) in self._open
        for below in reversed(unknown):
            if may_be and _is_list(below):
                top, may_be = below, False
            if may_be:
                self._open.add(id(below))
            else:
                self._known[id(below)] = top
        return top


def _is_list(frame: Frame) -> bool:
    linked = frame.linked >= _LEAST_LINKED * frame.words
    return linked and not frame.prose and frame.blocks >= _LEAST_BLOCKS and frame.tag != "h1"


def _together(some: Sequence[Block], frame: Frame) -> Block:
    """Several blocks as one, a line each."""
    first = some[0]
    if len(some) == 1:
        return first
    words = sum(block.words for block in some)
    linked = sum(block.link_share * block.words for block in some)
    text = "\n".join(block.text for block in some)
    return Block(text, frame, linked / words, first.gap, first.glued)
