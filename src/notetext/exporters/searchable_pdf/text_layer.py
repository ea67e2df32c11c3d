"""The content of an invisible layer of text."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Self

from pikepdf import Dictionary, Name, Object, Page

from notetext.exporters.searchable_pdf.glyphless_font import Fonts, clusters_of
from notetext.exporters.searchable_pdf.word_boxes import BoxedWord

_INVISIBLE = 3
_SMALLEST = 0.5
"""What has no height or width gets this, in points: readers leave out what has none."""


@dataclass(frozen=True, slots=True)
class ToPdf:
    """The affine map from a page's pixels, y down, to PDF's points, y up.

    ``x' = a·x + c·y + e`` and ``y' = b·x + d·y + f``, as PDF writes a matrix.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of_view(
        cls,
        box: tuple[float, float, float, float],
        rotation: int,
        width: int,
        height: int,
    ) -> Self:
        """The map for a page that is seen through a box.

        Args:
            box: left, bottom, right and top of the CropBox, in points.
            rotation: clockwise, in degrees: 0, 90, 180 or 270.
            width: of the page as it is seen, in pixels.
            height: likewise.
        """
        left, bottom, right, top = box
        x, y = (right - left) / width, (top - bottom) / height
        if rotation == 90:
            x, y = (right - left) / height, (top - bottom) / width
            return cls(0, y, x, 0, left, bottom)
        if rotation == 180:
            return cls(-x, 0, 0, y, right, bottom)
        if rotation == 270:
            x, y = (right - left) / height, (top - bottom) / width
            return cls(0, -y, -x, 0, right, top)
        return cls(x, 0, 0, -y, left, top)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Maps a pixel."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def add_text_layer(
    page: Page,
    words: Iterable[BoxedWord],
    to_pdf: ToPdf,
    fonts: Fonts,
    font_names: str = "Notetext",
) -> None:
    """Adds words to a page.

    They come before what the page shows, where nothing has changed the coordinates yet.

    Args:
        page: of a PDF.
        words: with their places, in pixels.
        to_pdf: from pixels to the page.
        fonts: of the document.
        font_names: what the page's resources call them, with a number behind it.
    """
    operators = [f"q BT {_INVISIBLE} Tr"]
    current: Object | None = None
    for word in words:
        clusters = list(clusters_of(word.text))
        font, codes = fonts.encode([*clusters, " "] if word.blank_after else clusters)
        if current is None or font.objgen != current.objgen:
            operators.append(f"{_add_font(page, font, font_names)} 1 Tf")
            current = font
        matrix = _matrix([to_pdf.point(x, y) for x, y in word.box.corners], len(clusters))
        operators.append(f"{matrix} Tm <{codes.hex()}> Tj")
    operators.append("ET Q\n")
    if current is not None:
        page.contents_add("\n".join(operators).encode("ascii"), prepend=True)


def _add_font(page: Page, font: Object, names: str) -> Name:
    """Adds a font to the page's resources, which several pages may share."""
    fonts = page.resources.get(Name.Font, Dictionary())
    for number in count(1):
        name = Name(f"/{names}{number}")
        if name not in fonts:
            return page.add_resource(font, Name.Font, name)
        if fonts[name].objgen == font.objgen:
            return name
    raise AssertionError("unreachable")


def _matrix(corners: list[tuple[float, float]], cells: int) -> str:
    """The text matrix in which so many cells of one unit by one fill a box, sheared if it is."""
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = corners
    along = ((x2 - x1 + x3 - x4) / 2, (y2 - y1 + y3 - y4) / 2)
    up = ((x1 - x4 + x2 - x3) / 2, (y1 - y4 + y2 - y3) / 2)
    if math.hypot(*along) < _SMALLEST:
        along = (_SMALLEST, 0.0)
    if abs(along[0] * up[1] - along[1] * up[0]) < _SMALLEST * math.hypot(*along):
        scale = _SMALLEST / math.hypot(*along)
        up = (-along[1] * scale, along[0] * scale)
    x = (x1 + x2 + x3 + x4) / 4 - (along[0] + up[0]) / 2
    y = (y1 + y2 + y3 + y4) / 4 - (along[1] + up[1]) / 2
    numbers = (along[0] / cells, along[1] / cells, *up, x, y)
    return " ".join(f"{number:.4f}" for number in numbers)
