"""Searchable PDF: the pages as they look, with the text under them."""

from __future__ import annotations

import importlib.util

from notetext.errors import MissingDependencyError, MissingSourceError
from notetext.exporters import Exporter, PageImages
from notetext.exporters.merging import Merger
from notetext.result import RecognitionResult


class SearchablePdfExporter(Exporter):
    """Each page's own picture, or the original page of a PDF, with an invisible layer of text.

    Every word lies where it is seen, turned as it is written, in a font without shapes that can
    name every character. Words without a place share the place of their line, or of the page. A
    JPEG is embedded byte for byte. A page of a PDF keeps everything that it has; a word that it
    already holds as text in that place is not added again.

    The same result gives the same bytes, unless the original is encrypted; then the PDF is as well,
    with the same passwords.
    """

    name = "pdf"
    suffixes = (".pdf",)
    is_text = False

    def check(self) -> None:
        """Looks whether pikepdf is there.

        Raises:
            MissingDependencyError: it is not; the message is the command that installs it.
        """
        if importlib.util.find_spec("pikepdf") is None:
            raise MissingDependencyError(
                'a searchable PDF needs pikepdf; install it with pip install "notetext'
                '[searchable-pdf]"',
                extra="searchable-pdf",
            )

    def render(self, result: RecognitionResult, images: PageImages | None) -> bytes:
        """Returns a PDF of the result's pages, in the result's order.

        Raises:
            MissingSourceError: the pages' pixels are not to be had.
            MissingDependencyError: pikepdf is not installed.
            ExportError: the original PDF cannot be changed.
        """
        if images is None:
            raise MissingSourceError(
                "a searchable PDF shows the pages themselves, and this result has none; bring them "
                "back with result.attach(…)",
                source=result.source.name,
            )
        self.check()
        from notetext.exporters.searchable_pdf.document import searchable_pdf

        return searchable_pdf(result, images)

    def merger(self) -> Merger:
        """Sets the pages of all documents into one.

        Raises:
            MissingDependencyError: pikepdf is not installed.
        """
        self.check()
        from notetext.exporters.searchable_pdf.merged import MergedPdf

        return MergedPdf()
