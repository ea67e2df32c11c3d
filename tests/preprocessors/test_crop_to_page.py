from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from measuring.photographs import KINDS, Kind, photograph
from PIL import Image

from notetext.errors import ConfigurationError
from notetext.page_image import PageImage, map_points, to_pixels
from notetext.preprocessors.crop_to_page import CropToPage, find_sheet

ON_DESK = [kind for kind in KINDS if kind.on_desk]
NAMES = ["letter", "minutes", "printed", "shopping"]


def corners_of(width: int, height: int) -> list[tuple[float, float]]:
    return [(0, 0), (width, 0), (width, height), (0, height)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ON_DESK, ids=lambda kind: kind.name)
def test_a_sheet_on_a_desk_is_cut_out_and_straightened(notes: Path, name: str, kind: Kind) -> None:
    with Image.open(notes / f"{name}.jpg") as note:
        shot = photograph(note, kind, seed=len(name))
        true = map_points(shot.from_page, corners_of(*note.size))
    after = CropToPage()(PageImage(to_pixels(shot.image)))
    found = after.to_page(corners_of(after.width, after.height))
    # A narrow rim is cut off on purpose.
    assert np.abs(found - true).max() < 0.015 * shot.image.width


def test_a_sheet_is_found_in_a_grey_photograph_too(notes: Path) -> None:
    with Image.open(notes / "letter.jpg") as note:
        shot = photograph(note, ON_DESK[0], seed=1)
    page = PageImage(to_pixels(shot.image.convert("L")))
    assert find_sheet(page) == pytest.approx(find_sheet(PageImage(to_pixels(shot.image))), abs=10)


def test_a_sheet_that_lies_straight_keeps_its_shape() -> None:
    pixels = np.full((600, 800), 60, np.uint8)
    pixels[100:500, 200:700] = 235
    after = CropToPage()(PageImage(pixels))
    found = after.to_page([(0, 0), (after.width, after.height)])
    np.testing.assert_allclose(found, [[200, 100], [700, 500]], atol=5)
    assert after.pixels.min() > 225


def test_a_photograph_without_its_desk_is_returned_as_it_is(notes: Path) -> None:
    for kind in KINDS:
        if not kind.on_desk and not kind.skew:
            with Image.open(notes / "minutes.jpg") as note:
                page = PageImage(to_pixels(photograph(note, kind, seed=2).image))
            assert CropToPage()(page) is page, kind.name


@pytest.mark.parametrize("name", NAMES)
def test_a_scan_is_returned_as_it_is(notes: Path, name: str) -> None:
    with Image.open(notes / f"{name}.jpg") as note:
        page = PageImage(to_pixels(note))
    assert CropToPage()(page) is page


def test_a_sheet_is_told_by_its_greyness_where_it_is_no_brighter() -> None:
    pixels = np.full((600, 800, 3), (200, 90, 60), np.uint8)
    pixels[100:500, 200:700] = 60  # white paper in deep shadow, on a lit red table
    after = CropToPage()(PageImage(pixels))
    found = after.to_page([(0, 0), (after.width, after.height)])
    np.testing.assert_allclose(found, [[200, 100], [700, 500]], atol=5)


def framed() -> PageImage:
    pixels = np.full((600, 800), 240, np.uint8)
    cv2.rectangle(pixels, (60, 60), (740, 540), color=20, thickness=4)
    return PageImage(pixels)


def with_a_dark_picture() -> PageImage:
    pixels = np.full((600, 800), 240, np.uint8)
    pixels[150:500, 200:700] = 70
    return PageImage(pixels)


def cut_off_by_the_picture() -> PageImage:
    pixels = np.full((600, 800), 60, np.uint8)
    pixels[200:, 100:600] = 240
    return PageImage(pixels)


def round_plate() -> PageImage:
    pixels = np.full((600, 800), 60, np.uint8)
    cv2.circle(pixels, (400, 300), 250, color=240, thickness=-1)
    return PageImage(pixels)


def small_note() -> PageImage:
    pixels = np.full((600, 800), 60, np.uint8)
    pixels[200:300, 300:420] = 240
    return PageImage(pixels)


def write(pixels: np.ndarray, top: int, lines: int, ink: int) -> None:
    for line in range(lines):
        origin = (110, top + 40 * line)
        cv2.putText(pixels, "what stands on a screen", origin, 0, 1.0, ink, 2, cv2.LINE_AA)


def window_below_a_heading() -> PageImage:
    pixels = np.full((600, 800), 120, np.uint8)
    write(pixels, 60, 2, 10)
    pixels[150:560, 60:740] = 250
    write(pixels, 200, 8, 20)
    return PageImage(pixels)


def light_window_on_a_dark_screen() -> PageImage:
    pixels = np.full((600, 800), 30, np.uint8)
    write(pixels, 60, 2, 230)
    pixels[150:560, 60:740] = 250
    write(pixels, 200, 8, 20)
    return PageImage(pixels)


@pytest.mark.parametrize("make", [window_below_a_heading, light_window_on_a_dark_screen])
def test_a_window_with_writing_beside_it_is_no_sheet(make: object) -> None:
    assert callable(make)
    page = make()
    assert CropToPage()(page) is page


@pytest.mark.parametrize(
    "make", [framed, with_a_dark_picture, cut_off_by_the_picture, round_plate, small_note]
)
def test_what_is_no_whole_sheet_is_left_alone(make: object) -> None:
    assert callable(make)
    page = make()
    assert CropToPage()(page) is page


def test_the_smallest_sheet_can_be_chosen() -> None:
    pixels = np.full((600, 800), 60, np.uint8)
    pixels[150:450, 250:550] = 240
    page = PageImage(pixels)
    assert CropToPage(least=0.1)(page) is not page
    assert CropToPage(least=0.3)(page) is page


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (59, 2000)])
def test_a_sliver_is_returned_as_it_is(size: tuple[int, int]) -> None:
    page = PageImage(np.full(size, 90, np.uint8))
    assert CropToPage()(page) is page


@pytest.mark.parametrize("least", [0, 1, float("nan")])
def test_parameters_are_checked_at_once(least: float) -> None:
    with pytest.raises(ConfigurationError, match="the step 'crop_to_page' cannot take least"):
        CropToPage(least=least)


def test_real_scans_are_returned_as_they_are(handwriting: Path) -> None:
    for path in sorted(handwriting.glob("dev/*/*.jpg"))[::4]:
        with Image.open(path) as image:
            page = PageImage(to_pixels(image))
        assert CropToPage()(page) is page, path.name
