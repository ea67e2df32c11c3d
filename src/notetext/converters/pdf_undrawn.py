"""Text of which PDFium draws nothing, since no font on this machine has its characters."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_content import Content

# In points: PDFium takes no text from an object that is narrower.
_NARROW = 1e-3
# In heights: too little to be seen, and enough to be found.
_SLANT = 1e-3


@contextmanager
def found_undrawn(content: Content) -> Iterator[None]:
    """Has PDFium find the text of objects that have no breadth, while it looks for text.

    Columns of a vertical font are as broad as what is drawn of them, which is nothing where the
    font is not in the file and not on this machine. Slanted by a hair's breadth, they are found.
    """
    slanted: list[tuple[pdfium.FPDF_PAGEOBJECT, pdfium.FS_MATRIX]] = []
    edges = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = edges
    where = [ctypes.byref(edge) for edge in edges]
    for drawn in content.texts.values():
        pdfium.FPDFPageObj_GetBounds(drawn.item, *where)
        if right.value - left.value < _NARROW < top.value - bottom.value:
            before = pdfium.FS_MATRIX()
            if pdfium.FPDFPageObj_GetMatrix(drawn.item, before):
                a, b, c, d = before.a, before.b, before.c, before.d
                slant = (c + _SLANT * a, d + _SLANT * b, before.e, before.f)
                pdfium.FPDFPageObj_SetMatrix(drawn.item, pdfium.FS_MATRIX(a, b, *slant))
                slanted.append((drawn.item, before))
    try:
        yield
    finally:
        for item, before in slanted:
            pdfium.FPDFPageObj_SetMatrix(item, before)
