"""The tasks in a table: its check boxes, each with what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notetext.model import Box, Cell, CheckBox, LinePart, Table
from notetext.model.block import flowing
from notetext.result.structure.written_boxes import written_boxes


@dataclass(frozen=True, slots=True)
class TableTask:
    """A check box in a table.

    Attributes:
        text: what it is about.
        done: whether it is ticked; ``None`` if nobody can tell.
        box: around the check box and its text; ``None`` if nobody knows where they stand.
    """

    text: str
    done: bool | None
    box: Box | None


@dataclass(frozen=True, slots=True)
class _Ticked:
    """A check box of a cell, and the words of that cell which belong to it."""

    done: bool | None
    mark: Box | None
    parts: tuple[LinePart, ...]


def tasks_in(table: Table) -> Iterator[TableTask]:
    """The tasks of a table, row by row.

    A box that stands with words in its cell is about these. One that is alone there is about what
    the other cells of its row say; where there are several such in the row, about its column too,
    if that has a name. Of several boxes in one cell, each is about the row and about the words up
    to the next one.
    """
    names = {column: cell for row, column, cell in table.placed() if row == 0 and table.has_header}
    rows: list[list[tuple[int, Cell]]] = [[] for _ in table.rows]
    for row, column, cell in table.placed():
        for below in range(cell.row_span):
            rows[row + below].append((column, cell))
    for number, cells in enumerate(rows):
        found = {column: _ticked_in(cell) for column, cell in cells}
        others = [cell for column, cell in cells if not found[column] and cell.text]
        lone = [box for boxes in found.values() for box in boxes if not box.parts]
        for column, cell in cells:
            is_here = cell in table.rows[number]  # and not spanned from above
            for box in found[column] if is_here else ():
                texts, parts = [flowing(box.parts)], [*box.parts]
                if not parts or len(found[column]) > 1:
                    texts = [*(other.text for other in others), *texts]
                    parts += [part for other in others for part in other.lines]
                if not box.parts and len(lone) > 1 and column in names and number:
                    texts.append(names[column].text)
                boxes = [each for each in (box.mark, *(p.box for p in parts)) if each is not None]
                place = Box.around(boxes) if boxes else None
                yield TableTask(", ".join(filter(None, texts)), box.done, place)


def _ticked_in(cell: Cell) -> list[_Ticked]:
    """The check boxes of a cell, in reading order, with the words that belong to each."""
    marks: list[tuple[bool | None, Box | None]] = []
    between: list[list[LinePart]] = [[]]
    for piece in cell.pieces():
        if isinstance(piece, CheckBox):
            marks.append((piece.done, piece.mark))
            between.append([])
            continue
        first = 0
        for box in written_boxes(piece.words):
            between[-1] += _some(piece, first, box.first)
            marks.append((box.done, _some(piece, box.first, box.end)[0].box))
            between.append([])
            first = box.end
        between[-1] += _some(piece, first, len(piece.words))
    if len(marks) == 1:
        texts = [[*between[0], *between[1]]]
    else:
        texts = between[:-1] if between[0] and not between[-1] else between[1:]
    return [
        _Ticked(done, mark, tuple(parts)) for (done, mark), parts in zip(marks, texts, strict=False)
    ]


def _some(part: LinePart, first: int, end: int) -> Sequence[LinePart]:
    """Some of the words of a part of a line, as a part of their own if there are any."""
    if first >= end:
        return ()
    update = {"first": part.first + first, "end": part.first + end}
    return (part.model_copy(update={**update, "words": part.words[first:end]}),)
