"""What stands in the cells of tables: runs of words, and check boxes between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notetext.exporters.runs import Run, add_run, runs_of
from notetext.model import Cell, CheckBox, Word
from notetext.model.spacing import blank_between
from notetext.result.structure.markers import sign_of
from notetext.result.structure.written_boxes import written_boxes


def cell_runs(cell: Cell) -> list[Run]:
    """The runs of a cell with its check boxes, those that are drawn and those that are words.

    >>> from notetext import Word
    >>> from notetext.exporters.cell_runs import cell_runs
    >>> from notetext.model import Cell, LinePart
    >>> words = (Word(text="[x]"), Word(text="milk"))
    >>> cell = Cell(lines=(LinePart(line=0, end=2, words=words),))
    >>> [(run.text, run.is_box) for run in cell_runs(cell)]
    [('☑', True), (' milk', False)]
    """
    runs: list[Run] = []
    for piece in cell.pieces():
        groups = [[_sign(piece.done)]] if isinstance(piece, CheckBox) else _groups(piece.words)
        for group in groups:
            for number, run in enumerate(group):
                is_new = bool(runs) and not number
                add_run(runs, run, is_apart=is_new and blank_between(runs[-1].text, run.text))
    return runs


def _groups(words: Sequence[Word]) -> Iterator[list[Run]]:
    """Words of a line as runs, parted by the check boxes among them."""
    first = 0
    for box in written_boxes(words):
        yield runs_of(words[first : box.first])
        yield [_sign(box.done)]
        first = box.end
    yield runs_of(words[first:])


def _sign(done: bool | None) -> Run:
    return Run(sign_of(done), is_box=True)
