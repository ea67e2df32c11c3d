"""Finds the pieces of written lines on a page."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.network import Network
from notetext.engines.local.piece import Piece
from notetext.engines.local.tracing import height_below, pieces_of_map

_GRID = 32  # the network halves the size five times
_LARGEST_ENLARGEMENT = 2.0

# The longer side, in pixels, at which a page is looked at: closer if its lines turn out small. 736
# takes half the time of 960 and reads 46 pages of handwriting as well; with less, more pages of
# print need the closer look (docs/reading-quality.md).
_LOOKS = (736, 1280, 1920)
# Pixels of the network's map. Lines of less than about 15 all come out as 15, or merge.
_LEAST_HEIGHT = 16.0
_SMALL_SHARE = 0.2  # of the writing's length that may be smaller
_LEAST_GAIN = 0.8  # a closer look that finds less of the writing's length than this is not taken


class Detector:
    """Finds pieces of text with a DB network; threads may share it."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def find(self, pixels: NDArray[np.uint8]) -> list[Piece]:
        """Finds the pieces of written lines, looking closer where they are small.

        Args:
            pixels: H×W (grey) or H×W×3 (RGB).

        Returns:
            The pieces, in no particular order.
        """
        pieces: list[Piece] = []
        for long_side in _LOOKS:
            scale = min(long_side / max(pixels.shape), _LARGEST_ENLARGEMENT)
            seen = self._look(pixels, scale)
            # Too close, blurred writing is none to the network.
            if _length(seen) < _LEAST_GAIN * _length(pieces):
                break
            pieces = seen
            small = not pieces or height_below(pieces, _SMALL_SHARE) * scale < _LEAST_HEIGHT
            if not small or scale == _LARGEST_ENLARGEMENT:
                break
        return pieces

    def _look(self, pixels: NDArray[np.uint8], scale: float) -> list[Piece]:
        height, width = pixels.shape[:2]
        size = (_on_grid(width * scale), _on_grid(height * scale))
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        small = np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)
        probability = self._network.run(as_batch(small[None]))[0, 0]
        to_page = width / size[0], height / size[1]
        return [piece.scaled(*to_page) for piece in pieces_of_map(probability)]


def as_batch(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Brings pictures into the form that PP-OCR's networks were trained on.

    Args:
        images: N×H×W (grey) or N×H×W×3 (RGB).

    Returns:
        N×3×H×W, blue first, values from -1 to 1.
    """
    scaled = images.astype(np.float32) / 127.5 - 1
    if images.ndim == 3:
        return np.repeat(scaled[:, None], 3, axis=1)
    return np.ascontiguousarray(scaled[..., ::-1].transpose(0, 3, 1, 2))


def _length(pieces: Sequence[Piece]) -> float:
    return sum(piece.width for piece in pieces)


def _on_grid(length: float) -> int:
    return max(_GRID, round(length / _GRID) * _GRID)
