"""Reads fixtures/: invented pages with the role that each part of each line should have."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
_LINE = re.compile(r"(?P<roles>[a-z/]*) *(?P<bar>\+\||\|)(?: (?P<text>.*))?$", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A line of a page, or a part of one, and the roles that are right for it."""

    text: str
    roles: tuple[str, ...]
    glued: bool


@dataclass(frozen=True)
class ExpectedCaption:
    position: int
    text: str
    credit: str | None
    agencies: tuple[str, ...]
    photographer: str | None


@dataclass
class Fixture:
    """One page and all that is expected of it."""

    name: str
    page: str
    parts: list[Part]
    header: dict[str, str] = field(default_factory=dict)
    captions: list[ExpectedCaption] = field(default_factory=list)


def names() -> list[str]:
    return sorted(p.name for p in FIXTURES.iterdir() if p.is_dir())


def load(name: str) -> Fixture:
    """Read one fixture; ValueError where it is malformed or says nothing."""
    folder = FIXTURES / name
    page = (folder / "page.txt").read_bytes().decode("utf-8")
    expected = (folder / "expected.txt").read_bytes().decode("utf-8").replace("\r\n", "\n")
    head, found, body = expected.partition("\n---\n")
    if not found:
        raise ValueError(f"{name}: no --- line between header and page")
    fixture = Fixture(name, page, _parts(name, body))
    if not any(part.roles for part in fixture.parts):
        raise ValueError(f"{name}: no line has a role")
    for line in head.split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        key, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"{name}: header line {line!r}")
        if key == "caption":
            fixture.captions.append(_caption(value))
        else:
            fixture.header[key] = value.strip()
    return fixture


def rebuilt(fixture: Fixture) -> str:
    """The page as its parts give it, with plain line ends."""
    lines: list[str] = []
    for part in fixture.parts:
        if part.glued and lines:
            lines[-1] += part.text
        else:
            lines.append(part.text)
    return "\n".join(lines)


def plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parts(name: str, body: str) -> list[Part]:
    parts = []
    for line in body.split("\n"):
        match = _LINE.match(line)
        if match is None:
            if not line:
                continue
            raise ValueError(f"{name}: cannot read {line!r}")
        roles = tuple(match["roles"].split("/")) if match["roles"] else ()
        parts.append(Part(match["text"] or "", roles, match["bar"] == "+|"))
    return parts


def _caption(value: str) -> ExpectedCaption:
    position, text, credit, agencies, photographer = (_none(v.strip()) for v in value.split("|"))
    return ExpectedCaption(
        int(position or ""),
        text or "",
        credit,
        tuple(a.strip() for a in agencies.split(";")) if agencies else (),
        photographer,
    )


def _none(value: str) -> str | None:
    return None if value == "-" else value
