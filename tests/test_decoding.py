"""From what a caller hands in to text: encodings, damage, and things that are no text at all."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import newsclean
from newsclean.decoding import decode
from newsclean.limits import Limits

ROOMY = Limits(max_chars=100_000)

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
RUSSIAN_TALK = (
    "Капитан сказал, что это был первый рейс после ремонта, но не последний: для острова он как мост, и "
    "если его нет, то все ждут. Так было уже при старом капитане, когда они жили без моста."
)
POLISH_TALK = (
    "Kapitan mówi, że są już zmęczeni, ale także szczęśliwi, bo nie będą musieli się więcej bać o statek, "
    "który został naprawiony. Również goście są już na wyspie, gdyż chcą tę chwilę przeżyć. "
    "Właśnie wśród pasażerów jeździ mądry rówieśnik, który wziął prośbę gości pod uwagę."
)
HEBREW = "המעבורת חזרה לנמל. היא הפליגה בצהריים, אמר הצוות, אבל לא כל התושבים חיכו לה על הרציף."
ARABIC = "عادت العبارة إلى الميناء. وقال الطاقم إنها أبحرت عند الظهر، لكن بعض السكان لم يكونوا على الرصيف."
THAI = "เรือข้ามฟากกลับมาให้บริการอีกครั้งในวันจันทร์ ลูกเรือกล่าวว่าเรือออกจากท่าตอนเที่ยง"
LITHUANIAN = (
    "Keltas vėl plaukia tarp salų. Gyventojai prieplaukoje laukė nuo aušros, sakė įgulos narys Žydrūnas."
)
UKRAINIAN = (
    "Пором знову ходить між островами. Її мешканці чекали на пристані від світанку, з хлібом і піснями."
)

LABELLED = [
    ("iso-8859-1", "cp1252", ENGLISH),
    ("windows-1252", "cp1252", FRENCH),
    ("latin1", "cp1252", GERMAN),
    ("us-ascii", "cp1252", SPANISH),
    ("iso-8859-15", "iso8859-15", FRENCH.replace("fête", "fête à 5 €")),
    ("iso-8859-2", "iso8859-2", POLISH),
    ("windows-1250", "cp1250", POLISH),
    ("windows-1251", "cp1251", RUSSIAN),
    ("koi8-r", "koi8-r", RUSSIAN),
    ("koi8-u", "koi8-u", UKRAINIAN),
    ("iso-8859-5", "iso8859-5", RUSSIAN),
    ("ibm866", "cp866", RUSSIAN),
    ("x-mac-cyrillic", "mac-cyrillic", RUSSIAN),
    ("iso-8859-7", "iso8859-7", GREEK),
    ("iso-8859-9", "cp1254", TURKISH),
    ("windows-1255", "cp1255", HEBREW),
    ("iso-8859-8", "iso8859-8", HEBREW),
    ("windows-1256", "cp1256", ARABIC),
    ("windows-1257", "cp1257", LITHUANIAN),
    ("tis-620", "cp874", THAI),
    ("shift_jis", "cp932", JAPANESE + "①㈱"),
    ("x-sjis", "cp932", JAPANESE),
    ("euc-jp", "euc_jp", JAPANESE),
    ("euc-jp", "euc_jis_2004", JAPANESE + "①㈱"),
    ("iso-2022-jp", "iso2022_jp", JAPANESE),
    ("gb2312", "gb18030", SIMPLIFIED),
    ("gbk", "gb18030", SIMPLIFIED + "朱镕基"),
    ("gb18030", "gb18030", SIMPLIFIED + "𠮷"),
    ("big5", "big5", TRADITIONAL),
    ("euc-kr", "cp949", KOREAN + "뷁"),
    ("ks_c_5601-1987", "cp949", KOREAN),
    ("utf-8", "utf-8", GREEK + KOREAN),
    ("utf8", "utf-8", ENGLISH),
]
"""Labels as pages write them, what they mean on the web, and a text in it."""
HEADS = {
    "meta": '<meta charset="{}">',
    "bare": "<META CHARSET={} >",
    "http-equiv": '<meta http-equiv="Content-Type" content="text/html; charset={}" />',
    "turned": "<meta content='text/html;CHARSET = {}' name=x http-equiv=content-type>",
    "late": '<link rel="icon" href="/i.png">' * 200 + '<title>Über</title><meta charset="{}">',
}
"""Heads of pages that declare an encoding."""


def _page(text: str, head: str = "", before: str = "<!DOCTYPE html>") -> str:
    return f"{before}<html><head>{head}</head><body><article><p>{text}</p></article></body></html>"


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

    @pytest.mark.parametrize("word", ["naïve", "Señor Núñez", "à la carte", "£5 – or “so”"])
    def test_one_word_beyond_ascii_in_an_english_page(self, word: str) -> None:
        page = f"{FIRST} The owner of the {word} place was there."
        assert decode(page.encode("cp1252"), ROOMY) == (page, ["not valid UTF-8; decoded as cp1252"])

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
        assert decode(bom + page.encode(encoding), Limits(max_chars=10)) == (page, [])

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

        documents = newsclean.clean_many(pages(), workers=0)
        assert asked == []
        next(documents)
        assert asked == [0]


class TestDeclaredEncodings:
    @pytest.mark.parametrize("form", HEADS)
    @pytest.mark.parametrize(("label", "codec", "text"), LABELLED)
    def test_the_pages_own_declaration_is_followed(
        self, form: str, label: str, codec: str, text: str
    ) -> None:
        page = _page(text, HEADS[form].format(label).replace("Über", "Boats"))
        assert decode(page.encode(codec), ROOMY) == (page, [])
        assert text in newsclean.clean(page.encode(codec)).page_text

    @pytest.mark.parametrize(("label", "codec", "text"), LABELLED)
    def test_an_xml_declaration_is_followed(self, label: str, codec: str, text: str) -> None:
        page = _page(text, before=f'<?xml version="1.0" encoding="{label}"?>\n')
        assert decode(page.encode(codec), ROOMY) == (page, [])
        assert newsclean.clean(page.encode(codec)).page_text == text

    @pytest.mark.parametrize("form", ["{}", "{} ", "text/html; charset={}", 'Text/HTML;CHARSET="{}"; x=y'])
    @pytest.mark.parametrize(("label", "codec", "text"), LABELLED)
    def test_the_header_is_followed(self, form: str, label: str, codec: str, text: str) -> None:
        for page in (text, _page(text)):
            data = page.encode(codec)
            assert decode(data, ROOMY, charset=form.format(label.upper())) == (page, [])

    @pytest.mark.parametrize("wrong", ["iso-8859-1", "windows-1251", "shift_jis", "gb2312", "utf-16", "big5"])
    @pytest.mark.parametrize("text", [ENGLISH, FRENCH, POLISH, RUSSIAN, GREEK, JAPANESE, SIMPLIFIED, KOREAN])
    def test_utf8_is_utf8_whatever_was_declared(self, wrong: str, text: str) -> None:
        page = _page(text, f'<meta charset="{wrong}">')
        note = f"declared as {wrong}, which does not fit; decoded as utf-8"
        # UTF-16 in a page that can be read as ASCII means UTF-8, says the standard.
        assert decode(page.encode(), ROOMY) == (page, [] if wrong == "utf-16" else [note])
        assert decode(text.encode(), ROOMY, charset=wrong) == (text, [note])

    @pytest.mark.parametrize(
        ("codec", "text", "wrong"),
        [
            ("cp1252", FRENCH, ["utf-8", "windows-1251", "koi8-r", "gbk", "shift_jis", "euc-kr", "big5"]),
            ("cp1252", GERMAN, ["utf-8", "utf-16", "windows-1251", "iso-8859-7", "gbk", "euc-jp"]),
            ("cp1252", SPANISH, ["utf-8", "windows-1251", "windows-1255", "gb2312", "euc-kr"]),
            ("cp1250", POLISH, ["utf-8", "iso-8859-1", "windows-1251", "gbk", "euc-jp"]),
            ("iso8859-2", POLISH_TALK, ["utf-8", "iso-8859-1", "windows-1250", "koi8-r"]),
            (
                "cp1251",
                RUSSIAN_TALK,
                ["utf-8", "iso-8859-1", "koi8-r", "iso-8859-5", "iso-8859-2", "shift_jis"],
            ),
            ("koi8-r", RUSSIAN_TALK, ["utf-8", "iso-8859-1", "windows-1251", "windows-1252"]),
            ("cp1253", GREEK, ["utf-8", "iso-8859-1", "windows-1251"]),
            ("cp932", JAPANESE, ["utf-8", "iso-8859-1", "windows-1251", "gbk", "euc-jp"]),
            ("euc_jp", JAPANESE, ["utf-8", "iso-8859-1", "shift_jis"]),
            ("gb18030", SIMPLIFIED, ["utf-8", "iso-8859-1"]),
            ("cp949", KOREAN, ["utf-8", "iso-8859-1"]),
        ],
    )
    def test_a_declaration_that_does_not_fit_gives_way(self, codec: str, text: str, wrong: list[str]) -> None:
        for label in wrong:
            page = _page(text * 3, f'<meta charset="{label}">')
            decoded, notes = decode(page.encode(codec), ROOMY)
            assert decoded == page, label
            assert len(notes) == 1
            assert notes[0].startswith(f"declared as {label}, which does not fit; decoded as ")

    def test_the_header_goes_before_the_page(self) -> None:
        page = _page(GREEK, '<meta charset="windows-1251">')
        assert decode(page.encode("cp1253"), ROOMY, charset="windows-1253") == (page, [])

    def test_the_page_is_asked_where_the_header_is_wrong(self) -> None:
        page = _page(POLISH, '<meta charset="iso-8859-2">')
        decoded, notes = decode(page.encode("iso8859-2"), ROOMY, charset="utf-8")
        assert decoded == page
        assert notes == ["declared as utf-8, which does not fit; decoded as iso8859-2"]

    @pytest.mark.parametrize("first", ["utf-8", "shift_jis", "klingon", ""])
    def test_of_two_declarations_the_first_that_fits_is_followed(self, first: str) -> None:
        head = f'<meta charset="{first}"><meta http-equiv="content-type" content="text/html; charset=koi8-r">'
        page = _page(RUSSIAN_TALK, head)
        assert decode(page.encode("koi8-r"), ROOMY)[0] == page

    def test_meta_goes_before_the_xml_declaration(self) -> None:
        page = _page(GREEK, '<meta charset="iso-8859-7">', '<?xml version="1.0" encoding="windows-1251"?>')
        assert decode(page.encode("iso8859-7"), ROOMY) == (page, [])

    @pytest.mark.parametrize(
        "head",
        [
            '<!-- <meta charset="windows-1251"> -->',
            "<script>document.write('<meta charset=\"windows-1251\">')</script>",
            '<style>/* <meta charset="windows-1251"> */</style>',
            "<meta name=description content='<meta charset=windows-1251>'>",
            '<meta name="note" content="text/html; charset=windows-1251">',
            '<meta data-charset="windows-1251">',
        ],
    )
    def test_what_only_looks_like_a_declaration_is_none(self, head: str) -> None:
        page = _page(GREEK, head + '<meta charset="iso-8859-7">')
        assert decode(page.encode("iso8859-7"), ROOMY) == (page, [])

    def test_a_plain_text_that_speaks_of_declarations_makes_none(self) -> None:
        text = f'Write <meta charset="windows-1251"> into the head of a page. {FRENCH}'
        decoded, notes = decode(text.encode("cp1252"), ROOMY)
        assert decoded == text
        assert notes == ["not valid UTF-8; decoded as cp1252"]

    def test_a_page_read_as_text_declares_nothing(self) -> None:
        page = _page(FRENCH, '<meta charset="iso-8859-7">')
        assert decode(page.encode("cp1252"), ROOMY, kind="text")[1] == ["not valid UTF-8; decoded as cp1252"]

    def test_a_fragment_that_is_said_to_be_html_may_declare(self) -> None:
        page = f"<meta charset=iso-8859-7>{GREEK}"
        assert decode(page.encode("iso8859-7"), ROOMY, kind="html") == (page, [])

    @pytest.mark.parametrize("head", ['<meta charset="iso-8859-1">', '<meta charset="utf-16">'])
    @pytest.mark.parametrize(
        ("bom", "codec"), [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le")]
    )
    def test_a_byte_order_mark_goes_before_all(self, bom: bytes, codec: str, head: str) -> None:
        page = _page(GREEK, head)
        assert decode(bom + page.encode(codec), ROOMY, charset="windows-1251") == (page, [])

    @pytest.mark.parametrize("label", ["iso-8859-1", "klingon", "utf-16", "shift_jis"])
    def test_a_wrong_label_harms_no_page_in_ascii(self, label: str) -> None:
        page = _page(FIRST, f'<meta charset="{label}">')
        assert decode(page.encode(), ROOMY) == (page, [])

    @pytest.mark.parametrize("charset", ["klingon", "utf-7", "x-user-defined", "text/html; charset=klingon"])
    def test_an_unknown_encoding_is_ignored_and_noted(self, charset: str) -> None:
        label = charset.rpartition("=")[2]
        document = newsclean.clean(PAGE.encode(), charset=charset)
        assert document.page_text == PAGE
        assert document.warnings == (f"the unknown encoding '{label}' was ignored",)

    def test_an_unknown_encoding_is_shown_in_part(self) -> None:
        assert decode(b"", ROOMY, charset="é" * 500)[1] == [f"the unknown encoding '{'é' * 40}' was ignored"]

    @pytest.mark.parametrize("charset", ["", " ", "text/html", "text/html; charset=", "text/html;charset=''"])
    def test_a_header_without_an_encoding_is_none(self, charset: str) -> None:
        assert decode(PAGE.encode(), ROOMY, charset=charset) == (PAGE, [])

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("text", [RUSSIAN, JAPANESE + " 1", _page(SIMPLIFIED)])
    def test_utf16_that_the_header_names(self, codec: str, text: str) -> None:
        assert decode(text.encode(codec), ROOMY, charset=codec.replace("16-", "16")) == (text, [])

    @pytest.mark.parametrize("charset", ["utf-16", "UTF-16BE"])
    def test_utf16_that_the_header_names_wrongly(self, charset: str) -> None:
        for codec in ("cp1252", "utf-8"):
            assert decode(FRENCH.encode(codec), ROOMY, charset=charset)[0] == FRENCH
        assert decode(PAGE.replace("noon", "no\x00on").encode(), ROOMY, charset=charset)[0][:4] == "Skip"


class TestDamagedHtml:
    def test_utf8_with_a_few_bad_bytes_that_says_latin1(self) -> None:
        good = _page(GREEK * 5, '<meta charset="iso-8859-1">')
        data = good.encode().replace("λιμάνι".encode(), b"\xe9", 1)
        assert decode(data, ROOMY) == (
            good.replace("λιμάνι", "\ufffd", 1),
            [
                "declared as iso-8859-1, which does not fit; decoded as utf-8",
                "undecodable bytes were replaced by U+FFFD (read as utf-8)",
            ],
        )

    def test_utf8_that_says_so_may_have_many_bad_bytes(self) -> None:
        page = _page("déjà vu, été " * 6, '<meta charset="utf-8">')
        data = page.encode() + "à côté".encode("cp1252") * 3
        decoded, notes = decode(data, ROOMY)
        assert decoded.startswith(page)
        assert notes == ["undecodable bytes were replaced by U+FFFD (read as utf-8)"]

    @pytest.mark.parametrize(
        ("label", "codec", "text"),
        [
            ("shift_jis", "cp932", JAPANESE),
            ("euc-jp", "euc_jp", JAPANESE),
            ("gbk", "gb18030", SIMPLIFIED),
            ("big5", "big5", TRADITIONAL),
            ("euc-kr", "cp949", KOREAN),
            ("utf-8", "utf-8", KOREAN),
        ],
    )
    def test_cut_in_the_middle_of_a_character(self, label: str, codec: str, text: str) -> None:
        start = f"<html><head><meta charset={label}></head><body><p>{text}"
        decoded, notes = decode(start.encode(codec) + text[1].encode(codec)[:-1], ROOMY)
        assert decoded == start + "\ufffd"
        assert [note.partition(" (")[0] for note in notes] == ["undecodable bytes were replaced by U+FFFD"]

    def test_a_byte_that_the_declared_encoding_lacks(self) -> None:
        page = _page(FRENCH, '<meta charset="iso-8859-1">')
        decoded, notes = decode(page.encode("cp1252") + b"\x81", ROOMY)
        assert decoded == page + "\ufffd"
        assert notes == ["undecodable bytes were replaced by U+FFFD (read as cp1252)"]

    def test_a_declaration_is_the_last_resort(self) -> None:
        head = b'<html><head><meta charset="euc-jp"></head><body><p>' + "船".encode("euc_jp")
        decoded, notes = decode(head + b"\x80\x81\xff" * 5, ROOMY)
        assert decoded.startswith("<html><head>")
        assert notes != []

    @pytest.mark.parametrize("kind", [None, "html", "text"])
    @pytest.mark.parametrize("charset", [None, "iso-8859-1", "utf-8", "utf-16", "gbk"])
    def test_noise_stays_binary(self, kind: Any, charset: str | None) -> None:
        for data in (_noise(5000), b"<html>" + _noise(5000), b"%PDF-1.7 <meta charset=utf-8>"):
            with pytest.raises(newsclean.BinaryPageError):
                newsclean.clean(data, kind=kind, charset=charset)

    @pytest.mark.parametrize("kind", [None, "html", "text"])
    @pytest.mark.parametrize("charset", [None, "iso-8859-1", "utf-8", "utf-16", "klingon"])
    @pytest.mark.parametrize(
        "data", [b"", b" \n", b"<", b"<!-- charset -->", b"<html>", b"\xe9", b"\xff\xfe"]
    )
    def test_hardly_anything(self, data: bytes, charset: str | None, kind: Any) -> None:
        assert newsclean.clean(data, kind=kind, charset=charset).text in (
            "",
            "<",
            "é",
            "<html>",
            data.decode("latin-1"),
        )

    @pytest.mark.parametrize(
        "before", ['<?xml version="1.0" encoding="{}"?>', '\ufeff<?xml version="1.0" encoding="{}" ?>\n']
    )
    @pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "utf-16", "klingon"])
    def test_a_str_with_a_declaration_is_read_as_it_is(self, before: str, label: str) -> None:
        page = _page(GREEK, f'<meta charset="{label}">', before.format(label))
        for charset in (None, "koi8-r", "klingon"):
            document = newsclean.clean(page, charset=charset)
            assert document.page_text == GREEK
            assert document.warnings == ()

    def test_a_str_that_is_mojibake_already_is_left_alone(self) -> None:
        wrong = FRENCH.encode().decode("latin-1").replace("\xa0", " ").replace("\xad", "")
        assert decode(_page(wrong), ROOMY)[0] == _page(wrong)
        assert newsclean.clean(_page(wrong)).found_article


class TestAnyText:
    """What a page says of its encoding is believed, if the text is one that could be written in it."""

    SCRIPTS = (
        ("windows-1251", "абвгдежзийклмнопрстуфхцчшщъыьэюя"),
        ("koi8-r", "абвгдежзийклмнопрстуфхцчшщъыьэюя"),
        ("iso-8859-7", "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ"),
        ("windows-1255", "אבגדהוזחטיכלמנסעפצקרשת"),
        ("windows-1256", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
        ("shift_jis", "あいうえおかきくけこアイウエオ東京港船島長"),
        ("euc-jp", "あいうえおかきくけこアイウエオ東京港船島長"),
        ("iso-2022-jp", "あいうえおかきくけこアイウエオ東京港船島長"),
        ("gbk", "渡轮周一恢复航行船员说它在中午出发的是了"),
        ("big5", "渡輪週一恢復航行船員說它在中午出發的是了"),
        ("euc-kr", "여객선이월요일에다시운항을시작했다가나다라"),
        ("utf-8", "éßжλあ東여א🚢"),
        ("utf-16le", "abжλあ東여א🚢"),
    )

    @settings(max_examples=200, deadline=None)
    @given(st.sampled_from(SCRIPTS), st.data())
    def test_declared_right_is_read_right(self, script: tuple[str, str], data: st.DataObject) -> None:
        label, letters = script
        words = st.lists(st.text(st.sampled_from(letters), min_size=1, max_size=9), max_size=40)
        text = data.draw(words.map(" ".join))
        page = _page(text, "" if label == "utf-16le" else f'<meta charset="{label}">')
        encoded = page.encode(label)
        assume(label == "utf-8" or encoded.isascii() or not _is_utf8(encoded))
        assert decode(encoded, ROOMY, charset=label) == (page, [])
        if label != "utf-16le":
            assert decode(encoded, ROOMY) == (page, [])

    @settings(max_examples=200, deadline=None)
    @given(
        st.sampled_from(["iso-8859-1", "windows-1250", "iso-8859-2", "windows-1254", "windows-1257"]),
        st.lists(st.tuples(st.sampled_from("bcdfglmnrst"), st.characters(codec="latin-1")), max_size=40),
    )
    def test_latin_letters(self, label: str, pairs: list[tuple[str, str]]) -> None:
        text = "".join(a + b for a, b in pairs if b.isalpha()).encode(label, "ignore").decode(label)
        page = _page(text, f'<meta charset="{label}">')
        assume(page.isascii() or not _is_utf8(page.encode(label)))
        assert decode(page.encode(label), ROOMY)[0] == page

    @settings(max_examples=300, deadline=None)
    @given(
        st.binary(max_size=300),
        st.sampled_from([None, "utf-8", "iso-8859-1", "gbk", "utf-16", "koi8-r", "iso-2022-jp", "x"]),
        st.sampled_from([None, "html", "text"]),
        st.sampled_from(
            [b"", b"<html><meta charset=shift_jis>", b"<?xml encoding='euc-kr'", b"<meta charset"]
        ),
    )
    def test_any_bytes_are_text_or_named_binary(
        self, data: bytes, charset: str | None, kind: Any, head: bytes
    ) -> None:
        try:
            text, _ = decode(head + data, ROOMY, kind, charset)
        except newsclean.BinaryPageError:
            return
        text.encode("utf-8")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class TestKind:
    TEXT = f"{FIRST}\n\nThe <b>old</b> quay was <p>torn</p> down."

    def test_html_and_text_can_be_asked_for(self) -> None:
        page = _page(FIRST)
        assert newsclean.clean(page).text == FIRST
        assert newsclean.clean(page, kind="html") == newsclean.clean(page)
        assert newsclean.clean(page, kind="text").page_text == page
        assert newsclean.clean(self.TEXT, kind="text").page_text == self.TEXT
        assert "<b>" not in newsclean.clean(self.TEXT, kind="html").page_text

    def test_the_cleaner_and_the_function_agree(self) -> None:
        data = _page(GREEK).encode("cp1253")
        for kind in ("html", "text", None):
            asked: Any = kind
            assert newsclean.Cleaner().clean(data, kind=asked, charset="windows-1253") == newsclean.clean(
                data, kind=asked, charset="windows-1253"
            )

    @pytest.mark.parametrize("kind", ["xml", "HTML", "", 3, ["html"]])
    def test_any_other_is_refused_with_the_names(self, kind: Any) -> None:
        with pytest.raises(ValueError, match="kind is one of html, text, or None; not "):
            newsclean.clean(PAGE, kind=kind)

    @pytest.mark.parametrize("charset", [b"utf-8", 8])
    @pytest.mark.parametrize("page", [PAGE, PAGE.encode()])
    def test_a_charset_is_a_string(self, charset: Any, page: str | bytes) -> None:
        with pytest.raises(ValueError, match="charset is a string or None, not "):
            newsclean.clean(page, charset=charset)
