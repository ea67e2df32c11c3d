"""Parameters of steps: what is in range passes, and anything else is told at once."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.errors import ConfigurationError
from notetext.preprocessors.parameters import check_odd, check_range

numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers, numbers)
def test_a_number_passes_if_it_is_in_the_range_its_ends_included(
    value: float, low: float, high: float
) -> None:
    low, high = sorted((low, high))
    if low <= value <= high:
        check_range("step", "much", value, low, high)
        return
    with pytest.raises(ConfigurationError, match=r"^the step 'step' cannot take much="):
        check_range("step", "much", value, low, high)


def test_the_ends_of_a_range_belong_to_it() -> None:
    for value in (0, 50):
        check_range("contrast", "cut", value, 0, 50)


@pytest.mark.parametrize("value", [True, "5", None, math.nan, [5], 5 + 0j, np.nan])
def test_what_is_no_number_is_out_of_every_range(value: object) -> None:
    with pytest.raises(ConfigurationError, match="give a number from 0 to 9"):
        check_range("step", "much", value, 0, 9)  # type: ignore[arg-type]


def test_a_fraction_is_no_whole_number() -> None:
    check_range("step", "tiles", 5, 1, 9, whole=True)
    with pytest.raises(ConfigurationError, match=r"tiles=5\.0; give a whole number from 1 to 9"):
        check_range("step", "tiles", 5.0, 1, 9, whole=True)


def test_a_message_says_the_unit_and_a_range_without_end() -> None:
    with pytest.raises(ConfigurationError, match=r"give a number of at least 1 pixels$"):
        check_range("upscale", "max_pixels", 0, 1, math.inf, "pixels")


@given(st.integers(-100, 100))
def test_an_even_number_is_told_with_an_odd_one_beside_it(value: int) -> None:
    if value % 2:
        check_odd("denoise", "size", value)
        return
    with pytest.raises(ConfigurationError, match=f"size={value}.*such as {value + 1}$"):
        check_odd("denoise", "size", value)


def test_a_fraction_is_not_odd() -> None:
    with pytest.raises(ConfigurationError, match="odd number of pixels, such as 3"):
        check_odd("denoise", "size", 3.5)  # type: ignore[arg-type]
