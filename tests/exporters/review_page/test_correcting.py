"""Correcting in place, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reviewing import lines, taken_back, word

from notetext import RecognitionResult
from notetext.model import CorrectionKind

pytestmark = pytest.mark.slow

Open = Callable[..., Page]


def test_an_alternative_that_is_clicked_is_what_the_word_says(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Thorsday,").click()
    page.get_by_role("button", name="Thursday,").click()
    expect(word(page, "Thursday,")).to_have_attribute(
        "aria-description", "corrected, read as Thorsday,"
    )
    expect(page.locator("#doubts")).to_have_text("2 doubtful")
    result = taken_back(page, tmp_path)
    (correction,) = result.corrections
    assert (correction.page, correction.line, correction.word) == (1, 0, 2)
    assert (correction.old, correction.new) == (("Thorsday,",), ("Thursday,",))
    assert result.lines[0].words[2].box == note.lines[0].words[2].box


def test_keys_go_from_doubt_to_doubt_and_accept(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Meeting").click()
    page.keyboard.press("n")
    expect(word(page, "Thorsday,")).to_be_focused()
    page.keyboard.press("1")
    expect(word(page, "Poul.")).to_be_focused()
    page.keyboard.press("n")
    expect(word(page, "three")).to_be_focused()
    page.keyboard.press("a")
    expect(word(page, "Poul.")).to_be_focused()
    page.keyboard.press("p")
    expect(word(page, "Poul.")).to_be_focused()
    expect(page.locator("#doubts")).to_have_text("1 doubtful")
    expect(word(page, "three")).to_have_attribute("aria-description", "confirmed")
    kinds = [correction.kind for correction in taken_back(page, tmp_path).corrections]
    assert kinds == [CorrectionKind.WORDS, CorrectionKind.CONFIRMED]


def test_another_reading_that_is_taken_leads_on_and_undo_leads_back(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    word(page, "Poul.").click()
    page.get_by_role("button", name="Paul.").click()
    expect(word(page, "three")).to_be_focused()
    expect(page.locator("#card strong")).to_have_text("three")
    page.keyboard.press("u")
    expect(word(page, "Poul.")).to_be_focused()
    expect(page.locator("#doubts")).to_have_text("3 doubtful")


def test_what_was_done_is_undone_and_done_again(open_page: Open, note: RecognitionResult) -> None:
    page = open_page(note)
    before = lines(page)
    word(page, "Poul.").click()
    page.keyboard.press("1")
    page.keyboard.press("d")
    after = lines(page)
    assert len(after) == len(before) - 1
    page.keyboard.press("u")
    page.keyboard.press("Control+z")
    assert lines(page) == before
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    page.get_by_role("button", name="Redo").click()
    page.keyboard.press("Control+Shift+z")
    assert lines(page) == after
    expect(page.get_by_role("button", name="Redo")).to_be_disabled()


def test_a_line_is_edited_in_place_and_words_keep_their_places(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "libary").dblclick()
    page.keyboard.type("big library")
    page.keyboard.press("Enter")
    expect(word(page, "library")).to_be_focused()
    line = taken_back(page, tmp_path).lines[2]
    assert line.text == "The budget for the big library was agreed: 4,500 in all,"
    old = note.lines[2]
    assert line.words[:4] == old.words[:4]
    assert line.words[6:] == old.words[5:]
    big, library = line.words[4:6]
    assert big.confidence == library.confidence == 1
    assert library.box is not None


def test_escape_gives_up_an_edit_and_leaving_the_field_keeps_it(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    before = lines(page)
    word(page, "libary").click()
    page.keyboard.press("Enter")
    page.keyboard.type("nonsense")
    page.keyboard.press("Escape")
    assert lines(page) == before
    expect(word(page, "libary")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("library")
    page.locator("#title").click()
    expect(word(page, "library")).to_be_visible()


def test_words_are_joined_split_added_and_removed(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Meeting").click()
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("Meet ing on Thorsday,12 10.30 sharp")
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    assert [(c.word, c.old, c.new) for c in result.corrections] == [
        (0, ("Meeting",), ("Meet", "ing")),
        (2, ("Thorsday,", "12"), ("Thorsday,12",)),
        (4, ("March,",), ()),
        (6, (), ("sharp",)),
    ]
    assert result.lines[0].text == "Meet ing on Thorsday,12 10.30 sharp"
    boxes = [w.box for w in result.lines[0].words]
    assert all(box is not None for box in boxes)
    assert [box.left for box in boxes if box] == sorted(box.left for box in boxes if box)


def test_lines_are_added_removed_restored_split_and_joined(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    first, second, third = lines(page)[:3]
    word(page, "Present:").click()
    page.keyboard.press("o")
    page.keyboard.type("A line that was overlooked")
    page.keyboard.press("Enter")
    assert lines(page)[:4] == [first, second, "A line that was overlooked", third]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("s")
    assert lines(page)[1:3] == ["Present:", second.removeprefix("Present: ")]
    page.keyboard.press("j")
    assert lines(page)[1] == second
    word(page, "Meeting").click()
    page.keyboard.press("d")
    assert lines(page)[0] == second
    page.get_by_role("button", name="Restore").click()
    assert lines(page)[0] == first
    page.keyboard.press("Shift+O")
    page.keyboard.type("Minutes")
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    assert [line.text for line in result.lines[:4]] == lines(page)[:4]
    tops = [line.box.top for line in result.lines[2:5] if line.box]
    assert len(tops) == 3
    assert tops == sorted(tops)


def test_a_line_of_new_words_is_split_as_well(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "hall.").click()
    page.keyboard.press("o")
    page.keyboard.type("by Anna and Paul")
    page.keyboard.press("Enter")
    word(page, "and").nth(1).click()
    page.keyboard.press("s")
    assert taken_back(page, tmp_path).text.endswith("hall.\nby Anna\nand Paul\n")


def test_a_paragraph_break_is_set_and_taken(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Present:").click()
    page.keyboard.press("b")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("b")
    text = taken_back(page, tmp_path).text
    assert text.startswith("Meeting on Thorsday, 12 March, 10.30\nPresent:")
    assert "Poul.\n\nThe budget" in text


def test_a_line_above_the_first_of_a_paragraph_belongs_to_it(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(note)
    word(page, "Present:").click()
    page.keyboard.press("Shift+O")
    page.keyboard.type("Those who came")
    page.keyboard.press("Enter")
    assert "10.30\n\nThose who came\nPresent:" in taken_back(page, tmp_path).text


def test_a_click_elsewhere_ends_an_edit_and_counts(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    word(page, "libary").click()
    page.keyboard.press("e")
    page.keyboard.type("library")
    word(page, "hall.").click()
    expect(word(page, "hall.")).to_be_focused()
    expect(word(page, "library")).to_be_visible()


def test_a_script_without_blanks_keeps_the_words_that_stay(
    open_page: Open, note: RecognitionResult, tmp_path: Path
) -> None:
    data = note.model_dump(mode="json")
    line = data["pages"][0]["paragraphs"][0]["lines"][0]
    for word_, text in zip(
        line["words"], ["天気", "予報", "は", "晴札", "です", "。"], strict=True
    ):
        word_["text"] = text
    read = RecognitionResult.model_validate(data).attach(str(note.source.name))
    page = open_page(read)
    assert lines(page)[0] == "天気予報は晴札です。"
    word(page, "晴札").click()
    page.keyboard.press("e")
    page.keyboard.type("晴れ")
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    assert [(c.word, c.old, c.new) for c in result.corrections] == [(3, ("晴札",), ("晴れ",))]
    assert result.lines[0].text == "天気予報は晴れです。"
