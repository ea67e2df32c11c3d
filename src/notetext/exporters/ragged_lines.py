"""Which lines of a text were ended on purpose, and which flow into the next one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from notetext.exporters.runs import Run, plain, runs_of, without_marker
from notetext.model import LinePart, standing

# A gap between words, and what a ragged right edge may lack, as shares of a line's height.
_GAP = 0.3
_SLACK = 0.5
# Characters of the longest line: paper that is so narrow, or so little on it, is a list, a verse or
# an address sooner than running text.
_NARROW = 22


@dataclass(frozen=True, slots=True)
class FlowingLine:
    """A written line.

    Attributes:
        runs: what is written, words that are struck out apart from those that stand.
        stays: whether it was ended on purpose.
    """

    runs: tuple[Run, ...]
    stays: bool


def flowing_lines(parts: Sequence[LinePart], marker: str = "") -> list[FlowingLine]:
    """The lines of running text or an item, but for empty ones.

    A line that ends although the next word would still have fitted was ended on purpose.

    Args:
        parts: the lines.
        marker: that the first begins with, and that is no part of the text.
    """
    lines = [part for part in parts if runs_of(part.words)]
    if marker and len(lines) > 1 and lines[0].text.strip() == marker:
        # A bullet that was found by itself, a little higher than its line.
        lines, marker = lines[1:], ""
    rooms = _rooms(lines)
    stays = [_needed(line) <= room for line, room in zip(lines[1:], rooms, strict=False)]
    written = [runs_of(line.words) for line in lines]
    written[:1] = [without_marker(runs, marker) for runs in written[:1]]
    return [
        FlowingLine(tuple(runs), stay) for runs, stay in zip(written, [*stays, False], strict=False)
    ]


def paragraph_lines(parts: Sequence[LinePart]) -> list[FlowingLine]:
    """The lines of a paragraph; short ones stay, however full they are.

    Args:
        parts: the lines.
    """
    lines = flowing_lines(parts)
    if max((len(plain(line.runs)) for line in lines), default=0) > _NARROW:
        return lines
    return [FlowingLine(line.runs, stays=line is not lines[-1]) for line in lines]


def _rooms(lines: Sequence[LinePart]) -> list[float]:
    """The blank paper between each line's end and the farthest end of any, in pixels."""
    boxes = [box for line in lines if (box := line.box) is not None]
    if not lines or len(boxes) < len(lines):
        return [0.0] * len(lines)
    (x1, y1), (x2, y2) = boxes[0].corners[:2]
    angle = math.atan2(y2 - y1, x2 - x1)
    ends = [x * math.cos(angle) + y * math.sin(angle) for x, y in (box.corners[1] for box in boxes)]
    return [max(ends) - end for end in ends]


def _needed(line: LinePart) -> float:
    """The paper that a line's first word takes at the end of another, in pixels."""
    word = (standing(line.words) or line.words)[0].box
    if word is None:
        return math.inf
    left_top, right_top, _, left_bottom = word.corners
    return math.dist(left_top, right_top) + (_GAP + _SLACK) * math.dist(left_top, left_bottom)
