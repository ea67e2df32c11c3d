"""Drawn rules: long thin strokes, level or upright, by a ruler or by hand, as tables are made of.

They are looked for in a small picture in which lines of writing are about equally high, so that
it does not matter how large a page is. What is thin across and dark is closed along, so that rules
may tremble, climb a little and be broken; what is then long enough is followed from end to end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
_ALONE = 3.0  # of a level one that no upright one touches
_TOUCHES = 0.3
_BEND = 0.08  # by which a rule may leave the straight line between its ends
_HALF = 0.02  # of the box along a rule
_PAINTED = 0.045  # to either side of the middle of a rule
_FEWEST_LEVELS = 10  # by which a rule is darker than the paper
_CONTRAST = 0.25  # of the writing's
_UNBROKEN = 0.85  # of a rule's length is ink; rows of letters have gaps between them
_THIN_SHARE = 0.7  # of a rule's length, along which it is thin: the others cross writing
_SMOOTH = 4  # rows above and below, over which a rule does not tremble

Rule = tuple[float, float, float, float]
"""Where it begins along itself, where it stands across itself there, and the same of its end."""

Band = tuple[float, float, float, float, float]
"""Left, top, right and bottom of a line of writing, and its height."""


@dataclass(frozen=True, slots=True)
class DrawnRules:
    """The rules of a page, or the straight pieces of those that are bent, in pixels of the page.

    Attributes:
        level: left, the height there, right, the height there.
        upright: top, where it stands there, bottom, where it stands there.
        columns: those of the upright ones that keep columns apart: they meet level ones.
        height: the usual one of a line of writing.
    """

    level: tuple[Rule, ...] = ()
    upright: tuple[Rule, ...] = ()
    columns: tuple[Rule, ...] = ()
    height: float = 0.0

    def boxes(self) -> list[Box]:
        """A thin box along each."""
        half = _HALF * self.height
        return [
            *(
                Box.of_corners([(x1, y1 - half), (x2, y2 - half), (x2, y2 + half), (x1, y1 + half)])
                for x1, y1, x2, y2 in self.level
            ),
            *(
                Box.of_corners([(x1 - half, y1), (x1 + half, y1), (x2 + half, y2), (x2 - half, y2)])
                for y1, x1, y2, x2 in self.upright
            ),
        ]


def find_rules(pixels: NDArray[np.uint8], lines: Sequence[DetectedLine]) -> DrawnRules:
    """Finds the rules of a page.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page, about level.
        lines: of writing, in pixels of the page.
    """
    if not lines:
        return DrawnRules()
    height = float(np.median([line.height for line in lines]))
    scale = min(1.0, _HEIGHT / height, _LONGEST / max(pixels.shape))
    grey = _reduced(pixels, scale)
    # In pixels of the small picture from here on.
    unit = height * scale
    bands = [_band(line, scale) for line in lines]
    level = [
        (left, start, right, end)
        for left, start, right, end in _level(grey, unit, _SHORTEST_LEVEL)
        if right - left
        >= _SHORTEST_LEVEL * _height_at((left + right) / 2, (start + end) / 2, bands, unit)
    ]
    upright, columns = [], []
    for rule in _level(np.ascontiguousarray(grey.T), unit, _SHORTEST_UPRIGHT):
        top, start, bottom, end = rule
        height_here = _height_at((start + end) / 2, (top + bottom) / 2, bands, unit)
        if bottom - top < _SHORTEST_UPRIGHT * height_here:
            continue
        met = sum(_meet(rule, other, _TOUCHES * unit) for other in level)
        is_long = bottom - top >= _FREE * height_here
        if met or is_long:
            upright.append(rule)
        if met > 1 or (met and is_long):
            columns.append(rule)
    # A short one by itself is a stroke of writing, or underlines a word.
    level = [
        rule
        for rule in level
        if rule[2] - rule[0] >= _ALONE * unit
        or any(_meet(other, rule, _TOUCHES * unit) for other in upright)
    ]
    return DrawnRules(
        level=_enlarged(level, 1 / scale),
        upright=_enlarged(upright, 1 / scale),
        columns=_enlarged(columns, 1 / scale),
        height=height,
    )


def _band(line: DetectedLine, scale: float) -> Band:
    """A line in the small picture."""
    x, y = (line.corners * scale).T.tolist()
    return min(x), min(y), max(x), max(y), line.height * scale


def _height_at(x: float, y: float, bands: Sequence[Band], unit: float) -> float:
    """The height of the writing at a point, if it is larger than is usual.

    Where some letters are much larger than most, their strokes are as long as rules of the others.
    """
    here = [
        height
        for left, top, right, bottom, height in bands
        if left <= x <= right and top <= y <= bottom
    ]
    return max([unit, *here])


def _enlarged(rules: Sequence[Rule], times: float) -> tuple[Rule, ...]:
    return tuple((a * times, b * times, c * times, d * times) for a, b, c, d in rules)


def without_columns(pixels: NDArray[np.uint8], rules: DrawnRules) -> NDArray[np.uint8]:
    """The page without the rules between columns, which are read as letters: ``|``, ``l``, ``/``.

    What lies beside a rule is drawn on over it, row by row, so that a stroke across it stays.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        rules: of the page.

    Returns:
        The page; a copy if there are such rules.
    """
    if not rules.columns:
        return pixels
    painted = pixels.copy()
    half = max(1, round(_PAINTED * rules.height))
    reach = max(1, round(_BEND * rules.height))
    for top, start, bottom, end in rules.columns:
        rows = np.arange(max(0, round(top)), min(len(pixels), round(bottom)))
        x = start + (rows + 0.5 - top) * (end - start) / max(bottom - top, 1.0)
        middles = _darkest(pixels, rows, np.round(x).astype(np.int64), reach)
        columns = middles[:, None] + np.arange(-half, half + 1)
        share = np.linspace(0, 1, columns.shape[1])
        if pixels.ndim == 3:
            share = share[:, None]
        last = pixels.shape[1] - 1
        before, after = (
            pixels[rows, np.clip(columns[:, side] + beside, 0, last)][:, None].astype(np.float64)
            for side, beside in ((0, -1), (-1, 1))
        )
        drawn = before * (1 - share) + after * share
        painted[rows[:, None], np.clip(columns, 0, last)] = drawn.round().astype(np.uint8)
    return painted


def _darkest(
    pixels: NDArray[np.uint8], rows: NDArray[np.int64], x: NDArray[np.int64], reach: int
) -> NDArray[np.int64]:
    """Where a rule that trembles stands in each row, near to where it should."""
    columns = np.clip(x[:, None] + np.arange(-reach, reach + 1), 0, pixels.shape[1] - 1)
    seen = pixels[rows[:, None], columns].astype(np.int64)
    seen = seen.sum(axis=2) if seen.ndim == 3 else seen
    # Light on dark it may be the brightest as well: what is farthest from the others.
    off = np.abs(seen - np.median(seen, axis=1, keepdims=True))
    found = x + off.argmax(axis=1) - reach
    beside = np.pad(found, _SMOOTH, mode="edge")
    runs = np.lib.stride_tricks.sliding_window_view(beside, 2 * _SMOOTH + 1)
    return np.asarray(np.median(runs, axis=1).round(), np.int64)


def _reduced(pixels: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if scale < 1:
        size = [max(1, round(side * scale)) for side in grey.shape[::-1]]
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return np.asarray(grey, np.uint8)


def _level(grey: NDArray[np.uint8], unit: float, shortest: float) -> list[Rule]:
    """The level rules of a picture: left, the height there, right, the height there."""
    thickest = max(3, round(_THICKEST * unit)) | 1
    thin = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((thickest, 1), np.uint8))
    least = max(_FEWEST_LEVELS, _CONTRAST * float(np.percentile(thin[::4, ::4], 99)))
    dark = (thin >= least).astype(np.uint8)
    # A rule that climbs stays in a band that is a little higher than itself.
    gap = max(1, round(_GAP * unit))
    band = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    band = cv2.morphologyEx(band, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    run = cv2.morphologyEx(band, cv2.MORPH_OPEN, np.ones((1, max(3, round(_RUN * unit))), np.uint8))
    if not run.any():
        return []
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        run, 8, cv2.CV_32S, cv2.CCL_BBDT
    )
    rules: list[Rule] = []
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


def _followed(piece: NDArray[np.bool_], unit: float) -> Iterator[Rule]:
    """Follows a rule from its left end; one that is bent comes in straight pieces."""
    counts = piece.sum(axis=0)
    thin = counts <= _THICKEST * unit + 2
    if thin.mean() < _THIN_SHARE:
        return
    columns = np.flatnonzero(thin)
    rows = np.arange(len(piece))[:, None]
    middles = (piece * rows).sum(axis=0)[columns] / counts[columns] + 0.5
    yield from _straight(columns.astype(np.float64), middles, unit)


def _straight(x: NDArray[np.float64], y: NDArray[np.float64], unit: float) -> Iterator[Rule]:
    if len(x) < 2:
        return
    middle_x, middle_y = float(x.mean()), float(y.mean())
    beside = x - middle_x
    slope = float(beside @ (y - middle_y)) / max(float(beside @ beside), 1e-9)
    start = middle_y - slope * middle_x
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


def _meet(upright: Rule, level: Rule, reach: float) -> bool:
    """Whether an upright rule begins or ends at a level one, or crosses it."""
    top, start, bottom, end = upright
    left, begin, right, last = level
    x = (start + end) / 2
    y = begin + (last - begin) * (x - left) / max(right - left, 1.0)
    return left - reach <= x <= right + reach and top - reach <= y <= bottom + reach
