"""Pillow's pictures of every mode as arrays of eight bits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from notetext.page_image import to_pixels

SHADES = np.array([[0, 128, 255]], np.uint8)
GREY = Image.fromarray(SHADES)
MODES = ["1", "L", "P", "LA", "La", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr", "HSV"]


def in_mode(image: Image.Image, mode: str) -> Image.Image:
    """A picture in a mode, by way of one that Pillow knows the way from."""
    way = {"La": "LA", "RGBa": "RGBA", "PA": "P", "HSV": "RGB", "YCbCr": "RGB", "RGBX": "RGB"}
    return (image.convert(way[mode]) if mode in way else image).convert(mode)


def levels(image: Image.Image) -> list[int]:
    pixels = to_pixels(image)
    assert pixels.dtype == np.uint8
    return [round(float(np.mean(pixel))) for pixel in pixels[0]]


@pytest.mark.parametrize("mode", MODES)
def test_black_grey_and_white_stay_what_they_are_in_every_mode(mode: str) -> None:
    black, grey, white = levels(in_mode(GREY, mode))
    assert (black, white) == pytest.approx((0, 255), abs=2)
    assert grey in {0, 255} if mode == "1" else grey == pytest.approx(128, abs=2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "La"])
def test_what_has_no_colour_gets_none(mode: str) -> None:
    assert to_pixels(in_mode(GREY, mode)).shape == (1, 3)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "CMYK"])
def test_colour_stays(mode: str) -> None:
    image = Image.new("RGB", (4, 4), (200, 30, 10))
    if mode == "P":
        image = image.convert("P", palette=Image.Palette.ADAPTIVE)
    pixels = to_pixels(image if mode == "P" else image.convert(mode))
    assert pixels[0, 0].tolist() == pytest.approx([200, 30, 10], abs=2)


def test_transparent_parts_are_white_paper_whatever_lies_under_them() -> None:
    image = Image.new("RGBA", (3, 1), (0, 0, 0, 0))
    image.putpixel((0, 0), (0, 0, 0, 255))
    image.putpixel((1, 0), (0, 0, 0, 128))
    assert levels(image) == pytest.approx([0, 127, 255], abs=1)


@given(st.integers(0, 2**16 - 1))
def test_sixteen_bits_are_scaled_to_the_smallest_usual_range_that_fits(
    brightest: int,
) -> None:
    deep = Image.fromarray(np.array([[0, brightest]], np.uint16))
    end = next(2**bits - 1 for bits in (1, 8, 10, 12, 14, 15, 16) if brightest < 2**bits)
    assert to_pixels(deep)[0].tolist() == [0, int(brightest / end * 255 + 0.5)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255]),
        ([-1.0, 0.0, 1.0], [0, 128, 255]),
        ([0.0, 1000.0, 2000.0], [0, 62, 125]),
        ([0.0, 5e5, 1e6], [0, 128, 255]),
        ([0.0, np.nan, 1.0], [0, 255, 255]),
        ([-np.inf, 0.0, np.inf], [0, 0, 255]),
        ([0.0, 0.0, 0.0], [0, 0, 0]),
        ([np.nan, np.nan, np.nan], [255, 255, 255]),
    ],
)
def test_floats_of_any_range_are_read(values: list[float], expected: list[int]) -> None:
    image = Image.fromarray(np.array([values], np.float32))
    assert levels(image) == pytest.approx(expected, abs=1)


@given(st.lists(st.floats(width=32), min_size=1, max_size=20))
def test_brighter_never_becomes_darker(values: list[float]) -> None:
    row = np.array([values], np.float32)
    pixels = to_pixels(Image.fromarray(row))[0].astype(int)
    finite = np.isfinite(row[0])
    order = np.argsort(row[0][finite], kind="stable")
    assert (np.diff(pixels[finite][order]) >= 0).all()


def test_a_picture_too_large_to_be_copied_at_once_is_copied_in_strips() -> None:
    rows, columns = 40, 1_000_000
    image = Image.linear_gradient("L").resize((columns, rows))
    assert (to_pixels(image) == np.asarray(image)).all()


def transparent(ink: int, *, share: int = 20) -> Image.Image:
    picture = Image.new("RGBA", (100, 100), (255, 255, 255, 0))
    picture.paste((ink, ink, ink, 255), (0, 0, 100, share))
    return picture


def test_light_writing_on_nothing_stands_on_black() -> None:
    pixels = to_pixels(transparent(240))
    assert pixels[10].max() == 240
    assert pixels[50].max() == 0


@pytest.mark.parametrize("picture", [transparent(40), transparent(240, share=80)])
def test_dark_writing_and_a_light_page_stand_on_white(picture: Image.Image) -> None:
    assert to_pixels(picture)[90].min() == 255
