"""Rule packs of one's own: read, refused with a reason, matched, switched on and off."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean
from newsclean import Cleaner, Role, RulePackError
from newsclean.rules import Rule, RuleSet, builtin_packs, load_pack, patterns
from newsclean.rules.loader import DEFAULT_WEIGHT, parse_pack
from newsclean.rules.patterns import PatternError, PatternSet, compile_pattern, expand

ID = "en.advert.tide-table"

PACK = r"""
language = "en"

[define]
paper = '''(?:courier|karsund post)'''

[[rule]]
id = "en.advert.tide-table"
role = "advert"
pattern = '''(?i)^buy the {{paper}} tide table\b'''
weight = 9.5
min_words = 4
max_words = 12
why = "Sells a booklet."
examples = ["Buy the Courier tide table today"]
counterexamples = ["The harbour master told crews to buy the Courier tide table."]

[[rule]]
id = "en.related.gull-watch"
role = "related"
scope = "glued"
pattern = '''{{after}}(?P<cut>GULL WATCH: [^.]+\.)'''
why = "Points to a column."
examples = ["The ferry left. GULL WATCH: Ten birds to see."]
counterexamples = []
"""

RULE = {
    "id": f'"{ID}"',
    "role": '"advert"',
    "pattern": "'''(?i)^buy the tide table'''",
    "why": '"Sells a booklet."',
    "examples": '["Buy the tide table today"]',
    "counterexamples": "[]",
}

PROSE = (
    "The ferry between Karsund and the outer islands is running again after two winters in dry dock. It "
    "left the quay at noon on Monday with ninety people on board, the crew said.",
    "Islanders had waited on the slipway since dawn with bread, flags and a brass band, and the mayor had "
    "a speech of eleven pages ready in the pocket of a coat.",
    "The company says the ship will make four crossings a day until October, and two in the winter "
    "months. Tickets cost the same as they did before the engine failed.",
    "Critics on the council say that the repair took too long and cost too much. A report on the matter "
    "is due in the spring, according to the mayor.",
)
PLUG = "Buy the Courier tide table today"
PAGE = "\n\n".join([*PROSE[:2], PLUG, *PROSE[2:]])


def pack(rule: dict[str, str] | None = None, head: str = "", **changed: str) -> str:
    """A pack of one rule in TOML; ``changed`` puts other values in its place."""
    entries = {**(RULE if rule is None else rule), **changed}
    return f"{head}\n[[rule]]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items())


def refusal(text: str) -> str:
    with pytest.raises(RulePackError) as caught:
        parse_pack(text, "karsund.toml")
    return str(caught.value)


def rule_set(text: str) -> RuleSet:
    return RuleSet(parse_pack(text, "karsund.toml"))


def glued(pattern: str, slug: str = "plug", **changed: str) -> str:
    """A pack of one rule that cuts out what ``pattern`` finds."""
    own = {
        "id": f'"en.related.{slug}"',
        "role": '"related"',
        "scope": '"glued"',
        "pattern": f"'''{pattern}'''",
    }
    return pack({**RULE, **own, **changed})


class TestReading:
    def test_a_full_pack(self) -> None:
        tide, gull = parse_pack(PACK, "karsund.toml")
        assert tide == Rule(
            id=ID,
            role=Role.ADVERT,
            pattern=r"(?i)^buy the (?:courier|karsund post) tide table\b",
            why="Sells a booklet.",
            examples=("Buy the Courier tide table today",),
            counterexamples=("The harbour master told crews to buy the Courier tide table.",),
            scope="block",
            weight=9.5,
            min_words=4,
            max_words=12,
        )
        assert (gull.id, gull.role, gull.scope) == ("en.related.gull-watch", Role.RELATED, "glued")

    def test_what_a_rule_leaves_out(self) -> None:
        (rule,) = parse_pack(pack(), "karsund.toml")
        assert (rule.scope, rule.weight, rule.min_words, rule.max_words) == ("block", DEFAULT_WEIGHT, 0, None)

    def test_a_pack_may_be_empty(self) -> None:
        assert parse_pack("", "karsund.toml") == ()

    def test_a_whole_number_will_do_for_a_weight(self) -> None:
        assert parse_pack(pack(weight="3"), "karsund.toml")[0].weight == 3.0

    @pytest.mark.parametrize("as_text", [True, False])
    def test_from_a_file(self, tmp_path: Path, as_text: bool) -> None:
        file = tmp_path / "karsund.toml"
        file.write_text(PACK, encoding="utf-8")
        assert load_pack(str(file) if as_text else file) == parse_pack(PACK, "karsund.toml")

    def test_own_parts_go_before_the_shared_ones(self) -> None:
        assert expand("{{edge}}a", {"edge": "b"}) == "ba"

    def test_parts_may_use_parts(self) -> None:
        assert expand("{{one}}", {"one": "1{{two}}", "two": "2"}) == "12"

    def test_built_in_packs_are_in_order_and_have_ids_of_their_own(self) -> None:
        rules = builtin_packs()
        assert rules
        assert len({rule.id for rule in rules}) == len(rules)


class TestRefusals:
    """Each message names the file; where one rule is to blame, the rule; and the reason."""

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("language = ", "not valid TOML"),
            ("[[rule]]\nid = 1\nid = 2", "not valid TOML"),
            ("lang = 'en'", "unknown key 'lang'"),
            ("rule = 3", "[[rule]] tables"),
            ("[rule]\nid = 'en.app.x'", "[[rule]] tables"),
            ("rule = [3]", "[[rule]] tables"),
            ("define = 3", "[define]"),
            ("[define]\npaper = 3", "[define]"),
            ("language = 3", "language"),
        ],
    )
    def test_of_the_pack(self, text: str, reason: str) -> None:
        message = refusal(text)
        assert message.startswith("karsund.toml: ")
        assert reason in message

    @pytest.mark.parametrize("key", sorted(RULE.keys() - {"id"}))
    def test_of_a_missing_key(self, key: str) -> None:
        message = refusal(pack({k: v for k, v in RULE.items() if k != key}))
        assert message == f"karsund.toml: rule '{ID}': '{key}' is missing"

    def test_of_a_missing_id(self) -> None:
        message = refusal(pack({k: v for k, v in RULE.items() if k != "id"}))
        assert message == "karsund.toml: rule '(without id)': 'id' is missing"

    @pytest.mark.parametrize(
        ("key", "value", "reason"),
        [
            ("colour", '"red"', "unknown key 'colour'"),
            ("role", '"banana"', "unknown role 'banana'"),
            ("role", '""', "'role' must be a non-empty string"),
            ("role", "[]", "'role' must be a non-empty string"),
            ("why", '"  "', "'why' must be a non-empty string"),
            ("why", "1", "'why' must be a non-empty string"),
            ("examples", "[]", "needs at least one example"),
            ("examples", '"Buy the tide table"', "'examples' must be a list of strings"),
            ("examples", "[1]", "'examples' must be a list of strings"),
            ("counterexamples", "{}", "'counterexamples' must be a list of strings"),
            ("scope", '"page"', "scope is 'block' or 'glued', not 'page'"),
            ("scope", "[]", "scope is 'block' or 'glued'"),
            ("weight", "0", "'weight' must be a number above 0, up to 20"),
            ("weight", "-1.5", "'weight' must be a number above 0, up to 20"),
            ("weight", "20.5", "'weight' must be a number above 0, up to 20"),
            ("weight", "nan", "'weight' must be a number above 0, up to 20"),
            ("weight", "inf", "'weight' must be a number above 0, up to 20"),
            ("weight", "true", "'weight' must be a number above 0, up to 20"),
            ("weight", '"6"', "'weight' must be a number above 0, up to 20"),
            ("min_words", "-1", "'min_words' must be a whole number, 0 or more"),
            ("min_words", "true", "'min_words' must be a whole number, 0 or more"),
            ("max_words", "2.5", "'max_words' must be a whole number, 0 or more"),
            ("max_words", '"9"', "'max_words' must be a whole number, 0 or more"),
            ("header", '"yes"', "'header' must be true or false"),
        ],
    )
    def test_of_a_wrong_value(self, key: str, value: str, reason: str) -> None:
        message = refusal(pack({**RULE, key: value}))
        assert message.startswith(f"karsund.toml: rule '{ID}': ")
        assert reason in message

    @pytest.mark.parametrize(
        "name",
        [
            *("tide-table", "en.advert", "EN.advert.tide", "en.advert.tide table", "en.advert.tide_table"),
            *("en..x", "e.a.b", "en.advert.tide-", "en.advert.-tide", "english.advert.tide"),
            *("en.advert.tide.table", "en.advert.été"),
        ],
    )
    def test_of_a_bad_id(self, name: str) -> None:
        message = refusal(pack(id=f'"{name}"'))
        assert message.startswith(f"karsund.toml: rule '{name}': ")
        assert "language.role.slug" in message

    @pytest.mark.parametrize("value", ["3", '""', "[]"])
    def test_of_an_id_that_is_no_text(self, value: str) -> None:
        assert "'id' must be a non-empty string" in refusal(pack(id=value))

    @pytest.mark.parametrize(
        ("pattern", "reason"),
        [
            ("a(?=b)", "RE2 does not take the pattern"),
            ("(?<!a)b", "RE2 does not take the pattern"),
            (r"(a)\1", "RE2 does not take the pattern"),
            ("(a", "missing )"),
            ("[a", "missing ]"),
            ("*a", "RE2 does not take the pattern"),
            ("a{2000}", "repetition"),
            ("{{nowhere}}", "unknown part {{nowhere}}"),
            ("{{Nowhere}}", "unknown part {{Nowhere}}"),
            ("{{letter2}}", "unknown part {{letter2}}"),
        ],
    )
    def test_of_a_bad_pattern(self, pattern: str, reason: str) -> None:
        message = refusal(pack(pattern=f"'''{pattern}'''"))
        assert message.startswith(f"karsund.toml: rule '{ID}': ")
        assert reason in message

    @pytest.mark.parametrize(
        "head", ["[define]\na = '''x{{a}}'''", "[define]\na = '''{{b}}'''\nb = '''{{c}}'''\nc = '''{{a}}'''"]
    )
    def test_of_parts_in_a_circle(self, head: str) -> None:
        message = refusal(pack(head=head, pattern="'''{{a}}'''"))
        assert message == f"karsund.toml: rule '{ID}': parts that name each other in a circle"

    def test_of_bounds_that_nothing_can_meet(self) -> None:
        message = refusal(pack(min_words="9", max_words="3"))
        assert message.startswith(f"karsund.toml: rule '{ID}': ")

    def test_of_a_doubled_id(self) -> None:
        assert refusal(pack() + pack()) == f"karsund.toml: rule '{ID}' stands there twice"

    def test_only_the_broken_rule_is_named(self) -> None:
        message = refusal(pack(id='"en.app.good"') + pack(role='"banana"'))
        assert f"rule '{ID}'" in message
        assert "en.app.good" not in message

    def test_is_a_value_error_too(self) -> None:
        with pytest.raises(ValueError, match=r"karsund\.toml"):
            parse_pack("=", "karsund.toml")


class TestFilesRefused:
    @pytest.mark.parametrize("name", ["missing.toml", ""])
    def test_a_missing_file_or_a_folder(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(RulePackError, match="cannot be read") as caught:
            load_pack(tmp_path / name)
        assert str(tmp_path / name) in str(caught.value)

    def test_a_file_that_is_not_utf8(self, tmp_path: Path) -> None:
        file = tmp_path / "karsund.toml"
        file.write_bytes(PACK.replace("booklet", "café").encode("latin-1"))
        with pytest.raises(RulePackError, match="cannot be read") as caught:
            load_pack(file)
        assert str(file) in str(caught.value)

    def test_a_broken_rule_in_a_file_names_the_file(self, tmp_path: Path) -> None:
        file = tmp_path / "karsund.toml"
        file.write_text(pack(role='"banana"'), encoding="utf-8")
        with pytest.raises(RulePackError, match=re.escape(f"{file}: rule '{ID}': unknown role 'banana'")):
            load_pack(file)

    def test_a_cleaner_refuses_it_in_the_same_words(self, tmp_path: Path) -> None:
        file = tmp_path / "karsund.toml"
        file.write_text("=", encoding="utf-8")
        with pytest.raises(RulePackError, match="not valid TOML"):
            Cleaner(packs=[file])


class TestEvidence:
    def test_of_a_rule_that_matches(self) -> None:
        assert rule_set(PACK).evidence("Buy the Courier tide table today", 6) == [
            newsclean.Evidence(ID, Role.ADVERT, 9.5, "Sells a booklet.")
        ]

    @pytest.mark.parametrize(("words", "found"), [(3, 0), (4, 1), (12, 1), (13, 0)])
    def test_bounds_on_words_are_inclusive(self, words: int, found: int) -> None:
        assert len(rule_set(PACK).evidence("Buy the Courier tide table today", words)) == found

    def test_of_nothing(self) -> None:
        assert rule_set(PACK).evidence("The ferry is back.", 4) == []
        assert rule_set(PACK).evidence("", 0) == []
        assert RuleSet(()).evidence("Buy the Courier tide table", 5) == []

    def test_glued_rules_say_nothing_of_whole_blocks(self) -> None:
        assert rule_set(PACK).evidence("GULL WATCH: Ten birds to see.", 6) == []

    def test_all_rules_that_match_are_heard_in_the_order_of_the_pack(self) -> None:
        text = (
            pack(id='"en.app.b"', pattern="'b'") + pack(id='"en.app.x"', pattern="'x'") + pack(pattern="'a'")
        )
        assert [e.rule_id for e in rule_set(text).evidence("ab", 1)] == ["en.app.b", ID]


class TestCuts:
    def test_the_group_cut_is_cut_out(self) -> None:
        text = "The ferry left. GULL WATCH: Ten birds to see. Then it came back."
        (cut,) = rule_set(PACK).cuts(text)
        assert text[cut.start : cut.end] == "GULL WATCH: Ten birds to see."
        assert cut.rule.id == "en.related.gull-watch"

    def test_without_the_group_the_whole_match_is_cut(self) -> None:
        (cut,) = rule_set(glued("READ: [a-z ]+")).cuts("One. READ: more of it. Two.")
        assert (cut.start, cut.end) == (5, 21)

    def test_white_space_is_not_part_of_a_cut(self) -> None:
        (cut,) = rule_set(glued(r"\s*READ MORE\s*")).cuts("One.  READ MORE  Two.")
        assert (cut.start, cut.end) == (6, 15)

    def test_every_occurrence_is_cut(self) -> None:
        assert [(c.start, c.end) for c in rule_set(glued("READ")).cuts("READ a READ b READ")] == [
            (0, 4),
            (7, 11),
            (14, 18),
        ]

    def test_an_empty_match_cuts_nothing(self) -> None:
        assert rule_set(glued("x*")).cuts("abc") == []

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("é – “ü” READ", (8, 12)), ("渡轮🚢READ", (3, 7)), ("\U0001f6a2 e\u0301 READ", (5, 9))],
    )
    def test_offsets_count_characters_not_bytes(self, text: str, expected: tuple[int, int]) -> None:
        (cut,) = rule_set(glued("READ")).cuts(text)
        assert (cut.start, cut.end) == expected

    @pytest.mark.parametrize(
        ("plug", "found"), [("READ it", 0), ("READ it now", 1), ("READ it now please", 0)]
    )
    def test_bounds_count_the_words_of_the_cut(self, plug: str, found: int) -> None:
        rules = rule_set(glued("READ [a-z ]+", min_words="3", max_words="3"))
        assert len(rules.cuts(f"A long sentence stands here. {plug}.")) == found

    def test_of_overlapping_cuts_the_one_that_starts_first_stays(self) -> None:
        rules = rule_set(glued("b c d", "late") + glued("a b c", "early"))
        assert [(c.start, c.end, c.rule.id) for c in rules.cuts("a b c d")] == [(0, 5, "en.related.early")]

    def test_of_cuts_that_start_together_the_longest_stays(self) -> None:
        rules = rule_set(glued("a b", "short") + glued("a b c", "long"))
        assert [(c.start, c.end, c.rule.id) for c in rules.cuts("a b c d")] == [(0, 5, "en.related.long")]

    def test_of_equal_cuts_the_first_rule_stays(self) -> None:
        rules = rule_set(glued("a b", "one") + glued("a b", "two"))
        assert [c.rule.id for c in rules.cuts("a b")] == ["en.related.one"]

    def test_cuts_that_touch_both_stay(self) -> None:
        rules = rule_set(glued("ab", "one") + glued("cd", "two"))
        assert [(c.start, c.end) for c in rules.cuts("abcd")] == [(0, 2), (2, 4)]

    def test_block_rules_cut_nothing(self) -> None:
        assert rule_set(PACK).cuts("Buy the Courier tide table today") == []


SIMPLE = st.sampled_from(
    [
        "a",
        "b",
        "^a",
        "^(?:ab|é)",
        "^a|(?i)^é",
        "^a|b",
        "(?i)^[|)]*a",
        "b$",
        "ab",
        "a+b?",
        "[^a]",
        "(?i)A",
        r"\d",
        r"\s",
        "é",
        r"\p{Lu}",
        "^$",
        "a|b",
        "(?:ab){2}",
        "🚢",
    ]
)


THOUSAND = [f"[a-c]{{{i % 7}}}{letter}" for i in range(250) for letter in "abcé"]
THOUSAND_SET = PatternSet(THOUSAND)


class TestPatternSet:
    def test_gives_the_indexes_in_order(self) -> None:
        assert PatternSet(["z", "b", "a", "(?i)É"]).matches("ab é") == [1, 2, 3]

    def test_no_match(self) -> None:
        assert PatternSet(["z"]).matches("ab") == []

    def test_no_patterns(self) -> None:
        assert PatternSet([]).matches("ab") == []

    @settings(deadline=None)
    @given(st.lists(SIMPLE, max_size=8), st.text(alphabet="abAéÉ1 \n🚢", max_size=20))
    def test_agrees_with_each_pattern_alone(self, some: list[str], text: str) -> None:
        alone = [i for i, p in enumerate(some) if compile_pattern(p).search(text)]
        assert PatternSet(some).matches(text) == alone

    @settings(deadline=None)
    @given(st.text(alphabet="abcé 🚢", max_size=20))
    def test_a_thousand_patterns_are_not_too_many(self, text: str) -> None:
        assert THOUSAND_SET.matches(text) == [i for i, p in enumerate(THOUSAND) if re.search(p, text)]

    def test_patterns_too_large_for_one_set_are_matched_in_more(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(patterns, "_SET_MEMORY", (8 << 20,))
        large = [rf"(?:\p{{L}}{{1,9}} ){{1,5}}{digit}" for digit in range(8)]
        with pytest.raises(PatternError, match="8 patterns are too large"):
            patterns._compile_set(large)
        assert PatternSet(large).matches("Bread, flags and a 3 and a 5") == [3, 5]

    @pytest.mark.parametrize(
        ("pattern", "anchored"),
        [
            ("^a", True),
            ("(?i)^a", True),
            ("^a|^b", True),
            ("^(?:a|b)", True),
            ("^[|]a", True),
            (r"^\|a", True),
            ("a", False),
            ("^a|b", False),
            ("(?:^a)", False),
            ("^(a)|b", False),
            ("^((a)|b)|^c", True),
            ("^((a)|b)|c", False),
            (r"^\\|a", False),
            ("^[^|]|a", False),
        ],
    )
    def test_tells_whether_a_pattern_matches_at_the_start_only(self, pattern: str, anchored: bool) -> None:
        assert patterns.is_anchored(pattern) is anchored

    @pytest.mark.parametrize("pattern", ["(", "a(?=b)", r"\1"])
    def test_a_bad_pattern_is_refused(self, pattern: str) -> None:
        with pytest.raises(PatternError):
            compile_pattern(pattern)


class TestOwnPacks:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "karsund.toml"
        file.write_text(PACK, encoding="utf-8")
        return file

    def test_a_block_rule_removes_its_line_and_says_why(self, file: Path) -> None:
        document = Cleaner(packs=[file]).clean(PAGE)
        assert document.paragraphs == PROSE
        (removal,) = document.removed
        assert (removal.text, removal.role, removal.rule_id) == (PLUG, Role.ADVERT, ID)
        assert removal.why == "Sells a booklet."
        assert PAGE[removal.span.start : removal.span.end] == PLUG

    def test_a_glued_rule_cuts_its_plug_out_of_a_paragraph(self, file: Path) -> None:
        page = "\n\n".join([PROSE[0] + " GULL WATCH: Ten birds to see.", *PROSE[1:]])
        document = Cleaner(packs=[file]).clean(page)
        assert document.paragraphs == PROSE
        (removal,) = document.removed
        assert (removal.text, removal.rule_id) == ("GULL WATCH: Ten birds to see.", "en.related.gull-watch")
        assert page[removal.span.start : removal.span.end] == removal.text

    def test_prose_that_shares_the_words_stays(self, file: Path) -> None:
        counterexample = "The harbour master told crews to buy the Courier tide table."
        page = PAGE.replace(PLUG, counterexample)
        assert Cleaner(packs=[file]).clean(page).text == page

    @pytest.mark.parametrize("as_text", [True, False])
    def test_one_path_needs_no_list(self, file: Path, as_text: bool) -> None:
        path: Any = str(file) if as_text else file
        assert Cleaner(packs=path).clean(PAGE).paragraphs == PROSE

    def test_the_default_cleaner_is_not_touched(self, file: Path) -> None:
        before = newsclean.clean(PAGE)
        Cleaner(packs=[file]).clean(PAGE)
        assert newsclean.clean(PAGE) == before

    def test_own_rules_come_after_the_built_in_ones(self, file: Path) -> None:
        assert Cleaner(packs=[file]).rules.rules == (*builtin_packs(), *load_pack(file))

    def test_an_id_of_the_built_in_packs_is_refused(self, tmp_path: Path) -> None:
        taken = builtin_packs()[0].id
        file = tmp_path / "karsund.toml"
        file.write_text(pack(id=f'"{taken}"'), encoding="utf-8")
        with pytest.raises(RulePackError, match=re.escape(taken)):
            Cleaner(packs=[file])

    def test_the_same_pack_twice_is_refused(self, file: Path) -> None:
        with pytest.raises(RulePackError, match=re.escape(ID)):
            Cleaner(packs=[file, file])


class TestWithout:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "karsund.toml"
        file.write_text(PACK, encoding="utf-8")
        return file

    @pytest.mark.parametrize("name", [ID, "en.advert"])
    def test_a_rule_switched_off_says_nothing(self, file: Path, name: str) -> None:
        cleaner = Cleaner(packs=[file], without=[name])
        document = cleaner.clean(PAGE)
        assert ID not in {e.rule_id for b in document.blocks for e in b.evidence}
        assert ID not in {rule.id for rule in cleaner.rules.rules}
        assert "en.related.gull-watch" in {rule.id for rule in cleaner.rules.rules}

    def test_a_prefix_takes_whole_parts_only(self, tmp_path: Path) -> None:
        file = tmp_path / "karsund.toml"
        file.write_text(pack(id='"qq.ad.one"') + pack(id='"qq.advert.one"'), encoding="utf-8")
        left = {rule.id for rule in Cleaner(packs=[file], without=["qq.ad"]).rules.rules}
        assert "qq.ad.one" not in left
        assert "qq.advert.one" in left

    def test_a_prefix_may_end_with_its_dot(self) -> None:
        dotted, bare = Cleaner(without=["en.newsletter."]), Cleaner(without=["en.newsletter"])
        assert dotted.rules.rules == bare.rules.rules
        assert len(bare.rules.rules) < len(Cleaner().rules.rules)

    def test_one_name_needs_no_list(self) -> None:
        assert Cleaner(without="en.newsletter").rules.rules == Cleaner(without=["en.newsletter"]).rules.rules

    @pytest.mark.parametrize("name", ["en.newsletr", "en.news", "", "*", "structure.ending"])
    def test_a_name_that_no_rule_has_is_refused(self, name: str) -> None:
        with pytest.raises(ValueError, match=re.escape(repr(name))):
            Cleaner(without=[name])


class TestPickling:
    def test_rule(self) -> None:
        rule = parse_pack(PACK, "karsund.toml")[0]
        assert pickle.loads(pickle.dumps(rule)) == rule  # noqa: S301 - pickled right here

    def test_rule_set(self) -> None:
        rules = rule_set(PACK)
        copy = pickle.loads(pickle.dumps(rules))  # noqa: S301 - pickled right here
        assert copy.rules == rules.rules
        text = "Buy the Courier tide table. GULL WATCH: Ten birds to see."
        assert copy.evidence(text, 10) == rules.evidence(text, 10) != []
        assert copy.cuts(text) == rules.cuts(text) != []

    def test_cleaner(self, tmp_path: Path) -> None:
        file = tmp_path / "karsund.toml"
        file.write_text(PACK, encoding="utf-8")
        cleaner = Cleaner(packs=[file], without=["en.newsletter"], mode="keep-more", max_chars=5000)
        data = pickle.dumps(cleaner)
        file.unlink()
        copy = pickle.loads(data)  # noqa: S301 - pickled right here
        assert (copy.mode, copy.max_chars, copy.rules.rules) == ("keep-more", 5000, cleaner.rules.rules)
        assert copy.clean(PAGE) == cleaner.clean(PAGE)
