"""The invented articles that carry single lines through the whole of clean()."""

from newsclean.data import table
from newsclean.rules.carrier import behind, inside, parts

BEFORE, AFTER = parts("en")
BODY = "\n\n".join((*BEFORE, *AFTER))
ARTICLES = {language: (*story["before"], *story["after"]) for language, story in table("carriers").items()}

__all__ = ["AFTER", "ARTICLES", "BEFORE", "BODY", "behind", "inside"]
