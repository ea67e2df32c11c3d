"""Whether a picture shows one written line and no more, as one cut out of a page does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.page_image import PageImage
from notetext.page_image.ink import (
    SPECK,
    find_ink,
    is_light_on_dark,
    reduced_grey,
    stroke_width,
    weighted_median,
    without_ruling,
)

if TYPE_CHECKING:
    from notetext.page_image import Pixels


@dataclass(frozen=True, slots=True)
class OneLine:
    """The one level line, word or field that a picture shows.

    Attributes:
        bounds: left, top, right, bottom of its ink, in pixels of the picture.
        body: the first row of its small letters and the one after the last, likewise.
        gaps: where it is empty for longer than it is high: left and right ends, likewise.
        slivers: h×w, of the picture's proportions: 255 where the upper or the lower edge has cut
            something off its neighbours.
        stroke: how wide strokes are, in pixels of ``slivers``.
    """

    bounds: tuple[float, float, float, float]
    body: tuple[float, float]
    gaps: tuple[tuple[float, float], ...]
    slivers: Pixels
    stroke: int


def find_one_line(image: PageImage) -> OneLine | None:
    """Finds the line in a picture of one.

    The rows of small letters are those that cross the most strokes. Pieces of ink that reach into
    them are the line's; dots, accents and marks stand near. If letters stand elsewhere, be it above
    or below, or if one piece is far higher than letters are, the picture shows something else.

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.page_image.one_line import find_one_line
    >>> find_one_line(PageImage(np.full((60, 300), 250, np.uint8))) is None
    True

    Args:
        image: upright; dark on light or light on dark.

    Returns:
        The line; ``None`` for a page, for several lines, for drawings, and where nothing is
        written.
    """
    if not _may_be_one_line(image):
        return None
    if is_light_on_dark(image):
        image = image.with_pixels(np.asarray(255 - image.pixels, np.uint8))
    ink = find_ink(image, MEASURED_SIDE)
    mask = without_ruling(ink.mask)
    pieces = _pieces(mask)
    if pieces is None:
        return None
    stroke = stroke_width(mask)
    first, last = _body(mask, stroke)
    body = last - first
    if first == 0 or last == len(mask) or not 0 < body <= LARGEST_LETTER * stroke:
        return None  # the line itself is cut, or these are no letters
    reach = SLACK * body
    is_line = (pieces.top < last - reach) & (pieces.bottom > first + reach)
    is_frame = is_line & (pieces.height >= len(mask) - 2) & (pieces.width < body / 2)
    is_line &= ~is_frame
    if not is_line.any() or pieces.height[is_line].max() > HIGHEST_PIECE * body:
        return None
    at_top = ~is_line & ~is_frame & (pieces.top <= 1)
    at_bottom = ~is_line & ~is_frame & (pieces.bottom >= len(mask) - 1)
    elsewhere = ~is_line & ~is_frame & ~at_top & ~at_bottom
    near = (pieces.bottom > first - NEAR * body) & (pieces.top < last + NEAR * body)
    others = elsewhere & ((pieces.height >= LEAST_LETTER * body) | ~near)
    if pieces.area[others].sum() > MOST_OTHERS * pieces.area[is_line].sum():
        return None
    mine = is_line | (elsewhere & near)
    length = float(np.ptp(np.concatenate([pieces.left[mine], pieces.right[mine]])))
    height = weighted_median(pieces.height[is_line], pieces.width[is_line])
    tallest = float(pieces.bottom[is_line].max() - pieces.top[is_line].min())
    slivers = np.zeros(len(mine), np.bool_)
    for side, room in ((at_top, first), (at_bottom, len(mask) - last)):
        covered = float(pieces.width[side].sum())
        if room < LEAST_ROOM * body or covered < max(body, LEAST_COVERED * length):
            mine |= side  # ends of its own letters
        elif weighted_median(pieces.height[side], pieces.width[side]) < LOW * height or (
            pieces.height[side].max() < LOW * tallest and _is_cut_through(pieces, side, mask)
        ):
            slivers |= side
        else:
            return None  # a line of its own
    sliver_mask = np.isin(pieces.labels, pieces.numbers[slivers]).astype(np.uint8) * 255
    left, right = float(pieces.left[mine].min()), float(pieces.right[mine].max())
    top, bottom = float(pieces.top[mine].min()), float(pieces.bottom[mine].max())
    scale = ink.scale
    gaps = _gaps(pieces.left[mine], pieces.right[mine], WIDE_GAP * (bottom - top))
    return OneLine(
        bounds=(left / scale, top / scale, right / scale, bottom / scale),
        body=(first / scale, last / scale),
        gaps=tuple((start / scale, end / scale) for start, end in gaps),
        slivers=np.asarray(sliver_mask, np.uint8),
        stroke=stroke,
    )


MEASURED_SIDE = 1600
"""The longest side, in pixels, of the picture in which lines are looked for."""
GLANCED_AT = 400
"""The same where a glance tells pages from what may be a line."""
GLANCED_ROOM = 3.0
"""Heights of small letters above and below them in which a line's own ink stands."""
LARGEST_LETTER = 25
"""How many times as high as strokes are wide small letters are at most."""
SLACK = 0.15
"""Of the rows of small letters, into which something may reach that is no part of the line."""
HIGHEST_PIECE = 6.0
"""Times as high as small letters: what is higher is a drawing, or several lines that touch."""
NEAR = 1.5
"""Heights of small letters, from them to the marks and accents that go with them."""
LEAST_LETTER = 0.5
"""Of the height of small letters; what is lower is a dot, a comma or an accent."""
MOST_OTHERS = 0.2
"""Of the line's ink that may stand elsewhere, away from the edges; more is another line."""
LEAST_ROOM = 1.2
"""Of the height of small letters, between them and the edge: nearer to them, what the edge cuts may
be the line's own tall letters."""
LEAST_COVERED = 0.05
"""Of the line's length, along which an edge cuts something off; less may be one stroke."""
LOW = 0.75
"""Of the height of the line's pieces, from which on something is a line of its own."""
CUT_THROUGH = 0.5
"""Of the ink in the fullest row of what an edge cuts, that stands in the row at the edge: it cuts
through letters, of which no one could read the rest, and not through the tails of some."""
WIDE_GAP = 2.0
"""Times as wide as the line is high: what no blank between words is, but one between cells."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Connected pieces of ink, as OpenCV measures them."""

    labels: NDArray[np.int32]
    numbers: NDArray[np.intp]
    left: NDArray[np.float64]
    top: NDArray[np.float64]
    width: NDArray[np.float64]
    height: NDArray[np.float64]
    area: NDArray[np.float64]

    @property
    def right(self) -> NDArray[np.float64]:
        return self.left + self.width

    @property
    def bottom(self) -> NDArray[np.float64]:
        return self.top + self.height


def _may_be_one_line(image: PageImage) -> bool:
    """Whether most of what is written stands about one level; at a glance, for pages are large."""
    grey = reduced_grey(image, GLANCED_AT)[0]
    window = max(15, max(grey.shape) // 30) | 1
    differing = cv2.absdiff(grey, cv2.blur(grey, (window, window)))
    _, differs = cv2.threshold(differing, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    mask = np.asarray(differs, np.uint8)
    stroke = stroke_width(mask)
    first, last = _body(mask, stroke)
    if last - first > LARGEST_LETTER * stroke:
        return False
    room = round(GLANCED_ROOM * (last - first)) + 1
    rows = np.count_nonzero(mask, axis=1)
    near = rows[max(0, first - room) : last + room].sum()
    return bool(2 * near > rows.sum())


def _pieces(mask: Pixels) -> _Pieces | None:
    """The pieces of ink, specks aside; ``None`` without any."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    stats[0, cv2.CC_STAT_AREA] = 0  # the background
    numbers = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] >= SPECK)
    if not len(numbers):
        return None
    return _Pieces(np.asarray(labels, np.int32), numbers, *stats[numbers].T.astype(np.float64))


def _body(mask: Pixels, stroke: int) -> tuple[int, int]:
    """The first and the last row (exclusive) of the small letters of the line in the middle."""
    height = len(mask)
    rows = np.count_nonzero(mask, axis=1).astype(np.float64)
    away = np.abs(np.arange(height) + 0.5 - height / 2) / (height / 2)
    window = min(max(1, 2 * stroke), height)
    smooth = np.convolve(rows, np.ones(window) / window, mode="same")
    middle = int(np.argmax(smooth * (1 - 0.8 * away)))
    low = np.flatnonzero(smooth < 0.4 * smooth[middle])
    above, below = low[low < middle], low[low > middle]
    return (int(above[-1]) + 1 if len(above) else 0, int(below[0]) if len(below) else height)


def _is_cut_through(pieces: _Pieces, side: NDArray[np.bool_], mask: Pixels) -> bool:
    """Whether the edge that some pieces touch cuts through their letters, not their tails."""
    rows = np.count_nonzero(np.isin(pieces.labels, pieces.numbers[side]) & (mask > 0), axis=1)
    at_edge = max(rows[:2].max(), rows[-2:].max())
    return bool(at_edge >= CUT_THROUGH * rows.max())


def _gaps(
    left: NDArray[np.float64], right: NDArray[np.float64], least: float
) -> list[tuple[float, float]]:
    """The parts along a line that hold no piece and are at least so wide."""
    order = np.argsort(left)
    starts, ends = left[order], np.maximum.accumulate(right[order])
    wide = np.flatnonzero(starts[1:] - ends[:-1] >= least)
    return [(float(ends[index]), float(starts[index + 1])) for index in wide]
