"""What the element of a picture says of it: its address, behind placeholders too, and its alt text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

PICTURE_TAGS = ("img", "amp-img", "video", "amp-video")

_OF_IMAGE = (
    *("src", "data-src", "data-lazy-src", "data-original", "data-original-src", "data-lazy"),
    *("data-img-src", "data-image", "data-image-src", "data-full-src", "data-hi-res-src"),
)
"""The address in plain sight, then where pages keep the one that a script puts in its place."""
_OF_FILM = ("poster", "data-poster")
_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset")
_SET_BREAK = re.compile(r"(?<=\d[wx]),|,\s+")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)[wx]?")
_IS_ADDRESS = re.compile(r"[./]")
"""What tells an address from a number or a "true"."""
_NO_ADDRESS = ("data:", "about:", "blob:", "javascript:", "#")
_PLACEHOLDER = re.compile(
    r"(?i)(?:^|[/_.=-])(?:placeholders?|spacer|blank|pixel|transparent|1x1|dummy|lazy(?:load)?|load(?:ing|er)|gr[ae]y|empty)"
    r"(?:[_.-][^/]{0,30})?\.(?:gif|png|svg|jpe?g|webp)\b"
)
_LONGEST = 20_000
"""Characters of an attribute that are looked at."""
_SMALL = 48
"""Up to how many pixels a picture is a sign: an arrow, a camera, a face beside a byline."""
_IS_SIGN = re.compile(r"(?i)(?:^|[\s_-])(?:icons?|avatar|logo|emoji|spacer|pixel)(?:$|[\s_-])")


def is_icon(picture: Any) -> bool:
    """Whether a picture is a small sign of the page, or counts readers, by its size, class and file."""
    sizes = [int(size) for name in ("width", "height") if (size := _pixels(picture.get(name)))]
    if sizes and (max(sizes) <= _SMALL or 0 < min(sizes) <= _SMALL):
        return True
    classes = picture.get("class")
    if classes and _IS_SIGN.search(classes):
        return True
    return (picture.get("src") or "").endswith(".svg") and not picture.get("alt")


def _pixels(size: str | None) -> str:
    """The digits of a size; nothing of one that is a share."""
    digits = size[:6].removesuffix("px") if size else ""
    return digits if digits.isdecimal() else ""


def alt_of(picture: Any) -> str | None:
    """The alternative text of a picture, or what a film says in its place, with plain white space."""
    for element in _forms(picture):
        text = element.get("alt") or element.get("aria-label") or ""
        if words := text.split():
            return " ".join(words)
    return None


def address_of(picture: Any, base: str | None) -> str | None:
    """The address of a picture, absolute where ``base`` is known; placeholders only if there is no other."""
    stopgap = None
    for address in (address for element in _forms(picture) for address in _addresses(element)):
        if not _IS_ADDRESS.search(address) or "{" in address or address.startswith(_NO_ADDRESS):
            continue
        if not _PLACEHOLDER.search(address):
            return absolute(address, base)
        stopgap = stopgap or address
    return absolute(stopgap, base) if stopgap else None


def absolute(address: str, base: str | None) -> str:
    """An address made whole with that of the page, or as it is written where that cannot be."""
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def _forms(picture: Any) -> Iterator[Any]:
    """The elements that stand for a picture: itself, its sources, and what it is without scripts."""
    yield picture
    whole = picture
    for over in picture.iterancestors():
        if over.tag not in ("picture", "source"):  # the parser may leave a source open
            break
        whole = over
    if whole is not picture:
        yield from whole.iter("source")
    for beside in (whole.getnext(), whole.getprevious(), picture.find("noscript")):
        if beside is not None and beside.tag == "noscript":
            yield from beside.iter("img")


def _addresses(element: Any) -> Iterator[str]:
    for name in _OF_FILM if element.tag.endswith("video") else _OF_IMAGE:
        yield (element.get(name) or "")[:_LONGEST].strip()
    for name in _SETS:
        yield _largest(element.get(name) or "")


def _largest(srcset: str) -> str:
    """The address of the widest or densest image of a set."""
    best, most = "", -1.0
    for part in _SET_BREAK.split(srcset[:_LONGEST]):
        address, _, size = part.strip().partition(" ")
        number = _SIZE.fullmatch(size.strip().rstrip(",") or "1")
        if address and number and float(number[1]) > most:
            best, most = address.rstrip(","), float(number[1])
    return best
