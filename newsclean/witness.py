"""Trafilatura as a witness: which passages of an HTML page it keeps, told as evidence.

The only module that imports it, and only when a page is asked about. It never gives the text. It is
called in a way that leaves nothing behind: on a copy of the tree, without deduplication, with settings
that nobody else holds. What it caches is the result of pure functions, and bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from newsclean.evidence import Evidence, Role, Witness
from newsclean.page import Page, Passage
from newsclean.told import Told, tokens_of

if TYPE_CHECKING:
    from configparser import ConfigParser

_IN_DOUBT, _CLEAR = 2.0, 1.0
"""The weight (log-odds) of what it says, on a page that is in doubt and on another. Measured on pages of
publishers that the trees had not seen: in doubt its word mends two pages for each that it harms, elsewhere
as many as it harms, and a greater weight harms more."""
_MOST, _LITTLE = 0.6, 0.3
"""The part of a passage's words, in runs, that it keeps or leaves; between the two it says nothing."""

_MOST_PASSAGES, _MOST_ELEMENTS, _MOST_CELLS = 5_000, 100_000, 500
"""The largest page, and the longest row in it, that it is asked about; its time grows faster than a page."""


def hear(page: Page, witness: Witness, *, in_doubt: bool) -> list[Evidence | None]:
    """For every passage what trafilatura says of it; None where it says nothing, or is not asked.

    It is asked about HTML only, once at most, and not about a page of more than 5,000 passages, 100,000
    elements, or 500 cells in a row. If it fails, or keeps nothing of the page, it says nothing.
    """
    if page.tree is None or witness == "never" or (witness == "auto" and not in_doubt) or _is_large(page):
        return [None] * len(page.passages)
    return _compare(page.passages, _ask(page.tree), _IN_DOUBT if in_doubt else _CLEAR)


def _is_large(page: Page) -> bool:
    if len(page.passages) > _MOST_PASSAGES:
        return True
    if any(len(row) > _MOST_CELLS for row in page.tree.iter("tr")):
        return True
    return next(islice(page.tree.iter(), _MOST_ELEMENTS, None), None) is not None


def _ask(tree: Any) -> str:
    """The article as trafilatura takes it from a copy of the tree; empty if it finds none, or fails."""
    try:
        from lxml.html import HtmlElementClassLookup
        from trafilatura import extract

        # The copy's elements are made anew, as the kind that trafilatura takes; ours stay what they are.
        tree.getroottree().parser.set_element_class_lookup(HtmlElementClassLookup())
        text = extract(
            copy(tree),
            favor_recall=True,  # the quickest way to ask, and as good a witness as any
            include_comments=False,
            deduplicate=False,
            config=_settings(),
        )
    except Exception:  # noqa: BLE001 - a witness that stumbles over a page must not stop the cleaning
        return ""
    return text or ""


@cache
def _settings() -> ConfigParser:
    """Trafilatura's own settings, in a copy that is never changed."""
    from trafilatura.settings import use_config

    return use_config()


def _compare(passages: Sequence[Passage], text: str, weight: float) -> list[Evidence | None]:
    """What a text says of each passage: that it keeps it, or leaves it out."""
    said = Told(text)
    shares = [said.share(tokens_of(passage)) for passage in passages]
    if max(shares, default=0.0) < _MOST:
        return [None] * len(passages)
    kept = Evidence("witness.trafilatura", Role.BODY, weight, "Trafilatura takes it for the article.")
    left = Evidence("witness.trafilatura", Role.BODY, -weight, "Trafilatura leaves it out.")
    return [kept if share >= _MOST else left if 0 <= share < _LITTLE else None for share in shares]
