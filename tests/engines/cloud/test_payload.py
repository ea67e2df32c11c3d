"""The bytes of a page as they are sent."""

from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from notetext.engines.cloud.payload import encoded_page
from notetext.page_image import Encoded, PageImage


def photo() -> NDArray[np.uint8]:
    y, x = np.mgrid[0:200, 0:300]
    waves = 128 + 60 * np.sin(x / 9) + 50 * np.cos(y / 7)
    noise = np.random.default_rng(0).normal(0, 12, (200, 300))
    grey = np.clip(waves + noise, 0, 255).astype(np.uint8)
    return np.dstack([grey, 255 - grey, grey // 2])


def file_of(format: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(photo()).save(file, format, **options)
    return file.getvalue()


def page_of(data: bytes, media_type: str) -> PageImage:
    def decode() -> Image.Image:
        return Image.open(io.BytesIO(data))

    return PageImage.lazy(decode, 300, 200, encoded=Encoded(data, media_type))


def exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F] = "A camera"
    return tags


@pytest.mark.parametrize(("format", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_an_untouched_file_goes_as_it_is_without_its_metadata(format: str, media_type: str) -> None:
    data = file_of(format, exif=exif())
    sent = encoded_page(page_of(data, media_type))
    assert b"A camera" in data
    assert b"A camera" not in sent
    assert Image.open(io.BytesIO(sent)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_metadata_stay_on_request() -> None:
    data = file_of("JPEG", exif=exif())
    assert encoded_page(page_of(data, "image/jpeg"), keep_metadata=True) is data


def test_another_format_is_encoded() -> None:
    sent = encoded_page(page_of(file_of("WEBP", lossless=True), "image/webp"))
    assert Image.open(io.BytesIO(sent)).format == "JPEG"


def test_a_file_that_is_not_built_as_it_should_be_is_encoded_anew() -> None:
    data = file_of("PNG")
    sent = encoded_page(page_of(data, "image/jpeg"))
    assert sent != data
    assert Image.open(io.BytesIO(sent)).size == (300, 200)


def test_a_changed_photo_goes_as_jpeg_with_its_colours_in_order() -> None:
    sent = Image.open(io.BytesIO(encoded_page(PageImage(photo()))))
    assert sent.format == "JPEG"
    difference = np.abs(np.asarray(sent, float) - photo())
    assert difference.mean() < 12


def test_a_changed_drawing_goes_as_png_without_loss() -> None:
    pixels = np.full((200, 300), 255, np.uint8)
    pixels[50:60, 20:200] = 0
    sent = Image.open(io.BytesIO(encoded_page(PageImage(pixels))))
    assert sent.format == "PNG"
    assert np.array_equal(np.asarray(sent), pixels)


def test_the_callers_picture_stays_as_it_is() -> None:
    changed, untouched = PageImage(photo()), page_of(file_of("JPEG"), "image/jpeg")
    for page in (changed, untouched, page_of(file_of("WEBP"), "image/webp")):
        assert encoded_page(page) == encoded_page(page)
        assert page.pixels.shape == (200, 300, 3)
