"""Words by where they stand on the level page, and the cells that they make."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from notetext.model import Cell
from notetext.result.structure.rows import Row

_SAME_LINE = 0.4  # heights of the writing


@dataclass(frozen=True, slots=True)
class PlacedWord:
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

    @property
    def x(self) -> float:
        """The middle from left to right."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The middle from top to bottom."""
        return (self.top + self.bottom) / 2


def placed_words(rows: Sequence[Row], angle: float) -> list[PlacedWord]:
    """The words of lines, each with its place.

    Args:
        rows: of a page; those without places are left aside.
        angle: by how much they slope, in radians, clockwise.
    """
    cos, sin = math.cos(-angle), math.sin(-angle)
    words = []
    for row in rows:
        if row.place is None or any(word.box is None for word in row.line.words):
            continue
        for number, word in enumerate(row.line.words):
            if word.box is None:
                continue
            (x1, y1), (x2, y2), (x3, y3), (x4, y4) = (
                (x * cos - y * sin, x * sin + y * cos) for x, y in word.box.corners
            )
            words.append(
                PlacedWord(row, number, (x1 + x4) / 2, (y1 + y2) / 2, (x2 + x3) / 2, (y3 + y4) / 2)
            )
    return words


def cell_of(
    words: Sequence[PlacedWord], height: float, *, row_span: int = 1, column_span: int = 1
) -> Cell:
    """A cell with words, line by line.

    Args:
        words: in any order.
        height: that of the writing.
        row_span: rows that the cell takes.
        column_span: columns that it takes.
    """
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
    return Cell(lines=parts, row_span=row_span, column_span=column_span)


def _middle(run: Sequence[PlacedWord]) -> float:
    return sum(word.y for word in run) / len(run)
