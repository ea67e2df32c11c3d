from __future__ import annotations

import pytest

from notetext.engines.local.evidence import Evidence, Line
from notetext.engines.local.scripts import SCRIPTS
from notetext.engines.local.scripts.script import Script

EVIDENCE = Evidence(
    line=Line(share=0.9, log_prob=-0.1),
    share=0.9,
    log_prob=-0.1,
    lost=0.0,
    length=5,
    marks=0,
    ends_in_mark=False,
    has_digits=False,
    frequency=-7.0,
    listed=True,
    spelled=True,
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_with_words_is_tuned_in_every_mode_that_it_is_read_in(script: Script) -> None:
    assert not script.tables or script.tuning.keys() == script.weights.keys()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_feature_of_a_word_has_its_coefficient(script: Script) -> None:
    for tuning in script.tuning.values():
        assert len(tuning.confidence) == len(EVIDENCE.features)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_what_is_a_share_is_between_none_and_all(script: Script) -> None:
    for tuning in script.tuning.values():
        assert 0 <= tuning.lost_accent <= 1
        assert 0 < tuning.blank <= 1
