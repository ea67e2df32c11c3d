"""Check boxes in tables are ticked, and the ticks taken away."""

from __future__ import annotations

import pytest

from notetext import Box, Correction, RecognitionResult
from notetext.errors import CorrectionError
from notetext.model import CorrectionKind as K
from notetext.model import Table

from .written_notes import blocks, result_of

CHORES = ("What     Who", "Xdishes   Anna", "Oplants   Tom", "Okitchen  Ben")


def tick(row: int, *, done: bool = True, box: Box | None = None) -> Correction:
    kind = K.TASK_DONE if done else K.TASK_OPEN
    return Correction(kind=kind, page=1, line=0, word=0, row=row, column=0, box=box)


def marks(result: RecognitionResult) -> list[Box]:
    (table,) = (block for block in blocks(result) if isinstance(block, Table))
    return [box.mark for row in table.rows for cell in row for box in cell.boxes]


def test_a_box_in_a_cell_is_ticked_and_another_is_open_again() -> None:
    read = result_of(*CHORES)
    assert [task.done for task in read.tasks] == [True, False, False]
    result = read.corrected([tick(1, done=False), tick(2)])
    assert [(task.text, task.done) for task in result.tasks] == [
        ("dishes, Anna", False), ("plants, Tom", True), ("kitchen, Ben", False),
    ]  # fmt: skip
    assert result.text == read.text
    assert "| ☑ | plants | Tom |" in str(result.to("markdown"))
    assert result.as_read() == read
    assert RecognitionResult.from_json(result.to_json()) == result
    assert result.corrected(result.corrections) == result


def test_a_box_is_ticked_beside_other_corrections_of_its_row() -> None:
    changes = [Correction(page=1, line=2, word=0, old=("plants",), new=("the", "plants")), tick(2)]
    result = result_of(*CHORES).corrected(changes)
    assert [(task.text, task.done) for task in result.tasks][1] == ("the plants, Tom", True)


def test_it_is_found_where_it_stands_when_the_page_was_read_anew() -> None:
    read = result_of(*CHORES)
    wrong_row = tick(3, box=marks(read)[1])
    assert [task.done for task in read.corrected([wrong_row]).tasks] == [True, True, False]


@pytest.mark.parametrize(
    "changes",
    [[tick(0)], [tick(2), tick(2, done=False)], [tick(2, box=Box.rectangle(0, 900, 20, 920))]],
)
def test_what_fits_no_box_is_refused(changes: list[Correction]) -> None:
    with pytest.raises(CorrectionError):
        result_of(*CHORES).corrected(changes)
