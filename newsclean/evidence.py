"""What is said about a block, and by whom: roles and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Role(StrEnum):
    """What one block of a page is. Every block has exactly one role."""

    BODY = "body"
    HEADING = "heading"
    TITLE = "title"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATE = "date"
    SOURCE = "source"
    SECTION = "section"
    CAPTION = "caption"
    CREDIT = "credit"
    NEWSLETTER = "newsletter"
    SUBSCRIBE = "subscribe"
    APP = "app"
    RELATED = "related"
    SOCIAL = "social"
    COMMENT = "comment"
    ADVERT = "advert"
    PLAYER = "player"
    COOKIE = "cookie"
    LEGAL = "legal"
    BIO = "bio"
    TAGS = "tags"
    NAVIGATION = "navigation"
    OTHER = "other"


TEXT_ROLES = frozenset({Role.BODY, Role.HEADING})
"""Roles whose blocks make up ``Document.text``."""

METADATA_ROLES = frozenset({Role.TITLE, Role.STANDFIRST, Role.BYLINE, Role.DATE, Role.SOURCE, Role.SECTION})
"""Roles that describe the article: kept out of the text, offered as fields of the Document."""

CAPTION_ROLES = frozenset({Role.CAPTION, Role.CREDIT})
"""Roles whose blocks become ``Document.captions``."""

REMOVED_ROLES = frozenset(Role) - TEXT_ROLES - METADATA_ROLES - CAPTION_ROLES
"""Roles of the furniture: what ``Document.removed`` lists."""


Witness = Literal["always", "auto", "never"]
"""When trafilatura is asked about an HTML page: "auto" is where the other evidence leaves it in doubt."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to give a block a role.

    ``weight`` is a log-odds-like score: weights for the same role are added up, and the
    role with the largest sum, its neighbours considered, wins. A negative weight speaks
    against the role.
    """

    rule_id: str
    role: Role
    weight: float
    why: str
