"""The measures of passages, the trees over them, and the evidence that they become."""

from __future__ import annotations

import json
import operator
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean
from benchmarks import fit_structure
from benchmarks.corpus import Gold, Paragraph, Record
from newsclean import decide
from newsclean.evidence import Evidence, Role
from newsclean.measures import Measures, measure_page
from newsclean.structure import TELLING, TEXT_MEASURES, read_structure
from newsclean.textpage import read_text
from newsclean.trees import Trees, model, read_model

PROSE = (
    "The bridge over the Arle was closed on Monday after a lorry had struck its oldest pillar, and it will "
    "stay closed until the engineers of the county have looked at every stone of it.",
    "Nobody was hurt when the lorry, which had lost its brakes on the hill above the town, came to a stand "
    "in the river with its load of flour still on it.",
    "The council said that the repair of the pillar would take a month, and that the ferry would run every "
    "ten minutes from six in the morning until the last train has come.",
)
MENU = ("Home", "News", "Sport", "Weather")
RELATED = Evidence("test.related", Role.RELATED, 6.0, "A test says so.")
CAPTION = Evidence("test.caption", Role.CAPTION, 7.0, "A test says so.")

TWO_TREES = [
    # leaf 0: neither; 1: many words; 2: much prose; 3: both
    {"ask": ["words > 10.5", "prose > 0.5"], "leaves": [-1.0, 0.0, 0.5, 2.0], "passages": [2, 2, 0, 4]},
    {"ask": ["words > 2.5", "words > 20.5"], "leaves": [0.25, 0.75, 0.0, 1.0], "passages": [1, 1, 0, 2]},
]


def measures_of(*lines: str, said: dict[int, Evidence] | None = None) -> Measures:
    page = read_text("\n\n".join(lines))
    assert len(page.passages) == len(lines)
    return measure_page(page, [[said[i]] if said and i in said else [] for i in range(len(lines))])


class TestMeasures:
    def test_has_every_measure_once_for_each_passage(self) -> None:
        columns = measures_of(*MENU, *PROSE).columns
        assert set(TEXT_MEASURES) == set(columns)
        assert len(TEXT_MEASURES) == len(set(TEXT_MEASURES))
        assert {len(column) for column in columns.values()} == {len(MENU) + len(PROSE)}
        assert all(np.isfinite(column).all() for column in columns.values())

    def test_counts_words_and_what_stands_beside(self) -> None:
        columns = measures_of("One two three", "Four five", PROSE[0]).columns
        assert columns["words"].tolist() == [3, 2, 35]
        assert columns["words-next"].tolist() == [2, 35, -1]
        assert columns["words-second-previous"].tolist() == [-1, -1, 3]
        assert columns["mean-words-after"].tolist() == [18.5, 35, 0]
        assert columns["page-words"].tolist() == [40, 40, 40]

    def test_finds_the_main_run_of_prose(self) -> None:
        columns = measures_of(*MENU, *PROSE, *MENU).columns
        assert columns["from-core-start"].tolist() == [i - 4 for i in range(11)]
        assert columns["from-core-end"].tolist() == [i - 7 for i in range(11)]
        assert columns["stretch"].tolist() == [4, 4, 4, 4, 0, 0, 0, 4, 4, 4, 4]
        assert columns["repeated"].tolist() == [2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2]

    def test_tells_how_far_furniture_is(self) -> None:
        columns = measures_of(*PROSE, "Related", "A headline", said={3: RELATED}).columns
        assert columns["related-until"].tolist() == [3, 2, 1, 40, 40]
        assert columns["related-since"].tolist() == [40, 40, 40, 40, 1]
        assert columns["related-count"].tolist() == [0, 0, 0, 0, 1]
        assert columns["furniture-next"].tolist() == [0, 0, 6, 0, -1]
        assert columns["furniture-near"].tolist() == [1, 1, 1, 0, 1]

    def test_takes_captions_for_landmarks_and_not_for_furniture(self) -> None:
        columns = measures_of(*PROSE, said={1: CAPTION}).columns
        assert columns["caption-until"].tolist() == [1, 40, 40]
        assert columns["furniture-near"].tolist() == [0, 0, 0]

    def test_sure_furniture_is_no_prose(self) -> None:
        assert measures_of(*PROSE, said={1: RELATED}).columns["prose"][1] == 0

    def test_knows_a_page_of_prose_and_one_without(self) -> None:
        assert measures_of(*PROSE).plain_story == [True, True, True]
        assert measures_of(*PROSE).has_prose
        assert measures_of(*MENU).plain_story == [False] * 4
        assert not measures_of(*MENU).has_prose

    def test_one_passage_has_no_neighbours(self) -> None:
        columns = measures_of(PROSE[0]).columns
        assert columns["words-next"].tolist() == columns["words-previous"].tolist() == [-1]
        assert columns["around"].tolist() == [0]


COLUMNS = {"words": np.array([1.0, 12.0, 30.0]), "prose": np.array([0.0, 0.2, 0.9])}


class TestTrees:
    def test_add_up_to_the_leaves_that_the_answers_lead_to(self) -> None:
        trees = Trees.from_table(TWO_TREES)
        reached = trees.reach(COLUMNS)
        sums = trees.sums(reached)
        assert trees.contributions(reached).sum(axis=1) + trees.base == pytest.approx(sums)
        # 1 word: leaves 0 and 0; 12 words: leaf 1 of both; 30 words and prose: leaf 3 of both
        assert sums == pytest.approx([-1.0 + 0.25, 0.0 + 0.75, 2.0 + 1.0])

    def test_begin_with_the_mean_of_the_passages_that_they_were_fitted_to(self) -> None:
        first = (2 * -1.0 + 2 * 0.0 + 4 * 2.0) / 8
        second = (0.25 + 0.75 + 2 * 1.0) / 4
        assert Trees.from_table(TWO_TREES).base == pytest.approx(first + second, abs=1e-5)

    def test_say_what_each_measure_added(self) -> None:
        trees = Trees.from_table(TWO_TREES[:1])
        assert trees.names == ("prose", "words")
        prose, words = trees.contributions(trees.reach(COLUMNS))[2]
        # many words: from the mean, 0.75, to that of leaves 1 and 3, 8/6; much prose: from there to leaf 3
        assert words == pytest.approx(8 / 6 - 0.75, abs=1e-5)
        assert prose == pytest.approx(2.0 - 8 / 6, abs=1e-5)

    def test_are_read_from_what_the_fit_writes(self, tmp_path: Path) -> None:
        file = tmp_path / "structure.json"
        fit_structure.write(TWO_TREES, file, "two trees by hand")
        data = json.loads(file.read_text(encoding="utf-8"))
        assert data["about"].startswith("two trees by hand")
        read = read_model(data)
        assert read.trees.base == Trees.from_table(TWO_TREES).base
        assert set(read.costs) == {"open", "close", "reopen", "aside"}

    def test_are_taken_over_from_the_library_that_fits_them(self) -> None:
        assert fit_structure.rows_of(EXPORTED) == [
            {"ask": ["words > 7.5", "prose > 0.25"], "leaves": [-2, 0, 0.5, 1], "passages": [9, 0, 1, 20]}
        ]

    def test_with_a_bias_are_refused(self) -> None:
        with pytest.raises(ValueError, match="no bias"):
            fit_structure.rows_of({**EXPORTED, "scale_and_bias": [1, [0.5]]})


EXPORTED: dict[str, Any] = {
    "features_info": {"float_features": [{"feature_id": "prose"}, {"feature_id": "words"}]},
    "oblivious_trees": [
        {
            "leaf_values": [-1, 0, 0.25, 0.5],
            "leaf_weights": [9.2, 0, 1, 20],
            "splits": [
                {"border": 7.5, "float_feature_index": 1},
                {"border": 0.25, "float_feature_index": 0},
            ],
        }
    ],
    "scale_and_bias": [2, [0]],
}


class TestEvidence:
    def test_of_the_model_asks_only_known_measures(self) -> None:
        assert set(model("structure").trees.names) <= set(TEXT_MEASURES)

    def test_adds_up_to_the_weight_but_for_what_is_too_little_to_tell(self) -> None:
        found = read_structure(measures_of(*MENU, *PROSE))
        for i, weight in enumerate(found.weights):
            evidence = found.evidence(i)
            assert all(e.role is Role.BODY and abs(e.weight) >= 0.1 for e in evidence)
            untold = 0.1 * 20 + abs(model("structure").trees.base)
            assert abs(sum(e.weight for e in evidence) - weight) <= untold

    def test_speaks_for_prose_and_against_a_menu(self) -> None:
        weights = read_structure(measures_of(*MENU, *PROSE)).weights
        assert max(weights[:4]) < min(weights[4:])

    def test_does_not_outweigh_a_rule_that_is_sure(self) -> None:
        page = "\n\n".join((*PROSE, "Download our app from the App Store or Google Play.", *PROSE[:2]))
        document = newsclean.clean(page)
        assert [r.text for r in document.removed] == ["Download our app from the App Store or Google Play."]


class TestFit:
    def test_measures_the_passages_of_a_record(self) -> None:
        page = "\n\n".join((*MENU, *PROSE))
        gold = Gold(body=tuple(Paragraph(text) for text in PROSE))
        record = Record("arle-1", "arle", "The Arle Post", "en", html=None, text=page, gold=gold)
        [example] = fit_structure._text_examples(record, 0)
        assert example.body.tolist() == [0, 0, 0, 0, 1, 1, 1]
        assert example.values.shape == (7, len(TEXT_MEASURES))
        assert example.rules[-1] == 0
        assert example.weights[0] < example.weights[-1]

    def test_asks_the_extractors_where_the_gold_has_only_snippets(self) -> None:
        inside = "".join(f"<p>{text}</p>" for text in PROSE * 2)
        page = f"<html><body><ul><li>Weather</li></ul><article>{inside}</article></body></html>"
        gold = Gold(required=(PROSE[0][:30],), forbidden=("Weather",))
        record = Record("arle-2", "arle", "The Arle Post", "en", html=page, text=None, gold=gold)
        [example] = fit_structure._text_examples(record, 0)
        assert example.body.tolist() == [0, 1, 1, 1, 1, 1, 1]


class TestThreshold:
    @settings(deadline=None)
    @given(
        st.lists(st.tuples(st.floats(0.0, 1.0), st.integers(0, 60)), min_size=1, max_size=9),
        st.sampled_from([0.5, 1.0, 1.1, 2.0]),
    )
    def test_keeps_what_makes_the_expected_f_measure_largest(
        self, passages: list[tuple[float, int]], beta: float
    ) -> None:
        chances, words = zip(*passages, strict=True)

        def expected(kept: Sequence[int]) -> float:
            right = sum(chances[i] * words[i] for i in kept)
            whole = sum(words[i] for i in kept) + beta**2 * sum(map(operator.mul, chances, words))
            return (1 + beta**2) * right / whole if right else 0.0

        threshold = decide.best_threshold(chances, words, beta)
        if max(chances) < 0.4:
            assert threshold == 1.0
            return
        every = range(len(passages))
        best = max(expected(kept) for size in every for kept in combinations(every, size + 1))
        assert expected([i for i in every if chances[i] >= threshold - 1e-9]) == pytest.approx(best)

    def test_is_lower_on_a_page_that_is_not_clear(self) -> None:
        clear = decide.best_threshold([0.99, 0.98, 0.97, 0.01], [40] * 4, 1.0)
        unclear = decide.best_threshold([0.7, 0.6, 0.4, 0.3], [40] * 4, 1.0)
        assert 0.48 < clear < 0.5
        assert unclear < 0.4


STORY = (
    "The night ferry to Averly sailed again on Monday, with ninety people and one piano on board, and the "
    "harbour master rang the bell that had hung silent since the engine failed.",
    "Islanders had waited on the slipway since dawn with bread, flags and a brass band, and the mayor had a "
    "speech of eleven pages ready in the pocket of a coat that had seen better years.",
    "The company says that the ship will make four crossings a day until October and two in the winter, and "
    "that tickets will cost what they cost before the engine failed.",
)


def test_what_tells_most_comes_first() -> None:
    """For a part that is kept, what a person would name; for one that is not, what speaks most against it."""
    menu = ("Home", "Harbour", "Weather", "Sport", "Letters", "Tides")
    document = newsclean.clean("\n\n".join([*menu, "Night ferry sails again", *STORY, *menu]))
    kept = next(b for b in document.blocks if b.text == STORY[0])
    told = [e for e in kept.evidence if e.rule_id.startswith("structure.")]
    assert told == sorted(told, key=lambda e: (e.rule_id not in TELLING, -e.weight))
    assert told != sorted(told, key=lambda e: -e.weight)
    left_out = next(b for b in document.blocks if b.text == "Harbour")
    against = [e for e in left_out.evidence if e.role is Role.BODY]
    assert against == sorted(against, key=lambda e: e.weight)
    assert against[0].weight < against[-1].weight
