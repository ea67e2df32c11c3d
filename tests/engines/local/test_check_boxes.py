from __future__ import annotations

import string

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines import Request
from notetext.engines.local import LocalEngine
from notetext.engines.local.check_boxes import without_check_boxes, without_inner_boxes
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.marks import CheckBox
from notetext.model import Language, LeftOutReason, Mode
from notetext.page_image import PageImage

ENGLISH = Request(mode=Mode.PRINTED, languages=(Language.ENGLISH,))
BOXES = ("box", "tick", "cross")


def form(*parts: str, size: int = 40, gap: float = 0.4) -> NDArray[np.uint8]:
    """A line of words and boxes."""
    page = Image.new("L", (20 * size, round(1.7 * size)), 250)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(size)
    x, top, side, width = 0.4 * size, 0.5 * size, 0.75 * size, max(1, size // 16)
    for part in parts:
        if part not in BOXES:
            pen.text((x, 0.2 * size), part, font=font, fill=20)
            x += pen.textlength(part, font=font) + gap * size
            continue
        pen.rectangle((x, top, x + side, top + side), outline=20, width=width)
        if part == "tick":
            tick = [(x + 0.2 * side, top + 0.5 * side), (x + 0.4 * side, top + 0.8 * side)]
            pen.line([*tick, (x + 1.1 * side, top - 0.2 * side)], fill=20, width=width)
        if part == "cross":
            inner = (x + 4, top + 4, x + side - 4, top + side - 4)
            pen.line(inner, fill=20, width=width)
            pen.line((inner[0], inner[3], inner[2], inner[1]), fill=20, width=width)
        x += side + gap * size
    return np.asarray(page)


def boxes_of(page: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], list[CheckBox]]:
    line = DetectedLine.rectangle(0, 0, page.shape[1], page.shape[0])
    return without_inner_boxes(page, [line])


@pytest.mark.parametrize("size", [30, 40, 90])
@pytest.mark.parametrize("mark", BOXES)
def test_boxes_between_words_are_painted_over_and_nothing_else_is(mark: str, size: int) -> None:
    page = form("paid", mark, "cash", mark, "card", size=size)
    painted, boxes = boxes_of(page)
    assert [box.is_ticked for box in boxes] == [mark != "box"] * 2
    changed = np.flatnonzero((painted != page).any(axis=0))
    for first, last in ((0, 2.7), (4.4, 6.5)):  # the words "paid" and the middle of "cash"
        assert not ((changed > first * size) & (changed < min(last, 2.3) * size)).any()
    assert np.count_nonzero(painted < 128) < np.count_nonzero(page < 128)


@pytest.mark.parametrize("letters", [string.ascii_uppercase, string.ascii_lowercase, "0123456789"])
def test_letters_and_digits_that_stand_alone_are_no_boxes(letters: str) -> None:
    for first in range(0, len(letters), 7):
        page = form(*letters[first : first + 7], gap=0.9)
        painted, boxes = boxes_of(page)
        assert not boxes
        assert painted is page


def test_a_box_that_touches_letters_is_left_to_the_recogniser() -> None:
    assert not boxes_of(form("paid", "box", "cash", gap=0.02))[1]


def test_a_page_in_colour_keeps_its_paper() -> None:
    page = np.stack([form("paid", "box", "cash")] * 3, axis=2) // np.uint8(2)
    painted, boxes = boxes_of(page)
    assert len(boxes) == 1
    assert set(np.unique(painted[painted != page]).tolist()) == {125}


def test_words_beside_boxes_are_read_and_the_boxes_told() -> None:
    rows = (
        ("Smoker", "box", "yes", "cross", "no"),
        ("Paid", "tick", "in cash", "box", "by card"),
        ("Is A", "box", "better than I", "box"),
    )
    page = np.concatenate([form(*row) for row in rows])
    reading = LocalEngine(threads=1).read(PageImage(page), ENGLISH)
    assert sorted(line.text for line in reading.fragments) == [
        "Is A better than I",
        "Paid in cash by card",
        "Smoker yes no",
    ]
    assert [piece.reason for piece in reading.left_out] == [LeftOutReason.MARK] * 6


def test_a_box_that_the_detector_left_before_its_line_is_found_where_lines_have_boxes() -> None:
    ticked, empty = form("tick", "call"), form("box", "write")
    page = np.concatenate([ticked, empty])
    height = ticked.shape[0]
    first = DetectedLine.rectangle(0, 0, page.shape[1], height)
    start = int(np.flatnonzero((empty < 128).any(axis=0))[0])
    behind = DetectedLine.rectangle(start + 46, height, page.shape[1], 2 * height)
    _, lines, boxes = without_check_boxes(page, [first, behind])
    assert [box.is_ticked for box in boxes] == [True, False]
    assert lines[1] is behind
    assert not without_check_boxes(page, [behind])[2]


def test_a_box_is_taken_off_a_line_that_begins_within_it_and_its_own_piece_is_no_line() -> None:
    ticked, empty = form("tick", "call"), form("box", "write")
    page = np.concatenate([ticked, empty])
    height = ticked.shape[0]
    first = DetectedLine.rectangle(0, 0, page.shape[1], height)
    inked = np.flatnonzero((empty < 128).any(axis=0))
    left = int(inked[0])
    right = left + int(np.flatnonzero(np.diff(inked) > 5)[0])
    within = DetectedLine.rectangle(right - 4, height, page.shape[1], 2 * height)
    middle = 1.5 * height
    piece = DetectedLine.rectangle(left, middle - 8, right, middle + 8)
    _, lines, boxes = without_check_boxes(page, [first, within, piece])
    assert [box.is_ticked for box in boxes] == [True, False]
    assert len(lines) == 2
    assert right <= lines[1].axis[0][0] <= right + 8
