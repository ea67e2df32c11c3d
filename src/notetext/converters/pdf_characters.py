"""The characters that PDFium finds on a page, and the words that they make."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_geometry import Rectangle
from notetext.converters.pdf_symbols import is_control, is_unreadable, plain
from notetext.model.direction import is_from_the_right

# What PDFium gives for the hyphen of a word that goes on in the next line: the one in the whole
# text, the other for a single character.
_LINE_END_HYPHENS = ("\ufffe", "\x02")
_WORD = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")


# How many quarters the line is turned where upright characters stand below each other.
_DOWNWARDS = 3
_FAR = 1.5  # of their size: characters of one word stand no farther apart
# What is read from left to right within a word of the other direction: numbers.
_FROM_THE_LEFT = re.compile(r"[0-9A-Za-z]+(?:[.,:/-][0-9A-Za-z]+)*")
# In heights of the line: a glyph that is lower draws nothing.
_BLANK = 0.01


class Naming(IntEnum):
    """Whether a font says which characters it draws."""

    NAMED = 0
    PRIVATE = 1
    """It names some that stand for nothing (of private use, U+FFFD), or nothing but controls."""
    NAMELESS = 2
    """It does not, of some."""


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
        naming: whether the font says which characters it draws.
    """

    text: str
    bounds: Rectangle
    turns: int = 0
    characters: range = range(0)
    item: pdfium.FPDF_PAGEOBJECT | None = None
    address: int = 0
    font: int = 0
    naming: Naming = Naming.NAMED

    @property
    def nameless(self) -> bool:
        """Whether nobody can tell from the document which characters it is made of."""
        return self.naming is not Naming.NAMED


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
        self._vertical: set[int] = set()

    def found(self) -> list[FoundWord]:
        """All words, in the document's own order."""
        words = list(self._each())
        if self._vertical:
            # Fonts are of one writing mode, also in words of one character.
            for word in words:
                if word.font in self._vertical:
                    word.turns = _DOWNWARDS
        return words

    def _each(self) -> Iterator[FoundWord]:
        # Once for each word, of which a page may have thousands.
        text_object = pdfium.FPDFText_GetTextObject
        for match in _WORD.finditer(self._characters):
            characters = range(*match.span())
            item = text_object(self._textpage, characters.start)
            address = ctypes.addressof(item.contents) if item else 0
            run = self._runs.get(address) or self._run(address, item, characters.start)
            pieces: Iterable[tuple[range, Naming]] = ((characters, Naming.NAMED),)
            if not run.named.issuperset(match[0]):
                pieces = self._pieces(characters, run)
            for piece, naming in pieces:
                word = _spelled(match[0] if piece is characters else self._text(piece))
                if naming is Naming.PRIVATE:
                    told = plain(word, font_name(item))
                    word, naming = (word, naming) if told is None else (told, Naming.NAMED)
                bounds = self.bounds(piece)
                if is_from_the_right(word) and self._runs_rightwards(piece):
                    word = _FROM_THE_LEFT.sub(lambda match: match[0][::-1], word[::-1])
                # A column is higher than wide, as few words are.
                if bounds[3] - bounds[1] > bounds[2] - bounds[0] and self._runs_down(piece, run):
                    self._vertical.add(run.font)
                yield FoundWord(word, bounds, run.turns, piece, item, address, run.font, naming)

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

    def _runs_rightwards(self, characters: range) -> bool:
        """Whether characters that are read from right to left come from left to right.

        PDFium turns them without looking where they stand, which is wrong for what came in the
        order of reading.
        """
        centres = []
        for index in characters:
            if is_from_the_right(self._characters[index]):
                left, _, right, _ = self.tight_bounds(index)
                centres.append(left + right)
        return len(centres) > 1 and centres[0] < centres[-1]

    def _runs_down(self, characters: range, run: _Run) -> bool:
        """Whether upright characters stand below each other, as in columns of Japanese."""
        if run.turns != 0 or len(characters) < 2:
            return False
        first = self.bounds(characters[:1])
        last = self.bounds(characters[-1:])
        shift = abs(first[0] + first[2] - last[0] - last[2]) / 2
        size = max(first[2] - first[0], first[3] - first[1])
        down = first[3] - last[3]
        is_below = last[3] <= (first[1] + first[3]) / 2 and down < _FAR * size * len(characters)
        return is_below and shift < (first[2] - first[0]) / 2

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
        if len(word.text) == len(word.characters):
            start = characters.start - word.characters.start
            text = word.text[start : start + len(characters)]
        bounds = self.bounds(characters)
        return replace(word, text=text, characters=characters, bounds=bounds)

    def _quarter_turns(self, index: int) -> int:
        """How far the text is turned counter-clockwise, to the nearest quarter."""
        clockwise: float = pdfium.FPDFText_GetCharAngle(self._textpage, index)
        return -round(clockwise / (math.pi / 2)) % 4

    def _pieces(self, characters: range, run: _Run) -> Iterator[tuple[range, Naming]]:
        """A word's pieces between characters that are blanks without a name."""
        start, naming = 0, Naming.NAMED
        for at, index in enumerate(characters):
            character = self._characters[index]
            if character in run.named:
                continue
            if pdfium.FPDFText_HasUnicodeMapError(self._textpage, index) == 1:
                kind = Naming.NAMELESS
            elif is_unreadable(character):
                kind = Naming.PRIVATE
            elif is_control(character) and character not in _LINE_END_HYPHENS:
                # A word may have some; one of nothing else is none.
                kind = Naming.PRIVATE if is_control(self._text(characters)) else Naming.NAMED
            else:
                run.named.add(character)
                continue
            if self._has_outline(index):
                naming = max(naming, kind)
                continue
            if at > start:
                yield characters[start:at], naming
            start, naming = at + 1, Naming.NAMED
        if start < len(characters):
            yield characters if start == 0 else characters[start:], naming

    def _has_outline(self, index: int) -> bool:
        """Whether a character's glyph is more than a blank."""
        _, low, _, high = self.bounds(range(index, index + 1))
        left, bottom, right, top = self.tight_bounds(index)
        return right > left and top - bottom > _BLANK * (high - low)

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


def font_name(item: pdfium.FPDF_PAGEOBJECT | None) -> str:
    """The name of a text object's font; empty if it has none."""
    font = pdfium.FPDFTextObj_GetFont(item) if item else None
    if not font:
        return ""
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    return name.value.decode("utf-8", "replace")
