"""What is HTML, and what is text that only speaks of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.detect import is_html

LONG = "The ferry sailed at noon with ninety people on board. " * 12
PAGE = f"<!doctype html>\n<html><head><title>Echo</title></head><body><p>{LONG}</p></body></html>"

HTML = {
    "a page": PAGE,
    "a page in capitals": PAGE.upper(),
    "byte-order mark": "\ufeff" + PAGE,
    "white space": " \r\n\t\n" + PAGE,
    "comments": "<!-- saved from url=(0021)https://echo.example/ -->\n<!-- x -->" + PAGE,
    "a long comment": "<!--" + "x " * 10_000 + "-->" + PAGE,
    "XML declaration": '<?xml version="1.0" encoding="utf-8"?>\n' + PAGE,
    "headers of the server": "HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + PAGE,
    "junk": "7f3a\r\n" + PAGE,
    "no doctype": "<html><p>Hello",
    "an article": "<article><p>Hello.",
    "a style first": "<style>p{margin:0}</style><p>Hello.</p>",
    "meta first": '<meta charset="utf-8"><title>Echo</title><p>Hello.',
    "AMP": "<!doctype html><html ⚡><head></head><body><amp-img></amp-img></body></html>",
    "one paragraph": "<p>The ferry is back.</p>",
    "one paragraph, open": "<p>The ferry is back.",
    "paragraphs left open": "<P>The ferry\nis back.\n<P>It sailed\nat noon.",
    "paragraphs in lines": "<p>\nThe ferry is back.\n</p>\n\n<p>\nIt sailed at noon.\n</p>",
    "divisions": "<div>One.</div>\n<div>Two.</div>",
    "a list": "<ul><li>One<li>Two</ul>",
    "a table": "<table><tr><td>One</td></tr></table>",
    "a figure": "<figure><img src=a><figcaption>The ferry.</figcaption></figure>",
    "words before the first tag": "Lead.<p>The ferry is back, they said.</p><p>It sailed at noon.</p>",
    "inline tags": 'Some <b>bold</b> text with <a href="https://echo.example/">a link</a>.',
    "inline tags without attributes": "Some <b>bold</b> and some <em>other</em> words.",
    "line breaks": "The ferry is back.<br><br>It sailed at noon.<br>",
    "as a writer keys it in": (
        'The <a href="/ferry">ferry</a> is back.\n\nIt sailed at <em>noon</em>.\n\n<h2>Crew</h2>\n\nNine.'
    ),
    "a feed": '<?xml version="1.0"?><rss><channel><item><title>x</title></item></channel></rss>',
    "an item": "<item><title>x</title><description>Hello there.</description></item>",
    "an Atom feed": '<feed xmlns="http://www.w3.org/2005/Atom"><entry></entry></feed>',
    "content of an item": "<content:encoded><![CDATA[<p>Hello.</p>]]></content:encoded>",
    "a CDATA section": "<![CDATA[<p>Hello.</p>]]>",
    "escaped HTML": "&lt;p&gt;Hello there.&lt;/p&gt;",
    "another XML": "<nitf><body><body.content><p>One two.</p><p>Three four.</p></body.content></body></nitf>",
    "a newsletter": (
        '<center><table width="100%"><tr><td><table><tr><td>Good morning.</td></tr></table></td></tr></table>'
    ),
}

TEXT = {
    "nothing": "",
    "white space": " \n",
    "prose": "The ferry is back.\n\nIt sailed at noon.",
    "prose on tags": 'He learned <p>, <div> and <a href="x">.\n\nAnd then </p> and </div>, in that order.',
    "prose on escaped tags": "The page said &lt;p&gt; and &lt;/p&gt; all over, and readers laughed at it.",
    "a tag in quotes": 'Write “<a href="x">y</a>” for a link, and "<b>x</b>" for bold.',
    "a tag in code marks": "Write `<b>bold</b>` for bold, and `<i>x</i>` for italics.",
    "a line of code": f"{LONG}\n\n<p>Hello</p>\n\n{LONG}",
    "a page in an article": f"{LONG}\n\n<html>\n<body>\n<p>Hello</p>\n</body>\n</html>\n\n{LONG}",
    "a code block": f"```html\n<div>\n<p>Hello</p>\n</div>\n```\n\n{LONG}",
    "Markdown with HTML": f'# Ferry\n\n<div align="center">\n<img src="a.png">\n</div>\n\n{LONG}\n\n<br>',
    "Markdown with inline HTML": f"# Ferry\n\nH<sub>2</sub>O and **x**<br>\n\n{LONG}",
    "Markdown with a link": "See [the port](https://echo.example/) and <b>bold</b> <i>words</i> <u>here</u>.",
    "one tag in a long text": f'{LONG * 4}\n\nSee <a href="/port">the port</a>.\n\n{LONG * 4}',
    "an e-mail": "From: Ana Reyes <ana@echo.example>\nTo: <desk@echo.example>\n\n> It sailed.\n\nGood.",
    "an address": "<https://echo.example/> is where it stands.",
    "angle quotes": "«No», she said, ‹no› and <<no>>.",
    "sums": "If a < b and b > c, or x <3, then if (a<b && c>d) it is.",
    "generic types": "Template<String> and List<p> are types, and Map<a, b> is one.",
    "a name withheld": "<Name withheld> told the paper that the ferry was late again.",
    "a lone sign": "<",
    "a lone tag": "<b>",
    "a list of tags": "- item <p>\n- item </p>\n- item <div>\n- item </div>",
}


@pytest.mark.parametrize("page", HTML.values(), ids=HTML.keys())
def test_html(page: str) -> None:
    assert is_html(page)


@pytest.mark.parametrize("page", TEXT.values(), ids=TEXT.keys())
def test_text(page: str) -> None:
    assert not is_html(page)


@given(st.text(alphabet="<>/pb!-[]&;lt \nax`\"'=", max_size=300))
def test_any_text_is_one_or_the_other(page: str) -> None:
    assert is_html(page) in (True, False)


@pytest.mark.parametrize(
    "part", ["<", "<p", "<p>", "<!--", "&lt;p&gt;", "<![CDATA[", "<a href=", "<item>", "\n", "x "]
)
def test_it_takes_no_longer_for_a_hostile_page(part: str) -> None:
    is_html(part * 2_000_000)
