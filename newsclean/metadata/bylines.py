"""Who wrote the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsclean.decide import Verdict
from newsclean.evidence import CAPTION_ROLES, Role
from newsclean.metadata.found import NEAR, Metadata
from newsclean.metadata.lead import HEADLINES
from newsclean.names import after_by, agency_in, names_another, names_in, only_names
from newsclean.page import Mark, Passage

_NAME_WORDS = 4

_STORY = 3
"""Paragraphs that a story has before a note on its author."""

_BYLINE_WORDS, _LINE_WORDS = 24, 8
_BYLINE_LINES = 6
_INTO_STORY = 4
"""Passages of the story before which a byline may stand."""
_MAY_BE_BARE = frozenset({Role.OTHER, Role.BYLINE, Role.DATE, Role.STANDFIRST})
_OVER_NAMES = frozenset({Role.TITLE, Role.STANDFIRST, Role.CAPTION})
_LAST = 4
"""Paragraphs at the end among which such a note may stand."""

_WORD = re.compile(r"[^\W\d_]+")


def names_under_title(passages: Sequence[Passage], title: int, body: Sequence[int], found: Metadata) -> None:
    """Bare names between the headline and the story, which their shape alone would not tell."""
    for i in [i for i in body[:HEADLINES] if i not in found.roles]:
        names = names_in(passages[i].plain, shouted=True) if passages[i].mark is not Mark.HEADING else ()
        if i < title or not names or len(passages[i].words) > _NAME_WORDS * len(names):
            break
        found.authors = found.authors or names
        found.say(i, Role.BYLINE, "bare-name", "A person's name beside the headline.")


def author_notes(passages: Sequence[Passage], body: Sequence[int], found: Metadata) -> None:
    """Paragraphs at the end of the story that begin with the name of who wrote it."""
    kept = [i for i in body if i not in found.roles]
    for i in kept[max(_STORY, len(kept) - _LAST) :]:
        plain = passages[i].plain
        if any(plain.startswith(f"{name} ") and plain[len(name) + 1].islower() for name in found.authors):
            found.say(i, Role.BIO, "author-note", "Ends the story and begins with its author's name.")


def read_bylines(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    anchor: int,
    prose: int,
    found: Metadata,
) -> None:
    """Authors: announced by a word, or else names on lines of their own under the headline."""
    near = [*range(anchor, min(len(passages), prose + _INTO_STORY))]
    near += range(max(0, anchor - 2 * NEAR), anchor)
    for i in near if found.authors else ():
        names_author = any(name in passages[i].plain for name in found.authors)
        short = len(passages[i].words) <= _LINE_WORDS and passages[i].plain[-1:] not in tuple(".!?")
        if verdicts[i].role in CAPTION_ROLES:
            continue  # the author took the picture, too
        if names_author and i not in found.roles and (short or _may_sign(passages[i], verdicts[i])):
            found.say(i, Role.BYLINE, "told-author", "Names the author that the page tells machines.")
    for i in near:
        if not found.authors and _may_sign(passages[i], verdicts[i]):
            found.authors = _announced(passages, verdicts, i, found)
    if not found.authors:
        under = [i for i in near if i > anchor]
        named = found.roles.get(anchor - 2)
        over = named is not None and named.role in (Role.SOURCE, Role.SECTION)
        _bare_names(passages, verdicts, [*under, *([anchor - 1] if over else [])], found)


def _may_sign(passage: Passage, verdict: Verdict) -> bool:
    return verdict.role is not Role.BODY and len(passage.words) <= _BYLINE_WORDS and bool(passage.plain)


def _announced(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], i: int, found: Metadata
) -> tuple[str, ...]:
    """The authors in a byline, and on the lines that go on in it."""
    plain = passages[i].plain
    said = after_by(plain, dated=verdicts[i].role is Role.DATE)
    if said is None and verdicts[i].role is not Role.BYLINE:
        return ()
    names = () if names_another(plain) else _signatures(plain if said is None else said)
    if said and not names:
        return ()
    if said is None and any(_told(passages, verdicts, name, i) for name in names):
        return ()
    lines = [i] if names else []
    for k in range(i + 1, min(len(passages), i + _BYLINE_LINES)):
        more = _signatures(passages[k].plain) if len(passages[k].words) <= _LINE_WORDS else ()
        goes_on = not names or plain.endswith(",") or after_by(passages[k].plain) is not None
        if not more or not goes_on:
            break
        names, plain = (*names, *more), passages[k].plain
        lines.append(k)
    for k in lines:
        if verdicts[k].role not in (Role.BYLINE, Role.DATE):
            found.say(k, Role.BYLINE, "byline", "A byline beside the headline.")
    return tuple(dict.fromkeys(names))


def _signatures(plain: str) -> tuple[str, ...]:
    if names_another(plain):
        return ()
    agency = agency_in(plain)
    return names_in(plain, shouted=True) or ((agency,) if agency else ())


def _bare_names(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], near: Sequence[int], found: Metadata
) -> None:
    """Names on lines of their own, of people whom the story does not tell of."""
    last = None
    for i in near:
        if last is not None and i > last + 1:
            return
        role = found.roles[i].role if i in found.roles else verdicts[i].role
        if role not in _MAY_BE_BARE or len(passages[i].words) > _LINE_WORDS:
            continue
        dated = i + 1 < len(verdicts) and verdicts[i + 1].role is Role.DATE
        names = only_names(passages[i].plain, shouted=dated)
        over = i + 1 in found.roles and found.roles[i + 1].role is Role.TITLE
        beside = over or last is not None or _signed_beside(verdicts, i, found)
        if not names or not beside or any(_told(passages, verdicts, name, i) for name in names):
            continue
        found.authors = tuple(dict.fromkeys((*found.authors, *names)))
        last = i
        if role is not Role.DATE:
            found.say(i, Role.BYLINE, "bare-name", "A person's name beside the headline.")


def _signed_beside(verdicts: Sequence[Verdict], i: int, found: Metadata) -> bool:
    """Whether it belongs to what stands around a headline: standfirst, date, picture, the name's post."""
    for k in (i - 2, i - 1, i, i + 1, i + 2):
        if 0 <= k < len(verdicts):
            role = found.roles[k].role if k in found.roles and k != i else verdicts[k].role
            if role in (Role.DATE, Role.CREDIT) or (role in _OVER_NAMES and k == i - 1):
                return True
            if role is Role.BYLINE and k == i + 1:
                return True
    return False


def _told(passages: Sequence[Passage], verdicts: Sequence[Verdict], name: str, at: int) -> bool:
    """Whether the story tells of that person, or writes the words of the name small."""
    tokens = name.split()
    text = " ".join(
        p.plain
        for i, (p, v) in enumerate(zip(passages, verdicts, strict=True))
        if i != at and v.role is Role.BODY and p.plain != name
    )
    words = set(_WORD.findall(text))
    small = sum(token.lower() in words for token in tokens if token.lower() != token.upper())
    return f"{name} " in text[: len(text) * 2 // 3] or 2 * small >= len(tokens)
