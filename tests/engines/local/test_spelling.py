import string

import pytest

from notetext.engines.local.spelling import Spelling

WORDS = ["banana", "bandage", "cabana", "candle", "handle"]


def test_the_probabilities_after_a_context_sum_to_one_for_letters_seen() -> None:
    spelling = Spelling(WORDS)
    letters = {letter for word in WORDS for letter in word}

    total = spelling.probability_of_end("ban") + sum(
        spelling.probability("ban", letter) for letter in letters
    )

    assert total == pytest.approx(1, abs=0.2)


def test_letters_that_often_follow_are_likely() -> None:
    spelling = Spelling(WORDS)

    assert spelling.probability("ba", "n") > 0.5
    assert spelling.probability("ba", "x") < 0.01
    assert spelling.probability_of_end("candle") > spelling.probability_of_end("cand")


def test_unknown_letters_are_unlikely_but_possible() -> None:
    spelling = Spelling(WORDS)

    assert 0 < spelling.probability("", "ž") < spelling.probability("", "b")


def test_no_words_give_no_preferences() -> None:
    spelling = Spelling([])

    assert len({spelling.probability("", letter) for letter in string.ascii_lowercase}) == 1
