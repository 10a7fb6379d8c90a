"""Rows as ``clean`` gives them, and a crawl to compare engines on."""

from __future__ import annotations

import html
from typing import Any

import fixture_pages

from newsclean import Cleaner, PageError
from newsclean.arrow import SCHEMA
from newsclean.cleaner import default_cleaner

NO_PAGE = "PageTypeError: the page is null"
PDF = "BinaryPageError: the page is a PDF document, not text"
RUSSIAN = "Паром снова вышел в море в понедельник, сообщила команда. Билеты стоят столько же, сколько стоили."
BAD: tuple[bytes | None, ...] = (
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    None,
    b"",
    b"\x01\x02\x1b" * 60 + b"The ferry is back.",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "The night ferry sailed at noon on Monday, the crew said: no \udcff left.".encode(
        "utf-8", "surrogatepass"
    ),
)


def row(page: Any, cleaner: Cleaner | None = None, **how: Any) -> dict[str, Any]:
    """What the row of a page should be, told by ``clean`` and ``to_dict`` alone."""
    empty = dict.fromkeys(SCHEMA.names)
    if page is None:
        return {**empty, "error": NO_PAGE}
    try:
        document = (cleaner or default_cleaner()).clean(page, **how)
    except PageError as error:
        return {**empty, "error": f"{type(error).__name__}: {error}"}
    table = document.to_dict()
    return {name: None if name == "error" else table[name] for name in SCHEMA.names}


def crawl(editions: int) -> list[dict[str, Any]]:
    """Every fixture as text and as HTML, so many times with variations, and bad pages among them."""
    pages: list[tuple[bytes | None, str | None, str | None]] = []
    for edition in range(1, editions + 1):
        for name in fixture_pages.names():
            page = f"{fixture_pages.load(name).page}\n\nEdition {edition} of the day\n"
            as_html = edition % 2 == 0
            told = "html" if as_html and len(pages) % 5 == 0 else None
            pages.append(((_html(page) if as_html else page).encode(), told, None))
            if len(pages) % 9 == 0:
                pages.append((BAD[len(pages) // 9 % len(BAD)], None, None))
        pages.append((f"{RUSSIAN} {edition}".encode("cp1251"), None, "windows-1251"))
    return [
        {"url": f"https://averly.example/{n}", "html": page, "how": kind, "charset": charset}
        for n, (page, kind, charset) in enumerate(pages)
    ]


def _html(page: str) -> str:
    parts = (f"<p>{html.escape(part)}</p>" for part in page.split("\n\n"))
    return f"<html><body><main>{''.join(parts)}</main></body></html>"
