"""The mark that a line begins with: small, at the height of small letters, apart from all else."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LINE_HEIGHT
from notetext.engines.local.ink import ink_of

# In heights of the line:
_LEAST, _MOST_WIDTH = 0.1, 1.0  # of a mark
_MOST_HEIGHT = 0.95  # which circles with something in them reach
_OFF = 0.22  # how far its middle may stand off that of the line
_APART = 0.14  # from the first word, and from what is before it
_PIECES = 0.07  # between the pieces of one mark
_MOST_UPRIGHT = 1.7  # of its width: 1, l and I are higher
_MOST_TRIED = 3  # of the first pieces of ink
_LEAST_CONTRAST = 25  # grey levels between ink and paper


@dataclass(frozen=True, slots=True, eq=False)
class FirstMark:
    """The first ink of a picture: its edges, where the next ink begins, and itself."""

    left: int
    top: int
    right: int
    next: int
    ink: NDArray[np.uint8]


def first_mark(ink: NDArray[np.uint8]) -> FirstMark | None:
    """The first ink that may be a mark, in a picture of `LINE_HEIGHT` rows."""
    reach = round(_PIECES * LINE_HEIGHT)
    joined = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    sides = stats[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].max(axis=1) - (reach - 1)
    is_large = sides >= _LEAST * LINE_HEIGHT
    is_large[0] = False
    ink = np.where(is_large[labels], ink, np.uint8(0))  # without dust
    large = np.flatnonzero(is_large).tolist()
    large.sort(key=lambda label: int(stats[label, cv2.CC_STAT_LEFT]))
    for label in large[:_MOST_TRIED]:
        left, top, width, height, _ = stats[label].tolist()
        own = (labels[top : top + height, left : left + width] == label) & (
            ink[top : top + height, left : left + width] > 0
        )
        mark = _mark_of(ink, own, left, top)
        if mark is not None:
            return mark
    return None


def _mark_of(
    ink: NDArray[np.uint8], own: NDArray[np.bool_], left: int, top: int
) -> FirstMark | None:
    """Ink as a mark, if it is small, at the height of small letters, and stands apart."""
    rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
    own = own[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    left, top = left + int(columns[0]), top + int(rows[0])
    height, width = own.shape
    if (
        left == 0
        or width > _MOST_WIDTH * LINE_HEIGHT
        or height > _MOST_HEIGHT * LINE_HEIGHT
        or max(width, height) < _LEAST * LINE_HEIGHT
        or height > _MOST_UPRIGHT * width
        or abs(top + height / 2 - LINE_HEIGHT / 2) > _OFF * LINE_HEIGHT
    ):
        return None
    beside = np.flatnonzero(ink[top : top + height].any(axis=0))
    others = beside[(beside < left) | (beside >= left + width)]
    if not len(others) or others[0] < left or others[0] - left - width < _APART * LINE_HEIGHT:
        return None
    return FirstMark(left, top, left + width, int(others[0]), own.astype(np.uint8) * 255)


def mark_ink(grey: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The ink of a picture, 255 on 0; ``None`` if there is hardly any."""
    ink = ink_of(grey)
    is_ink = ink > 0
    if not is_ink.any():
        return None
    contrast = abs(float(grey[is_ink].mean()) - float(grey[~is_ink].mean()))
    return ink if contrast >= _LEAST_CONTRAST else None
