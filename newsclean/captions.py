"""Captions: telling them from prose, and taking text, credit, photographer, agency apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsclean.data import table
from newsclean.evidence import Evidence, Role
from newsclean.page import Mark, Passage
from newsclean.rules.patterns import Pattern, PatternSet, compile_pattern

MAX_CAPTION_WORDS = 130
"""No caption on the pages studied is longer."""

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
_FILE_PREFIX = re.compile(r"^(?:FILE(?: PHOTO)?|File photo|ARCHIVE|Archive photo)\s*[-:]\s*")
_CHROME_PREFIX = re.compile(
    r"^(?:(?:Facebook Twitter(?: Pinterest)?|Image caption[,:]?|Media caption[,:]?|Image:|Caption:|Photo caption:?|"
    r"Media playback is (?:un|not )supported on (?:your|this) device|Enlarge this image|Play [Vv]ideo(?: \d+:\d\d)?|"
    r"Image \d+ of \d+|View (?:image|gallery) in fullscreen|View image in fullscreen|FullscreenImage|Expand image)\s*)+"
)
_GALLERY = re.compile(r"^(?:\d{1,3}\s?(?:/|of|von|de|sur|di)\s?\d{1,3})\s*[-.:|]?\s+")
_LONE_CREDIT_WORDS = 14
_NAMES = 0.6
"""The least part of a credit's words that begin with a capital."""
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


def parse(plain: str) -> Parsed:
    """Take a caption's words and its credit apart."""
    begin = 0
    for prefix in (_CHROME_PREFIX, _GALLERY, _CHROME_PREFIX, _FILE_PREFIX):
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
    if not 0 < len(credit.split()) <= _LONE_CREDIT_WORDS or re.search(r"[!?]", credit):
        return False
    words = text.split()
    if form.names_only:
        names = [word for word in credit.split() if word[0].isalpha()]
        return ". " not in credit and sum(map(str.istitle, names)) + sum(
            map(str.isupper, names)
        ) >= _NAMES * len(names)
    if form.needs_agency:
        parts = [part.strip(" .") for part in _BETWEEN_NAMES.split(credit)]
        if not any(_is_agency(part) for part in parts):
            return False
        return "/" in credit or form.in_brackets or not words or len(words) >= 5
    if form.open_end:
        return len(words) >= 8 and sum(w[0].isupper() for w in words) < 0.5 * len(words)
    return True


def _is_agency(part: str) -> bool:
    """Whether a part of a credit is an agency's name, alone or behind a person's."""
    names = _agencies().names
    words = part.split()
    return any(" ".join(words[i:]) in names for i in range(min(4, len(words))))


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    part = plain[start:end]
    left = len(part) - len(part.lstrip(" |-/"))
    right = len(part.rstrip(" |/-"))
    return (start + left, start + right) if left < right else (start, start)


def evidence(passage: Passage) -> list[Evidence]:
    """What a passage shows of being a caption or a lone credit."""
    words = len(passage.words)
    if not 0 < words <= MAX_CAPTION_WORDS:
        return []
    found = []
    parsed = parse(passage.plain) if _forms().together.matches(passage.plain) else None
    if parsed and parsed.form:
        bare = parsed.text[0] == parsed.text[1]
        role = Role.CREDIT if bare and words <= _LONE_CREDIT_WORDS else Role.CAPTION
        found.append(Evidence(parsed.form.id, role, parsed.form.weight, parsed.form.why))
    if _FILE_PREFIX.match(passage.plain):
        found.append(
            Evidence(
                "caption.file-prefix", Role.CAPTION, 7.0, "Opens with FILE, as agencies mark old pictures."
            )
        )
    chrome = _CHROME_PREFIX.match(passage.plain)
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


_CHROME = re.compile(
    r"Image (?:copyright|source|credit)\b|(?:Image|Media) (?:caption|description)\b"
    r"|Media playback is (?:un|not )supported on (?:your|this) device"
)
SENTENCE_STOP = re.compile(r"[.!?][\"')\]]*(?=\s+[\"'(A-Z])")
SEAM = re.compile(
    r"(?<=[a-z0-9)\"'])(?=\s+(?:The|It|In|He|She|They|But|And|An?|This|That|On|At|For|When|While|As|If|We|I|His|Her|"
    r"There|After|Before|With|From|Mr|Mrs|Ms|Dr|No|One|Two|Some|Many|More|Most|By|To|Its|Their|Police|Officials)\s)"
)
"""Where a caption without a full stop ends and a sentence begins."""
_SHORT_CAPTION = 14
"""Words of a sentence behind "Image caption" that is taken for the caption itself."""
_WIRE_TAIL = re.compile(
    r"[.!?][\"']?\s+(?P<cut>[(\[](?:Reuters|REUTERS|AP|AFP|PA|dpa|EFE|UPI|ANI|PTI|AAP|Xinhua|TASS|Bloomberg)[)\]])$"
)
_SPEECH = re.compile(
    r"[,.?!…][\"'] ?(?:\w+ ){0,3}(?:said|says|told|added|asked|wrote)\b|\b(?:he|she|they) (?:said|added|told)\b"
)
_SPOKEN = ("said", "says", "told", "added", "asked", "wrote")
_GLUED_CREDIT = re.compile(
    r"[.!?\"'](?P<cut>(?:Photograph|Picture|Photo|Image|Credit|Pic|Foto|Bild)s?\s?(?::|by\b|\|)\s?[^.!?]{3,60})$"
)


def glued(plain: str) -> list[tuple[int, int, Evidence]]:
    """Captions and credits stuck to a paragraph: offsets into ``plain``, and the reason."""
    found = []
    marks = list(_CHROME.finditer(plain)) if "Image " in plain or "Media " in plain else []
    if marks:
        start, last = marks[0].start(), marks[-1].end()
        stop, seam = SENTENCE_STOP.search(plain, last), SEAM.search(plain, last + 3)
        # Where the caption's end cannot be told, better leave it than lose a sentence.
        end = last if stop else len(plain)
        if stop and len(plain[last : stop.end()].split()) <= _SHORT_CAPTION:
            end = stop.end()
        if seam and not (stop and stop.end() < seam.end()):
            end = seam.end()
        reason = "The words that sites glue to a caption, and the caption, before the story goes on."
        if start > 0 or end < len(plain):
            found.append((start, end, Evidence("caption.glued", Role.CAPTION, 8.0, reason)))
    if cut := _credit_after_prose(plain):
        reason = "A credit behind a paragraph of the story."
        found.append((*cut, Evidence("caption.credit-after-prose", Role.CREDIT, 9.0, reason)))
    elif match := _GLUED_CREDIT.search(plain):
        reason = "A credit stuck to the last sentence without a space."
        found.append((*match.span("cut"), Evidence("caption.glued-credit", Role.CREDIT, 9.0, reason)))
    return found


def _credit_after_prose(plain: str) -> tuple[int, int] | None:
    """Where a credit stands behind reporting: an agency's mark, or words spoken to a reporter."""
    if plain[-1:] in (")", "]") and (match := _WIRE_TAIL.search(plain)):
        return match.span("cut")
    if not any(word in plain for word in _SPOKEN) or not _SPEECH.search(plain):
        return None
    parsed = parse(plain)
    text = plain[slice(*parsed.text)]
    if parsed.credit is None or not text.endswith((".", "!", "?", '"', "'")):
        return None
    return parsed.text[1], len(plain)


@dataclass(frozen=True, slots=True)
class _Agencies:
    pattern: Pattern
    names: dict[str, str]


@cache
def _agencies() -> _Agencies:
    names: dict[str, str] = {}
    for entry in table("agencies")["agency"]:
        for spelling in (entry["name"], *entry["spellings"]):
            names[spelling] = entry["name"]
    ordered = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(s).replace(r"\ ", " ") for s in ordered)
    return _Agencies(compile_pattern(rf"(?:^|[^\p{{L}}\d])({either})(?:$|[^\p{{L}}\d])"), names)


def agencies_in(credit: str) -> tuple[str, ...]:
    """The agencies and libraries that a credit names, by their usual names, in order."""
    known = _agencies()
    found: list[str] = []
    at = 0
    while match := known.pattern.search(credit[at:]):
        name = known.names[match.group(1) or ""]
        if name not in found:
            found.append(name)
        at += match.span(1)[1]
    return tuple(found)


_BETWEEN_NAMES = re.compile(r"\s*[/|,;+]\s*|\s+via\s+|\s+for\s+|\s+-\s+|\s+and\s+|\s+&\s+")
_PERSON = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:de|del|van|von|der|da|di|la|le|bin|al)){0,2}(?:\s+[A-ZÀ-Þ][\w'’.-]*){1,3}"
)
_NOT_A_PERSON = re.compile(
    r"\b(?:Images?|Photos?|Press|Agency|Trust|Rescue|Board|Maritime|Gallery|Archives?|Herald|Courier|Bureau|Government|State|National|News|Media|Police|Office|Department|University|Ministry|Club|Council|"
    r"Service|Times|Post|Guardian|Herald|Mirror|Daily|Tribune|Journal|Museum|Foundation|Company|Group|Studios?|"
    r"Pictures|Sport|Sports|Commons|Archive|Getty|Federation|Association|Institute|Church|Party|Team|League|Inc|Ltd|"
    r"Domain|Photo|File|Public|Supplied|Courtesy|Instagram|Facebook|Twitter|Society|Hospital|School|College|Committee|Commission|Corporation|Army|Navy|Court|Library|Network|Pool)\b|\d"
)


def photographer_in(credit: str) -> str | None:
    """The photographer's name in a credit, if it gives one."""
    for part in _BETWEEN_NAMES.split(credit):
        name = re.sub(r"^(?:Photo(?:graph)?s? |Picture |Image )?(?:by|By|BY)\s+", "", part.strip(" .()"))
        if agencies_in(name) or _NOT_A_PERSON.search(name):
            continue
        if _PERSON.fullmatch(name):
            return name.title() if name.isupper() else name
    return None


def same_caption(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two captions' words say the same: one repeats most of the other."""
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(short) < 0.4 * len(long):
        return False
    words = set(long)
    return sum(1 for word in short if word in words) >= 0.8 * len(short)
