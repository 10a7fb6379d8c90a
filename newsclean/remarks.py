"""What is odd about a page, said in the warnings of its Document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from newsclean.document import NO_ARTICLE, Caption
from newsclean.evidence import TEXT_ROLES
from newsclean.judge import Judgement
from newsclean.page import Page

EMPTY = "the page is empty"
SCRIPTED = "the page has hardly any text before its scripts run"
DEEP = "elements stand too deep inside one another; the text of the deepest was read without them"
SEVERAL = "the page holds several articles, or the beginnings of them"
GALLERY = "most of the text that was found is captions"

_HARDLY_ANY = 50
"""Words of a page with scripts, up to which it has hardly any text."""
_ARTICLES, _LARGEST = 3, 0.5
"""Article elements side by side that hold all the text of a page of several, and the part of the largest."""
_CAPTIONS = 4
"""Captions that make a gallery."""
_ARTICLE = re.compile(r".*/article(?:\[\d+\])?(?=/|$)")


def remarks(page: Page, judged: Judgement, captions: Sequence[Caption]) -> Iterator[str]:
    """The warnings of a page, the gravest first."""
    words = sum(len(passage.words) for passage in judged.passages)
    if not words:
        yield EMPTY
    if page.scripted and words <= _HARDLY_ANY:
        yield SCRIPTED
    if page.flattened:
        yield DEEP
    if words and not judged.found:
        yield NO_ARTICLE
    elif words and _is_of_several(judged):
        yield SEVERAL
    if judged.found and len(captions) >= _CAPTIONS and _words(captions) > _kept_words(judged):
        yield GALLERY


def _is_of_several(judged: Judgement) -> bool:
    """Whether the text comes from many article elements, and from none of them for the most part."""
    parts: Counter[str] = Counter()
    for passage, verdict in zip(judged.passages, judged.verdicts, strict=True):
        if verdict.role in TEXT_ROLES:
            article = _ARTICLE.match(passage.node.path) if passage.node else None
            parts[article[0] if article else ""] += len(passage.words)
    side_by_side = len({article.rpartition("/")[0] for article in parts}) == 1
    return side_by_side and len(parts) >= _ARTICLES and max(parts.values()) <= _LARGEST * parts.total()


def _kept_words(judged: Judgement) -> int:
    pairs = zip(judged.passages, judged.verdicts, strict=True)
    return sum(len(passage.words) for passage, verdict in pairs if verdict.role in TEXT_ROLES)


def _words(captions: Sequence[Caption]) -> int:
    return sum(len(caption.text.split()) for caption in captions)
