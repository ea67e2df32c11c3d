from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measuring.photographs import KINDS, photograph
from PIL import Image

from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors.ruling import RemoveRuling

RULED = [kind for kind in KINDS if kind.name in {"ruled", "squared"}]


def written(*, ruled: bool = False, squared: bool = False, slope: float = 0.0) -> PageImage:
    """Words across lines that let through three quarters of the light."""
    light = np.full((900, 1200), 230, np.uint8)
    for line in range(8):
        origin = (60, 110 + 100 * line)
        cv2.putText(light, "some nervous sea waves rose", origin, 0, 2.2, color=58, thickness=4)
    lines = np.full((900, 1200), 1.0)
    for y in range(40, 900, 50):
        if ruled or squared:
            drop = round(1200 * slope)
            cv2.line(lines, (0, y), (1200, y + drop), color=0.75, thickness=2)
    for x in range(40, 1200, 50):
        if squared:
            cv2.line(lines, (x, 0), (x, 900), color=0.75, thickness=2)
    return PageImage((light * lines).astype(np.uint8))


@pytest.mark.parametrize("squared", [False, True])
def test_the_lines_go_and_the_strokes_stay(squared: bool) -> None:
    clean = written().pixels.astype(int)
    after = RemoveRuling()(written(ruled=True, squared=squared)).pixels.astype(int)
    ink, paper = clean < 100, clean > 220
    assert np.percentile(np.abs(after - clean)[paper], 99) <= 25
    assert np.mean(after[ink] < 120) > 0.99


def test_lines_that_slope_a_little_go_too() -> None:
    paper = written().pixels > 220
    after = RemoveRuling()(written(ruled=True, slope=0.02)).pixels
    assert np.mean(after[paper] < 200) < 0.01


def test_lines_in_the_shade_go_too() -> None:
    light = np.tile(np.linspace(0.3, 1, 1200), (900, 1))
    clean, ruled = (
        PageImage((page.pixels * light).astype(np.uint8))
        for page in (written(), written(ruled=True))
    )
    after = RemoveRuling()(ruled).pixels.astype(int)
    paper = written().pixels > 220
    assert np.percentile(np.abs(after - clean.pixels)[paper], 99) <= 25


def test_a_page_without_ruling_is_returned_as_it_is() -> None:
    for page in (written(), PageImage(np.full((300, 400), 255, np.uint8))):
        assert RemoveRuling()(page) is page


def test_a_few_lines_are_no_ruling() -> None:
    pixels = written().pixels.copy()
    pixels[40:44], pixels[-40:-36] = 60, 60
    page = PageImage(pixels)
    assert RemoveRuling()(page) is page


def test_small_dense_writing_is_no_ruling() -> None:
    pixels = np.full((600, 450), 240, np.uint8)
    for y in range(20, 600, 11):
        cv2.putText(pixels, "minimum communion unanimous mu " * 2, (10, y), 0, 0.35, 40, 1)
    page = PageImage(pixels)
    assert RemoveRuling()(page) is page


TALL = "All the little bells will toll till the lid falls"


@pytest.mark.parametrize("height", [20, 40, 100])
def test_the_strokes_of_one_line_are_no_ruling(height: int) -> None:
    pixels = np.full((40, 900), 250, np.uint8)
    cv2.putText(pixels, TALL, (8, 29), 0, 0.95, 20, 2, cv2.LINE_AA)
    page = PageImage(pixels).resized(900 * height // 40, height)
    assert RemoveRuling()(page) is page


@given(st.integers(0, 700), st.integers(0, 1000), st.integers(30, 400), st.integers(8, 200))
def test_however_unruled_writing_is_cut_out_there_is_no_ruling(
    top: int, left: int, width: int, height: int
) -> None:
    cut = PageImage(written().pixels[top : top + height, left : left + width])
    assert RemoveRuling()(cut) is cut


def test_the_fibres_of_old_paper_are_no_ruling() -> None:
    """Streaks, long and thin, at distances as they come."""
    random = np.random.default_rng(3)
    light = written().pixels.copy()
    for x, y in zip(random.integers(0, 1200, 60), random.integers(0, 600, 60), strict=True):
        cv2.line(light, (int(x), int(y)), (int(x), int(y) + 280), color=205, thickness=1)
    page = PageImage(light)
    assert RemoveRuling()(page) is page


def test_the_lines_of_a_table_stay() -> None:
    pixels = written().pixels.copy()
    for y in range(40, 900, 100):
        cv2.line(pixels, (60, y), (1150, y), color=60, thickness=3)
    page = PageImage(pixels)
    assert RemoveRuling()(page) is page


@pytest.mark.parametrize("climb", [0, 4])
def test_a_stroke_through_a_line_of_writing_stays_on_ruled_paper(climb: int) -> None:
    pixels = written(ruled=True).pixels.copy()
    # Above the ruled line on which the letters stand, and below the next.
    cv2.line(pixels, (50, 302 + climb), (1130, 302 - climb), color=58, thickness=2)
    blank = np.flatnonzero((written().pixels[292:313, 60:1120] > 220).all(axis=0)) + 60
    after = RemoveRuling()(PageImage(pixels)).pixels
    assert len(blank) > 100
    assert (after[292:313, blank].min(axis=0) < 100).all()
    assert np.mean(after[338:343, 1140:] > 220) == 1


def test_a_region_of_ruled_paper_is_ruled_too() -> None:
    page = written(ruled=True)
    region = PageImage(page.pixels[200:620, 150:900])
    assert RemoveRuling()(region) is not region


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 3), (2000, 20)])
def test_a_sliver_is_taken_too(size: tuple[int, int]) -> None:
    page = PageImage(np.full(size, 90, np.uint8))
    assert RemoveRuling()(page) is page


@pytest.mark.parametrize("kind", RULED, ids=lambda kind: kind.name)
def test_ruled_paper_is_told_from_plain_paper(notes: Path, kind: object) -> None:
    with Image.open(notes / "letter.jpg") as note:
        page = PageImage(to_pixels(note))
        shot = photograph(note, next(k for k in RULED if k == kind), seed=4)
    assert RemoveRuling()(page) is page
    ruled = PageImage(to_pixels(shot.image))
    after = RemoveRuling()(ruled)
    assert after is not ruled
    assert (after.transform == ruled.transform).all()


def test_scans_of_plain_paper_are_returned_as_they_are(handwriting: Path) -> None:
    for path in sorted(handwriting.glob("dev/notes_en/*.jpg"))[::3]:
        with Image.open(path) as image:
            page = PageImage(to_pixels(image))
        assert RemoveRuling()(page) is page, path.name


def with_table(page: PageImage, *, light: float) -> PageImage:
    """A page with a table of five level rules that end on the sheet at both ends."""
    pixels = page.pixels.astype(float)
    for y in range(55, 600, 130):
        pixels[y : y + 2, 150:1050] *= light
    for x in (150, 600, 1048):
        pixels[55:577, x : x + 2] *= light
    return PageImage(pixels.astype(np.uint8))


@pytest.mark.parametrize("ruled", [False, True])
def test_thin_dark_rules_of_a_table_stay_also_on_ruled_paper(ruled: bool) -> None:
    before = with_table(written(ruled=ruled), light=0.55)
    after = RemoveRuling()(before)
    for y in range(55, 600, 130):
        assert np.median(after.pixels[y : y + 2, 150:1050]) < 140
    if ruled:
        assert np.median(after.pixels[90:92, :50]) > 200
    else:
        assert after is before


def test_a_rule_that_is_drawn_on_a_line_of_the_paper_stays() -> None:
    pixels = written(ruled=True).pixels.copy()
    pixels[339:342, 450:750] = 70
    after = RemoveRuling()(PageImage(pixels)).pixels
    assert np.median(after[340, 450:750]) < 150
    assert np.median(after[340, 20:60]) > 200


def test_dark_lines_with_margins_that_fill_the_sheet_go() -> None:
    pixels = written().pixels.astype(float)
    for y in range(40, 900, 50):
        pixels[y : y + 2, 90:1110] *= 0.5
    after = RemoveRuling()(PageImage(pixels.astype(np.uint8))).pixels
    assert np.median(after[90:92, 90:1110]) > 150
