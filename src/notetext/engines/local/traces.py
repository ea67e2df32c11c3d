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
_DEVIATIONS = 5.0  # times the mean deviation of the paper around, which is four of its standard's
_QUARTILES = 3.5  # times the upper quartile of the page's deviations, the same for even paper
_LEAST_DIFFERENCE = 3.0  # grey levels; less is the rounding of a clean sheet
_JOINED = 3  # strokes of a faint letter break, with gaps of less
_RULE = 48  # what runs straight for longer is a rule, a frame or a scan's edge; or seen from afar
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
    joined = cv2.dilate(_without_rules(_uneven(picture)), np.ones((_JOINED, _JOINED), np.uint8))
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
    held = cv2.dilate(on_grid.astype(np.uint8), np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(held, connectivity=8)
    return [
        (
            slice(int(top) * _PATCH, int(top + height) * _PATCH),
            slice(int(left) * _PATCH, int(left + width) * _PATCH),
        )
        for left, top, width, height, _ in stats[1:count]
    ]


def _uneven(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """H×W, 255 where a pixel is clearly darker or lighter than the paper around it, else 0."""
    size = (_WINDOW, _WINDOW)
    paper = cv2.blur(grey, size, borderType=cv2.BORDER_REFLECT_101)
    difference = cv2.absdiff(grey, paper)
    usual = _QUARTILES * float(np.percentile(difference[::4, ::4], 75))
    if difference.max() <= max(usual, _LEAST_DIFFERENCE) / _QUARTILES:
        return np.zeros(grey.shape, np.uint8)
    # Of half a page on a rough table and half a page of faint pencil, each is judged by itself.
    around = cv2.blur(difference, size, borderType=cv2.BORDER_REFLECT_101, dst=paper)
    least = np.clip(_DEVIATIONS * np.arange(256), _LEAST_DIFFERENCE, max(usual, _LEAST_DIFFERENCE))
    allowed = cv2.LUT(around, np.ceil(least).clip(0, 255).astype(np.uint8))
    return np.asarray(cv2.compare(difference, allowed, cv2.CMP_GT), np.uint8)


def _without_rules(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Takes away what runs straight for long along a row or a column, and its ragged edge."""
    for along in ((1, 0), (0, 1)):
        gap = (1 + 2 * along[0], 1 + 2 * along[1])
        run = (1 + (_RULE - 1) * along[0], 1 + (_RULE - 1) * along[1])
        # Grain breaks a thin rule.
        closed = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_RECT, gap))
        rules = cv2.morphologyEx(
            closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, run)
        )
        rules = cv2.dilate(rules, np.ones((3, 3), np.uint8))
        mask = np.asarray(cv2.subtract(mask, rules), np.uint8)
    return mask
