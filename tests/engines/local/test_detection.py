from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.engines.local.detection import as_batch, pieces_of_map


def core(
    width: float, height: float, angle: float, probability: float = 0.9
) -> NDArray[np.float32]:
    """A map with one core in its middle, turned clockwise by ``angle`` degrees."""
    page = np.zeros((200, 300), np.float32)
    corners = cv2.boxPoints(((150, 100), (width, height), angle))
    cv2.fillPoly(page, [np.round(corners).astype(np.int32)], [probability])
    return page


@pytest.mark.parametrize("angle", [0, 10, -10, 40, -40])
def test_a_core_grows_to_the_size_of_its_text(angle: float) -> None:
    (piece,) = pieces_of_map(core(120, 10, angle))
    # Outlining and joining make the core itself up to two pixels larger.
    core_width, core_height = 121.5, 11.5
    growth = core_width * core_height * 1.6 / (2 * (core_width + core_height))
    assert piece.width == pytest.approx(core_width + 2 * growth, abs=2)
    assert piece.height == pytest.approx(core_height + 2 * growth, abs=2)
    assert piece.corners.mean(axis=0) == pytest.approx([150.5, 100.5], abs=1.5)
    assert 0.75 < piece.score <= 0.9


@pytest.mark.parametrize("angle", [0, 10, -10, 40, -40])
def test_corners_run_clockwise_from_the_top_left_of_the_text(angle: float) -> None:
    (piece,) = pieces_of_map(core(120, 10, angle))
    along = piece.corners[1] - piece.corners[0]
    assert np.degrees(np.arctan2(along[1], along[0])) == pytest.approx(angle, abs=2)
    down = piece.corners[3] - piece.corners[0]
    assert along[0] * down[1] - along[1] * down[0] > 0


def test_doubtful_cores_and_dirt_are_no_text() -> None:
    assert pieces_of_map(core(120, 10, 0, probability=0.45)) == []
    assert pieces_of_map(core(1, 1, 0)) == []


def test_two_cores_are_two_pieces() -> None:
    probability = core(120, 10, 0)
    probability[20:30, 20:100] = 0.9
    assert len(pieces_of_map(probability)) == 2


def test_a_batch_is_blue_first_and_runs_from_minus_one_to_one() -> None:
    red = np.array([[[[255, 0, 0]]]], np.uint8)
    assert as_batch(red).ravel().tolist() == [-1, -1, 1]
    grey = np.array([[[255]]], np.uint8)
    assert as_batch(grey).tolist() == [[[[1.0]], [[1.0]], [[1.0]]]]
