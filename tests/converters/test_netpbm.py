"""PBM, PGM and PPM, in bytes and in numbers."""

from __future__ import annotations

import numpy as np
import pytest

from notetext.converters import OpenOptions
from notetext.converters.image import ImageConverter
from notetext.documents import Source
from notetext.errors import CorruptInputError
from notetext.page_image import to_pixels

OPTIONS = OpenOptions()


def pixels(data: bytes) -> list[object]:
    assert ImageConverter().accepts(data)
    page = ImageConverter().open(Source(None, data, OPTIONS.limits), OPTIONS).page(1)
    read: list[object] = to_pixels(page.image()).tolist()
    return read


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"P1\n# made by hand\n3 2\n0 1 0\n1#\n01\n", [[255, 0, 255], [0, 255, 0]]),
        (b"P2 2 2 3 0 1 2 3", [[0, 85], [170, 255]]),
        (b"P2 2 1 65535\n0 65535", [[0, 255]]),
        (b"P3\n1 1\n100\n0 50 100\n", [[[0, 128, 255]]]),
        (b"P4\n9 1\n\x80\x80", [[0] + [255] * 7 + [0]]),
        (b"P5 2 1 255\n\x07\xff", [[7, 255]]),
        (b"P5 2 1 15\n\x00\x0f", [[0, 255]]),
        (b"P5 2 1 1000\n\x00\x00\x03\xe8", [[0, 255]]),
        (b"P6 1 1 255\n\x01\x02\x03", [[[1, 2, 3]]]),
        (b"P6 1 1 1023\n\x00\x00\x01\xff\x03\xff", [[[0, 127, 255]]]),
    ],
)
def test_samples_become_levels_of_8_bits(data: bytes, expected: list[object]) -> None:
    assert pixels(data) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"P1 2 1 02",
        b"P2 2 1 9 1 x",
        b"P2 2 1 9 1",
        b"P2 2 1 9 1 -1",
        b"P3 1 1 9 1 1 9999999",
        b"P5 2 0 255\n",
    ],
)
def test_what_is_no_sample_is_damage(data: bytes) -> None:
    with pytest.raises(CorruptInputError):
        pixels(data)


@pytest.mark.parametrize("head", [b"P5", b"P9 1 1", b"P2P", b"P1 is a name", b"Page 1"])
def test_text_is_not_taken_for_a_picture(head: bytes) -> None:
    assert not ImageConverter().accepts(head)


def test_a_large_picture_of_unusual_depth_takes_no_minutes() -> None:
    samples = np.random.default_rng(1).integers(0, 101, (1500, 2000), np.uint8)
    assert np.asarray(pixels(b"P5 2000 1500 100\n" + samples.tobytes())).shape == samples.shape
