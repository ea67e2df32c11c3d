from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from notetext.errors import ConfigurationError
from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors.deskew import Deskew, direction_of, ink_points, skew, skew_of

DEV = Path(__file__).parents[3] / "shared" / "data" / "handwriting" / "dev"


def level_page() -> PageImage:
    pixels = np.full((500, 700, 3), (235, 230, 215), np.uint8)
    for line in range(9):
        cv2.putText(
            pixels,
            "Lines of a page like these run level"[: 36 - 7 * (line % 3)],
            (40, 50 + 50 * line),
            cv2.FONT_HERSHEY_SIMPLEX,
            fontScale=0.9,
            color=(30, 30, 90),
            thickness=2,
            lineType=cv2.LINE_AA,
        )
    return PageImage(pixels)


@settings(deadline=None, max_examples=30)
@given(st.floats(-14, 14))
@example(-0.265625)
def test_the_skew_is_the_angle_by_which_a_level_page_was_turned(angle: float) -> None:
    assert skew(level_page().rotated(angle)) == pytest.approx(angle, abs=0.25)


@settings(deadline=None, max_examples=20)
@given(st.floats(-14, 14))
def test_a_deskewed_page_is_level(angle: float) -> None:
    after = Deskew()(level_page().rotated(angle))
    assert abs(after.angle) <= 0.45


def test_a_level_page_is_returned_as_it_is() -> None:
    page = level_page()
    assert Deskew()(page) is page


def test_a_page_further_askew_than_was_asked_is_left_alone() -> None:
    page = level_page().rotated(9)
    assert Deskew(most=5)(page) is page


def test_a_turn_too_small_to_matter_is_not_made() -> None:
    page = level_page().rotated(1)
    assert Deskew(least=2)(page) is page
    assert Deskew(least=0.5)(page) is not page


def test_a_small_angle_need_only_be_told_from_a_larger_one() -> None:
    nearly_level, askew = ink_points(level_page().rotated(0.8)), ink_points(level_page().rotated(3))
    assert skew_of(nearly_level, least=2) == pytest.approx(0.8, abs=0.6)
    assert skew_of(askew, least=2) == skew_of(askew)


def test_the_new_corners_have_the_colour_of_the_paper() -> None:
    after = Deskew()(level_page().rotated(8))
    assert np.abs(after.pixels[0, 0].astype(int) - (235, 230, 215)).max() <= 2


def test_a_page_without_lines_is_left_alone() -> None:
    random = np.random.default_rng(3)
    pixels = np.full((600, 600), 240, np.uint8)
    for x, y in random.integers(0, 600, (80, 2)).tolist():
        cv2.circle(pixels, (x, y), 10, color=30, thickness=-1)
    blots, blank = PageImage(pixels), PageImage(np.full((600, 600), 240, np.uint8))
    assert Deskew()(blots) is blots
    assert Deskew()(blank) is blank


@pytest.mark.parametrize("parameters", [{"most": 0}, {"most": 60}, {"least": -1}])
def test_parameters_are_checked_at_once(parameters: dict[str, float]) -> None:
    with pytest.raises(ConfigurationError, match="the step 'deskew' cannot take"):
        Deskew(**parameters)


@pytest.mark.slow
@pytest.mark.skipif(not DEV.is_dir(), reason=f"needs {DEV}")
@pytest.mark.parametrize("folder", ["notes_en", "notes_fr", "letters_en"])
def test_turned_pages_of_handwriting_come_back_to_half_a_degree(folder: str) -> None:
    angles = np.random.default_rng(7).uniform(-12, 12, 100).tolist()
    errors = []
    for path in sorted((DEV / folder).glob("*.jpg")):
        with Image.open(path) as image:
            page = PageImage(to_pixels(image))
        for angle in (angles.pop(), angles.pop()):
            # Writing climbs and dips by itself: its own slope is no error.
            errors.append(abs(skew(page.rotated(angle)) - angle - skew(page)))
    assert np.mean(np.asarray(errors) <= 0.5) >= 0.95


@settings(deadline=None, max_examples=30)
@given(st.floats(-88, 88))
def test_the_direction_of_lines_is_found_at_any_angle(angle: float) -> None:
    found = direction_of(ink_points(level_page().rotated(angle)))
    # The beginnings of its lines, and letters that are the same in all of them, make columns.
    assert found is not None
    assert (found - angle + 45) % 90 - 45 == pytest.approx(0, abs=0.5)


def test_a_page_without_lines_has_no_direction() -> None:
    assert direction_of(ink_points(PageImage(np.full((300, 400), 240, np.uint8)))) is None
