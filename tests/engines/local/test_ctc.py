from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from notetext.engines.local.ctc import count_characters, decode_greedily

ALPHABET = ["", "a", "b", " "]


def spoken(steps: str, probability: float = 0.97) -> NDArray[np.float32]:
    """Log-probabilities that say ``steps``, one character a step; ``-`` is the CTC blank."""
    rows = np.full((len(steps), len(ALPHABET)), (1 - probability) / 3, np.float32)
    for row, character in zip(rows, steps, strict=True):
        row[ALPHABET.index(character.replace("-", ""))] = probability
    return np.log(rows)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ("aab-b", ["abb"]),
        ("a-a", ["aa"]),
        ("aaaa", ["a"]),
        ("a b", ["a", "b"]),
        (" -ab- ", ["ab"]),
        ("---", []),
    ],
)
def test_steps_become_words(steps: str, words: list[str]) -> None:
    assert [word.text for word in decode_greedily(spoken(steps), ALPHABET)] == words


def test_confidence_is_the_mean_of_the_characters() -> None:
    (word,) = decode_greedily(spoken("a-b", 0.9), ALPHABET)
    assert word.confidence == pytest.approx(0.9)


@given(st.text("ab -", min_size=1, max_size=40))
def test_words_stand_in_order_and_apart(steps: str) -> None:
    words = decode_greedily(spoken(steps), ALPHABET)
    ends = [0.0] + [word.end for word in words]
    assert all(end <= word.start < word.end for end, word in zip(ends, words, strict=False))
    assert all(word.end <= len(steps) for word in words)


@pytest.mark.parametrize(("steps", "count"), [("aab-b", 3), ("a b", 3), ("---", 0), ("a-a--", 2)])
def test_characters_are_counted_with_the_blanks_between_words(steps: str, count: int) -> None:
    assert count_characters(spoken(steps)) == count
