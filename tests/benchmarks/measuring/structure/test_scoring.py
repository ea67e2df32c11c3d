"""How the structure that was found is counted."""

from __future__ import annotations

import pytest
from measuring.structure.markdown import blocks_of
from measuring.structure.notes import NOTES
from measuring.structure.readers import markdown_of_hocr
from measuring.structure.ruled_notes import RULED_NOTES
from measuring.structure.scoring import compared
from measuring.structure.trees import Tree, edit_distance

TASKS = "# To do\n\n- [x] call\n- [ ] write\n  - to Ann\n"


@pytest.mark.parametrize("name", NOTES)
def test_a_note_that_comes_out_as_it_was_drawn_has_everything(name: str) -> None:
    blocks = blocks_of(NOTES[name])
    score = compared(blocks, blocks)
    assert score.f1 == 1
    assert (score.states, score.nested) == (score.tasks, score.items)
    assert score.teds == score.tables


def test_a_wrong_state_and_a_wrong_depth_are_counted_apart() -> None:
    found = "# To do\n\n- [x] call\n- [x] write\n- to Ann\n"
    score = compared(blocks_of(found), blocks_of(TASKS))
    assert (score.f1, score.tasks_found, score.states) == (1, 2, 1)
    assert (score.items, score.nested) == (3, 2)


def test_lines_without_structure_are_none_of_it() -> None:
    score = compared(blocks_of("To do\ncall\nwrite\nto Ann\n"), blocks_of(TASKS))
    assert score.matched == 0


def test_fields_and_code_are_known() -> None:
    blocks = blocks_of("**Name:** Ann\\\n**Town:** Oxford\n\n```\na\n  b\n```\n")
    assert [(block.kind, block.text) for block in blocks] == [
        ("field", "Name: Ann"), ("field", "Town: Oxford"), ("code", "a\n  b\n"),
    ]  # fmt: skip


def test_the_distance_of_trees_is_what_has_to_be_changed() -> None:
    def table(*rows: str) -> Tree:
        return Tree("", [Tree("", [Tree(cell) for cell in row.split()]) for row in rows])

    assert edit_distance(table("a b", "c d"), table("a b", "c d")) == 0
    assert edit_distance(table("a b", "c d"), table("a b", "c")) == 1
    assert edit_distance(table("a b"), table("a b", "c d")) == 3
    assert edit_distance(table("ab"), table("ac")) == pytest.approx(0.5)


@pytest.mark.parametrize("name", RULED_NOTES)
def test_a_ruled_note_that_comes_out_as_it_was_drawn_has_everything(name: str) -> None:
    blocks = blocks_of(RULED_NOTES[name])
    score = compared(blocks, blocks)
    assert (score.f1, score.teds, score.teds_of_spans) == (1, score.tables, score.tables)


def test_a_cell_that_should_span_and_does_not_is_counted() -> None:
    spanning = '<table><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>'
    drawn = blocks_of(spanning)
    found = blocks_of("|  |  |\n|---|---|\n| a |  |\n| b | c |\n")
    score = compared(found, drawn)
    assert score.teds == 1
    assert score.teds_of_spans < 1
    said = blocks_of("|  |  |\n|---|---|\n| a |  |\n| b | c |\n", spanning)
    assert compared(said, drawn).teds_of_spans == 1


def test_hocr_becomes_paragraphs_lines_and_headings() -> None:
    hocr = (
        '<p class="ocr_par"><span class="ocr_header"><span class="ocrx_word">To</span> '
        '<span class="ocrx_word">do</span></span></p><p class="ocr_par"><span class="ocr_line">'
        '<span class="ocrx_word">-</span> <span class="ocrx_word">call</span></span>'
        '<span class="ocr_line"><span class="ocrx_word">now</span></span></p>'
    )
    assert markdown_of_hocr(hocr) == "# To do\n\n- call\nnow"
