"""The threshold below which words are marked, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from reviewing import come_back, word

from notetext import RecognitionResult

pytestmark = pytest.mark.slow

Open = Callable[..., Page]


def move_to(page: Page, percent: int) -> None:
    page.get_by_role("slider").fill(str(percent))


def said(page: Page) -> str:
    return " ".join(page.locator("#threshold").inner_text().split())


def with_engine(result: RecognitionResult, engine: str) -> RecognitionResult:
    """The result, as if another engine had read it."""
    pages = tuple(page.model_copy(update={"engine": engine}) for page in result.pages)
    return result.model_copy(update={"pages": pages}).attach(str(result.source.name))


def test_the_threshold_is_moved_and_what_is_marked_and_missed_is_said(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    page.keyboard.press("t")
    expect(page.get_by_role("slider")).to_be_focused()
    total = len(note.words)
    assert f"3 of the {total} words that you have not looked at are marked" in said(page)
    assert "14 % of the wrong words lie above this, unmarked" in said(page)
    move_to(page, 50)
    assert page.locator(".word.doubtful").all_inner_texts() == ["Thorsday,", "Poul."]
    assert "64 % of the wrong words lie above" in said(page)
    confidences = [w.confidence for w in note.words if w.confidence is not None]
    wrong = round(sum(1 - confidence for confidence in confidences if confidence >= 0.5))
    assert f"By their confidences, about {wrong} of the {total - 2} words not marked" in said(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="2 doubtful")).to_be_focused()


def test_the_threshold_is_kept_and_can_be_set_back(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    page.locator("#doubts").click()
    move_to(page, 94)
    expect(page.locator("#doubts")).to_have_text("4 doubtful")
    come_back(page)
    expect(page.locator("#doubts")).to_have_text("4 doubtful")
    for _ in range(3):
        page.keyboard.press("n")
    expect(word(page, "libary")).to_be_focused()
    page.keyboard.press("t")
    page.get_by_role("button", name="Back to 90").click()
    expect(page.locator("#doubts")).to_have_text("3 doubtful")


def test_a_word_that_somebody_looked_at_is_not_counted(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    word(page, "Poul.").click()
    page.keyboard.press("1")
    page.keyboard.press("a")
    page.keyboard.press("t")
    assert f"1 of the {len(note.words) - 2} words that you have not looked" in said(page)


def test_of_another_engine_s_confidences_nothing_is_said_that_was_not_measured(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(with_engine(note, "other"))
    page.keyboard.press("t")
    assert "measured only for handwriting read by the local engine" in said(page)
    assert "of the wrong words" not in said(page)
    assert "By their confidences" not in said(page)


def test_between_two_thresholds_that_were_measured_the_share_lies_between_theirs(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    low, middle, high = (page.evaluate("missedShare", below) for below in (0.8, 0.82, 0.85))
    assert (low, high) == (0.276, 0.206)
    assert middle == pytest.approx(low + 0.4 * (high - low))
    assert [page.evaluate("missedShare", below) for below in (0, 1)] == [1, 0]
