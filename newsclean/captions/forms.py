"""The forms in which credits are printed, and how a caption and its credit are taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from newsclean.captions.credits import NAME_BREAK, is_agency
from newsclean.rules.patterns import Pattern, PatternSet, compile_pattern

_KIND = (
    r"(?:file |stock |handout |archive |library |main |lead |cover |featured |representative |rep )?"
    r"(?:photo(?:graph)?s?|pictures?|pics?|images?|illustrations?|graphics?|infographics?|screenshot|screengrab|"
    r"video|videos/photos|photos/videos|credits?|art(?:work)?|fotos?|fotografía|fotografia|bild(?:er)?|"
    r"grafik|imagen|crédit(?:s)?|photo d'archives|photos d'archives|immagine|imagem|beeld|kuva|zdj\.?|fot\.?|"
    r"fotó|billede|bilde|snímek|фото)"
)
_LABEL = rf"(?i:{_KIND}(?:[ /]?(?:copyright|credits?|courtesy|source))?)"
_PARTICLE = r"(?:of|for|the|via|tramite|über|and|by|de|del|della|der|den|van|von|da|dos|di|du|la|le|for|from|through|with|in|at|on|courtesy|provided|supplied|file|handout|pool|archive|photo)"
_CREDIT_WORD = (
    r"(?:[\p{Lu}\d@©&][^\s()\[\]|;]*|\p{L}+[./]\S*|iStock\S*|dpa\S*|imago\S*|picture alliance|[/|&,+-])"
)
_CREDIT = rf"{_CREDIT_WORD}(?:(?:\s+|/){_PARTICLE})*(?:\s+{_CREDIT_WORD}(?:\s+{_PARTICLE})*)*"
_TAIL_JUNK = (
    r"(?:\s*(?:More|Enlarge|hide caption|toggle caption|Enlarge this image|View full size image|Zoom))*"
)


@dataclass(frozen=True, slots=True)
class CreditForm:
    """One way in which credits are printed; ``pattern`` has the groups text and credit."""

    id: str
    why: str
    weight: float
    pattern: str
    needs_agency: bool = False
    in_brackets: bool = False
    open_end: bool = False
    names_only: bool = False


FORMS: tuple[CreditForm, ...] = (
    CreditForm(
        "caption.label-alone",
        "A label and a name, and nothing else, as in Photo: Name (Agency).",
        8.0,
        rf"^(?P<text>)[(\[]?{_LABEL}\s*(?:by\s*)?[:|]\s*(?:by\s+)?(?P<credit>.+?)[)\]]?\.?$",
        names_only=True,
    ),
    CreditForm(
        "caption.label-in-brackets",
        "Ends with a labelled credit in brackets, as in (Photo: Name).",
        8.0,
        rf"^(?P<text>.*?),?\s*[(\[]\s*{_LABEL}(?:\s*(?:by|:|/|-|\|)\s*|\s+)(?:by\s+|\|\s*)?(?P<credit>[^()\[\]]+?)\s*[)\]]\s*\.?{_TAIL_JUNK}$",
    ),
    CreditForm(
        "caption.agency-in-brackets",
        "Ends with a picture agency in brackets, as in (AFP via Getty Images).",
        8.0,
        rf"^(?P<text>.*?)\s*[(\[]\s*(?P<credit>[^()\[\]]+?)\s*[)\]]\s*\.?{_TAIL_JUNK}$",
        needs_agency=True,
        in_brackets=True,
    ),
    CreditForm(
        "caption.copyright-provider",
        "Opens or ends with a copyright or provider line for a picture.",
        8.0,
        r"^(?i:image )?(?i:copyright|source)\s+(?P<credit>.+?)\s+(?i:image caption|image description|media caption)\s+(?P<text>.+)$",
    ),
    CreditForm(
        "caption.image-copyright",
        "A picture's copyright line.",
        8.0,
        r"^(?P<text>)(?i:image (?:copyright|source|credit))[:,]?\s+(?P<credit>.+)$",
    ),
    CreditForm(
        "caption.provided-by",
        "The line under a portal's pictures that names who provided them.",
        14.0,
        r"^(?P<text>.*?)\s*© Provided by (?P<credit>.+)$",
    ),
    CreditForm(
        "caption.label-at-end",
        "Ends with a labelled credit, as in Photograph: Name/Agency.",
        8.0,
        rf"^(?P<text>.*?(?:[.!?…)\"'|/-]\s*|\s\s*)|){_LABEL}\s*(?:by\s*)?[:|]\s*(?:by\s+)?(?P<credit>{_CREDIT}){_TAIL_JUNK}\.?$",
    ),
    CreditForm(
        "caption.photo-by",
        "Ends with Photo by Name.",
        8.0,
        rf"^(?P<text>.*?(?:[.!?…)\"'|/-]\s*|\s)|)(?i:photo(?:graph)?s?|pictures?|pics?|image|illustration|graphic|video) (?i:by|courtesy(?: of)?|courtesy:|credit)\s+(?P<credit>{_CREDIT}){_TAIL_JUNK}\.?$",
    ),
    CreditForm(
        "caption.courtesy",
        "Ends with Courtesy of Name.",
        6.0,
        rf"^(?P<text>.*?[.!?…)\"'|/-]\s*|)(?:Courtesy(?: of|:)?|COURTESY(?: OF)?|Provided by|Supplied(?: by|:)?)\s+(?P<credit>{_CREDIT}){_TAIL_JUNK}$",
    ),
    CreditForm(
        "caption.copyright-at-end",
        "Ends with © and a name.",
        6.0,
        rf"^(?P<text>.*[\p{{L}}\d.!?…)\"'|/-]\s*)©\s*(?P<credit>{_CREDIT}){_TAIL_JUNK}$",
    ),
    CreditForm(
        "caption.agency-at-end",
        "Ends with a photographer or agency after a slash, as in Name/AFP.",
        8.0,
        r"^(?P<text>|.*?(?:[.!?…)\"'|]\s+|\s))(?P<credit>(?:(?:\p{Lu}[\p{L}'-]+|\p{Lu}\.?)\s+){0,4}\p{Lu}[\p{L}'-]*(?:\s+\p{Lu}[\p{L}'-]*)?\s?(?:/\s?[\p{L}@©][\p{L}\d@.'-]*(?:\s\p{L}[\p{L}'.-]*){0,3}?\s?)*/\s?[\p{L}@©][\p{L}\d@.'-]*(?:\s\p{Lu}[\p{L}'.-]*){0,3})"
        + _TAIL_JUNK
        + r"$",
        needs_agency=True,
    ),
    CreditForm(
        "caption.agency-after-sentence",
        "A picture agency's name after the last sentence.",
        7.0,
        r"^(?P<text>.*[.!?…)\"'|]\s+|)(?P<credit>(?:\p{Lu}[\p{L}'.-]*\s+){0,4}(?:via\s+)?\p{Lu}[\p{L}.]*(?:\s\p{Lu}[\p{L}]*){0,2})"
        + _TAIL_JUNK
        + r"$",
        needs_agency=True,
    ),
    CreditForm(
        "caption.source-in-brackets",
        "Short, and ends with its source in brackets, as charts and pictures do.",
        3.0,
        r"^(?P<text>|[^.!?]*[.!?]?)\s*[(\[](?i:source|sources|quelle|quellen|fuente|fonte|bron)\s*:\s*(?P<credit>[^()\[\]]+?)\s*[)\]]\s*\.?$",
    ),
    CreditForm(
        "caption.source-at-end",
        "A source line of a chart or picture.",
        3.0,
        r"^(?P<text>)(?i:source|sources|quelle|quellen|fuente|fonte|bron)\s*:\s*(?P<credit>[^.!?]+)$",
    ),
    CreditForm(
        "caption.file-photo",
        "Says that it is a file photo.",
        7.0,
        r"^(?P<text>.+?)\s*\(\s*(?P<credit>(?i:file(?: photo| pic(?:ture)?| image)?|representational image|stock image))\s*\)\.?$",
    ),
    CreditForm(
        "caption.name-in-brackets",
        "No full stop, and a bare name in brackets at the end: a caption with its credit.",
        4.5,
        r"^(?P<text>.*[^.!?:;,\s])\s+\((?P<credit>(?:\p{Lu}[\p{L}'.&-]+\s){1,6}\p{Lu}[\p{L}'.&-]+)\)$",
        open_end=True,
    ),
)
FILE_PREFIX = re.compile(r"^(?:FILE(?: PHOTO)?|File photo|ARCHIVE|Archive photo)\s*[-:]\s*")
CHROME_PREFIX = re.compile(
    r"^(?:(?:Facebook Twitter(?: Pinterest)?|Image caption[,:]?|Media caption[,:]?|Image:|Caption:|Photo caption:?|"
    r"Media playback is (?:un|not )supported on (?:your|this) device|Enlarge this image|Play [Vv]ideo(?: \d+:\d\d)?|"
    r"Image \d+ of \d+|View (?:image|gallery) in fullscreen|View image in fullscreen|FullscreenImage|Expand image)\s*)+"
)
_GALLERY = re.compile(r"^(?:\d{1,3}\s?(?:/|of|von|de|sur|di)\s?\d{1,3})\s*[-.:|]?\s+")
LONE_CREDIT_WORDS = 14
_NAMES = 0.6
"""The least part of a credit's words that begin with a capital."""


@dataclass(frozen=True, slots=True)
class _Forms:
    together: PatternSet
    alone: tuple[Pattern, ...]


@cache
def _forms() -> _Forms:
    patterns = [form.pattern for form in FORMS]
    return _Forms(PatternSet(patterns), tuple(map(compile_pattern, patterns)))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A caption taken apart: offsets into ``Passage.plain``, and the form that was seen."""

    text: tuple[int, int]
    credit: tuple[int, int] | None
    form: CreditForm | None


def may_hold_credit(plain: str) -> bool:
    """Whether one of the forms fits, before anything is taken apart: quicker than ``parse``."""
    return bool(_forms().together.matches(plain))


def parse(plain: str) -> Parsed:
    """Take a caption's words and its credit apart."""
    begin = 0
    for prefix in (CHROME_PREFIX, _GALLERY, CHROME_PREFIX, FILE_PREFIX):
        match = prefix.match(plain[begin:])
        begin += match.end() if match else 0
    forms = _forms()
    for index in forms.together.matches(plain):
        form, pattern = FORMS[index], forms.alone[index]
        found = pattern.search(plain)
        if found is None:
            continue
        credit = found.span(pattern.groupindex["credit"])
        text = found.span(pattern.groupindex["text"])
        if not _credible(form, plain[slice(*text)], plain[slice(*credit)]):
            continue
        start = max(text[0], begin)
        return Parsed(_trimmed(plain, start, max(text[1], start)), credit, form)
    return Parsed(_trimmed(plain, begin, len(plain)), None, None)


_CREDIT_LABEL = compile_pattern(
    rf"^[(\[]?(?:(?:{_LABEL}|(?i:source|quelle|fuente|fonte|bron|copyright))\s*(?:by\s*)?[:|]\s*(?:by\s+)?|(?i:photo(?:graph)?s? by\s+)|(?:(?i:copyright)\s*)?©\s*|(?i:copyright)\s+)+"
)


def parse_credit(plain: str) -> Parsed:
    """A line that is a credit as a whole: what is left without its label and brackets."""
    label = _CREDIT_LABEL.search(plain)
    start = label.end() if label else 0
    return Parsed((0, 0), _trimmed(plain, start, len(plain)), None)


def _credible(form: CreditForm, text: str, credit: str) -> bool:
    """Whether this can be a credit: short, no sentence, and an agency's where the form needs one."""
    if not 0 < len(credit.split()) <= LONE_CREDIT_WORDS or re.search(r"[!?]", credit):
        return False
    words = text.split()
    if form.names_only:
        names = [word for word in credit.split() if word[0].isalpha()]
        return ". " not in credit and sum(map(str.istitle, names)) + sum(
            map(str.isupper, names)
        ) >= _NAMES * len(names)
    if form.needs_agency:
        parts = [part.strip(" .") for part in NAME_BREAK.split(credit)]
        if not any(is_agency(part) for part in parts):
            return False
        return "/" in credit or form.in_brackets or not words or len(words) >= 5
    if form.open_end:
        return len(words) >= 8 and sum(w[0].isupper() for w in words) < 0.5 * len(words)
    return True


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    part = plain[start:end]
    left = len(part) - len(part.lstrip(" |-/"))
    right = len(part.rstrip(" |/-"))
    return (start + left, start + right) if left < right else (start, start)
