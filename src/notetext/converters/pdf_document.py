"""Open PDF files and their pages, through PDFium."""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING

# PDFium's binding has no types.
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters import Document, OpenOptions, SourcePage, TextLayer
from notetext.converters.pdf_text import extract_text_layer
from notetext.errors import (
    CorruptInputError,
    EncryptedPdfError,
    InputError,
    InputTooLargeError,
    PageRangeError,
)

if TYPE_CHECKING:
    from PIL import Image

    from notetext.source import Source

DEFAULT_DPI = 300.0
"""Enough for small handwriting; what scanners use for text."""

POINTS_PER_INCH = 72.0

# PDFium's functions must not run at the same time, not even for different documents. The lock can
# be taken again by the thread that has it, since a forgotten document may be collected there.
_pdfium_lock = threading.RLock()


class PdfDocument(Document):
    """An open PDF. Close it: PDFium holds the file open."""

    def __init__(self, source: Source, options: OpenOptions) -> None:
        """Opens the document.

        Args:
            source: the PDF.
            options: the resolution, the limits and the password.
        """
        self.options = options
        # Set first, so that `close` works on a document that failed to open.
        self._pdf = None
        password = options.password.get_secret_value() if options.password else None
        file = source.open()
        with _pdfium_lock:
            # PDFium refuses a PDF without pages and gives no reason, which leaves the reason of
            # some earlier failure standing. This failure puts one there that a stream cannot have.
            pdfium.FPDF_LoadDocument(b"", None)
            try:
                self._pdf = pypdfium2.PdfDocument(file, password, autoclose=True)
                self.page_count = len(self._pdf)
                if self._pdf.get_formtype() == pdfium.FORMTYPE_ACRO_FORM:
                    self._pdf.init_forms()
            except pypdfium2.PdfiumError as error:
                file.close()
                self.close()
                raise _cannot_open(error, password) from error
        if self.page_count < 1:
            self.close()
            raise _no_pages()
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
        """Measures a page without loading its content."""
        return PdfPage(self, number, *self._size_pt(number))

    def _size_pt(self, number: int) -> tuple[float, float]:
        """A page's width and height in points, of its CropBox after /Rotate."""
        if not 1 <= number <= self.page_count:
            raise PageRangeError(
                f"there is no page {number}; the PDF has {self.page_count}, counted from 1"
            )
        with _pdfium_lock:
            try:
                width, height = self.raw.get_page_size(number - 1)
            except pypdfium2.PdfiumError as failure:
                raise _cannot_load(number) from failure
        if not (width > 0 and height > 0):
            error = CorruptInputError("this page has no size: its CropBox lies off its MediaBox")
            raise error.located(page=number)
        return width, height

    @property
    def raw(self) -> pypdfium2.PdfDocument:
        """PDFium's document, to be used under the lock.

        Raises:
            ValueError: the document was closed.
        """
        if self._pdf is None:
            raise ValueError("this document was closed; its pages can no longer be read")
        return self._pdf

    def close(self) -> None:
        """Closes the document and its file; harmless when repeated."""
        with _pdfium_lock:
            if self._pdf is not None:
                self._pdf.close()
                self._pdf = None

    def __del__(self) -> None:
        # pypdfium2 would close a forgotten document all the same, but without the lock.
        self.close()


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
        asked = document.options.dpi or DEFAULT_DPI
        max_pixels = document.options.limits.max_pixels
        self.document = document
        self.number = number
        self.dpi: float = allowed_dpi(width_pt, height_pt, asked, max_pixels)
        self.width = _pixels(width_pt, self.dpi)
        self.height = _pixels(height_pt, self.dpi)
        if self.dpi < asked:
            inches = f"{width_pt / POINTS_PER_INCH:.1f}×{height_pt / POINTS_PER_INCH:.1f} inches"
            warning = (
                f"page {number} ({inches}) is rendered at {self.dpi:g} dpi instead of {asked:g}, "
                f"since limits.max_pixels={max_pixels:,}; raise it with Limits(max_pixels=…)"
            )
            self.warnings = (warning,)

    def image(self) -> Image.Image:
        """Renders the page in RGB on white paper."""
        with _pdfium_lock:
            page = self._load()
            try:
                return _render(page, self.width, self.height)
            finally:
                page.close()

    def text_layer(self) -> TextLayer:
        """Extracts the words that the page holds as text, and measures its pictures."""
        with _pdfium_lock:
            page = self._load()
            try:
                return extract_text_layer(page, self.width, self.height)
            finally:
                page.close()

    def _load(self) -> pypdfium2.PdfPage:
        try:
            return self.document.raw.get_page(self.number - 1)
        except pypdfium2.PdfiumError as error:
            raise _cannot_load(self.number) from error


def allowed_dpi(width_pt: float, height_pt: float, asked: float, max_pixels: int) -> float:
    """The resolution asked for, or the highest whole one at which the page is within a limit.

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


def _render(page: pypdfium2.PdfPage, width: int, height: int) -> Image.Image:
    # pypdfium2's own `render` takes a scale, from which the size in pixels only follows.
    bitmap = pypdfium2.PdfBitmap.new_native(
        width, height, format=pdfium.FPDFBitmap_BGR, rev_byteorder=True
    )
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        place = (bitmap, page, 0, 0, width, height, 0, flags)
        pdfium.FPDF_RenderPageBitmap(*place)
        if page.formenv:
            pdfium.FPDF_FFLDraw(page.formenv, *place)
        image: Image.Image = bitmap.to_pil()
        # Pillow may share the bitmap's memory, which goes with it.
        image.load()
        return image
    finally:
        bitmap.close()


def _cannot_open(error: pypdfium2.PdfiumError, password: str | None) -> InputError:
    if error.err_code == pdfium.FPDF_ERR_PASSWORD:
        if password is None:
            return EncryptedPdfError("this PDF is encrypted; pass its password (password=…)")
        return EncryptedPdfError("the password does not open this PDF; pass another (password=…)")
    if error.err_code == pdfium.FPDF_ERR_SECURITY:
        return EncryptedPdfError(
            "this PDF is encrypted in a way that PDFium does not know; "
            "save it without encryption and try again"
        )
    if error.err_code == pdfium.FPDF_ERR_FILE:
        return _no_pages()
    return CorruptInputError(
        "this PDF is damaged and PDFium cannot repair it; open and save it in a PDF viewer, "
        "or print it to a new PDF"
    )


def _no_pages() -> CorruptInputError:
    return CorruptInputError("this PDF has no pages; save it again with the program that made it")


def _cannot_load(number: int) -> CorruptInputError:
    error = CorruptInputError("this page of the PDF is damaged and cannot be loaded")
    return error.located(page=number)
