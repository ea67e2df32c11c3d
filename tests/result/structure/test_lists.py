from __future__ import annotations

from collections.abc import Iterable

import pytest

from notetext import Box, Line, Paragraph, Word
from notetext.model import Block, ListBlock, ListItem, Task
from notetext.result.structure.finding import find_blocks

from .conftest import Note


def outline(blocks: Iterable[Block]) -> list[str]:
    """Lists as indented lines, and other blocks by their kinds."""
    found = []
    for block in blocks:
        if isinstance(block, ListBlock):
            found += _lines(block.items, 0)
        else:
            found.append(f"({block.kind}) {' '.join(block.text.split())}")
    return found


def _lines(items: Iterable[ListItem], depth: int) -> list[str]:
    found = []
    for item in items:
        sign = ("x " if item.done else "o ") if isinstance(item, Task) else ""
        number = f"{item.number} " if item.number is not None else ""
        found.append("  " * depth + sign + number + item.text)
        found += _lines(item.items, depth + 1)
    return found


def test_items_below_items_are_nested_by_where_they_begin(note: Note) -> None:
    blocks = find_blocks(
        note("- food", "  - bread", "  - red apples", "    - two kilos", "- clothes", "- a map")
    )
    assert outline(blocks) == [
        "food", "  bread", "  red apples", "    two kilos", "clothes", "a map",
    ]  # fmt: skip


def test_bullets_below_numbers_are_nested_even_where_they_are_not_indented(note: Note) -> None:
    blocks = find_blocks(note("1. history", "- the war", "- the peace", "2. the end"))
    assert outline(blocks) == ["1 history", "  the war", "  the peace", "2 the end"]


def test_an_item_goes_on_below_its_text_and_ends_at_the_margin(note: Note) -> None:
    blocks = find_blocks(
        note("- a long item that", "  goes on here", "- milk", "and that is all of it today")
    )
    assert outline(blocks) == [
        "a long item that goes on here",
        "milk",
        "(paragraph) and that is all of it today",
    ]


def test_numbers_keep_their_values_and_count_only_in_rows(note: Note) -> None:
    assert outline(find_blocks(note("7. wash it", "8. dry it"))) == ["7 wash it", "8 dry it"]
    (block,) = find_blocks(note("12. March was cold", kind=None))
    assert block.kind == "paragraph"


def test_a_list_that_counts_anew_is_another_list(note: Note) -> None:
    first, second = find_blocks(note("1. wash", "2. dry", "1. cook", "2. eat"))
    assert isinstance(first, ListBlock)
    assert isinstance(second, ListBlock)
    assert [item.text for item in second.items] == ["cook", "eat"]


def test_letters_count_and_are_kept_as_markers(note: Note) -> None:
    (block,) = find_blocks(note("a) the first one", "b) the second one"))
    assert isinstance(block, ListBlock)
    assert [(item.marker, item.number, item.text) for item in block.items] == [
        ("a)", None, "the first one"),
        ("b)", None, "the second one"),
    ]


def test_numbers_of_several_parts_are_below_those_that_they_go_on_from(note: Note) -> None:
    (block,) = find_blocks(note("1. intro", "1.1 scope", "1.2 terms", "2. main", "2.1 first"))
    assert isinstance(block, ListBlock)
    assert [(item.text, [below.label for below in item.items]) for item in block.items] == [
        ("intro", ["1.1", "1.2"]), ("main", ["2.1"]),
    ]  # fmt: skip
    (text,) = find_blocks(note("1.5 kg of flour", "2.5 kg of sugar"))
    assert text.kind == "paragraph"


def test_roman_numbers_count(note: Note) -> None:
    (block,) = find_blocks(note("i. wash", "ii. dry", "iii. iron", "iv. wear"))
    assert isinstance(block, ListBlock)
    assert [item.label for item in block.items] == ["i.", "ii.", "iii.", "iv."]
    assert [each.kind for each in find_blocks(note("I. Newton was", "V. Hugo too"))] == [
        "paragraph"
    ]


def test_several_boxes_in_a_line_are_tasks_each(note: Note) -> None:
    assert outline(find_blocks(note("☐ yes  ☑ no  ☐ perhaps"))) == ["o yes", "x no", "o perhaps"]


@pytest.mark.parametrize(
    ("row", "done"),
    [
        ("☐ iron", False),
        ("[ ] iron", False),
        ("☑ iron", True),
        ("[x] iron", True),
        ("☒ iron", True),
    ],
)
def test_check_boxes_in_a_text_are_tasks(note: Note, row: str, done: bool) -> None:
    (block,) = find_blocks(note(row))
    assert isinstance(block, ListBlock)
    (task,) = block.items
    assert isinstance(task, Task)
    assert (task.text, task.done) == ("iron", done)


def test_what_is_a_marker_only_beside_others(note: Note) -> None:
    assert outline(find_blocks(note("- milk", "-bread", ". butter", "- tea"))) == [
        "milk", "bread", "butter", "tea",
    ]  # fmt: skip
    assert outline(find_blocks(note("I. wash", "2. dry"))) == ["1 wash", "2 dry"]
    (text,) = find_blocks(note("-bread and butter", "I. wash it"))
    assert text.kind == "paragraph"


def test_stars_and_circles_that_were_read_as_letters_are_bullets_in_rows(note: Note) -> None:
    assert outline(find_blocks(note("x milk", "x bread", "o butter", "- tea"))) == [
        "milk", "bread", "butter", "tea",
    ]  # fmt: skip
    (text,) = find_blocks(note("x = 5 and", "k = 7 or so"))
    assert text.kind == "paragraph"


def test_a_dash_within_a_text_is_no_bullet(note: Note) -> None:
    (text,) = find_blocks(note("We came at nine - too late for", "the first of the two trains."))
    assert text.kind == "paragraph"


def test_a_bullet_that_was_found_by_itself_belongs_to_the_line_beside_it() -> None:
    def line(text: str, left: float, top: float) -> Line:
        box = Box.rectangle(left, top, left + 10 * len(text), top + 30)
        return Line(words=(Word(text=text, box=box),), box=box)

    lines = [
        line("*", 100, 90),
        line("bread", 140, 100),
        line("*", 100, 130),
        line("tea", 140, 140),
    ]
    assert outline(find_blocks([Paragraph(lines=tuple(lines))])) == ["bread", "tea"]


def test_a_dash_that_comes_first_in_a_line_of_a_text_is_no_bullet(note: Note) -> None:
    (text,) = find_blocks(
        note("We came at nine in the morning", "- too late for the first train", "to the lake.")
    )
    assert text.kind == "paragraph"


def test_circled_numbers_count(note: Note) -> None:
    blocks = find_blocks(note("① call Ann", "② write Bob", "③ rest"))
    assert outline(blocks) == ["1 call Ann", "2 write Bob", "3 rest"]
