"""HTML is data: a page reaches no file, no host and no more memory than its text takes."""

# ruff: noqa: E501 - pages in one piece
from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import newsclean
from newsclean import Cleaner

HERE = Path(__file__).parent
SECRET = "the tide table of the harbour master's own drawer"  # noqa: S105 - no password, but nobody's business
STORY = (
    "The night ferry to Averly sailed again on Monday after two winters in dry dock, with ninety people and one "
    "piano on board, and the shop by the pier ran out of bread before noon, said Ole Brandt, who keeps it."
)
LAUGHS = "<!ENTITY l0 'ha '>" + "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 10))
FEED = f"<rss><channel><item><title>&l9;</title><description><![CDATA[<p>{STORY} &l9;</p>]]></description></item></channel></rss>"
WITNESSES = [Cleaner(witness="always"), Cleaner(witness="never")]


def run(folder: Path, port: int) -> tuple[list[str], str]:
    """What a process opened that cleaned pages which point to a folder and a port, and what it said."""
    package = Path(newsclean.__file__).parent.parent
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-W", "ignore", str(HERE / "untrusted.py"), str(folder), str(port)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,  # who reads the pipe in the folder waits for ever
        env={**os.environ, "PYTHONPATH": str(package)},
    )
    assert done.returncode == 0, done.stderr
    head, _, said = done.stdout.partition("\nSAID\n")
    return head.splitlines()[1:], said


def test_nothing_is_opened_for_a_page(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    (folder / "bait.txt").write_text(f"<!ENTITY x '{SECRET}'>{SECRET}", encoding="utf-8")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        met, said = run(folder, server.getsockname()[1])
        with pytest.raises(TimeoutError):
            server.accept()
    assert met == []
    assert said.count("The night ferry to Averly") > 100
    assert SECRET not in said


class TestTheWatch:
    """A watch that sees nothing would prove nothing."""

    @pytest.mark.parametrize(
        ("code", "event"),
        [
            ("open('bait.txt').read()", "open"),
            ("import socket; socket.create_connection(('127.0.0.1', 1), 1)", "socket."),
            ("import urllib.request; urllib.request.urlopen('http://127.0.0.1:1/')", "urllib.Request"),
            ("import subprocess, sys; subprocess.run([sys.executable, '-V'])", "subprocess.Popen"),
        ],
    )
    def test_sees_what_a_careless_reader_would_do(self, tmp_path: Path, code: str, event: str) -> None:
        (tmp_path / "bait.txt").write_text(SECRET, encoding="utf-8")
        careless = tmp_path / "careless.py"
        careless.write_text(
            "import contextlib, sys\n"
            f"sys.path.insert(0, {str(HERE)!r})\n"
            "import untrusted\n"
            "plain = untrusted.read\n"
            "def read(cleaner, page, out):\n"
            "    if 'bait' in str(page):\n"
            f"        with contextlib.suppress(OSError):\n            {code}\n"
            "    return plain(cleaner, page, out)\n"
            "untrusted.read = read\n"
            "untrusted.addresses = lambda folder, port: ['bait.txt']\n"
            "untrusted.main()\n",
            encoding="utf-8",
        )
        package = Path(newsclean.__file__).parent.parent
        done = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-W", "ignore", str(careless), str(tmp_path), "1"],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
            env={**os.environ, "PYTHONPATH": str(package)},
        )
        assert done.returncode == 0, done.stderr
        met = done.stdout.partition("\nSAID\n")[0].splitlines()[1:]
        assert any(line.startswith(event) for line in met), met


class TestEntityBomb:
    @pytest.mark.parametrize("cleaner", WITNESSES, ids=["asking", "alone"])
    @pytest.mark.parametrize(
        "page",
        [
            f"<!DOCTYPE html [{LAUGHS}]><html><body><p>&l9;</p><p>{STORY}</p><p>{STORY}</p></body></html>",
            f"<?xml version='1.0'?><!DOCTYPE html [{LAUGHS}]><html xmlns='http://www.w3.org/1999/xhtml'><body><p>&l9;</p>"
            f"<p>{STORY}</p><p>{STORY}</p></body></html>",
            f"<?xml version='1.0'?><!DOCTYPE rss [{LAUGHS}]>{FEED}",
            f"<?xml version='1.0'?>{FEED}",
            f"<!DOCTYPE html [{LAUGHS.replace('&l', '%l')}]><p>{STORY}</p><p>{STORY}</p>",
        ],
        ids=["HTML", "XHTML", "feed with a subset", "feed", "parameter entities"],
    )
    def test_is_not_expanded(self, cleaner: Cleaner, page: str) -> None:
        document = cleaner.clean(page)
        assert STORY in document.page_text
        assert len(document.page_text) < 2 * len(page)
        assert len(document.to_json()) < 100 * len(page)

    @pytest.mark.parametrize("cleaner", WITNESSES, ids=["asking", "alone"])
    def test_escaped_again_and_again_does_not_grow(self, cleaner: Cleaner) -> None:
        page = f"<p>{STORY}</p><p>{STORY} {'&amp;' + 'amp;' * 100_000}lt;b&gt;</p>"
        assert len(cleaner.clean(page).page_text) < len(page)


class TestDeepStructuredData:
    @pytest.mark.parametrize("depth", [100, 300, 500, 900, 990, 1_000, 3_000, 100_000])
    @pytest.mark.parametrize(
        ("opening", "closing"),
        [
            ("[", "]"),
            ('{"author":', "}"),
            ('{"@type":"NewsArticle","@graph":[', "]}"),
            ('{"@type":"NewsArticle","mainEntity":', "}"),
            ('{"@type":"NewsArticle","author":{"name":', "}}"),
        ],
    )
    def test_gives_a_document(self, depth: int, opening: str, closing: str) -> None:
        told = opening * depth + '"Ines Talbot"' + closing * depth
        page = f'<script type="application/ld+json">{told}</script><p>{STORY}</p><p>{STORY}</p>'
        for cleaner in WITNESSES:
            document = cleaner.clean(page)
            assert document.text == f"{STORY}\n\n{STORY}"
            json.dumps(document.to_dict())

    def test_items_inside_one_another_give_a_document(self) -> None:
        items = "<div itemscope itemtype='https://schema.org/NewsArticle' itemprop=author>" * 5_000
        assert STORY in WITNESSES[1].clean(f"{items}<p itemprop=name>{STORY}</p><p>{STORY}</p>").page_text

    @pytest.mark.parametrize("number", ["9" * 5_000, "1e999", "-" + "9" * 5_000, "NaN", "Infinity"])
    def test_numbers_beyond_measure_give_a_document(self, number: str) -> None:
        told = f'{{"@type":"NewsArticle","datePublished":{number},"headline":{number},"author":{number}}}'
        page = f'<script type="application/ld+json">{told}</script><p>{STORY}</p><p>{STORY}</p>'
        assert WITNESSES[1].clean(page).text == f"{STORY}\n\n{STORY}"
