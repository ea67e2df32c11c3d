from __future__ import annotations

import numpy as np

from notetext.engines.local.detection import as_batch


def test_a_batch_is_blue_first_and_runs_from_minus_one_to_one() -> None:
    red = np.array([[[[255, 0, 0]]]], np.uint8)
    assert as_batch(red).ravel().tolist() == [-1, -1, 1]
    grey = np.array([[[255]]], np.uint8)
    assert as_batch(grey).tolist() == [[[[1.0]], [[1.0]], [[1.0]]]]
