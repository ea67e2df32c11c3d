from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.detected_line import DetectedLine


def arc(radius: float = 400.0) -> DetectedLine:
    """A line along a quarter of a circle around the origin, which starts on top."""
    angles = np.linspace(-np.pi / 2, 0, 200)
    axis = radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return DetectedLine(axis, height=40.0, score=1.0)


@given(st.floats(0, 1), st.floats(-20, 20))
def test_points_of_a_bent_line_lie_across_its_bend(share: float, below: float) -> None:
    line = arc()
    ((x, y),) = line.to_page([(share * line.width, below)])
    assert np.hypot(x, y) == pytest.approx(400 - below, abs=0.1)
    assert np.arctan2(y, x) == pytest.approx((share - 1) * np.pi / 2, abs=0.01)


@given(st.floats(-0.2, 0.6), st.floats(0.25, 0.6), st.floats(0, 1), st.floats(-20, 20))
def test_a_part_lies_where_the_whole_does(
    start: float, length: float, share: float, below: float
) -> None:
    whole = arc()
    part = whole.part(start * whole.width, (start + length) * whole.width)
    start, end = max(start, 0), min(start + length, 1)
    assert part.width == pytest.approx((end - start) * whole.width, abs=0.1)
    along = start * whole.width + share * part.width
    assert part.to_page([(share * part.width, below)]) == pytest.approx(
        whole.to_page([(along, below)]), abs=0.5
    )


def test_the_width_is_measured_along_the_bend() -> None:
    assert arc().width == pytest.approx(200 * np.pi, rel=1e-3)


def test_corners_run_clockwise_from_the_top_left() -> None:
    line = DetectedLine.rectangle(10, 20, 110, 50)
    assert line.corners.tolist() == [[10, 20], [110, 20], [110, 50], [10, 50]]


def test_a_grid_lies_on_the_middles_of_pixels() -> None:
    grid = DetectedLine.rectangle(10, 20, 14, 22).grid(columns=4, rows=2)
    assert grid.shape == (2, 4, 2)
    assert grid[0, 0].tolist() == [10.5, 20.5]
    assert grid[1, 3].tolist() == [13.5, 21.5]


def test_a_line_of_a_larger_page_is_larger() -> None:
    assert DetectedLine.rectangle(10, 20, 110, 50).scaled(2, 3).corners.tolist() == [
        [20, 60],
        [220, 60],
        [220, 150],
        [20, 150],
    ]


@given(st.floats(-0.8, 0.8), st.integers(0, 19))
def test_a_slanted_grid_follows_the_strokes(slant: float, row: int) -> None:
    upright, slanted = (
        DetectedLine.rectangle(0, 0, 100, 20).grid(columns=50, rows=20, slant=lean)
        for lean in (0, slant)
    )
    above = 10 - (row + 0.5)
    np.testing.assert_allclose(slanted[row, :, 0] - upright[row, :, 0], slant * above, atol=1e-4)
    np.testing.assert_allclose(slanted[row, :, 1], upright[row, :, 1], atol=1e-4)
