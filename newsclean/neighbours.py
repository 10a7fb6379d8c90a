"""Rules that need a passage's neighbours: small functions, each with an id and a reason.

A rule gets the passages, what was said of each so far, and the ids of the rules whose finds
head a list of other stories; it yields (index, evidence).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from newsclean.captions.evidence import PRESENT_TENSE, same_caption
from newsclean.evidence import CAPTION_ROLES, Evidence, Role
from newsclean.measures import SURE, strongest
from newsclean.page import Passage

Said = Sequence[Sequence[Evidence]]
Headers = frozenset[str]
NeighbourRule = Callable[[Sequence[Passage], Said, Headers], Iterator[tuple[int, Evidence]]]

_HEADER_WORDS = 8
_ITEM_WORDS = 40
_LIST_LENGTH = 12
_STORY_AFTER, _LONG = 3, 20
"""So many paragraphs of so many words mean that the story goes on."""
_CAPTION_WORDS = 45
_CLOSED_WORDS = (20, 35)
"""Words of a sentence that is a caption, with a blank line between it and the credit, and with none."""
_LEAST_CAPTION, _LEAST_SENTENCE = 3, 6
_LABEL_NAMES = 6
_DAY = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b")
_DAY_WORDS = 10
_SHORT = 8
_OFFER_LINES, _OFFER_WORDS = 2, 24
_NAME_WORDS = 4
_MOST_LINKED = 0.5
"""The part of a caption that may stand in links."""
_LEAST_TURNS = 3
_COUNTER = re.compile(r"\d{1,3}\s?(?:/|of)\s?\d{1,3}$")
_OFFER = re.compile(
    r"[£$€]\s?\d|\b(?:per|a) (?:week|month|year)\b|\b(?:trial|subscri\w+|cancel|unlimited|access|digital|print|tablet|desktop|"
    r"newsletters?|membership|members|plans?|billed|offer)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:\d{1,2}[.:h]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?|\d{1,2} ?[ap]\.?m\.?)$", re.IGNORECASE
)
_BREAK = re.compile(r"[*＊◆◇⁂–—-][*＊◆◇⁂–—\s-]*$")


def _sum(said: Sequence[Evidence], *roles: Role) -> float:
    return sum(e.weight for e in said if e.role in roles) if said else 0.0


def _closed(passage: Passage) -> bool:
    """Whether it ends like a sentence."""
    return passage.plain.rstrip("\"')]»").endswith((".", "!", "?", "…", "。"))


def list_under_header(
    passages: Sequence[Passage], said: Said, headers: Headers
) -> Iterator[tuple[int, Evidence]]:
    """Headlines under a header such as "Read next", up to the next paragraph of prose."""
    headline, sentence = (
        Evidence(
            "neighbour.list-under-header",
            Role.RELATED,
            weight,
            "Stands in a list under a header that announces other stories.",
        )
        for weight in (4.5, 2.5)
    )
    left = 0
    for i, passage in enumerate(passages):
        if len(passage.words) <= _HEADER_WORDS and any(e.rule_id in headers for e in said[i]):
            left = _LIST_LENGTH
            continue
        if not left:
            continue
        if len(passage.words) > _ITEM_WORDS or (_closed(passage) and len(passage.words) > 14):
            left = 0
            continue
        left -= 1
        if len(passage.words) >= 3 and not _sum(said[i], *CAPTION_ROLES):
            yield i, sentence if _closed(passage) else headline


_LIKE_CAPTION = 2.5
"""Evidence from which a line over a lone credit is taken for its caption, however it ends and stands."""


def caption_before_credit(
    passages: Sequence[Passage], said: Said, _headers: Headers
) -> Iterator[tuple[int, Evidence]]:
    """The line over a lone credit is its caption, if it stands close enough or under a gallery's counter."""
    spaced = any(passage.gap for passage in passages)
    for i in range(1, len(passages)):
        before = passages[i - 1]
        if (
            _sum(said[i], Role.CREDIT) < SURE
            or passages[i].gap > 1
            or before.glued
            or before.link_share > _MOST_LINKED
        ):
            continue
        if _sum(said[i - 1], *CAPTION_ROLES) >= SURE or _apart(before, passages[i]) or _is_label(before):
            continue
        counted = i > 1 and _COUNTER.match(passages[i - 2].plain) is not None
        signed = passages[i].plain.startswith(("(", "["))  # as agencies sign the last paragraph of a story
        close = spaced and not passages[i].gap and not signed
        weight = _over_credit(before, close=close, counted=counted)
        if _sum(said[i - 1], Role.CAPTION) >= _LIKE_CAPTION:
            weight = max(weight, 4.0)
        if weight:
            why = "Stands right over a lone picture credit."
            yield i - 1, Evidence("neighbour.caption-before-credit", Role.CAPTION, weight, why)


def _over_credit(line: Passage, *, close: bool, counted: bool) -> float:
    """What it weighs to stand over a lone credit, with no blank line between them if ``close``.

    On real pages a line without a full stop that stands apart is nearly always a heading, and a long
    sentence the story's last paragraph before the picture.
    """
    words = len(line.words)
    if counted or (line.node is not None and not _closed(line)):  # a tree has both in one element
        return 6.5 if words >= _LEAST_CAPTION else 0.0
    if _closed(line) and line.node is None:
        return 0.0 if words > _CLOSED_WORDS[close] or words < _LEAST_SENTENCE else 5.0 if close else 2.5
    return 5.0 if close and words >= _LEAST_CAPTION and not _closed(line) else 0.0


def _is_label(passage: Passage) -> bool:
    """Whether it is what stands over a picture for other reasons: a date, a list of names, "Author:"."""
    tokens = passage.plain.split()
    if passage.plain.endswith(":") or (len(tokens) <= _DAY_WORDS and _DAY.search(passage.plain)):
        return True
    return len(tokens) >= _LABEL_NAMES and all(token[:1].isupper() for token in tokens)


def _apart(one: Passage, other: Passage) -> bool:
    """Whether the tree of an HTML page holds two passages in different elements."""
    if one.node is None or other.node is None:
        return False
    return one.node.parent != other.node.parent


def offer_under_prompt(
    passages: Sequence[Passage], said: Said, _headers: Headers
) -> Iterator[tuple[int, Evidence]]:
    """What a subscription costs and gives, under the prompt to take one."""
    evidence = Evidence(
        "neighbour.offer-under-prompt",
        Role.SUBSCRIBE,
        4.0,
        "Speaks of price or benefits right under a prompt to subscribe.",
    )
    left = 0
    for i, passage in enumerate(passages):
        if _sum(said[i], Role.SUBSCRIBE) >= SURE:
            left = _OFFER_LINES
        elif len(passage.words) > _OFFER_WORDS:
            left = 0
        elif left:
            left -= 1
            if not said[i] and _OFFER.search(passage.plain):
                left = _OFFER_LINES
                yield i, evidence


def present_tense_caption(
    passages: Sequence[Passage], said: Said, _headers: Headers
) -> Iterator[tuple[int, Evidence]]:
    """A line in mid-story that says in the present tense what somebody is seen doing."""
    story = False
    for i, passage in enumerate(passages):
        fits = story and not said[i] and not _closed(passage) and len(passage.words) <= _CAPTION_WORDS
        if fits and not passage.plain.endswith(":") and PRESENT_TENSE.match(passage.plain):
            yield (
                i,
                Evidence(
                    "neighbour.present-tense-caption",
                    Role.CAPTION,
                    4.5,
                    "Says in the present tense what somebody is seen doing.",
                ),
            )
        story = story or (len(passage.words) >= _LONG and _closed(passage))


def doubled_caption(
    passages: Sequence[Passage], said: Said, _headers: Headers
) -> Iterator[tuple[int, Evidence]]:
    """An alternative text beside the caption that says the same."""
    if all(_sum(some, *CAPTION_ROLES) < SURE for some in said):
        return
    for i in range(len(passages)):
        if len(passages[i].words) < 4:
            continue
        for k in (i - 2, i - 1, i + 1, i + 2):
            if not 0 <= k < len(passages) or _sum(said[k], *CAPTION_ROLES) < SURE:
                continue
            if _sum(said[k], Role.CREDIT) >= SURE:
                continue  # who repeats the name in a credit is the author as likely
            if _sum(said[i], *CAPTION_ROLES) < SURE and same_caption(passages[i].words, passages[k].words):
                yield (
                    i,
                    Evidence(
                        "neighbour.doubled-caption",
                        Role.CAPTION,
                        6.0,
                        "Says the same as the caption beside it.",
                    ),
                )
                break


def biography_amid_the_story(
    passages: Sequence[Passage], said: Said, _headers: Headers
) -> Iterator[tuple[int, Evidence]]:
    """Somebody presented in mid-story is a person of the story, not its author."""
    evidence = Evidence(
        "neighbour.biography-amid-the-story",
        Role.BIO,
        -3.0,
        "Authors are presented at an article's ends; here the story goes on.",
    )
    after = 0
    for i in range(len(passages) - 1, -1, -1):
        if 0 < _sum(said[i], Role.BIO) < SURE and after >= _STORY_AFTER:
            yield i, evidence
        if len(passages[i].words) >= _LONG and _closed(passages[i]) and not said[i]:
            after += 1


def short_sentence_amid_prose(
    passages: Sequence[Passage], said: Said, _headers: Headers
) -> Iterator[tuple[int, Evidence]]:
    """ "Alone." between two paragraphs is a paragraph."""
    evidence = Evidence(
        "neighbour.short-sentence-amid-prose",
        Role.BODY,
        3.0,
        "A short sentence with its full stop between paragraphs, or at the very end.",
    )
    long = [len(p.words) >= _LONG and _closed(p) and not said[i] for i, p in enumerate(passages)]
    for i, passage in enumerate(passages):
        if not 1 <= len(passage.words) <= _SHORT or passage.plain[-1] not in ".!?…" or passage.glued:
            continue
        if strongest(said[i])[1] >= SURE:
            continue
        last = i == len(passages) - 1
        if any(long[max(0, i - 3) : i]) and (last or any(long[i + 1 : i + 4])):
            yield i, evidence


def live_blog_times(
    passages: Sequence[Passage], said: Said, _headers: Headers
) -> Iterator[tuple[int, Evidence]]:
    """The times over the entries of a live blog are part of it, and so are the entries."""
    evidence = Evidence(
        "neighbour.live-blog-time",
        Role.BODY,
        9.0,
        "The time over an entry of a live blog, as over the others.",
    )
    entry = Evidence(
        "neighbour.live-blog-entry",
        Role.BODY,
        2.5,
        "Stands between the times of a live blog, as its entries do.",
    )
    times = {
        i
        for i in range(len(passages) - 1)
        if _TIME.match(passages[i].plain)
        and any(len(p.words) >= _LONG and _closed(p) for p in passages[i + 1 : i + 4])
    }
    if len(times) < _LEAST_TURNS:
        return
    for i in sorted(times):
        yield i, evidence
    for i in range(min(times) + 1, max(times)):
        if i not in times and not said[i]:
            yield i, entry


def section_break(
    passages: Sequence[Passage], said: Said, _headers: Headers
) -> Iterator[tuple[int, Evidence]]:
    """Stars or a dash between two paragraphs part the sections of a story."""
    evidence = Evidence(
        "neighbour.section-break", Role.BODY, 8.0, "A sign between two paragraphs that parts sections."
    )
    for i in range(1, len(passages) - 1):
        beside = (i - 1, i + 1)
        prose = all(len(passages[k].words) >= _LONG and _closed(passages[k]) for k in beside)
        if prose and not any(said[k] for k in beside) and _BREAK.match(passages[i].plain):
            yield i, evidence


def speaker_labels(
    passages: Sequence[Passage], said: Said, _headers: Headers
) -> Iterator[tuple[int, Evidence]]:
    """Names that take turns over the questions and answers of an interview, and their lines."""
    turns = Counter(
        p.plain for p in passages if 1 <= len(p.words) <= _NAME_WORDS and p.plain[-1] not in ".!?"
    )
    speakers = {
        plain
        for plain, times in turns.items()
        if (times >= _LEAST_TURNS and plain[0].isupper()) or plain in ("Q", "A", "Q:", "A:")
    }
    places = [i for i, p in enumerate(passages) if p.plain in speakers and not said[i]]
    two = {passages[i].plain for i, k in pairwise(places) if k - i == 2}
    if len(two) < 2:
        return
    evidence = Evidence(
        "neighbour.speaker-turns", Role.BODY, 3.0, "A speaker's name, or the words under it, in an interview."
    )
    for i in places:
        if passages[i].plain in two:
            yield i, evidence
            if i + 1 < len(passages) and not said[i + 1]:
                yield i + 1, evidence


NEIGHBOUR_RULES: tuple[NeighbourRule, ...] = (
    list_under_header,
    offer_under_prompt,
    present_tense_caption,
    caption_before_credit,
    doubled_caption,
    biography_amid_the_story,
    speaker_labels,
    live_blog_times,
    section_break,
    short_sentence_amid_prose,
)
