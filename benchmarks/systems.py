"""newsclean and its peers behind one interface. Each is called as its documentation tells a user."""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from benchmarks.inputs import blocks
from benchmarks.measures import Caption
from newsclean import Cleaner
from newsclean.evidence import Witness


@dataclass(frozen=True, slots=True)
class Output:
    """The body that a system extracted; what else it does not tell at all is None."""

    text: str
    captions: tuple[Caption, ...] | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None


Extract = Callable[[str, str], Output]


@dataclass(frozen=True, slots=True)
class System:
    """A way to get the article out of a page.

    ``html`` takes HTML and the page's language, ``text`` plain text and its language; a system
    without ``text`` is given the lines wrapped in ``<p>``.
    """

    name: str
    package: str
    html: Extract
    text: Extract | None = None
    note: str = ""
    html_only: bool = False
    """Whether it is another system in name only on anything but HTML."""

    def takes(self, kind: str) -> bool:
        """Whether it is run on this form of a page."""
        return kind == "html" or not (self.html_only or (kind == "gold" and self.text is None))

    def extract(self, page: str, language: str, is_html: bool) -> Output:
        """What it makes of a page; raises whatever the system raises."""
        if is_html:
            return self.html(page, language)
        return self.text(page, language) if self.text else self.html(as_html(page), language)

    def version(self) -> str:
        """The installed version.

        Raises ImportError, saying why, when the system is missing or does not load.
        """
        try:
            importlib.import_module(_MODULES.get(self.package, self.package))
            return importlib.metadata.version(self.package)
        except importlib.metadata.PackageNotFoundError as error:
            raise ImportError(f"{self.package} is not installed") from error


_MODULES = {
    "html-text": "html_text",
    "jusText": "justext",
    "newspaper4k": "newspaper",
    "readability-lxml": "readability",
}
"""Packages whose module has another name."""


def as_html(text: str) -> str:
    """Plain text as a page for systems that need one: each line a paragraph."""
    lines = "\n".join(f"<p>{escape(line.strip())}</p>" for line in text.split("\n") if line.strip())
    return f"<!DOCTYPE html><html><head><title></title></head><body>\n{lines}\n</body></html>"


def _newsclean(witness: Witness) -> Extract:
    def extract(page: str, _language: str) -> Output:
        document = _cleaner(witness).clean(page)
        captions = tuple(Caption(c.text, c.credit or "", c.agencies) for c in document.captions)
        return Output(document.text, captions, document.title or "", document.authors)

    return extract


@cache
def _cleaner(witness: Witness) -> Cleaner:
    return Cleaner(witness=witness)


def _all_text(page: str, _language: str) -> Output:
    return Output(blocks(page))


def _untouched(page: str, _language: str) -> Output:
    return Output(page)


def _trafilatura(fast: bool = False, favor_precision: bool = False) -> Extract:
    def extract(page: str, _language: str) -> Output:
        import trafilatura

        return Output(
            trafilatura.extract(page, include_comments=False, fast=fast, favor_precision=favor_precision)
            or ""
        )

    return extract


def _resiliparse(page: str, _language: str) -> Output:
    from resiliparse.extract.html2text import extract_plain_text

    return Output(
        extract_plain_text(page, main_content=True, alt_texts=False, list_bullets=False, comments=False)
    )


def _readability(page: str, _language: str) -> Output:
    from lxml.html import fromstring
    from readability import Document

    return Output(str(fromstring(Document(page).summary()).xpath("string()")))


def _newspaper(page: str, language: str) -> Output:
    import newspaper
    from newspaper.languages import valid_languages

    spoken = language if language in valid_languages() else "en"
    article = newspaper.Article("https://example.org/", fetch_images=False, language=spoken)
    article.html = page
    article.parse()
    return Output(article.text)


def _goose(page: str, _language: str) -> Output:
    return Output(_goose_reader().extract(raw_html=page).cleaned_text or "")


@cache
def _goose_reader() -> Any:
    from goose3 import Goose

    return Goose({"enable_image_fetching": False})


def _justext(page: str, language: str) -> Output:
    import justext

    if language in _STOP_LISTS:
        paragraphs = justext.justext(page.encode(), justext.get_stoplist(_STOP_LISTS[language]))
    else:  # what its documentation advises where there is no list
        paragraphs = justext.justext(page.encode(), frozenset(), stopwords_low=0, stopwords_high=0)
    return Output("\n".join(p.text for p in paragraphs if not p.is_boilerplate))


_STOP_LISTS = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ko": "Korean", "nl": "Dutch", "nb": "Norwegian_Bokmal",
    "no": "Norwegian_Bokmal", "nn": "Norwegian_Nynorsk", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese",
}  # fmt: skip


def _boilerpy(page: str, _language: str) -> Output:
    from boilerpy3.extractors import ArticleExtractor

    return Output(ArticleExtractor(raise_on_failure=False).get_content(page))


SYSTEMS: dict[str, System] = {
    system.name: system
    for system in (
        System("newsclean", "newsclean", _newsclean("auto"), _newsclean("auto")),
        System("newsclean witness=never", "newsclean", _newsclean("never"), html_only=True),
        System("newsclean witness=always", "newsclean", _newsclean("always"), html_only=True),
        System("whole page", "html-text", _all_text, _untouched, note="nothing removed"),
        System("trafilatura", "trafilatura", _trafilatura()),
        System("trafilatura fast", "trafilatura", _trafilatura(fast=True)),
        System("trafilatura precision", "trafilatura", _trafilatura(favor_precision=True)),
        System("resiliparse", "resiliparse", _resiliparse, note="main_content"),
        System("readability", "readability-lxml", _readability),
        System("newspaper4k", "newspaper4k", _newspaper, note="no image fetching"),
        System("goose3", "goose3", _goose),
        System("jusText", "jusText", _justext, note="stop list of the page's language"),
        System("boilerpy3", "boilerpy3", _boilerpy, note="ArticleExtractor"),
    )
}
"""All systems by name, newsclean first."""


def chosen(names: Sequence[str] | None) -> tuple[list[System], dict[str, str]]:
    """The systems of these names (all for None) that can run, and why the others cannot.

    Raises KeyError for a name that is not in SYSTEMS.
    """
    ready: list[System] = []
    missing: dict[str, str] = {}
    for name in names or SYSTEMS:
        try:
            SYSTEMS[name].version()
            ready.append(SYSTEMS[name])
        except ImportError as error:
            missing[name] = str(error)
    return ready, missing
