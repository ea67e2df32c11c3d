from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.page_image import PageImage
from notetext.page_image.one_line import find_one_line

WORDS = "some nervous sea waves rose"


def written(*texts: str, margin: int = 30, width: int = 700) -> NDArray[np.uint8]:
    """Lines 60 pixels apart, small letters 26 pixels high, in dark on light."""
    pixels = np.full((60 * len(texts) + 2 * margin, width), 240, np.uint8)
    for number, text in enumerate(texts):
        cv2.putText(pixels, text, (40, margin + 44 + 60 * number), 0, 1.2, 40, 2, cv2.LINE_AA)
    return pixels


@pytest.mark.parametrize("text", [WORDS, "Bell", "a", "12.50", "Hill, (tall) & jug"])
def test_a_line_a_word_and_a_field_are_one_line(text: str) -> None:
    line = find_one_line(PageImage(written(text)))
    assert line is not None
    left, top, right, bottom = line.bounds
    ink = np.argwhere(written(text) < 140)
    assert (top, left) == pytest.approx(ink.min(axis=0), abs=3)
    assert (bottom, right) == pytest.approx(ink.max(axis=0) + 1, abs=3)
    assert top - 4 <= line.body[0] < line.body[1] <= bottom + 4


def test_light_writing_on_dark_is_a_line_too() -> None:
    dark = find_one_line(PageImage(np.asarray(255 - written(WORDS), np.uint8)))
    light = find_one_line(PageImage(written(WORDS)))
    assert dark is not None
    assert light is not None
    assert dark.bounds == pytest.approx(light.bounds, abs=2)


def test_neighbours_that_the_edges_cut_do_not_count() -> None:
    line = find_one_line(PageImage(written(WORDS, WORDS, WORDS)[64:160]))
    assert line is not None
    assert line.slivers[:10].any()
    assert line.bounds[1] > 14


@pytest.mark.parametrize("count", [2, 3, 8])
def test_several_lines_are_not_one(count: int) -> None:
    assert find_one_line(PageImage(written(*[WORDS] * count))) is None


def test_a_word_with_a_drawing_is_no_line() -> None:
    pixels = written("Bell", "", "", "", "")
    cv2.circle(pixels, (450, 180), 140, 40, 3)
    cv2.line(pixels, (330, 60), (560, 320), 40, 3)
    assert find_one_line(PageImage(pixels)) is None


def test_letters_in_a_column_are_no_line() -> None:
    assert find_one_line(PageImage(written(*"column", width=110))) is None


def test_cells_that_stand_far_apart_are_told_by_the_gap_between_them() -> None:
    pixels = written("Apples", width=1200)
    cv2.putText(pixels, "3.20", (1000, 74), 0, 1.2, 40, 2, cv2.LINE_AA)
    line = find_one_line(PageImage(pixels))
    assert line is not None
    ((start, end),) = line.gaps
    assert start < 220
    assert end == pytest.approx(1000, abs=8)


@pytest.mark.parametrize("scale", [0.5, 2.0, 3.0])
def test_the_size_of_the_picture_does_not_matter(scale: float) -> None:
    pixels = written(WORDS)
    resized = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    large, line = (find_one_line(PageImage(np.asarray(p, np.uint8))) for p in (resized, pixels))
    assert large is not None
    assert line is not None
    assert np.divide(large.bounds, scale) == pytest.approx(line.bounds, abs=4)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 3), (300, 400)])
def test_an_empty_picture_shows_no_line(size: tuple[int, int]) -> None:
    assert find_one_line(PageImage(np.full(size, 200, np.uint8))) is None
