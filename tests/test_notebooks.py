"""The notebooks in notebooks/: they run, and their stored outputs are what a run gives."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

sys.path.insert(0, str(Path(__file__).parent))
import update_notebooks
from update_notebooks import NOTEBOOKS

import newsclean

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))


@pytest.fixture(autouse=True)
def _the_newsclean_under_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel, a process of its own, imports the newsclean that the tests import."""
    monkeypatch.setenv("PYTHONPATH", str(Path(newsclean.__file__).parent.parent))


def cells(notebook: Any) -> list[dict[str, Any]]:
    return [{"source": c.source, "outputs": c.get("outputs")} for c in notebook.cells]


def test_there_is_one() -> None:
    assert NOTEBOOKS / "first-page.ipynb" in PATHS


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_its_outputs_are_those_of_a_run(path: Path) -> None:
    stored = update_notebooks.read(path)
    nbformat.validate(stored)
    assert any(cell.get("outputs") for cell in stored.cells)
    for was, now in zip(cells(stored), cells(update_notebooks.executed(path)), strict=True):
        assert was == now, "python tests/update_notebooks.py writes the outputs anew"


def test_the_first_one_shows_the_page_and_a_frame_of_captions() -> None:
    outputs = [
        output.get("data", {}).get("text/html", "")
        for cell in update_notebooks.read(NOTEBOOKS / "first-page.ipynb").cells
        for output in cell.get("outputs", ())
    ]
    assert any('class="newsclean-view' in output for output in outputs)
    assert any("<th>photographer</th>" in output and "<th>credit</th>" in output for output in outputs)


def test_a_notebook_that_fails_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "broken.ipynb"
    shutil.copy(NOTEBOOKS / "first-page.ipynb", path)  # away from fixtures/
    with pytest.raises(CellExecutionError, match="FileNotFoundError"):
        update_notebooks.executed(path)
