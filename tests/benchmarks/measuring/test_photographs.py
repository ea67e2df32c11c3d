from __future__ import annotations

import numpy as np
import pytest
from measuring.photographs import KINDS, Kind, photograph
from PIL import Image, ImageDraw

from notetext.page_image import map_points


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_spot_on_the_page_is_where_the_map_says(kind: Kind) -> None:
    page = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(page).ellipse((440, 60, 480, 100), fill="black")
    taken = photograph(page, kind, seed=1)
    ((x, y),) = map_points(taken.from_page, [(460, 80)])
    spot = np.asarray(taken.image.convert("L"), np.float64)[round(y) - 4 : round(y) + 4]
    assert spot[:, round(x) - 4 : round(x) + 4].max() < 40


def test_the_same_seed_gives_the_same_picture() -> None:
    page = Image.new("RGB", (300, 200), "white")
    first, second, other = (photograph(page, KINDS[-1], seed).image for seed in (1, 1, 2))
    assert first == second
    assert first != other
