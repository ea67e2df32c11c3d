"""Plain text."""

from __future__ import annotations

from notetext.exporters import Exporter, PageImages
from notetext.exporters.merging import Separated
from notetext.result import RecognitionResult


class TextExporter(Exporter):
    """Lines as on the page, a blank line between paragraphs, a form feed between pages."""

    name = "text"
    suffixes = (".txt",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns ``result.text``."""
        return result.text

    def merger(self) -> Separated:
        """Sets documents apart by a form feed, as their pages are."""
        return Separated("\f")
