"""Cleans pages of the fixtures, as text and as HTML, in a fresh process; prints one Document a line.

Takes the number of threads that share one Cleaner, each of which cleans all pages in an order of its own;
when trafilatura is asked; and of how many fixtures one is read. Fails where two threads disagree.
"""

from __future__ import annotations

import json
import locale
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import cast

from newsclean import Cleaner
from newsclean.evidence import Witness

FIXTURES = Path(__file__).parent.parent / "fixtures"
DATES = (
    '<meta property="article:published_time" content="2024-03-17T23:30:00-08:00">',
    '<meta property="article:published_time" content="2024-03-17T00:30:00+14:00">',
    '<meta name="date" content="1710720000">',  # midnight in Greenwich
    '<meta name="date" content="1710719999">',
    '<meta name="date" content="17 March 2024 23:59">',
    '<meta name="date" content="Sun, 17 Mar 2024 00:00:01 GMT">',
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-17"}</script>',
)
HEAD = "<title>The ferry İzmir sails again | The Karsund Echo</title>"
"""With a capital that has a small letter of its own in Turkish."""
BARE = (  # what stands close by in a tree depends on nothing but the tree
    "<div><span>Home</span><span>Sea</span></div><div>{story}</div><div>Read next<a href='/1'>Fog</a></div>"
)


def pages(step: int) -> list[str | bytes]:
    """Text as it is and as bytes without a word of their encoding, and the same stories as HTML."""
    found: list[str | bytes] = []
    for i, path in enumerate(sorted(FIXTURES.glob("*/page.txt"))[::step]):
        text = path.read_bytes().decode("utf-8")
        lines = [f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip()]
        body = "".join(lines) if i % 2 else BARE.format(story="<br><br>".join(lines))
        found += [text, f"<html><head>{HEAD}{DATES[i % len(DATES)]}</head><body>{body}</body></html>"]
        if i % 4 == 0:
            found.append(text.encode("cp1252", "ignore"))
    return found


def read(threads: int, witness: Witness, step: int) -> list[str]:
    """The documents as JSON, in the order of the pages; all threads begin at once, with nothing loaded."""
    cleaner, start = Cleaner(witness=witness), threading.Barrier(threads)
    all_pages = pages(step)

    def one(seed: int) -> list[str]:
        order = list(range(len(all_pages)))
        if seed:
            random.Random(seed).shuffle(order)  # noqa: S311 - not a secret
        start.wait()
        done = {i: cleaner.clean(all_pages[i]).to_json() for i in order}
        return [done[i] for i in range(len(all_pages))]

    with ThreadPoolExecutor(threads) as pool:
        first, *others = pool.map(one, range(threads))
    for i, other in enumerate(others, 1):
        for page, (this, that) in enumerate(zip(first, other, strict=True)):
            if this != that:
                sys.exit(f"thread {i} has another document for page {page}:\n{that}\nnot\n{this}")
    return first


def main() -> None:
    threads, witness, step = sys.argv[1:]
    locale.setlocale(locale.LC_ALL, "")
    sys.setswitchinterval(1e-5)  # threads get in each other's way wherever they can
    documents = read(int(threads), cast(Witness, witness), int(step))
    # What the process really ran under, so that the tests know; then the documents.
    under = {
        "hash": hash("Averly"),
        "locale": locale.setlocale(locale.LC_ALL),
        "zone": time.timezone,
        "utf8": sys.flags.utf8_mode,
        "files": sys.getfilesystemencoding(),
        "optimize": sys.flags.optimize,
        "dev": sys.flags.dev_mode,
    }
    sys.stdout.buffer.write("\n".join([json.dumps(under), *documents]).encode())


if __name__ == "__main__":
    main()
