"""Check boxes within cells: in grids and in columns, drawn and written."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw

from notetext import Box, Line, Mode, NoteText, Page, Paragraph, RecognitionResult
from notetext.model import Block, LeftOut, LeftOutReason, MarkShape, Table

from .conftest import HEIGHT, _turned, note_of
from .test_ruled_tables import found, grid, line, table_of

SIDE = 24.0


def mark(left: float, y: float, ticked: bool | None, slope: float = 0.0) -> LeftOut:
    box = Box.rectangle(left, y - HEIGHT / 2, left + SIDE, y + HEIGHT / 2)
    return LeftOut(
        reason=LeftOutReason.MARK,
        box=_turned(box, slope),
        shape=MarkShape.BOX,
        is_ticked=ticked,
    )


def read(lines: Sequence[Line], drawn: Sequence[LeftOut]) -> RecognitionResult:
    page = Page(
        number=1,
        width=900,
        height=900,
        engine="x",
        paragraphs=(Paragraph(lines=tuple(lines)),),
        left_out=tuple(drawn),
    )
    return RecognitionResult(engine="x", mode=Mode.PRINTED, languages=(), pages=(page,))


def tasks(result: RecognitionResult) -> list[tuple[str, bool | None]]:
    return [(task.text, task.done) for task in result.tasks]


def blocks(*rows: str, marks: Sequence[LeftOut] = ()) -> tuple[Block, ...]:
    """Blocks of lines that stand 40 below each other, the first at 100; from 100 on."""
    return read([one for each in note_of(*rows) for one in each.lines], marks).pages[0].blocks


@pytest.mark.parametrize("slope", [0.0, 3.0, -3.0])
def test_a_column_of_boxes_in_a_grid_is_one_and_the_rows_are_tasks(slope: float) -> None:
    lines = [
        line("done    task             who", 110, 120, slope),
        line("wash the        Anna", 190, 160, slope),
        line("dishes", 190, 200, slope),
        line("buy bread", 190, 240, slope),
    ]
    # The first box stands between two lines of its row.
    marks = [mark(130, 180, True, slope), mark(130, 240, False, slope)]
    result = read(lines, [*grid((100, 180, 340, 420), (100, 140, 220, 260), slope), *marks])
    table = table_of(result.pages[0].blocks)
    assert table.texts() == [
        ["done", "task", "who"], ["☑", "wash the dishes", "Anna"], ["☐", "buy bread", ""],
    ]  # fmt: skip
    assert table.has_header
    assert [box.done for row in table.rows for cell in row for box in cell.boxes] == [True, False]
    assert tasks(result) == [("wash the dishes, Anna", True), ("buy bread", False)]
    first = result.tasks[0].box
    assert first is not None
    assert marks[0].box is not None
    assert first.left == pytest.approx(marks[0].box.left)


def test_a_box_before_or_behind_the_words_of_its_cell_stands_there() -> None:
    lines = [line("Task       Seen", 110, 120), line("wash up    yes", 150, 160)]
    marks = [mark(110, 160, True), mark(310, 160, None)]
    result = read(lines, [*grid((100, 240, 360), (100, 140, 180)), *marks])
    assert table_of(result.pages[0].blocks).texts()[1] == ["☑ wash up", "yes ☐"]
    assert tasks(result) == [("wash up", True), ("yes", None)]


def test_of_several_boxes_in_a_cell_each_is_about_its_words() -> None:
    lines = [line("Question    Answer", 110, 120), line("Any pain      yes    no", 110, 160)]
    marks = [mark(220, 160, False), mark(290, 160, True)]
    result = read(lines, [*grid((100, 210, 360), (100, 140, 180)), *marks])
    assert table_of(result.pages[0].blocks).texts()[1] == ["Any pain", "☐ yes ☑ no"]
    assert tasks(result) == [("Any pain, yes", False), ("Any pain, no", True)]


def test_what_fills_its_cell_is_no_box_in_it() -> None:
    lines = [line("water     12", 110, 120), line("plants     7", 110, 160)]
    frame = mark(190, 120, False).model_copy(update={"box": Box.rectangle(181, 100, 249, 140)})
    table = table_of(found(lines, [*grid((100, 180, 250), (100, 140, 180)), frame]))
    assert not any(cell.boxes for row in table.rows for cell in row)


def test_boxes_below_names_are_columns_without_rules_too() -> None:
    marks = [
        mark(x, y, x + y > 460)
        for y in (140, 180, 220)
        for x in (200, 280, 360)
    ]  # fmt: skip
    chart = ("          Mon     Tue     Wed", "Dishes", "Plants", "Kitchen")
    (table,) = blocks(*chart, marks=marks)
    assert isinstance(table, Table)
    assert table.texts() == [
        ["", "Mon", "Tue", "Wed"],
        ["Dishes", "☐", "☐", "☑"],
        ["Plants", "☐", "☐", "☑"],
        ["Kitchen", "☐", "☑", "☑"],
    ]
    assert table.has_header
    result = read([one for each in note_of(*chart) for one in each.lines], marks)
    assert tasks(result)[:3] == [
        ("Dishes, Mon", False),
        ("Dishes, Tue", False),
        ("Dishes, Wed", True),
    ]


def test_boxes_before_what_is_to_be_done_stay_a_list() -> None:
    marks = [mark(100, 100 + 40 * row, row == 1) for row in range(3)]
    (tasks,) = blocks("      milk", "      oat flakes", "      apples", marks=marks)
    assert tasks.kind == "list"


def test_boxes_beside_two_columns_are_one_of_a_table() -> None:
    marks = [mark(100, 100 + 40 * row, row == 1) for row in range(3)]
    rows = ("      milk          Anna", "      oat flakes    Tom", "      apples        Mary")
    (table,) = blocks(*rows, marks=marks)
    assert isinstance(table, Table)
    assert table.texts()[1] == ["☑", "oat flakes", "Tom"]
    assert not table.has_header


def test_boxes_that_are_signs_of_the_text_are_tasks_too() -> None:
    rows = ("done   task         who", "[x]    wash up      Anna", "☐      buy bread    Tom")
    result = read([one for each in note_of(*rows) for one in each.lines], [])
    table = table_of(result.pages[0].blocks)
    assert table.has_header
    assert table.texts()[1] == ["[x]", "wash up", "Anna"]
    assert tasks(result) == [("wash up, Anna", True), ("buy bread, Tom", False)]


def test_a_tick_without_a_box_is_text() -> None:
    rows = ("Name    Mon   Tue", "Anna     ✓     ✓", "Tom            ✓")
    result = read([one for each in note_of(*rows) for one in each.lines], [])
    assert table_of(result.pages[0].blocks).texts()[2] == ["Tom", "", "✓"]
    assert result.tasks == ()


@pytest.mark.slow
@pytest.mark.parametrize("is_ruled", [True, False], ids=["in a grid", "without rules"])
def test_boxes_of_a_chart_that_was_drawn_are_read_in_their_cells(is_ruled: bool) -> None:
    sheet = Image.new("L", (1300, 620), 255)
    pen = ImageDraw.Draw(sheet)
    rows = [("done", "task", "who"), ("wash the dishes", "Anna"), ("water the plants", "Tom")]
    edges = (80, 280, 800, 1180)
    for number, row in enumerate(rows):
        y = 120 + 110 * number
        for x, text in zip(edges[-1 - len(row) :], row, strict=False):
            pen.text((x + 20, y + 28), text, fill=0, font_size=44)
        if number:
            pen.rectangle((140, y + 34, 182, y + 76), outline=0, width=4)
    pen.line([(148, 275), (160, 298), (190, 250)], fill=0, width=5)  # a tick in the first
    for n in range(4 if is_ruled else 0):
        pen.line([(80, 120 + 110 * n), (1180, 120 + 110 * n)], fill=0, width=3)
        pen.line([(edges[n], 120), (edges[n], 450)], fill=0, width=3)
    result = NoteText().recognize(sheet, mode="printed")
    assert table_of(result.pages[0].blocks).texts() == [
        ["done", "task", "who"],
        ["☑", "wash the dishes", "Anna"],
        ["☐", "water the plants", "Tom"],
    ]
    assert tasks(result) == [("wash the dishes, Anna", True), ("water the plants, Tom", False)]
