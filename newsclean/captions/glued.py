"""Captions and credits that are stuck to a paragraph, as pages without line breaks have them."""

from __future__ import annotations

import re

from newsclean.captions.credits import is_agency
from newsclean.captions.forms import parse
from newsclean.evidence import Evidence, Role

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
_WIDE_TAIL = re.compile(r"。[」』]*\s*(?P<cut>[(（](?P<agency>[^()（）]{2,20})[)）])$")
"""The same in scripts whose captions have no full stop before it."""
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
    if (match := _WIDE_TAIL.search(plain)) and is_agency(match["agency"]):
        return match.span("cut")
    if not any(word in plain for word in _SPOKEN) or not _SPEECH.search(plain):
        return None
    parsed = parse(plain)
    text = plain[slice(*parsed.text)]
    if parsed.credit is None or not text.endswith((".", "!", "?", '"', "'")):
        return None
    return parsed.text[1], len(plain)
