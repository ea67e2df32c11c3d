"""Open PDF files and their pages, drawn by PDFium."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters import Document, OpenOptions, SourcePage, TextLayer
from notetext.converters.pdf_resolution import (
    POINTS_PER_INCH,
    Contents,
    contents_of,
    fitting_dpi,
)
from notetext.converters.pdf_text import extract_text_layer
from notetext.converters.pdfium import PdfiumDocument
from notetext.documents.page_range import check_number
from notetext.errors import CorruptInputError, InputTooLargeError

if TYPE_CHECKING:
    from PIL import Image

    from notetext.documents import Source


class PdfDocument(Document):
    """An open PDF. Close it: PDFium holds the file open."""

    def __init__(self, source: Source, options: OpenOptions) -> None:
        """Opens the document.

        Args:
            source: the PDF.
            options: the resolution, the limits and the password.
        """
        self.options = options
        password = options.password.get_secret_value() if options.password else None
        self.pdf = PdfiumDocument(source, password)
        self.page_count = self.pdf.page_count
        allowed = options.limits.max_pages
        if self.page_count > allowed:
            self.close()
            raise InputTooLargeError(
                f"the PDF has {self.page_count:,} pages, more than limits.max_pages={allowed:,}; "
                "raise it with Limits(max_pages=…)",
                limit="max_pages",
                allowed=allowed,
                actual=self.page_count,
            )

    def page(self, number: int) -> PdfPage:
        """Measures a page and, unless a resolution was asked for, what is on it."""
        return PdfPage(self, number, *self._size_pt(number))

    def fitting_dpi(self, number: int, width_pt: float, height_pt: float) -> float:
        """The resolution that a page is worth: that of its pictures."""
        try:
            contents = self.pdf.with_page(number, contents_of)
        except CorruptInputError:
            # Whoever asks for the page's pixels is told.
            contents = Contents()
        return fitting_dpi(contents, width_pt, height_pt)

    def close(self) -> None:
        """Closes the document and its file; harmless when repeated."""
        self.pdf.close()

    def _size_pt(self, number: int) -> tuple[float, float]:
        """A page's width and height in points, of its CropBox after /Rotate."""
        check_number(number, self.page_count)
        width, height = self.pdf.page_size(number)
        if not (width > 0 and height > 0):
            error = CorruptInputError("this page has no size: its CropBox lies off its MediaBox")
            raise error.located(page=number)
        return width, height


class PdfPage(SourcePage):
    """A page of an open PDF."""

    def __init__(
        self, document: PdfDocument, number: int, width_pt: float, height_pt: float
    ) -> None:
        """Works out the size in pixels.

        Args:
            document: to which the page belongs.
            number: from 1.
            width_pt: of the CropBox after /Rotate, in points.
            height_pt: likewise.
        """
        asked = document.options.dpi or document.fitting_dpi(number, width_pt, height_pt)
        max_pixels = document.options.limits.max_pixels
        self.document = document
        self.number = number
        self.dpi: float = allowed_dpi(width_pt, height_pt, asked, max_pixels)
        self.width = _pixels(width_pt, self.dpi)
        self.height = _pixels(height_pt, self.dpi)
        if number == 1:
            self.warnings = document.pdf.warnings
        if self.dpi < asked:
            inches = f"{width_pt / POINTS_PER_INCH:.1f}×{height_pt / POINTS_PER_INCH:.1f} inches"
            warning = (
                f"page {number} ({inches}) is rendered at {self.dpi:g} dpi instead of {asked:g}, "
                f"since limits.max_pixels={max_pixels:,}; raise it with Limits(max_pixels=…)"
            )
            self.warnings = (*self.warnings, warning)

    def image(self) -> Image.Image:
        """Renders the page in RGB on white paper."""
        return self.document.pdf.with_page(self.number, self._render)

    def text_layer(self) -> TextLayer:
        """Extracts the words that the page holds as text, and measures its pictures."""
        return self.document.pdf.with_page(
            self.number,
            lambda page: extract_text_layer(page, self.number, self.width, self.height),
        )

    def _render(self, page: pypdfium2.PdfPage) -> Image.Image:
        # pypdfium2's own `render` takes a scale, from which the size in pixels only follows.
        bitmap = pypdfium2.PdfBitmap.new_native(
            self.width, self.height, format=pdfium.FPDFBitmap_BGR, rev_byteorder=True
        )
        try:
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, self.width, self.height)
            flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
            place = (bitmap, page, 0, 0, self.width, self.height, 0, flags)
            pdfium.FPDF_RenderPageBitmap(*place)
            if page.formenv:
                pdfium.FPDF_FFLDraw(page.formenv, *place)
            # Pillow cannot share memory of three bytes a pixel: this is a copy.
            image: Image.Image = bitmap.to_pil()
            return image
        finally:
            bitmap.close()


def allowed_dpi(width_pt: float, height_pt: float, asked: float, max_pixels: int) -> float:
    """The resolution asked for, or the highest whole one at which the page is within a limit.

    >>> from notetext.converters.pdf_document import allowed_dpi
    >>> allowed_dpi(612, 792, 300, 150_000_000)
    300
    >>> allowed_dpi(14_400, 14_400, 300, 150_000_000)
    61.0

    Args:
        width_pt: the page's width in points.
        height_pt: the page's height in points.
        asked: dots per inch.
        max_pixels: the most pixels that the page may have.
    """
    if _pixels(width_pt, asked) * _pixels(height_pt, asked) <= max_pixels:
        return asked
    # Rounding up a side can pass the limit by a row; below one dpi, halves stay exact.
    dpi = POINTS_PER_INCH * math.sqrt(max_pixels / max(width_pt * height_pt, 1.0))
    dpi = float(math.floor(dpi)) if dpi >= 1 else dpi
    while _pixels(width_pt, dpi) * _pixels(height_pt, dpi) > max_pixels:
        dpi = dpi - 1 if dpi > 1 else dpi / 2
    return dpi


def _pixels(points: float, dpi: float) -> int:
    return max(1, round(points * dpi / POINTS_PER_INCH))
