"""Runs notebooks/*.ipynb and writes their outputs of today into them.

    python tests/update_notebooks.py

Look at the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
_LIMIT = 300
"""Seconds for one cell."""


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def executed(path: Path) -> Any:
    """The notebook with the outputs of a run in its own folder; CellExecutionError where a cell fails."""
    notebook = read(path)
    metadata = dict(notebook.metadata)
    client = NotebookClient(
        notebook, timeout=_LIMIT, record_timing=False, resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    notebook.metadata = metadata  # what the kernel adds is the version of Python
    return notebook


def main() -> None:
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        nbformat.write(executed(path), path)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
