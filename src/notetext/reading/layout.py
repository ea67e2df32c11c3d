"""From the fragments that an engine found to lines, paragraphs and the order in which people read.

Everything is measured in the height of the writing, so that the size of the page does not matter.
First the page is turned so that the writing is level on the whole. Then *gutters* are found: empty
strips with lines of text on either side, which keep columns apart. Fragments that follow each other
along the slope of their own line are joined. Last, gutters and lines are put in order: what is
above a gutter, its left side, its right side, what is below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

from notetext.engines import Reading
from notetext.model import Box, Line, Paragraph

# In heights of the writing:
_FARTHEST_NEIGHBOUR = 10.0  # the widest gap within a line
_MISFIT = 0.5  # how far a fragment may lie off the line that it goes on
_GUTTER_WIDTH = 1.5
_COLUMN_WIDTH = 3.0  # narrower things beside a gutter are numbers of a list, not a column
_GUTTER_ROWS = 3
_INDENT = 1.5

_LEAST_ALONG = math.cos(math.radians(45))
_OVERLAP = 0.5  # of the narrower fragment's width; more, and they do not follow each other
_PARAGRAPH_SPACING = 1.5  # in usual distances of lines


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A fragment or a line in level coordinates, with the middle of its two ends."""

    line: Line
    left: float
    right: float
    start_y: float
    end_y: float
    height: float

    @property
    def y(self) -> float:
        return (self.start_y + self.end_y) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def slope(self) -> float:
        return (self.end_y - self.start_y) / (max(self.width, self.height) or 1.0)


@dataclass(frozen=True, slots=True)
class _Gutter:
    """An empty strip between columns."""

    x: float
    top: float
    bottom: float


def arrange(reading: Reading) -> tuple[Paragraph, ...]:
    r"""Puts what an engine found into lines and paragraphs in reading order.

    No word is lost or doubled. Fragments may come in any order. Lines that come in order keep it
    and are only grouped: one without words ends a paragraph. Where there are both, the lines come
    first.

    >>> from notetext.result import Word
    >>> def fragment(text, left, top):
    ...     box = Box.rectangle(left, top, left + 100, top + 20)
    ...     return Line(words=(Word(text=text, box=box),), box=box)
    >>> found = [fragment("world", 120, 12), fragment("hello", 10, 10)]
    >>> (paragraph,) = arrange(Reading(fragments=found))
    >>> paragraph.text
    'hello world\n'

    Args:
        reading: in the pixels of the picture that the engine read.

    Returns:
        The paragraphs, with their boxes in the same pixels where the engine gave boxes.
    """
    written = [line for line in reading.fragments if line.words]
    if not written:
        return _grouped(reading.lines)
    along, turned = _turned_aside(written)
    fragments = _level(along)
    gutters = _gutters(fragments)
    lines = [_joined(chain) for chain in _chains(fragments, gutters)]
    found = (
        _paragraph([line.line for line in lines])
        for block in _blocks(lines, gutters)
        for lines in _paragraphs(block)
    )
    # A note in the margin comes after the page, rather than in the middle of a sentence.
    return (*_grouped(reading.lines), *found, *arrange(Reading(fragments=turned)))


def _turned_aside(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that run as the page does on the whole, and those that run across it."""
    angle = _main_angle([_box(line) for line in lines])
    along: list[Line] = []
    turned: list[Line] = []
    for line in lines:
        is_along = math.cos(_angle(_box(line)) - angle) >= _LEAST_ALONG
        (along if is_along else turned).append(line)
    return along, turned


def _grouped(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    paragraphs: list[list[Line]] = [[]]
    for line in lines:
        if line.words:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return tuple(_paragraph(lines) for lines in paragraphs if lines)


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    boxes = [line.box for line in lines if line.box is not None]
    return Paragraph(lines=tuple(lines), box=Box.around(boxes) if boxes else None)


def _level(lines: Sequence[Line]) -> list[_Fragment]:
    """Turns the page so that the writing is level; the fragments come from left to right."""
    boxes = [_box(line) for line in lines]
    angle = _main_angle(boxes)
    fragments = [_turned(line, box, -angle) for line, box in zip(lines, boxes, strict=True)]
    return sorted(
        fragments,
        key=lambda fragment: (fragment.left, fragment.y, fragment.right, fragment.line.text),
    )


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


def _turned(line: Line, box: Box, angle: float) -> _Fragment:
    cos, sin = math.cos(angle), math.sin(angle)
    corners = [(x * cos - y * sin, x * sin + y * cos) for x, y in box.corners]
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = corners
    height = (math.hypot(x4 - x1, y4 - y1) + math.hypot(x3 - x2, y3 - y2)) / 2
    return _Fragment(
        line=line,
        left=min(x for x, _ in corners),
        right=max(x for x, _ in corners),
        start_y=(y1 + y4) / 2,
        end_y=(y2 + y3) / 2,
        height=height,
    )


def _gutters(fragments: Sequence[_Fragment]) -> list[_Gutter]:
    """Finds the empty strips that have at least three rows of text on either side."""
    height = median(fragment.height for fragment in fragments)
    found: list[_Gutter] = []
    for left in fragments:
        neighbours = [
            fragment
            for fragment in fragments
            if fragment.left > left.right and abs(fragment.start_y - left.end_y) < height
        ]
        if not neighbours:
            continue
        right = min(neighbours, key=lambda fragment: fragment.left)
        if right.left - left.right < _GUTTER_WIDTH * height:
            continue
        gutter = _grown((left.right + right.left) / 2, left.y, height, fragments)
        if _parts_columns(gutter, height, fragments):
            found.append(gutter)
    return sorted(found, key=lambda gutter: (gutter.top - gutter.bottom, gutter.top, gutter.x))


def _grown(x: float, y: float, height: float, fragments: Sequence[_Fragment]) -> _Gutter:
    """The strip around x, up and down from y as far as no fragment lies in it."""
    half = _GUTTER_WIDTH * height / 2
    across = [
        fragment.y
        for fragment in fragments
        if fragment.left < x + half and fragment.right > x - half
    ]
    return _Gutter(
        x=x,
        top=max((other for other in across if other < y), default=-math.inf),
        bottom=min((other for other in across if other >= y), default=math.inf),
    )


def _parts_columns(gutter: _Gutter, height: float, fragments: Sequence[_Fragment]) -> bool:
    beside = [fragment for fragment in fragments if gutter.top < fragment.y < gutter.bottom]
    sides = (
        [fragment for fragment in beside if fragment.right <= gutter.x],
        [fragment for fragment in beside if fragment.left >= gutter.x],
    )
    return all(
        _rows(side, height) >= _GUTTER_ROWS
        and median(fragment.width for fragment in side) >= _COLUMN_WIDTH * height
        for side in sides
    )


def _rows(fragments: Sequence[_Fragment], height: float) -> int:
    """How many lines the fragments make, one below the other."""
    rows, last = 0, -math.inf
    for y in sorted(fragment.y for fragment in fragments):
        if y - last > height * _MISFIT:
            rows, last = rows + 1, y
    return rows


def _chains(fragments: Sequence[_Fragment], gutters: Sequence[_Gutter]) -> list[list[_Fragment]]:
    """Joins each fragment with the one that follows it in its line, the best fits first."""
    fits = sorted(
        (misfit, first, second)
        for first, left in enumerate(fragments)
        for second, right in enumerate(fragments)
        if (misfit := _misfit(left, right)) is not None
        and not any(_parts(gutter, left, right) for gutter in gutters)
    )
    next_of: dict[int, int] = {}
    followers: set[int] = set()
    for _, first, second in fits:
        if first not in next_of and second not in followers:
            next_of[first] = second
            followers.add(second)
    chains = []
    for index in range(len(fragments)):
        if index not in followers:
            chain = [index]
            while chain[-1] in next_of:
                chain.append(next_of[chain[-1]])
            chains.append([fragments[member] for member in chain])
    return chains


def _misfit(left: _Fragment, right: _Fragment) -> float | None:
    """How badly one fragment goes on the line of another.

    Returns:
        How far off the line plus how far away, in heights; ``None``: they are of different lines.
    """
    height = min(left.height, right.height)
    gap = right.left - left.right
    if height <= 0 or right.left <= left.left or right.right <= left.right:
        return None
    if gap < -_OVERLAP * min(left.width, right.width) or gap > _FARTHEST_NEIGHBOUR * height:
        return None
    # A long fragment tells where its line goes on; a short one may be turned anyhow.
    slope = (left.slope * left.width + right.slope * right.width) / (
        left.width + right.width or 1.0
    )
    gap = max(gap, 0.0)
    off = abs(right.start_y - left.end_y - slope * gap)
    return (off + gap) / height if off < _MISFIT * height else None


def _parts(gutter: _Gutter, left: _Fragment, right: _Fragment) -> bool:
    return (
        left.right <= gutter.x <= right.left
        and gutter.top < left.y < gutter.bottom
        and gutter.top < right.y < gutter.bottom
    )


def _joined(chain: Sequence[_Fragment]) -> _Fragment:
    """One line of fragments that follow each other."""
    if len(chain) == 1:
        return chain[0]
    first, last = chain[0], chain[-1]
    boxes = [fragment.line.box for fragment in chain if fragment.line.box is not None]
    words = tuple(word for fragment in chain for word in fragment.line.words)
    return _Fragment(
        line=Line(words=words, box=Box.along(boxes) if boxes else None),
        left=first.left,
        right=max(fragment.right for fragment in chain),
        start_y=first.start_y,
        end_y=last.end_y,
        height=median(fragment.height for fragment in chain),
    )


def _blocks(lines: Sequence[_Fragment], gutters: Sequence[_Gutter]) -> list[list[_Fragment]]:
    """The columns in reading order, each from top to bottom; the longest gutter divides first."""
    for index, gutter in enumerate(gutters):
        beside = [line for line in lines if gutter.top < line.y < gutter.bottom]
        left = [line for line in beside if line.right <= gutter.x]
        right = [line for line in beside if line.left >= gutter.x]
        if not left or not right or len(left) + len(right) < len(beside):
            continue
        rest = gutters[index + 1 :]
        parts = (
            [line for line in lines if line.y <= gutter.top],
            left,
            right,
            [line for line in lines if line.y >= gutter.bottom],
        )
        return [block for part in parts for block in _blocks(part, rest)]
    ordered = sorted(lines, key=lambda line: (line.y, line.left, line.line.text))
    return [ordered] if ordered else []


def _paragraphs(lines: Sequence[_Fragment]) -> list[list[_Fragment]]:
    """Divides a column where a gap is wide or a line is indented."""
    distances = [below.y - above.y for above, below in pairwise(lines)]
    usual = median(distances) if distances else 0.0
    paragraphs = [[lines[0]]]
    for index in range(1, len(lines)):
        wide = distances[index - 1] > max(_PARAGRAPH_SPACING * usual, lines[index].height)
        if wide or _is_indented(lines, index):
            paragraphs.append([])
        paragraphs[-1].append(lines[index])
    return paragraphs


def _is_indented(lines: Sequence[_Fragment], index: int) -> bool:
    """Whether a line begins farther to the right than both its neighbours.

    The neighbours are asked, not the column, as a hand's left margin drifts.
    """
    if index + 1 >= len(lines):
        return False
    line = lines[index]
    neighbours = max(lines[index - 1].left, lines[index + 1].left)
    return line.left - neighbours > _INDENT * line.height
