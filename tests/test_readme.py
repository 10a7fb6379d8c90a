"""Runs every block of README.md and compares what comes out with what stands there.

    python tests/test_readme.py

writes the outputs of today into README.md; look at the difference before you commit it.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean.evidence import REMOVED_ROLES
from newsclean.rules.patterns import PARTS

sys.path.insert(0, str(Path(__file__).parent))
from hurt_cleaner import HurtCleaner

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
SET_UP = 2
ENGINES = ("spark", "ray", "datasets", "datatrove")


@dataclass
class Block:
    """A fenced block: its language, the name behind it, its text, and its first line in the file."""

    language: str
    name: str
    body: str
    line: int


def blocks(text: str) -> list[Block]:
    found = []
    for match in _BLOCK.finditer(text):
        language, _, name = match["info"].strip().partition(" ")
        found.append(Block(language, name, match["body"], text.count("\n", 0, match.start()) + 2))
    return found


class Session:
    """One folder and one Python session in which the blocks run in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "readme"}
        self.printed: str | None = None
        self.status = 0

    def run(self, block: Block) -> str | None:
        """Run a block and give the text that it should have, or None where that is not fixed."""
        match block.language, block.name:
            case "python", "":
                assert self.printed is None, "the output of the block before is not shown"
                self.printed = self._python(block) or None
            case "python", name if name in ENGINES:
                pass  # test_engines.py runs it, on a crawl
            case "text", "":
                assert self.printed is not None, "nothing printed this"
                shown, self.printed = self.printed, None
                return shown
            case "console", "":
                return self._console(block.body)
            case "text", "how it works":
                _check_names(block.body)
            case (("text" | "toml" | "html"), name) if re.fullmatch(r"[a-z-]+\.(?:txt|toml|html)", name):
                (self.folder / name).write_bytes(block.body.encode("utf-8"))
            case "sh", "":
                _check_set_up(block.body)
            case _:
                raise AssertionError(f"no test runs blocks of the kind {block.language!r} {block.name!r}")
        return None

    def _python(self, block: Block) -> str:
        output = io.StringIO()
        code = compile("\n" * (block.line - 1) + block.body, str(README), "exec")
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(output):
            exec(code, self.names)  # noqa: S102 - our own README
        return output.getvalue()

    def _console(self, body: str) -> str:
        """A console block with the outputs of today: standard output, then standard error."""
        lines = []
        for line in body.splitlines():
            if line.startswith("$ "):
                lines += [line + "\n", self._command(line[2:])]
        assert lines, "a console block without a command"
        return "".join(lines)

    def _command(self, command: str) -> str:
        if command == "echo $?":
            return f"{self.status}\n"
        words, files = [], {}
        rest = iter(shlex.split(command))
        for word in rest:
            if word in ("<", ">"):
                files[word] = self.folder / next(rest)
            else:
                words.append(word)
        assert words[0] == "newsclean", f"no test runs {command!r}"
        # PYTHONPATH names the newsclean under test, wherever it was imported from.
        package = Path(newsclean.__file__).parent.parent
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "newsclean", *words[1:]],
            input=files["<"].read_bytes() if "<" in files else b"",
            capture_output=True,
            check=False,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(package), "PYTHONIOENCODING": "utf-8"},
        )
        self.status = done.returncode
        output = done.stdout.decode("utf-8").replace("\r\n", "\n")
        if ">" in files:
            assert output
            files[">"].write_bytes(output.encode("utf-8"))
            output = ""
        return output + done.stderr.decode("utf-8").replace("\r\n", "\n")


def _check_names(picture: str) -> None:
    """Everything of the form module.name in the picture is there."""
    found = re.findall(r"^[ |]*([a-z]+(?:\.\w+)+)", picture, re.MULTILINE)
    assert len(found) > 5
    for dotted in found:
        item: object = importlib.import_module("newsclean")
        path = "newsclean"
        for name in dotted.split("."):
            path = f"{path}.{name}"
            if not hasattr(item, name):
                importlib.import_module(path)
            item = getattr(item, name)


def _check_set_up(body: str) -> None:
    """A set-up command is one line, and .ci/run runs the same line."""
    assert body.count("\n") == 1
    assert body.startswith(("python3 -m venv .venv && ", "python3 -m venv --upgrade-deps .venv && "))
    assert body.rstrip("\n") in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def rewritten(text: str, folder: Path) -> Iterator[tuple[Block, str]]:
    """Each block with the body that it should have."""
    session = Session(folder)
    for block in blocks(text):
        shown = session.run(block)
        yield block, block.body if shown is None else shown
    assert session.printed is None, "the output of the last block is not shown"


def _text() -> str:
    return README.read_text(encoding="utf-8")


def test_every_block_does_what_it_shows(tmp_path: Path) -> None:
    for block, right in rewritten(_text(), tmp_path):
        assert block.body == right, f"README.md, line {block.line}"


def test_there_is_no_code_outside_the_blocks() -> None:
    text = _text()
    rest = _BLOCK.sub("", text)
    assert "```" not in rest
    assert "~~~" not in rest
    assert "<pre" not in rest
    assert not re.search(r"^(?: {4}|\t)", rest, re.MULTILINE)
    assert [b.language for b in blocks(text)].count("sh") == SET_UP


@pytest.mark.parametrize("info", ["bash", "", "py", "text page", "python show", "json", "toml ../x.toml"])
def test_a_block_of_another_kind_is_refused(tmp_path: Path, info: str) -> None:
    with pytest.raises(AssertionError):
        list(rewritten(f"```{info}\nprint(1)\n```\n", tmp_path))


def test_the_packs_examples_hold(tmp_path: Path) -> None:
    found = {b.name: b.body for b in blocks(_text()) if b.name}
    for name, body in found.items():
        (tmp_path / name).write_bytes(body.encode("utf-8"))
    cleaner = newsclean.Cleaner(packs=tmp_path / "my-pack.toml")
    (rule,) = (r for r in cleaner.rules.rules if r.id == "en.advert.tide-table")
    before, after = found["page.txt"].split("\n\nCritics")
    assert rule.examples
    assert rule.counterexamples
    for line in (*rule.examples, *rule.counterexamples):
        document = cleaner.clean(f"{before}\n\n{line}\n\nCritics{after}")
        deciders = [part.rule_id for part in document.removed if part.text == line]
        assert deciders == ([rule.id] if line in rule.examples else [])
        assert (line in document.paragraphs) == (line in rule.counterexamples)
    with pytest.raises(newsclean.RulePackError, match=r"broken\.toml: rule 'en\.advert\.tide-table': "):
        newsclean.Cleaner(packs=tmp_path / "broken.toml")


def test_the_roles_and_parts_are_all_named() -> None:
    (line,) = re.findall(r"^- Roles of what is removed: (.*)\.$", _text(), re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", line)) == sorted(role.value for role in REMOVED_ROLES)
    (line,) = re.findall(r"^- `pattern` is RE2.*$", _text(), re.MULTILINE)
    assert set(re.findall(r"`\{\{(\w+)\}\}`", line)) == set(PARTS)


ARTICLE = (
    "The night ferry sailed on Monday with ninety people on board, the crew said. It left at noon.\n\n"
    "Tickets cost what they did before the engine failed, the company says, and the council has paid for it."
)
FIGURE = (
    "<figure><img src=f.jpg>"
    "<figcaption>The ferry at quay {} in the morning, seen from the hill above the town</figcaption></figure>"
)
PAGES: list[str | bytes | tuple[bytes, str]] = [
    " \n",
    "Home\nNews\nSport\n",
    "<html><body><div id=app></div><script src=app.js></script></body></html>",
    "".join(f"<article><h2>Day {n}</h2><p>{n}. {ARTICLE}</p></article>" for n in range(4)),
    f"<h1>Ferry</h1><p>{ARTICLE}</p>" + "".join(FIGURE.format(n) for n in range(8)) + f"<p>{ARTICLE}</p>",
    "<html><body>" + "<div>" * 300 + f"<p>{ARTICLE}</p>",
    f"{ARTICLE} “Café,” he said: no – never.".encode("cp1252"),
    (f"{ARTICLE} “Café,” he said: no – never.".encode(), "iso-8859-1"),
    (ARTICLE.encode(), "klingon"),
    f"{ARTICLE} é é é é é é é é".encode() + b"\xff",
    ARTICLE.encode("utf-16-le"),
    ARTICLE + "\ud800",
    ARTICLE + "\x00",
    ARTICLE + "\x01" * 100,
]
WRONG = {
    "PageTypeError": None,
    "BinaryPageError": b"%PDF-1.7",
    "PageTooLargeError": "x" * 201,
    "PageTooDeepError": "<html>" + "<div>" * 20,
    "TooManyBlocksError": "x\n" * 21,
}
HURTFUL = {"PageTimeoutError": "hang", "WorkerError": "die"}


def _first_column(head: str) -> list[str]:
    table = _text().partition(f"| {head} |")[2].partition("\n\n")[0]
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


def test_the_table_of_warnings_is_true() -> None:
    shown = [
        re.compile(re.escape(row).replace(re.escape("..."), r"[\w-]+")) for row in _first_column("warning")
    ]
    assert len(shown) == len(PAGES)
    for given, row in zip(PAGES, shown, strict=True):
        page, charset = given if isinstance(given, tuple) else (given, None)
        warnings = newsclean.clean(page, charset=charset).warnings
        assert any(row.fullmatch(warning) for warning in warnings), row.pattern


def test_the_table_of_errors_is_true() -> None:
    assert _first_column("error") == [*WRONG, *HURTFUL]
    also: dict[str, type[Exception]] = {
        "PageTypeError": TypeError,
        "BinaryPageError": ValueError,
        "PageTooLargeError": ValueError,
        "PageTooDeepError": ValueError,
        "TooManyBlocksError": ValueError,
        "PageTimeoutError": TimeoutError,
        "WorkerError": RuntimeError,
    }
    cleaner = HurtCleaner(max_chars=200, max_depth=20, max_blocks=20)
    for name, page in (WRONG | HURTFUL).items():
        found = cleaner.clean_many([page], workers=int(name in HURTFUL), timeout=10, on_error="raise")  # type: ignore[list-item]
        with pytest.raises(newsclean.PageError) as caught:
            list(found)
        assert type(caught.value).__name__ == name
        assert isinstance(caught.value, also[name])
    assert issubclass(newsclean.PageError, newsclean.NewscleanError)
    assert issubclass(newsclean.RulePackError, newsclean.NewscleanError)


def test_options_of_the_command_exist() -> None:
    helps = b"".join(
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "newsclean", *command, "--help"],
            capture_output=True,
            check=True,
            cwd=Path(newsclean.__file__).parent.parent,
        ).stdout
        for command in ([], ["run"], ["rules"])
    )
    named = set(re.findall(r"`(?:newsclean )?(--[a-z-]+)", _text()))
    assert named >= {"--json", "--explain", "--mode", "--pack", "--without", "--max-chars", "--witness"}
    assert named <= set(re.findall(r"--[a-z-]+", helps.decode("utf-8")))


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", _BLOCK.sub("", _text())):
        assert (ROOT / target).is_file(), target


def main() -> None:
    text = _text()
    with tempfile.TemporaryDirectory() as folder:
        bodies = [right for _, right in rewritten(text, Path(folder))]
    fresh = iter(bodies)
    new = _BLOCK.sub(lambda match: f"```{match['info']}\n{next(fresh)}```", text)
    README.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
