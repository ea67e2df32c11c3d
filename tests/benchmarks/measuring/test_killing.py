"""A batch that is killed goes on where it stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from measuring.killing import read_with_kills


@pytest.mark.slow
def test_a_batch_that_is_killed_twice_loses_nothing_and_pays_nothing_twice(tmp_path: Path) -> None:
    outcome = read_with_kills(tmp_path, pages=200, kills=2, seed=7)
    assert outcome.kills == 2
    assert outcome.right == outcome.pages
    assert outcome.submitted_again <= outcome.uncertain
    assert outcome.asked_again == 0
    assert outcome.sound
