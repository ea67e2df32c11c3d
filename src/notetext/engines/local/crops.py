"""Cuts written lines out of a page, straight and of the height that the recogniser wants."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.detected_line import DetectedLine

LINE_HEIGHT = 48  # pixels, what the recogniser was trained on
_LEAST_WIDTH = 16
_MOST_WIDTH = 3200  # a line of about 200 characters; wider ones are squeezed, not cut


@dataclass(frozen=True, eq=False)
class LineImage:
    """A line, cut out and straightened.

    Attributes:
        page_pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        line: where it is cut out, in pixels of the page.
        width: of the cut-out in pixels.
        slant: pixels to the right for each pixel up, of strokes that are shown upright.
    """

    page_pixels: NDArray[np.uint8]
    line: DetectedLine
    width: int
    slant: float = 0.0

    @cached_property
    def pixels(self) -> NDArray[np.uint8]:
        """48×W (grey) or 48×W×3 (RGB); drawn when first asked for, in the thread that reads it."""
        columns, rows = max(1, math.ceil(self.line.width)), max(1, math.ceil(self.line.height))
        # Cut at the natural size first: a warp that also shrinks would skip pixels.
        size = columns, rows
        natural = straightened(self.page_pixels, self.line, size, cv2.INTER_CUBIC, self.slant)
        method = cv2.INTER_AREA if rows > LINE_HEIGHT else cv2.INTER_CUBIC
        pixels = cv2.resize(natural, (self.width, LINE_HEIGHT), interpolation=method)
        return np.asarray(pixels, np.uint8)

    @property
    def stretch(self) -> float:
        """How much wider than natural."""
        return self.width * self.line.height / (LINE_HEIGHT * self.line.width)

    def to_page(self, points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
        """Where points of the cut-out lie on the page: N×2 pixels here to N×2 pixels there.

        Exact for points at half the height; what leans on the page is framed upright all the same.
        """
        scale_x, scale_y = self.line.width / self.width, self.line.height / LINE_HEIGHT
        return self.line.to_page(
            [(x * scale_x, (y - LINE_HEIGHT / 2) * scale_y) for x, y in points]
        )


def straightened(
    pixels: NDArray[np.uint8],
    line: DetectedLine,
    size: tuple[int, int],
    method: int = cv2.INTER_LINEAR,
    slant: float = 0.0,
) -> NDArray[np.uint8]:
    """A line as a picture of a size, on which its axis is straight and level.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        line: where, in pixels of the page.
        size: columns and rows of the picture; one that is much smaller than the line skips pixels.
        method: OpenCV's, of interpolation.
        slant: pixels to the right for each pixel up, of strokes to set upright.
    """
    grid = line.grid(*size, slant)
    grid -= 0.5  # OpenCV counts from the middle of the first pixel
    # Both coordinates in one array, which OpenCV's stubs do not know: apart, they would be copied.
    picture = cv2.remap(  # type: ignore[call-overload]
        pixels, grid, None, method, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(picture, np.uint8)


def cut(
    pixels: NDArray[np.uint8], line: DetectedLine, stretch: float = 1.0, slant: float = 0.0
) -> LineImage:
    """Cuts out a line and straightens it.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        line: where, in pixels of the page.
        stretch: how much wider than natural.
        slant: pixels to the right for each pixel up, of strokes to set upright.

    Returns:
        The line as a rectangle 48 pixels high.
    """
    width = round(LINE_HEIGHT * line.width / max(line.height, 1.0) * stretch)
    return LineImage(pixels, line, min(max(width, _LEAST_WIDTH), _MOST_WIDTH), slant)
