from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from notetext.errors import ConfigurationError
from notetext.page_image import PageImage
from notetext.preprocessors.binarize import Binarize, sauvola


def sauvola_by_the_book(grey: NDArray[np.uint8], window: int, k: float) -> NDArray[np.float64]:
    """Sauvola's thresholds, one window at a time."""
    radius = window // 2
    padded = np.pad(grey.astype(np.float64), radius, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (window, window))
    mean, deviation = windows.mean(axis=(2, 3)), windows.std(axis=(2, 3))
    return np.asarray(mean * (1 + k * (deviation / 128 - 1)), np.float64)


@given(
    seed=st.integers(0, 2**32 - 1),
    height=st.integers(12, 30),
    width=st.integers(12, 30),
    window=st.sampled_from([3, 7, 11, 21]),
    k=st.floats(0, 1),
)
def test_sauvola_is_as_by_the_book(
    seed: int, height: int, width: int, window: int, k: float
) -> None:
    grey = np.random.default_rng(seed).integers(0, 256, (height, width)).astype(np.uint8)
    thresholds = sauvola_by_the_book(grey, window, k)
    clear = np.abs(grey - thresholds) > 0.01
    expected = np.where(grey > thresholds, 255, 0)
    assert (sauvola(grey, window, k) == expected)[clear].all()


def page_in_the_shade(shape: tuple[int, ...] = (300, 300)) -> tuple[PageImage, NDArray[np.bool_]]:
    """Strokes on paper that goes from bright to a fifth of that, and where the strokes are."""
    ink = np.zeros((300, 300), bool)
    ink[20:280:20, 20:280] = True
    ink[21:280:20, 20:280] = True
    light = np.linspace(240, 48, 300)
    pixels = np.where(ink, light * 0.5, light)
    if len(shape) == 3:
        pixels = np.repeat(pixels[..., None], 3, axis=2)
    return PageImage(pixels.astype(np.uint8)), ink


@pytest.mark.parametrize("shape", [(300, 300), (300, 300, 3)])
def test_sauvola_finds_the_ink_in_a_shadow_and_otsu_does_not(shape: tuple[int, ...]) -> None:
    page, ink = page_in_the_shade(shape)
    assert ((Binarize(method="sauvola", window=21)(page).pixels == 0) == ink).mean() > 0.99
    assert ((Binarize(method="otsu")(page).pixels == 0) == ink).mean() < 0.9


def test_the_window_is_chosen_where_there_is_nothing_to_measure() -> None:
    page, ink = page_in_the_shade()
    assert ((Binarize(method="sauvola")(page).pixels == 0) == ink).mean() > 0.99


def test_black_and_white_is_all_there_is() -> None:
    grain = np.random.default_rng(2).integers(0, 256, (50, 60, 3)).astype(np.uint8)
    for method in ("otsu", "sauvola"):
        binary = Binarize(method=method)(PageImage(grain))
        assert binary.pixels.shape == (50, 60)
        assert set(np.unique(binary.pixels)) == {0, 255}


def test_a_binary_page_is_returned_as_it_is() -> None:
    page = Binarize()(page_in_the_shade()[0])
    assert Binarize(method="sauvola")(page) is page


@pytest.mark.parametrize("parameters", [{"window": 20}, {"window": 1}, {"k": 2}, {"method": "x"}])
def test_parameters_are_checked_at_once(parameters: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError):
        Binarize(**parameters)  # type: ignore[arg-type]


def test_an_even_window_is_answered_with_an_odd_one() -> None:
    with pytest.raises(ConfigurationError, match=r"window=20; .* such as 21"):
        Binarize(window=20)
