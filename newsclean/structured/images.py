"""The images of the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

from newsclean.structured.sources import Head, Nodes, Sources
from newsclean.structured.values import MOST, first, listed, text_of

_KEYS = ("image", "primaryImageOfPage", "associatedMedia")
_SAID = (("caption", "description", "name"), ("creditText", "creator", "author", "copyrightHolder"))
"""The keys of the caption and those of the credit."""


@dataclass(frozen=True, slots=True)
class StructuredImage:
    """An image of the article; the address is absolute where the page's own is known."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


def read_images(sources: Sources, linked: Nodes, head: Head) -> tuple[StructuredImage, ...]:
    """The images in order, each once, with the first caption that is given for it."""
    found: dict[str | None, StructuredImage] = {}
    for image in islice(_all_images(sources, linked, head), MOST):
        key = image.url or image.caption
        if key not in found or (image.caption and found[key].caption is None):
            found[key] = image
    return tuple(found.values())


def _all_images(sources: Sources, linked: Nodes, head: Head) -> Iterator[StructuredImage]:
    for source in sources:
        if isinstance(source, Head):
            yield from (StructuredImage(url) for u in source.values("image") if (url := _absolute(u, head)))
            continue
        for node in source:
            for value in (value for key in _KEYS for value in listed(node.get(key))):
                image = _read_image(value, linked, head)
                if image:
                    yield image


def _read_image(value: object, linked: Nodes, head: Head) -> StructuredImage | None:
    if not isinstance(value, dict):
        url = _absolute(text_of(value), head)
        return StructuredImage(url) if url else None
    node = linked.full(value)
    url = _absolute(text_of(node.get("url")) or text_of(node.get("contentUrl")), head)
    caption, credit = (first(filter(None, (text_of(node.get(key)) for key in keys))) for keys in _SAID)
    return StructuredImage(url, caption, credit) if url or caption else None


def _absolute(url: str | None, head: Head) -> str | None:
    """An address, made whole with that of the page; None for data in the place of one."""
    if not url or url.startswith("data:") or " " in url:
        return None
    try:
        return urljoin(head.address or "", url)
    except ValueError:
        return None
