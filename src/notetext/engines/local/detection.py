"""Finds the written lines on a page."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.network import Network
from notetext.engines.local.tracing import height_below, lines_of_map

_GRID = 32  # the network halves the size five times
_LARGEST_ENLARGEMENT = 2.0

# The longer side, in pixels, to which a page is scaled: larger if its lines turn out small. 736
# takes half the time of 960 and reads 46 pages of handwriting as well; with less, more pages of
# print need the larger one (docs/reading-quality.md).
_LONG_SIDES = (736, 1280, 1920)
# Pixels of the network's map. Lines of less than about 15 all come out as 15, or merge.
_LEAST_HEIGHT = 16.0
_SMALL_SHARE = 0.2  # of the writing's length that may be smaller
_LEAST_GAIN = 0.8  # a larger size that shows less of the writing's length than this is not taken


class Detector:
    """Finds lines of text with a DB network; threads may share it."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def find(self, pixels: NDArray[np.uint8]) -> list[DetectedLine]:
        """Finds the written lines, in a larger picture where they are small.

        Args:
            pixels: H×W (grey) or H×W×3 (RGB).

        Returns:
            The lines, whole or in pieces, in no particular order.
        """
        lines: list[DetectedLine] = []
        for long_side in _LONG_SIDES:
            scale = min(long_side / max(pixels.shape), _LARGEST_ENLARGEMENT)
            found = self._find_at(pixels, scale)
            # Too large, blurred writing is none to the network.
            if _length(found) < _LEAST_GAIN * _length(lines):
                break
            lines = found
            small = not lines or height_below(lines, _SMALL_SHARE) * scale < _LEAST_HEIGHT
            if not small or scale == _LARGEST_ENLARGEMENT:
                break
        return lines

    def _find_at(self, pixels: NDArray[np.uint8], scale: float) -> list[DetectedLine]:
        height, width = pixels.shape[:2]
        size = (_on_grid(width * scale), _on_grid(height * scale))
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        small = np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)
        probability = self._network.run(as_batch(small[None]))[0, 0]
        to_page = width / size[0], height / size[1]
        return [line.scaled(*to_page) for line in lines_of_map(probability)]


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


def _length(lines: Sequence[DetectedLine]) -> float:
    return sum(line.width for line in lines)


def _on_grid(length: float) -> int:
    return max(_GRID, round(length / _GRID) * _GRID)
