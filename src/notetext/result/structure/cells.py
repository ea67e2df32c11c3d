"""Words and check boxes by where they stand on the level page, and the cells that they make."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from notetext.model import Box, Cell, CheckBox, LeftOut, LeftOutReason, MarkShape
from notetext.result.structure.rows import Row

_SAME_LINE = 0.4  # heights of the writing


class _Middle:
    """Where the middle of something is on the level page."""

    __slots__ = ()
    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> float:
        """The middle from left to right."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The middle from top to bottom."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PlacedWord(_Middle):
    """A word of a line.

    Attributes:
        row: the line.
        number: of the word in its line.
        left: where it begins on the level page.
        top: its upper edge.
        right: where it ends.
        bottom: its lower edge.
    """

    row: Row
    number: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text(self) -> str:
        """What is written."""
        return self.row.line.words[self.number].text


@dataclass(frozen=True, slots=True)
class PlacedBox(_Middle):
    """A check box that is drawn.

    Attributes:
        box: what is known of it.
        left: where it begins on the level page.
        top: its upper edge, or that of its line.
        right: where it ends.
        bottom: its lower edge, or that of its line.
    """

    box: CheckBox
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text(self) -> str:
        """The sign that looks like it."""
        return self.box.sign


Placed: TypeAlias = PlacedWord | PlacedBox
"""What may stand in a cell."""


def placed_words(rows: Sequence[Row], angle: float) -> list[PlacedWord]:
    """The words of lines, each with its place.

    Args:
        rows: of a page; those without places are left aside.
        angle: by how much they slope, in radians, clockwise.
    """
    words = []
    for row in rows:
        if row.place is None or any(word.box is None for word in row.line.words):
            continue
        for number, word in enumerate(row.line.words):
            if word.box is not None:
                words.append(PlacedWord(row, number, *_edges(word.box, angle)))
    return words


def placed_boxes(left_out: Iterable[LeftOut], angle: float) -> list[PlacedBox]:
    """The check boxes that are drawn on a page, each with its place.

    Args:
        left_out: of the page; the boxes among it count.
        angle: by how much its lines slope, in radians, clockwise.
    """
    return [
        PlacedBox(CheckBox(done=piece.is_ticked, mark=piece.box), *_edges(piece.box, angle))
        for piece in left_out
        if piece.reason is LeftOutReason.MARK
        and piece.shape is MarkShape.BOX
        and piece.box is not None
    ]


def _edges(box: Box, angle: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what leans with its line, on the level page."""
    cos, sin = math.cos(-angle), math.sin(-angle)
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = (
        (x * cos - y * sin, x * sin + y * cos) for x, y in box.corners
    )
    return (x1 + x4) / 2, (y1 + y2) / 2, (x2 + x3) / 2, (y3 + y4) / 2


def cell_of(
    held: Sequence[Placed],
    height: float,
    *,
    row_span: int = 1,
    column_span: int = 1,
    place: Box | None = None,
) -> Cell:
    """A cell with words, line by line, and with the check boxes that are drawn in it.

    Args:
        held: in any order.
        height: that of the writing.
        row_span: rows that the cell takes.
        column_span: columns that it takes.
        place: where it stands, if that is known.
    """
    words = [each for each in held if isinstance(each, PlacedWord)]
    boxes = sorted((e for e in held if isinstance(e, PlacedBox)), key=lambda box: (box.y, box.left))
    runs: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda word: (word.row.number, word.number)):
        last = runs[-1][-1] if runs else None
        if last is not None and last.row is word.row and last.number + 1 == word.number:
            runs[-1].append(word)
        else:
            runs.append([word])
    lines: list[list[list[PlacedWord]]] = []
    for run in sorted(runs, key=_middle):
        if lines and _middle(run) - _middle(lines[-1][-1]) <= _SAME_LINE * height:
            lines[-1].append(run)
        else:
            lines.append([run])
    ordered = (run for line in lines for run in sorted(line, key=lambda run: run[0].left))
    parts = tuple(run[0].row.part(run[0].number, run[-1].number + 1) for run in ordered)
    return Cell(
        lines=parts,
        boxes=tuple(box.box for box in boxes),
        row_span=row_span,
        column_span=column_span,
        place=None if parts else place,
    )


def _middle(run: Sequence[PlacedWord]) -> float:
    return sum(word.y for word in run) / len(run)
