"""What the tree of an HTML page says of captions: which blocks stand in a figure or beside an image."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from newsclean.captions.credits import NAME_BREAK, is_agency
from newsclean.captions.evidence import same_caption
from newsclean.captions.forms import parse_credit
from newsclean.captions.needs import LONE_CREDIT_WORDS
from newsclean.data import table
from newsclean.evidence import Evidence, Role
from newsclean.htmlpage import HEADINGS, SURROUNDINGS, Block, Frame, class_words
from newsclean.page import Figure, Passage, Picture, Sign

_CAPTION_LEVELS, _FIGURE_LEVELS, _IMAGE_LEVELS = 3, 7, 5
"""Elements, from its own outwards, that may say that a block is a caption."""
_CAPTION_WORDS = 130
_BESIDE_WORDS, _BESIDE_BLOCKS = 60, 3
"""What else may stand in an element with an image for its text to be the image's."""
_LINKED = 0.3
"""The share of links from which a text beside an image is a teaser."""
_NO_CAPTIONS = HEADINGS | {"tr", "td", "th", "li", "dt", "dd", "button", "label", "blockquote", "pre"}
_NOT_BESIDE = tuple(
    SURROUNDINGS.index(name)
    for name in (
        *("form", "nav", "header", "footer", "related", "promo", "social", "comment", "subscribe"),
        *("advert", "author", "menu", "widget", "lead", "tags"),
    )
)
"""What an image and a text beside it may be part of instead."""
_REACH = 3
_NAMES, _NAME_WORDS = 0.6, 3
"""The least part of a source's words that begin with a capital, and the most words of a name before an agency."""
_DURATION = re.compile(r"\d{1,2}:\d\d\b")
_DIGITS = 0.25
"""The part of a line's characters that are digits, from which it is a date rather than a caption."""

_EVIDENCE = {
    Sign.FIGCAPTION: Evidence(
        "figure.figcaption", Role.CAPTION, 14.0, "The page marks it as the caption of a figure."
    ),
    Sign.CLASS: Evidence(
        "figure.caption-class", Role.CAPTION, 10.0, "Its element's class calls it a caption."
    ),
    Sign.FIGURE: Evidence("figure.in-figure", Role.CAPTION, 6.0, "Stands in a figure with an image."),
    Sign.IMAGE: Evidence("figure.beside-image", Role.CAPTION, 3.5, "Stands alone beside an image."),
    Sign.HEADLINE: Evidence(
        "figure.headline", Role.RELATED, 6.0, "A headline in a figure: of a film, or of another story."
    ),
    Sign.PROMOTION: Evidence(
        "figure.promotion", Role.ADVERT, 3.5, "Stands alone beside an image, and leads elsewhere."
    ),
}
_IN_FIGURE = frozenset({Sign.CLASS, Sign.FIGURE})
_NO_CAPTION = frozenset({Sign.HEADLINE, Sign.PROMOTION})
_REPEATS = Evidence(
    "figure.repeats-alt", Role.CAPTION, 6.0, "Repeats the alternative text of the image beside it."
)
_CREDIT = Evidence("figure.credit-class", Role.CREDIT, 8.0, "Its element's class calls it a credit.")


def figure_of(block: Block) -> Figure | None:
    """The figure that a block is the caption of, as far as the elements around it tell."""
    frame = block.frame
    if block.link_share > _LINKED or (frame.tag in _NO_CAPTIONS and not _is_of_gallery(frame)):
        return None
    around = list(_upwards(frame, _FIGURE_LEVELS))
    figure = next((f for f in around if f.tag == "figure"), None)
    sign, whole = _signed(block, around, figure)
    repeats = _repeats_alt(block)
    if whole is None and repeats:
        sign, whole = Sign.ALT, frame
    if whole is None or _quotes(figure or whole):
        return None
    if sign is not Sign.FIGCAPTION and _says(frame, "heading"):
        if sign not in _IN_FIGURE:
            return None
        sign = Sign.HEADLINE
    credit = any(_says(f, "credit") for f in around[:2] if f is not whole or f is frame)
    holder = figure or next((f for f in _upwards(whole, _CAPTION_LEVELS) if f.images), whole)
    return Figure(holder, sign, credit, repeats)


def _signed(block: Block, around: list[Frame], figure: Frame | None) -> tuple[Sign, Frame | None]:
    """The strongest sign of a block being a caption, and the element that gives it."""
    for frame in around:
        if frame.tag == "figcaption":
            return Sign.FIGCAPTION, frame
    for frame in around[:_CAPTION_LEVELS]:
        if _says(frame, "caption") and _is_short(frame):
            return Sign.CLASS, frame
    if figure is not None:
        return Sign.FIGURE, figure if figure.images and figure.words <= _BESIDE_WORDS else None
    whole = _beside_image(around[:_IMAGE_LEVELS])
    if whole is not None and _says(whole, "image"):
        return Sign.FIGURE, whole
    return Sign.PROMOTION if block.link_share else Sign.IMAGE, whole


def _is_of_gallery(frame: Frame) -> bool:
    """Whether an item of a list is a picture of a gallery with its caption."""
    return frame.tag == "li" and frame.images > 0 and _says(frame, "image")


def picture_of(block: Block, figure: Figure | None) -> Picture | None:
    """The picture that a block speaks of: the last before it in its figure, or else the first in that.

    A block in no figure may still speak of the picture right before it.
    """
    before = block.picture
    found = before if block.is_next else None
    if figure is not None:
        holder = figure.holder
        if before is not None and any(over is holder.element for over in before.iterancestors()):
            found = before
        elif holder.picture is not None:
            found = holder.picture
    return None if found is None else Picture(found, block.frame.places)


def _repeats_alt(block: Block) -> bool:
    """Whether a block says the same as the picture right before it, if that leads to no other page."""
    picture = block.picture
    if picture is None or not block.is_next or block.words > _CAPTION_WORDS:
        return False
    alt = picture.get("alt")
    if not alt or not same_caption(alt.lower().split(), block.text.lower().split()):
        return False
    return all(over.tag != "a" for over in picture.iterancestors())


def _upwards(frame: Frame | None, levels: int) -> Iterator[Frame]:
    while frame is not None and levels:
        yield frame
        frame, levels = frame.parent, levels - 1


def _is_short(frame: Frame) -> bool:
    return frame.words <= _CAPTION_WORDS


def _beside_image(around: list[Frame]) -> Frame | None:
    """The smallest element that holds an image, if hardly anything else stands in it."""
    for frame in around:
        if frame.images:
            alone = frame.words <= _BESIDE_WORDS and frame.blocks <= _BESIDE_BLOCKS
            linked = frame.linked > _LINKED * frame.words
            other = max(around[0].around[i] for i in _NOT_BESIDE) > frame.depth - _REACH
            if _says(frame, "image"):
                return frame if alone and not linked else None
            return frame if alone and not (linked or other or frame.headed) else None
    return None


def _quotes(frame: Frame) -> bool:
    """Whether a figure holds a quotation, whose source is no picture's caption."""
    return frame.quotes


def _says(frame: Frame, what: str) -> bool:
    return what in _said(frame.look)


@lru_cache(maxsize=8192)
def _said(look: str) -> frozenset[str]:
    tokens = class_words(look)
    pairs = {f"{one} {two}" for one, two in pairwise(tokens)}
    return frozenset(what for what, words in _words().items() if words & (pairs | set(tokens)))


@cache
def _words() -> dict[str, frozenset[str]]:
    words = table("figures")
    described = {f"{image} {text}" for image in words["image"] for text in words["text"]}
    credited = {f"{image} {source}" for image in words["image"] for source in words["source"]}
    return {
        "caption": frozenset({*words["caption"], *described}),
        "credit": frozenset({*words["credit"], *credited}),
        "image": frozenset(words["image"]),
        "heading": frozenset(words["heading"]),
    }


def _tells_a_time(plain: str) -> bool:
    """Whether a line is a date, or begins with how long a video is."""
    return bool(_DURATION.match(plain)) or sum(map(str.isdigit, plain)) >= _DIGITS * len(plain)


def _is_name(passage: Passage) -> bool:
    """Whether it is the name of a person or a product, which stands over a text as often as under a picture."""
    words = [word for word in passage.plain.split() if word[0].isalnum()]
    return sum(word[0].isupper() or word[0].isdigit() for word in words) >= len(words) - 1


def is_source_line(plain: str) -> bool:
    """Whether all of a caption says where the picture comes from: a label and names, or names and an agency."""
    words = plain.split()
    if len(words) > LONE_CREDIT_WORDS:
        return False
    credit = parse_credit(plain).credit
    names = [word for word in words if word[0].isalpha()]
    if credit and credit[0] > 0:
        return sum(map(str.isupper, (name[0] for name in names))) >= _NAMES * len(names)
    parts = NAME_BREAK.split(plain.rstrip(" ."))
    return len(parts) > 1 and is_agency(parts[-1]) and len(parts[0].split()) <= _NAME_WORDS


def evidence(passage: Passage) -> list[Evidence]:
    """What the tree says of a passage being a caption or a credit; nothing of plain text."""
    figure = passage.node.figure if passage.node else None
    if figure is None or not passage.words or _tells_a_time(passage.plain):
        return []
    if figure.repeats and figure.sign in (Sign.IMAGE, Sign.ALT) and _is_name(passage):
        return []
    found = [_EVIDENCE[figure.sign]] if figure.sign in _EVIDENCE else []
    if figure.repeats and figure.sign not in _NO_CAPTION:
        found.append(_REPEATS)
    return [*found, _CREDIT] if figure.credit else found
