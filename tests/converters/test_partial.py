"""A picture that is damaged or cut off is read as far as it can be drawn, and says so."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from notetext.converters import OpenOptions, SourcePage
from notetext.converters.image import ImageConverter
from notetext.documents import Source
from notetext.errors import CorruptInputError

SHADE = 90
OPTIONS = OpenOptions()


def picture(mode: str = "L") -> Image.Image:
    """Noise that no format can shorten much, and that is nowhere white."""
    noise = np.random.default_rng(1).integers(60, 120, (160, 160), np.uint8)
    return Image.fromarray(noise).convert(mode)


def encoded(format: str, mode: str = "L", **options: object) -> bytes:
    file = io.BytesIO()
    picture(mode).save(file, format, **options)
    return file.getvalue()


def page_of(data: bytes) -> SourcePage:
    return ImageConverter().open(Source(None, data, OPTIONS.limits), OPTIONS).page(1)


def test_a_jpeg_without_its_end_marker_is_there_as_a_whole() -> None:
    data = encoded("JPEG")
    page = page_of(data[:-2])
    assert np.array_equal(np.asarray(page.image()), np.asarray(page_of(data).image()))
    assert page.warnings == (
        "the end of the picture's file is missing or damaged; all of it could be drawn",
    )


@pytest.mark.parametrize("restarts", [0, 1])
def test_a_jpeg_that_is_cut_off_is_there_as_far_as_it_goes(restarts: int) -> None:
    data = encoded("JPEG", quality=90, restart_marker_rows=restarts)
    page = page_of(data[: len(data) // 2])
    image, whole = np.asarray(page.image()), np.asarray(page_of(data).image())
    assert np.array_equal(image[:56], whole[:56])
    assert (image[104:] == 255).all()
    assert 40 <= int(page.warnings[0].split(" %")[0].split()[-1]) <= 60


@pytest.mark.parametrize("left", [b"", b"\xff", bytes(200)])
def test_what_was_left_behind_a_cut_is_no_picture(left: bytes) -> None:
    data = encoded("JPEG", quality=90)
    page = page_of(data[: len(data) // 2] + left)
    assert (np.asarray(page.image())[104:] == 255).all()
    assert "% of it is missing" in page.warnings[0]


def test_a_jpeg_of_several_passes_says_that_it_may_be_unsharp() -> None:
    data = encoded("JPEG", quality=90, progressive=True)
    page = page_of(data[: len(data) * 3 // 4])
    whole = np.asarray(page_of(data).image(), np.int16)
    assert np.abs(np.asarray(page.image(), np.int16) - whole).mean() < 20
    assert "unsharp" in page.warnings[0]


@pytest.mark.parametrize(
    ("format", "mode", "options"),
    [
        ("PNG", "L", {}),
        ("PNG", "RGBA", {}),
        ("TIFF", "L", {}),
        ("TIFF", "I;16", {}),
        ("GIF", "P", {}),
        ("PPM", "RGB", {}),
        ("PPM", "1", {}),
    ],
)
def test_what_is_drawn_from_above_is_there_as_far_as_it_goes(
    format: str, mode: str, options: dict[str, object]
) -> None:
    page = page_of(encoded(format, mode, **options)[: len(encoded(format, mode)) // 2])
    image = page.image()
    grey = np.asarray(image.convert("L") if image.mode != "I;16" else image)
    assert (grey[-1] == grey.max()).all()
    assert (grey[:50] < 255).any() if mode != "I;16" else (grey[:50] < grey.max()).any()
    assert "of it is missing" in page.warnings[0]


def test_strips_that_are_damaged_are_left_blank_and_turned_as_the_others() -> None:
    data = bytearray(encoded("TIFF", compression="tiff_lzw", tiffinfo={278: 16, 0x0112: 6}))
    data[len(data) // 2 : len(data) - 600] = bytes(len(data) - 600 - len(data) // 2)
    page = page_of(bytes(data))
    columns = (np.asarray(page.image()) == 255).all(axis=0)
    assert columns[0]
    assert not columns[-60:].any()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "BMP", "WEBP", "AVIF", "JPEG2000"])
def test_of_what_nothing_can_be_drawn_is_damaged(format: str) -> None:
    data = encoded(format, "P" if format == "GIF" else "L")
    start = {"JPEG": data.index(b"\xff\xda") + 14 if format == "JPEG" else 0, "PNG": 50}
    cut = data[: start.get(format, 0) or (len(data) // 3 if format[-2:] != "MP" else 1078)]
    cut = data[: data.index(b",") + 14] if format == "GIF" else cut
    with pytest.raises(CorruptInputError, match="cut off"):
        page_of(cut).image()


def test_a_whole_picture_has_no_warning() -> None:
    page = page_of(encoded("PNG"))
    page.image()
    assert page.warnings == ()
