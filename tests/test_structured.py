"""What a page says about itself to machines. All pages, people and publishers here are invented."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from newsclean.structured import Structured, StructuredImage, read_structured
from newsclean.structured.days import read_day

ADDRESS = "https://www.harbour-courier.example/news/ferry"
STORY: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ferry returns to the northern islands",
    "author": {"@type": "Person", "name": "Mirela Tandsom"},
    "datePublished": "2025-02-03T23:30:00+02:00",
    "publisher": {"@type": "NewsMediaOrganization", "name": "Harbour Courier"},
    "articleSection": ["Islands", "Transport"],
    "inLanguage": "en-GB",
    "description": "The boat sails again.",
    "articleBody": "The ferry is back.\n\nIt sailed at noon.",
    "image": {"@type": "ImageObject", "url": "/ferry.jpg", "caption": "The ferry", "creditText": "Ole Vick"},
}


def parsed(head: str, body: str = "", root: str = "") -> HtmlElement:
    page = f"<!DOCTYPE html><html {root}><head>{head}</head><body>{body}</body></html>"
    return document_fromstring(page, parser=HTMLParser(huge_tree=True))


def read(head: str, body: str = "", root: str = "") -> Structured:
    return read_structured(parsed(head, body, root))


def linked(*values: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)


def meta(**named: str) -> str:
    return "".join(f'<meta property="{name}" content="{value}">' for name, value in named.items())


def authors(value: object, **more: object) -> tuple[str, ...]:
    return read(linked({"@type": "NewsArticle", "author": value, **more})).authors


class TestLinkedData:
    def test_gives_every_value(self) -> None:
        assert read(f'<link rel="canonical" href="{ADDRESS}">' + linked(STORY)) == Structured(
            title="Ferry returns to the northern islands",
            authors=("Mirela Tandsom",),
            date="2025-02-03",
            publisher="Harbour Courier",
            section="Islands",
            language="en",
            description="The boat sails again.",
            article_body="The ferry is back.\nIt sailed at noon.",
            images=(
                StructuredImage("https://www.harbour-courier.example/ferry.jpg", "The ferry", "Ole Vick"),
            ),
            base=ADDRESS,
        )

    @pytest.mark.parametrize(
        "value",
        [
            [STORY],
            {"@graph": [{"@type": "BreadcrumbList"}, STORY]},
            {"@type": "WebPage", "name": "Ferry | Harbour Courier", "mainEntity": STORY},
            {"@type": "WebPage", "mainEntity": {"@graph": [[STORY]]}},
            {**STORY, "@type": ["CreativeWork", "http://schema.org/ReportageNewsArticle"]},
        ],
    )
    def test_is_found_where_it_is_nested(self, value: object) -> None:
        assert read(linked(value)).title == STORY["headline"]

    def test_follows_references(self) -> None:
        graph = [
            {"@type": "WebPage", "mainEntity": {"@id": "#story"}},
            {"@type": "Person", "@id": "#mt", "name": "Mirela Tandsom"},
            {"@type": "Organization", "@id": "#hc", "name": "Harbour Courier"},
            {"@type": "ImageObject", "@id": "#boat", "url": "https://i.example/b.jpg", "caption": "The boat"},
        ]
        story = {"@id": "#story", "@type": "Article", "headline": "Ferry returns", "image": {"@id": "#boat"}}
        found = read(
            linked({"@graph": graph}, {**story, "author": [{"@id": "#mt"}], "publisher": {"@id": "#hc"}})
        )
        assert (found.title, found.authors, found.publisher) == (
            "Ferry returns", ("Mirela Tandsom",), "Harbour Courier",
        )  # fmt: skip
        assert found.images == (StructuredImage("https://i.example/b.jpg", "The boat"),)

    def test_of_several_articles_the_one_of_this_address(self) -> None:
        other = {"@type": "NewsArticle", "headline": "Bridge closed", "url": "https://x.example/bridge"}
        own = {
            "@type": "BlogPosting",
            "headline": "Ferry returns",
            "mainEntityOfPage": {"@id": ADDRESS + "/"},
        }
        found = read(f'<link rel="canonical" href="{ADDRESS}?ref=top">' + linked([other, own]))
        assert found.title == "Ferry returns"

    def test_of_several_articles_the_one_with_the_title_of_the_page(self) -> None:
        stories = [{"@type": "NewsArticle", "headline": text} for text in ("Bridge closed", "Ferry returns")]
        assert read("<title>Ferry returns</title>" + linked(*stories)).title == "Ferry returns"

    def test_of_other_stories_and_comments_says_nothing(self) -> None:
        update = {"@type": "BlogPosting", "headline": "12:01", "author": {"name": "Pia Lund"}}
        other = {"@type": "NewsArticle", "headline": "Bridge closed"}
        live = {"@type": "LiveBlogPosting", "liveBlogUpdate": [update], "mentions": other}
        assert read(linked(live, {"@type": "ItemList", "itemListElement": [other]})) == Structured()

    def test_of_the_page_is_a_last_resort(self) -> None:
        page = {"@type": "WebPage", "name": "Ferry page", "datePublished": "2025-02-09"}
        found = read(meta(**{"og:title": "Ferry returns"}) + linked(page))
        assert (found.title, found.date) == ("Ferry returns", "2025-02-09")


class TestBrokenLinkedData:
    @pytest.mark.parametrize(
        "script",
        [
            '{"@type": "NewsArticle", "headline": "Ferry\n returns"}',
            '{"@type": "NewsArticle", "headline": "Ferry returns",}',
            '[{"@type": "NewsArticle", "headline": "Ferry returns"}, ];',
            '<!-- {"@type": "NewsArticle", "headline": "Ferry returns"} -->',
            '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ferry returns"}\n//]]>',
            '{"@type": "WebSite"}{"@type": "NewsArticle", "headline": "Ferry returns"}',
            '\ufeff {"@type": "NewsArticle", "headline": "Ferry returns"}',
        ],
    )
    def test_is_read_all_the_same(self, script: str) -> None:
        assert read(f'<script type="application/ld+json">{script}</script>').title == "Ferry returns"

    def test_keeps_commas_within_strings(self) -> None:
        script = '{"@type": "NewsArticle", "headline": "A list, ] and a brace, }",}'
        assert (
            read(f'<script type="application/ld+json">{script}</script>').title == "A list, ] and a brace, }"
        )

    @pytest.mark.parametrize(
        "script",
        ["", "null", '{"@type": "NewsArticle", "headline": "Fer', "[[1, [null]], {}, [true]]", "var x = {};",
         "[" * 100_000, '{"a":' * 50_000, '{"@type": "NewsArticle", "headline": ' + "9" * 5_000 + "}",
         '{"a": "' + '\\"' * 100_000, "[1" + ", " * 100_000],
    )  # fmt: skip
    def test_counts_as_absent(self, script: str) -> None:
        block = f'<script type="application/ld+json">{script}</script>'
        assert read(block) == Structured()
        assert read(block + linked(STORY)).title == STORY["headline"]

    @pytest.mark.parametrize(
        "junk", [5, 1.5, True, None, [], {}, [[[]]], [1, {"name": 2}], {"name": {"name": 3}}]
    )
    def test_has_junk_where_text_should_be(self, junk: object) -> None:
        assert read(linked({**dict.fromkeys(STORY, junk), "@type": "NewsArticle"})) == Structured()

    def test_that_refers_to_itself_ends(self) -> None:
        names = [{"@id": "#a"}] * 100
        found = read(
            linked({"@type": "Article", "author": {"@id": "#a"}}, {"@id": "#a", "name": names, "x": 1})
        )
        assert found.authors == ()

    def test_can_be_huge(self) -> None:
        story = {**STORY, "keywords": ["word"] * 200_000, "articleBody": "The ferry is back. " * 50_000}
        found = read(linked(story))
        assert len(found.article_body or "") == 19 * 50_000 - 1


class TestMetaElements:
    def test_give_every_value(self) -> None:
        head = meta(
            **{
                "og:title": "Ferry returns",
                "og:site_name": "Harbour Courier",
                "og:description": "The boat sails again.",
                "og:locale": "nn_NO",
                "og:image": "https://i.example/b.jpg",
                "article:published_time": "2025-02-03T08:00:00Z",
                "article:section": "Islands",
                "article:author": "https://social.example/mirela",
            }
        )
        assert read(head + '<meta name="Author" content="Mirela Tandsom">') == Structured(
            title="Ferry returns",
            authors=("Mirela Tandsom",),
            date="2025-02-03",
            publisher="Harbour Courier",
            section="Islands",
            language="nn",
            description="The boat sails again.",
            images=(StructuredImage("https://i.example/b.jpg"),),
        )

    @pytest.mark.parametrize("name", ["author", "byl", "parsely-author", "sailthru.author", "DC.creator"])
    def test_name_authors_in_many_ways(self, name: str) -> None:
        assert read(f'<meta name="{name}" content="By Mirela Tandsom">').authors == ("Mirela Tandsom",)

    @pytest.mark.parametrize("name", ["DC.date", "parsely-pub-date", "citation_publication_date", "pubdate"])
    def test_name_the_day_in_many_ways(self, name: str) -> None:
        assert read(f'<meta name="{name}" content="2025/02/03">').date == "2025-02-03"

    def test_of_libraries_turn_names_round(self) -> None:
        head = "".join(
            f'<meta name="citation_author" content="{n}">' for n in ("Tandsom, Mirela", "Ole Vick")
        )
        assert read(head).authors == ("Mirela Tandsom", "Ole Vick")

    def test_label_an_author(self) -> None:
        labelled = {"twitter:label1": "Written by", "twitter:data1": "Mirela Tandsom"}
        assert read(meta(**labelled)).authors == ("Mirela Tandsom",)
        assert read(meta(**{**labelled, "twitter:label1": "Reading time"})).authors == ()


class TestMicrodata:
    PAGE = """
      <p itemprop="author">Nobody Here</p>
      <article itemscope itemtype="https://schema.org/NewsArticle">
        <h1 itemprop="headline">Ferry <i>returns</i></h1>
        <span itemprop="author" itemscope itemtype="https://schema.org/Person">
          <a itemprop="name" href="/mirela">Mirela Tandsom</a></span>
        <time itemprop="datePublished" datetime="2025-02-03">yesterday</time>
        <figure itemprop="image" itemscope><img itemprop="url" src="https://i.example/b.jpg">
          <span itemprop="caption">The boat</span></figure>
        <div itemprop="articleBody"><p>The ferry is back.<script>x()</script></p>
          <p>It <!-- so --> sailed.</p></div>
        <div itemprop="comment" itemscope itemtype="https://schema.org/Comment">
          <b itemprop="author">Angry Reader</b></div>
      </article>"""

    def test_gives_the_values_of_the_article(self) -> None:
        assert read("", self.PAGE) == Structured(
            title="Ferry returns",
            authors=("Mirela Tandsom",),
            date="2025-02-03",
            article_body="The ferry is back.\nIt sailed.",
            images=(StructuredImage("https://i.example/b.jpg", "The boat"),),
        )

    def test_without_an_item_is_the_pages(self) -> None:
        assert read("", '<b itemprop="author">Mirela Tandsom</b>').authors == ("Mirela Tandsom",)

    def test_of_a_person_without_a_name_is_the_text(self) -> None:
        person = '<i itemprop="author" itemscope itemtype="https://schema.org/Person">Mirela Tandsom</i>'
        assert read("", f'<div itemscope itemtype="https://schema.org/Article">{person}</div>').authors == (
            "Mirela Tandsom",
        )


class TestHtml:
    def test_has_a_language(self) -> None:
        assert read(linked(STORY), root='lang="PT-br"').language == "pt"
        assert read(linked(STORY), root='lang="{{lang}}"').language == "en"

    def test_has_authors_and_times(self) -> None:
        body = """<time datetime="2025-03-01">now</time>
                  <time class="published" datetime="2025-02-03">then</time>
                  <a rel="nofollow author" href="/m">Mirela Tandsom</a>"""
        found = read("", body)
        assert (found.authors, found.date) == (("Mirela Tandsom",), "2025-02-03")

    def test_title_of_a_drawing_is_not_the_pages(self) -> None:
        assert read("", "<svg><title>Menu</title></svg>").title is None


class TestPrecedence:
    MARKED = TestMicrodata.PAGE.replace("Ferry <i>returns</i>", "Microdata title")

    def test_of_titles(self) -> None:
        title, graph = "<title>Title of the page</title>", meta(**{"og:title": "Open Graph title"})
        assert read(title + graph + linked(STORY), self.MARKED).title == STORY["headline"]
        assert read(title + graph, self.MARKED).title == "Open Graph title"
        assert read(title, self.MARKED).title == "Microdata title"
        assert read(title).title == "Title of the page"

    def test_of_days(self) -> None:
        graph = meta(**{"article:published_time": "2025-02-04"})
        assert read(graph + linked(STORY), self.MARKED).date == "2025-02-03"
        assert read(graph, self.MARKED).date == "2025-02-04"
        assert read(linked({**STORY, "datePublished": "soon"}) + graph).date == "2025-02-04"

    def test_of_authors_puts_people_before_organizations(self) -> None:
        story = {**STORY, "author": {"@type": "Organization", "name": "Harbour Courier"}}
        assert read(linked(story)).authors == ("Harbour Courier",)
        assert read(linked(story) + '<meta name="author" content="Pia Lund">').authors == ("Pia Lund",)


class TestTitles:
    @pytest.mark.parametrize(
        "title",
        [
            "Ferry returns to the isles - Harbour Courier",
            "Ferry returns to the isles | Islands | Harbour Courier",
            "Ferry returns to the isles — HARBOUR COURIER",
            "Ferry returns to the isles | More to read",
            "Harbour Courier | Ferry returns to the isles",
        ],
    )
    def test_lose_the_name_of_the_site(self, title: str) -> None:
        site = meta(**{"og:site_name": "Harbour Courier"})
        assert read(f"<title>{title}</title>{site}").title == "Ferry returns to the isles"
        assert read(meta(**{"og:title": title}) + site).title == "Ferry returns to the isles"

    @pytest.mark.parametrize(
        "title", ["Ferry returns: the islands cheer", "LIVE | Ferry returns to the isles"]
    )
    def test_keep_what_is_no_site(self, title: str) -> None:
        assert read(meta(**{"og:title": title, "og:site_name": "Harbour Courier"})).title == title

    def test_cut_short_give_way_to_the_whole(self) -> None:
        whole = "Ferry returns to the northern islands after a winter of waiting for spare parts from abroad"
        graph = meta(**{"og:title": whole})
        assert read(linked({**STORY, "headline": "Ferry returns to the northern…"}) + graph).title == whole
        assert read(linked({**STORY, "headline": "Ferry returns"}) + graph).title == "Ferry returns"

    def test_are_no_descriptions(self) -> None:
        described = {**STORY, "headline": "The boat sails again."}
        assert read(linked(described) + meta(**{"og:title": "Ferry returns"})).title == "Ferry returns"


class TestAuthors:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("By Mirela Tandsom and Ole Vick", ("Mirela Tandsom", "Ole Vick")),
            ("Mirela Tandsom, Ole Vick & Pia Lund", ("Mirela Tandsom", "Ole Vick", "Pia Lund")),
            ("Von Mirela Tandsom und Ole Vick", ("Mirela Tandsom", "Ole Vick")),
            ("Von Tandsom", ("Von Tandsom",)),
            ("João Lima e Silva", ("João Lima e Silva",)),
            ("Mirela Tandsom, Political Correspondent", ("Mirela Tandsom",)),
            ("Mirela Tandsom (Reuters)", ("Mirela Tandsom",)),
            ("Mirela Tandsom, AFP", ("Mirela Tandsom",)),
            ("Mirela Tandsom, MD, Ph.D.", ("Mirela Tandsom, MD, Ph.D.",)),
            ("Mirela Tandsom mirela@harbour.example @mirela", ("Mirela Tandsom",)),
            ("https://social.example/mirela", ()),
            ("@mirela", ()),
            ("mirela@harbour.example", ()),
            ("12345", ()),
            ("AFP", ("AFP",)),
            ("Harbour Courier Staff", ("Harbour Courier Staff",)),
            ("Staff", ()),
            ("admin", ()),
            ("Redaktion", ()),
            ("Mirela Tandsom Mirela Tandsom", ("Mirela Tandsom",)),
            ("O&amp;#39;Malley &lt;b&gt;Tandsom&lt;/b&gt;", ("O'Malley Tandsom",)),
            (["Mirela Tandsom", "MIRELA TANDSOM", ["Ole Vick"]], ("Mirela Tandsom", "Ole Vick")),
            ([{"@type": "Organization", "name": "AFP"}, {"name": "Ole Vick"}], ("Ole Vick",)),
            ([{"@type": "Person", "name": "News Desk"}, {"name": ["Ole Vick"]}], ("Ole Vick",)),
            ({"@type": ["Person", "Organization"], "name": "Ole Vick"}, ("Ole Vick",)),
            ({"@type": "Person", "givenName": "Ole", "familyName": "Vick"}, ("Ole Vick",)),
            ({"@list": "x", "name": None}, ()),
        ],
    )
    def test_are_people(self, value: object, expected: tuple[str, ...]) -> None:
        assert authors(value) == expected

    def test_are_the_publisher_only_if_nobody_else(self) -> None:
        publisher = {"name": "Harbour Courier"}
        both = [{"@type": "Person", "name": "Harbour Courier"}, {"@type": "Person", "name": "Ole Vick"}]
        assert authors(both, publisher=publisher) == ("Ole Vick",)
        assert authors(both[:1], publisher=publisher) == ("Harbour Courier",)


class TestDays:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2025-02-03", "2025-02-03"),
            ("2025-2-3 08:00", "2025-02-03"),
            ("2025-02-03T23:59:59-11:00", "2025-02-03"),
            ("20250203", "2025-02-03"),
            ("20250203T101500Z", "2025-02-03"),
            ("Mon, 03 Feb 2025 10:15:00 GMT", "2025-02-03"),
            ("Mon Feb 03 2025 10:15:00 GMT+0100", "2025-02-03"),
            ("February 3rd, 2025", "2025-02-03"),
            ("03.02.2025", "2025-02-03"),
            ("13/02/2025", "2025-02-13"),
            ("02/13/2025", "2025-02-13"),
            ("1738577700", "2025-02-03"),
            ("1738577700000", "2025-02-03"),
            ("03/02/2025", None),
            ("2025-02-30", None),
            ("2025-02", None),
            ("0001-01-01T00:00:00", None),
            ("1970-01-01", None),
            ("9999999999999", None),
            ("yesterday", None),
            ("", None),
        ],
    )
    def test_are_read(self, text: str, expected: str | None) -> None:
        assert read_day(text) == expected


class TestCleaning:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Boats &amp;amp; birds", "Boats & birds"),
            ("<b>Boats</b>\n  &nbsp;and\u200b birds", "Boats and birds"),
            ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
            ("\ud800 Boats\x00", "\ufffd Boats"),
            ("undefined", None),
            ("<br>", None),
        ],
    )
    def test_of_text(self, text: str, expected: str | None) -> None:
        assert read(linked({"@type": "Article", "headline": text})).title == expected

    def test_of_a_number_too_long_to_read_leaves_it(self) -> None:
        text = f"&#{'9' * 5000};"
        assert read(linked({"@type": "Article", "description": text})).description == text

    def test_of_addresses(self) -> None:
        images = ["data:image/png;base64,AAAA", "http://[", "ftp://i.example/a.jpg"]
        head = f'<link rel="canonical" href="{ADDRESS}">'
        assert read(head + linked({"@type": "Article", "image": images})).images == (
            StructuredImage("ftp://i.example/a.jpg"),
        )


@pytest.mark.parametrize(
    "page",
    [
        "<title>" + "a|" * 100_000 + "</title>",
        '<meta name="author" content="' + "a b and c d, " * 20_000 + '">',
        '<meta name="author" content="' + "a b e " * 600 + '">',
        '<meta property="og:title" content="x - y">' * 20_000,
        '<div itemscope itemprop="articleBody author">' * 3_000 + "x",
        '<p itemprop="headline author articleBody">x<b></b></p>' * 20_000,
        linked([{"@type": "Article", "url": "/x", "author": "admin", "image": ["i"]}] * 10_000),
        linked([{"@id": "a", "x": 1}] * 10_000 + [{"@id": "a", **{str(i): 1 for i in range(20_000)}}]),
        linked({"@type": "Article", "headline": "<" * 100_000, "description": "<!--" * 50_000}),
        "<time datetime=x></time>" * 50_000,
    ],
    ids=range(10),
)
def test_hostile_pages_do_no_harm(page: str) -> None:
    assert isinstance(read(page), Structured)


def test_reading_leaves_the_tree_as_it_is() -> None:
    tree = parsed(linked(STORY), TestMicrodata.PAGE)
    before = [(element.tag, dict(element.attrib), element.text, element.tail) for element in tree.iter()]
    assert read_structured(tree) == read_structured(tree)
    assert before == [
        (element.tag, dict(element.attrib), element.text, element.tail) for element in tree.iter()
    ]


KEYS = st.sampled_from([*STORY, "@id", "@graph", "@type", "name", "url", "mainEntity", "mainEntityOfPage"])
WORDS = st.sampled_from(
    ["NewsArticle", "WebPage", "Person", "Organization", "#a", "#b", "By and,", "2025-02-03"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=6)
    ),
    max_leaves=25,
)


@given(VALUES, st.text(max_size=30))
def test_any_json_is_read(value: object, garbage: str) -> None:
    tree = parsed('<script type="application/ld+json"></script>')
    script = tree.find(".//script")
    assert script is not None
    for text in (json.dumps(value), json.dumps({"@type": "NewsArticle", "author": value, "headline": value})):
        script.text = text
        found = read_structured(tree)
        assert all(name.strip() for name in found.authors)
        assert found.title is None or found.title.strip()
    try:
        script.text = garbage + text[: len(text) // 2]
    except ValueError:  # lxml takes no control characters
        return
    assert isinstance(read_structured(tree), Structured)
