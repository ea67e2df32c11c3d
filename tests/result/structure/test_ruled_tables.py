"""What stands between drawn rules is a cell, also where it spans, has several lines or none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from notetext import Box, Line, Paragraph, Word
from notetext.model import Block, LeftOut, LeftOutReason, Table
from notetext.result.structure.finding import find_blocks

from .conftest import _turned

Place = tuple[float, float, float, float]

CHARACTER, HEIGHT = 10.0, 30.0


def line(text: str, left: float, y: float, slope: float = 0.0) -> Line:
    """A line whose words begin where their letters do; two blanks or more are wide gaps."""
    words, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        x, width = left + start * CHARACTER, len(word) * CHARACTER
        box = Box.rectangle(x, y - HEIGHT / 2, x + width, y + HEIGHT / 2)
        words.append(Word(text=word, box=_turned(box, slope)))
        start += len(word)
    return Line(words=tuple(words), box=Box.along([w.box for w in words if w.box is not None]))


def rules(*places: Place, slope: float = 0.0) -> list[LeftOut]:
    """Thin boxes from left, top to right, bottom."""
    boxes = (Box.rectangle(x1 - 1, y1 - 1, x2 + 1, y2 + 1) for x1, y1, x2, y2 in places)
    return [LeftOut(reason=LeftOutReason.RULE, box=_turned(box, slope)) for box in boxes]


def found(lines: Sequence[Line], drawn: Sequence[LeftOut]) -> tuple[Block, ...]:
    return find_blocks([Paragraph(lines=tuple(lines))], drawn)


def grid(xs: Sequence[float], ys: Sequence[float], slope: float = 0.0) -> list[LeftOut]:
    level = [(xs[0], y, xs[-1], y) for y in ys]
    return rules(*level, *((x, ys[0], x, ys[-1]) for x in xs), slope=slope)


def table_of(blocks: Sequence[Block]) -> Table:
    (table,) = (block for block in blocks if isinstance(block, Table))
    return table


@pytest.mark.parametrize("slope", [0.0, 3.0, -3.0])
def test_cells_have_several_lines_and_empty_ones_stay(slope: float) -> None:
    lines = [
        line("Item                 Price", 110, 120, slope),
        line("a filter for", 110, 160, slope),
        line("18.40", 320, 180, slope),
        line("the pump", 110, 200, slope),
        line("oil", 110, 240, slope),
    ]
    drawn = grid((100, 300, 400), (100, 140, 220, 260, 300), slope)
    (table,) = found(lines, drawn)
    assert isinstance(table, Table)
    assert table.texts() == [
        ["Item", "Price"], ["a filter for the pump", "18.40"], ["oil", ""], ["", ""],
    ]  # fmt: skip
    assert table.has_header


def test_cells_without_a_rule_between_them_are_one() -> None:
    lines = [
        line("Plant", 110, 140),
        line("Height", 240, 120),
        line("May  June", 220, 160),
        line("Bean      20   54", 110, 200),
    ]
    level = [(100, 100), (200, 140), (100, 180), (100, 220)]
    upright = [(100, 100), (200, 100), (250, 140), (300, 100)]
    drawn = rules(*((x, y, 300, y) for x, y in level), *((x, y, x, 220) for x, y in upright))
    table = table_of(found(lines, drawn))
    spans = [[(c.text, c.row_span, c.column_span) for c in row] for row in table.rows]
    assert spans == [
        [("Plant", 2, 1), ("Height", 1, 2)],
        [("May", 1, 1), ("June", 1, 1)],
        [("Bean", 1, 1), ("20", 1, 1), ("54", 1, 1)],
    ]


def test_a_single_row_in_a_grid_is_a_table_above_the_text() -> None:
    lines = [
        line("Class   7 b", 110, 120),
        line("Room   214", 260, 120),
        line("The class begins on Monday, and everybody brings a pencil.", 100, 200),
    ]
    blocks = found(lines, grid((100, 180, 250, 320, 400), (100, 140)))
    assert [block.kind for block in blocks] == ["table", "paragraph"]
    assert table_of(blocks).texts() == [["Class", "7 b", "Room", "214"]]


def test_rows_without_rules_between_upright_ones_are_told_by_their_lines() -> None:
    rows = ("house      Haus", "river      Fluss", "spoon      Loeffel")
    lines = [line("English    German", 110, 120)]
    lines += [line(row, 110, 160 + 40 * number) for number, row in enumerate(rows)]
    drawn = rules((100, 140, 400, 140), (200, 100, 200, 260))
    table = table_of(found(lines, drawn))
    assert table.texts() == [["English", "German"], *(row.split() for row in rows)]
    assert table.has_header


def test_columns_without_rules_between_level_ones_are_told_by_their_gaps() -> None:
    lines = [
        line("Who      What                When", 110, 120),
        line("Anna     book the room and   Monday", 110, 170),
        line("send the letters", 200, 200),
        line("Peter    buy the food        Friday", 110, 250),
    ]
    drawn = rules(*((100, y, 460, y) for y in (100, 140, 220, 270)))
    table = table_of(found(lines, drawn))
    assert table.texts()[1] == ["Anna", "book the room and send the letters", "Monday"]
    assert len(table.rows) == 3


def test_a_frame_around_rows_holds_the_table_alone() -> None:
    lines = [
        line("Our prices", 110, 40),
        line("Cake       Piece   Whole", 110, 120),
        line("Apple      2.40    18.00", 110, 160),
        line("Cherry     2.90    22.50", 110, 200),
    ]
    blocks = found(lines, grid((100, 380), (100, 220)))
    assert [block.kind for block in blocks] == ["heading", "table"]
    assert len(table_of(blocks).rows) == 3


def test_a_frame_around_a_text_is_no_table() -> None:
    lines = [
        line("The key is under the stone beside the door,", 110, 120),
        line("and the neighbours have another one.", 110, 160),
    ]
    (block,) = found(lines, grid((100, 560), (100, 180)))
    assert block.kind == "paragraph"


def test_paper_with_lines_and_a_margin_is_no_table() -> None:
    lines = [line("the birds sing in the morning and", 110, 120 + 40 * n) for n in range(8)]
    lines.insert(3, line("1.", 60, 241))
    drawn = rules(*((20, 140 + 40 * n, 600, 140 + 40 * n) for n in range(8)), (95, 60, 95, 500))
    assert all(block.kind != "table" for block in found(lines, drawn))


def test_squares_that_words_stand_across_are_no_table() -> None:
    lines = [line("measure everything carefully", 110, 120 + 40 * n) for n in range(3)]
    drawn = grid([100 + 40 * n for n in range(9)], [100 + 40 * n for n in range(4)])
    assert all(block.kind != "table" for block in found(lines, drawn))


def test_a_stroke_through_words_and_one_below_a_heading_are_no_rules_of_a_table() -> None:
    lines = [line("The heading", 100, 60), line("Red and Blue", 100, 120), line("Green", 100, 160)]
    drawn = rules((100, 80, 210, 80), (100, 120, 220, 120), (150, 45, 150, 80))
    assert all(block.kind != "table" for block in found(lines, drawn))


def test_what_stands_beside_a_table_on_its_lines_is_kept() -> None:
    lines = [line("Red   3      see below", 110, 120), line("Blue  1", 110, 160)]
    blocks = found(lines, grid((100, 160, 200), (100, 140, 180)))
    assert table_of(blocks).texts() == [["Red", "3"], ["Blue", "1"]]
    assert [block.text for block in blocks if block.kind == "paragraph"] == ["see below\n"]


def test_the_sides_of_cells_drawn_one_by_one_are_rules_as_well() -> None:
    xs, ys = (100, 200, 300), (100, 140, 180)
    sides: list[Place] = [(x1, y, x2, y) for y in ys for x1, x2 in ((100, 200), (200, 300))]
    sides += [(x, y1, x, y2) for x in xs for y1, y2 in ((100, 140), (140, 180))]
    lines = [line("Red       3", 110, 120), line("Blue      1", 110, 160)]
    table = table_of(found(lines, rules(*sides)))
    assert table.texts() == [["Red", "3"], ["Blue", "1"]]


def test_a_table_whose_columns_were_read_one_after_the_other_is_one() -> None:
    paragraphs = [
        Paragraph(lines=(line("Red", 110, 120), line("Blue", 110, 160))),
        Paragraph(lines=(line("3", 220, 120), line("1", 220, 160))),
    ]
    (table,) = find_blocks(paragraphs, grid((100, 200, 300), (100, 140, 180)))
    assert isinstance(table, Table)
    assert table.texts() == [["Red", "3"], ["Blue", "1"]]


def test_a_single_row_between_two_rules_is_a_table_if_upright_ones_part_it() -> None:
    drawn = rules(
        (100, 100, 420, 100), (100, 140, 420, 140), *((x, 100, x, 140) for x in (180, 280))
    )
    (block,) = found([line("Class   7 b        Room", 110, 120)], drawn)
    assert isinstance(block, Table)
    assert block.texts() == [["Class", "7 b", "Room"]]
