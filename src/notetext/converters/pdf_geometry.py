"""Where things stand on a PDF page: from PDF's points to the pixels of the page as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from notetext.model import Box

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
        self.left, self.bottom, self.right, self.top = crop
        across, up = 1 / (self.right - self.left), 1 / (self.top - self.bottom)
        # To the unit square with y down, turned clockwise within it, and blown up to the page.
        flat = (across, 0.0, 0.0, -up, -self.left * across, self.top * up)
        turned = combined(flat, _CLOCKWISE[rotation])
        self._to_pixels = combined(turned, (width, 0.0, 0.0, height, 0.0, 0.0))

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
        corners = ((left, top), (right, top), (right, bottom), (left, bottom)) * 2
        start = -quarter_turns % 4
        values: list[float] = []
        for x, y in corners[start : start + 4]:
            values += (a * x + c * y + e, b * x + d * y + f)
        return Box(values)


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
