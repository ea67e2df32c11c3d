from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.engines.local.alignment import align
from notetext.engines.local.evidence import SIGNS, Evidence, evidence_of_line, evidence_of_word
from notetext.engines.local.vocabulary import Vocabulary

ALPHABET = ("", *"abcdehlrt1,.", " ")
VOCABULARY = Vocabulary({"the": 0.05, "red": 0.001, "car": 0.001})


def seen(text: str, doubts: dict[int, float] | None = None) -> NDArray[np.float32]:
    """What a network shows of a text: each character at a step of its own, between CTC blanks, and
    the doubtful ones with a probability."""
    steps = np.full((2 * len(text), len(ALPHABET)), 1e-6, np.float32)
    for index, character in enumerate(text):
        sure = (doubts or {}).get(index, 1.0)
        steps[2 * index, 0] = max(1e-6, 1 - sure)
        steps[2 * index, ALPHABET.index(character)] = sure
        steps[2 * index + 1, 0] = 1
    shown: NDArray[np.float32] = np.log(steps / steps.sum(axis=1, keepdims=True))
    return shown


def evidence(
    text: str, word: str, log_probs: NDArray[np.float32], scores: tuple[float, ...] = (0.0,)
) -> Evidence:
    """Of a word of a text that was made of what a network shows."""
    characters = align(log_probs, ALPHABET, text)
    line = evidence_of_line(characters, scores)
    first = text.index(word)
    span = (first, first + len(word))
    return evidence_of_word(text, span, characters, line, 1.0, VOCABULARY)


def test_the_mean_is_of_the_words_own_characters() -> None:
    shown = seen("the red car", {5: 0.6})

    word = evidence("the red car", "red", shown)
    assert word.log_prob == pytest.approx(np.log(0.6) / 3, abs=1e-3)
    assert word.line.log_prob == pytest.approx(np.log(0.6) / len("the red car"), abs=1e-3)
    assert evidence("the red car", "the", shown).log_prob == pytest.approx(0, abs=1e-3)


def test_a_word_that_the_network_shows_has_lost_nothing() -> None:
    assert evidence("the red car", "red", seen("the red car")).lost == 0


def test_what_the_language_has_overruled_is_lost() -> None:
    shown = seen("the rcd car")

    assert evidence("the red car", "red", shown).lost > 10
    assert evidence("the red car", "the", shown).lost == 0
    assert evidence("the red car", "car", shown).lost == 0


def test_what_ran_on_behind_a_word_is_lost_there() -> None:
    shown = seen("theredcar")

    assert all(evidence("the red car", word, shown).lost > 5 for word in ("the", "red"))
    assert evidence("the red car", "car", shown).lost == 0


@pytest.mark.parametrize(
    ("word", "marks", "ends_in_mark", "has_digits", "spelled", "listed"),
    [
        ("red", 0, False, False, True, True),
        ("red,", 1, True, False, True, True),
        ("1.1", 1, False, True, False, False),
        ("tre1", 0, False, True, True, False),
        ("...", 3, True, False, False, False),
    ],
)
def test_what_a_word_is_made_of(
    word: str, marks: int, ends_in_mark: bool, has_digits: bool, spelled: bool, listed: bool
) -> None:
    told = evidence(word, word, seen(word))

    assert (told.length, told.marks, told.ends_in_mark) == (len(word), marks, ends_in_mark)
    assert (told.has_digits, told.spelled, told.listed) == (has_digits, spelled, listed)


def test_a_line_with_rivals_has_a_share_of_all() -> None:
    assert evidence("red", "red", seen("red"), (2.0, 2.0)).line.share == pytest.approx(0.5)
    assert evidence("red", "red", seen("red"), (2.0,)).line.share == 1


def test_more_evidence_than_can_be_is_held_within_bounds() -> None:
    words = ("red", "," * 40, "1" * 40)

    for word in words:
        features = evidence(word, word, seen(word)).features
        assert all(abs(feature) < 60 for feature in features)


def test_each_feature_has_a_sign() -> None:
    assert len(SIGNS) == len(evidence("red", "red", seen("red")).features)
