"""PDF files, drawn by Poppler."""

from __future__ import annotations

import importlib.util
import shutil
from typing import TYPE_CHECKING

from notetext.converters import Document, OpenOptions
from notetext.converters.pdf import PdfConverter
from notetext.errors import MissingDependencyError

if TYPE_CHECKING:
    from notetext.documents import Source


class PopplerConverter(PdfConverter):
    """Opens PDF files like `PdfConverter`, and renders their pages with Poppler.

    For files that PDFium draws badly, and for files of strangers: every page is drawn by a process
    of its own, which is stopped after two minutes. PDFium still reads what the document is made of:
    page sizes, words.

    It needs the extra ``[poppler]`` and Poppler's programs (``poppler-utils``). While a page is
    drawn, the password stands in the list of processes, where others on the machine may see it.
    """

    name = "poppler"
    version = "2"

    def check(self) -> None:
        """Looks whether pdf2image and Poppler are there.

        Raises:
            MissingDependencyError: one is missing; the message is the command that installs it.
        """
        if importlib.util.find_spec("pdf2image") is None:
            raise MissingDependencyError(
                "the converter 'poppler' needs pdf2image: pip install 'notetext[poppler]'",
                extra="poppler",
            )
        if shutil.which("pdftoppm") is None or shutil.which("pdfinfo") is None:
            raise missing_programs()

    def open(self, source: Source, options: OpenOptions) -> Document:
        """Opens a PDF; nothing is rendered yet.

        Raises:
            MissingDependencyError: pdf2image or Poppler is not installed.
            EncryptedPdfError: it needs a password, or another one.
            CorruptInputError: it is damaged beyond repair, or has no pages.
            InputTooLargeError: it has more pages than ``limits.max_pages``.
        """
        self.check()
        from notetext.converters.poppler_document import PopplerDocument

        return PopplerDocument(source, options)


def missing_programs() -> MissingDependencyError:
    """The error that says how to install Poppler's programs."""
    return MissingDependencyError(
        "the converter 'poppler' needs Poppler's programs pdftoppm and pdfinfo: "
        "apt install poppler-utils (Debian, Ubuntu), or brew install poppler (macOS)",
        extra="poppler",
    )
