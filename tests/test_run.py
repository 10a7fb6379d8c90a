"""newsclean run: files of every kind in, one file out, whatever is broken and whenever it is cut off."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import brotli
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

import newsclean
from newsclean import Cleaner, Document
from newsclean.batch import Columns, Counts, RunError, Settings
from newsclean.batch import run as run_in
from newsclean.batch.feed import Feed
from newsclean.batch.journal import Journal, Place, folder_of
from newsclean.batch.progress import Progress
from newsclean.batch.readers import Reader
from newsclean.batch.records import Meter, Record, Skipped
from newsclean.batch.sources import Inventory, Source, list_sources
from newsclean.batch.streams import Broken
from newsclean.cli import main

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGES = [
    (FIXTURES / name / "page.txt").read_text(encoding="utf-8")
    for name in ("clean-plain", "tabloid-inline-plugs", "broadsheet-paywall", "short-article-long-teasers")
]
PACKAGE = Path(newsclean.__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PACKAGE), "PYTHONIOENCODING": "utf-8"}
Capture = pytest.CaptureFixture[str]


def story(number: int) -> str:
    """A short page, another one for each number."""
    return (
        f"Ferry {number} sails again\n\nThe ferry number {number} sailed on Monday with ninety people and "
        f"one piano on board, the crew said. It had been in dry dock for two winters.\n\n"
        f"Sign up for our newsletter\n\nTickets for crossing {number} cost what they did before the engine "
        "failed, the company says, and the council has paid for the paint."
    )


def html(text: str) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return f"<!doctype html><html><head><title>A page</title></head><body>{body}</body></html>".encode()


run = partial(run_in, workers=0)
"""Without processes of its own, which take a second to start."""


def rows(out: Path) -> list[dict[str, Any]]:
    data = out.read_bytes()
    if out.suffix == ".parquet":
        return list(pq.read_table(out).to_pylist())
    if out.suffix == ".gz":
        data = gzip.decompress(data)
    if out.suffix == ".zst":
        data = zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    return [json.loads(line) for line in data.decode("utf-8").split("\n")[:-1]]


def run_all(inputs: Any, out: Path, **options: Any) -> list[dict[str, Any]]:
    run([inputs] if isinstance(inputs, str | Path) else inputs, out, **options)
    return rows(out)


def errors(found: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {row["id"]: row["error"] for row in found if row["error"] is not None}


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def write_lines(path: Path, lines: Iterable[object]) -> Path:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of nine pages."""
    made = tmp_path / "pages"
    (made / "b" / "deep").mkdir(parents=True)
    for number, name in enumerate(["a.txt", "b/c.html", "b/deep/d.htm", "e.TXT"]):
        page = PAGES[number]
        (made / name).write_bytes(page.encode() if name.lower().endswith("txt") else html(page))
    for number in range(5):
        (made / f"story-{number}.txt").write_bytes(story(number).encode())
    return made


class TestFolders:
    def test_every_page_is_a_row_that_says_what_clean_says(self, folder: Path, tmp_path: Path) -> None:
        found = run_all(folder, tmp_path / "out.jsonl")
        names = ["a.txt", "b/c.html", "b/deep/d.htm", "e.TXT", *(f"story-{n}.txt" for n in range(5))]
        assert [row["id"] for row in found] == [f"{folder.as_posix()}/{name}" for name in names]
        for name, row in zip(names, found, strict=True):
            document = newsclean.clean((folder / name).read_bytes())
            told = document.to_dict()
            assert {key: row[key] for key in told.keys() - {"blocks", "page_text"}} == {
                key: value for key, value in told.items() if key not in ("blocks", "page_text")
            }
            assert row["found_article"] is document.found_article
            assert row.keys().isdisjoint({"blocks", "page_text", "input"})

    def test_compressed_pages(self, tmp_path: Path) -> None:
        pages = tmp_path / "pages"
        pages.mkdir()
        (pages / "one.txt.gz").write_bytes(gzip.compress(PAGES[0].encode()))
        (pages / "two.html.zst").write_bytes(zstandard.compress(html(PAGES[1])))
        (pages / "three.txt.gz").write_bytes(gzip.compress(PAGES[0].encode())[:-20])
        (pages / "two.txt.gz").write_bytes(b"no gzip")
        found = {Path(row["id"]).name: row for row in run_all(pages, tmp_path / "out.jsonl")}
        assert found["one.txt.gz"]["text"] == newsclean.clean(PAGES[0]).text
        assert found["two.html.zst"]["text"] == newsclean.clean(html(PAGES[1])).text
        assert found["three.txt.gz"]["error"] == "OSError: the gzip member at byte 0 is cut off"
        assert found["two.txt.gz"]["error"].startswith("OSError: the gzip member at byte 0 is broken")

    def test_other_files_hidden_ones_and_the_output_are_left_out(self, folder: Path) -> None:
        (folder / "notes.pdf").write_bytes(b"%PDF")
        (folder / ".hidden.txt").write_bytes(b"x")
        (folder / ".git").mkdir()
        (folder / ".git" / "a.txt").write_bytes(b"x")
        first = run_all(folder, folder / "out.jsonl")
        assert len(first) == 9
        assert run_all(folder, folder / "out.jsonl", force=True) == first

    def test_a_link_that_leads_back_is_told_and_ends(self, folder: Path, tmp_path: Path) -> None:
        (folder / "b" / "loop").symlink_to(folder, target_is_directory=True)
        (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
        found = run_all(folder, tmp_path / "out.jsonl")
        told = {Path(name).name: error for name, error in errors(found).items()}
        assert len(found) == 11
        assert told["loop"] == "OSError: the folder was read already, by another way"
        assert told["gone.txt"].startswith("OSError: [Errno 2]")

    def test_a_bad_page_is_a_row_with_an_error(self, folder: Path, tmp_path: Path) -> None:
        (folder / "b" / "bad.html").write_bytes(b"%PDF-1.7")
        (folder / "large.txt").write_bytes(b"word " * 2_000_000)
        (folder / "long.txt").write_bytes(b"word " * 20_001)
        found = run_all(folder, tmp_path / "out.jsonl", cleaner=Cleaner(max_chars=100_000))
        told = {Path(name).name: error for name, error in errors(found).items()}
        assert len(found) == 12
        assert told == {
            "bad.html": "BinaryPageError: the page is a PDF document, not text",
            "large.txt": "OSError: the file holds more than 1448576 bytes",
            "long.txt": told["long.txt"],
        }
        assert told["long.txt"].startswith("PageTooLargeError")
        (bad,) = (row for row in found if row["id"].endswith("bad.html"))
        assert {
            key: bad[key] for key in ("text", "captions", "removed", "found_article", "url")
        } == dict.fromkeys(("text", "captions", "removed", "found_article", "url"))

    def test_settings_reach_the_cleaner(self, tmp_path: Path) -> None:
        page = tmp_path / "page.txt"
        page.write_bytes(story(1).encode())
        (with_rules,) = run_all(page, tmp_path / "a.jsonl")
        (without,) = run_all(
            page, tmp_path / "b.jsonl", cleaner=Cleaner(without=["en.newsletter"], mode="keep-more")
        )
        assert "newsletter" not in with_rules["text"]
        assert "newsletter" in without["text"]
        kind: Any = "html"
        (as_html,) = run_all(page, tmp_path / "c.jsonl", settings=Settings(kind=kind))
        assert as_html["text"] == newsclean.clean(story(1), kind="html").text


LINES: list[object] = [
    {"id": "first", "text": PAGES[0], "score": 0.5, "tags": ["a"]},
    {"url": "https://averly.example/2", "text": PAGES[1], "title": "Theirs"},
    "{broken",
    "",
    {"id": 7, "title": "no page here"},
    {"text": None},
    '["a", "list"]',
    {"text": 12},
    {"id": "", "text": PAGES[2], "fetched": "2025-03-14"},
]


class TestJsonLines:
    def test_rows_carry_id_number_and_the_other_columns(self, tmp_path: Path) -> None:
        file = write_lines(tmp_path / "in.jsonl", LINES)
        name = file.as_posix()
        found = run_all(file, tmp_path / "out.jsonl")
        assert [row["id"] for row in found] == [
            *("first", "https://averly.example/2", f"{name}:3", "7", f"{name}:6", f"{name}:7", f"{name}:8"),
            f"{name}:9",
        ]
        assert [row["number"] for row in found] == [1, 2, 3, 5, 6, 7, 8, 9]
        assert found[0]["input"] == {"id": "first", "score": 0.5, "tags": ["a"]}
        assert (found[1]["url"], found[1]["input"]["title"]) == ("https://averly.example/2", "Theirs")
        assert found[1]["title"] == newsclean.clean(PAGES[1]).title
        assert found[7]["fetched"] == "2025-03-14"
        told = [row["error"] and row["error"].split(":")[0] for row in found]
        assert told == [
            *(None, None, "JsonError", "ColumnError", "PageTypeError", "JsonError", "PageTypeError", None)
        ]
        assert found[3]["error"] == "ColumnError: no column 'text'; there are: id, title"

    @pytest.mark.parametrize(
        ("line", "column"),
        [
            ({"id": 1, "text": "x", "html": "y"}, "html"),
            ({"content": "x", "title": "y"}, "content"),
            ({"Raw_HTML": "x", "text": "y"}, "Raw_HTML"),
            ({"page": "x", "raw": "y"}, "page"),
        ],
    )
    def test_the_page_column_is_guessed(self, tmp_path: Path, line: dict[str, Any], column: str) -> None:
        line[column] = PAGES[0]
        (found,) = run_all(write_lines(tmp_path / "in.jsonl", [line]), tmp_path / "out.jsonl")
        assert found["text"] == newsclean.clean(PAGES[0]).text
        assert found["input"].keys() == line.keys() - {column}

    def test_no_page_column_ends_the_run_with_the_columns(self, tmp_path: Path) -> None:
        file = write_lines(tmp_path / "in.jsonl", [{"name": "x", "age": 3}])
        with pytest.raises(RunError, match="name it with --page: name, age"):
            run([file], tmp_path / "out.jsonl")
        with pytest.raises(RunError, match="no column 'text'; there are: name, age"):
            run([file], tmp_path / "out.jsonl", settings=Settings(columns=Columns("text")))
        (found,) = run_all(file, tmp_path / "out.jsonl", settings=Settings(columns=Columns("name")))
        assert found["text"] == "x"

    def test_which_columns_are_handed_on(self, tmp_path: Path) -> None:
        file = write_lines(tmp_path / "in.jsonl", [{"id": "a", "text": PAGES[0], "x": 1, "y": 2}])
        for keep, right in (
            (None, {"id": "a", "x": 1, "y": 2}),
            (frozenset("y"), {"y": 2}),
            (frozenset(), {}),
        ):
            settings = Settings(columns=Columns(None, keep))
            (found,) = run_all(file, tmp_path / "out.jsonl", settings=settings, force=True)
            assert (found["id"], found["input"]) == ("a", right)

    @pytest.mark.parametrize("suffix", [".gz", ".zst"])
    def test_compressed(self, tmp_path: Path, suffix: str) -> None:
        plain = write_lines(tmp_path / "in.jsonl", LINES)
        packed = tmp_path / f"in.jsonl{suffix}"
        pack: Callable[[bytes], bytes] = gzip.compress if suffix == ".gz" else zstandard.compress
        half = plain.read_bytes().index(b"\n", 3000)
        data = plain.read_bytes()
        packed.write_bytes(pack(data[:half]) + pack(data[half:]))  # of two members or frames
        wanted = run_all(plain, tmp_path / "a.jsonl")
        found = run_all(packed, tmp_path / "b.jsonl")
        assert [row["text"] for row in found] == [row["text"] for row in wanted]

    def test_a_broken_member_costs_what_stands_in_it(self, tmp_path: Path) -> None:
        members = [
            gzip.compress(
                "".join(json.dumps({"id": f"{m}-{n}", "text": story(n)}) + "\n" for n in range(3)).encode()
            )
            for m in range(4)
        ]
        members[1] = members[1][:-40]
        broken = bytearray(members[2])
        broken[40:60] = b"\xff" * 20
        (tmp_path / "in.jsonl.gz").write_bytes(b"".join([members[0], members[1], bytes(broken), members[3]]))
        found = run_all(tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl")
        whole = [row["id"] for row in found if row["error"] is None]
        assert set(whole) >= {"0-0", "0-1", "0-2", "3-0", "3-1", "3-2"}
        assert len(whole) == len(set(whole))
        assert any("gzip member" in error for error in errors(found).values())

    def test_a_line_that_is_too_long_is_not_held(self, tmp_path: Path) -> None:
        file = write_lines(
            tmp_path / "in.jsonl", [{"text": "word " * 500_000}, {"id": "b", "text": story(1)}]
        )
        found = run_all(file, tmp_path / "out.jsonl", cleaner=Cleaner(max_chars=1000))
        assert found[0]["error"] == "StreamError: the line is longer than 1060576 bytes"
        assert found[1]["text"] == newsclean.clean(story(1)).text

    def test_half_characters_pass(self, tmp_path: Path) -> None:
        file = write_lines(tmp_path / "in.jsonl", [json.dumps({"id": "\ud800", "text": story(1) + "\ud800"})])
        assert run_all(file, tmp_path / "out.jsonl")[0]["id"] == "\ud800"
        assert run_all(file, tmp_path / "out.parquet")[0]["id"] == "\\ud800"


class TestParquet:
    def test_in_and_out_say_what_json_lines_say(self, tmp_path: Path) -> None:
        pages: list[str | bytes | None] = [*PAGES, None, b"%PDF-1.7", html(PAGES[0])]
        binary = [page.encode() if isinstance(page, str) else page for page in pages]
        table = pa.table(
            {"html": binary, "url": [f"u{n}" for n in range(7)], "seen": [1.5] * 6 + [float("nan")]}
        )
        pq.write_table(table, tmp_path / "in.parquet", row_group_size=2)
        lines = run_all(tmp_path / "in.parquet", tmp_path / "out.jsonl", settings=Settings(checkpoint=3))
        columns = run_all(tmp_path / "in.parquet", tmp_path / "out.parquet", settings=Settings(checkpoint=3))
        assert [row["number"] for row in lines] == list(range(1, 8))
        assert lines[6]["input"] == {"url": "u6", "seen": None}
        assert lines[4]["error"] == "PageTypeError: the page in 'html' is null"
        for line, row in zip(lines, columns, strict=True):
            line.pop("schema_version")
            assert {**row, "input": json.loads(row["input"])} == line

    def test_a_file_that_is_none_is_a_row_with_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "in.parquet").write_bytes(b"PAR1 no, not really PAR1")
        (tmp_path / "page.txt").write_bytes(PAGES[0].encode())
        found = run_all([tmp_path / "in.parquet", tmp_path / "page.txt"], tmp_path / "out.jsonl")
        assert list(errors(found)) == [f"{(tmp_path / 'in.parquet').as_posix()}:1"]
        assert len(found) == 2

    def test_a_missing_column_is_named(self, tmp_path: Path) -> None:
        pq.write_table(pa.table({"a": ["x"]}), tmp_path / "in.parquet")
        with pytest.raises(RunError, match="no column 'b'; there are: a"):
            run([tmp_path / "in.parquet"], tmp_path / "out.jsonl", settings=Settings(columns=Columns("b")))

    def test_of_no_rows(self, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl").touch()
        assert run_all(tmp_path / "in.jsonl", tmp_path / "out.parquet") == []
        assert {"id", "text", "captions", "error"} <= set(pq.read_schema(tmp_path / "out.parquet").names)

    def test_values_that_json_lacks(self, tmp_path: Path) -> None:
        given: dict[str, list[Any]] = {
            "when": [datetime(2025, 3, 14, tzinfo=UTC)],
            "day": [date(2025, 3, 14)],
            "price": [Decimal("1.50")],
            "raw": [b"\xff"],
            "many": [{"a": [1, None]}],
            "text": [PAGES[0]],
        }
        pq.write_table(pa.table(given), tmp_path / "in.parquet")
        (found,) = run_all(
            tmp_path / "in.parquet", tmp_path / "out.jsonl", settings=Settings(columns=Columns("text"))
        )
        assert found["input"] == {
            "when": "2025-03-14T00:00:00+00:00", "day": "2025-03-14", "price": "1.50", "raw": "/w==",
            "many": {"a": [1, None]},
        }  # fmt: skip


def warc_record(kind: str, number: int, block: bytes, media_type: str, extra: str = "") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{number}>\r\n"
        f"WARC-Target-URI: https://averly.example/{number}\r\nWARC-Date: 2025-03-14T07:30:00Z\r\n"
        f"Content-Type: {media_type}\r\n{extra}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(number: int, body: bytes, *, head: str = "", status: str = "200 OK", extra: str = "") -> bytes:
    head = head if "content-type" in head.lower() else f"Content-Type: text/html; charset=utf-8\r\n{head}"
    block = f"HTTP/1.1 {status}\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    return warc_record("response", number, block, "application/http; msgtype=response", extra)


def archive(count: int = 10) -> list[bytes]:
    records = [warc_record("warcinfo", 0, b"software: none\r\n", "application/warc-fields")]
    for number in range(count):
        records.append(warc_record("request", number, b"GET / HTTP/1.1\r\n\r\n", "application/http"))
        records.append(response(number, html(story(number))))
    return records


class TestWebArchives:
    @pytest.mark.parametrize("form", ["members", "whole", "plain"])
    def test_pages_with_their_identity(self, tmp_path: Path, form: str) -> None:
        records = archive()
        data = b"".join(map(gzip.compress, records)) if form == "members" else b"".join(records)
        file = tmp_path / ("in.warc" if form == "plain" else "in.warc.gz")
        file.write_bytes(gzip.compress(data) if form == "whole" else data)
        counts = run([file], tmp_path / "out.jsonl")
        found = rows(tmp_path / "out.jsonl")
        assert [row["id"] for row in found] == [f"<urn:uuid:response-{n}>" for n in range(10)]
        assert [row["url"] for row in found] == [f"https://averly.example/{n}" for n in range(10)]
        assert {row["fetched"] for row in found} == {"2025-03-14T07:30:00Z"}
        assert [row["text"] for row in found] == [newsclean.clean(html(story(n))).text for n in range(10)]
        assert counts.skipped == {"request record": 10, "warcinfo record": 1}

    @pytest.mark.parametrize(
        ("name", "encode"),
        [
            ("gzip", gzip.compress),
            ("x-gzip", gzip.compress),
            ("br", brotli.compress),
            ("deflate", zlib.compress),
            ("deflate", lambda body: zlib.compress(body)[2:-4]),
            ("zstd", zstandard.compress),
            ("gzip", bytes),  # decoded when it was stored
            ("br", bytes),
            ("identity", bytes),
            ("gzip, br", lambda body: brotli.compress(gzip.compress(body))),
        ],
    )
    def test_content_encodings(self, tmp_path: Path, name: str, encode: Callable[[bytes], bytes]) -> None:
        page = html(story(3))
        file = tmp_path / "in.warc"
        file.write_bytes(response(3, encode(page), head=f"Content-Encoding: {name}\r\n"))
        (found,) = run_all(file, tmp_path / "out.jsonl")
        assert (found["error"], found["warnings"]) == (None, [])
        assert found["text"] == newsclean.clean(page).text

    @pytest.mark.parametrize(
        ("body", "reason"), [(b"\xff" * 50, "br is broken"), (b"\x00" * 50, "'x9' is unknown")]
    )
    def test_a_bad_encoding_is_an_error(self, tmp_path: Path, body: bytes, reason: str) -> None:
        name = "br" if reason.startswith("br") else "x9"
        (tmp_path / "in.warc").write_bytes(response(3, body, head=f"Content-Encoding: {name}\r\n"))
        (found,) = run_all(tmp_path / "in.warc", tmp_path / "out.jsonl")
        assert reason in found["error"]
        assert found["url"] == "https://averly.example/3"

    @pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
    def test_a_body_that_swells_is_an_error(self, tmp_path: Path, name: str) -> None:
        bomb = b" " * 5_000_000
        pack = {
            "gzip": gzip.compress,
            "deflate": zlib.compress,
            "br": brotli.compress,
            "zstd": zstandard.compress,
        }
        (tmp_path / "in.warc").write_bytes(
            response(3, pack[name](bomb), head=f"Content-Encoding: {name}\r\n")
        )
        (found,) = run_all(tmp_path / "in.warc", tmp_path / "out.jsonl", cleaner=Cleaner(max_chars=1000))
        assert found["error"] == "WarcError: the page is larger than 1052576 bytes"

    def test_chunks_are_put_together(self, tmp_path: Path) -> None:
        page = html(story(3))
        body = b"%x\r\n%b\r\n%x;x=y\r\n%b\r\n0\r\n\r\n" % (100, page[:100], len(page) - 100, page[100:])
        (tmp_path / "in.warc").write_bytes(
            response(3, body, head="Transfer-Encoding: chunked\r\n")
            + response(4, page, head="Transfer-Encoding: chunked\r\n")  # undone when it was stored
        )
        found = run_all(tmp_path / "in.warc", tmp_path / "out.jsonl")
        assert [row["text"] for row in found] == [newsclean.clean(page).text] * 2

    def test_the_header_names_the_encoding(self, tmp_path: Path) -> None:
        text = "Die Fähre fährt wieder. Am Montag legte sie ab, sagte die Besatzung.\n\n" + "Über Öl. " * 30
        (tmp_path / "in.warc").write_bytes(
            response(1, text.encode("cp1252"), head="content-type: text/plain;charset=ISO-8859-1\r\n")
        )
        (found,) = run_all(tmp_path / "in.warc", tmp_path / "out.jsonl")
        assert "Fähre fährt" in found["text"]

    def test_what_is_no_page_is_passed_over(self, tmp_path: Path) -> None:
        records = [
            response(1, b"gone", status="404 Not Found"),
            response(2, b"\x89PNG", head="Content-Type: image/png\r\n"),
            response(3, b"x", head="Content-Type: \r\n"),
            warc_record("revisit", 4, b"HTTP/1.1 200 OK\r\n\r\n", "application/http; msgtype=response"),
            warc_record("conversion", 5, PAGES[0].encode(), "text/plain"),
            warc_record("resource", 6, html(PAGES[1]), "text/html"),
            warc_record("response", 7, b"dns: nothing", "application/http"),
        ]
        (tmp_path / "in.warc").write_bytes(b"".join(records))
        counts = run([tmp_path / "in.warc"], tmp_path / "out.jsonl")
        found = rows(tmp_path / "out.jsonl")
        assert [row["url"][-1] for row in found] == ["5", "6", "7"]
        assert found[0]["text"] == newsclean.clean(PAGES[0]).text
        assert found[2]["error"] == "WarcError: the record holds no HTTP response"
        assert counts.skipped == {"status 404": 1, "image/png": 1, "no media type": 1, "revisit record": 1}

    def test_a_page_that_the_crawler_cut_off_is_truncated(self, tmp_path: Path) -> None:
        packed = gzip.compress(html(story(2)) + b" " * 900 + os.urandom(500).hex().encode())
        (tmp_path / "in.warc").write_bytes(
            response(1, html(story(1)), extra="WARC-Truncated: length\r\n")
            + response(2, packed[:-300], head="Content-Encoding: gzip\r\n")
            + response(3, html(story(3)))
        )
        counts = run([tmp_path / "in.warc"], tmp_path / "out.jsonl")
        found = rows(tmp_path / "out.jsonl")
        assert [row["truncated"] for row in found] == [True, True, False]
        assert found[0]["warnings"] == ["the crawler cut the page off (length)"]
        assert found[1]["warnings"][-1] == "the crawler cut the page off (the compressed body has no end)"
        assert counts.truncated == 2

    @pytest.mark.parametrize("harm", ["flipped", "cut", "garbage", "no magic"])
    def test_a_broken_member_costs_no_other(self, tmp_path: Path, harm: str) -> None:
        members = list(map(gzip.compress, archive()))
        which = 2 * 4 + 2  # the response of page 4
        bad = bytearray(members[which])
        if harm == "flipped":
            bad[len(bad) // 2 : len(bad) // 2 + 6] = b"\xff\x00\xff\x00\xff\x00"
        elif harm == "cut":
            bad = bad[:90]
        elif harm == "garbage":
            bad = bytearray(b"garbage " * 40) + bad
        else:
            bad[:2] = b"\x00\x00"
        members[which] = bytes(bad)
        (tmp_path / "in.warc.gz").write_bytes(b"".join(members))
        found = run_all(tmp_path / "in.warc.gz", tmp_path / "out.jsonl")
        whole = [row["url"][-1] for row in found if row["error"] is None]
        assert [n for n in whole if n != "4"] == list("012356789")
        assert ("4" in whole) == (harm == "garbage")
        assert len(errors(found)) == 1
        assert next(iter(errors(found).values())).startswith("WarcError: ")

    def test_a_wrong_length_costs_few_others(self, tmp_path: Path) -> None:
        records = archive()
        records[8] = records[8].replace(b"Content-Length: ", b"Content-Length: 1", 1)
        (tmp_path / "in.warc").write_bytes(b"".join(records))
        found = run_all(tmp_path / "in.warc", tmp_path / "out.jsonl")
        whole = [row["url"][-1] for row in found if row["error"] is None]
        assert len(whole) == len(set(whole))
        assert set("012") | set("789") <= set(whole)
        assert len(errors(found)) >= 1

    @pytest.mark.parametrize("suffix", ["", ".gz"])
    def test_an_archive_that_is_cut_off(self, tmp_path: Path, suffix: str) -> None:
        records = archive()
        data = b"".join(map(gzip.compress, records)) if suffix else b"".join(records)
        (tmp_path / f"in.warc{suffix}").write_bytes(data[:-150])
        found = run_all(tmp_path / f"in.warc{suffix}", tmp_path / "out.jsonl")
        assert len(found) == 10
        assert errors(found) == {
            "<urn:uuid:response-9>": "WarcError: the archive ends in the middle of this record"
        }

    def test_a_file_that_is_no_archive(self, tmp_path: Path) -> None:
        (tmp_path / "in.warc").write_bytes(b"Dear reader, this is a letter.\n" * 100)
        (found,) = run_all(tmp_path / "in.warc", tmp_path / "out.jsonl")
        assert found["error"].startswith("WarcError: the archive is broken behind byte 0")


FORMS = [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"]


class TestOutput:
    @pytest.mark.parametrize("form", FORMS)
    def test_parts_join_into_the_same_rows(self, folder: Path, tmp_path: Path, form: str) -> None:
        one = run_all(folder, tmp_path / f"one{form}", settings=Settings(checkpoint=1000))
        many = run_all(folder, tmp_path / f"many{form}", settings=Settings(checkpoint=2))
        assert len(one) == 9
        assert many == one
        assert names_in(tmp_path) == sorted(["pages", f"one{form}", f"many{form}"])

    def test_full_rows_can_be_read_back(self, folder: Path, tmp_path: Path) -> None:
        found = run_all(folder, tmp_path / "out.jsonl", settings=Settings(full=True))
        for row in found:
            page = Path(row["id"]).read_bytes()
            assert Document.from_dict(row) == newsclean.clean(page)

    def test_full_rows_are_not_for_parquet(self, folder: Path, tmp_path: Path) -> None:
        with pytest.raises(RunError, match="JSON Lines"):
            run([folder], tmp_path / "out.parquet", settings=Settings(full=True))

    def test_a_limit(self, folder: Path, tmp_path: Path) -> None:
        found = run_all(folder, tmp_path / "out.jsonl", settings=Settings(limit=4, checkpoint=3))
        assert [Path(row["id"]).name for row in found] == ["a.txt", "c.html", "d.htm", "e.TXT"]

    def test_several_processes_give_the_same_file(self, folder: Path, tmp_path: Path) -> None:
        (folder / "bad.txt").write_bytes(b"%PDF-1.7")
        run([folder], tmp_path / "one.jsonl")
        run([folder], tmp_path / "two.jsonl", workers=2)
        assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()

    def test_a_page_that_takes_too_long_has_failed(self, folder: Path, tmp_path: Path) -> None:
        (folder / "a.txt").write_bytes("\n\n".join(map(story, range(3000))).encode())
        counts = run_in([folder], tmp_path / "out.jsonl", workers=1, timeout=0.2)
        found = rows(tmp_path / "out.jsonl")
        assert found[0]["error"].startswith("PageTimeoutError: ")
        assert (counts.pages, counts.failed) == (9, len(errors(found)))
        assert all(error.startswith("PageTimeoutError: ") for error in errors(found).values())

    def test_an_output_that_is_there_is_left_alone(self, folder: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.jsonl"
        out.write_bytes(b"mine\n")
        with pytest.raises(RunError, match="--force replaces it"):
            run([folder], out)
        assert out.read_bytes() == b"mine\n"
        assert run([folder], out, resume=True).pages == 0
        assert out.read_bytes() == b"mine\n"
        run([folder], out, force=True)
        assert len(rows(out)) == 9

    @pytest.mark.parametrize(
        ("inputs", "out", "reason"),
        [
            ("pages", "out.csv", "has to end in"),
            ("pages", "nowhere/out.jsonl", "no such folder"),
            ("nothing", "out.jsonl", "no such file or folder"),
            ("empty", "out.jsonl", "nothing to read"),
            ("picture.png", "out.jsonl", "does not tell what it holds"),
        ],
    )
    def test_what_cannot_run(self, folder: Path, tmp_path: Path, inputs: str, out: str, reason: str) -> None:
        (tmp_path / "empty").mkdir()
        (tmp_path / "picture.png").touch()
        with pytest.raises(RunError, match=reason):
            run([folder.parent / inputs], tmp_path / out)
        assert names_in(tmp_path) == ["empty", "pages", "picture.png"]

    def test_counts(self, folder: Path, tmp_path: Path) -> None:
        (folder / "menu.txt").write_bytes(b"Home\nNews\nSport\n")
        (folder / "bad.txt").write_bytes(b"%PDF-1.7")
        counts = run([folder], tmp_path / "out.jsonl", settings=Settings(checkpoint=2))
        found = rows(tmp_path / "out.jsonl")
        assert (counts.pages, counts.cleaned, counts.without_article, counts.failed) == (11, 9, 1, 1)
        assert counts.truncated == sum(bool(row["truncated"]) for row in found)
        fired: dict[str, int] = {}
        for part in (part for row in found for part in row["removed"] or ()):
            fired[part["rule_id"]] = fired.get(part["rule_id"], 0) + 1
        assert counts.rules == fired
        assert sum(counts.roles.values()) == sum(fired.values())
        assert Counts.from_dict(counts.to_dict()) == counts


KILLED = """
import os, signal, sys
from pathlib import Path
from newsclean.batch import Settings, run

left = int(sys.argv[1])

def dying(function):
    def counted(*arguments, **options):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return counted

for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink"), (Path, "rename")):
    setattr(owner, name, dying(getattr(owner, name)))
run([sys.argv[2]], sys.argv[3], settings=Settings(checkpoint=4), workers=0)
"""


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of fourteen pages, among them a line that is broken and many that are blank."""
    given: list[object] = [{"id": n, "text": story(n)} for n in range(14)]
    given[5:5] = ["{broken", "", "", '{"id": "x", "text": null}']
    return write_lines(tmp_path_factory.mktemp("lines") / "in.jsonl", given)


class TestResume:
    @pytest.mark.parametrize(
        ("form", "step"),
        [
            *((".jsonl.gz", step) for step in (1, 2, 3, 5, 6, 8, 10, 13, 16, 18, 19, 20, 21)),
            *((form, step) for form in (".jsonl", ".jsonl.zst", ".parquet") for step in (7, 18)),
        ],
    )
    def test_after_a_kill_at_any_step(self, lines: Path, tmp_path: Path, form: str, step: int) -> None:
        out, right = tmp_path / f"out{form}", tmp_path / f"right{form}"
        died = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", KILLED, str(step), str(lines), str(out)],
            env=ENVIRONMENT,
            check=False,
            capture_output=True,
        )
        assert died.returncode == -signal.SIGKILL, died.stderr.decode()
        assert not out.exists() or not (folder_of(out) / "whole.tmp").exists()
        counts = run([lines], out, settings=Settings(checkpoint=4), resume=True)
        wanted = run([lines], right, settings=Settings(checkpoint=4))
        assert out.read_bytes() == right.read_bytes()
        assert len(rows(out)) == 16
        assert counts in (wanted, Counts())  # nothing was left to do if it died while tidying up
        assert names_in(tmp_path) == sorted([out.name, right.name])

    def test_the_steps_reach_the_end(self, lines: Path, tmp_path: Path) -> None:
        done = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", KILLED, "60", str(lines), str(tmp_path / "out.jsonl")],
            env=ENVIRONMENT,
            check=False,
            capture_output=True,
        )
        assert (done.returncode, done.stderr) == (0, b"")

    @pytest.mark.parametrize(("workers", "points"), [("0", (1, 4, 9)), ("2", (3,))])
    def test_the_command_killed_at_several_points(
        self, tmp_path: Path, workers: str, points: tuple[int, ...]
    ) -> None:
        (tmp_path / "pages").mkdir()
        records = [warc_record("warcinfo", 0, b"", "text/plain"), *archive(60)]
        (tmp_path / "pages" / "in.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
        for number in range(20):
            (tmp_path / "pages" / f"z{number:02}.txt").write_bytes(story(number).encode())
        command = ["run", "pages", "--checkpoint", "5", "--quiet", "-o"]
        right, out = tmp_path / "right.jsonl.gz", tmp_path / "out.jsonl.gz"
        assert _command(*command, right.name, "--workers", "0", cwd=tmp_path).wait() == 0
        journal = folder_of(out) / "journal.jsonl"
        kills = 0
        for parts in points:
            more = ["--resume"] if kills else []
            process = _command(*command, out.name, "--workers", workers, *more, cwd=tmp_path)
            _wait_for_lines(journal, parts)
            process.kill()
            kills += process.wait() == -signal.SIGKILL
            assert not out.exists()
        assert kills == len(points)
        assert _command(*command, out.name, "--resume", "--workers", "0", cwd=tmp_path).wait() == 0
        assert out.read_bytes() == right.read_bytes()
        assert len(rows(out)) == 80

    def test_a_run_that_was_not_finished_is_not_begun_anew_by_chance(
        self, lines: Path, tmp_path: Path
    ) -> None:
        out = _cut_off(lines, tmp_path)
        with pytest.raises(RunError, match="--resume goes on with it, --force begins anew"):
            run([lines], out, settings=Settings(checkpoint=4))
        run([lines], out, settings=Settings(checkpoint=4), force=True)
        assert len(rows(out)) == 16

    def test_other_settings_are_refused_by_name(self, lines: Path, tmp_path: Path) -> None:
        out = _cut_off(lines, tmp_path)
        for changed, reason in (
            ({"settings": Settings(checkpoint=5)}, "checkpoint was 4, and is 5 now"),
            ({"cleaner": Cleaner(mode="keep-more")}, "mode was 'balanced', and is 'keep-more' now"),
            ({"cleaner": Cleaner(without="en.newsletter")}, "rules was"),
        ):
            options: dict[str, Any] = {"settings": Settings(checkpoint=4), **changed}
            with pytest.raises(RunError, match=reason):
                run([lines], out, resume=True, **options)
        run([lines], out, resume=True, settings=Settings(checkpoint=4), timeout=60)
        assert len(rows(out)) == 16

    def test_other_inputs_are_refused(self, lines: Path, tmp_path: Path) -> None:
        mine = tmp_path / "mine.jsonl"
        mine.write_bytes(lines.read_bytes())
        out = _cut_off(mine, tmp_path)
        mine.write_bytes(lines.read_bytes() + b"\n")
        with pytest.raises(RunError, match="the inputs have changed"):
            run([mine], out, settings=Settings(checkpoint=4), resume=True)

    def test_one_process_at_a_time(self, lines: Path, tmp_path: Path) -> None:
        out = _cut_off(lines, tmp_path)
        held = Journal(out, ".jsonl")
        held._hold()
        try:
            for resume in (True, False):
                with pytest.raises(RunError, match="another process works on it"):
                    run([lines], out, settings=Settings(checkpoint=4), resume=resume, force=not resume)
        finally:
            held.release()
        run([lines], out, settings=Settings(checkpoint=4), resume=True)
        assert len(rows(out)) == 16

    @pytest.mark.parametrize("harm", ["torn line", "part gone", "part cut", "later part gone"])
    def test_what_the_disk_lost_is_done_again(self, lines: Path, tmp_path: Path, harm: str) -> None:
        out = _cut_off(lines, tmp_path)
        parts = sorted(folder_of(out).glob("part-*"))
        assert len(parts) == 2
        if harm == "torn line":
            journal = folder_of(out) / "journal.jsonl"
            journal.write_bytes(journal.read_bytes()[:-30])
        elif harm == "part cut":
            parts[1].write_bytes(parts[1].read_bytes()[:-5])
        else:
            parts[harm == "later part gone"].unlink()
        run([lines], out, settings=Settings(checkpoint=4), resume=True)
        run([lines], tmp_path / "right.jsonl", settings=Settings(checkpoint=4))
        assert out.read_bytes() == (tmp_path / "right.jsonl").read_bytes()

    def test_a_journal_that_says_nothing_is_refused(self, lines: Path, tmp_path: Path) -> None:
        out = _cut_off(lines, tmp_path)
        (folder_of(out) / "journal.jsonl").write_bytes(b"")
        with pytest.raises(RunError, match="is damaged"):
            run([lines], out, settings=Settings(checkpoint=4), resume=True)

    def test_without_an_earlier_run_it_begins(self, lines: Path, tmp_path: Path) -> None:
        run([lines], tmp_path / "out.jsonl", resume=True)
        assert len(rows(tmp_path / "out.jsonl")) == 16

    def test_a_limit_holds_over_both_runs(self, lines: Path, tmp_path: Path) -> None:
        out = _cut_off(lines, tmp_path, limit=10)
        run([lines], out, settings=Settings(checkpoint=4, limit=10), resume=True)
        assert len(rows(out)) == 10


class Interrupt:
    """Breaks a run off after so many pages."""

    def __init__(self, pages: int) -> None:
        self.left = pages
        self.ended = False

    def begin(self, inventory: Inventory, done: int, counts: Counts) -> None:
        assert (inventory.files, done, counts.pages) == (1, 0, 0)

    def page(self, record: Record, document: Document, done: int) -> None:
        assert record.id
        assert (document.error is None) == bool(document.text)
        assert done > 0
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt

    def end(self) -> None:
        self.ended = True


def _cut_off(source: Path, folder: Path, **settings: Any) -> Path:
    """An output of which two parts are done, and half of the third."""
    out, watcher = folder / "out.jsonl", Interrupt(10)
    with pytest.raises(KeyboardInterrupt):
        run([source], out, settings=Settings(checkpoint=4, **settings), watcher=watcher)
    assert watcher.ended
    return out


def _command(*words: str, cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "newsclean", *words], cwd=cwd, env=ENVIRONMENT, stderr=subprocess.DEVNULL
    )


def _wait_for_lines(journal: Path, count: int) -> None:
    """Wait until a journal has more than so many lines."""
    end = monotonic() + 300
    while not journal.exists() or journal.read_bytes().count(b"\n") <= count:
        assert monotonic() < end
        sleep(0.005)


class TestFeed:
    def test_reads_no_further_than_it_is_asked(self, tmp_path: Path) -> None:
        file = write_lines(tmp_path / "in.jsonl", [{"text": story(n)} for n in range(50)])
        feed = _feed(file)
        jobs = feed.jobs()
        for _ in range(3):
            next(jobs)
        assert len(feed.waiting) == 3
        assert all(item.record is not None and item.record.page is None for item in list(feed.waiting)[:2])

    def test_many_records_without_a_page_do_not_pile_up(self, tmp_path: Path) -> None:
        file = write_lines(tmp_path / "in.jsonl", [{"text": "x"}, *(["{broken"] * 1000), {"text": "y"}])
        feed = _feed(file)
        pages, most = [], 0
        for job in feed.jobs():
            pages.append(job.page)
            most = max(most, len(feed.waiting))
            while feed.waiting:
                feed.waiting.popleft()
        assert (pages[0], pages[-1], set(pages[1:-1])) == ("x", "y", {""})
        assert most <= 101

    def test_what_is_passed_over_is_one_item(self, tmp_path: Path) -> None:
        (tmp_path / "in.warc").write_bytes(b"".join(archive()[:2] * 500) + response(1, html(story(1))))
        feed = _feed(tmp_path / "in.warc")
        assert sum(job.page != "" for job in feed.jobs()) == 1
        assert sum(item.skipped.skipped.total() for item in feed.waiting) == 1000
        assert len(feed.waiting) < 25


def _feed(file: Path) -> Feed:
    def sources() -> Iterator[Source]:
        return list_sources([file])

    return Feed(Reader(), sources, Place(), None, (None, None))


class TestReader:
    def test_says_where_it_could_not_go_on(self, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl.zst").write_bytes(
            zstandard.compress(b'{"text": "x"}\n' * 500)[:-4] + b"\0\0\0\0"
        )
        (source,) = list_sources([tmp_path / "in.jsonl.zst"])
        found = list(Reader().read(source, Meter()))
        assert found
        assert all(isinstance(item, Record) for item in found)
        assert not any(isinstance(item, Skipped | Broken) for item in found)

    def test_an_extra_that_is_missing_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "in.warc").write_bytes(b"".join(archive()))
        (tmp_path / "page.txt").write_bytes(story(1).encode())
        for module, name, out in (
            ("fastwarc", "in.warc", "a.jsonl"),
            ("zstandard", "page.txt", "b.jsonl.zst"),
            ("pyarrow", "page.txt", "c.parquet"),
        ):
            code = (
                f"import sys; sys.modules[{module!r}] = None\n"
                f"from newsclean.cli import main\nsys.exit(main(['run', {name!r}, '-o', {out!r}]))"
            )
            done = subprocess.run(  # noqa: S603 - our own code
                [sys.executable, "-c", code], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False
            )
            assert done.returncode == 2
            assert b"pip install 'newsclean[" in done.stderr, done.stderr
            assert not (tmp_path / out).exists()
            assert not folder_of(tmp_path / out).exists()


class TestCommand:
    def test_all_fine(self, folder: Path, tmp_path: Path, capsys: Capture) -> None:
        assert main(["run", str(folder), "-o", str(tmp_path / "out.jsonl"), "--workers", "0"]) == 0
        said = capsys.readouterr()
        assert said.out == ""
        lines = said.err.splitlines()
        assert lines[0].startswith("9 pages: 9 cleaned (")
        assert lines[0].endswith(f"0 without article, 0 failed; written to {tmp_path / 'out.jsonl'}")
        assert lines[1].startswith("parts removed: ")

    def test_some_failed(self, folder: Path, tmp_path: Path, capsys: Capture) -> None:
        for number in range(30):
            (folder / f"bad-{number:02}.txt").write_bytes(b"%PDF-1.7")
        out = tmp_path / "out.jsonl"
        assert main(["run", str(folder), "-o", str(out), "--workers", "0"]) == 1
        said = capsys.readouterr().err.splitlines()
        assert sum("BinaryPageError" in line for line in said) == 10
        assert "newsclean run: more pages failed; see their error in the output" in said
        assert main(["run", str(folder), "-o", str(out), "--force", "--quiet", "--workers", "0"]) == 1
        assert capsys.readouterr().err == ""

    def test_could_not_run(self, folder: Path, tmp_path: Path, capsys: Capture) -> None:
        out = str(tmp_path / "out.jsonl")
        for words in (["nowhere", "-o", out], [str(folder), "-o", out, "--pack", "nowhere.toml"]):
            assert main(["run", *words]) == 2
            assert capsys.readouterr().err.startswith("newsclean run: nowhere")
        assert names_in(tmp_path) == ["pages"]
        for words in (["x"], ["x", "-o", out, "--workers", "-1"], ["x", "-o", out, "--timeout", "-1"]):
            with pytest.raises(SystemExit) as ended:
                main(["run", *words])
            assert ended.value.code == 2

    def test_options_reach_the_run(self, lines: Path, tmp_path: Path) -> None:
        out, summary = tmp_path / "out.jsonl", tmp_path / "summary.json"
        words = ["--page", "text", "--keep", "id", "--full", "--limit", "3", "--checkpoint", "2", "--quiet"]
        words += ["--summary", str(summary), "--workers", "0", "--timeout", "60", "--mode", "keep-more"]
        words += ["--without", "en.newsletter", "--kind", "text", "--witness", "never"]
        assert main(["run", str(lines), "-o", str(out), *words]) == 0
        found = rows(out)
        cleaner = Cleaner(mode="keep-more", without="en.newsletter", witness="never")
        assert [row["input"] for row in found] == [{"id": 0}, {"id": 1}, {"id": 2}]
        for number, row in enumerate(found):
            assert Document.from_dict(row) == cleaner.clean(story(number), kind="text")
        assert json.loads(summary.read_text(encoding="utf-8"))["pages"] == 3

    def test_resuming_what_is_whole(self, lines: Path, tmp_path: Path, capsys: Capture) -> None:
        out = str(tmp_path / "out.jsonl")
        assert main(["run", str(lines), "-o", out, "--workers", "0"]) == 1
        capsys.readouterr()
        assert main(["run", str(lines), "-o", out, "--resume"]) == 0
        assert capsys.readouterr().err == f"newsclean run: {out} is whole already; nothing to resume\n"

    def test_an_interrupt_says_how_to_go_on(
        self, lines: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = tmp_path / "out.jsonl"
        words = ["run", str(lines), "-o", str(out), "--workers", "0", "--checkpoint", "4"]
        with monkeypatch.context() as patch:
            breaking = Interrupt(6)
            patch.setattr(Progress, "page", lambda _self, *told: breaking.page(*told))
            assert main(words) == 130
        assert "interrupted; --resume goes on from here" in capsys.readouterr().err
        assert not out.exists()
        assert main([*words, "--resume"]) == 1
        assert len(rows(out)) == 16

    def test_the_plain_command_takes_a_file_called_run(self, tmp_path: Path) -> None:
        (tmp_path / "run").write_bytes(PAGES[0].encode())
        done = subprocess.run(
            [sys.executable, "-m", "newsclean", "./run"],
            cwd=tmp_path,
            env=ENVIRONMENT,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0
        assert done.stdout.decode().splitlines() == newsclean.clean(PAGES[0]).text.splitlines()

    def test_help_names_the_commands(self, capsys: Capture) -> None:
        with pytest.raises(SystemExit):
            main(["--help"])
        said = capsys.readouterr().out
        assert "newsclean run INPUT... -o OUT" in said
        assert "newsclean rules" in said


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestProgress:
    def test_a_terminal_sees_pages_rate_and_time_left(
        self, lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        screen = Terminal()
        monkeypatch.setattr(sys, "stderr", screen)
        run([lines], tmp_path / "out.jsonl", watcher=Progress())
        last = screen.getvalue().split("\r")[-1]
        assert "100%" in last
        assert "16 pages, 2 failed" in last
        assert "/s" in last
        assert "<" in last

    def test_no_terminal_sees_no_bar(self, lines: Path, tmp_path: Path, capsys: Capture) -> None:
        run([lines], tmp_path / "out.jsonl", watcher=Progress())
        assert "%" not in capsys.readouterr().err

    def test_a_resumed_bar_begins_where_it_was(
        self, lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = _cut_off(lines, tmp_path)
        screen = Terminal()
        monkeypatch.setattr(sys, "stderr", screen)
        run([lines], out, settings=Settings(checkpoint=4), resume=True, watcher=Progress())
        first = next(part for part in screen.getvalue().split("\r") if "pages" in part)
        assert "8 pages" in first
