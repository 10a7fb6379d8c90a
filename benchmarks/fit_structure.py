"""Fits the trees of newsclean/data/structure.json to pages with gold bodies.

Boosted symmetric trees over the measures of every passage (newsclean.measures), fitted to whether
the passage is of the gold body. They start from the evidence of rules and captions with the
weights that it has, so a tree learns only what that evidence leaves open.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from benchmarks import corpus, inputs
from benchmarks.fit_captions import Pictures, Shown, captions_of, count, pictures_of, pool_of, shape_weights
from benchmarks.measures import labels
from benchmarks.systems import SYSTEMS
from newsclean import decide
from newsclean.cleaner import Cleaner
from newsclean.cutting import cut_glued
from newsclean.htmlpage import blocks, parse
from newsclean.language import spoken
from newsclean.measures import SURE, measure_page
from newsclean.nodes import read_html
from newsclean.page import Page
from newsclean.structure import HTML_MEASURES, TEXT_MEASURES
from newsclean.textpage import read_text

CHAIN = {"open": 0.0, "close": 0.5, "reopen": 0.5, "aside": 0.5}
"""The costs of the chain: small, since the trees look around for themselves."""
MOST_EVIDENCE = 12.0
"""Evidence of rules counts up to here, so that no single page of rules outweighs the rest."""
CAPTION_TREES = (250, 4, 0.08)
"""How many trees tell captions, how deep they are, and the rate at which they are fitted."""
LONG = 80
"""Words from which a longer passage counts no more."""
LONG_PAGE = 0.7
"""A page counts as its words to the power of 1 minus this: a long one more, but not in proportion."""
DATA = Path(__file__).parent.parent / "newsclean" / "data"


@dataclass
class Example:
    """One page: a row of measures for each passage, what the rules say for the body, and whether it
    is body (1, 0; -1 for unknown)."""

    corpus: str
    values: NDArray[np.float32]
    rules: NDArray[np.float64]
    body: NDArray[np.int8]
    words: NDArray[np.float64]
    text: NDArray[np.float64]
    pictures: Pictures | None = None

    def with_shape(self, shape: NDArray[np.float64]) -> Example:
        """The example with what the trees of captions say among the rules."""
        if self.pictures is None:
            return self
        said = self.pictures.said
        caption = np.where((said > 0) | (shape > 0), said + shape, 0.0)
        against = np.maximum(np.maximum(caption, self.pictures.other), 0.0)
        return replace(self, rules=np.clip(self.text - against, -MOST_EVIDENCE, MOST_EVIDENCE))

    @property
    def weights(self) -> NDArray[np.float64]:
        """How much each passage counts."""
        counted = np.minimum(self.words, LONG) + 3.0
        return np.asarray(counted / counted.sum() ** LONG_PAGE)


def views(html: str, number: int) -> Iterator[str]:
    """The page as text; of every three pages, one also as text nodes and one as Markdown."""
    yield inputs.blocks(html)
    if number % 3 == 1:
        yield inputs.nodes(html)
    if number % 3 == 2:
        yield inputs.markdown(html)


def cropped(text: str, paragraphs: Sequence[str], number: int) -> list[str]:
    """The article with a few of the passages around it, as dumps of extractors keep them."""
    passages = read_text(text).passages
    body = [i for i, hit in enumerate(labels([p.text for p in passages], paragraphs)) if hit == 1]
    if not body:
        return []
    ahead, behind = ((0, 3), (2, 0), (5, 8), (1, 1), (9, 2), (3, 15))[number % 6]
    kept = passages[max(0, body[0] - ahead) : body[-1] + 1 + behind]
    return [("\n\n", "\n")[number % 2].join(p.text for p in kept)]


def examples(paths: Sequence[Path], hold_out: bool, of_tree: bool = False) -> list[Example]:
    """The examples of all pages: their views as text, or ``of_tree`` their HTML."""
    records = [r for r in corpus.read_all(paths) if not (hold_out and r.held_out)]
    read = _html_examples if of_tree else _text_examples
    with ProcessPoolExecutor() as pool:
        found = pool.map(read, records, range(len(records)), chunksize=8)
        return [example for some in found for example in some if (example.body == 1).any()]


def _html_examples(record: corpus.Record, number: int) -> list[Example]:
    """The page as an example; of every three, the element alone too that holds the body, as feeds send it."""
    if record.html is None:
        return []
    page = read_html(record.html)
    if not page.passages:
        return []
    if not record.gold.paragraphs:
        return [_agreed_example(page, record)] if record.gold.required else []
    part = fragment(record.html, record.gold.paragraphs) if number % 3 == 1 else ""
    return [_example(read, record) for read in (page, read_html(part)) if read.passages]


def fragment(html: str, paragraphs: Sequence[str]) -> str:
    """The smallest element of a page that holds all of the body, as HTML; empty if the page shows none."""
    found = blocks(parse(html))
    body = [b for b, hit in zip(found, labels([b.text for b in found], paragraphs), strict=True) if hit == 1]
    if not body:
        return ""
    holders = [body[0].frame.element, *body[0].frame.element.iterancestors()]
    for block in body[1:]:
        around = {block.frame.element, *block.frame.element.iterancestors()}
        holders = [element for element in holders if element in around]
    return str(etree.tostring(holders[0], encoding="unicode", method="html", with_tail=False))


def _text_examples(record: corpus.Record, number: int) -> list[Example]:
    """The views of one page as examples."""
    paragraphs = record.gold.paragraphs
    shown = captions_of(record)
    if not paragraphs:
        page = inputs.blocks(record.html) if record.html and record.gold.required else ""
        return [_agreed_example(read_text(page), record, shown)] if page else []
    if record.html is None:
        texts = [record.text or ""]
    else:
        try:
            texts = list(views(record.html, number))
        except (ValueError, AssertionError) as error:
            print(f"{record.id}: no text view: {error}")
            return []
        if number % 4:
            texts.append("\n\n".join(paragraphs))
        texts += cropped(texts[0], paragraphs, number)
    return [_example(read_text(text), record, shown) for text in texts if text.strip()]


def _example(page: Page, record: corpus.Record, shown: Shown | None = None) -> Example:
    example, parts = _measured(page, record, shown)
    neutral = [p.text for p in record.gold.body if p.kind == "neutral"]
    body = np.array(labels(parts, record.gold.paragraphs), np.int8)
    if neutral:
        body[(body == 0) & (np.array(labels(parts, neutral)) != 0)] = -1
    return replace(example, body=body)


def _measured(page: Page, record: corpus.Record, shown: Shown | None) -> tuple[Example, list[str]]:
    """The page's example with nothing known yet about its body, and the texts of its passages."""
    rules = _cleaner().rules.speaking(spoken(page.passages))
    cut = cut_glued(page, rules)
    said = decide.furniture_evidence(cut.page, rules, cut.reasons)
    names = HTML_MEASURES if page.of_tree else TEXT_MEASURES
    measures = measure_page(cut.page, said)
    passages = cut.page.passages
    text = np.array([decide.text_weight(evidence) for evidence in said])
    against = np.array([weight for _, weight in measures.strongest])
    example = Example(
        record.corpus,
        np.stack([measures.columns[name] for name in names], axis=1).astype(np.float32),
        np.clip(text - against, -MOST_EVIDENCE, MOST_EVIDENCE),
        np.full(len(passages), -1, np.int8),
        np.array([float(len(p.words)) for p in passages]),
        text,
        pictures_of(cut.page, said, measures, shown, record) if shown is not None else None,
    )
    return example, [p.text for p in passages]


_WITNESSES = ("trafilatura precision", "trafilatura", "resiliparse", "readability", "goose3")


def _agreed_example(page: Page, record: corpus.Record, shown: Shown | None = None) -> Example:
    """A page of which the gold knows only a few snippets: elsewhere the extractors that see its HTML
    are asked, and what they do not agree on is unknown."""
    example, parts = _measured(page, record, shown)
    votes = np.zeros(len(parts))
    for name in _WITNESSES:
        votes += np.array(labels(parts, _extracted(name, record))) == 1
    body = np.full(len(parts), -1, np.int8)
    body[votes <= 1] = 0
    body[(votes >= len(_WITNESSES) - 1) & (example.rules > -SURE)] = 1
    lines = [" ".join(part.split()) for part in parts]
    for snippets, label in ((record.gold.forbidden, 0), (record.gold.required, 1)):
        wanted = [" ".join(snippet.split()) for snippet in snippets]
        body[[any(snippet in line for snippet in wanted) for line in lines]] = label
    return replace(example, body=body)


def _extracted(name: str, record: corpus.Record) -> list[str]:
    try:
        text = SYSTEMS[name].extract(record.html or "", record.language, is_html=True).text
    except Exception as error:  # noqa: BLE001 - whatever a peer raises, it has no voice on this page
        print(f"{record.id}: {name}: {error!r}")
        return []
    return [line for line in text.split("\n") if line.strip()]


@cache
def _cleaner() -> Cleaner:
    return Cleaner()


def fit(data: Sequence[Example], names: Sequence[str], trees: int, depth: int) -> list[dict[str, Any]]:
    """The trees as newsclean.trees reads them."""
    from catboost import Pool

    pages = Counter(example.corpus for example in data)
    most = max(pages.values())
    known = [example.body >= 0 for example in data]
    weights = np.concatenate(
        # a small corpus counts more a page than a large one, but less as a whole
        [(most / pages[e.corpus]) ** 0.5 * e.weights[k] for e, k in zip(data, known, strict=True)]
    )
    pool = Pool(
        np.concatenate([e.values[k] for e, k in zip(data, known, strict=True)]),
        np.concatenate([e.body[k] for e, k in zip(data, known, strict=True)]),
        weight=weights / weights.mean(),
        baseline=np.concatenate([e.rules[k] for e, k in zip(data, known, strict=True)]),
        feature_names=list(names),
    )
    return exported(boost(pool, trees, depth))


def boost(pool: Any, trees: int, depth: int, rate: float = 0.06) -> Any:
    """The boosted trees of a pool of examples, with CatBoost."""
    from catboost import CatBoostClassifier

    booster = CatBoostClassifier(
        iterations=trees,
        depth=depth,
        learning_rate=rate,
        l2_leaf_reg=10,
        border_count=64,
        bootstrap_type="Bernoulli",
        subsample=0.7,
        rsm=0.3,
        random_seed=1,
        verbose=False,
        allow_writing_files=False,
    )
    return booster.fit(pool)


def exported(booster: Any) -> list[dict[str, Any]]:
    """The trees as newsclean.trees reads them."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "model.json"
        booster.save_model(str(file), format="json")
        return rows_of(json.loads(file.read_text(encoding="utf-8")))


def rows_of(exported: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of newsclean/data/structure.json from a model in CatBoost's JSON."""
    names = [f["feature_id"] for f in exported["features_info"]["float_features"]]
    scale, bias = exported["scale_and_bias"]
    if any(bias):
        raise ValueError("a model that was fitted on top of evidence has no bias")
    return [
        {
            "ask": [f"{names[s['float_feature_index']]} > {s['border']:.6g}" for s in tree["splits"]],
            "leaves": [round(scale * value, 4) for value in tree["leaf_values"]],
            "passages": [round(weight) for weight in tree["leaf_weights"]],
        }
        for tree in exported["oblivious_trees"]
    ]


def write(rows: Sequence[Mapping[str, Any]], out: Path, note: str) -> None:
    """One tree a line."""
    lines = ",\n".join(json.dumps(row) for row in rows)
    note += (
        ". Page sets: fundus test data (MIT), WCXB v1.0 (CC-BY-4.0), the evaluation set of trafilatura "
        "(Apache-2.0), and text dumps labelled for newsclean"
    )
    out.write_text(
        f'{{"about": {json.dumps(note)},\n"chain": {json.dumps(CHAIN)},\n"trees": [\n{lines}\n]}}\n',
        encoding="utf-8",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", nargs="+", type=Path, help="JSON lines with gold, .jsonl or .jsonl.gz")
    parser.add_argument("--html", action="store_true", help="fit the trees for HTML, not those for text")
    parser.add_argument(
        "--out", type=Path, help="the file of trees to write (default: the one newsclean reads)"
    )
    parser.add_argument("--hold-out", action="store_true", help="leave a third of the publishers out")
    parser.add_argument("--trees", type=int, default=700)
    parser.add_argument("--depth", type=int, default=4)


def main(args: argparse.Namespace) -> int:
    data = examples(args.data, args.hold_out, args.html)
    passages = sum(len(e.body) for e in data)
    held = "a third of the publishers held out" if args.hold_out else "all publishers"
    corpora = ", ".join(sorted({e.corpus for e in data}))
    note = (
        f"fitted by `python -m benchmarks fit` to {corpora}: {len(data)} pages and views, "
        f"{passages} passages, {held}"
    )
    if not args.html:
        data = _with_captions(data, note)
    names = HTML_MEASURES if args.html else TEXT_MEASURES
    out = args.out or DATA / ("structure-html.json" if args.html else "structure.json")
    of = "Boosted trees over the measures of a passage, in natural log-odds for the body; "
    write(fit(data, names, args.trees, args.depth), out, of + note)
    print(note)
    return 0


def _with_captions(data: Sequence[Example], note: str) -> list[Example]:
    """Fit the trees of captions, and give every example what such trees say that never saw its publisher."""
    pictures = [example.pictures for example in data if example.pictures]
    shapes = shape_weights(pictures, lambda pool: boost(pool, *CAPTION_TREES))
    rows = exported(boost(pool_of(pictures), *CAPTION_TREES))
    of = f"Boosted trees over the measures of a passage, in natural log-odds for a caption ({count(pictures)}); "
    write(rows, DATA / "captions.json", of + note)
    return [example.with_shape(shape) for example, shape in zip(data, shapes, strict=True)]
