"""Draws tables with rules: straight ones in print, and such as a pen draws without a ruler."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PIL import ImageDraw

from measuring.drawn.sheet import Sheet, Writing, text_width
from measuring.structure.html_tables import SpanningCell, SpanningTable

# In x-heights:
_PADDING = 1.0
_OVER = 0.5  # how far a hand's rules end beside where they should
_WOBBLE = 0.1
_STEP = 2.0

_GREY = (70, 70, 70)
_PRINTED, _DRAWN = 2, 3  # pixels


def draw_ruled(sheet: Sheet, table: SpanningTable, left: float, top: float, how: Writing) -> float:
    """Draws a table and its rules.

    Args:
        sheet: what it is drawn on.
        table: its cells.
        left: where it begins.
        top: likewise.
        how: the writing; of a hand, the rules are one's, too.

    Returns:
        Where it ends below.
    """
    xs, ys = _columns(table, left, how), _rows(table, top, how)
    for cell in table.cells:
        _write(sheet, cell, xs, ys, how)
    pen = _Pen(sheet, how)
    for run in _level(table, table.rules):
        pen.draw((xs[run[1]], ys[run[0]]), (xs[run[2]], ys[run[0]]))
    for run in _upright(table, table.rules):
        pen.draw((xs[run[0]], ys[run[1]]), (xs[run[0]], ys[run[2]]))
    return ys[-1]


def draw_frame(sheet: Sheet, edges: tuple[float, float, float, float], how: Writing) -> None:
    """Draws a frame: left, top, right, bottom."""
    left, top, right, bottom = edges
    pen = _Pen(sheet, how)
    for y in (top, bottom):
        pen.draw((left, y), (right, y))
    for x in (left, right):
        pen.draw((x, top), (x, bottom))


class _Pen:
    def __init__(self, sheet: Sheet, how: Writing) -> None:
        self._draw = ImageDraw.Draw(sheet.image)
        self._dice = sheet.dice
        self._how = how

    def draw(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        if not self._how.by_hand:
            self._draw.line((*start, *end), _GREY, _PRINTED)
            return
        x_height = self._how.x_height
        is_level = abs(end[0] - start[0]) > abs(end[1] - start[1])
        length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        first, last = self._dice.uniform(-_OVER, _OVER, 2) * x_height
        begin, slope = self._dice.normal(0, _WOBBLE * x_height), self._dice.normal(0, 0.006)
        steps = max(2, round(length / (_STEP * x_height)))
        points, off = [], begin
        for step in range(steps + 1):
            along = -first + (length + first + last) * step / steps
            off += self._dice.normal(0, 0.3 * _WOBBLE * x_height)
            across = off + slope * (along - length / 2)
            x, y = (along, across) if is_level else (across, along)
            points.append((start[0] + x, start[1] + y))
        self._draw.line(points, self._how.colour, _DRAWN, joint="curve")


def _columns(table: SpanningTable, left: float, how: Writing) -> list[float]:
    """Where the columns begin, and where the last ends."""
    room = 2 * _PADDING * how.x_height
    widths = [4 * how.x_height] * table.width
    for cell in sorted(table.cells, key=lambda cell: cell.column_span):
        needs = max(text_width(line, how) for line in cell.lines) + room
        taken = range(cell.column, cell.column + cell.column_span)
        missing = needs - sum(widths[column] for column in taken)
        for column in taken:
            widths[column] += max(0.0, missing) / len(taken)
    return [left + sum(widths[:column]) for column in range(table.width + 1)]


def _rows(table: SpanningTable, top: float, how: Writing) -> list[float]:
    heights = [0.0] * table.height
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        needs = len(cell.lines) * how.pitch + 0.6 * how.x_height
        taken = range(cell.row, cell.row + cell.row_span)
        missing = needs - sum(heights[row] for row in taken)
        heights[taken[-1]] += max(0.0, missing)
    return [top + sum(heights[:row]) for row in range(table.height + 1)]


def _write(
    sheet: Sheet, cell: SpanningCell, xs: list[float], ys: list[float], how: Writing
) -> None:
    left, right = xs[cell.column], xs[cell.column + cell.column_span]
    top, bottom = ys[cell.row], ys[cell.row + cell.row_span]
    free = bottom - top - len(cell.lines) * how.pitch
    base = top + free / 2 + 0.72 * how.pitch
    is_middle = cell.column_span > 1
    for line in cell.lines:
        width = text_width(line, how)
        if line.replace(".", "").isdigit() and not is_middle:
            start = right - _PADDING * how.x_height - width
        else:
            start = (left + right - width) / 2 if is_middle else left + _PADDING * how.x_height
        if line:
            sheet.write(start, base, line, how)
        base += how.pitch


def _level(table: SpanningTable, rules: str) -> Iterator[tuple[int, int, int]]:
    """The level rules: the number of the row below each, and of the columns it runs over."""
    edges = {
        "all": [*range(table.height + 1)],
        "rows": [*range(table.height + 1)],
        "inner": [*range(1, table.height)],
        "book": [0, 1, table.height],
        "columns": [1],
        "frame": [0, table.height],
    }[rules]
    for row in edges:
        free = [_is_parted(table, row, column) for column in range(table.width)]
        yield from ((row, *run) for run in _runs(free))


def _upright(table: SpanningTable, rules: str) -> Iterator[tuple[int, int, int]]:
    edges = {
        "all": [*range(table.width + 1)],
        "rows": [],
        "inner": [*range(1, table.width)],
        "book": [],
        "columns": [*range(1, table.width)],
        "frame": [0, table.width],
    }[rules]
    for column in edges:
        free = [
            all(
                not (cell.column < column < cell.column + cell.column_span)
                for cell in table.cells
                if cell.row <= row < cell.row + cell.row_span
            )
            for row in range(table.height)
        ]
        yield from ((column, *run) for run in _runs(free))


def _is_parted(table: SpanningTable, row: int, column: int) -> bool:
    """Whether no cell of a column reaches over the upper edge of a row."""
    return all(
        not (cell.row < row < cell.row + cell.row_span)
        for cell in table.cells
        if cell.column <= column < cell.column + cell.column_span
    )


def _runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    edges = [n for n, (a, b) in enumerate(pairwise([False, *flags, False])) if a != b]
    yield from zip(edges[::2], edges[1::2], strict=True)
