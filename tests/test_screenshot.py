"""The picture in README.md is of the report as it is today."""

from __future__ import annotations

import re
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import chromium
import update_screenshot
from update_screenshot import PICTURE

ROOT = Path(__file__).parent.parent


def test_it_shows_the_report_of_today(tmp_path: Path) -> None:
    today = update_screenshot.digest(update_screenshot.write_report(tmp_path))
    assert update_screenshot.told(PICTURE.read_bytes()) == today, (
        "python tests/update_screenshot.py takes a new one"
    )


def test_it_is_a_small_picture_that_the_readme_shows() -> None:
    assert PICTURE.stat().st_size < 200_000
    (shown,) = re.findall(r"!\[[^\]]{20,}\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert ROOT / shown == PICTURE


def test_it_can_be_taken_again(tmp_path: Path) -> None:
    report = update_screenshot.write_report(tmp_path)
    with chromium.opened() as browser:
        picture = update_screenshot.take(report, browser)
    assert update_screenshot.told(picture) == update_screenshot.digest(report)
    assert struct.unpack(">II", picture[16:24])[0] == 860
