"""Fragments of writing as they stand on a page that was turned so that the writing is level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from notetext.model import Box, Line

_LEAST_ALONG = math.cos(math.radians(45))


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
    boxes = [_box(line) for line in lines]
    angle = _main_angle(boxes)
    fragments = [_turned(line, box, -angle) for line, box in zip(lines, boxes, strict=True)]
    return sorted(
        fragments,
        key=lambda fragment: (fragment.left, fragment.y, fragment.right, fragment.line.text),
    )


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
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = corners
    height = (math.hypot(x4 - x1, y4 - y1) + math.hypot(x3 - x2, y3 - y2)) / 2
    whole = Span(line.text, min(x for x, _ in corners), max(x for x, _ in corners))
    spans = _spans(line, angle) or (whole,)
    return Fragment(
        line=line,
        spans=spans,
        left=min(span.left for span in spans),
        right=max(span.right for span in spans),
        start_y=(y1 + y4) / 2,
        end_y=(y2 + y3) / 2,
        height=height,
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
