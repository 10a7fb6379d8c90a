"""The view of a document in a notebook, and the report: the markup, read with lxml."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

sys.path.insert(0, str(Path(__file__).parent))
import fixture_pages
from hostile import ATTACKS, hostile_document

import newsclean
from newsclean import Block, Caption, Document, Evidence, Image, Removal, Role, Span
from newsclean.cli import main
from newsclean.evidence import REMOVED_ROLES, TEXT_ROLES

NAMES = fixture_pages.names()
TAGS = {
    "style",
    "section",
    "div",
    "p",
    "ul",
    "li",
    "dl",
    "dt",
    "dd",
    "span",
    "b",
    "details",
    "summary",
    "code",
}
ATTRIBUTES = {"class", "title", "lang", "dir", "data-role", "aria-label", "aria-level", "role"}
FIRST = (
    "The night ferry to Averly sailed again on Monday after two winters in dry dock, with ninety people and "
    "one piano on board."
)
PAGE = f"""Skip to content

Night ferry to Averly sails again after two winters

By Ines Talbot

14 March 2025

{FIRST} READ MORE: Ten things to do on the islands when it rains

The ferry leaves the quay at Karsund on Monday evening (Photo: Marit Lund/Reuters)

Islanders had waited on the slipway since dawn with bread, flags and a brass band. “We had almost forgotten \
the sound of that horn,” said Ole Brandt, who has kept the shop by the pier for thirty years.

Sign up for our free morning newsletter and never miss a tide

The company says that the ship will make four crossings a week until October. Tickets cost what they did \
before the engine failed.

Critics on the council say that the repair took too long. A report on the matter is due in the spring.

Most read

Bakery on the hill opens its doors after the flood
"""
Capture = pytest.CaptureFixture[str]


@cache
def cleaned(name: str) -> Document:
    return newsclean.clean(fixture_pages.load(name).page)


def parsed(markup: str) -> Any:
    """The view's section, read strictly enough to notice a stray tag."""
    parser = html.HTMLParser(encoding="utf-8")
    return html.document_fromstring(markup.encode("utf-8"), parser=parser)


def seen(document: Document) -> Any:
    return parsed(f"<!doctype html><html><body>{document._repr_html_()}</body></html>")


def within(root: Any, name: str) -> list[Any]:
    """The elements of a class, in order."""
    return list(root.iterfind(f".//*[@class='{name}']"))


def rows(root: Any) -> list[Any]:
    return [e for e in root.iter("div") if (e.get("class") or "").startswith("nc-row")]


def words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def made(*parts: tuple[str, Role]) -> Document:
    """A document with a page of these parts, each on a line of its own."""
    blocks, at = [], 0
    for text, role in parts:
        evidence = (Evidence(f"en.{role}.test", role, 6.0, "A reason."),)
        blocks.append(Block(Span(at, at + len(text) + 1), text, role, evidence))
        at += len(text) + 1
    text = "\n\n".join(text for text, role in parts if role in TEXT_ROLES)
    return Document(text=text, blocks=tuple(blocks), page_text="".join(f"{text}\n" for text, _ in parts))


@pytest.mark.parametrize("name", NAMES)
class TestOfEveryFixture:
    def test_paragraphs_are_those_of_the_text(self, name: str) -> None:
        document = cleaned(name)
        shown = []
        for row in within(seen(document), "nc-row nc-text"):
            (paragraph,) = within(row, "nc-words")
            for part in within(paragraph, "nc-part"):
                part.drop_tree()
            shown.append(words(paragraph))
        assert shown == [" ".join(paragraph.split()) for paragraph in document.paragraphs]

    def test_everything_stands_in_the_order_of_the_page(self, name: str) -> None:
        document = cleaned(name)
        root = seen(document)
        for tag in within(root, "nc-tag"):
            tag.drop_tree()
        shown = " ".join(words(e) for e in within(root, "nc-words"))
        whole = [b.text or document.page_text[b.span.start : b.span.end].strip() for b in document.blocks]
        assert shown.split() == " ".join(whole).split()

    def test_the_legend_counts_the_parts(self, name: str) -> None:
        document = cleaned(name)
        (legend,) = within(seen(document), "nc-legend")
        counts = Counter(b.role.value for b in document.blocks if document.page_text[slice(*b.span)].strip())
        expected = [f"{role} {counts[role.value]}" for role in Role if role.value in counts]
        assert [words(entry) for entry in legend] == expected

    def test_each_part_tells_its_rule_and_reason(self, name: str) -> None:
        document = cleaned(name)
        titles = Counter(e.get("title") for e in seen(document).iter("p", "span") if e.get("title"))
        for block in document.blocks:
            assert titles[f"{block.role} - {block.rule_id}: {block.why}"] > 0

    def test_what_is_removed_is_folded_and_nothing_else_is(self, name: str) -> None:
        root = seen(cleaned(name))
        folded = {row for run in within(root, "nc-run") for row in rows(run)}
        for row in rows(root):
            assert (row in folded) == (Role(row.get("data-role")) in REMOVED_ROLES)
        assert all(run.get("open") is None for run in within(root, "nc-run"))


class TestView:
    def test_a_plug_stuck_to_a_paragraph_is_shaded_in_it(self) -> None:
        root = seen(newsclean.clean(PAGE))
        (plug,) = within(root, "nc-part")
        assert words(plug) == "related READ MORE: Ten things to do on the islands when it rains"
        assert plug.get("data-role") == "related"
        assert plug.getparent().get("class") == "nc-words"
        assert words(plug.getparent()).startswith(FIRST)

    def test_a_row_opens_to_the_rule_and_the_reason_without_a_mouse(self) -> None:
        document = newsclean.clean(PAGE)
        (row,) = [r for r in rows(seen(document)) if r.get("data-role") == "byline"]
        (why,) = within(row, "nc-why")
        block = next(b for b in document.blocks if b.role is Role.BYLINE)
        assert why.tag == "details"
        assert words(why.find("summary")) == "byline"
        assert words(why.find("dl")) == f"{block.rule_id}{block.why}"

    def test_a_paragraph_with_a_plug_gives_the_reasons_of_both(self) -> None:
        row = next(r for r in rows(seen(newsclean.clean(PAGE))) if within(r, "nc-part"))
        assert [words(e).split()[0] for e in row.iter("dt")] == ["body", "related"]

    def test_a_run_says_what_it_folds_and_how_it_begins(self) -> None:
        *_, last = within(seen(newsclean.clean(PAGE)), "nc-run")
        assert (
            words(last.find("summary"))
            == "related 2 Most read · Bakery on the hill opens its doors after the flood"
        )

    def test_a_caption_is_taken_apart(self) -> None:
        document = newsclean.clean(PAGE)
        caption = replace(document.captions[0], image=Image("https://example.org/f.jpg", "A ferry", "/img"))
        (about,) = within(seen(replace(document, captions=(caption,))), "nc-about")
        assert {words(pair[0]): words(pair[1]) for pair in about} == {
            "credit": "Marit Lund/Reuters",
            "photographer": "Marit Lund",
            "agency": "Reuters",
            "kind": "photo",
            "alt": "A ferry",
            "image": "https://example.org/f.jpg",
        }

    def test_the_head_has_the_fields(self) -> None:
        document = replace(newsclean.clean(PAGE), publisher="The Averly Post", section="Islands")
        (fields,) = within(seen(document), "nc-fields")
        told = {words(pair[0]): words(pair[1]) for pair in fields}
        assert told["title"] == "Night ferry to Averly sails again after two winters"
        assert told["authors"] == "Ines Talbot"
        assert told["date"] == "2025-03-14"
        assert (told["publisher"], told["section"]) == ("The Averly Post", "Islands")
        assert told["text"].startswith(f"{len(document.paragraphs)} paragraphs, ")
        assert "aggregator" not in told

    def test_text_of_the_page_is_in_its_language_and_the_rest_in_english(self) -> None:
        root = seen(replace(newsclean.clean(PAGE), language="ja"))
        (section,) = root.iter("section")
        assert (section.get("lang"), section.get("dir")) == ("en", "ltr")
        of_page = [e for name in ("nc-words", "nc-peek") for e in within(root, name)]
        named = {e.text: e.getnext() for e in root.iter("dt")}
        of_page += [named[name] for name in ("title", "authors", "credit", "photographer")]
        assert {(e.get("lang"), e.get("dir")) for e in of_page} == {("ja", "auto")}
        assert [named[name].get("lang") for name in ("text", "date", "kind")] == [None] * 3
        (label,) = within(within(root, "nc-part")[0], "nc-tag")
        assert label.get("lang") == "en"

    def test_a_language_that_is_none_is_left_out(self) -> None:
        (element,) = within(seen(Document(text="x", language='"><b>')), "nc-words")
        assert element.attrib.keys() == ["class", "dir", "title"]

    def test_dollars_are_no_formulas(self) -> None:
        (section,) = seen(Document(text="It cost $5 in May and $6 in June.")).iter("section")
        assert {"tex2jax_ignore", "mathjax_ignore"} <= set(section.get("class").split())

    def test_html_pages_are_shown_too(self) -> None:
        page = (
            f"<nav><a href=/>Home</a></nav><main><h1>Night ferry</h1><p>{FIRST}</p><p>Islanders had waited "
            "on the slipway since dawn with bread, flags and a brass band, and with the mayor.</p></main>"
            "<footer><p>© 2025 The Averly Post</p></footer>"
        )
        document = newsclean.clean(page)
        shown = [
            words(e) for row in within(seen(document), "nc-row nc-text") for e in within(row, "nc-words")
        ]
        assert tuple(shown) == document.paragraphs
        assert FIRST in shown


class TestOddDocuments:
    def test_one_without_article_shows_the_page_under_a_warning(self) -> None:
        root = seen(newsclean.clean("Home\nNews\nSport\n"))
        (notes,) = within(root, "nc-notes")
        assert [words(n) for n in notes] == ["Warning: no article body found; nothing was removed"]
        assert [words(e) for e in within(root, "nc-words")] == ["Home", "News", "Sport"]

    @pytest.mark.parametrize("page", ["", " \n", "\n\n\u200b\n"])
    def test_an_empty_page_says_so(self, page: str) -> None:
        root = seen(newsclean.clean(page))
        assert "Warning: the page is empty" in [words(n) for notes in within(root, "nc-notes") for n in notes]
        assert words(within(root, "nc-fields")[0]) == "textnone"

    def test_a_page_that_could_not_be_cleaned_says_why(self) -> None:
        (document,) = newsclean.clean_many([b"%PDF-1.7"])
        (notes,) = within(seen(document), "nc-notes")
        assert words(notes) == "Warning: BinaryPageError: the page is a PDF document, not text"

    def test_a_page_that_is_cut_off_says_so(self) -> None:
        (notes,) = within(seen(replace(newsclean.clean(PAGE), truncated=True)), "nc-notes")
        assert words(notes).startswith("The article is cut off")

    def test_one_made_by_hand_shows_its_text_and_captions_in_their_places(self) -> None:
        caption = Caption("A bell", "Ola Vik/AFP", "Ola Vik", ("AFP",), 0, Span(0, 0))
        removal = Removal("Share", Role.SOCIAL, "en.social.share", "A button.", Span(0, 0))
        root = seen(Document(text="One.\n\nTwo.", captions=(caption,), removed=(removal,)))
        assert [words(e) for e in within(root, "nc-words")] == ["One.", "A bell", "Two.", "Share"]
        assert [words(tag) for tag in within(root, "nc-legend")[0]] == ["body 2", "caption 1", "social 1"]
        assert words(within(root, "nc-notes")[0]).startswith("This document holds no page")

    def test_one_without_anything_is_shown(self) -> None:
        root = seen(Document(text=""))
        assert within(root, "nc-notes") == []
        assert words(within(root, "nc-fields")[0]) == "textnone"

    def test_one_read_back_looks_the_same(self) -> None:
        document = newsclean.clean(PAGE)
        assert Document.from_dict(document.to_dict())._repr_html_() == document._repr_html_()


class TestEscaping:
    @pytest.mark.parametrize("attack", ATTACKS)
    def test_nothing_of_a_page_becomes_markup(self, attack: str) -> None:
        root = seen(hostile_document(attack))
        body = root.find("body")
        assert {e.tag for e in body.iterdescendants()} <= TAGS
        assert {name for e in body.iterdescendants() for name in e.attrib} <= ATTRIBUTES
        assert not list(root.iter(etree.Comment, etree.ProcessingInstruction))

    @pytest.mark.parametrize("attack", ATTACKS)
    def test_every_field_of_a_document_is_shown_as_it_is_written(self, attack: str) -> None:
        root = seen(hostile_document(attack))
        shown = Counter(words(e) for name in ("p", "dd", "li", "code") for e in root.iter(name))
        assert shown[attack] >= len(("title", "publisher", "credit", "alt", "image", "body", "code", "why"))

    @pytest.mark.parametrize("attack", ATTACKS)
    def test_the_style_sheet_ends_where_it_should(self, attack: str) -> None:
        (style, *more) = seen(hostile_document(attack)).iter("style")
        assert more == []
        assert attack not in style.text

    def test_control_characters_become_pictures_of_themselves(self) -> None:
        text = "a\x00b\x1bc\x7fd\x85e\ud800f\ufffeg\x0ch"
        (element,) = within(seen(Document(text=text)), "nc-words")
        assert element.text == "a␀b␛c␡d\ufffde\ufffdf\ufffdg␌h"

    def test_characters_that_steer_direction_are_left_out_and_counted(self) -> None:
        steering = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        markup = made((f"A{steering}B", Role.BODY))._repr_html_()
        assert not set(steering) & set(markup)
        assert "Characters that steer the direction of the text are not shown: 9." in markup
        assert ">AB</p>" in markup

    def test_marks_of_direction_stay(self) -> None:
        assert "A\u200fB\u200e" in Document(text="A\u200fB\u200e")._repr_html_()

    @given(st.text(max_size=200), st.sampled_from(["text", "html"]))
    @settings(max_examples=60, deadline=None)
    def test_any_page_gives_markup_of_the_known_kind(self, page: str, kind: Any) -> None:
        document = newsclean.clean(page, kind=kind)
        body = seen(document).find("body")
        assert {e.tag for e in body.iterdescendants()} <= TAGS
        document._repr_html_().encode("utf-8")


class TestSize:
    MOST = 1_200_000

    @pytest.mark.parametrize(
        "document",
        [
            made(*[("<menu>", Role.NAVIGATION)] * 20_000, ("The body.", Role.BODY)),
            made(*[("<menu>", Role.NAVIGATION), ("The body.", Role.BODY)] * 20_000),
            made(("&" * 3_000_000, Role.BODY)),
            made(("&" * 3_000_000, Role.ADVERT)),
            Document(
                text="x", title="t" * 10**6, authors=("a" * 10**4,) * 999, warnings=("w" * 10**4,) * 999
            ),
            Document(text="\n\n".join(["&"] * 30_000)),
        ],
        ids=["menu", "alternating", "long-body", "long-advert", "fields", "no-page"],
    )
    def test_a_view_stays_small(self, document: Document) -> None:
        assert len(document._repr_html_()) < self.MOST

    def test_a_menu_ahead_of_the_article_does_not_crowd_it_out(self) -> None:
        root = seen(made(*[("Menu", Role.NAVIGATION)] * 20_000, ("The body.", Role.BODY)))
        assert words(within(root, "nc-row nc-text")[0].find("div")) == "The body."
        assert words(within(root, "nc-more")[-1]) == "19,500 more removed parts are left out here."

    def test_a_view_that_is_cut_says_how_much_is_missing_and_where_all_of_it_is(self) -> None:
        root = seen(made(("x" * 150_000, Role.BODY), ("The end.", Role.BODY)))
        (note,) = within(root, "nc-notes")[0]
        assert words(note).startswith("The page is long: 50,008 characters of it are left out here.")
        assert "doc.to_html_report(path)" in words(note)
        assert [words(e) for e in within(root, "nc-more")] == [
            "… 50,000 characters more",
            "1 more parts of the page are left out here.",
        ]

    def test_warnings_and_fields_that_are_cut_say_so(self) -> None:
        document = Document(text="x", title="t" * 400, warnings=tuple(map(str, range(30))))
        root = seen(document)
        notes = [words(note) for note in within(root, "nc-notes")[0]]
        assert notes[19:21] == ["Warning: 19", "10 more warnings stand in doc.warnings."]
        assert root.find(".//dd").text == "t" * 299 + "…"

    def test_a_report_is_whole(self, tmp_path: Path) -> None:
        parts = [("Menu", Role.NAVIGATION)] * 3_000 + [("x" * 150_000, Role.BODY), ("y" * 9_000, Role.ADVERT)]
        root = parsed(made(*parts).to_html_report(tmp_path / "r.html").read_text(encoding="utf-8"))
        assert [words(e) for e in within(root, "nc-words")] == [text for text, _ in parts]
        assert within(root, "nc-more") == []
        assert within(root, "nc-notes") == []


class TestReport:
    def test_it_holds_what_the_notebook_shows(self, tmp_path: Path) -> None:
        document = newsclean.clean(PAGE)
        path = document.to_html_report(str(tmp_path / "report.html"))
        assert path == tmp_path / "report.html"
        body = parsed(path.read_text(encoding="utf-8")).find("body")
        view = seen(document).find("body")
        assert [words(e) for e in body.iter("section")] == [words(e) for e in view.iter("section")]

    def test_it_declares_what_it_is_and_forbids_all_else(self, tmp_path: Path) -> None:
        path = newsclean.clean(PAGE).to_html_report(tmp_path / "report.html")
        text = path.read_bytes().decode("utf-8")
        head = parsed(text).find("head")
        assert head[0].get("charset") == "utf-8"
        assert head.findtext("title") == "newsclean: Night ferry to Averly sails again after two winters"
        metas = {m.get("name") or m.get("http-equiv"): m.get("content") for m in head.iter("meta")}
        assert metas["viewport"] == "width=device-width, initial-scale=1"
        assert metas["referrer"] == "no-referrer"
        (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
        assert metas["Content-Security-Policy"] == (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )

    def test_it_takes_the_place_of_an_older_one(self, tmp_path: Path) -> None:
        path = tmp_path / "report.html"
        path.write_text("old", encoding="utf-8")
        newsclean.clean(PAGE).to_html_report(path)
        assert "Night ferry" in path.read_text(encoding="utf-8")
        assert names_in(tmp_path) == ["report.html"]

    def test_an_older_one_stays_when_the_new_one_fails(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> str:
            raise RuntimeError("in the midst of it")

        path = tmp_path / "report.html"
        path.write_text("old", encoding="utf-8")
        monkeypatch.setattr("newsclean.report._head", fail)
        with pytest.raises(RuntimeError, match="in the midst of it"):
            newsclean.clean(PAGE).to_html_report(path)
        assert path.read_text(encoding="utf-8") == "old"
        assert names_in(tmp_path) == ["report.html"]

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "nowhere" / "report.html"
        with pytest.raises(FileNotFoundError) as caught:
            Document(text="").to_html_report(path)
        assert caught.value.filename == str(path)

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(FileExistsError, match="not a file that a report can replace"):
            Document(text="").to_html_report(tmp_path)
        assert names_in(tmp_path) == []

    def test_surrogates_and_nulls_can_be_written(self, tmp_path: Path) -> None:
        path = Document(text="a\ud800\x00", title="\udfff").to_html_report(tmp_path / "r.html")
        assert "a\ufffd␀" in path.read_bytes().decode("utf-8")


class TestCommand:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
        (tmp_path / "menu.txt").write_text("Home\nNews\n", encoding="utf-8")
        (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def test_one_page(self, folder: Path, capsys: Capture) -> None:
        assert main(["--report", "out.html", "page.txt"]) == 0
        assert capsys.readouterr().out == newsclean.clean(PAGE).text + "\n"
        root = parsed((folder / "out.html").read_text(encoding="utf-8"))
        assert len(list(root.iter("section"))) == 1
        assert list(root.iter("nav")) == []
        assert [words(h) for h in root.iter("h2")] == ["page.txt"]

    def test_several_pages_have_an_index(self, folder: Path, capsys: Capture) -> None:
        names = ["page.txt", "menu.txt", "nowhere.txt", "paper.pdf"]
        assert main(["--json", "--report", "out.html", *names]) == 2
        assert len(capsys.readouterr().out.splitlines()) == 2
        root = parsed((folder / "out.html").read_text(encoding="utf-8"))
        (index,) = root.iter("ol")
        assert [words(e) for e in index] == [
            "page.txt Night ferry to Averly sails again after two winters "
            "(4 paragraphs, 1 caption, 5 removed parts)",
            "menu.txt (no article, 2 paragraphs, 1 warning)",
            "nowhere.txt (no article, 1 warning)",
            "paper.pdf (no article, 1 warning)",
        ]
        assert [a.get("href") for a in index.iter("a")] == [f"#{e.get('id')}" for e in root.iter("section")]
        assert [words(h) for h in root.iter("h2")] == names
        assert "the page is a PDF document, not text" in words(list(root.iter("section"))[-1])

    @pytest.mark.usefixtures("folder")
    def test_a_report_that_cannot_be_written_stops_it_at_once(self, capsys: Capture) -> None:
        assert main(["--report", "nowhere/out.html", "page.txt"]) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert output.err.startswith("newsclean: cannot write: ")
        assert str(Path("nowhere/out.html")) in output.err.replace("\\\\", "\\")

    def test_it_never_takes_the_place_of_a_page(self, folder: Path, capsys: Capture) -> None:
        assert main(["--report", "page.txt", "menu.txt", "./page.txt"]) == 2
        assert "the report would take the place of the page page.txt" in capsys.readouterr().err
        assert (folder / "page.txt").read_text(encoding="utf-8") == PAGE

    def test_it_is_written_though_nobody_reads_the_articles(self, folder: Path) -> None:
        (folder / "long.txt").write_text(PAGE.replace("The company", FIRST * 2_000), encoding="utf-8")
        command = [sys.executable, "-m", "newsclean", "--report", "out.html", "long.txt", "menu.txt"]
        package = Path(newsclean.__file__).parent.parent
        run = subprocess.Popen(  # noqa: S603 - our own command
            command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(package)}
        )
        assert run.stdout
        run.stdout.close()
        run.wait(60)
        root = parsed((folder / "out.html").read_text(encoding="utf-8"))
        assert [words(h) for h in root.iter("h2")] == ["long.txt", "menu.txt"]
