from __future__ import annotations

import numpy as np
import pytest

from notetext.engines.local.ink import ink_of


@pytest.mark.parametrize(("paper", "pen"), [(240, 30), (20, 230)])
@pytest.mark.parametrize("channels", [(), (3,)])
def test_ink_is_what_there_is_less_of(paper: int, pen: int, channels: tuple[int, ...]) -> None:
    picture = np.full((20, 40, *channels), paper, np.uint8)
    picture[8:11, 5:30] = pen
    ink = ink_of(picture)
    assert ink.shape == (20, 40)
    assert (np.argwhere(ink == 255).min(axis=0) == (8, 5)).all()
    assert np.count_nonzero(ink) == 3 * 25
