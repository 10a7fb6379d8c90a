"""Everything that can decide what a part of a page is, in one list, for people who look an id up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from newsclean.data import table
from newsclean.rules.loader import Rule, builtin_packs, load_pack

_SEARCHED = ("id", "role", "why", "kind")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be named as a ``rule_id``.

    ``kind`` is "rule" (of a pack), "credit form", "caption sign", "element", "structure" (a family of
    measures, weighed by fitted trees) or "finding" (of the module ``where``). ``language`` is "und" where it
    is the same for all. ``weight`` is None where it depends on the page. ``pattern`` is RE2, with its parts
    put in but for credit forms, where lists of words are ``{{named}}``. An id that two parts of newsclean use
    has both reasons in ``why``, with a slash between them.
    """

    id: str
    kind: str
    role: str | None
    why: str
    language: str = "und"
    weight: float | None = None
    pattern: str | None = None
    scope: str | None = None
    min_words: int | None = None
    max_words: int | None = None
    header: bool = False
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    where: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The entry as a plain dict."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**told, "examples": list(self.examples), "counterexamples": list(self.counterexamples)}


def catalogue(packs: Iterable[str | Path] = ()) -> tuple[Entry, ...]:
    """All entries, by id: those that come with newsclean, and the rules of ``packs``.

    Raises RulePackError for a broken pack.
    """
    rules = [*builtin_packs(), *(rule for pack in packs for rule in load_pack(pack))]
    entries = [*map(_of_rule, rules), *_credit_forms(), *_signs(), *_elements(), *_structure(), *_findings()]
    by_id: dict[str, Entry] = {}
    for entry in entries:
        same = by_id.get(entry.id)
        by_id[entry.id] = replace(same, why=f"{same.why} / {entry.why}") if same else entry
    return tuple(by_id[rule_id] for rule_id in sorted(by_id))


def search(
    entries: Iterable[Entry],
    words: Iterable[str] = (),
    *,
    role: str | None = None,
    language: str | None = None,
) -> list[Entry]:
    """The entries of a role and a language in which every word stands.

    A word with a dot is an id or how ids begin; any other stands in the id, the role, the reason, the
    pattern or an example, in small or large letters.
    """
    wanted = [word.lower() for word in words]
    return [
        entry
        for entry in entries
        if (role is None or entry.role == role)
        and (language is None or entry.language == language)
        and all(_holds(entry, word) for word in wanted)
    ]


def _holds(entry: Entry, word: str) -> bool:
    if "." in word.strip(".") and " " not in word:
        return entry.id == word or entry.id.startswith(word)
    texts = (entry.id, entry.kind, entry.role, entry.why, entry.pattern, *entry.examples)
    return any(word in text.lower() for text in texts if text)


def _of_rule(rule: Rule) -> Entry:
    return Entry(
        *(rule.id, "rule", rule.role.value, rule.why, rule.language, rule.weight, rule.pattern, rule.scope),
        *(rule.min_words, rule.max_words, rule.header, rule.examples, rule.counterexamples),
    )


def _credit_forms() -> Iterator[Entry]:
    from newsclean.captions.forms import forms

    rows = {row["id"]: row for row in table("credit_forms")["form"]}
    for form in forms():
        row = rows[form.id]
        yield Entry(
            *(form.id, "credit form", "caption", form.why),
            weight=form.weight,
            pattern=row["pattern"],
            examples=tuple(example["line"] for example in row["examples"]),
            counterexamples=tuple(row.get("counterexamples", ())),
            where="newsclean/data/credit_forms.toml",
        )


def _signs() -> Iterator[Entry]:
    from newsclean.captions.evidence import signs

    for pattern, told in signs():
        yield Entry(
            told.rule_id, "caption sign", told.role.value, told.why, weight=told.weight, pattern=pattern,
            where="newsclean.captions.evidence",
        )  # fmt: skip


def _elements() -> Iterator[Entry]:
    from newsclean.elements import NAMED

    for name, (role, why) in NAMED.items():
        yield Entry(f"element.{name}", "element", role.value, why, where="newsclean.elements")


def _structure() -> Iterator[Entry]:
    from newsclean.structure import reasons

    for name, why in reasons():
        yield Entry(name, "structure", "body", why, where="newsclean.structure")


def _findings() -> Iterator[Entry]:
    for row in table("findings")["finding"]:
        yield Entry(row["id"], "finding", row.get("role"), row["why"], where=f"newsclean.{row['where']}")
