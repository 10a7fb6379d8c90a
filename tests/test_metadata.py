"""What stands around the story: the lead over the byline, the note on the author."""

from __future__ import annotations

import pytest

import newsclean

TITLE = "Night ferry to Averly sails again after two winters"
LEAD = "After two winters in dry dock the Sigrun is back, and the islanders have baked for her return."
STORY = (
    "The night ferry to Averly sailed again on Monday, with ninety people and one piano on board, and the "
    "harbour master rang the bell that had hung silent since the engine failed.",
    "Islanders had waited on the slipway since dawn with bread, flags and a brass band, and the mayor had a "
    "speech of eleven pages ready in the pocket of a coat that had seen better years.",
    "The company says that the ship will make four crossings a day until October and two in the winter, and "
    "that tickets will cost what they cost before the engine failed.",
    "Critics on the council say that the repair took too long and cost too much. A report on the matter is "
    "due in the spring, according to the mayor.",
)


def page(*parts: str) -> str:
    return "\n\n".join(parts)


def test_a_paragraph_between_headline_and_byline_is_the_standfirst() -> None:
    document = newsclean.clean(page(TITLE, LEAD, "By Ines Talbot", "14 March 2025", *STORY))
    assert document.paragraphs == STORY
    assert (document.title, document.standfirst, document.authors) == (TITLE, LEAD, ("Ines Talbot",))


def test_without_a_byline_behind_it_the_paragraph_stays() -> None:
    document = newsclean.clean(page(TITLE, "By Ines Talbot", "14 March 2025", LEAD, *STORY))
    assert document.paragraphs == (LEAD, *STORY)


def test_a_story_that_is_shorter_than_its_lead_keeps_it() -> None:
    document = newsclean.clean(
        page(TITLE, STORY[0], STORY[1], "By Ines Talbot", "The report is due in the spring.")
    )
    assert STORY[0] in document.paragraphs
    assert STORY[1] in document.paragraphs


def test_a_last_paragraph_that_begins_with_the_author_is_about_the_author() -> None:
    note = "Ines Talbot keeps bees on the outer islands and has sailed with every ferry of the line since she was six."
    document = newsclean.clean(page(TITLE, "By Ines Talbot", "14 March 2025", *STORY, note))
    assert document.paragraphs == STORY
    assert [(r.text, r.role) for r in document.removed if r.text == note] == [(note, newsclean.Role.BIO)]


def test_a_person_of_the_story_is_not_its_author() -> None:
    last = "Marit Lund keeps bees on the outer islands and has sailed with every ferry of the line since she was six."
    document = newsclean.clean(page(TITLE, "By Ines Talbot", "14 March 2025", *STORY, last))
    assert document.paragraphs == (*STORY, last)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("By Ines Talbot", "14 March 2025"), ("Ines Talbot",)),
        (("By Ines Talbot Follow", "14 March 2025"), ("Ines Talbot",)),
        (("By Ines Talbot and Per Aas", "14 March 2025"), ("Ines Talbot", "Per Aas")),
        (("Von Ines Talbot und Per Aas", "14.03.2025"), ("Ines Talbot", "Per Aas")),
        (("INES TALBOT", "14 March 2025"), ("Ines Talbot",)),
        (("Ines Talbot", "14 March 2025"), ("Ines Talbot",)),
        (("Ines Talbot", "Political correspondent", "14 March 2025"), ("Ines Talbot",)),
        (("By Ines Talbot Updated 14 March 2025",), ("Ines Talbot",)),
        (("By Ines Talbot", "Last updated 14 March 2025"), ("Ines Talbot",)),
        (("By Ines Talbot", "Fact checked by Per Aas", "14 March 2025"), ("Ines Talbot",)),
        (("By Ines Talbot", "Edited and reviewed by Per Aas", "14 March 2025"), ("Ines Talbot",)),
    ],
)
def test_authors_under_the_headline(lines: tuple[str, ...], authors: tuple[str, ...]) -> None:
    document = newsclean.clean(page(TITLE, *lines, *STORY))
    assert document.authors == authors
    assert document.paragraphs == STORY


@pytest.mark.parametrize(
    "line",
    [
        "In Brief",
        "by Talbot T",
        "Outer Islands",
        "Sign In",
        "Harbour Desk",
        "Latest News",
        "Last Updated",
        "Key Takeaways",
        "Quick Summary",
        "Table of Contents",
    ],
)
def test_a_line_that_names_nobody_gives_no_author(line: str) -> None:
    assert newsclean.clean(page(TITLE, line, "14 March 2025", *STORY)).authors == ()


def test_the_page_title_tells_which_line_is_the_headline() -> None:
    menu = ("Home", "News", "Ferry strike: what we know", "Sport")
    document = newsclean.clean(page(f"{TITLE} | The Averly Post", *menu, TITLE, "14 March 2025", *STORY))
    assert document.title == TITLE
    assert document.paragraphs == STORY


def test_a_headline_over_a_story_and_nothing_else_is_its_title() -> None:
    document = newsclean.clean(page("Bread, flags and a brass band: how a town got its boat back", *STORY))
    assert document.title == "Bread, flags and a brass band: how a town got its boat back"
    assert document.paragraphs == STORY


MENU = ("Home", "Harbour", "Weather", "Sport", "Letters", "Tides", "Log in")


@pytest.mark.parametrize(
    ("first", "headline", "title"),
    [
        (f"{TITLE} | Averly Post | Islands", TITLE, TITLE),
        (f"{TITLE} - The Averly Post", f"Harbour blog: {TITLE}", f"Harbour blog: {TITLE}"),
        (f"{TITLE}", f"Harbour blog: {TITLE}", TITLE),
        (f"{TITLE}", f"{TITLE} (averlypost.example)", TITLE),
        (f"{TITLE}", f"{TITLE} as band plays on", f"{TITLE} as band plays on"),
        (f"{TITLE} - Islands in Brief", "Islands in Brief", TITLE),
        (
            f"{TITLE} | Averly Post",
            "MOORED: The Sigrun had lain in the dock of the yard since her engine failed.",
            TITLE,
        ),
    ],
    ids=[
        "pipes",
        "a name is not known for one",
        "a name before it",
        "a source behind it",
        "a longer headline",
        "the site's name",
        "a caption",
    ],
)
def test_the_page_begins_with_its_title(first: str, headline: str, title: str) -> None:
    document = newsclean.clean(page(first, *MENU, headline, "14 March 2025", *STORY))
    assert document.title == title
    assert document.paragraphs == STORY


@pytest.mark.parametrize("sign", ["* * *", "***", "◇", "—"])
def test_a_sign_between_paragraphs_parts_sections(sign: str) -> None:
    document = newsclean.clean(page(TITLE, "By Ines Talbot", *STORY[:2], sign, *STORY[2:]))
    assert document.paragraphs == (*STORY[:2], sign, *STORY[2:])


@pytest.mark.parametrize("sign", ["|", "»", "/"])
def test_a_left_over_of_a_menu_parts_nothing(sign: str) -> None:
    document = newsclean.clean(page(TITLE, "By Ines Talbot", *STORY[:2], sign, *STORY[2:]))
    assert document.paragraphs == STORY
