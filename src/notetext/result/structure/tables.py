"""Tables, by alignment alone: rows that leave the same strips free.

A strip that parts columns is a wide gap between words in most rows, and no word of any row stands
on it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from notetext.model import Box, Cell, FormField, LinePart, Table
from notetext.result.structure.boxed_rows import BoxedRegion
from notetext.result.structure.cells import PlacedBox
from notetext.result.structure.markers import box_of, marker_of
from notetext.result.structure.rows import Region, Row, gap_above

# In widths of a character:
_GAP = 1.5  # between two cells of a row
_STRIP = 0.7  # what all rows leave free
_NAMES = 0.4  # what a row of names above them leaves free
_FEW_ROWS = 2  # with three columns or more, if all cells are filled and the first row names them
_LEAST_ROWS = {2: 3, 3: _FEW_ROWS}  # by columns
_BESIDE = 1.8  # how far what is lined up may stand beside the others
_LINED_UP = 0.7  # of the cells of a column
_MOST_WORDS = 2.5  # for each column, in the usual row
_FILLED = 0.6  # of the cells of a table
_NEXT_ROW = 2.6  # usual distances of lines
_LIST = 2  # columns of a list of tasks: their boxes, and what is to be done
_LEAST_TITLED, _TITLE = 3, 1.35  # rows, and how much farther off than they are a title is

# No text of a table has these, but most lines of code.
_CODE = re.compile(r"[{};=]|[\w\])]\(|//|^#")

_Strip = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table, or fields in its place, and which rows of the region they take."""

    first: int
    end: int
    blocks: tuple[Table | FormField, ...]


def find_tables(
    region: Region,
    free: Sequence[bool],
    boxes: Mapping[int, Sequence[PlacedBox]],
    angle: float = 0.0,
) -> list[FoundTable]:
    """Finds the tables of a region.

    Args:
        region: the lines.
        free: which of them may be rows.
        boxes: the check boxes that are drawn on lines, by their numbers.
        angle: by how much lines slope on the page, in radians, clockwise.
    """
    found: list[FoundTable] = []
    index = 0
    boxed = BoxedRegion(region, boxes)
    while index < len(region.rows):
        table = _table_from(boxed, index, free, angle)
        if table is None:
            index += 1
        else:
            found.append(table)
            index = table.end
            free = [is_free and number >= index for number, is_free in enumerate(free)]
    return found


def _table_from(
    boxed: BoxedRegion, start: int, free: Sequence[bool], angle: float
) -> FoundTable | None:
    region = boxed.region
    if not (free[start] and _gaps(region.rows[start], region)):
        return None
    least = _STRIP * region.character
    strips = _free_of(region.rows[start])
    last = start  # the last row with more than one cell
    for index in range(start + 1, len(region.rows)):
        row = region.rows[index]
        if not free[index] or gap_above(region.rows[index - 1], row, region) > _NEXT_ROW:
            break
        own = _gaps(row, region)
        common = _common(strips, _free_of(row), least)
        if row.place is None or not (own or len(row.place.spans) == 1):
            break
        if _common(own, common, least):
            strips, last = common, index
        elif own or not common:
            break
    if _is_title(region, start, last):
        start += 1
    start = _with_header(region, start, strips, free)
    rows = region.rows[start : last + 1]
    for row in rows:
        strips = _common(strips, _free_of(row), least)
    strips = _kept(strips, rows, region)
    columns = len(strips) + 1
    if columns < 2 or len(rows) < _LEAST_ROWS.get(columns, 2):
        return None
    cells = [_cells(row, strips) for row in rows]
    has_names = has_header(cells)
    filled = sum(bool(cell.lines) for row in cells for cell in row)
    if filled < _FILLED * columns * len(rows) or _is_list(cells, has_names) or _is_prose(cells):
        return None
    if len(rows) == _FEW_ROWS and not (filled == columns * len(rows) and has_names):
        return None
    if not all(_is_lined_up(rows, cells, column, region) for column in range(1, columns)):
        return None
    if any(row.line.is_spaced for row in rows) and not _is_listing(cells):
        return None
    table = boxed.restored(Table(rows=tuple(cells), has_header=has_names))
    has_boxes = any(cell.boxes for row in table.rows for cell in row)
    if columns == 2 and not has_boxes and all(row[0].text.endswith(":") for row in cells):
        return FoundTable(start, last + 1, tuple(_field(row) for row in cells))
    return FoundTable(start, last + 1, (_with_places(table, rows, strips, angle),))


def _is_title(region: Region, start: int, last: int) -> bool:
    """Whether the first row stands farther off than the others: above the table, not in it."""
    rows = region.rows[start : last + 1]
    if len(rows) < _LEAST_TITLED:
        return False
    first, *rest = (gap_above(above, below, region) for above, below in pairwise(rows))
    return first > _TITLE * median(rest)


def _with_header(region: Region, start: int, strips: Sequence[_Strip], free: Sequence[bool]) -> int:
    """The first row of a table, with a row of names above it whose gaps may be narrow."""
    above = start - 1
    if above < 0 or not free[above]:
        return start
    row, first = region.rows[above], region.rows[start]
    if row.place is None or gap_above(row, first, region) > _TITLE:
        return start
    kept = _kept(strips, [first], region)
    common = _common(kept, _free_of(row)[1:-1], _NAMES * region.character)
    return above if common and len(common) == len(kept) else start


def _gaps(row: Row, region: Region) -> list[_Strip]:
    """The wide gaps between the words of a row."""
    if row.place is None or len(row.place.spans) != len(row.line.words):
        return []
    return [
        (before.right, after.left)
        for before, after in pairwise(row.place.spans)
        if after.left - before.right >= _GAP * region.character
    ]


def _free_of(row: Row) -> list[_Strip]:
    """All that a row leaves free, also before and after it."""
    if row.place is None:
        return []
    edges = [float("-inf")]
    for span in row.place.spans:
        edges += [span.left, span.right]
    edges.append(float("inf"))
    return list(zip(edges[::2], edges[1::2], strict=True))


def _common(strips: Sequence[_Strip], others: Sequence[_Strip], least: float) -> list[_Strip]:
    """What of strips is free in others, too, if that is wide enough; all from left to right."""
    both = []
    index = 0
    for left, right in strips:
        while index < len(others) and others[index][1] <= left:
            index += 1
        for other, end in others[index:]:
            if other >= right:
                break
            if min(right, end) - max(left, other) >= least:
                both.append((max(left, other), min(right, end)))
    return both


def _kept(strips: Sequence[_Strip], rows: Sequence[Row], region: Region) -> list[_Strip]:
    """The strips that are between two words, far apart, in most rows."""
    parted = [0] * len(strips)
    for row in rows:
        gaps = _gaps(row, region)
        index = 0
        for number, (left, right) in enumerate(strips):
            while index < len(gaps) and gaps[index][1] < right:
                index += 1
            parted[number] += index < len(gaps) and gaps[index][0] <= left
    return [strip for strip, count in zip(strips, parted, strict=True) if 2 * count >= len(rows)]


def _cells(row: Row, strips: Sequence[_Strip]) -> tuple[Cell, ...]:
    cells = []
    spans = row.place.spans if row.place is not None else ()
    middles = [(left + right) / 2 for left, right in strips]
    first = 0
    for right in [*middles, float("inf")]:
        end = first
        while end < len(spans) and (spans[end].left + spans[end].right) / 2 < right:
            end += 1
        lines: tuple[LinePart, ...] = (row.part(first, end),) if end > first else ()
        cells.append(Cell(lines=lines))
        first = end
    return tuple(cells)


def _with_places(
    table: Table, rows: Sequence[Row], strips: Sequence[_Strip], angle: float
) -> Table:
    """A table whose cells without words know where they stand on the page."""
    places = [row.place for row in rows if row.place is not None]
    left, right = min(place.left for place in places), max(place.right for place in places)
    edges = [left, *((start + end) / 2 for start, end in strips), right]
    cos, sin = math.cos(angle), math.sin(angle)

    def place_of(row: Row, first: float, last: float) -> Box | None:
        if row.place is None:
            return None
        half = row.place.height / 2
        top, bottom = row.place.y - half, row.place.y + half
        corners = ((first, top), (last, top), (last, bottom), (first, bottom))
        return Box.of_corners((x * cos - y * sin, x * sin + y * cos) for x, y in corners)

    return table.model_copy(
        update={
            "rows": tuple(
                tuple(
                    cell
                    if cell.lines
                    else cell.model_copy(update={"place": place_of(row, first, last)})
                    for cell, (first, last) in zip(cells, pairwise(edges), strict=True)
                )
                for cells, row in zip(table.rows, rows, strict=True)
            )
        }
    )


def _is_list(cells: Sequence[Sequence[Cell]], has_names: bool) -> bool:
    """Whether the first column holds but markers: then it is none.

    Check boxes are a column where it has a name, or where others stand beside that of the tasks.
    """
    first = [row[0].text for row in cells if row[0].lines]
    boxes = [box_of(text) is not None for text in first]
    if any(boxes):
        return len(cells[0]) == _LIST and not (has_names and all(boxes[1:]))
    return all(marker_of(f"{text} x") is not None for text in first)


def _is_prose(cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether the rows hold so many words that they are lines of a text."""
    words = [sum(len(part.words) for cell in row for part in cell.lines) for row in cells]
    return median(words) > _MOST_WORDS * len(cells[0])


def _is_lined_up(
    rows: Sequence[Row], cells: Sequence[Sequence[Cell]], column: int, region: Region
) -> bool:
    """Whether most cells of a column begin, end or have their middle below each other."""
    edges: list[tuple[float, float]] = []
    for row, texts in zip(rows, cells, strict=True):
        if row.place is not None and texts[column].lines:
            part = texts[column].lines[0]
            spans = row.place.spans[part.first : part.end]
            edges.append((spans[0].left, spans[-1].right))
    ways = ([left for left, _ in edges], [right for _, right in edges], [sum(e) / 2 for e in edges])
    reach = _BESIDE * region.character
    return any(
        sum(abs(place - median(places)) <= reach for place in places) >= _LINED_UP * len(places)
        for places in ways
    )


def _is_listing(cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows in a fixed pitch are a table, rather than code whose parts are lined up."""
    texts = [cell.text for row in cells for cell in row]
    if any(_CODE.search(text) for text in texts) or not all(row[0].lines for row in cells):
        return False
    figures = sum(_is_figure(row[-1].text) for row in cells)
    return len(cells[0]) > 2 or 2 * figures >= len(cells)


def has_header(cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row names what stands below: figures or check boxes, but none in it."""
    first, *rest = ([cell.text for cell in row] for row in cells)
    if any(map(_is_figure, first)):
        return False
    return any(_is_figure(text) for row in rest for text in row) or _names_boxes(first, rest)


def _names_boxes(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names a column that holds but check boxes."""
    columns = zip(*(row for row in rest if len(row) == len(first)), strict=True)
    return not any(map(box_of, first)) and any(
        name and any(column) and all(box_of(text) for text in column if text)
        for name, column in zip(first, columns, strict=False)
    )


def _is_figure(text: str) -> bool:
    digits = sum(character.isdigit() for character in text)
    return bool(text) and 2 * digits >= len(text.replace(" ", ""))


def _field(row: Sequence[Cell]) -> FormField:
    return FormField(label=row[0].lines[0], values=row[1].lines)
