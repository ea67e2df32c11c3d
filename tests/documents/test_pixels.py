"""Pictures that are in memory: Pillow's and NumPy's."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from notetext import Limits
from notetext.documents import OpenOptions
from notetext.documents.pixels import PixelsDocument, image_of_array
from notetext.errors import CorruptInputError, InputTooLargeError, UnsupportedFormatError

OPTIONS = OpenOptions()


def test_a_picture_is_one_page_of_its_own_pixels() -> None:
    image = Image.new("RGB", (30, 20), "white")
    with PixelsDocument(image, OPTIONS) as document:
        page = document.page(1)
        assert (document.page_count, page.number, page.width, page.height) == (1, 1, 30, 20)
        assert page.image() is image
        assert (page.encoded, page.text_layer()) == (None, None)


def test_a_picture_is_turned_upright_by_its_orientation() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(file, "JPEG", exif=exif)
    with Image.open(file) as image:
        page = PixelsDocument(image, OPTIONS).page(1)
        assert (page.width, page.height) == page.image().size == (20, 30)


def test_the_resolution_is_the_pictures_unless_the_caller_knows_better() -> None:
    image = Image.new("L", (30, 20))
    assert PixelsDocument(image, OPTIONS).page(1).dpi is None
    image.info["dpi"] = (150, 150)
    assert PixelsDocument(image, OPTIONS).page(1).dpi == 150
    assert PixelsDocument(image, OpenOptions(dpi=200)).page(1).dpi == 200


def test_a_picture_of_a_file_that_was_cut_off_or_closed_is_damaged(picture: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (50, 50), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "PNG")
    cut = Image.open(io.BytesIO(file.getvalue()[:500]))
    with pytest.raises(CorruptInputError, match="damaged or cut off"):
        PixelsDocument(cut, OPTIONS).page(1).image()
    closed = Image.open(picture)
    page = PixelsDocument(closed, OPTIONS).page(1)
    closed.close()
    with pytest.raises(CorruptInputError):
        page.image()


@pytest.mark.parametrize("shape", [(20, 30), (20, 30, 3)])
def test_an_array_is_a_picture_of_the_same_pixels(shape: tuple[int, ...]) -> None:
    array = np.random.default_rng(2).integers(0, 255, shape, np.uint8)
    assert (np.asarray(image_of_array(array, OPTIONS)) == array).all()
    assert (np.asarray(image_of_array(array[::-1, ::2], OPTIONS)) == array[::-1, ::2]).all()


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 4), np.float32),
        np.zeros((4, 4, 4), np.uint8),
        np.zeros((0, 4), np.uint8),
        np.zeros(4, np.uint8),
        np.full((4, 4), np.nan),
        np.zeros((4, 4), bool),
    ],
)
def test_an_array_of_another_kind_says_what_is_needed(array: NDArray[np.generic]) -> None:
    with pytest.raises(UnsupportedFormatError, match="give uint8 of shape"):
        image_of_array(array, OPTIONS)


def test_a_huge_array_is_refused_before_it_is_copied() -> None:
    huge = np.broadcast_to(np.uint8(0), (10**6, 10**6))
    with pytest.raises(InputTooLargeError, match="max_pixels") as caught:
        image_of_array(huge, OpenOptions(limits=Limits(max_pixels=1000)))
    assert caught.value.actual == 10**12
