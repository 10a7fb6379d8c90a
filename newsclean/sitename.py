"""The name of the site in the title of a page."""

from __future__ import annotations

import re

PARTING = re.compile(r"(?<!\s)\s+[-|•·»:/]\s+|(?:(?<!\s)\s+)?[|｜：]\s*")
"""What parts a headline from the name of the site."""
PUBLISHER_WORDS = 5
"""The longest name of a site, in words."""


def headline_part(title: str) -> str:
    """A page's title without the publisher's name at its end."""
    cuts = list(PARTING.finditer(title))
    for cut in reversed(cuts):
        rest = title[cut.end() :]
        if len(rest.split()) > PUBLISHER_WORDS or cut.start() < len(title) / 2:
            break
        title = title[: cut.start()]
    return title.strip()
