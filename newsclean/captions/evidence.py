"""What the words of a passage show of being a caption or a credit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsclean.captions.forms import CHROME_PREFIX, FILE_PREFIX, LONE_CREDIT_WORDS, may_hold_credit, parse
from newsclean.evidence import Evidence, Role
from newsclean.page import Mark, Passage

MAX_CAPTION_WORDS = 130
"""No caption on the pages studied is longer."""

_PICTURE_TALK = re.compile(
    r"(?i)\(\s*(?:left|right|centre|center|top|bottom|above|below|l|r|c|from left|pictured|second left|second right|front|back|l-r)\s*\)"
    r"|\bfrom left(?: to right)?\s?[:,]|\bleft to right:|\bpictured (?:here|above|left|right|in)\b|\bin this (?:file |undated |handout |pool |screen ?grab |aerial )?"
    r"(?:photo|picture|image|photograph|frame|screen ?grab|video grab|sketch)\b|^pictured\b|\bis seen (?:in|here|at)\b|\bfile (?:photo|image|picture)\b|\bundated (?:photo|handout)"
    r"|\b(?:artist's|artist) (?:impression|rendering)\b"
)
_PICTURE_WORDS = (
    *("(", "from left", "left to right", "pictured", "in this ", "is seen ", "file ", "undated ", "artist"),
)
"""Lines without one of these do not talk of pictures; to look for them is quicker than the pattern."""

PRESENT_TENSE = re.compile(
    r"(?:\d{1,3}[./]\s*)?[A-Z\"'][^.!?;:]{2,90}?\s(?:looks? (?:on|at)|reacts?|poses?|stands?|walks?|waves?|gestures?|holds?|sits?|speaks?|"
    r"attends?|arrives?|leaves?|takes? part|celebrates?|embraces?|hugs?|smiles?|listens?|watch(?:es)?|carry|carries|"
    r"inspects?|gathers?|march(?:es)?|protests?|shakes? hands|addresses)\s(?:as|during|in|at|outside|after|before|on|with|"
    r"near|to|next|beside|by|inside|from|for|while|along|over|past|up|their|his|her|a|the)\b"
)


def evidence(passage: Passage) -> list[Evidence]:
    """What a passage shows of being a caption or a lone credit."""
    words = len(passage.words)
    if not 0 < words <= MAX_CAPTION_WORDS:
        return []
    found = []
    parsed = parse(passage.plain) if may_hold_credit(passage.plain) else None
    if parsed and parsed.form:
        bare = parsed.text[0] == parsed.text[1]
        role = Role.CREDIT if bare and words <= LONE_CREDIT_WORDS else Role.CAPTION
        found.append(Evidence(parsed.form.id, role, parsed.form.weight, parsed.form.why))
    if FILE_PREFIX.match(passage.plain):
        found.append(
            Evidence(
                "caption.file-prefix", Role.CAPTION, 7.0, "Opens with FILE, as agencies mark old pictures."
            )
        )
    chrome = CHROME_PREFIX.match(passage.plain)
    if chrome and any(word[0].islower() for word in passage.plain[chrome.end() :].split()):
        found.append(
            Evidence(
                "caption.picture-chrome",
                Role.CAPTION,
                7.0,
                "Opens with the words that sites glue to captions.",
            )
        )
    if _talks_of_picture(passage.plain):
        found.append(
            Evidence("caption.picture-talk", Role.CAPTION, 2.5, "Speaks of what is seen in the picture.")
        )
    if passage.mark is Mark.IMAGE and words >= 3:
        found.append(Evidence("caption.alt-text", Role.CAPTION, 5.0, "The alternative text of an image."))
    return found


def _talks_of_picture(plain: str) -> bool:
    lower = plain.casefold()
    return any(word in lower for word in _PICTURE_WORDS) and bool(_PICTURE_TALK.search(plain))


def same_caption(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two captions' words say the same: one repeats most of the other."""
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(short) < 0.4 * len(long):
        return False
    words = set(long)
    return sum(1 for word in short if word in words) >= 0.8 * len(short)
