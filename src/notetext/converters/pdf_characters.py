"""The characters that PDFium finds on a page, and the words that they make."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_geometry import Rectangle

# What PDFium gives for the hyphen of a word that goes on in the next line: the one in the whole
# text, the other for a single character.
_LINE_END_HYPHENS = ("\ufffe", "\x02")
_WORD = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")


@dataclass(slots=True)
class FoundWord:
    """A word as PDFium finds it.

    Attributes:
        text: without blanks.
        bounds: in points.
        turns: how many quarters it is turned counter-clockwise, before the page's own /Rotate.
        characters: PDFium's indices of its characters; none if they are not on the page.
        item: the text object that holds the first of them.
        nameless: whether the font does not say which characters it draws.
    """

    text: str
    bounds: Rectangle
    turns: int = 0
    characters: range = range(0)
    item: pdfium.FPDF_PAGEOBJECT | None = None
    nameless: bool = False

    @property
    def address(self) -> int:
        """What tells its text object from others."""
        return ctypes.addressof(self.item.contents) if self.item else 0


class PageText:
    """PDFium's characters of a page."""

    def __init__(self, textpage: pdfium.FPDF_TEXTPAGE) -> None:
        self._textpage = textpage
        self._rectangle = pdfium.FS_RECTF()
        self._characters = self._read()

    def found(self) -> Iterator[FoundWord]:
        """All words, in the document's own order."""
        for match in _WORD.finditer(self._characters):
            characters = range(*match.span())
            yield FoundWord(
                _spelled(match[0]),
                self.bounds(characters),
                self._quarter_turns(characters.start),
                characters,
                pdfium.FPDFText_GetTextObject(self._textpage, characters.start),
                self._is_nameless(characters),
            )

    def bounds(self, characters: range) -> Rectangle:
        """Around the first and the last character, between which the others stand."""
        r = self._rectangle
        pdfium.FPDFText_GetLooseCharBox(self._textpage, characters.start, r)
        left, bottom, right, top = r.left, r.bottom, r.right, r.top
        if len(characters) > 1:
            pdfium.FPDFText_GetLooseCharBox(self._textpage, characters.stop - 1, r)
            left, bottom = min(left, r.left), min(bottom, r.bottom)
            right, top = max(right, r.right), max(top, r.top)
        return left, bottom, right, top

    def _quarter_turns(self, index: int) -> int:
        """How far the text is turned counter-clockwise, to the nearest quarter."""
        clockwise: float = pdfium.FPDFText_GetCharAngle(self._textpage, index)
        return -round(clockwise / (math.pi / 2)) % 4

    def _is_nameless(self, characters: range) -> bool:
        """Whether the font does not say of one which character it draws."""
        return any(
            pdfium.FPDFText_HasUnicodeMapError(self._textpage, index) == 1 for index in characters
        )

    def _read(self) -> str:
        """All characters, one at each of PDFium's indices."""
        count = max(0, pdfium.FPDFText_CountChars(self._textpage))
        units = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._textpage, 0, count, units)
        text = bytes(units).decode("utf-16-le", "surrogatepass")
        # The whole text comes at once, but without what UTF-16 cannot say in one unit.
        if written == count + 1 and len(text) == count + 1:
            return text[:count]
        codes = (pdfium.FPDFText_GetUnicode(self._textpage, index) for index in range(count))
        return "".join(map(chr, codes))


def _spelled(text: str) -> str:
    if text.endswith(_LINE_END_HYPHENS):
        text = f"{text[:-1]}-"
    if text.isascii():
        return text
    # Beyond the basic plane, PDFium may give two halves of a character.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
