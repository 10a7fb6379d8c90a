"""Tells HTML from plain text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from html import unescape
from itertools import pairwise
from typing import Literal

from newsclean.wrapped import is_cdata, is_escaped, is_feed

Kind = Literal["html", "text"]
"""How a page is read."""

_OPENS = re.compile(
    r"(?i)\s*<(?:!doctype\s+html|html|head|body|article|section|main|meta|title|style|script|link|base)\b"
)
_PREAMBLE = re.compile(r"\s*(?:<\?xml[^<>]*>|<!--)")
_LOOK = 200_000
"""Characters of the page that are looked at."""
_BLOCK = re.compile(
    r"<(/?)(html|body|p|div|article|section|main|header|footer|nav|aside|h[1-6]|ul|ol|li|dl|table|tbody|tr|td"
    r"|blockquote|figure|figcaption|center|form|pre)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_INLINE = re.compile(
    r"<(/?)(a|abbr|b|big|cite|code|em|font|h[1-6]|i|li|mark|ol|p|q|s|small|span|strong|sub|sup|u|ul|blockquote)"
    r"(\s[^<>]*)?>",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"<(?:br|hr|img|wbr)(?:[\s/][^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"[^\s`'\"“‘(]<br\s*/?>(?=[^\s`'\"”’),.]|\s*[\r\n]|\s*$)", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_LINE_END = re.compile(r"[\r\n]")
_LEFT_OPEN = frozenset({"p", "li", "tr", "td", "html", "body"})
"""Elements that HTML leaves open; they end at a blank line here, and others at the end of their line."""
_MARKDOWN = re.compile(r"(?m)^#{1,6}\s|\]\((?:https?:|/|#|mailto:)|^(?:```|~~~)|\*\*\w")
_QUOTES = "`'\"“”‘’«»„"
_OUTWEIGHS = 4
"""How many times the words outside blocks those inside have to be where text stands at both ends."""
_PAIRS, _WORDS_A_PAIR = 2, 60
"""Pairs of inline tags from which a text without blocks counts as HTML, and up to how many words a pair."""


def is_html(text: str) -> bool:
    """Whether a page is HTML: it begins like that, or most of its words stand in blocks of HTML.

    Markdown may hold some HTML, and prose speaks of "<p>" without being any.
    """
    head = text[:_LOOK].lstrip("\ufeff")
    if _OPENS.match(head, _after_preamble(head)) or is_feed(head) or is_cdata(head):
        return True
    if is_escaped(head):
        return is_html(unescape(head))
    inside, outside = _words_in_blocks(head)
    ends_in_tags = head.lstrip().startswith("<") or head.rstrip().endswith(">")
    return inside >= max(1, outside * (1 if ends_in_tags else _OUTWEIGHS)) or _is_keyed_in(head)


def _after_preamble(head: str) -> int:
    """Where a page begins behind its XML declaration and its comments."""
    at = 0
    while match := _PREAMBLE.match(head, at):
        at = match.end()
        if match.group().endswith("<!--"):
            end = head.find("-->", at)
            if end < 0:
                break
            at = end + len("-->")
    return at


def _words_in_blocks(head: str) -> tuple[int, int]:
    """How many words stand in the blocks of HTML, and how many do not.

    A tag counts where markup stands: it opens at the start of a line or behind another tag, and
    closes at the end of a line or before another.
    """
    tags = [tag for tag in _BLOCK.finditer(head) if _is_markup(head, tag)]
    closed = Counter(tag[2].lower() for tag in tags if tag[1])
    blanks = [match.start() for match in _BLANK_LINE.finditer(head)]
    lines = [match.start() for match in _LINE_END.finditer(head)] if tags else []
    counts = [0, 0]
    depth, until = 0, 0
    edges = [*((tag.start(), tag.end(), tag) for tag in tags), (len(head), len(head), None)]
    counts[1] += _words(head[: edges[0][0]])
    for (_, begin, tag), (end, _, _) in pairwise(edges):
        if tag is not None and closed[tag[2].lower()]:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        elif tag is not None:
            ends = blanks if tag[2].lower() in _LEFT_OPEN else lines
            at = bisect_left(ends, begin)
            until = ends[at] if at < len(ends) else len(head)
        middle = end if depth else min(max(begin, until), end)
        counts[0] += _words(head[begin:middle])
        counts[1] += _words(head[middle:end])
    return counts[0], counts[1]


def _is_markup(head: str, tag: re.Match[str]) -> bool:
    if tag[1]:
        after = head[tag.end() : tag.end() + 200].lstrip(" \t")
        return not after or after[0] in "\r\n<"
    before = head[max(0, tag.start() - 200) : tag.start()].rstrip(" \t")
    return not before or before[-1] in "\n>"


def _words(text: str) -> int:
    return len(_TAG.sub(" ", text).split())


def _is_keyed_in(head: str) -> bool:
    """Whether it is what a writer keys in: lines of text whose tags all open and close in a sentence."""
    tags = list(_INLINE.finditer(head))
    pairs = len(_BREAK.findall(head))
    if len(tags) + len(_EMPTY.findall(head)) != len(_TAG.findall(head)) or _MARKDOWN.search(head):
        return False
    opened: list[str] = []
    for tag in tags:
        name = tag[2].lower()
        if not tag[1]:
            if head[max(0, tag.start() - 1) : tag.start()] in tuple(_QUOTES):
                return False
            opened.append(name)
            pairs += _PAIRS if tag[3] and "=" in tag[3] else 1
        elif not opened or opened.pop() != name:
            return False
    return not opened and pairs >= max(_PAIRS, _words(head) / _WORDS_A_PAIR)
