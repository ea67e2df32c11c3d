"""Seeing what was read where."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from reviewing import word

from notetext import RecognitionResult
from notetext.model import SourceInfo

pytestmark = pytest.mark.slow

Open = Callable[..., Page]

WIDTH = 390
PHONE = {"viewport": {"width": WIDTH, "height": 844}, "has_touch": True, "is_mobile": True}


def box_of(page: Page, text: str) -> Locator:
    """The box on the picture of a word of the text."""
    line, place = (word(page, text).get_attribute(f"data-{name}") for name in ("line", "word"))
    return page.locator(f'polygon[data-line="{line}"][data-word="{place}"]')


def test_the_lines_stand_beside_the_page_as_they_were_read(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    assert page.get_by_role("row").all_inner_texts() == [line.text for line in note.lines]
    assert page.evaluate("picture.decode().then(() => picture.naturalWidth)") == note.pages[0].width
    picture, text = (page.locator(name).bounding_box() for name in ("#picture", "#lines"))
    assert picture
    assert text
    assert picture["x"] + picture["width"] < text["x"]


def test_a_word_under_the_pointer_lights_up_on_the_page_and_the_other_way_round(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    word(page, "budget").hover()
    expect(box_of(page, "budget")).to_have_class(re.compile("hovered"))
    box_of(page, "Joseph,").hover()
    expect(word(page, "Joseph,")).to_have_class(re.compile("hovered"))
    expect(word(page, "budget")).not_to_have_class(re.compile("hovered"))


def test_a_box_lies_on_its_word_in_the_picture(open_page: Open, note: RecognitionResult) -> None:
    page = open_page(note)
    read = next(w for w in note.words if w.text == "budget")
    picture, box = page.locator("#picture").bounding_box(), box_of(page, "budget").bounding_box()
    assert picture
    assert box
    assert read.box
    scale = picture["width"] / note.pages[0].width
    x = box["x"] + box["width"] / 2 - picture["x"]
    y = box["y"] + box["height"] / 2 - picture["y"]
    assert x == pytest.approx((read.box.left + read.box.right) / 2 * scale, abs=1)
    assert y == pytest.approx((read.box.top + read.box.bottom) / 2 * scale, abs=1)


def test_a_word_that_is_clicked_on_the_page_is_selected_and_has_the_focus(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    box_of(page, "budget").click()
    expect(word(page, "budget")).to_be_focused()
    expect(page.locator("#card strong")).to_have_text("budget")
    expect(page.locator("#card canvas")).to_be_visible()


def test_doubtful_words_are_marked_counted_and_described(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note)
    assert page.locator(".word.doubtful").all_inner_texts() == ["Thorsday,", "Poul.", "three"]
    expect(page.locator("#doubts")).to_have_text("3 doubtful")
    expect(word(page, "Poul.")).to_have_attribute(
        "aria-description", "doubtful, 46 percent; 1: Paul."
    )
    assert page.locator("polygon.doubtful").count() == 3


def test_the_picture_is_zoomed_and_dragged(open_page: Open, note: RecognitionResult) -> None:
    page = open_page(note)
    picture, view = page.locator("#picture"), page.locator("#view")

    def width() -> float:
        box = picture.bounding_box()
        assert box
        return box["width"]

    fitting = width()
    page.get_by_role("button", name="Larger").click(click_count=4)
    assert width() == pytest.approx(fitting * 1.25**4, rel=0.02)
    place = view.bounding_box()
    assert place
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    before = view.evaluate("view => view.scrollLeft")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 10, steps=4)
    page.mouse.up()
    assert view.evaluate("view => view.scrollLeft") == pytest.approx(before + 60, abs=2)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.wait_for_function("zoom > 3")
    page.get_by_role("button", name="Fit").click()
    assert width() == pytest.approx(fitting, rel=0.02)


def test_a_selected_word_that_is_out_of_sight_is_scrolled_to(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note, reduced_motion="reduce")
    page.get_by_role("button", name="Larger").click(click_count=6)
    word(page, "hall.").click()
    expect(box_of(page, "hall.")).to_be_in_viewport()
    frame, box = page.locator("#view").bounding_box(), box_of(page, "hall.").bounding_box()
    assert frame
    assert box
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]


def test_on_a_phone_everything_is_there_and_nothing_sticks_out(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note, **PHONE)
    page.get_by_role("button", name="Next doubtful word").tap()
    for name in ("#picture", "#lines", "#card canvas", "#download"):
        expect(page.locator(name)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH
    page.get_by_role("button", name="Thursday, ").tap()
    expect(word(page, "Thursday,")).to_be_visible()
    for button in page.locator("button:visible, summary:visible").all():
        size = button.bounding_box()
        assert size
        assert size["height"] >= 34


@pytest.mark.parametrize("panel", ["", "Find", "Undo"])
def test_on_a_phone_at_least_half_of_the_screen_is_the_text_s(
    open_page: Open, note: RecognitionResult, panel: str
) -> None:
    page = open_page(several_pages(note), **PHONE)
    page.get_by_role("button", name="Next doubtful word").tap()
    page.get_by_role("button", name="Thursday, ").tap()
    expect(page.locator("#card")).to_be_visible()
    if panel:
        page.get_by_role("button", name=panel).tap()
    text, paper = page.locator(".text").bounding_box(), page.locator(".paper").bounding_box()
    assert text
    assert paper
    assert text["height"] >= 844 / 2
    assert text["y"] + text["height"] <= 844
    assert paper["height"] >= 60  # and a line of the page is still to be seen


def several_pages(note: RecognitionResult) -> RecognitionResult:
    """The note twice in one document, so that the bar has a pager as well."""
    file = io.BytesIO()
    picture = Image.open(str(note.source.name)).convert("L")
    picture.save(file, "TIFF", save_all=True, append_images=[picture])
    source = SourceInfo(name="two.tif", sha256=hashlib.sha256(file.getvalue()).hexdigest())
    pages = tuple(note.pages[0].model_copy(update={"number": n}) for n in (1, 2))
    return note.model_copy(update={"pages": pages, "source": source}).attach(file.getvalue())


def test_on_a_phone_the_page_can_have_more_of_the_screen(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note, **PHONE)
    before = page.locator(".paper").bounding_box()
    page.get_by_role("button", name="More of the page").tap()
    after = page.locator(".paper").bounding_box()
    assert before
    assert after
    assert after["height"] > 1.5 * before["height"]


def test_in_the_dark_the_page_is_dark_and_its_picture_dimmed(
    open_page: Open, note: RecognitionResult
) -> None:
    page = open_page(note, color_scheme="dark")
    shown = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(level) for level in re.findall(r"\d+", shown)[:3]) < 60
    dimmed = brightness(page)
    page.get_by_role("button", name="Picture not dimmed").click()
    assert dimmed < 0.8 * brightness(page)
    page.emulate_media(color_scheme="light")
    as_it_is = brightness(page)
    expect(page.get_by_role("button", name="Picture not dimmed")).to_be_hidden()
    page.emulate_media(color_scheme="dark")
    assert brightness(page) == pytest.approx(as_it_is, abs=1)


def brightness(page: Page) -> float:
    """How bright the page's picture is on the screen, 0 to 255, its marks included."""
    page.evaluate("picture.decode()")
    shot = Image.open(io.BytesIO(page.locator("#picture").screenshot(animations="disabled")))
    return float(np.asarray(shot.convert("L")).mean())


def test_what_is_printed_is_the_text(open_page: Open, note: RecognitionResult) -> None:
    page = open_page(note)
    page.keyboard.press("Tab")
    with pypdfium2.PdfDocument(page.pdf()) as pdf:
        textpage = pdf[0].get_textpage()
        text = textpage.get_text_bounded()
        textpage.close()
        assert len(pdf) == 1
    assert [*text.split()][1:] == note.text.split()
    assert "Accept" not in text


@pytest.mark.parametrize(
    "how", [{}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"]
)
def test_axe_finds_no_serious_fault(
    open_page: Open, note: RecognitionResult, how: dict[str, object]
) -> None:
    page = open_page(note, **how)

    def serious() -> list[str]:
        found = Axe().run(page).response["violations"]
        return [
            f"{one['id']}: {one['nodes'][0]['html']}"
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]

    assert serious() == []
    page.get_by_role("button", name="Download").click()
    assert serious() == []
    page.keyboard.press("Escape")
    word(page, "Poul.").click()
    page.keyboard.press("1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("d")
    assert serious() == []
    page.keyboard.press("e")
    assert serious() == []
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert serious() == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+f")
    page.keyboard.type("e")
    page.keyboard.press("Enter")
    assert serious() == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert serious() == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Download").click()
    page.get_by_role("button", name="Searchable PDF").click()
    assert serious() == []
