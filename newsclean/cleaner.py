"""The whole way from a page to a Document, in one screen."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from newsclean.decoding import decode
from newsclean.detect import Kind, is_html
from newsclean.document import Document
from newsclean.evidence import Witness
from newsclean.limits import Limits
from newsclean.profile import Profile
from newsclean.recall import Memory
from newsclean.rules import Rule, RuleSet, builtin_packs, load_pack, refuse_doubled

Mode = Literal["keep-more", "balanced", "remove-more"]

OnError = Literal["return", "raise", "skip"]

DEFAULT_LIMITS = Limits()
TIME_LIMIT = 60.0
"""Seconds that ``clean_many`` gives a page, unless told otherwise; a long one takes about one."""


class Cleaner:
    """Cleans pages with one configuration; safe to share between threads, and picklable.

    packs: paths of rule packs (TOML) of your own, added to the built-in ones.
    without: ids of rules, or prefixes of ids such as "en.social", to switch off.
    mode: "keep-more" leaves a doubtful block in the text, "remove-more" takes it out.
    max_chars, max_depth, max_blocks: the largest page that is accepted, in characters, in elements that
        stand inside one another, and in blocks, or lines of plain text.
    profile: standing furniture that ``learn`` found, or the path of a saved profile; None for none.
    witness: when trafilatura is asked about an HTML page, for what it says to count as evidence:
        "auto" where the rest of the evidence leaves the page in doubt, "always" or "never".

    Raises RulePackError for a broken pack, ProfileError for a broken profile, and ValueError for any
    other bad setting.
    """

    def __init__(
        self,
        *,
        packs: str | Path | Iterable[str | Path] = (),
        without: str | Iterable[str] = (),
        mode: Mode = "balanced",
        max_chars: int = DEFAULT_LIMITS.max_chars,
        max_depth: int = DEFAULT_LIMITS.max_depth,
        max_blocks: int = DEFAULT_LIMITS.max_blocks,
        witness: Witness = "auto",
        profile: Profile | str | Path | None = None,
    ) -> None:
        _check("mode", mode, get_args(Mode))
        _check("witness", witness, get_args(Witness))
        rules = [*builtin_packs(), *(rule for pack in _listed(packs, "packs") for rule in load_pack(pack))]
        refuse_doubled(rules, "the packs together")
        self._mode = mode
        self._witness = witness
        self._limits = Limits(max_chars, max_depth, max_blocks)
        self._profile = _loaded(profile)
        self._memory = Memory(self._profile) if self._profile is not None else None
        self._rules = RuleSet(_chosen(rules, _listed(without, "without")))

    @property
    def mode(self) -> Mode:
        """The mode, as given."""
        return self._mode

    @property
    def witness(self) -> Witness:
        """When trafilatura is asked, as given."""
        return self._witness

    @property
    def max_chars(self) -> int:
        """The longest page that is accepted, in characters."""
        return self._limits.max_chars

    @property
    def max_depth(self) -> int:
        """How many elements of an HTML page may stand inside one another."""
        return self._limits.max_depth

    @property
    def max_blocks(self) -> int:
        """The most blocks, or lines of plain text, of a page that is accepted."""
        return self._limits.max_blocks

    @property
    def profile(self) -> Profile | None:
        """The standing furniture that is known: the profile, pruned."""
        return self._profile

    @property
    def rules(self) -> RuleSet:
        """The rules in force."""
        return self._rules

    def clean(
        self,
        page: str | bytes | bytearray | memoryview,
        *,
        kind: Kind | None = None,
        charset: str | None = None,
    ) -> Document:
        """Clean one page: HTML or plain text, as ``str`` or ``bytes``.

        kind: "html" or "text" says how to read the page; None tells it by looking.
        charset: the encoding that came with the page's bytes, as a label ("windows-1251") or as
        the whole Content-Type header; of no effect on a ``str``. Bytes that are UTF-8 are read as
        UTF-8 whatever it says, and where it does not fit, the page's own declaration is asked.

        Raises PageTypeError, BinaryPageError, PageTooLargeError, PageTooDeepError or TooManyBlocksError (all
        are PageErrors), and ValueError for any other kind, or a charset that is no string.
        """
        # Imported at first use: numpy takes longer to load than all the rest.
        from newsclean.assemble import assemble
        from newsclean.decide import LEANINGS
        from newsclean.judge import judge
        from newsclean.nodes import read_html
        from newsclean.textpage import read_text

        _refuse_bad(kind, charset)
        text, notes = decode(page, self._limits, kind, charset)
        html = is_html(text) if kind is None else kind == "html"
        if not html:
            self._limits.check_lines(text)
        read = read_html(text, self._limits) if html else read_text(text)
        self._limits.check_blocks(len(read.passages))
        judged = judge(read, self._rules, LEANINGS[self._mode], self._witness, self._memory)
        return assemble(read, judged, tuple(notes))

    def clean_many(
        self,
        pages: Iterable[str | bytes | bytearray | memoryview],
        *,
        workers: int | None = None,
        progress: bool = True,
        on_error: OnError = "return",
        timeout: float | None = TIME_LIMIT,
        kind: Kind | None = None,
        charset: str | None = None,
    ) -> Generator[Document, None, None]:
        """Clean pages in a pool of processes, lazily and in the order of the pages.

        No more than a few pages a process are read ahead of the documents that are asked for. The pool
        ends with the iterator: when it is used up, closed, or nothing holds it any more.

        workers: how many processes; 0 for none but this one; None for as many as there are processors to
        use, or for none where it can be told that there are no more than eight pages.
        progress: whether to show a bar, where somebody can watch it: at a terminal or in a notebook.
        on_error: what to do about a page that cannot be cleaned: "return" gives an empty Document whose
        ``error`` says why, "raise" raises the error when it is the page's turn, "skip" leaves it out.
        timeout: seconds that a page may take; then its process is stopped and the error is a
        PageTimeoutError. None for any time. Without processes (``workers=0``) it has no effect.
        kind, charset: those of ``Cleaner.clean``, for all of the pages.

        What the iterable of pages raises is raised after the documents of the pages before. The errors
        of a page are those of ``Cleaner.clean``, PageTimeoutError, and WorkerError for a process that died.

        Raises PageTypeError when it is handed a single page, and ValueError for any other setting.
        """
        from newsclean.many import clean_each

        _refuse_bad(kind, charset)
        return clean_each(
            self,
            pages,
            workers=workers,
            progress=progress,
            on_error=on_error,
            timeout=timeout,
            kind=kind,
            charset=charset,
        )


def _refuse_bad(kind: object, charset: object) -> None:
    if kind is not None and kind not in get_args(Kind):
        raise ValueError(f"kind is one of {', '.join(get_args(Kind))}, or None; not {kind!r}")
    if charset is not None and not isinstance(charset, str):
        raise ValueError(f"charset is a string or None, not {charset!r}")


def _check(name: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f"{name} is one of {', '.join(known)}; not {value!r}")


def _loaded(profile: object) -> Profile | None:
    if profile is None:
        return None
    if isinstance(profile, str | Path):
        profile = Profile.load(profile)
    if isinstance(profile, Profile):
        return profile.prune()  # a cleaner goes to other processes whole
    raise ValueError(f"profile takes a Profile or the path of one, not {profile!r}")


def _listed(value: Any, name: str) -> tuple[Any, ...]:
    """One path or name, or several, as a tuple."""
    if isinstance(value, str | Path):
        return (value,)
    try:
        listed = tuple(value)
    except TypeError:
        listed = (None,)
    if not all(isinstance(item, str | Path) for item in listed):
        raise ValueError(f"{name} takes a string or a list of strings, not {value!r}")
    return listed


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


def clean(
    page: str | bytes | bytearray | memoryview, *, kind: Kind | None = None, charset: str | None = None
) -> Document:
    """Clean one news page, HTML or plain text as ``str`` or ``bytes``, into a Document.

    ``kind`` and ``charset`` are those of ``Cleaner.clean``.

    >>> page = "Skip to content\\n\\nThe ferry is back. It sailed at noon, the crew said.\\n\\nShare"
    >>> clean(page).page_text == page
    True

    Raises PageTypeError, BinaryPageError, PageTooLargeError, PageTooDeepError or TooManyBlocksError (all
    are PageErrors), and ValueError for any other kind, or a charset that is no string.
    """
    return default_cleaner().clean(page, kind=kind, charset=charset)


def clean_many(
    pages: Iterable[str | bytes | bytearray | memoryview],
    *,
    workers: int | None = None,
    progress: bool = True,
    on_error: OnError = "return",
    timeout: float | None = TIME_LIMIT,
    kind: Kind | None = None,
    charset: str | None = None,
) -> Generator[Document, None, None]:
    """Clean pages in a pool of processes, lazily and in order; see ``Cleaner.clean_many``.

    >>> [document.error for document in clean_many(["The ferry is back.", b"%PDF-1.7"], workers=0)]
    [None, 'BinaryPageError: the page is a PDF document, not text']
    """
    return default_cleaner().clean_many(
        pages,
        workers=workers,
        progress=progress,
        on_error=on_error,
        timeout=timeout,
        kind=kind,
        charset=charset,
    )
