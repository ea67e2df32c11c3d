from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors.letter_layout import find_letters, lines_run_along, uprightness

NAMES = ["letter", "minutes", "printed", "shopping"]


def scan(notes: Path, name: str) -> PageImage:
    with Image.open(notes / f"{name}.jpg") as note:
        return PageImage(to_pixels(note))


def figures() -> PageImage:
    """A narrow column, whose figures stand beneath each other."""
    pixels = np.full((900, 160), 250, np.uint8)
    for row in range(18):
        text = f"{(row + 3) * 3457 % 90000 + 10000}"
        cv2.putText(pixels, text, (20, 45 + 48 * row), 0, 1.1, 30, 2, cv2.LINE_AA)
    return PageImage(pixels)


@pytest.mark.parametrize("name", NAMES)
def test_an_upright_page_has_votes_and_one_on_its_head_as_many_against(
    notes: Path, name: str
) -> None:
    page = scan(notes, name)
    votes = uprightness(find_letters(page))
    assert votes > 2
    assert uprightness(find_letters(page.rotated(180))) == pytest.approx(-votes, rel=0.4)


def test_figures_have_no_votes() -> None:
    assert abs(uprightness(find_letters(figures()))) < 1.5


def test_a_blank_page_has_neither_votes_nor_lines() -> None:
    letters = find_letters(PageImage(np.full((300, 400), 240, np.uint8)))
    assert (letters.count, letters.height, uprightness(letters)) == (0, 0, 0)
    assert not lines_run_along(letters, 0)


@pytest.mark.parametrize("angle", [0, 30, 45, 90])
@pytest.mark.parametrize("name", NAMES)
def test_lines_run_the_way_that_the_page_lies(notes: Path, name: str, angle: int) -> None:
    letters = find_letters(scan(notes, name).rotated(angle))
    assert lines_run_along(letters, angle)
    assert not lines_run_along(letters, angle - 90)


def test_the_lines_of_a_column_of_figures_run_along_its_rows() -> None:
    letters = find_letters(figures())
    assert lines_run_along(letters, 0)
    assert not lines_run_along(letters, 90)


def test_the_height_is_that_of_the_picture_that_was_given() -> None:
    page = figures()
    larger = page.resized(4 * page.width, 4 * page.height)
    assert find_letters(larger).height == pytest.approx(4 * find_letters(page).height, rel=0.1)
