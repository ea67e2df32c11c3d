"""Cuts pieces of written lines out of a page, straight and of the height that the reader wants."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.detection import Piece

LINE_HEIGHT = 48  # pixels, what the recogniser was trained on
_LEAST_WIDTH = 16
_MOST_WIDTH = 3200  # a line of about 300 characters; wider ones are squeezed, not cut


@dataclass(frozen=True, slots=True)
class LineImage:
    """A piece of a line, cut out.

    Attributes:
        pixels: 48×W (grey) or 48×W×3 (RGB).
        to_page: 3×3, from the pixels here to the page's.
    """

    pixels: NDArray[np.uint8]
    to_page: NDArray[np.float64]

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self.pixels.shape[1])


def cut(page: NDArray[np.uint8], piece: Piece, stretch: float = 1.0) -> LineImage:
    """Cuts out a piece of a line.

    Args:
        page: H×W (grey) or H×W×3 (RGB).
        piece: where, in pixels of the page.
        stretch: how much wider than natural; the recogniser reads handwriting better when it is
            drawn out.

    Returns:
        The piece as a rectangle 48 pixels high.
    """
    natural_width = max(1, math.ceil(piece.width))
    natural_height = max(1, math.ceil(piece.height))
    width = round(LINE_HEIGHT * piece.width / max(piece.height, 1.0) * stretch)
    width = min(max(width, _LEAST_WIDTH), _MOST_WIDTH)
    straight = _homography(natural_width, natural_height, piece.corners)
    # Cut at the natural size first: a warp that also shrinks would skip pixels.
    centred = _shift(-0.5) @ straight @ _shift(0.5)
    natural = cv2.warpPerspective(
        page,
        centred,
        (natural_width, natural_height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    method = cv2.INTER_AREA if natural_height > LINE_HEIGHT else cv2.INTER_CUBIC
    pixels = cv2.resize(natural, (width, LINE_HEIGHT), interpolation=method)
    to_natural = np.diag([natural_width / width, natural_height / LINE_HEIGHT, 1.0])
    return LineImage(np.asarray(pixels, np.uint8), straight @ to_natural)


def _homography(width: float, height: float, corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The map from a ``width``×``height`` rectangle to four corners."""
    rectangle = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(rectangle, corners.astype(np.float32))
    return np.asarray(matrix, np.float64)


def _shift(by: float) -> NDArray[np.float64]:
    return np.array([[1.0, 0, by], [0, 1, by], [0, 0, 1]])
