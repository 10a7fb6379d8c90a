"""What a user holds: the cleaned article, and an account of the whole page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from os import PathLike
from pathlib import Path
from typing import Any

from newsclean.evidence import Evidence, Role
from newsclean.page import LINE_BREAK, Span

SCHEMA_VERSION = 2
"""Version of the form that ``Document.to_dict`` writes; raised when its meaning changes."""
_OLDER = {1: ", whose captions have other names: clean the page again"}
"""What to say of the versions before."""


NO_ARTICLE = "no article body found; nothing was removed"
"""The warning of a Document whose text is the whole page."""


class _Late:
    """Holds what the evidence of a Block is read from when somebody first asks for it."""

    __slots__ = ("_read_evidence",)

    _read_evidence: Callable[[], tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class Block(_Late):
    """One part of the page with its role.

    ``span`` counts characters of ``Document.page_text``; the spans of all blocks tile it.
    ``text`` is what a reader sees of the block: without the white space around it, with
    hard-wrapped lines joined and Markdown marks gone. ``evidence`` begins with what won. ``path`` is
    the XPath of the element that it stands in, empty for plain text.
    """

    span: Span
    text: str
    role: Role
    evidence: tuple[Evidence, ...] = ()
    path: str = ""

    @classmethod
    def reading(
        cls, span: Span, text: str, role: Role, read: Callable[[], tuple[Evidence, ...]], path: str
    ) -> Block:
        """A block whose evidence is read when somebody first asks for it."""
        block = object.__new__(cls)
        values = (("span", span), ("text", text), ("role", role), ("path", path), ("_read_evidence", read))
        for name, value in values:
            object.__setattr__(block, name, value)
        return block

    def __getattr__(self, name: str) -> tuple[Evidence, ...]:
        """The evidence, while it has not been read."""
        if name != "evidence":
            raise AttributeError(f"a Block has no {name!r}")
        found = self._read_evidence()
        object.__setattr__(self, "evidence", found)
        return found

    @property
    def rule_id(self) -> str:
        """The rule that decided the role."""
        return self.evidence[0].rule_id if self.evidence else ""

    @property
    def why(self) -> str:
        """The reason that this rule gives."""
        return self.evidence[0].why if self.evidence else ""


@dataclass(frozen=True, slots=True)
class Image:
    """The picture of a caption: its address, its alternative text, and the element that it is.

    ``url`` is absolute where the page gives its own address, else as written; of a film it is the still.
    ``path`` is the XPath of the element (img, amp-img, video), empty for Markdown and where only the
    structured data tells of the picture.
    """

    url: str | None
    alt: str | None
    path: str


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's caption.

    ``text`` is without the credit, ``credit`` as printed without brackets or label word.
    ``agencies`` are usual names ("AFP", "Getty Images"). ``position`` is the index of the
    paragraph of ``Document.paragraphs`` after which it stood, -1 before the first. ``span`` is where text
    and credit stand in ``Document.page_text``, ``credit_span`` where the credit stands. ``kind`` is
    "photo", "video", "graphic", "illustration", "file photo", "stock photo", or None where the caption does
    not say.
    """

    text: str
    credit: str | None
    photographer: str | None
    agencies: tuple[str, ...]
    position: int
    span: Span
    kind: str | None = None
    credit_span: Span | None = None
    image: Image | None = None

    @property
    def agency(self) -> str | None:
        """The agencies in one string, "AFP/Getty Images", or None."""
        return "/".join(self.agencies) or None


@dataclass(frozen=True, slots=True)
class Removal:
    """A part of the page that is not the article: what, why, and by which rule."""

    text: str
    role: Role
    rule_id: str
    why: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """The clean article, its captions and metadata, and what was removed.

    ``date`` is ISO 8601 (YYYY-MM-DD), ``language`` a primary subtag of BCP 47 ("en"). Fields that the
    page does not show are None or empty. ``error`` is None, or why there is no article at all: where many
    pages are cleaned, one that cannot be does not stop the others.
    ``print(document)`` prints the text.
    """

    text: str
    captions: tuple[Caption, ...] = ()
    removed: tuple[Removal, ...] = ()
    title: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    aggregator: str | None = None
    section: str | None = None
    date: str | None = None
    language: str | None = None
    truncated: bool = False
    warnings: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    page_text: str = ""
    error: str | None = None

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        title = f"{self.title!r}, " if self.title else ""
        return (
            f"<Document {title}{len(self.paragraphs)} paragraphs, {len(self.captions)} captions, "
            f"{len(self.removed)} removed, {len(self.warnings)} warnings>"
        )

    def _repr_html_(self) -> str:
        """The page with what became of each of its parts, for a notebook; of a long one, a part."""
        from newsclean.notebook import view  # only notebooks need it

        return view(self)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs and subheadings of the text, in order."""
        return tuple(self.text.split("\n\n")) if self.text else ()

    @property
    def found_article(self) -> bool:
        """Whether an article was found; if not, ``text`` is the whole page."""
        return bool(self.text) and NO_ARTICLE not in self.warnings

    def explain(self, width: int = 120) -> str:
        """A table of every block of the page: line, role, deciding rule, reason, text.

        ``width`` bounds the table's width in characters, at least 60.
        """
        rows = [("line", "role", "rule", "why", "text")]
        line = 1
        for block in self.blocks:
            source = self.page_text[block.span.start : block.span.end]
            lead = source[: len(source) - len(source.lstrip())]
            rows.append(
                (
                    str(line + len(LINE_BREAK.findall(lead))),
                    block.role.value,
                    block.rule_id,
                    block.why,
                    " ".join(block.text.split()),
                )
            )
            line += len(LINE_BREAK.findall(source))
        return _table(rows, max(width, 60))

    def to_html_report(self, path: str | PathLike[str]) -> Path:
        """Write what a notebook shows of the document, the whole page, as one HTML file.

        The file needs nothing else, and replaces an older one at ``path`` only when it is whole. Returns
        its path. Raises OSError where it cannot be written.
        """
        from newsclean.report import write_report

        return write_report(self, path)

    def to_dict(self) -> dict[str, Any]:
        """The document as plain dicts, lists, strings, numbers; ``from_dict`` reads it back.

        The keys of captions are those of an ImageObject of schema.org: caption, creditText, creator (the
        photographer), provider (the agencies), contentUrl and position. altText is what IPTC Photo
        Metadata call Alt Text (Accessibility); kind, span, credit_span and path are newsclean's own.
        """
        table: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        table.update({field.name: getattr(self, field.name) for field in fields(self)})
        table["authors"] = list(self.authors)
        table["warnings"] = list(self.warnings)
        table["captions"] = list(map(_caption_table, self.captions))
        table["removed"] = [_plain(r) for r in self.removed]
        table["blocks"] = [{**_plain(b), "evidence": [_plain(e) for e in b.evidence]} for b in self.blocks]
        return table

    def to_json(self, indent: int | None = None) -> str:
        """``to_dict`` as JSON in ASCII."""
        return json.dumps(self.to_dict(), indent=indent)

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Document:
        """Read back what ``to_dict`` wrote.

        Raises ValueError when the schema version is another one or a field is missing.
        """
        if not isinstance(table, Mapping):
            raise ValueError(f"a document written by to_dict is a mapping, not {type(table).__name__}")
        version = table.get("schema_version")
        if version != SCHEMA_VERSION:
            older = _OLDER.get(version, "") if isinstance(version, int) else ""
            raise ValueError(f"schema version {version!r}{older}; this newsclean reads {SCHEMA_VERSION}")
        try:
            values = {field.name: table[field.name] for field in fields(cls) if field.name != "error"}
            values["error"] = table.get("error")
            values["authors"] = tuple(table["authors"])
            values["warnings"] = tuple(table["warnings"])
            values["captions"] = tuple(map(_caption, table["captions"]))
            values["removed"] = tuple(map(_removal, table["removed"]))
            values["blocks"] = tuple(map(_block, table["blocks"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a document written by to_dict: {error!r}") from error
        return cls(**values)


def _plain(item: Removal | Block | Evidence) -> dict[str, Any]:
    table: dict[str, Any] = {field.name: getattr(item, field.name) for field in fields(item)}
    if "span" in table:
        table["span"] = list(table["span"])
    if "role" in table:
        table["role"] = table["role"].value
    return table


def _caption_table(caption: Caption) -> dict[str, Any]:
    image = caption.image
    return {
        "caption": caption.text,
        "creditText": caption.credit,
        "creator": caption.photographer,
        "provider": list(caption.agencies),
        "contentUrl": image.url if image else None,
        "altText": image.alt if image else None,
        "position": caption.position,
        "kind": caption.kind,
        "span": list(caption.span),
        "credit_span": list(caption.credit_span) if caption.credit_span is not None else None,
        "path": image.path if image else None,
    }


def _caption(table: Mapping[str, Any]) -> Caption:
    url, alt, path, credited = (table[key] for key in ("contentUrl", "altText", "path", "credit_span"))
    return Caption(
        table["caption"],
        table["creditText"],
        table["creator"],
        tuple(table["provider"]),
        table["position"],
        Span(*table["span"]),
        table["kind"],
        None if credited is None else Span(*credited),
        None if path is None else Image(url, alt, path),
    )


def _removal(table: Mapping[str, Any]) -> Removal:
    return Removal(table["text"], Role(table["role"]), table["rule_id"], table["why"], Span(*table["span"]))


def _block(table: Mapping[str, Any]) -> Block:
    evidence = tuple(
        Evidence(e["rule_id"], Role(e["role"]), e["weight"], e["why"]) for e in table["evidence"]
    )
    return Block(Span(*table["span"]), table["text"], Role(table["role"]), evidence, table["path"])


def _table(rows: list[tuple[str, str, str, str, str]], width: int) -> str:
    fixed = [max(len(row[i]) for row in rows) for i in range(3)]
    fixed[2] = min(fixed[2], 32, width // 4)
    left = max(width - sum(fixed) - 8, 10)
    sizes = [*fixed, left // 2, left - left // 2]
    lines = []
    for row in rows:
        cells = [_fit(cell, size) for cell, size in zip(row, sizes, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _fit(text: str, size: int) -> str:
    return text.ljust(size) if len(text) <= size else text[: size - 1] + "…"
