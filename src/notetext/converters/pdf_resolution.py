"""The resolution at which a PDF page is worth drawing: that of what is on it."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_content import matrix_of
from notetext.converters.pdf_geometry import IDENTITY, Affine, combined

if TYPE_CHECKING:
    import pypdfium2

POINTS_PER_INCH = 72.0

DEFAULT_DPI = 300.0
"""Enough for small handwriting; what scanners use for text."""

_A4_PIXELS = 2480 * 3508
"""Of a page of A4 at 300 dpi."""
_ALMOST = 0.02
"""By which share a picture's resolution may miss 300 dpi and still be drawn at it."""
_COARSEST = 20.0
"""What has fewer dots per inch is a coloured area that was saved as a picture."""
_MOST_STRETCHED = 3.0
"""What is finer the one way by more than that is a shade of colour, not a scan."""
_WHOLE_PAGE = 0.9
_CELLS = 64

# Beyond that many things a page is a drawing, whatever comes then.
_MOST_THINGS = 20_000
_MAX_DEPTH = 12

_DRAWS_NOTHING = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})
_UNSEEN_MODES = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


@dataclass(frozen=True, slots=True)
class Contents:
    """What of a page matters for the resolution at which it is drawn.

    Attributes:
        picture_dpi: of the finest picture; ``None`` if there is none.
        covered: whether pictures cover the page.
        drawn: whether there is anything else to be seen: text, lines, annotations.
    """

    picture_dpi: float | None = None
    covered: bool = False
    drawn: bool = True


def fitting_dpi(contents: Contents, width_pt: float, height_pt: float) -> float:
    """The resolution that shows all that is on a page, and costs no more than it needs.

    What is drawn is drawn at 300 dpi. A picture is shown in its own pixels; where these are finer,
    at no more than 300 dpi, or than makes the page as many pixels as A4 has at 300 dpi: so the same
    picture costs the same, however large somebody said that it is.

    >>> from notetext.converters.pdf_resolution import Contents, fitting_dpi
    >>> fitting_dpi(Contents(), 595, 842)
    300.0
    >>> scan = Contents(picture_dpi=600, covered=True, drawn=False)
    >>> fitting_dpi(scan, 595, 842), fitting_dpi(scan, 298, 420)
    (300.0, 600)
    >>> fitting_dpi(Contents(picture_dpi=72, covered=True, drawn=False), 1200, 1600)
    72

    Args:
        contents: what is on the page.
        width_pt: of the page, in points.
        height_pt: likewise.
    """
    own = contents.picture_dpi
    if own is None:
        return DEFAULT_DPI
    as_a4 = POINTS_PER_INCH * math.sqrt(_A4_PIXELS / (width_pt * height_pt))
    own = min(own, max(DEFAULT_DPI, as_a4))
    if abs(own / DEFAULT_DPI - 1) <= _ALMOST:
        own = DEFAULT_DPI
    if not contents.drawn:
        return own
    # A stamp on a photo whose pixels were taken for points needs no 300 dots for each inch of it.
    for_drawing = as_a4 * math.sqrt(2.1) if contents.covered else DEFAULT_DPI
    return max(own, min(DEFAULT_DPI, for_drawing))


def contents_of(page: pypdfium2.PdfPage) -> Contents:
    """Looks through a loaded page; the caller holds PDFium's lock."""
    walk = _Walk(page.get_bbox(), annotated=_is_annotated(page))
    walk.add_all(pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, page.raw, IDENTITY, 0)
    return Contents(walk.finest, walk.covers_page(), walk.drawn or walk.annotated)


@dataclass
class _Walk:
    """What was found so far, in the order of drawing."""

    seen: tuple[float, float, float, float]
    annotated: bool
    finest: float | None = None
    drawn: bool = False
    _things: int = 0
    _cells: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = field(
        default_factory=lambda: np.zeros((_CELLS, _CELLS), np.bool_)
    )

    def covers_page(self) -> bool:
        return self.finest is not None and float(self._cells.mean()) >= _WHOLE_PAGE

    def add_all(
        self,
        count: pdfium.FPDFPage_CountObjects,
        get: pdfium.FPDFPage_GetObject,
        holder: object,
        matrix: Affine,
        depth: int,
    ) -> None:
        for index in range(count(holder)):
            self._things += 1
            if self._things > _MOST_THINGS:
                self.drawn = True
                return
            self._add(get(holder, index), matrix, depth)

    def _add(self, item: pdfium.FPDF_PAGEOBJECT, matrix: Affine, depth: int) -> None:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._add_picture(item, combined(matrix_of(item), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _MAX_DEPTH:
                inner = combined(matrix_of(item), matrix)
                count, get = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
                self.add_all(count, get, item, inner, depth + 1)
        elif not self.drawn:
            unseen = (
                kind == pdfium.FPDF_PAGEOBJ_TEXT
                and pdfium.FPDFTextObj_GetTextRenderMode(item) in _UNSEEN_MODES
            )
            self.drawn = not unseen

    def _add_picture(self, item: pdfium.FPDF_PAGEOBJECT, place: Affine) -> None:
        columns, rows = ctypes.c_uint(), ctypes.c_uint()
        pdfium.FPDFImageObj_GetImagePixelSize(item, columns, rows)
        a, b, c, d, e, f = place
        across, up = math.hypot(a, b), math.hypot(c, d)
        if not (across > 0 and up > 0 and math.isfinite(across + up + e + f)):
            return
        dpi = sorted((columns.value * POINTS_PER_INCH / across, rows.value * POINTS_PER_INCH / up))
        own = dpi[1] if dpi[1] <= _MOST_STRETCHED * dpi[0] else dpi[0]
        if own < _COARSEST:
            self.drawn = True
            return
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        left, bottom, right, top = self.seen
        columns_seen = _span(min(xs), max(xs), left, right)
        rows_seen = _span(min(ys), max(ys), bottom, top)
        if columns_seen is None or rows_seen is None:
            return
        self.finest = max(own, self.finest or 0.0)
        self._cells[rows_seen, columns_seen] = True
        # What was drawn before lies under the picture, such as a scanner's text.
        self.drawn = self.drawn and not self.covers_page()


def _span(low: float, high: float, start: float, end: float) -> slice | None:
    """The cells of a row that a picture takes; ``None`` if it lies off the page."""
    if high <= start or low >= end or not end > start:
        return None
    scale = _CELLS / (end - start)
    first = round((max(low, start) - start) * scale)
    return slice(first, round((min(high, end) - start) * scale))


def _is_annotated(page: pypdfium2.PdfPage) -> bool:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_THINGS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
            if kind not in _DRAWS_NOTHING:
                return True
    return False
