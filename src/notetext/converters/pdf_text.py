"""The words that a PDF page holds as text, and how much of it lies under pictures."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters import TextLayer, TextLayerWord
from notetext.model import Box

if TYPE_CHECKING:
    import pypdfium2

# Left, bottom, right, top in points, y going up: PDF's own order.
_Rectangle: TypeAlias = tuple[float, float, float, float]
_Affine: TypeAlias = tuple[float, float, float, float, float, float]

# x' = a x + c y + e and y' = b x + d y + f, PDF's own order.
_IDENTITY: _Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_CLOCKWISE: dict[int, _Affine] = {
    0: _IDENTITY,
    90: (0.0, 1.0, -1.0, 0.0, 1.0, 0.0),
    180: (-1.0, 0.0, 0.0, -1.0, 1.0, 1.0),
    270: (0.0, -1.0, 1.0, 0.0, 0.0, 1.0),
}
"""Turns of the unit square, y down, by degrees."""

# What PDFium gives for the hyphen of a word that goes on in the next line: the one in the whole
# text, the other for a single character.
_LINE_END_HYPHENS = ("\ufffe", "\x02")
_WORD = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")

# A ruled table is made of short paths; a pen's stroke is one path of many segments.
_SEGMENTS_OF_A_STROKE = 8
_SEGMENTS_OF_WRITING = 200

# Forms within forms: deeper than any sane file goes.
_MAX_DEPTH = 12

_SCAN_SHARE = 0.5
_COVERAGE_CELLS = 128

_UNSEEN_MODES = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})

_WRITTEN_ANNOTATIONS = frozenset(
    {
        pdfium.FPDF_ANNOT_INK,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_STAMP,
        pdfium.FPDF_ANNOT_WIDGET,
    }
)
_HIDDEN_ANNOTATION = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


def extract_text_layer(page: pypdfium2.PdfPage, width: int, height: int) -> TextLayer:
    """Extracts a loaded page's words; the caller holds PDFium's lock.

    A word ends at a blank, at a gap that PDFium takes for one, and at the end of a line. Words
    outside the CropBox and of no size are left out.

    Args:
        page: of pypdfium2.
        width: of the page in pixels, after /Rotate.
        height: likewise.
    """
    view = _View(page.get_bbox(), page.get_rotation(), width, height)
    content = _Content.of_page(page, view)
    visibility = _Visibility(content)
    words = []
    has_marks = content.has_marks
    textpage = page.get_textpage()
    try:
        text = _PageText(textpage.raw)
        for characters in text.words():
            bounds = text.bounds(characters)
            if not view.shows(bounds):
                continue
            first = characters[0]
            visible = visibility.of_text(text.text_object(first), bounds)
            if text.is_nameless(first):
                has_marks = has_marks or visible
                continue
            box = view.box(bounds, text.quarter_turns(first))
            words.append(TextLayerWord(text.spelled(characters), box, visible))
    finally:
        textpage.close()
    return TextLayer(tuple(words), content.picture_share, has_marks)


class _View:
    """From PDF's points, y up, to pixels of the CropBox after /Rotate, y down."""

    def __init__(self, crop: _Rectangle, rotation: int, width: int, height: int) -> None:
        self.left, self.bottom, self.right, self.top = crop
        across, up = 1 / (self.right - self.left), 1 / (self.top - self.bottom)
        # To the unit square with y down, turned clockwise within it, and blown up to the page.
        flat = (across, 0.0, 0.0, -up, -self.left * across, self.top * up)
        turned = _combined(flat, _CLOCKWISE[rotation])
        self._to_pixels = _combined(turned, (width, 0.0, 0.0, height, 0.0, 0.0))

    def shows(self, bounds: _Rectangle) -> bool:
        """Whether the middle of a rectangle that is no mere point or line lies in the CropBox."""
        left, bottom, right, top = bounds
        x, y = (left + right) / 2, (bottom + top) / 2
        inside = self.left <= x <= self.right and self.bottom <= y <= self.top
        return inside and right > left and top > bottom

    def box(self, bounds: _Rectangle, quarter_turns: int) -> Box:
        """The box of a text that is turned counter-clockwise on the page before /Rotate."""
        left, bottom, right, top = bounds
        a, b, c, d, e, f = self._to_pixels
        corners = ((left, top), (right, top), (right, bottom), (left, bottom)) * 2
        start = -quarter_turns % 4
        values: list[float] = []
        for x, y in corners[start : start + 4]:
            values += (a * x + c * y + e, b * x + d * y + f)
        return Box(values)


class _PageText:
    """PDFium's characters of a page."""

    def __init__(self, textpage: pdfium.FPDF_TEXTPAGE) -> None:
        self._textpage = textpage
        self._rectangle = pdfium.FS_RECTF()
        self._characters = self._read()

    def words(self) -> Iterator[range]:
        """The indices of each word's characters."""
        for match in _WORD.finditer(self._characters):
            yield range(*match.span())

    def spelled(self, characters: range) -> str:
        text = self._characters[characters.start : characters.stop]
        if text.endswith(_LINE_END_HYPHENS):
            text = f"{text[:-1]}-"
        if text.isascii():
            return text
        # Beyond the basic plane, PDFium may give two halves of a character.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def bounds(self, characters: range) -> _Rectangle:
        """Around the first and the last character, between which the others stand."""
        r = self._rectangle
        pdfium.FPDFText_GetLooseCharBox(self._textpage, characters.start, r)
        left, bottom, right, top = r.left, r.bottom, r.right, r.top
        if len(characters) > 1:
            pdfium.FPDFText_GetLooseCharBox(self._textpage, characters.stop - 1, r)
            left, bottom = min(left, r.left), min(bottom, r.bottom)
            right, top = max(right, r.right), max(top, r.top)
        return left, bottom, right, top

    def quarter_turns(self, index: int) -> int:
        """How far the text is turned counter-clockwise, to the nearest quarter."""
        clockwise: float = pdfium.FPDFText_GetCharAngle(self._textpage, index)
        return -round(clockwise / (math.pi / 2)) % 4

    def is_nameless(self, index: int) -> bool:
        """Whether the font does not say which character it draws."""
        return bool(pdfium.FPDFText_HasUnicodeMapError(self._textpage, index) == 1)

    def text_object(self, index: int) -> pdfium.FPDF_PAGEOBJECT:
        return pdfium.FPDFText_GetTextObject(self._textpage, index)

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


@dataclass
class _Content:
    """What a page draws, in the order of drawing."""

    view: _View
    pictures: list[tuple[int, _Rectangle]] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    """The place of each text object in the order of drawing, by its address."""
    segments: int = 0
    annotated: bool = False
    _drawn: int = 0

    @classmethod
    def of_page(cls, page: pypdfium2.PdfPage, view: _View) -> _Content:
        content = cls(view, annotated=_is_written_on(page))
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            content._add(pdfium.FPDFPage_GetObject(page, index), _IDENTITY, 0)
        return content

    @property
    def has_marks(self) -> bool:
        return self.annotated or self.segments >= _SEGMENTS_OF_WRITING

    @property
    def picture_share(self) -> float:
        """The share of the page under pictures, those that overlap counted once."""
        cells = np.zeros((_COVERAGE_CELLS, _COVERAGE_CELLS), np.bool_)
        for _, (left, bottom, right, top) in self.pictures:
            columns = _cells(left, right, self.view.left, self.view.right)
            rows = _cells(bottom, top, self.view.bottom, self.view.top)
            cells[rows, columns] = True
        return float(cells.mean())

    def _add(self, item: pdfium.FPDF_PAGEOBJECT, matrix: _Affine, depth: int) -> None:
        self._drawn += 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self.texts[ctypes.addressof(item.contents)] = self._drawn
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append((self._drawn, _moved(_bounds(item), matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            segments = pdfium.FPDFPath_CountSegments(item)
            self.segments += segments if segments > _SEGMENTS_OF_A_STROKE else 0
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = _combined(_matrix(item), matrix)
            for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                self._add(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)


class _Visibility:
    """Tells which text can be seen."""

    def __init__(self, content: _Content) -> None:
        self._texts = content.texts
        # Some scanners put what they read under the picture instead of making it invisible.
        self._scan = content.pictures if content.picture_share >= _SCAN_SHARE else []
        self._painted: dict[int, bool] = {}

    def of_text(self, item: pdfium.FPDF_PAGEOBJECT, bounds: _Rectangle) -> bool:
        if not item:
            return False
        address = ctypes.addressof(item.contents)
        if address not in self._painted:
            self._painted[address] = _is_painted(item)
        return self._painted[address] and not self._is_covered(address, bounds)

    def _is_covered(self, address: int, bounds: _Rectangle) -> bool:
        if not self._scan:
            return False
        drawn = self._texts.get(address, 0)
        x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
        return any(
            later > drawn and left <= x <= right and bottom <= y <= top
            for later, (left, bottom, right, top) in self._scan
        )


def _is_painted(item: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether a text object's mode and colour leave anything on the paper."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    if mode in _UNSEEN_MODES:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    outlined = mode in {
        pdfium.FPDF_TEXTRENDERMODE_STROKE,
        pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP,
    }
    colour = pdfium.FPDFPageObj_GetStrokeColor if outlined else pdfium.FPDFPageObj_GetFillColor
    return not colour(item, red, green, blue, alpha) or alpha.value > 0


def _is_written_on(page: pypdfium2.PdfPage) -> bool:
    """Whether the page has visible annotations or form fields that may hold writing."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            hidden = pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN_ANNOTATION
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _WRITTEN_ANNOTATIONS and not hidden:
            return True
    return False


def _bounds(item: pdfium.FPDF_PAGEOBJECT) -> _Rectangle:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _matrix(item: pdfium.FPDF_PAGEOBJECT) -> _Affine:
    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _combined(inner: _Affine, outer: _Affine) -> _Affine:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved(bounds: _Rectangle, matrix: _Affine) -> _Rectangle:
    """The upright rectangle around a rectangle that was moved."""
    left, bottom, right, top = bounds
    a, b, c, d, e, f = matrix
    corners = ((left, bottom), (right, bottom), (right, top), (left, top))
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _cells(low: float, high: float, start: float, end: float) -> slice:
    scale = _COVERAGE_CELLS / (end - start)
    first = round((low - start) * scale)
    last = round((high - start) * scale)
    return slice(max(0, first), max(0, min(_COVERAGE_CELLS, last)))
