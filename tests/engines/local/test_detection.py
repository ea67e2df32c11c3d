from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines.local import detection
from notetext.engines.local.detection import Detector, as_batch
from notetext.engines.local.network import Network
from notetext.engines.local.weights import DETECTION

HAND = next(Path("/usr/share/fonts").rglob("dkg.ttf"))
TILES_OF_A_PAGE = [(512, 544), (480, 544)]
LINES = ("a letter of few words", "and another line", "with love, Anna")


class CountingNetwork(Network):
    """The detector's network, which keeps the sizes that it was shown."""

    def __init__(self) -> None:
        super().__init__(DETECTION.find().read(), threads=1)
        self.sizes: list[tuple[int, int]] = []

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        self.sizes.append((batch.shape[2], batch.shape[3]))
        return super().run(batch)


@pytest.fixture
def network() -> CountingNetwork:
    return CountingNetwork()


def page_of(size: int) -> NDArray[np.uint8]:
    """A tall page with some lines of letters of a size in pixels."""
    font = ImageFont.load_default(size)
    page = Image.new("L", (1200, 1600), 255)
    pen = ImageDraw.Draw(page)
    for row, line in enumerate(LINES):
        pen.text((100, 100 + row * 2 * size), line, font=font, fill=0)
    return np.asarray(page)


@pytest.mark.parametrize("size", [10, 14, 40, 80])
def test_lines_of_any_size_are_found(network: CountingNetwork, size: int) -> None:
    lines = Detector(network).find(page_of(size))
    tops = sorted(float(np.asarray(line.corners)[:, 1].mean()) for line in lines)
    assert len(tops) == len(LINES)
    assert np.diff(tops) == pytest.approx(2 * size, abs=size / 2)


def test_large_writing_is_looked_for_once_and_small_writing_in_a_larger_picture(
    network: CountingNetwork,
) -> None:
    Detector(network).find(page_of(80))
    assert network.sizes == TILES_OF_A_PAGE
    Detector(network).find(page_of(10))
    assert network.sizes[2:4] == TILES_OF_A_PAGE
    assert len(network.sizes[4:]) >= 6


def test_a_small_picture_is_not_enlarged_without_end(network: CountingNetwork) -> None:
    Detector(network).find(np.full((64, 64), 255, np.uint8))
    assert network.sizes == [(128, 128)]


def test_a_batch_is_blue_first_and_runs_from_minus_one_to_one() -> None:
    red = np.array([[[[255, 0, 0]]]], np.uint8)
    assert as_batch(red).ravel().tolist() == [-1, -1, 1]
    grey = np.array([[[255]]], np.uint8)
    assert as_batch(grey).tolist() == [[[[1.0]], [[1.0]], [[1.0]]]]


def dense_page(height: int, width: int) -> tuple[NDArray[np.uint8], int]:
    """A column of small print set solid, and how many lines it has."""
    font = ImageFont.load_default(15)
    page = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(page)
    tops = range(30, height - 45, 17)
    for row, top in enumerate(tops):
        words = ["harbour", "quiet", "under", "a thin", "mist when", "boats"]
        pen.text((30, top), " ".join(words[row % 6 :] + words[: row % 6]), font=font, fill=0)
    return np.asarray(page), len(tops)


def test_a_column_that_melts_into_one_piece_is_looked_at_more_closely(
    network: CountingNetwork,
) -> None:
    page, count = dense_page(2600, 400)
    assert len(Detector(network).find(page)) == count
    assert network.sizes[0] == (736, 128)
    assert network.sizes[-4:] == [(544, 288), (608, 288), (608, 288), (544, 288)]


def test_a_map_in_tiles_is_like_one_in_one_piece(
    network: CountingNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, count = dense_page(1300, 400)
    tiled = Detector(network)._find_at(page, 1.5)
    assert len(network.sizes) == 8
    monkeypatch.setattr(detection, "_TILE", 2000)
    whole = Detector(network)._find_at(page, 1.5)
    assert network.sizes[8:] == [(1952, 608)]
    assert len(tiled) == len(whole) == count
    for one, other in zip(
        *(sorted(lines, key=lambda line: line.axis[0][1]) for lines in (whole, tiled)), strict=True
    ):
        assert one.corners == pytest.approx(other.corners, abs=3)


def test_a_word_as_high_as_a_third_of_the_page_is_one_line(network: CountingNetwork) -> None:
    page = Image.new("L", (1000, 1000), 255)
    font = ImageFont.truetype(HAND, 220)
    for row, word in enumerate(("milk", "3 pm", "soap")):
        ImageDraw.Draw(page).text((66, 88 + 297 * row), word, 20, font)
    assert len(Detector(network).find(np.asarray(page))) == 3


def blank(kind: str) -> NDArray[np.uint8]:
    """A sheet of A4 at 150 dpi on which nothing is written."""
    rng = np.random.default_rng(7)
    paper = rng.normal(235, 5, (1754, 1240))
    if kind == "with an edge":
        paper[:, :25] = 20
        paper[:14] = 30
    if kind == "with specks":
        for top, left in rng.integers(40, 1200, (12, 2)):
            paper[top : top + 4, left : left + 4] = 60
    return paper.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("kind", ["clean", "with an edge", "with specks"])
def test_a_blank_page_takes_little_more_than_one_look(network: CountingNetwork, kind: str) -> None:
    assert sum(line.width for line in Detector(network).find(blank(kind))) < 100
    tiles = (height * width for height, width in TILES_OF_A_PAGE)
    assert sum(height * width for height, width in network.sizes) < 2 * sum(tiles)


@pytest.mark.parametrize(("size", "ink"), [(10, 0), (24, 205)])
def test_little_writing_on_a_blank_page_is_found_however_small_or_faint(
    network: CountingNetwork, size: int, ink: int
) -> None:
    page = Image.fromarray(blank("clean"))
    font = ImageFont.load_default(size)
    ImageDraw.Draw(page).text((700, 1500), "call the office", font=font, fill=ink)
    (line,) = Detector(network).find(np.asarray(page))
    left, top = np.asarray(line.corners).min(axis=0)
    assert (left, top) == pytest.approx((700, 1500), abs=size)
