"""Lines that touch are parted where they do, and one line stays one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from notetext.engines.local.bridges import parted

HEIGHT, WIDTH = 200, 600


def core(
    *strokes: tuple[tuple[int, int], tuple[int, int]], thickness: int = 10
) -> NDArray[np.bool_]:
    """A core of straight strokes from one point, x and y, to another."""
    drawn = np.zeros((HEIGHT, WIDTH), np.uint8)
    for start, end in strokes:
        cv2.line(drawn, start, end, 1, thickness)
    return drawn > 0


def middles(parts: list[NDArray[np.bool_]]) -> list[int]:
    return sorted(round(float(np.nonzero(part)[0].mean())) for part in parts)


@pytest.mark.parametrize("climb", [0, 25])
@pytest.mark.parametrize("second", [570, 200], ids=["long", "short"])
def test_two_lines_with_a_bridge_are_two(climb: int, second: int) -> None:
    first = (20, 60 + climb), (580, 60)
    below = (20, 110 + climb), (second, 110 + climb - climb * (second - 20) // 560)
    bridge = (120, 70), (120, 120)
    above, under = parted(core(first, below, bridge))
    assert middles([above]) == [pytest.approx(60 + climb / 2, abs=3)]
    x = np.nonzero(under)[1]
    assert x.min() < 25
    assert x.max() == pytest.approx(second, abs=8)
    # The bridge is cut about in the middle between them.
    assert 80 < np.nonzero(above[:, 120])[0].max() - climb * 0.8 < 95


def test_a_line_that_touches_two_others_is_parted_from_both() -> None:
    lines = [((20, y), (580, y)) for y in (40, 90, 140)]
    parts = list(parted(core(*lines, ((150, 40), (150, 90)), ((400, 90), (400, 140)))))
    assert middles(parts) == pytest.approx([40, 90, 140], abs=2)


def test_a_line_with_long_descenders_is_one() -> None:
    whole = core(((20, 60), (580, 60)), ((100, 60), (90, 130)), ((300, 60), (280, 120)))
    assert [*map(np.ndarray.tolist, parted(whole))] == [whole.tolist()]


def test_a_mark_above_a_line_is_of_that_line() -> None:
    whole = core(((20, 90), (580, 90)), ((300, 90), (300, 50)), ((285, 45), (315, 45)))
    assert len(list(parted(whole))) == 1


@given(arrays(np.bool_, st.tuples(st.integers(1, 40), st.integers(1, 60))))
def test_the_parts_are_the_core_and_share_nothing(whole: NDArray[np.bool_]) -> None:
    assert (np.sum([*parted(whole)], axis=0) == whole).all()
