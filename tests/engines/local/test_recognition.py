from __future__ import annotations

import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.engines.local.crops import LineImage
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.recognition import STEP, Recognizer
from notetext.engines.local.recognizer_cache import RecognizerCache
from notetext.engines.local.weights import GENERAL


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    cache = RecognizerCache(GENERAL.find(), threads=1)
    return cache.recognizer_for(np.arange(200))


def line(width: int) -> LineImage:
    rows = np.random.default_rng(width).integers(0, 255, (48, width), np.uint8)
    return LineImage(rows, DetectedLine.rectangle(0, 0, width, 48), width)


def read(recognizer: Recognizer, lines: list[LineImage]) -> dict[int, NDArray[np.float32]]:
    return {index: logs for batch in recognizer.read(lines) for index, logs in batch}


def test_every_line_is_read_once_whatever_its_width(recognizer: Recognizer) -> None:
    widths = [300, 16, 900, 16, 304, 50, 64, 72, 80, 88, 96]
    logs = read(recognizer, [line(width) for width in widths])
    assert {index: len(steps) for index, steps in logs.items()} == {
        index: round(width / STEP) for index, width in enumerate(widths)
    }
    assert all(steps.shape[1] == 200 and steps.max() <= 1e-5 for steps in logs.values())


def test_no_lines_are_no_batches(recognizer: Recognizer) -> None:
    assert read(recognizer, []) == {}


def test_lines_read_side_by_side_come_out_as_one_by_one(recognizer: Recognizer) -> None:
    cache = RecognizerCache(GENERAL.find(), threads=3)
    side_by_side = cache.recognizer_for(np.arange(200))
    lines = [line(width) for width in (900, 920, 940, 960, 980, 30, 60)]
    alone, together = read(recognizer, lines), read(side_by_side, lines)
    assert list(alone) == list(together)
    for index, logs in alone.items():
        np.testing.assert_array_equal(together[index], logs)


def test_who_stops_listening_leaves_no_thread_behind() -> None:
    cache = RecognizerCache(GENERAL.find(), threads=2)
    batches = cache.recognizer_for(np.arange(50)).read([line(900) for _ in range(6)])
    next(batches)
    batches.close()  # type: ignore[attr-defined]
    assert not [thread for thread in threading.enumerate() if "notetext" in thread.name]
