"""Takes slivers of the neighbours off a picture of one written line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.page_image import PageImage
from notetext.page_image.ink import SPECK, find_ink, weighted_median, without_ruling
from notetext.preprocessors import Preprocessor

if TYPE_CHECKING:
    from notetext.page_image import Pixels


@dataclass(frozen=True)
class RemoveSlivers(Preprocessor):
    """Takes away what the edges have cut off the lines above and below a picture's one line.

    A picture of a line, a word or a field, cut out of a page, shows a little of its neighbours,
    which would be read too. What touches the upper or the lower edge, does not reach into the rows
    of the line's small letters, and is lower than the line's own pieces is painted over with the
    paper around it. A picture of more than one line is returned as it is, like one without slivers.

    >>> image = PageImage(np.full((60, 300), 250, np.uint8))
    >>> RemoveSlivers()(image) is image
    True
    """

    name = "remove_slivers"
    version = "1"

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the picture with its one line alone."""
        slivers = find_slivers(image)
        if slivers is None:
            return image
        size = (image.width, image.height)
        brush = np.ones((EDGE, EDGE), np.uint8)
        mask = cv2.resize(cv2.dilate(slivers, brush), size, interpolation=cv2.INTER_NEAREST)
        painted = cv2.inpaint(image.pixels, mask, 3, cv2.INPAINT_TELEA)
        return image.with_pixels(np.asarray(painted, np.uint8))


def find_slivers(image: PageImage) -> Pixels | None:
    """Where there are slivers of other lines in a picture of one line.

    Returns:
        h×w, 255 there, of the picture's proportions; ``None`` if there are none, or if the picture
        does not show one line.
    """
    mask = without_ruling(find_ink(image, MEASURED_SIDE).mask)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    stats[0, cv2.CC_STAT_AREA] = 0  # the background
    numbers = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] >= SPECK)
    if len(numbers) == 0 or len(numbers) > MOST_PIECES:
        return None
    pieces = _Pieces(*stats[numbers].T.astype(np.float64))
    first, last = _body(mask)
    if first == 0 or last == len(mask):
        return None  # the line itself is cut
    body = last - first
    reach = SLACK * body
    is_line = (pieces.top < last - reach) & (pieces.bottom > first + reach)
    at_top = ~is_line & (pieces.top <= 1)
    at_bottom = ~is_line & (pieces.bottom >= len(mask) - 1)
    others = ~is_line & ~at_top & ~at_bottom & (pieces.height >= LEAST_LETTER * body)
    if not is_line.any() or pieces.area[others].sum() > MOST_OTHERS * pieces.area[is_line].sum():
        return None
    height = weighted_median(pieces.height[is_line], pieces.width[is_line])
    slivers = np.zeros(len(numbers), np.bool_)
    for side, room in ((at_top, first), (at_bottom, len(mask) - last)):
        covered = float(pieces.width[side].sum())
        if room < LEAST_ROOM * body or covered < max(body, LEAST_COVERED * mask.shape[1]):
            continue
        if weighted_median(pieces.height[side], pieces.width[side]) < LOW * height:
            slivers |= side
    if not slivers.any():
        return None
    return np.where(np.isin(labels, numbers[slivers]), np.uint8(255), np.uint8(0))


MEASURED_SIDE = 1600
"""The longest side, in pixels, of the picture in which slivers are looked for."""
MOST_PIECES = 400
"""A picture with more pieces of ink is a page."""
SLACK = 0.15
"""Of the rows of small letters, into which something may reach that is no part of the line."""
LEAST_LETTER = 0.5
"""Of the height of small letters; what is lower is a dot, a comma or an accent."""
MOST_OTHERS = 0.1
"""Of the line's ink that may stand elsewhere, away from the edges; more is another line."""
LEAST_ROOM = 1.2
"""Of the height of small letters, between them and the edge: nearer to them, what the edge cuts may
be the line's own tall letters."""
LEAST_COVERED = 0.05
"""Of the picture's width, along which an edge cuts something off; less may be one stroke."""
LOW = 0.75
"""Of the height of the line's pieces, from which on something is a line of its own."""
EDGE = 7
"""Pixels by which what is painted over is widened: ink fades out."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Connected pieces of ink, as OpenCV measures them."""

    left: NDArray[np.float64]
    top: NDArray[np.float64]
    width: NDArray[np.float64]
    height: NDArray[np.float64]
    area: NDArray[np.float64]

    @property
    def bottom(self) -> NDArray[np.float64]:
        return self.top + self.height


def _body(mask: Pixels) -> tuple[int, int]:
    """The first and the last row (exclusive) of the small letters of the line in the middle."""
    height = len(mask)
    rows = np.count_nonzero(mask, axis=1).astype(np.float64)
    away = np.abs(np.arange(height) + 0.5 - height / 2) / (height / 2)
    window = max(1, height // 20)
    smooth = np.convolve(rows, np.ones(window) / window, mode="same")
    middle = int(np.argmax(smooth * (1 - 0.8 * away)))
    low = np.flatnonzero(smooth < 0.4 * smooth[middle])
    above, below = low[low < middle], low[low > middle]
    return (int(above[-1]) + 1 if len(above) else 0, int(below[0]) if len(below) else height)
