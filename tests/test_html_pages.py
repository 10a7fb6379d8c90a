"""Whole HTML pages, of many kinds and however broken: what of them is read, and in what time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from newsclean import clean
from newsclean.document import Document

BODY = (
    "The ferry between Karsund and the outer islands is running again after two winters in dry dock, and it "
    "left the quay at noon on Monday with ninety people on board, the crew said.",
    "Islanders had waited on the slipway since dawn with bread, flags and a brass band, and the mayor had a "
    "speech of eleven pages ready in the pocket of a coat that was too thin for the wind.",
    "“We had stopped believing in it,” said Mette Aune, who runs the shop on the largest of the islands and "
    "has brought her flour over by rowing boat since the ferry was laid up.",
    "The repair cost four times what had been planned, because the yard found that half of the plates under "
    "the engine had to be made anew, and because the engine came back from the foundry too long.",
    "From next week there will be three crossings a day, and a fourth on Saturdays when the market is held, "
    "the harbour office said, as long as the ice does not close the narrow sound.",
)
TITLE = "Ferry to the outer islands sails again"
PARAGRAPHS = "\n".join(f"<p>{paragraph}</p>" for paragraph in BODY)
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sea'>Sea</a></li></ul></nav>"
FOOT = "<footer><p>© 2024 The Karsund Echo. All rights reserved.</p></footer>"
RELATED = "".join(f"<li><a href='/r{i}'>Other news of the coast, number {i}</a></li>" for i in range(6))


def page(inside: str, head: str = "") -> str:
    return (
        f"<!doctype html><html lang='en'><head><title>{TITLE} | The Karsund Echo</title>{head}</head>"
        f"<body>{MENU}<main><h1>{TITLE}</h1>{inside}</main>"
        f"<aside><h2>Read next</h2><ul>{RELATED}</ul></aside>{FOOT}</body></html>"
    )


def as_rss(value: Callable[[str], str]) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>The Echo</title><item>'
        f"<title>{TITLE}</title><link>https://echo.example/ferry</link><pubDate>Mon, 04 Mar 2024</pubDate>"
        f"<content:encoded>{value(PARAGRAPHS)}</content:encoded></item></channel></rss>"
    )


def escaped(html: str) -> str:
    return html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def newsletter() -> str:
    rows = "".join(
        f"<tr><td><table width='100%'><tr><td><font>{paragraph}</font></td></tr></table></td></tr>"
        for paragraph in BODY
    )
    return (
        "<html><body><div style='display:none;max-height:0'>Your news in one minute</div><center>"
        f"<table width='600'><tr><td><table><tr><td><h1>{TITLE}</h1></td></tr>{rows}</table></td></tr>"
        "<tr><td align='center'>You signed up for this letter. <a href='/u'>Unsubscribe</a></td></tr>"
        "</table></center></body></html>"
    )


IMAGE = "<amp-img src='f.jpg' width='9' height='6'><noscript><img src='f.jpg'></noscript></amp-img>"
ADVERT = "<amp-ad width='300' height='250'><div fallback>No ad today</div></amp-ad>"
KINDS = {
    "an article": page(f"<article>{PARAGRAPHS}</article>"),
    "no article element": page(f"<div class='story'>{PARAGRAPHS}</div>"),
    "divisions": page("<div>" + "".join(f"<div>{p}</div>" for p in BODY) + "</div>"),
    "line breaks": page("<div>" + "<br><br>".join(BODY) + "</div>"),
    "in capitals": page(f"<ARTICLE>{PARAGRAPHS.replace('<p>', '<P>').replace('</p>', '</P>')}</ARTICLE>"),
    "AMP": page(
        f"<article>{IMAGE}{PARAGRAPHS}{ADVERT}</article>",
        "<style amp-boilerplate>body{visibility:hidden}</style>",
    ),
    "a print view": f"<html><body onload='print()'><h2>{TITLE}</h2><hr>{PARAGRAPHS}<hr>Printed on Monday",
    "a saved page": f"<!-- saved from url=(0026)https://echo.example/ferry -->\n{page(PARAGRAPHS)}",
    "a fragment": PARAGRAPHS,
    "a fragment with a heading": f"<h1>{TITLE}</h1>{PARAGRAPHS}",
    "XHTML": f'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>{PARAGRAPHS}</body></html>',
    "a feed with escaped HTML": as_rss(escaped),
    "a feed with CDATA": as_rss("<![CDATA[{}]]>".format),
    "escaped HTML": escaped(PARAGRAPHS),
    "as a writer keys it in": "\n\n".join(BODY).replace("ferry", '<a href="/ferry">ferry</a>'),
    "a newsletter": newsletter(),
    "a table that lays out": f"<table><tr><td><a href='/'>Home</a></td><td>{PARAGRAPHS}</td></tr></table>",
    "custom elements": page("<my-story>" + "".join(f"<my-line>{p}</my-line>" for p in BODY) + "</my-story>"),
    "late parts": page("<template id='B:0'></template>").replace(
        "</body>", f"<div hidden id='S:0'><article>{PARAGRAPHS}</article></div></body>"
    ),
    "behind a script": f"<html><body><div id='app'></div><noscript>{PARAGRAPHS}</noscript></body></html>",
    "behind a paywall": page(PARAGRAPHS.replace("</p>", "</p><div class='paywall' hidden>", 1) + "</div>"),
    "unclosed": page(f"<article>{PARAGRAPHS.replace('</p>', '')}"),
    "deep": "<div>" * 3000 + PARAGRAPHS,
}  # fmt: skip


@pytest.mark.parametrize("html", KINDS.values(), ids=KINDS.keys())
def test_the_article_is_read_whole_and_in_order(html: str) -> None:
    assert [p for p in clean(html).text.split("\n\n") if p in BODY] == list(BODY)


@pytest.mark.parametrize("kind", ["an article", "no article element", "AMP", "a saved page", "late parts"])
def test_what_stands_around_the_article_is_left_out(kind: str) -> None:
    text = clean(KINDS[kind]).text
    assert not any(other in text for other in ("Home", "Read next", "Other news", "rights reserved", "No ad"))


def test_what_belongs_to_an_article_stays_in_its_place() -> None:
    inside = (
        f"<p>{BODY[0]}</p><h2>What it cost</h2><p>{BODY[1]}</p>"
        "<ul><li>Four million for the hull, the yard said.</li>"
        f"<li>One million for the engine, too long.</li></ul><blockquote><p>{BODY[2]}</p></blockquote>"
        f"<p>{BODY[3]}</p><table><tr><th>Day</th><th>Crossings</th></tr>"
        "<tr><td>Monday</td><td>3</td></tr></table>"
        f"<p>{BODY[4]}</p>"
    )
    text = clean(page(f"<article>{inside}</article>")).text
    parts = [BODY[0], "What it cost", BODY[1], "for the hull", "for the engine", BODY[2], BODY[3], BODY[4]]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_markdown_with_html_is_text() -> None:
    markdown = f"# {TITLE}\n\n<div align='center'>\n<img src='f.jpg'>\n</div>\n\n" + "\n\n".join(BODY)
    document = clean(markdown)
    assert document.page_text == markdown
    assert all(paragraph in document.text for paragraph in BODY)


@pytest.mark.parametrize(
    "html",
    [
        "<!doctype html><html><head><script>boot()</script></head><body><div id='root'></div></body></html>",
        "<!doctype html>",
        "<html></html>",
        "<html><body><svg><path d='M0 0'/></svg></body></html>",
        "<html><body><!-- nothing --></body></html>",
        "<html><body><img src='f.jpg'></body></html>",
    ],
)
def test_a_page_without_words_says_so(html: str) -> None:
    document = clean(html)
    assert (document.text, document.blocks) == ("", ())
    assert document.warnings[0] == "the page is empty"


def test_a_shell_that_asks_for_scripts_says_so() -> None:
    ask = "You need to enable JavaScript to run this app."
    script = "<script src='app.js'></script>"
    html = f"<html><body><div id='root'></div><noscript>{ask}</noscript>{script}</body></html>"
    document = clean(html)
    assert document.text == ""
    assert document.warnings == ("the page is empty", "the page has hardly any text before its scripts run")


def test_a_page_of_several_articles_says_so() -> None:
    articles = "".join(f"<article><h2>Story {i}</h2><p>{p}</p></article>" for i, p in enumerate(BODY))
    assert "the page holds several articles, or the beginnings of them" in clean(page(articles)).warnings


def test_a_gallery_says_so() -> None:
    shown = "Picture {}: islanders wait on the slipway while the band tunes its brass. “Hush,” said one."
    figures = "".join(
        f"<figure><img src='{i}.jpg'><figcaption>{shown.format(i)}</figcaption></figure>" for i in range(12)
    )
    document = clean(page(f"<article><h1>{TITLE}</h1><p>{BODY[0]}</p>{figures}<p>{BODY[1]}</p></article>"))
    assert [caption.text for caption in document.captions] == [shown.format(i) for i in range(12)]
    assert "most of the text that was found is captions" in document.warnings


@pytest.mark.parametrize(
    "inside",
    [
        "".join(
            f"<article><h2><a href='/{i}'>{p[:40]}</a></h2><p>{p}</p></article>" for i, p in enumerate(BODY)
        ),
        "<ul>" + RELATED * 5 + "</ul>",
        "".join(
            f"<figure><img src='{i}.jpg'><figcaption>{p}</figcaption></figure>" for i, p in enumerate(BODY)
        ),
    ],
    ids=["several articles", "a list of links", "a gallery"],
)
def test_pages_that_are_no_article_lose_nothing(inside: str) -> None:
    html = page(inside)
    document = clean(html)
    assert_tiles(document)
    for paragraph in BODY if "<p>" in inside or "figcaption" in inside else ():
        assert paragraph in document.page_text


def assert_tiles(document: Document) -> None:
    at = 0
    for block in document.blocks:
        assert block.span.start == at
        at = block.span.end
    assert at == len(document.page_text)


NEEDLE = "<p>The ferry came back at noon with ninety people on board, the crew said.</p>"
SAID = "The ferry came back at noon with ninety people on board, the crew said."
ENTITIES = "".join(f"<!ENTITY e{i + 1} '{f'&e{i};' * 10}'>" for i in range(9))
HOSTILE: dict[str, str] = {
    **{f"{tag} 100,000 deep": f"<{tag}>" * 100_000 + NEEDLE for tag in ("div", "b", "a", "x-y", "form")},
    "lists 10,000 deep": "<ul><li>" * 10_000 + NEEDLE,
    "tables 10,000 deep": "<table><tr><td>" * 10_000 + NEEDLE,
    "deep and closed": "<div>" * 100_000 + NEEDLE + "</div>" * 100_000,
    "misnested": "<b><i></b>" * 50_000 + NEEDLE,
    "unclosed": "<p><b>" * 50_000 + NEEDLE,
    "a million empty elements": "<i></i>" * 1_000_000 + NEEDLE,
    "empty blocks": "<div></div>" * 200_000 + NEEDLE,
    "line breaks": "<br>" * 500_000 + NEEDLE,
    "lines": "word word<br>" * 100_000 + NEEDLE,
    "a giant attribute": f"<div class='{'x ' * 2_000_000}' style='{'display ' * 500_000}'>{NEEDLE}</div>",
    "many attributes": f"<div {' '.join(f'a{i}=1' for i in range(100_000))}>{NEEDLE}</div>",
    "a giant word": f"<p>{'x' * 200_000}</p>{NEEDLE}",
    "a giant text node": f"<p>{' ' * 11_000_000}</p>{NEEDLE}",
    "null bytes": f"\x00<p>\x00</p>{NEEDLE.replace('ferry', 'fer' + chr(0) + 'ry')}",
    "lone surrogates": f"<p>\ud800</p>{NEEDLE}<p>\udfff</p>",
    "a comment that never closes": f"{NEEDLE}<!-- {NEEDLE * 1000}",
    "comments in comments": f"{'<!-- <!--' * 50_000} -->{NEEDLE}",
    "plaintext": f"{NEEDLE}<plaintext>{'</p><b>' * 1000}",
    "CDATA": f"<![CDATA[<p>x</p>]]>{NEEDLE}",
    "conditional comments": f"<!--[if IE]><p>x</p><![endif]--><![if !IE]>{NEEDLE}<![endif]>",
    "frames": f"<frameset><frame src='a'><noframes>{NEEDLE}</noframes></frameset>",
    "an entity bomb": f"<!DOCTYPE html [<!ENTITY e0 'x'>{ENTITIES}]><p>&e9;</p>{NEEDLE}",
    "an external entity": f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>&x;</p>{NEEDLE}',
    "a script that never closes": f"{NEEDLE}<script>var a = '{NEEDLE * 1000}",
    "a quote that never closes": f"{NEEDLE}<a href='{NEEDLE * 1000}",
    "signs": "<" * 300_000 + NEEDLE + "&" * 300_000 + "&amp;" * 100_000,
    "figures": "<figure><img src=a><figcaption>A boat.</figcaption></figure>" * 2_000 + NEEDLE,
    "cells": f"<table><tr>{'<td>x</td>' * 50_000}</tr></table>{NEEDLE}",
    "spans": f"<div>{'<span>a</span><span>B</span>' * 50_000}</div>{NEEDLE}",
    "templates": '<template id="B:0"></template>' * 5_000 + f"<div hidden id='S:0'>{NEEDLE}</div>",
}  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_are_read_in_time(html: str) -> None:
    start = time.perf_counter()
    document = clean(f"<html><body>{html}" if "<!DOCTYPE" not in html else html)
    assert time.perf_counter() - start < 30  # seconds; the slowest takes three
    assert SAID in document.page_text
    assert_tiles(document)


def test_nothing_is_fetched_for_an_entity() -> None:
    assert "&x;" in clean(HOSTILE["an external entity"]).page_text
