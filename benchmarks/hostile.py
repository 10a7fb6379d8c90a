"""Hostile and broken pages, made by chance but the same for the same seed, and what is promised of each.

The suite draws them through hypothesis, ``python -m benchmarks fuzz`` by the thousand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from pathlib import Path
from random import Random

from newsclean.cleaner import Cleaner
from newsclean.document import Document
from newsclean.errors import NewscleanError
from newsclean.notebook import WHOLE, section, view

Page = str | bytes
Maker = Callable[[Random, int], Page]
"""Makes a page; the number says about how many parts it has."""

FIXTURES = Path(__file__).parent.parent / "fixtures"

SENTENCES = (
    "The night ferry to Averly sailed again on Monday with ninety people and one piano on board.",
    "“We had almost forgotten the sound of that horn,” said Ole Brandt, who keeps the shop by the pier.",
    "Die Fähre legte am Montag um sechs Uhr in Karsund ab, und niemand hatte die Laterne angezündet.",
    "La nuit, le phare de Karsund éclaire une mer où plus personne ne pêche depuis l'hiver dernier.",
    "渡船星期一早上从卡松出发，船上有九十个人和一架钢琴。",
    "Паром снова вышел в море в понедельник, сообщила команда, и на борту было девяносто человек.",
    "غادرت العبارة الميناء يوم الاثنين وعلى متنها تسعون شخصًا وبيانو واحد.",
)
LINES = (
    *SENTENCES,
    "Sign up for our daily newsletter", "READ MORE: Ten lidos to swim in before you are forty",
    "Photo: Marit Lund/Reuters", "The quay at dawn (Jo Hall/PA)", "By Ines Talbot", "14 March 2025",
    "Home", "News", "Most read", "Share", "Advertisement", "© 2025 The Averly Post", "# A heading",
    "- an item", "![the quay](quay.jpg)", "[a link](https://example.org/a)", "> a quotation", "| a | b |",
)  # fmt: skip
ODD = (
    "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\ufeff", "\ufffe", "\uffff", "\ufffd", "\ud800", "\udfff",
    "\udcff\ud83d", "\u200b", "\u200d", "\u00ad", "\u202e", "\u2066", "\u2069", "\u200f", "\u0301" * 40,
    "Z\u0351\u036b\u0343\u036a\u0302", "👩‍👩‍👧‍👦", "🏴\U000e0067\U000e0062\U000e007f", "🇳🇴", "\U0010ffff", "\ue000",
    "\u2028", "\u2029", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\t", "\u00a0", "\u3000", "\u1680", "ﷺ", "İ", "ß", "ŉ",
    "<", ">", "&", '"', "'", "]]>", "-->", "<!--", "<![CDATA[", "</script>", "&#0;", "&#xD800;", "&#x110000;",
    "&#99999999999;", "&lt;p&gt;", "&amp;amp;", "&nbsp;", "&bogus;", "&#", "%00", "{{7*7}}", "\\", "`" * 9, "*" * 9,
)  # fmt: skip
TAGS = (
    "html", "head", "body", "title", "p", "div", "span", "a", "b", "em", "i", "sup", "h1", "h2", "ul", "ol", "li",
    "dl", "dt", "dd", "table", "tr", "td", "th", "caption", "figure", "figcaption", "img", "picture", "source",
    "video", "svg", "math", "article", "main", "nav", "aside", "header", "footer", "section", "form", "button",
    "select", "option", "textarea", "script", "style", "noscript", "template", "iframe", "object", "blockquote",
    "pre", "plaintext", "frameset", "noframes", "details", "summary", "dialog", "time", "br", "hr", "amp-img",
    "x-card", "o:p", "ruby", "rt", "base", "link", "meta", "font", "center", "marquee", "A\u0130", "p\x00",
)  # fmt: skip
ATTRIBUTES = (
    "class='related newsletter'", "id=content", "class=caption", "style='display:none'", "style=display:block",
    "hidden", "href=/a", "href='#'", "href='javascript:x'", "src=quay.jpg", "src='data:image/gif;base64,R0'",
    "srcset='a.jpg 1x, b.jpg 2x,,, c 3w'", "alt='The quay at dawn'", "alt=''", "width=1", "width='١٢'", "height=-5",
    "width=9999999999", "role=tabpanel", "itemprop=headline", "itemscope itemtype='https://schema.org/NewsArticle'",
    "itemref='a b'", "property=og:title content='A'", "name=author content='Ines Talbot'", "rel=canonical",
    "href='http://[::1'", "href='//'", "lang=xx-\u0130", "shadowrootmode=open", "id=B:1", "id=S:1 hidden", "=x", "a'b",
    "datetime='2025-13-45'", "charset=utf-7", "type=application/ld+json", "open", "\x00=1", "xmlns:o='urn:x'",
)  # fmt: skip
ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "latin-1",
    "cp1251",
    "big5",
    "shift_jis",
    "euc-kr",
)


@cache
def seeds() -> tuple[str, ...]:
    """Whole invented pages: the fixtures, as text and as HTML."""
    texts = [
        (folder / "page.txt").read_bytes().decode("utf-8")
        for folder in sorted(FIXTURES.iterdir())
        if folder.is_dir()
    ]
    return (*texts, *map(as_html, texts))


def as_html(text: str) -> str:
    """A page of HTML that says what a text says, with a menu, a figure and structured data."""
    lines = [escape(line) for line in text.splitlines() if line.strip()]
    about = {"@type": "NewsArticle", "headline": "Night ferry sails again", "author": {"name": "Ines Talbot"}}
    return (
        f'<!doctype html><html lang="en"><head><title>Night ferry | The Averly Post</title>'
        f'<script type="application/ld+json">{json.dumps(about)}</script></head><body><nav><ul><li><a href="/">'
        "Home</a></li></ul></nav><main><h1>Night ferry sails again</h1><figure><img src=quay.jpg alt='The quay'>"
        "<figcaption>The quay <span class=credit>Photo: Marit Lund/Reuters</span></figcaption></figure>"
        + "".join(f"<p>{line}</p>\n" for line in lines)
        + "</main><aside class=related><a href=/1>Bakery opens</a></aside><footer>© 2025</footer></body></html>"
    )


# ---- What chance makes --------------------------------------------------------------------


def _chars(random: Random, size: int) -> str:
    """Characters of all planes, half of them of the first 256."""
    tops = (0x80, 0x100, 0x3000, 0x10000, 0x110000)
    return "".join(chr(random.randrange(random.choice(tops))) for _ in range(size * 8))


def _bytes(random: Random, size: int) -> bytes:
    return random.randbytes(size * 8)


def _text(random: Random, size: int) -> str:
    """Lines of a news page, odd characters in them, and the ends of lines that there are."""
    parts: list[str] = []
    for _ in range(size):
        line = random.choice(LINES)
        parts += (line, random.choice(ODD)) if random.random() < 0.2 else (line,)
        parts.append(random.choice(("\n", "\n\n", "\r\n", " ", "", "\u2028", "\t")))
    return "".join(parts)


def _markup(random: Random, size: int) -> str:
    """Tags that open, close, and do neither, with attributes and words."""
    parts = [random.choice(("", "<!doctype html>", "<?xml version='1.0'?>", "\ufeff"))]
    for _ in range(size):
        chance = random.random()
        if chance < 0.45:
            told = " ".join(random.choice(ATTRIBUTES) for _ in range(random.randrange(3)))
            parts.append(f"<{random.choice(TAGS)} {told}{random.choice(('>', '>', '>', '/>', '', ' <'))}")
        elif chance < 0.7:
            parts.append(f"</{random.choice(TAGS)}>")
        elif chance < 0.9:
            parts.append(random.choice(LINES))
        else:
            parts.append(random.choice(ODD))
    return "".join(parts)


def _mutated(random: Random, size: int) -> Page:
    """A whole page with pieces of it cut out, doubled, moved, and odd characters put in."""
    page = random.choice(seeds())
    for _ in range(random.randint(1, min(size, 30))):
        start = random.randrange(len(page) + 1)
        end = min(len(page), start + random.choice((0, 1, 2, 10, 100, 1000)))
        piece = page[start:end]
        swap = (
            random.choice(ODD),
            "",
            piece * 2,
            piece[::-1],
            random.choice(TAGS),
            f"<{random.choice(TAGS)}>",
        )
        page = page[:start] + random.choice(swap) + page[end:]
    return page


def _damaged(random: Random, size: int) -> bytes:
    """A whole page in some encoding, with bytes of it changed."""
    data = bytearray(random.choice(seeds()).encode(random.choice(ENCODINGS), "replace"))
    for _ in range(size):
        data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data)


def _truncated(random: Random, _size: int) -> Page:
    """A whole page that ends somewhere, maybe within a character."""
    page = random.choice(seeds())
    if random.random() < 0.5:
        return page[: random.randrange(len(page))]
    data = page.encode()
    return data[: random.randrange(len(data))]


def _mixed(random: Random, size: int) -> bytes:
    """Lines in several encodings, with a declaration or a byte-order mark that fits one at most."""
    heads = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"\x1b$B")
    said = b'<meta charset="%s">' % random.choice(ENCODINGS).encode() if random.random() < 0.5 else b""
    lines = (
        random.choice(LINES).encode(random.choice(ENCODINGS), "replace")
        + random.choice((b"\n", b"<p>", b"\x00"))
        for _ in range(size)
    )
    return random.choice(heads) + said + b"".join(lines)


def _deep(random: Random, size: int) -> str:
    """Elements inside one another, many times as deep as a parser goes, closed or not."""
    names = random.choices(TAGS, k=random.randint(1, 3))
    depth = size * 20
    opened = "".join(
        f"<{names[i % len(names)]}>{random.choice(LINES) if i % 50 == 0 else ''}" for i in range(depth)
    )
    closed = "".join(f"</{names[i % len(names)]}>" for i in range(depth)) if random.random() < 0.5 else ""
    return f"<body>{opened}{random.choice(SENTENCES)}{closed}<p>{random.choice(SENTENCES)}"


def _unclosed(random: Random, size: int) -> str:
    """Tags, quotes and comments that never end."""
    ends = (
        "<p class='",
        '<a href="',
        "<!--",
        "<script>",
        "<style>",
        "<title>",
        "<textarea>",
        "<![CDATA[",
        "<p",
        "</",
        "<?",
    )
    parts = [random.choice((f"<p>{random.choice(LINES)}", random.choice(ends))) for _ in range(size)]
    return "<body>" + "".join(parts)


def _giant(random: Random, size: int) -> str:
    """Attributes that are long, or many, or both."""
    name = random.choice(("class", "style", "href", "alt", "srcset", "data-x", "itemref", "content", "id"))
    value = (
        random.choice(("ab ", "display:", "a,", "http://", "&amp;", "(", "a.jpg 1x, ", "/*", "\n", "é"))
        * size
        * 50
    )
    many = "".join(f" a{i}={i}" for i in range(size * 10))
    tag = random.choice(("p", "img", "div", "a", "meta", "figure", "body"))
    return (
        f"<body><{tag} {name}='{value}'{many}>{random.choice(SENTENCES)}</{tag}><p>{random.choice(SENTENCES)}"
    )


def _entities(random: Random, size: int) -> str:
    """Entities by the thousand: named, numbered, broken, declared, and made of one another."""
    bomb = "".join(f'<!ENTITY b{i} "{f"&b{i - 1};" * 10 if i else "boom"}">' for i in range(9))
    outside = "".join(
        f'<!ENTITY {name} SYSTEM "{address}">'
        for name, address in (("f", "file:///etc/hostname"), ("n", "http://127.0.0.1:9/x"))
    )
    head = random.choice(
        ("", f"<!DOCTYPE html [{bomb}{outside}]>", f"<?xml version='1.0'?><!DOCTYPE rss [{bomb}]>")
    )
    signs = (
        "&b8;",
        "&f;",
        "&n;",
        "&amp;",
        "&lt;",
        "&#60;",
        "&#x3c;script&#x3e;",
        "&#1114112;",
        "&#xDFFF;",
        "&#" + "9" * 5000,
    )
    body = "".join(random.choice(signs) for _ in range(size * 5))
    return (
        f"{head}<html><body><p>{random.choice(SENTENCES)} {body}</p>{random.choice(SENTENCES)}</body></html>"
    )


def _table(random: Random, size: int) -> str:
    """A table of many rows, or one of many cells, or tables inside one another."""
    rows, cells = random.choice(((size * 4, 3), (2, size * 8), (size, size)))
    cell = f"<td colspan={random.randrange(-1, 10**6)}>{random.choice(LINES)}</td>"
    table = f"<table>{f'<tr>{cell * cells}</tr>' * rows}</table>"
    for _ in range(random.randrange(min(size, 60))):
        table = f"<table><tr><td>{table}</td><td>{random.choice(LINES)}</td></tr></table>"
    return f"<p>{random.choice(SENTENCES)}</p>{table}<p>{random.choice(SENTENCES)}</p>"


def _figures(random: Random, size: int) -> str:
    """Figures beyond number, whole and broken."""
    kinds = (
        "<figure><img src=a{0}.jpg alt='The quay'><figcaption>The quay. Photo: Jo Hall/PA</figcaption></figure>",
        "<figure><figcaption>The quay</figcaption>",
        "<img src=a{0}.jpg alt='The quay'><p>The quay</p>",
        "<picture><source srcset='a{0}.jpg 1x'><img alt='The quay'></picture><small>(Jo Hall/PA)</small>",
        "<noscript><img src=a{0}.jpg></noscript>",
    )
    body = "".join(random.choice(kinds).format(i) for i in range(size * 2))
    return f"<article><p>{random.choice(SENTENCES)}</p>{body}<p>{random.choice(SENTENCES)}</p></article>"


def _value(random: Random, depth: int) -> object:
    """A value of JSON such as nobody expects."""
    if depth <= 0 or random.random() < 0.4:
        odd: tuple[object, ...] = (
            None,
            True,
            -1,
            10**400,
            1e308,
            "",
            "\ud800",
            "\x00",
            "2025-99-99",
            [],
            {},
            float("inf"),
        )
        return random.choice((*odd, *LINES))
    keys = ("@type", "@id", "@graph", "author", "headline", "datePublished", "publisher", "image", "name", "url",
            "articleBody", "caption", "mainEntity", "inLanguage", "itemListElement", "articleSection")  # fmt: skip
    if random.random() < 0.4:
        return [_value(random, depth - 1) for _ in range(random.randrange(4))]
    return {random.choice(keys): _value(random, depth - 1) for _ in range(random.randrange(6))}


def _structured(random: Random, size: int) -> str:
    """Structured data of the wrong types, broken, or deeper than a parser goes."""
    value = _value(random, 6)
    if isinstance(value, dict):
        value["@type"] = random.choice(("NewsArticle", ["Article"], 7, None, "WebPage"))
    told = json.dumps(value)
    deep = size * 400
    story = (
        "[" * deep,
        '{"author":' * deep,
        '{"@type":"NewsArticle","author":' + "[" * deep + "]" * deep + "}",
    )
    script = random.choice(
        (told, told, told[: random.randrange(len(told) + 1)], told + ",]", f"<!--{told}-->", *story)
    )
    metas = "".join(f"<meta {random.choice(ATTRIBUTES)} {random.choice(ATTRIBUTES)}>" for _ in range(size))
    return (
        f"<head>{metas}<script type=application/ld+json>{script}</script></head>"
        f"<body itemscope itemtype=https://schema.org/Article><p itemprop=articleBody>{random.choice(SENTENCES)}"
    )


def _feed(random: Random, size: int) -> str:
    """A feed whose items hold markup: escaped, escaped twice, in CDATA, or never closed."""
    wraps: tuple[Callable[[str], str], ...] = (
        str,
        escape,
        lambda text: escape(escape(text)),
        lambda text: f"<![CDATA[{text}]]>",
        lambda text: f"<![CDATA[{text}",
    )
    items = []
    for _ in range(size):
        body = random.choice(wraps)(f"<p>{random.choice(LINES)}</p>{random.choice(ODD)}")
        name = random.choice(("description", "content:encoded", "summary", "title"))
        items.append(f"<item><{name}>{body}" + random.choice((f"</{name}></item>", "</item>", "")))
    return f"<?xml version='1.0'?><rss><channel>{''.join(items)}</channel></rss>"


def _marks(random: Random, size: int) -> str:
    """Markdown of more marks than words."""
    signs = (
        "#",
        "*",
        "_",
        "`",
        "[",
        "]",
        "(",
        ")",
        "!",
        ">",
        "-",
        "|",
        "\\",
        " ",
        "\n",
        "![a](b)",
        "[a](b)",
        "**a**",
        "a",
    )
    return "# A\n[b](https://example.org)\n" + "".join(random.choice(signs) for _ in range(size * 8))


def _pumped(random: Random, size: int) -> str:
    """One short piece again and again: what a pattern that goes back over its steps is slow at."""
    pieces = (
        *ODD,
        *LINES,
        " ",
        "a",
        "A",
        "1",
        ".",
        ",",
        "-",
        "/",
        "(",
        "[",
        '"',
        "'",
        "Ab ",
        "a.",
        "<p",
        "<a ",
        "By A ",
    )
    piece = random.choice(pieces) + random.choice(("", "", random.choice(pieces)))
    before, after = (
        random.choice(("", "a", "<p>", "# a\n**b**\n", *LINES)),
        random.choice(("", "!", "b", *LINES)),
    )
    return before + piece * (size * 20) + after


MAKERS: dict[str, Maker] = {
    "random characters": _chars,
    "random bytes": _bytes,
    "lines with odd characters": _text,
    "random markup": _markup,
    "mutated pages": _mutated,
    "damaged bytes": _damaged,
    "truncated pages": _truncated,
    "mixed encodings": _mixed,
    "deep nesting": _deep,
    "unclosed tags": _unclosed,
    "giant attributes": _giant,
    "entity storms": _entities,
    "tables": _table,
    "figures": _figures,
    "structured data": _structured,
    "feeds": _feed,
    "Markdown marks": _marks,
    "one piece repeated": _pumped,
}
"""Kinds of hostile pages, and what makes one."""


# ---- Shapes that grow ---------------------------------------------------------------------

_PROSE = SENTENCES[0] + " "
_STORY = f"{_PROSE * 3}\n\n"
_MARKED = "# A heading\n\nA [link](https://example.org/a) and **bold** words.\n\n"
_HTML = f"<html><body><p>{_PROSE * 3}</p>"


def _pump(piece: str, *, before: str = "", after: str = "", times: int = 1) -> Callable[[int], str]:
    return lambda size: before + piece * (size * times) + after


def _counted(piece: str, *, before: str = "", after: str = "") -> Callable[[int], str]:
    """A shape of pieces that differ by a number."""
    return lambda size: before + "".join(piece.format(i) for i in range(size)) + after


def _linked(inside: str) -> Callable[[int], str]:
    """JSON-LD with something in it again and again."""
    return lambda size: (
        f'<script type=application/ld+json>{{"@type":"NewsArticle","author":[{inside * size}""]}}</script>{_HTML}'
    )


_SIGNS = {
    "spaces": " ", "tabs": "\t", "no-break spaces": "\u00a0", "zero-width spaces": "\u200b", "letters": "a",
    "digits": "1", "capitals": "A", "capitalised words": "Ab ", "initials": "A. ", "dots": ".", "ellipses": "…",
    "commas": ",", "dashes": "-", "dashes between spaces": "- ", "slashes": "a/", "bars": "a | ", "colons": "a: ",
    "quotes": '"', "apostrophes": "'", "quoted words": '"a" ', "round brackets": "(", "closed brackets": "(a) ",
    "square brackets": "[", "pairs": "[a]", "links": "[a](b) ", "images": "![a](b.jpg) ", "broken images": "![a](",
    "stars": "*", "bold words": "**a** ", "underscores": "_a", "backticks": "`", "hashes": "# ", "backslashes": "\\*",
    "quotations": "> ", "items": "- - 1. ", "tildes": "~ ", "ampersands": "&", "less-than signs": "<", "tags": "<a ",
    "tag ends": "a>", "comments": "<!--", "credits": "(Photo: A B/AP) ", "credit labels": "Photo: ",
    "agencies": "AP/Reuters ", "copyright signs": "© ", "bylines": "By Ines Talbot ", "names": "Ines Talbot and ",
    "dates": "14 March 2025 ", "durations": "1:23 ", "plugs": "READ MORE: Abc. ", "sentence ends": 'a." ',
    "sign-ups": "Sign up for our newsletter. ", "addresses": "a@b.cd ", "web addresses": "http://a/ ",
    "ideographs": "船", "kana": "フェリー ", "hangul": "기자 ", "combining marks": "\u0301", "emoji": "👩‍👧",
    "marks of direction": "\u202e", "invisible plugs": "\u200bREAD MORE: Abc. ",
}  # fmt: skip
_PIECES_OF_HTML = {
    "div": "<div>word</div>", "p": "<p>word", "distinct div": "<div class='c{0}'>word {0}</div>",
    "prose": f"<p>{_PROSE}{{0}}</p>", "span": "<span>a</span>", "link": "<a href=/{0}>a</a> ",
    "listed link": "<li><a href=/{0}>a</a></li>", "br": "a<br>", "raised number": "a<sup>1</sup>",
    "heading": "<h2>A b c</h2>", "row": "<tr><td>a</td><td>b</td></tr>", "cell": "<td>a</td>",
    "laid-out cell": "<tr><td>a<p>b</p><p>c</p></td><td>d</td></tr>", "table in table": "<table><tr><td>a",
    "image": "<img src=a{0}.jpg alt='The quay'>", "image and caption": "<img src=a{0}.jpg alt='A quay'><p>A quay",
    "figure": "<figure><img src=a{0}.jpg><figcaption>The quay. Photo: Jo Hall/PA</figcaption></figure>",
    "open figure": "<figure><figcaption>The quay", "video": "<video poster=a{0}.jpg></video>",
    "picture": "<picture><source srcset='a{0}.jpg 1x'></picture>", "noscript": "<noscript><img src=a><p>a</noscript>",
    "hidden": "<p hidden>a</p>", "template": "<template id=B:{0}></template><div hidden id=S:{0}>a</div>",
    "shadow root": "<div><template shadowrootmode=open>a</template></div>", "unknown": "<x-a>a</x-a>",
    "unknown name": "<x{0}>a</x{0}>", "odd name": "<o:p>a</o:p>", "quotation": "<blockquote>a</blockquote>",
    "article": f"<article><h2>Abc</h2><p>{_PROSE}</article>", "button": "a <button>b</button> c ",
    "details": "<details><summary>a</summary>b</details>", "open div": "<div>a", "open span": "<span>",
    "open b": "<b><p>a", "open ul": "<ul><li>a", "open quotation": "<blockquote>", "meta": "<meta name=author content='A{0} B'>",
    "title": "<title>a</title>", "item": "<b itemscope itemtype='http://schema.org/NewsArticle'><i itemprop=name>a</i></b>",
    "property": "<b itemprop=author>Ines Talbot</b>", "open item": "<b itemscope itemprop=author>", "select": "<select><option>a",
    "script": "<script type=application/ld+json>[{{\"@type\":\"NewsArticle\",\"@id\":\"{0}\"}}]</script>",
    "entity": "&amp;&#65;&bogus;", "comment": "<!-- a -->b", "end tag": "</p></div>", "iframe": "<iframe>a</iframe>",
    "caption with credit": "<p class=caption>The quay</p><p class=credit>Jo Hall/PA</p>",
    "teaser": "<div class=related><a href=/{0}><img src=a{0}.jpg alt='Bakery opens'><h3>Bakery opens</h3></a></div>",
    "repeated story": f"<div><p>{_PROSE * 2}</p></div>", "tag of one letter": "<a", "instruction": "<?a ?>", "cdata": "<![CDATA[a]]>",
}  # fmt: skip
_ATTRIBUTE_VALUES = {
    "class": "ab-c ",
    "style": "display : ",
    "srcset": "a.jpg 1x, ",
    "alt": "a ",
    "href": "a/../",
    "id": "aB",
}

SHAPES: dict[str, Callable[[int], Page]] = {
    **{
        f"text of {name}": _pump(sign, before=f"{_STORY}a", after="!", times=4)
        for name, sign in _SIGNS.items()
    },
    **{
        f"Markdown of {name}": _pump(sign, before=f"{_MARKED}a", after="!", times=4)
        for name, sign in _SIGNS.items()
    },
    **{f"lines of {name}": _pump(f"a{sign}\n", before=_STORY, after=_STORY) for name, sign in _SIGNS.items()},
    **{
        f"a paragraph of {name}": _pump(sign, before=_HTML, after="!", times=4)
        for name, sign in _SIGNS.items()
    },
    **{f"HTML of {name}": _counted(piece, before=_HTML) for name, piece in _PIECES_OF_HTML.items()},
    **{
        f"HTML of {name} amid a story": _counted(
            piece, before=_HTML, after=f"</div></figure></table><p>{_PROSE * 3}"
        )
        for name, piece in _PIECES_OF_HTML.items()
    },
    "captions of one figure": _counted(
        "<figcaption>The quay of Karsund at dawn on day {0}</figcaption>",
        before=f"{_HTML}<figure><img src=a>",
    ),
    "credits of one figure": _counted(
        "<figcaption>Jo Hall{0}/PA</figcaption>", before=f"{_HTML}<figure><img src=a>"
    ),
    "agencies in one caption": _pump(
        "AP / Reuters / ", before=f"{_HTML}<figure><img src=a><figcaption>The quay. Photo: ", times=4
    ),
    "captions far from the story": _counted(
        "<figure><img src=a{0}.jpg><figcaption>The quay at dawn {0}</figcaption></figure><p>Abc</p><p>Def</p>",
        before=_HTML,
    ),
    "figures over the story": _counted(
        "<figure><img src=a{0}.jpg><figcaption>The quay at dawn {0}</figcaption></figure>", after=_HTML
    ),
    **{
        f"attribute {n}": _pump(v, before=f"{_HTML}<p {n}='", after="'>a", times=8)
        for n, v in _ATTRIBUTE_VALUES.items()
    },
    **{
        f"image with {n}": _pump(v, before=f"{_HTML}<img {n}='", after="'>a", times=8)
        for n, v in _ATTRIBUTE_VALUES.items()
    },
    **{
        f"title of {n}": _pump(v, before="<title>", after=f"</title>{_HTML}", times=4)
        for n, v in _SIGNS.items()
        if "<" not in v
    },
    "attributes": lambda size: f"{_HTML}<p {''.join(f'a{i}=b ' for i in range(size * 4))}>a",
    "linked names": _linked('{"name":"A B"},'),
    "linked strings": _linked('"A B, C D and E F",'),
    "linked lists": lambda size: f"<script type=application/ld+json>{'[' * size * 4}</script>{_HTML}",
    "linked stories": lambda size: (
        "<script type=application/ld+json>["
        + ",".join(f'{{"@type":"NewsArticle","@id":"{i}","headline":"A b c"}}' for i in range(size))
        + f"]</script>{_HTML}"
    ),
    "linked fragments": _pump("{} x", before="<script type=application/ld+json>", after=f"</script>{_HTML}"),
    "declared entities": _pump("<!ENTITY a 'b'>", before="<!doctype html [", after=f"]>{_HTML}"),
    "items of a feed": _pump(
        "<item><title>a</title><description>b</description></item>", before="<rss><channel>"
    ),
    "open items of a feed": _pump("<item><title>", before="<rss><channel>"),
    "open sections": _pump("<![CDATA[", after=_HTML),
    "escaped markup": _pump("&lt;p&gt;a", after="&lt;/p&gt;"),
    "bytes of Latin letters": lambda size: "é à la façon naïve ".encode("latin-1") * size,
    "bytes of no encoding": lambda size: Random(size).randbytes(size * 4),  # noqa: S311
    "bytes of open comments": lambda size: b"<!--" * size + b"\xe9\xe8",
    "bytes of meta": lambda size: b"<meta charset " * size + b"\xe9\xe8",
}
"""Shapes that may make a cleaner take ever longer; each takes the number of its parts."""


def cut_everywhere(page: str) -> Iterator[Page]:
    """A page cut off at every character, and at every byte that is within one."""
    at = 0
    data = page.encode()
    for end, character in enumerate(page):
        yield page[:end]
        width = len(character.encode())
        yield from (data[: at + inside] for inside in range(1, width))
        at += width


# ---- What is promised ---------------------------------------------------------------------


_SURROGATE = re.compile("[\ud800-\udfff]")


class BrokenPromiseError(AssertionError):
    """A page for which something that is promised of every page does not hold."""


def keep_promise(cleaner: Cleaner, page: Page) -> Document | None:
    """Clean a page and check all that is promised of it; None where it is refused by a named error.

    Raises BrokenPromiseError, or whatever the cleaner raises beside its named errors.
    """
    try:
        document = cleaner.clean(page)
    except NewscleanError:
        return None
    _hold("cleaning twice gives the same", cleaner.clean(page) == document)
    _hold("blocks tile the page", _tiles(document))
    if isinstance(page, str) and document.page_text and not any(block.path for block in document.blocks):
        _hold("plain text stays as it is", document.page_text == _SURROGATE.sub("\ufffd", page))
    _hold("all that it says is text", _is_text(document))
    again = Document.from_dict(json.loads(document.to_json()))
    _hold("a document survives JSON", again == document)
    return document


def _hold(promise: str, kept: bool) -> None:
    if not kept:
        raise BrokenPromiseError(promise)


def _tiles(document: Document) -> bool:
    at = 0
    for block in document.blocks:
        if block.span.start != at or block.span.end < at:
            return False
        at = block.span.end
    return at == len(document.page_text)


def _is_text(document: Document) -> bool:
    """Whether every output can be written as UTF-8, reports and tables too."""
    outputs = (
        json.dumps(document.to_dict(), ensure_ascii=False),
        document.to_json(),
        document.explain(),
        view(document),
        *section(document, WHOLE),
    )
    try:
        for output in outputs:
            output.encode()
    except UnicodeEncodeError:
        return False
    return True
