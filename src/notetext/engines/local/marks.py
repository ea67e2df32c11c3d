"""Check boxes, and bullets drawn as boxes or circles: told from letters by their shape.

A box has four straight sides about equally long that meet in four corners; what stands in it, a
tick or a cross, does not matter. No letter of the Latin script is like that; characters of others
are. A circle may be an O or a nought: it is a bullet only where the lines of a list begin with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import straightened
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.ink import ink_of
from notetext.model import MarkShape

# Everything is measured in a picture of the line's beginning of this height, in pixels.
_HEIGHT = 96
_LOOKED_AT = 2.0  # heights of the line, from its start
_LEAST_SIDE, _MOST_SIDE = 0.2, 0.9  # of the line's height, inside of the box
_PROPORTIONS = (0.7, 1.43)
_GAP = 3  # pixels that a side may leave open
_LEAST_HOLE = 0.01  # of the box's area
_LEAST_OPEN = 0.05  # of each row and column of what is inside
_LEAST_FILL = 0.88  # of the rectangle around it; circles reach 0.79
_LEAST_FILLED = 0.3  # of the line's height, a box full of ink; blots of unsharp letters are smaller
_LEAST_BLUNT = 0.84  # of the rectangle around it: a pen's corners are blunt
_LEAST_FULL = 0.7  # of it, that is ink; beside the sides a pen may leave paper
_SIDE = 0.15  # of what a box encloses, along its sides: there a crooked side may stand
_LEAST_TICK = 0.04  # of what it encloses otherwise: so much ink is more than dust
_WOBBLE = 0.05  # of the box's side
_STRAIGHT_SHARE = 0.85  # of each side
_LEAST_ROUND = 0.82  # a circle's shorter axis, of the longer one
_LEAST_CIRCLE = 0.82  # of the area of the circle around it
_LEAST_OUTLINE = 12  # pixels that an outline must have to be told a circle
_BESIDE = 0.04  # of the line's height, beside a box that still belong to it
_LEAST_REST = 0.3  # of the line's height, of what can be writing after a box
_LEAST_CONTRAST = 25  # grey levels between ink and paper


@dataclass(frozen=True, slots=True)
class Mark:
    """A check box or a circle at the beginning of a line.

    Attributes:
        shape: of the mark.
        start: pixels along the line where it begins.
        end: pixels along the line where it ends.
        is_ticked: whether something stands in it.
    """

    shape: MarkShape
    start: float
    end: float
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A check box on a page.

    Attributes:
        place: the part of its line that it takes.
        is_ticked: whether something stands in it.
    """

    place: DetectedLine
    is_ticked: bool


def mark_at_start(pixels: NDArray[np.uint8], line: DetectedLine) -> Mark | None:
    """Finds a check box or a circle with which a line begins.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        line: in pixels of the page.

    Returns:
        The mark, or ``None`` if the line begins with something else.
    """
    start = line.part(0, _LOOKED_AT * line.height)
    image = _drawn(pixels, start)
    found = _first_mark(image)
    if found is None:
        return None
    scale = start.width / image.shape[1]
    return replace(found, start=found.start * scale, end=found.end * scale)


def without_boxes(
    pixels: NDArray[np.uint8], lines: Sequence[DetectedLine]
) -> tuple[list[DetectedLine], list[CheckBox]]:
    """Takes the boxes off the beginnings of lines, before they are read as letters.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        lines: in pixels of the page.

    Returns:
        The lines without their boxes, and the boxes; a piece that is but a box is no line any more.
    """
    rest: list[DetectedLine] = []
    boxes: list[CheckBox] = []
    for line in lines:
        mark = mark_at_start(pixels, line)
        if mark is None or mark.shape is not MarkShape.BOX:
            rest.append(line)
            continue
        boxes.append(CheckBox(line.part(mark.start, mark.end), mark.is_ticked))
        end = mark.end + _BESIDE * line.height
        if line.width - end >= _LEAST_REST * line.height:
            rest.append(line.part(end, line.width))
    return rest, boxes


def _drawn(pixels: NDArray[np.uint8], line: DetectedLine) -> NDArray[np.uint8]:
    """A line in its own proportions, grey, `_HEIGHT` pixels high."""
    columns, rows = max(1, round(line.width)), max(1, round(line.height))
    natural = straightened(pixels, line, (columns, rows))
    if natural.ndim == 3:
        natural = np.asarray(cv2.cvtColor(natural, cv2.COLOR_RGB2GRAY), np.uint8)
    method = cv2.INTER_AREA if rows > _HEIGHT else cv2.INTER_CUBIC
    width = max(1, round(columns * _HEIGHT / rows))
    return np.asarray(cv2.resize(natural, (width, _HEIGHT), interpolation=method), np.uint8)


def _first_mark(image: NDArray[np.uint8]) -> Mark | None:
    """A mark that comes before all other ink, in columns of the picture."""
    ink = _ink(image)
    if ink is None:
        return None
    # A pen does not always close its corners.
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((_GAP, _GAP), np.uint8))
    outlines, tree = cv2.findContours(closed, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    for index, outline in sorted(enumerate(outlines), key=lambda pair: pair[1][..., 0].min()):
        if tree[0][index][3] >= 0:  # a hole
            continue
        left, _, width, height = cv2.boundingRect(outline)
        if min(width, height) < _LEAST_SIDE * _HEIGHT:
            continue
        holes = [outlines[hole] for hole in range(len(outlines)) if tree[0][hole][3] == index]
        if _is_circle(outline, holes):
            return Mark(MarkShape.CIRCLE, left, left + width, is_ticked=False)
        inside = _inside(holes, closed.shape)
        if inside is not None:
            x, _, wide, _ = inside
            end = min(left + width, x + wide + max(1, x - left))
            return Mark(MarkShape.BOX, left, end, _is_ticked(ink, inside))
        if _is_filled_box(ink, outline):
            return Mark(MarkShape.BOX, left, left + width, is_ticked=True)
        return None  # the line begins with something else
    return None


def _is_ticked(ink: NDArray[np.uint8], inside: tuple[int, int, int, int]) -> bool:
    """Whether ink stands in what a box encloses, away from its sides."""
    left, top, width, height = inside
    beside, above = round(_SIDE * width), round(_SIDE * height)
    middle = ink[top + above : top + height - above, left + beside : left + width - beside]
    return bool(middle.size and middle.mean() >= 255 * _LEAST_TICK)


def _is_filled_box(ink: NDArray[np.uint8], outline: cv2.typing.MatLike) -> bool:
    """Whether something is a square full of ink."""
    left, top, width, height = cv2.boundingRect(outline)
    if min(width, height) < _LEAST_FILLED * _HEIGHT or max(width, height) > _MOST_SIDE * _HEIGHT:
        return False
    whole = np.zeros_like(ink)
    cv2.drawContours(whole, [outline], 0, 255, cv2.FILLED)
    square = whole[top : top + height, left : left + width] > 0
    within = ink[top : top + height, left : left + width][square]
    return bool(
        _PROPORTIONS[0] <= width / height <= _PROPORTIONS[1]
        and square.mean() >= _LEAST_BLUNT
        and within.mean() >= 255 * _LEAST_FULL
        and all(_is_straight(np.rot90(square, turn)) for turn in range(4))
    )


def _inside(
    holes: Sequence[cv2.typing.MatLike], shape: Sequence[int]
) -> tuple[int, int, int, int] | None:
    """What a box encloses: left, top, width, height; ``None`` if it is no box."""
    filled = np.zeros(shape, np.uint8)
    least = _LEAST_HOLE * (_LEAST_SIDE * _HEIGHT) ** 2
    cv2.drawContours(filled, [hole for hole in holes if cv2.contourArea(hole) > least], -1, 255, -1)
    points = cv2.findNonZero(filled)
    if points is None:
        return None
    if _has_bar(filled):
        return None
    # A tick or a cross parts it.
    whole = cv2.fillConvexPoly(filled, cv2.convexHull(points), 255)
    left, top, width, height = cv2.boundingRect(whole)
    if not (width and height and _PROPORTIONS[0] <= width / height <= _PROPORTIONS[1]):
        return None
    if not _LEAST_SIDE * _HEIGHT <= min(width, height) <= _MOST_SIDE * _HEIGHT:
        return None
    square = whole[top : top + height, left : left + width] > 0
    is_box = square.mean() >= _LEAST_FILL and all(
        _is_straight(np.rot90(square, turn)) for turn in range(4)
    )
    return (left, top, width, height) if is_box else None


def _is_circle(outline: cv2.typing.MatLike, holes: Sequence[cv2.typing.MatLike]) -> bool:
    """Whether an outline with one hole is as round outside as inside."""
    if len(holes) != 1 or len(holes[0]) < _LEAST_OUTLINE:
        return False
    ratios = [
        min(axes) / max(axes) for axes in (cv2.fitEllipse(outline)[1], cv2.fitEllipse(holes[0])[1])
    ]
    area = cv2.contourArea(cv2.convexHull(outline))
    _, radius = cv2.minEnclosingCircle(outline)
    return min(ratios) >= _LEAST_ROUND and area >= _LEAST_CIRCLE * np.pi * radius**2


def _has_bar(holes: NDArray[np.uint8]) -> bool:
    """Whether an upright or level stroke parts the holes, as in m and B; ticks and crosses lean."""
    left, top, width, height = cv2.boundingRect(holes)
    middle = holes[top + height // 5 : top + height - height // 5]
    middle = middle[:, left + width // 5 : left + width - width // 5]
    if not middle.size:
        return True
    least = 255 * _LEAST_OPEN
    return bool(min(middle.mean(axis=0).min(), middle.mean(axis=1).min()) < least)


def _is_straight(square: NDArray[np.bool_]) -> bool:
    """Whether the upper side of something filled is straight, but for the very corners."""
    height, width = square.shape
    top = np.where(square.any(axis=0), square.argmax(axis=0), height).astype(np.float64)
    corner = round(0.08 * width)
    x = np.arange(width, dtype=np.float64)[corner : width - corner]
    top = top[corner : width - corner]
    off = np.abs(top - np.polyval(np.polyfit(x, top, 1), x))
    return bool(np.quantile(off, _STRAIGHT_SHARE) <= _WOBBLE * min(height, width))


def _ink(image: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The ink of a picture, 255 on 0; ``None`` if there is hardly any."""
    ink = ink_of(image)
    is_ink = ink > 0
    if is_ink.all() or not is_ink.any():
        return None
    contrast = abs(float(image[is_ink].mean()) - float(image[~is_ink].mean()))
    return ink if contrast >= _LEAST_CONTRAST else None
