"""Which languages a page speaks, and which rules are asked on it."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

from newsclean import Role
from newsclean.language import spoken, told_languages
from newsclean.rules import Rule, RuleSet
from newsclean.textpage import read_text

sys.path.insert(0, str(Path(__file__).parent))
import carrier

STORIES = {"en": carrier.BODY} | {name: "\n\n".join(parts) for name, parts in carrier.ARTICLES.items()}
RELATIVES = {"da": "no", "no": "da"}
MENU = "Home\nNews and sport\nSign in\nThe best of the week\nAbout us\nWhat we do\n\n"


def languages(page: str) -> frozenset[str]:
    return spoken(read_text(page).passages)


@pytest.mark.parametrize("language", list(STORIES))
def test_the_language_of_a_story(language: str) -> None:
    expected = {frozenset({language}), frozenset({language, RELATIVES.get(language, language)})}
    assert languages(STORIES[language]) in expected
    assert languages(MENU + STORIES[language]) in expected


def test_two_languages_on_one_page() -> None:
    assert languages("\n\n".join((*carrier.BEFORE, STORIES["de"]))) == {"en", "de"}


@pytest.mark.parametrize(
    "page", ["", "Ferry sails", MENU, "Xqz vwk prr tll mnn zzx kkw qqr ttz vvk llm ppr" * 9]
)
def test_too_little_tells_nothing(page: str) -> None:
    assert languages(page) == frozenset()


def rule(language: str, word: str) -> Rule:
    return Rule(f"{language}.advert.{word}", Role.ADVERT, f"(?i)^{word}$", "An advert.", (word,), ())


def test_rules_are_asked_in_the_languages_of_the_page() -> None:
    rules = RuleSet([rule(name, "ferry") for name in ("und", "en", "de", "fr", "xx")])

    def asked(*spoken_there: str) -> set[str]:
        return {e.rule_id[:2] for e in rules.speaking(frozenset(spoken_there)).evidence("Ferry", 1)}

    assert asked("de") == {"un", "en", "de", "xx"}  # nothing can tell whether a page speaks xx
    assert asked("en") == {"un", "en", "xx"}
    assert asked("de", "fr") == {"un", "en", "de", "fr", "xx"}
    assert asked() == {"un", "en", "de", "fr", "xx"}
    copied = pickle.loads(pickle.dumps(rules))  # noqa: S301 - our own
    assert copied.rules == rules.rules


def test_every_pack_is_in_a_language_that_can_be_told() -> None:
    from newsclean.rules import builtin_packs

    assert {r.language for r in builtin_packs()} - {"und"} <= told_languages()
