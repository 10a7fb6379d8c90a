"""A page that crashes its process, hangs in it, or is too large costs one row of a run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newsclean import Cleaner
from newsclean.arrow import clean_table
from newsclean.batch import Settings, run
from newsclean.batch.run import _told
from newsclean.cli import main

sys.path.insert(0, str(Path(__file__).parent))
from hurt_cleaner import HurtCleaner

STORY = (
    "The night ferry to Averly sailed again on Monday after two winters in dry dock, with ninety on board."
)
DEEP = "<html><body>" + "<div>" * 60


def rows(out: Path) -> list[dict[str, Any]]:
    if out.suffix == ".parquet":
        return list(pq.read_table(out).to_pylist())
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_each_costs_one_row(tmp_path: Path, suffix: str) -> None:
    pages = {"a": STORY, "b": "crash", "c": STORY, "d": "hang", "e": "die", "f": "Home\n" * 2001, "g": STORY}
    folder = tmp_path / "in"
    folder.mkdir()
    for name, page in pages.items():
        (folder / f"{name}.txt").write_bytes(page.encode())
    out = tmp_path / f"out{suffix}"
    run([folder], out, cleaner=HurtCleaner(max_blocks=2000), workers=2, timeout=5.0)
    found = {Path(row["id"]).stem: (row["error"] or "").partition(":")[0] for row in rows(out)}
    hurt = {"b": "WorkerError", "d": "PageTimeoutError", "e": "WorkerError", "f": "TooManyBlocksError"}
    assert found == {**dict.fromkeys(pages, ""), **hurt}


def test_the_command_takes_the_limits(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({"page": page}) + "\n" for page in (STORY, "Home\n" * 20, DEEP)),
        "utf-8",
    )
    out = tmp_path / "out.jsonl"
    limits = ["--max-blocks", "10", "--max-depth", "50", "--max-chars", "1000"]
    assert (
        main(["run", str(tmp_path / "in.jsonl"), "-o", str(out), "--workers", "0", "--quiet", *limits]) == 1
    )
    assert [row["error"] for row in rows(out)] == [
        None,
        "TooManyBlocksError: the page has 20 lines; the limit is 10",
        "PageTooDeepError: the page has 62 elements inside one another; the limit is 50",
    ]


@pytest.mark.parametrize("option", ["--max-blocks", "--max-depth", "--max-chars"])
def test_the_command_refuses_a_limit_that_is_none(capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert main([option, "0", __file__]) == 2
    assert capsys.readouterr().err == f"newsclean: {option[2:].replace('-', '_')} must be at least 1, not 0\n"


def test_a_run_with_other_limits_does_not_go_on() -> None:
    cleaners = (Cleaner(), Cleaner(max_depth=5), Cleaner(max_blocks=5))
    told = [_told(cleaner, Settings()) for cleaner in cleaners]
    assert len({json.dumps(one, sort_keys=True) for one in told}) == 3


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        (f"<p>{STORY}</p>" * 4_900, True),
        (f"<p>{STORY}</p>" * 5_100, False),
        (f"<p>{STORY}</p>{'<i></i>' * 99_000}", True),
        (f"<p>{STORY}</p><table><tr>{'<td>a</td>' * 500}</table>", True),
        (f"<p>{STORY}</p><table><tr>{'<td>a</td>' * 501}</table>", False),
        (f"<p>{STORY}</p>{'<i></i>' * 101_000}", False),
    ],
)
def test_trafilatura_is_not_asked_about_a_page_on_which_it_would_hang(
    monkeypatch: pytest.MonkeyPatch, page: str, asked: bool
) -> None:
    trees: list[object] = []

    def ask(tree: object) -> str:
        trees.append(tree)
        return ""

    monkeypatch.setattr("newsclean.witness._ask", ask)
    assert Cleaner(witness="always").clean(page, kind="html").found_article
    assert bool(trees) is asked


def test_the_arrow_kernel_gives_a_row_for_a_page_over_a_limit() -> None:
    table = pa.table({"page": [STORY, "Home\n" * 20, STORY]})
    found = clean_table(table, cleaner=Cleaner(max_blocks=10)).to_pylist()
    assert [row["error"] for row in found] == [
        None,
        "TooManyBlocksError: the page has 20 lines; the limit is 10",
        None,
    ]
    assert [row["text"] for row in found] == [STORY, None, STORY]
