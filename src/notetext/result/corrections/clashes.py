"""Which corrections of a page contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from notetext.model import Correction, CorrectionKind, PageData
from notetext.result.corrections.filling import CellPlace, EmptyCell, cell_at, empty_cells
from notetext.result.corrections.ticking import IS_DONE


def clashing(page: PageData, corrections: Sequence[Correction]) -> Iterator[Correction]:
    """Those of a page's corrections that nothing could be made of beside the others.

    No word is corrected twice, and nothing is put between words that became others together, or
    into a line that was removed. No task is ticked twice, or on such a line. No cell is filled
    twice, or beside words that go.
    """
    yield from _clashing_cells(page, corrections)
    corrections = [each for each in corrections if each.kind is not CorrectionKind.CELL_FILLED]
    firsts = [*accumulate((len(line.words) for line in page.lines), initial=0)]
    taken: dict[int, Correction] = {}
    for correction in corrections:
        if not correction.old:
            continue
        start = firsts[correction.line] + correction.word
        words = range(start, start + len(correction.old))
        if taken.keys() & set(words):
            yield correction
        else:
            taken.update(dict.fromkeys(words, correction))
    removed = {c.line for c in corrections if c.kind is CorrectionKind.LINE_REMOVED}
    for correction in corrections:
        if correction.old or not correction.new:
            continue
        place = firsts[correction.line] + correction.word
        around = taken.get(place - 1)
        within_words = around is not None and around is taken.get(place)
        if within_words or (correction.kind is CorrectionKind.WORDS and correction.line in removed):
            yield correction
    tasks: set[tuple[int, int]] = set()
    for correction in corrections:
        if correction.kind not in IS_DONE:
            continue
        if (correction.line, correction.word) in tasks or correction.line in removed:
            yield correction
        tasks.add((correction.line, correction.word))


def _clashing_cells(page: PageData, corrections: Sequence[Correction]) -> Iterator[Correction]:
    filled = [each for each in corrections if each.kind is CorrectionKind.CELL_FILLED]
    if not filled:
        return
    cells = empty_cells(page)
    removed = {each.line for each in corrections if each.kind is CorrectionKind.LINE_REMOVED}
    taken: set[CellPlace] = set()
    for correction in filled:
        cell = cell_at(correction, cells)
        if (
            cell is None
            or cell.place in taken
            or (
                not cell.is_line
                and (cell.at[0] in removed or any(_is_within(cell, each) for each in corrections))
            )
        ):
            yield correction
        else:
            taken.add(cell.place)


def _is_within(cell: EmptyCell, correction: Correction) -> bool:
    """Whether words of one line become others together on both sides of where a cell's come."""
    line, word = cell.at
    first, end = correction.word, correction.word + len(correction.old)
    is_words = correction.kind in {CorrectionKind.WORDS, CorrectionKind.CONFIRMED}
    return is_words and correction.line == line and first < word < end
