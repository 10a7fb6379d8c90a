"""Captions, credits and controls of HTML pages, by the elements that they stand in."""

from __future__ import annotations

import pytest

import newsclean
from newsclean.document import Document

BEFORE = (
    "The harbour of Karsund froze over on Tuesday night for the first time since 1987, and by morning half "
    "the town was standing on it, skates in hand, while the ferry waited outside the pier."
)
AFTER = (
    "The harbour master asked everybody to leave the ice by noon. “It carries a dog and a child, it does not "
    "carry a brass band,” he said, and pointed at the brass band that was just setting up."
)
END = "The ferry company expects to sail again on Friday, when the wind is to turn and the ice to break."
IMAGE = "<img src=a.jpg>"
CREDIT = "Marit Lund/Reuters"
CAPTION = "Skaters cross the frozen harbour on Wednesday morning"


def page(figure: str) -> str:
    menu = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "sport", "culture"))
    return (
        f"<html><head><title>Karsund harbour freezes</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>Karsund harbour freezes for the first time since 1987</h1><p>{BEFORE}</p>{figure}"
        f"<p>{AFTER}</p><p>{END}</p></article><footer><p>© The Karsund Mail</p></footer></body></html>"
    )


def cleaned(figure: str) -> Document:
    document = newsclean.clean(page(figure))
    assert document.paragraphs == (BEFORE, AFTER, END)
    return document


@pytest.mark.parametrize(
    "figure",
    [
        f"<figure>{IMAGE}<figcaption>{CAPTION} <small>Photo: {CREDIT}</small></figcaption></figure>",
        f"<figure>{IMAGE}<figcaption>{CAPTION}<div>Photo: {CREDIT}</div></figcaption></figure>",
        f"<figure>{IMAGE}<figcaption><p>{CAPTION}</p><p class=credit>{CREDIT}</p></figcaption></figure>",
        f"<div class=image>{IMAGE}<p class=wp-caption-text>{CAPTION} (Photo: {CREDIT})</p></div>",
        f"<div>{IMAGE}<div class=imageText>{CAPTION}</div><div class=photo-credit>© {CREDIT}</div></div>",
        f"<figure>{IMAGE}<span>{CAPTION}. Photograph: {CREDIT}</span></figure>",
        f"<a href='a-large.jpg'><figure>{IMAGE}<figcaption>{CAPTION} ({CREDIT})</figcaption></figure></a>",
        f"<a href='#zoom'><figure>{IMAGE}<figcaption>{CAPTION} ({CREDIT})</figcaption></figure></a>",
    ],
)
def test_a_figure_gives_one_caption_with_its_credit(figure: str) -> None:
    (caption,) = cleaned(figure).captions
    assert (caption.text.rstrip("."), caption.credit) == (CAPTION, CREDIT)
    assert (caption.photographer, caption.agency, caption.position) == ("Marit Lund", "Reuters", 0)


def test_a_caption_without_a_credit_is_told_by_its_element() -> None:
    (caption,) = cleaned(f"<figure>{IMAGE}<figcaption>{CAPTION}</figcaption></figure>").captions
    assert (caption.text, caption.credit) == (CAPTION, None)


def test_two_figures_are_two_captions_and_a_repeated_one_is_one() -> None:
    one = f"<figure>{IMAGE}<figcaption>{CAPTION}</figcaption></figure>"
    band = "The brass band tunes its horns on the pier"
    two = f"<figure>{IMAGE}<figcaption>{band}</figcaption></figure>"
    texts = [caption.text for caption in cleaned(one + two + one).captions]
    assert texts == [CAPTION, band]


def test_the_caption_of_another_storys_picture_is_furniture() -> None:
    other = "Apples lie under the trees of an orchard near Averly"
    teaser = f"<figure><img src=b.jpg><figcaption>{other}</figcaption></figure>"
    items = "".join(f'<li><a href="/{i}">Something else that happened on day {i}</a></li>' for i in range(12))
    html = page("").replace("</article>", f"</article><ul>{items}</ul><section>{teaser}</section>")
    document = newsclean.clean(html)
    assert document.captions == ()
    assert [part.rule_id for part in document.removed if part.text == other] == ["caption.outside"]


def test_the_source_of_a_quotation_is_no_caption() -> None:
    quote = "We had the skates in the attic and no idea whether they would still fit anybody at all."
    source = "<figcaption>Ole Brandt, grocer</figcaption>"
    figure = f"<figure><blockquote><p>“{quote}”</p></blockquote>{source}</figure>"
    document = newsclean.clean(page(figure))
    assert quote in document.text
    assert document.captions == ()


def test_a_list_of_links_apart_from_the_story_is_one_block() -> None:
    names = [f"Something else that happened on day {day}" for day in range(12)]
    items = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in names)
    document = newsclean.clean(
        page("").replace("</article>", f"</article><div class=related><ul>{items}</ul></div>")
    )
    (links,) = [part for part in document.removed if part.text == "\n".join(names)]
    assert (links.role, links.rule_id) == ("related", "element.list-of-links")
    assert document.page_text[links.span.start : links.span.end] == links.text


def test_links_amid_the_story_stay_what_they_are() -> None:
    items = "".join(f'<li><a href="/{name}">The ice on {name} lake</a></li>' for name in ("Averly", "Upper"))
    assert "The ice on Averly lake" in newsclean.clean(page(f"<ul>{items}</ul>")).page_text.split("\n")


@pytest.mark.parametrize("control", ["<button>Bigger</button>", "<form><label>Your name</label></form>"])
def test_buttons_and_labels_amid_the_story_go(control: str) -> None:
    assert "element.control" in {part.rule_id for part in cleaned(control).removed}


def test_a_question_that_folds_is_no_button() -> None:
    question = "Does the ice carry?"
    document = newsclean.clean(page(f"<h3><button>{question}</button></h3><p>{AFTER}</p>"))
    assert question in document.paragraphs
