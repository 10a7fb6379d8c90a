"""The forms in which credits are printed, and how a caption and its credit are taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from newsclean.captions.credits import is_agency
from newsclean.captions.needs import is_credible
from newsclean.captions.words import either, narrow, parts, words_of
from newsclean.data import table
from newsclean.rules.patterns import Pattern, PatternSet, compile_pattern, expand

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class CreditForm:
    """One way in which credits are printed, as credit_forms.toml has it."""

    id: str
    why: str
    weight: float
    pattern: str = field(repr=False)
    needs: frozenset[str] = frozenset()
    known: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A caption taken apart: offsets into ``Passage.plain``, the form that was seen, and the label word."""

    text: tuple[int, int]
    credit: tuple[int, int] | None
    form: CreditForm | None
    label: str = ""


@cache
def forms() -> tuple[CreditForm, ...]:
    """The forms of credit_forms.toml, in order."""
    named = parts()
    return tuple(
        CreditForm(
            row["id"],
            row["why"],
            row["weight"],
            expand(row["pattern"], named),
            frozenset(row.get("needs", ())),
            row.get("known", False),
        )
        for row in table("credit_forms")["form"]
    )


@cache
def _together(known: bool) -> PatternSet:
    return PatternSet([form.pattern for form in forms() if known or not form.known])


@cache
def _alone(index: int) -> Pattern:
    return compile_pattern(forms()[index].pattern)


GALLERY = compile_pattern(r"^(?:\d{1,3}\s?(?:/|of|von|de|sur|di|av|z)\s?\d{1,3})\s*[-.:|]?\s+")
FILE_MARK = r"^(?:FILE(?: PHOTO)?|File photo|ARCHIVE|Archive photo|ARCHIV|ARCHIVO)\s*[-:]\s*"
FILE_PREFIX = compile_pattern(FILE_MARK)


@cache
def chrome_prefix() -> Pattern:
    """What sites glue to the beginning of a caption."""
    return compile_pattern(
        r"^(?:(?:Facebook Twitter(?: Pinterest)?|(?:Image|Photo|Media)? ?[Cc]aption[,:]|Image:|"
        r"Media playback is (?:un|not )supported on (?:your|this) device|Play [Vv]ideo(?: \d+:\d\d)?|"
        rf"Image \d+ of \d+|FullscreenImage|{either(words_of('control'))})(?:\s+|$))+"
    )


_MARKS = "/©([:|="
"""Signs of which most credits have one."""
_AGENCY_WORDS = 4
"""The most words of an agency's name."""


@cache
def _tellers() -> tuple[str, ...]:
    """What a credit without any of the marks has in it, beside an agency at the end."""
    openings = {phrase[:6] for phrase in words_of("provided")}
    return (" by ", "photo", "foto", "фото", "copyright", "credit", "image source", *sorted(openings))


def may_hold_credit(plain: str) -> bool:
    """Whether one of the forms may fit ``plain``, which is ``narrow``: quicker than ``parse``.

    Most lines have no sign of a credit at all, which is told before any pattern is asked.
    """
    marked = any(mark in plain for mark in _MARKS) or _ends_with_agency(plain)
    if not marked and not any(teller in plain.lower() for teller in _tellers()):
        return False
    return bool(_together(known=False).matches(plain))


def _ends_with_agency(plain: str) -> bool:
    if not plain.isascii() and _CJK.search(plain):
        return True  # not to be told by words
    last = plain.rstrip(" .").split(" ")[-_AGENCY_WORDS:]
    return last[-1][:1].isupper() and is_agency(" ".join(last))


def parse(plain: str, known: bool = False) -> Parsed:
    """Take a caption's words and its credit apart.

    Of what is ``known`` to be a caption more forms are asked: a bare name at its end is a credit.
    """
    plain = narrow(plain)
    fits = ((index, _fitting(index, plain)) for index in _together(known).matches(plain))
    form, found = next(((forms()[i], found) for i, found in fits if found), (None, None))
    if found is None:
        begin = _opening(plain) if known else 0
        return Parsed(_trimmed(plain, *_without_control(plain, begin, len(plain))), None, None)
    text, credit, label = found
    start = max(text[0], _opening(plain))
    return Parsed(_trimmed(plain, start, max(text[1], start)), credit, form, plain[slice(*label)])


def _opening(plain: str) -> int:
    """Where a caption's own words begin, behind what sites glue to it."""
    begin = 0
    for prefix in (chrome_prefix(), GALLERY, chrome_prefix(), FILE_PREFIX):
        match = prefix.match(plain[begin:])
        begin += match.end() if match else 0
    return begin


_Range: TypeAlias = tuple[int, int]


def _fitting(index: int, plain: str) -> tuple[_Range, _Range, _Range] | None:
    """Where a form finds the text, the credit and its label, if what it finds can be a credit."""
    pattern = _alone(index)
    found = pattern.search(plain)
    if found is None:
        return None
    groups = pattern.groupindex
    text, credit = found.span(groups["text"]), found.span(groups["credit"])
    text = text if text[0] >= 0 else (0, 0)
    label = found.span(groups["label"]) if "label" in groups else (0, 0)  # (0, 0): there is none
    credit = _closed(plain, *_without_control(plain, *credit))
    if not is_credible(forms()[index].needs, plain[slice(*text)], plain[slice(*credit)]):
        return None
    return (text[0], _label_behind(plain, *text)), credit, label


_BARRED = re.compile(r"(?:(?<!\s)\s+)?[/|]\s*(?P<word>[^\W\d_]++\.?)\s*$")


def _label_behind(plain: str, start: int, end: int) -> int:
    """Where a text ends, behind which a bar and a label stand before the credit: "... / fot. PAP"."""
    found = _BARRED.search(plain[start:end])
    return start + found.start() if found and found["word"].lower() in words_of("photo") else end


@cache
def _control_behind() -> Pattern:
    return compile_pattern(rf"\s+(?:{parts()['control']})$")


def _without_control(plain: str, start: int, end: int) -> _Range:
    """A credit without the words of a button behind it."""
    found = _control_behind().search(plain[start:end])
    return (start, start + found.start()) if found else (start, end)


def _closed(plain: str, start: int, end: int) -> _Range:
    """A credit with the bracket behind it that closes one of its own."""
    part = plain[start:end]
    if part.count("(") > part.count(")") and plain[end : end + 1] == ")":
        return start, end + 1
    return start, end


@cache
def _label() -> Pattern:
    """What may stand before the name in a line that is a credit as a whole."""
    label, source, by = parts()["label"], parts()["source"], parts()["by"]
    return compile_pattern(
        rf"^[(\[]?(?:(?:{label}|{source}|(?i:copyright))\s*(?:{by}\s*)?[:|=]\s*(?:{by}\s+)?|{label} {by}\s+|"
        r"(?:(?i:copyright)\s*)?©\s*|(?i:copyright)\s+)+"
    )


def parse_credit(plain: str) -> Parsed:
    """A line that is a credit as a whole: what is left without its label and brackets."""
    plain = narrow(plain)
    label = _label().search(plain)
    start = label.end() if label else 0
    return Parsed((0, 0), _trimmed(plain, start, len(plain)), None, plain[:start])


def _trimmed(plain: str, start: int, end: int) -> _Range:
    part = plain[start:end]
    left = len(part) - len(part.lstrip(" |-/"))
    right = len(part.rstrip(" |/-"))
    return (start + left, start + right) if left < right else (start, start)
