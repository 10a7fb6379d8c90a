"""A page gives one document: in any thread, in any order, under any hash seed, locale and time zone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import newsclean

PROGRAM = Path(__file__).parent / "read_pages.py"
PAGES = 2
"""One fixture of so many is read."""
PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC0", "PYTHONHASHSEED": "0"}
THREADS = 8


def _read(
    threads: int, witness: str, step: int, env: dict[str, str], *flags: str
) -> tuple[dict[str, Any], list[bytes]]:
    """What a fresh process ran under, and the documents that it gave."""
    settings = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LC_", "LANG", "TZ"))}
    package = str(Path(newsclean.__file__).parent.parent)
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, *flags, str(PROGRAM), str(threads), witness, str(step)],
        capture_output=True,
        check=False,
        env={**settings, "PYTHONPATH": package, **PLAIN, **env},
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-3000:]
    under, *documents = done.stdout.split(b"\n")
    return json.loads(under), documents


@cache
def _plainly(witness: str, step: int) -> tuple[dict[str, Any], list[bytes]]:
    return _read(1, witness, step, {})


def _assert_same(documents: list[bytes], plain: list[bytes]) -> None:
    assert len(plain) > 20
    # Not compared as lists: pytest would work for minutes on the difference of megabytes.
    differ = [i for i, pair in enumerate(zip(plain, documents, strict=True)) if pair[0] != pair[1]]
    assert differ == [], (plain[differ[0]][:2000], documents[differ[0]][:2000])


@pytest.mark.parametrize("witness", ["auto", "always"])
def test_eight_threads_that_share_a_cleaner_give_what_one_gives(witness: str) -> None:
    """In a process where nothing is loaded yet: all begin at once, each with its own order of the pages."""
    _, documents = _read(THREADS, witness, 3, {})
    _assert_same(documents, _plainly(witness, 3)[1])


def test_asking_trafilatura_tells() -> None:
    """Else the threads that ask it would show nothing."""
    assert _plainly("always", 3)[1] != _plainly("auto", 3)[1]


@pytest.mark.parametrize("seed", ["1", "4294967295"])
def test_hash_seeds_do_not_tell(seed: str) -> None:
    plain, expected = _plainly("auto", PAGES)
    under, documents = _read(1, "auto", PAGES, {"PYTHONHASHSEED": seed})
    assert under["hash"] != plain["hash"]
    _assert_same(documents, expected)


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    ("env", "utf8", "files"),
    [(ASCII, 0, "ascii"), ({"LC_ALL": "C"}, 1, "utf-8"), ({"PYTHONUTF8": "1"}, 1, "utf-8")],
    ids=["ASCII", "C", "UTF-8"],
)
def test_locales_do_not_tell(env: dict[str, str], utf8: int, files: str) -> None:
    """Nor is a file read or written in the encoding of the locale: the first that is ends the process."""
    flags = ("-X", "warn_default_encoding", "-W", "error::EncodingWarning")
    under, documents = _read(1, "auto", PAGES, env, *flags)
    assert (under["utf8"], under["files"]) == (utf8, files)
    _assert_same(documents, _plainly("auto", PAGES)[1])


@pytest.mark.parametrize(
    ("zone", "hours_west"), [("PAGO11", 11), ("KIRI-14", -14), ("NEWF3:30NEWD,M3.2.0,M11.1.0", 3.5)]
)
def test_time_zones_do_not_tell(zone: str, hours_west: float) -> None:
    under, documents = _read(1, "auto", PAGES, {"TZ": zone})
    assert under["zone"] == hours_west * 3600
    _assert_same(documents, _plainly("auto", PAGES)[1])


@pytest.mark.parametrize(("flags", "told"), [(("-OO",), (2, False)), (("-X", "dev"), (0, True))], ids=str)
def test_modes_of_the_interpreter_do_not_tell(flags: tuple[str, ...], told: tuple[int, bool]) -> None:
    under, documents = _read(1, "auto", PAGES, {}, *flags)
    assert (under["optimize"], under["dev"]) == told
    _assert_same(documents, _plainly("auto", PAGES)[1])
