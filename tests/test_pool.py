"""Many pages: in a pool of processes, in order, lazily, whatever a page does to its process."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pebble.pool.process
import psutil
import pytest

import newsclean.pool
from newsclean import Document, PageTimeoutError, PageTypeError, WorkerError
from newsclean.pool import Job, clean_jobs

sys.path.insert(0, str(Path(__file__).parent))
import fixture_pages
from hurt_cleaner import HurtCleaner

PAGES = [fixture_pages.load(name).page for name in fixture_pages.names()]
BUSY = 120.0
"""Seconds that anything here may take on a machine with much else to do."""


def workers_left() -> list[str]:
    """The processes of pools that still run: none that only watch resources, and none of engines."""
    left = map(command_of, psutil.Process().children(recursive=True))
    return [line for line in left if "loky" in line and "resource_tracker" not in line]


def command_of(process: psutil.Process) -> str:
    """The command line of a process; empty when it has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    until = time.monotonic() + BUSY
    while workers_left() and time.monotonic() < until:
        time.sleep(0.05)
    assert workers_left() == []


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_many_pages_give_what_each_gives_alone(workers: int) -> None:
    assert list(newsclean.clean_many(PAGES, workers=workers)) == [newsclean.clean(page) for page in PAGES]


def test_the_settings_of_the_cleaner_go_along() -> None:
    cleaner = newsclean.Cleaner(mode="keep-more", without=["en.newsletter"], max_chars=5000)
    pages = [PAGES[0], "x" * 5001]
    there = list(cleaner.clean_many(pages, workers=1))
    assert there == list(cleaner.clean_many(pages, workers=0))
    assert there[1].error == "PageTooLargeError: the page has 5001 characters; the limit is 5000"


def test_kind_and_charset_go_along() -> None:
    page = "<p>Żółw płynął do Averly, mówi załoga.</p>".encode("iso-8859-2")
    (there,) = newsclean.clean_many([page], workers=1, kind="text", charset="iso-8859-2")
    assert there == newsclean.clean(page, kind="text", charset="iso-8859-2")
    assert "<p>Żółw" in there.text
    with pytest.raises(ValueError, match="kind is one of html, text"):
        newsclean.clean_many([page], kind="pdf")  # type: ignore[arg-type]


def test_a_page_costs_itself_whatever_it_does_to_its_process() -> None:
    hurt = ["die", "hang", "fail"] + (["crash", "freeze"] if os.name == "posix" else [])
    pages: list[Any] = ["The ferry is back."]
    for page in hurt:
        pages += [page, f"After {page}."]
    documents = list(HurtCleaner().clean_many(pages, workers=2, timeout=20))
    assert [d.text for d in documents] == [page if len(page) > 6 else "" for page in pages]
    errors = {page: d.error for page, d in zip(pages, documents, strict=True) if d.error}
    assert errors.pop("die") == "WorkerError: the process that cleaned the page died: exit code 9"
    assert errors.pop("fail") == "IndexError: a fault in a rule"
    assert errors.pop("hang") == "PageTimeoutError: the page took longer than 20 seconds"
    if os.name == "posix":
        assert errors.pop("crash") == "WorkerError: the process that cleaned the page died: SIGSEGV"
        assert errors.pop("freeze") == "PageTimeoutError: the page took longer than 20 seconds"
    assert errors == {}


def test_a_process_that_dies_before_its_pool_heard_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """pebble then takes the whole pool for broken, so that no two processes may share one."""
    heard = pebble.pool.process.TaskManager.task_start

    def hear_late(*arguments: Any) -> None:
        time.sleep(0.5)  # pebble looks every 0.1 seconds whether the process is alive
        heard(*arguments)

    monkeypatch.setattr(pebble.pool.process.TaskManager, "task_start", hear_late)
    pages = ["One.", "die", "Two.", "die", "Three."]
    documents = list(HurtCleaner().clean_many(pages, workers=2))
    assert [d.text for d in documents] == ["One.", "", "Two.", "", "Three."]
    assert [(d.error or "")[:48] for d in documents if d.error] == [DIED, DIED]


DIED = "WorkerError: the process that cleaned the page died"[:48]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("leave", "WorkerError: the process that cleaned the page wanted to end: SystemExit(3)"),
        ("secret", "WorkerError: LocalError: nobody else knows this error"),
        ("two-faced", "WorkerError: TwoFacedError: read back it is another error"),
    ],
)
def test_errors_that_do_not_come_through_to_this_process(page: str, said: str) -> None:
    documents = list(HurtCleaner().clean_many(["Before.", page, "After."], workers=1))
    assert [d.error for d in documents] == [None, said, None]


class Unreadable(newsclean.Cleaner):
    """A cleaner that no process can unpack."""

    def __reduce__(self) -> Any:
        return int, ("no number",)


@pytest.mark.parametrize("on_error", ["return", "skip", "raise"])
def test_a_cleaner_that_cannot_be_unpacked_ends_the_batch(on_error: Any) -> None:
    documents = Unreadable().clean_many(["One.", "Two."], workers=2, on_error=on_error)
    with pytest.raises(WorkerError, match="no process could be started: ValueError: invalid literal"):
        list(documents)


def test_a_consumer_that_is_slow_and_one_that_raises() -> None:
    pages = [f"Page {i}." for i in range(30)]
    found: list[str] = []
    for document in newsclean.clean_many(pages, workers=2, timeout=5):
        if len(found) == 3:
            time.sleep(8)  # longer than a page may take
        found.append(document.text)
    assert found == pages
    documents = newsclean.clean_many(pages, workers=2)
    with pytest.raises(ZeroDivisionError):
        sum(1 / (len(document.text) - len("Page 10.")) for document in documents)


NO_PAGES: list[Any] = [None, 3, object(), ["The ferry is back."]]


@pytest.mark.parametrize("workers", [0, 1])
def test_what_is_no_page_is_an_error_of_its_own(workers: int) -> None:
    documents = list(newsclean.clean_many(["Before.", *NO_PAGES, "After."], workers=workers))
    kinds = [type(page).__name__ for page in NO_PAGES]
    assert [d.error for d in documents[1:-1]] == [
        f"PageTypeError: a page is str or bytes, not {kind}" for kind in kinds
    ]
    assert [documents[0].text, documents[-1].text] == ["Before.", "After."]


def test_pages_of_any_kind_that_holds_text() -> None:
    class Text(str):
        """A string that no other process could make."""

        __slots__ = ()

        def __reduce_ex__(self, protocol: Any) -> Any:
            raise TypeError("this stays here")

    data = "Ærøy is an island."
    pages: list[Any] = [Text(data), data.encode(), bytearray(data.encode()), memoryview(data.encode())]
    assert {d.text for d in newsclean.clean_many(pages, workers=1)} == {data}


def test_errors_are_raised_when_it_is_the_pages_turn() -> None:
    documents = newsclean.clean_many(["Before.", b"%PDF-1.7", "After."], workers=1, on_error="raise")
    assert next(documents).text == "Before."
    with pytest.raises(newsclean.BinaryPageError, match="a PDF document"):
        next(documents)
    assert list(documents) == []
    for page, error in (("die", WorkerError), ("hang", PageTimeoutError)):
        with pytest.raises(error):
            list(HurtCleaner().clean_many([page], workers=1, on_error="raise", timeout=20))


def test_errors_are_left_out() -> None:
    found = newsclean.clean_many(["Before.", b"%PDF-1.7", "After."], workers=1, on_error="skip")
    assert [d.text for d in found] == ["Before.", "After."]


def test_errors_are_documents_that_say_why() -> None:
    (document,) = newsclean.clean_many([b"%PDF-1.7"], workers=0)
    assert document.error == "BinaryPageError: the page is a PDF document, not text"
    assert document.warnings == (document.error,)
    assert not document.found_article
    assert Document.from_dict(document.to_dict()) == document
    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301 - made here
    table = document.to_dict()
    del table["error"]  # as older versions wrote it
    assert Document.from_dict(table).error is None


@pytest.mark.parametrize("workers", [0, 1])
def test_what_the_source_raises_comes_after_the_pages_before_it(workers: int) -> None:
    def pages() -> Iterator[str]:
        yield "One."
        yield "Two."
        raise KeyError("no third page")

    documents = newsclean.clean_many(pages(), workers=workers)
    assert [next(documents).text, next(documents).text] == ["One.", "Two."]
    with pytest.raises(KeyError, match="no third page"):
        next(documents)


def test_pages_are_read_a_few_ahead_and_no_more() -> None:
    asked: list[int] = []

    def pages() -> Iterator[str]:
        for number in range(10**9):
            asked.append(number)
            yield f"Page {number}."

    documents = newsclean.clean_many(pages(), workers=2)
    assert asked == []
    assert [next(documents).text for _ in range(20)] == [f"Page {i}." for i in range(20)]
    assert len(asked) <= 20 + 10
    documents.close()
    assert workers_left() == []


def test_the_pool_ends_when_nobody_holds_the_documents_any_more() -> None:
    documents = newsclean.clean_many((f"Page {i}." for i in range(10**9)), workers=1)
    assert next(documents).text == "Page 0."
    assert len(workers_left()) == 1
    del documents
    assert workers_left() == []


def test_a_few_pages_start_no_process_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    monkeypatch.setattr(newsclean.pool._Pool, "submit", lambda *_: started.append(1))
    assert [d.text for d in newsclean.clean_many(["One."] * 8)] == ["One."] * 8
    assert started == []
    for pages, workers in ((["One."] * 9, None), (iter(["One."]), None), (["One."], 1)):
        started.clear()
        with pytest.raises(AttributeError):  # no future was made
            list(newsclean.clean_many(pages, workers=workers))
        assert len(started) >= 1


def test_no_page_at_all() -> None:
    assert list(newsclean.clean_many([])) == []
    assert list(newsclean.clean_many(iter([]), workers=1)) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"workers": -1}, "workers is a whole number from 0 on, or None; not -1"),
        ({"workers": 1.5}, "workers is a whole number"),
        ({"timeout": 0}, "timeout is a number of seconds above 0, or None; not 0"),
        ({"timeout": float("nan")}, "timeout is a number of seconds above 0"),
        ({"on_error": "ignore"}, "on_error is one of return, raise, skip; not 'ignore'"),
    ],
)
def test_wrong_settings_are_refused_at_once(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        newsclean.clean_many(["One."], **wrong)


def test_a_single_page_is_refused() -> None:
    for page in ("One.", b"One.", memoryview(b"One.")):
        with pytest.raises(PageTypeError, match="clean takes one"):
            newsclean.clean_many(page)  # type: ignore[arg-type]


def test_jobs_have_kinds_and_charsets_of_their_own() -> None:
    jobs = [
        Job("<p>The ferry is back.</p>"),
        Job("<p>The ferry is back.</p>", "text"),
        Job("Größe".encode("iso-8859-1"), None, "iso-8859-1"),
        Job("One.", "pdf"),  # type: ignore[arg-type]
    ]
    documents = list(clean_jobs(newsclean.Cleaner(), jobs, workers=1))
    assert [d.text for d in documents] == ["The ferry is back.", "<p>The ferry is back.</p>", "Größe", ""]
    assert (documents[3].error or "").startswith("ValueError: kind is one of")


# ---- The programs around it ---------------------------------------------------------------


def run(code: str, *arguments: str, stdin: str | None = None) -> str:
    """What a program prints that takes every warning for an error."""
    done = subprocess.run(  # noqa: S603 - this very Python
        [
            sys.executable,
            "-W",
            "error",
            *arguments,
            *(["-c", code] if stdin is None and not arguments else []),
        ],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=BUSY,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


def test_a_class_of_the_program_itself_goes_along(tmp_path: Path) -> None:
    code = (
        "import newsclean\n"
        "class Loud(newsclean.Cleaner):\n"
        "    def clean(self, page, **settings):\n"
        "        return super().clean(page.upper(), **settings)\n"
        "for document in Loud().clean_many(['One.', 'Two.'], workers=1):\n"
        "    print(document)\n"
    )
    script = tmp_path / "loud.py"
    script.write_text(code, encoding="utf-8")
    assert run("", str(script)) == "ONE.\nTWO.\n"
    assert run(code) == "ONE.\nTWO.\n"


def test_a_program_that_ends_with_documents_left() -> None:
    code = (
        "import newsclean\n"
        "documents = newsclean.clean_many((f'Page {i}.' for i in range(10**9)), workers=2)\n"
        "print(next(documents), next(documents))\n"
    )
    assert run(code) == "Page 0. Page 1.\n"


PROGRAM = """
import newsclean
print("started")
for document in newsclean.clean_many(["One.", b"%PDF-1.7", "Three."], workers=2):
    print(document.text, document.error)
"""
PRINTED = "started\nOne. None\n BinaryPageError: the page is a PDF document, not text\nThree. None\n"


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(PROGRAM, encoding="utf-8")
    assert run("", str(script)) == PRINTED


def test_a_program_on_the_command_line_or_standard_input() -> None:
    assert run(PROGRAM) == PRINTED
    assert run("", "-", stdin=PROGRAM) == PRINTED


def test_a_process_of_another_pool_starts_none() -> None:
    code = (
        "import multiprocessing, newsclean\n"
        "def texts(pages):\n"
        "    try:\n"
        "        newsclean.clean_many(pages, workers=2)\n"
        "    except ValueError as error:\n"
        "        return [d.text for d in newsclean.clean_many(pages)] + [str(error)]\n"
        "if __name__ == '__main__':\n"
        "    with multiprocessing.get_context('fork').Pool(1) as pool:\n"
        "        print(pool.apply(texts, (['One.', 'Two.'],)))\n"
    )
    if "fork" not in multiprocessing.get_all_start_methods():
        code = code.replace("get_context('fork').", "")
    assert "['One.', 'Two.', 'this process is one of a pool and may start none" in run(code)


WAITING = """
import sys, time, newsclean
sys.path.insert(0, {tests!r})
from hurt_cleaner import HurtCleaner
documents = HurtCleaner().clean_many(["One.", "hang", "hang", "hang"], workers=2, timeout=None)
print(next(documents).text, flush=True)
next(documents)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_program(how: signal.Signals) -> None:
    """Ctrl-C goes to the whole group, as at a terminal; what kills the program reaches it alone."""
    code = WAITING.format(tests=str(Path(__file__).parent))
    with subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "One.\n"
        children = psutil.Process(program.pid).children(recursive=True)
        assert len(children) >= 3  # two workers, and what tracks their semaphores
        (os.killpg if how == signal.SIGINT else os.kill)(program.pid, how)
        _, said = program.communicate(timeout=BUSY)
        assert program.returncode != 0
        assert said.count("Traceback") == said.count("\nKeyboardInterrupt\n") == (how == signal.SIGINT)
        _, alive = psutil.wait_procs(children, timeout=BUSY)
        assert alive == []


def test_threads_that_share_a_cleaner_get_what_one_gets() -> None:
    cleaner = newsclean.Cleaner()
    alone = [cleaner.clean(page) for page in PAGES]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(cleaner.clean, PAGES * 4))
    assert found == alone * 4


# ---- The bar -------------------------------------------------------------------------------


def test_a_bar_shows_where_somebody_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pages: list[str | bytes] = ["One.", b"%PDF-1.7", "Three."]
    list(newsclean.clean_many(pages, workers=0, on_error="skip"))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    list(newsclean.clean_many(pages, workers=0, progress=False))
    assert capsys.readouterr().err == ""
    list(newsclean.clean_many(pages, workers=0, on_error="skip"))
    assert "3/3" in capsys.readouterr().err
    list(newsclean.clean_many(iter(pages), workers=0))
    assert "3page" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stderr", None)
    assert len(list(newsclean.clean_many(pages, workers=0))) == 3
