"""What is promised of every page holds for hostile and broken ones too (hypothesis)."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import fuzz, hostile
from benchmarks.hostile import BrokenPromiseError, cut_everywhere, keep_promise
from newsclean import Cleaner, Document, NewscleanError
from newsclean.document import Block

sys.path.insert(0, str(Path(__file__).parent))
from hurt_cleaner import HurtCleaner

QUIET = Cleaner(witness="never")
ASKING = Cleaner(witness="always")
FEW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
randoms = st.randoms(use_true_random=False)

SMALL_TEXT = (
    "Skip to content\n\n# Ferry sails\n\nBy Ines Talbot\n\nThe “ferry” sailed on Monday. It was late.\n"
    "Photo: Jo Hall/PA\n\n渡船星期一\n\nShare 👩‍👧\n"
)
SMALL_HTML = (
    "<!doctype html><html lang=en><title>Ferry | Post</title><script type='application/ld+json'>"
    '{"@type":"NewsArticle","author":{"name":"Ines Talbot"}}</script><body><nav><a href=/>Home</a></nav>'
    "<p class='by'>By Ines</p><p>The &ldquo;ferry&rdquo; sailed.</p><figure><img src=a.jpg alt='Quay'>"
    "<figcaption>The quay é</figcaption></figure><table><tr><td>a<td>b</table></html>"
)


@pytest.mark.parametrize("kind", hostile.MAKERS)
@given(random=randoms, size=st.integers(1, 40))
@FEW
def test_a_hostile_page_keeps_every_promise(kind: str, random: Random, size: int) -> None:
    keep_promise(QUIET, hostile.MAKERS[kind](random, size))


@pytest.mark.parametrize(
    "kind", ["random markup", "deep nesting", "entity storms", "giant attributes", "tables"]
)
@given(random=randoms, size=st.integers(1, 40))
@settings(FEW, max_examples=5)
def test_so_it_does_where_trafilatura_is_asked(kind: str, random: Random, size: int) -> None:
    keep_promise(ASKING, hostile.MAKERS[kind](random, size))


@pytest.mark.parametrize("page", [SMALL_TEXT, SMALL_HTML], ids=["text", "HTML"])
def test_a_page_cut_off_at_every_character_and_within_each_keeps_every_promise(page: str) -> None:
    cuts = list(cut_everywhere(page))
    assert len(cuts) == len(page.encode())
    for cut in cuts:
        keep_promise(QUIET, cut)


@pytest.mark.parametrize("name", hostile.SHAPES)
def test_a_shape_that_grows_keeps_every_promise(name: str) -> None:
    keep_promise(QUIET, hostile.SHAPES[name](12))


def test_ten_thousand_figures_keep_every_promise() -> None:
    document = keep_promise(QUIET, hostile.SHAPES["HTML of figure"](10_000))
    assert document is not None
    assert len(document.blocks) > 10_000


def test_a_table_of_three_thousand_rows_keeps_every_promise() -> None:
    document = keep_promise(QUIET, hostile.SHAPES["HTML of row amid a story"](3_000))
    assert document is not None
    assert document.page_text.count("a\tb") == 3_000


@pytest.mark.parametrize(
    "page", ["a\ud800b" * 30, "<p>a\udfffb\ud83d</p>" * 30, "<p title='\ud800'>&#xD800;</p>"]
)
def test_lone_surrogates_become_replacement_characters_with_a_warning(page: str) -> None:
    document = keep_promise(QUIET, page)
    assert document is not None
    assert "lone surrogates were replaced by U+FFFD" in document.warnings
    document.page_text.encode()


def test_lone_surrogates_of_structured_data_do_not_come_out() -> None:
    about = json.dumps(
        {"@type": "NewsArticle", "headline": "Ferry \ud800 sails", "author": {"name": "Ines \udfff T"}}
    )
    page = f'<script type="application/ld+json">{about}</script><p>The ferry sailed on Monday.</p>'
    document = keep_promise(QUIET, page)
    assert document is not None
    assert document.title == "Ferry \ufffd sails"


@pytest.mark.parametrize("page", [None, 7, ["a"], {"a": 1}, object(), 1.5, 2j])
def test_what_is_no_page_is_a_type_error_by_name(page: Any) -> None:
    with pytest.raises(NewscleanError) as caught:
        QUIET.clean(page)
    assert isinstance(caught.value, TypeError)


@given(st.text(max_size=20))
@FEW
def test_any_charset_gives_a_document_or_a_named_error(charset: str) -> None:
    data = "Die Fähre legte um sechs ab, und niemand war an Bord.".encode("cp1252")
    try:
        document = QUIET.clean(data, charset=charset)
    except NewscleanError:
        return
    json.dumps(document.to_dict(), ensure_ascii=False).encode()


class TestPromise:
    """A check that can't fail would be none."""

    @pytest.mark.parametrize(
        ("change", "promise"),
        [
            (lambda d: replace(d, blocks=d.blocks[:-1]), "blocks tile the page"),
            (lambda d: replace(d, blocks=_gapped(d.blocks)), "blocks tile the page"),
            (lambda d: replace(d, page_text=d.page_text.upper()), "plain text stays as it is"),
            (lambda d: replace(d, title="\ud800"), "all that it says is text"),
            (lambda d: replace(d, warnings=("\udfff",)), "all that it says is text"),
            (lambda d: replace(d, authors=["a"]), "a document survives JSON"),
        ],
    )
    def test_a_broken_one_is_noticed(self, change: Any, promise: str) -> None:
        class Odd(Cleaner):
            def clean(self, page: Any, **settings: Any) -> Document:
                changed: Document = change(super().clean(page, **settings))
                return changed

        with pytest.raises(BrokenPromiseError, match=promise):
            keep_promise(Odd(), SMALL_TEXT)

    def test_a_cleaner_that_changes_its_mind_is_noticed(self) -> None:
        class Fickle(Cleaner):
            asked = 0

            def clean(self, page: Any, **settings: Any) -> Document:
                self.asked += 1
                return replace(super().clean(page, **settings), title=str(self.asked))

        with pytest.raises(BrokenPromiseError, match="cleaning twice gives the same"):
            keep_promise(Fickle(), SMALL_TEXT)

    def test_an_error_without_a_name_is_not_swallowed(self) -> None:
        class Broken(Cleaner):
            def clean(self, page: Any, **_settings: Any) -> Document:
                raise IndexError(page)

        with pytest.raises(IndexError):
            keep_promise(Broken(), SMALL_TEXT)


def _gapped(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    first = blocks[0]
    return (replace(first, span=first.span._replace(end=first.span.end - 1)), *blocks[1:])


class TestFuzzCommand:
    def test_the_same_seed_makes_the_same_pages(self) -> None:
        one, other = fuzz.made(3), fuzz.made(3)
        pages = [next(one) for _ in range(40)]
        assert pages == [next(other) for _ in range(40)]
        assert {page.kind for page in pages} == set(hostile.MAKERS)
        assert pages[5] == fuzz.make(pages[5].kind, pages[5].seed)

    def test_pages_are_tried_and_counted(self) -> None:
        pages = [fuzz.Made("good", "1", SMALL_TEXT * 20), fuzz.Made("refused", "2", b"%PDF-1.7")]
        account = fuzz.try_all(iter(pages), QUIET)
        assert dict(account.tried) == {"good": 1, "refused": 1}
        assert account.refused["refused"] == 1
        assert account.failed == []
        assert [page.kind for _, page, _ in account.slowest] == ["good"]

    def test_hangs_crashes_and_faults_are_told(self, tmp_path: Path) -> None:
        pages = [fuzz.Made("hurts", word, word) for word in ("hang", "crash", "fail")]
        account = fuzz.try_all(iter([*pages, fuzz.Made("good", "1", SMALL_TEXT)]), HurtCleaner(), timeout=2.0)
        assert [why.partition(":")[0] for _, why in account.failed] == [
            "PageTimeoutError",
            "WorkerError",
            "IndexError",
        ]
        assert account.tried["good"] == 1
        fuzz._keep(tmp_path, [page for page, _ in account.failed])
        assert sorted(path.read_text("utf-8") for path in tmp_path.iterdir()) == ["crash", "fail", "hang"]

    @pytest.mark.parametrize(
        ("times", "bad"),
        [
            ([0.1, 0.2, 0.4, 0.8], False),
            ([0.1, 0.4, 1.6, 6.4], True),
            ([0.001, 0.004, 0.016, 0.064], False),
            ([0.1, 0.2, 0.4, 4.0], True),
            ([0.1, 0.2, 2.0, 2.1], False),
        ],
    )
    def test_growth_is_told_from_noise(self, times: list[float], bad: bool) -> None:
        assert fuzz.grows_too_fast(times) is bad
