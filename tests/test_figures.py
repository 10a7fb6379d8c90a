"""Captions, credits and controls of HTML pages, by the elements that they stand in."""

from __future__ import annotations

import json

import pytest

import newsclean
from newsclean import Image
from newsclean.captions.figures import is_source_line
from newsclean.captions.needs import is_credible
from newsclean.document import Document
from newsclean.markup import parse

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


CANONICAL = '<link rel=canonical href="https://mail.example/coast/ice.html">'
FIGCAPTION = f"<figcaption>{CAPTION}</figcaption>"
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def headed(figure: str, head: str = CANONICAL) -> str:
    return page(figure).replace("</head>", f"{head}</head>")


def image_of(html: str) -> Image:
    (caption,) = newsclean.clean(html).captions
    assert caption.image is not None
    return caption.image


class TestTheImageOfACaption:
    @pytest.mark.parametrize(
        ("picture", "url"),
        [
            ("<img src=a.jpg>", "https://mail.example/coast/a.jpg"),
            ("<img src='//img.example/a.jpg'>", "https://img.example/a.jpg"),
            ("<img src=a.jpg srcset='b.jpg 900w'>", "https://mail.example/coast/a.jpg"),
            (f"<img src='{DOT}' data-src='/i/a.jpg'>", "https://mail.example/i/a.jpg"),
            ("<img src=/i/spacer.gif data-lazy-src=a.jpg>", "https://mail.example/coast/a.jpg"),
            ("<img src=/i/placeholder-16x9.png data-original=a.jpg>", "https://mail.example/coast/a.jpg"),
            (f"<img src='{DOT}' data-srcset='a.jpg 320w, b.jpg 1280w,c.jpg 640w'>", "b.jpg"),
            (f"<img src='{DOT}' srcset='{DOT} 1w, a.jpg 1x, b.jpg 2.5x'>", "b.jpg"),
            ("<img srcset='a,b.jpg'>", "a,b.jpg"),
            (f"<img src='{DOT}' data-lazy=true data-src=17 data-srcset='a.jpg, b.jpg 2x'>", "b.jpg"),
            (f"<img src='{DOT}' data-src='/i/{{width}}/a.jpg' data-original=b.jpg>", "b.jpg"),
            (f"<picture><source srcset='a.webp 9w, b.webp 99w'><img src='{DOT}'></picture>", "b.webp"),
            (f"<picture><source data-srcset=a.webp><img src='{DOT}'></picture>", "a.webp"),
            (f"<img src='{DOT}'><noscript><img src=a.jpg></noscript>", "a.jpg"),
            ("<noscript><img src=a.jpg></noscript>", "a.jpg"),
            ("<amp-img src=a.jpg width=900 height=600></amp-img>", "a.jpg"),
            ("<video poster=a.jpg src=film.mp4><source src=film.webm></video>", "a.jpg"),
            ("<div style='display:none'><img src=a.jpg></div>", "a.jpg"),
        ],
    )
    def test_its_address_behind_what_stands_in_for_it(self, picture: str, url: str) -> None:
        found = image_of(headed(f"<figure>{picture}{FIGCAPTION}</figure>")).url
        assert found == url or found == f"https://mail.example/coast/{url}"

    @pytest.mark.parametrize("picture", [f"<img src='{DOT}'>", "<img>", "<video src=film.mp4></video>"])
    def test_an_image_without_an_address(self, picture: str) -> None:
        assert image_of(headed(f"<figure>{picture}{FIGCAPTION}</figure>")).url is None

    def test_a_placeholder_is_better_than_nothing(self) -> None:
        picture = f"<figure><img src=blank.png>{FIGCAPTION}</figure>"
        assert image_of(page(picture)).url == "blank.png"

    @pytest.mark.parametrize(
        ("head", "url"),
        [
            ("", "i/a.jpg"),
            ("<meta property=og:url content='https://mail.example/n/1'>", "https://mail.example/n/i/a.jpg"),
            ("<base href='https://img.example/'>", "https://img.example/i/a.jpg"),
            (f"{CANONICAL}<base href='/big/'>", "https://mail.example/big/i/a.jpg"),
            ("<base href='/big/'>", "i/a.jpg"),
            ("<link rel=canonical href='//[mail'>", "i/a.jpg"),
        ],
    )
    def test_its_address_is_whole_where_that_of_the_page_is_known(self, head: str, url: str) -> None:
        assert image_of(headed(f"<figure><img src=i/a.jpg>{FIGCAPTION}</figure>", head)).url == url

    @pytest.mark.parametrize(
        ("picture", "alt"),
        [
            ("<img src=a.jpg alt='Two \n skaters'>", "Two skaters"),
            ("<img src=a.jpg alt=' '>", None),
            ("<img src=a.jpg>", None),
            ("<video poster=a.jpg aria-label='Two skaters'></video>", "Two skaters"),
            (f"<img src='{DOT}'><noscript><img src=a.jpg alt='Two skaters'></noscript>", "Two skaters"),
        ],
    )
    def test_its_alternative_text(self, picture: str, alt: str | None) -> None:
        assert image_of(page(f"<figure>{picture}{FIGCAPTION}</figure>")).alt == alt

    @pytest.mark.parametrize(
        "figure",
        [
            f"<figure><img src=x.jpg alt=this><svg></svg>{FIGCAPTION}</figure>",
            f"<figure><picture><source srcset=y.webp><img src=x.jpg alt=this></picture>{FIGCAPTION}</figure>",
            f"<figure>{FIGCAPTION}<img src=x.jpg alt=this></figure>",
            f"<p><img src=y.jpg></p><div><img src=x.jpg alt=this><p class=caption>{CAPTION}</p></div>",
            f"<figure><img src=x.jpg alt=this><figcaption><img class=icon>{CAPTION}</figcaption></figure>",
            f"<figure><img src=x.jpg alt=this><img src=y.png width=24 height=24>{FIGCAPTION}</figure>",
            f"<o:p></o:p><figure><img src=x.jpg alt=this>{FIGCAPTION}</figure>",
            f"<p><img src=x.jpg alt=this></p><p>{CAPTION} (Photo: {CREDIT})</p>",
            f"<ul><li class='img gallery-item'><img src=x.jpg alt=this><span>{CAPTION}</span></li></ul>",
        ],
    )
    def test_its_path_leads_to_this_element_alone(self, figure: str) -> None:
        html = page(figure)
        (element,) = parse(html).getroottree().xpath(image_of(html).path)
        assert element.get("alt") == "this"

    def test_each_picture_of_a_gallery_has_its_own(self) -> None:
        names = ("band", "dogs", "skates")
        items = "".join(
            f"<div><img src={name}.jpg><p class=caption>The {name} on the ice of Karsund, by noon</p></div>"
            for name in names
        )
        captions = newsclean.clean(page(f"<figure>{items}</figure>".replace("figure", "section"))).captions
        assert [caption.image and caption.image.url for caption in captions] == [f"{n}.jpg" for n in names]

    def test_of_the_structured_data_where_no_element_is_found(self) -> None:
        told = {
            "@type": "NewsArticle",
            "headline": "Karsund harbour freezes",
            "image": {"@type": "ImageObject", "url": "https://mail.example/i/a.jpg", "caption": CAPTION},
        }
        script = f"<script type=application/ld+json>{json.dumps(told)}</script>"
        figure = f"<my-image></my-image><p class=caption>{CAPTION}</p>"
        assert image_of(headed(figure, script)) == Image("https://mail.example/i/a.jpg", None, "")

    @pytest.mark.parametrize(
        "mark",
        [
            f"![Two skaters](i/a.jpg)\n\n{CAPTION} (Photo: {CREDIT})",
            f'![Two skaters](<i/a.jpg> "On the ice")\n{CAPTION} (Photo: {CREDIT})',
            f"[![Two skaters](i/a.jpg)](i/large.jpg)\n\n*{CAPTION} (Photo: {CREDIT})*",
            f"![Two skaters](i/a.jpg) {CAPTION} (Photo: {CREDIT})",
        ],
    )
    def test_of_markdown(self, mark: str) -> None:
        text = f"# Karsund harbour freezes\n\n{BEFORE}\n\n{mark}\n\n{AFTER}\n\n## The ferry\n\n{END}\n"
        (caption,) = newsclean.clean(text).captions
        assert (caption.text, caption.image) == (CAPTION, Image("i/a.jpg", "Two skaters", ""))

    def test_none_of_plain_text(self) -> None:
        (caption,) = newsclean.clean(f"{BEFORE}\n\n{CAPTION} (Photo: {CREDIT})\n\n{AFTER}\n\n{END}").captions
        assert caption.image is None


@pytest.mark.parametrize(
    "figure",
    [
        f"<figure>{IMAGE}<figcaption>{CAPTION} <small>Photo: {CREDIT}</small></figcaption></figure>",
        f"<figure>{IMAGE}<figcaption><p>{CAPTION}</p><p class=credit>© {CREDIT}</p></figcaption></figure>",
        f"<figure>{IMAGE}<figcaption>{CAPTION} ( {CREDIT} )</figcaption></figure>",
        f"<figure>{IMAGE}<figcaption><p>Photo: {CREDIT}</p><p>{CAPTION}</p></figcaption></figure>",
    ],
)
def test_where_the_credit_stands(figure: str) -> None:
    document = cleaned(figure)
    (caption,) = document.captions
    assert caption.credit_span is not None
    assert document.page_text[slice(*caption.credit_span)] == caption.credit == CREDIT
    assert caption.span.start <= caption.credit_span.start < caption.credit_span.end <= caption.span.end


class TestWhatRepeatsAnAlternativeText:
    def test_is_evidence_for_a_caption(self) -> None:
        document = newsclean.clean(page(f"<div><img src=a.jpg alt='{CAPTION}'></div><p>{CAPTION}</p>"))
        (block,) = [b for b in document.blocks if b.text == CAPTION]
        assert "figure.repeats-alt" in {e.rule_id for e in block.evidence}
        assert block.role == "caption"

    @pytest.mark.parametrize(
        "beside",
        [
            f"<div><a href=/ice><img src=a.jpg alt='{CAPTION}'></a></div><p>{CAPTION}</p>",
            f"<div><img src=a.jpg alt='{CAPTION}'></div><h2>{CAPTION}</h2>",
            f"<div><img src=a.jpg alt='{CAPTION}'></div><p><a href=/ice>{CAPTION}</a></p>",
            f"<div><img src=a.jpg alt='{CAPTION}'></div><p>{END}</p><p>{END}</p><p>{CAPTION}</p>",
            "<div><img src=a.jpg alt='Gale Skate Nine Pro'></div><div>Gale Skate Nine Pro</div>",
        ],
    )
    def test_but_not_of_a_link_nor_a_headline_nor_a_name(self, beside: str) -> None:
        document = newsclean.clean(page(beside))
        assert not any(e.rule_id == "figure.repeats-alt" for b in document.blocks for e in b.evidence)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Source: Inst. for Ice Research (IIR), Averly", "Inst. for Ice Research (IIR), Averly"),
        ("marit lund - stock.adobe.com", "marit lund - stock.adobe.com"),
    ],
)
def test_a_source_line_of_a_figure_is_a_credit_alone(line: str, credit: str) -> None:
    (caption,) = cleaned(f"<figure>{IMAGE}<figcaption>{line}</figcaption></figure>").captions
    assert (caption.text, caption.credit) == ("", credit)


def test_nothing_is_cut_out_of_a_figcaption() -> None:
    document = cleaned(f"<figure>{IMAGE}<figcaption>(Image credit: {CREDIT})</figcaption></figure>")
    assert [caption.credit for caption in document.captions] == [CREDIT]


@pytest.mark.parametrize(
    "beside",
    [
        f"<div>{IMAGE}<h3>Read us on the ferry</h3><p>Every day, wherever there is a net.</p></div>",
        f"<div>{IMAGE}<p>All that you get with the card stands <a href=/card>here</a>.</p></div>",
        f"<figure><p class=video-headline>The band, the ice and the dog</p>{IMAGE}</figure>",
    ],
)
def test_promotion_and_headlines_beside_a_picture_are_no_captions(beside: str) -> None:
    assert newsclean.clean(page(beside)).captions == ()


def test_an_agency_that_signs_the_text_is_no_credit() -> None:
    document = newsclean.clean(page("").replace("</article>", "<p>(APA/dpa)</p></article>"))
    assert document.captions == ()
    assert [part.rule_id for part in document.removed if part.text == "(APA/dpa)"] == ["caption.no-picture"]


def test_tags_over_a_credit_are_no_caption() -> None:
    tags = "".join(f"<span><a href=/t/{tag}>{tag} </a></span>" for tag in ("Harbours", "Ice", "Karsund"))
    figure = f"<div>{tags}</div><div><span>Photo: {CREDIT}</span><br>{IMAGE}<div>{CAPTION}</div></div>"
    assert [caption.text for caption in newsclean.clean(page(figure)).captions] == [CAPTION]


def test_a_name_beside_the_caption_of_a_figure_is_its_credit() -> None:
    (caption,) = cleaned(
        f"<figure>{IMAGE}<figcaption>{CAPTION}</figcaption><span>Marit Lund</span></figure>"
    ).captions
    assert (caption.text, caption.credit) == (CAPTION, "Marit Lund")


def test_a_sentence_beside_the_caption_of_a_figure_is_more_of_it() -> None:
    more = "The dog was not among them."
    (caption,) = cleaned(
        f"<figure>{IMAGE}<figcaption>{CAPTION}</figcaption><span>{more}</span></figure>"
    ).captions
    assert (caption.text, caption.credit) == (f"{CAPTION} {more}", None)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Source: Karsund Ice Office", True),
        ("Source: the ferry company and its crew of nine", False),
        ("Source: " + "Ice " * 13, True),
        ("Source: " + "Ice " * 14, False),
        ("Marit Lund/Reuters", True),
        ("Marit Lund/Reuters.", True),
        ("Marit Lund", False),
        ("Reuters", False),
        ("The Band, The Dog, Ice/Reuters", True),
        ("Six Skaters And A Very Old Dog/Reuters", False),
    ],
)
def test_a_line_that_says_where_a_picture_comes_from(line: str, is_one: bool) -> None:
    assert is_source_line(line) is is_one


@pytest.mark.parametrize(
    ("needs", "text", "credit", "credible"),
    [
        ((), CAPTION, "Marit Lund", True),
        ((), CAPTION, "", False),
        ((), CAPTION, "Ice " * 14, True),
        ((), CAPTION, "Ice " * 15, False),
        ((), CAPTION, "Marit Lund!", False),
        ((), CAPTION, "Marit Lund?", False),
        ((), CAPTION, "氷" * 30, True),
        ((), CAPTION, "氷" * 31, False),
        (("capital",), CAPTION, "the crew", False),
        (("capital",), CAPTION, "provided by the crew", True),
        (("capital",), CAPTION, "dpa", True),
        (("names",), CAPTION, "Marit Lund of the Ice Office", True),
        (("names",), CAPTION, "Lund of the old harbour office", False),
        (("names",), CAPTION, "Lund was there. She Saw It", False),
        (("agency",), CAPTION, "Marit Lund/AFP", True),
        (("agency",), CAPTION, "Marit Lund (AFP)", True),
        (("agency",), CAPTION, "Marit Lund", False),
        (("who",), CAPTION, "Marit Lund", True),
        (("who",), CAPTION, "the ice", False),
        (("words",), CAPTION, "Lund", True),
        (("words",), "The ice", "Lund", False),
        (("words",), "The ice", "Lund/Aas", True),
        (("words",), "", "Lund", True),
        (("line",), CAPTION, "Lund", True),
        (("line",), "Skaters Cross The Frozen Harbour Today", "Lund", False),
        (("line",), "Five words are no line", "Lund", False),
    ],
)
def test_what_a_credit_has_to_be(needs: tuple[str, ...], text: str, credit: str, credible: bool) -> None:
    assert is_credible(frozenset(needs), text, credit) is credible


WORDS_BESIDE = "The ferry waits outside the pier"


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        (f"<div class=photo>{IMAGE}<div>{WORDS_BESIDE}</div></div>", True),
        (f"<div class=photo>{IMAGE}<div><a href=/ferry>{WORDS_BESIDE}</a></div></div>", False),
        (
            f"<div class=photo>{IMAGE}<div>{WORDS_BESIDE}</div><p>{END}</p><p>{END}</p><p>{END}</p></div>",
            False,
        ),
    ],
)
def test_an_element_with_a_picture_and_hardly_more(beside: str, told: bool) -> None:
    (block,) = [b for b in newsclean.clean(page(beside)).blocks if b.text == WORDS_BESIDE]
    assert any(e.rule_id.startswith("figure.") for e in block.evidence) is told
