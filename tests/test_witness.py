"""Trafilatura as a witness: when it is asked, what it says, and that it leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path

import pytest
import trafilatura
from lxml import etree
from trafilatura.deduplication import LRU_TEST

import newsclean
from newsclean import Cleaner, Document, Evidence, decide, witness
from newsclean.cli import main
from newsclean.evidence import Role
from newsclean.nodes import read_html

STORY = (
    "The harbour of Karsund froze over on Tuesday night for the first time since 1987, and by morning half "
    "the town was standing on it, skates in hand, while the ferry waited outside the pier.",
    "The harbour master asked everybody to leave the ice by noon. “It carries a dog and a child, it does not "
    "carry a brass band,” he said, and pointed at the brass band that was just setting up.",
    "The ferry company expects to sail again on Friday, when the wind is to turn and the ice to break.",
)
MENU = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "sport", "culture"))
CLEAR = (
    f"<html><head><title>Karsund harbour freezes</title></head><body><nav><ul>{MENU}</ul></nav><article>"
    f"<h1>Karsund harbour freezes</h1>{''.join(f'<p>{p}</p>' for p in STORY)}</article>"
    "<footer><p>© The Karsund Mail</p></footer></body></html>"
)
LISTED = "".join(f"<div><a href=/{n}>Council votes on pier {n} again</a></div>" for n in range(12))
DOUBTFUL = f"<html><head><title>Karsund Mail</title></head><body><ul>{MENU}</ul>{LISTED}</body></html>"
PAGES = (
    CLEAR,
    DOUBTFUL,
    CLEAR.replace("Karsund", "Averly"),
    f"<html><body><div>{STORY[0]}</div><div>{STORY[0]}</div>{LISTED}</body></html>",
    "<html><body><p>Nothing</p></body></html>",
)

Asked = list[etree._Element]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The trees that trafilatura is asked about."""
    trees: Asked = []
    real = trafilatura.extract

    def extract(tree: etree._Element, **options: object) -> str | None:
        trees.append(tree)
        return real(tree, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(trafilatura, "extract", extract)
    return trees


@pytest.fixture
def saying(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """Sets what trafilatura takes for the article."""

    def say(text: str | None) -> None:
        monkeypatch.setattr(trafilatura, "extract", lambda *_, **__: text)

    return say


def heard_in(document: Document) -> dict[str, float]:
    """For each block the weight of what the witness said."""
    said = {}
    for block in document.blocks:
        for evidence in block.evidence:
            if evidence.rule_id == "witness.trafilatura":
                assert evidence.role is Role.BODY
                said[block.text] = evidence.weight
    return said


class TestAsked:
    def test_about_a_page_in_doubt(self, asked: Asked) -> None:
        newsclean.clean(DOUBTFUL)
        assert len(asked) == 1

    def test_not_about_a_clear_page(self, asked: Asked) -> None:
        assert newsclean.clean(CLEAR).paragraphs == STORY
        assert asked == []

    @pytest.mark.parametrize("page", PAGES)
    def test_always_once_if_told_so(self, page: str, asked: Asked) -> None:
        Cleaner(witness="always").clean(page)
        assert len(asked) == 1

    @pytest.mark.parametrize("page", PAGES)
    def test_never_if_told_so(self, page: str, asked: Asked) -> None:
        assert heard_in(Cleaner(witness="never").clean(page)) == {}
        assert asked == []

    @pytest.mark.parametrize("text", ["\n\n".join(STORY), "Home\nNews\nSport", ""])
    def test_never_about_text(self, text: str, asked: Asked) -> None:
        Cleaner(witness="always").clean(text)
        assert asked == []

    def test_not_about_an_empty_page(self, asked: Asked) -> None:
        Cleaner(witness="always").clean("<html><body></body></html>")
        assert asked == []

    def test_without_loading_it_before(self) -> None:
        code = (
            "import sys, newsclean\n"
            f"newsclean.clean({CLEAR!r})\n"
            "print('trafilatura' in sys.modules)\n"
            f"newsclean.clean({DOUBTFUL!r})\n"
            "print('trafilatura' in sys.modules)\n"
        )
        done = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(Path(newsclean.__file__).parent.parent)},
        )
        assert done.stdout.split() == ["False", "True"]


class TestSays:
    def test_what_it_keeps_and_what_it_leaves(self, saying: Callable[[str | None], None]) -> None:
        saying(f"{STORY[0]}\n- {STORY[2]}\nNews")
        said = heard_in(Cleaner(witness="always").clean(CLEAR))
        assert (said[STORY[0]], said[STORY[2]], said[STORY[1]]) == (1.0, 1.0, -1.0)
        assert said["© The Karsund Mail"] == -1.0

    def test_more_where_the_page_is_in_doubt(self, saying: Callable[[str | None], None]) -> None:
        saying("Council votes on pier 3 again")
        assert set(heard_in(newsclean.clean(DOUBTFUL)).values()) <= {2.0, -2.0}
        assert heard_in(newsclean.clean(DOUBTFUL))

    def test_nothing_of_a_passage_that_it_half_keeps(self) -> None:
        words = STORY[0].split()
        half = " ".join(words[: len(words) // 2])
        page = read_html(CLEAR)
        said = dict(
            zip(
                (p.text for p in page.passages),
                witness._compare(page.passages, f"{half}\n{STORY[1]}", 2.0),
                strict=True,
            )
        )
        kept = said[STORY[1]]
        assert said[STORY[0]] is None
        assert isinstance(kept, Evidence)
        assert (kept.weight, kept.why) == (2.0, "Trafilatura takes it for the article.")

    def test_the_same_whatever_the_signs_and_spaces(self, saying: Callable[[str | None], None]) -> None:
        saying("\n".join(f"  {p.upper().replace('“', '«').replace(' ', '  ')}" for p in STORY))
        said = heard_in(Cleaner(witness="always").clean(CLEAR))
        assert [said[p] for p in STORY] == [1.0] * 3

    def test_scripts_without_spaces(self, saying: Callable[[str | None], None]) -> None:
        one, other = (
            "港は火曜日の夜に凍った。朝には町の半分がその上に立っていた。",
            "会社は金曜日に船を出す。",
        )
        saying(one)
        said = heard_in(Cleaner(witness="always").clean(f"<body><p>{one}</p><p>{other}</p></body>"))
        assert said == {one: said[one], other: -said[one]}
        assert said[one] > 0

    @pytest.mark.parametrize("text", [None, "", " \n ", "Something quite different that the page lacks."])
    def test_nothing_if_it_keeps_nothing_of_the_page(
        self, text: str | None, saying: Callable[[str | None], None]
    ) -> None:
        saying(text)
        for page in PAGES:
            document = Cleaner(witness="always").clean(page)
            assert heard_in(document) == {}
            assert document == Cleaner(witness="never").clean(page)

    def test_not_enough_against_a_rule_that_is_sure(self, saying: Callable[[str | None], None]) -> None:
        plug = "Sign up for our daily newsletter"
        page = CLEAR.replace(f"<p>{STORY[1]}</p>", f"<p>{STORY[1]}</p><p>{plug}</p>")
        assert plug in page
        saying("\n".join((*STORY[:2], plug, STORY[2])))
        document = Cleaner(witness="always").clean(page)
        assert heard_in(document)[plug] > 0
        assert document.paragraphs == STORY

    def test_no_more_for_the_text_than_structure_may(self) -> None:
        kept, left = (Evidence("witness.trafilatura", Role.BODY, weight, "") for weight in (2.0, -2.0))
        rules: list[list[Evidence]] = [[]] * 4
        weights = decide._for_body([1.0, 3.5, 9.0, 9.0], [kept, kept, kept, left], rules)
        assert weights == [3.0, 4.5, 4.5, 2.5]


class TestFails:
    @pytest.mark.parametrize("error", [ValueError, RecursionError, MemoryError, AssertionError, ImportError])
    def test_unnoticed(self, error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
        def extract(*_: object, **__: object) -> str:
            raise error("no ferry today")

        monkeypatch.setattr(trafilatura, "extract", extract)
        for page in PAGES:
            assert Cleaner(witness="always").clean(page) == Cleaner(witness="never").clean(page)

    def test_but_an_interrupt_goes_through(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def extract(*_: object, **__: object) -> str:
            raise KeyboardInterrupt

        monkeypatch.setattr(trafilatura, "extract", extract)
        with pytest.raises(KeyboardInterrupt):
            newsclean.clean(DOUBTFUL)

    def test_on_a_tree_without_a_parser(self) -> None:
        assert witness._ask(etree.Element("html")) == ""


class TestLeavesNothingBehind:
    def test_the_same_in_any_order(self) -> None:
        cleaner = Cleaner(witness="always")
        alone = {page: Cleaner(witness="always").clean(page) for page in PAGES}
        for order in permutations(PAGES[:4]):
            assert [cleaner.clean(page) for page in order] == [alone[page] for page in order]

    def test_the_same_page_again_and_again(self) -> None:
        cleaner = Cleaner(witness="always")
        first = cleaner.clean(CLEAR)
        assert heard_in(first)[STORY[0]] > 0
        assert all(cleaner.clean(CLEAR) == first for _ in range(6))

    def test_the_same_in_threads(self) -> None:
        cleaner = Cleaner(witness="always")
        alone = [cleaner.clean(page) for page in PAGES]
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(cleaner.clean, PAGES * 6)) == alone * 6

    def test_its_cache_of_duplicates_stays_as_it_is(self) -> None:
        LRU_TEST.clear()
        for page in PAGES * 3:
            Cleaner(witness="always").clean(page)
        assert len(LRU_TEST.cache) == 0

    def test_settings_that_others_change_do_not_matter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = Cleaner(witness="always").clean(CLEAR)
        monkeypatch.setitem(trafilatura.settings.DEFAULT_CONFIG["DEFAULT"], "MIN_OUTPUT_SIZE", "1000000")
        assert Cleaner(witness="always").clean(CLEAR) == before
        assert heard_in(before)

    def test_the_tree_of_the_page_stays_as_it_is(self) -> None:
        page = read_html(CLEAR)
        before = etree.tostring(page.tree)
        assert STORY[0] in witness._ask(page.tree)
        assert etree.tostring(page.tree) == before


class TestSetting:
    def test_is_auto_if_not_given(self) -> None:
        assert Cleaner().witness == "auto"
        assert Cleaner(witness="never").witness == "never"

    @pytest.mark.parametrize("wrong", ["", "Auto", None, True, 1])
    def test_is_refused_if_unknown(self, wrong: object) -> None:
        with pytest.raises(ValueError, match="witness is one of always, auto, never; not"):
            Cleaner(witness=wrong)  # type: ignore[arg-type]

    @pytest.mark.parametrize(("option", "times"), [("always", 1), ("auto", 0), ("never", 0)])
    def test_on_the_command_line(
        self, option: str, times: int, tmp_path: Path, asked: Asked, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "page.html").write_text(CLEAR, encoding="utf-8")
        assert main(["--witness", option, str(tmp_path / "page.html")]) == 0
        assert STORY[0] in capsys.readouterr().out
        assert len(asked) == times
