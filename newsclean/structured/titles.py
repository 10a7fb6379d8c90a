"""The headline, and the title of a page without the name of its site."""

from __future__ import annotations

import re

from newsclean.sitename import headline_part
from newsclean.structured.sources import Head, Sources, texts_of
from newsclean.structured.values import letters

_LONGEST = 250
"""Longer ones, in characters, are descriptions."""
_FULL = 100
"""Characters from which a headline may have been cut: search engines ask for no more than 110."""
_HEADLINE_WORDS = 3
_CUT_SHORT = re.compile(r"(?:(?<!\s)\s+)?(?:…|\.\.\.)$")
_PARTING = re.compile(r"(?<!\s)\s+[-–—|•·»:/]\s+|(?:(?<!\s)\s+)?[|｜]\s*|:\s+")
_PIPED_OR_DASHED = re.compile(r"(?<!\s)\s+[-–—|]\s+")


def read_title(sources: Sources, head: Head, sites: frozenset[str]) -> str | None:
    """The headline; a longer form of one that was cut short."""
    found = [_without_site(title, sites) for title in texts_of(sources, ("headline", "name"), "title")]
    if head.title:
        bare = _without_site(head.title, sites)
        found.append(headline_part(bare) if bare == head.title else bare)
    summaries = set(texts_of(sources, ("description",), "description"))
    found = [title for title in found if len(title) <= _LONGEST and title not in summaries] or found
    if not found:
        return None
    start = _CUT_SHORT.sub("", found[0])
    if start == found[0] and len(start) < _FULL:
        return start
    longer = (title for title in found if title.startswith(start) and not _CUT_SHORT.search(title))
    return next((title for title in longer if len(title) > len(start)), found[0])


def _without_site(title: str, sites: frozenset[str]) -> str:
    """A title without the site's name, or without what stands behind a pipe: no headline holds one."""
    for cut in reversed(list(_PARTING.finditer(title))[-3:]):
        head, rest = title[: cut.start()], title[cut.end() :]
        piped = "|" in cut[0] and len(rest) <= len(head) and len(head.split()) >= _HEADLINE_WORDS
        if head and (piped or letters(rest) in sites):
            title = head
    opening = _PIPED_OR_DASHED.search(title)
    return title[opening.end() :] if opening and letters(title[: opening.start()]) in sites else title
