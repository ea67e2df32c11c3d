"""Whether a PDF's words are bold, by the names of their fonts and by how they are drawn.

The weights that a PDF states, and that PDFium makes of the widths of stems, are no help: of files
that are common, bold fonts have 215 to 704, and others up to 645.
"""

from __future__ import annotations

import ctypes
import re

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_characters import FoundWord, font_name

_NAMED = re.compile(
    r"bold|(?:black|heavy|demi)(?![a-z])|[-,](?:bd|blk|hv|medi)(?![a-z])"
    # Of TeX; CM Bright is no bold one.
    r"|^(?:[a-z]{6}\+)?(?:cm|sf|ec)(?:b(?!r)|ssb|sx)",
    re.IGNORECASE,
)
_FORCE_BOLD = 1 << 18  # ISO 32000-1, table 123


class Weights:
    """Tells which words of a page are bold."""

    def __init__(self) -> None:
        self._items: dict[int, bool] = {}
        self._fonts: dict[int, bool] = {}

    def is_bold(self, word: FoundWord) -> bool:
        """Whether a word is of a bold font, or filled and outlined, as if its font were bold."""
        if not word.item:
            return False
        item = ctypes.addressof(word.item.contents)
        if item not in self._items:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(word.item)
            is_outlined = mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
            self._items[item] = is_outlined or self._has_bold_font(word.item)
        return self._items[item]

    def _has_bold_font(self, item: pdfium.FPDF_PAGEOBJECT) -> bool:
        font = pdfium.FPDFTextObj_GetFont(item)
        if not font:
            return False
        number = ctypes.addressof(font.contents)
        if number not in self._fonts:
            flags = pdfium.FPDFFont_GetFlags(font)
            is_forced = flags > 0 and bool(flags & _FORCE_BOLD)
            self._fonts[number] = is_forced or is_bold_name(font_name(item))
        return self._fonts[number]


def is_bold_name(name: str) -> bool:
    """Whether a font's name says that it is bold.

    >>> from notetext.converters.pdf_weights import is_bold_name
    >>> is_bold_name("ABCDEF+Arial-BoldMT"), is_bold_name("CMBX12"), is_bold_name("CMR10")
    (True, True, False)
    """
    return _NAMED.search(name) is not None
