"""Metadata of HTML pages: structured data, and what the page shows."""

from __future__ import annotations

import json

import newsclean

PARAGRAPHS = (
    "Three shepherds counted the flock of Upper Averly by hand this week after the electronic ear tags had "
    "reported eleven thousand sheep, about ten thousand more than the valley has grass for.",
    "They needed two days and a notebook. “The tags count every sheep that looks over the fence,” said Nora "
    "Quist, who has kept sheep for forty years and has never believed in anything with a battery.",
    "The council, which had ordered the tags, will look at the figures again when the maker of the tags has "
    "answered its letters. Until then the notebook counts.",
)
HEADLINE = "Shepherds recount the sheep of Upper Averly by hand"
DATA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Averly: Shepherds recount sheep",
    "author": [{"@type": "Person", "name": "Ines Talbot"}],
    "datePublished": "2025-10-02T06:00:00+02:00",
    "articleSection": "Farming",
    "publisher": {"@type": "Organization", "name": "The Averly Post"},
}


def page(data: object = DATA, over: str = "", language: str = "en") -> str:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    main = f"<main><h1>{HEADLINE}</h1>{over}{body}</main>"
    return f"<html lang={language}><head>{script}</head><body>{main}</body></html>"


def test_structured_data_gives_what_the_page_does_not_show() -> None:
    document = newsclean.clean(page())
    assert document.paragraphs == PARAGRAPHS
    assert (document.authors, document.date) == (("Ines Talbot",), "2025-10-02")
    assert (document.publisher, document.section) == ("The Averly Post", "Farming")
    assert document.language == "en"


def test_the_headline_that_the_page_shows_goes_before_the_one_for_machines() -> None:
    data = {**DATA, "headline": f"{HEADLINE} again"}
    assert newsclean.clean(page(data)).title == HEADLINE


def test_a_line_that_names_the_author_is_the_byline() -> None:
    document = newsclean.clean(page(over="<p>Ines Talbot in Averly</p>"))
    assert [block.role for block in document.blocks if block.text == "Ines Talbot in Averly"] == ["byline"]


def test_without_structured_data_the_page_speaks_for_itself() -> None:
    document = newsclean.clean(page(data=None, over="<p>By Ines Talbot</p><p>2 October 2025</p>"))
    assert (document.title, document.authors, document.date) == (HEADLINE, ("Ines Talbot",), "2025-10-02")


def test_an_article_body_that_disagrees_never_replaces_the_page() -> None:
    other = "Nothing of this stands on the page. " * 30
    assert newsclean.clean(page({**DATA, "articleBody": other})).paragraphs == PARAGRAPHS


def test_a_language_that_the_text_denies_is_not_believed() -> None:
    assert newsclean.clean(page(data=None, language="de")).language == "en"
    assert newsclean.clean(page(data=None, language="cy")).language == "cy"  # not one that can be told


def test_a_block_says_where_in_the_tree_it_stands() -> None:
    document = newsclean.clean(page())
    assert [b.path for b in document.blocks if b.role == "body"] == [
        f"/html/body/main/p[{number}]" for number in (1, 2, 3)
    ]
    assert {b.path for b in newsclean.clean("\n\n".join(PARAGRAPHS)).blocks} == {""}
