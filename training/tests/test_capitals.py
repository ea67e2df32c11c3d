"""The tables of capitals, counted in texts that the test writes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

from capitals import Counts  # noqa: E402

WORDS = ["paris", "rain", "street", "the", "eau", "l'", "once"]


def shares_of(*paragraphs: str, times: int = 10) -> dict[str, float]:
    """How often words have capitals in some paragraphs, each of which is said many times."""
    counts = Counts()
    for paragraph in paragraphs * times:
        counts.count(paragraph, frozenset({"l'"}))
    return {word: share for share, words in counts.shares(WORDS).items() for word in words}


def test_names_are_told_from_words() -> None:
    shares = shares_of("the rain in Paris, and the street", "in the rain, Paris")

    assert shares == {"paris": 0.99}


def test_a_word_may_have_one_half_of_the_time() -> None:
    assert shares_of("in the street", "in Baker Street it rains")["street"] == 0.5


@pytest.mark.parametrize(
    "paragraph", ["Rain it is. Rain falls", 'he said "Rain', "Rain In The Street", "the RAIN"]
)
def test_sentences_speech_headings_and_shouts_do_not_count(paragraph: str) -> None:
    assert shares_of(paragraph) == {}


def test_what_touches_an_elided_word_counts_by_itself() -> None:
    assert shares_of("dans l'Eau", "dans l’Eau") == {"eau": 0.99}


def test_what_was_seen_once_is_left_out() -> None:
    assert shares_of("he saw Once", times=1) == {}
