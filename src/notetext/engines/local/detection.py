"""Finds the pieces of written lines on a page."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.network import Network
from notetext.engines.local.piece import Piece
from notetext.engines.local.tracing import pieces_of_map

_GRID = 32  # the network halves the size five times
_LARGEST_ENLARGEMENT = 2.0


class Detector:
    """Finds pieces of text with a DB network; threads may share it."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def find(self, pixels: NDArray[np.uint8], long_side: int) -> list[Piece]:
        """Finds the pieces of written lines.

        Args:
            pixels: H×W (grey) or H×W×3 (RGB).
            long_side: the size, in pixels, of the page's longer side at which the network looks.

        Returns:
            The pieces, in no particular order.
        """
        height, width = pixels.shape[:2]
        scale = min(long_side / max(height, width), _LARGEST_ENLARGEMENT)
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


def _on_grid(length: float) -> int:
    return max(_GRID, round(length / _GRID) * _GRID)
