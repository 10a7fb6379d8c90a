"""Cleans pages that try to reach files and hosts, in a process that tells of every file and socket.

Run with the folder of the bait and the port of a server that nobody should ask; prints what was opened, and
all that came out of the pages.
"""

# ruff: noqa: E501 - pages in one piece
from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import newsclean
from newsclean.notebook import WHOLE, section, view

STORY = (
    "The night ferry to Averly sailed again on Monday after two winters in dry dock, with ninety people and one "
    "piano on board, and the shop by the pier ran out of bread before noon, said Ole Brandt, who keeps it."
)
WATCHED = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.listdir", "os.scandir",
           "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "ctypes.dlopen")  # fmt: skip


def addresses(folder: Path, port: str) -> list[str]:
    """What the pages point to: a file in several spellings, a pipe that would hang its reader, a host."""
    bait = [
        "bait.txt",
        folder.as_uri() + "/bait.txt",
        f"{folder}/bait.txt",
        "pipe",
        folder.as_uri() + "/pipe",
    ]
    return [
        *bait,
        f"http://127.0.0.1:{port}/bait",
        f"//127.0.0.1:{port}/bait",
        f"ftp://127.0.0.1:{port}/bait",
    ]


def pages(address: str) -> Iterator[str]:
    """Pages that would be more than data to a reader that is careless."""
    story = f"<p>{STORY}</p><p>{STORY}</p>"
    for said in ("SYSTEM", 'PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"'):
        yield f'<!DOCTYPE html [<!ENTITY x {said} "{address}">]><html><body><p>&x;</p>{story}</body></html>'
        yield f'<!DOCTYPE html {said} "{address}"><html><body><p>&x;</p>{story}</body></html>'
        yield (
            f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY % p {said} "{address}"> %p;]><rss><channel><item>'
            + (
                f"<title>&x;</title><description>&lt;p&gt;&x; {STORY}&lt;/p&gt;</description></item></channel></rss>"
            )
        )
    yield f'<html xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{address}" parse="text"/>{story}</html>'
    yield f'<?xml version="1.0"?><?xml-stylesheet href="{address}"?><html><body>{story}</body></html>'
    yield (
        f'<html><head><base href="{address}"><link rel=stylesheet href="{address}"><link rel=import href="{address}">'
        + (
            f'<script src="{address}"></script><meta http-equiv=refresh content="0;url={address}"></head><body>{story}'
            f'<img src="{address}" srcset="{address} 2x" alt="The quay"><iframe src="{address}"></iframe>'
            f'<object data="{address}"></object><embed src="{address}"><video src="{address}" poster="{address}"></video>'
            f'<figure><img data-src="{address}"><figcaption>The quay (Jo Hall/PA)</figcaption></figure>'
            f'<p style="background:url({address})">{STORY}</p></body></html>'
        )
    )
    yield (
        f'<script type="application/ld+json">{{"@context":"{address}","@type":"NewsArticle","@id":"{address}",'
        + (f'"image":"{address}","author":{{"@id":"{address}"}}}}</script>{story}')
    )
    yield f"# A story\n\n{STORY}\n\n![the quay]({address})\n\n[more]({address}) and **more**\n\n{STORY}"
    yield f"{address}\n\n{STORY}\n\n{STORY}"


def read(cleaner: newsclean.Cleaner, page: str | bytes, out: Path) -> str:
    """All that comes out of a page."""
    document = cleaner.clean(page)
    report = document.to_html_report(out).read_text(encoding="utf-8")
    return "\n".join(
        (document.to_json(), document.explain(), view(document), *section(document, WHOLE), report)
    )


def main() -> None:
    folder, port = Path(sys.argv[1]), sys.argv[2]
    os.chdir(folder)
    out = folder / "report.html"
    cleaners = [newsclean.Cleaner(witness="always"), newsclean.Cleaner(witness="never")]
    for page in pages("x"):  # so that everything is loaded
        for cleaner in cleaners:
            read(cleaner, page, out)
            read(cleaner, page.encode("cp1252"), out)
    own = [
        str(Path(one).resolve())
        for one in {*sys.path, sys.prefix, sys.base_prefix}
        if one and Path(one) != folder
    ]
    scratch = Path(tempfile.gettempdir())
    met: list[str] = []

    def watch(event: str, told: tuple[Any, ...]) -> None:
        if not event.startswith(WATCHED):
            return
        place = os.fsdecode(told[0]) if told and isinstance(told[0], str | bytes | os.PathLike) else ""
        name = Path(place).name
        is_own = any(place.startswith(one) for one in own) or "report.html" in name
        is_spare = scratch in (Path(place), Path(place).parent)  # where a report waits for its index
        if event != "open" or not (is_own or is_spare):
            met.append(f"{event} {told!r}")

    sys.addaudithook(watch)
    said = [
        read(cleaner, page, out)
        for address in addresses(folder, port)
        for page in pages(address)
        for cleaner in cleaners
    ]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print("\n".join(["MET", *met, "SAID", *said]))  # noqa: T201


if __name__ == "__main__":
    main()
