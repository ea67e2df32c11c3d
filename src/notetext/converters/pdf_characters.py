"""The characters that PDFium finds on a page, and the words that they make."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

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
        address: what tells that from others; 0 if there is none.
        font: what tells its font from others; 0 if there is none.
        nameless: whether the font does not say which characters it draws.
    """

    text: str
    bounds: Rectangle
    turns: int = 0
    characters: range = range(0)
    item: pdfium.FPDF_PAGEOBJECT | None = None
    address: int = 0
    font: int = 0
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """What the characters of a text object have in common.

    Attributes:
        turns: as of a word.
        font: what tells its font from others.
        named: the characters that its font is known to name.
    """

    turns: int
    font: int
    named: set[str]


class PageText:
    """PDFium's characters of a page."""

    def __init__(self, textpage: pdfium.FPDF_TEXTPAGE) -> None:
        self._textpage = textpage
        self._rectangle = pdfium.FS_RECTF()
        self._reference = ctypes.byref(self._rectangle)
        self._characters = self._read()
        self._runs: dict[int, _Run] = {}
        self._named: dict[int, set[str]] = {}

    def found(self) -> Iterator[FoundWord]:
        """All words, in the document's own order."""
        # Once for each word, of which a page may have thousands.
        text_object = pdfium.FPDFText_GetTextObject
        for match in _WORD.finditer(self._characters):
            characters = range(*match.span())
            item = text_object(self._textpage, characters.start)
            address = ctypes.addressof(item.contents) if item else 0
            run = self._runs.get(address) or self._run(address, item, characters.start)
            pieces: Iterable[tuple[range, bool]] = ((characters, False),)
            if not run.named.issuperset(match[0]):
                pieces = self._pieces(characters, run)
            for piece, nameless in pieces:
                word = match[0] if piece is characters else self._text(piece)
                bounds = self.bounds(piece)
                yield FoundWord(
                    _spelled(word), bounds, run.turns, piece, item, address, run.font, nameless
                )

    def _run(self, address: int, item: pdfium.FPDF_PAGEOBJECT, first: int) -> _Run:
        font = pdfium.FPDFTextObj_GetFont(item) if item else None
        number = ctypes.addressof(font.contents) if font else 0
        run = _Run(self._quarter_turns(first), number, self._named.setdefault(number, set()))
        self._runs[address] = run
        return run

    def bounds(self, characters: range) -> Rectangle:
        """Around the first and the last character, between which the others stand."""
        r, reference = self._rectangle, self._reference
        loose = pdfium.FPDFText_GetLooseCharBox
        loose(self._textpage, characters.start, reference)
        left, bottom, right, top = r.left, r.bottom, r.right, r.top
        if len(characters) > 1:
            loose(self._textpage, characters.stop - 1, reference)
            left, bottom = min(left, r.left), min(bottom, r.bottom)
            right, top = max(right, r.right), max(top, r.top)
        return left, bottom, right, top

    def tight_bounds(self, index: int) -> Rectangle:
        """Around what a character's glyph draws."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self._textpage, index, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    def items(self, characters: range) -> dict[int, pdfium.FPDF_PAGEOBJECT]:
        """The text objects that hold some characters, by their addresses."""
        held = (pdfium.FPDFText_GetTextObject(self._textpage, index) for index in characters)
        return {ctypes.addressof(item.contents): item for item in held if item}

    def part(self, word: FoundWord, characters: range) -> FoundWord:
        """Some of a word's characters as a word of their own."""
        text = _spelled(self._text(characters))
        bounds = self.bounds(characters)
        return replace(word, text=text, characters=characters, bounds=bounds)

    def _quarter_turns(self, index: int) -> int:
        """How far the text is turned counter-clockwise, to the nearest quarter."""
        clockwise: float = pdfium.FPDFText_GetCharAngle(self._textpage, index)
        return -round(clockwise / (math.pi / 2)) % 4

    def _pieces(self, characters: range, run: _Run) -> Iterator[tuple[range, bool]]:
        """A word's pieces between characters that are blanks without a name.

        Of each piece, whether the font does not say of one of its characters which it is.
        """
        start, nameless = 0, False
        for at, index in enumerate(characters):
            if self._characters[index] in run.named:
                continue
            if pdfium.FPDFText_HasUnicodeMapError(self._textpage, index) != 1:
                run.named.add(self._characters[index])
                continue
            left, bottom, right, top = self.tight_bounds(index)
            if right > left and top > bottom:
                nameless = True
                continue
            if at > start:
                yield characters[start:at], nameless
            start, nameless = at + 1, False
        if start < len(characters):
            yield characters if start == 0 else characters[start:], nameless

    def _text(self, characters: range) -> str:
        return self._characters[characters.start : characters.stop]

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
