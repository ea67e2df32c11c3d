"""What pages are made of, in JSON and out of it."""

from __future__ import annotations

import json
import pickle

import pytest
from pydantic import ValidationError

from notetext import Line, Page, Paragraph, Word
from notetext.model import Cell, LinePart, ListBlock, Table


def page_of(*lines: str) -> Page:
    written = tuple(Line(words=tuple(Word(text=text) for text in line.split())) for line in lines)
    return Page(number=1, width=9, height=9, engine="x", paragraphs=(Paragraph(lines=written),))


def test_blocks_come_back_from_json_and_pickle_with_their_words() -> None:
    page = page_of("1. wash", "2. dry", "and fold it")
    assert [block.kind for block in page.blocks] == ["list"]
    assert Page.model_validate_json(page.model_dump_json()) == page
    assert pickle.loads(pickle.dumps(page)) == page


def test_json_has_each_word_once() -> None:
    assert page_of("1. wash", "2. dry").model_dump_json().count("wash") == 1


def test_pages_of_before_there_were_blocks_have_them_found() -> None:
    page = page_of("- wash", "- dry")
    old = json.loads(page.model_dump_json())
    del old["blocks"]
    assert Page.model_validate(old) == page


@pytest.mark.parametrize(
    "part", [{"line": 7, "end": 1}, {"line": 0, "end": 9}, {"line": -1, "end": 1}]
)
def test_a_block_of_words_that_are_not_there_is_refused(part: dict[str, int]) -> None:
    data = page_of("some words").model_dump()
    data["blocks"] = [{"kind": "paragraph", "lines": [part]}]
    with pytest.raises(ValidationError, match="blocks"):
        Page.model_validate(data)


def test_an_item_says_its_text_without_its_marker_and_the_items_below() -> None:
    (block,) = page_of("1. wash it", "- with soap", "2. dry").blocks
    assert isinstance(block, ListBlock)
    first = block.items[0]
    assert (first.text, first.number, [item.text for item in first.items]) == (
        "wash it", 1, ["with soap"],
    )  # fmt: skip
    assert block.text == "1. wash it\n- with soap\n2. dry\n"


def test_a_table_with_spans_is_a_grid() -> None:
    def cell(text: str, rows: int = 1, columns: int = 1) -> Cell:
        part = LinePart(line=0, end=1, words=(Word(text=text),))
        return Cell(lines=(part,), row_span=rows, column_span=columns)

    table = Table(rows=((cell("a", rows=2), cell("b", columns=2)), (cell("c"), cell("d"))))
    assert table.texts() == [["a", "b", ""], ["", "c", "d"]]


def test_a_task_of_which_nobody_knows_comes_back_without_what_is_none() -> None:
    page = page_of("☐ wash", "☐ dry")
    data = json.loads(page.model_dump_json())
    for item in data["blocks"][0]["items"]:
        item["done"] = None
    unknown = Page.model_validate(data)
    assert Page.model_validate_json(unknown.model_dump_json(exclude_none=True)) == unknown
