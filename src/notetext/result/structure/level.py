"""Fragments of writing as they stand on a page that was turned so that the writing is level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

from notetext.model import Box, Line

_LEAST_ALONG = math.cos(math.radians(45))

# In heights of the writing:
_UNLEVEL = 0.05  # by how much the two ends of a piece are off, for all pieces alike
_SAME_HEIGHT = 0.3  # how far the middles of pieces in one row may be apart
_TURN = 0.1  # the steps in which the page is turned, at the width of the writing
_MOST_OFF = 0.6  # at the width of the writing; with more, a row would fit the next one
_MOST_PIECES = 400  # that are looked at


@dataclass(frozen=True, slots=True)
class Span:
    """Where a word begins and ends on its row, in pixels of the level page."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Fragment:
    """A fragment or a line in level coordinates, with the middle of its two ends.

    It begins and ends where its words do, not where its box does, which is wider.
    """

    line: Line
    spans: tuple[Span, ...]
    left: float
    right: float
    start_y: float
    end_y: float
    height: float

    @property
    def y(self) -> float:
        """The height of its middle."""
        return (self.start_y + self.end_y) / 2

    @property
    def width(self) -> float:
        """From its first word to its last."""
        return self.right - self.left

    @property
    def slope(self) -> float:
        """How much it goes down, in pixels for each pixel to the right."""
        return (self.end_y - self.start_y) / (max(self.width, self.height) or 1.0)


def level(lines: Sequence[Line]) -> list[Fragment]:
    """Turns the page so that the writing is level; the fragments come from left to right."""
    return sorted(
        levelled(lines, level_angle(lines)),
        key=lambda fragment: (fragment.left, fragment.y, fragment.right, fragment.line.text),
    )


def level_angle(lines: Sequence[Line]) -> float:
    """By how much the writing slopes on the page, in radians, clockwise."""
    boxes = [_box(line) for line in lines]
    angle = _main_angle(boxes)
    return angle + _turn_of_rows(boxes, angle)


def levelled(lines: Sequence[Line], angle: float) -> list[Fragment]:
    """Turns lines back by an angle; they come in their order."""
    return [_turned(line, _box(line), -angle) for line in lines]


def turned_aside(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that run as the page does on the whole, and those that run across it."""
    angle = _main_angle([_box(line) for line in lines])
    along: list[Line] = []
    turned: list[Line] = []
    for line in lines:
        is_along = math.cos(_angle(_box(line)) - angle) >= _LEAST_ALONG
        (along if is_along else turned).append(line)
    return along, turned


def _box(line: Line) -> Box:
    boxes = [word.box for word in line.words if word.box is not None]
    if line.box is not None:
        return line.box
    return Box.around(boxes) if boxes else Box.rectangle(0, 0, 0, 0)


def _main_angle(boxes: Sequence[Box]) -> float:
    """The median of the boxes' angles; a long box counts more, as it knows its slope better."""
    weighed = sorted((_angle(box), _length(box)) for box in boxes)
    half = sum(length for _, length in weighed) / 2
    passed = accumulate(length for _, length in weighed)
    return next(
        (angle for (angle, _), upto in zip(weighed, passed, strict=True) if upto >= half), 0.0
    )


def _turn_of_rows(boxes: Sequence[Box], angle: float) -> float:
    """By how much an angle is off, as the rows tell; radians.

    Short pieces, such as an item and its price, do not know how they slope. But turned rightly,
    pieces that stand side by side stand at one height.
    """
    if len(boxes) < 2:
        return 0.0
    boxes = boxes[:: -(-len(boxes) // _MOST_PIECES)]
    cos, sin = math.cos(angle), math.sin(angle)
    height = median(_height(box) for box in boxes) or 1.0
    pieces = []
    for box in boxes:
        x = sum(x for x, _ in box.corners) / 4
        y = sum(y for _, y in box.corners) / 4
        half = _length(box) / 2
        along = x * cos + y * sin
        pieces.append((along - half, along + half, y * cos - x * sin))
    width = max(right for _, right, _ in pieces) - min(left for left, _, _ in pieces)
    length = median(right - left for left, right, _ in pieces)
    if width <= 0 or length <= 0:
        return 0.0
    step = _TURN * height / width
    steps = int(min(_UNLEVEL * height / length, _MOST_OFF * height / width) / step)
    # Of turns that are as good, the least.
    turns = sorted((count * step for count in range(-steps, steps + 1)), key=abs)
    return max(turns, key=lambda turn: _side_by_side(pieces, turn, _SAME_HEIGHT * height))


def _side_by_side(pieces: Sequence[tuple[float, float, float]], turn: float, reach: float) -> float:
    """How well pieces side by side stand at one height, once the page is turned a little."""
    sloped = sorted((y - (left + right) / 2 * turn, left, right) for left, right, y in pieces)
    return sum(
        1 - ((below - above) / reach) ** 2
        for (above, left, right), (below, other, end) in pairwise(sloped)
        if below - above < reach and (right <= other or end <= left)
    )


def _height(box: Box) -> float:
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = box.corners
    return (math.hypot(x4 - x1, y4 - y1) + math.hypot(x3 - x2, y3 - y2)) / 2


def _angle(box: Box) -> float:
    """Radians, clockwise on the page, as y goes down."""
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = box.corners
    return math.atan2(y2 + y3 - y1 - y4, x2 + x3 - x1 - x4)


def _length(box: Box) -> float:
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = box.corners
    return math.hypot(y2 + y3 - y1 - y4, x2 + x3 - x1 - x4) / 2


def _turned(line: Line, box: Box, angle: float) -> Fragment:
    cos, sin = math.cos(angle), math.sin(angle)
    corners = [(x * cos - y * sin, x * sin + y * cos) for x, y in box.corners]
    (_, y1), (_, y2), (_, y3), (_, y4) = corners
    whole = Span(line.text, min(x for x, _ in corners), max(x for x, _ in corners))
    spans = _spans(line, angle) or (whole,)
    return Fragment(
        line=line,
        spans=spans,
        left=min(span.left for span in spans),
        right=max(span.right for span in spans),
        start_y=(y1 + y4) / 2,
        end_y=(y2 + y3) / 2,
        height=_height(box),
    )


def _spans(line: Line, angle: float) -> tuple[Span, ...]:
    """The words' own places, if every word has one."""
    cos, sin = math.cos(angle), math.sin(angle)
    spans = []
    for word in line.words:
        if word.box is None:
            return ()
        along = [x * cos - y * sin for x, y in word.box.corners]
        spans.append(Span(word.text, min(along), max(along)))
    return tuple(spans)
