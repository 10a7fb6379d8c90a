"""The whole way from a page to a Document, in one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from newsclean.assemble import assemble
from newsclean.decoding import decode
from newsclean.document import Document
from newsclean.judge import judge
from newsclean.rules import Rule, RuleSet, builtin_packs, load_pack, refuse_doubled

Mode = Literal["keep-more", "balanced", "remove-more"]

_THRESHOLD: dict[str, float] = {"keep-more": 0.15, "balanced": 0.33, "remove-more": 0.75}
"""The probability of being the article's from which a mode keeps a block."""

DEFAULT_MAX_CHARS = 20_000_000


class Cleaner:
    """Cleans pages with one configuration; safe to share between threads, and picklable.

    packs: paths of rule packs (TOML) of your own, added to the built-in ones.
    without: ids of rules, or prefixes of ids such as "en.social", to switch off.
    mode: "keep-more" leaves a doubtful block in the text, "remove-more" takes it out.
    max_chars: longest page, in characters, that is accepted.

    Raises RulePackError for a broken pack and ValueError for any other bad setting.
    """

    def __init__(
        self,
        *,
        packs: str | Path | Iterable[str | Path] = (),
        without: str | Iterable[str] = (),
        mode: Mode = "balanced",
        max_chars: int = DEFAULT_MAX_CHARS,
    ) -> None:
        if mode not in _THRESHOLD:
            raise ValueError(f"mode is one of {', '.join(_THRESHOLD)}; not {mode!r}")
        if max_chars < 1:
            raise ValueError(f"max_chars must be at least 1, not {max_chars}")
        if isinstance(packs, str | Path):
            packs = (packs,)
        if isinstance(without, str):
            without = (without,)
        rules = [*builtin_packs(), *(rule for pack in packs for rule in load_pack(pack))]
        refuse_doubled(rules, "the packs together")
        self.mode = mode
        self.max_chars = max_chars
        self.rules = RuleSet(_chosen(rules, tuple(without)))

    def clean(self, page: str | bytes | bytearray | memoryview) -> Document:
        """Clean one page: plain text as ``str`` or ``bytes``.

        Raises PageTypeError, BinaryPageError or PageTooLargeError; all are PageErrors.
        """
        text, notes = decode(page, self.max_chars)
        return assemble(text, judge(text, self.rules, _THRESHOLD[self.mode]), tuple(notes))

    def clean_many(self, pages: Iterable[str | bytes | bytearray | memoryview]) -> Iterator[Document]:
        """Clean pages one after another, lazily and in order.

        A page that cannot be cleaned gives an empty Document whose warning says why.
        """
        from newsclean.errors import PageError

        for page in pages:
            try:
                yield self.clean(page)
            except PageError as error:
                yield Document(text="", warnings=(f"{type(error).__name__}: {error}",))


def _chosen(rules: list[Rule], without: tuple[str, ...]) -> list[Rule]:
    for name in without:
        if not any(_named(rule, name) for rule in rules):
            raise ValueError(f"no rule {name!r} to switch off")
    return [rule for rule in rules if not any(_named(rule, name) for name in without)]


def _named(rule: Rule, name: str) -> bool:
    return rule.id == name or rule.id.startswith(name.rstrip(".") + ".")


@cache
def default_cleaner() -> Cleaner:
    """The cleaner behind the module-level functions, made at first use."""
    return Cleaner()


def clean(page: str | bytes | bytearray | memoryview) -> Document:
    """Clean one news page, plain text as ``str`` or ``bytes``, into a Document.

    >>> page = "Skip to content\\n\\nThe ferry is back. It sailed at noon, the crew said.\\n\\nShare"
    >>> clean(page).page_text == page
    True

    Raises PageTypeError, BinaryPageError or PageTooLargeError; all are PageErrors.
    """
    return default_cleaner().clean(page)


def clean_many(pages: Iterable[str | bytes | bytearray | memoryview]) -> Iterator[Document]:
    """Clean pages one after another, lazily and in order; see ``Cleaner.clean_many``."""
    return default_cleaner().clean_many(pages)
