"""What is no even paper on a page that seems blank."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.engines.local.traces import marks, patches

SIDES = (640, 480)


def paper(grain: float) -> NDArray[np.float64]:
    return np.random.default_rng(3).normal(230, grain, SIDES)


def seen(page: NDArray[np.float64], *, colour: bool = False) -> NDArray[np.bool_]:
    pixels = page.clip(0, 255).astype(np.uint8)
    return marks(np.dstack([pixels] * 3) if colour else pixels)


@pytest.mark.parametrize("grain", [0, 1, 3, 6])
def test_paper_has_no_marks_whatever_its_grain(grain: float) -> None:
    assert not seen(paper(grain)).any()
    assert patches(seen(paper(grain))) == []


def test_a_stroke_that_is_hardly_to_be_seen_is_a_mark() -> None:
    page = paper(1)
    page[300:302, 200:220] -= 8
    for colour in (False, True):
        rows, columns = np.nonzero(seen(page, colour=colour))
        assert (rows.min(), columns.min()) == pytest.approx((300, 200), abs=3)
        assert (rows.max(), columns.max()) == pytest.approx((301, 219), abs=3)


def test_a_page_full_of_small_print_is_marked_all_over() -> None:
    page = paper(3)
    for top in range(20, 620, 9):
        for left in range(20, 460, 5):
            page[top : top + 5, left : left + 2] -= 70
            page[top, left : left + 4] -= 70
    assert seen(page)[30:600, 30:440].mean() > 0.3


def test_rules_frames_and_edges_are_none_and_specks_neither() -> None:
    page = paper(3)
    page[100:102] = 150
    page[:, 60:62] = 150
    page[:, -20:] = 10
    page[400:403, 300:303] = 50
    assert not seen(page).any()


def test_a_faint_stroke_is_seen_beside_a_rough_table() -> None:
    page = paper(1)
    page[:, :240] += 15 * np.random.default_rng(4).normal(0, 1, (640, 240))
    page[300:302, 400:420] -= 8
    assert seen(page)[300, 410]


def test_a_patch_has_paper_around_its_marks_and_lies_on_the_grid() -> None:
    marked = np.zeros(SIDES, bool)
    marked[100, 100] = marked[500, 470] = True
    assert patches(marked) == [
        (slice(64, 160), slice(64, 160)),
        (slice(448, 544), slice(416, 480)),
    ]
