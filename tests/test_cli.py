"""The command line, called in this process and as a program of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest

import newsclean
from newsclean import Document
from newsclean.cli import main

FIRST = (
    "The ferry between Karsund and the outer islands is running again after two winters in dry dock. It "
    "left the quay at noon on Monday with ninety people on board, the crew said."
)
PLUG = "Buy the Courier tide table today"
PAGE = f"""Skip to content

Ferry returns to Karsund after two winters away

By Ines Talbot

{FIRST}

Islanders had waited on the slipway since dawn with bread, flags and a brass band. “We had almost forgotten \
the sound of that horn,” said Marit Lund, who has kept the shop by the pier for thirty years.

{PLUG}

The company says the ship will make four crossings a day until October, and two in the winter months. \
Tickets cost the same as they did before the engine failed.

Critics on the council say that the repair took too long and cost too much. A report on the matter is due \
in the spring, according to the mayor.

Copyright 2024 The Karsund Courier. All rights reserved.
"""
OTHER = """Bakery reopens on the hill

The bakery on the hill above Karsund opened its doors again on Friday, a year after the flood ruined its \
ovens and the flour of a whole winter. By nine in the morning there was nothing left to sell.

The baker, who is seventy-one, said that she had thought of giving up but that the children of the town had \
written her letters. She has pinned them to the wall behind the counter.

The mayor bought the last loaf, the paper reports, and ate it in the street with the harbour master while it \
rained on both of them.
"""
MENU = "Home\nNews\nSport\nLog in\n"
PACK = """
[[rule]]
id = "en.advert.tide-table"
role = "advert"
pattern = "^Buy the Courier tide table"
why = "Sells a booklet."
examples = ["Buy the Courier tide table today"]
counterexamples = []
"""

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "other.txt").write_text(OTHER, encoding="utf-8")
    (tmp_path / "menu.txt").write_text(MENU, encoding="utf-8")
    (tmp_path / "binary.pdf").write_bytes(b"%PDF-1.7\n\x00\x01")
    (tmp_path / "pack.toml").write_text(PACK, encoding="utf-8")
    return tmp_path


def run(
    *arguments: str,
    page: bytes = b"",
    stdout: int = subprocess.PIPE,
    cwd: Path | None = None,
    encoding: str = "utf-8",
) -> subprocess.CompletedProcess[bytes]:
    """``python -m newsclean`` with the newsclean that is being tested."""
    root = Path(newsclean.__file__).parent.parent
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "newsclean", *arguments],
        input=page,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": encoding},
    )


def lines(output: bytes) -> list[str]:
    return output.decode("utf-8").splitlines()


class TestFiles:
    def test_one_file_prints_its_text(self, folder: Path, capsys: Capture) -> None:
        assert main([str(folder / "page.txt")]) == 0
        output = capsys.readouterr()
        assert output.out == newsclean.clean(PAGE).text + "\n"
        assert output.out.startswith(FIRST)
        assert output.err == ""

    def test_several_files_are_parted_by_a_blank_line(self, folder: Path, capsys: Capture) -> None:
        assert main([str(folder / "page.txt"), str(folder / "other.txt")]) == 0
        texts = [newsclean.clean(PAGE).text, newsclean.clean(OTHER).text]
        assert capsys.readouterr().out == "\n\n".join(texts) + "\n"

    def test_a_missing_file_does_not_stop_the_others(self, folder: Path, capsys: Capture) -> None:
        missing = str(folder / "missing.txt")
        assert main([str(folder / "page.txt"), missing, str(folder / "other.txt")]) == 2
        output = capsys.readouterr()
        assert FIRST in output.out
        assert "The bakery on the hill" in output.out
        assert output.err.startswith(f"newsclean: {missing}: ")
        assert len(output.err.splitlines()) == 1

    def test_a_missing_first_file_leaves_no_blank_line(self, folder: Path, capsys: Capture) -> None:
        assert main([str(folder / "missing.txt"), str(folder / "page.txt")]) == 2
        assert capsys.readouterr().out == newsclean.clean(PAGE).text + "\n"

    def test_a_folder_is_no_page(self, folder: Path, capsys: Capture) -> None:
        assert main([str(folder)]) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert output.err.startswith(f"newsclean: {folder}: ")

    def test_a_binary_file_is_named_with_the_reason(self, folder: Path, capsys: Capture) -> None:
        assert main([str(folder / "binary.pdf"), "--json"]) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert output.err == f"newsclean: {folder / 'binary.pdf'}: the page is a PDF document, not text\n"

    def test_a_page_over_the_limit(self, folder: Path, capsys: Capture) -> None:
        assert main(["--max-chars", "100", str(folder / "page.txt")]) == 2
        assert "the limit is" in capsys.readouterr().err

    def test_a_page_within_the_limit(self, folder: Path) -> None:
        assert main(["--max-chars", str(len(PAGE)), str(folder / "page.txt")]) == 0


class TestStatusAndWarnings:
    def test_a_page_without_an_article_is_printed_whole(self, folder: Path, capsys: Capture) -> None:
        assert main([str(folder / "menu.txt")]) == 1
        output = capsys.readouterr()
        assert output.out.split() == ["Home", "News", "Sport", "Log", "in"]
        assert output.err == (
            f"newsclean: {folder / 'menu.txt'}: warning: no article body found; nothing was removed\n"
        )

    def test_an_empty_page_is_no_article(self, folder: Path, capsys: Capture) -> None:
        (folder / "empty.txt").write_bytes(b"")
        assert main([str(folder / "empty.txt")]) == 1
        assert "warning: the page is empty" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("names", "status"),
        [
            (["page.txt", "other.txt"], 0),
            (["menu.txt", "page.txt"], 1),
            (["page.txt", "menu.txt"], 1),
            (["menu.txt", "missing.txt", "page.txt"], 2),
            (["missing.txt", "menu.txt"], 2),
        ],
    )
    def test_the_worst_page_decides(self, folder: Path, names: list[str], status: int) -> None:
        assert main([str(folder / name) for name in names]) == status

    def test_a_note_on_decoding_is_a_warning_and_no_failure(self, folder: Path, capsys: Capture) -> None:
        (folder / "wide.txt").write_bytes(PAGE.encode("utf-16-le"))
        assert main([str(folder / "wide.txt")]) == 0
        output = capsys.readouterr()
        assert output.out.startswith(FIRST)
        assert "wide.txt: warning: decoded as utf-16-le" in output.err


class TestForms:
    def test_json_is_one_line_a_page(self, folder: Path, capsys: Capture) -> None:
        assert main(["--json", str(folder / "page.txt"), str(folder / "other.txt")]) == 0
        rows = capsys.readouterr().out.splitlines()
        assert [Document.from_dict(json.loads(row)) for row in rows] == [
            newsclean.clean(PAGE),
            newsclean.clean(OTHER),
        ]

    def test_json_of_a_page_without_an_article_carries_the_warning(
        self, folder: Path, capsys: Capture
    ) -> None:
        assert main(["--json", str(folder / "menu.txt")]) == 1
        table = json.loads(capsys.readouterr().out)
        assert table["warnings"] == ["no article body found; nothing was removed"]

    def test_explain_prints_the_table(self, folder: Path, capsys: Capture) -> None:
        assert main(["--explain", str(folder / "page.txt")]) == 0
        assert capsys.readouterr().out == newsclean.clean(PAGE).explain() + "\n"

    def test_explain_in_a_width(self, folder: Path, capsys: Capture) -> None:
        assert main(["--explain", "--width", "90", str(folder / "page.txt")]) == 0
        output = capsys.readouterr().out
        assert output == newsclean.clean(PAGE).explain(90) + "\n"
        assert max(map(len, output.splitlines())) <= 90

    def test_json_and_explain_exclude_each_other(self, folder: Path, capsys: Capture) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["--json", "--explain", str(folder / "page.txt")])
        assert caught.value.code == 2
        assert "not allowed with" in capsys.readouterr().err


class TestSettings:
    @pytest.mark.parametrize("mode", ["keep-more", "balanced", "remove-more"])
    def test_every_mode_finds_the_article(self, folder: Path, capsys: Capture, mode: str) -> None:
        assert main(["--mode", mode, str(folder / "page.txt")]) == 0
        output = capsys.readouterr()
        assert FIRST in output.out
        assert "Copyright" not in output.out
        assert output.err == ""

    @pytest.mark.parametrize("cut", ["", "Critics on the council"])
    def test_a_mode_that_removes_more_keeps_less(self, folder: Path, capsys: Capture, cut: str) -> None:
        """Also on a short article: PAGE without its last paragraph."""
        paragraphs = PAGE.split("\n\n")
        page = "\n\n".join(p for p in paragraphs if not cut or not p.startswith(cut))
        (folder / "page.txt").write_text(page, encoding="utf-8")
        kept = []
        for mode in ("keep-more", "balanced", "remove-more"):
            main(["--mode", mode, str(folder / "page.txt")])
            kept.append(set(capsys.readouterr().out.splitlines()))
        more, balanced, less = kept
        assert FIRST in less
        assert more >= balanced >= less

    @pytest.mark.parametrize("kind", ["html", "text"])
    def test_what_the_pages_are(self, folder: Path, capsys: Capture, kind: Literal["html", "text"]) -> None:
        page = f"<p>{FIRST}</p>"
        (folder / "page.txt").write_text(page, encoding="utf-8")
        main(["--kind", kind, "--json", str(folder / "page.txt")])
        document = Document.from_dict(json.loads(capsys.readouterr().out))
        assert document == newsclean.clean(page, kind=kind)
        assert document.page_text == (FIRST if kind == "html" else page)

    @pytest.mark.parametrize("charset", ["koi8-r", "text/html; charset=KOI8-R"])
    def test_the_encoding_that_the_server_named(self, folder: Path, capsys: Capture, charset: str) -> None:
        line = "Паром снова ходит между островами."
        (folder / "page.txt").write_text(line, encoding="koi8-r")
        main(["--charset", charset, str(folder / "page.txt")])
        output = capsys.readouterr()
        assert output.out == f"{line}\n"
        assert "declared" not in output.err

    def test_an_unknown_encoding_is_a_warning(self, folder: Path, capsys: Capture) -> None:
        assert main(["--charset", "klingon", str(folder / "page.txt")]) == 0
        output = capsys.readouterr()
        assert output.out.startswith(FIRST)
        assert output.err.endswith("page.txt: warning: the unknown encoding 'klingon' was ignored\n")

    def test_an_unknown_kind(self, capsys: Capture) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["--kind", "xml"])
        assert caught.value.code == 2
        assert "html" in capsys.readouterr().err

    def test_an_unknown_mode(self, capsys: Capture) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["--mode", "fierce"])
        assert caught.value.code == 2
        assert "remove-more" in capsys.readouterr().err

    def test_a_pack_of_ones_own(self, folder: Path, capsys: Capture) -> None:
        assert main(["--pack", str(folder / "pack.toml"), "--json", str(folder / "page.txt")]) == 0
        document = Document.from_dict(json.loads(capsys.readouterr().out))
        assert PLUG not in document.text
        assert [r.text for r in document.removed if r.rule_id == "en.advert.tide-table"] == [PLUG]

    def test_a_rule_switched_off(self, folder: Path, capsys: Capture) -> None:
        pack = str(folder / "pack.toml")
        arguments = ["--pack", pack, "--without", "en.advert.tide-table", "--json", str(folder / "page.txt")]
        assert main(arguments) == 0
        assert "Sells a booklet." not in capsys.readouterr().out

    def test_several_rules_switched_off(self, folder: Path, capsys: Capture) -> None:
        assert main(["--without", "en.newsletter", "--without", "en.legal", str(folder / "page.txt")]) == 0
        expected = newsclean.Cleaner(without=["en.newsletter", "en.legal"]).clean(PAGE).text
        assert capsys.readouterr().out == expected + "\n"

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            (["--without", "no.such.rule"], "no rule 'no.such.rule' to switch off"),
            (["--max-chars", "0"], "max_chars must be at least 1, not 0"),
        ],
    )
    def test_a_bad_setting_ends_the_run(
        self, folder: Path, capsys: Capture, arguments: list[str], reason: str
    ) -> None:
        assert main([*arguments, str(folder / "page.txt")]) == 2
        output = capsys.readouterr()
        assert (output.out, output.err) == ("", f"newsclean: {reason}\n")

    @pytest.mark.parametrize("content", [None, b"=", b"\xff\xfe", PACK.replace("advert", "banana").encode()])
    def test_a_bad_pack_ends_the_run_and_is_named(
        self, folder: Path, capsys: Capture, content: bytes | None
    ) -> None:
        pack = folder / "bad.toml"
        if content is not None:
            pack.write_bytes(content)
        assert main(["--pack", str(pack), str(folder / "page.txt")]) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert output.err.startswith(f"newsclean: {pack}: ")
        assert len(output.err.splitlines()) == 1

    def test_version(self, capsys: Capture) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["--version"])
        assert caught.value.code == 0
        assert capsys.readouterr().out == f"newsclean {newsclean.__version__}\n"

    def test_help_tells_the_exit_status(self, capsys: Capture) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["--help"])
        assert caught.value.code == 0
        assert "exit status: 0 every page gave an article" in capsys.readouterr().out

    @pytest.mark.parametrize("arguments", [["--colour"], ["--max-chars", "many"], ["--width", "wide"]])
    def test_wrong_arguments(self, capsys: Capture, arguments: list[str]) -> None:
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
        assert capsys.readouterr().err.startswith("usage: newsclean")


class TestStandardInput:
    @pytest.mark.parametrize("arguments", [[], ["-"]])
    def test_is_read_as_bytes(
        self, monkeypatch: pytest.MonkeyPatch, capsys: Capture, arguments: list[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode()), encoding="ascii"))
        assert main(arguments) == 0
        assert capsys.readouterr().out == newsclean.clean(PAGE).text + "\n"

    def test_between_files(self, folder: Path) -> None:
        done = run(str(folder / "other.txt"), "-", page=PAGE.encode())
        texts = [newsclean.clean(OTHER).text, newsclean.clean(PAGE).text]
        assert lines(done.stdout) == "\n\n".join(texts).splitlines()

    def test_trouble_with_it_is_reported_under_its_sign(self) -> None:
        done = run(page=b"%PDF-1.7")
        assert (done.returncode, done.stdout) == (2, b"")
        assert lines(done.stderr) == ["newsclean: -: the page is a PDF document, not text"]


class TestProgram:
    def test_text(self, folder: Path) -> None:
        done = run(str(folder / "page.txt"))
        assert (done.returncode, done.stderr) == (0, b"")
        assert lines(done.stdout) == newsclean.clean(PAGE).text.splitlines()

    def test_status_reaches_the_shell(self, folder: Path) -> None:
        assert run(str(folder / "menu.txt")).returncode == 1
        assert run(str(folder / "missing.txt")).returncode == 2
        assert run("--colour").returncode == 2

    def test_warnings_go_to_the_other_stream(self, folder: Path) -> None:
        done = run("--json", str(folder / "menu.txt"), str(folder / "page.txt"))
        assert [Document.from_dict(json.loads(line)).found_article for line in lines(done.stdout)] == [
            False,
            True,
        ]
        assert [line.rpartition(": ")[2] for line in lines(done.stderr)] == [
            "no article body found; nothing was removed"
        ]

    def test_characters_that_the_output_lacks_are_escaped(self, folder: Path) -> None:
        done = run(str(folder / "page.txt"), encoding="ascii")
        assert (done.returncode, done.stderr) == (0, b"")
        assert "\\u201cWe had almost forgotten" in done.stdout.decode("ascii")

    def test_explain_in_ascii(self, folder: Path) -> None:
        done = run("--explain", str(folder / "page.txt"), encoding="ascii")
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.isascii()

    @pytest.mark.parametrize("copies", [1, 20])
    @pytest.mark.parametrize("form", [[], ["--json"], ["--explain"]])
    def test_a_closed_pipe_ends_the_run_quietly(self, folder: Path, copies: int, form: list[str]) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        try:
            done = run(*form, *[str(folder / "page.txt")] * copies, stdout=writer)
        finally:
            os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")

    def test_version_from_the_shell(self) -> None:
        done = run("--version")
        assert (done.returncode, lines(done.stdout)) == (0, [f"newsclean {newsclean.__version__}"])

    def test_a_file_name_outside_ascii(self, folder: Path) -> None:
        file = folder / "fähre.txt"
        file.write_bytes(MENU.encode())
        done = run(str(file), encoding="ascii")
        assert done.returncode == 1
        assert b"warning: no article body found" in done.stderr

    def test_names_are_looked_up_in_the_working_directory(self, folder: Path) -> None:
        done = run("page.txt", cwd=folder)
        assert done.returncode == 0
        assert lines(done.stdout)[0] == FIRST
