"""Blocks are those of what stands; what is struck out is put back beside it."""

from __future__ import annotations

from collections.abc import Callable

from notetext import Paragraph, Word
from notetext.model import (
    Block,
    Heading,
    LinePart,
    ListBlock,
    ParagraphBlock,
    Table,
    standing_paragraphs,
)
from notetext.result.structure.finding import find_blocks

Note = Callable[..., list[Paragraph]]


def struck_in(note: list[Paragraph]) -> list[Paragraph]:
    """A note in which the words with a ``~`` before them are struck out."""

    def word_of(word: Word) -> Word:
        text = word.text.removeprefix("~")
        return word.model_copy(update={"text": text, "struck": text != word.text})

    return [
        paragraph.model_copy(
            update={
                "lines": tuple(
                    line.model_copy(update={"words": tuple(map(word_of, line.words))})
                    for line in paragraph.lines
                )
            }
        )
        for paragraph in note
    ]


def texts(parts: tuple[LinePart, ...]) -> list[str]:
    return [" ".join("~" * word.struck + word.text for word in part.words) for part in parts]


def test_the_blocks_of_what_stands_stay_as_they_are(note: Note) -> None:
    lines = struck_in(
        note("~My Shopping", "", "- milk", "~-  ~bread", "- ~green tea", "~and", "", "~That was it")
    )

    def plain(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
        return [(block.kind, block.text) for block in blocks]

    assert plain(find_blocks(lines)) == plain(find_blocks(standing_paragraphs(lines)))


def test_a_line_that_is_struck_out_is_a_part_of_the_item_before_it(note: Note) -> None:
    lines = struck_in(note("- milk", "~- ~bread", "- tea"))
    (block,) = find_blocks(lines)
    assert isinstance(block, ListBlock)
    assert [texts(item.lines) for item in block.items] == [["- milk", "~- ~bread"], ["- tea"]]
    assert [item.text for item in block.items] == ["milk", "tea"]


def test_one_between_a_heading_and_a_list_goes_to_the_list(note: Note) -> None:
    lines = struck_in(note("#To do", "~call ~Ann", "- milk", "- tea"))
    heading, block = find_blocks(lines)
    assert isinstance(heading, Heading)
    assert isinstance(block, ListBlock)
    assert texts(block.items[0].lines) == ["~call ~Ann", "- milk"]


def test_where_nothing_flows_beside_it_it_is_a_block_of_its_own(note: Note) -> None:
    (block,) = find_blocks(struck_in(note("~all ~of ~it")))
    assert isinstance(block, ParagraphBlock)
    assert block.text == ""
    assert texts(block.lines) == ["~all ~of ~it"]


def test_a_word_in_a_table_belongs_to_the_cell_that_it_is_nearer_to(note: Note) -> None:
    lines = struck_in(
        note(
            "Item        Price",
            "milk ~tea      12",
            "bread      ~9  10",
            "cheese         13",
        )
    )
    (table,) = find_blocks(lines)
    assert isinstance(table, Table)
    cells = [[texts(cell.lines) for cell in row] for row in table.rows]
    assert cells[1:3] == [[["milk ~tea"], ["12"]], [["bread"], ["~9 10"]]]
    assert table.texts()[1:3] == [["milk", "12"], ["bread", "10"]]


def test_boxes_of_blocks_are_those_of_what_stands(note: Note) -> None:
    lines = struck_in(note("we see ~you", "~tomorrow", "at noon"))
    (block,) = find_blocks(lines)
    (plain,) = find_blocks(standing_paragraphs(lines))
    assert block.box == plain.box
