"""Title, authors, publisher, aggregator, section, date: from the passages around the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from newsclean.data import table
from newsclean.decide import Verdict, text_weight
from newsclean.evidence import METADATA_ROLES, REMOVED_ROLES, Evidence, Role
from newsclean.page import Mark, Passage
from newsclean.rules.patterns import PatternSet

_HEAD = 40
"""Passages above the body that may hold its title."""
_NEAR = 8
"""Passages around the title that may hold its authors, date, section."""
_SURE = 4.0
_TITLE_WORDS = (2, 32)
_TITLE_SCORE = 2.0
_HEADLINES = 3
_SIGNED_WITHIN = 4
_LEAST_LEADING_WORDS = 7
"""A shorter line that opens a bare text may as well be its first subheading."""
_LEAD_WORDS = 90
"""The longest standfirst; what follows the byline must be longer."""
_OPENING_WORDS = 30
"""Words of an opening that is longer than a standfirst."""
_STORY = 3
"""Paragraphs that a story has before a note on its author."""
_LAST = 4
"""Paragraphs at the end among which such a note may stand."""
_CONTENT_WORD = 4
_MENU_LINES, _MENU_WORDS = 4, 5
_TOUCHING = 2
_NAME_WORDS = 4
_ITEM_WORDS = 30
_LISTS = frozenset({Role.COMMENT, Role.COOKIE, Role.RELATED, Role.TAGS})
"""Furniture that comes in lists, so that an unexplained line under it is one of its items."""


@dataclass(slots=True)
class Metadata:
    """What the page says of its article, and the roles that follow from it by passage index."""

    title: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    aggregator: str | None = None
    section: str | None = None
    date: str | None = None
    roles: dict[int, Evidence] = field(default_factory=dict)

    def fill_from(self, other: Metadata) -> None:
        """Take over what is known there and not here."""
        for name in ("title", "standfirst", "authors", "publisher", "section", "date"):
            if not getattr(self, name):
                setattr(self, name, getattr(other, name))

    def say(self, index: int, role: Role, rule: str, why: str) -> None:
        """Give a passage a metadata role."""
        self.roles[index] = Evidence(f"metadata.{rule}", role, _SURE, why)


def describe(passages: Sequence[Passage], verdicts: Sequence[Verdict]) -> Metadata:
    """Read the metadata off a page whose passages have their roles."""
    found = Metadata(aggregator=_aggregator(passages))
    body = [i for i, v in enumerate(verdicts) if v.role is Role.BODY]
    if not body:
        return found
    first = body[0]
    leading = _leading_headlines(passages, verdicts, body)
    brief = all(len(passages[i].words) < _LEAST_LEADING_WORDS for i in leading)
    if leading and brief and not _signed(passages, verdicts, leading[-1]):
        leading = []
    prose = body[len(leading)] if len(leading) < len(body) else first
    title = _find_title(passages, verdicts, prose, body, leading)
    if title is not None:
        found.title = _in_one_line(passages[title].text)
        found.say(title, Role.TITLE, "title", "The headline: over the body, and shares its words.")
        _repeats(passages, verdicts, title, found)
        _names_under_title(passages, title, body, found)
        prose = _lead_over_byline(passages, verdicts, title, body, found) or prose
    else:
        leading = []
    for i in leading:
        if i not in found.roles:
            found.say(i, Role.STANDFIRST, "over-the-body", "A line between headline and body.")
    _keep_opening_sentences(passages, verdicts, 0 if title is None else title + 1, prose, found)
    anchor = title if title is not None else prose
    _clear_far_metadata(verdicts, anchor, prose, found)
    menus = _menus(passages, verdicts, anchor)
    _read_head(passages, verdicts, anchor, prose, menus, found)
    _read_bylines(passages, verdicts, anchor, prose, found)
    _author_notes(passages, body, found)
    _name_the_rest(passages, verdicts, menus, found)
    return found


def _menus(passages: Sequence[Passage], verdicts: Sequence[Verdict], anchor: int) -> set[int]:
    """Passages in rows of short lines: menus. What touches the headline is not among them."""
    found: set[int] = set()
    row: list[int] = []
    for i in range(len(passages) + 1):
        if i < len(passages) and _in_a_menu(passages[i], verdicts[i]):
            row.append(i)
            continue
        if len(row) >= _MENU_LINES:
            found.update(k for k in row if abs(k - anchor) > _TOUCHING)
        row = []
    return found


def _in_a_menu(passage: Passage, verdict: Verdict) -> bool:
    short = 1 <= len(passage.words) <= _MENU_WORDS and not passage.plain.endswith((".", "!", "?"))
    return short and verdict.role in (Role.OTHER, Role.NAVIGATION, Role.SECTION, Role.SUBSCRIBE)


def _name_the_rest(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], menus: set[int], found: Metadata
) -> None:
    """Roles for lines that nothing was said of: they go on in the list that they stand in."""
    publisher = (found.publisher or "").lower()
    current: Role | None = None
    for i, verdict in enumerate(verdicts):
        role = found.roles[i].role if i in found.roles else verdict.role
        if role is Role.SECTION and i in menus:
            found.say(i, Role.NAVIGATION, "section-in-a-menu", "A section's name in a menu.")
        elif role is not Role.OTHER:
            current = role if role in _LISTS else None
        elif verdict.evidence[0].rule_id != "structure.outside":
            continue
        elif publisher and passages[i].plain.lower() == publisher:
            found.say(i, Role.SOURCE, "publisher", "The publisher's name on a line of its own.")
        elif current and len(passages[i].words) <= _ITEM_WORDS:
            found.say(i, current, f"goes-on-{current}", "Goes on in the list that it stands in.")
        elif i in menus:
            found.say(i, Role.NAVIGATION, "menu", "One of many short lines in a row.")


def _clear_far_metadata(verdicts: Sequence[Verdict], anchor: int, prose: int, found: Metadata) -> None:
    """Names of sections and dates far from the headline belong to menus and teasers."""
    for i, verdict in enumerate(verdicts):
        if anchor - _NEAR <= i <= prose:
            continue
        if verdict.role is Role.SECTION:
            found.say(
                i, Role.NAVIGATION, "section-in-a-menu", "A section's name, but not beside the headline."
            )
        elif verdict.role is Role.DATE and i > prose and _among_related(verdicts, i):
            found.say(i, Role.RELATED, "date-of-a-teaser", "A date among other stories.")


def _among_related(verdicts: Sequence[Verdict], i: int) -> bool:
    near = [*verdicts[max(0, i - 2) : i], *verdicts[i + 1 : i + 3]]
    return sum(1 for v in near if v.role is Role.RELATED) >= 2


def _leading_headlines(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], body: Sequence[int]
) -> list[int]:
    """Body passages before the first prose that look like headlines, if they are few."""
    leading = []
    for i in body:
        if not _headline_like(passages[i]) or text_weight(_by_rules(verdicts[i])) > 0:
            break
        leading.append(i)
    return leading if len(leading) <= _HEADLINES and len(leading) < len(body) else []


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _names_under_title(passages: Sequence[Passage], title: int, body: Sequence[int], found: Metadata) -> None:
    """Bare names between the headline and the story, which their shape alone would not tell."""
    for i in [i for i in body[:_HEADLINES] if i not in found.roles]:
        names = names_in(passages[i].plain, shouted=True)
        if i < title or not names or len(passages[i].words) > _NAME_WORDS * len(names):
            break
        found.authors = found.authors or names
        found.say(i, Role.BYLINE, "bare-name", "A person's name beside the headline.")


def _lead_over_byline(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], title: int, body: Sequence[int], found: Metadata
) -> int | None:
    """A paragraph or a few lines under the headline, with byline or date between them and the story.

    Returns where the story then begins, or None if there is no such lead.
    """
    kept = [i for i in body if i > title and i not in found.roles]
    run = kept[:1]
    while len(run) < len(kept) and kept[len(run)] == run[-1] + 1:
        run.append(kept[len(run)])
    rest = kept[len(run) :]
    if not rest or len(run) > _HEADLINES or rest[0] - run[-1] > _NEAR:
        return None
    if any(passages[i].glued for i in (*run, rest[0])):
        return None
    between = range(run[-1] + 1, rest[0])
    signed = any(verdicts[i].role in (Role.BYLINE, Role.DATE) for i in between)
    lead, story = (sum(len(passages[i].words) for i in some) for some in (run, rest))
    if not signed or not lead <= _LEAD_WORDS <= story:
        return None
    found.standfirst = found.standfirst or _in_one_line(" ".join(passages[i].text for i in run))
    for i in run:
        found.say(i, Role.STANDFIRST, "over-the-byline", "Stands between headline and byline.")
    return rest[0]


def _author_notes(passages: Sequence[Passage], body: Sequence[int], found: Metadata) -> None:
    """Paragraphs at the end of the story that begin with the name of who wrote it."""
    kept = [i for i in body if i not in found.roles]
    for i in kept[max(_STORY, len(kept) - _LAST) :]:
        plain = passages[i].plain
        if any(plain.startswith(f"{name} ") and plain[len(name) + 1].islower() for name in found.authors):
            found.say(i, Role.BIO, "author-note", "Ends the story and begins with its author's name.")


def _keep_opening_sentences(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], start: int, prose: int, found: Metadata
) -> None:
    """Sentences that open the story, with no byline or date between them and the rest of it.

    Either they are all that stands under the headline (or at the very top), or they are more
    than a standfirst: two passages or more.
    """
    first = prose
    while first > start and _opens(passages[first - 1], verdicts[first - 1]):
        first -= 1
    run = range(first, prose)
    words = sum(len(passages[i].words) for i in run)
    if (first == start and len(run) <= _HEADLINES) or (len(run) > 1 and words >= _OPENING_WORDS):
        for i in run:
            if verdicts[i].role is Role.OTHER:
                found.say(i, Role.BODY, "opening-sentence", "A sentence between the headline and the story.")


def _opens(passage: Passage, verdict: Verdict) -> bool:
    """Whether it ends like a sentence, and no rule says what else it is."""
    if verdict.role not in (Role.OTHER, Role.BODY) or passage.plain[-1:] not in tuple(".!?…"):
        return False
    return not _by_rules(verdict)[1:]


def _by_rules(verdict: Verdict) -> list[Evidence]:
    return [e for e in verdict.evidence if not e.rule_id.startswith("structure.")]


def _signed(passages: Sequence[Passage], verdicts: Sequence[Verdict], i: int) -> bool:
    """Whether a byline or a date follows a line, as it follows a headline."""
    after = range(i + 1, min(i + _SIGNED_WITHIN + 1, len(passages)))
    return any(verdicts[k].role in (Role.BYLINE, Role.DATE) or _BY.match(passages[k].plain) for k in after)


def _headline_like(passage: Passage) -> bool:
    plain = passage.plain
    if passage.glued or passage.mark is Mark.ITEM or not 2 <= len(passage.words) <= 24:
        return False
    if plain.endswith((":", ",", ";")) or (plain[0] in "\"'" and plain[-1] in "\"'"):
        return False
    return not plain.rstrip("\"')]").endswith((".", "…", "。", "!"))


def _find_title(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    prose: int,
    body: Sequence[int],
    leading: Sequence[int],
) -> int | None:
    said = Counter(w for i in body[:40] for w in set(passages[i].words) if len(w) >= _CONTENT_WORD)
    repeated = Counter(p.plain.lower() for p in passages)
    best, best_score = None, _TITLE_SCORE
    for i in range(max(0, prose - _HEAD), prose):
        if not _may_be_title(passages[i], verdicts[i]) or (
            verdicts[i].role is Role.BODY and i not in leading
        ):
            continue
        score = _title_score(passages, i, prose, said) + (repeated[passages[i].plain.lower()] > 1)
        score += 1.5 * _signed(passages, verdicts, i)
        if score >= best_score:
            best, best_score = i, score
    return best


def _may_be_title(passage: Passage, verdict: Verdict) -> bool:
    low, high = _TITLE_WORDS
    if passage.glued or not low <= len(passage.words) <= high:
        return False
    if passage.plain.endswith("?") and verdict.role is Role.BODY:
        return False  # the first question of an interview, as likely
    if _BY.match(passage.plain) or (len(passage.words) <= 6 and names_in(passage.plain)):
        return False
    own = [e for e in verdict.evidence if e.rule_id != "structure.outside" and e.role is verdict.role]
    sure = sum(e.weight for e in own) >= _SURE
    return not (sure and verdict.role in REMOVED_ROLES | METADATA_ROLES | {Role.CAPTION, Role.CREDIT})


def _title_score(passages: Sequence[Passage], i: int, prose: int, said: Counter[str]) -> float:
    passage = passages[i]
    content = [w for w in passage.words if len(w) >= _CONTENT_WORD]
    shared = sum(1 for w in content if said[w]) / len(content) if content else 0.3
    score = 3.0 * shared
    score += 1.0 if 5 <= len(passage.words) <= 22 else 0.0
    score += 2.0 if passage.mark is Mark.HEADING else 0.0
    score -= 1.0 if passage.mark is Mark.ITEM else 0.0
    score -= 2.0 * passage.link_share
    score -= 1.5 if passage.plain.endswith(".") else 0.0
    return score - 0.05 * (prose - i)


def _repeats(passages: Sequence[Passage], verdicts: Sequence[Verdict], title: int, found: Metadata) -> None:
    """Other lines that are the title again, alone or with the publisher's name behind it."""
    plain = passages[title].plain.lower()
    for i, passage in enumerate(passages):
        other = passage.plain.lower()
        if i == title or not other.startswith(plain) or len(other) > len(plain) + 50:
            continue
        rest = passage.plain[len(plain) :].strip()
        if rest and not re.match(r"[-|•·»:]", rest):
            continue
        if verdicts[i].role is Role.BODY and i > title:
            continue
        found.say(i, Role.TITLE, "title-again", "The headline once more.")
        name = rest.strip("-|•·»: ")
        if name and len(name.split()) <= 5 and not found.publisher:
            found.publisher = name.rsplit("|")[-1].strip(" -")


def _read_head(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    anchor: int,
    prose: int,
    menus: set[int],
    found: Metadata,
) -> None:
    """Source, section, date and standfirst from the lines around the title."""
    _read_date(passages, verdicts, anchor, prose, found)
    for i in range(max(0, anchor - _NEAR), prose):
        verdict = verdicts[i]
        if i in found.roles or verdict.role is Role.BODY:
            continue
        plain = passages[i].plain.strip(" :|•·-")
        again = any(
            0 <= k < len(passages) and passages[k].plain == passages[i].plain and passages[i].plain
            for k in (i - 1, i + 1)
        )
        if again and len(passages[i].words) <= 5 and plain.lower() not in _sections():
            found.publisher = found.publisher or plain
            found.say(i, Role.SOURCE, "doubled-name", "A short name twice over the story: who publishes it.")
        elif i in menus:
            continue
        elif plain.lower() in _sections() and abs(i - anchor) <= 4 and _own(verdict) < _SURE:
            found.section = found.section or (plain.title() if plain.isupper() and len(plain) > 3 else plain)
            found.say(i, Role.SECTION, "section", "The name of a section, beside the headline.")
        elif (
            anchor < i < prose and verdict.role is Role.OTHER and _is_standfirst(passages, verdicts, i, prose)
        ):
            if found.standfirst is None:
                found.standfirst = _in_one_line(passages[i].text)
            found.say(i, Role.STANDFIRST, "standfirst", "A summary between the headline and the body.")
    if not found.publisher:
        found.publisher = _provider(passages)


def _own(verdict: Verdict) -> float:
    return sum(
        e.weight
        for e in verdict.evidence
        if e.role is verdict.role and e.role not in METADATA_ROLES and e.rule_id != "structure.outside"
    )


def _is_standfirst(passages: Sequence[Passage], verdicts: Sequence[Verdict], i: int, prose: int) -> bool:
    return 6 <= len(passages[i].words) <= 60 and _own(verdicts[i]) <= 0 and prose - i <= _NEAR


@cache
def _sections() -> frozenset[str]:
    return frozenset(name for names in table("sections").values() for name in names)


_PROVIDER = re.compile(
    r"(?:©|[Cc]opyright|\([Cc]\))\s*(?:Provided by\s+|(?:19|20)\d\d(?:-\d{2,4})?[,]?\s+|by\s+)+"
    r"(?P<name>[A-Z][\w'&]*(?:\.\w+)*(?:\s+(?:of|the|and|for|&|\d+|(?!All\b|Rights\b)[A-Z][\w'&]*)){0,4})"
)
_COMPANY = re.compile(r"[,.]?\s*(?:All [Rr]ights?.*|(?:Inc|Ltd|LLC|Limited|plc|PLC|GmbH|AG|Co|Corp)\b\.?.*)$")


def _provider(passages: Sequence[Passage]) -> str | None:
    for passage in passages:
        if len(passage.words) > 30 or not any(s in passage.plain for s in ("©", "opyright", "(c)", "(C)")):
            continue
        match = _PROVIDER.search(passage.plain)
        if match:
            return _COMPANY.sub("", match["name"]).strip(" .,") or None
    return None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_DATES = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b"
    ),
    re.compile(rf"(?i)\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)\b"),
)


def _dates(plain: str) -> Iterator[str]:
    for form in _DATES:
        for match in form.finditer(plain):
            parts = match.groupdict()
            month = int(parts.get("number") or _MONTHS.index(parts["month"][:3].lower()) + 1)
            try:
                yield date(int(parts["year"]), month, int(parts["day"])).isoformat()
            except ValueError:
                continue


def _read_date(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    anchor: int,
    prose: int,
    found: Metadata,
) -> None:
    for i in sorted(range(max(0, anchor - _NEAR), min(prose, len(passages))), key=lambda i: abs(i - anchor)):
        if verdicts[i].role is Role.BODY or len(passages[i].words) > 20:
            continue
        for day in _dates(passages[i].plain):
            found.date = day
            if i not in found.roles and verdicts[i].role in (Role.OTHER, Role.NAVIGATION):
                found.say(i, Role.DATE, "date", "A date beside the headline.")
            return


_BY = re.compile(
    r"^(?:by|words(?: and (?:pictures|photos))?(?: by)?|story by|written by|text by|reported by|author|posted by|von|par|por|di|da|door|av|af)\b[:\s]+",
    re.IGNORECASE,
)
_BY_INSIDE = re.compile(r"^(?:posted|published|updated|written)\b.*?\bby\s+", re.IGNORECASE)
_PERSON = (
    r"(?:[A-ZÀ-ÖØ-Þ][\w'-]+|[A-Z]\.)(?:\s+(?:de|del|della|van|von|der|den|da|di|dos|la|le|bin|al|el|y))*"
    r"(?:\s+(?:[A-ZÀ-ÖØ-Þ][\w'-]+|[A-Z]\.?)){1,3}"
)
_NAME = re.compile(_PERSON)
_SPLIT = re.compile(r"\s*(?:,|;|&|\||/|•|·|\s-\s|\band\b|\bund\b|\bet\b|\by\b)\s*")
_NOT_NAMES = frozenset(
    [
        "news",
        "daily",
        "times",
        "post",
        "mirror",
        "herald",
        "guardian",
        "press",
        "staff",
        "reporter",
        "reporters",
        "editor",
        "editors",
        "editorial",
        "correspondent",
        "agency",
        "agencies",
        "team",
        "desk",
        "world",
        "sport",
        "sports",
        "video",
        "live",
        "home",
        "menu",
        "search",
        "sign",
        "log",
        "subscribe",
        "share",
        "more",
        "read",
        "latest",
        "top",
        "stories",
        "breaking",
        "opinion",
        "business",
        "politics",
        "weather",
        "privacy",
        "policy",
        "terms",
        "contact",
        "about",
        "newsletter",
        "newsletters",
        "advertisement",
        "today",
        "tomorrow",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "us",
        "uk",
        "eu",
        "new",
        "york",
        "london",
        "paris",
        "city",
        "council",
        "the",
        "tv",
        "radio",
        "show",
        "app",
        "store",
        "google",
        "facebook",
        "twitter",
        "instagram",
        "youtube",
        "cookie",
        "cookies",
        "media",
        "group",
        "ltd",
        "inc",
        "associated",
        "reuters",
        "afp",
        "wire",
        "service",
        "services",
        "bureau",
        "our",
        "pictures",
        "photos",
        "gallery",
        "comments",
        "comment",
        "health",
        "science",
        "technology",
        "tech",
        "travel",
        "food",
    ]
)


def names_in(line: str, *, shouted: bool = False) -> tuple[str, ...]:
    """The people that a byline names, in order; ``shouted`` lets bare capitals be a name."""
    rest = _BY.sub("", line.strip())
    names = []
    for part in _SPLIT.split(rest):
        part = re.sub(r"\s*\(.*?\)|\s+(?:in|for|at|from)\s.*$", "", part).strip(" .:")
        if part.isupper() and (shouted or rest != line.strip()):
            part = part.title()
        if _NAME.fullmatch(part) and not _NOT_NAMES & set(part.lower().split()):
            names.append(part)
    return tuple(dict.fromkeys(names))


def _read_bylines(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    anchor: int,
    prose: int,
    found: Metadata,
) -> None:
    near = range(max(0, anchor - _NEAR), min(len(passages), prose + 1))
    for i in near:
        if (verdicts[i].role in (Role.BYLINE, Role.DATE) and len(passages[i].words) <= 20) or (
            _BY.match(passages[i].plain)
            and len(passages[i].words) <= 14
            and verdicts[i].role is not Role.BODY
        ):
            names = names_in(_BY_INSIDE.sub("By ", passages[i].plain), shouted=True)
            if names and not found.authors:
                found.authors = names
            if names and verdicts[i].role not in (Role.BYLINE, Role.DATE):
                found.say(i, Role.BYLINE, "byline", "A byline beside the headline.")
    if found.authors:
        return
    for i in sorted(near, key=lambda i: abs(i - anchor)):
        if i in found.roles or verdicts[i].role is Role.BODY or _own(verdicts[i]) >= _SURE:
            continue
        names = _lone_names(passages, verdicts, i, anchor, found)
        if names:
            found.authors = names
            found.say(i, Role.BYLINE, "bare-name", "A person's name beside the headline.")
            return


def _lone_names(
    passages: Sequence[Passage],
    verdicts: Sequence[Verdict],
    i: int,
    anchor: int,
    found: Metadata,
) -> tuple[str, ...]:
    """Names on a line of their own that touches the title, or what belongs to it."""
    if len(passages[i].words) > 8 or passages[i].plain == found.publisher:
        return ()
    between = range(min(i, anchor) + 1, max(i, anchor))
    known = METADATA_ROLES | {Role.CAPTION, Role.CREDIT, Role.SOCIAL}
    if any(k not in found.roles and verdicts[k].role not in known for k in between):
        return ()
    before_by = i > 0 and passages[i - 1].plain.lower().strip(" :") in ("by", "author", "von", "par", "por")
    if i < anchor and not (
        before_by or any(k in found.roles for k in (i - 1, i - 2)) or abs(i - anchor) == 1
    ):
        return ()
    return names_in(passages[i].plain)


@cache
def _signs() -> tuple[PatternSet, tuple[str, ...]]:
    patterns, names = [], []
    for entry in table("aggregators")["aggregator"]:
        for sign in entry["signs"]:
            patterns.append(sign)
            names.append(entry["name"])
    return PatternSet(patterns), tuple(names)


def _aggregator(passages: Sequence[Passage]) -> str | None:
    signs, names = _signs()
    needed = {entry["name"]: entry["needed"] for entry in table("aggregators")["aggregator"]}
    seen: Counter[str] = Counter()
    for passage in passages:
        if not 0 < len(passage.words) <= 40:
            continue
        for name in {names[i] for i in signs.matches(passage.plain)}:
            seen[name] += 1
            if seen[name] >= needed[name]:
                return name
    return None
