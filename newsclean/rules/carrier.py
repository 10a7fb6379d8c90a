"""Invented articles that carry single lines through the whole of ``clean``."""

from __future__ import annotations

from newsclean.data import table

_MENU = ("Home", "News", "Sport", "Weather", "Sign in")
_FOOT = ("Contact us", "Privacy policy", "Terms and conditions", "Site map", "Back to top")
_ANY = "en"
"""The article for a language that has none."""


def has_article(language: str) -> bool:
    """Whether there is an article in a language, or any will do ("und")."""
    return language == "und" or language in table("carriers")


def parts(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs of a language's article before the line that it carries, and those after it."""
    articles = table("carriers")
    story = articles.get(language, articles[_ANY])
    return tuple(story["before"]), tuple(story["after"])


def inside(line: str, language: str = _ANY) -> str:
    """The article with a line as a paragraph in its middle."""
    before, after = parts(language)
    return "\n\n".join((*before, line, *after))


def behind(line: str, language: str = _ANY) -> str:
    """A whole page, with the line among the furniture under the article."""
    before, after = parts(language)
    return "\n\n".join((*_MENU, *before, *after, line, *_FOOT))
