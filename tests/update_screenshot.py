"""Takes the picture of a report that README.md shows, docs/report.png: of its own example, page.txt.

    python tests/update_screenshot.py

Needs Chromium, as the tests do. The picture holds the digest of the report that it shows.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import tempfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import chromium
import test_readme

import newsclean

PICTURE = Path(__file__).parent.parent / "docs" / "report.png"
_KEY = b"Description"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def write_report(folder: Path) -> Path:
    """The report of the README's page."""
    (page,) = (
        block.body
        for block in test_readme.blocks(test_readme.README.read_text(encoding="utf-8"))
        if block.name == "page.txt"
    )
    return newsclean.clean(page).to_html_report(folder / "report.html")


def digest(report: Path) -> str:
    return hashlib.sha256(report.read_bytes()).hexdigest()


def told(picture: bytes) -> str:
    """The digest of the report that a picture shows."""
    at = len(_SIGNATURE)
    while at < len(picture):
        (size,) = struct.unpack(">I", picture[at : at + 4])
        kind, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + size]
        if kind == b"tEXt" and body.startswith(_KEY + b"\0"):
            return body.partition(b"\0")[2].decode("ascii")
        at += 12 + size
    return ""


def telling(picture: bytes, text: str) -> bytes:
    """The picture with a text in it, right before its end."""
    body = b"tEXt" + _KEY + b"\0" + text.encode("ascii")
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return picture[:-12] + chunk + picture[-12:]


def take(report: Path, browser: chromium.Browser) -> bytes:
    """A picture of a report with one run of removed parts and one reason open."""
    browser.look(report, width=860)
    browser.run("document.querySelectorAll('.nc-run')[1].open = true")
    browser.run("document.querySelector('[data-role=caption] .nc-why').open = true")
    height = browser.run(
        "return Math.ceil(document.querySelector('main').getBoundingClientRect().bottom) + 16"
    )
    return telling(browser.picture(height), digest(report))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, chromium.opened() as browser:
        picture = take(write_report(Path(folder)), browser)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(picture)


if __name__ == "__main__":
    main()
