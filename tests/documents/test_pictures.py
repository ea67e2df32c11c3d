"""What holds for every picture: limits, the way up, the resolution, damage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from notetext import Limits
from notetext.documents import OpenOptions
from notetext.documents.pictures import (
    Resolution,
    check_pixels,
    damaged,
    orientation,
    resolution,
    turn_of,
    upright,
)
from notetext.errors import CorruptInputError, InputTooLargeError, PageRangeError


def tagged(value: object) -> Image.Image:
    """A picture of 3×2 pixels with an EXIF orientation."""
    image = Image.fromarray(np.arange(6, dtype=np.uint8).reshape(2, 3))
    image.getexif()[0x0112] = value
    return image


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        (1, [[0, 1, 2], [3, 4, 5]]),
        (2, [[2, 1, 0], [5, 4, 3]]),
        (3, [[5, 4, 3], [2, 1, 0]]),
        (4, [[3, 4, 5], [0, 1, 2]]),
        (5, [[0, 3], [1, 4], [2, 5]]),
        (6, [[3, 0], [4, 1], [5, 2]]),
        (7, [[5, 2], [4, 1], [3, 0]]),
        (8, [[2, 5], [1, 4], [0, 3]]),
    ],
)
def test_the_first_row_and_column_lie_where_exif_says(value: int, rows: list[list[int]]) -> None:
    assert np.asarray(upright(tagged(value))).tolist() == rows


@pytest.mark.parametrize("value", [0, 9, "sideways", b"\xff"])
def test_an_orientation_that_there_is_not_turns_nothing(value: object) -> None:
    image = tagged(value)
    assert turn_of(image) is None
    assert upright(image) is image


def test_a_picture_without_exif_is_upright() -> None:
    assert orientation(Image.new("L", (3, 2))) == 1


@pytest.mark.parametrize(
    ("claimed", "dpi", "dpi_y"),
    [
        ((150, 150), 150, None),
        ((204, 98), 204, 98),
        ((204, 196), 204, 196),
        ((300, 600), 300, 600),
        ((199.9996, 200.0002), 199.9996, None),
        # What programs write that know nothing, or half of it.
        ((1, 1), None, None),
        ((0, 0), None, None),
        ((99_999, 99_999), None, None),
        ((65_535, 65_535), None, None),
        ((300, 1), 300, None),
        ((0, 200), 200, None),
        ((65_535, 300), 300, None),
        ((72, 300), 300, None),
        ((71.9836, 299.9994), 299.9994, None),
        ((72.009, 35.992), 72.009, 35.992),
        ((200, 96), 200, None),
        ((72, 96), 72, 96),
        ((150, 1200), None, None),
        ((float("nan"),) * 2, None, None),
        (300, None, None),
        (("a", "b"), None, None),
        ((300,), None, None),
        (None, None, None),
    ],
)
def test_a_resolution_is_believed_if_it_is_in_reason_and_never_averaged(
    claimed: object, dpi: float | None, dpi_y: float | None
) -> None:
    image = Image.new("L", (3, 2))
    image.info["dpi"] = claimed
    assert resolution(image) == Resolution(dpi, dpi_y)
    assert resolution(image).turned() == (
        Resolution(dpi) if dpi_y is None else Resolution(dpi_y, dpi)
    )


def test_what_the_caller_says_is_believed_before_the_file() -> None:
    image = Image.new("L", (3, 2))
    image.info["dpi"] = (204, 98)
    assert Resolution.of_page(image, None, sideways=True) == Resolution(98, 204)
    assert Resolution.of_page(image, 300, sideways=True) == Resolution(300)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**12))
def test_a_page_is_as_large_as_the_limit_and_no_larger(width: int, height: int, limit: int) -> None:
    options = OpenOptions(limits=Limits(max_pixels=limit))
    if width * height <= limit:
        check_pixels(width, height, options)
        return
    with pytest.raises(InputTooLargeError, match=r"raise it with Limits\(max_pixels=…\)") as caught:
        check_pixels(width, height, options)
    assert (caught.value.allowed, caught.value.actual) == (limit, width * height)


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (-1, 5)])
def test_a_page_without_pixels_is_damaged(size: tuple[int, int]) -> None:
    with pytest.raises(CorruptInputError, match="nothing in it"):
        check_pixels(*size, OpenOptions())


def test_damage_is_an_error_of_ours_and_what_is_ours_already_stays() -> None:
    assert "cut off (OSError: truncated)" in damaged(OSError("truncated")).message
    ours = PageRangeError("there is no page 2")
    assert damaged(ours) is ours
    with pytest.raises(MemoryError):
        damaged(MemoryError())
