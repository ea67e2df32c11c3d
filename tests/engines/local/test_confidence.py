import dataclasses

import pytest

from notetext.engines.local.confidence import Evidence, confidence

SURE = Evidence(
    share=0.999, word=-0.01, line=-0.02, length=5, frequency=-7.0, listed=True, spelled=True
)


def test_a_clear_common_word_is_almost_certain() -> None:
    assert confidence(SURE) > 0.95


@pytest.mark.parametrize(
    "worse",
    [
        dataclasses.replace(SURE, share=0.4),
        dataclasses.replace(SURE, word=-3.0),
        dataclasses.replace(SURE, line=-2.0),
        dataclasses.replace(SURE, frequency=-24.0),
    ],
)
def test_each_doubt_lowers_it(worse: Evidence) -> None:
    assert confidence(worse) < confidence(SURE)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_it_stays_a_probability_whatever_the_evidence(share: float) -> None:
    worst = Evidence(
        share=share, word=-99, line=-99, length=1, frequency=-500, listed=False, spelled=False
    )

    assert 0 < confidence(worst) < 1
