"""The page shows what a note is made of, and corrections keep it so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from drawn_notes import drawn, result_of
from playwright.sync_api import FloatRect, Page, expect
from reviewing import come_back, downloaded, lines, taken_back, word

from notetext import RecognitionResult
from notetext.model import CorrectionKind, Table

pytestmark = pytest.mark.slow

Open = Callable[..., Page]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

TO_DO = (
    "#To do",
    "",
    "O  call the bank about the",
    "   new card",
    "X  post the letter",
    "?  buy a new lamp",
    "",
    "- milk",
    "   - whole milk",
    "- tea",
    "",
    "☐ write to Anna",
    "",
    "That is all for this week.",
)
TABLE = (
    "#Plants",
    "",
    "Day   Height   Leaves",
    "1      12 cm      4",
    "5      12 cm      4",
    "9      19 cm      9",
    "",
    "",
    "",
    "",
    "3",
)
WEEK = (
    "#Week",
    "",
    "Time    Mon     Tue     Wed     Thu     Fri",
    "8:00    Maths   Latin   French  Latin   Sports",
    "9:00    Music   Maths   Latin   French  French",
)
FORM = ("#Registration", "", "Name: Helen Miller", "Town: Oxford      Phone: 417 22", "Age:")


def box_of(page: Page, text: str) -> FloatRect:
    """Where a word stands on the screen, the first that says this; with 3 pixels on either side."""
    box = word(page, text).first.bounding_box()
    assert box
    return box


def states(result: RecognitionResult) -> list[tuple[str, bool | None]]:
    return [(task.text, task.done) for task in result.tasks]


def boxes(page: Page) -> list[str]:
    """What the check boxes say: on, off or mixed."""
    return [
        "mixed"
        if tick.evaluate("tick => tick.indeterminate")
        else "on"
        if tick.is_checked()
        else "off"
        for tick in page.get_by_role("checkbox").all()
    ]


def test_headings_are_large_items_are_indented_and_tasks_have_check_boxes(open_page: Open) -> None:
    page = open_page(result_of(*TO_DO))
    sizes = [
        float(word(page, text).evaluate("word => parseFloat(getComputedStyle(word).fontSize)"))
        for text in ("To", "That")
    ]
    assert sizes[0] > 1.2 * sizes[1]
    assert boxes(page) == ["off", "on", "mixed", "off"]
    assert box_of(page, "call")["x"] == pytest.approx(box_of(page, "new")["x"], abs=2)  # it goes on
    assert box_of(page, "whole")["x"] > box_of(page, "milk")["x"] + 15
    assert lines(page)[0] == "To do"
    assert page.get_by_role("checkbox", name="Task: post the letter").count() == 1


def test_a_task_is_toggled_by_a_click_and_undone(open_page: Open, tmp_path: Path) -> None:
    page = open_page(result_of(*TO_DO))
    call, lamp = (page.get_by_role("checkbox", name=text) for text in ("call the", "buy a"))
    call.click()
    lamp.click()
    page.get_by_role("checkbox", name="post the letter").click()
    assert boxes(page) == ["on", "off", "on", "off"]
    expect(call).to_have_attribute("aria-description", "changed, read as open")
    expect(lamp).to_have_attribute("aria-description", "changed, read as unclear")
    assert page.locator("polygon.mark.corrected").count() == 3
    result = taken_back(page, tmp_path)
    assert [c.kind for c in result.corrections] == [
        CorrectionKind.TASK_DONE,
        CorrectionKind.TASK_OPEN,
        CorrectionKind.TASK_DONE,
    ]
    assert [done for _, done in states(result)] == [True, False, True, False]
    for _ in range(3):
        page.get_by_role("button", name="Undo").click()
    assert boxes(page) == ["off", "on", "mixed", "off"]
    assert taken_back(page, tmp_path).corrections == ()
    page.get_by_role("button", name="Redo").click()
    assert boxes(page) == ["on", "on", "mixed", "off"]


def test_a_task_is_toggled_by_keys_and_the_focus_stays(open_page: Open) -> None:
    page = open_page(result_of(*TO_DO))
    word(page, "new").first.click()  # where the task goes on
    page.keyboard.press("x")
    expect(word(page, "call")).to_be_focused()
    assert boxes(page)[0] == "on"
    page.keyboard.press("Shift+Tab")
    call = page.get_by_role("checkbox", name="call the")
    expect(call).to_be_focused()
    page.keyboard.press("Space")
    expect(call).to_be_focused()
    assert boxes(page)[0] == "off"
    expect(call).not_to_have_attribute("aria-description", "changed, read as open")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".word.selected")).to_be_focused()
    word(page, "That").click()
    page.keyboard.press("x")
    expect(page.locator("#status")).to_have_text("This is no task")


def test_a_check_box_that_is_a_word_is_ticked_in_the_text(open_page: Open, tmp_path: Path) -> None:
    page = open_page(result_of(*TO_DO))
    page.get_by_role("checkbox", name="write to Anna").click()
    expect(word(page, "☑")).to_have_class("word corrected sign selected")
    result = taken_back(page, tmp_path)
    assert "☑ write to Anna\n" in result.text
    assert states(result)[-1] == ("write to Anna", True)
    assert downloaded(page, "text", tmp_path).read_text("utf-8") == result.text


def test_what_was_toggled_is_kept_by_the_browser_and_opens_again(
    open_page: Open, tmp_path: Path
) -> None:
    read = result_of(*TO_DO)
    page = open_page(read)
    page.get_by_role("checkbox", name="call the").click()
    come_back(page)
    assert boxes(page) == ["on", "on", "mixed", "off"]
    once = taken_back(page, tmp_path)
    assert once.as_read() == read
    again = open_page(once.attach(drawn(TO_DO)[1]))
    assert boxes(again) == ["on", "on", "mixed", "off"]
    again.get_by_role("checkbox", name="call the").click()
    assert taken_back(again, tmp_path).corrections == ()


def test_ticks_stay_when_lines_are_split_joined_removed_and_added(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(result_of(*TO_DO))
    page.get_by_role("checkbox", name="call the").click()
    page.get_by_role("checkbox", name="buy a").click()
    word(page, "about").click()
    page.keyboard.press("s")
    page.keyboard.press("j")
    word(page, "letter").click()
    page.keyboard.press("d")
    word(page, "week.").click()
    page.keyboard.press("o")
    page.keyboard.type("See you on Monday")
    page.keyboard.press("Enter")
    assert boxes(page) == ["on", "on", "off"]
    assert [state for _, state in states(taken_back(page, tmp_path))] == [True, True, False]
    word(page, "buy").click()
    page.keyboard.press("j")  # no line stands directly above: one was removed
    page.get_by_role("button", name="Restore").click()
    word(page, "buy").click()
    page.keyboard.press("j")
    assert boxes(page) == ["on", "on", "off"]
    assert states(taken_back(page, tmp_path))[1] == ("post the letter buy a new lamp", True)
    assert "- [x] post the letter buy a new lamp\n" in downloaded(
        page, "markdown", tmp_path
    ).read_text("utf-8")


def test_a_table_is_a_table_and_each_cell_is_edited_by_itself(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(result_of(*TABLE))
    rows = page.get_by_role("rowgroup", name="Table").get_by_role("row").all()
    assert [row.inner_text().split() for row in rows[:2]] == [
        ["Day", "Height", "Leaves"],
        ["1", "12", "cm", "4"],
    ]
    tops = [box_of(page, text)["y"] for text in ("Day", "Height", "Leaves")]
    assert tops == pytest.approx(tops[:1] * 3, abs=1)
    expect(word(page, "12").first).to_have_attribute("aria-description", "row 2, column 2")
    word(page, "12").nth(1).dblclick()
    field = page.get_by_role("textbox", name="Row 3, column 2")
    expect(field).to_have_value("12 cm")
    page.keyboard.press("Control+a")
    page.keyboard.type("4 4 cm high")
    page.keyboard.press("Enter")
    word(page, "4").first.click()  # of the second row
    page.keyboard.press("Delete")
    result = taken_back(page, tmp_path)
    table = next(block for block in result.pages[0].blocks if isinstance(block, Table))
    assert table.texts() == [
        ["Day", "Height", "Leaves"],
        ["1", "12 cm", ""],
        ["5", "4 4 cm high", "4"],
        ["9", "19 cm", "9"],
    ]
    assert "| 5 | 4 4 cm high | 4 |" in downloaded(page, "markdown", tmp_path).read_text("utf-8")


def test_what_is_replaced_in_a_cell_stays_in_it(open_page: Open, tmp_path: Path) -> None:
    def second_row() -> list[str]:
        blocks = taken_back(page, tmp_path).pages[0].blocks
        return next(block.texts()[1] for block in blocks if isinstance(block, Table))

    page = open_page(result_of("Day   Height   Leaves", "4      4 cm      4", "5      5 cm      5"))
    page.keyboard.press("Control+f")
    page.keyboard.type("4")
    page.get_by_role("button", name="Replace", exact=True).click()
    assert second_row() == ["", "4 cm", "4"]
    page.get_by_role("button", name="All", exact=True).click()
    assert second_row() == ["", "cm", ""]


def test_rows_of_a_table_are_added_joined_and_removed(open_page: Open, tmp_path: Path) -> None:
    page = open_page(result_of(*TABLE))
    word(page, "5").click()
    page.keyboard.press("o")
    page.keyboard.type("7 17 5")
    page.keyboard.press("Enter")
    table = page.get_by_role("rowgroup", name="Table")
    assert [row.inner_text().split() for row in table.get_by_role("row").all()][3] == [
        "7",
        "17",
        "5",
    ]
    word(page, "1").click()
    page.keyboard.press("d")
    word(page, "9").first.click()
    page.keyboard.press("j")
    markdown = downloaded(page, "markdown", tmp_path).read_text("utf-8")
    assert "| Day | Height | Leaves |" in markdown
    assert markdown == taken_back(page, tmp_path).to("markdown")


def test_paragraphs_are_seen_to_be_joined_and_parted(open_page: Open) -> None:
    rows = (
        "We went to the river and",
        "came back late in the night.",
        "",
        "It was very cold",
        "there.",
    )
    page = open_page(result_of(*rows))
    assert page.locator(".paragraph").count() == 2
    word(page, "It").click()
    page.keyboard.press("b")
    assert page.locator(".paragraph").count() == 1
    word(page, "came").click()
    page.keyboard.press("b")
    assert page.locator(".paragraph").all_inner_texts()[0] == rows[0]


def test_a_page_number_is_quiet_and_said_to_be_one(open_page: Open) -> None:
    page = open_page(result_of(*TABLE))
    aside = page.get_by_role("rowgroup", name="Page number")
    expect(aside).to_have_text("3")
    assert "page number" in aside.evaluate("one => getComputedStyle(one, '::after').content")


def test_labels_and_values_are_apart_and_edited_by_themselves(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(result_of(*FORM))
    assert box_of(page, "Helen")["x"] == pytest.approx(box_of(page, "Oxford")["x"], abs=2)
    word(page, "Oxford").click()
    page.keyboard.press("e")
    expect(page.get_by_role("textbox", name="Line 3, value")).to_have_value("Oxford")
    page.keyboard.press("End")
    page.keyboard.type(" East")
    page.keyboard.press("Enter")
    result = taken_back(page, tmp_path)
    values = [block.value for block in result.pages[0].blocks if block.kind == "field"]
    assert values == ["Helen Miller", "Oxford East", "417 22", ""]


def test_code_has_its_blanks_and_a_fixed_pitch(open_page: Open) -> None:
    code = ("for n in range(9):", "    if n > 2:", "        print(n)   # loud", "print('end')")
    page = open_page(result_of(*code, blanks=True))
    assert lines(page) == list(code)
    narrow, wide = box_of(page, "if"), box_of(page, "print(n)")
    assert wide["width"] - 6 == pytest.approx(4 * (narrow["width"] - 6), rel=0.05)


def test_a_drawing_is_framed_on_the_picture(open_page: Open) -> None:
    rows = ("The pump:", *[""] * 6, "And that is how it works.")
    data = result_of(*rows).model_dump(mode="json")
    place = [80, 90, 400, 90, 400, 260, 80, 260]
    data["pages"][0] |= {"blocks": [], "left_out": [{"reason": "hopeless", "box": place}]}
    page = open_page(RecognitionResult.model_validate(data).attach(drawn(rows)[1]))
    points = page.locator("polygon.figure").get_attribute("points")
    assert points == "80 90 400 90 400 260 80 260"
    names = page.get_by_role("row").all_inner_texts()
    assert names == ["The pump:", "Drawing", "And that is how it works."]


def test_markdown_and_print_have_the_lists_and_their_tasks(open_page: Open, tmp_path: Path) -> None:
    page = open_page(result_of(*TO_DO))
    page.get_by_role("checkbox", name="call the").click()
    assert downloaded(page, "markdown", tmp_path).read_text("utf-8") == (
        "# To do\n\n- [x] call the bank about the\\\n  new card\n- [x] post the letter\n"
        "- ☐ buy a new lamp\n- milk\n  - whole milk\n- tea\n- [ ] write to Anna\n\n"
        "That is all for this week.\n"
    )
    with pypdfium2.PdfDocument(page.pdf()) as pdf:
        textpage = pdf[0].get_textpage()
        printed = textpage.get_text_bounded()
        textpage.close()
    assert "☑ call the bank" in printed
    assert "☐ buy a new lamp" in printed


@pytest.mark.parametrize(
    ("rows", "how"),
    [(TO_DO, {}), (TO_DO, PHONE), (WEEK, PHONE), (FORM, {"color_scheme": "dark"})],
    ids=["list", "list on a phone", "table on a phone", "form in the dark"],
)
def test_axe_finds_no_serious_fault_and_nothing_sticks_out(
    open_page: Open, rows: tuple[str, ...], how: dict[str, object]
) -> None:
    page = open_page(result_of(*rows), **how)
    for tick in page.get_by_role("checkbox").all():
        tick.click()
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in {"serious", "critical"}]
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in serious] == []
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0
    assert page.evaluate("document.querySelector('.text').scrollWidth") <= page.evaluate(
        "document.querySelector('.text').clientWidth"
    )
