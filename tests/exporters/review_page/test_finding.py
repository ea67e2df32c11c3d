"""Find and replace."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reviewing import lines, taken_back, word

from notetext import RecognitionResult

pytestmark = pytest.mark.slow

Open = Callable[..., Page]


def look_for(page: Page, text: str, instead: str = "") -> None:
    """Opens the panel by key and types into it."""
    page.keyboard.press("Control+f")
    page.keyboard.type(text)
    page.get_by_role("textbox", name="Replace with").fill(instead)


def count(page: Page) -> str:
    return page.locator("#found-count").inner_text()


def test_what_is_found_is_counted_marked_and_gone_through(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    text = note.text.lower()
    page.keyboard.press("f")
    expect(page.get_by_role("textbox", name="Find")).to_be_focused()
    page.keyboard.type("the")
    assert count(page) == f"1 of {text.count('the')}"
    marks = page.locator("#lines mark")
    assert [mark.lower() for mark in marks.all_inner_texts()] == ["the"] * text.count("the")
    assert page.locator("polygon.found").count() == len(
        [w for w in note.words if "the" in w.text.lower()]
    )
    first = page.locator("#card strong").inner_text()
    page.keyboard.press("Enter")
    assert count(page).startswith("2 of")
    expect(page.locator(".word.selected mark")).to_have_class("shown")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    assert count(page) == f"{text.count('the')} of {text.count('the')}"
    page.keyboard.press("Enter")
    expect(page.locator("#card strong")).to_have_text(first)
    page.keyboard.press("Escape")
    expect(word(page, first).first).to_be_focused()
    assert marks.count() == 0


def test_capitals_and_whole_words_count_if_they_are_to(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    look_for(page, "M")
    found = int(count(page).split()[-1])
    assert found == note.text.lower().count("m")
    page.get_by_role("button", name="Match case").click()
    assert int(count(page).split()[-1]) == note.text.count("M") < found
    page.get_by_role("button", name="Whole words").click()
    assert count(page) == "0"
    page.get_by_role("textbox", name="Find").fill("March")
    assert count(page) == "1 of 1"


def test_one_is_replaced_after_the_other_and_each_is_undone(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    before = lines(page)
    look_for(page, "the", "the the")
    page.keyboard.press("Enter")
    assert count(page).startswith("3 of")  # not the one that it was replaced by
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    assert result.text == re.sub("the", "the the", note.text, count=2, flags=re.IGNORECASE)
    page.keyboard.press("Control+z")
    assert taken_back(page, tmp_path).text == re.sub(
        "the", "the the", note.text, count=1, flags=re.IGNORECASE
    )
    page.keyboard.press("Control+z")
    assert lines(page) == before


def test_what_is_sought_and_put_in_its_place_is_taken_as_it_is_typed(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    look_for(page, "t.e")
    assert count(page) == "0"
    page.get_by_role("textbox", name="Find").fill("12  March, 10.30")  # several words are found too
    page.get_by_role("textbox", name="Replace with").fill("$& (\\1)")
    page.get_by_role("button", name="All", exact=True).click()
    assert taken_back(page, tmp_path).text == note.text.replace("12 March, 10.30", "$& (\\1)")


def test_a_line_that_loses_all_its_words_is_removed(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    first, *rest = lines(page)
    look_for(page, first)
    page.get_by_role("button", name="Replace", exact=True).click()
    assert lines(page) == rest
    expect(page.locator("#found-count")).to_have_text("0")
    expect(page.get_by_role("button", name="Replace", exact=True)).to_be_disabled()


def test_the_search_goes_on_where_a_word_is_clicked(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    look_for(page, "a")
    word(page, "hall.").click()
    assert count(page) == str(note.text.lower().count("a"))
    page.get_by_role("button", name="Next one").click()
    expect(page.locator("#card strong")).to_have_text("hall.")
    page.keyboard.press("Control+f")
    expect(page.get_by_role("textbox", name="Find")).to_be_focused()
