import string

import pytest

from notetext.engines.local.spelling import Spelling

END = None


def probability(spelling: Spelling, before: str, letter: str | None) -> float:
    """Of a letter, or the end, after the first letters of a word."""
    state = spelling.start
    for each in before:
        state = int(spelling.after[state, spelling.column(each)])
    column = spelling.end if letter is END else spelling.column(letter)
    return float(spelling.likely[state, column])


WORDS = ["banana", "bandage", "cabana", "candle", "handle"]


def test_the_probabilities_after_a_context_sum_to_one_for_letters_seen() -> None:
    spelling = Spelling(WORDS)
    letters = {letter for word in WORDS for letter in word}

    total = probability(spelling, "ban", END) + sum(
        probability(spelling, "ban", letter) for letter in letters
    )

    assert total == pytest.approx(1, abs=0.2)


def test_letters_that_often_follow_are_likely() -> None:
    spelling = Spelling(WORDS)

    assert probability(spelling, "ba", "n") > 0.5
    assert probability(spelling, "ba", "x") < 0.01
    assert probability(spelling, "candle", END) > probability(spelling, "cand", END)


def test_unknown_letters_are_unlikely_but_possible() -> None:
    spelling = Spelling(WORDS)

    assert 0 < probability(spelling, "", "ž") < probability(spelling, "", "b")


def test_no_words_give_no_preferences() -> None:
    spelling = Spelling([])

    assert len({probability(spelling, "", letter) for letter in string.ascii_lowercase}) == 1
