"""The benchmark of profiles: what it plants, that no page teaches its own profile, and what it reports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks import crawl, learning
from benchmarks.__main__ import main
from benchmarks.corpus import Gold, Paragraph, Record
from benchmarks.crawl import FURNITURE, REPEATED
from benchmarks.learning import Job


def real(count: int, publisher: str = "Karsund Post") -> list[Record]:
    """Pages without furniture, as a stand-in for real ones."""
    pages = []
    for number, page in enumerate(crawl.invent(count)[:count]):
        gold = Gold(tuple(p for p in page.gold.body if p.text not in vars_of_repeated()))
        inside = "".join(f"<p>{p.text}</p>" for p in gold.body)
        html = f"<html><head><title>Post</title></head><body><h1>Story {number}</h1>{inside}</body></html>"
        pages.append(Record(f"kp-{number}", "karsund", publisher, "en", html, None, gold))
    return pages


def vars_of_repeated() -> set[str]:
    return {REPEATED.introduction, REPEATED.background, REPEATED.subheading, REPEATED.ending}


class TestPlant:
    def test_every_page_gets_the_furniture_which_is_not_gold(self) -> None:
        planted = crawl.plant(real(12))
        assert len(planted) == 12
        for record in planted:
            gold = record.gold.paragraphs
            for text in (FURNITURE.over, FURNITURE.midst, *FURNITURE.behind):
                assert (record.html or "").count(text) == 1
                assert text not in gold

    def test_some_get_article_text_that_repeats_and_is_gold(self) -> None:
        planted = crawl.plant(real(12))
        for text, count in ((REPEATED.subheading, 12), (REPEATED.introduction, 3), (REPEATED.ending, 3)):
            having = [record for record in planted if text in (record.html or "")]
            assert len(having) == count
            assert all(text in record.gold.paragraphs for record in having)

    def test_the_gold_is_in_the_order_of_the_page(self) -> None:
        for record in crawl.plant(real(12)):
            html = record.html or ""
            places = [html.index(text) for text in record.gold.paragraphs]
            assert places == sorted(places)
            assert html.index(FURNITURE.over) < places[0]
            assert places[0] < html.index(FURNITURE.midst) < places[-1] < html.index(FURNITURE.behind[0])

    def test_a_teaser_is_the_first_paragraph_of_another_page(self) -> None:
        planted = crawl.plant(real(12))
        (first,) = (r for r in planted if "Most read" not in (r.html or ""))
        teaser = next(p for p in first.gold.paragraphs if p != REPEATED.introduction)
        assert all(teaser in (record.html or "") for record in planted)

    def test_small_groups_and_pages_without_their_gold_are_left_out(self) -> None:
        assert crawl.plant(real(7)) == []
        pages = real(9)
        empty = Record(
            "empty", "karsund", "Karsund Post", "en", "<html><p>Nothing</p></html>", None, pages[0].gold
        )
        assert len(crawl.plant([*pages, empty])) == 9


class TestCompare:
    def group(self) -> list[Record]:
        """Four stories, one of them with a line that the others lack."""
        pages = crawl.plant(real(12))[:4]
        line = "Only this page of all of them says that the gulls have read it before anybody else did."
        html = (pages[0].html or "").replace(FURNITURE.behind[0], line)
        return [Record(pages[0].id, "karsund", "Karsund Post", "en", html, None, pages[0].gold), *pages[1:]]

    def test_a_page_does_not_teach_its_own_profile(self) -> None:
        group = self.group()[:3]
        assert all(pair.taken == () for pair in learning.compare(Job("html", group, False, 3)))
        assert any(pair.taken for pair in learning.compare(Job("html", group, True, 3)))

    def test_the_others_do(self) -> None:
        pairs = learning.compare(Job("html", self.group(), False, 3))
        assert [FURNITURE.behind[1] in pair.taken for pair in pairs] == [True] * 4
        assert all(pair.with_profile.f1 > pair.without.f1 for pair in pairs)

    def test_lost_gold_is_counted(self) -> None:
        group = [
            replace(one, gold=replace(one.gold, body=(*one.gold.body, Paragraph(FURNITURE.behind[1]))))
            for one in self.group()
        ]
        pairs = learning.compare(Job("html", group, False, 3))
        assert [pair.lost for pair in pairs] == [(FURNITURE.behind[1],)] * 4
        table = learning.report(pairs)
        assert table[-1].endswith("| 4 | 4 |")

    def test_a_form_that_the_pages_lack(self) -> None:
        assert learning.compare(Job("text", self.group(), False, 3)) == []


def test_the_command_shows_gain_and_no_loss(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn"]) == 0
    table = capsys.readouterr().out.splitlines()
    head, rows = cells(table[2]), [cells(line) for line in table[4:] if line.startswith("|")]
    assert [row[0] for row in rows] == ["html", "blocks", "markdown"]
    for row in rows:
        f1 = head.index("F1")
        assert float(row[f1 + 1]) > float(row[f1]) + 10
        assert row[head.index("that lose gold")] == "0"
    assert float(rows[0][head.index("F1") + 1]) == 100.0


def test_it_takes_data(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "none.jsonl"
    file.write_text("", encoding="utf-8")
    assert main(["learn", str(file), "--planted"]) == 0
    assert "none.jsonl, planted: 0 publishers with several pages" in capsys.readouterr().out


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]
