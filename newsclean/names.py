"""Names of people in a line, and the words by which a line says that it is about to name them."""

from __future__ import annotations

import re
from functools import cache

from newsclean.data import table

_MOST_TOKENS = 5
_LEAD_WORDS = 3
"""Words that may stand before "by": "Analysis by", "Posted on Monday by"."""
_CASELESS_NAME = 4
"""The most letters of a name's part where a script has no capitals."""
_TOKEN = re.compile(r"(?:[^\W\d_]+(?:['’.-]+[^\W\d_]+)*\.?)")
_CUT = re.compile(r"[\d@(\[|•·]|\s[-–—]\s|:\s")
_COMMA = re.compile(r"(?:(?<!\s)\s+)?[,;&/]\s*")
_ASIDE = re.compile(r"(?:(?<!\s)\s+)?\([^()]*\)|\S{1,100}@\S+")
_SHORT_CAPITALS = 3
_LONGEST = 2_000
"""Characters of a line from which it is not looked at: no byline is so long."""


def after_by(line: str, *, dated: bool = False) -> str | None:
    """What follows the words that announce an author, "" if nothing does; None if there are none.

    A word or two may stand before them, if names and nothing else follow; ``dated`` lets a
    date stand there too.
    """
    if len(line) > _LONGEST:
        return None
    words = line.split()
    bare = [word.lower().strip(":") for word in words]
    for size in range(min(_longest_by(), len(words)), 0, -1):
        if " ".join(bare[:size]) in _words("by"):
            return " ".join(words[size:])
    for i in range(1, min(len(words) if dated else _LEAD_WORDS + 1, len(words) - 1)):
        rest = " ".join(words[i + 1 :])
        if bare[i] in _words("inside") and words[0][0].isupper() and only_names(rest, shouted=True):
            return rest
    return None


def names_another(line: str) -> bool:
    """Whether the line names somebody who did something else than write: "Fact checked by ..."."""
    ahead: list[str] = []
    for word in line.split()[: _LEAD_WORDS + 1]:
        if word.lower().strip(":") in _words("inside"):
            return not _words("another").isdisjoint(ahead)
        ahead.append(word.lower())
    return False


def names_in(line: str, *, shouted: bool = False) -> tuple[str, ...]:
    """The people whom a byline names, in order; ``shouted`` lets bare capitals be a name."""
    rest = after_by(line)
    return _people(line if rest is None else rest, shouted or rest is not None)


def only_names(line: str, *, shouted: bool = False) -> tuple[str, ...]:
    """The people named by a line that holds nothing besides, or only who they are."""
    if len(line) > _LONGEST:
        return ()
    names = _people(line, shouted)
    bare = " ".join(" ".join(_without_post(part.split())) for part in _COMMA.split(_head(line)))
    said = [t for t in re.findall(r"[^\W_]+", bare.lower()) if t not in _words("and")]
    named = {t for name in names for t in re.findall(r"[^\W_]+", name.lower())}
    return names if all(t in named for t in said) else ()


def agency_in(line: str) -> str | None:
    """The news agency whose name alone is the line, as printed."""
    bare = _head(line) if len(line) <= _LONGEST else ""
    return bare if bare.lower().removeprefix("the ") in _agencies() else None


def _people(line: str, shouted: bool) -> tuple[str, ...]:
    if len(line) > _LONGEST:
        return ()
    reporters = re.findall(rf"([^\W\d_]{{2,4}})\s?(?:{'|'.join(_words('reporter'))})(?!\w)", line)
    if reporters:
        return tuple(dict.fromkeys(reporters))
    found: list[str] = []
    for part in _COMMA.split(_head(line)):
        for k, tokens in enumerate(_between_joiners(part.split())):
            if found and k == 0 and len(_without_post(tokens)) < len(tokens):
                continue  # the post of the one before: "Real Life Reporter"
            name = _person(tokens, shouted)
            if name:
                found.append(name)
    return tuple(dict.fromkeys(found))


def _head(line: str) -> str:
    """The line up to the first sign that no name holds, unless it begins with it."""
    line = _ASIDE.sub("", line).strip()
    cut = _CUT.search(line, 1) if line else None
    return (line[: cut.start()] if cut else line).strip(" .,:")


def _between_joiners(tokens: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token in _words("and") or token.lower() == "and":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _person(tokens: list[str], shouted: bool) -> str | None:
    tokens = _without_post(tokens)
    half = len(tokens) // 2
    if len(tokens) > 2 and tokens[:half] == tokens[half:]:
        tokens = tokens[:half]  # the picture's text, then the name itself
    big = [token for token in tokens if token.lower() not in _words("particles")]
    if not len(big) >= 2 or len(tokens) > _MOST_TOKENS or not all(map(_TOKEN.fullmatch, tokens)):
        return None
    if {token.lower().strip(".") for token in tokens} & _words("not_names"):
        return None
    if not all(map(_is_big, big)):
        caseless = not any(t.lower() != t.upper() for t in tokens)
        return " ".join(tokens) if caseless and len(tokens) == 2 and len(tokens[0]) < _CASELESS_NAME else None
    name = " ".join(tokens)
    if name.isupper():
        return name.title() if shouted else None
    if len(big[-1].strip(".")) < 2:
        return None
    if not shouted and any(len(t) > _SHORT_CAPITALS and t.isupper() for t in big):
        return None
    return name if tokens[0] in big or shouted else None


def _is_big(token: str) -> bool:
    return token[0].isupper()


def _without_post(tokens: list[str]) -> list[str]:
    """The tokens up to a word that says who that is, or an agency behind the name."""
    for i in range(2, len(tokens)):
        bare = " ".join(tokens[i:]).lower().removeprefix("the ")
        if tokens[i].lower().strip(".") in _words("roles") or bare in _agencies():
            return tokens[:i]
    return tokens


@cache
def _words(kind: str) -> frozenset[str]:
    words = table("bylines")[kind]
    return frozenset(words.split() if isinstance(words, str) else words)


@cache
def _longest_by() -> int:
    return max(len(words.split()) for words in _words("by"))


@cache
def _agencies() -> frozenset[str]:
    rows = [row for row in table("agencies")["agency"] if row["kind"] == "agency"]
    return frozenset(name.lower() for row in rows for name in (row["name"], *row["spellings"]))
