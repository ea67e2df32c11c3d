"""Cells of tables that have no words are written into."""

from __future__ import annotations

import pytest

from notetext import Box, Correction, RecognitionResult
from notetext.errors import CorrectionError
from notetext.model import CorrectionKind as K
from notetext.model import Table

from .written_notes import blocks, result_of

PLAN = (
    "Time    Mon     Tue     Wed",
    "8:00    Maths           Latin",
    "9:00                    Latin",
    "        Art     Sport   Music",
)


def fill(row: int, column: int, text: str, **place: int) -> Correction:
    """Names the table by the first of its words, if no place is given."""
    return Correction(
        kind=K.CELL_FILLED,
        page=1,
        line=place.get("line", 0),
        word=place.get("word", 0),
        row=row,
        column=column,
        new=tuple(text.split()),
    )


def grid_of(result: RecognitionResult) -> list[list[str]]:
    (table,) = (block for block in blocks(result) if isinstance(block, Table))
    return table.texts()


def test_words_stand_in_the_cell_and_in_the_line_of_its_row() -> None:
    read = result_of(*PLAN)
    result = read.corrected([fill(1, 2, "free hour"), fill(2, 2, "Art"), fill(2, 1, "Music")])
    assert grid_of(result)[1:3] == [
        ["8:00", "Maths", "free hour", "Latin"],
        ["9:00", "Music", "Art", "Latin"],
    ]
    assert result.text.splitlines()[1:3] == ["8:00 Maths free hour Latin", "9:00 Music Art Latin"]
    assert result.as_read() == read
    assert RecognitionResult.from_json(result.to_json()) == result
    assert result.corrected(result.corrections) == result


def test_what_is_first_in_its_row_comes_before_the_others() -> None:
    result = result_of(*PLAN).corrected([fill(3, 0, "10:00", line=3, word=1)])
    assert grid_of(result)[3] == ["10:00", "Art", "Sport", "Music"]
    assert result.text.endswith("\n10:00 Art Sport Music\n")


def test_the_words_stand_within_the_cell() -> None:
    read = result_of(*PLAN)
    (table,) = (block for block in blocks(read) if isinstance(block, Table))
    place = table.rows[1][2].place
    assert place is not None
    result = read.corrected([fill(1, 2, "free hour")])
    free, hour = (word for word in result.words if word.text in {"free", "hour"})
    assert free.box is not None
    assert hour.box is not None
    assert place.left <= free.box.left < free.box.right < hour.box.left < hour.box.right
    assert hour.box.right <= place.right
    assert free.confidence == 1


def test_other_corrections_of_the_row_go_along() -> None:
    changes = [
        Correction(page=1, line=1, word=1, old=("Maths",), new=("Math", "class")),
        fill(1, 2, "Art"),
        Correction(page=1, line=1, word=3 - 1, old=("Latin",), new=()),
    ]
    assert grid_of(result_of(*PLAN).corrected(changes))[1] == ["8:00", "Math class", "Art", ""]


@pytest.mark.parametrize(
    "changes",
    [
        [fill(1, 1, "Art")],  # it has words
        [fill(9, 1, "Art")],
        [fill(1, 2, "Art"), fill(1, 2, "Music")],
        [
            fill(1, 2, "Art"),
            Correction(kind=K.LINE_REMOVED, page=1, line=1, old=("8:00", "Maths", "Latin")),
        ],
        [fill(1, 2, "Art"), Correction(page=1, line=1, word=1, old=("Maths", "Latin"), new=("x",))],
    ],
)
def test_what_fits_no_empty_cell_is_refused(changes: list[Correction]) -> None:
    with pytest.raises(CorrectionError):
        result_of(*PLAN).corrected(changes)


def test_a_cell_is_found_where_it_stands_when_the_page_was_read_anew() -> None:
    read = result_of(*PLAN)
    (table,) = (block for block in blocks(read) if isinstance(block, Table))
    change = fill(1, 2, "Art").model_copy(update={"box": table.rows[1][2].place})
    anew = result_of(*PLAN[:1], "7:30    Sport   Art     Music", *PLAN[2:])
    with pytest.raises(CorrectionError):
        anew.corrected([change])  # somebody else stands there now
    moved = change.model_copy(update={"row": 0, "column": 0})
    assert grid_of(read.corrected([moved]))[1][2] == "Art"
    far = change.model_copy(update={"row": 0, "box": Box.rectangle(0, 900, 40, 930)})
    with pytest.raises(CorrectionError):
        read.corrected([far])


def test_a_table_whose_lines_are_all_removed_goes_with_its_empty_rows() -> None:
    read = result_of(*PLAN, "", "That is all.")
    gone = [
        Correction(kind=K.LINE_REMOVED, page=1, line=n, old=tuple(word.text for word in line.words))
        for n, line in enumerate(read.lines[:4])
    ]
    assert [block.kind for block in blocks(read.corrected(gone))] == ["paragraph"]
