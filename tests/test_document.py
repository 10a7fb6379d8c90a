"""What a user holds: the Document, read, printed, explained, stored and brought back."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean
from newsclean import Block, Caption, Document, Evidence, Image, Removal, Role, Span
from newsclean.document import NO_ARTICLE, SCHEMA_VERSION
from newsclean.evidence import CAPTION_ROLES, METADATA_ROLES, REMOVED_ROLES, TEXT_ROLES

CAPTION = "The Halvard at the quay in Karsund on Monday"
PAGE = f"""Skip to content

Ferry returns to Karsund after two winters away

By Ines Talbot

The ferry between Karsund and the outer islands is running again after two winters in dry dock. It left \
the quay at noon on Monday with ninety people on board, the crew said.

{CAPTION} (Photo: Ole Brandt/AFP)

Islanders had waited on the slipway since dawn with bread, flags and a brass band. “We had almost forgotten \
the sound of that horn,” said Marit Lund, who has kept the shop by the pier for thirty years.

Sign up for our daily newsletter

The company says the ship will make four crossings a day until October, and two in the winter months. \
Tickets cost the same as they did before the engine failed.

Critics on the council say that the repair took too long and cost too much. A report on the matter is due \
in the spring, according to the mayor.

Copyright 2024 The Karsund Courier. All rights reserved.
"""
MENU = "Home\nNews\nSport\nLog in\n"

WORDS = st.text(max_size=20)
MAYBE = st.none() | WORDS
SPANS = st.builds(Span, st.integers(0, 10**6), st.integers(0, 10**6))
ROLES = st.sampled_from(Role)
WEIGHTS = st.floats(allow_nan=False, allow_infinity=False)
EVIDENCE = st.builds(Evidence, WORDS, ROLES, WEIGHTS, WORDS)
IMAGES = st.builds(Image, MAYBE, MAYBE, WORDS)


def several(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=3).map(tuple)


DOCUMENTS = st.builds(
    Document,
    text=WORDS,
    captions=several(
        st.builds(
            Caption,
            WORDS,
            MAYBE,
            MAYBE,
            several(WORDS),
            st.integers(-1, 99),
            SPANS,
            kind=st.sampled_from([None, "photo", "video", "graphic", "illustration", "file photo"]),
            credit_span=st.none() | SPANS,
            image=st.none() | IMAGES,
        )
    ),
    removed=several(st.builds(Removal, WORDS, ROLES, WORDS, WORDS, SPANS)),
    title=MAYBE,
    standfirst=MAYBE,
    authors=several(WORDS),
    publisher=MAYBE,
    aggregator=MAYBE,
    section=MAYBE,
    date=MAYBE,
    truncated=st.booleans(),
    warnings=several(WORDS),
    blocks=several(st.builds(Block, SPANS, WORDS, ROLES, several(EVIDENCE))),
    page_text=WORDS,
)


@pytest.fixture(scope="module")
def document() -> Document:
    return newsclean.clean(PAGE)


def kinds(value: Any) -> set[type]:
    """The exact types of a value and of all that it holds."""
    if type(value) is dict:
        return {dict}.union(*(kinds(v) for item in value.items() for v in item))
    if type(value) is list:
        return {list}.union(*map(kinds, value))
    return {type(value)}


class TestOfAnOrdinaryPage:
    """Ground for the rest of this file: every kind of part is there."""

    def test_metadata(self, document: Document) -> None:
        assert document.title == "Ferry returns to Karsund after two winters away"
        assert document.authors == ("Ines Talbot",)
        assert document.warnings == ()
        assert document.found_article
        assert not document.truncated

    def test_paragraphs_are_the_text_in_order(self, document: Document) -> None:
        assert [p.split()[0] for p in document.paragraphs] == ["The", "Islanders", "The", "Critics"]
        assert "\n\n".join(document.paragraphs) == document.text

    def test_blocks_tile_the_page(self, document: Document) -> None:
        assert document.page_text == PAGE
        assert "".join(PAGE[start:end] for start, end in (b.span for b in document.blocks)) == PAGE

    def test_block_text_is_what_stands_in_its_span(self, document: Document) -> None:
        assert [PAGE[b.span.start : b.span.end].strip() for b in document.blocks] == [
            b.text for b in document.blocks
        ]

    def test_removals_point_at_their_words(self, document: Document) -> None:
        assert {r.text for r in document.removed} == {
            "Skip to content",
            "Sign up for our daily newsletter",
            "Copyright 2024 The Karsund Courier. All rights reserved.",
        }
        for removal in document.removed:
            assert PAGE[removal.span.start : removal.span.end] == removal.text
            assert removal.role in REMOVED_ROLES
            assert removal.rule_id
            assert removal.why

    def test_removals_are_the_blocks_of_their_roles(self, document: Document) -> None:
        assert [(r.text, r.role, r.rule_id, r.why) for r in document.removed] == [
            (b.text, b.role, b.rule_id, b.why) for b in document.blocks if b.role in REMOVED_ROLES
        ]

    def test_captions_point_at_their_words_and_place(self, document: Document) -> None:
        (caption,) = document.captions
        assert caption.text == CAPTION
        assert (caption.credit, caption.photographer) == ("Ole Brandt/AFP", "Ole Brandt")
        assert (caption.agencies, caption.agency) == (("AFP",), "AFP")
        assert caption.position == 0
        assert PAGE[caption.span.start : caption.span.end] == f"{CAPTION} (Photo: Ole Brandt/AFP)"
        assert caption.credit_span is not None
        assert PAGE[caption.credit_span.start : caption.credit_span.end] == caption.credit
        assert (caption.kind, caption.image) == ("photo", None)

    def test_every_block_has_evidence_and_the_first_is_the_reason(self, document: Document) -> None:
        for block in document.blocks:
            assert block.evidence
            assert (block.rule_id, block.why) == (block.evidence[0].rule_id, block.evidence[0].why)
            assert block.why.endswith(".")

    def test_offsets_count_characters_outside_the_basic_plane(self) -> None:
        page = "🚢🚢 渡轮\n\n" + PAGE
        document = newsclean.clean(page)
        for removal in document.removed:
            assert page[removal.span.start : removal.span.end] == removal.text
        (caption,) = document.captions
        assert page[caption.span.start : caption.span.end].startswith(CAPTION)

    def test_spans_with_windows_line_ends(self) -> None:
        page = PAGE.replace("\n", "\r\n")
        for removal in newsclean.clean(page).removed:
            assert page[removal.span.start : removal.span.end] == removal.text


class TestOfNoArticle:
    def test_the_whole_page_is_the_text_and_a_warning_says_so(self) -> None:
        document = newsclean.clean(MENU)
        assert document.paragraphs == ("Home", "News", "Sport", "Log in")
        assert document.warnings == (NO_ARTICLE,)
        assert document.removed == ()
        assert not document.found_article

    def test_an_empty_document_has_no_paragraphs(self) -> None:
        assert Document(text="").paragraphs == ()
        assert not Document(text="").found_article


class TestValues:
    def test_str_and_print_give_the_text(
        self, document: Document, capsys: pytest.CaptureFixture[str]
    ) -> None:
        print(document)  # noqa: T201 - what the test is about
        assert capsys.readouterr().out == document.text + "\n"
        assert str(document) == f"{document}" == document.text

    def test_repr_is_one_short_line(self, document: Document) -> None:
        assert repr(document) == (
            "<Document 'Ferry returns to Karsund after two winters away', 4 paragraphs, 1 captions, 3 "
            "removed, 0 warnings>"
        )
        assert repr(Document(text="")) == "<Document 0 paragraphs, 0 captions, 0 removed, 0 warnings>"

    @pytest.mark.parametrize("name", ["text", "captions", "title", "page_text"])
    def test_a_document_is_frozen(self, document: Document, name: str) -> None:
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(document, name, "")

    def test_its_parts_are_frozen(self, document: Document) -> None:
        parts: list[Any] = [document.captions[0], document.removed[0], document.blocks[0]]
        for part in [*parts, document.blocks[0].evidence[0]]:
            for field in dataclasses.fields(part):
                with pytest.raises(dataclasses.FrozenInstanceError):
                    setattr(part, field.name, "")

    @pytest.mark.parametrize(
        "copied",
        [copy.copy, copy.deepcopy, lambda some: pickle.loads(pickle.dumps(some))],  # noqa: S301 - our own
    )
    def test_copies_of_what_nobody_has_read_are_equal(self, copied: Callable[[Any], Any]) -> None:
        document = newsclean.clean(PAGE)
        block = copied(document.blocks[0])
        assert block == document.blocks[0]
        assert block.evidence
        assert copied(newsclean.clean(PAGE)) == document

    def test_no_new_attributes(self, document: Document) -> None:
        with pytest.raises((AttributeError, TypeError)):
            document.note = "x"  # type: ignore[attr-defined]  # the point of the test

    def test_equal_documents_have_equal_hashes(self, document: Document) -> None:
        again = newsclean.clean(PAGE)
        assert again is not document
        assert (again, hash(again)) == (document, hash(document))
        assert len({document, again, newsclean.clean(MENU)}) == 2

    def test_parts_are_hashable(self, document: Document) -> None:
        assert len({*document.blocks, *document.captions, *document.removed}) == len(document.blocks) + 4

    @pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
    def test_pickling(self, document: Document, protocol: int) -> None:
        copy = pickle.loads(pickle.dumps(document, protocol))  # noqa: S301 - pickled right here
        assert copy == document
        assert copy.explain() == document.explain()

    def test_replace_makes_a_changed_copy(self, document: Document) -> None:
        changed = dataclasses.replace(document, section="Coast")
        assert (changed.section, changed.text) == ("Coast", document.text)
        assert changed != document

    def test_several_agencies_in_one_string(self) -> None:
        caption = Caption("A ship", "X/Y", None, ("AFP", "Getty Images"), -1, Span(0, 1))
        assert caption.agency == "AFP/Getty Images"
        assert dataclasses.replace(caption, agencies=()).agency is None

    def test_a_block_without_evidence_has_no_reason(self) -> None:
        block = Block(Span(0, 1), "x", Role.BODY)
        assert (block.rule_id, block.why) == ("", "")

    def test_roles_fall_into_four_groups_and_no_more(self) -> None:
        groups = [TEXT_ROLES, METADATA_ROLES, CAPTION_ROLES, REMOVED_ROLES]
        assert sum(map(len, groups)) == len(Role)
        assert frozenset().union(*groups) == frozenset(Role)


class TestRoundTrip:
    @settings(deadline=None)
    @given(DOCUMENTS)
    def test_any_document_through_a_dict(self, made: Document) -> None:
        assert Document.from_dict(made.to_dict()) == made

    @settings(deadline=None)
    @given(DOCUMENTS)
    def test_any_document_through_json(self, made: Document) -> None:
        back = Document.from_dict(json.loads(made.to_json()))
        assert back == made
        assert hash(back) == hash(made)
        assert back.to_json() == made.to_json()

    @settings(deadline=None)
    @given(st.text(max_size=300))
    def test_what_clean_makes_of_any_page(self, page: str) -> None:
        made = newsclean.clean(page)
        assert Document.from_dict(json.loads(made.to_json())) == made

    def test_what_clean_makes_of_a_page(self, document: Document) -> None:
        back = Document.from_dict(json.loads(document.to_json()))
        assert back == document
        assert back.explain() == document.explain()
        assert isinstance(back.blocks[0].span, Span)
        assert isinstance(back.blocks[0].role, Role)

    def test_the_document_of_a_page_that_could_not_be_cleaned(self) -> None:
        (made,) = newsclean.clean_many([b"%PDF-1.7"])
        assert Document.from_dict(made.to_dict()) == made


class TestForm:
    def test_version_and_every_field(self, document: Document) -> None:
        table = document.to_dict()
        assert table["schema_version"] == SCHEMA_VERSION == 2
        assert set(table) == {"schema_version"} | {field.name for field in dataclasses.fields(Document)}

    @settings(deadline=None)
    @given(DOCUMENTS)
    def test_only_plain_types(self, made: Document) -> None:
        assert kinds(made.to_dict()) <= {dict, list, str, int, float, bool, type(None)}

    def test_parts(self, document: Document) -> None:
        table = document.to_dict()
        span, credit_span = document.captions[0].span, document.captions[0].credit_span
        assert credit_span is not None
        assert table["captions"] == [
            {
                "caption": CAPTION,
                "creditText": "Ole Brandt/AFP",
                "creator": "Ole Brandt",
                "provider": ["AFP"],
                "contentUrl": None,
                "altText": None,
                "position": 0,
                "kind": "photo",
                "span": list(span),
                "credit_span": list(credit_span),
                "path": None,
            }
        ]
        assert set(table["removed"][0]) == {"text", "role", "rule_id", "why", "span"}
        assert set(table["blocks"][0]) == {"span", "text", "role", "evidence", "path"}
        assert set(table["blocks"][0]["evidence"][0]) == {"rule_id", "role", "weight", "why"}
        assert table["removed"][-1]["role"] == "legal"

    def test_the_image_of_a_caption(self, document: Document) -> None:
        image = Image("https://example.org/quay.jpg", "A ferry at a quay", "/html/body/img[2]")
        caption = dataclasses.replace(document.captions[0], kind="photo", image=image)
        (table,) = dataclasses.replace(document, captions=(caption,)).to_dict()["captions"]
        assert (table["contentUrl"], table["altText"], table["path"]) == (image.url, image.alt, image.path)
        assert table["kind"] == "photo"

    def test_json_is_ascii_on_one_line(self, document: Document) -> None:
        line = document.to_json()
        assert line.isascii()
        assert "\n" not in line
        assert "\\u201c" in line

    def test_json_with_indent(self, document: Document) -> None:
        assert json.loads(document.to_json(indent=2)) == json.loads(document.to_json())
        assert document.to_json(indent=2).startswith('{\n  "schema_version": 2,')

    def test_changing_the_dict_does_not_change_the_document(self, document: Document) -> None:
        before = document.to_json()
        table = document.to_dict()
        table["authors"].append("Nobody")
        table["blocks"][0]["span"][0] = 99
        table["captions"].clear()
        assert document.to_json() == before


class TestBadDicts:
    def test_the_version_before_is_named(self, document: Document) -> None:
        with pytest.raises(ValueError, match="schema version 1, whose captions have other names"):
            Document.from_dict({**document.to_dict(), "schema_version": 1})

    @pytest.mark.parametrize("version", [0, 3, "1", "2", None, [1]])
    def test_another_schema_version(self, document: Document, version: object) -> None:
        with pytest.raises(
            ValueError, match=re.escape(f"schema version {version!r}; this newsclean reads 2")
        ):
            Document.from_dict({**document.to_dict(), "schema_version": version})

    def test_no_schema_version(self) -> None:
        with pytest.raises(ValueError, match="schema version None"):
            Document.from_dict({"text": "The ferry is back."})

    @pytest.mark.parametrize(
        "name", [field.name for field in dataclasses.fields(Document) if field.name != "error"]
    )
    def test_a_missing_field_is_named(self, document: Document, name: str) -> None:
        table = document.to_dict()
        del table[name]
        with pytest.raises(ValueError, match=rf"not a document written by to_dict.*'{name}'"):
            Document.from_dict(table)

    @pytest.mark.parametrize(
        ("part", "name"),
        [
            *(
                ("captions", name)
                for name in (
                    *("caption", "creditText", "creator", "provider", "contentUrl", "altText"),
                    *("position", "kind", "span", "credit_span", "path"),
                )
            ),
            *(("removed", name) for name in ("text", "role", "rule_id", "why", "span")),
            *(("blocks", name) for name in ("span", "text", "role", "evidence")),
        ],
    )
    def test_a_missing_field_of_a_part_is_named(self, document: Document, part: str, name: str) -> None:
        table = document.to_dict()
        del table[part][0][name]
        with pytest.raises(ValueError, match=rf"not a document written by to_dict.*'{name}'"):
            Document.from_dict(table)

    @pytest.mark.parametrize(
        ("name", "value"),
        [("captions", 3), ("blocks", [{}]), ("removed", ["Share"]), ("authors", None), ("warnings", 1)],
    )
    def test_a_field_of_another_shape(self, document: Document, name: str, value: object) -> None:
        with pytest.raises(ValueError, match="not a document written by to_dict"):
            Document.from_dict({**document.to_dict(), name: value})

    @pytest.mark.parametrize("span", [[1], [1, 2, 3], 7, None])
    def test_a_broken_span(self, document: Document, span: object) -> None:
        table = document.to_dict()
        table["blocks"][0]["span"] = span
        with pytest.raises(ValueError, match="not a document written by to_dict"):
            Document.from_dict(table)

    def test_an_unknown_role(self, document: Document) -> None:
        table = document.to_dict()
        table["blocks"][0]["role"] = "banana"
        with pytest.raises(ValueError, match="banana"):
            Document.from_dict(table)

    @pytest.mark.parametrize("table", [None, []])
    def test_no_dict_at_all(self, table: Any) -> None:
        with pytest.raises((ValueError, TypeError), match="document"):
            Document.from_dict(table)


class TestExplain:
    def test_head_and_one_row_a_block(self, document: Document) -> None:
        head, *rows = document.explain().split("\n")
        assert head.split() == ["line", "role", "rule", "why", "text"]
        assert len(rows) == len(document.blocks) == 10

    def test_rows_show_line_role_and_rule(self, document: Document) -> None:
        rows = [row.split()[:3] for row in document.explain().split("\n")[1:]]
        assert [row[0] for row in rows] == ["1", "3", "5", "7", "9", "11", "13", "15", "17", "19"]
        assert [row[1] for row in rows] == [b.role.value for b in document.blocks]
        assert [row[2] for row in rows] == [b.rule_id for b in document.blocks]

    def test_columns_line_up(self, document: Document) -> None:
        head, *rows = document.explain(width=160).split("\n")
        for name in ("role", "rule", "why", "text"):
            at = head.index(name)
            assert {row[at - 2 : at] for row in rows} == {"  "}
            assert " " not in {row[at] for row in rows}

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
    def test_lines_are_counted_for_every_kind_of_line_end(self, end: str) -> None:
        table = newsclean.clean(PAGE.replace("\n", end)).explain()
        lines = [row.split()[0] for row in table.split("\n")[1:]]
        assert lines == ["1", "3", "5", "7", "9", "11", "13", "15", "17", "19"]

    def test_lines_count_from_the_head_of_the_page(self) -> None:
        rows = newsclean.clean("\n\n\n" + PAGE).explain().split("\n")[1:]
        assert [row.split()[0] for row in rows][:3] == ["4", "6", "8"]

    @pytest.mark.parametrize("width", [60, 80, 120, 200])
    def test_width_bounds_the_table(self, document: Document, width: int) -> None:
        assert max(map(len, document.explain(width).split("\n"))) <= width

    @pytest.mark.parametrize("width", [-1, 0, 10])
    def test_narrower_than_sixty_is_sixty(self, document: Document, width: int) -> None:
        assert document.explain(width) == document.explain(60)

    def test_what_does_not_fit_ends_in_an_ellipsis(self, document: Document) -> None:
        first = next(row for row in document.explain(120).split("\n") if row.startswith("7 "))
        assert first.endswith("…")
        assert "The ferry between Karsund" in first

    def test_a_row_stays_one_line(self) -> None:
        made = Document("", blocks=(Block(Span(0, 3), "a\nb\tc", Role.BODY),), page_text="a b")
        assert made.explain().split("\n")[1].split() == ["1", "body", "a", "b", "c"]

    def test_of_an_empty_document(self) -> None:
        assert Document(text="").explain().split() == ["line", "role", "rule", "why", "text"]

    @settings(deadline=None)
    @given(DOCUMENTS, st.integers(0, 200))
    def test_of_any_document(self, made: Document, width: int) -> None:
        assert made.explain(width).startswith("line")
