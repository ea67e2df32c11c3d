"""What the browser keeps of the corrections, and what it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reviewing import come_back, lines, word

from notetext import RecognitionResult

pytestmark = pytest.mark.slow

Open = Callable[..., Page]


def test_a_browser_that_comes_back_has_everything(open_page: Open, note: RecognitionResult) -> None:
    page = open_page(note)
    word(page, "Poul.").click()
    for key in ("1", "s", "ArrowUp", "Home", "Delete"):
        page.keyboard.press(key)
    expected = lines(page)
    marked = page.locator(".corrected").all_inner_texts()
    come_back(page)
    assert lines(page) == expected
    assert page.locator(".corrected").all_inner_texts() == marked


def test_the_same_reading_made_anew_gets_them_and_another_does_not(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Poul.").click()
    page.keyboard.press("1")
    later = note.model_copy(update={"timings": note.timings + note.timings})
    later.save(tmp_path / "note.html")
    come_back(page)
    expect(word(page, "Paul.")).to_be_visible()
    other = note.model_copy(update={"pages": (note.pages[0].model_copy(update={"angle": 1.0}),)})
    other.save(tmp_path / "note.html")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(word(page, "Poul.")).to_be_visible()


@pytest.mark.parametrize("stored", ["{", "{}", '{"corrections": [{"page": 1}]}', "[]"])
def test_what_others_left_in_the_storage_does_no_harm(
    open_page: Open, note: RecognitionResult, stored: str
) -> None:
    page = open_page(note)
    page.evaluate("text => localStorage.setItem(STORAGE_KEY, text)", stored)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert lines(page) == [line.text for line in note.lines]


def test_without_storage_the_page_works_and_says_so(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full') } }")
    word(page, "Poul.").click()
    page.keyboard.press("1")
    expect(word(page, "Paul.")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("download before you leave")
    expect(page.locator("#kept")).to_have_text("Not saved")


def test_it_is_shown_that_corrections_are_saved(open_page: Open, note: RecognitionResult) -> None:
    page = open_page(note)
    expect(page.locator("#kept")).to_be_hidden()
    word(page, "Poul.").click()
    page.keyboard.press("1")
    expect(page.locator("#kept")).to_have_text("Saved")
    come_back(page)
    expect(page.locator("#kept")).to_have_text("Saved")


def test_where_the_browser_has_no_storage_it_is_shown_before_anything_is_done(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
    )
    page.reload()
    expect(page.locator("#kept")).to_have_text("Not saved")


def second_tab(page: Page) -> Page:
    """The same file in another tab of the browser."""
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("html[data-ready]")
    return other


def test_another_tab_in_which_nothing_was_done_goes_along(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    other = second_tab(page)
    word(page, "Poul.").click()
    page.keyboard.press("1")
    expect(word(other, "Paul.")).to_be_visible()
    expect(other.get_by_role("status")).to_contain_text("in another tab")
    word(other, "libary").click()
    other.keyboard.press("Delete")
    expect(other.locator("#kept")).to_have_text("Saved")


def test_two_tabs_that_both_correct_say_so_and_the_reader_chooses(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    other = second_tab(page)
    word(page, "three").click()
    page.keyboard.press("1")
    expect(word(other, "tree")).to_be_visible()
    word(other, "libary").click()
    other.keyboard.press("Delete")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Another tab has other corrections")
    expect(page.locator("#kept")).to_have_text("Not saved")
    word(page, "Poul.").click()
    page.keyboard.press("1")
    come_back(other)
    expect(word(other, "Paul.")).to_have_count(0)  # nothing was overwritten
    alert.get_by_role("button", name="Keep these").click()
    expect(alert).to_be_hidden()
    expect(page.locator("#kept")).to_have_text("Saved")
    expect(word(other, "Paul.")).to_be_visible()


def test_what_another_tab_has_is_taken_and_that_is_undone(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    word(page, "Poul.").click()
    page.keyboard.press("1")
    other = second_tab(page)
    word(other, "libary").click()
    other.keyboard.press("Delete")
    alert = page.get_by_role("alert")
    alert.get_by_role("button", name="Take those").click()
    expect(alert).to_be_hidden()
    expect(word(page, "libary")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(word(page, "libary")).to_be_visible()
