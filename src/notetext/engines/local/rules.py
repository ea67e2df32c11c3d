"""Drawn rules: long thin strokes, level or upright, by a ruler or by hand, as tables are made of.

They are looked for in a small picture in which lines of writing are about equally high, so that
it does not matter how large a page is. What is thin across and dark is closed along, so that rules
may tremble, climb a little and be broken; what is then long enough is followed from end to end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.detected_line import DetectedLine
from notetext.model import Box

_HEIGHT = 40  # pixels of the small picture that a line is high
_LONGEST = 1600  # its longest side
# In heights of a line:
_THICKEST = 0.15
_GAP = 0.15  # that a rule may leave open
_RUN = 0.6  # how long a piece of a rule is straight at least
_SHORTEST_LEVEL = 1.2
_SHORTEST_UPRIGHT = 0.75  # between the rules of one row
_FREE = 1.8  # of an upright one that touches no level one; strokes of large letters are shorter
_TOUCHES = 0.3
_BEND = 0.08  # by which a rule may leave the straight line between its ends
_FEWEST_LEVELS = 10  # by which a rule is darker than the paper
_CONTRAST = 0.25  # of the writing's
_UNBROKEN = 0.85  # of a rule's length is ink; rows of letters have gaps between them
_THIN_SHARE = 0.7  # of a rule's length, along which it is thin: the others cross writing

_Rule = tuple[float, float, float, float]


def find_rules(pixels: NDArray[np.uint8], lines: Sequence[DetectedLine]) -> list[Box]:
    """Finds the rules of a page.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page, about level.
        lines: of writing, in pixels of the page.

    Returns:
        A thin box along each rule, or along each straight piece of one that is bent.
    """
    if not lines:
        return []
    height = float(np.median([line.height for line in lines]))
    scale = min(1.0, _HEIGHT / height, _LONGEST / max(pixels.shape))
    grey = _reduced(pixels, scale)
    # In pixels of the small picture from here on.
    unit = height * scale
    level = _level(grey, unit, _SHORTEST_LEVEL)
    if not level and unit * _FREE > max(grey.shape):
        return []
    turned = np.ascontiguousarray(grey.T)
    upright = [(y1, x1, y2, x2) for x1, y1, x2, y2 in _level(turned, unit, _SHORTEST_UPRIGHT)]
    reach = _TOUCHES * unit
    upright = [
        rule
        for rule in upright
        if rule[3] - rule[1] >= _FREE * unit or _ends_on(rule, level, reach)
    ]
    half = max(1.0, 0.04 * unit)
    return [
        *(_box(rule, (0.0, half), scale) for rule in level),
        *(_box((x1, y1, x2, y2), (half, 0.0), scale) for x1, y1, x2, y2 in upright),
    ]


def _reduced(pixels: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if scale < 1:
        size = [max(1, round(side * scale)) for side in grey.shape[::-1]]
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return np.asarray(grey, np.uint8)


def _level(grey: NDArray[np.uint8], unit: float, shortest: float) -> list[_Rule]:
    """The level rules of a picture: left, the height there, right, the height there."""
    thickest = max(3, round(_THICKEST * unit)) | 1
    # Dark on light or light on dark, whichever there is more of.
    thin = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((thickest, 1), np.uint8))
    least = max(_FEWEST_LEVELS, _CONTRAST * float(np.percentile(thin[::4, ::4], 99)))
    dark = (thin >= least).astype(np.uint8)
    # A rule that climbs stays in a band that is a little higher than itself.
    gap = max(1, round(_GAP * unit))
    band = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    band = cv2.morphologyEx(band, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    run = cv2.morphologyEx(band, cv2.MORPH_OPEN, np.ones((1, round(_RUN * unit)), np.uint8))
    if not run.any():
        return []
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        run, 8, cv2.CV_32S, cv2.CCL_BBDT
    )
    rules: list[_Rule] = []
    for number in np.flatnonzero(stats[1:, cv2.CC_STAT_WIDTH] >= shortest * unit) + 1:
        left, top, width, height = stats[number, :4].tolist()
        piece = labels[top : top + height, left : left + width] == number
        ink = piece & (dark[top : top + height, left : left + width] > 0)
        if ink.any(axis=0).mean() < _UNBROKEN:
            continue
        rules += [
            (left + x1, top + y1, left + x2, top + y2) for x1, y1, x2, y2 in _followed(piece, unit)
        ]
    return rules


def _followed(piece: NDArray[np.bool_], unit: float) -> Iterator[_Rule]:
    """Follows a rule from its left end; one that is bent comes in straight pieces."""
    counts = piece.sum(axis=0)
    thin = counts <= _THICKEST * unit + 2
    if thin.mean() < _THIN_SHARE:
        return
    columns = np.flatnonzero(thin)
    rows = np.arange(len(piece))[:, None]
    middles = (piece * rows).sum(axis=0)[columns] / counts[columns] + 0.5
    yield from _straight(columns.astype(np.float64), middles, unit)


def _straight(x: NDArray[np.float64], y: NDArray[np.float64], unit: float) -> Iterator[_Rule]:
    if len(x) < 2:
        return
    slope, start = np.polyfit(x, y, 1)
    off = np.abs(y - slope * x - start)
    worst = int(off.argmax())
    if off[worst] <= _BEND * unit or len(x) < 4 * unit:
        yield (
            float(x[0]),
            float(slope * x[0] + start),
            float(x[-1] + 1),
            float(slope * (x[-1] + 1) + start),
        )
        return
    # At one of its ends it would be parted into all and nothing.
    middle = min(max(worst, len(x) // 4), 3 * len(x) // 4)
    yield from _straight(x[:middle], y[:middle], unit)
    yield from _straight(x[middle:], y[middle:], unit)


def _ends_on(rule: _Rule, level: Sequence[_Rule], reach: float) -> bool:
    """Whether an upright rule begins or ends at a level one, or crosses it."""
    x, top, _, bottom = rule
    return any(
        left - reach <= x <= right + reach
        and top - reach
        <= begin + (end - begin) * (x - left) / max(right - left, 1)
        <= bottom + reach
        for left, begin, right, end in level
    )


def _box(rule: _Rule, half: tuple[float, float], scale: float) -> Box:
    """A thin box along a rule, in pixels of the page."""
    x1, y1, x2, y2 = (value / scale for value in rule)
    dx, dy = (value / scale for value in half)
    if dy:
        corners = [(x1, y1 - dy), (x2, y2 - dy), (x2, y2 + dy), (x1, y1 + dy)]
    else:
        corners = [(x1 - dx, y1), (x1 + dx, y1), (x2 + dx, y2), (x2 - dx, y2)]
    return Box.of_corners(corners)
