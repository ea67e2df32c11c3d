from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.engines.local.tracing import lines_of_map

HEIGHT, WIDTH = 300, 600
DRAWN = 14  # how thick a stroke of 11 turns out, with the pixel that tracing adds


def stroke(
    probability: NDArray[np.float32],
    points: NDArray[np.float64],
    thickness: int,
    value: float = 0.9,
) -> NDArray[np.float32]:
    """Draws a core through points."""
    cv2.polylines(probability, [np.round(points).astype(np.int32)], False, [value], thickness)
    return probability


def blank() -> NDArray[np.float32]:
    return np.zeros((HEIGHT, WIDTH), np.float32)


def level(y: float, left: float = 100, right: float = 500) -> NDArray[np.float64]:
    return np.array([(left, y), (right, y)], np.float64)


@pytest.mark.parametrize("angle", [0, 10, -10, 25, -25])
def test_a_core_grows_to_the_size_of_its_text(angle: float) -> None:
    turn = cv2.getRotationMatrix2D((300, 150), -angle, 1)
    ends = cv2.transform(level(150)[None], turn)[0]
    (line,) = lines_of_map(stroke(blank(), ends, 11))
    # A long core is about a third as high as its text, and grows by as much at its ends.
    assert line.height == pytest.approx(3 * DRAWN, rel=0.1)
    assert line.width == pytest.approx(400 + 2 * DRAWN, rel=0.05)
    assert line.corners.mean(axis=0) == pytest.approx([300.5, 150.5], abs=2)
    along = line.axis[-1] - line.axis[0]
    assert np.degrees(np.arctan2(along[1], along[0])) == pytest.approx(angle, abs=1)
    assert 0.75 < line.score <= 0.9


def test_a_bent_line_is_followed() -> None:
    x = np.linspace(60, 540, 50)
    y = 150 + 40 * np.sin((x - 60) / 480 * np.pi)
    (line,) = lines_of_map(stroke(blank(), np.stack([x, y], axis=1), 11))
    assert line.height == pytest.approx(3 * DRAWN, rel=0.1)
    off = np.interp(line.axis[:, 0], x, y) - line.axis[:, 1]
    inside = (line.axis[:, 0] > 70) & (line.axis[:, 0] < 530)
    assert np.abs(off[inside]).max() < 4


def test_a_long_descender_does_not_make_the_line_higher() -> None:
    plain = stroke(blank(), level(150), 11)
    (usual,) = lines_of_map(plain)
    plain[150:200, 200:230] = 0.9
    (line,) = lines_of_map(plain)
    assert line.height == pytest.approx(usual.height, rel=0.05)
    assert line.axis[:, 1] == pytest.approx(150.5, abs=3)


def test_lines_of_one_hand_are_about_equally_high() -> None:
    probability = blank()
    for y, thickness in ((60, 11), (150, 15), (240, 11)):
        stroke(probability, level(y), thickness)
    heights = sorted(line.height for line in lines_of_map(probability))
    assert heights[-1] / heights[0] < 1.2


def test_small_print_stays_smaller_than_the_writing() -> None:
    probability = stroke(stroke(blank(), level(60), 5), level(200), 21)
    small, large = sorted(line.height for line in lines_of_map(probability))
    assert large / small > 2.5


def test_doubtful_cores_and_dirt_are_no_text() -> None:
    assert lines_of_map(stroke(blank(), level(150), 11, value=0.45)) == []
    assert lines_of_map(stroke(blank(), level(150, 300, 301), 1)) == []
    assert lines_of_map(blank()) == []


def test_two_cores_are_two_lines() -> None:
    assert len(lines_of_map(stroke(stroke(blank(), level(60), 9), level(200), 9))) == 2


@pytest.mark.parametrize("angle", [90, 80, -80, 70])
def test_a_piece_far_higher_than_wide_runs_upwards(angle: float) -> None:
    turn = cv2.getRotationMatrix2D((300, 150), -angle, 0.6)
    ends = cv2.transform(level(150)[None], turn)[0]
    (line,) = lines_of_map(stroke(blank(), ends, 11))
    assert line.is_sideways
    assert line.axis[-1][1] < line.axis[0][1]
    assert line.height == pytest.approx(3 * DRAWN, rel=0.1)
    assert line.width == pytest.approx(0.6 * 400 + 2 * DRAWN, rel=0.1)


def test_a_single_tall_letter_is_not_taken_for_a_line_that_runs_upwards() -> None:
    probability = blank()
    probability[100:124, 300:310] = 0.9
    (line,) = lines_of_map(probability)
    assert not line.is_sideways
