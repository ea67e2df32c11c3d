"""A PDF page drawn small, with and without some of its objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Shades: TypeAlias = NDArray[np.uint8]

LEAST_CONTRAST = 8
"""Of 255: what differs less from its ground is seen by nobody."""

_ICONS = frozenset({pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FILEATTACHMENT})

Place: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels of the whole page."""


def draw(
    page: pypdfium2.PdfPage,
    size: tuple[int, int],
    place: Place | None = None,
    *,
    annotations: bool = True,
) -> Shades:
    """Draws a page in grey, or a part of it in colour; the caller holds PDFium's lock.

    Args:
        page: of pypdfium2.
        size: of the whole page, in pixels.
        place: what to draw of it, ``None`` for all of it in grey.
        annotations: whether to draw them, and the fields of forms, too.

    Returns:
        H×W, or H×W×4 of red, green, blue and nothing, in whatever order.
    """
    left, top, right, bottom = place or (0, 0, *size)
    width, height = right - left, bottom - top
    kind = pdfium.FPDFBitmap_Gray if place is None else pdfium.FPDFBitmap_BGRx
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, format=kind)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        flags = pdfium.FPDF_ANNOT if annotations else 0
        where = (bitmap, page, -left, -top, *size, 0, flags)
        pdfium.FPDF_RenderPageBitmap(*where)
        if page.formenv and annotations:
            pdfium.FPDF_FFLDraw(page.formenv, *where)
        shades: Shades = bitmap.to_numpy().reshape(height, width, -1).copy()
    finally:
        bitmap.close()
    return shades[:, :, 0] if place is None else shades


@contextmanager
def without(items: Iterable[pdfium.FPDF_PAGEOBJECT]) -> Iterator[None]:
    """Has objects not drawn for a while."""
    left_out = [item for item in items if pdfium.FPDFPageObj_SetIsActive(item, False)]
    try:
        yield
    finally:
        for item in left_out:
            pdfium.FPDFPageObj_SetIsActive(item, True)


@contextmanager
def without_icons(page: pypdfium2.PdfPage) -> Iterator[None]:
    """Has the icons of notes and attached files not drawn for a while: they move out of the way."""
    hidden: list[tuple[int, int]] = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        flags = _hide_icon(page, index)
        if flags is not None:
            hidden.append((index, flags))
    try:
        yield
    finally:
        for index, flags in hidden:
            _set_flags(page, index, flags)


def _hide_icon(page: pypdfium2.PdfPage, index: int) -> int | None:
    """Hides an annotation if it is an icon, and gives the flags that it had."""
    item = pdfium.FPDFPage_GetAnnot(page, index)
    if not item:
        return None
    try:
        if pdfium.FPDFAnnot_GetSubtype(item) not in _ICONS:
            return None
        flags = int(pdfium.FPDFAnnot_GetFlags(item))
        pdfium.FPDFAnnot_SetFlags(item, flags | pdfium.FPDF_ANNOT_FLAG_HIDDEN)
        return flags
    finally:
        pdfium.FPDFPage_CloseAnnot(item)


def _set_flags(page: pypdfium2.PdfPage, index: int, flags: int) -> None:
    item = pdfium.FPDFPage_GetAnnot(page, index)
    pdfium.FPDFAnnot_SetFlags(item, flags)
    pdfium.FPDFPage_CloseAnnot(item)


def differences(one: Shades, other: Shades) -> Shades:
    """How far two drawings are apart at each pixel, in the colour where they are farthest."""
    apart = np.maximum(one, other) - np.minimum(one, other)
    return apart if apart.ndim == 2 else apart[:, :, :3].max(axis=2)


def summed(values: NDArray[np.generic], out: NDArray[np.signedinteger[Any]]) -> None:
    """Sums what lies above and to the left of each pixel, itself included."""
    np.cumsum(values, axis=1, dtype=out.dtype, out=out)
    # Row by row: NumPy's own sum down the columns takes several times as long.
    for above, row in pairwise(out):
        row += above


def whole(edges: NDArray[np.float64], width: int, height: int) -> NDArray[np.int32]:
    """Left, top, right and bottom, each N whole pixels within a picture.

    Args:
        edges: N×4, however far they reach.
        width: of the picture, in pixels.
        height: likewise.
    """
    # A word may be as large as a stranger likes: beyond what an integer holds.
    inside = np.rint(edges).clip(0, (width, height, width, height))
    pixels: NDArray[np.int32] = inside.astype(np.int32).T
    return pixels


class Count:
    """How many pixels of a mask lie in rectangles, for many of them at once."""

    def __init__(self, mask: NDArray[np.bool_]) -> None:
        self.height, self.width = mask.shape
        self._sums = np.zeros((self.height + 1, self.width + 1), np.int32)
        summed(mask, self._sums[1:, 1:])

    def within(self, edges: NDArray[np.float64]) -> NDArray[np.int32]:
        """Counts in each rectangle.

        Args:
            edges: N×4: left, top, right, bottom, rounded here to whole pixels, of which there is
                at least one either way.
        """
        left, top, right, bottom = whole(edges, self.width, self.height)
        right = np.minimum(np.maximum(right, left + 1), self.width)
        bottom = np.minimum(np.maximum(bottom, top + 1), self.height)
        sums = self._sums
        found: NDArray[np.int32] = (
            sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        )
        return found


def shrunk(boxes: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Boxes without their edges.

    Args:
        boxes: N×4: left, top, right, bottom.
        share: of the shorter side, to be taken off each of the four; negative to add.
    """
    edge = share * np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    inner: NDArray[np.float64] = boxes + np.stack([edge, edge, -edge, -edge], axis=1)
    return inner
