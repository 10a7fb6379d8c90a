"""The forms in which one page is given to a system: its HTML, and its text as users get it."""

from __future__ import annotations

import html2text
import html_text
from bs4 import BeautifulSoup

from benchmarks.corpus import Record

INPUTS = {
    "html": "the HTML itself",
    "blocks": "text laid out by html-text, close to copy and paste from a browser",
    "nodes": "one line for each text node: inline links split sentences",
    "markdown": "Markdown by html2text, links and images kept",
    "text": "the page of a data set that has only text",
    "gold": "the gold body alone, to show the harm done to a text that is clean already",
}
"""Names of the inputs, and what each is."""


def lay_out(record: Record, kind: str) -> str | None:
    """The page in one of the forms of INPUTS, or None where the record has no such form.

    Raises ValueError, or what the library raises, for HTML that cannot be laid out.
    """
    if kind == "gold":
        return "\n\n".join(record.gold.paragraphs) or None
    if kind == "text":
        return record.text
    if record.html is None:
        return None
    if kind == "html":
        return record.html
    return {"blocks": blocks, "nodes": nodes, "markdown": markdown}[kind](record.html)


def blocks(html: str) -> str:
    return str(html_text.extract_text(html, guess_layout=True))


def nodes(html: str) -> str:
    soup = BeautifulSoup(html, "lxml")
    for tag in soup(["script", "style"]):
        tag.decompose()
    return soup.get_text("\n", strip=True)


def markdown(html: str) -> str:
    reader = html2text.HTML2Text()
    reader.body_width = 0
    return str(reader.handle(html))
