"""Writes fixtures/*/snapshot.txt: what clean() gives for each page, and why.

    python tests/update_snapshots.py

Look at the difference before you commit it: a snapshot shows a change, it does not approve it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import fixture_pages

from newsclean import Document, clean


def snapshot(document: Document) -> str:
    """A document as lines that a person can compare."""
    lines = [
        f"{name}: {getattr(document, name)}"
        for name in ("title", "standfirst", "publisher", "aggregator", "section", "date", "truncated")
    ]
    lines.append(f"authors: {'; '.join(document.authors)}")
    lines += [f"warning: {warning}" for warning in document.warnings]
    lines += [
        f"caption after {c.position}: {c.text} | {c.credit} | {c.photographer} | {c.agency}"
        for c in document.captions
    ]
    lines.append("")
    for block in document.blocks:
        reason = f"  [{block.rule_id}]" if block.role.value not in ("body", "heading") else ""
        lines.append(f"{block.role.value:10} | {' '.join(block.text.split())}{reason}")
    return "\n".join(lines) + "\n"


def main() -> None:
    for name in fixture_pages.names():
        target = fixture_pages.FIXTURES / name / "snapshot.txt"
        target.write_text(snapshot(clean(fixture_pages.load(name).page)), encoding="utf-8")


if __name__ == "__main__":
    main()
