"""What holds for every page, however odd: tiling, purity, stability (hypothesis)."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsclean import Cleaner, Document, NewscleanError, clean
from newsclean.evidence import CAPTION_ROLES, METADATA_ROLES, REMOVED_ROLES, TEXT_ROLES

sys.path.insert(0, str(Path(__file__).parent))
import carrier

LINES = (
    *carrier.BEFORE,
    *carrier.AFTER,
    "Sign up for our daily newsletter",
    "READ MORE: Ten lidos to swim in before you are forty",
    "Advertisement",
    "The pool at dawn (Jo Hall/PA)",
    "Photograph: Ana Reyes/Getty Images",
    "By Ana Reyes",
    "17 March 2024",
    "Home", "News", "Sport", "Share", "Comments",
    "Related stories",
    "Why the lido at Averly leaks",
    "A heading",
    "- an item of a list",
    "# A Markdown heading",
    "[a link](https://example.org/a) and **bold** words in a sentence that goes on.",
    "![the pool](https://example.org/p.jpg)",
    "©  2024 The Averly Echo. All rights reserved.",
    "The vote was close. READ MORE: Ten things to know about lidos",
    "…", "* * *", "42", "“Yes.”",
)  # fmt: skip
BREAKS = ("\n", "\n\n", "\r\n", "\n\n\n", " ", "\u2028")

pages = st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(BREAKS)), max_size=40).map(
    lambda parts: "".join(line + end for line, end in parts)
)
marks = st.text(alphabet=" \n\t#*_[]()!`\\>-|.\"'aZ1\u200b\u00a0\ufeff", max_size=200)
anything = st.one_of(st.text(max_size=400), marks, pages)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ANOTHER = Cleaner()
"""Made once: a cleaner compiles all packs at its first page, which takes longer than hundreds of pages."""


def _check_account(document: Document, page: str) -> None:
    assert document.page_text == page
    assert "".join(page[b.span.start : b.span.end] for b in document.blocks) == page
    at = 0
    for block in document.blocks:
        assert block.span.start == at
        at = block.span.end
        assert block.evidence or not block.text
        assert block.role in TEXT_ROLES | METADATA_ROLES | CAPTION_ROLES | REMOVED_ROLES
    removed = [b for b in document.blocks if b.role in REMOVED_ROLES and b.text]
    assert [r.text for r in document.removed] == [b.text for b in removed]
    assert all(r.rule_id and r.why for r in document.removed)


@given(anything)
@MANY
def test_blocks_tile_the_page_and_account_for_everything(page: str) -> None:
    _check_account(clean(page), page)


@given(anything)
@MANY
def test_cleaning_a_cleaned_text_changes_nothing(page: str) -> None:
    text = clean(page).text
    assert clean(text).text == text


@given(anything)
@MANY
def test_same_page_gives_the_same_document(page: str) -> None:
    document = clean(page)
    assert ANOTHER.clean(page) == document
    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301 - our own pickle
    assert Document.from_dict(document.to_dict()) == document


@given(anything)
@settings(MANY, max_examples=15)  # each compiles all packs anew
def test_a_new_cleaner_gives_the_same_document(page: str) -> None:
    assert Cleaner().clean(page) == clean(page)


@given(anything)
@MANY
def test_text_is_made_of_words_of_the_page_in_order(page: str) -> None:
    left = iter(page)
    text = clean(page).text
    missing = [c for c in text if not c.isspace() and not any(c == other for other in left)]
    assert missing == []


@given(anything)
@MANY
def test_a_page_with_words_never_comes_back_empty(page: str) -> None:
    document = clean(page)
    if any(c.isalnum() for c in page):
        assert document.text or document.removed or document.captions or document.title
    if any(len(line.split()) > 20 for line in page.split("\n")):
        assert document.text


@given(st.binary(max_size=400))
@MANY
def test_bytes_give_a_document_or_a_named_error(data: bytes) -> None:
    try:
        document = clean(data)
    except NewscleanError:
        return
    _check_account(document, document.page_text)


@given(st.lists(anything, min_size=2, max_size=5))
@MANY
def test_order_of_pages_does_not_matter(batch: list[str]) -> None:
    forward = list(ANOTHER.clean_many(batch, workers=0))
    backward = list(ANOTHER.clean_many(reversed(batch), workers=0))
    assert forward == backward[::-1]
