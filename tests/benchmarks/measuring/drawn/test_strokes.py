from __future__ import annotations

import numpy as np
import pytest
from measuring.drawn.strokes import STROKES, strike_out
from PIL import Image, ImageDraw

BOX = (60.0, 20.0, 220.0, 90.0)
MIDDLE = 55.0


def struck(kind: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    image = Image.new("RGB", (280, 110), "white")
    draw, dice = ImageDraw.Draw(image), np.random.default_rng(1)
    strike_out(draw, kind, BOX, MIDDLE, ((0, 0, 0), 4), dice)
    return np.asarray(image)[..., 0] < 128


@pytest.mark.parametrize("kind", STROKES)
def test_a_stroke_runs_over_the_whole_word_and_hardly_beyond(kind: str) -> None:
    columns = np.flatnonzero(struck(kind).any(axis=0))
    assert 50 <= columns.min() <= 66
    assert 214 <= columns.max() <= 230


def test_a_scribble_covers_more_than_a_zigzag_and_that_more_than_lines() -> None:
    ink = [struck(kind).sum() for kind in ("one", "two", "zigzag", "scribble")]
    assert ink == sorted(ink)
