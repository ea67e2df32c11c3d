"""From a picture back to the page as it came in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.model import Box, Kind, LeftOut, LeftOutReason, Line, Paragraph, Word
from notetext.page_image import PageImage
from notetext.reading.placement import place_box, place_left_out, place_paragraph, place_word

PAGE = PageImage(np.full((40, 60), 255, np.uint8))
BOX = Box.rectangle(10, 5, 30, 15)


def test_what_was_found_in_a_crop_stands_where_the_crop_was_cut() -> None:
    crop = PAGE.cropped(20, 10, 60, 40)
    assert place_box(BOX, crop.transform) == Box.rectangle(30, 15, 50, 25)


def test_what_was_found_on_a_turned_page_begins_at_the_texts_own_top_left() -> None:
    upright = PAGE.rotated(90)
    box = place_box(Box.rectangle(0, 0, 40, 10), upright.transform)
    assert box is not None
    # A line along the top of the turned picture runs down the page's right side.
    assert box.corners == ((60, 0), (60, 40), (50, 40), (50, 0))


def test_what_was_left_out_of_a_crop_stands_where_the_crop_was_cut() -> None:
    piece = LeftOut(reason=LeftOutReason.NO_WORD, box=BOX)
    placed = place_left_out(piece, PAGE.cropped(20, 10, 60, 40).transform)
    assert placed == LeftOut(reason=LeftOutReason.NO_WORD, box=Box.rectangle(30, 15, 50, 25))


def test_a_projective_map_moves_every_corner_by_itself() -> None:
    receding = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0.01, 1]])
    box = place_box(Box.rectangle(0, 0, 50, 100), receding)
    assert box == Box((0, 0, 50, 0, 25, 50, 0, 50))


def test_a_paragraph_keeps_all_but_its_places() -> None:
    word = Word(text="hello", box=BOX, confidence=0.4, alternatives=("hallo",), kind=Kind.PRINTED)
    paragraph = Paragraph(lines=(Line(words=(word, Word(text="there")), box=BOX), Line()), box=BOX)
    placed = place_paragraph(paragraph, PAGE.cropped(20, 10, 60, 40).transform)
    moved = Box.rectangle(30, 15, 50, 25)
    assert placed == Paragraph(
        lines=(
            Line(words=(word.model_copy(update={"box": moved}), Word(text="there")), box=moved),
            Line(),
        ),
        box=moved,
    )


def test_what_stands_nowhere_stays_nowhere() -> None:
    assert place_word(Word(text="there"), np.eye(3)).box is None


@given(
    st.tuples(*[st.floats(0, 2000)] * 4), st.floats(-180, 180), st.floats(0.25, 4), st.booleans()
)
def test_what_is_moved_there_and_back_stands_where_it_stood(
    edges: tuple[float, float, float, float], angle: float, scale: float, receding: bool
) -> None:
    turned = np.radians(angle)
    cos, sin = scale * np.cos(turned), scale * np.sin(turned)
    there = np.array([[cos, -sin, 300], [sin, cos, 4000], [0, 0, 1]])
    if receding:
        there[2, 0] = 1e-4
    box = Box.rectangle(*edges)
    back = place_box(place_box(box, there), np.linalg.inv(there))
    assert back is not None
    # Places are rounded to a hundredth in the moved picture, once there and once on the way back;
    # what that is here depends on how small the moved picture is at the place.
    for (x, y), (again_x, again_y) in zip(box.corners, back.corners, strict=True):
        moved = there @ (x, y, 1)
        rate = (there[:2, :2] - np.outer(moved[:2] / moved[2], there[2, :2])) / moved[2]
        bound = 0.005 + 0.005 * np.sqrt(2) * np.linalg.norm(np.linalg.inv(rate), 2)
        assert (again_x, again_y) == pytest.approx((x, y), abs=1.05 * bound + 1e-6)
