from __future__ import annotations

import pytest

from notetext.model import Role
from notetext.result.structure.finding import find_blocks

from .conftest import Note

TEXT = ("We sold more chairs than last week,", "and most of them went to schools.")


@pytest.mark.parametrize("number", ["7", "- 12 -", "3/8", "Page 3 of 8"])
def test_a_number_below_the_text_is_the_pages(note: Note, number: str) -> None:
    text, last = find_blocks(note(*TEXT, "", "", number))
    assert (text.role, last.role) == (Role.BODY, Role.PAGE_NUMBER)


def test_a_number_above_the_text_is_the_pages(note: Note) -> None:
    first, text = find_blocks(note("7", "", "", *TEXT))
    assert (first.role, text.role) == (Role.PAGE_NUMBER, Role.BODY)


@pytest.mark.parametrize("row", ["Anna", "17.59", "Total 42", "12 March"])
def test_other_texts_there_are_none(note: Note, row: str) -> None:
    *_, last = find_blocks(note(*TEXT, "", "", row))
    assert last.role is Role.BODY


def test_a_number_within_the_text_is_none(note: Note) -> None:
    blocks = find_blocks(note(*TEXT, "", "", "7", "", "", *TEXT))
    assert {block.role for block in blocks} == {Role.BODY}
