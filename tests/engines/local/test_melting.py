from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.melting import letter_height_of_melted

PITCH, SIZE = 40, 28


def page_of_lines(count: int) -> NDArray[np.uint8]:
    page = Image.new("L", (600, 40 + count * PITCH), 255)
    pen = ImageDraw.Draw(page)
    for row in range(count):
        pen.text(
            (20, 20 + row * PITCH), "some even words on a line", font=ImageFont.load_default(SIZE)
        )
    return np.asarray(page)


def piece_of_lines(count: int, top: float = 20) -> DetectedLine:
    return DetectedLine.rectangle(10, top, 400, top + count * PITCH)


@pytest.mark.parametrize("light_on_dark", [False, True])
def test_a_piece_of_several_lines_tells_how_high_its_letters_are(light_on_dark: bool) -> None:
    page = page_of_lines(6)
    page = 255 - page if light_on_dark else page
    height = letter_height_of_melted(page, [piece_of_lines(6)])
    assert 0.4 * SIZE < height < SIZE


def test_lines_that_are_whole_have_not_melted() -> None:
    lines = [piece_of_lines(1, 20 + row * PITCH) for row in range(6)]
    assert letter_height_of_melted(page_of_lines(6), lines) == 0


def test_one_high_piece_beside_many_lines_does_not_make_a_page_of_melted_ones() -> None:
    lines = [piece_of_lines(1, 20 + row * PITCH) for row in range(6)]
    note = DetectedLine.rectangle(420, 20, 440, 260)
    assert letter_height_of_melted(page_of_lines(6), [*lines, note]) == 0


def test_a_piece_without_ink_and_a_page_without_pieces_have_not_melted() -> None:
    blank = np.full((300, 300), 255, np.uint8)
    assert letter_height_of_melted(blank, [piece_of_lines(4)]) == 0
    assert letter_height_of_melted(blank, [DetectedLine.rectangle(400, 400, 500, 420)]) == 0
    assert letter_height_of_melted(blank, []) == 0
