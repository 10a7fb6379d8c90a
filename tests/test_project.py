"""What holds for the project as a whole: version, types, docstrings, and what an import does."""

from __future__ import annotations

import doctest
import importlib
import inspect
import os
import pkgutil
import re
import subprocess
import sys
import tomllib
from importlib import metadata, resources
from pathlib import Path

import pytest

import newsclean

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    name
    for _, name, _ in pkgutil.walk_packages(newsclean.__path__, "newsclean.")
    if name != "newsclean.__main__"  # it runs the command
)


def _after_import(code: str) -> str:
    """What a fresh interpreter prints that runs the code around ``import newsclean``."""
    package = Path(newsclean.__file__).parent.parent
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(package)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


class TestVersion:
    def test_is_that_of_the_installed_package(self) -> None:
        assert metadata.version("newsclean") == newsclean.__version__

    def test_stands_first_in_the_changelog(self) -> None:
        log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        versions = re.findall(r"^## \[([^\]]+)\]", log, re.MULTILINE)
        assert versions[0] == newsclean.__version__


class TestPackage:
    def test_is_marked_as_typed(self) -> None:
        assert (resources.files("newsclean") / "py.typed").is_file()

    def test_has_its_data_and_its_packs(self) -> None:
        assert (resources.files("newsclean.data") / "structure.json").is_file()
        packs = [f.name for f in (resources.files("newsclean.rules") / "packs").iterdir()]
        assert "common.toml" in packs

    def test_every_module_can_be_imported(self) -> None:
        assert len(MODULES) > 10
        for name in MODULES:
            importlib.import_module(name)


class TestPublicNames:
    def test_are_sorted_and_unique(self) -> None:
        assert newsclean.__all__ == sorted(set(newsclean.__all__))

    @pytest.mark.parametrize("name", newsclean.__all__)
    def test_exists_and_is_explained(self, name: str) -> None:
        item = getattr(newsclean, name)
        assert _own_docstring(item), f"{name} has no docstring"
        if inspect.isclass(item):
            bare = [key for key, member in _public_members(item) if not (member.__doc__ or "").strip()]
            assert bare == [], f"{name} has members without a docstring"

    def test_are_all_that_the_package_shows(self) -> None:
        shown = {
            name
            for name, item in vars(newsclean).items()
            if not name.startswith("_") and not inspect.ismodule(item)
        }
        assert shown == set(newsclean.__all__)


def _own_docstring(item: object) -> str:
    """A docstring that a person wrote: not inherited, and not the signature that a dataclass gets."""
    text = str(vars(item).get("__doc__") or "") if inspect.isclass(item) else inspect.getdoc(item) or ""
    return "" if re.match(r"\w+\(", text) else text.strip()


def _public_members(item: type) -> list[tuple[str, property | classmethod[object, ..., object] | object]]:
    kinds = (property, classmethod, staticmethod)
    return [
        (key, member)
        for key, member in vars(item).items()
        if not key.startswith("_") and (inspect.isfunction(member) or isinstance(member, kinds))
    ]


class TestImport:
    def test_brings_in_nothing_heavy(self) -> None:
        loaded = _after_import("import sys, newsclean; print(*sys.modules)").split()
        assert "newsclean.cleaner" in loaded
        heavy = {
            "charset_normalizer",
            "webencodings",
            "cloudpickle",
            "loky",
            "multiprocessing",
            "pebble",
            "tqdm",
            "trafilatura",
            "lxml",
            "pandas",
            "polars",
            "pyarrow",
            "numpy",
            "scipy",
            "hypothesis",
            "pytest",
        }
        assert heavy & set(loaded) == set()

    def test_sets_up_no_logging(self) -> None:
        code = (
            "import logging, newsclean\n"
            "known = [logging.root, *map(logging.getLogger, list(logging.root.manager.loggerDict))]\n"
            "print([logger.name for logger in known if logger.handlers])"
        )
        assert _after_import(code) == "[]\n"

    def test_touches_neither_network_nor_files_nor_processes(self) -> None:
        code = (
            "import sys\n"
            "sys.dont_write_bytecode = True\n"
            "def watch(event, args):\n"
            "    writes = event == 'open' and isinstance(args[1], str) and set(args[1]) & set('wax+')\n"
            "    started = ('socket.', 'urllib.', 'subprocess.', 'os.system', 'os.fork')\n"
            "    if writes or event.startswith(started):\n"
            "        print(event, args)\n"
            "sys.addaudithook(watch)\n"
            "import newsclean\n"
            "newsclean.clean('The ferry is back. It sailed at noon, the crew said.')\n"
        )
        assert _after_import(code) == ""


@pytest.mark.parametrize("name", ["newsclean", *MODULES])
def test_examples_in_docstrings_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_there_are_examples_in_docstrings() -> None:
    assert sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES) > 0


class TestContributing:
    def test_its_commands_are_those_of_the_project(self) -> None:
        text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
        commands = [
            line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()
        ]
        set_up, checks, snapshots, *more = commands
        assert set_up in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
        assert checks == ".ci/run"
        assert (ROOT / snapshots.split()[-1]).is_file()
        for command in more:
            assert command.startswith(".venv/bin/"), command

    def test_its_rule_is_one_that_holds(self, tmp_path: Path) -> None:
        text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
        (pack,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
        file = tmp_path / "pack.toml"
        file.write_text(pack, encoding="utf-8")
        cleaner = newsclean.Cleaner(packs=file)
        (entry,) = tomllib.loads(pack)["rule"]
        (rule,) = (rule for rule in cleaner.rules.rules if rule.id == entry["id"])
        for line in rule.examples:
            assert rule.id in {e.rule_id for e in cleaner.rules.evidence(line, len(line.split()))}
        for line in rule.counterexamples:
            assert line in cleaner.clean(line).text
