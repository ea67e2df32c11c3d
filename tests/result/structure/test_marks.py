from __future__ import annotations

from notetext import Box, Line, Paragraph
from notetext.model import LeftOut, LeftOutReason, ListBlock, MarkShape, Task
from notetext.result.structure.finding import find_blocks

from .conftest import note_of


def mark(line: Line, offset: float, ticked: bool | None) -> LeftOut:
    """A box so many pixels left of a line's first word, or right of it."""
    box = line.words[0].box
    assert box is not None
    left = box.left + offset
    return LeftOut(
        reason=LeftOutReason.MARK,
        box=Box.rectangle(left, box.top + 4, left + 22, box.bottom - 4),
        shape=MarkShape.BOX,
        is_ticked=ticked,
    )


def tasks_in(paragraphs: list[Paragraph], marks: list[LeftOut]) -> list[tuple[str, bool | None]]:
    return [
        (item.text, item.done)
        for block in find_blocks(paragraphs, marks)
        if isinstance(block, ListBlock)
        for item in block.items
        if isinstance(item, Task)
    ]


def test_a_drawn_box_makes_a_task_of_the_line_behind_it() -> None:
    note = note_of("call the bank", "post the letter", "", "and that is all")
    marks = [mark(note[0].lines[0], -40, True), mark(note[0].lines[1], -40, False)]
    assert tasks_in(note, marks) == [("call the bank", True), ("post the letter", False)]
    assert find_blocks(note, marks)[-1].kind == "paragraph"


def test_boxes_within_a_line_part_it_into_tasks() -> None:
    note = note_of("yes      no      perhaps")
    line = note[0].lines[0]
    marks = [mark(line, -40, False), mark(line, 60, True), mark(line, 130, None)]
    assert tasks_in(note, marks) == [("yes", False), ("no", True), ("perhaps", None)]


def test_a_box_behind_its_line_makes_a_task_of_it() -> None:
    note = note_of("call the bank")
    assert tasks_in(note, [mark(note[0].lines[0], 150, True)]) == [("call the bank", True)]


def test_a_box_that_stands_by_itself_belongs_to_no_line() -> None:
    note = note_of("call the bank")
    far = mark(note[0].lines[0], -400, True)
    assert tasks_in(note, [far]) == []


def test_a_drawn_circle_is_a_bullet() -> None:
    note = note_of("bread", "butter")
    marks = [
        mark(each, -35, None).model_copy(update={"shape": MarkShape.CIRCLE})
        for each in note[0].lines
    ]
    (block,) = find_blocks(note, marks)
    assert isinstance(block, ListBlock)
    assert [(item.marker, item.text) for item in block.items] == [("○", "bread"), ("○", "butter")]
    assert all(item.mark is not None for item in block.items)
