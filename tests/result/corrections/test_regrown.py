"""Blocks get lines and lose them."""

from __future__ import annotations

from notetext import Correction
from notetext.model import CorrectionKind as K
from notetext.model import ListBlock

from .written_notes import TABLE, TO_DO, blocks, line_removed, result_of, states, table_in, tick


def test_a_list_of_numbers_is_one_without_one_of_them() -> None:
    read = result_of("1. wash", "2. dry", "3. iron")
    (block,) = blocks(read.corrected([line_removed(read, 1)]))
    assert isinstance(block, ListBlock)
    assert [item.number for item in block.items] == [1, 3]


def test_items_below_one_that_is_removed_stay() -> None:
    read = result_of("- milk", "   - whole", "- tea")
    (block,) = blocks(read.corrected([line_removed(read, 0)]))
    assert isinstance(block, ListBlock)
    assert [item.text for item in block.items] == ["whole", "tea"]


def test_an_added_line_goes_on_with_the_item_above_or_is_one_if_it_begins_so() -> None:
    def added(line: int, text: str) -> Correction:
        return Correction(kind=K.LINE_ADDED, page=1, line=line, new=tuple(text.split()))

    result = result_of(*TO_DO).corrected(
        [tick(1), added(2, "of my town"), added(3, "[x] feed the cat"), added(4, "- and so on")]
    )
    assert states(result) == [
        ("call the bank of my town", True),
        ("post the letter", True),
        ("feed the cat", True),
        ("buy a new lamp", False),
    ]
    (block,) = [block for block in blocks(result) if isinstance(block, ListBlock)]
    assert [item.text for item in block.items][-1] == "and so on"


def test_a_table_gets_rows_and_loses_them() -> None:
    read = result_of("Plants", "", *TABLE, "", "They grow well in the shade.")
    result = read.corrected(
        [
            line_removed(read, 2),
            Correction(kind=K.LINE_ADDED, page=1, line=4, new=("7", "17", "5")),
            Correction(kind=K.LINE_ADDED, page=1, line=5, new=("and", "so", "on", "it", "went")),
        ]
    )
    assert [block.kind for block in blocks(result)] == [block.kind for block in blocks(read)]
    assert table_in(result).has_header
    assert table_in(result).texts() == [
        ["Day", "Height", "Leaves"],
        ["5", "15", "4"],
        ["7", "17", "5"],
        ["9", "19", "9"],
        ["and so on it went", "", ""],
    ]
    assert not table_in(read.corrected([line_removed(read, 1)])).has_header


def test_paragraphs_are_parted_and_joined_as_their_breaks_are() -> None:
    read = result_of("We went to the river and", "came back late in the night.", "", "It was cold.")
    joined = read.corrected([Correction(kind=K.PARAGRAPHS_JOINED, page=1, line=2)])
    assert [len(block.parts) for block in blocks(joined)] == [3]
    parted = read.corrected([Correction(kind=K.PARAGRAPH_SPLIT, page=1, line=1)])
    assert [len(block.parts) for block in blocks(parted)] == [1, 1, 1]
    assert {block.kind for block in blocks(parted)} == {"paragraph"}
