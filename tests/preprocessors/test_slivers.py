from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors.slivers import RemoveSlivers

WORDS = "some nervous sea waves rose"


def lines(*texts: str, scale: float = 1.2) -> np.ndarray:
    """Lines 60 pixels apart, with their small letters from 28 pixels above each."""
    pixels = np.full((60 * len(texts) + 40, 700), 240, np.uint8)
    for number, text in enumerate(texts):
        cv2.putText(pixels, text, (20, 60 + 60 * number), 0, scale, 40, 2, cv2.LINE_AA)
    return pixels


def test_what_an_edge_cuts_off_the_next_line_goes_and_the_line_stays() -> None:
    pixels = lines(WORDS, WORDS)[:108]  # down to the middle of the second line's letters
    after = RemoveSlivers()(PageImage(pixels)).pixels
    assert after[88:].min() > 220
    assert (after[:80] == pixels[:80]).all()


def test_the_line_before_goes_too() -> None:
    pixels = lines(WORDS, WORDS, WORDS)[52:152]
    after = RemoveSlivers()(PageImage(pixels)).pixels
    assert after[:14].min() > 220
    assert (after[30:80] == pixels[30:80]).all()


def test_paper_keeps_its_colour() -> None:
    paper = np.full((108, 700, 3), (250, 220, 160), np.uint8)
    written = lines(WORDS, WORDS)[:108] < 200
    paper[written] = (30, 30, 90)
    after = RemoveSlivers()(PageImage(paper)).pixels
    assert np.abs(after[95:].astype(int) - (250, 220, 160)).max() < 12


@pytest.mark.parametrize("texts", [(WORDS,), (WORDS, WORDS), (WORDS, WORDS, WORDS)])
def test_whole_lines_are_returned_as_they_are(texts: tuple[str, ...]) -> None:
    page = PageImage(lines(*texts))
    assert RemoveSlivers()(page) is page


def test_a_line_that_is_cut_itself_is_returned_as_it_is() -> None:
    page = PageImage(lines(WORDS)[:50])
    assert RemoveSlivers()(page) is page


def test_letters_that_touch_the_edge_are_no_slivers() -> None:
    page = PageImage(lines("All the little bells will toll")[33:66])
    assert RemoveSlivers()(page) is page


@settings(max_examples=60, deadline=None)
@given(top=st.integers(0, 110), height=st.integers(1, 150))
def test_however_a_page_is_cut_its_own_line_is_not_touched(top: int, height: int) -> None:
    page = lines(WORDS, WORDS, WORDS)
    cut = PageImage(page[top : top + height])
    after = RemoveSlivers()(cut).pixels
    for baseline in (60, 120, 180):
        first, last = baseline - 34 - top, baseline + 10 - top
        if first >= 0 and last <= cut.height:
            assert (after[first:last] == cut.pixels[first:last]).all()


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 3), (20, 2000)])
def test_a_sliver_of_a_picture_is_taken_too(size: tuple[int, int]) -> None:
    page = PageImage(np.full(size, 90, np.uint8))
    assert RemoveSlivers()(page) is page


def test_pages_are_returned_as_they_are(notes: Path) -> None:
    for name in ("letter", "minutes", "printed", "shopping"):
        with Image.open(notes / f"{name}.jpg") as note:
            page = PageImage(to_pixels(note))
        assert RemoveSlivers()(page) is page, name
