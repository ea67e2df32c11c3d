"""Words that are struck out are shown as such, and stand if somebody says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from drawn_notes import result_of
from playwright.sync_api import Locator, Page, expect
from reviewing import come_back, downloaded, lines, taken_back, word

from notetext import Correction, RecognitionResult
from notetext.model import CorrectionKind, standing

pytestmark = pytest.mark.slow

Open = Callable[..., Page]

NOTE = (
    "- milk and ~butter ~cheese bread",
    "- ~ten twelve eggs",
    "~- ~tea",
    "- apples",
)


def note_with_strikes(*rows: str) -> RecognitionResult:
    """What is read of a note in which words are struck out that begin with ``~``."""
    result = result_of(*rows)
    data = result.pages[0].model_dump(mode="json", exclude={"blocks"})
    for paragraph in data["paragraphs"]:
        for line in paragraph["lines"]:
            for each in line["words"]:
                each["struck"] = each["text"].startswith("~")
                each["text"] = each["text"].removeprefix("~")
                each["alternatives"] = ["tin"] if each["text"] == "ten" else []
    page = type(result.pages[0]).model_validate(data)
    return result.model_copy(update={"pages": (page,)})


def struck(page: Page, text: str) -> Locator:
    return page.locator("span.struck", has_text=text)


def test_what_is_struck_out_is_shown_and_is_in_no_text(open_page: Open, tmp_path: Path) -> None:
    page = open_page(note_with_strikes(*NOTE))
    assert [each.inner_text() for each in page.locator("span.struck s").all()] == [
        "butter cheese", "ten", "- tea",
    ]  # fmt: skip
    assert lines(page) == [
        "- milk and butter cheese bread", "- ten twelve eggs", "- tea", "- apples",
    ]  # fmt: skip
    text = "- milk and bread\n- twelve eggs\n- apples\n"
    assert downloaded(page, "text", tmp_path).read_text(encoding="utf-8") == text
    assert downloaded(page, "markdown", tmp_path).read_text(encoding="utf-8") == text
    assert taken_back(page, tmp_path).corrections == ()
    assert page.locator("polygon.struck").count() == 5
    expect(page.locator("span.struck").first).to_have_attribute(
        "aria-description", "struck out; K lets it stand"
    )


def test_words_stand_by_key_and_by_button_and_are_struck_out_again(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(note_with_strikes(*NOTE))
    word(page, "and").click()
    page.keyboard.press("ArrowRight")
    expect(struck(page, "butter")).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.get_by_role("status")).to_contain_text("Struck out: K lets it stand")
    page.keyboard.press("k")
    expect(page.locator(".word.selected")).to_have_text("butter")
    expect(page.locator(".word.selected")).to_be_focused()
    struck(page, "tea").click()
    page.get_by_role("button", name="Let it stand").click()
    result = taken_back(page, tmp_path)
    text = "- milk and butter cheese bread\n- twelve eggs\n- tea\n- apples\n"
    assert result.text == text
    assert downloaded(page, "text", tmp_path).read_text(encoding="utf-8") == text
    assert result.to("markdown") == text
    assert [(each.kind, each.old) for each in result.corrections] == [
        (CorrectionKind.UNSTRUCK, ("butter", "cheese")),
        (CorrectionKind.UNSTRUCK, ("-", "tea")),
    ]
    assert result.as_read() == RecognitionResult.from_json(result.as_read().to_json())
    come_back(page)
    assert page.locator("span.struck").count() == 1
    word(page, "tea").click()
    page.keyboard.press("k")
    word(page, "cheese").click()
    page.keyboard.press("k")
    assert taken_back(page, tmp_path).corrections == ()
    assert page.locator("span.struck").count() == 3
    page.get_by_role("button", name="Undo").click()
    assert page.locator("span.struck").count() == 2


def test_what_was_struck_out_is_corrected_as_it_stands(open_page: Open, tmp_path: Path) -> None:
    page = open_page(note_with_strikes(*NOTE))
    struck(page, "ten").click()
    page.keyboard.press("1")
    struck(page, "butter").dblclick()
    field = page.get_by_role("textbox", name="Line 1")
    expect(field).to_have_value("butter cheese")
    field.fill("goat cheese")
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    assert result.text == "- milk and goat cheese bread\n- tin twelve eggs\n- apples\n"
    assert [word.text for word in result.words if word.struck] == ["-", "tea"]
    (butter,) = (each for each in result.as_read().words if each.text == "butter")
    (goat,) = (each for each in result.words if each.text == "goat")
    assert goat.box is not None
    assert goat.box == butter.box
    come_back(page)
    assert lines(page)[1] == "- tin twelve eggs"


def test_a_word_that_is_not_struck_out_is_left_alone(open_page: Open, tmp_path: Path) -> None:
    page = open_page(note_with_strikes(*NOTE))
    word(page, "apples").click()
    page.keyboard.press("k")
    expect(page.get_by_role("status")).to_contain_text("not struck out")
    assert taken_back(page, tmp_path).corrections == ()


def test_struck_words_in_a_table_stand_in_their_cell(open_page: Open, tmp_path: Path) -> None:
    rows = ("Time    Mon     Tue", "8:00    Maths   Music ~Latin", "9:00    Art     Sport")
    page = open_page(note_with_strikes(*rows))
    struck(page, "Latin").click()
    page.keyboard.press("k")
    (table,) = taken_back(page, tmp_path).tables
    assert table.rows[1] == ("8:00", "Maths", "Music Latin")


def test_the_picture_leads_to_struck_words_and_axe_finds_no_serious_fault(open_page: Open) -> None:
    page = open_page(note_with_strikes(*NOTE))
    page.locator("polygon.struck").first.click()
    expect(struck(page, "butter")).to_be_focused()
    faults = Axe().run(page).response["violations"]
    assert [fault["id"] for fault in faults if fault["impact"] in {"serious", "critical"}] == []


def test_words_that_stand_are_found_where_they_are_when_the_page_was_read_anew() -> None:
    read = note_with_strikes(*NOTE)
    (ten,) = (each for each in read.words if each.text == "ten")
    change = Correction(
        kind=CorrectionKind.UNSTRUCK, page=1, line=0, word=0, old=("ten",), box=ten.box
    )
    corrected = read.corrected([change])
    assert corrected.pages[0].lines[1].text == "- ten twelve eggs"
    assert [word.confidence for word in standing(corrected.pages[0].lines[1].words)][1] == 1


def test_a_word_stands_beside_words_that_were_written_into_a_cell(
    open_page: Open, tmp_path: Path
) -> None:
    rows = (
        "Time    Mon     Tue     Wed",
        "8:00    Maths           Latin ~Sport",
        "9:00    Art     Music   Latin",
    )
    page = open_page(note_with_strikes(*rows))
    page.get_by_role("button", name="Empty cell, row 2, column 3: write").click()
    page.keyboard.type("Music")
    page.keyboard.press("Enter")
    struck(page, "Sport").click()
    page.keyboard.press("k")
    result = taken_back(page, tmp_path)
    assert result.text == downloaded(page, "text", tmp_path).read_text(encoding="utf-8")
    assert {each.kind for each in result.corrections} == {
        CorrectionKind.CELL_FILLED, CorrectionKind.UNSTRUCK,
    }  # fmt: skip
