"""What encodings a page is said to be in: by the header that came with it, and by its own head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsclean.detect import Kind, is_html

_LOOK = 65_536
"""Bytes in which a page's own declaration is looked for; browsers look at 1,024, but some come later."""
_PARAMETER = re.compile(r"(?i)(?:^|[;,\s])charset\s*=\s*[\"']?([^\s\"';,]*)")
_IN_META = re.compile(r"(?i)charset\s*=\s*[\"']?\s*([^\s\"';,]+)")
_IN_XML = re.compile(rb"\s*<\?xml\b[^>]*?\sencoding\s*=\s*[\"']([\w.:-]+)")
_NOT_USED = frozenset({"replacement", "x-user-defined"})
"""What the standard calls encodings that no page may be read in."""
_CODECS = {"gbk": "gb18030"}
"""The standard reads the one as the other, its superset."""
_LONGEST_LABEL = 40
"""Characters of an unknown label that a note shows."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """An encoding that a page is said to be in."""

    label: str
    """As declared, in lower case."""
    codec: str
    """Python's name for what the label means on the web, such as cp1252 for "iso-8859-1"."""


def declarations(data: bytes, kind: Kind | None, charset: str | None) -> tuple[list[Declaration], list[str]]:
    """The encodings that the bytes of a page are said to be in, the most trusted first, and notes.

    The order is that of the WHATWG standard: the header, ``meta`` elements, the XML declaration.
    """
    said: list[Declaration] = []
    notes: list[str] = []
    label = _label_in(charset)
    if label:
        hint = _look_up(label)
        if hint is None:
            notes.append(f"the unknown encoding {label[:_LONGEST_LABEL]!r} was ignored")
        else:
            said.append(hint)
    head = data[:_LOOK]
    if kind == "html" or (kind is None and is_html(head.decode("latin-1"))):
        said += _in_head(head)
    return said, notes


def _label_in(charset: str | None) -> str:
    """The label in a label or in a whole Content-Type value; empty for none."""
    if charset is None:
        return ""
    if found := _PARAMETER.search(charset):
        return found[1]
    return "" if "/" in charset else charset.strip()


def _look_up(label: str) -> Declaration | None:
    from webencodings import lookup  # seldom needed: most pages are UTF-8

    encoding = lookup(label) if label.isascii() else None
    if encoding is None or encoding.name in _NOT_USED:
        return None
    codec = encoding.codec_info.name
    return Declaration(label.strip().lower(), _CODECS.get(codec, codec))


def _in_head(head: bytes) -> list[Declaration]:
    found = (_look_up(label) for label in (*_in_metas(head), *_in_xml(head)))
    # A declaration that could be read is not in UTF-16: then UTF-8 is meant, says the standard.
    return [
        Declaration(said.label, "utf-8") if said.codec.startswith("utf-16") else said
        for said in found
        if said is not None
    ]


def _in_metas(head: bytes) -> Iterator[str]:
    if b"charset" not in head.lower():
        return
    from lxml import etree  # slow to import

    # A real parser knows comments, scripts and quotes.
    parser = etree.HTMLParser(encoding="iso-8859-1", remove_comments=True, remove_pis=True)
    tree = etree.fromstring(head.replace(b"\x00", b" "), parser)
    for meta in () if tree is None else tree.iter("meta"):
        if charset := meta.get("charset"):
            yield charset
        elif (meta.get("http-equiv") or "").strip().lower() == "content-type":
            yield from _IN_META.findall(meta.get("content") or "")


def _in_xml(head: bytes) -> Iterator[str]:
    if found := _IN_XML.match(head):
        yield found[1].decode("ascii", "replace")
