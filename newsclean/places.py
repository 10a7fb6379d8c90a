"""Where in a tree its elements stand."""

from __future__ import annotations

import re
from typing import Any

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_FEW = 500
"""Paths up to which the tree itself is asked; it counts the siblings anew for each."""


def is_plain(tag: str) -> bool:
    """Whether XPath takes a name as it is: not "o:p", nor what broken markup makes of a tag."""
    return bool(_PLAIN_NAME.match(tag))


class Places:
    """The XPaths of the elements of one tree, each found when it is asked for."""

    def __init__(self, tree: Any) -> None:
        self.is_plain = True
        """Whether all the names in the tree are plain."""
        self._tree = tree.getroottree()
        self._asked = 0
        self._paths: dict[Any, str] = {}
        self._numbers: dict[Any, tuple[int, int]] = {}
        """For a child its place among the siblings of its name, and among all."""

    def path(self, element: Any) -> str:
        """An XPath that leads to this element and to no other."""
        path = self._paths.get(element)
        if path is None:
            self._asked += 1
            few = self._asked <= _FEW and self.is_plain
            path = self._paths[element] = self._tree.getpath(element) if few else self._counted(element)
        return path

    def _counted(self, element: Any) -> str:
        paths = self._paths
        unknown = []
        while element is not None and element not in paths:
            unknown.append(element)
            element = element.getparent()
        path = "" if element is None else paths[element]
        for below in reversed(unknown):
            path = paths[below] = f"{path}/{self._step(below)}"
        return path

    def _step(self, element: Any) -> str:
        over = element.getparent()
        if over is None:
            return element.tag if is_plain(element.tag) else "*"
        if element not in self._numbers:
            self._number_children(over)
        among_its_name, among_all = self._numbers[element]
        return f"{element.tag}[{among_its_name}]" if is_plain(element.tag) else f"*[{among_all}]"

    def _number_children(self, over: Any) -> None:
        """Number all at once, so that thousands of siblings are not counted anew for each."""
        counted: dict[str, int] = {}
        for number, child in enumerate(over, 1):
            counted[child.tag] = counted.get(child.tag, 0) + 1
            self._numbers[child] = (counted[child.tag], number)
