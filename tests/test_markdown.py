"""Markdown: told from plain text, and read without its marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean
from newsclean.markdown import Unmarked, is_markdown, unmark
from newsclean.page import Mark, Run
from newsclean.textpage import read_text

PAGE = """\
# Ferry returns to *Karsund* after two winters

By [Ines Talbot](https://courier.example/people/talbot)

The ferry between Karsund and the [outer islands](https://courier.example/islands) is **running again** \
after two winters in dry dock. It left the quay at noon on Monday, the crew said.

![The Halvard at the quay in Karsund on Monday (Photo: Ole Brandt/AFP)](https://img.example/halvard_1.jpg)

Islanders had waited on the slipway since dawn with bread, flags and a _brass band_. "We had almost \
forgotten the sound of that horn," said Marit Lund, who has kept the shop by the pier for thirty years.

The company says the ship will make four crossings a day until October, and two in the winter months. \
Tickets cost the same as they did before the engine failed.
"""

PARTS = st.sampled_from(
    [
        *(
            "word",
            "two words",
            "5 * 3",
            "snake_case",
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "*",
            "**",
            "_",
            "__",
            "`",
        ),
        *(
            "\\",
            "\\*",
            "# ",
            "> ",
            "- ",
            "1. ",
            " ",
            "[a](b)",
            "![c](d)",
            "[![e](f)](g)",
            "*em*",
            "**st**",
            "é",
        ),
    ]
)
LINES = st.one_of(st.text(max_size=60), st.lists(PARTS, max_size=15).map("".join))


def read(line: str) -> Unmarked:
    """One line that stands alone in its page."""
    return unmark(line, (Run(0, 0, len(line)),))


def words(line: str) -> str:
    return read(line).text


class TestIsMarkdown:
    @pytest.mark.parametrize(
        "line",
        [
            "# Ferry returns",
            "###### Small print",
            "The [ferry](https://courier.example/ferry) is back.",
            "The [ferry](/news/ferry) is back.",
            "![The quay](quay.jpg)",
            "It is **really** back.",
            "[1]: https://courier.example/ferry",
        ],
    )
    def test_two_lines_with_marks_are_enough_and_one_is_not(self, line: str) -> None:
        assert is_markdown(["Plain prose.", line, "More prose.", line])
        assert not is_markdown(["Plain prose.", line, "More prose."])

    @pytest.mark.parametrize(
        "line",
        [
            "The ferry is back.",
            "#ferry #karsund",
            "He [the mayor] said so (twice).",
            "The wall is 5 * 3 metres * 2.",
            "a_file_name.txt and another_one.txt",
            "* One star is not enough",
            "- nor is a dash",
            "> nor a quotation",
            "What the f**k, he said, and s**t",
            "“[It] is over”: that was all",
        ],
    )
    def test_plain_prose_and_lists_are_not_markdown(self, line: str) -> None:
        assert not is_markdown([line] * 5)

    def test_no_lines(self) -> None:
        assert not is_markdown([])


class TestLeadingMarks:
    @pytest.mark.parametrize("line", ["# Ferry returns", "## Ferry returns", "######  Ferry returns"])
    def test_heading(self, line: str) -> None:
        unmarked = read(line)
        assert (unmarked.text, unmarked.mark) == ("Ferry returns", Mark.HEADING)

    @pytest.mark.parametrize("line", ["# Ferry returns #", "## Ferry returns ##"])
    def test_closing_marks_of_a_heading(self, line: str) -> None:
        assert words(line) == "Ferry returns"

    @pytest.mark.parametrize("line", ["#karsund is trending", "####### Seven", "We are #1", "C# and F#"])
    def test_hash_signs_that_open_no_heading(self, line: str) -> None:
        assert (words(line), read(line).mark) == (line, Mark.NONE)

    @pytest.mark.parametrize("line", ["* bread", "- bread", "+ bread", "- [ ] bread", "- [x] bread"])
    def test_bullet(self, line: str) -> None:
        unmarked = read(line)
        assert (unmarked.text, unmarked.mark) == ("bread", Mark.ITEM)

    @pytest.mark.parametrize("line", ["1. bread", "12) bread"])
    def test_numbers_are_words_of_the_item(self, line: str) -> None:
        unmarked = read(line)
        assert (unmarked.text, unmarked.mark) == (line, Mark.ITEM)

    @pytest.mark.parametrize("line", ["> The horn blew.", ">The horn blew.", "> > The horn blew."])
    def test_block_quote(self, line: str) -> None:
        unmarked = read(line)
        assert (unmarked.text, unmarked.mark) == ("The horn blew.", Mark.NONE)

    def test_heading_and_bullet_in_a_block_quote(self) -> None:
        assert (words("> # Ferry"), read("> # Ferry").mark) == ("Ferry", Mark.HEADING)
        assert (words("> - bread"), read("> - bread").mark) == ("bread", Mark.ITEM)

    @pytest.mark.parametrize("line", ["---", "***", "___", "* * *", "- - -", "=====", "|---|:--|"])
    def test_horizontal_rules_say_nothing(self, line: str) -> None:
        assert read(line) == Unmarked("", (), Mark.NONE, 0.0)


class TestLinks:
    @pytest.mark.parametrize(
        "line",
        [
            "The [ferry](https://courier.example/ferry) is back.",
            "The [ferry](/news) is back.",
            "The [ferry](<https://courier.example/>) is back.",
            'The [ferry](https://courier.example "The ship") is back.',
            "The [ferry](https://courier.example 'The ship') is back.",
            "The [ferry](https://courier.example/ferry_(ship)) is back.",
        ],
    )
    def test_words_stay_and_target_goes(self, line: str) -> None:
        assert words(line) == "The ferry is back."

    def test_share_of_the_text_in_links(self) -> None:
        assert read("[ferry](x) ship").link_share == pytest.approx(5 / 10)
        assert read("[ferry](x)").link_share == 1.0
        assert read("ferry").link_share == 0.0

    def test_brackets_inside_a_link(self) -> None:
        assert words("[“We [the crew] won”](https://x.example)") == "“We [the crew] won”"

    def test_several_links(self) -> None:
        assert words("[Home](/) [News](/news) | [Sport](/sport)") == "Home News | Sport"

    def test_link_without_words(self) -> None:
        assert words("[](https://x.example)") == ""

    @pytest.mark.parametrize(
        "line",
        [
            "He [the mayor] said (twice) that it is over.",
            "“[It] is over,” he said [sic].",
            "An array[0] (the first) is empty.",
            "See note [4] (page 12 of the report).",
        ],
    )
    def test_brackets_in_prose_stay(self, line: str) -> None:
        assert words(line) == line


class TestImages:
    def test_alternative_text(self) -> None:
        unmarked = read("![The quay on Monday](quay.jpg)")
        assert (unmarked.text, unmarked.mark) == ("The quay on Monday", Mark.IMAGE)

    def test_image_in_a_link(self) -> None:
        unmarked = read("[![The quay on Monday](quay.jpg)](https://x.example/quay)")
        assert (unmarked.text, unmarked.mark) == ("The quay on Monday", Mark.IMAGE)

    def test_words_beside_an_image_in_a_link_are_the_text(self) -> None:
        unmarked = read("[![The quay](quay.jpg) Ferry returns](https://x.example/quay)")
        assert (unmarked.text, unmarked.mark) == ("Ferry returns", Mark.NONE)
        assert unmarked.link_share == 1.0

    def test_an_image_in_a_line_of_prose_is_dropped(self) -> None:
        unmarked = read("![The quay](quay.jpg) The ferry is back.")
        assert (unmarked.text, unmarked.mark) == ("The ferry is back.", Mark.NONE)

    def test_image_without_words(self) -> None:
        assert words("![](quay.jpg)") == ""


class TestEmphasis:
    @pytest.mark.parametrize(
        "line",
        [
            "It is *really* back.",
            "It is _really_ back.",
            "It is **really** back.",
            "It is __really__ back.",
            "It is ***really*** back.",
            "It is `really` back.",
        ],
    )
    def test_marks_go(self, line: str) -> None:
        assert words(line) == "It is really back."

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("*“We won,”* he said.", "“We won,” he said."),
            ("**Note:** it is over.", "Note: it is over."),
            ("The *Harbour Courier*’s view", "The Harbour Courier’s view"),
            ("**A**, **B** and (*C D*)", "A, B and (C D)"),
        ],
    )
    def test_next_to_punctuation(self, line: str, expected: str) -> None:
        assert words(line) == expected

    def test_two_in_a_row(self) -> None:
        assert words("They read *The Tide* *The Quay*.") == "They read The Tide The Quay."

    def test_a_single_letter(self) -> None:
        assert words("*I* never said that, but *you* did.") == "I never said that, but you did."

    @pytest.mark.parametrize(
        "line",
        [
            "5 * 3 is fifteen, and 4 * 2 is eight.",
            "2*3*4 is twenty-four.",
            "A snake_case_name and an other_name",
            "He called it a *load of old rope.",
            "From £5* a month",
            "2 ** 3 is eight.",
            "What the f**k, he said, and s**t.",
        ],
    )
    def test_stars_and_underscores_in_prose_stay(self, line: str) -> None:
        assert words(line) == line

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            (r"\*not emphasis\*", "*not emphasis*"),
            (r"snake\_case", "snake_case"),
            (r"\[not a link\](x)", "[not a link](x)"),
            (r"1985\. A good year", "1985. A good year"),
            (r"C:\path and \d", r"C:\path and \d"),
        ],
    )
    def test_escapes(self, line: str, expected: str) -> None:
        assert words(line) == expected


class TestHostileLines:
    """None of these may take time or memory out of proportion: the suite would hang."""

    @pytest.mark.parametrize(
        "piece",
        [
            "[",
            "]",
            "(",
            "![",
            "[![",
            "[a](",
            "[a]((",
            "*",
            "**",
            "* ",
            "_",
            "_a",
            "*a* ",
            "`",
            "\\",
            "> ",
            "- ",
            "#",
        ],
    )
    def test_fifty_thousand_marks(self, piece: str) -> None:
        line = (piece * 50_000)[:50_000]
        text = f"# Ferry\n\n[ferry](https://x.example)\n\n{line}\n"
        assert is_markdown(text.split("\n"))
        page = read_text(text)
        assert "".join(text[start:end] for start, end in (p.span for p in page.passages)) == text
        assert page.passages[0].text == "Ferry"
        assert len(read(line).text) <= len(line)

    def test_unclosed_brackets_stay_as_they_are(self) -> None:
        assert words("[" * 50_000) == "[" * 50_000


class TestOffsets:
    @settings(deadline=None)
    @given(LINES)
    def test_text_is_what_stands_at_its_runs(self, line: str) -> None:
        unmarked = read(line)
        assert "".join(line[run.start : run.start + run.length] for run in unmarked.runs) == unmarked.text

    @settings(deadline=None)
    @given(LINES)
    def test_text_has_no_white_edges_and_shares_are_shares(self, line: str) -> None:
        unmarked = read(line)
        assert unmarked.text == unmarked.text.strip()
        assert 0.0 <= unmarked.link_share <= 1.0

    @settings(deadline=None)
    @given(LINES)
    def test_runs_count_from_the_lines_own_place_in_the_page(self, line: str) -> None:
        here, there = read(line), unmark(line, (Run(0, 100, len(line)),))
        assert [(r.offset, r.start + 100, r.length) for r in here.runs] == [tuple(r) for r in there.runs]

    def test_runs_go_through_a_text_of_several_runs(self) -> None:
        unmarked = unmark("see **the ferry** now", (Run(0, 10, 9), Run(9, 30, 12)))
        assert unmarked.text == "see the ferry now"
        assert unmarked.runs == (Run(0, 10, 4), Run(4, 16, 3), Run(7, 30, 6), Run(13, 38, 4))


class TestWholePage:
    def test_document_carries_the_words_without_the_marks(self) -> None:
        document = newsclean.clean(PAGE)
        assert document.title == "Ferry returns to Karsund after two winters"
        assert document.paragraphs == (
            "The ferry between Karsund and the outer islands is running again after two winters in dry "
            "dock. It left the quay at noon on Monday, the crew said.",
            'Islanders had waited on the slipway since dawn with bread, flags and a brass band. "We had '
            'almost forgotten the sound of that horn," said Marit Lund, who has kept the shop by the '
            "pier for thirty years.",
            "The company says the ship will make four crossings a day until October, and two in the "
            "winter months. Tickets cost the same as they did before the engine failed.",
        )

    def test_an_image_becomes_a_caption_that_points_at_its_words(self) -> None:
        (caption,) = newsclean.clean(PAGE).captions
        assert (caption.text, caption.credit) == (
            "The Halvard at the quay in Karsund on Monday",
            "Ole Brandt/AFP",
        )
        assert caption.position == 0
        source = PAGE[caption.span.start : caption.span.end]
        assert source == "The Halvard at the quay in Karsund on Monday (Photo: Ole Brandt/AFP)"

    def test_the_page_itself_is_kept(self) -> None:
        document = newsclean.clean(PAGE)
        assert document.page_text == PAGE
        assert "".join(PAGE[start:end] for start, end in (b.span for b in document.blocks)) == PAGE

    def test_subheading_is_kept_as_a_paragraph_without_its_mark(self) -> None:
        document = newsclean.clean(
            PAGE.replace("The company says", "## The *price* of a crossing\n\nThe company says")
        )
        assert document.paragraphs[2] == "The price of a crossing"
        assert [b.text for b in document.blocks if b.role is newsclean.Role.HEADING] == [
            "The price of a crossing"
        ]

    def test_plain_pages_keep_their_stars_and_hashes(self) -> None:
        prose = (
            "The wall is 5 * 3 metres, and the council paid for 4 * 2, the mayor told the paper on "
            "*Monday*. He put it down to #weather and to a_very_old_plan that nobody had read."
        )
        assert newsclean.clean(prose).text == prose


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("The harbour of <b>Kar</b>sund froze over.", "The harbour of Karsund froze over."),
        ('Said <a href="/m" title="a > b">the mayor</a> on Tuesday.', "Said the mayor on Tuesday."),
        ("It froze over.<br> Half the town was on it.", "It froze over. Half the town was on it."),
        ("It froze over.<br>", "It froze over."),
        ("It froze<br>over.", "It froze<br>over."),
        ('<div align="center"><img src="a.png"></div>', ""),
        ("<!-- more -->", ""),
        ("If a < b and c > d, the ice breaks.", "If a < b and c > d, the ice breaks."),
        ("The tag <blink> is no more.", "The tag <blink> is no more."),
    ],
)
def test_html_in_markdown_is_taken_out(line: str, text: str) -> None:
    assert unmark(line, (Run(0, 0, len(line)),)).text == text
