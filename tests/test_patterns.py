"""No pattern explodes: neither those that RE2 runs nor those of Python's own engine, which goes back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import newsclean
from newsclean import Cleaner, RulePackError

sys.path.insert(0, str(Path(__file__).parent))
import hostile_strings

HERE = Path(__file__).parent
LIMIT = 240
"""Seconds for what takes some thirty: a single pattern whose time grows with the square takes longer."""

PACK = """
[[rule]]
id = "en.advert.tide-table"
role = "advert"
pattern = '''{}'''
why = "An advert."
examples = ["Our tide table hangs in every kitchen"]
counterexamples = []
"""


def run(engine: str) -> str:
    """What is printed by trying all patterns of an engine; fails where the time is up."""
    package = Path(newsclean.__file__).parent.parent
    with subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-W", "ignore", "-u", str(HERE / "hostile_strings.py"), engine],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(package), str(HERE.parent))),
            "PYTHONIOENCODING": "utf-8",
        },
    ) as process:
        try:
            said, _ = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            said, _ = process.communicate()
            pytest.fail(f"not done in {LIMIT} seconds; the last is the slow one:\n{said[-2000:]}")
    assert process.returncode == 0, said[-2000:]
    return said


@pytest.mark.parametrize(("engine", "least"), [("re", 150), ("re2", 900)])
def test_time_is_linear(engine: str, least: int) -> None:
    last = run(engine).splitlines()[-1]
    tried = re.fullmatch(r"(\d+) patterns tried", last)
    assert tried, last
    assert int(tried[1]) >= least


def test_a_pattern_that_goes_back_over_its_steps_would_be_noticed() -> None:
    slow = re.compile(r"\s+$")
    steps = hostile_strings.slowest(slow, "finditer", 2_000, most=1)
    assert steps
    assert set(steps[0](50).strip("ab\x01")) <= set(" \t\n\r")


class TestPackOfOnesOwn:
    @pytest.mark.parametrize(
        ("pattern", "reason"),
        [
            (r"^our (?=tide)", "invalid perl operator: (?="),
            (r"(?<!the )tide table", "invalid perl operator: (?<"),
            (r"(tide) \1", "invalid escape sequence: \\1"),
            (r"(?>tide)", "invalid perl operator: (?>"),
            (r"tide++", "bad repetition operator: ++"),
            (r"(tide", "missing ): (tide"),
            (r"(?:a{1000}){1000}", "invalid repetition size: {1000}"),
            (r"(?:(?:\p{L}{900}){30}){30}", "invalid repetition size: {30}"),
        ],
    )
    def test_that_the_engine_does_not_take_is_refused_with_file_rule_and_reason(
        self, tmp_path: Path, pattern: str, reason: str
    ) -> None:
        file = tmp_path / "karsund.toml"
        file.write_text(PACK.format(pattern), encoding="utf-8")
        with pytest.raises(RulePackError) as caught:
            Cleaner(packs=[file])
        said = str(caught.value)
        assert said.startswith(f"{file}: rule 'en.advert.tide-table': RE2 does not take the pattern: ")
        assert reason in said

    def test_that_would_explode_elsewhere_takes_no_time(self, tmp_path: Path) -> None:
        file = tmp_path / "karsund.toml"
        file.write_text(PACK.format(r"(?i)^(?:(?:our|a+)+)+ tide table"), encoding="utf-8")
        page = f"The ferry sailed again on Monday, the crew said.\n\n{'a' * 100_000}"
        assert Cleaner(packs=[file]).clean(page).page_text == page
