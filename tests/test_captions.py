"""The forms of credits: every example taken apart, every counterexample left in the story."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from newsclean import clean
from newsclean.captions.credits import photographer_in
from newsclean.captions.evidence import evidence
from newsclean.captions.forms import forms, parse
from newsclean.captions.kinds import kind_of, tells_more
from newsclean.data import table
from newsclean.evidence import CAPTION_ROLES, TEXT_ROLES
from newsclean.page import Passage, Span

sys.path.insert(0, str(Path(__file__).parent))
from carrier import inside

ROWS = table("credit_forms")["form"]
EXAMPLES = [
    pytest.param(row, e, id=f"{row['id']}-{i}") for row in ROWS for i, e in enumerate(row["examples"])
]
NEAR_MISSES = [
    pytest.param(row, line, id=f"{row['id']}-{i}")
    for row in ROWS
    for i, line in enumerate(row.get("counterexamples", ()))
]
PROSE = {
    "dateline": "BEIRUT (AP) - The last of the four ferries left the harbour on Sunday with nobody on its upper deck.",
    "attribution": '"We had the photo taken by a boy of nine," said Mira Holt, who has run the ferry office since May.',
    "pictured": "Pictured in her mind, she said, was a town with no cars in it, and a very great many bicycles.",
    "score": "Torrow 2 Lower Hale 1 (Quill 12, Holt 80; Berg 44) was how the evening paper had it the next day.",
    "sponsor": "The museum, courtesy of a bequest, has had three new rooms and a roof that does not leak since 2019.",
    "slash": "Whether the either/or of the vote was fair is what the court in Torrow has to decide by the summer.",
    "agency": "She had worked for Reuters in Cairo, and for AFP in Paris, before she came home to the island.",
    "colon": "The photo: a lie. The letter: a lie. The ring: real enough, but it had belonged to somebody else.",
}


def plain_of(line: str) -> Passage:
    return Passage(Span(0, len(line)), line, ())


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_an_example_is_taken_apart(row: dict[str, Any], example: dict[str, str]) -> None:
    plain = plain_of(example["line"]).plain
    parsed = parse(plain, known=row.get("known", False))
    assert parsed.form is not None
    assert parsed.credit is not None
    assert (parsed.form.id, plain[slice(*parsed.text)], plain[slice(*parsed.credit)]) == (
        row["id"],
        plain_of(example["text"]).plain,
        plain_of(example["credit"]).plain,
    )


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_an_example_is_evidence_unless_its_form_is_for_captions_alone(
    row: dict[str, Any], example: dict[str, str]
) -> None:
    found = evidence(plain_of(example["line"]))
    said = row["id"] in {e.rule_id for e in found if e.role in CAPTION_ROLES}
    assert said is not row.get("known", False)


@pytest.mark.parametrize(("row", "line"), NEAR_MISSES)
def test_a_near_miss_stays_in_the_story(row: dict[str, Any], line: str) -> None:
    assert row["id"] not in {e.rule_id for e in evidence(plain_of(line))}
    _stays(line)


@pytest.mark.parametrize("line", PROSE.values(), ids=PROSE.keys())
def test_prose_is_no_caption(line: str) -> None:
    _stays(line)


def test_an_agency_behind_a_paragraph_is_cut_off_and_the_paragraph_kept() -> None:
    story = "輪江町の港では3日、氷が解けて今年初めての船が出た。町によると、昨年より2週間早いという。"
    document = clean("\n\n".join([story, f"{story}漁師たちは朝から網の手入れをしていた。（共同）", story]))
    assert "漁師たちは朝から網の手入れをしていた。" in document.text
    assert "共同" not in document.text


def _stays(line: str) -> None:
    document = clean(inside(line, "en"))
    start = document.page_text.index(line)
    roles = {b.role for b in document.blocks if b.text and start <= b.span.start < start + len(line)}
    assert roles <= TEXT_ROLES, document.explain()


def test_every_form_has_a_reason_an_example_and_an_id_of_its_own() -> None:
    assert all(form.why and form.weight > 0 for form in forms())
    assert all(row["examples"] for row in ROWS)
    assert len({form.id for form in forms()}) == len(forms())


def test_forms_for_captions_alone_come_last() -> None:
    assert [form.known for form in forms()] == sorted(form.known for form in forms())


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        ("Nurkowie w porcie / fot. PAP/Jan Nowak", "Nurkowie w porcie", "PAP/Jan Nowak"),
        ("Divers search the harbour hide caption", "Divers search the harbour", None),
        ("2/14 Divers search the harbour. Getty Images", "Divers search the harbour.", "Getty Images"),
        ("Enlarge this image Divers search the harbour", "Divers search the harbour", None),
    ],
)
def test_what_sites_glue_to_a_caption_is_no_part_of_it(line: str, text: str, credit: str | None) -> None:
    parsed = parse(line, known=True)
    found = line[slice(*parsed.credit)] if parsed.credit else None
    assert (line[slice(*parsed.text)], found) == (text, credit)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("The ferry leaves the quay. Photograph: Ada Quill/The Torrow Bell", "photo"),
        ("The ferry leaves the quay (Image: Reuters)", None),
        ("The ferry leaves the quay (AFP)", None),
        ("FILE - The ferry leaves the quay on May 3, 2021. (AP Photo/Mira Holt)", "file photo"),
        ("The ferry leaves the quay (file photo)", "file photo"),
        ("Ein Schiff der Reederei (Archivbild). Foto: Ina Berg/dpa", "file photo"),
        ("Ein Streifenwagen in Torrow (Symbolbild). Foto: Ina Berg/dpa", "stock photo"),
        ("How the ice came in. Graphic: Reuters", "graphic"),
        ("Der Verlauf der Fähre. Grafik: dpa", "graphic"),
        ("The ferry as it may look in 2031. Illustration: Ada Quill", "illustration"),
        ("Watch the ferry leave. Video: Reuters", "video"),
    ],
)
def test_the_kind_of_a_picture_is_what_its_caption_says(line: str, kind: str | None) -> None:
    plain = plain_of(line).plain
    parsed = parse(plain, known=True)
    credit = plain[slice(*parsed.credit)] if parsed.credit else ""
    assert kind_of(plain, parsed.label, credit) == kind


STORY = (
    "The harbour of Karsund froze over on Tuesday night for the first time since 1987, and by morning half the "
    "town was standing on it, skates in hand, while the ferry waited outside the pier.",
    "The harbour master asked everybody to leave the ice by noon. It carries a dog and a child, he said, but it "
    "does not carry a brass band, and he pointed at the one that was just setting up.",
    "The ferry company expects to sail again on Friday, when the wind is to turn and the ice to break.",
)


SKATERS = "Skaters cross the frozen harbour on Wednesday morning"


def captions_amid_the_story(*lines: str) -> list[tuple[str, str | None, int]]:
    """What is made of lines behind the first paragraph, whose story has to come out whole."""
    page = "\n\n".join(["Karsund harbour freezes for the first time", STORY[0], *lines, *STORY[1:]])
    document = clean(page)
    assert document.text == "\n\n".join(STORY), document.explain()
    return [(c.text, c.credit, c.position) for c in document.captions]


def test_a_credit_on_a_line_of_its_own_joins_the_caption_over_it() -> None:
    lines = "Skaters cross the frozen harbour on Wednesday morning\nPhoto: Marit Lund/Reuters"
    assert captions_amid_the_story(lines) == [
        ("Skaters cross the frozen harbour on Wednesday morning", "Marit Lund/Reuters", 0)
    ]


def test_a_long_sentence_that_points_into_the_picture_is_the_caption_over_a_credit() -> None:
    caption = (
        "Harbour master Ole Brandt, second left, the band's leader Ines Talbot, left, and a dog that nobody knew, "
        "second right, take part in the opening of the first market ever held on the ice of Karsund, yesterday."
    )
    assert captions_amid_the_story(caption, "Photo: Marit Lund") == [(caption, "Marit Lund", 0)]


def test_the_name_of_the_photographer_is_a_better_credit_than_file_photo() -> None:
    document = clean(
        "\n\n".join([STORY[0], "The ferry at its berth (file photo)\nPhoto: Marit Lund/Reuters", STORY[1]])
    )
    (caption,) = document.captions
    assert (caption.text, caption.credit, caption.kind) == (
        "The ferry at its berth",
        "Marit Lund/Reuters",
        "file photo",
    )


@pytest.mark.parametrize(
    ("below", "found"),
    [
        ("Photo: Marit Lund/Reuters", [(SKATERS, "Marit Lund/Reuters")]),
        ("Photo: Per Aas/AFP", [(SKATERS, "Marit Lund/Reuters"), ("", "Per Aas/AFP")]),
        (f"{SKATERS} (Photo: Marit Lund/Reuters)", [(SKATERS, "Marit Lund/Reuters")]),
        (
            "The dog on the ice beside the pier on Wednesday (Photo: Per Aas/AFP)",
            [
                (SKATERS, "Marit Lund/Reuters"),
                ("The dog on the ice beside the pier on Wednesday", "Per Aas/AFP"),
            ],
        ),
    ],
)
def test_what_repeats_a_caption_or_its_credit_is_part_of_it_and_another_is_not(
    below: str, found: list[tuple[str, str]]
) -> None:
    captions = captions_amid_the_story(f"{SKATERS} (Photo: Marit Lund/Reuters)", below)
    assert [(text, credit) for text, credit, _ in captions] == found


@pytest.mark.parametrize(
    ("credit", "photographer"),
    [
        ("김수진 기자", "김수진"),
        ("사진 기자", None),
        ("연합뉴스 기자", None),
        ("张伟 摄", "张伟"),
        ("本报 摄", None),
    ],
)
def test_a_photographer_in_scripts_without_capitals(credit: str, photographer: str | None) -> None:
    assert photographer_in(credit) == photographer


@pytest.mark.parametrize(
    ("label", "more"),
    [
        ("Video", True),
        ("Graphic", True),
        ("Illustration", True),
        ("Photo", False),
        ("File", False),
        ("", False),
    ],
)
def test_a_label_that_tells_more_than_photo(label: str, more: bool) -> None:
    assert tells_more(label) is more


def test_a_lone_credit_is_a_caption_without_text() -> None:
    assert captions_amid_the_story("Photo: Marit Lund/Reuters") == [("", "Marit Lund/Reuters", 0)]


def test_a_caption_and_its_alternative_text_are_one() -> None:
    found = captions_amid_the_story(
        "Skaters cross the frozen harbour of Karsund",
        "Skaters cross the frozen harbour of Karsund (Photo: Marit Lund/Reuters)",
    )
    assert found == [("Skaters cross the frozen harbour of Karsund", "Marit Lund/Reuters", 0)]


def test_the_captions_of_a_gallery_stay_apart() -> None:
    found = captions_amid_the_story(
        "1/3 Skaters cross the harbour. (Photo: Marit Lund/Reuters)",
        "2/3 The brass band tunes its horns. (Photo: Marit Lund/Reuters)",
        "3/3 A dog on the ice. (Photo: Ola Vik/NTB)",
    )
    assert found == [
        ("Skaters cross the harbour.", "Marit Lund/Reuters", 0),
        ("The brass band tunes its horns.", "Marit Lund/Reuters", 0),
        ("A dog on the ice.", "Ola Vik/NTB", 0),
    ]


def test_the_spans_of_a_caption_lead_to_its_words_and_its_credit() -> None:
    line = "Skaters cross the frozen harbour on Wednesday morning. Foto: Marit Lund / NTB Vis mer"
    document = clean("\n\n".join([STORY[0], line, *STORY[1:]]))
    (caption,) = document.captions
    assert document.page_text[slice(*caption.span)] == line
    assert caption.credit_span is not None
    assert document.page_text[slice(*caption.credit_span)] == caption.credit == "Marit Lund / NTB"


@pytest.mark.parametrize(
    "line",
    [
        "- Two skates, left and right, and a key to fasten them with",
        "Karsund 3, Torrow 1: that was the score when the ice on the pitch began to crack, and nobody left.",
        "Source of the cold, says the weather office in Averly, is a high over the northern islands.",
        "Photography is what the harbour master did before, and he has kept every picture of the ice since.",
    ],
)
def test_list_items_scores_and_talk_of_pictures_stay_in_the_story(line: str) -> None:
    page = "\n\n".join(["Karsund harbour freezes for the first time", *STORY[:2], line, STORY[2]])
    assert clean(page).captions == ()


def test_in_markdown_an_alternative_text_is_no_caption_of_its_own() -> None:
    alt, caption = "Two figures in bright coats beside a wooden pier", "Skaters cross the frozen harbour"
    image = f"![{alt}](https://mail.example/ice.jpg)"
    page = "# Karsund harbour freezes\n\n{0}\n\n{3}\n\n{4}\n\n{1}\n\n{3}\n\n{2}\n"
    document = clean(page.format(*STORY, image, f"*{caption}. Photo: Marit Lund/Reuters*"))
    (shown,) = document.captions
    assert (shown.text.rstrip("."), shown.credit) == (caption, "Marit Lund/Reuters")
    assert shown.image is not None
    assert (shown.image.url, shown.image.alt) == ("https://mail.example/ice.jpg", alt)
    assert [part.rule_id for part in document.removed if part.text == alt] == [
        "caption.only-alternative-text"
    ]
