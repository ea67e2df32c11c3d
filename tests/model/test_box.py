"""Boxes: corners, edges and what is no box."""

from __future__ import annotations

import cmath
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext import Box, Word

numbers = st.floats(-1e5, 1e5)
boxes = st.builds(Box, st.tuples(*[numbers] * 8))


@given(boxes)
def test_every_corner_lies_within_the_edges(box: Box) -> None:
    for x, y in box.corners:
        assert box.left <= x <= box.right
        assert box.top <= y <= box.bottom


@given(boxes)
def test_corners_make_the_same_box(box: Box) -> None:
    assert Box.of_corners(box.corners) == box


@given(st.lists(boxes, min_size=1, max_size=5))
def test_the_box_around_others_reaches_just_to_them(parts: list[Box]) -> None:
    around = Box.around(parts)
    assert around.left == min(part.left for part in parts)
    assert around.bottom == max(part.bottom for part in parts)


@given(st.floats(-60, 60), st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_parts_of_a_slanted_line_make_up_the_line_again(degrees: float, lengths: list[int]) -> None:
    turn = cmath.rect(1, math.radians(degrees))
    corners = [turn * corner + (500 + 500j) for corner in (0, 300, 300 + 40j, 40j)]
    line = Box.of_corners((corner.real, corner.imag) for corner in corners)
    words = line.shared_by(["x" * length for length in lengths])
    assert list(Box.along(words)) == pytest.approx(list(line), abs=1e-6)
    for before, after in pairwise(words):
        blank = math.dist(before.corners[1], after.corners[0])
        assert blank == pytest.approx(300 / (sum(lengths) + len(lengths) - 1))


def test_three_corners_are_no_box() -> None:
    with pytest.raises(ValueError, match="four corners"):
        Box.of_corners([(0, 0), (1, 0), (1, 1)])


@pytest.mark.parametrize("value", [(1, 2, 3), [0] * 9, [0] * 7 + ["x"], [0] * 7 + [float("nan")]])
def test_a_word_refuses_what_is_no_box(value: object) -> None:
    with pytest.raises(ValueError, match="box"):
        Word.model_validate({"text": "a", "box": value})
