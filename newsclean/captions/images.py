"""The image that a caption belongs to: its element in the tree, or a mark beside it in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsclean.captions.evidence import same_caption
from newsclean.document import Image
from newsclean.htmlpage import Frame
from newsclean.markdown import image_at_start
from newsclean.page import Page, Passage, Span
from newsclean.pictures import PICTURE_TAGS, address_of, alt_of, is_icon

_FEW_BLOCKS = 20
"""The most texts in an element in which a hidden picture is looked for, so that it stays a short look."""


class Images:
    """The images of one page, read for the captions that ask."""

    def __init__(self, page: Page, passages: Sequence[Passage]) -> None:
        self._page = page
        self._passages = passages

    def of(self, indexes: Sequence[int], words: Sequence[str]) -> Image | None:
        """The image of the caption that is made of these passages."""
        if self._page.about is None:
            return self._marked(indexes)
        figures = (passage.node.figure for i in indexes if (passage := self._passages[i]).node)
        for figure in filter(None, figures):
            picture = figure.picture if figure.picture is not None else _hidden(figure.holder)
            if picture is not None:
                path = figure.holder.places.path(picture)
                return Image(address_of(picture, self._page.about.base), alt_of(picture), path)
        return self._told(words)

    def _told(self, words: Sequence[str]) -> Image | None:
        """The image of which the structured data gives the same caption."""
        for image in self._page.about.images if self._page.about and words else ():
            if image.url and image.caption and same_caption(image.caption.lower().split(), words):
                return Image(image.url, None, "")
        return None

    def _marked(self, indexes: Sequence[int]) -> Image | None:
        """The image whose Markdown the caption is, or stands behind or under."""
        for i in (*indexes, indexes[0] - 1):
            image = image_at_start(self._source(self._passages[i].span)) if i >= 0 else None
            if image and (image.is_alone or i in indexes):
                return Image(image.address, " ".join(image.alt.split()) or None, "")
        return None

    def _source(self, span: Span) -> str:
        return self._page.text[span.start : span.end].strip()


def _hidden(holder: Frame) -> Any:
    """A picture that stands where no reader sees it before a script runs."""
    if holder.blocks > _FEW_BLOCKS:
        return None
    return next((one for one in holder.element.iter(*PICTURE_TAGS) if not is_icon(one)), None)
