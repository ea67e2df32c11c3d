"""Finds the pieces of written lines on a page, by differentiable binarization.

The method is DB (Liao et al., "Real-time Scene Text Detection with Differentiable Binarization",
AAAI 2020): a network gives for each pixel the probability that it belongs to the shrunken core of
a piece of text; the cores are outlined and grown back to the text's size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.network import Network

_CORE = 0.3  # a pixel's probability from which it belongs to a core, from the paper
_PIECE = 0.5  # the least mean probability of a piece
_GROWTH = 1.6  # area × growth / circumference is how far a core grows on each side
_SMALLEST_SIDE = 3  # pixels of the map; less is dirt
_GRID = 32  # the network halves the size five times
_LARGEST_ENLARGEMENT = 2.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a written line.

    Attributes:
        corners: 4×2, pixels, clockwise from the text's top left.
        score: 0 to 1, how sure it is that this is text.
    """

    corners: NDArray[np.float64]
    score: float

    @classmethod
    def of_corners(cls, corners: Sequence[tuple[float, float]]) -> Self:
        """A piece that somebody else found."""
        return cls(np.array(corners, np.float64), 1.0)

    @property
    def width(self) -> float:
        """Pixels along the writing."""
        return float(np.linalg.norm(self.corners[1] - self.corners[0]))

    @property
    def height(self) -> float:
        """Pixels across the writing."""
        return float(np.linalg.norm(self.corners[3] - self.corners[0]))


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
        to_page = np.array([width / size[0], height / size[1]])
        return [Piece(piece.corners * to_page, piece.score) for piece in pieces_of_map(probability)]


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


def pieces_of_map(probability: NDArray[np.float32]) -> list[Piece]:
    """Outlines the text in a map of probabilities.

    Args:
        probability: H×W, 0 to 1, of each pixel being in the core of a piece of text.

    Returns:
        The pieces in pixels of the map, grown to the size of the text.
    """
    # Growing the cores by a pixel first joins what a thin stroke holds together.
    cores = cv2.dilate((probability > _CORE).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(cores, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    pieces = []
    for contour in contours:
        outline = np.asarray(contour, np.int32)
        centre, (side_a, side_b), angle = cv2.minAreaRect(outline)
        if min(side_a, side_b) < _SMALLEST_SIDE:
            continue
        score = _mean_inside(probability, outline)
        if score < _PIECE:
            continue
        growth = side_a * side_b * _GROWTH / (2 * (side_a + side_b))
        grown = (side_a + 2 * growth, side_b + 2 * growth)
        # The map's pixels have their centres at whole numbers, ours at halves.
        corners = np.asarray(cv2.boxPoints((centre, grown, angle)), np.float64) + 0.5
        pieces.append(Piece(_from_top_left(corners), score))
    return pieces


def _mean_inside(probability: NDArray[np.float32], outline: NDArray[np.int32]) -> float:
    left, top, width, height = cv2.boundingRect(outline)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [outline - (left, top)], [1])
    window = np.ascontiguousarray(probability[top : top + height, left : left + width])
    return float(cv2.mean(window, mask)[0])


def _from_top_left(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turns the order of a rectangle's corners so that its first side is the most level one."""
    sides = np.roll(corners, -1, axis=0) - corners
    # A rectangle's sides point in four directions; the text runs in the one nearest to the right.
    first = int(np.argmax(sides[:, 0] / np.maximum(np.linalg.norm(sides, axis=1), 1e-9)))
    return np.roll(corners, -first, axis=0)


def _on_grid(length: float) -> int:
    return max(_GRID, round(length / _GRID) * _GRID)
