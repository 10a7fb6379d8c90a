"""Title, authors, publisher, aggregator, section, date: from the passages around the article."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.decide import Verdict
from newsclean.evidence import Role
from newsclean.language import main_language
from newsclean.metadata.bylines import author_notes, names_under_title, read_bylines
from newsclean.metadata.found import Metadata
from newsclean.metadata.headline import (
    LEAST_LEADING_WORDS,
    find_title,
    leading_headlines,
    mark_repeats,
    opens_section,
    prefer_page_title,
    signed,
    with_kicker,
)
from newsclean.metadata.lead import keep_opening_sentences, lead_over_byline
from newsclean.metadata.menus import clear_far_metadata, menus, name_the_rest
from newsclean.metadata.pagetitle import NOWHERE, PageTitle
from newsclean.metadata.source import aggregator, read_head
from newsclean.page import Passage
from newsclean.structured import Structured

__all__ = ["Metadata", "describe"]


def describe(
    passages: Sequence[Passage], verdicts: Sequence[Verdict], about: Structured | None = None
) -> Metadata:
    """Read the metadata off a page whose passages have their roles; ``about`` is what it tells machines."""
    found = Metadata(aggregator=aggregator(passages))
    if about is not None:
        found.publisher, found.section, found.date = about.publisher, about.section, about.date
        found.authors = about.authors
    body = [i for i, v in enumerate(verdicts) if v.role is Role.BODY]
    if not body:
        return found
    found.language = main_language([passages[i] for i in body], about.language if about else None)
    first = body[0]
    leading = leading_headlines(passages, verdicts, body)
    brief = all(len(passages[i].words) < LEAST_LEADING_WORDS for i in leading)
    if leading and brief and not signed(passages, verdicts, leading[-1]):
        leading = []
    prose = body[len(leading)] if len(leading) < len(body) else first
    top = PageTitle.read(passages, prose) if about is None else PageTitle.told(about)
    title = find_title(passages, verdicts, prose, body, leading, top)
    if top is not None and prefer_page_title(passages, verdicts, title, body, top):
        title = None
        found.title = top.headline
        if top.index != NOWHERE:
            found.say(top.index, Role.TITLE, "page-title", "The page's own title, which the story is about.")
    if title is not None:
        shown = top.shown_in(passages, title) if top is not None else None
        found.title = shown or with_kicker(passages, title, top)
        prose = next((i for i in body if i > title), prose) if title >= prose else prose
        found.say(title, Role.TITLE, "title", "The headline: over the body, and shares its words.")
        mark_repeats(passages, verdicts, title, found)
        names_under_title(passages, title, body, found)
        if about is None:  # the trees of HTML pages tell a standfirst by its element
            prose = lead_over_byline(passages, verdicts, title, body, found) or prose
    else:
        leading = []
    for i in leading:
        if i not in found.roles and not opens_section(passages, body, i):
            found.say(i, Role.STANDFIRST, "over-the-body", "A line between headline and body.")
    keep_opening_sentences(passages, verdicts, 0 if title is None else title + 1, prose, found)
    anchor = title if title is not None else prose
    clear_far_metadata(verdicts, anchor, prose, found)
    in_menus = menus(passages, verdicts, anchor)
    read_head(passages, verdicts, anchor, prose, in_menus, found)
    read_bylines(passages, verdicts, anchor, prose, found)
    author_notes(passages, body, found)
    name_the_rest(passages, verdicts, in_menus, found)
    return found
