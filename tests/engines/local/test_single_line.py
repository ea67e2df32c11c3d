from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.single_line import as_single_line
from notetext.page_image import PageImage

WORDS = "some tall jugs of yarn rose"


def written(*texts: str, width: int = 700) -> NDArray[np.uint8]:
    """Lines 60 pixels apart; the small letters of the first are in rows 48 to 74."""
    pixels = np.full((60 * len(texts) + 60, width), 240, np.uint8)
    for number, text in enumerate(texts):
        cv2.putText(pixels, text, (40, 74 + 60 * number), 0, 1.2, 40, 2, cv2.LINE_AA)
    return pixels


def box(left: float, top: float, right: float, bottom: float) -> DetectedLine:
    return DetectedLine.rectangle(left, top, right, bottom)


def test_a_line_that_was_found_whole_stays_as_it_was_found() -> None:
    found = [box(25, 42, 500, 90)]
    assert as_single_line(PageImage(written(WORDS)), found) == found


def test_slivers_of_the_neighbours_that_were_found_are_left() -> None:
    pixels = written(WORDS, WORDS)[:124]  # down into the letters of the second line
    found = [box(25, 42, 500, 90), box(35, 104, 300, 126)]
    assert as_single_line(PageImage(pixels), found) == found[:1]


def test_tails_of_letters_that_were_found_are_left() -> None:
    found = [box(25, 42, 500, 90), box(200, 76, 230, 86)]
    assert as_single_line(PageImage(written("any jug of grey yarn")), found)[0].axis[0, 1] < 70


@pytest.mark.parametrize(
    "found", [[], [box(25, 42, 300, 90)], [box(25, 42, 500, 90), box(30, 40, 640, 80)]]
)
def test_what_does_not_cover_the_line_once_makes_room_for_all_of_it(
    found: list[DetectedLine],
) -> None:
    (line,) = as_single_line(PageImage(written(WORDS)), found)
    ink = np.argwhere(written(WORDS) < 140)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0)
    corners = line.corners
    assert (corners.min(axis=0) <= (left, top)).all()
    assert (corners.max(axis=0) >= (right, bottom)).all()
    assert line.height < 2 * (bottom - top)


def test_cells_that_were_not_found_come_one_by_one() -> None:
    pixels = written("Apples", width=1200)
    cv2.putText(pixels, "3.20", (1000, 74), 0, 1.2, 40, 2, cv2.LINE_AA)
    first, second = as_single_line(PageImage(pixels), [])
    assert first.corners[:, 0].max() < 400
    assert second.corners[:, 0].min() > 900


def test_what_was_found_apart_from_the_line_is_kept_with_it() -> None:
    found = [box(25, 42, 300, 90), box(400, 150, 600, 170)]
    assert as_single_line(PageImage(written(WORDS, "")), found) == found


def test_a_page_stays_as_it_was_found() -> None:
    found = [box(25, 42, 300, 90)]
    assert as_single_line(PageImage(written(WORDS, WORDS, WORDS)), found) == found


def test_a_piece_far_higher_than_its_ink_is_cut_down_to_it() -> None:
    (line,) = as_single_line(PageImage(written(WORDS)), [box(25, 0, 640, 120)])
    assert line.height < 60
