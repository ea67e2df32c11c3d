"""Pictures of every mode and compression, from the file to the pixels that an engine sees."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import PIL
import pytest
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from notetext.converters import Document, OpenOptions
from notetext.converters.image import ImageConverter
from notetext.documents import Source
from notetext.page_image import to_pixels


def open_bytes(data: bytes) -> Document:
    options = OpenOptions()
    return ImageConverter().open(Source(None, data, options.limits), options)


def pixels_of(data: bytes) -> NDArray[np.uint8]:
    with open_bytes(data) as document:
        page = document.page(1)
        pixels = to_pixels(page.image())
        assert pixels.shape[:2] == (page.height, page.width)
        assert pixels.dtype == np.uint8
        return pixels


def encode(image: Image.Image, format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def stripes() -> NDArray[np.uint8]:
    """Black, a middle grey, white; 16 pixels each."""
    return np.repeat(np.array([[0, 128, 255]], np.uint8), 16, axis=1).repeat(16, axis=0)


def shades(pixels: NDArray[np.uint8]) -> list[int]:
    """The grey in the middle of each stripe."""
    grey = np.asarray(Image.fromarray(pixels).convert("L"))
    return [int(grey[8, x]) for x in (8, 24, 40)]


GREY = Image.fromarray(stripes())
RGB = GREY.convert("RGB")


@pytest.mark.parametrize(
    ("image", "format"),
    [
        (GREY, "PNG"),
        (GREY, "JPEG"),
        (GREY, "TIFF"),
        (GREY.convert("LA"), "PNG"),
        (GREY.convert("LA"), "TIFF"),
        (RGB, "PNG"),
        (RGB.convert("RGBA"), "PNG"),
        (RGB.convert("RGBA"), "TIFF"),
        (RGB.convert("RGBA"), "WEBP"),
        (RGB.convert("P", palette=Image.Palette.ADAPTIVE), "PNG"),
        (RGB.convert("P", palette=Image.Palette.ADAPTIVE), "GIF"),
        (RGB.convert("P", palette=Image.Palette.ADAPTIVE), "TIFF"),
        (RGB.convert("P", palette=Image.Palette.ADAPTIVE), "BMP"),
        (RGB.convert("CMYK"), "JPEG"),
        (RGB.convert("CMYK"), "TIFF"),
        (RGB.convert("YCbCr"), "JPEG"),
        # Pillow before 13 cannot read an uncompressed one, not even its own.
        *[(RGB.convert("YCbCr"), "TIFF")] * (PIL.__version__ >= "13"),
        (Image.fromarray(stripes().astype(np.uint16) * 257), "PNG"),
        (Image.fromarray(stripes().astype(np.uint16) * 257), "TIFF"),
        (Image.fromarray(stripes().astype(np.int32) * 257), "TIFF"),
        (Image.fromarray(stripes().astype(np.float32) / 255), "TIFF"),
        (Image.fromarray(stripes().astype(np.float32)), "TIFF"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.mode,
)
def test_black_grey_and_white_stay_what_they_are(image: Image.Image, format: str) -> None:
    assert shades(pixels_of(encode(image, format))) == pytest.approx([0, 128, 255], abs=3)


@pytest.mark.parametrize("format", ["PNG", "TIFF", "BMP", "GIF"])
def test_one_bit_is_black_or_white(format: str) -> None:
    image = Image.fromarray(stripes() > 200)
    assert image.mode == "1"
    assert shades(pixels_of(encode(image, format))) == [0, 0, 255]


def test_grey_stays_grey_and_colour_stays_colour() -> None:
    for image in (GREY, GREY.convert("LA"), GREY.convert("1")):
        assert pixels_of(encode(image, "PNG")).ndim == 2
    red = pixels_of(encode(Image.new("P", (4, 4), 1).convert("RGB"), "PNG"))
    assert red.ndim == 3
    colour = Image.new("RGB", (4, 4), (200, 30, 10))
    assert pixels_of(encode(colour, "PNG"))[0, 0].tolist() == [200, 30, 10]
    assert pixels_of(encode(colour.convert("P", palette=Image.Palette.ADAPTIVE), "PNG"))[
        0, 0
    ].tolist() == [200, 30, 10]


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_transparent_parts_are_white_paper(mode: str) -> None:
    # The invisible half is black underneath.
    image = Image.new(mode, (32, 16), 0)
    image.paste((0, 255) if mode == "LA" else (0, 0, 0, 255), (0, 0, 8, 16))
    image.paste((0, 128) if mode == "LA" else (0, 0, 0, 128), (8, 0, 16, 16))
    pixels = pixels_of(encode(image, "PNG"))
    assert [int(pixels[8, x].mean()) for x in (4, 12, 24)] == pytest.approx([0, 127, 255], abs=1)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P"])
def test_a_colour_that_counts_as_transparent_is_white_paper(mode: str) -> None:
    image = Image.new("RGB", (8, 8), "black").convert(mode)
    hidden = (0, 0, 0) if mode == "RGB" else 0
    assert pixels_of(encode(image, "PNG", transparency=hidden)).min() == 255


@pytest.mark.parametrize("bits", [10, 12, 14, 15, 16])
def test_a_scanners_bit_depth_is_recognized_by_the_brightest_value(bits: int) -> None:
    deep = (stripes() / 255 * ((1 << bits) - 1)).astype(np.uint16)
    assert shades(pixels_of(encode(Image.fromarray(deep), "TIFF"))) == [0, 128, 255]


def test_eight_bits_in_a_wider_file_are_taken_as_they_are() -> None:
    assert shades(pixels_of(encode(Image.fromarray(stripes().astype(np.uint16)), "TIFF"))) == [
        0,
        128,
        255,
    ]


def test_sixteen_bits_with_white_at_zero_are_turned_round() -> None:
    negative = np.uint16(65535) - stripes().astype(np.uint16) * 257
    data = encode(Image.fromarray(negative), "TIFF", tiffinfo={262: 0})
    assert shades(pixels_of(data)) == [0, 128, 255]


def test_sixteen_bits_in_three_channels_are_read() -> None:
    cv2 = pytest.importorskip("cv2")
    deep = np.dstack([stripes()] * 3).astype(np.uint16) * 257
    for ending in (".png", ".tiff"):
        done, data = cv2.imencode(ending, deep)
        assert done
        assert shades(pixels_of(data.tobytes())) == [0, 128, 255]


def _fax(image: Image.Image) -> Image.Image:
    return image.convert("L").point(lambda value: 255 if value > 200 else 0).convert("1")


_FRAMES: list[tuple[str | None, Callable[[Image.Image], Image.Image], tuple[int, int]]] = [
    (None, lambda image: image, (48, 16)),
    ("group4", _fax, (96, 40)),
    ("group3", _fax, (64, 24)),
    ("tiff_ccitt", _fax, (64, 24)),
    ("packbits", lambda image: image.convert("L"), (51, 17)),
    ("tiff_lzw", lambda image: image, (30, 90)),
    ("tiff_adobe_deflate", lambda image: image.convert("CMYK"), (33, 47)),
    ("jpeg", lambda image: image, (64, 64)),
    ("tiff_lzw", lambda image: image.convert("P"), (20, 20)),
    ("zstd", lambda image: image.convert("RGBA"), (40, 40)),
]


def test_a_tiff_of_mixed_sizes_modes_and_compressions_gives_every_page() -> None:
    file = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(file, new=True) as writer:
        for compression, change, size in _FRAMES:
            frame = change(RGB.resize(size, Image.Resampling.NEAREST))
            frame.save(writer, format="TIFF", compression=compression)
            writer.newFrame()
    with open_bytes(file.getvalue()) as document:
        assert document.page_count == len(_FRAMES)
        for number in reversed(range(1, len(_FRAMES) + 1)):
            compression, _, (width, height) = _FRAMES[number - 1]
            page = document.page(number)
            assert (page.width, page.height) == (width, height), compression
            grey = np.asarray(Image.fromarray(to_pixels(page.image())).convert("L"))
            assert grey.shape == (height, width)
            left, right = grey[height // 2, width // 12], grey[height // 2, -width // 12]
            assert (int(left), int(right)) == pytest.approx((0, 255), abs=6), compression
