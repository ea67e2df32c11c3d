"""In a picture of one line, takes what the detector found for that line and for nothing else.

The detector was trained on pages. In a picture of a line, a word or a field it finds slivers of the
neighbours and tails of letters as lines of their own, and misses short pieces. Where the ink shows
one line, what was found must lie on that line and cover all of it; else the line is taken whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.detected_line import DetectedLine
from notetext.page_image import PageImage
from notetext.page_image.one_line import OneLine, find_one_line

# Heights of the small letters:
_OFF = 0.35  # from them to the middle of what still is a piece of the line
_UNCOVERED = 0.8  # along the line, of ink that no piece covers
_TWICE = 1.0  # along the line, that two pieces may both cover
_LEAST_HEIGHT = 1.25  # of a line, as if there were a tall letter where there is none
# Heights of the line:
_MOST_HEIGHT = 1.6  # of a piece; a higher one shows letters smaller than they are to be
_ABOVE, _BESIDE = 0.15, 0.3  # left around the line, where the picture goes so far


def as_single_line(image: PageImage, found: Sequence[DetectedLine]) -> list[DetectedLine]:
    """Corrects what was found in a picture of one line, one word or one field.

    Args:
        image: that was looked at.
        found: by the detector, in pixels of the picture.

    Returns:
        Pieces of the line, without any of its neighbours; what was found, where the picture shows
        anything but one line, or where something was found apart from it.
    """
    line = find_one_line(image)
    if line is None:
        return list(found)
    own = [piece for piece in found if _is_on(line, piece)]
    if any(_is_apart(line, piece, image.height) for piece in found if piece not in own):
        return list(found)
    return own if _cover(line, own) else _whole(line, image)


def _is_on(line: OneLine, piece: DetectedLine) -> bool:
    """Whether a piece runs along the line's small letters."""
    first, last = line.body
    off = _OFF * (last - first)
    return not piece.is_sideways and first - off <= float(piece.axis[:, 1].mean()) <= last + off


def _is_apart(line: OneLine, piece: DetectedLine, height: int) -> bool:
    """Whether a piece stands above or below all of the line, and is not cut by the edge."""
    middle = float(piece.axis[:, 1].mean())
    _, top, _, bottom = line.bounds
    rows = piece.corners[:, 1]
    is_cut = rows.min() <= 0 or rows.max() >= height
    return not (top <= middle <= bottom or is_cut)


def _cover(line: OneLine, pieces: Sequence[DetectedLine]) -> bool:
    """Whether pieces cover a line's ink, each part of it once, and not much more."""
    if not pieces or max(piece.height for piece in pieces) > _MOST_HEIGHT * _height(line):
        return False
    first, last = line.body
    left, _, right, _ = line.bounds
    ends = np.array(sorted((p.corners[:, 0].min(), p.corners[:, 0].max()) for p in pieces))
    starts, stops = [left, *(end for _, end in line.gaps)], [*(s for s, _ in line.gaps), right]
    bare = sum(_bare(ends, start, stop) for start, stop in zip(starts, stops, strict=True))
    overlaps = np.maximum.accumulate(ends[:-1, 1]) - ends[1:, 0]
    twice = float(overlaps.max(initial=0.0))
    return bare <= _UNCOVERED * (last - first) and twice <= _TWICE * (last - first)


def _height(line: OneLine) -> float:
    """How high a line is with its tall letters, in pixels, even if it has none."""
    _, top, _, bottom = line.bounds
    return max(bottom - top, _LEAST_HEIGHT * (line.body[1] - line.body[0]))


def _bare(ends: NDArray[np.float64], start: float, stop: float) -> float:
    """How much between two places along the line no piece covers."""
    reached, bare = start, 0.0
    for left, right in ends:
        bare += max(0.0, min(left, stop) - reached)
        reached = max(reached, min(right, stop))
    return bare + max(0.0, stop - reached)


def _whole(line: OneLine, image: PageImage) -> list[DetectedLine]:
    """The line; in pieces where it is empty for long, as between the cells of a table."""
    left, top, right, bottom = line.bounds
    height = _height(line)
    above = _ABOVE * height + (height - (bottom - top)) / 2
    beside = _BESIDE * height
    top, bottom = max(0.0, top - above), min(float(image.height), bottom + above)
    starts, ends = [left, *(end for _, end in line.gaps)], [*(s for s, _ in line.gaps), right]
    return [
        DetectedLine.rectangle(
            max(0.0, start - beside), top, min(float(image.width), end + beside), bottom
        )
        for start, end in zip(starts, ends, strict=True)
    ]
