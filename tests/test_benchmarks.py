"""The benchmark's own code, on small invented records with scores computed by hand."""

from __future__ import annotations

import gzip
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

import newsclean
from benchmarks import agree, corpus, floors, inputs, measures, quality, scoring, speed, systems, worst
from benchmarks.__main__ import main
from benchmarks.corpus import DataError, Gold, Paragraph, Record
from benchmarks.scoring import PageScore
from benchmarks.systems import SYSTEMS, Output, System

PARAGRAPHS = (
    "The ferry between Karsund and the outer islands is running again after two winters in dry dock, and "
    "ninety people were on board when it left the quay at noon on Monday with the flags of all four towns "
    "and the mail that had waited for it.",
    "Islanders had waited on the slipway since dawn with bread, flags and a brass band, and the mayor had a "
    "speech of eleven pages ready in the pocket of a coat.",
    "The company says that the ship will make four crossings a day until October and two in the winter, and "
    "that tickets will cost what they cost before the engine failed.",
    "Critics on the council say that the repair took too long and cost too much. A report on the matter is "
    "due in the spring, according to the mayor, who would not be drawn on what it will say "
    "about the company that had done the work.",
)
CAPTION = "The ferry Sigrun leaves the old quay of Karsund"
MENU = ("Home", "News", "Sport", "Weather", "Sign in")


def html_page(*inside: str) -> str:
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in MENU)
    return (
        f"<html><head><title>Ferry</title></head><body><nav><ul>{menu}</ul></nav><article>"
        f"<h1>Ferry sails again</h1>{''.join(inside)}</article><footer>© Karsund Post</footer></body></html>"
    )


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


RECORD: dict[str, Any] = {
    "id": "kp-1",
    "corpus": "karsund",
    "publisher": "Karsund Post",
    "lang": "en",
    "html": html_page(
        paragraphs(*PARAGRAPHS[:2]),
        f"<figure><img src='a.jpg'><figcaption>{CAPTION} Photo: Lina Berg/KPA</figcaption></figure>",
        paragraphs(*PARAGRAPHS[2:]),
    ),
    "gold": {
        "title": "Ferry sails again",
        "authors": [],
        "body": list(PARAGRAPHS),
        "captions": [{"text": CAPTION, "credit": "Lina Berg/KPA"}],
        "with": ["ninety people were on board"],
        "without": ["Sign in"],
    },
}


def data_file(folder: Path, *records: dict[str, Any], name: str = "karsund.jsonl.gz") -> Path:
    path = folder / name
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write("".join(json.dumps(record) + "\n" for record in records))
    return path


def read_one(folder: Path, **changed: object) -> Record:
    (record,) = corpus.read(data_file(folder, {**RECORD, **changed}))
    return record


def shares_of(record: str, publisher: str, **shares: tuple[float, float]) -> PageScore:
    return PageScore(record, "c", publisher, "en", False, "blocks", "newsclean", shares)


# ---- Records ----------------------------------------------------------------------------


def test_a_record_is_read_with_all_of_its_gold(tmp_path: Path) -> None:
    body = ["A", {"heading": "B"}, {"optional": "C"}]
    record = read_one(tmp_path, gold={**RECORD["gold"], "body": body})
    assert record.gold.body == (Paragraph("A"), Paragraph("B"), Paragraph("C", "optional"))
    assert record.gold.captions == ((CAPTION, "Lina Berg/KPA"),)
    assert record.gold.required == ("ninety people were on board",)
    assert record.gold.forbidden == ("Sign in",)
    assert (record.gold.title, record.gold.authors) == ("Ferry sails again", ())


def test_the_language_is_told_from_the_gold_body_where_the_record_names_none(tmp_path: Path) -> None:
    german = "Die Fähre fährt wieder, und auf dem Kai standen am Montag neunzig Menschen mit Brot und Fahnen."
    assert read_one(tmp_path, lang=None, gold={"body": [german]}).language == "de"
    assert read_one(tmp_path, lang=None, gold={"body": [PARAGRAPHS[0]]}).language == "en"
    assert read_one(tmp_path, lang="nn").language == "nn"


def test_labelled_lines_become_a_body_with_neutral_lines_and_captions(tmp_path: Path) -> None:
    lines = [
        "Menu",
        "A standfirst",
        "The ferry sailed. READ MORE: Gulls",
        "A quay",
        "Lina Berg/KPA",
        "Photo: KPA",
    ]
    labelled = {
        "id": "t",
        "publisher": "p",
        "lang": "en",
        "kind": "lines",
        "text": "\n".join(lines),
        "labels": [
            [0, 0, "navigation"],
            [1, 1, "standfirst"],
            [2, 2, "body"],
            [3, 3, "caption"],
            [4, 5, "credit"],
        ],
        "mixed": [{"line": 2, "role": "related", "text": "READ MORE: Gulls"}],
    }
    (record,) = corpus.read(data_file(tmp_path, labelled))
    assert record.html is None
    assert record.gold.body == (Paragraph("A standfirst", "neutral"), Paragraph("The ferry sailed. "))
    assert record.gold.captions == (("A quay", "Lina Berg/KPA"), ("", "Photo: KPA"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "AttributeError"),
        ('{"id": "x", "gold": {}}', "neither 'html' nor 'text'"),
        ('{"id": "x", "html": "<p>"}', "gold"),
        (
            '{"id": "x", "text": "a", "labels": [], "mixed": [{"line": 0, "role": "related", "text": "b"}]}',
            "'b'",
        ),
    ],
)
def test_a_broken_record_is_named_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(json.dumps(RECORD) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.jsonl, line 2.*" + re.escape(reason)):
        list(corpus.read(path))


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quality", str(tmp_path / "none.jsonl.gz"), "--systems", "newsclean"]) == 2
    assert "none.jsonl.gz: cannot be read" in capsys.readouterr().err


def test_the_digest_is_of_the_lines_not_of_the_packing(tmp_path: Path) -> None:
    packed = data_file(tmp_path, RECORD)
    plain = tmp_path / "plain.jsonl"
    plain.write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    other = data_file(tmp_path, RECORD, RECORD, name="other.jsonl.gz")
    assert corpus.digest(packed) == corpus.digest(plain)
    assert corpus.digest(packed) != corpus.digest(other)


def test_a_third_of_the_publishers_is_held_out() -> None:
    names = [f"Paper {i}" for i in range(3000)]
    assert 900 < sum(corpus.held_out(name) for name in names) < 1100
    assert corpus.held_out("") == corpus.held_out(None)


# ---- Forms of a page --------------------------------------------------------------------


def test_the_forms_of_a_page(tmp_path: Path) -> None:
    record = read_one(
        tmp_path, html='<p>One <a href="/two">two</a> three</p><script>four</script><ul><li>five</ul>'
    )
    assert inputs.lay_out(record, "html") == record.html
    assert inputs.lay_out(record, "blocks") == "One two three\n\nfive"
    assert inputs.lay_out(record, "nodes") == "One\ntwo\nthree\nfive"
    assert (inputs.lay_out(record, "markdown") or "").strip() == "One [two](/two) three\n\n  * five"
    assert inputs.lay_out(record, "gold") == "\n\n".join(PARAGRAPHS)
    assert inputs.lay_out(record, "text") is None
    assert set(inputs.INPUTS) == {"html", "blocks", "nodes", "markdown", "gold", "text"}


def test_text_becomes_a_page_with_one_paragraph_a_line() -> None:
    assert "<p>a &lt;b&gt;</p>\n<p>c</p>" in systems.as_html("a <b>\n\n  c ")


# ---- Measures ---------------------------------------------------------------------------


def test_f1_by_hand() -> None:
    body = [Paragraph("one two three four"), Paragraph("five six")]
    # kept 1 2 3 5 plus two words too many: 4 of 6 kept are right, 4 of 6 gold are kept
    score = measures.body_words("One, two, three! Seven. Five seven", body)
    assert score == measures.Words(4 / 6, 4 / 6)
    assert score.f1 == pytest.approx(4 / 6)
    assert measures.body_words("", body) == measures.Words(0, 0)
    assert measures.Words(0, 0).f1 == 0
    assert measures.body_words("anything", []) is None


def test_the_order_of_the_words_counts() -> None:
    assert measures.body_words("three two one", [Paragraph("one two three")]) == measures.Words(1 / 3, 1 / 3)


def test_optional_paragraphs_count_in_the_better_way() -> None:
    body = [Paragraph("one two"), Paragraph("three four", "optional")]
    assert measures.body_words("one two", body) == measures.Words(1, 1)
    assert measures.body_words("one two three four", body) == measures.Words(1, 1)
    assert measures.body_words("one two three", body) == measures.Words(1, 3 / 4)


def test_neutral_paragraphs_count_neither_way() -> None:
    body = [Paragraph("one two"), Paragraph("three four", "neutral")]
    assert measures.body_words("one two", body) == measures.Words(1, 1)
    assert measures.body_words("one two three", body) == measures.Words(1, 1)
    assert measures.body_words("one three five", body) == measures.Words(1 / 2, 1 / 2)
    assert measures.body_words("three", body) == measures.Words(0, 0)


def test_the_shares_of_a_page() -> None:
    hundred = " ".join(f"w{i}" for i in range(100))
    gold = Gold((Paragraph(hundred),), required=("w1 w2", "w2\nw3", "x"), forbidden=("w5 w6", "y"))
    assert measures.body_shares(hundred, gold) == {
        "f1": (1, 1),
        "precision": (1, 1),
        "recall": (1, 1),
        "perfect": (1, 1),
        "miss": (0, 1),
        "with": (2, 3),
        "without": (1, 2),
    }
    two_more = measures.body_shares(f"{hundred} a b", gold)  # precision 100/102 is under 0.99
    assert (two_more["perfect"], two_more["recall"]) == ((0, 1), (1, 1))
    assert measures.body_shares(" ".join(hundred.split()[:33]), gold)["miss"] == (1, 1)  # F1 0.496


def test_parts_of_a_page_are_labelled_by_their_words() -> None:
    gold = ["one two three four five six", "End"]
    parts = ["menu", "one two three", "four five six seven", "one two nine ten", "End", "--", "a b c d six"]
    # "one two three" is short and no whole paragraph; of the third, three words in four are gold
    assert measures.labels(parts, gold) == [0, 0, 1, 0, 1, -1, 0]
    assert measures.labels(["one two x y"], ["one two"]) == [-1]


def test_harm_by_hand() -> None:
    gold = Gold((Paragraph("one two three"), Paragraph("four"), Paragraph("five", "neutral")))
    assert measures.harm_shares("one two three\n\nfour", gold) == {
        "harm_recall": (1, 1),
        "harm_losing": (0, 1),
    }
    assert measures.harm_shares("one two\n\nfour", gold) == {"harm_recall": (3 / 4, 1), "harm_losing": (1, 1)}
    assert measures.harm_shares("x", Gold()) == {}


def test_a_title_counts_if_its_words_are_the_gold_ones() -> None:
    gold, page = Gold(title="Ferry sails — again"), "Gull Post\nFERRY SAILS: AGAIN\nThe ferry sailed."
    assert measures.title_shares("ferry  sails, again", page, gold) == {
        "title": (1, 1),
        "title_shown": (1, 1),
    }
    assert measures.title_shares("Ferry sails", "Gull Post", gold) == {"title": (0, 1), "title_shown": (0, 1)}
    assert measures.title_shares("", page, gold)["title"] == (0, 1)
    assert measures.title_shares(None, page, gold) == {}
    assert measures.title_shares("Ferry sails", page, Gold()) == {}


def test_authors_count_as_a_set_of_names() -> None:
    gold, page = Gold(authors=("Ines Talbot", "J. O. Marsh")), "By Ines Talbot and J.O. Marsh"
    right = measures.author_shares(("J. O. Marsh", "ines talbot"), page, gold)
    assert right == {"authors": (1, 1), "authors_wrong": (0, 1), "authors_shown": (1, 1)}
    part = measures.author_shares(("Ines Talbot",), "By Ines Talbot", gold)
    assert part == {"authors": (0, 1), "authors_wrong": (0, 1), "authors_shown": (0, 1)}
    more = measures.author_shares(("Ines Talbot", "J. O. Marsh", "Home Page"), page, gold)
    assert more["authors_wrong"] == (1, 1)
    assert measures.author_shares((), page, gold)["authors_wrong"] == (0, 1)
    assert measures.author_shares(None, page, gold) == {}
    assert measures.author_shares(("Ines Talbot",), page, Gold(authors=())) == {}


def test_captions_by_hand() -> None:
    gold = Gold(
        (Paragraph("a story with a line that is also a caption"),),
        captions=(
            ("one two three four five", "Berg"),
            ("six seven eight nine ten", ""),
            ("too short here", ""),
            ("a line that is also", ""),
            ("not on the page at all", ""),
        ),
        captions_known=True,
    )
    page = "one two three four five Berg six seven eight nine ten too short here a line that is also"
    returned = (
        measures.Caption("One, two, three, four", "Berg"),  # 4 of 5 words
        measures.Caption("too short here"),  # matches gold that is not scored: no error
        measures.Caption("nine ten"),  # too short to be scored
        measures.Caption("wrong wrong wrong wrong"),
    )
    shares = measures.caption_shares("x six seven eight nine ten y", returned, page, gold)
    assert shares == {
        "caption_leak": (1, 2),
        "caption_recall": (1, 2),
        "caption_precision": (1, 2),
        "caption_swallowed": (0, 10),
        "credit_right": (1, 1),
    }
    assert measures.caption_shares("x", None, page, gold) == {"caption_leak": (0, 2)}
    assert measures.caption_shares("x", (), page, gold) == {
        "caption_leak": (0, 2),
        "caption_recall": (0, 2),
        "caption_swallowed": (0, 10),
    }
    assert measures.caption_shares("x", returned, page, Gold()) == {}


def test_a_caption_is_the_same_with_and_without_its_credit() -> None:
    gold = Gold(captions=(("one two three four", "Lina Berg of KPA"),), captions_known=True)
    page = "one two three four Lina Berg of KPA"
    for text in ("one two three four", "one two three four Lina Berg of KPA"):
        shares = measures.caption_shares("", (measures.Caption(text),), page, gold)
        assert shares["caption_recall"] == (1, 1)
    short = measures.caption_shares("", (measures.Caption("one two three"),), page, gold)  # 3/4
    assert short["caption_recall"] == (0, 1)


def swallowed(extracted: str, *texts: str) -> tuple[float, float]:
    """The share for a body of twelve words, whose page has one caption."""
    body = (Paragraph("a b c d e f"), Paragraph("g h i j k l"), Paragraph("m n o p", "optional"))
    gold = Gold(body, captions=(("a b c d e x", ""),), captions_known=True)
    captions = [measures.Caption(text) for text in texts]
    return measures.caption_shares(extracted, captions, "a b c d e x", gold)["caption_swallowed"]


def test_words_of_the_body_in_a_caption_instead_are_swallowed() -> None:
    assert swallowed("a b c d e f", "g h i j k l") == (6, 12)
    assert swallowed("a b c d e f", "A quay in Karsund. G h i j: k") == (5, 12)  # glued to a caption
    assert swallowed("a b c d e f", "g h i j", "h i j k") == (5, 12)  # each word once
    assert swallowed("a b c d e f g h", "i j k l") == (4, 12)


def test_nothing_is_swallowed_that_the_body_still_has() -> None:
    assert swallowed("a b c d e f g h i j k l", "g h i j k l") == (0, 12)
    assert swallowed("y g h i j k l z a b c d e f", "g h i j k l") == (0, 12)  # wherever it has it
    assert swallowed("g h i j k l", "a b c d e f") == (0, 12)  # 5 of 6 words: the gold caption
    assert swallowed("a b c d e f", "g h i", "g x h y i z j") == (0, 12)  # no four in a row
    assert swallowed("a b c d e f g h i j k l", "m n o p") == (0, 12)  # optional


def test_the_words_of_a_credit_can_be_swallowed_too() -> None:
    gold = Gold((Paragraph("a b c d e f"),), captions_known=True)
    returned = [measures.Caption("x y", "c d e f")]
    assert measures.caption_shares("a b", returned, "", gold) == {
        "caption_precision": (0, 1),
        "caption_swallowed": (4, 6),
    }
    assert measures.caption_shares("", returned, "", Gold(captions_known=True)) == {
        "caption_precision": (0, 1)
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lina Berg/KPA", "LINA BERG / KPA."),
        ("Photo: Lina Berg", "Lina Berg"),
        ("(Photo by Lina Berg)", "Fotos: Lina Berg"),
        ("© Lina Berg", "Image copyright Lina Berg"),
        ("via KPA", "KPA"),
        ("Foto: Bild", "Bild"),  # the last word is never a label
    ],
)
def test_credits_are_the_same_but_for_case_spaces_punctuation_and_labels(one: str, other: str) -> None:
    assert measures.same_credit(one, other)
    assert measures.same_credit(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lina Berg/KPA", "Lina Berg"),
        ("Lina Berg, KPA", "KPA, Lina Berg"),
        ("KPA via Gull Images", "KPA/Gull Images"),  # "via" is a label only before the first name
        ("KPA Photo/Lina Berg", "KPA/Lina Berg"),
        ("Courtesy of Lina Berg", "Lina Berg"),
        ("Lina Berg", ""),
        ("Photo", ""),
    ],
)
def test_credits_that_differ_in_anything_else_are_not_the_same(one: str, other: str) -> None:
    assert not measures.same_credit(one, other)
    assert not measures.same_credit(other, one)


def test_credits_and_agencies_of_matched_captions_by_hand() -> None:
    gold = Gold(
        captions=(
            ("one two three four", "Photo: Lina Berg/AFP"),
            ("five six seven eight", "Jon Dahl"),  # names no agency
            ("nine ten eleven twelve", ""),  # its credit is not known
            ("too short", "Reuters"),  # not scored
        ),
        captions_known=True,
    )
    page = " ".join(text for text, _ in gold.captions)

    def shares(*returned: measures.Caption) -> dict[str, measures.Share]:
        found = measures.caption_shares("", returned, page, gold)
        return {name: share for name, share in found.items() if name in ("credit_right", "agency_right")}

    first, second = "one two three four", "five six seven eight"
    right = measures.Caption(first, "Lina Berg / AFP", ("AFP",))
    assert shares(right) == {"credit_right": (1, 1), "agency_right": (1, 1)}
    assert shares(right, measures.Caption(first), measures.Caption(second, "Jon Dahl", ("AFP",))) == {
        "credit_right": (2, 3),
        "agency_right": (1, 2),
    }
    more = measures.Caption(first, "Lina Berg/AFP/Reuters", ("AFP", "Reuters"))
    assert shares(more) == {"credit_right": (0, 1), "agency_right": (0, 1)}
    assert (
        shares(
            measures.Caption("nine ten eleven twelve", "AFP"),
            measures.Caption("too short", "Reuters", ("Reuters",)),
            measures.Caption("no caption at all", "Reuters", ("Reuters",)),
        )
        == {}
    )


def test_the_credit_is_that_of_the_gold_caption_that_matches_best() -> None:
    scored = [
        ("one two three four five", "A"),
        ("one two three four six", "B"),
        ("one two three four six", "C"),
    ]
    assert measures.gold_credits(measures.Caption("one two three four five"), scored) == ["A"]
    assert measures.gold_credits(measures.Caption("one two three four six"), scored) == ["B", "C"]
    assert measures.gold_credits(measures.Caption("one two three four six", "C"), scored) == ["B", "C"]
    assert measures.gold_credits(measures.Caption("one two three"), scored) == []
    assert measures.gold_credits(measures.Caption("one two three"), []) == []


def test_captions_of_labelled_lines_count_in_credits_where_one_stands_on_its_own_line(tmp_path: Path) -> None:
    lines = ["The first quay of Karsund", "Photo: Lina Berg", "The second quay of Karsund. Photo: Jon Dahl"]
    labelled = {
        "id": "t",
        "publisher": "p",
        "lang": "en",
        "text": "\n".join(lines),
        "labels": [[0, 0, "caption"], [1, 1, "credit"], [2, 2, "caption"]],
    }
    (record,) = corpus.read(data_file(tmp_path, labelled))
    returned = [
        measures.Caption("The first quay of Karsund", "Lina Berg"),
        measures.Caption("The second quay of Karsund", "Jon Dahl"),
    ]
    shares = measures.caption_shares("", returned, record.text or "", record.gold)
    assert shares["caption_recall"] == (2, 2)
    assert shares["credit_right"] == (1, 1)


# ---- Summaries --------------------------------------------------------------------------


def test_a_summary_is_the_sum_over_the_sum_with_an_interval_over_publishers() -> None:
    scores = [
        shares_of("1", "a", f1=(1.0, 1)),
        shares_of("2", "a", f1=(0.5, 1)),
        shares_of("3", "b", f1=(0.0, 1)),
    ]
    found = scoring.summarise(scores, "f1")
    assert found is not None
    assert found.value == pytest.approx(50)
    # drawing two publishers with replacement gives 75 (a, a), 50 or 0 (b, b), each in a quarter or more
    assert found.low == pytest.approx(0)
    assert found.high == pytest.approx(75)
    assert scoring.summarise(scores, "perfect") is None
    same = scoring.summarise(scores[:2], "f1")
    assert same is not None
    assert same.low == same.value == same.high == pytest.approx(75)


def test_snippets_count_one_by_one() -> None:
    scores = [shares_of("1", "a", without=(1, 1)), shares_of("2", "b", without=(0, 9))]
    found = scoring.summarise(scores, "without")
    assert found is not None
    assert found.value == pytest.approx(10)


def test_a_comparison_is_paired() -> None:
    one = [shares_of("1", "a", f1=(0.9, 1)), shares_of("2", "b", f1=(0.3, 1)), shares_of("3", "c", f1=(1, 1))]
    other = [shares_of("1", "a", f1=(0.8, 1)), shares_of("2", "b", f1=(0.2, 1))]
    found = scoring.compare(one, other, "f1")
    assert found is not None
    for figure in (found.value, found.low, found.high):
        assert figure == pytest.approx(10)
    assert scoring.compare(one, [], "f1") is None


# ---- Systems ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(SYSTEMS))
def test_every_system_runs_and_finds_an_invented_article(name: str, tmp_path: Path) -> None:
    record = read_one(tmp_path)
    run = scoring.run([record], [SYSTEMS[name]], ["html", "blocks"], jobs=1)
    assert [(score.input, score.error) for score in run.scores] == [
        (kind, "") for kind in ("html", "blocks")[: 1 if SYSTEMS[name].html_only else 2]
    ]
    for score in run.scores:
        assert score.shares["recall"][0] > 0.7
    for measure in ("caption_recall", "caption_swallowed", "credit_right"):
        assert (measure in run.scores[0].shares) == name.startswith("newsclean")


def _slow(_page: str, _language: str) -> Output:
    time.sleep(60)
    return Output("")


def _broken(_page: str, _language: str) -> Output:
    raise RuntimeError("no ferry today\nat all")


def _crash(_page: str, _language: str) -> Output:
    import os

    os._exit(3)


@pytest.mark.parametrize(
    ("extract", "reason"),
    [
        (_slow, "no result within 1 s"),
        (_broken, "RuntimeError: no ferry today"),
        (_crash, "crashed with exit code 3"),
    ],
)
def test_a_system_that_fails_is_reported_and_scored_as_empty(
    extract: systems.Extract, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = System("bad", "newsclean", extract, extract)
    monkeypatch.setitem(SYSTEMS, "bad", bad)
    monkeypatch.setattr(scoring, "TIME_LIMIT", 1.0)
    record = read_one(tmp_path)
    run = scoring.run([record], [bad, SYSTEMS["whole page"]], ["blocks"], jobs=1)
    failed, whole = run.scores
    assert failed.error == reason
    assert failed.shares["f1"] == (0, 1)
    assert whole.error == ""
    assert whole.shares["recall"] == (1, 1)
    assert scoring.failures(run.scores) == {"bad": {reason: 1}}
    assert f"- bad: {reason} (1 pages)" in quality.report(run, [bad, SYSTEMS["whole page"]])


def test_a_system_that_is_not_installed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(SYSTEMS, "ghost", System("ghost", "ghost_extractor", _broken))
    ready, missing = systems.chosen(["newsclean", "ghost"])
    assert [system.name for system in ready] == ["newsclean"]
    assert "ghost_extractor" in missing["ghost"]
    data = data_file(tmp_path, RECORD)
    out = tmp_path / "results.md"
    arguments = ["--systems", "newsclean,ghost", "--inputs", "blocks", "--jobs", "1", "--out", str(out)]
    assert main(["quality", str(data), *arguments]) == 0
    assert "ghost: not run" in capsys.readouterr().err
    assert "Not run: ghost (" in out.read_text(encoding="utf-8")


# ---- Commands ---------------------------------------------------------------------------


def test_quality_writes_tables_and_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    german = {**RECORD, "id": "kp-2", "lang": "de", "publisher": "Another"}
    data = data_file(tmp_path, RECORD, german)
    out, scores = tmp_path / "results.md", tmp_path / "scores.jsonl"
    chosen = ["--systems", "newsclean,whole page", "--inputs", "blocks,gold", "--jobs", "1"]
    assert main(["quality", str(data), *chosen, "--out", str(out), "--scores", str(scores)]) == 0
    text = out.read_text(encoding="utf-8")
    assert capsys.readouterr().out.strip() in text
    assert f"karsund.jsonl.gz {corpus.digest(data)[:16]}" in text
    assert f"newsclean {newsclean.__version__}" in text
    assert "### karsund, blocks" in text
    assert "(2 pages)" in text
    page = len(measures.words(inputs.blocks(RECORD["html"])))
    gold = len(measures.words(" ".join(PARAGRAPHS)))
    f1 = 100 * 2 * (gold / page) / (gold / page + 1)
    assert f"| whole page | {f1:.1f} | {f1:.1f} to {f1:.1f} |" in text
    assert re.search(r"\| F1 by language \| pages \| newsclean \| whole page \|", text)
    assert "| caption leak | swallowed | credit | title |" in text  # KPA is no listed agency
    captions = text.split("| captions by language | pages | captions | caption R | caption P | ")[1]
    assert captions.startswith("caption leak | swallowed | credit | agency |\n")
    row = r"\| %s \| 1 \| 1 \| 100\.0 \| 100\.0 \| 0\.0 \| 0\.00 \| 100\.0 \| – \|\n"
    assert re.search(row % "de" + row % "en", captions)
    lines = [json.loads(line) for line in scores.read_text(encoding="utf-8").splitlines()]
    assert [(s["record"], s["input"], s["system"]) for s in lines] == [
        (record, kind, system)
        for record in ("kp-1", "kp-2")
        for kind in ("blocks", "gold")
        for system in ("newsclean", "whole page")
    ]


def test_the_results_say_when_with_what_and_on_what_they_were_made() -> None:
    results = (Path(__file__).parent.parent / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    head = results.split("\n## ")[0]
    assert re.search(r"on \d{4}-\d\d-\d\d, at commit [0-9a-f]{12}, with Python 3\.", head)
    for name, system in SYSTEMS.items():
        if name != "whole page" and not system.html_only:
            assert re.search(rf"\b{re.escape(name)} \d+\.\d", head), f"no version of {name}"
            assert f"\n| {system.name} |" in results
    assert re.search(r"\.jsonl(?:\.gz)? [0-9a-f]{16}", head)


@pytest.mark.parametrize("wrong", [["--systems", "magic"], ["--inputs", "pdf"]])
def test_an_unknown_name_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["quality", "x.jsonl", *wrong])
    assert stopped.value.code == 2
    assert wrong[1] in capsys.readouterr().err


def test_pages_are_limited_evenly(tmp_path: Path) -> None:
    records = list(corpus.read(data_file(tmp_path, *({**RECORD, "id": str(i)} for i in range(10)))))
    assert [r.id for r in quality.evenly(records, 3)] == ["0", "3", "6"]
    assert quality.evenly(records, None) == records


def test_worst_shows_every_line_and_escapes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = (
        "<script>alert(1)</script> is what the sign on the quay said on Monday, and nobody could read it."
    )
    html = html_page(paragraphs(*PARAGRAPHS[:2], hostile.replace("<", "&lt;"), *PARAGRAPHS[2:]))
    gold = {"body": [*PARAGRAPHS[:2], hostile, *PARAGRAPHS[2:], "A paragraph that the page does not have"]}
    data = data_file(tmp_path, {**RECORD, "html": html, "gold": gold})
    out = tmp_path / "worst.html"
    assert main(["worst", str(data), "--jobs", "1", "--out", str(out)]) == 0
    report = out.read_text(encoding="utf-8")
    assert "kp-1 (Karsund Post, en)" in capsys.readouterr().out
    assert "<script" not in report
    assert "&lt;script&gt;alert(1)" in report
    assert "A paragraph that the page does not have" in report
    for text in (*PARAGRAPHS, *MENU):
        assert text in report


def test_the_verdict_and_the_account_of_lines() -> None:
    lines = (
        worst.Line("a", "body", "r1", (), 10, 10, kept=True),
        worst.Line("b", "body", "r1", (), 10, 1, kept=True),
        worst.Line("c", "advert", "r2", (), 8, 6, kept=False),
        worst.Line("d", "advert", "r2", (), 5, 0, kept=False),
    )
    assert [line.verdict for line in lines] == ["right", "extra", "lost", "out"]
    found = worst.accounts([worst.Page("p", "q", "en", 0, 0, 0, lines, ())])
    assert found == {
        "r1": worst.Account(kept_furniture=9, kept_article=11),
        "r2": worst.Account(removed_furniture=7, removed_article=6),
    }


def test_worst_chooses_language_and_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = data_file(tmp_path, RECORD, {**RECORD, "id": "kp-de", "lang": "de"})
    out = str(tmp_path / "worst.html")
    assert main(["worst", str(data), "--jobs", "1", "--out", out, "--language", "de"]) == 0
    said = capsys.readouterr().out
    assert "kp-de" in said
    assert "kp-1" not in said
    part = "used" if corpus.held_out("Karsund Post") else "held-out"
    assert main(["worst", str(data), "--jobs", "1", "--out", out, "--part", part]) == 2


def test_floors_fail_rise_and_fall_only_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, file = data_file(tmp_path, RECORD), tmp_path / "floors.toml"
    call = ["floors", str(data), "--file", str(file), "--jobs", "1"]
    assert main(call) == 1
    assert "no floors for data with the digest" in capsys.readouterr().out
    assert main([*call, "--raise"]) == 0
    first = file.read_text(encoding="utf-8")
    (known,) = floors.read(file)
    assert known.digest == corpus.digest(data)
    assert set(known.figures) == {"html", "blocks", "nodes", "markdown", "gold"}
    assert main(call) == 0
    capsys.readouterr()

    known.figures["blocks"]["recall"] = 100.01
    known.figures["blocks"]["without"] = -1.0
    known.figures["nodes"]["f1"] = 0.5
    floors.write([known], file)
    assert main(call) == 1
    said = capsys.readouterr().out
    assert "karsund/blocks/recall: 100.0 is worse than 100.01" in said
    assert "karsund/blocks/without: 0.0 is worse than -1.0" in said
    assert re.search(r"karsund/nodes/f1: [\d.]+, above its floor 0\.5\n", said)

    lower = ["--lower", "karsund/blocks/recall", "--lower", "karsund/blocks/without"]
    assert main([*call, "--raise", *lower[:2]]) == 1  # one figure is still below
    (mixed,) = floors.read(file)
    assert (mixed.figures["blocks"]["recall"], mixed.figures["blocks"]["without"]) == (100.0, -1.0)
    assert main([*call, *lower[2:]]) == 0
    assert file.read_text(encoding="utf-8") == first
    assert main([*call, "--lower", "karsund/blocks/f1"]) == 1  # nothing to lower there


def test_a_measure_that_is_gone_fails(tmp_path: Path) -> None:
    held = floors.Floors("karsund", "d", {"text": {"f1": 90.0}})
    assert floors._compare(held, {}, raised=True, lower=set()) == 1
    (tmp_path / "floors.toml").write_text("data = 3\n", encoding="utf-8")
    with pytest.raises(DataError, match="not a file of floors"):
        floors.read(tmp_path / "floors.toml")


def test_times_are_taken_for_every_system_and_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, str]] = []
    monkeypatch.setattr(
        speed, "RUNNERS", {name: lambda r, _t, n=name: calls.append((n, r.id)) for name in ("a", "b")}
    )
    records = [read_one(tmp_path, id="1"), read_one(tmp_path, id="2")]
    times = speed.time_pages(records, repeats=1)
    assert calls == [("a", "1"), ("b", "1"), ("a", "1"), ("b", "1"), ("b", "2"), ("a", "2")]
    assert {name: len(each) for name, each in times.items()} == {"a": 2, "b": 2}
    assert speed.percentile([5.0, 1, 4, 2, 3], 95) == 5
    assert speed.percentile([5.0, 1, 4, 2, 3], 60) == 3


def test_speed_prints_its_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = data_file(tmp_path, RECORD)
    assert main(["speed", str(data), "--repeats", "1", "--only", "pages", "--only", "imports"]) == 0
    said = capsys.readouterr().out
    for name in (*speed.RUNNERS, *speed.IMPORTS):
        assert f"| {name} |" in said


def test_speed_times_the_pool(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = data_file(tmp_path, RECORD)
    assert main(["speed", str(data), "--repeats", "1", "--only", "pool"]) == 0
    row = capsys.readouterr().out.splitlines()[-2]
    _, name, pages, one, two, ratio, _ = map(str.strip, row.split("|"))
    assert (name, pages) == (data.name, "1")
    assert float(one) > 0
    assert float(two) / float(one) == pytest.approx(float(ratio), rel=0.1, abs=0.02)


@pytest.mark.parametrize("shape", list(speed.SHAPES))
def test_the_shapes_of_the_growth_test_have_their_size(shape: str) -> None:
    make = speed.SHAPES[shape]
    small, large = len(make(20_000)), len(make(160_000))
    assert 0.7 * 20_000 < small < 1.4 * 20_000
    assert 6 < large / small < 8.5


def test_agree_compares_the_body_from_html_with_that_from_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "karsund.jsonl"
    data.write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    assert main(["agree", str(data)]) == 0
    printed = capsys.readouterr().out
    assert "karsund.jsonl, blocks: 1 pages: F1 100.0" in printed
    assert "the same on 100.0 %" in printed


def test_agree_counts_the_words_that_one_body_lacks() -> None:
    report = agree.report([("kp-1", measures.Words(1.0, 0.5)), ("kp-2", measures.Words(1.0, 1.0))])
    assert "2 pages: F1 83.3; of the words from the text 100.0 %" in report
    assert "worst: kp-1 67, kp-2 100" in report
