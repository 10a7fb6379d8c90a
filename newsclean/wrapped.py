"""HTML that comes inside something else: a feed, CDATA sections, escaped markup, lines without tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_FEED = re.compile(
    r"(?i)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:rss|feed|rdf:rdf|channel|item|entry|content:encoded)\b"
)
_FIELD = re.compile(
    r"(?i)<(item|entry|title|dc:creator|author|pubdate|published|dc:date|description|summary|content:encoded|content)"
    r"(?=[\s>])[^<>]*>"
)
_CDATA = re.compile(r"(?:(?<!\s)\s+)?<!\[CDATA\[(.*?)(?:\]\]>\s*|\Z)", re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z/!]")
_ESCAPED = re.compile(
    r"(?i)&lt;(?:p|div|h[1-6]|ul|ol|table|blockquote|article|section|br|a|b|i|em|strong|span|img)\b"
)
_ESCAPED_END = re.compile(r"(?i)&lt;/\w+\s*&gt;|&lt;br\s*/?&gt;")
_LINES_STAND = re.compile(r"(?i)<(?:p|div|br|td|pre|html|body|article|section|main)\b")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_LOOK = 5_000
"""Characters that tell what a page is wrapped in."""
_BODIES = ("content:encoded", "content", "description", "summary")
_NAMES = {"dc:creator": "author", "published": "pubdate", "dc:date": "pubdate"}


def is_feed(text: str) -> bool:
    """Whether it is an RSS or Atom feed, or an item of one."""
    return bool(_FEED.match(text[:_LOOK].lstrip("\ufeff")))


def is_cdata(text: str) -> bool:
    """Whether all of it stands in a CDATA section."""
    return text[:_LOOK].lstrip("\ufeff \t\r\n").startswith("<![CDATA[")


def is_escaped(text: str) -> bool:
    """Whether it is HTML whose signs are all escaped, as a feed carries it."""
    head = text[:_LOOK]
    if "&lt;" not in head or _TAG.search(head):
        return False
    return bool(_ESCAPED.search(head) and _ESCAPED_END.search(text))


def unwrap(text: str) -> str:
    """The HTML of a page, out of what it comes wrapped in."""
    if is_feed(text):
        return "\n".join(_item(fields) for fields in _items(text))
    if is_cdata(text):
        text = _CDATA.sub(r"\1", text)
    if is_escaped(text):
        text = unescape(text)
    return text if _LINES_STAND.search(text) else _with_paragraphs(text)


def _with_paragraphs(text: str) -> str:
    """Where no tag parts the paragraphs, as in what a writer keys in, the lines do."""
    if _BLANK_LINE.search(text.strip()):
        return _BLANK_LINE.sub("\n<p>", text)
    return text.strip().replace("\n", "<br>")


def _items(text: str) -> Iterator[dict[str, str]]:
    """The fields of each item of a feed."""
    fields: dict[str, str] = {}
    unclosed: set[str] = set()
    at = 0
    while match := _FIELD.search(text, at):
        name, at = match.group(1).lower(), match.end()
        if name in ("item", "entry"):
            if any(body in fields for body in _BODIES):
                yield fields
            fields = {}
        elif name not in unclosed and not match.group().endswith("/>"):
            end = text.find(f"</{match.group(1)}>", at)
            if end < 0:
                unclosed.add(name)
            else:
                fields.setdefault(_NAMES.get(name, name), text[at:end])
                at = end
    yield fields


def _item(fields: dict[str, str]) -> str:
    body = next((fields[name] for name in _BODIES if fields.get(name, "").strip()), "")
    parts = (
        ("<h1>", fields.get("title", ""), "</h1>"),
        ('<p class="author">', fields.get("author", ""), "</p>"),
        ("<time>", fields.get("pubdate", ""), "</time>"),
        ("<div>", body, "</div>"),
    )
    return "<article>" + "".join(a + _value(text) + z for a, text, z in parts if text.strip()) + "</article>"


def _value(text: str) -> str:
    """The HTML that a field holds."""
    if "<![CDATA[" in text:
        text = _CDATA.sub(r"\1", text)
        return unescape(text) if is_escaped(text) else text
    return text if _TAG.search(text) else unescape(text)
