"""What a page is made of stays, but for the blocks whose lines are others now."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from notetext import Box, Correction, Language, Line, Mode, Page, Paragraph, RecognitionResult, Word
from notetext.model import (
    Block,
    Figure,
    FormField,
    LeftOut,
    LeftOutReason,
    ListBlock,
    MarkShape,
    Table,
)
from notetext.model import CorrectionKind as K

HEIGHT, DISTANCE, CHARACTER = 30.0, 40.0, 10.0


def result_of(*rows: str) -> RecognitionResult:
    """A note with an empty line between paragraphs, and boxes where lines begin with O or X."""
    paragraphs: list[list[Line]] = [[]]
    left_out = []
    for number, row in enumerate(rows):
        if not row:
            paragraphs.append([])
            continue
        middle = 100 + DISTANCE * number
        if row[0] in "OX":
            left_out.append(
                LeftOut(
                    reason=LeftOutReason.MARK,
                    box=Box.rectangle(60, middle - 11, 82, middle + 11),
                    shape=MarkShape.BOX,
                    is_ticked=row[0] == "X",
                )
            )
        paragraphs[-1].append(_line(row.lstrip("OX"), middle))
    page = Page(
        number=1,
        width=1000,
        height=1000,
        engine="local",
        paragraphs=tuple(Paragraph(lines=tuple(lines)) for lines in paragraphs),
        left_out=tuple(left_out),
    )
    return RecognitionResult(
        engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=(page,)
    )


def _line(row: str, middle: float) -> Line:
    words, start = [], 0
    for text in row.split():
        start = row.index(text, start)
        left, width = 100 + start * CHARACTER, len(text) * CHARACTER
        box = Box.rectangle(left - 3, middle - 15, left + width + 3, middle + 15)
        words.append(Word(text=text, box=box, confidence=0.9))
        start += len(text)
    return Line(words=tuple(words), box=Box.along([w.box for w in words if w.box is not None]))


def blocks(result: RecognitionResult) -> tuple[Block, ...]:
    return result.pages[0].blocks


def outline(blocks: Sequence[Block]) -> list[str]:
    return [f"{block.kind}: {' / '.join(block.text.splitlines())}" for block in blocks]


def states(result: RecognitionResult) -> list[tuple[str, bool | None]]:
    return [(task.text, task.done) for task in result.tasks]


def tick(line: int, word: int = 0, *, done: bool = True) -> Correction:
    return Correction(kind=K.TASK_DONE if done else K.TASK_OPEN, page=1, line=line, word=word)


def words(line: int, word: int, old: str, new: str) -> Correction:
    return Correction(page=1, line=line, word=word, old=tuple(old.split()), new=tuple(new.split()))


TO_DO = ("To do", "", "Ocall the bank", "Xpost the letter", "Obuy a new lamp", "", "That is all.")


def test_a_task_is_ticked_and_another_is_open_again() -> None:
    read = result_of(*TO_DO)
    result = read.corrected([tick(1), tick(2, done=False)])
    assert states(result) == [
        ("call the bank", True),
        ("post the letter", False),
        ("buy a new lamp", False),
    ]
    assert result.text == read.text
    assert "- [x] call the bank\n- [ ] post the letter\n- [ ] buy" in result.to("markdown")
    assert str(result.to("article")).count(" checked") == 1
    assert result.as_read() == read
    assert RecognitionResult.from_json(result.to_json()) == result
    assert [c.kind for c in result.corrections] == [K.TASK_DONE, K.TASK_OPEN]


@pytest.mark.parametrize(
    ("first", "ticked"),
    [("[ ] call", "[x] call"), ("☐ call", "☑ call"), ("☐call", "☑call"), ("[] call", "[x] call")],
)
def test_a_check_box_that_is_a_word_is_ticked_in_the_text_too(first: str, ticked: str) -> None:
    result = result_of(f"{first} the bank", "☐ post the letter").corrected([tick(0)])
    assert result.text == f"{ticked} the bank\n☐ post the letter\n"
    assert states(result) == [("call the bank", True), ("post the letter", False)]
    back = result_of(*result.text.splitlines()).corrected([tick(0, done=False)])
    assert states(back)[0] == ("call the bank", False)


def test_a_task_that_is_ticked_as_it_was_read_is_confirmed() -> None:
    result = result_of("☑ call the bank", "☐ post it").corrected([tick(0)])
    assert [c.kind for c in result.corrections] == [K.CONFIRMED]
    assert states(result)[0] == ("call the bank", True)


def test_boxes_in_a_row_are_ticked_one_by_one() -> None:
    read = result_of("☐ yes  ☑ no  ☐ perhaps")
    result = read.corrected([tick(0), tick(0, 2, done=False)])
    assert states(result) == [("yes", True), ("no", False), ("perhaps", False)]


def test_a_correction_that_is_about_no_task_fits_nowhere() -> None:
    read = result_of(*TO_DO)
    for unfit in (tick(0), tick(1, 1), tick(9)):
        with pytest.raises(ValueError, match="1 of the corrections fit nowhere"):
            read.corrected([unfit])


def test_a_task_is_found_by_its_check_box_when_the_page_is_read_anew() -> None:
    read = result_of(*TO_DO)
    (block,) = [block for block in blocks(read) if isinstance(block, ListBlock)]
    ticked = tick(7).model_copy(update={"box": block.items[2].mark})
    assert states(read.corrected([ticked]))[2] == ("buy a new lamp", True)
    elsewhere = ticked.model_copy(update={"box": Box.rectangle(800, 800, 820, 820)})
    with pytest.raises(ValueError, match="fit nowhere"):
        read.corrected([elsewhere])


def test_no_task_is_done_and_open_or_ticked_on_a_line_that_was_removed() -> None:
    read = result_of(*TO_DO)
    gone = Correction(
        kind=K.LINE_REMOVED, page=1, line=1, old=tuple(w.text for w in read.lines[1].words)
    )
    for clash in ([tick(1), tick(1, done=False)], [tick(1), gone]):
        with pytest.raises(ValueError, match="1 of the corrections fit nowhere"):
            read.corrected(clash)


def test_blocks_that_a_change_does_not_touch_are_the_same_and_ticks_stay() -> None:
    read = result_of(*TO_DO)
    added = Correction(kind=K.LINE_ADDED, page=1, line=5, new=("Good", "luck!"))
    result = read.corrected([tick(1), added])
    assert outline(blocks(result)) == [
        "heading: To do",
        "list: call the bank / post the letter / buy a new lamp",
        "paragraph: That is all. / Good luck!",
    ]
    assert blocks(result)[0] == blocks(read)[0]
    assert states(result)[0] == ("call the bank", True)


def test_ticks_stay_in_a_list_that_loses_a_line() -> None:
    read = result_of(*TO_DO)
    gone = Correction(kind=K.LINE_REMOVED, page=1, line=2, old=("post", "the", "letter"))
    result = read.corrected([gone, tick(3)])
    assert outline(blocks(result))[1] == "list: call the bank / buy a new lamp"
    assert states(result) == [("call the bank", False), ("buy a new lamp", True)]


def test_a_line_that_is_split_stays_in_its_item() -> None:
    result = result_of(*TO_DO).corrected(
        [tick(2, done=False), Correction(kind=K.LINE_SPLIT, page=1, line=2, word=1)]
    )
    assert states(result)[1] == ("post the letter", False)
    assert result.lines[2].text == "post"


TABLE = ("Day  Height  Leaves", " 1     12      4", " 5     15      4", " 9     19      9")


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


def line_removed(read: RecognitionResult, line: int) -> Correction:
    old = tuple(word.text for word in read.lines[line].words)
    return Correction(kind=K.LINE_REMOVED, page=1, line=line, old=old)


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


def test_a_line_that_is_joined_with_the_one_above_is_a_part_of_its_item() -> None:
    joined = Correction(kind=K.LINES_JOINED, page=1, line=2)
    result = result_of(*TO_DO).corrected([tick(1), joined])
    assert states(result) == [("call the bank post the letter", True), ("buy a new lamp", False)]


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


def test_rows_that_are_joined_are_one() -> None:
    result = result_of(*TABLE).corrected([Correction(kind=K.LINES_JOINED, page=1, line=2)])
    assert table_in(result).texts()[1:] == [["1 5", "12 15", "4 4"], ["9", "19", "9"]]


def table_in(result: RecognitionResult) -> Table:
    return next(block for block in blocks(result) if isinstance(block, Table))


def test_paragraphs_are_parted_and_joined_as_their_breaks_are() -> None:
    read = result_of("We went to the river and", "came back late in the night.", "", "It was cold.")
    joined = read.corrected([Correction(kind=K.PARAGRAPHS_JOINED, page=1, line=2)])
    assert [len(block.parts) for block in blocks(joined)] == [3]
    parted = read.corrected([Correction(kind=K.PARAGRAPH_SPLIT, page=1, line=1)])
    assert [len(block.parts) for block in blocks(parted)] == [1, 1, 1]
    assert {block.kind for block in blocks(parted)} == {"paragraph"}


def test_a_number_that_is_corrected_counts_and_another_marker_is_found_anew() -> None:
    read = result_of("1. wash", "2. dry", "8. iron")
    (block,) = blocks(read.corrected([words(2, 0, "8.", "3.")]))
    assert isinstance(block, ListBlock)
    assert [item.number for item in block.items] == [1, 2, 3]
    (block,) = blocks(result_of("milk", "tea").corrected([words(n, 0, "", "-") for n in (0, 1)]))
    assert isinstance(block, ListBlock)
    assert [item.text for item in block.items] == ["milk", "tea"]


def test_a_field_keeps_its_label_apart_from_its_value() -> None:
    read = result_of("Name: Helen Miller", "Born on: 12 March")
    result = read.corrected([words(0, 1, "Helen", "Ellen Ann"), words(1, 0, "Born", "born")])
    fields = [block for block in blocks(result) if isinstance(block, FormField)]
    assert [(f.label.text, f.value) for f in fields] == [
        ("Name:", "Ellen Ann Miller"),
        ("born on:", "12 March"),
    ]


def test_figures_stay_where_they_are() -> None:
    read = result_of("This is the pump.", "", "", "", "", "That is the valve.")
    drawing = LeftOut(reason=LeftOutReason.HOPELESS, box=Box.rectangle(100, 130, 400, 260))
    page = read.pages[0].model_dump(mode="json")
    page["left_out"], page["blocks"] = [drawing.model_dump(mode="json")], []
    read = read.model_copy(update={"pages": (Page.model_validate(page),)})
    added = Correction(kind=K.PARAGRAPH_ADDED, page=1, line=2, new=("The", "end"))
    kinds = [block.kind for block in blocks(read.corrected([added]))]
    assert kinds[:3] == ["paragraph", "figure", "paragraph"]
    assert any(isinstance(block, Figure) for block in blocks(read))


def test_each_line_is_in_one_block_whatever_was_changed() -> None:
    read = result_of(*TO_DO, "", *TABLE)
    for line in range(1, len(read.lines)):
        for kind in (K.LINES_JOINED, K.PARAGRAPH_SPLIT, K.PARAGRAPHS_JOINED):
            result = read.corrected([Correction(kind=kind, page=1, line=line)])
            parts = [part for block in blocks(result) for part in block.parts]
            assert {part.line for part in parts} == {*range(len(result.lines))}
            text = [word.text for part in parts for word in part.words]
            assert sorted(text) == sorted(word.text for word in result.words)
            assert all(
                part.words == result.lines[part.line].words[part.first : part.end] for part in parts
            )
