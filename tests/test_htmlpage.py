"""HTML to blocks: which words stand together, which no reader sees, and where each block stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.htmlpage import Block, blocks, parse


def read(html: str) -> list[Block]:
    return blocks(parse(html))


def texts(html: str) -> list[str]:
    return [block.text for block in read(html)]


LINES = [
    # inline tags neither split nor glue words
    ('<p>The <a href="/f">ferry</a> is <b>ba</b>ck.</p>', ["The ferry is back."]),
    ("<p>The <i>Gull</i>'s crew</p>", ["The Gull's crew"]),
    ('<p><span class="dropcap">T</span>he ferry</p>', ["The ferry"]),
    ('<p><font size="7">T</font><font size="2">HE FERRY</font> sails</p>', ["THE FERRY sails"]),
    ('<p>The <span style="font-variant: small-caps">Echo</span> said so</p>', ["The Echo said so"]),
    ("<p>Har<wbr>bour<wbr/>master</p>", ["Harbourmaster"]),
    (
        "<p>Har&shy;bour, har\u200bbour, har\u2060bour, \ufeffharbour</p>",
        ["Harbour, harbour, harbour, harbour"],
    ),
    ("<p>a <nobr>long way</nobr> off</p>", ["a long way off"]),
    ("<p>in<!-- not two words -->land</p>", ["inland"]),
    ("<p>in<script>var a</script>land</p>", ["inland"]),
    ('<p>off <img src="gull.png" alt="gull">shore</p>', ["off shore"]),
    ("<p>a<kbd>b</kbd><tt>c</tt> <u>d</u>e <bdi>f</bdi></p>", ["abc de f"]),
    ("<P>Upper <B>CASE</B></P>", ["Upper CASE"]),
    (
        '<p><abbr title="Averly Port Office">APO</abbr>, <time datetime="2024">Monday</time></p>',
        ["APO, Monday"],
    ),
    ("<p>He said <q>no</q> and left</p>", ["He said no and left"]),
    ("<p>two  \n\t spaces</p>", ["two spaces"]),
    ("<p>12&nbsp;km</p>", ["12\u00a0km"]),
    ("<p>a\u2028b\x85c</p>", ["a b c"]),
    # raised and lowered: ordinals, units and formulas belong to their word, notes do not
    ("<p>the 19<sup>th</sup>, 1<sup>er</sup> and n<sup>o</sup></p>", ["the 19th, 1er and no"]),
    ("<p>H<sub>2</sub>O on 9 m<sup>2</sup>, 10<sup>6</sup> times</p>", ["H2O on 9 m2, 106 times"]),
    ('<p>a study<sup><a href="#n1">1</a></sup> of gulls</p>', ["a study 1 of gulls"]),
    ("<p>It sank.<sup>2</sup> Nobody drowned.</p>", ["It sank. 2 Nobody drowned."]),
    ("<p>for €5.<sup>99</sup></p>", ["for €5.99"]),
    # elements side by side without a space
    ('<div><a href="/a">Home</a><a href="/b">News</a></div>', ["Home News"]),
    ('<div><span><a href="/a">Home</a></span><span><a href="/b">news</a></span></div>', ["Home news"]),
    ('<p>The <a href="/a">rep</a><a href="/a">ort</a> is out</p>', ["The report is out"]),
    ("<div><span>Ana Reyes</span><span>Port reporter</span></div>", ["Ana Reyes Port reporter"]),
    (
        '<div><span>by</span><a href="/a">Ana Reyes</a><i></i><time>1 May 2024</time></div>',
        ["by Ana Reyes 1 May 2024"],
    ),
    ("<div><time>1.5.2024</time><span>Averly</span></div>", ["1.5.2024 Averly"]),
    ("<p><b>A</b><i>rriving</i> in <span>3</span><span>D</span></p>", ["Arriving in 3D"]),
    ("<p><span>1</span><span>2</span><span>.</span><span>5</span></p>", ["12.5"]),
    # line breaks
    ("<p>One line<br>Another line</p>", ["One line", "Another line"]),
    ("<p>The ferry<br>and the crew</p>", ["The ferry and the crew"]),
    ("<p>Averly,<br>Monday</p>", ["Averly, Monday"]),
    ("<h1>The ferry<br>Sails again</h1>", ["The ferry Sails again"]),
    ("<p><i>One</i><br/><i>Two</i></p>", ["One", "Two"]),
    ("First one.<br><br>Second one.<br><br/>Third one.", ["First one.", "Second one.", "Third one."]),
    ("<font>First one.</font><br>\n<br>\n<font>Second one.</font>", ["First one.", "Second one."]),
    # blocks
    ("<div>One.</div><div>Two <b>bold</b>.</div>", ["One.", "Two bold."]),
    ("<body>Bare text.<p>Marked text.</p>Bare again.</body>", ["Bare text.", "Marked text.", "Bare again."]),
    ('<a href="/x"><p>One.</p><p>Two.</p></a>', ["One.", "Two."]),
    ("<p>One.<p>Two.<p>Three.", ["One.", "Two.", "Three."]),
    ("<p>One.<div>Two.</div>Three.</p>", ["One.", "Two.", "Three."]),
    ("<center>One.</center><center>Two.</center>", ["One.", "Two."]),
    ("<h2>Head</h2>Text<hr>More", ["Head", "Text", "More"]),
    ("<p>She said:<blockquote>It sank.</blockquote>and left", ["She said:", "It sank.", "and left"]),
    ("<dl><dt>Lock<dd>A gate<p>in water</p></dl>", ["Lock", "A gate", "in water"]),
    ("<ul><li>A<ul><li>B</li><li>C</li></ul>D</li><li>E</li></ul>", ["A", "B", "C", "D", "E"]),
    ("<details><summary>More</summary>Text</details>", ["More", "Text"]),
    ("<p>The <button>lock</button> gate</p><button>Share</button>", ["The lock gate", "Share"]),
    ("<label>Name</label><label>Town</label>", ["Name", "Town"]),
    ('<span style="display:block">One.</span><span style="display: block">Two.</span>', ["One.", "Two."]),
    ('<p><span style="display:block; float:left">T</span>he ferry</p>', ["The ferry"]),
    ("<p>a</p><p>&nbsp;</p><p>\u200b</p><p>\u200d</p><p><br></p><p>b</p>", ["a", "b"]),
    # custom elements
    ("<my-story><my-line>One.</my-line><my-line>Two.</my-line></my-story>", ["One.", "Two."]),
    ("<p>The <my-tip>ferry</my-tip> sails</p>", ["The ferry sails"]),
    ("<p><my-tip>Ferry</my-tip><my-tip>boat</my-tip></p>", ["Ferryboat"]),
    ("<div>The <o:p>ferry</o:p> sails</div>", ["The ferry sails"]),
    ("<aricle><p>One.</p>Two.</aricle>", ["One.", "Two."]),
    # other scripts
    ("<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>は大きい。", ["東京は大きい。"]),
    ('<p dir="rtl">\u200fأبحرت <b>العب</b>ارة\u200f</p>', ["\u200fأبحرت العبارة\u200f"]),
    ("<p>می\u200cرود</p>", ["می\u200cرود"]),
]


@pytest.mark.parametrize(("html", "expected"), LINES)
def test_words_stand_together_as_on_the_page(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


ROW = "<tr><td>{}</td><td>{}</td></tr>"
TABLES = [
    ("<tr><th>Port<th>Boats<tr><td>Averly<td>4", ["Port\tBoats", "Averly\t4"]),
    ("<thead><tr><th>Port</th><th>Boats</th></tr></thead>" + ROW.format("Ely", 4), ["Port\tBoats", "Ely\t4"]),
    ("<caption>Boats</caption>" + ROW.format("Averly", 4), ["Boats", "Averly\t4"]),
    (ROW.format("<p>Averly</p>", "<div>4</div>"), ["Averly\t4"]),
    (ROW.format("Averly<br>quay", 4), ["Averly quay\t4"]),
    (ROW.format("", 4), ["4"]),
    ("<tr><td>Averly</td><td></td><td>4</td></tr>", ["Averly\t\t4"]),
    ("<tbody><td>Averly</td><td>4</td></tbody>", ["Averly\t4"]),
    # tables that lay out a page
    (ROW.format("<p>One.</p><p>Two.</p>", "Three"), ["One.", "Two.", "Three"]),
    (ROW.format("Home<br>News", "One.<br><br>Two."), ["Home", "News", "One.", "Two."]),
    (ROW.format("Home", "It sailed. " * 40), ["Home", ("It sailed. " * 40).strip()]),
    ("<tr><td><table><tr><td>In a table in a table.</table></table>", ["In a table in a table."]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), TABLES)
def test_a_row_of_data_is_a_line_and_a_row_of_layout_is_not(rows: str, expected: list[str]) -> None:
    assert texts(f"<table>{rows}</table>") == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("Roses\nViolets", ["Roses", "Violets"]),
        ("One\n\nTwo", ["One", "Two"]),
        ("if a:\n    b()", ["if a: b()"]),
        (
            "The ferry between Karsund and the islands is running\nAgain after two winters in dry dock.",
            ["The ferry between Karsund and the islands is running Again after two winters in dry dock."],
        ),
        ("<b>Roses</b>\n<i>Violets</i>", ["Roses", "Violets"]),
    ],
)
def test_preformatted_text_keeps_its_lines(inside: str, expected: list[str]) -> None:
    assert texts(f"<pre>{inside}</pre>") == expected


UNSEEN = [
    "<script>x</script>",
    "<style>x</style>",
    "<template><p>x</p></template>",
    "<svg><text>x</text><title>x</title></svg>",
    "<select><option>x</option></select>",
    "<textarea>x</textarea>",
    "<iframe>x</iframe>",
    "<object><p>x</p></object>",
    "<video>x</video>",
    "<audio>x</audio>",
    "<canvas>x</canvas>",
    "<noscript>Please enable JavaScript to read this page.</noscript>",
    "<p hidden>x</p>",
    "<amp-ad><p>x</p></amp-ad>",
    '<p hidden="hidden">x</p>',
    '<div style="display: none"><p>x</p></div>',
    '<div style="DISPLAY:NONE!important"><p>x</p></div>',
    '<div style="visibility:hidden"><p>x</p></div>',
    '<div style="position:absolute; left:-9999px"><p>x</p></div>',
    "<dialog><p>x</p></dialog>",
    '<span class="sr-only">x</span>',
    '<span class="visually-hidden">x</span>',
    '<span class="link screen-reader-text">x</span>',
    "<!-- x -->",
    "<!--[if IE]><p>x</p><![endif]-->",
    "<title>x</title>",
]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_no_reader_sees_is_no_text(unseen: str) -> None:
    assert texts(f"<body><p>One.</p>{unseen}<p>Two.</p></body>") == ["One.", "Two."]


SEEN = [
    '<p aria-hidden="true">x</p>',
    # folded, and opened by who reads it
    '<div role="region" style="display:none"><p>x</p></div>',
    '<div class="faq-answer" hidden><p>x</p></div>',
    '<div class="chakra-collapse" style="display:none"><p>x</p></div>',
    '<p class="hidden-print">x</p>',
    '<p style="display:inline">x</p>',
    '<p class="sr-only md:not-sr-only">x</p>',
    '<div class="field--label-visually_hidden">x</div>',
    '<h1 class="visually-hidden">x</h1>',
    "<dialog open><p>x</p></dialog>",
    '<p contenteditable="true">x</p>',
    '<template shadowrootmode="open"><p>x</p></template>',
    "<details><p>x</p></details>",
    "<![if !IE]><p>x</p><![endif]>",
]


@pytest.mark.parametrize("seen", SEEN)
def test_what_readers_see_is_text(seen: str) -> None:
    assert "x" in texts(f"<body><p>One.</p>{seen}<p>Two.</p></body>")


PROSE = " ".join(["The ferry sailed at noon with ninety people and one piano on board."] * 15)


class TestTextThatAScriptShows:
    @pytest.mark.parametrize(
        "hidden",
        [
            "<div hidden>{}</div>",
            '<article style="display:none">{}</article>',
            "<noscript>{}</noscript>",
        ],
    )
    def test_is_read_when_next_to_nothing_else_is_there(self, hidden: str) -> None:
        assert f"{PROSE}" in texts(hidden.format(f"<p>{PROSE}</p>" * 3))

    def test_is_left_out_beside_an_article(self) -> None:
        html = f"<p>{PROSE}</p>" * 4 + f"<div hidden><p>Not seen. {PROSE}</p></div>"
        assert not any("Not seen" in text for text in texts(html))

    def test_a_page_of_frames_says_something_itself(self) -> None:
        assert texts("<frameset><frame><noframes><p>One</p></noframes></frameset>") == ["One"]

    @pytest.mark.parametrize("tag", ["html", "body"])
    def test_a_whole_page_is_never_hidden(self, tag: str) -> None:
        attribute = 'style="display:none"'
        html = "<html><body><p>One.</p></body></html>".replace(f"<{tag}>", f"<{tag} {attribute}>")
        assert texts(html) == ["One."]

    def test_late_parts_stand_where_the_script_puts_them(self) -> None:
        html = (
            '<body><h1>Head</h1><template id="B:0"></template><p>Foot</p>'
            '<div hidden id="S:1"><p>Inner</p></div>'
            '<div hidden id="S:0"><p>First</p><template id="P:1"></template><p>Last</p></div></body>'
        )
        found = read(html)
        assert [block.text for block in found] == ["Head", "First", "Inner", "Last", "Foot"]
        assert_paths_lead_back(html)

    def test_late_parts_that_hold_one_another_end(self) -> None:
        place = '<template id="B:0"></template>'
        html = f'{place}<div hidden id="S:0"><p>One</p>{place}</div>'
        assert texts(html) == ["One"]


class TestImages:
    def images(self, html: str) -> float:
        frame = read(html)[-1].frame
        while frame.tag != "figure" and frame.parent is not None:
            frame = frame.parent
        return frame.images

    @pytest.mark.parametrize(
        "image",
        [
            '<img src="a.jpg">',
            '<picture><source srcset="a.webp"><img src="a.jpg"></picture>',
            '<noscript><img src="a.jpg"></noscript>',
            '<img data-src="a.jpg"><noscript><img src="a.jpg"></noscript>',
            '<amp-img src="a.jpg"><noscript><img src="a.jpg"></noscript></amp-img>',
        ],
    )
    def test_an_image_counts_once_however_it_is_loaded(self, image: str) -> None:
        assert self.images(f"<figure>{image}<figcaption>The ferry.</figcaption></figure>") == 1


class TestWrapped:
    """HTML that comes inside something else."""

    ITEM = "<title>Ferry sails</title><link>https://echo.example/1</link><dc:creator>Ana Reyes</dc:creator>"
    PARTS = ("Ferry sails", "Ana Reyes", "One.", "Two.")

    @pytest.mark.parametrize(
        "body",
        [
            "<description>Short.</description><content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded>",
            "<content:encoded>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content:encoded>",
            "<description><![CDATA[&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;]]></description>",
            "<description>&lt;p&gt;One.&lt;br&gt;&lt;br&gt;Two.</description>",
        ],
    )
    @pytest.mark.parametrize(
        "around",
        [
            "<item>{}</item>",
            '<?xml version="1.0"?>\n<rss><channel><title>Echo</title><item>{}</item></channel></rss>',
        ],
    )
    def test_an_item_of_a_feed(self, body: str, around: str) -> None:
        assert tuple(texts(around.format(self.ITEM + body))) == self.PARTS

    def test_an_atom_entry(self) -> None:
        html = (
            '<entry><title>Ferry sails</title><content type="html">&lt;p&gt;One.&lt;/p&gt;</content></entry>'
        )
        assert texts(html) == ["Ferry sails", "One."]

    def test_all_items_of_a_feed_in_order(self) -> None:
        item = "<item><title>Head {0}</title><description>Text {0}.</description></item>"
        html = "<rss><channel><title>Echo</title>" + item.format(1) + item.format(2) + "</channel></rss>"
        assert texts(html) == ["Head 1", "Text 1.", "Head 2", "Text 2."]

    @pytest.mark.parametrize(
        "html",
        [
            "&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;",
            "<![CDATA[<p>One &amp; two.</p><p>Three.</p>]]>",
            "<content:encoded><![CDATA[<p>One &amp; two.</p><p>Three.</p>]]></content:encoded>",
        ],
    )
    def test_escaped_markup_and_cdata(self, html: str) -> None:
        assert texts(html) == ["One & two.", "Three."]

    def test_escaped_markup_in_a_page_is_what_the_page_says(self) -> None:
        assert texts("<p>Write &lt;b&gt;bold&lt;/b&gt;.</p>") == ["Write <b>bold</b>."]

    def test_blank_lines_part_the_paragraphs_where_no_tag_does(self) -> None:
        html = 'The <a href="/f">ferry</a> is back.\n\nIt sailed\nat <b>noon</b>.\n\n<h2>Crew</h2>\n\nNine.'
        assert texts(html) == ["The ferry is back.", "It sailed at noon.", "Crew", "Nine."]

    def test_lines_part_them_where_no_blank_lines_do(self) -> None:
        assert texts("The <b>ferry</b> is back.\nIt sailed at noon.") == [
            "The ferry is back.",
            "It sailed at noon.",
        ]

    def test_xhtml_with_a_declaration_and_elements_closed_at_once(self) -> None:
        html = (
            '<?xml version="1.0" encoding="iso-8859-1"?>\n<!DOCTYPE html>\n'
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js" /></head>'
            "<body><p>Øne.</p><p/><p>Two.</p></body></html>"
        )
        assert texts(html) == ["Øne.", "Two."]


def assert_paths_lead_back(html: str) -> None:
    tree = parse(html)
    for block in blocks(tree):
        found = tree.getroottree().xpath(block.frame.path)
        assert len(found) == 1
        assert found[0] is block.frame.element


PATHS = [
    "<a href=x><p>One</p></a><p>Two</p>",
    "<div hidden>x</div><div>One</div><script>x</script><div>Two</div>",
    "<b><p>One</p></b><b><p>Two</p></b>",
    "<o:p>One</o:p><o:p>Two</o:p><div>Three</div>",
    "<section><x:y><p>One</p></x:y><x:y><p>Two</p></x:y></section>",
    "<p[2]>One</p[2]><p>Two</p><p>Three</p>",
    "<a\"b'c><div>One</div></a\"b'c><div>Two</div>",
    "<p:x=1><div>One</div><div>Two</div></p:x=1>",
    "<div><span><p>One<div>Two</span>Three</div></p>Four",
    "<table><tr><td><p>One</p><p>Two</p><td>Three</table><td>Four",
    "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:v='urn:v'><v:r><p>One</p></v:r><p>Two</p></html>",
    "<frameset><frame><noframes><p>One</p></noframes></frameset>",
    "<svg><foreignObject><p>x</p></foreignObject></svg><p>One</p>",
    "bare",
    "<ul>" + "<li>x</li><i></i>" * 1500 + "</ul>",
]


@pytest.mark.parametrize("html", PATHS)
def test_a_path_leads_to_the_one_element_of_its_block(html: str) -> None:
    assert read(html)
    assert_paths_lead_back(html)


MARKUP = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a href=x>", "</a>", "<li>", "<ul>", "</ul>"),
            *("<table>", "<tr>", "<td>", "</td>", "</table>", "<br>", "<o:p>", "</o:p>", "<x-y>", "</x-y>"),
            *("<!--", "-->", "<![CDATA[", "]]>", "<pre>", "</pre>", "<h2>", "<svg>", "<template id=B:0>"),
            *("<div hidden id=S:0>", "<noscript>", "</noscript>", "<sup>1</sup>", "<p[1]>", "<plaintext>"),
            *("<span style='display:block'>", "</span>", "<body>", "<html>", "<frameset>", "<select>", "</"),
            *(
                "One two. ",
                "x",
                " ",
                "\n",
                "\n\n",
                "\t",
                "&amp;",
                "&#0;",
                "\u00ad",
                "\u200b",
                "\x00",
                "<",
                ">",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.one_of(MARKUP, st.text(max_size=200)))
def test_any_markup_gives_clean_blocks_that_lead_back(html: str) -> None:
    for block in read(html):
        assert block.text
        assert block.text == block.text.strip()
        assert not set(block.text) & {"\n", "\r", "\x00", "\u00ad"}
        assert 0.0 <= block.link_share <= 1.0
    assert_paths_lead_back(html)
