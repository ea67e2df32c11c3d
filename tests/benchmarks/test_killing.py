"""A batch that is stopped, in whatever way, goes on where it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from killing import Stop, read_with_stops


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("stop", list(Stop), ids=str)
def test_a_batch_that_is_stopped_loses_nothing_and_pays_nothing_twice(
    tmp_path: Path, stop: Stop, processes: int
) -> None:
    outcome = read_with_stops(tmp_path, stop, pages=60, times=2, processes=processes, seed=7)
    assert outcome.stops >= 1
    assert outcome.lost == 0
    assert outcome.submitted_again <= outcome.allowed_again
    assert outcome.deleted == 0
    assert outcome.sound
