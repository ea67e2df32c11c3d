from __future__ import annotations

import dataclasses

import pytest

from notetext.engines.local.confidence import confidence
from notetext.engines.local.evidence import SIGNS, Evidence, Line
from notetext.engines.local.scripts.latin import LATIN
from notetext.model import Mode

SURE = Evidence(
    line=Line(share=0.95, log_prob=-0.02),
    share=0.999,
    log_prob=-0.01,
    lost=0.0,
    length=5,
    marks=0,
    ends_in_mark=False,
    has_digits=False,
    frequency=-7.0,
    listed=True,
    spelled=True,
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
        dataclasses.replace(SURE, log_prob=-3.0),
        dataclasses.replace(SURE, frequency=-24.0),
        dataclasses.replace(SURE, line=Line(share=0.1, log_prob=-2.0)),
    ],
    ids=["rivals", "faint", "rare", "in a doubtful line"],
)
def test_each_doubt_lowers_it(worse: Evidence, coefficients: tuple[float, ...]) -> None:
    assert confidence(worse, coefficients) < confidence(SURE, coefficients)


def test_what_the_language_has_overruled_by_hand_lowers_it() -> None:
    by_hand = LATIN.tuning[Mode.HANDWRITTEN].confidence
    overruled = dataclasses.replace(SURE, lost=3.0)

    assert confidence(overruled, by_hand) < confidence(SURE, by_hand)


def test_no_doubt_raises_it(coefficients: tuple[float, ...]) -> None:
    assert all(sign * weight >= 0 for sign, weight in zip(SIGNS, coefficients, strict=True))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_it_stays_a_probability_whatever_the_evidence(
    share: float, coefficients: tuple[float, ...]
) -> None:
    worst = Evidence(
        line=Line(share=share / 2, log_prob=-99),
        share=share,
        log_prob=-99,
        lost=999,
        length=1,
        marks=0,
        ends_in_mark=False,
        has_digits=False,
        frequency=-500,
        listed=False,
        spelled=False,
    )

    assert 0 < confidence(worst, coefficients) < 1


def test_coefficients_of_nothing_leave_it_open() -> None:
    assert confidence(SURE, [0.0] * len(SURE.features)) == 0.5


def test_a_coefficient_too_few_is_an_error() -> None:
    with pytest.raises(ValueError, match="longer"):
        confidence(SURE, [0.0] * (len(SURE.features) - 1))
