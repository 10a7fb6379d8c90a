"""The list of agencies, and what is read from credits with it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from newsclean.captions.credits import agencies_in, is_agency, photographer_in
from newsclean.data import table

ENTRIES = table("agencies")["agency"]


class TestList:
    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
    def test_each_has_a_name_a_country_and_a_kind(self, entry: dict[str, Any]) -> None:
        assert set(entry) == {"name", "country", "kind", "spellings"}
        assert entry["name"] == entry["name"].strip() != ""
        assert re.fullmatch("[A-Z]{2}", entry["country"])
        assert entry["kind"] in {"agency", "library", "stock", "other"}

    def test_no_spelling_is_given_twice(self) -> None:
        spellings = Counter(s for entry in ENTRIES for s in (entry["name"], *entry["spellings"]))
        assert [s for s, n in spellings.items() if n > 1 or s != s.strip() or not s] == []

    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
    def test_every_spelling_is_found_and_names_its_agency(self, entry: dict[str, Any]) -> None:
        for spelling in (entry["name"], *entry["spellings"]):
            assert agencies_in(f"Mira Holt / {spelling}") == (entry["name"],)


@pytest.mark.parametrize(
    ("credit", "agencies"),
    [
        ("SPUTNIK/AFP via Getty Images", ("Sputnik", "AFP", "Getty Images")),
        ("Getty Images/iStockphoto", ("Getty Images", "iStock")),
        ("PA Media/Alamy", ("PA", "Alamy")),
        ("Mira Holt/PA Wire", ("PA",)),
        ("Photo: Mira Holt/REX/Shutterstock", ("Shutterstock",)),
        ("picture alliance/dpa | Ina Holt", ("picture alliance", "dpa")),
        ("IMAGO/Sven Simon", ("Imago",)),
        ("imago images / Ina Holt", ("Imago",)),
        ("Ina Holt / KEYSTONE", ("Keystone",)),
        ("APA/AFP/Ina Holt", ("APA", "AFP")),
        ("Foto: ANSA/Ina Holt", ("ANSA",)),
        ("Adnkronos / IPA Agency", ("Adnkronos", "IPA Agency")),
        ("EFE/ J.L. Pardo", ("EFE",)),
        ("PHOTOPQR/MAXPPP", ("PhotoPQR", "MAXPPP")),
        ("Ina Holt / Hans Lucas / AFP", ("Hans Lucas", "AFP")),
        ("ANP / Hollandse Hoogte / Ina Holt", ("ANP", "Hollandse Hoogte")),
        ("Foto: Jens Aaby / NTB", ("NTB",)),
        ("Jens Aaby/TT", ("TT",)),
        ("Ritzau Scanpix", ("Ritzau Scanpix",)),
        ("Kuva: Mira Holt / STT-Lehtikuva", ("STT", "Lehtikuva")),
        ("FOTO: TASR/AP", ("TASR", "AP")),
        ("Foto: Tanjug/AP", ("Tanjug", "AP")),
        ("EUROKINISSI/ΑΠΕ-ΜΠΕ", ("Eurokinissi", "Athens-Macedonian News Agency")),
        ("Фото: Олег Ветров / РИА Новости", ("RIA Novosti",)),
        ("ТАСС/Рейтер", ("TASS", "Reuters")),
        ("УНІАН, Укрінформ", ("UNIAN", "Ukrinform")),
        ("Fotoğraf: İHA / DHA", ("İHA", "DHA")),
        ("Anadolu Agency via Getty Images", ("Anadolu", "Getty Images")),
        ("Mira Holt/Flash90", ("Flash90",)),
        ("SANA via AP", ("SANA", "AP")),
        ("WAFA / APA Images", ("WAFA", "APA Images")),
        ("Mira Holt/Gallo Images via African News Agency", ("Gallo Images", "African News Agency")),
        ("News Agency of Nigeria", ("News Agency of Nigeria",)),
        ("PTI Photo/Mira Holt", ("PTI",)),
        ("IANS, UNI Photo", ("IANS", "United News of India")),
        ("ANTARA FOTO/Mira Holt/via REUTERS", ("Antara", "Reuters")),
        ("Bernama, VNA", ("Bernama", "Vietnam News Agency")),
        ("AAP Image/Mira Holt", ("AAP",)),
        ("THE CANADIAN PRESS/Mira Holt", ("Canadian Press",)),
        ("Mira Holt-Imagn Images via USA TODAY Sports", ("Imagn Images",)),
        ("Cuartoscuro / Agencia Uno", ("Cuartoscuro", "Agencia Uno")),
        ("Mira Holt/Estadão Conteúdo", ("Estadão Conteúdo",)),
        ("ＡＰ＝共同", ("AP", "Kyodo")),
        ("写真・ロイター=共同", ("Reuters", "Kyodo")),
        ("AFP時事", ("AFP", "Jiji Press")),
        ("EPA연합뉴스", ("EPA", "Yonhap")),
        ("AP/뉴시스, 뉴스1 고한결 기자", ("AP", "Newsis", "News1")),
        ("新华社记者李明摄", ("Xinhua",)),
        ("图/视觉中国", ("VCG",)),
        ("路透社／達志影像", ("Reuters", "TPG Images")),
        ("中新社 中央社", ("China News Service", "CNA")),
    ],
)
def test_agencies_are_named_in_order(credit: str, agencies: tuple[str, ...]) -> None:
    assert agencies_in(credit) == agencies


@pytest.mark.parametrize(
    "credit",
    [
        *(
            "The map shop",
            "Rita Reporter",
            "Forum Theatre",
            "The mega market",
            "Rex Holt",
            "Mega Holt",
            "Hina Holt",
        ),
        *(
            "Avalon Road",
            "Paul Contour",
            "Europa Square",
            "The MENA region",
            "両社共同",
            "MAP",
            "STA",
            "TAP",
            "AGI",
        ),
        *("The Telegram", "Коммерсантъ", "Splash of water", "APEX", "Zuma Holt", "Capital", "교도소"),
    ],
)
def test_ordinary_words_are_no_agency(credit: str) -> None:
    assert agencies_in(credit) == ()
    assert not is_agency(credit)


@pytest.mark.parametrize(
    "part", ["Reuters", "Mira Holt Reuters", "連続写真=共同", "EPA연합뉴스", "ＡＰ", "Adobe Stock"]
)
def test_a_part_that_ends_in_an_agency_is_one(part: str) -> None:
    assert is_agency(part)


@pytest.mark.parametrize("part", ["Reuters building", "Follow us on Facebook", "Instagram", "EPA standards"])
def test_a_platform_or_a_mention_is_none(part: str) -> None:
    assert not is_agency(part)


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("Jens Aaby / NTB", "Jens Aaby"),
        ("Ada Quill/The Torrow Bell", "Ada Quill"),
        ("The Torrow Bell/Ada Quill", "Ada Quill"),
        ("Kirsty O'Connor/PA", "Kirsty O'Connor"),
        ("J. L. Pardo / EFE", "J. L. Pardo"),
        ("EFE/ J.L. Pardo", "J.L. Pardo"),
        ("REUTERS/Mira Holt/File Photo", "Mira Holt"),
        ("AP Photo/Mira Holt", "Mira Holt"),
        ("Photo by Mira HOLT / AFP", "Mira Holt"),
        ("Mira Holt (AFP)", "Mira Holt"),
        ("MJ Kim/Getty Images", "MJ Kim"),
        ("picture alliance/dpa | Ina Holt", "Ina Holt"),
        ("Foto: Philipp von Berg/dpa", "Philipp von Berg"),
        ("MARIA DE LA CRUZ / EFE", "Maria de la Cruz"),
        ("Crédit photo : Anne-Lise d'Aubry", "Anne-Lise d'Aubry"),
        ("© 2024 Mira Holt", "Mira Holt"),
        ("Олег Ветров, Вестник", "Олег Ветров"),
        ("Фото: Олег Ветров / ТАСС", "Олег Ветров"),
        ("고한결 기자", "고한결"),
        ("뉴스1 고한결 기자", "고한결"),
        ("田中一郎撮影", "田中一郎"),
        ("新华社记者李明摄", "李明"),
        ("MIRA HOLT", "Mira Holt"),
        ("Mira Holt und Ina Berg/dpa", "Mira Holt"),
        ("Mira Holt y Ina Berg / EFE", "Mira Holt"),
    ],
)
def test_the_photographer_is_told(credit: str, name: str) -> None:
    assert photographer_in(credit) == name


@pytest.mark.parametrize(
    "credit",
    [
        *("Torrow Museum", "Karsund Harbour Board", "Universal Pictures", "Privat", "Handout", "Screenshot"),
        *(
            "City of Torrow",
            "NASA/JPL",
            "Stadtmuseum Karsund",
            "Polizei Torrow",
            "Museo de Torrow",
            "BBC Scotland",
        ),
        *("Ayuntamiento de Torrow", "Mairie de Torrow", "Ministerio de Cultura", "Universität Karsund"),
        *("Музей Торрова", "AFP", "연합뉴스 기자", "사진=뉴시스", "筆者撮影", "ＡＰ＝共同", "@miraholt", ""),
    ],
)
def test_what_is_no_person_is_no_photographer(credit: str) -> None:
    assert photographer_in(credit) is None
