"""An article that a page holds twice: which copy stays, and what is no copy."""

from __future__ import annotations

import pytest

from newsclean.decide import Verdict
from newsclean.evidence import Role
from newsclean.nodes import read_html
from newsclean.repeats import without_repeats

LEAD = "The ferry between Karsund and the outer islands is running again after two winters in dry dock."
SPEECH = "Islanders had waited on the slipway since dawn, and the mayor had a speech of eleven pages ready."
PRICE = "The repair cost four times what had been planned, because half of the plates had to be made anew."
END = "From next week there will be three crossings a day, the harbour office said, if the ice does not come."


def p(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def kept(html: str) -> list[str]:
    passages = read_html(html).passages
    verdicts = without_repeats(passages, [Verdict(Role.BODY, ())] * len(passages))
    return [x.text for x, verdict in zip(passages, verdicts, strict=True) if verdict.role is Role.BODY]


STORY = [LEAD, SPEECH, PRICE, END]


@pytest.mark.parametrize(
    "html",
    [
        f"<div class='mobile'>{p(*STORY)}</div><div class='desktop'>{p(*STORY)}</div>",
        f"<section>{p(*STORY)}</section>" * 3,
        f"<main><div><div>{p(*STORY)}</div></div><aside><div>{p(*STORY)}</div></aside></main>",
        f"<div>{p(LEAD, SPEECH, PRICE)}</div><div>{p(*STORY)}</div>",
        f"<div>{p(*STORY)}</div><div>{p(SPEECH, PRICE, END)}</div>",
    ],
    ids=["two", "three", "deeper", "a shorter copy first", "a shorter copy behind"],
)
def test_one_copy_stays(html: str) -> None:
    assert kept(html) == STORY


@pytest.mark.parametrize(
    "html",
    [
        p(*STORY, LEAD),
        p(*STORY) * 2,
        f"<div>{p(LEAD, 'Row, row, row.')}</div><div>{p(SPEECH, 'Row, row, row.')}</div>",
        f"<div>{p(LEAD, SPEECH)}</div><div>{p(LEAD, END, PRICE)}</div>",
        "".join(f"<ul><li>{item} is a town</li></ul>" * 2 for item in ("Averly", "Karsund", "Ely") * 9),
        f"<table><tr><td>{LEAD}</td><td>3</td></tr></table>" * 2,
        f"<blockquote>{p(*STORY)}</blockquote>" * 2,
        f"<div><p>{LEAD}</p></div>" * 2,
    ],
    ids=[
        "one element",
        "one run",
        "a refrain",
        "little in common",
        "lists",
        "tables",
        "quotations",
        "a sentence",
    ],
)
def test_what_is_meant_to_be_said_twice_stays(html: str) -> None:
    assert kept(html) == [passage.text for passage in read_html(html).passages]


def test_the_reason_is_told() -> None:
    passages = read_html(f"<div>{p(*STORY)}</div>" * 2).passages
    verdicts = without_repeats(passages, [Verdict(Role.BODY, ())] * len(passages))
    assert [v.evidence[0].rule_id for v in verdicts if v.role is Role.OTHER] == ["structure.repeated"] * 4


def test_a_hostile_page_takes_no_longer() -> None:
    assert len(kept(f"<div>{p(LEAD, SPEECH)}</div><div>{p(END)}</div>" * 1_000)) > 0
