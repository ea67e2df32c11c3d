"""Which lines of a text were ended on purpose, and which flow into the next one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from notetext.model import LinePart

# A gap between words, and what a ragged right edge may lack, as shares of a line's height.
_GAP = 0.3
_SLACK = 0.5
# Characters of the longest line: paper that is so narrow, or so little on it, is a list, a verse or
# an address sooner than running text.
_NARROW = 22


@dataclass(frozen=True, slots=True)
class FlowingLine:
    """A written line: its text, and whether it was ended on purpose."""

    text: str
    stays: bool


def flowing_lines(parts: Sequence[LinePart], marker: str = "") -> list[FlowingLine]:
    """The lines of running text or an item, but for empty ones.

    A line that ends although the next word would still have fitted was ended on purpose.

    Args:
        parts: the lines.
        marker: that the first begins with, and that is no part of the text.
    """
    lines = [part for part in parts if part.text.strip()]
    if marker and len(lines) > 1 and lines[0].text.strip() == marker:
        # A bullet that was found by itself, a little higher than its line.
        lines, marker = lines[1:], ""
    rooms = _rooms(lines)
    stays = [_needed(line) <= room for line, room in zip(lines[1:], rooms, strict=False)]
    texts = [" ".join(line.text.split()) for line in lines]
    if texts:
        texts[0] = texts[0].removeprefix(marker).lstrip()
    return [FlowingLine(text, stay) for text, stay in zip(texts, [*stays, False], strict=False)]


def paragraph_lines(parts: Sequence[LinePart]) -> list[FlowingLine]:
    """The lines of a paragraph; short ones stay, however full they are.

    Args:
        parts: the lines.
    """
    lines = flowing_lines(parts)
    if max((len(line.text) for line in lines), default=0) > _NARROW:
        return lines
    return [FlowingLine(line.text, stays=line is not lines[-1]) for line in lines]


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
    word = line.words[0].box
    if word is None:
        return math.inf
    left_top, right_top, _, left_bottom = word.corners
    return math.dist(left_top, right_top) + (_GAP + _SLACK) * math.dist(left_top, left_bottom)
