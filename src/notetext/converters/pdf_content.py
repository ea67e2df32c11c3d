"""What a PDF page draws: its texts, pictures and strokes, in the order of drawing."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_geometry import IDENTITY, Affine, Rectangle, View, combined, moved

if TYPE_CHECKING:
    import pypdfium2

# A ruled table is made of short paths; a pen's stroke is one path of many segments.
_SEGMENTS_OF_A_STROKE = 8

# Forms within forms: deeper than any sane file goes.
_MAX_DEPTH = 12

_COVERAGE_CELLS = 128

_UNSEEN_MODES = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text object.

    Attributes:
        item: itself.
        order: its place in the order of drawing.
        in_form: whether a form holds it, in whose space it stands.
    """

    item: pdfium.FPDF_PAGEOBJECT
    order: int
    in_form: bool


@dataclass
class Content:
    """What a page draws, in the order of drawing.

    Attributes:
        view: of the page.
        pictures: the place of each in the order of drawing, and its bounds in points.
        texts: each text object, by its address.
        images: PDFium's objects of the pictures, and their bounds.
        paths: PDFium's objects of the paths.
        path_matrices: for each, from the space of what holds it to that of the page.
        segments: of paths that are long enough to be a pen's strokes.
        has_shades: whether there are colours that run into each other.
    """

    view: View
    pictures: list[tuple[int, Rectangle]] = field(default_factory=list)
    texts: dict[int, Drawn] = field(default_factory=dict)
    images: list[tuple[pdfium.FPDF_PAGEOBJECT, Rectangle]] = field(default_factory=list)
    paths: list[pdfium.FPDF_PAGEOBJECT] = field(default_factory=list)
    path_matrices: list[Affine] = field(default_factory=list)
    segments: int = 0
    has_shades: bool = False
    _drawn: int = 0

    @classmethod
    def of_page(cls, page: pypdfium2.PdfPage, view: View) -> Content:
        """Looks through a loaded page."""
        content = cls(view)
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            content.add(pdfium.FPDFPage_GetObject(page, index))
        return content

    @property
    def picture_share(self) -> float:
        """The share of the page under pictures, those that overlap counted once."""
        cells = np.zeros((_COVERAGE_CELLS, _COVERAGE_CELLS), np.bool_)
        for _, (left, bottom, right, top) in self.pictures:
            columns = _cells(left, right, self.view.left, self.view.right)
            rows = _cells(bottom, top, self.view.bottom, self.view.top)
            cells[rows, columns] = True
        return float(cells.mean())

    def add(self, item: pdfium.FPDF_PAGEOBJECT, matrix: Affine = IDENTITY, depth: int = 0) -> None:
        """Adds an object, and what it holds, to what was drawn before it."""
        self._drawn += 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self.texts[ctypes.addressof(item.contents)] = Drawn(item, self._drawn, depth > 0)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            bounds = moved(bounds_of(item), matrix)
            self.pictures.append((self._drawn, bounds))
            self.images.append((item, bounds))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self.paths.append(item)
            self.path_matrices.append(matrix)
            segments = pdfium.FPDFPath_CountSegments(item)
            self.segments += segments if segments > _SEGMENTS_OF_A_STROKE else 0
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            self.has_shades = True
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = combined(matrix_of(item), matrix)
            for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                self.add(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)


def bounds_of(item: pdfium.FPDF_PAGEOBJECT) -> Rectangle:
    """An object's bounds, in the space of the form or page that holds it."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def is_painted(item: pdfium.FPDF_PAGEOBJECT) -> bool:
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


def is_clipped(item: pdfium.FPDF_PAGEOBJECT, bounds: Rectangle) -> bool:
    """Whether bounds, in the space of an object, lie outside of what its clip lets through."""
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    left, bottom, right, top = bounds
    for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points = list(_points(clip, path))
        if not points:
            continue
        xs, ys = zip(*points, strict=True)
        if left >= max(xs) or right <= min(xs) or bottom >= max(ys) or top <= min(ys):
            return True
    return False


def _points(clip: pdfium.FPDF_CLIPPATH, path: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(0, pdfium.FPDFClipPath_CountPathSegments(clip, path))):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value


def matrix_of(item: pdfium.FPDF_PAGEOBJECT) -> Affine:
    """From a form's own space to that of the form or page that holds it."""
    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _cells(low: float, high: float, start: float, end: float) -> slice:
    scale = _COVERAGE_CELLS / (end - start)
    first = round((low - start) * scale)
    last = round((high - start) * scale)
    return slice(max(0, first), max(0, min(_COVERAGE_CELLS, last)))
