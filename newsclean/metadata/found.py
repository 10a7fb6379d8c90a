"""What is found out of an article's metadata, and the roles that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsclean.evidence import Evidence, Role

WEIGHT = 4.0
"""What a role weighs that follows from the place beside the headline (natural log-odds)."""

NEAR = 8
"""Passages around the title that may hold its authors, date, section."""


@dataclass(slots=True)
class Metadata:
    """What the page says of its article, and the roles that follow from it by passage index."""

    title: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    aggregator: str | None = None
    section: str | None = None
    date: str | None = None
    language: str | None = None
    roles: dict[int, Evidence] = field(default_factory=dict)

    def fill_from(self, other: Metadata) -> None:
        """Take over what is known there and not here."""
        for name in ("title", "standfirst", "authors", "publisher", "section", "date"):
            if not getattr(self, name):
                setattr(self, name, getattr(other, name))

    def say(self, index: int, role: Role, rule: str, why: str) -> None:
        """Give a passage a metadata role."""
        self.roles[index] = Evidence(f"metadata.{rule}", role, WEIGHT, why)
