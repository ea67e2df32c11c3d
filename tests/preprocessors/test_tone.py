from __future__ import annotations

import cv2
import numpy as np
import pytest

from notetext.errors import ConfigurationError
from notetext.page_image import PageImage
from notetext.preprocessors.tone import Contrast, Denoise, Grayscale, Invert


def test_colour_goes_and_grey_stays_the_same_object() -> None:
    red = np.zeros((5, 6, 3), np.uint8)
    red[..., 0] = 255
    grey = Grayscale()(PageImage(red))
    assert grey.pixels.tolist() == [[76] * 6] * 5
    assert Grayscale()(grey) is grey


def test_pale_ink_becomes_black_and_grey_paper_white() -> None:
    pixels = np.full((100, 100), 180, np.uint8)
    pixels[40:60, 40:60] = 120
    stretched = Contrast()(PageImage(pixels)).pixels
    assert stretched[50, 50] == 0
    assert stretched[0, 0] == 255


def test_a_few_specks_do_not_decide() -> None:
    pixels = np.full((100, 100), 180, np.uint8)
    pixels[40:60, 40:60] = 120
    pixels[0, :5] = 0
    assert Contrast(cut=0.5)(PageImage(pixels)).pixels[50, 50] == 0
    assert Contrast(cut=0)(PageImage(pixels)).pixels[50, 50] > 100


def test_colours_keep_their_hue() -> None:
    pixels = np.full((100, 100, 3), (200, 200, 150), np.uint8)
    pixels[:50] = (60, 60, 110)
    blue = Contrast()(PageImage(pixels)).pixels[10, 10].astype(int)
    assert blue[2] > blue[0] == blue[1]


@pytest.mark.parametrize("levels", [(100, 100), (100, 105), (0, 255)])
def test_a_page_with_nothing_to_gain_is_returned_as_it_is(levels: tuple[int, int]) -> None:
    pixels = np.full((100, 100), levels[1], np.uint8)
    pixels[:50] = levels[0]
    page = PageImage(pixels)
    assert Contrast()(page) is page


@pytest.mark.parametrize("shape", [(400, 400), (400, 400, 3)])
def test_clahe_brings_out_ink_in_the_shade(shape: tuple[int, ...]) -> None:
    light = np.linspace(60, 250, 400)
    pixels = np.tile(light, (400, 1))
    pixels[:, ::8] *= 0.8
    if len(shape) == 3:
        pixels = np.repeat(pixels[..., None], 3, axis=2)
    page = PageImage(pixels.astype(np.uint8))
    after = Contrast(method="clahe", clip=4)(page)
    assert contrast_in_the_shade(after) > 1.5 * contrast_in_the_shade(page)


def contrast_in_the_shade(page: PageImage) -> float:
    return float(page.grey()[:, 16:48].std())


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"cut": 50}, "cut=50; give a number from 0 to 49 percent"),
        ({"cut": "1"}, "cut='1'; give a number from 0 to 49 percent"),
        ({"clip": float("nan")}, "clip=nan; give a number from 1 to 40"),
        ({"tiles": 2.5}, "tiles=2.5; give a whole number from 1 to 64"),
        ({"method": "gamma"}, "choose from 'stretch', 'clahe'"),
    ],
)
def test_parameters_are_checked_at_once(parameters: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Contrast(**parameters)  # type: ignore[arg-type]


def test_specks_go_and_edges_stay_sharp() -> None:
    pixels = np.full((60, 60), 220, np.uint8)
    pixels[:, 30:] = 40
    specked = pixels.copy()
    specked[10::20, 10::20] = 0
    assert (Denoise()(PageImage(specked)).pixels == pixels).all()


@pytest.mark.parametrize("size", [1, 4, 17, 3.5])
def test_the_median_has_a_middle(size: int) -> None:
    with pytest.raises(ConfigurationError, match="the step 'denoise' cannot take size="):
        Denoise(size=size)


def test_fingerprints_tell_parameters_apart() -> None:
    assert Grayscale().fingerprint == "grayscale/1()"
    assert Contrast().fingerprint == Contrast(method="stretch").fingerprint
    assert Contrast().fingerprint != Contrast(cut=1).fingerprint


def on_a_board() -> PageImage:
    pixels = np.full((200, 500, 3), (30, 60, 45), np.uint8)
    for line in range(3):
        cv2.putText(pixels, "light on dark", (20, 60 + 60 * line), 0, 1.3, (230, 230, 200), 2)
    return PageImage(pixels)


def test_light_writing_becomes_dark_on_light_in_the_opposite_colours() -> None:
    board = on_a_board()
    assert (Invert()(board).pixels == 255 - board.pixels).all()


def test_dark_writing_is_returned_as_it_is() -> None:
    page = Invert()(on_a_board())
    assert Invert()(page) is page
