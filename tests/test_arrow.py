"""The Arrow kernel: every kind of column, missing and bad pages, and rows that are those of ``clean``."""

from __future__ import annotations

import pickle
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import newsclean
from newsclean import arrow
from newsclean.arrow import (
    SCHEMA,
    BatchCleaner,
    ColumnError,
    clean_batches,
    clean_table,
    to_batches,
    to_table,
)
from newsclean.document import SCHEMA_VERSION

sys.path.insert(0, str(Path(__file__).parent))
import fixture_pages
from arrow_rows import NO_PAGE, PDF, RUSSIAN, row

ARTICLE = (
    "Ferry sails again\n\nBy Ines Talbot\n\n14 March 2025\n\n"
    "The night ferry to Averly sailed again on Monday after two winters in dry dock, with ninety people on "
    "board.\n\nThe ferry leaves the quay at Karsund on Monday (Photo: Marit Lund/Reuters)\n\n"
    "Islanders had waited on the slipway since dawn with bread, flags and a brass band, the crew said.\n\n"
    "Sign up for our free morning newsletter and never miss a tide\n"
)


def batch(*pages: Any, kind: pa.DataType | None = None, **columns: Any) -> pa.RecordBatch:
    return pa.record_batch({"page": pa.array(pages, kind), **columns})


def cleaned(*batches: pa.RecordBatch, **settings: Any) -> list[dict[str, Any]]:
    return [r for out in clean_batches(batches, **settings) for r in out.to_pylist()]


class TestSchema:
    def test_has_the_keys_of_to_dict(self) -> None:
        table = newsclean.clean(ARTICLE).to_dict()
        assert table["captions"]
        assert table["removed"]
        left_out = {"schema_version", "blocks", "page_text"}
        assert set(table) - left_out | {"error"} == set(SCHEMA.names)
        assert list(table["captions"][0]) == [field.name for field in arrow.CAPTION]
        assert list(table["removed"][0]) == [field.name for field in arrow.REMOVAL]

    def test_holds_what_clean_gives(self) -> None:
        (found,) = cleaned(batch(ARTICLE))
        assert found == row(ARTICLE)
        assert found["captions"][0]["provider"] == ["Reuters"]
        assert found["removed"][0]["role"] == "newsletter"
        assert found["date"] == "2025-03-14"

    def test_says_its_version(self) -> None:
        out = next(clean_batches([batch(ARTICLE)]))
        assert out.schema == SCHEMA
        assert out.schema.metadata == {b"newsclean.schema_version": str(SCHEMA_VERSION).encode()}

    def test_is_all_nullable(self) -> None:
        empty = pa.RecordBatch.from_pylist([{}], schema=SCHEMA)
        empty.validate(full=True)
        assert set(empty.to_pylist()[0].values()) == {None}

    def test_every_fixture_survives(self) -> None:
        pages = [fixture_pages.load(name).page for name in fixture_pages.names()]
        assert cleaned(batch(*pages)) == [row(page) for page in pages]


TEXTS = [pa.string(), pa.large_string(), pa.string_view()]
BYTES = [pa.binary(), pa.large_binary(), pa.binary_view()]


class TestColumns:
    @pytest.mark.parametrize("kind", TEXTS, ids=str)
    def test_of_strings(self, kind: pa.DataType) -> None:
        assert cleaned(batch(ARTICLE, None, "", kind=kind)) == [row(ARTICLE), row(None), row("")]

    @pytest.mark.parametrize("kind", BYTES, ids=str)
    def test_of_bytes(self, kind: pa.DataType) -> None:
        pages = [ARTICLE.encode(), None, b"%PDF-1.7", b""]
        found = cleaned(batch(*pages, kind=kind))
        assert found == [row(page) for page in pages]
        assert [r["error"] for r in found] == [None, NO_PAGE, PDF, None]

    def test_of_bytes_of_one_length(self) -> None:
        pages = [b"Home\nNews\n", b"Sport\nTide"]
        assert cleaned(batch(*pages, kind=pa.binary(10))) == [row(page) for page in pages]

    @pytest.mark.parametrize("kind", [pa.string(), pa.binary()], ids=str)
    def test_that_are_dictionary_encoded(self, kind: pa.DataType) -> None:
        column = pa.array([ARTICLE, None, ARTICLE, "Home"]).cast(kind).dictionary_encode()
        expected = [row(page) for page in (ARTICLE, None, ARTICLE, "Home")]
        assert cleaned(pa.record_batch({"page": column})) == expected

    def test_whose_dictionary_holds_a_null(self) -> None:
        column = pa.DictionaryArray.from_arrays(pa.array([0, 1]), pa.array([None, "Home"]))
        assert cleaned(pa.record_batch({"page": column})) == [row(None), row("Home")]

    def test_that_are_run_length_encoded(self) -> None:
        column: Any = pa.RunEndEncodedArray.from_arrays(
            pa.array([2, 3], pa.int32()), pa.array([ARTICLE, None])
        )
        assert cleaned(pa.record_batch({"page": column})) == [row(ARTICLE), row(ARTICLE), row(None)]

    def test_of_an_extension_type(self) -> None:
        column: Any = pa.ExtensionArray.from_storage(
            pa.opaque(pa.string(), "page", "crawler"), pa.array([ARTICLE])
        )
        assert cleaned(pa.record_batch({"page": column})) == [row(ARTICLE)]

    def test_of_nothing_but_nulls(self) -> None:
        assert cleaned(batch(None, None, kind=pa.null())) == [row(None), row(None)]

    def test_that_are_slices(self) -> None:
        assert cleaned(batch("Home", ARTICLE, None, "News").slice(1, 2)) == [row(ARTICLE), row(None)]

    def test_of_strings_that_are_not_utf_8_are_read_as_bytes(self) -> None:
        said = "“Café,” said the crew of the ferry on Monday. ".encode("cp1252") * 3
        offsets = pa.py_buffer(struct.pack("<3i", 0, len(said), len(said) + 4))
        column = pa.StringArray.from_buffers(2, offsets, pa.py_buffer(said + b"Home"))
        found = cleaned(pa.record_batch({"page": column}))
        assert found == [row(said), row("Home")]
        assert found[0]["warnings"][0].startswith("not valid UTF-8")

    @pytest.mark.parametrize("kind", [pa.int64(), pa.bool_(), pa.list_(pa.string())], ids=str)
    def test_of_other_types_are_refused(self, kind: Any) -> None:
        with pytest.raises(ColumnError, match=r"^the column 'page' holds .*, neither strings nor bytes$"):
            cleaned(pa.record_batch({"page": pa.nulls(1, kind)}))

    def test_that_are_missing_are_named_with_those_that_there_are(self) -> None:
        with pytest.raises(ColumnError, match=r"^no column 'html'; there are: url, page$"):
            cleaned(batch(ARTICLE, url=["a"]).select(["url", "page"]), page="html")
        with pytest.raises(ColumnError, match=r"^no column 'page'; there are: none$"):
            cleaned(pa.RecordBatch.from_pylist([], schema=pa.schema([])))

    def test_of_one_name_are_refused(self) -> None:
        doubled = pa.RecordBatch.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["page", "page"])
        with pytest.raises(ColumnError, match=r"^2 columns are called 'page'$"):
            cleaned(doubled)


class TestRows:
    def test_a_page_that_brings_out_a_fault_does_not_stop_the_others(self) -> None:
        class Faulty(newsclean.Cleaner):
            def clean(self, page: Any, **how: Any) -> newsclean.Document:
                if page == "fault":
                    raise RecursionError("too deep")
                return super().clean(page, **how)

        found = cleaned(batch(ARTICLE, "fault", "Home"), cleaner=Faulty())
        assert [r["error"] for r in found] == [None, "RecursionError: too deep", None]
        assert found[0] == row(ARTICLE)
        assert set(found[1].values()) == {None, "RecursionError: too deep"}

    def test_a_document_that_arrow_cannot_hold_does_not_stop_the_others(self) -> None:
        class Halved(newsclean.Cleaner):
            def clean(self, page: Any, **how: Any) -> newsclean.Document:
                if page == "half":
                    return newsclean.Document(text="\ud800")
                return super().clean(page, **how)

        found = cleaned(batch(ARTICLE, "half", "Home"), cleaner=Halved())
        assert [found[0], found[2]] == [row(ARTICLE), row("Home")]
        assert found[1]["error"].startswith("UnicodeEncodeError: ")
        assert found[1]["text"] is None

    def test_of_pages_that_are_too_large(self) -> None:
        cleaner = newsclean.Cleaner(max_chars=50)
        found = cleaned(batch(ARTICLE, "Home"), cleaner=cleaner)
        assert found == [row(ARTICLE, cleaner), row("Home", cleaner)]
        assert found[0]["error"].startswith("PageTooLargeError: ")

    def test_of_settings(self) -> None:
        cleaner = newsclean.Cleaner(mode="keep-more", without="en.newsletter")
        (found,) = cleaned(batch(ARTICLE), cleaner=cleaner)
        assert found == row(ARTICLE, cleaner)
        assert found != row(ARTICLE)

    def test_of_a_kind_and_a_charset_each(self) -> None:
        russian = RUSSIAN.encode("cp1251")
        pages = [b"<p>Home</p>", b"<p>Home</p>", russian, b"Home"]
        kinds, charsets = ["text", None, None, "banana"], [None, None, "windows-1251", None]
        found = cleaned(batch(*pages, k=kinds, c=charsets), kind_column="k", charset_column="c", keep=[])
        given = list(zip(pages, kinds, charsets, strict=True))
        assert found[:3] == [row(page, kind=kind, charset=charset) for page, kind, charset in given[:3]]
        assert found[0]["text"] == "<p>Home</p>"
        assert "Паром" in found[2]["text"]
        assert found[3]["error"] == "ValueError: kind is one of html, text, or None; not 'banana'"

    def test_of_one_kind(self) -> None:
        assert cleaned(batch("<p>Home</p>"), kind="text") == [row("<p>Home</p>", kind="text")]

    def test_kinds_are_strings(self) -> None:
        with pytest.raises(ColumnError, match=r"^the column 'k' holds int64, neither strings nor nulls$"):
            cleaned(batch("a", k=[1]), kind_column="k")
        with pytest.raises(ColumnError, match=r"^no column 'charset'; there are: page$"):
            cleaned(batch("a"), charset_column="charset")

    def test_bad_settings_are_refused_at_once(self) -> None:
        with pytest.raises(ValueError, match=r"not 'pdf'; kind_column names a column$"):
            clean_batches([], kind="pdf")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="not both"):
            clean_batches([], kind="html", kind_column="k")
        with pytest.raises(TypeError, match=r"^cleaner is a newsclean\.Cleaner or None, not 'keep-more'$"):
            clean_batches([], cleaner="keep-more")  # type: ignore[arg-type]


class TestKept:
    def test_columns_stand_before_the_others(self) -> None:
        dates = pa.array([1, 2], pa.timestamp("us"))
        (out,) = clean_batches([batch(ARTICLE, None, url=["a", "b"], seen=dates)])
        assert out.schema.names == ["url", "seen", *SCHEMA.names]
        assert out.column("url").to_pylist() == ["a", "b"]
        assert out.column("seen") == dates

    def test_columns_can_be_chosen(self) -> None:
        (out,) = clean_batches([batch(ARTICLE, url=["a"], seen=["b"])], keep=["page", "url"])
        assert out.schema.names == ["page", "url", *SCHEMA.names]
        (out,) = clean_batches([batch(ARTICLE, url=["a"])], keep="url")
        assert out.schema.names == ["url", *SCHEMA.names]
        with pytest.raises(ColumnError, match=r"^no column 'uri'; there are: page, url$"):
            cleaned(batch(ARTICLE, url=["a"]), keep=["uri"])

    def test_a_name_that_is_taken_is_refused(self) -> None:
        given = batch(ARTICLE, date=["crawled"], title=["mine"], url=["a"])
        with pytest.raises(ColumnError, match=r"called date, title: name with keep=.*prefix='clean_'$"):
            cleaned(given)
        (found,) = cleaned(given, prefix="clean_")
        assert (found["date"], found["clean_date"]) == ("crawled", "2025-03-14")
        (found,) = cleaned(given, keep=["url"])
        assert found == {"url": "a", **row(ARTICLE)}

    def test_the_page_may_be_called_like_the_article(self) -> None:
        (found,) = cleaned(pa.record_batch({"text": [ARTICLE]}), page="text")
        assert found == row(ARTICLE)


class TestBatches:
    def test_come_one_by_one(self) -> None:
        asked: list[int] = []

        def given() -> Iterator[pa.RecordBatch]:
            for n in range(3):
                asked.append(n)
                yield batch("Home")

        out = clean_batches(given())
        assert asked == []
        next(out)
        assert asked == [0]

    def test_without_rows_give_batches_without_rows(self) -> None:
        (out,) = clean_batches([batch(kind=pa.string(), url=pa.array([], pa.string()))])
        assert (out.num_rows, out.schema.names) == (0, ["url", *SCHEMA.names])
        assert list(clean_batches([])) == []

    def test_are_cut_where_they_are_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(arrow, "MAX_ROWS", 3)
        pages = [f"Home {n}" if n % 3 else None for n in range(8)]
        outs = list(clean_batches([batch(*pages, url=list("abcdefgh"))]))
        assert [out.num_rows for out in outs] == [3, 3, 2]
        table = pa.Table.from_batches(outs)
        assert table.column("url").to_pylist() == list("abcdefgh")
        assert table.column("text").to_pylist() == pages

    def test_are_cut_where_their_texts_are_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(arrow, "_MAX_CHARS", len(ARTICLE))
        assert [out.num_rows for out in clean_batches([batch(*[ARTICLE] * 5)])] == [2, 2, 1]

    def test_may_be_one_or_a_table(self) -> None:
        given = batch("Home", None)
        for one in (given, pa.Table.from_batches([given])):
            assert [r for out in clean_batches(one) for r in out.to_pylist()] == [row("Home"), row(None)]

    def test_make_up_a_chunked_table(self) -> None:
        pages: Any = pa.chunked_array([[ARTICLE], [], [None, "Home"]], pa.string())
        table = clean_table(pa.table({"page": pages, "n": [1, 2, 3]}))
        assert table.to_pylist() == [
            {"n": n, **row(page)} for n, page in enumerate([ARTICLE, None, "Home"], start=1)
        ]

    def test_make_up_a_table_without_chunks(self) -> None:
        columns: Any = {"page": pa.chunked_array([], pa.string()), "n": pa.chunked_array([], pa.int8())}
        table = clean_table(pa.table(columns))
        assert (table.num_rows, table.schema.names) == (0, ["n", *SCHEMA.names])


class TestDocuments:
    def test_to_a_table(self) -> None:
        pages = [ARTICLE, "Home", fixture_pages.load("gallery-captions").page]
        table = to_table(map(newsclean.clean, pages))
        assert table.schema == SCHEMA
        assert table.to_pylist() == [row(page) for page in pages]

    def test_to_batches_of_bounded_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(arrow, "MAX_ROWS", 2)
        given = iter([newsclean.clean("Home")] * 5)
        batches = to_batches(given)
        assert next(batches).num_rows == 2
        assert len(list(given)) == 3  # no more was read than the batch holds

    def test_none_make_an_empty_table(self) -> None:
        assert to_table([]).schema == SCHEMA


def _sent(batch_cleaner: BatchCleaner) -> BatchCleaner:
    there = pickle.loads(pickle.dumps(batch_cleaner))  # noqa: S301 - our own
    assert isinstance(there, BatchCleaner)
    return there


class TestPickling:
    def test_settings_travel(self) -> None:
        cleaner = newsclean.Cleaner(mode="keep-more", max_chars=500)
        there = _sent(BatchCleaner("html", keep=["url"], prefix="n_", cleaner=cleaner))
        again = _sent(BatchCleaner("html", cleaner=cleaner))
        assert (there.page, there.keep, there.prefix) == ("html", ("url",), "n_")
        assert (there.cleaner.mode, there.cleaner.max_chars) == ("keep-more", 500)
        assert there.cleaner is again.cleaner  # made once in a process

    def test_the_usual_cleaner_does_not_travel(self) -> None:
        packed = pickle.dumps(BatchCleaner())
        assert len(packed) < 1000
        assert newsclean.__version__.encode() in packed
        assert _sent(BatchCleaner()).clean_page(ARTICLE) == row(ARTICLE)
