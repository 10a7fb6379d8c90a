"""newsclean rules: every id can be looked up, and a pack of one's own is checked."""

from __future__ import annotations

import ast
import io
import json
import re
import sys
from pathlib import Path

import pytest

import newsclean
from newsclean import RulePackError
from newsclean.cli import main
from newsclean.data import table
from newsclean.rules import Entry, builtin_packs, catalogue, check_pack, search
from newsclean.rules.carrier import inside, parts

FIXTURES = Path(__file__).parent.parent / "fixtures"
ENTRIES = catalogue()
BY_ID = {entry.id: entry for entry in ENTRIES}
Capture = pytest.CaptureFixture[str]

PACK = """
[[rule]]
id = "en.advert.tide-table"
role = "advert"
pattern = '''(?i)^our tide table hangs in'''
why = "The Courier sells its tide table to its readers."
examples = ["Our tide table hangs in every kitchen"]
counterexamples = ["The tide table hangs in the harbour office, where nobody reads it."]

[[rule]]
id = "de.related.moewenblick"
role = "related"
scope = "glued"
pattern = '''{{after}}(?P<cut>MÖWENBLICK: [^.]+\\.)'''
why = "A column of the paper."
examples = ["Die Fähre fährt wieder, sagte die Besatzung am Montag. MÖWENBLICK: Zehn Vögel am Hafen."]
counterexamples = []

[[rule]]
id = "en.app.tide-app"
role = "app"
weight = 3.0
pattern = '''(?i)^tides to go$'''
why = "The name of an app."
examples = ["Tides to go"]
counterexamples = []

[[rule]]
id = "fi.advert.vuorovesi"
role = "advert"
pattern = '''(?i)^tilaa vuorovesitaulukko'''
why = "An advert, in a language without an article of its own."
examples = ["Tilaa vuorovesitaulukko kotiin"]
counterexamples = []

[[rule]]
id = "en.body.gull-line"
role = "body"
pattern = '''^Gulls\\.$'''
why = "The refrain of a column."
examples = ["Gulls."]
counterexamples = []
"""


def run(*words: str) -> int:
    return main(["rules", *words])


def write(folder: Path, text: str) -> Path:
    pack = folder / "my.toml"
    pack.write_text(text, encoding="utf-8")
    return pack


HTML = """<!doctype html><html lang="en"><head><title>Lamps of Karsund | The Averly Post</title></head><body>
<nav><a href="/">Home</a><a href="/news">News</a></nav><header><p>The Averly Post</p></header>
<main><h1>The lamps of Karsund are lit again</h1><p class="byline">By Ines Talbot</p>
<figure><img src="a.jpg" alt="A lamp on the pier"><figcaption>A lamp on the pier
<span class="credit">Marit Lund/Reuters</span></figcaption></figure><p>{story}</p><button>Share</button>
<aside class="newsletter"><p>The best of the islands every Friday</p></aside>
<div class="related"><ul><li><a href="/1">Bakery opens its doors after the flood</a></li>
<li><a href="/2">Mayor denies that the flat was a gift</a></li></ul></div></main>
<footer><p>All rights reserved</p></footer></body></html>"""


def _pages() -> list[tuple[str, str]]:
    texts = [(p.parent.name, p.read_text("utf-8")) for p in sorted(FIXTURES.glob("*/page.txt"))]
    return [*texts, ("html", HTML.format(story="</p><p>".join((*parts("en")[0], *parts("en")[1]))))]


class TestCatalogue:
    @pytest.mark.parametrize(("name", "page"), _pages())
    def test_holds_whatever_a_document_names(self, name: str, page: str) -> None:
        document = newsclean.Cleaner(witness="always").clean(page)
        named = {said.rule_id: said for block in document.blocks for said in block.evidence}
        assert named, name
        assert set(named) - set(BY_ID) == set()
        for rule_id, said in named.items():
            entry = BY_ID[rule_id]
            assert said.why in entry.why.split(" / ")
            if entry.kind == "rule":
                assert (entry.role, entry.weight) == (said.role.value, said.weight)

    def test_holds_whatever_the_code_can_name(self) -> None:
        told = list(_told_in_code())
        assert len(told) > 50
        for rule_id, why in told:
            assert rule_id in BY_ID
            assert why is None or why in BY_ID[rule_id].why.split(" / ")

    def test_names_nothing_that_the_code_lacks(self) -> None:
        code = "".join(path.read_text("utf-8") for path in Path(newsclean.__file__).parent.rglob("*.py"))
        for row in table("findings")["finding"]:
            family, _, name = row["id"].partition(".")
            short = re.sub(r"(?<=goes-on-)\w+$", "{current}", name)
            assert f'"{row["id"]}"' in code or (family == "metadata" and f'"{short}"' in code), row["id"]
            __import__(f"newsclean.{row['where']}")

    def test_ids_are_there_once(self) -> None:
        assert len(BY_ID) == len(ENTRIES)
        assert {rule.id for rule in builtin_packs()} <= set(BY_ID)

    def test_search(self) -> None:
        found = search(ENTRIES, ["en.newsletter"])
        assert found
        assert {entry.id.rpartition(".")[0] for entry in found} == {"en.newsletter"}
        german = search(ENTRIES, role="related", language="de")
        assert german
        assert {(entry.role, entry.language) for entry in german} == {("related", "de")}
        assert "en.newsletter.sign-up" in {e.id for e in search(ENTRIES, ["NEWSLETTER", "invitation"])}
        assert search(ENTRIES, ["newsletter", "no such word"]) == []
        assert search(ENTRIES) == list(ENTRIES)


def _told_in_code() -> list[tuple[str, str | None]]:
    """The ids that stand as literals where evidence is made, and the reasons that do."""
    found = []
    for path in Path(newsclean.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) != 4:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            rule_id, why = (
                (node.args[0], node.args[3]) if name == "Evidence" else (node.args[2], node.args[3])
            )
            if name in ("Evidence", "say") and isinstance(rule_id, ast.Constant):
                prefix = "metadata." if name == "say" else ""
                found.append((prefix + str(rule_id.value), getattr(why, "value", None)))
    return [(rule_id, why if isinstance(why, str) else None) for rule_id, why in found]


class TestListing:
    def test_by_prefix(self, capsys: Capture) -> None:
        assert run("en.newsletter") == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == len(search(ENTRIES, ["en.newsletter"]))
        assert all(re.match(r"en\.newsletter\.[a-z-]+ +newsletter +\S", line) for line in lines)

    def test_all(self, capsys: Capture) -> None:
        assert run() == 0
        assert len(capsys.readouterr().out.splitlines()) == len(ENTRIES)

    def test_by_role_and_language_as_json(self, capsys: Capture) -> None:
        assert run("--role", "related", "--language", "de", "--json") == 0
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [row["id"] for row in rows] == [e.id for e in search(ENTRIES, role="related", language="de")]
        assert rows[0] == BY_ID[rows[0]["id"]].to_dict()

    def test_nothing_found(self, capsys: Capture) -> None:
        assert run("no-such-thing-at-all") == 1
        assert capsys.readouterr().err == "newsclean rules: nothing found\n"

    def test_of_a_pack_of_ones_own(self, tmp_path: Path, capsys: Capture) -> None:
        assert run("--pack", str(write(tmp_path, PACK)), "tide-table") == 0
        assert capsys.readouterr().out.startswith("en.advert.tide-table  advert")

    @pytest.mark.parametrize("words", [["--role", "banana"], ["--colour"], ["check"]])
    def test_wrong_arguments(self, words: list[str], capsys: Capture) -> None:
        with pytest.raises(SystemExit) as ended:
            run(*words)
        assert ended.value.code == 2
        assert "newsclean rules" in capsys.readouterr().err


class TestExplaining:
    @pytest.mark.parametrize(
        "rule_id",
        [
            "en.newsletter.glued-sign-up",
            "neighbour.section-break",
            "caption.label-alone",
            "caption.pointing",
            "structure.length",
            "element.nav",
            "metadata.title",
            "witness.trafilatura",
        ],
    )
    def test_shows_all_that_is_known(self, rule_id: str, capsys: Capture) -> None:
        assert run("--explain", rule_id) == 0
        said = capsys.readouterr().out
        entry = BY_ID[rule_id]
        assert said.startswith(f"{rule_id}\n")
        told = (entry.kind, entry.role, entry.why, entry.pattern, entry.where, *entry.examples)
        for text in (*told, *entry.counterexamples):
            assert text is None or text in said
        if entry.weight is not None:
            assert str(entry.weight) in said

    def test_what_is_unknown(self, capsys: Capture) -> None:
        assert run("--explain", "en.advert.marker", "--explain", "en.no.such") == 1
        said = capsys.readouterr()
        assert said.out.startswith("en.advert.marker\n")
        assert said.err == "newsclean rules: no rule 'en.no.such'\n"


class TestTrying:
    def test_a_line(self, capsys: Capture) -> None:
        assert run("--try", "Sign up for our newsletter") == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "Sign up for our newsletter"
        assert lines[1].startswith("  en.newsletter.sign-up  newsletter  +7.0  ")

    def test_a_plug_and_a_credit_as_json(self, capsys: Capture) -> None:
        plug = "The trial goes on. Subscribe to our free newsletter."
        assert run("--json", "--try", f"{plug}\n\nPhoto: Mira Holt/Reuters\n") == 0
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        cut = next(row for row in rows if row["rule_id"] == "en.newsletter.glued-sign-up")
        assert (cut["line"], cut["part"]) == (plug, "Subscribe to our free newsletter.")
        assert rows[-1]["rule_id"] == "caption.label-alone"

    def test_standard_input(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("Nobody had counted the gulls.\n"))
        assert run("--try", "-") == 1
        said = capsys.readouterr()
        assert said.out == "Nobody had counted the gulls.\n"
        assert said.err == "newsclean rules: no rule speaks for it\n"


class TestChecking:
    def test_all_well(self, tmp_path: Path, capsys: Capture) -> None:
        pack = write(tmp_path, PACK)
        assert check_pack(pack) == ()
        assert run("check", str(pack)) == 0
        assert capsys.readouterr().out == f"{pack}: rules: 5, examples and counterexamples: 6, all well\n"

    @pytest.mark.parametrize(
        ("old", "new", "rule_id", "kind", "said"),
        [
            ("every kitchen", "every", "en.advert.tide-table", None, ""),
            (
                '["Our tide table hangs in every kitchen"]',
                '["Tide tables hang in every kitchen"]',
                "en.advert.tide-table",
                "example",
                "the rule should match it, but it does not",
            ),
            (
                "The tide table hangs in the",
                "Our tide table hangs in the",
                "en.advert.tide-table",
                "counterexample",
                "should stay in the text, but it is removed as advert (en.advert.tide-table)",
            ),
            (
                "'''(?i)^our tide table hangs in'''",
                "'''(?i)^our tide table hangs in'''\nweight = 0.5",
                "en.advert.tide-table",
                None,
                "",
            ),
            (
                '["Our tide table hangs in every kitchen"]',
                '["Our tide table hangs in the harbour office, and the ferry sails at noon, the crew said on '
                'Monday, when ninety people stood on the quay with bread and flags."]\nweight = 6.0\n'
                "max_words = 40",
                "en.advert.tide-table",
                "example",
                "should be removed, but it stays as body (",
            ),
            (
                "role = \"body\"\npattern = '''^Gulls",
                "role = \"body\"\nweight = 0.1\npattern = '''^Home",
                "en.body.gull-line",
                "example",
                "the rule should match it, but it does not",
            ),
            (
                'id = "de.related.moewenblick"',
                'id = "fr.related.moewenblick"',
                "fr.related.moewenblick",
                None,
                "",
            ),
        ],
    )
    def test_what_fails_is_told(
        self, tmp_path: Path, old: str, new: str, rule_id: str, kind: str | None, said: str, capsys: Capture
    ) -> None:
        assert old in PACK
        pack = write(tmp_path, PACK.replace(old, new))
        failures = check_pack(pack)
        assert [(f.rule_id, f.kind) for f in failures] == ([(rule_id, kind)] if kind else [])
        assert run("check", str(pack)) == (1 if kind else 0)
        told = capsys.readouterr().out
        if kind:
            assert f"{pack}: rule {rule_id!r}: {kind} " in told
            assert said in told

    def test_an_example_that_stays_in_the_text(self, tmp_path: Path) -> None:
        text = (
            "The harbour master told the crew on Monday that the ferry would sail at noon, and that ninety "
            "people and one piano had to be on board before the tide turned against them."
        )
        rule = f"""
[[rule]]
id = "en.advert.harbour-master"
role = "advert"
weight = 1.0
pattern = '''^The harbour master told'''
why = "No advert at all."
examples = ["{text}"]
counterexamples = []
"""
        (failure,) = check_pack(write(tmp_path, rule))
        assert (failure.kind, failure.text, failure.expected) == ("example", text, "should be removed")
        assert failure.found.startswith("it stays as body (")

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("[[rule", "not valid TOML"),
            (PACK.replace('role = "advert"', 'role = "banana"', 1), "unknown role 'banana'"),
            (PACK.replace("en.advert.tide-table", "en.advert.marker"), "stands there twice"),
        ],
    )
    def test_a_broken_pack(self, tmp_path: Path, text: str, reason: str, capsys: Capture) -> None:
        pack = write(tmp_path, text)
        with pytest.raises(RulePackError, match=re.escape(reason)):
            check_pack(pack)
        assert run("check", str(pack), "nowhere.toml") == 2
        said = capsys.readouterr().err
        assert reason in said
        assert "newsclean rules: nowhere.toml: cannot be read" in said

    def test_a_line_is_found_again_in_every_article(self) -> None:
        for language in table("carriers"):
            page = inside("Our tide table hangs in every kitchen", language)
            document = newsclean.clean(page)
            assert document.language == language
            assert "Our tide table hangs in every kitchen" in document.page_text


def test_entries_are_plain_data() -> None:
    entry = BY_ID["en.newsletter.sign-up"]
    assert isinstance(entry, Entry)
    assert json.loads(json.dumps(entry.to_dict())) == entry.to_dict()
