"""From a map of probabilities to written lines.

The method is DB (Liao et al., "Real-time Scene Text Detection with Differentiable Binarization",
AAAI 2020): a network gives for each pixel the probability that it belongs to the shrunken core of
a line of text, and the cores are grown back to the text's size. DB outlines a core with a
rectangle. A core of handwriting bends with its line and bulges where a descender is long, and a
rectangle around it would be as high as two lines. So a core is traced instead: its axis is a curve
through the parts of usual thickness, and the thickness there gives the height of the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.bridges import parted
from notetext.engines.local.detected_line import DetectedLine

_CORE = 0.3  # a pixel's probability from which it belongs to a core, from the paper
_LEAST_SCORE = 0.5  # the least mean probability of a line
_GROWTH = 2.0  # area × growth / circumference is how far a core grows on each side
_SMALLEST_SIDE = 3  # pixels of the map; less is dirt

_SIDEWAYS = 3.0
"""How many times higher than wide the core of a piece is that was written sideways; those of single
letters and digits stay below."""

_BULGE = 1.35  # of the usual thickness; what is thicker does not tell where the axis runs
_BULGE_WEIGHT = 0.02
_BENDS = ((0.7, 0), (4.0, 1), (8.0, 2), (float("inf"), 3))
"""Up to so many line heights of length: the degree of the axis."""
_REFITS = 4
_OFF_AXIS = 0.25  # of the thickness; what lies farther off counts for less

_SAME_WRITING = (0.6, 1.6)  # of the usual height; what is not between is another size of writing
_EVENING = 0.6  # 0: each line has its own height; 1: all have the page's usual one


def lines_of_map(probability: NDArray[np.float32]) -> list[DetectedLine]:
    """Traces the text in a map of probabilities.

    Args:
        probability: H×W, 0 to 1, of each pixel being in the core of a line of text.

    Returns:
        The lines in pixels of the map, grown to the size of the text.
    """
    # Growing the cores by a pixel first joins what a thin stroke holds together.
    cores = cv2.dilate((probability > _CORE).astype(np.uint8), np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cores, connectivity=8)
    lines = []
    for label in range(1, count):
        left, top, width, height = (int(value) for value in stats[label, :4])
        window = slice(top, top + height), slice(left, left + width)
        for inside in parted(labels[window] == label):
            score = float(probability[window][inside].mean())
            if score >= _LEAST_SCORE:
                traced = _traced(inside, (left, top), score)
                if traced is not None:
                    lines.append(traced)
    return _evened(lines)


@dataclass(frozen=True, slots=True)
class _Profile:
    """A core, column by column, in coordinates that run along it."""

    x: NDArray[np.float64]
    middle: NDArray[np.float64]
    thickness: NDArray[np.float64]

    @property
    def usual_thickness(self) -> float:
        return float(np.median(self.thickness))

    @property
    def length(self) -> float:
        return float(self.x[-1] - self.x[0]) + 1


def _traced(core: NDArray[np.bool_], corner: tuple[int, int], score: float) -> DetectedLine | None:
    """A line from its core; ``None`` if the core is but dirt.

    Args:
        core: the pixels of the core in the rectangle around it.
        corner: column and row in the map of the rectangle's top left pixel.
        score: of the line.
    """
    centre, sides, angle = cv2.minAreaRect(_ends_of_rows(core) + np.array(corner, np.int32))
    if min(sides) < _SMALLEST_SIDE:
        return None
    along = _direction(np.asarray(cv2.boxPoints((centre, sides, angle)), np.float64))
    across = np.array([-along[1], along[0]])
    origin = np.asarray(centre, np.float64)
    rows, columns = np.nonzero(core)
    points = np.stack([columns, rows], axis=1) + np.array(corner)
    profile = _profile((points - origin) @ along, (points - origin) @ across)
    curve = _axis(profile)
    thickness, length = profile.usual_thickness, profile.length
    growth = length * thickness * _GROWTH / (2 * (length + thickness))
    ends = profile.x[0] - 0.5 - growth, profile.x[-1] + 0.5 + growth
    x = np.linspace(*ends, max(2, round((ends[1] - ends[0]) / max(thickness, 1.0)) + 1))
    # The map's pixels have their centres at whole numbers, ours at halves.
    axis = origin + 0.5 + np.outer(x, along) + np.outer(np.polyval(curve, x), across)
    return DetectedLine(axis, thickness + 2 * growth, score)


def _ends_of_rows(core: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The first and the last pixel of each row: what a rectangle around must hold."""
    rows, width = np.arange(len(core)), core.shape[1]
    first, last = core.argmax(axis=1), width - 1 - core[:, ::-1].argmax(axis=1)
    ends = np.stack([np.concatenate([first, last]), np.concatenate([rows, rows])], axis=1)
    return ends.astype(np.int32)


def _direction(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The direction of the writing in a rectangle, of length 1.

    It runs along the most level side, to the right; where the rectangle is far higher than wide, as
    that of a note in the margin that was written with the sheet turned, along the other, upwards.
    """
    sides = np.diff(corners[[0, 1, 2]], axis=0)
    lengths = np.maximum(np.linalg.norm(sides, axis=1, keepdims=True), 1e-9)
    level, steep = sorted((0, 1), key=lambda side: -abs(sides[side, 0] / lengths[side, 0]))
    sides /= lengths
    if lengths[steep, 0] >= _SIDEWAYS * lengths[level, 0]:
        upwards: NDArray[np.float64] = sides[steep] * -np.sign(sides[steep, 1])
        return upwards
    along: NDArray[np.float64] = sides[level]
    return along if along[0] >= 0 else -along


def _profile(x: NDArray[np.float64], y: NDArray[np.float64]) -> _Profile:
    start = x.min()
    column = np.round(x - start).astype(np.intp)
    count = np.bincount(column)
    filled = np.flatnonzero(count)
    thickness = count[filled].astype(np.float64)
    middle = np.bincount(column, y)[filled] / thickness
    return _Profile(filled + start, middle, thickness)


def _axis(profile: _Profile) -> NDArray[np.float64]:
    """The polynomial, highest power first, through the parts of the core that are no bulges."""
    thickness = profile.usual_thickness
    heights = profile.length / max(3 * thickness, 1.0)
    degree = next(degree for most, degree in _BENDS if heights < most)
    degree = min(degree, len(profile.x) - 1)
    usual = np.where(profile.thickness <= _BULGE * thickness, 1.0, _BULGE_WEIGHT)
    # Powers of numbers up to 1 are told apart best.
    reach = max(float(np.abs(profile.x).max()), 1.0)
    powers = np.arange(degree, -1, -1)
    basis = (profile.x / reach)[:, None] ** powers
    weight = usual
    for _ in range(1 + _REFITS):
        weighted = basis * weight[:, None]
        curve = np.linalg.solve(basis.T @ weighted, profile.middle @ weighted)
        off = np.abs(profile.middle - basis @ curve) / (_OFF_AXIS * thickness)
        weight = usual / np.maximum(off, 1.0)
    return np.asarray(curve / reach**powers, np.float64)


def _evened(lines: Sequence[DetectedLine]) -> list[DetectedLine]:
    """Moves the heights towards the page's usual one: a hand writes at one size."""
    if not lines:
        return []
    # A note in the margin may be of another size.
    usual = height_below([line for line in lines if not line.is_sideways] or lines, 0.5)
    least, most = (bound * usual for bound in _SAME_WRITING)
    return [
        replace(line, height=line.height ** (1 - _EVENING) * usual**_EVENING)
        if least < line.height < most
        else line
        for line in lines
    ]


def height_below(lines: Sequence[DetectedLine], share: float) -> float:
    """The height that so much of the writing's length stays below or has; 0.5 is the median."""
    ordered = sorted(lines, key=lambda line: line.height)
    passed = np.cumsum([line.width for line in ordered])
    return ordered[int(np.searchsorted(passed, passed[-1] * share))].height
