"""Check boxes in the cells of tables that a person ticked, or whose tick was taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from notetext.model import Box, Cell, Correction, PageData, Table
from notetext.result.corrections.finding import distance_of
from notetext.result.corrections.ticking import IS_DONE, Position

_P = TypeVar("_P", bound=PageData)

_NEAR = 0.75  # heights, how far a box may have moved from one reading to another


@dataclass(frozen=True, slots=True)
class _CellBox:
    """A check box that is drawn in a cell; `words` are the places of those of its table."""

    words: frozenset[Position]
    row: int
    column: int
    mark: Box


def is_cell_tick(correction: Correction) -> bool:
    """Whether a correction is about a check box in a table."""
    return correction.kind in IS_DONE and correction.row is not None


def find_cell_box(correction: Correction, page: PageData) -> Correction | None:
    """A correction with the place of its check box on this page; ``None`` if there is none.

    Args:
        correction: one that `is_cell_tick`; of several boxes in its cell, its ``box`` is near one.
        page: as it was read.
    """
    boxes = [*_boxes_on(page)]
    word = correction.line, correction.word
    here = [
        each
        for each in boxes
        if word in each.words and (each.row, each.column) == (correction.row, correction.column)
    ]
    if correction.box is None:
        found = here[0] if len(here) == 1 else None
    else:
        near = {each: distance_of(correction.box, each.mark) for each in [*here, *boxes]}
        found = min(near, key=near.__getitem__, default=None)
        if found is not None and near[found] > _NEAR:
            found = None
    if found is None:
        return None
    line, first = word if word in found.words else min(found.words)
    update = {"line": line, "word": first, "row": found.row, "column": found.column}
    return correction.model_copy(update={**update, "box": found.mark})


def with_cell_ticks(page: _P, corrections: Sequence[Correction]) -> _P:
    """A page whose check boxes in tables are ticked, or not, as corrections at their places say."""
    if not corrections:
        return page
    done = {each.box: IS_DONE[each.kind] for each in corrections if each.box is not None}
    blocks = tuple(
        block.model_copy(
            update={"rows": tuple(tuple(_ticked(cell, done) for cell in row) for row in block.rows)}
        )
        if isinstance(block, Table)
        else block
        for block in page.blocks
    )
    return page.model_copy(update={"blocks": blocks})


def _ticked(cell: Cell, done: Mapping[Box, bool]) -> Cell:
    boxes = tuple(
        box.model_copy(update={"done": done.get(box.mark, box.done)}) for box in cell.boxes
    )
    return cell.model_copy(update={"boxes": boxes})


def _boxes_on(page: PageData) -> Iterator[_CellBox]:
    for block in page.blocks:
        if isinstance(block, Table) and block.parts:
            words = frozenset(
                (part.line, n) for part in block.parts for n in range(part.first, part.end)
            )
            for row, column, cell in block.placed():
                for box in cell.boxes:
                    yield _CellBox(words, row, column, box.mark)
