"""Documents that mean no good end in a text or in an error of ours, within limits.

`run.py` tries the cases of `tests/hostile`, and sets and checks the limits of each.
"""

from __future__ import annotations

import pytest

from hostile import FAMILIES, trials


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_a_hostile_document_is_read_or_refused_and_does_no_harm(family: str) -> None:
    tried = list(trials(family))
    assert len(tried) > 20
    assert [trial for trial in tried if trial.complaints] == []
