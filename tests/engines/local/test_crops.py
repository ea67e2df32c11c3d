from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.crops import LINE_HEIGHT, cut
from notetext.engines.local.detected_line import DetectedLine


def line_at(angle: float, width: float = 200, height: float = 60) -> DetectedLine:
    """A straight line around (200, 200), turned clockwise."""
    along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    return DetectedLine(200 + np.outer([-width / 2, width / 2], along), height, score=1.0)


@given(angle=st.floats(-30, 30), stretch=st.floats(1, 2), height=st.floats(10, 150))
def test_the_way_back_leads_to_the_corners(angle: float, stretch: float, height: float) -> None:
    where = line_at(angle, height=height)
    line = cut(np.zeros((400, 400), np.uint8), where, stretch)
    frame = [(0.0, 0.0), (line.width, 0.0), (line.width, LINE_HEIGHT), (0.0, LINE_HEIGHT)]
    assert line.to_page(frame) == pytest.approx(where.corners, abs=0.01)


def test_a_line_keeps_its_proportions_times_the_stretch() -> None:
    pixels = np.zeros((400, 400, 3), np.uint8)
    assert cut(pixels, line_at(0)).pixels.shape == (48, 160, 3)
    assert cut(pixels, line_at(0), stretch=1.2).pixels.shape == (48, 192, 3)


def test_a_slanted_line_is_cut_level() -> None:
    pixels = np.full((400, 400), 255, np.uint8)
    slanted = line_at(20)
    start, end = slanted.axis
    cv2.line(pixels, start.astype(int).tolist(), end.astype(int).tolist(), [0], 5)
    rows = np.argmin(cut(pixels, slanted).pixels[:, 5:-5], axis=0)
    assert abs(rows - LINE_HEIGHT / 2).max() <= 3


def test_a_leaning_stroke_is_shown_upright() -> None:
    pixels = np.full((400, 400), 255, np.uint8)
    cv2.line(pixels, (190, 220), (210, 180), [0], 3)  # half a pixel to the right for each one up
    ink = np.nonzero(cut(pixels, line_at(0), slant=0.5).pixels < 128)[1]
    assert np.ptp(ink) <= 4
    assert np.mean(ink) == pytest.approx(80, abs=1)


def test_a_bent_line_is_cut_level() -> None:
    x = np.linspace(50, 350, 60)
    axis = np.stack([x, 200 + 40 * np.sin((x - 50) / 300 * np.pi)], axis=1)
    pixels = np.full((400, 400), 255, np.uint8)
    cv2.polylines(pixels, [np.round(axis).astype(np.int32)], False, [0], 5)
    rows = np.argmin(cut(pixels, DetectedLine(axis, 60, 1.0)).pixels[:, 5:-5], axis=0)
    assert abs(rows - LINE_HEIGHT / 2).max() <= 3


def test_the_smallest_line_is_wide_enough_to_be_read() -> None:
    assert cut(np.zeros((400, 400), np.uint8), line_at(0, width=1, height=90)).width == 16
