"""Tells HTML from plain text."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["html", "text"]
"""How a page is read."""

_OPENS = re.compile(
    r"(?is)\ufeff?\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|section|main)\b"
)
_LOOK = 200_000
"""Characters of the page that are looked at."""
_TAG = re.compile(
    r"</?(?:p|div|article|section|main|br|h[1-6]|li|ul|ol|td|tr|table|blockquote|figure|span|a)\b[^<>]*>",
    re.I,
)
_CLOSING = re.compile(r"</(?:p|div|article|section|main|h[1-6]|li|ul|td|table|blockquote|figure)\s*>", re.I)
_PARAGRAPH = re.compile(r"\n\s*\n")
_LEAST_TAGS = 2


def is_html(text: str) -> bool:
    """Whether a page is HTML: it begins like that, or most of its paragraphs stand in tags.

    Markdown may hold some HTML, and prose speaks of "<p>" without being any.
    """
    head = text[:_LOOK]
    if _OPENS.match(head):
        return True
    if len(_CLOSING.findall(head)) < _LEAST_TAGS:
        return False
    tagged = plain = 0
    for paragraph in _PARAGRAPH.split(head):
        words = len(_TAG.sub(" ", paragraph).split())
        if _TAG.search(paragraph):
            tagged += words
        else:
            plain += words
    return tagged >= plain
