from __future__ import annotations

import pytest

from notetext.model import Heading
from notetext.result.structure.finding import find_blocks

from .conftest import Note

TEXT = ("We sold more chairs than last week,", "and most of them went to schools.")


def test_what_is_larger_than_the_text_is_a_heading(note: Note) -> None:
    title, text, below, rest = find_blocks(note("#Report", "", *TEXT, "", "#Staff", *TEXT))
    assert isinstance(title, Heading)
    assert isinstance(below, Heading)
    assert (title.text, title.level) == ("Report\n", 1)
    assert (below.text, below.level) == ("Staff\n", 2)
    assert (text.kind, rest.kind) == ("paragraph", "paragraph")


def test_a_short_line_at_the_top_that_stands_alone_is_a_title(note: Note) -> None:
    title, *_ = find_blocks(note("Report", "", *TEXT))
    assert title.kind == "heading"


def test_a_few_words_that_stand_apart_in_the_text_are_a_heading(note: Note) -> None:
    blocks = find_blocks(note("#Report", "", *TEXT, "", "Staff", "", *TEXT))
    assert [block.kind for block in blocks] == ["heading", "paragraph", "heading", "paragraph"]


def test_how_a_letter_begins_is_no_heading(note: Note) -> None:
    salutation, *_ = find_blocks(note("Dear Martha,", "", *TEXT))
    assert salutation.kind == "paragraph"


def test_a_page_of_one_line_has_no_heading(note: Note) -> None:
    (block,) = find_blocks(note("Report"))
    assert block.kind == "paragraph"


def test_the_lines_of_an_address_are_no_headings(note: Note) -> None:
    blocks = find_blocks(
        note(*TEXT, "", "Acting President", "", "Stanford University", "", "Dear Anna,")
    )
    assert {block.kind for block in blocks} == {"paragraph"}


def test_a_short_line_right_above_a_list_at_the_top_is_its_title(note: Note) -> None:
    assert [block.kind for block in find_blocks(note("To do", "- call Ann", "- write Bob"))] == [
        "heading", "list",
    ]  # fmt: skip
    assert [block.kind for block in find_blocks(note("To do:", "- call Ann", "- write Bob"))] == [
        "paragraph", "list",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["y = 2x + b", "X a", "J 3 k", "v(t) = v0 + a t", "P1 P2 P3"])
def test_a_formula_that_is_written_large_is_no_heading(note: Note, line: str) -> None:
    kinds = [block.kind for block in find_blocks(note(*TEXT, "", f"#{line}", "", *TEXT))]
    assert "heading" not in kinds


@pytest.mark.parametrize("line", ["May 2026", "To do", "Q & A at nine", "課題", "Ü 3 im Heft"])
def test_a_few_words_with_numbers_are_one(note: Note, line: str) -> None:
    kinds = [block.kind for block in find_blocks(note(*TEXT, "", f"#{line}", "", *TEXT))]
    assert kinds == ["paragraph", "heading", "paragraph"]
