"""What the words of a passage show of being a caption or a credit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from newsclean.captions.forms import FILE_MARK, chrome_prefix, may_hold_credit, parse
from newsclean.captions.kinds import tells_more
from newsclean.captions.needs import LONE_CREDIT_WORDS
from newsclean.captions.words import either, narrow, words_of
from newsclean.evidence import Evidence, Role
from newsclean.page import Mark, Passage
from newsclean.rules.patterns import PatternSet, compile_pattern

MAX_CAPTION_WORDS = 130
"""No caption on the pages studied is longer."""

_PICTURE_TALK = (
    r"(?i)\bfrom left(?: to right)?\s?[:,]|\bleft to right:|\bpictured (?:here|above|left|right|in)\b"
    r"|\bin this (?:file |undated |handout |pool |screen ?grab |aerial )?(?:photo|picture|image|photograph|frame|screen ?grab|video grab|sketch)\b"
    r"|^pictured\b|\bis seen (?:in|here|at)\b|\bfile (?:photo|image|picture)\b|\bundated (?:photo|handout)"
    r"|\b(?:artist's|artist) (?:impression|rendering)\b"
)
PRESENT_TENSE = compile_pattern(
    r"^(?:\d{1,3}[./]\s*)?[\p{Lu}\"'][^.!?;:]{2,90}?\s(?:looks? (?:on|at)|reacts?|poses?|stands?|walks?|waves?|gestures?|holds?|sits?|speaks?|"
    r"attends?|arrives?|leaves?|takes? part|celebrates?|embraces?|hugs?|smiles?|listens?|watch(?:es)?|carry|carries|"
    r"inspects?|gathers?|march(?:es)?|protests?|shakes? hands|addresses)\s(?:as|during|in|at|outside|after|before|on|with|"
    r"near|to|next|beside|by|inside|from|for|while|along|over|past|up|their|his|her|a|the)\b"
)


@cache
def signs() -> tuple[tuple[str, Evidence], ...]:
    """Patterns beside the forms of credits, and what each is evidence of."""
    pointing, old, control = (either(words_of(*k)) for k in (("pointing",), ("file", "symbol"), ("control",)))
    told = (
        (
            FILE_MARK,
            *("file-prefix", 10.0, "Opens with FILE, as agencies mark old pictures."),
        ),
        (_PICTURE_TALK, "picture-talk", 2.5, "Speaks of what is seen in the picture."),
        (
            rf"\(\s*{pointing}(?:[ ,./-]+(?:(?i:to|nach|a|à|till|til) )?{pointing})*\s*\)",
            *("pointing", 6.5, "Points to somebody in the picture, as in (left)."),
        ),
        (
            r"(?i)\p{L}, (?:(?:second|third|far|top|bottom|ganz|zweite[rs]?|tout|à la|a la|a|till|til|till|de) )?(?:left|right|cent(?:er|re)|links|rechts|gauche|droite|izquierda|derecha|sinistra|destra|esquerda|direita|vänster|höger|venstre|høyre|højre),",
            *(
                "pointing-aside",
                3.0,
                "Points to somebody in the picture between commas, as in: Name, left, ...",
            ),
        ),
        (
            rf"[(\[]\s*{old}(?:[ ,:]+[^()\[\]\p{{L}}]{{0,16}})?\s*[)\]]",
            "file-picture",
            6.5,
            "Says that the picture is an older one.",
        ),
        (
            rf"[\p{{L}}\p{{N}}.)]\s+{control}$",
            *("control-behind", 4.0, "Ends with the words of a button that enlarges the picture."),
        ),
        (
            r"[^=]=\s?(?:[^=。]{0,24}\d{1,2}日[^=。]{0,24}|[^=。]{2,24}で)(?:、[^=。]{1,20}撮影)?$",
            *(
                "place-and-day",
                5.0,
                "Ends with where and when, behind an equals sign, as Japanese captions do.",
            ),
        ),
        (
            r"(?i)^(?:figure|fig\.?|chart|exhibit|abb\.?|abbildung|grafik|figura|figuur|rys\.|obr\.|şekil|рис\.) ?\d{1,3}[a-z]?\s?[.:-]\s",
            *("numbered", 2.5, "Opens with the number of a figure."),
        ),
    )
    return tuple((p, Evidence(f"caption.{name}", Role.CAPTION, w, why)) for p, name, w, why in told)


@cache
def _sign_patterns() -> PatternSet:
    return PatternSet([pattern for pattern, _ in signs()])


_CHROME = Evidence(
    "caption.picture-chrome", Role.CAPTION, 7.0, "Opens with the words that sites glue to captions."
)
_ALT = Evidence("caption.alt-text", Role.CAPTION, 5.0, "The alternative text of an image.")


_BARE_WEIGHT = 3.0
"""What "Video: ..." and "Graphics: ..." weigh with nothing before them, which are the headings of lists too."""
_MOST_SIGN_WORDS = 60
"""In longer passages a word about a picture is as likely the story's."""


def _said_by_signs(plain: str) -> list[Evidence]:
    return [signs()[index][1] for index in _sign_patterns().matches(plain)]


def evidence(passage: Passage) -> list[Evidence]:
    """What a passage shows of being a caption or a lone credit."""
    words = len(passage.words)
    if not 0 < words <= MAX_CAPTION_WORDS:
        return []
    found = []
    plain = narrow(passage.plain)
    parsed = parse(plain) if may_hold_credit(plain) else None
    if parsed and parsed.form:
        form, bare = parsed.form, parsed.text[0] == parsed.text[1]
        role = Role.CREDIT if bare and words <= LONE_CREDIT_WORDS else Role.CAPTION
        weight = min(form.weight, _BARE_WEIGHT) if bare and tells_more(parsed.label) else form.weight
        found.append(Evidence(form.id, role, weight, form.why))
    found += _said_by_signs(plain) if words <= _MOST_SIGN_WORDS else []
    chrome = chrome_prefix().match(plain)
    if chrome and any(word[0].islower() for word in plain[chrome.end() :].split()):
        found.append(_CHROME)
    if passage.mark is Mark.IMAGE and words >= 3:
        found.append(_ALT)
    return found


def same_caption(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two captions' words say the same: one repeats most of the other."""
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(short) < 0.4 * len(long):
        return False
    words = set(long)
    return sum(1 for word in short if word in words) >= 0.8 * len(short)
