"""What was learned of publishers' standing furniture: counts that can be merged, and what stands.

A profile holds a sample of each publisher's pages, the blocks of each in order with their roles. The
sample is the ``max_pages`` pages whose digests are the smallest, so merging is a union of sets: profiles
of parts of a crawl merge to the profile of the whole, whatever the parts and the order. Everything
else is worked out from the sample (``standing.py``). A pruned profile holds that result alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from heapq import nsmallest
from pathlib import Path
from sys import intern
from typing import Any

from newsclean.errors import ProfileError
from newsclean.evidence import Role
from newsclean.standing import MIN_STORIES, Blocks, Seen, Standing, digest, find_standing, identify

PROFILE_VERSION = 1
"""Version of the form that ``Profile.to_dict`` writes; raised when its meaning changes."""
DEFAULT_MAX_PAGES = 100
_SKIPS = ("no publisher", "no article", "not cleaned")
"""Why pages were not counted."""

_MOST_BLOCKS = 1000
"""Blocks of one page that are held: so many halves from either end."""
_SHOWN = 72
"""Characters of a block that the account shows."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The pages of one publisher that were kept, by their digests; ``seen`` counts all of them."""

    seen: int
    pages: Mapping[str, Blocks]

    def merge(self, other: Sample, most: int) -> Sample:
        """The sample of both."""
        pages = dict(self.pages)
        for name, blocks in other.pages.items():
            pages[name] = min(pages.get(name, blocks), blocks)
        return Sample(self.seen + other.seen, _smallest(pages, most))


@dataclass(frozen=True, slots=True)
class Publisher:
    """The standing furniture of one publisher, what stands most often first.

    ``pages`` counts the pages that were seen, ``stories`` the different stories among those compared.
    """

    pages: int
    stories: int
    standing: tuple[Standing, ...]


@dataclass(frozen=True, repr=False)
class Profile:
    """The standing furniture of publishers, as ``learn`` found it and a ``Cleaner`` takes it.

    ``print(profile)`` shows what was learned. ``one | other`` merges what was learned from two parts of a
    crawl; the order and the parts make no difference. ``prune()`` leaves only what stands, without the
    counts that merging needs. Saved as JSON, which may be edited once it is pruned.

    ``skipped`` counts pages that nothing was learned from, by reason. ``max_pages`` is the most pages of
    one publisher that are compared.
    """

    samples: Mapping[str, Sample] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    max_pages: int = DEFAULT_MAX_PAGES
    found: Mapping[str, Publisher] | None = None

    @cached_property
    def publishers(self) -> Mapping[str, Publisher]:
        """The publishers by their keys, each with its standing furniture."""
        if self.found is not None:
            return self.found
        return {key: _stand(sample) for key, sample in sorted(self.samples.items())}

    def __or__(self, other: object) -> Profile:
        return self.merge(other) if isinstance(other, Profile) else NotImplemented

    def merge(self, *others: Profile) -> Profile:
        """What was learned from this part of a crawl and from others.

        Raises ProfileError for a profile that was pruned.
        """
        parts = (self, *others)
        if any(part.found is not None for part in parts):
            raise ProfileError("a pruned profile cannot be merged: it no longer has the counts; prune last")
        most = min(part.max_pages for part in parts)
        samples: dict[str, Sample] = {}
        for part in parts:
            for key, sample in part.samples.items():
                samples[key] = samples.get(key, Sample(0, {})).merge(sample, most)
        skipped = {reason: sum(part.skipped.get(reason, 0) for part in parts) for reason in _SKIPS}
        return Profile(samples, _counted(skipped), most)

    def prune(self, min_stories: int = MIN_STORIES) -> Profile:
        """Only what stands: a small profile, with nothing of any article, that cannot be merged.

        ``min_stories`` is the least number of different stories, 2 or more, that a sentence stands behind.
        With 2, a crawl of few pages teaches more, and two stories that end alike lose their last sentence.
        No effect on a profile that is pruned already. Raises ValueError for less than 2.
        """
        _at_least(2, min_stories, "min_stories")
        publishers = self.publishers
        if self.found is None and min_stories != MIN_STORIES:
            publishers = {key: _stand(sample, min_stories) for key, sample in self.samples.items()}
        found = {key: publisher for key, publisher in publishers.items() if publisher.standing}
        return Profile(skipped=self.skipped, max_pages=self.max_pages, found=found)

    def __repr__(self) -> str:
        pages = sum(publisher.pages for publisher in self.publishers.values())
        blocks = sum(len(publisher.standing) for publisher in self.publishers.values())
        return f"<Profile {len(self.publishers)} publishers, {pages} pages, {blocks} standing blocks>"

    def __str__(self) -> str:
        lines = [line for key, publisher in self.publishers.items() for line in _account(key, publisher)]
        for reason, count in self.skipped.items():
            lines.append(f"not counted, {reason}: {count} page{'s' * (count != 1)}")
        return "\n".join(lines) or "nothing was learned"

    def to_dict(self) -> dict[str, Any]:
        """The profile as plain dicts, lists, strings, numbers; ``from_dict`` reads it back."""
        table: dict[str, Any] = {"schema_version": PROFILE_VERSION, "max_pages": self.max_pages}
        table["skipped"] = dict(self.skipped)
        if self.found is None:
            table["samples"] = {key: _sample_table(sample) for key, sample in sorted(self.samples.items())}
        else:
            table["publishers"] = {key: _publisher_table(one) for key, one in sorted(self.found.items())}
        return table

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Profile:
        """Read back what ``to_dict`` wrote.

        Raises ProfileError when the schema version is another one or the profile is broken.
        """
        if not isinstance(table, Mapping):
            raise ProfileError(f"a profile is a mapping, not {type(table).__name__}")
        version = table.get("schema_version")
        if version != PROFILE_VERSION:
            raise ProfileError(f"schema version {version!r}; this newsclean reads {PROFILE_VERSION}")
        try:
            return _read(table)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise ProfileError(f"not a profile: {error!r}") from error

    def to_json(self, indent: int | None = None) -> str:
        """``to_dict`` as JSON; equal profiles give equal text."""
        return json.dumps(self.to_dict(), indent=indent, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> Profile:
        """Read back what ``to_json`` wrote; raises ProfileError as ``from_dict`` does."""
        try:
            table = json.loads(text)
        except ValueError as error:
            raise ProfileError(f"not JSON: {error}") from error
        return cls.from_dict(table)

    def save(self, path: str | Path) -> None:
        """Write the profile to a file, as JSON in UTF-8; a pruned one with a line for each value."""
        text = self.to_json(None if self.found is None else 1) + "\n"
        # JSON reads an escaped lone surrogate, which UTF-8 cannot hold.
        Path(path).write_text(text, encoding="utf-8", errors="backslashreplace")

    @classmethod
    def load(cls, path: str | Path) -> Profile:
        """Read a profile from a file.

        Raises ProfileError, naming the file, when it cannot be read or is no profile.
        """
        try:
            return cls.from_json(Path(path).read_bytes())
        except (OSError, ProfileError) as error:
            raise ProfileError(f"{path}: {error}") from error


class Counting:
    """A profile in the making."""

    def __init__(self, max_pages: int) -> None:
        self._max_pages = _at_least(1, max_pages, "max_pages")
        self._seen: dict[str, int] = {}
        self._pages: dict[str, dict[str, Blocks]] = {}
        self._skipped = dict.fromkeys(_SKIPS, 0)

    def skip(self, reason: str) -> None:
        """Count a page that nothing is learned from."""
        self._skipped[reason] += 1

    def count(self, key: str, blocks: Iterable[tuple[str, Role]]) -> None:
        """Count a page of a publisher: the texts of its blocks and their roles."""
        seen = [Seen(text, role) for text, role in ((identify(t), r) for t, r in blocks) if text]
        if len(seen) > _MOST_BLOCKS:
            seen = seen[: _MOST_BLOCKS // 2] + seen[-_MOST_BLOCKS // 2 :]
        name = digest("\n".join(block.text for block in seen))
        pages = self._pages.setdefault(key, {})
        pages[name] = min(pages.get(name, tuple(seen)), tuple(seen))
        self._seen[key] = self._seen.get(key, 0) + 1
        if len(pages) >= 2 * self._max_pages:
            self._pages[key] = _smallest(pages, self._max_pages)

    def profile(self) -> Profile:
        """What has been counted."""
        samples = {
            key: Sample(self._seen[key], _smallest(pages, self._max_pages))
            for key, pages in self._pages.items()
        }
        return Profile(samples, _counted(self._skipped), self._max_pages)


def _smallest(pages: Mapping[str, Blocks], most: int) -> dict[str, Blocks]:
    """The pages whose digests are the smallest: a sample that does not depend on the order."""
    return {name: pages[name] for name in nsmallest(most, pages)}


def _counted(skipped: Mapping[str, int]) -> dict[str, int]:
    return {reason: count for reason, count in skipped.items() if count}


def _stand(sample: Sample, min_stories: int = MIN_STORIES) -> Publisher:
    stories, standing = find_standing(sample.pages, min_stories)
    return Publisher(sample.seen, stories, standing)


def _account(key: str, publisher: Publisher) -> list[str]:
    head = f"{key}: {publisher.stories} stories on {publisher.pages} pages"
    if not publisher.standing:
        return [f"{head}, nothing stands"]
    lines = [head, f"  {'stories':>7}  {'kept':>4}  {'place':<6}  {'role':<10}  text"]
    for one in publisher.standing:
        text = one.text if len(one.text) <= _SHOWN else f"{one.text[: _SHOWN - 1]}…"
        lines.append(f"  {one.stories:>7}  {one.kept:>4}  {one.place:<6}  {one.role:<10}  {text}")
    return lines


def _sample_table(sample: Sample) -> dict[str, Any]:
    texts = sorted({block.text for blocks in sample.pages.values() for block in blocks})
    numbers = {text: number for number, text in enumerate(texts)}
    pages = {
        name: [[numbers[block.text], block.role.value] for block in blocks]
        for name, blocks in sample.pages.items()
    }
    return {"seen": sample.seen, "blocks": texts, "pages": pages}


def _publisher_table(publisher: Publisher) -> dict[str, Any]:
    return {
        "pages": publisher.pages,
        "stories": publisher.stories,
        "standing": [_standing_table(block) for block in publisher.standing],
    }


def _standing_table(block: Standing) -> dict[str, Any]:
    table: dict[str, Any] = {one.name: getattr(block, one.name) for one in fields(block)}
    return {**table, "role": block.role.value}


def _read(table: Mapping[str, Any]) -> Profile:
    skipped = {str(reason): _whole(count) for reason, count in table["skipped"].items()}
    most = _at_least(1, table["max_pages"], "max_pages")
    if "publishers" in table:
        found = {key: _read_publisher(one) for key, one in table["publishers"].items()}
        return Profile(skipped=skipped, max_pages=most, found=found)
    return Profile({key: _read_sample(one) for key, one in table["samples"].items()}, skipped, most)


def _read_sample(table: Mapping[str, Any]) -> Sample:
    texts = [intern(text) for text in table["blocks"]]
    pages = {
        name: tuple(Seen(texts[_whole(number)], Role(role)) for number, role in blocks)
        for name, blocks in table["pages"].items()
    }
    return Sample(_whole(table["seen"]), pages)


def _read_publisher(table: Mapping[str, Any]) -> Publisher:
    standing = tuple(map(_read_standing, table["standing"]))
    return Publisher(_whole(table["pages"]), _whole(table["stories"]), standing)


def _read_standing(table: Mapping[str, Any]) -> Standing:
    return Standing(
        identify(table["text"]),  # so that a line added by hand is compared as any other
        Role(table["role"]),
        table["place"],
        _whole(table["stories"]),
        _whole(table["kept"]),
    )


def _at_least(least: int, value: object, name: str) -> int:
    if not isinstance(value, int) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {value!r}")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} where a count should stand")
    return value
