"""Every page in fixtures/, against the roles that a person wrote beside its lines."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from newsclean import Cleaner, Document, clean
from newsclean.evidence import REMOVED_ROLES

sys.path.insert(0, str(Path(__file__).parent))
import fixture_pages
from fixture_pages import FIXTURES, Fixture, Part
from update_snapshots import snapshot

KNOWN_FAILURES: dict[str, list[str]] = tomllib.loads(
    (FIXTURES / "known_failures.toml").read_text(encoding="utf-8")
)
"""For each page, the failures that are known, as `failures` words them: strict, both ways."""

KEEP_MORE, REMOVE_MORE = Cleaner(mode="keep-more"), Cleaner(mode="remove-more")
TEXT = {"body", "heading"}
INVISIBLE = " \t\r\n\u00a0\u200b\ufeff"
NAMES = fixture_pages.names()


@cache
def _cleaned(name: str) -> Document:
    return clean(fixture_pages.load(name).page)


def _placed(fixture: Fixture) -> Iterator[tuple[Part, int, int]]:
    at = 0
    for part in fixture.parts:
        if part.text.strip(INVISIBLE):
            at = fixture.page.index(part.text, at)
            yield part, at, at + len(part.text)
            at += len(part.text)


def _roles_between(document: Document, start: int, end: int) -> set[str]:
    return {
        block.role.value
        for block in document.blocks
        if document.page_text[max(block.span.start, start) : min(block.span.end, end)].strip(INVISIBLE)
        and block.span.start < end
        and start < block.span.end
    }


def failures(fixture: Fixture, document: Document) -> list[str]:
    """What differs from the expectation, a line each."""
    return [
        *_wrong_roles(fixture, document),
        *_wrong_fields(fixture, document),
        *_wrong_captions(fixture, document),
    ]


def _wrong_roles(fixture: Fixture, document: Document) -> Iterator[str]:
    for part, start, end in _placed(fixture):
        right = set(part.roles)
        found = _roles_between(document, start, end)
        if found <= right or (found <= TEXT and right <= TEXT):
            continue
        yield f"role {'/'.join(sorted(found))} for {'/'.join(part.roles)}: {part.text.strip()[:70]}"


def _wrong_fields(fixture: Fixture, document: Document) -> Iterator[str]:
    for key, wanted in fixture.header.items():
        if key == "warning":
            if not any(wanted in warning for warning in document.warnings):
                yield f"warning: {list(document.warnings)}"
            continue
        got = getattr(document, key)
        shown = (
            {True: "yes", False: "no", None: "-"}.get(got, got) if key != "authors" else "; ".join(got) or "-"
        )
        if shown != wanted:
            yield f"{key}: {shown}"


def _wrong_captions(fixture: Fixture, document: Document) -> Iterator[str]:
    got = [(c.position, c.text, c.credit, c.agencies, c.photographer) for c in document.captions]
    wanted = [(c.position, c.text, c.credit, c.agencies, c.photographer) for c in fixture.captions]
    yield from (f"caption missing: {c}" for c in wanted if c not in got)
    yield from (f"caption too many: {c}" for c in got if c not in wanted)


def test_there_are_at_least_thirty_pages() -> None:
    assert len(NAMES) >= 30


def test_known_failures_name_pages_that_exist() -> None:
    assert set(KNOWN_FAILURES) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_expectation_covers_the_whole_page(name: str) -> None:
    fixture = fixture_pages.load(name)
    page = fixture_pages.plain_line_ends(fixture.page)
    assert fixture_pages.rebuilt(fixture).rstrip("\n") == page.rstrip("\n")
    assert all(part.roles for part in fixture.parts if part.text.strip(INVISIBLE))


@pytest.mark.parametrize("name", NAMES)
def test_page_has_the_expected_roles(name: str) -> None:
    fixture = fixture_pages.load(name)
    found = failures(fixture, _cleaned(name))
    known = KNOWN_FAILURES.get(name, [])
    new = [line for line in found if line not in known]
    mended = [k for k in known if k not in found]
    assert new == []
    assert mended == [], "these no longer fail: take them out of known_failures.toml"


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("clean-")])
def test_clean_article_keeps_every_word_of_its_text(name: str) -> None:
    fixture = fixture_pages.load(name)
    document = _cleaned(name)
    lost = [
        p.text
        for p, s, e in _placed(fixture)
        if set(p.roles) <= TEXT and not _roles_between(document, s, e) <= TEXT
    ]
    assert lost == []


@pytest.mark.parametrize("name", NAMES)
def test_snapshot_is_up_to_date(name: str) -> None:
    stored = (FIXTURES / name / "snapshot.txt").read_text(encoding="utf-8")
    assert snapshot(_cleaned(name)) == stored


@pytest.mark.parametrize("name", NAMES)
def test_modes_keep_more_and_remove_more(name: str) -> None:
    page = fixture_pages.load(name).page
    # a line may be text in one mode and headline or standfirst in another: kept in both
    more, balanced, less = (
        sum(len(block.text) for block in document.blocks if block.role not in REMOVED_ROLES)
        for document in (KEEP_MORE.clean(page), _cleaned(name), REMOVE_MORE.clean(page))
    )
    assert less <= balanced <= more
