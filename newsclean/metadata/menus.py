"""Menus, lists and far lines: what the lines are that only their place explains."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.decide import Verdict
from newsclean.evidence import Role
from newsclean.metadata.found import NEAR, Metadata
from newsclean.page import Passage

_MENU_LINES, _MENU_WORDS = 4, 5
_TOUCHING = 2
"""Lines to either side of the headline that are in no menu."""

_ITEM_WORDS = 30

_LISTS = frozenset({Role.COMMENT, Role.COOKIE, Role.RELATED, Role.TAGS})
"""Furniture that comes in lists, so that an unexplained line under it is one of its items."""


def menus(passages: Sequence[Passage], verdicts: Sequence[Verdict], anchor: int) -> set[int]:
    """Passages in rows of short lines: menus. What touches the headline is not among them."""
    found: set[int] = set()
    row: list[int] = []
    for i in range(len(passages) + 1):
        if i < len(passages) and _in_a_menu(passages[i], verdicts[i]):
            row.append(i)
            continue
        if len(row) >= _MENU_LINES:
            found.update(k for k in row if abs(k - anchor) > _TOUCHING)
        row = []
    return found


def _in_a_menu(passage: Passage, verdict: Verdict) -> bool:
    short = 1 <= len(passage.words) <= _MENU_WORDS and not passage.plain.endswith((".", "!", "?"))
    return short and verdict.role in (Role.OTHER, Role.NAVIGATION, Role.SECTION, Role.SUBSCRIBE)


def name_the_rest(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], menus: set[int], found: Metadata
) -> None:
    """Roles for lines that nothing was said of: they go on in the list that they stand in."""
    publisher = (found.publisher or "").lower()
    current: Role | None = None
    for i, verdict in enumerate(verdicts):
        role = found.roles[i].role if i in found.roles else verdict.role
        if role is Role.SECTION and i in menus:
            found.say(i, Role.NAVIGATION, "section-in-a-menu", "A section's name in a menu.")
        elif role is not Role.OTHER:
            current = role if role in _LISTS else None
        elif verdict.first[0].rule_id != "structure.outside":
            continue
        elif publisher and passages[i].plain.lower() == publisher:
            found.say(i, Role.SOURCE, "publisher", "The publisher's name on a line of its own.")
        elif current and len(passages[i].words) <= _ITEM_WORDS:
            found.say(i, current, f"goes-on-{current}", "Goes on in the list that it stands in.")
        elif i in menus:
            found.say(i, Role.NAVIGATION, "menu", "One of many short lines in a row.")


def clear_far_metadata(verdicts: Sequence[Verdict], anchor: int, prose: int, found: Metadata) -> None:
    """Names of sections and dates far from the headline belong to menus and teasers."""
    for i, verdict in enumerate(verdicts):
        if anchor - NEAR <= i <= prose:
            continue
        if verdict.role is Role.SECTION:
            found.say(
                i, Role.NAVIGATION, "section-in-a-menu", "A section's name, but not beside the headline."
            )
        elif verdict.role is Role.DATE and i > prose and _among_related(verdicts, i):
            found.say(i, Role.RELATED, "date-of-a-teaser", "A date among other stories.")


def _among_related(verdicts: Sequence[Verdict], i: int) -> bool:
    near = [*verdicts[max(0, i - 2) : i], *verdicts[i + 1 : i + 3]]
    return sum(1 for v in near if v.role is Role.RELATED) >= 2
