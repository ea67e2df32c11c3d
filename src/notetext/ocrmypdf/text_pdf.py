"""A page of nothing but invisible words, for OCRmyPDF to put under a page of its own."""

from __future__ import annotations

import io

from pikepdf import Pdf

from notetext.exporters.searchable_pdf.glyphless_font import Fonts
from notetext.exporters.searchable_pdf.text_layer import ToPdf, add_text_layer
from notetext.exporters.searchable_pdf.word_boxes import boxed_words
from notetext.result import Page

_POINTS_PER_INCH = 72.0


def text_pdf(page: Page, dpi: float, dpi_y: float) -> bytes:
    """A PDF as large as the page's picture, with its words where they are seen.

    OCRmyPDF takes one stream and the font ``F1`` from it, and nothing from an empty file.

    Args:
        page: that was read.
        dpi: of the picture, from left to right.
        dpi_y: from top to bottom.
    """
    words = list(boxed_words(page))
    if not words:
        return b""
    width = page.width * _POINTS_PER_INCH / dpi
    height = page.height * _POINTS_PER_INCH / dpi_y
    with Pdf.new() as pdf:
        fonts = Fonts(pdf)
        target = pdf.add_blank_page(page_size=(width, height))
        to_pdf = ToPdf.of_view((0, 0, width, height), 0, page.width, page.height)
        add_text_layer(target, words, to_pdf, fonts, font_names="F")
        target.contents_coalesce()
        fonts.finish()
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True)
    return file.getvalue()
