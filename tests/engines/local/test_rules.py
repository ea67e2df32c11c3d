"""Drawn rules are found on the picture, by a ruler or by hand, and strokes of writing are none."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.rules import DrawnRules, find_rules, without_columns

# Left and right, top and bottom of the grid on `page`, and its inner edges.
COLUMNS, ROWS = (100, 400, 700), (100, 190, 280, 370)


def page(
    *, wobble: float = 0.0, width: int = 3, paper: int = 240, ink: int = 60
) -> NDArray[np.uint8]:
    """A grid of two columns and three rows with a word in each, and a line of text below."""
    image = Image.new("L", (1000, 600), paper)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(44)
    dice = np.random.default_rng(5)

    def stroke(start: tuple[float, float], end: tuple[float, float]) -> None:
        points = np.linspace(start, end, 20) + np.cumsum(dice.normal(0, wobble, (20, 2)), axis=0)
        pen.line([(float(x), float(y)) for x, y in points], ink, width)

    for y in ROWS:
        stroke((COLUMNS[0], y), (COLUMNS[-1], y))
    for x in COLUMNS:
        stroke((x, ROWS[0]), (x, ROWS[-1]))
    for row, y in enumerate(ROWS[:-1]):
        for x, word in zip(COLUMNS, (f"Lilly {row}", "tttt HTE"), strict=False):
            pen.text((x + 25, y + 15), word, ink, font)
    pen.text((100, 450), "all the letters that lie between will still tell little", ink, font)
    return np.asarray(image)


LINES = [DetectedLine.rectangle(100, y + 10, 700, y + 75) for y in (*ROWS[:-1], 440)]


def turned(pixels: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    matrix = cv2.getRotationMatrix2D((500, 300), degrees, 1)
    return np.asarray(cv2.warpAffine(pixels, matrix, (1000, 600), borderValue=240), np.uint8)


def edges(rules: DrawnRules) -> tuple[list[float], list[float]]:
    """Where level and upright rules stand, once each, to ten pixels."""
    level = {round((y1 + y2) / 20) * 10 for _, y1, _, y2 in rules.level}
    upright = {round((x1 + x2) / 20) * 10 for _, x1, _, x2 in rules.upright}
    return sorted(level), sorted(upright)


@pytest.mark.parametrize("wobble", [0.0, 0.6])
@pytest.mark.parametrize("width", [2, 5])
def test_the_rules_of_a_grid_are_found_and_no_strokes_of_letters(width: int, wobble: float) -> None:
    level, upright = edges(find_rules(page(width=width, wobble=wobble), LINES))
    assert level == pytest.approx(ROWS, abs=10)
    assert upright == pytest.approx(COLUMNS, abs=10)


@pytest.mark.parametrize("degrees", [-2.0, 1.5])
def test_rules_may_slope_a_little(degrees: float) -> None:
    rules = find_rules(turned(page(), degrees), LINES)
    assert len(rules.level) == len(ROWS)
    assert len(rules.upright) == len(COLUMNS)
    for x1, y1, x2, y2 in rules.level:
        assert math.degrees(math.atan2(y1 - y2, x2 - x1)) == pytest.approx(degrees, abs=0.3)


def test_a_large_page_has_the_same_rules_as_a_small_one() -> None:
    large = cv2.resize(page(), None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    lines = [DetectedLine.rectangle(300, 3 * y + 30, 2100, 3 * y + 225) for y in ROWS[:-1]]
    level, upright = edges(find_rules(np.asarray(large, np.uint8), lines))
    assert level == pytest.approx([3 * y for y in ROWS], abs=20)
    assert upright == pytest.approx([3 * x for x in COLUMNS], abs=20)


def test_long_strokes_of_letters_that_are_larger_than_most_are_no_rules() -> None:
    small = [DetectedLine.rectangle(100, y, 700, y + 30) for y in range(20, 220, 40)]
    image = Image.new("L", (1000, 600), 240)
    pen = ImageDraw.Draw(image)
    for x in (200, 420, 640):  # as in "tall"
        pen.line([(x, 330), (x - 2, 430)], 60, 3)
        pen.line([(x - 50, 360), (x + 50, 360)], 60, 3)
    pixels = np.asarray(image)
    assert find_rules(pixels, small).upright
    large = DetectedLine.rectangle(100, 310, 800, 450)
    rules = find_rules(pixels, [*small, large])
    assert not rules.level
    assert not rules.upright


def test_a_page_without_writing_or_without_rules_has_none() -> None:
    blank = np.full((600, 1000), 240, np.uint8)
    assert find_rules(page(), []) == DrawnRules()
    assert find_rules(blank, LINES).boxes() == []


def test_each_rule_has_a_thin_box_along_it() -> None:
    boxes = find_rules(page(), LINES).boxes()
    assert len(boxes) == len(ROWS) + len(COLUMNS)
    assert all(min(box.width, box.height) < 10 for box in boxes)


@pytest.mark.parametrize("wobble", [0.0, 0.4])
def test_rules_between_columns_are_painted_over_and_the_words_stay(wobble: float) -> None:
    before = page(wobble=wobble)
    after = without_columns(before, find_rules(before, LINES))
    assert (before[110:180, 390:410] < 120).any(axis=1).all()
    assert (after[110:180, 390:410] > 180).all()
    assert (after[:, 120:370] == before[:, 120:370]).all()


def test_a_stroke_across_a_rule_stays() -> None:
    pixels = page().copy()
    pixels[140:150, 370:430] = 60
    after = without_columns(pixels, find_rules(pixels, LINES))
    assert (after[142:148, 370:430] < 120).all()


def test_a_page_without_columns_is_left_as_it_is() -> None:
    pixels = np.full((600, 1000, 3), 240, np.uint8)
    assert without_columns(pixels, find_rules(pixels, LINES)) is pixels
