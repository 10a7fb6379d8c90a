"""The limits of a Cleaner: what exceeds one raises an error that says by how much, and costs one page."""

from __future__ import annotations

from typing import Any

import pytest

import newsclean
from newsclean import Cleaner, PageError, PageTooDeepError, PageTooLargeError, TooManyBlocksError
from newsclean.limits import Limits
from newsclean.remarks import DEEP

STORY = (
    "The ferry sailed again on Monday after two winters in dry dock, with ninety people on board, they said."
)


def deep(depth: int) -> str:
    """A page of so many elements inside one another, html and body among them, and a story in the last."""
    inside = depth - 2
    return f"<html><body>{'<div>' * inside}{STORY}{'</div>' * inside}</body></html>"


class TestDepth:
    @pytest.mark.parametrize("limit", [3, 100, 249, 250, 251, 1000])
    def test_a_page_at_the_limit_passes_and_a_deeper_one_does_not(self, limit: int) -> None:
        cleaner = Cleaner(max_depth=limit, witness="never")
        assert cleaner.clean(deep(limit)).text == STORY
        with pytest.raises(PageTooDeepError) as caught:
            cleaner.clean(deep(limit + 1))
        said = f"the page has {limit + 1} elements inside one another; the limit is {limit}"
        assert str(caught.value) == said

    def test_a_tree_too_deep_for_the_parser_is_flattened_with_a_warning(self) -> None:
        document = newsclean.clean(deep(5_000))
        assert document.text == STORY
        assert DEEP in document.warnings

    def test_an_ordinary_page_has_no_such_warning(self) -> None:
        assert DEEP not in newsclean.clean(deep(100)).warnings

    def test_a_text_longer_than_the_parser_allows_is_read_without_such_a_warning(self) -> None:
        document = Cleaner(witness="never").clean(f"<body><p>{STORY}</p><pre>{'x' * 11_000_000}</pre>")
        assert DEEP not in document.warnings
        assert len(document.page_text) > 11_000_000

    def test_plain_text_has_no_depth(self) -> None:
        text = f"{STORY}\n" + "<div>" * 50
        assert Cleaner(max_depth=1).clean(text, kind="text").page_text == text


class TestBlocks:
    def test_html_at_the_limit_passes_and_a_block_more_does_not(self) -> None:
        cleaner = Cleaner(max_blocks=10, witness="never")
        assert len(cleaner.clean(f"<p>{STORY}</p>" * 10, kind="html").blocks) >= 10
        with pytest.raises(TooManyBlocksError) as caught:
            cleaner.clean(f"<p>{STORY}</p>" * 11, kind="html")
        assert str(caught.value) == "the page has 11 blocks; the limit is 10"

    def test_text_at_the_limit_passes_and_a_line_more_does_not(self) -> None:
        cleaner = Cleaner(max_blocks=10)
        assert cleaner.clean(f"{STORY}\r\n \r\n" * 10, kind="text").found_article
        with pytest.raises(TooManyBlocksError) as caught:
            cleaner.clean(f"{STORY}\r\n \r\n" * 11, kind="text")
        assert str(caught.value) == "the page has 11 lines; the limit is 10"

    def test_a_page_on_one_line_is_counted_by_its_sentences(self) -> None:
        cleaner = Cleaner(max_blocks=10)
        with pytest.raises(TooManyBlocksError, match=r"the page has 20 blocks; the limit is 10"):
            cleaner.clean(" ".join([STORY] * 20), kind="text")

    @pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
    def test_every_end_of_a_line_counts(self, end: str) -> None:
        limits = Limits(max_blocks=3)
        limits.check_lines(f"a{end}{end}b{end}  {end}c{end}")
        with pytest.raises(TooManyBlocksError, match="has 4 lines"):
            limits.check_lines(f"a{end}{end}b{end}  {end}c{end}d")


class TestSettings:
    def test_the_defaults_are_far_above_real_pages(self) -> None:
        cleaner = Cleaner()
        assert (cleaner.max_chars, cleaner.max_depth, cleaner.max_blocks) == (20_000_000, 1_000_000, 200_000)

    @pytest.mark.parametrize("name", ["max_chars", "max_depth", "max_blocks"])
    @pytest.mark.parametrize(
        ("value", "reason"),
        [
            (0, "at least 1, not 0"),
            (-5, "at least 1, not -5"),
            (1.5, "a whole number"),
            (None, "a whole number"),
        ],
    )
    def test_a_bad_limit_is_refused_by_name(self, name: str, value: Any, reason: str) -> None:
        setting: dict[str, Any] = {name: value}
        with pytest.raises(ValueError, match=f"{name} must be {reason}"):
            Cleaner(**setting)

    @pytest.mark.parametrize("error", [PageTooLargeError, PageTooDeepError, TooManyBlocksError])
    def test_the_errors_are_page_errors_and_value_errors(self, error: type[Exception]) -> None:
        assert issubclass(error, PageError)
        assert issubclass(error, ValueError)


class TestManyPages:
    @pytest.mark.parametrize("workers", [0, 1])
    def test_a_page_over_a_limit_costs_one_document(self, workers: int) -> None:
        cleaner = Cleaner(max_chars=5_000, max_depth=20, max_blocks=30, witness="never")
        pages = [STORY, deep(40), f"{STORY[:20]}\n" * 31, "x" * 5_001, STORY]
        found = list(cleaner.clean_many(pages, workers=workers, progress=False))
        assert [document.text for document in found] == [STORY, "", "", "", STORY]
        assert [document.error for document in found] == [
            None,
            "PageTooDeepError: the page has 40 elements inside one another; the limit is 20",
            "TooManyBlocksError: the page has 31 lines; the limit is 30",
            "PageTooLargeError: the page has 5001 characters; the limit is 5000",
            None,
        ]
