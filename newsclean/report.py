"""Writes documents as one HTML file that needs nothing else: the report."""

from __future__ import annotations

import errno
import os
import secrets
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from types import TracebackType
from typing import TextIO

from newsclean.document import Document
from newsclean.notebook import WHOLE, section, shown, style

_STYLE = """
:root { color-scheme: light dark; color: light-dark(#1c1c1a, #e6e4df);
  background: light-dark(#f3f1eb, #0d0e0f); }
body { margin: 0 auto; padding: 1rem; max-width: 58rem; box-sizing: border-box; overflow-wrap: anywhere; }
h1, h2, .index { font: 14px/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
h1, h2 { font-weight: 600; margin: 0 0 .5rem; }
h2 { margin-top: 1.5rem; }
.index { padding-left: 2.5em; }
.index a { color: light-dark(#1a5fb4, #8ab8f0); }
@media (max-width: 560px) { body { padding: .25rem; } }
"""


def write_report(document: Document, path: str | os.PathLike[str]) -> Path:
    """Write one document as a report, and give its path; OSError where that is not possible."""
    with Report(path) as report:
        report.add(document)
    return report.path


class Report:
    """A report in the making, of one page or several, with an index where they are several.

    A context manager: the file appears whole at its end, in the place of an older one, or not at all.
    Raises OSError where it cannot be written; on entering, if the folder is missing or not writable.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._aside = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.part")
        self._index: list[str] = []
        self._title = ""

    def __enter__(self) -> Report:
        if self.path.exists() and not self.path.is_file():  # a rename would replace a device, too
            raise FileExistsError(errno.EEXIST, "not a file that a report can replace", str(self.path))
        try:
            self._file = self._aside.open("x", encoding="utf-8", newline="\n")
        except OSError as error:  # with the name that the user knows
            raise type(error)(error.errno, error.strerror, str(self.path)) from error
        self._pages = TemporaryFile("w+", encoding="utf-8", newline="\n")
        return self

    def add(self, document: Document, name: str = "") -> None:
        """Add a page; ``name`` says where it comes from."""
        number = len(self._index) + 1
        if name:
            self._pages.write(f"<h2><bdi>{shown(name)}</bdi></h2>\n")
        self._pages.writelines(section(document, WHOLE, f"page-{number}"))
        self._index.append(_entry(document, name or f"page {number}", number))
        self._title = self._title or document.title or name

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            with self._file, self._pages:
                if kind is None:
                    self._write(self._file)
            if kind is None:
                self._aside.replace(self.path)
        finally:
            self._aside.unlink(missing_ok=True)

    def _write(self, file: TextIO) -> None:
        several = len(self._index) > 1
        title = f"{len(self._index):,} pages" if several else self._title or "a page"
        file.write(_head(f"newsclean: {title}"))
        if several:
            file.write(f'<h1>{shown(title)}</h1>\n<nav aria-label="Pages">\n<ol class="index">\n')
            file.writelines(self._index)
            file.write("</ol>\n</nav>\n")
        file.write("<main>\n")
        self._pages.seek(0)
        copyfileobj(self._pages, file)
        file.write("</main>\n</body>\n</html>\n")


def _head(title: str) -> str:
    styles = f"{_STYLE}{style()}\n"
    digest = b64encode(sha256(styles.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{shown(title)}</title>\n<style>{styles}</style>\n</head>\n<body>\n"
    )


def _entry(document: Document, name: str, number: int) -> str:
    """A line of the index: the page's name and title, and what was found on it."""
    title = f' <bdi dir="auto">{shown(document.title)}</bdi>' if document.title else ""
    counts = [
        (len(document.paragraphs), "paragraph"),
        (len(document.captions), "caption"),
        (len(document.removed), "removed part"),
        (len(document.warnings), "warning"),
    ]
    told = [f"{count:,} {noun}{'s' * (count != 1)}" for count, noun in counts if count]
    if not document.found_article:
        told.insert(0, "no article")
    if document.truncated:
        told.append("cut off")
    return f'<li><a href="#page-{number}"><bdi>{shown(name)}</bdi></a>{title} ({", ".join(told)})</li>\n'
