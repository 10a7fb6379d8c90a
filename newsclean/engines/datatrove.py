"""datatrove: a step that stands where the extractors of a pipeline stand, and keeps captions and metadata."""

from __future__ import annotations

from typing import Any, Literal, cast, get_args

from newsclean.arrow import SCHEMA, BatchCleaner
from newsclean.cleaner import Cleaner
from newsclean.detect import Kind
from newsclean.document import NO_ARTICLE
from newsclean.extras import needs

with needs("datatrove"):
    import pyarrow as pa
    from datatrove.data import Document, DocumentsPipeline
    from datatrove.pipeline.extractors.base import BaseExtractor, ExtractorSandbox
    from datatrove.utils.logging import logger

WithoutArticle = Literal["drop", "keep"]
METADATA = pa.struct([field for field in SCHEMA if field.name != "text"])
"""The Arrow type of what the step puts into the metadata, for the ``schema`` of a ``ParquetWriter``."""
_WARM_UP = "The ferry is back. It sailed at noon on Monday with ninety people on board, the crew said."


class NewscleanExtractor(BaseExtractor):  # type: ignore[misc]  # datatrove ships no types
    """Turns the page in a document's text into its article; everything else goes into the metadata.

    ``metadata[key]`` holds the columns of ``newsclean.arrow.SCHEMA`` except the text, with the values of
    ``newsclean.Document.to_dict``: captions, removed, title, authors, date ..., and error. What a reader put
    into the metadata stays.

    without_article: what becomes of a document whose page has no article or cannot be cleaned. "drop" is
    what datatrove's own extractors do; "keep" hands it on, with the text of the whole page and the
    warning, or with an empty text and the error.
    kind, cleaner: as for ``newsclean.arrow.BatchCleaner``.
    timeout: seconds for one page; one that takes longer cannot be cleaned. As in datatrove's own extractors
    pages are cleaned in a process beside the pipeline's, which is ended then.

    Besides datatrove's own figures it counts extracted, truncated, captions, no_article, failed, timeout and
    broken_process. Raises ValueError for a bad setting.
    """

    name = "📰 newsclean"

    def __init__(
        self,
        *,
        without_article: WithoutArticle = "drop",
        key: str = "newsclean",
        kind: Kind | None = None,
        cleaner: Cleaner | None = None,
        timeout: float = 30,
    ) -> None:
        if without_article not in get_args(WithoutArticle):
            raise ValueError(f"without_article is one of drop, keep; not {without_article!r}")
        super().__init__(timeout)
        self.without_article = without_article
        self.key = key
        self.batch_cleaner = BatchCleaner(kind=kind, cleaner=cleaner)

    def extract(self, text: str) -> str:
        """The article of a page; empty where the page cannot be cleaned."""
        return self.batch_cleaner.clean_page(text)["text"] or ""

    def run(
        self,
        data: DocumentsPipeline,
        rank: int = 0,  # noqa: ARG002 - what datatrove hands to every step
        world_size: int = 1,  # noqa: ARG002
    ) -> DocumentsPipeline:
        """Clean the documents of a pipeline one after another."""
        self.batch_cleaner.clean_page(_WARM_UP)  # a forked process need not load everything again
        with ExtractorSandbox(timeout=self.timeout, warmup_text=_WARM_UP) as sandbox:
            for document in data:
                self.stat_update("total")
                with self.track_time():
                    found = self._clean(document, sandbox)
                if found or self.without_article == "keep":
                    self.stat_update("forwarded")
                    self.update_doc_stats(document)
                    yield document
                else:
                    self.stat_update("dropped")

    def _clean(self, document: Document, sandbox: ExtractorSandbox) -> bool:
        """Put the article into the document; whether there is one."""
        row = self._row(document.text, sandbox)
        document.text = row.pop("text") or ""
        document.metadata[self.key] = row
        if row["error"] is not None:
            self.stat_update("failed")
            logger.warning(f"{document.id}: {row['error']}")
            return False
        if not document.text or NO_ARTICLE in row["warnings"]:
            self.stat_update("no_article")
            return False
        self.stat_update("extracted", *(["truncated"] if row["truncated"] else ()))
        self.stat_update("captions", value=len(row["captions"]))
        return True

    def _row(self, page: str, sandbox: ExtractorSandbox) -> dict[str, Any]:
        try:
            return cast("dict[str, Any]", sandbox.process_document(page, self.batch_cleaner.clean_page))
        except TimeoutError:
            self.stat_update("timeout")
            error = f"TimeoutError: the page was not cleaned in {self.timeout} s"
        except EOFError:
            self.stat_update("broken_process")
            error = "EOFError: the process that cleaned the page died"
        return {**dict.fromkeys(SCHEMA.names), "error": error}
