"""Tables by their drawn rules: what stands between rules is a cell, however many lines it has.

Where a rule is missing between two cells they are one, and where there are but rules below the
header, above and below all, or around it, the rows or the columns between are found by alignment.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median, pstdev

from notetext.model import Block, Box, Cell, LeftOut, LinePart, ParagraphBlock, Table
from notetext.result.structure.cells import (
    Placed,
    PlacedBox,
    PlacedWord,
    cell_of,
    placed_boxes,
    placed_words,
)
from notetext.result.structure.rows import Row
from notetext.result.structure.rules import Grid, Rule, grids_of, joined, rules_of
from notetext.result.structure.tables import has_header
from notetext.result.structure.undrawn_columns import by_columns
from notetext.result.structure.undrawn_rows import clusters, rows_between

_DRAWN = 0.5  # of the side of a cell: with less, no rule is there
_LEAST_DRAWN = 0.35  # of the sides between the cells of a table
_LEAST_FILLED = 2  # cells
_OPEN_FILLED = 0.6  # of the cells, where no frame is drawn
_MOST_CROSSED = 0.15  # of the words, by upright rules
_WITHIN = 0.3  # of a word, at either end, that a rule may stand on
_THROUGH = 0.3  # of the height of a word, from its middle: there a level rule is a part of it
_MOST_THROUGH = 0.5  # of a rule
_LONGEST_STROKE = 3.0  # heights of the writing, of a letter in a headline
_WHOLE_CELL = 0.9  # of the width of a cell: what is taken for a check box there is the cell itself
_EDGE = 0.1  # of a word, at either end; there a rule may stand beside it
# Sheets to write on have at least so many lines, and not more upright ones, such as a margin's.
_SHEET_LINES, _SHEET_MARGINS, _EVEN = 6, 2, 0.12
_MARGIN = 0.4  # of the lines in the text, at most as many in its margin


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table between drawn rules.

    Attributes:
        numbers: of the lines that stand in it, the page's own numbers.
        blocks: the table, and what else stands on these lines.
    """

    numbers: frozenset[int]
    blocks: tuple[Block, ...]


def find_ruled_tables(
    rows: Sequence[Row], left_out: Sequence[LeftOut], angle: float
) -> list[RuledTable]:
    """Finds the tables whose rules are drawn.

    Args:
        rows: of the page.
        left_out: of the page; the rules and the check boxes among it count.
        angle: by how much its lines slope, in radians, clockwise.
    """
    level, upright = rules_of(left_out, angle)
    if not level:
        return []
    words = placed_words(rows, angle)
    if not words:
        return []
    height = median(word.bottom - word.top for word in words)
    words.sort(key=lambda word: word.y)
    level = [rule for rule in joined(level, height) if not _is_of_writing(rule, words, height)]
    upright = [rule for rule in joined(upright, height) if not _is_stroke(rule, words, height)]
    boxes = placed_boxes(left_out, angle)
    found: list[RuledTable] = []
    for grid in grids_of(level, upright, height):
        table = _table(grid, [*words, *boxes], height, angle)
        if table is not None:
            numbers = frozenset(part.line for part in table.parts)
            rest = _beside(table, [row for row in rows if row.number in numbers])
            found.append(RuledTable(numbers, (table, *rest)))
            words = [word for word in words if word.row.number not in numbers]
    return found


def _is_of_writing(rule: Rule, words: Sequence[PlacedWord], height: float) -> bool:
    """Whether a level rule runs through words: a stroke of theirs, or one that strikes them out.

    Args:
        rule: the rule.
        words: from the top to the bottom.
        height: that of the writing.
    """
    top, bottom = sorted([rule.at_start, rule.at_end])
    covered = 0.0
    for word in _between(words, top - height, bottom + height):
        y = rule.at((word.left + word.right) / 2)
        if abs(y - word.y) <= _THROUGH * (word.bottom - word.top):
            covered += max(0.0, min(rule.end, word.right) - max(rule.start, word.left))
    return covered > _MOST_THROUGH * (rule.end - rule.start)


def _is_stroke(rule: Rule, words: Sequence[PlacedWord], height: float) -> bool:
    """Whether an upright rule is a long stroke of a letter within a word."""
    if rule.end - rule.start > _LONGEST_STROKE * height:
        return False
    return any(
        word.left + _EDGE * (word.right - word.left)
        < rule.at(word.y)
        < word.right - _EDGE * (word.right - word.left)
        and min(rule.end, word.bottom) - max(rule.start, word.top)
        > _MOST_THROUGH * (rule.end - rule.start)
        for word in _between(words, rule.start - height, rule.end + height)
    )


def _between(words: Sequence[PlacedWord], top: float, bottom: float) -> Sequence[PlacedWord]:
    """Of words from the top to the bottom, those whose middles lie between two heights."""
    first, end = (bisect(words, y, key=lambda word: word.y) for y in (top, bottom))
    return words[first:end]


def _table(grid: Grid, words: Sequence[Placed], height: float, angle: float) -> Table | None:
    inside: dict[tuple[int, int], list[Placed]] = {}
    for word in words:
        place = grid.cell_at(word.x, word.y)
        if place is not None and not _is_cell(word, grid, place[1]):
            inside.setdefault(place, []).append(word)
    held = [word for cell in inside.values() for word in cell]
    if len(held) < _LEAST_FILLED or _crossed(grid, held) > _MOST_CROSSED * len(held):
        return None
    if _is_sheet(grid, inside):
        return None
    if len(grid.columns) == 2:
        return by_columns(grid, inside, height)
    return _by_cells(grid, inside, height, angle)


def _is_cell(word: Placed, grid: Grid, column: int) -> bool:
    """Whether what was taken for a check box is a cell of the grid."""
    left, right = (edge.at(word.y) for edge in grid.columns[column : column + 2])
    return isinstance(word, PlacedBox) and word.right - word.left > _WHOLE_CELL * (right - left)


def _crossed(grid: Grid, words: Sequence[Placed]) -> int:
    """How many words stand across an upright rule."""
    return sum(
        any(
            word.left + _WITHIN * (word.right - word.left)
            < edge.at(word.y)
            < word.right - _WITHIN * (word.right - word.left)
            for edge in grid.columns
            if edge.covered(word.top, word.bottom) > _DRAWN
        )
        for word in words
    )


def _is_sheet(grid: Grid, inside: dict[tuple[int, int], list[Placed]]) -> bool:
    """Whether the rules are those of paper to write on: evenly spaced, at most with margins."""
    if len(grid.rows) < _SHEET_LINES or len(grid.columns) > _SHEET_MARGINS + 2:
        return False
    counts = [
        len({row for row, column in inside if column == number})
        for number in range(len(grid.columns) - 1)
    ]
    if sum(count >= _MARGIN * max(counts) for count in counts) > 1:
        return False
    distances = [below.place - above.place for above, below in pairwise(grid.rows)]
    return pstdev(distances) <= _EVEN * median(distances)


@dataclass(slots=True)
class _Spot:
    """A cell as the rules show it."""

    row: int
    column: int
    row_span: int
    column_span: int
    words: list[Placed]
    place: Box | None = None


def _by_cells(
    grid: Grid, inside: dict[tuple[int, int], list[Placed]], height: float, angle: float
) -> Table | None:
    """A table whose columns are drawn."""
    height_of, width_of = len(grid.rows) - 1, len(grid.columns) - 1
    x, y = (
        [(a.place + b.place) / 2 for a, b in pairwise(edges)] for edges in (grid.columns, grid.rows)
    )
    below = {
        (row, column): grid.rows[row + 1].covered(
            grid.columns[column].at(y[row]), grid.columns[column + 1].at(y[row])
        )
        > _DRAWN
        for row in range(height_of - 1)
        for column in range(width_of)
    }
    beside = {
        (row, column): grid.columns[column + 1].covered(
            grid.rows[row].at(x[column]), grid.rows[row + 1].at(x[column])
        )
        > _DRAWN
        for row in range(height_of)
        for column in range(width_of - 1)
    }
    sides = [*below.values(), *beside.values()]
    if sum(sides) < _LEAST_DRAWN * len(sides):
        return None
    spots = _merged(height_of, width_of, below, beside)
    if spots is None:
        return None
    for spot in spots:
        spot.words = [
            word
            for row in range(spot.row, spot.row + spot.row_span)
            for column in range(spot.column, spot.column + spot.column_span)
            for word in inside.get((row, column), ())
        ]
        corners = (spot.row, spot.column, spot.row + spot.row_span, spot.column + spot.column_span)
        spot.place = grid.place(*corners, angle)
    lines = _without_empty_edges(spots)
    lines = _parted(lines, grid, height)
    filled = sum(bool(spot.words) for line in lines for spot in line)
    is_framed = all(
        e.rules for e in (grid.rows[0], grid.rows[-1], grid.columns[0], grid.columns[-1])
    )
    count = sum(map(len, lines))
    is_band = len(lines[0]) > 2 and bool(grid.rows[0].rules and grid.rows[-1].rules)
    is_full = filled >= _OPEN_FILLED * count and (len(lines) > 1 or is_band)
    if filled < _LEAST_FILLED or not (is_framed or is_full):
        return None
    rows = tuple(tuple(_cell(spot, height) for spot in line) for line in lines)
    has_names = has_header(rows) or (len(grid.rows) <= 3 and len(rows) > len(grid.rows))
    return Table(rows=rows, has_header=has_names)


def _merged(
    height: int,
    width: int,
    below: dict[tuple[int, int], bool],
    beside: dict[tuple[int, int], bool],
) -> list[_Spot] | None:
    """Cells between which no rule is drawn as one; ``None`` if they make no rectangles."""
    group = {(row, column): (row, column) for row in range(height) for column in range(width)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while group[place] != place:
            place = group[place]
        return place

    for (row, column), is_drawn in below.items():
        if not is_drawn:
            group[root((row + 1, column))] = root((row, column))
    for (row, column), is_drawn in beside.items():
        if not is_drawn:
            group[root((row, column + 1))] = root((row, column))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in group:
        members.setdefault(root(place), []).append(place)
    spots, odd = [], 0
    for places in members.values():
        rows, columns = zip(*places, strict=True)
        top, left = min(rows), min(columns)
        down, across = max(rows) - top + 1, max(columns) - left + 1
        if down * across == len(places):
            spots.append(_Spot(top, left, down, across, []))
            continue
        # A rule that faded, or one that was drawn too short: the cells are parted after all.
        odd += len(places)
        spots += [_Spot(row, column, 1, 1, []) for row, column in places]
    return None if odd > _LEAST_DRAWN * height * width else spots


def _without_empty_edges(spots: Sequence[_Spot]) -> list[list[_Spot]]:
    """The cells row by row; rows and columns in which none begins are taken out."""
    rows = sorted({spot.row for spot in spots})
    columns = sorted({spot.column for spot in spots})
    for spot in spots:
        spot.row_span = sum(spot.row <= row < spot.row + spot.row_span for row in rows)
        spot.column_span = sum(spot.column <= c < spot.column + spot.column_span for c in columns)
    ordered = sorted(spots, key=lambda spot: (spot.row, spot.column))
    return [[*run] for _, run in groupby(ordered, key=lambda spot: spot.row)]


def _parted(lines: list[list[_Spot]], grid: Grid, height: float) -> list[list[_Spot]]:
    """Parts the one row that holds several lines, if these stand side by side in its cells."""
    tall = [line for line in lines if len(clusters([w for s in line for w in s.words], height)) > 1]
    if len(tall) != 1 or len(tall[0]) < 2 or any(spot.row_span > 1 for spot in tall[0]):
        return lines
    (line,) = tall
    if sum(spot.column_span for spot in line) < max(
        sum(spot.column_span for spot in other) for other in lines
    ):
        return lines
    rows = rows_between([spot.words for spot in line], height)
    if rows is None:
        return lines
    parted = [
        [
            _Spot(spot.row, spot.column, 1, spot.column_span, words)
            for spot, words in zip(line, row, strict=True)
        ]
        for row in rows
    ]
    at = lines.index(line)
    return [*lines[:at], *parted, *lines[at + 1 :]]


def _cell(spot: _Spot, height: float) -> Cell:
    return cell_of(
        spot.words,
        height,
        row_span=spot.row_span,
        column_span=spot.column_span,
        place=spot.place,
    )


def _beside(table: Table, rows: Sequence[Row]) -> list[Block]:
    """What of the lines of a table stands outside of it."""
    taken: dict[int, set[int]] = {}
    for part in table.parts:
        taken.setdefault(part.line, set()).update(range(part.first, part.end))
    rest: list[LinePart] = []
    for row in rows:
        free = [n for n in range(len(row.line.words)) if n not in taken.get(row.number, ())]
        for _, run in groupby(enumerate(free), key=lambda pair: pair[1] - pair[0]):
            numbers = [number for _, number in run]
            rest.append(row.part(numbers[0], numbers[-1] + 1))
    return [ParagraphBlock(lines=tuple(rest))] if rest else []
