from __future__ import annotations

import dataclasses

import pytest

from notetext.engines.local.confidence import Evidence, confidence
from notetext.engines.local.scripts.latin import LATIN
from notetext.model import Mode

SURE = Evidence(
    share=0.999, word=-0.01, line=-0.02, length=5, frequency=-7.0, listed=True, spelled=True
)


@pytest.fixture(params=[Mode.HANDWRITTEN, Mode.PRINTED])
def coefficients(request: pytest.FixtureRequest) -> tuple[float, ...]:
    return LATIN.tuning[Mode(request.param)].confidence


def test_a_clear_common_word_is_almost_certain(coefficients: tuple[float, ...]) -> None:
    assert confidence(SURE, coefficients) > 0.95


@pytest.mark.parametrize(
    "worse",
    [
        dataclasses.replace(SURE, share=0.4),
        dataclasses.replace(SURE, word=-3.0),
        dataclasses.replace(SURE, line=-2.0),
        dataclasses.replace(SURE, frequency=-24.0),
    ],
)
def test_each_doubt_lowers_it(worse: Evidence, coefficients: tuple[float, ...]) -> None:
    assert confidence(worse, coefficients) < confidence(SURE, coefficients)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_it_stays_a_probability_whatever_the_evidence(
    share: float, coefficients: tuple[float, ...]
) -> None:
    worst = Evidence(
        share=share, word=-99, line=-99, length=1, frequency=-500, listed=False, spelled=False
    )

    assert 0 < confidence(worst, coefficients) < 1


def test_coefficients_of_nothing_leave_it_open() -> None:
    assert confidence(SURE, [0.0] * len(SURE.features)) == 0.5


def test_a_coefficient_too_few_is_an_error() -> None:
    with pytest.raises(ValueError, match="longer"):
        confidence(SURE, [0.0] * (len(SURE.features) - 1))
