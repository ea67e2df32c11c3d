"""Cells of tables without words, into which a person writes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notetext.model import Box, Cell, Correction, Line, PageData, Table
from notetext.result.corrections.ticking import Position

# In heights of the writing:
_CHARACTER = 0.5  # how wide a character is
_MARGIN = 0.3  # how far from the left of its cell a text begins


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell.

    Attributes:
        block: the number of its table among the page's blocks.
        row: of the table, from 0.
        column: likewise.
    """

    block: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class EmptyCell:
    """A cell without words, and where its words would come in the text.

    Attributes:
        place: which cell it is.
        words: the places of the words of its table.
        box: where it stands; ``None`` if nobody knows.
        at: the place of the word that its words come before.
        is_behind: whether they belong to the line of the word before them.
        is_line: whether they are a line of their own: nothing stands in the row.
    """

    place: CellPlace
    words: frozenset[Position]
    box: Box | None
    at: Position
    is_behind: bool
    is_line: bool


def empty_cells(page: PageData) -> list[EmptyCell]:
    """The cells without words of all tables of a page that have words in others."""
    return [
        cell
        for number, block in enumerate(page.blocks)
        if isinstance(block, Table) and block.parts
        for cell in _empty_cells(block, number)
    ]


def cell_at(correction: Correction, cells: Sequence[EmptyCell]) -> EmptyCell | None:
    """The empty cell that a correction names, by a word of its table; ``None`` if there is none."""
    word = correction.line, correction.word
    named = (
        cell
        for cell in cells
        if word in cell.words
        and (cell.place.row, cell.place.column) == (correction.row, correction.column)
    )
    return next(named, None)


def _empty_cells(table: Table, number: int) -> Iterator[EmptyCell]:
    words = frozenset(
        (part.line, word) for part in table.parts for word in range(part.first, part.end)
    )
    placed = [*table.placed()]
    for row, column, cell in placed:
        if cell.lines:
            continue
        own = [(n, other) for r, n, other in placed if r == row and other.lines]
        at, is_behind = _beside(own, column)
        is_line = at is None
        if at is None:
            above = [part.line for r, _, c in placed if r < row for part in c.lines]
            at = max(above) + 1 if above else min(line for line, _ in words), 0
        place = CellPlace(number, row, column)
        yield EmptyCell(place, words, cell.place, at, is_behind, is_line)


def _beside(cells: Sequence[tuple[int, Cell]], column: int) -> tuple[Position | None, bool]:
    """Where words of a column come in its row: behind what is left of it, or before the others."""
    left = [cell for number, cell in cells if number < column]
    if left:
        part = left[-1].lines[0]
        return (part.line, part.end), True
    right = [cell for number, cell in cells if number > column]
    return ((right[0].lines[0].line, right[0].lines[0].first), False) if right else (None, False)


def box_like(cell: EmptyCell, texts: Sequence[str], lines: Sequence[Line]) -> Box | None:
    """Where words stand that are written into a cell: from its left, as high as others are."""
    if cell.box is None:
        return None
    number = min(cell.at[0], len(lines) - 1)
    known = [word.box for word in lines[number].words if word.box is not None]
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = cell.box.corners
    high = min(box.height for box in known) if known else cell.box.height
    share = min(1.0, high / (cell.box.height or 1.0)) / 2
    first, last = 0.5 - share, 0.5 + share
    whole = Box.of_corners(
        [
            (x1 + (x4 - x1) * first, y1 + (y4 - y1) * first),
            (x2 + (x3 - x2) * first, y2 + (y3 - y2) * first),
            (x2 + (x3 - x2) * last, y2 + (y3 - y2) * last),
            (x1 + (x4 - x1) * last, y1 + (y4 - y1) * last),
        ]
    )
    long = math.dist(*whole.corners[:2]) or 1.0
    wide = _CHARACTER * math.dist(whole.corners[0], whole.corners[3]) * len(" ".join(texts))
    start = _MARGIN * min(1.0, math.dist(whole.corners[0], whole.corners[3]) / long)
    return whole.part(start, min(1.0, start + wide / long))
