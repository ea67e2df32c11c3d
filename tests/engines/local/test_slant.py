from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines.local.slant import slant_of


def written(lean: float, text: str = "Hill and dale, till the bell") -> NDArray[np.uint8]:
    """A line whose strokes lean to the right by so many pixels for each pixel up."""
    font = ImageFont.load_default(40)
    line = Image.new("L", (round(font.getlength(text)) + 80, 56), 255)
    ImageDraw.Draw(line).text((40, 4), text, font=font, fill=30)
    matrix = (1, lean, -lean * 28, 0, 1, 0)
    leaning = line.transform(
        line.size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC, fillcolor=255
    )
    return np.asarray(leaning)


@pytest.mark.parametrize("lean", [-0.4, 0.3, 0.6])
def test_a_leaning_hand_is_set_up_most_of_the_way(lean: float) -> None:
    assert slant_of([written(lean)]) == pytest.approx(0.8 * lean, abs=0.08)


def test_upright_writing_stays_as_it_is() -> None:
    assert slant_of([written(0)]) == pytest.approx(0, abs=0.04)


def test_colour_and_length_make_no_difference() -> None:
    line = written(0.4)
    coloured = np.repeat(line[..., None], 3, axis=2)
    assert slant_of([coloured, coloured]) == pytest.approx(slant_of([line]), abs=1e-6)


@pytest.mark.parametrize("lines", [[], [np.full((48, 200), 200, np.uint8)]])
def test_where_nothing_is_written_nothing_leans(lines: list[NDArray[np.uint8]]) -> None:
    assert slant_of(lines) == 0


def test_level_strokes_alone_do_not_lean() -> None:
    line = np.full((48, 200), 255, np.uint8)
    line[20:24, 10:190] = 0
    assert slant_of([line]) == pytest.approx(0, abs=0.05)
