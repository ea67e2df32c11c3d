"""Where things stand on a PDF page: from PDF's points to the pixels of the page as it is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from notetext.model import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Left, bottom, right, top in points, y going up: PDF's own order.
Rectangle: TypeAlias = tuple[float, float, float, float]
Affine: TypeAlias = tuple[float, float, float, float, float, float]

# x' = a x + c y + e and y' = b x + d y + f, PDF's own order.
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_CLOCKWISE: dict[int, Affine] = {
    0: IDENTITY,
    90: (0.0, 1.0, -1.0, 0.0, 1.0, 0.0),
    180: (-1.0, 0.0, 0.0, -1.0, 1.0, 1.0),
    270: (0.0, -1.0, 1.0, 0.0, 0.0, 1.0),
}
"""Turns of the unit square, y down, by degrees."""


class View:
    """From PDF's points, y up, to pixels of the CropBox after /Rotate, y down."""

    def __init__(self, crop: Rectangle, rotation: int, width: int, height: int) -> None:
        self.size = (width, height)
        self._crop, self._rotation = crop, rotation
        self.left, self.bottom, self.right, self.top = crop
        across, up = 1 / (self.right - self.left), 1 / (self.top - self.bottom)
        # To the unit square with y down, turned clockwise within it, and blown up to the page.
        flat = (across, 0.0, 0.0, -up, -self.left * across, self.top * up)
        turned = combined(flat, _CLOCKWISE[rotation])
        self._to_pixels = combined(turned, (width, 0.0, 0.0, height, 0.0, 0.0))

    def scaled(self, scale: float, most_pixels: int) -> View:
        """The same page, drawn larger or smaller.

        Args:
            scale: pixels in a point.
            most_pixels: that the page may have; a larger one is drawn at a lower scale.
        """
        width, height = self.right - self.left, self.top - self.bottom
        if self._rotation % 180:
            width, height = height, width
        scale = min(scale, math.sqrt(most_pixels / (width * height)))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        return View(self._crop, self._rotation, *size)

    def pixels(self, bounds: NDArray[np.float64]) -> NDArray[np.float64]:
        """The left, top, right and bottom in pixels of N×4 bounds in points."""
        left, bottom, right, top = bounds.T
        a, b, c, d, e, f = self._to_pixels
        x = np.stack([a * left + c * bottom + e, a * right + c * top + e])
        y = np.stack([b * left + d * bottom + f, b * right + d * top + f])
        return np.stack([x.min(axis=0), y.min(axis=0), x.max(axis=0), y.max(axis=0)], axis=1)

    def shows(self, bounds: Rectangle) -> bool:
        """Whether the middle of a rectangle that is no mere point or line lies in the CropBox."""
        left, bottom, right, top = bounds
        x, y = (left + right) / 2, (bottom + top) / 2
        inside = self.left <= x <= self.right and self.bottom <= y <= self.top
        return inside and right > left and top > bottom

    def box(self, bounds: Rectangle, quarter_turns: int) -> Box:
        """The box of a text that is turned counter-clockwise on the page before /Rotate."""
        left, bottom, right, top = bounds
        a, b, c, d, e, f = self._to_pixels
        # Written out, since a page has thousands of them.
        x1, y1 = a * left + c * top + e, b * left + d * top + f
        x2, y2 = a * right + c * top + e, b * right + d * top + f
        x3, y3 = a * right + c * bottom + e, b * right + d * bottom + f
        x4, y4 = a * left + c * bottom + e, b * left + d * bottom + f
        corners = (x1, y1, x2, y2, x3, y3, x4, y4)
        start = -quarter_turns % 4 * 2
        return Box(corners[start:] + corners[:start])


def combined(inner: Affine, outer: Affine) -> Affine:
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


def moved(bounds: Rectangle, matrix: Affine) -> Rectangle:
    """The upright rectangle around a rectangle that was moved."""
    left, bottom, right, top = bounds
    a, b, c, d, e, f = matrix
    corners = ((left, bottom), (right, bottom), (right, top), (left, top))
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def around(rectangles: Iterable[Rectangle]) -> Rectangle:
    """The rectangle around some, of which there is at least one."""
    lefts, bottoms, rights, tops = zip(*rectangles, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
