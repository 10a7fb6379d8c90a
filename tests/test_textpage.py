"""Plain text to passages: what is one paragraph, and where it stands in the page."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean
from newsclean.page import Mark, Page, Passage, Run, Span
from newsclean.textpage import read_text

WRAPPED = """\
The ferry between Karsund and the outer islands is running again after two
winters in dry dock. It left the quay at noon on Monday with ninety people on
board, the crew said, and it was back before the fog came down over the water.
The horn could be heard in the hills.

Islanders had waited on the slipway since dawn with bread, flags and a brass
band, and the mayor had a speech of eleven pages ready in the pocket of a coat
that was a good deal too thin for the wind.
"""
WRAPPED_PARAGRAPHS = [
    "The ferry between Karsund and the outer islands is running again after two winters in dry dock. It "
    "left the quay at noon on Monday with ninety people on board, the crew said, and it was back before "
    "the fog came down over the water. The horn could be heard in the hills.",
    "Islanders had waited on the slipway since dawn with bread, flags and a brass band, and the mayor had "
    "a speech of eleven pages ready in the pocket of a coat that was a good deal too thin for the wind.",
]

PIECES = st.sampled_from(
    [
        *(
            "a",
            "word",
            "Two words.",
            "The quay was empty, and the band played on",
            ", he said",
            "- item",
            "1. one",
        ),
        *(
            "# head",
            "**bold**",
            "[link](http://x.example/)",
            "![alt](p.png)",
            "---",
            "> quote",
            "*",
            "_",
            "(",
            "[",
        ),
        *(
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\u2028",
            "\x85",
            " ",
            "\t",
            "\u00a0",
            "\u200b",
            "\ufeff",
            "\u00ad",
            "\x00",
        ),
        *("渡轮。", "é", "🚢", "x" * 50),
    ]
)
PAGES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


def texts(page: str) -> list[str]:
    return [passage.text for passage in read_text(page).passages]


def sources(page: Page) -> list[str]:
    """What stands in the page where each passage says that its text stands."""
    return [
        "".join(page.text[run.start : run.start + run.length] for run in passage.runs)
        for passage in page.passages
    ]


def assert_tiles(page: Page) -> None:
    spans = [passage.span for passage in page.passages]
    assert "".join(page.text[start:end] for start, end in spans) == page.text
    assert all(span.end == after.start for span, after in pairwise(spans))


class TestTiling:
    @settings(deadline=None)
    @given(PAGES)
    def test_spans_tile_any_page(self, text: str) -> None:
        page = read_text(text)
        assert page.text == text
        assert_tiles(page)

    @settings(deadline=None)
    @given(PAGES)
    def test_runs_lie_in_order_inside_the_span_and_cover_the_text(self, text: str) -> None:
        for passage in read_text(text).passages:
            at, offset = passage.span.start, 0
            for run in passage.runs:
                assert run.offset == offset
                assert run.length > 0
                assert at <= run.start
                offset, at = offset + run.length, run.start + run.length
            assert offset == len(passage.text)
            assert at <= passage.span.end

    @settings(deadline=None)
    @given(PAGES)
    def test_text_is_what_stands_in_the_page_but_for_line_breaks(self, text: str) -> None:
        page = read_text(text)
        for passage, source in zip(page.passages, sources(page), strict=True):
            differing = {
                (ours, theirs) for ours, theirs in zip(passage.text, source, strict=True) if ours != theirs
            }
            assert all(ours == " " and theirs.isspace() for ours, theirs in differing)

    def test_empty_page_has_no_passages(self) -> None:
        assert read_text("") == Page("", ())

    @pytest.mark.parametrize("text", [" ", "\n\n", "\t\u00a0\u200b", "\r\n"])
    def test_blank_page_is_one_empty_passage(self, text: str) -> None:
        assert read_text(text) == Page(text, (Passage(Span(0, len(text)), "", ()),))

    def test_blank_lines_belong_to_the_passage_before_and_leading_ones_to_the_first(self) -> None:
        page = read_text("\n\nOne.\n\n\nTwo.\n")
        assert [p.span for p in page.passages] == [Span(0, 9), Span(9, 14)]
        assert [p.content for p in page.passages] == [Span(2, 6), Span(9, 13)]


class TestLayouts:
    def test_blank_line_separated(self) -> None:
        page = read_text("The quay was full.\n\nNobody spoke.\n\n\n\nThen the horn blew.")
        assert [p.text for p in page.passages] == [
            "The quay was full.",
            "Nobody spoke.",
            "Then the horn blew.",
        ]
        assert [p.gap for p in page.passages] == [0, 1, 3]

    def test_one_block_a_line(self) -> None:
        lines = [
            "The ferry left the quay at noon with ninety people on board, the crew said on Monday.",
            "Nobody had thought that it would ever sail again after the fire in its engine room.",
            "“It is a good ship,” said the captain, who has steered it since the year of the flood.",
            "Tickets cost the same as they did before.",
        ]
        page = read_text("\n".join(lines))
        assert [p.text for p in page.passages] == lines
        assert [p.gap for p in page.passages] == [0, 0, 0, 0]

    def test_menus_are_not_joined(self) -> None:
        menu = [
            "Home",
            "News",
            "Sport",
            "and more",
            "Letters to the editor",
            "of the week",
            "Sign in",
            "About us",
        ]
        assert texts("\n".join(menu)) == menu

    def test_headlines_of_a_teaser_list_are_not_joined(self) -> None:
        teasers = [
            "Harbour mouse wins first prize in photo contest",
            "Council votes on the new bridge again",
            "Why the old lighthouse keeper never came home",
        ]
        assert texts("\n".join(teasers)) == teasers

    def test_headline_over_a_paragraph_stays_apart(self) -> None:
        page = (
            "Ferry back after two winters\nThe ferry is running again, its crew said on Monday at the quay."
        )
        assert texts(page) == page.split("\n")

    @pytest.mark.parametrize("sign", ["-", "*", "+", "•", "–", "1.", "2)"])
    def test_list_items_are_not_joined(self, sign: str) -> None:
        page = f"{sign} bread, flags and a brass band for all,\n{sign} and a speech by the mayor of the town"
        passages = read_text(page).passages
        assert [p.text for p in passages] == page.split("\n")
        assert [p.mark for p in passages] == [Mark.ITEM, Mark.ITEM]


class TestHardWrapping:
    def test_paragraphs_between_blank_lines_are_put_together(self) -> None:
        page = read_text(WRAPPED)
        assert [p.text for p in page.passages] == WRAPPED_PARAGRAPHS
        assert_tiles(page)

    def test_text_points_at_the_wrapped_lines(self) -> None:
        page = read_text(WRAPPED)
        assert [s.replace("\n", " ") for s in sources(page)] == WRAPPED_PARAGRAPHS
        start, end = page.passages[1].content
        assert WRAPPED[start:end] == WRAPPED.split("\n\n")[1].rstrip("\n")

    def test_with_windows_line_ends(self) -> None:
        page = read_text(WRAPPED.replace("\n", "\r\n"))
        assert [p.text for p in page.passages] == WRAPPED_PARAGRAPHS
        assert_tiles(page)

    def test_without_blank_lines_a_short_line_ends_a_paragraph(self) -> None:
        assert texts(WRAPPED.replace("\n\n", "\n")) == WRAPPED_PARAGRAPHS

    def test_indented_first_lines_open_paragraphs(self) -> None:
        page = """\
    The ferry between Karsund and the outer islands is running again after
two winters in dry dock. It left the quay at noon on Monday with ninety
people on board, the crew said, and was back before the fog came in again.
    Islanders had waited on the slipway since dawn with bread, flags and a
brass band, and the mayor had a speech of eleven pages ready in the pocket
of a coat too thin for the wind.
"""
        assert texts(page) == [
            "The ferry between Karsund and the outer islands is running again after two winters in dry "
            "dock. It left the quay at noon on Monday with ninety people on board, the crew said, and was "
            "back before the fog came in again.",
            "Islanders had waited on the slipway since dawn with bread, flags and a brass band, and the "
            "mayor had a speech of eleven pages ready in the pocket of a coat too thin for the wind.",
        ]

    def test_list_items_inside_wrapped_text_open_passages(self) -> None:
        page = WRAPPED + "- bread for the crew\n- flags for the children\n"
        assert texts(page) == [*WRAPPED_PARAGRAPHS, "- bread for the crew", "- flags for the children"]

    def test_clean_gives_the_paragraphs_without_the_line_breaks(self) -> None:
        assert newsclean.clean(WRAPPED).paragraphs == tuple(WRAPPED_PARAGRAPHS)


class TestInlineLinks:
    def test_name_on_a_line_of_its_own_with_a_comma_after(self) -> None:
        assert texts("The report, by\nJane Roe\n, says that the wall is safe.") == [
            "The report, by Jane Roe, says that the wall is safe."
        ]

    def test_after_a_longer_start(self) -> None:
        assert texts("The long report on the harbour wall, by\nJane Roe\n, says that it is safe.") == [
            "The long report on the harbour wall, by Jane Roe, says that it is safe."
        ]

    def test_link_in_the_middle_of_a_sentence(self) -> None:
        assert texts(
            "The mayor spoke on Monday to the\nHarbour Courier\nabout the wall and the long wait."
        ) == ["The mayor spoke on Monday to the Harbour Courier about the wall and the long wait."]

    def test_possessive_after_a_link(self) -> None:
        assert texts(
            "Many of the islanders still remember\nAnna Lund\n’s speech on the slipway that year."
        ) == ["Many of the islanders still remember Anna Lund’s speech on the slipway that year."]

    def test_full_stop_after_a_link(self) -> None:
        assert texts(
            "The timetable is printed every Friday in the\nHarbour Courier\n.\nTickets cost the same."
        ) == [
            "The timetable is printed every Friday in the Harbour Courier.",
            "Tickets cost the same.",
        ]

    def test_text_points_at_the_broken_lines(self) -> None:
        text = "The long report on the harbour wall, by\nJane Roe\n, says that it is safe."
        page = read_text(text)
        assert page.passages[0].content == Span(0, len(text))
        assert sources(page) == ["The long report on the harbour wall, by\nJane Roe, says that it is safe."]

    def test_finished_sentences_are_left_alone(self) -> None:
        lines = [
            "The ferry is back at last, the crew said.",
            "iPhones were held up all along the quay that day.",
        ]
        assert texts("\n".join(lines)) == lines


class TestLineEndsAndSpaces:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
    def test_every_kind_of_line_end(self, end: str) -> None:
        text = end.join(["First one.", "Second one.", "", "Third one."])
        page = read_text(text)
        assert [(p.text, p.gap) for p in page.passages] == [
            ("First one.", 0),
            ("Second one.", 0),
            ("Third one.", 1),
        ]
        assert_tiles(page)

    def test_mixed_line_ends(self) -> None:
        assert [p.gap for p in read_text("One.\r\n\r\nTwo.\n\nThree.\r\rFour.").passages] == [0, 1, 1, 1]

    @pytest.mark.parametrize("edge", ["\t", " ", "\u00a0", "\u200b", "\ufeff", "\u2060", "\u00ad", "\u3000"])
    def test_white_and_invisible_characters_at_the_edges_are_not_text(self, edge: str) -> None:
        page = read_text(f"{edge}The quay.{edge}\n{edge}\nThe band.")
        assert [p.text for p in page.passages] == ["The quay.", "The band."]
        assert [p.gap for p in page.passages] == [0, 1]
        assert page.passages[0].content == Span(1, 10)

    def test_spaces_and_invisible_characters_inside_are_kept(self) -> None:
        line = "4\u00a0€\ta day, zero\u200bwidth and soft\u00adhyphen"
        assert texts(line) == [line]
        assert newsclean.clean(line).page_text == line


class TestLostLineBreaks:
    SENTENCES = (
        "Dr. Lund said that the U.S. ship had left the bay.",
        "It came back at 3 p.m. with no cargo and no flag!",
        "“Why?” asked Mrs. Berg, who had come down from the hill.",
        "Nobody knew, and J. K. Moe of St. Olaf had no guess either…",
        "The harbour was full to the last ring on the last wall.",
        "Was it the wind?",
        "“It was not the wind.”",
        "Prices rose by 3.5 per cent.",
        "Mr. Hansen, No. 4 on the list, won by 12 votes.",
    )

    def test_a_long_lone_line_is_taken_sentence_by_sentence(self) -> None:
        expected = list(self.SENTENCES) * 5
        page = read_text(" ".join(expected))
        assert len(page.text) > 1200
        assert [p.text for p in page.passages] == expected
        assert [p.glued for p in page.passages] == [False] + [True] * (len(expected) - 1)
        assert_tiles(page)

    def test_the_parts_remember_the_white_space_between_them(self) -> None:
        sentences = list(self.SENTENCES) * 5
        passages = read_text("  ".join(sentences)).passages
        assert passages[0].lead == ""
        assert {p.lead for p in passages[1:]} == {"  "}

    def test_cjk_sentences_need_no_space(self) -> None:
        page = read_text("渡轮周一恢复航行。船员说它在中午出发！" * 70)
        assert {p.text for p in page.passages} == {"渡轮周一恢复航行。", "船员说它在中午出发！"}
        assert len(page.passages) == 140

    def test_a_line_of_no_sentences_stays_whole(self) -> None:
        line = ("bread and flags " * 100).strip()
        assert texts(line) == [line]

    def test_shorter_lines_stay_whole(self) -> None:
        line = " ".join(self.SENTENCES)
        assert len(line) < 1200
        assert texts(line) == [line]

    def test_a_long_paragraph_among_others_stays_whole(self) -> None:
        long = " ".join(self.SENTENCES * 4)
        assert len(long) > 1200
        page = f"{long}\n\n{long[:900]}\n\n{long}"
        assert len(texts(page)) == 3

    def test_clean_keeps_the_line_as_it_was(self) -> None:
        line = (
            "The ferry between Karsund and the outer islands is running again after two winters in dry "
            "dock. It left the quay at noon on Monday with ninety people on board, the crew said, and it "
            "was back before the fog came down over the water. Islanders had waited on the slipway since "
            "dawn with bread, flags and a brass band. “We had almost forgotten the sound of that horn,” "
            "said Marit Lund, who has kept the shop by the pier for thirty years. The company says the "
            "ship will make four crossings a day until October, and two in the winter months. Tickets "
            "cost the same as they did before the engine failed, but children under six and dogs of any "
            "age now travel for nothing. Critics on the council say that the repair took too long and "
            "cost too much. A report on the matter is due in the spring, according to the mayor, who had "
            "a speech of eleven pages ready and read out only one of them. The captain, Dr. Eline Moe, "
            "gave up a post at the university to steer the ship, and says that she has not regretted it "
            "for a day. Her first officer is her brother, and the two do not always agree about the "
            "weather. On the way back the engine stopped once, near the lighthouse, and started again "
            "before anyone had time to be afraid. The next crossing is planned for Tuesday at six in the "
            "morning."
        )
        assert len(line) > 1200
        assert newsclean.clean(line).text == line


class TestPassage:
    TEXT = "One two.  Three four.\tFive."

    def passage(self) -> Passage:
        """TEXT after two characters of margin, with a line break read as the space before "two"."""
        return Passage(Span(0, 32), self.TEXT, (Run(0, 2, 3), Run(3, 5, 1), Run(4, 8, 23)), gap=2)

    def test_content_reaches_from_the_first_to_the_last_character(self) -> None:
        assert self.passage().content == Span(2, 31)

    def test_content_of_an_empty_passage(self) -> None:
        assert Passage(Span(4, 9), "", ()).content == Span(4, 4)

    def test_split_trims_and_tiles(self) -> None:
        parts = self.passage().split([8, 21])
        assert [p.text for p in parts] == ["One two.", "Three four.", "Five."]
        assert [p.span for p in parts] == [Span(0, 14), Span(14, 26), Span(26, 32)]
        assert [p.lead for p in parts] == ["", "  ", "\t"]
        assert [p.glued for p in parts] == [False, True, True]
        assert [p.gap for p in parts] == [2, 0, 0]

    def test_split_carries_the_runs_over(self) -> None:
        parts = self.passage().split([8, 21])
        assert parts[0].runs == (Run(0, 2, 3), Run(3, 5, 1), Run(4, 8, 4))
        assert parts[1].runs == (Run(0, 14, 11),)
        assert parts[2].runs == (Run(0, 26, 5),)

    def test_split_at_nothing_changes_nothing(self) -> None:
        assert self.passage().split([]) == [self.passage()]

    def test_split_between_white_space_makes_no_empty_parts(self) -> None:
        assert [p.text for p in self.passage().split([8, 9, 10])] == ["One two.", "Three four.\tFive."]

    @settings(deadline=None)
    @given(st.text(min_size=1, max_size=60), st.lists(st.integers(1, 59), max_size=5))
    def test_split_keeps_every_character_but_white_space_at_the_cuts(
        self, text: str, cuts: list[int]
    ) -> None:
        whole = Passage(Span(0, len(text)), text, (Run(0, 0, len(text)),))
        parts = whole.split(sorted({cut for cut in cuts if cut < len(text)}))
        assert [(p.span.start, p.span.end) for p in parts] == list(
            zip(
                [0, *(p.span.start for p in parts[1:])],
                [*(p.span.start for p in parts[1:]), len(text)],
                strict=True,
            )
        )
        assert "".join("".join(p.text.split()) for p in parts) == "".join(text.split())
        assert all(text[slice(*p.content)] == p.text for p in parts)

    def test_plain_smooths_quotes_dashes_and_spaces(self) -> None:
        assert Passage(Span(0, 1), "“It’s” – 4\u00a0€", ()).plain == '"It\'s" - 4 €'

    def test_words_are_lower_cased(self) -> None:
        assert Passage(Span(0, 1), "The Café-Bar, No. 4", ()).words == ["the", "café", "bar", "no", "4"]

    @pytest.mark.parametrize(("plain_offset", "text_offset"), [(0, 0), (2, 3), (4, 5), (9, 10), (10, 12)])
    def test_text_offset_steps_over_invisible_characters(self, plain_offset: int, text_offset: int) -> None:
        passage = Passage(Span(0, 1), "ca\u00adfé and s\u200bo on", ())
        assert passage.plain == "café and so on"
        assert passage.text_offset(plain_offset) == text_offset

    @settings(deadline=None)
    @given(st.text(alphabet="ab \u200b\u00ad\ufeff", max_size=30))
    def test_text_offset_finds_every_character_of_plain(self, text: str) -> None:
        passage = Passage(Span(0, len(text)), text, (Run(0, 0, len(text)),))
        for offset, character in enumerate(passage.plain):
            begin, end = passage.text_offset(offset), passage.text_offset(offset + 1)
            assert text[begin:end].translate(dict.fromkeys(map(ord, "\u200b\u00ad\ufeff"))) == character
