from __future__ import annotations

from notetext.model import FormField, Table
from notetext.result.structure.finding import find_blocks

from .conftest import Note


def test_rows_that_leave_the_same_strips_free_are_a_table(note: Note) -> None:
    (table,) = find_blocks(
        note(
            "Time   Monday    Tuesday",
            "8:00   Maths     English",
            "9:00   Physics   free",
            "10:00            Music",
        )
    )
    assert isinstance(table, Table)
    assert table.texts() == [
        ["Time", "Monday", "Tuesday"],
        ["8:00", "Maths", "English"],
        ["9:00", "Physics", "free"],
        ["10:00", "", "Music"],
    ]
    assert table.has_header


def test_a_row_of_names_belongs_to_its_table_though_its_gaps_are_narrow(note: Note) -> None:
    (table,) = find_blocks(note("Day  Height  Leaves", " 1      12       4", " 5      15      10"))
    assert isinstance(table, Table)
    assert table.texts()[0] == ["Day", "Height", "Leaves"]


def test_a_bill_is_a_table_between_its_title_and_its_thanks(note: Note) -> None:
    heading, table, thanks = find_blocks(
        note(
            "#Bill",
            "",
            "Coffee           3.20",
            "Apple cake       4.50",
            "Mineral water   12.80",
            "",
            "Thank you, and come again soon",
        )
    )
    assert (heading.kind, thanks.kind) == ("heading", "paragraph")
    assert isinstance(table, Table)
    assert table.texts()[2] == ["Mineral water", "12.80"]
    assert not table.has_header


def test_a_title_with_a_wide_gap_is_no_row(note: Note) -> None:
    title, table = find_blocks(
        note("Phone     numbers", "", "Anna      44 12", "School    20 15", "Plumber   98 40")
    )
    assert title.text == "Phone numbers\n"
    assert isinstance(table, Table)
    assert len(table.rows) == 3


def test_running_text_with_a_wide_gap_is_no_table(note: Note) -> None:
    blocks = find_blocks(
        note(
            "Present were Anna,    Peter and",
            "Martin, and they   began at nine,",
            "as   they had said the day before.",
        )
    )
    assert {block.kind for block in blocks} == {"paragraph"}


def test_lines_of_a_text_that_leave_a_strip_free_by_chance_are_no_table(note: Note) -> None:
    (text,) = find_blocks(
        note(
            "We     believe that a service",
            "at the point of    need is all",
            "that    we have asked for, and",
            "with    one standard for us",
        )
    )
    assert text.kind == "paragraph"
    (text,) = find_blocks(
        note(
            "We    believe that a good service",
            "must  be free to all of us there",
            "at    the time of our need for it",
        )
    )
    assert text.kind == "paragraph"


def test_a_list_is_no_table_however_far_its_text_stands_off(note: Note) -> None:
    (block,) = find_blocks(note("1.    Peel the apples", "2.    Mix it", "3.    Bake it"))
    assert block.kind == "list"


def test_labels_with_colons_are_fields_and_no_table(note: Note) -> None:
    blocks = find_blocks(note("Name:     Helen", "Street:   Garden Road 12", "Town:     Oxford"))
    values = {field.label.text: field.value for field in blocks if isinstance(field, FormField)}
    assert values == {"Name:": "Helen", "Street:": "Garden Road 12", "Town:": "Oxford"}
