"""Where a correction belongs on a page, also if the page was read anew."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain, islice

from notetext.model import Box, Correction, CorrectionKind, PageData
from notetext.result.corrections.filling import cell_at, empty_cells
from notetext.result.corrections.ticking import IS_DONE, check_box_of, tasks_by_place

# How far a word may have moved from one reading to another, in heights of its box.
_NEAR = 0.75


def find(correction: Correction, page: PageData) -> Correction | None:
    """The correction with its place on this page; ``None`` if it has none.

    The place that it names is right if the old words stand there. Else they are looked for where
    they stood on the paper. A task is found by its check box, a cell that is filled by its place.
    """
    if correction.kind is CorrectionKind.CELL_FILLED:
        return _find_cell(correction, page)
    if correction.kind in IS_DONE:
        return _find_task(correction, page)
    if _fits(correction, page, correction.line, correction.word):
        return correction
    if correction.box is None:
        return None
    near = sorted(
        (distance, line, word)
        for line, word, box in _positions(page)
        if box is not None and (distance := distance_of(correction.box, box)) <= _NEAR
    )
    for _, line, word in near:
        if _fits(correction, page, line, word):
            return correction.model_copy(update={"line": line, "word": word})
    return None


def _find_task(correction: Correction, page: PageData) -> Correction | None:
    box = correction.box
    places = {place: check_box_of(task) for place, task in tasks_by_place(page.blocks).items()}
    here = correction.line, correction.word
    if here in places:
        own = places[here]
        if box is None or own is None or distance_of(box, own) <= _NEAR:
            return correction
    if box is None:
        return None
    far = {place: distance_of(box, own) for place, own in places.items() if own is not None}
    nearest = min(far, key=far.__getitem__, default=None)
    if nearest is None or far[nearest] > _NEAR:
        return None
    return correction.model_copy(update={"line": nearest[0], "word": nearest[1]})


def _find_cell(correction: Correction, page: PageData) -> Correction | None:
    box, cells = correction.box, empty_cells(page)
    here = cell_at(correction, cells)
    if here is not None and (
        box is None or here.box is None or distance_of(box, here.box) <= _NEAR
    ):
        return correction
    if box is None:
        return None
    far = [(distance_of(box, cell.box), n) for n, cell in enumerate(cells) if cell.box is not None]
    distance, nearest = min(far, default=(math.inf, 0))
    if distance > _NEAR:
        return None
    cell = cells[nearest]
    line, word = min(cell.words)
    update = {"line": line, "word": word, "row": cell.place.row, "column": cell.place.column}
    return correction.model_copy(update=update)


def _positions(page: PageData) -> Iterator[tuple[int, int, Box | None]]:
    """Every place of a page with its box: a word's own, or an edge at the end of a line."""
    last: Box | None = None
    for number, line in enumerate(page.lines):
        last = None
        for position, word in enumerate(line.words):
            yield number, position, word.box
            last = word.box.part(1, 1) if word.box is not None else None
        yield number, len(line.words), last
    yield len(page.lines), 0, last


def _fits(correction: Correction, page: PageData, line: int, word: int) -> bool:
    """Whether a place exists, and holds the old words or, if there are none, stands there."""
    lines = page.lines
    if line > len(lines) or word > (len(lines[line].words) if line < len(lines) else 0):
        return False
    if correction.kind is CorrectionKind.LINE_REMOVED:
        whole = tuple(w.text for w in lines[line].words) if line < len(lines) else None
        return word == 0 and correction.old == whole
    if correction.old:
        rest = chain.from_iterable(below.words for below in lines[line:])
        return correction.old == tuple(
            w.text for w in islice(rest, word, word + len(correction.old))
        )
    here = next(box for n, m, box in _positions(page) if (n, m) == (line, word))
    return here is None or correction.box is None or distance_of(here, correction.box) <= _NEAR


def distance_of(first: Box, second: Box) -> float:
    """Between the centres of two boxes, in heights of the higher one."""
    heights = [math.dist(box.corners[0], box.corners[3]) for box in (first, second)]
    centres = [(sum(box[::2]) / 4, sum(box[1::2]) / 4) for box in (first, second)]
    return math.dist(*centres) / (max(heights) or 1.0)
