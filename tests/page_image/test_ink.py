from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from notetext.page_image import PageImage, to_pixels
from notetext.page_image.ink import find_ink, x_height

DEV = Path(__file__).parents[3] / "shared" / "data" / "handwriting" / "dev"


def page_of_circles(diameter: int, pitch: int = 3) -> PageImage:
    pixels = np.full((800, 800), 230, np.uint8)
    for y in range(2 * diameter, 800 - 2 * diameter, pitch * diameter):
        for x in range(2 * diameter, 800 - 2 * diameter, 2 * diameter):
            cv2.circle(pixels, (x, y), diameter // 2, color=40, thickness=2)
    return PageImage(pixels)


@pytest.mark.parametrize("diameter", [12, 20, 40])
def test_letters_like_o_are_as_high_as_they_are(diameter: int) -> None:
    assert x_height(page_of_circles(diameter)) == pytest.approx(diameter + 2, abs=2)


def test_ruled_lines_are_no_letters() -> None:
    page = page_of_circles(20)
    ruled = page.pixels.copy()
    ruled[50::60] = 120  # through the bodies of some lines and beside others
    assert x_height(PageImage(ruled)) == pytest.approx(22, abs=3)


def test_a_shadow_is_no_ink() -> None:
    page = page_of_circles(20)
    shade = np.linspace(0.3, 1.0, 800)[None, :]
    shaded = PageImage((page.pixels * shade).astype(np.uint8))
    agreement = (find_ink(shaded).mask == find_ink(page).mask).mean()
    assert agreement > 0.99


@pytest.mark.parametrize("value", [0, 128, 255])
def test_an_even_page_has_no_ink(value: int) -> None:
    page = PageImage(np.full((300, 200), value, np.uint8))
    assert not find_ink(page).mask.any()
    assert x_height(page) is None


def test_grainy_paper_has_hardly_any_ink() -> None:
    grain = np.random.default_rng(1).normal(200, 8, (600, 600))
    page = PageImage(grain.clip(0, 255).astype(np.uint8))
    assert find_ink(page).mask.mean() / 255 < 0.001
    assert x_height(page) is None


def test_a_large_page_is_measured_in_a_smaller_picture() -> None:
    large = page_of_circles(20).resized(4000, 4000)
    ink = find_ink(large)
    assert ink.mask.shape == (2000, 2000)
    assert ink.scale == 0.5
    assert x_height(large) == pytest.approx(5 * 22, abs=10)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 3)])
def test_a_sliver_of_a_page_is_measured_too(size: tuple[int, int]) -> None:
    assert x_height(PageImage(np.full(size, 90, np.uint8))) is None


@pytest.mark.slow
@pytest.mark.skipif(not DEV.is_dir(), reason=f"needs {DEV}")
def test_the_x_height_of_real_pages_follows_their_size() -> None:
    for path in sorted(DEV.glob("notes_en/*.jpg")):
        with Image.open(path) as image:
            page = PageImage(to_pixels(image))
        full = x_height(page)
        half = x_height(page.resized(page.width // 2, page.height // 2))
        assert full is not None
        assert half is not None
        assert 2 * half == pytest.approx(full, rel=0.15)
