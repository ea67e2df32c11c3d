import dataclasses

import pytest

from notetext.engines.local.confidence import Evidence, confidence
from notetext.model import Mode

SURE = Evidence(
    share=0.999, word=-0.01, line=-0.02, length=5, frequency=-7.0, listed=True, spelled=True
)


@pytest.fixture(params=[Mode.HANDWRITTEN, Mode.PRINTED])
def mode(request: pytest.FixtureRequest) -> Mode:
    return Mode(request.param)


def test_a_clear_common_word_is_almost_certain(mode: Mode) -> None:
    assert confidence(SURE, mode) > 0.95


@pytest.mark.parametrize(
    "worse",
    [
        dataclasses.replace(SURE, share=0.4),
        dataclasses.replace(SURE, word=-3.0),
        dataclasses.replace(SURE, line=-2.0),
        dataclasses.replace(SURE, frequency=-24.0),
    ],
)
def test_each_doubt_lowers_it(worse: Evidence, mode: Mode) -> None:
    assert confidence(worse, mode) < confidence(SURE, mode)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_it_stays_a_probability_whatever_the_evidence(share: float, mode: Mode) -> None:
    worst = Evidence(
        share=share, word=-99, line=-99, length=1, frequency=-500, listed=False, spelled=False
    )

    assert 0 < confidence(worst, mode) < 1
