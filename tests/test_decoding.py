"""From what a caller hands in to text: encodings, damage, and things that are no text at all."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean.decoding import decode

ROOMY = 100_000

PAGE = """Skip to content

Ferry returns to Karsund after two winters away

By Ines Talbot

The ferry between Karsund and the outer islands is running again after two winters in dry dock. It left \
the quay at noon on Monday with ninety people on board, the crew said.

Islanders had waited on the slipway since dawn with bread, flags and a brass band. “We had almost forgotten \
the sound of that horn,” said Zoë Lund, who has kept the café by the pier for thirty years.

The company says the ship will make four crossings a day until October, and two in the winter months. \
Tickets cost the same as they did before the engine failed – or so the posters say.
"""
FIRST = (
    "The ferry between Karsund and the outer islands is running again after two winters in dry dock. "
    "It left the quay at noon on Monday with ninety people on board, the crew said."
)

ENGLISH = (
    "The café on the quay reopened on Monday, two years after the fire. It’s the only one on the island – "
    "and the owner says she’ll never close it again."
)
FRENCH = (
    "Le maire a inauguré samedi la nouvelle jetée du port, après trois années de travaux. « C'est une fête "
    "pour tous les pêcheurs », a déclaré l'élue, très émue, devant la foule réunie à l'aube."
)
GERMAN = (
    "Die Fähre fährt wieder: Über zwei Winter lag sie im Dock, jetzt grüßt sie den Kai. „Wir hätten es nie "
    "geglaubt“, sagte Jörg Müller, der seit Jahren die Schlüssel des Häuschens hütet."
)
SPANISH = (
    "El alcalde inauguró ayer el muelle después de tres años de obras. «Mañana vendrán los niños», dijo la "
    "señora Núñez, que vive allí desde pequeña y aún recuerda el último huracán."
)
PORTUGUESE = (
    "A balsa voltou a navegar na segunda-feira, depois de três anos de obras. A população não esperava: «É "
    "uma emoção», disse João Gonçalves, dono do café à beira-mar."
)
SWEDISH = (
    "Färjan går igen efter två vintrar på varvet. Öborna väntade på kajen från gryningen, och både bröd och "
    "fläktar såldes åt höger och vänster."
)
GREEK = "Το πλοίο επέστρεψε στο λιμάνι. Απέπλευσε το μεσημέρι, είπε το πλήρωμα."
TURKISH = (
    "Feribot iki kış sonra yeniden çalışıyor. Adalılar şafaktan beri iskelede bekliyordu, dedi kaptan "
    "Güneş Yıldız."
)
JAPANESE = "フェリーは月曜日に運航を再開した。乗組員によると、正午に出航した。"
SIMPLIFIED = "渡轮周一恢复航行。船员说,它在中午出发。"
TRADITIONAL = "渡輪週一恢復航行。船員說,它在中午出發。"
KOREAN = "여객선이 월요일에 다시 운항을 시작했다. 정오에 출항했다고 선원이 말했다."
POLISH = (
    "Prom znów kursuje między wyspami. Mieszkańcy czekali na nabrzeżu od świtu, a burmistrz wygłosił długą "
    "przemowę o przyszłości żeglugi."
)
RUSSIAN = (
    "Паром снова ходит между островами. Первый рейс вышел в полдень, сообщила команда. Жители ждали на "
    "пристани с рассвета, с хлебом и флагами, и пели старые песни."
)


def _clean(page: Any) -> newsclean.Document:
    """clean() as an untyped caller may call it."""
    return newsclean.clean(page)


def _noise(size: int) -> bytes:
    """Bytes that look random and are the same on every run."""
    blocks = (hashlib.sha256(i.to_bytes(4, "big")).digest() for i in range(size // 32 + 1))
    return b"".join(blocks)[:size]


class TestWrongTypes:
    @pytest.mark.parametrize(
        ("page", "name"),
        [
            (None, "NoneType"),
            (3, "int"),
            (1.5, "float"),
            ([PAGE], "list"),
            ({"text": PAGE}, "dict"),
            (object(), "object"),
        ],
    )
    def test_is_refused_by_name(self, page: object, name: str) -> None:
        with pytest.raises(newsclean.PageTypeError, match=rf"a page is str or bytes, not {name}\b"):
            _clean(page)

    def test_a_path_is_not_opened(self, tmp_path: Path) -> None:
        file = tmp_path / "page.txt"
        file.write_text(PAGE, encoding="utf-8")
        with pytest.raises(newsclean.PageTypeError, match="Path"):
            _clean(file)

    def test_the_error_is_a_page_error_and_a_type_error(self) -> None:
        with pytest.raises(TypeError) as caught:
            _clean(None)
        assert isinstance(caught.value, newsclean.PageError)
        assert isinstance(caught.value, newsclean.NewscleanError)

    @pytest.mark.parametrize("wrap", [bytearray, memoryview])
    def test_other_buffers_of_bytes_are_read(self, wrap: Any) -> None:
        assert _clean(wrap(PAGE.encode())) == newsclean.clean(PAGE.encode())

    def test_the_callers_bytearray_is_left_alone(self) -> None:
        buffer = bytearray(PAGE.encode())
        _clean(buffer)
        assert buffer == PAGE.encode()


class TestNothingToRead:
    @pytest.mark.parametrize("page", ["", b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE])
    def test_empty_page(self, page: str | bytes) -> None:
        document = newsclean.clean(page)
        assert document.text == ""
        assert document.page_text == ""
        assert document.blocks == ()
        assert document.warnings == ("the page is empty",)
        assert not document.found_article

    @pytest.mark.parametrize("page", [" ", "\n\n\n", "\t \r\n \u00a0", b" \n\t ", "\u2028\u2029"])
    def test_white_space_only(self, page: str | bytes) -> None:
        document = newsclean.clean(page)
        assert document.text == ""
        assert document.warnings == ("the page is empty",)
        assert document.page_text == (page if isinstance(page, str) else page.decode())
        spans = [block.span for block in document.blocks]
        assert "".join(document.page_text[start:end] for start, end in spans) == document.page_text


class TestUnicodeEncodings:
    @pytest.mark.parametrize(
        ("bom", "encoding"),
        [
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
        ],
    )
    def test_byte_order_mark_tells_the_encoding_and_is_dropped(self, bom: bytes, encoding: str) -> None:
        data = bom + PAGE.encode(encoding)
        assert decode(data, ROOMY) == (PAGE, [])
        assert newsclean.clean(data) == newsclean.clean(PAGE)

    def test_utf8_needs_no_mark_and_no_warning(self) -> None:
        assert decode(PAGE.encode(), ROOMY) == (PAGE, [])
        assert newsclean.clean(PAGE.encode()).warnings == ()

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_utf16_without_mark_is_read_and_noted(self, encoding: str) -> None:
        document = newsclean.clean(PAGE.encode(encoding))
        assert document.page_text == PAGE
        assert document.paragraphs[0] == FIRST
        assert document.warnings == (f"decoded as {encoding}, which has no byte-order mark here",)

    def test_utf16_cut_in_the_middle_of_a_character(self) -> None:
        data = codecs.BOM_UTF16_LE + PAGE.encode("utf-16-le")[:-1]
        text, notes = decode(data, ROOMY)
        assert text == PAGE[:-1] + "\ufffd"
        assert notes == ["undecodable bytes were replaced by U+FFFD (read as utf-16)"]

    def test_mark_at_the_head_of_a_str_is_not_part_of_the_article(self) -> None:
        document = newsclean.clean("\ufeff" + FIRST)
        assert document.page_text == "\ufeff" + FIRST
        assert document.text == FIRST


class TestLegacyEncodings:
    @pytest.mark.parametrize(
        ("encoding", "text"),
        [
            pytest.param("cp1252", ENGLISH, id="cp1252-english"),
            pytest.param("cp1252", FRENCH, id="cp1252-french"),
            pytest.param("latin-1", FRENCH, id="latin1-french"),
            pytest.param("cp1252", GERMAN, id="cp1252-german"),
            pytest.param("cp1252", SPANISH, id="cp1252-spanish"),
            pytest.param("cp1252", PORTUGUESE, id="cp1252-portuguese"),
            pytest.param("cp1252", SWEDISH, id="cp1252-swedish"),
            pytest.param("cp1250", POLISH, id="cp1250-polish"),
            pytest.param("iso8859-2", POLISH, id="latin2-polish"),
            pytest.param("cp1251", RUSSIAN, id="cp1251-russian"),
            pytest.param("koi8-r", RUSSIAN, id="koi8r-russian"),
            pytest.param("cp1253", GREEK, id="cp1253-greek"),
            pytest.param("cp1254", TURKISH, id="cp1254-turkish"),
            pytest.param("shift_jis", JAPANESE, id="sjis-japanese"),
            pytest.param("euc_jp", JAPANESE, id="eucjp-japanese"),
            pytest.param("gb18030", SIMPLIFIED, id="gb18030-chinese"),
            pytest.param("big5", TRADITIONAL, id="big5-chinese"),
            pytest.param("euc_kr", KOREAN, id="euckr-korean"),
        ],
    )
    def test_paragraph_is_read_right_and_noted(self, encoding: str, text: str) -> None:
        decoded, notes = decode(text.encode(encoding), ROOMY)
        assert decoded == text
        assert len(notes) == 1
        assert notes[0].startswith("not valid UTF-8; decoded as ")

    def test_a_whole_windows_page_becomes_a_document_with_a_warning(self) -> None:
        document = newsclean.clean(PAGE.encode("cp1252"))
        assert document.page_text == PAGE
        assert document.paragraphs[0] == FIRST
        assert [w.startswith("not valid UTF-8; decoded as ") for w in document.warnings] == [True]

    def test_one_accented_word_is_not_taken_for_utf16(self) -> None:
        assert decode("café".encode("cp1252"), ROOMY)[0][:3] == "caf"


class TestDamagedUtf8:
    def test_a_few_broken_bytes_among_many_good_ones(self) -> None:
        good = "Žofie říká, že přívoz opět jezdí. „Čekali jsme dlouho,“ dodává převozník z města. " * 4
        data = good.encode().replace("ří".encode(), "ř".encode() + b"\xff", 1)
        document = newsclean.clean(data)
        assert document.page_text == good.replace("ří", "ř\ufffd", 1)
        assert document.warnings[0] == "undecodable bytes were replaced by U+FFFD (read as utf-8)"

    def test_cut_in_the_middle_of_a_character(self) -> None:
        data = (PAGE + "€").encode()[:-1]
        assert decode(data, ROOMY) == (
            PAGE + "\ufffd",
            ["undecodable bytes were replaced by U+FFFD (read as utf-8)"],
        )

    def test_cut_in_its_only_character_outside_ascii(self) -> None:
        data = (FIRST + " Ticket: 4 €").encode()[:-1]
        assert decode(data, ROOMY) == (
            FIRST + " Ticket: 4 \ufffd",
            ["undecodable bytes were replaced by U+FFFD (read as utf-8)"],
        )

    def test_the_article_survives_a_stray_byte(self) -> None:
        document = newsclean.clean(FIRST.encode() + b"\n\n\xff\n\n" + FIRST.replace("ferry", "boat").encode())
        assert document.paragraphs[0] == FIRST
        assert document.warnings != ()


class TestNoText:
    @pytest.mark.parametrize(
        ("head", "name"),
        [
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG image"),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a JPEG image"),
            (b"GIF89a\x10\x00\x10\x00", "a GIF image"),
            (b"GIF87a\x10\x00\x10\x00", "a GIF image"),
            (b"PK\x03\x04\x14\x00\x06\x00", "a ZIP archive or an office document"),
            (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "gzip-compressed data"),
        ],
    )
    def test_magic_number_is_named(self, head: bytes, name: str) -> None:
        with pytest.raises(newsclean.BinaryPageError, match=f"the page is {name}, not text"):
            newsclean.clean(head + _noise(500))

    def test_the_error_is_a_page_error_and_a_value_error(self) -> None:
        with pytest.raises(ValueError, match="PDF") as caught:
            newsclean.clean(b"%PDF-1.4")
        assert isinstance(caught.value, newsclean.PageError)

    @pytest.mark.parametrize("size", [64, 1000, 70_000])
    def test_noise_is_binary(self, size: int) -> None:
        with pytest.raises(newsclean.BinaryPageError):
            newsclean.clean(_noise(size))

    def test_mostly_nul_bytes_are_binary(self) -> None:
        with pytest.raises(newsclean.BinaryPageError):
            newsclean.clean(b"\x00" * 300 + b"text")

    @pytest.mark.parametrize(
        "text",
        [
            "RIFF raff is what the dockers used to call the men who slept on the quay.",
            "ID3 is the number painted on the hull of the oldest ferry in the bay.",
            "BZhang, as her friends call her, has sold bread on the quay for years.",
            "PKs decided the harbour cup on Sunday after a long and windy final.",
            "%PDFs are no use on a ship, the captain said, and asked for a paper map.",
        ],
    )
    def test_prose_that_opens_like_a_magic_number_is_text(self, text: str) -> None:
        assert decode(text.encode(), ROOMY) == (text, [])

    def test_a_str_is_text_whatever_it_opens_with(self) -> None:
        assert newsclean.clean("%PDF-1.7 is what the notice board said.").page_text.startswith("%PDF-1.7")


class TestOddCharacters:
    def test_lone_surrogates_are_replaced_one_for_one(self) -> None:
        page = PAGE.replace("Monday", "Mon\ud83dday").replace("bread", "\udc80bread")
        document = newsclean.clean(page)
        assert document.page_text == page.replace("\ud83d", "\ufffd").replace("\udc80", "\ufffd")
        assert len(document.page_text) == len(page)
        assert document.warnings == ("lone surrogates were replaced by U+FFFD",)
        document.to_json().encode("ascii")
        document.text.encode("utf-8")

    def test_pairs_that_make_up_a_character_are_left_alone(self) -> None:
        assert decode("⛴ and 🚢 came in", ROOMY) == ("⛴ and 🚢 came in", [])

    @pytest.mark.parametrize("kind", ["str", "bytes"])
    def test_a_few_nul_characters_are_kept_and_noted(self, kind: str) -> None:
        page = PAGE.replace("noon", "no\x00on")
        document = newsclean.clean(page if kind == "str" else page.encode())
        assert document.page_text == page
        assert document.warnings == ("the page contains control characters",)

    def test_a_str_full_of_control_characters_is_suspected_of_being_binary(self) -> None:
        document = newsclean.clean("ab\x01\x02\x03\x04" * 40)
        assert "the page is full of control characters; it may be binary data" in document.warnings

    def test_tabs_line_ends_and_form_feeds_are_no_control_characters(self) -> None:
        assert decode("a\tb\r\nc\x0bd\x0ce\x1ff", ROOMY) == ("a\tb\r\nc\x0bd\x0ce\x1ff", [])

    def test_surrogates_and_control_characters_are_both_noted(self) -> None:
        _, notes = decode("x" * 50 + "\ud800\x07", ROOMY)
        assert notes == ["lone surrogates were replaced by U+FFFD", "the page contains control characters"]


class TestSizeLimit:
    def test_a_str_at_the_limit_passes_and_one_more_does_not(self) -> None:
        cleaner = newsclean.Cleaner(max_chars=10)
        assert cleaner.clean("x" * 10).page_text == "x" * 10
        with pytest.raises(newsclean.PageTooLargeError, match=r"11 characters; the limit is 10"):
            cleaner.clean("x" * 11)

    @pytest.mark.parametrize("character", ["x", "é", "€", "🚢"])
    def test_bytes_are_counted_in_characters(self, character: str) -> None:
        cleaner = newsclean.Cleaner(max_chars=10)
        assert cleaner.clean((character * 10).encode()).page_text == character * 10
        with pytest.raises(newsclean.PageTooLargeError, match=r"the limit is"):
            cleaner.clean((character * 11).encode())

    def test_bytes_far_over_the_limit_are_refused_undecoded(self) -> None:
        with pytest.raises(newsclean.PageTooLargeError, match=r"1000 bytes; the limit is 40"):
            newsclean.Cleaner(max_chars=10).clean(b"\xff" * 1000)

    @pytest.mark.parametrize(
        ("bom", "encoding"), [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le")]
    )
    def test_a_byte_order_mark_does_not_count(self, bom: bytes, encoding: str) -> None:
        page = "🚢" * 10
        assert decode(bom + page.encode(encoding), 10) == (page, [])

    def test_the_error_is_a_page_error_and_a_value_error(self) -> None:
        with pytest.raises(ValueError, match="limit") as caught:
            newsclean.Cleaner(max_chars=1).clean("ab")
        assert isinstance(caught.value, newsclean.PageError)

    @pytest.mark.parametrize("limit", [0, -1])
    def test_a_limit_below_one_is_refused(self, limit: int) -> None:
        with pytest.raises(ValueError, match="max_chars must be at least 1"):
            newsclean.Cleaner(max_chars=limit)


class TestManyPages:
    def test_bad_pages_give_documents_that_say_why_and_the_rest_goes_on(self) -> None:
        pages: list[Any] = [PAGE, None, b"%PDF-1.7", "x" * 2000, PAGE]
        documents = list(newsclean.Cleaner(max_chars=1500).clean_many(pages))
        assert [d.text[:9] for d in documents] == ["The ferry", "", "", "", "The ferry"]
        assert [w.partition(":")[0] for d in documents for w in d.warnings] == [
            "PageTypeError",
            "BinaryPageError",
            "PageTooLargeError",
        ]
        assert documents[0] == documents[4]

    def test_pages_are_read_lazily(self) -> None:
        asked: list[int] = []

        def pages() -> Any:
            for number in range(3):
                asked.append(number)
                yield PAGE

        documents = newsclean.clean_many(pages())
        assert asked == []
        next(documents)
        assert asked == [0]
