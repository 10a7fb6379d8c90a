"""Prose that looks like furniture, and furniture stuck to prose: nothing of the story is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import newsclean
from newsclean import Cleaner, Document

sys.path.insert(0, str(Path(__file__).parent))
from carrier import AFTER, BEFORE, inside

PROSE = BEFORE[1]

THIRD_PERSON = (
    "He subscribes to the Echo to read every word about the lido.",
    "About one in twenty subscribe for £4 a month; the others read it free.",
    "Residents can sign up to read the full report at the library.",
    "Members log in to access the rota and grumble.",
    "The crew can cancel at any time, the union said.",
    "“Subscribe to the bakery, not the paper,” said Mr Osgood.",
    "All rights reserved for the swimmers were withdrawn, the union said.",
)


def _removed(document: Document) -> list[str]:
    return [r.text for r in document.removed] + [c.text for c in document.captions if c.text]


@pytest.mark.parametrize("line", THIRD_PERSON)
def test_third_person_prose_stays(line: str) -> None:
    document = newsclean.clean(inside(line))
    assert line in document.paragraphs
    assert _removed(document) == []


@pytest.mark.parametrize("credit", ["(Reuters)", "(AFP)", "[AP]"])
def test_wire_mark_behind_a_paragraph_is_cut_and_the_paragraph_stays(credit: str) -> None:
    document = newsclean.clean(inside(f"{PROSE} {credit}"))
    assert PROSE in document.paragraphs
    assert [c.text for c in document.captions] == [""]
    assert document.captions[0].agencies


def test_credit_behind_quoted_speech_is_cut_and_the_speech_stays() -> None:
    speech = "“We had three years to do this and did nothing,” said Ole Brandt, who runs the shop."
    document = newsclean.clean(inside(f"{speech} Photograph: Marit Lund/AFP"))
    assert speech in document.paragraphs
    assert [(c.credit, c.photographer) for c in document.captions] == [("Marit Lund/AFP", "Marit Lund")]


@pytest.mark.parametrize(
    "plug", ["READ MORE: Ten things about lidos.", "Follow us on Facebook.", "Related: Ten things."]
)
def test_plug_before_a_paragraph_is_cut_and_the_paragraph_stays(plug: str) -> None:
    document = newsclean.clean(inside(f"{plug} {PROSE}"))
    assert PROSE in document.paragraphs
    assert [r.text for r in document.removed] == [plug]


@pytest.mark.parametrize("plug", ["READ MORE: Ten things about lidos", "Read more: Ten things about lidos"])
def test_plug_behind_a_paragraph_is_cut_and_the_paragraph_stays(plug: str) -> None:
    document = newsclean.clean(inside(f"{PROSE} {plug}"))
    assert PROSE in document.paragraphs
    assert [r.text for r in document.removed] == [plug]


def test_quoted_plug_stays() -> None:
    line = "“On the door it said: ‘Sign up for our newsletter.’ So I signed,” she said, and laughed."
    assert line in newsclean.clean(inside(line)).paragraphs


def test_story_behind_a_plug_on_a_page_without_line_breaks_stays() -> None:
    plug = "READ MORE: Ten things about lidos that nobody tells you while you are young and dry"
    document = newsclean.clean(inside(plug).replace("\n\n", " "))
    for sentence in ("Councillors had planned to fill the site", "The vote was carried by eleven to four."):
        assert sentence in document.text


def test_keep_more_keeps_at_least_what_balanced_keeps() -> None:
    page = inside("Take part in our survey about the lido, and tell us what you think of the tiles.")
    assert len(Cleaner(mode="keep-more").clean(page).text) >= len(newsclean.clean(page).text)


def test_invisible_characters_alone_are_an_empty_page() -> None:
    document = newsclean.clean("\u200b \n\ufeff")
    assert document.text == ""
    assert document.warnings == ("the page is empty",)


def test_cleaner_cannot_be_changed() -> None:
    cleaner = Cleaner()
    with pytest.raises(AttributeError):
        cleaner.mode = "keep-more"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize("settings", [{"mode": []}, {"max_chars": "5"}, {"without": None}, {"packs": None}])
def test_bad_settings_have_a_clear_error(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        Cleaner(**settings)  # type: ignore[arg-type]  # the point of the test


def test_clean_many_refuses_a_single_page() -> None:
    with pytest.raises(newsclean.PageTypeError):
        newsclean.clean_many("one page")


def test_headline_that_ends_in_a_small_word_is_not_joined_to_the_story() -> None:
    headline = "Council drops its plan for a second bridge after the sums fail to add up"
    page = "\n".join((headline, *BEFORE))
    document = newsclean.clean(page)
    assert document.title == headline
    assert document.paragraphs == BEFORE


def test_paragraph_over_a_lone_credit_stays() -> None:
    document = newsclean.clean("\n".join((*BEFORE, "Photo: Marit Lund/AFP", *AFTER)))
    assert document.paragraphs == (*BEFORE, *AFTER)
    assert [(c.text, c.credit, c.position) for c in document.captions] == [("", "Marit Lund/AFP", 3)]


def test_a_page_that_is_nearly_all_prose_keeps_its_paragraphs() -> None:
    """Whatever the chain thinks of a paragraph, an article alone loses none for lack of evidence."""
    story = "\n\n".join((*BEFORE, "Photograph: Lina Berg/KPA", *AFTER))
    assert newsclean.clean(story).paragraphs == (*BEFORE, *AFTER)


def test_entries_of_a_live_blog_are_kept_with_their_times() -> None:
    entries = (
        "14:05",
        "The ferry has left Averly with ninety people on board, and the band on the quay is still playing, "
        "though the rain has made the drums rather quiet by now.",
        "13:40",
        "Boarding has begun:",
        "The mayor has put away his speech, which had eleven pages, and has asked everybody to go aboard "
        "before the bread that the islanders have baked is wet.",
        "13:10",
        "Good afternoon from the slipway, where people have waited since dawn with bread, flags and a brass "
        "band for a ship that nobody has seen for two winters.",
        "12:30",
        "The Sigrun has been seen off the outer light, an hour before anyone had thought to look for it, and "
        "the harbour master is said to be running down the hill.",
    )
    page = "\n\n".join(("Home", "News", "Sport", *entries, "About us"))
    kept = newsclean.clean(page).paragraphs
    assert [line for line in entries if line not in kept] == []
