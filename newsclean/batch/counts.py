"""What came of the pages of a run, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newsclean.document import Document

_KINDS = 100
"""Reasons to pass something over that are told apart; the others count as one."""
_OTHER = "other"


@dataclass(slots=True)
class Counts:
    """How many pages gave an article, none, or failed, and which rules removed how many parts.

    Every page is ``cleaned``, ``without_article`` or ``failed``; of the cleaned ones some are ``truncated``.
    ``skipped`` counts what is no page, by the reason, ``rules`` the removed parts by the rule that decided,
    and ``roles`` the same parts by role.
    """

    cleaned: int = 0
    without_article: int = 0
    truncated: int = 0
    failed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)

    @property
    def pages(self) -> int:
        """All pages, the failed ones too."""
        return self.cleaned + self.without_article + self.failed

    def add(self, document: Document) -> None:
        """Count one page."""
        if document.error is not None:
            self.failed += 1
            return
        if document.found_article:
            self.cleaned += 1
            self.truncated += document.truncated
        else:
            self.without_article += 1
        self.rules.update(part.rule_id for part in document.removed)
        self.roles.update(part.role.value for part in document.removed)

    def skip(self, why: str, times: int = 1) -> None:
        """Count something that is no page."""
        self.skipped[why if why in self.skipped or len(self.skipped) < _KINDS else _OTHER] += times

    def update(self, other: Counts) -> None:
        """Add what another has counted."""
        self.cleaned += other.cleaned
        self.without_article += other.without_article
        self.truncated += other.truncated
        self.failed += other.failed
        for why, times in other.skipped.items():
            self.skip(why, times)
        self.rules.update(other.rules)
        self.roles.update(other.roles)

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain dicts and numbers, what is most frequent first."""
        return {
            "pages": self.pages,
            "cleaned": self.cleaned,
            "without_article": self.without_article,
            "truncated": self.truncated,
            "failed": self.failed,
            "skipped": _ranked(self.skipped),
            "roles": _ranked(self.roles),
            "rules": _ranked(self.rules),
        }

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Counts:
        """Read back what ``to_dict`` gave."""
        numbers = (table[name] for name in ("cleaned", "without_article", "truncated", "failed"))
        return cls(*numbers, *(Counter(table[name]) for name in ("skipped", "rules", "roles")))


def _ranked(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
