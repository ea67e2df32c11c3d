"""How far handwriting leans: the recogniser reads upright letters best.

The columns' profiles over many angles (Vinciarelli and Luettin, "A new normalization technique for
cursive handwritten words", 2001) find no better slant than a look at the edges of strokes, which is
quicker.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

_SHARE = 0.8  # a hand that is set up wholly has lost more at its other strokes than it won
_STROKES = 0.2  # of the pixels, those where the picture changes most, are edges of strokes
_ROUNDS = 3
_MOST = 1.0


def slant_of(lines: Sequence[NDArray[np.uint8]]) -> float:
    """How far lines of one hand are best set up, from the edges of their steep strokes.

    What is steep depends on the slant, so that it is found in rounds.

    Args:
        lines: straightened lines, H×W (grey) or H×W×3.

    Returns:
        Pixels to the right for each pixel up, -0.8 to 0.8; 0 if there is no stroke to tell it from.
    """
    if not lines:
        return 0.0
    across, down = (np.concatenate(parts) for parts in zip(*map(_edges, lines), strict=True))
    slant = 0.0
    for _ in range(_ROUNDS):
        steep = np.abs(down - slant * across) < np.abs(across)
        there = across[steep]
        energy = float(there @ there)
        if not energy:
            return 0.0
        slant = min(max(float(there @ down[steep]) / energy, -_MOST), _MOST)
    return _SHARE * slant


def _edges(line: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How the picture changes at its edges, to the right and downwards."""
    grey = line if line.ndim == 2 else line[..., 1]
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    change = across * across + down * down
    clear = change > max(np.quantile(change, 1 - _STROKES), 1.0)
    return across[clear], down[clear]
