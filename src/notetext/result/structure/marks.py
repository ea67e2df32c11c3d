"""Which line a drawn mark belongs to: the line that it stands before, or after."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notetext.model import Box, LeftOut, LeftOutReason, MarkShape
from notetext.result.structure.markers import Marker, Style, circled, sign_of
from notetext.result.structure.rows import Row

# In heights of the line:
_OFF = 0.6  # how far a mark's middle may stand off that of its line
_FAR = 2.5  # how far from the words
_BULLETS = {MarkShape.CIRCLE: "○", MarkShape.DOT: "•", MarkShape.STAR: "*"}


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A mark on a line.

    Attributes:
        marker: what it means.
        before: the number of the word that it stands before, in its line; of one behind all
            words, how many there are.
    """

    marker: Marker
    before: int


def marks_of(
    rows: Sequence[Row], left_out: Iterable[LeftOut], angle: float
) -> dict[int, list[DrawnMark]]:
    """The drawn marks of each line, by the line's number, from left to right.

    Args:
        rows: of a page.
        left_out: of the page; the marks among it whose shape is known count.
        angle: by how much lines slope, in radians, clockwise.
    """
    found: defaultdict[int, list[DrawnMark]] = defaultdict(list)
    for piece in left_out:
        if piece.reason is not LeftOutReason.MARK or piece.shape is None or piece.box is None:
            continue
        left, middle, right = _level(piece.box, angle)
        row = _row_beside(rows, left, middle, right)
        if row is not None and row.place is not None:
            before = sum(span.left + span.right < left + right for span in row.place.spans)
            if len(row.place.spans) != len(row.line.words):
                before = 0 if left < row.place.left else len(row.line.words)
            marker = _marker(piece, piece.shape, piece.box, left)
            found[row.number].append(DrawnMark(marker, before))
    for marks in found.values():
        marks.sort(key=lambda mark: mark.marker.left or 0.0)
    return found


def _marker(piece: LeftOut, shape: MarkShape, box: Box, left: float) -> Marker:
    if piece.number is not None:
        sign = circled(piece.number)
        return Marker(Style.NUMBER, sign, piece.number, drawn=box, left=left)
    if shape is not MarkShape.BOX:
        return Marker(Style.BULLET, _BULLETS[shape], drawn=box, left=left)
    ticked = piece.is_ticked
    return Marker(Style.TASK, sign_of(ticked), done=ticked, drawn=box, left=left)


def _level(box: Box, angle: float) -> tuple[float, float, float]:
    """Where a mark begins, how high its middle stands, and where it ends, on the level page."""
    cos, sin = math.cos(-angle), math.sin(-angle)
    along = [x * cos - y * sin for x, y in box.corners]
    across = [x * sin + y * cos for x, y in box.corners]
    return min(along), sum(across) / 4, max(along)


def _row_beside(rows: Sequence[Row], left: float, middle: float, right: float) -> Row | None:
    """The line that a mark stands on; one that it stands before rather than one behind it."""
    best: tuple[float, Row] | None = None
    for row in rows:
        place = row.place
        if place is None:
            continue
        # A line of a hand climbs or falls by itself: its height is asked at the near end.
        is_before = left + right < 2 * place.left
        y = place.start_y if is_before else place.end_y if left > place.right else place.y
        height = place.height or 1.0
        off = abs(middle - y) / height
        gap = max(place.left - right, left - place.right, 0.0) / height
        if off > _OFF or gap > _FAR:
            continue
        cost = 2 * off + gap + (0.0 if is_before else 0.5)
        if best is None or cost < best[0]:
            best = cost, row
    return None if best is None else best[1]
