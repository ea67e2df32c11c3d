"""Where on a page that looks blank something may be written after all, too small or too faint.

A closer look costs a network's run over a picture several times as large, and half of all duplex
scans are blank pages. So it is taken where there is anything at all: a few specks cost a few small
pieces of the page, and a clean sheet, whatever the grain of its paper, costs none.

All lengths are pixels of the picture that the network sees.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_WINDOW = 31  # the paper's brightness is the mean over so many
_MEANS = 12.0  # times the mean of how much darker the paper around is: four standard deviations
_SPREADS = 3.0  # times the distance of the page's quartiles: four standard deviations, too
_LEAST_DARKER = 3  # grey levels; less is the rounding of a clean sheet
_MOST_DARKER = 24  # no grain: where small print is dense, it is its own surroundings
_JOINED = 3  # strokes of a faint letter break, with gaps of less
_RULE = 128  # what runs straight for longer is a rule, a frame or a scan's edge, and no small word
_SPECK = 8  # a letter that is smaller, with what it was joined by, is not to be read
_PATCH = 32  # the network's grid

Patch = tuple[slice, slice]
"""Rows and columns of a picture, in multiples of 32 pixels."""


def marks(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Finds whatever is no even paper.

    Rules, frames and the dark edges of scans are taken for paper. Faint writing is told from the
    grain of the paper around it, not by how dark it is.

    Args:
        picture: H×W (grey) or H×W×3 (RGB), at the size at which the network would see it.

    Returns:
        H×W, true where there is a mark.
    """
    if picture.ndim == 3:
        picture = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    mask = _without_rules(_darker(picture))
    joined = cv2.dilate(mask, np.ones((_JOINED, _JOINED), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    sides = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    is_mark = sides >= _SPECK
    is_mark[0] = False  # the background
    return np.asarray(is_mark[labels])


def patches(marked: NDArray[np.bool_]) -> list[Patch]:
    """Parts of a picture that hold its marks, with paper around them.

    Args:
        marked: from `marks`; its sides are multiples of 32.
    """
    if not marked.any():
        return []
    rows, columns = (side // _PATCH for side in marked.shape)
    on_grid = marked.reshape(rows, _PATCH, columns, _PATCH).any(axis=(1, 3))
    held = cv2.dilate(np.asarray(on_grid, np.uint8), np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(held, connectivity=8)
    return [
        (
            slice(int(top) * _PATCH, int(top + height) * _PATCH),
            slice(int(left) * _PATCH, int(left + width) * _PATCH),
        )
        for left, top, width, height, _ in stats[1:count]
    ]


def _darker(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """H×W, 255 where a pixel is clearly darker than the paper around it, else 0."""
    size = (_WINDOW, _WINDOW)
    paper = cv2.blur(grey, size, borderType=cv2.BORDER_REFLECT_101)
    darker = cv2.subtract(paper, grey)
    sample = grey[::4, ::4].astype(np.int16) - paper[::4, ::4]
    lower, upper = np.percentile(sample, (25, 75))
    # Quartiles of whole grey levels: the half is what rounding may take away.
    usual = _SPREADS * (float(upper - lower) + 0.5)
    # Of half a page on a rough table and half a page of faint pencil, each is judged by itself.
    around = cv2.boxFilter(darker, cv2.CV_32F, size, borderType=cv2.BORDER_REFLECT_101)
    least = np.minimum(_MEANS * around, usual).clip(_LEAST_DARKER, _MOST_DARKER)
    return np.asarray(darker > least, np.uint8) * 255


def _without_rules(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Takes away what runs straight for long along a row or a column, and its ragged edge."""
    for run in ((1, _RULE), (_RULE, 1)):
        rules = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(run, np.uint8))
        rules = cv2.dilate(rules, np.ones((3, 3), np.uint8))
        mask = np.asarray(cv2.subtract(mask, rules), np.uint8)
    return mask
