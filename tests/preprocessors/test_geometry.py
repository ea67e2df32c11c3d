from __future__ import annotations

import cv2
import numpy as np
import pytest

from notetext.errors import ConfigurationError, PreprocessingError
from notetext.page_image import PageImage
from notetext.page_image.ink import x_height
from notetext.preprocessors.geometry import Crop, Upscale


def written(scale: float, dpi: float | None = None) -> PageImage:
    """Six lines of letters whose x-height is about 14 × ``scale`` pixels."""
    pixels = np.full((round(400 * scale), round(600 * scale)), 235, np.uint8)
    for line in range(6):
        cv2.putText(
            pixels,
            "some nervous sea waves rose",
            (round(20 * scale), round((50 + 60 * line) * scale)),
            cv2.FONT_HERSHEY_SIMPLEX,
            scale,
            color=30,
            thickness=max(1, round(1.5 * scale)),
            lineType=cv2.LINE_AA,
        )
    return PageImage(pixels, dpi=dpi)


def test_small_writing_is_enlarged_to_the_x_height_asked_for() -> None:
    before = written(0.6)
    after = Upscale(x_height=20)(before)
    assert before.width < after.width
    assert x_height(after) == pytest.approx(20, rel=0.15)
    corner = after.to_page([(after.width, after.height)])
    np.testing.assert_allclose(corner, [[before.width, before.height]])


@pytest.mark.parametrize("scale", [1.5, 3.0])
def test_large_writing_is_returned_as_it_is(scale: float) -> None:
    page = written(scale)
    assert Upscale(x_height=12)(page) is page


def test_a_page_without_writing_is_returned_as_it_is() -> None:
    blank = PageImage(np.full((300, 400), 255, np.uint8))
    assert Upscale(x_height=200)(blank) is blank


def test_a_resolution_can_be_asked_for_instead() -> None:
    after = Upscale(dpi=300)(written(0.6, dpi=150))
    assert (after.width, after.height) == (720, 480)
    assert after.dpi == pytest.approx(300)


@pytest.mark.parametrize("dpi", [None, 300, 290])
def test_an_unknown_or_sufficient_resolution_changes_nothing(dpi: float | None) -> None:
    page = written(0.6, dpi=dpi)
    assert Upscale(dpi=300)(page) is page


def test_the_enlargement_is_capped_by_factor_and_by_pixels() -> None:
    page = written(0.6)
    assert Upscale(x_height=200)(page).width == 4 * page.width
    assert Upscale(x_height=200, most=2)(page).width == 2 * page.width
    capped = Upscale(x_height=200, max_pixels=200_000)(page)
    assert capped.width * capped.height == pytest.approx(200_000, rel=0.01)


def test_two_targets_are_one_too_many() -> None:
    with pytest.raises(ConfigurationError, match="x_height or dpi, not both"):
        Upscale(x_height=20, dpi=300)


@pytest.mark.parametrize(
    "parameters", [{"x_height": 3}, {"dpi": 5}, {"most": 0.5}, {"max_pixels": 0}]
)
def test_parameters_are_checked_at_once(parameters: dict[str, float]) -> None:
    with pytest.raises(ConfigurationError, match="the step 'upscale' cannot take"):
        Upscale(**parameters)  # type: ignore[arg-type]


def test_a_page_is_cut_to_its_ink_and_a_rim() -> None:
    pixels = np.full((600, 800), 250, np.uint8)
    pixels[200:300, 150:400] = 20
    pixels[500, 700] = 0  # a speck of dirt
    after = Crop(rim=10)(PageImage(pixels))
    corners = after.to_page([(0, 0), (after.width, after.height)])
    np.testing.assert_allclose(corners, [[140, 190], [410, 310]], atol=2)


def test_margins_are_cut_off() -> None:
    after = Crop(margins=(1, 2, 3, 4))(PageImage(np.zeros((40, 50), np.uint8)))
    assert after.to_page([(0, 0), (after.width, after.height)]).tolist() == [[1, 2], [47, 36]]


@pytest.mark.parametrize("step", [Crop(), Crop(margins=(0, 0, 0, 0))])
def test_a_page_with_nothing_to_cut_off_is_returned_as_it_is(step: Crop) -> None:
    blank = PageImage(np.full((40, 50), 255, np.uint8))
    assert step(blank) is blank


def test_margins_wider_than_the_page_are_an_error() -> None:
    with pytest.raises(PreprocessingError, match="leave nothing of 50×40 pixels"):
        Crop(margins=(25, 0, 25, 0))(PageImage(np.zeros((40, 50), np.uint8)))


@pytest.mark.parametrize("margins", [(1, 2, 3), (-1, 0, 0, 0), (0.5, 0, 0, 0), 5])
def test_margins_are_four_whole_numbers_of_pixels(margins: object) -> None:
    with pytest.raises(ConfigurationError, match="the step 'crop' cannot take margins"):
        Crop(margins=margins)  # type: ignore[arg-type]
