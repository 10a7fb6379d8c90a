"""The whole way from files to a file, in one screen."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import newsclean
from newsclean.batch.counts import Counts
from newsclean.batch.errors import RunError
from newsclean.batch.feed import Feed, Item
from newsclean.batch.journal import Entry, Journal, folder_of, folders_of, is_left_over, sync_folder
from newsclean.batch.readers import Reader
from newsclean.batch.records import Record
from newsclean.batch.sources import Inventory, Source, list_sources, take_inventory
from newsclean.batch.tables import Columns
from newsclean.batch.writers import import_needed, join_parts, open_part, out_form
from newsclean.cleaner import TIME_LIMIT, Cleaner
from newsclean.detect import Kind
from newsclean.document import Document
from newsclean.pool import clean_jobs

CHECKPOINT = 500
"""Rows of a part: so much is done again, at most, after a run was cut off."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the output of a run, beside its inputs and its Cleaner.

    kind, charset: as in ``Cleaner.clean``; a charset that comes with a record goes first.
    columns: where JSON Lines and Parquet hold the page, and which other columns are handed on.
    full: whether a row has the page's blocks and its text; of JSON Lines only.
    limit: rows after which to stop; None for all.
    checkpoint: rows of a part.
    """

    kind: Kind | None = None
    charset: str | None = None
    columns: Columns = field(default_factory=Columns)
    full: bool = False
    limit: int | None = None
    checkpoint: int = CHECKPOINT


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: the inputs, the output, and how the pages are read and cleaned."""

    inputs: tuple[str | Path, ...]
    out: Path
    cleaner: Cleaner
    settings: Settings

    @property
    def reader(self) -> Reader:
        """Reads the sources."""
        return Reader(self.settings.columns, self.cleaner.max_chars)

    def sources(self) -> Iterator[Source]:
        """The files of the inputs, without what the run itself writes."""
        return list_sources(self.inputs, but=(self.out, *folders_of(self.out)))


@dataclass(frozen=True, slots=True)
class CompactCleaner:
    """Cleans as another does, and leaves out blocks and page text, so that they need not change process."""

    whole: Cleaner

    def clean(
        self,
        page: str | bytes | bytearray | memoryview,
        *,
        kind: Kind | None = None,
        charset: str | None = None,
    ) -> Document:
        """Clean one page; see ``Cleaner.clean``."""
        return replace(self.whole.clean(page, kind=kind, charset=charset), blocks=(), page_text="")


@dataclass(frozen=True, slots=True)
class Pool:
    """How many processes clean, and how many seconds each page may take; as ``newsclean.pool`` has it."""

    workers: int | None
    timeout: float | None


class Watcher(Protocol):
    """Is told how a run gets on."""

    def begin(self, inventory: Inventory, done: int, counts: Counts) -> None:
        """It begins, or goes on where so many bytes were read and so much was counted."""

    def page(self, record: Record, document: Document, done: int) -> None:
        """A page is done, and so many bytes of the sources were read."""

    def end(self) -> None:
        """All pages are done, or the run was broken off."""


class _Quiet:
    def begin(self, inventory: Inventory, done: int, counts: Counts) -> None: ...
    def page(self, record: Record, document: Document, done: int) -> None: ...
    def end(self) -> None: ...


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    cleaner: Cleaner | None = None,
    settings: Settings | None = None,
    workers: int | None = None,
    timeout: float | None = TIME_LIMIT,
    resume: bool = False,
    force: bool = False,
    watcher: Watcher | None = None,
) -> Counts:
    """Clean all pages of the inputs into one file, which appears when it is whole.

    inputs: files and folders, see ``newsclean.batch.sources``; out: what is written, in the form that its
    name says. workers: processes, 0 for none but this one, None for as many as there are processors; timeout:
    seconds for a page, of no effect without processes. resume: go on with a run that was cut off.
    force: replace an output, or an unfinished run, that is there.
    An output that is whole is left alone by ``resume``, and nothing is counted.

    Raises RunError where the run cannot begin or go on, ImportError naming the extra that is missing, and
    OSError where the output cannot be written.
    """
    cleaner, settings, watcher = cleaner or Cleaner(), settings or Settings(), watcher or _Quiet()
    out = Path(out)
    form = out_form(out)
    import_needed(form)
    if settings.full and form == ".parquet":
        raise RunError(f"{out}: blocks are for JSON Lines; Parquet holds rows without them")
    plan = Plan(tuple(inputs), out, cleaner, settings)
    if not _may_begin(out, resume=resume, force=force):
        return Counts()
    plan.reader.check(plan.sources())
    inventory = take_inventory(plan.sources())
    if not inventory.files:
        raise RunError(f"nothing to read in {', '.join(map(str, inputs))}")
    head = {"settings": _told(cleaner, settings), "inputs": asdict(inventory)}
    journal = Journal(out, form)
    try:
        if resume and journal.folder.exists():
            journal.resume(head)
        else:
            journal.begin(head, force=force)
        _clean_parts(plan, journal, inventory, Pool(workers, timeout), watcher)
        join_parts(journal.parts, journal.joined, form)
        journal.finish()
    finally:
        journal.release()
    return journal.counts()


def _may_begin(out: Path, *, resume: bool, force: bool) -> bool:
    """Whether there is anything to do; RunError where something stands in the way."""
    if not out.parent.is_dir():
        raise RunError(f"{out.parent}: no such folder")
    if is_left_over(out):
        shutil.rmtree(folder_of(out))
    if not out.exists() or force or folder_of(out).exists():
        return True
    if resume:
        return False  # whole already
    raise RunError(f"{out}: is there already; --force replaces it")


def _told(cleaner: Cleaner, settings: Settings) -> dict[str, Any]:
    """All settings that the output depends on, as JSON has them."""
    columns = settings.columns
    rules = "\n".join(map(repr, cleaner.rules.rules))
    profile = "" if cleaner.profile is None else cleaner.profile.to_json()
    return {
        "newsclean": newsclean.__version__,
        "mode": cleaner.mode,
        "witness": cleaner.witness,
        "max_chars": cleaner.max_chars,
        "max_depth": cleaner.max_depth,
        "max_blocks": cleaner.max_blocks,
        "rules": hashlib.sha256(rules.encode("utf-8")).hexdigest(),
        "profile": hashlib.sha256(profile.encode("utf-8")).hexdigest(),
        "kind": settings.kind,
        "charset": settings.charset,
        "page": columns.page,
        "keep": None if columns.keep is None else sorted(columns.keep),
        "full": settings.full,
        "limit": settings.limit,
        "checkpoint": settings.checkpoint,
    }


def _clean_parts(plan: Plan, journal: Journal, inventory: Inventory, pool: Pool, watcher: Watcher) -> None:
    """Clean what the journal does not tell of yet, part by part."""
    done = sum(entry.rows for entry in journal.entries)
    limit = plan.settings.limit
    feed = Feed(
        plan.reader,
        plan.sources,
        journal.place,
        None if limit is None else limit - done,
        (plan.settings.kind, plan.settings.charset),
    )
    watcher.begin(inventory, journal.read, journal.counts())
    try:
        with closing(_results(plan, feed, pool)) as results:
            while _write_part(results, plan, journal, watcher):
                pass
    finally:
        watcher.end()


def _write_part(
    results: Iterator[tuple[Item, Document | None]], plan: Plan, journal: Journal, watcher: Watcher
) -> bool:
    """Write the next part, and tell the journal; False when nothing was left."""
    aside = journal.folder / "part.tmp"
    part = open_part(aside, out_form(plan.out), full=plan.settings.full)
    counts, rows, item = Counts(), 0, None
    try:
        for item, found in results:
            counts.update(item.skipped)
            if item.record is None:
                continue
            document = _finished(item.record, found)
            part.write(item.record, document)
            counts.add(document)
            rows += 1
            watcher.page(item.record, document, item.read)
            if rows == plan.settings.checkpoint:
                break
    finally:
        part.close()
    if item is None:
        return False
    size = aside.stat().st_size
    if rows:
        aside.replace(journal.part(len(journal.entries)))
        sync_folder(journal.folder)
    journal.add(Entry(item.place, item.read, rows, size, counts.to_dict()))
    return rows == plan.settings.checkpoint


def _results(plan: Plan, feed: Feed, pool: Pool) -> Generator[tuple[Item, Document | None], None, None]:
    """What was read, in order, each record that has a page with its document."""
    cleaner = plan.cleaner if plan.settings.full else CompactCleaner(plan.cleaner)
    found = clean_jobs(cleaner, feed.jobs(), workers=pool.workers, timeout=pool.timeout)
    with closing(found) as documents:
        for document in documents:
            while not (item := feed.waiting.popleft()).is_job:
                yield item, None
            yield item, document
    while feed.waiting:
        yield feed.waiting.popleft(), None


def _finished(record: Record, document: Document | None) -> Document:
    """The document of a record, with what its reader had to say."""
    if document is None:
        return Document(text="", error=record.error)
    if record.cut and document.error is None:
        warning = f"the crawler cut the page off ({record.cut})"
        return replace(document, truncated=True, warnings=(*document.warnings, warning))
    return document
