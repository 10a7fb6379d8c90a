"""What the elements around a block say it is: a button, a menu, comments, related stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from newsclean.evidence import Evidence, Role
from newsclean.htmlpage import HEADINGS, NOWHERE, SURROUNDINGS, Block
from newsclean.page import Passage

_SAYS = 1.0
"""What the words of a class weigh: enough to name what is removed, too little to remove a paragraph."""
_CONTROL = Evidence("element.control", Role.NAVIGATION, 8.0, "A button, or the label of a field of a form.")
NAMED: dict[str, tuple[Role, str]] = {
    "nav": (Role.NAVIGATION, "Stands in a nav element."),
    "menu": (Role.NAVIGATION, "Stands in an element whose class or id speaks of a menu."),
    "footer": (Role.NAVIGATION, "Stands in a footer."),
    "header": (Role.NAVIGATION, "Stands in a header."),
    "related": (Role.RELATED, "Stands in an element whose class or id speaks of other stories."),
    "promo": (Role.ADVERT, "Stands in an element whose class or id speaks of promotion."),
    "advert": (Role.ADVERT, "Stands in an element whose class or id speaks of advertising."),
    "social": (Role.SOCIAL, "Stands in an element whose class or id speaks of sharing."),
    "comment": (Role.COMMENT, "Stands in an element whose class or id speaks of comments."),
    "subscribe": (Role.SUBSCRIBE, "Stands in an element whose class or id speaks of subscribing."),
    "author": (Role.BIO, "Stands in an element whose class or id speaks of the author."),
    "tags": (Role.TAGS, "Stands in an element whose class or id speaks of topics."),
    "notice": (Role.COOKIE, "Stands in an element whose class or id speaks of a notice."),
}
_EVIDENCE = {
    SURROUNDINGS.index(name): Evidence(f"element.{name}", role, _SAYS, why)
    for name, (role, why) in NAMED.items()
}
_AUTHOR = _EVIDENCE[SURROUNDINGS.index("author")]
_NOTE_WORDS = 12
"""The least words of a note on the author."""
_CONTROLS = frozenset({"button", "label", "legend"})
_CONTROL_WORDS = 4


_LINKS = Evidence(
    "element.list-of-links", Role.NAVIGATION, 8.0, "A list of links that stands apart from the article."
)
_HEADLINE = Evidence("element.h1", Role.TITLE, 7.0, "The first heading of the first rank.")
_HEADLINE_WORDS = 2


def first_headline(found: Sequence[Block]) -> Block | None:
    """The block that the page marks as the headline of it all."""
    headings = (b for b in found if b.frame.tag == "h1" and len(b.text.split()) >= _HEADLINE_WORDS)
    return next(headings, None)


def said_of(block: Block, headline: Block | None) -> Evidence | None:
    """What a block's element, or the nearest one with a name for its contents, says that it is."""
    if block is headline:
        return _HEADLINE
    frame = block.frame
    over = frame.parent.tag if frame.parent else ""
    if frame.tag in _CONTROLS and over not in HEADINGS and len(block.text.split()) <= _CONTROL_WORDS:
        return _CONTROL
    said = _nearest(frame.around)
    if "\n" in block.text:
        return replace(_LINKS, role=said.role) if said else _LINKS
    if said is _AUTHOR and len(block.text.split()) < _NOTE_WORDS:
        return None  # a byline as likely
    return said


@lru_cache(maxsize=4096)
def _nearest(around: tuple[int, ...]) -> Evidence | None:
    depth, index = max((around[index], index) for index in _EVIDENCE)
    return _EVIDENCE[index] if depth != NOWHERE else None


def evidence(passage: Passage) -> list[Evidence]:
    """What the tree says of a passage being furniture; nothing of plain text."""
    said = passage.node.said if passage.node else None
    return [said] if said and passage.words else []
