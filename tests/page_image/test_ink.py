from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from notetext.page_image import PageImage, to_pixels
from notetext.page_image.ink import find_ink, is_light_on_dark, x_height

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


def written(*, ink: int, paper: int, words: str = "some nervous sea") -> np.ndarray:
    pixels = np.full((400, 600), paper, np.uint8)
    for line in range(6):
        cv2.putText(pixels, words, (20, 60 + 60 * line), 0, 1.3, ink, 2, cv2.LINE_AA)
    return pixels


@pytest.mark.parametrize(("ink", "paper"), [(235, 10), (250, 70), (160, 90), (255, 0)])
def test_light_writing_on_a_dark_ground_is_told(ink: int, paper: int) -> None:
    page = written(ink=ink, paper=paper)
    assert is_light_on_dark(PageImage(page))
    assert not is_light_on_dark(PageImage(255 - page))


def test_a_board_in_uneven_light_is_light_on_dark() -> None:
    light = np.linspace(0.5, 1.2, 600)
    board = (written(ink=190, paper=70) * light).clip(0, 255).astype(np.uint8)
    assert is_light_on_dark(PageImage(board))


@pytest.mark.parametrize("words", ["l", "Will", "12.50"])
def test_so_it_is_for_one_word(words: str) -> None:
    word = written(ink=30, paper=240, words=words)[20:80]
    assert not is_light_on_dark(PageImage(word))
    assert is_light_on_dark(PageImage(255 - word))


def test_a_dark_heading_does_not_decide_for_a_white_page() -> None:
    page = written(ink=30, paper=250)
    page[:110] = written(ink=255, paper=20)[:110]
    assert not is_light_on_dark(PageImage(page))


def test_a_dark_desk_around_a_sheet_is_no_ground() -> None:
    desk = np.full((800, 1000), 40, np.uint8)
    desk[150:550, 200:800] = written(ink=60, paper=230)
    assert not is_light_on_dark(PageImage(desk))


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (5, 5)])
def test_a_plain_picture_is_not_light_on_dark(size: tuple[int, int]) -> None:
    assert not is_light_on_dark(PageImage(np.full(size, 20, np.uint8)))


@pytest.mark.parametrize("text", ["bell", "Hat", "toll"])
def test_the_x_height_of_a_word_does_not_depend_on_how_closely_it_is_cut(text: str) -> None:
    page = np.full((700, 900), 240, np.uint8)
    for number in range(6):
        cv2.putText(page, text * 2, (100, 150 + 90 * number), 0, 2.0, 40, 4, cv2.LINE_AA)
    whole = x_height(PageImage(page))
    assert whole is not None
    assert x_height(PageImage(page[60:260, 90:440])) == pytest.approx(whole, rel=0.2)
