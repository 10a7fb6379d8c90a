"""Every engine gives, row by row and column by column, what ``clean`` gives.

Spark and Ray run on this machine, on a crawl of some hundred pages with bad ones among them. The blocks of
the README that show an engine are run here, in the order of the file: what forks comes before what starts
threads.
"""

from __future__ import annotations

import contextlib
import gc
import gzip
import json
import logging
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import newsclean
import newsclean.engines.pandas
import newsclean.engines.polars
import newsclean.engines.ray
import newsclean.engines.spark
from newsclean.arrow import SCHEMA, ColumnError

sys.path.insert(0, str(Path(__file__).parent))
from arrow_rows import BAD, NO_PAGE, PDF, crawl, row

ROOT = Path(__file__).parent.parent
EDITIONS = 4
WORKERS_PATH = str(Path(newsclean.__file__).parent.parent)
"""So that a worker imports the newsclean under test, wherever that was imported from."""
Rows = list[dict[str, Any]]

no_fork_warning = pytest.mark.filterwarnings(
    # Python 3.12 and later warn of every fork beside threads; datasets and datatrove fork.
    "ignore:This process .* is multi-threaded, use of fork:DeprecationWarning"
)


@pytest.fixture(scope="module")
def pages() -> Rows:
    return crawl(EDITIONS)


@pytest.fixture(scope="module")
def right(pages: Rows) -> Rows:
    """The rows that have to come out, each with its url."""
    return [
        {"url": page["url"], **row(page["html"], kind=page["how"], charset=page["charset"])} for page in pages
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, pages: Rows) -> Path:
    """A folder with the crawl, where the blocks of the README run."""
    made = tmp_path_factory.mktemp("crawl")
    table = pa.table(
        {
            "url": [page["url"] for page in pages],
            "html": pa.array([page["html"] for page in pages], pa.binary()),
            "how": pa.array([page["how"] for page in pages], pa.string()),
            "charset": pa.array([page["charset"] for page in pages], pa.string()),
        }
    )
    pq.write_table(table, made / "crawl.parquet", row_group_size=100)
    return made


@pytest.fixture(scope="module")
def looked_at(pages: Rows, right: Rows) -> Rows:
    """The rows of the README's blocks, which leave it to newsclean how to read a page."""
    return [
        {"url": page["url"], **row(page["html"])} if page["how"] or page["charset"] else found
        for page, found in zip(pages, right, strict=True)
    ]


def in_order(rows: Rows) -> Rows:
    return sorted(rows, key=lambda found: int(found["url"].rpartition("/")[2]))


def compare(found: Rows, right: Rows) -> None:
    """Every column of every row, with the name of the first that differs."""
    assert [r["url"] for r in found] == [r["url"] for r in right]
    for one, other in zip(found, right, strict=True):
        assert list(one) == list(other)
        for name in other:
            assert one[name] == other[name], f"{other['url']}: {name}"


def run_block(name: str, folder: Path, **names: Any) -> dict[str, Any]:
    """Run the README's block of an engine in a folder and give the names that it leaves."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"^```python {name}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    with contextlib.chdir(folder):
        exec(compile(block, f"README.md, {name}", "exec"), names)  # noqa: S102 - our own README
    return names


def test_the_crawl_has_what_it_needs(right: Rows) -> None:
    assert len(right) > 200
    errors = {r["error"] for r in right}
    assert {None, NO_PAGE, PDF} <= errors
    assert sum(len(r["captions"] or ()) for r in right) > 100
    assert any("no article body found" in (r["warnings"] or [""])[0] for r in right if r["warnings"])


SOME: list[Any] = [*BAD, "Home\nNews", 7, "The night ferry sailed at noon on Monday, the crew said. Ed. 3"]


def some_rows() -> Rows:
    return [row(page) for page in SOME]


class TestPandas:
    def frame_rows(self, frame: pd.DataFrame) -> Rows:
        return [
            {
                str(key): None if pd.api.types.is_scalar(value) and pd.isna(value) else value
                for key, value in found.items()
            }
            for found in frame.to_dict("records")
        ]

    def test_a_series(self) -> None:
        index = pd.Index([f"p{n}" for n in range(len(SOME))], name="id")
        frame = newsclean.engines.pandas.clean(pd.Series(SOME, index=index, dtype=object))
        assert frame.index.equals(index)
        assert list(frame.columns) == SCHEMA.names
        assert self.frame_rows(frame) == some_rows()

    def test_nested_columns_hold_lists_and_dicts(self) -> None:
        page = "\n\n".join(["Ferry sails", *["The ferry left at noon, the crew said on Monday."] * 2])
        caption = "The ferry leaves the quay at Karsund on Monday (Photo: Marit Lund/Reuters)"
        frame = newsclean.engines.pandas.clean([f"{page}\n\n{caption}", None])
        assert frame.index.tolist() == [0, 1]
        assert frame["captions"][0][0]["provider"] == ["Reuters"]
        assert type(frame["captions"][0]) is list
        assert frame["captions"][1] is None
        assert frame["truncated"].dtype == "boolean"

    def test_a_frame(self, pages: Rows, right: Rows) -> None:
        frame = pd.DataFrame(pages[:60], index=[n // 2 for n in range(60)])  # an index need not be unique
        out = newsclean.engines.pandas.clean(
            frame, page="html", keep=["url"], kind_column="how", charset_column="charset"
        )
        assert out.index.equals(frame.index)
        compare(self.frame_rows(out), right[:60])

    @pytest.mark.parametrize("dtype", ["string", "category", "string[pyarrow]", pd.ArrowDtype(pa.string())])
    def test_other_types_of_series(self, dtype: Any) -> None:
        given = ["Home\nNews", None, "Sport"]
        frame = newsclean.engines.pandas.clean(pd.Series(given).astype(dtype))
        assert self.frame_rows(frame) == [row(page) for page in given]

    def test_nan_is_a_null_page(self) -> None:
        frame = newsclean.engines.pandas.clean(pd.Series(["Home", float("nan"), pd.NA, pd.NaT], dtype=object))
        assert frame["error"].tolist()[1:] == [NO_PAGE] * 3

    def test_nothing(self) -> None:
        frame = newsclean.engines.pandas.clean(pd.Series([], dtype=object))
        assert (len(frame), list(frame.columns)) == (0, SCHEMA.names)

    def test_what_is_wrong_is_said(self) -> None:
        frame = pd.DataFrame({"html": ["Home"], 3: [1], "title": ["mine"]})
        with pytest.raises(ColumnError, match=r"^no column 'page'; there are: html, 3, title$"):
            newsclean.engines.pandas.clean(frame)
        with pytest.raises(ColumnError, match=r"called title: "):
            newsclean.engines.pandas.clean(frame, "html")
        out = newsclean.engines.pandas.clean(frame, "html", prefix="n_")
        assert list(out.columns) == [3, "title", *(f"n_{name}" for name in SCHEMA.names)]
        with pytest.raises(ValueError, match="these pages have none"):
            newsclean.engines.pandas.clean(["Home"], kind_column="how")
        for given, name in (("Home", "str"), (None, "NoneType")):
            with pytest.raises(TypeError, match=f"takes pages in a series, list or data frame, not {name};"):
                newsclean.engines.pandas.clean(given)  # type: ignore[arg-type]


class TestPolars:
    def test_a_series(self) -> None:
        frame = newsclean.engines.polars.clean(pl.Series(SOME, dtype=pl.Object))
        assert frame.columns == SCHEMA.names
        assert frame.to_dicts() == some_rows()

    @pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum(["Home\nNews", "Sport"])], ids=str)
    def test_series_of_strings(self, dtype: Any) -> None:
        given = ["Home\nNews", None, "Sport"]
        out = newsclean.engines.polars.clean(pl.Series(given, dtype=dtype))
        assert out.to_dicts() == [row(page) for page in given]

    def test_a_frame(self, pages: Rows, right: Rows) -> None:
        frame = pl.DataFrame(
            pages[:60], schema={"url": pl.String, "html": pl.Binary, "how": pl.String, "charset": pl.String}
        )
        out = newsclean.engines.polars.clean(
            frame, page="html", keep=["url"], kind_column="how", charset_column="charset"
        )
        compare(out.to_dicts(), right[:60])
        assert out.schema["captions"].base_type() is pl.List

    def test_a_frame_of_pages_alone(self) -> None:
        assert (
            newsclean.engines.polars.clean(pl.DataFrame({"page": SOME[-1:]})).to_dicts() == some_rows()[-1:]
        )

    def test_nothing(self) -> None:
        none: list[Any] = [pl.Series([], dtype=pl.String), pl.DataFrame(schema={"page": pl.String}), []]
        for given in none:
            frame = newsclean.engines.polars.clean(given)
            assert (len(frame), frame.columns) == (0, SCHEMA.names)

    def test_what_is_wrong_is_said(self) -> None:
        with pytest.raises(ColumnError, match=r"^no column 'page'; there are: html$"):
            newsclean.engines.polars.clean(pl.DataFrame({"html": ["Home"]}))
        with pytest.raises(TypeError, match="a LazyFrame has no rows yet"):
            newsclean.engines.polars.clean(pl.LazyFrame({"page": ["Home"]}))  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="takes pages in a series, list or data frame, not bytes;"):
            newsclean.engines.polars.clean(b"Home")


@pytest.mark.parametrize(
    ("package", "extra", "use"),
    [
        ("pyarrow", "arrow", "import newsclean.arrow"),
        ("pandas", "pandas", "from newsclean.engines.pandas import clean; clean([])"),
        ("polars", "polars", "from newsclean.engines.polars import clean; clean([])"),
        ("datasets", "huggingface", "from newsclean.engines.huggingface import clean; clean([])"),
        ("pyspark", "spark", "from newsclean.engines.spark import schema; schema()"),
        ("datatrove", "datatrove", "import newsclean.engines.datatrove"),
    ],
)
def test_what_is_missing_is_named_with_its_extra(package: str, extra: str, use: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; {use}"
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": WORKERS_PATH},
    )
    assert done.returncode == 1
    assert done.stderr.endswith(f"it comes with: pip install 'newsclean[{extra}]'\n")


@pytest.fixture(scope="module")
def huggingface(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The module, offline, with its cache in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setenv("HF_HOME", str(tmp_path_factory.mktemp("huggingface")))
        import datasets

        import newsclean.engines.huggingface

        datasets.disable_progress_bars()
        yield newsclean.engines.huggingface


@no_fork_warning
class TestHuggingFace:
    def test_the_block_of_the_readme(self, folder: Path, huggingface: Any, looked_at: Rows) -> None:
        articles = run_block("datasets", folder)["articles"]
        assert articles.column_names == ["url", "how", "charset", *SCHEMA.names]
        compare(list(articles.remove_columns(["how", "charset"])), looked_at)
        assert articles.features["captions"] == huggingface.features()["captions"]

    def test_a_dict_of_splits_and_a_stream(self, pages: Rows, right: Rows, huggingface: Any) -> None:
        import datasets

        how = {"page": "html", "keep": ["url"], "kind_column": "how", "charset_column": "charset"}
        some = datasets.Dataset.from_list(pages[:40])
        splits = huggingface.clean(datasets.DatasetDict(train=some, test=some.select([])), **how)
        compare(splits["train"].to_list(), right[:40])
        assert splits["test"].to_list() == []
        assert splits["test"].features == splits["train"].features
        compare(list(huggingface.clean(some.to_iterable_dataset(), batch_size=7, **how)), right[:40])
        unknown = datasets.IterableDataset.from_generator(lambda: iter(pages[:40]))
        compare(list(huggingface.clean(unknown, batch_size=7, **how)), right[:40])

    def test_what_is_wrong_is_said(self, huggingface: Any) -> None:
        import datasets

        data = datasets.Dataset.from_dict({"html": ["Home"], "n": [1]})
        with pytest.raises(ColumnError, match=r"^no column 'page'; there are: html, n$"):
            huggingface.clean(data)
        with pytest.raises(ColumnError, match=r"holds int64"):
            huggingface.clean(data, "n")
        with pytest.raises(TypeError, match=r"^this takes a Dataset of Hugging Face, not list$"):
            huggingface.clean([])
        with pytest.raises(ValueError, match="num_proc is for a Dataset"):
            huggingface.clean(data.to_iterable_dataset(), "html", num_proc=2)


@no_fork_warning
class TestDatatrove:
    def rows(self, pages: Rows) -> Rows:
        """What should come of the pages that datatrove's reader hands on: those with text, as strings."""
        return [{"url": page["url"], **row(text)} for page in pages if (text := as_text(page))]

    def write(self, folder: Path, pages: Rows) -> None:
        (folder / "crawl").mkdir()
        for part in range(2):
            lines = [
                json.dumps({"id": page["url"], "html": as_text(page), "date": "crawled"})
                for page in pages[part::2]
            ]
            (folder / "crawl" / f"{part}.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def test_the_block_of_the_readme(self, tmp_path: Path, pages: Rows) -> None:
        pages = pages[:120]
        self.write(tmp_path, pages)
        stats = run_block("datatrove", tmp_path)["stats"].stats[1].stats
        found: Rows = []
        for file in sorted((tmp_path / "articles").iterdir()):
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                found += map(from_datatrove, map(json.loads, lines))
        right = self.rows(pages)
        articles = [r for r in right if r["text"] and newsclean.document.NO_ARTICLE not in r["warnings"]]
        compare(in_order(found), articles)
        counts = {
            name: stats[name].total for name in ("total", "forwarded", "dropped", "no_article", "captions")
        }
        assert 0 < len(articles) < len(right)
        assert counts == {
            "total": len(right),
            "forwarded": len(articles),
            "dropped": len(right) - len(articles),
            "no_article": len(right) - len(articles),
            "captions": sum(len(r["captions"]) for r in articles),
        }

    def test_documents_without_article_are_kept_where_asked(self, pages: Rows) -> None:
        from datatrove.data import Document

        from newsclean.engines.datatrove import NewscleanExtractor

        cleaner = newsclean.Cleaner(max_chars=3000, mode="keep-more")
        step = NewscleanExtractor(without_article="keep", key="n", cleaner=cleaner)
        some = pages[:40]
        found = step.run(
            iter([Document(as_text(page), page["url"], metadata={"n": 1, "m": 2}) for page in some])
        )
        right = [{"url": page["url"], **row(as_text(page), cleaner)} for page in some]
        made = list(found)
        assert [doc.metadata["m"] for doc in made] == [2] * 40
        compare(
            [{"url": doc.id, "text": doc.text, **doc.metadata["n"]} for doc in made],
            [{**r, "text": r["text"] or ""} for r in right],
        )
        assert step.stats["failed"].total == sum(r["error"] is not None for r in right) > 0
        assert step.stats["forwarded"].total == 40

    def test_a_page_that_takes_too_long_does_not_stop_the_others(self) -> None:
        from datatrove.data import Document

        from newsclean.engines.datatrove import NewscleanExtractor

        step = NewscleanExtractor(without_article="keep", cleaner=Sleepy(), timeout=6)
        given = [Document(text, text) for text in ("Home", "sleep", "die", "Sport")]
        found = {doc.id: doc.metadata["newsclean"]["error"] for doc in step.run(iter(given))}
        assert found == {
            "Home": None,
            "sleep": "TimeoutError: the page was not cleaned in 6 s",
            "die": "EOFError: the process that cleaned the page died",
            "Sport": None,
        }
        assert (step.stats["timeout"].total, step.stats["broken_process"].total) == (1, 1)

    def test_parquet_with_a_schema(self, tmp_path: Path, pages: Rows) -> None:
        from datatrove.data import Document
        from datatrove.pipeline.writers import ParquetWriter

        from newsclean.engines.datatrove import METADATA, NewscleanExtractor

        struct = pa.struct([("newsclean", METADATA)])
        schema = pa.schema([("text", pa.string()), ("id", pa.string()), ("metadata", struct)])
        given = [Document(text, page["url"]) for page in pages[:30] if (text := as_text(page))]
        step = NewscleanExtractor(without_article="keep")
        list(ParquetWriter(str(tmp_path), schema=schema).run(step.run(iter(given))))
        written = pq.read_table(next(tmp_path.iterdir())).to_pylist()
        found = [{"url": r["id"], "text": r["text"], **r["metadata"]["newsclean"]} for r in written]
        compare(found, self.rows(pages[:30]))

    def test_it_stands_where_extractors_stand(self) -> None:
        from datatrove.pipeline.extractors.base import BaseExtractor

        from newsclean.engines.datatrove import NewscleanExtractor

        step = NewscleanExtractor()
        assert isinstance(step, BaseExtractor)
        assert step.extract("Home\n\nSport") == newsclean.clean("Home\n\nSport").text
        with pytest.raises(ValueError, match=r"^without_article is one of drop, keep; not 'lose'$"):
            NewscleanExtractor(without_article="lose")  # type: ignore[arg-type]


class Sleepy(newsclean.Cleaner):
    """Stands for a page that takes for ever, and for one that takes its process with it."""

    def clean(self, page: Any, **how: Any) -> newsclean.Document:
        if page == "sleep":
            time.sleep(60)
        if page == "die":
            os._exit(1)
        return super().clean(page, **how)


def as_text(page: dict[str, Any]) -> str:
    return (page["html"] or b"").decode("utf-8", "replace")


def from_datatrove(document: dict[str, Any]) -> dict[str, Any]:
    assert document["metadata"]["date"] == "crawled"  # what the reader put there stays
    return {"url": document["id"], "text": document["text"], **document["metadata"]["newsclean"]}


@pytest.fixture(scope="module")
def spark(folder: Path) -> Iterator[Any]:
    """A session on two processors of this machine, whose working folder is that of the crawl."""
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.fail("Spark needs a Java runtime, 17 or later: install one (Debian: default-jre-headless)")
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(folder):
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYTHONPATH", WORKERS_PATH)
        from pyspark.sql import SparkSession

        builder: Any = SparkSession.builder
        for name, value in {
            "spark.master": "local[2]",
            "spark.ui.enabled": "false",
            "spark.driver.memory": "1g",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "50",
            "spark.sql.files.maxPartitionBytes": "200k",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
        }.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()
        gc.collect()  # what it leaves behind is not to warn in another test


@pytest.mark.filterwarnings(
    "ignore:PySpark does not yet fully support pandas >= 3:FutureWarning",  # nothing here goes through pandas
)
class TestSpark:
    def test_the_block_of_the_readme(self, folder: Path, spark: Any, looked_at: Rows) -> None:
        articles = run_block("spark", folder, spark=spark)["articles"]
        assert articles.columns == ["url", "how", "charset", *SCHEMA.names]
        written = pq.read_table(folder / "articles-spark", columns=["url", *SCHEMA.names])
        compare(in_order(written.to_pylist()), looked_at)

    def test_kinds_and_charsets(self, folder: Path, spark: Any, right: Rows) -> None:
        frame = spark.read.parquet(str(folder / "crawl.parquet")).repartition(3)
        out = newsclean.engines.spark.clean(
            frame, page="html", keep=["url"], kind_column="how", charset_column="charset"
        )
        assert out.schema.fields[1:] == newsclean.engines.spark.schema().fields
        compare(in_order([found.asDict(recursive=True) for found in out.collect()]), right)

    def test_settings_travel_to_the_workers(self, spark: Any, pages: Rows) -> None:
        cleaner = newsclean.Cleaner(mode="keep-more", max_chars=3000, witness="never")
        some = [{"url": page["url"], "page": as_text(page)} for page in pages[:20]]
        frame = spark.createDataFrame(some, "url string, page string")
        out = newsclean.engines.spark.clean(frame, cleaner=cleaner, prefix="n_", kind="text")
        right = [{"url": page["url"], **row(page["page"], cleaner, kind="text")} for page in some]
        assert any(r["error"] for r in right)
        found = [{name.removeprefix("n_"): v for name, v in r.asDict(True).items()} for r in out.collect()]
        compare(found, right)

    def test_what_is_wrong_is_said_before_anything_runs(self, spark: Any) -> None:
        frame = spark.createDataFrame([("Home", 1)], "html string, n int")
        with pytest.raises(ColumnError, match=r"^no column 'page'; there are: html, n$"):
            newsclean.engines.spark.clean(frame)
        with pytest.raises(ColumnError, match=r"^the column 'n' holds int, neither strings nor bytes$"):
            newsclean.engines.spark.clean(frame, "n")
        with pytest.raises(ColumnError, match=r"^no column 'how'; there are: html, n$"):
            newsclean.engines.spark.clean(frame, "html", kind_column="how")


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """Ray on two processors of this machine, with its files in a folder of its own, telling nobody."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="ray") as short:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))  # else it keeps one in the home folder
        patch.setenv("PYTHONPATH", WORKERS_PATH)
        import ray
        import ray.data

        ray.init(
            address="local",
            num_cpus=2,
            include_dashboard=False,
            object_store_memory=100_000_000,
            log_to_driver=False,
            logging_level=logging.ERROR,
            _node_ip_address="127.0.0.1",
            _temp_dir=short,  # paths of sockets have to be short
        )
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield ray
        ray.shutdown()
        gc.collect()


@pytest.mark.filterwarnings(
    "ignore:`use_:DeprecationWarning:ray.data.context",  # Ray reads settings that it has given up itself
)
class TestRay:
    def test_the_block_of_the_readme(self, folder: Path, ray: Any, looked_at: Rows) -> None:
        run_block("ray", folder, ray=ray)
        written = pq.read_table(folder / "articles-ray", columns=["url", *SCHEMA.names])
        compare(in_order(written.to_pylist()), looked_at)

    def test_kinds_charsets_and_settings(self, ray: Any, pages: Rows) -> None:
        cleaner = newsclean.Cleaner(mode="remove-more", max_chars=3000, witness="never")
        some = pages[:40]
        out = newsclean.engines.ray.clean(
            ray.data.from_items(some),
            page="html",
            keep=["url"],
            kind_column="how",
            charset_column="charset",
            cleaner=cleaner,
            batch_size=7,
        )
        right = [
            {"url": page["url"], **row(page["html"], cleaner, kind=page["how"], charset=page["charset"])}
            for page in some
        ]
        assert any(r["error"] for r in right)
        compare(in_order(out.take_all()), right)

    def test_what_is_wrong_is_said(self, ray: Any) -> None:
        data = ray.data.from_items([{"html": "Home", "n": 1}])
        with pytest.raises(ColumnError, match=r"^no column 'page'; there are: html, n$"):
            newsclean.engines.ray.clean(data)
        with pytest.raises(Exception, match=r"the column 'n' holds int64, neither strings nor bytes"):
            newsclean.engines.ray.clean(data, "n").take_all()

    def test_nothing(self, ray: Any) -> None:
        none = ray.data.from_items([{"page": "Home"}]).limit(0)
        assert newsclean.engines.ray.clean(none).count() == 0
