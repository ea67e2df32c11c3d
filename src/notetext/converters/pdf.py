"""PDF files, drawn by PDFium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notetext.converters import Converter, Document, OpenOptions

if TYPE_CHECKING:
    from notetext.documents import Source

# A PDF may have junk before its header; PDFium and Acrobat look this far for it.
_HEADER_WITHIN = 1024


class PdfConverter(Converter):
    """Opens PDF files and renders their pages with PDFium.

    A page's pixels are those of its CropBox after /Rotate, at `OpenOptions.dpi`; if that says
    nothing, in the pixels of its pictures, and at 300 dpi where anything else is drawn (see
    `fitting_dpi`). A page beyond ``limits.max_pixels`` is rendered at the dpi that
    the limit allows, with a warning. Annotations and filled form fields are drawn. PDFium does not
    know UserUnit: such a page is taken for one of 1/72-inch units.

    Several threads may use it; PDFium itself works for one of them at a time.
    """

    name = "pdf"
    version = "2"
    suffixes = (".pdf",)

    def accepts(self, head: bytes) -> bool:
        """Looks for the header ``%PDF-``, which may have junk before it."""
        return b"%PDF-" in head[:_HEADER_WITHIN]

    def open(self, source: Source, options: OpenOptions) -> Document:
        """Opens a PDF; nothing is rendered yet.

        Raises:
            EncryptedPdfError: it needs a password, or another one.
            CorruptInputError: it is damaged beyond repair, or has no pages.
            InputTooLargeError: it has more pages than ``limits.max_pages``.
        """
        # PDFium is loaded with the first PDF.
        from notetext.converters.pdf_document import PdfDocument

        return PdfDocument(source, options)
