"""Items that are struck out as a whole."""

from __future__ import annotations

from notetext import Box, Word
from notetext.exporters.struck_items import with_struck_items
from notetext.model import LinePart, ListBlock, ListItem, ParagraphBlock, Task


def part(number: int, text: str, *, struck: bool = False, left: float | None = None) -> LinePart:
    """A line; with a left edge it has a place."""
    box = Box.rectangle(left, 40 * number, left + 50, 40 * number + 30) if left else None
    words = tuple(Word(text=each, box=box, struck=struck) for each in text.split())
    return LinePart(line=number, end=len(words), words=words)


def outline(items: tuple[ListItem, ...]) -> list[object]:
    """The words of each item, and below it those of its items."""
    return [
        [" ".join(word.text for line in item.lines for word in line.words), *outline(item.items)]
        for item in items
    ]


def expanded(*items: ListItem) -> tuple[ListItem, ...]:
    block = with_struck_items(ListBlock(items=items))
    assert isinstance(block, ListBlock)
    return block.items


def test_a_line_with_a_marker_is_an_item() -> None:
    lines = (part(0, "- no", struck=True), part(1, "- milk"), part(2, "- bread", struck=True))
    items = expanded(ListItem(marker="-", lines=lines))
    assert outline(items) == [["- no"], ["- milk"], ["- bread"]]
    assert [item.marker for item in items] == ["-", "-", "-"]


def test_one_without_a_marker_goes_on_with_its_item() -> None:
    lines = (part(0, "- milk"), part(1, "and bread", struck=True), part(2, "of today"))
    assert outline(expanded(ListItem(marker="-", lines=lines))) == [["- milk and bread of today"]]


def test_beside_drawn_boxes_every_line_is_an_item() -> None:
    mark = Box.rectangle(0, 0, 9, 9)
    lines = (part(0, "milk"), part(1, "bread", struck=True))
    items = expanded(Task(marker="☐", mark=mark, done=False, lines=lines))
    assert outline(items) == [["milk"], ["bread"]]
    assert [type(item) for item in items] == [Task, ListItem]


def test_numbers_keep_their_values() -> None:
    lines = (part(0, "1. wash"), part(1, "2. iron", struck=True))
    items = expanded(ListItem(marker="1.", number=1, lines=lines))
    assert [item.number for item in items] == [1, 2]


def test_what_stands_below_an_item_comes_after_it() -> None:
    below = ListItem(marker="-", lines=(part(2, "- white"),))
    lines = (part(0, "- milk"), part(1, "- brown", struck=True))
    items = expanded(ListItem(marker="-", lines=lines, items=(below,)))
    assert outline(items) == [["- milk", ["- brown"], ["- white"]]]


def test_one_that_begins_where_its_neighbour_does_takes_what_stands_below() -> None:
    below = ListItem(marker="-", lines=(part(3, "- white", left=60),))
    lines = (
        part(0, "- milk", left=20),
        part(1, "- fresh", struck=True, left=58),
        part(2, "- bread", struck=True, left=22),
    )
    items = expanded(ListItem(marker="-", lines=lines, items=(below,)))
    assert outline(items) == [["- milk", ["- fresh"]], ["- bread", ["- white"]]]


def test_an_item_of_which_nothing_is_left_leaves_none_behind() -> None:
    lines = (part(0, "- milk", struck=True),)
    assert outline(expanded(ListItem(marker="-", lines=lines))) == [["- milk"]]


def test_all_else_is_the_same_object() -> None:
    text = ParagraphBlock(lines=(part(0, "no", struck=True),))
    plain = ListBlock(items=(ListItem(lines=(part(0, "- milk"),)),))
    assert with_struck_items(text) is text
    assert with_struck_items(plain) is plain
