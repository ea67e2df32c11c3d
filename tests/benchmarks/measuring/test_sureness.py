from __future__ import annotations

import pytest
from measuring.sureness import (
    Judged,
    calibration_error,
    error_by_chance,
    judge,
    share,
    share_at,
)


@pytest.mark.parametrize(
    ("words", "reference", "right"),
    [
        (["Two", "eggs,", "please"], "Two eggs, please", [True, True, True]),
        (["two", "eggs."], "Two eggs,", [False, False]),  # capitals and marks count
        (["eggs,", "“fresh”"], 'eggs , " fresh "', [True, True]),  # marks set apart do not
        (["Two", "new", "eggs"], "Two eggs", [True, False, True]),  # made up
        (["Twoeggs"], "Two eggs", [False]),  # run together
        (["eggs"], "Two\neggs\nplease", [True]),  # what is missing is no word's fault
        ([], "Two eggs", []),
    ],
)
def test_a_word_is_right_if_all_of_it_is(
    words: list[str], reference: str, right: list[bool]
) -> None:
    judged = judge([(word, 0.5) for word in words], reference)

    assert [word.is_right for word in judged] == right


def test_words_that_are_right_as_often_as_they_say_are_calibrated() -> None:
    words = [Judged(0.75, True)] * 3 + [Judged(0.75, False)] + [Judged(1.0, True)] * 4

    assert calibration_error(words) == pytest.approx(0)


def test_words_that_are_too_sure_and_words_that_are_not_sure_enough_do_not_make_up() -> None:
    words = [Judged(0.95, False)] * 2 + [Judged(0.05, True)] * 2

    assert calibration_error(words) == pytest.approx(0.95)


def test_few_words_are_off_by_chance_and_many_are_not() -> None:
    few, many = ([Judged(0.8, True)] * count for count in (20, 2000))

    assert error_by_chance(few) == pytest.approx(0.8 * (0.8 * 0.2 / 20) ** 0.5, rel=0.2)
    assert error_by_chance(many) < 0.01
    assert error_by_chance([Judged(1.0, False)]) == 0


def test_shares_of_words() -> None:
    words = [Judged(0.9, True), Judged(0.85, False), Judged(0.2, True), Judged(0.1, True)]

    assert share(words, right=False) == 0.25
    assert share(words, right=True) == 0.75
    assert share_at(0.85, words) == 0.5


def test_no_words_have_no_shares_and_no_error() -> None:
    assert share([], right=True) is None
    assert share_at(0.5, []) is None
    assert calibration_error([]) == 0
