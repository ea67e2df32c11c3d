"""Several results as one Word document."""

from __future__ import annotations

from notetext.exporters import Exporter, PageImages
from notetext.exporters.docx.document import WordDocument
from notetext.exporters.merging import Merger
from notetext.result import RecognitionResult


class MergedDocuments(Merger):
    """Sets results into one document as they come, so that none is kept with its pictures.

    Args:
        struck: as `DocxExporter` has it.
        pictures: likewise.
    """

    def __init__(self, *, struck: bool, pictures: bool) -> None:
        self._appending = _Appending(WordDocument(struck=struck), pictures=pictures)

    def add(self, result: RecognitionResult, rendered: str | bytes) -> bytes:
        """Takes the result's pages; the document is written at the end."""
        result.to(self._appending)
        return b""

    def end(self) -> bytes:
        """Returns the document."""
        return self._appending.document.content()


class _Appending(Exporter):
    """Renders a result at the end of a document: a result brings its pages' pictures along."""

    name = "docx"
    is_text = False

    def __init__(self, document: WordDocument, *, pictures: bool) -> None:
        self.document = document
        self._pictures = pictures

    def render(self, result: RecognitionResult, images: PageImages | None) -> bytes:
        self.document.add(result, images if self._pictures else None)
        return b""
