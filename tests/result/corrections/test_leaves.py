"""Corrected words belong to what the words belonged that they stand for."""

from __future__ import annotations

from notetext import Correction
from notetext.model import CorrectionKind as K
from notetext.model import FormField, Table

from .written_notes import TABLE, TO_DO, blocks, result_of, states, table_in, tick, words


def test_words_in_a_table_s_row_stay_in_their_cells() -> None:
    read = result_of(*TABLE)
    (table,) = blocks(read)
    assert isinstance(table, Table)
    result = read.corrected([words(2, 1, "15", "15 15"), words(3, 0, "9", "")])
    (table,) = blocks(result)
    assert isinstance(table, Table)
    assert table.texts()[2:] == [["5", "15 15", "4"], ["", "19", "9"]]
    doubled = read.corrected([words(1, 0, "1", "12"), words(1, 2, "4", "12")])
    (table,) = blocks(doubled)
    assert isinstance(table, Table)
    assert table.texts()[1] == ["12", "12", "12"]


def test_a_line_that_is_joined_with_the_one_above_is_a_part_of_its_item() -> None:
    joined = Correction(kind=K.LINES_JOINED, page=1, line=2)
    result = result_of(*TO_DO).corrected([tick(1), joined])
    assert states(result) == [("call the bank post the letter", True), ("buy a new lamp", False)]


def test_rows_that_are_joined_are_one() -> None:
    result = result_of(*TABLE).corrected([Correction(kind=K.LINES_JOINED, page=1, line=2)])
    assert table_in(result).texts()[1:] == [["1 5", "12 15", "4 4"], ["9", "19", "9"]]


def test_a_field_keeps_its_label_apart_from_its_value() -> None:
    read = result_of("Name: Helen Miller", "Born on: 12 March")
    result = read.corrected([words(0, 1, "Helen", "Ellen Ann"), words(1, 0, "Born", "born")])
    fields = [block for block in blocks(result) if isinstance(block, FormField)]
    assert [(f.label.text, f.value) for f in fields] == [
        ("Name:", "Ellen Ann Miller"),
        ("born on:", "12 March"),
    ]


def test_a_line_that_is_split_stays_in_its_item() -> None:
    result = result_of(*TO_DO).corrected(
        [tick(2, done=False), Correction(kind=K.LINE_SPLIT, page=1, line=2, word=1)]
    )
    assert states(result)[1] == ("post the letter", False)
    assert result.lines[2].text == "post"
