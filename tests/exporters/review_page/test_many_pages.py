"""Documents of several pages."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from reviewing import taken_back

from notetext import Box, Language, Line, Mode, Paragraph, RecognitionResult, Word
from notetext import Page as NotePage
from notetext.model import PageError, PageStatus, SourceInfo

pytestmark = pytest.mark.slow

Open = Callable[..., Page]

COUNT = 30


@pytest.fixture(scope="module")
def thirty() -> RecognitionResult:
    """Thirty pages, each of its own grey, a doubtful word on every tenth; the last failed."""
    frames = [Image.new("L", (300, 400), 100 + 5 * n) for n in range(COUNT)]
    file = io.BytesIO()
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:])
    pages = [page_of(number) for number in range(1, COUNT)]
    error = PageError(page=COUNT, kind="EngineError", message="the page is torn")
    failed = NotePage(
        number=COUNT, width=300, height=400, engine="x", status=PageStatus.FAILED, error=error
    )
    return RecognitionResult(
        engine="local",
        mode=Mode.PRINTED,
        languages=(Language.ENGLISH,),
        source=SourceInfo(name="thirty.tif", sha256=hashlib.sha256(file.getvalue()).hexdigest()),
        pages=(*pages, failed),
    ).attach(file.getvalue())


def page_of(number: int) -> NotePage:
    box = Box.rectangle(20, 30, 120, 60)
    confidence = 0.3 if number % 10 == 0 else 0.99
    line = Line(words=(Word(text=f"page{number}", box=box, confidence=confidence),), box=box)
    paragraph = Paragraph(lines=(line,))
    return NotePage(number=number, width=300, height=400, engine="x", paragraphs=(paragraph,))


DRAWN = """
    n => document.querySelectorAll('#thumbnails canvas')[n - 1]
      .getContext('2d').getImageData(5, 5, 1, 1).data[3] > 0
"""


def test_thumbnails_are_drawn_when_they_are_seen(
    open_page: Open, thirty: RecognitionResult
) -> None:
    page = open_page(thirty)
    expect(page.locator("#thumbnails button")).to_have_count(COUNT)
    page.wait_for_function(DRAWN, arg=1)
    assert not page.evaluate(DRAWN, COUNT)
    page.locator("#thumbnails").evaluate("strip => strip.scrollTo(0, strip.scrollHeight)")
    page.wait_for_function(DRAWN, arg=COUNT)


def test_pages_are_turned_by_thumbnail_button_and_key(
    open_page: Open, thirty: RecognitionResult
) -> None:
    page = open_page(thirty)
    page.get_by_role("button", name="Page 3", exact=True).click()
    expect(page.get_by_role("gridcell", name="page3")).to_be_visible()
    grey = "picture.decode().then(() => { const c = document.createElement('canvas'); c.width = 9;"
    grey += "const p = c.getContext('2d'); p.drawImage(picture, 0, 0);"
    grey += "return p.getImageData(3, 3, 1, 1).data[0] })"
    assert page.evaluate(grey) == pytest.approx(110, abs=2)
    page.get_by_role("button", name="Next page").click()
    page.get_by_role("gridcell", name="page4").click()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("gridcell", name="page5")).to_be_focused()
    expect(page.locator("#thumbnails [aria-current]")).to_have_attribute("aria-label", "Page 5")


def test_doubts_are_found_on_all_pages_and_around_the_end(
    open_page: Open, thirty: RecognitionResult
) -> None:
    page = open_page(thirty)
    for expected in ("page10", "page20", "page10"):
        page.get_by_role("button", name="Next doubtful word").click()
        expect(page.get_by_role("gridcell", name=expected)).to_be_focused()


def test_undo_goes_back_to_the_page_where_it_was_done(
    open_page: Open, thirty: RecognitionResult
) -> None:
    page = open_page(thirty)
    page.get_by_role("button", name="Next doubtful word").click()
    page.keyboard.press("Delete")
    page.keyboard.press("PageDown")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("gridcell", name="page10")).to_be_visible()


def test_a_text_is_replaced_on_all_pages_and_that_is_undone_in_one_step(
    open_page: Open, thirty: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(thirty)
    page.keyboard.press("Control+f")
    page.keyboard.type("PAGE2")
    expect(page.locator("#found-count")).to_have_text("1 of 11")
    page.keyboard.press("Enter")
    expect(page.get_by_role("gridcell", name="page20")).to_be_visible()
    page.keyboard.press("Tab")
    page.get_by_role("textbox", name="Replace with").fill("sheet2")
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.get_by_role("gridcell", name="sheet20")).to_be_visible()
    result = taken_back(page, tmp_path)
    assert [c.page for c in result.corrections] == [2, *range(20, 30)]
    page.get_by_role("button", name="Undo").click()
    assert taken_back(page, tmp_path).corrections == ()


def test_a_page_that_failed_says_why_and_can_be_written_by_hand(
    open_page: Open, thirty: RecognitionResult, tmp_path: Path
) -> None:
    page = open_page(thirty)
    page.get_by_role("button", name=f"Page {COUNT}", exact=True).click()
    expect(page.locator("#trouble")).to_contain_text("the page is torn")
    page.get_by_role("button", name="Add a line").click()
    page.keyboard.type("first line")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line")
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    assert result.pages[-1].text == "first line\nsecond line\n"
    assert result.text.count("\f") == COUNT - 1


def test_what_is_printed_is_the_text_of_all_pages(
    open_page: Open, thirty: RecognitionResult
) -> None:
    page = open_page(thirty)
    with pypdfium2.PdfDocument(page.pdf()) as pdf:
        text = ""
        for one in pdf:
            textpage = one.get_textpage()
            text += textpage.get_text_bounded()
            textpage.close()
    assert [f"page{n}" in text for n in range(1, COUNT)] == [True] * (COUNT - 1)
