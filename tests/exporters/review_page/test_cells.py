"""Cells of a table in the page: empty ones are written into, check boxes in them are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from drawn_notes import result_of
from playwright.sync_api import Locator, Page, expect
from reviewing import come_back, downloaded, lines, taken_back, word

from notetext import Box, RecognitionResult
from notetext.model import CorrectionKind, LeftOut, LeftOutReason, Table

pytestmark = pytest.mark.slow

Open = Callable[..., Page]

PLAN = (
    "Time    Mon     Tue     Wed",
    "8:00    Maths           Latin",
    "9:00            Music   Latin",
)


def table_of(result: RecognitionResult) -> Table:
    (table,) = (block for block in result.pages[0].blocks if isinstance(block, Table))
    return table


def blank(page: Page, row: int, column: int) -> Locator:
    return page.get_by_role("button", name=f"Empty cell, row {row}, column {column}: write")


def ruled(*rows: str) -> RecognitionResult:
    """What is read of a table in a grid of rules, with a last row that is empty."""
    result = result_of(*rows)
    page = result.pages[0]
    ys = [30, *(40 + 44 * number + 35 for number in range(len(rows) + 1))]
    xs = (50, 145, 245, 345, 460)
    lines_ = [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
    rules = [
        LeftOut(reason=LeftOutReason.RULE, box=Box.rectangle(a - 1, b - 1, c + 1, d + 1))
        for a, b, c, d in lines_
    ]
    data = page.model_dump(mode="json", exclude={"blocks"})
    data["left_out"] = [rule.model_dump(mode="json") for rule in rules]
    return result.model_copy(update={"pages": (type(page).model_validate(data),)})


def test_an_empty_cell_is_written_into_and_the_words_stand_in_it(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(result_of(*PLAN))
    blank(page, 2, 3).click()
    expect(page.get_by_label("Row 2, column 3")).to_be_focused()
    page.keyboard.type("free hour")
    page.keyboard.press("Enter")
    expect(page.locator(".word.selected")).to_have_text("free")
    assert lines(page)[1].split() == ["8:00", "Maths", "free", "hour", "Latin"]
    result = taken_back(page, tmp_path)
    assert table_of(result).texts()[1] == ["8:00", "Maths", "free hour", "Latin"]
    (correction,) = result.corrections
    assert correction.kind is CorrectionKind.CELL_FILLED
    assert (correction.row, correction.column, correction.new) == (1, 2, ("free", "hour"))
    place = correction.box
    assert place is not None
    (free,) = (each for each in result.words if each.text == "free")
    assert free.box is not None
    assert place.left <= free.box.left < free.box.right <= place.right
    assert "| 8:00 | Maths | free hour | Latin |" in downloaded(
        page, "markdown", tmp_path
    ).read_text(encoding="utf-8")
    page.get_by_role("button", name="Undo").click()
    expect(blank(page, 2, 3)).to_be_visible()
    assert taken_back(page, tmp_path).corrections == ()
    page.get_by_role("button", name="Redo").click()
    come_back(page)
    expect(word(page, "free")).to_be_visible()


def test_what_was_written_is_corrected_removed_and_left_alone(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(result_of(*PLAN))
    blank(page, 3, 2).click()
    page.keyboard.type("Art")
    page.keyboard.press("Escape")
    expect(blank(page, 3, 2)).to_be_visible()
    blank(page, 3, 2).click()
    page.keyboard.type("Art")
    page.keyboard.press("Enter")
    page.keyboard.press("e")
    page.keyboard.type("Arts class")
    page.keyboard.press("Enter")
    assert table_of(taken_back(page, tmp_path)).texts()[2] == [
        "9:00",
        "Arts class",
        "Music",
        "Latin",
    ]
    for text in ("class", "Arts"):
        word(page, text).click()
        page.keyboard.press("Delete")
    expect(blank(page, 3, 2)).to_be_visible()
    assert taken_back(page, tmp_path).corrections == ()


def test_keys_and_the_picture_lead_to_empty_cells(open_page: Open, tmp_path: Path) -> None:
    page = open_page(result_of(*PLAN))
    word(page, "Maths").click()
    page.keyboard.press("Tab")
    expect(blank(page, 2, 3)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Art")
    page.keyboard.press("Enter")
    expect(page.locator(".word.selected")).to_be_focused()
    page.locator("polygon.empty").click()
    page.keyboard.type("Sport")
    page.keyboard.press("Enter")
    assert page.locator("polygon.empty").count() == 0
    assert [row[1:3] for row in table_of(taken_back(page, tmp_path)).texts()[1:]] == [
        ["Maths", "Art"], ["Sport", "Music"],
    ]  # fmt: skip


def test_a_row_in_which_nothing_stands_is_written_into(open_page: Open, tmp_path: Path) -> None:
    page = open_page(ruled(*PLAN))
    blank(page, 4, 2).click()
    page.keyboard.type("Sport")
    page.keyboard.press("Enter")
    blank(page, 4, 1).click()
    page.keyboard.type("10:00")
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    assert table_of(result).texts()[3] == ["10:00", "Sport", "", ""]
    assert result.text.endswith("Latin\n10:00 Sport\n")


def test_corrections_find_the_cell_where_it_stands_when_the_page_was_read_anew(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(result_of(*PLAN))
    blank(page, 2, 3).click()
    page.keyboard.type("Art")
    page.keyboard.press("Enter")
    corrections = taken_back(page, tmp_path).corrections
    anew = result_of(*PLAN[:1], *(row.replace("Latin", "Latln") for row in PLAN[1:]))
    assert table_of(anew.corrected(corrections)).texts()[1] == ["8:00", "Maths", "Art", "Latln"]


@pytest.mark.parametrize("made", [lambda: ruled(*PLAN), lambda: chores()], ids=["empty", "boxes"])
def test_axe_finds_no_serious_fault_in_cells(
    open_page: Open, made: Callable[[], RecognitionResult]
) -> None:
    page = open_page(made())
    faults = Axe().run(page).response["violations"]
    assert [fault["id"] for fault in faults if fault["impact"] in {"serious", "critical"}] == []


def chores() -> RecognitionResult:
    """A table of chores with a check box before each."""
    rows = ("What     Who", "X  dishes   Anna", "O  plants   Tom", "O  kitchen  Ben")
    result = result_of(rows[0].replace("What", "   What"), *rows[1:])
    assert [cell.boxes != () for row in table_of(result).rows for cell in row].count(True) == 3
    return result


def test_check_boxes_in_cells_are_ticked_by_click_and_key(open_page: Open, tmp_path: Path) -> None:
    page = open_page(chores())
    boxes = page.get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [True, False, False]
    boxes.nth(1).click()
    expect(boxes.nth(1)).to_be_focused()
    word(page, "Anna").click()
    page.keyboard.press("x")
    assert [box.is_checked() for box in boxes.all()] == [False, True, False]
    result = taken_back(page, tmp_path)
    assert [task.done for task in result.tasks] == [False, True, False]
    assert {each.kind for each in result.corrections} == {
        CorrectionKind.TASK_OPEN, CorrectionKind.TASK_DONE,
    }  # fmt: skip
    assert "☑ plants" in downloaded(page, "markdown", tmp_path).read_text(encoding="utf-8")
    assert "☑ plants" in str(result.to("markdown"))
    come_back(page)
    assert [box.is_checked() for box in boxes.all()] == [False, True, False]
    word(page, "Tom").click()
    page.keyboard.press("x")
    assert [task.done for task in taken_back(page, tmp_path).tasks] == [False, False, False]
