from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from measuring.photographs import KINDS, photograph
from PIL import Image

from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors.background import (
    PAPER_LEVEL,
    FlattenBackground,
    evenness,
    find_paper,
    is_shaded,
)

DARK = [kind for kind in KINDS if kind.name in {"shadow", "deep shadow"}]


def written(light: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> PageImage:
    """Rows of letters in ink that leaves a third of the light."""
    pixels = np.full((600, 800), 240, np.uint8)
    for line in range(8):
        origin = (40, 70 + 65 * line)
        cv2.putText(pixels, "some nervous sea waves", origin, 0, 1.4, color=80, thickness=3)
    return PageImage((pixels * light).astype(np.uint8))


def test_paper_in_a_shadow_becomes_as_bright_as_the_rest() -> None:
    light = np.tile(np.where(np.arange(800) < 400, 1.0, 0.3), (600, 1))
    flat = FlattenBackground()(written(light)).pixels
    assert np.median(flat[:, :380]) == pytest.approx(PAPER_LEVEL, abs=3)
    assert np.median(flat[:, 420:]) == pytest.approx(PAPER_LEVEL, abs=3)


def test_ink_keeps_its_contrast_to_the_paper_beside_it() -> None:
    light = np.tile(np.linspace(0.25, 1, 800), (600, 1))
    flat = FlattenBackground()(written(light)).pixels
    for part in (flat[:, 50:250], flat[:, 300:500]):
        assert part.min() / np.median(part) == pytest.approx(0.33, abs=0.08)


def test_the_paper_s_colour_goes() -> None:
    pink = np.full((300, 400, 3), (240, 150, 160), np.uint8)
    flat = FlattenBackground()(PageImage(pink))
    assert flat.pixels.shape == (300, 400)
    assert np.abs(flat.pixels.astype(int) - PAPER_LEVEL).max() <= 1


def test_darkness_is_not_made_bright() -> None:
    pixels = np.full((300, 400), 220, np.uint8)
    pixels[:, 200:] = 2
    assert FlattenBackground()(PageImage(pixels)).pixels[150, 350] <= 20


@pytest.mark.parametrize("level", [0, 128, 255])
def test_an_even_grey_page_is_returned_as_it_is(level: int) -> None:
    page = PageImage(np.full((300, 400), level, np.uint8))
    assert FlattenBackground()(page) is page


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 3)])
def test_a_sliver_is_flattened_too(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, size, np.uint8)
    assert FlattenBackground()(PageImage(pixels)).pixels.shape == size


def test_nothing_moves(notes: Path) -> None:
    with Image.open(notes / "letter.jpg") as note:
        page = PageImage(to_pixels(note)).cropped(10, 20, 900, 800)
    flat = FlattenBackground()(page)
    assert (flat.transform == page.transform).all()


@pytest.mark.parametrize("kind", DARK, ids=lambda kind: kind.name)
def test_evenness_tells_a_shadow_from_a_scan(notes: Path, kind: object) -> None:
    for name in ("letter", "minutes", "printed", "shopping"):
        with Image.open(notes / f"{name}.jpg") as note:
            page = PageImage(to_pixels(note))
            shot = photograph(note, next(k for k in DARK if k == kind), seed=3)
        assert evenness(find_paper(page)) > 0.75
        shaded = PageImage(to_pixels(shot.image))
        assert evenness(find_paper(shaded)) < 0.4
        assert evenness(find_paper(FlattenBackground()(shaded))) > 0.75


def test_writing_in_a_deep_shadow_is_shaded() -> None:
    light = np.tile(np.clip(np.linspace(-0.4, 1.6, 800), 0.12, 1), (600, 1))
    assert is_shaded(written(light))
    assert not is_shaded(written(np.ones((600, 800))))


def test_a_shadow_without_writing_need_not_go() -> None:
    light = np.tile(np.clip(np.linspace(1.6, -0.4, 800), 0.12, 1), (600, 1))
    page = written(light).pixels.copy()
    page[:, 480:] = (240 * light[:, 480:]).astype(np.uint8)
    assert not is_shaded(PageImage(page))


@pytest.mark.parametrize("title", ["", "Minutes of a meeting"])
def test_a_dark_heading_or_margin_is_no_shadow(title: str) -> None:
    page = written(np.ones((600, 800))).pixels.copy()
    page[:120] = 25
    cv2.putText(page, title, (40, 80), 0, 1.6, color=240, thickness=3)
    assert evenness(find_paper(PageImage(page))) < 0.3
    assert not is_shaded(PageImage(page))
