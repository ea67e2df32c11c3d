"""Whether lines that stand close have melted into one piece, which a closer look would part.

In a picture that is too small for the detector the cores of neighbouring lines touch, and a pair of
lines, or a whole column, comes out as one piece. It is then far higher than the letters in it: a
line that is whole is two to four times as high as the middle one of its connected components of
ink, weighted by their ink, two lines together five times, a column some hundred times.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.ink import ink_of

_MOST_LETTERS = 4.7
"""Letters' heights that a line may be high; on 46 pages of handwriting the middle piece has up to
3.9, and so has print that is found well."""
_LARGEST_PIECES = 8
_WINDOW = 320  # pixels of the page, enough to hold some letters of any size that melts
_MELTED_SHARE = 0.5


def letter_height_of_melted(pixels: NDArray[np.uint8], lines: Sequence[DetectedLine]) -> float:
    """How high the letters are in pieces that hold several lines.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        lines: the pieces that were found on it.

    Returns:
        Pixels of the page; 0 if most of the writing stands in pieces of one line.
    """
    largest = sorted(lines, key=lambda line: -line.width * line.height)[:_LARGEST_PIECES]
    areas, melted, heights = 0.0, 0.0, []
    for line in largest:
        letters = _letter_height(pixels, line)
        areas += line.width * line.height
        if letters and line.height > _MOST_LETTERS * letters:
            melted += line.width * line.height
            heights.append(letters)
    return float(np.median(heights)) if melted > _MELTED_SHARE * areas else 0.0


def _letter_height(pixels: NDArray[np.uint8], line: DetectedLine) -> float:
    """The height of the usual component of ink in the middle of a piece; 0 if there is no ink."""
    x, y = line.to_page([(line.width / 2, 0)])[0]
    reach_x, reach_y = (min(side, _WINDOW) / 2 for side in (line.width, line.height))
    rows = slice(max(0, int(y - reach_y)), max(0, int(y + reach_y) + 1))
    columns = slice(max(0, int(x - reach_x)), max(0, int(x + reach_x) + 1))
    window = pixels[rows, columns]
    if not window.size:
        return 0.0
    ink = ink_of(np.ascontiguousarray(window))
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    if not len(stats):
        return 0.0
    stats = stats[np.argsort(stats[:, cv2.CC_STAT_HEIGHT])]
    passed = np.cumsum(stats[:, cv2.CC_STAT_AREA])
    middle = int(np.searchsorted(passed, passed[-1] / 2))
    return float(stats[middle, cv2.CC_STAT_HEIGHT])
