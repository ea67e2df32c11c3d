"""Check boxes, taken off lines before they are read; in the middle of a line they are painted over.

Between words a box is read as a letter or a digit, and may take the word beside it along. A line is
looked over in a small picture; what may be a box there, and stands apart from all other ink, is
looked at as `marks` looks at the beginning of a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import straightened
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.ink import ink_of
from notetext.engines.local.marks import CheckBox, mark_at_start, without_boxes
from notetext.model import MarkShape

_HEIGHT = 48  # pixels of the small picture
# In heights of the line:
_LEAST_SIDE, _MOST_SIDE = 0.2, 0.95
_APART = 0.1  # from other ink, on either side
_BEFORE = 1.6  # how far before a line its box is looked for
_MOST_PIECE = 1.3  # of a box's width, of what is but a piece of it
_AROUND = 0.08  # painted over beside it
_PROPORTIONS = (0.6, 1.7)  # of what may be a box; a tick may stick out
_LEAST_FILL = 0.8  # of the rectangle around it, by the hull


def without_check_boxes(
    pixels: NDArray[np.uint8], lines: Sequence[DetectedLine]
) -> tuple[NDArray[np.uint8], list[DetectedLine], list[CheckBox]]:
    """Takes the boxes off the beginnings of lines, and paints over those within.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        lines: in pixels of the page.

    Returns:
        The page, the lines, and all boxes.
    """
    rest, first = without_boxes(pixels, lines)
    if first:
        rest, before = _without_boxes_before(pixels, rest, first)
        rest = [line for line in rest if not any(_is_piece_of(box, line) for box in before)]
        first += before
    painted, inner = without_inner_boxes(pixels, rest)
    return painted, rest, [*first, *inner]


def _without_boxes_before(
    pixels: NDArray[np.uint8], lines: Sequence[DetectedLine], known: Sequence[CheckBox]
) -> tuple[list[DetectedLine], list[CheckBox]]:
    """Takes off the boxes before which lines were not found to begin, as those of empty ones may.

    A line may begin within its box, whose last side is then no letter of it.
    """
    middles = [box.place.to_page([(box.place.width / 2, 0)])[0] for box in known]
    rest: list[DetectedLine] = []
    boxes: list[CheckBox] = []
    for line in lines:
        added = _BEFORE * line.height
        longer = line.begun_sooner(added)
        mark = mark_at_start(pixels, longer)
        if mark is None or mark.shape is not MarkShape.BOX or mark.start >= added:
            rest.append(line)
            continue
        place = longer.part(mark.start, mark.end)
        middle = place.to_page([(place.width / 2, 0)])[0]
        if any(np.linalg.norm(middle - other) <= line.height / 2 for other in middles):
            rest.append(line)
            continue
        boxes.append(CheckBox(place, mark.is_ticked))
        rest.append(longer.part(mark.end, longer.width) if mark.end > added else line)
    return rest, boxes


def _is_piece_of(box: CheckBox, line: DetectedLine) -> bool:
    """Whether what was found as a line is a side or two of a box."""
    middle, center = (one.to_page([(one.width / 2, 0)])[0] for one in (line, box.place))
    away = float(np.linalg.norm(middle - center))
    return away <= box.place.width / 2 and line.width <= _MOST_PIECE * box.place.width


def without_inner_boxes(
    pixels: NDArray[np.uint8], lines: Sequence[DetectedLine]
) -> tuple[NDArray[np.uint8], list[CheckBox]]:
    """Paints over the boxes that stand between the words of lines, or after them.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        lines: in pixels of the page.

    Returns:
        The page, a copy if there are boxes, and the boxes.
    """
    painted = pixels
    boxes: list[CheckBox] = []
    for line in lines:
        for box, outline, paper in _boxes_in(pixels, line):
            if painted is pixels:
                painted = pixels.copy()
            boxes.append(box)
            cv2.fillPoly(painted, [outline], paper)
    return painted, boxes


def _boxes_in(
    pixels: NDArray[np.uint8], line: DetectedLine
) -> Iterator[tuple[CheckBox, NDArray[np.int32], Sequence[float]]]:
    """The boxes of a line, what is to be painted over, and the colour of the paper."""
    if line.width < 2 * line.height or line.is_sideways:
        return
    scale = line.height / _HEIGHT
    seen = straightened(pixels, line, (max(1, round(line.width / scale)), _HEIGHT))
    ink = ink_of(seen)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    outlines, tree = cv2.findContours(closed, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    parents = [] if tree is None else tree[0, :, 3].tolist()
    for index, outline in enumerate(outlines):
        left, top, width, height = cv2.boundingRect(outline)
        if parents[index] >= 0 or not _is_squarish(width, height):  # a hole, or no box
            continue
        holes = [outlines[hole] for hole, parent in enumerate(parents) if parent == index]
        if not _may_be_box(outline, holes):
            continue
        if not _stands_apart(ink, outline):
            continue
        start = line.part((left - _APART * _HEIGHT / 2) * scale, line.width)
        mark = mark_at_start(pixels, start)
        if mark is None or mark.shape is not MarkShape.BOX or mark.start > _APART * line.height:
            continue
        # A thin side may be missing in the small picture, but nothing else stands so near.
        around = _AROUND * _HEIGHT
        upper, lower = top - around - _HEIGHT / 2, top + height + around - _HEIGHT / 2
        first, last = left - around, left + width + around
        corners = ((first, upper), (last, upper), (last, lower), (first, lower))
        on_page = np.round(line.to_page([(x * scale, y * scale) for x, y in corners]))
        paper = np.median(seen[ink == 0], axis=0)
        yield (
            CheckBox(start.part(mark.start, mark.end), mark.is_ticked),
            on_page.astype(np.int32),
            np.atleast_1d(paper).tolist(),
        )


def _may_be_box(outline: cv2.typing.MatLike, holes: Sequence[cv2.typing.MatLike]) -> bool:
    """Whether something about as wide as high, or what it encloses, is full."""
    # A cross leaves hardly a hole in a small box, and a tick sticks out of one.
    return _is_full(outline) or (len(holes) > 0 and _is_full(np.concatenate(holes)))


def _is_full(points: cv2.typing.MatLike) -> bool:
    width, height = cv2.boundingRect(points)[2:]
    hull = cv2.contourArea(cv2.convexHull(points))
    return _is_squarish(width, height) and hull >= _LEAST_FILL * (width - 1) * (height - 1)


def _is_squarish(width: int, height: int) -> bool:
    sides = sorted((width, height))
    return bool(
        sides[0] >= _LEAST_SIDE * _HEIGHT
        and sides[1] <= _MOST_SIDE * _HEIGHT
        and _PROPORTIONS[0] <= width / height <= _PROPORTIONS[1]
    )


def _stands_apart(ink: NDArray[np.uint8], outline: cv2.typing.MatLike) -> bool:
    """Whether no other ink is beside something, at its own height."""
    left, top, width, height = cv2.boundingRect(outline)
    apart = round(_APART * _HEIGHT)
    first = max(0, left - apart)
    rest = ink[top : top + height, first : left + width + apart].copy()
    cv2.drawContours(rest, [outline - (first, top)], 0, 0, cv2.FILLED)
    cv2.drawContours(rest, [outline - (first, top)], 0, 0, 3)
    return not rest.any()
