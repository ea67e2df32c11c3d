"""How a line looks, before anything is read."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines.local.appearance import FEATURES, appearance
from notetext.engines.local.detected_line import DetectedLine

BLACK, NAVY = (20, 20, 20), (25, 35, 110)


def line_in(ink: tuple[int, int, int], size: int = 40) -> NDArray[np.uint8]:
    page = Image.new("RGB", (16 * size, 2 * size), "white")
    font = ImageFont.load_default(size)
    ImageDraw.Draw(page).text((size, size // 4), "the garden is green", font=font, fill=ink)
    return np.asarray(page)


def whole(pixels: NDArray[np.uint8]) -> DetectedLine:
    return DetectedLine.rectangle(0, 0, pixels.shape[1], pixels.shape[0])


def test_every_line_gives_as_many_numbers_and_a_blank_one_too() -> None:
    blank = np.full((60, 400), 255, np.uint8)
    for pixels in (line_in(BLACK), blank, blank[:3, :3]):
        seen = appearance(pixels, whole(pixels))
        assert seen.regularity.shape == (FEATURES,)
        assert np.isfinite(seen.regularity).all()


@pytest.mark.parametrize("size", [30, 80])
def test_regularity_does_not_depend_on_the_size(size: int) -> None:
    usual, other = (line_in(BLACK, each) for each in (48, size))
    numbers = [appearance(pixels, whole(pixels)).regularity for pixels in (usual, other)]
    assert np.abs(numbers[0] - numbers[1]).mean() < 0.1


def test_light_on_dark_looks_like_dark_on_light() -> None:
    line = line_in(BLACK)
    numbers = [appearance(pixels, whole(pixels)).regularity for pixels in (line, 255 - line)]
    assert numbers[0] == pytest.approx(numbers[1], abs=0.05)


def test_a_blue_pen_has_a_colour_and_black_ink_none_whatever_the_light() -> None:
    for light in ((255, 255, 255), (230, 200, 150)):
        black, navy = (
            np.asarray(line_in(ink) * (np.array(light) / 255), np.uint8) for ink in (BLACK, NAVY)
        )
        assert appearance(black, whole(black)).colour < 0.05
        assert appearance(navy, whole(navy)).colour > 0.2
    grey = np.asarray(Image.fromarray(line_in(NAVY)).convert("L"))
    assert appearance(grey, whole(grey)).colour == 0
