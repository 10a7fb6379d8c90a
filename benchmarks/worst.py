"""Shows the worst pages line by line, and which rules gained and lost words, as one HTML file."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import groupby
from pathlib import Path

import newsclean
from benchmarks import corpus, inputs, measures
from benchmarks.corpus import Record
from benchmarks.quality import evenly
from newsclean.evidence import TEXT_ROLES

VERDICTS = {
    "right": "kept and right",
    "extra": "kept and wrong",
    "lost": "removed and wrong: lost",
    "out": "removed and right",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the page. ``good`` of its ``words`` are in the gold body."""

    text: str
    role: str
    rule: str
    evidence: tuple[tuple[str, str, float, str], ...]
    words: int
    good: int
    kept: bool

    @property
    def verdict(self) -> str:
        """One of VERDICTS: whether most of the words are where they belong."""
        mostly = 2 * self.good > self.words
        return ("right" if mostly else "extra") if self.kept else ("lost" if mostly else "out")


@dataclass(frozen=True, slots=True)
class Page:
    """A cleaned page, line by line."""

    record: str
    publisher: str
    language: str
    f1: float
    precision: float
    recall: float
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    """Paragraphs of the gold body of which the page shows less than half the words."""
    error: str = ""


@dataclass
class Account:
    """What one rule did: words of furniture and of the article that it removed, or kept."""

    removed_furniture: int = 0
    removed_article: int = 0
    kept_furniture: int = 0
    kept_article: int = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", nargs="+", type=Path, help="JSON lines with gold, .jsonl or .jsonl.gz")
    parser.add_argument("--input", choices=list(inputs.INPUTS), default="blocks", help="form of the pages")
    parser.add_argument("--pages", type=int, default=30, help="how many of the worst pages")
    parser.add_argument("--by", choices=["f1", "precision", "recall"], default="f1", help="what is worst")
    parser.add_argument("--language", help="only pages in this language, such as de")
    parser.add_argument("--part", choices=["all", "used", "held-out"], default="all", help="which publishers")
    parser.add_argument("--limit", type=int, help="only so many pages of each file, evenly spread")
    parser.add_argument("--jobs", type=int, help="processes; one for each core if not given")
    parser.add_argument(
        "--out", type=Path, default=Path("worst.html"), help="the report; worst.html if not given"
    )


def main(args: argparse.Namespace) -> int:
    records = [r for path in args.data for r in evenly(list(corpus.read(path)), args.limit)]
    records = [r for r in records if r.gold.paragraphs]
    if args.language:
        records = [r for r in records if r.language == args.language]
    if args.part != "all":
        records = [r for r in records if r.held_out == (args.part == "held-out")]
    with ProcessPoolExecutor(args.jobs) as pool:
        pages = [p for p in pool.map(partial(examine, kind=args.input), records, chunksize=4) if p]
    if not pages:
        print("no page with a gold body in this form")
        return 2
    worst = sorted(pages, key=lambda page: getattr(page, args.by))[: args.pages]
    rules = accounts(pages)
    args.out.write_text(report(worst, rules, len(pages), args.input), encoding="utf-8")
    print(summary(pages, worst, rules, args.by))
    print(f"\nwritten to {args.out}")
    return 0


def examine(record: Record, kind: str) -> Page | None:
    """Clean the page in the form ``kind`` and hold every line against the gold body."""
    page = inputs.lay_out(record, kind)
    if page is None:
        return None
    try:
        document = newsclean.clean(page)
    except newsclean.NewscleanError as error:
        return Page(
            record.id, record.publisher, record.language, 0, 0, 0, (), record.gold.paragraphs, str(error)
        )
    score = measures.body_words(document.text, record.gold.body) or measures.Words(0, 0)
    texts = [measures.words(block.text) for block in document.blocks]
    gold = [measures.words(paragraph) for paragraph in record.gold.paragraphs]
    in_page, in_gold = measures.aligned([w for t in texts for w in t], [w for g in gold for w in g])
    hits, found = iter(in_page), iter(in_gold)
    lines = []
    for block, some in zip(document.blocks, texts, strict=True):
        good = sum(next(hits) for _ in some)
        said = tuple((e.rule_id, e.role.value, e.weight, e.why) for e in block.evidence)
        kept = block.role in TEXT_ROLES
        lines.append(Line(block.text, block.role.value, block.rule_id, said, len(some), good, kept))
    shown = [sum(next(found) for _ in some) for some in gold]
    missing = tuple(
        text for text, some, n in zip(record.gold.paragraphs, gold, shown, strict=True) if 2 * n < len(some)
    )
    return Page(
        record.id,
        record.publisher,
        record.language,
        score.f1,
        score.precision,
        score.recall,
        tuple(lines),
        missing,
    )


def accounts(pages: Iterable[Page]) -> dict[str, Account]:
    """What each rule did, as the rule that decided a line's role, most words first."""
    found: dict[str, Account] = defaultdict(Account)
    for line in (line for page in pages for line in page.lines):
        account = found[line.rule or "(no evidence)"]
        if line.kept:
            account.kept_article += line.good
            account.kept_furniture += line.words - line.good
        else:
            account.removed_article += line.good
            account.removed_furniture += line.words - line.good
    size = {name: sum(vars(a).values()) for name, a in found.items()}
    return dict(sorted(found.items(), key=lambda item: -size[item[0]]))


_ACCOUNT_HEAD = ("furniture removed", "article lost", "furniture kept", "article kept", "rule")


def _account_rows(rules: dict[str, Account]) -> list[tuple[int, int, int, int, str]]:
    return [
        (a.removed_furniture, a.removed_article, a.kept_furniture, a.kept_article, name)
        for name, a in rules.items()
    ]


def summary(pages: Sequence[Page], worst: Sequence[Page], rules: dict[str, Account], by: str) -> str:
    """What a terminal shows: the means, the worst pages, and the rules in words gained and lost."""
    n = len(pages)
    means = ", ".join(
        f"{name} {100 * sum(getattr(p, name) for p in pages) / n:.2f}"
        for name in ("f1", "precision", "recall")
    )
    lines = [f"{n} pages: {means}", "", f"worst by {by}:", "    F1     P     R  lost  extra  page"]
    for page in worst:
        lost = sum(line.good for line in page.lines if not line.kept)
        extra = sum(line.words - line.good for line in page.lines if line.kept)
        lines.append(
            f"  {100 * page.f1:4.0f}  {100 * page.precision:4.0f}  {100 * page.recall:4.0f}  {lost:4d}  {extra:5d}  "
            f"{page.record} ({page.publisher}, {page.language}) {page.error}".rstrip()
        )
    lines += ["", "words by the rule that decided:", "  ".join(_ACCOUNT_HEAD)]
    for row in _account_rows(rules)[:60]:
        lines.append(f"{row[0]:17d}  {row[1]:12d}  {row[2]:14d}  {row[3]:12d}  {row[4]}")
    return "\n".join(lines)


def report(worst: Sequence[Page], rules: dict[str, Account], count: int, kind: str) -> str:
    """One self-contained HTML page; everything from the pages is escaped."""
    legend = " ".join(f'<span class="{name}">{said}</span>' for name, said in VERDICTS.items())
    body = [
        f"<h1>The {len(worst)} worst of {count} pages ({escape(kind)})</h1><p class=legend>{legend}</p>",
        "<p>Hover over a line for its evidence; click one to unfold it. Lines removed rightly are folded.</p>",
        *(_page(page) for page in worst),
        "<h1>Words by the rule that decided</h1><table><tr>",
        *(f"<th>{head}</th>" for head in _ACCOUNT_HEAD),
        "</tr>",
        *(
            "<tr>" + "".join(f"<td>{escape(str(c))}</td>" for c in row) + "</tr>"
            for row in _account_rows(rules)
        ),
        "</table>",
    ]
    return _SHELL.replace("BODY", "\n".join(body))


def _page(page: Page) -> str:
    head = f"{page.record} · {page.publisher} · {page.language}"
    figures = f"F1 {100 * page.f1:.1f}, precision {100 * page.precision:.1f}, recall {100 * page.recall:.1f}"
    parts = [f"<section><h2>{escape(head)}</h2><p>{figures} {escape(page.error)}</p>"]
    shown = [line for line in page.lines if line.words]
    for folded, lines in groupby(shown, key=lambda line: line.verdict == "out"):
        rendered = [_line(line) for line in lines]
        if folded and len(rendered) > 3:
            rendered = [f"<details><summary>{len(rendered)} lines removed</summary>", *rendered, "</details>"]
        parts += rendered
    if page.missing:
        parts.append("<h3>In the gold body, not on the page</h3>")
        parts += [f"<p class=missing>{escape(text)}</p>" for text in page.missing]
    return "\n".join([*parts, "</section>"])


def _line(line: Line) -> str:
    said = "\n".join(f"{weight:+.1f} {role} {rule}: {why}" for rule, role, weight, why in line.evidence)
    return (
        f'<details class="line {line.verdict}" title="{escape(said)}"><summary><b>{escape(line.role)}</b>'
        f"{escape(line.text)}<i>{line.good}/{line.words}</i></summary><pre>{escape(said) or 'no evidence'}</pre></details>"
    )


_SHELL = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The worst pages</title><style>
:root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid #8886; margin-top: 2rem; }
.line > summary { list-style: none; display: flex; gap: .6rem; padding: .1rem .5rem; cursor: pointer; }
.line b { flex: 0 0 6rem; font: 12px/1.7 ui-monospace, monospace; opacity: .7; }
.line i { margin-left: auto; opacity: .6; font-size: 12px; white-space: nowrap; }
pre { margin: .2rem 0 .6rem 7rem; font-size: 12px; white-space: pre-wrap; }
.right { background: #3a63; } .extra { background: #e903; } .lost { background: #d225; } .out { opacity: .6; }
.legend span { padding: .1rem .5rem; margin-right: .5rem; }
.missing { background: #8883; padding: .1rem .5rem; }
table { border-collapse: collapse; } td, th { padding: .1rem .6rem; text-align: right; }
td:last-child { text-align: left; font-family: ui-monospace, monospace; }
</style></head><body>
BODY
</body></html>
"""
