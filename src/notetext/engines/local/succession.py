"""Which line goes on from which: lines of a paragraph are one text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.detected_line import DetectedLine

# In heights of the line:
_SAME_ROW = 0.5  # between the middles of two pieces of one row, at most
_GAP = 2.0  # between two pieces of one row, at most
_NEXT_ROW = 2.2  # between the middles of two rows of a paragraph, at most
# Of the shorter of two rows, what lies below or above the other.
_LEAST_SHARED = 0.5


def lines_before(lines: Sequence[DetectedLine]) -> list[int | None]:
    """For each line the one that it goes on from: to its left, or the end of the row above.

    >>> from notetext.engines.local.detected_line import DetectedLine
    >>> from notetext.engines.local.succession import lines_before
    >>> first, second = (DetectedLine.rectangle(0, y, 200, y + 20) for y in (0, 30))
    >>> lines_before([second, first])
    [1, None]

    Args:
        lines: of one page, in any order; those that run sideways go on from none.
    """
    level = [number for number, line in enumerate(lines) if not line.is_sideways]
    before: list[int | None] = [None] * len(lines)
    if not level:
        return before
    left, right, middle = _places([lines[number] for number in level])
    height = np.array([lines[number].height for number in level])
    at_left = _pieces_at_left(left, right, middle, height)
    goes_on = {start: end for end, start in enumerate(at_left) if start >= 0}
    for index, number in enumerate(level):
        found = int(at_left[index])
        if found < 0:
            found = _row_above(index, left, right, middle, height)
            while found in goes_on and middle[goes_on[found]] < middle[index]:
                found = goes_on[found]
        if found >= 0:
            before[number] = level[found]
    return before


def _places(
    lines: Sequence[DetectedLine],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The left ends, right ends and heights on the page of lines."""
    ends = np.array([(line.axis[0, 0], line.axis[-1, 0]) for line in lines])
    middle = np.array([line.axis[:, 1].mean() for line in lines])
    return ends.min(axis=1), ends.max(axis=1), middle


def _pieces_at_left(
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    middle: NDArray[np.float64],
    height: NDArray[np.float64],
) -> NDArray[np.intp]:
    """For each piece the one before it in its row; -1 if there is none."""
    gap = left[:, None] - right[None, :]
    near = np.abs(middle[:, None] - middle[None, :]) < _SAME_ROW * height[:, None]
    near &= (left[:, None] > left[None, :]) & (right[:, None] > right[None, :])
    near &= (gap < _GAP * height[:, None]) & (gap > -_SAME_ROW * height[:, None])
    far = np.where(near, np.abs(gap), np.inf)
    return np.where(near.any(axis=1), far.argmin(axis=1), -1)


def _row_above(
    index: int,
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    middle: NDArray[np.float64],
    height: NDArray[np.float64],
) -> int:
    """The nearest piece above one; -1 if there is none."""
    climb = middle[index] - middle
    shared = np.minimum(right, right[index]) - np.maximum(left, left[index])
    shorter = np.minimum(right - left, right[index] - left[index])
    above = (climb > _SAME_ROW * height[index]) & (climb < _NEXT_ROW * height[index])
    above &= shared > _LEAST_SHARED * shorter
    return int(np.where(above, climb, np.inf).argmin()) if above.any() else -1
