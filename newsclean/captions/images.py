"""The image that a caption belongs to: its element in the tree, or a mark beside it in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.captions.evidence import same_caption
from newsclean.document import Image
from newsclean.htmlpage import Frame
from newsclean.markdown import image_at_start
from newsclean.page import Node, Page, Passage, Picture, Span
from newsclean.pictures import PICTURE_TAGS, address_of, alt_of, is_icon
from newsclean.structured import Structured

_FEW_BLOCKS = 20
"""The most texts in an element in which a hidden picture is looked for, so that it stays a short look."""


class Images:
    """The images of one page, read for the captions that ask."""

    def __init__(self, page: Page, passages: Sequence[Passage]) -> None:
        self._page = page
        self._passages = passages

    def of(self, indexes: Sequence[int], words: Sequence[str]) -> Image | None:
        """The image of the caption that is made of these passages."""
        about = self._page.about
        if about is None:
            return self._marked(indexes)
        for i in indexes:
            picture = _picture(self._passages[i].node)
            if picture is not None:
                element = picture.element
                path = picture.places.path(element)
                return Image(address_of(element, about.base), alt_of(element), path)
        return _told(about, words)

    def _marked(self, indexes: Sequence[int]) -> Image | None:
        """The image whose Markdown the caption is, or stands behind or under."""
        for i in (*indexes, indexes[0] - 1):
            image = image_at_start(self._source(self._passages[i].span)) if i >= 0 else None
            if image and (image.is_alone or i in indexes):
                return Image(image.address, " ".join(image.alt.split()) or None, "")
        return None

    def _source(self, span: Span) -> str:
        return self._page.text[span.start : span.end].strip()


def _picture(node: Node | None) -> Picture | None:
    """The picture that a passage speaks of, be it hidden."""
    if node is None or node.picture is not None or node.figure is None:
        return node.picture if node else None
    return _hidden(node.figure.holder)


def _told(about: Structured, words: Sequence[str]) -> Image | None:
    """The image to which the structured data gives the same caption."""
    for image in about.images if words else ():
        if image.url and image.caption and same_caption(image.caption.lower().split(), words):
            return Image(image.url, None, "")
    return None


def _hidden(holder: Frame) -> Picture | None:
    """A picture that stands where no reader sees it before a script runs."""
    if holder.blocks > _FEW_BLOCKS:
        return None
    found = next((one for one in holder.element.iter(*PICTURE_TAGS) if not is_icon(one)), None)
    return None if found is None else Picture(found, holder.places)
