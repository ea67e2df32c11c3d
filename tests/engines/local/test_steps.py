import numpy as np
import pytest

from notetext.engines.local.language_model import LanguageModel
from notetext.engines.local.scripts.tuning import Trust
from notetext.engines.local.state_kinds import StateKinds
from notetext.engines.local.steps import Steps, steps_of
from notetext.engines.local.vocabulary import Vocabulary

ALPHABET = ("", *"abcdefghijklmnop", " ")


@pytest.fixture
def kinds() -> StateKinds:
    return StateKinds(LanguageModel(Vocabulary({"a": 1.0}), Trust(0.0, 0.0)), ALPHABET)


def likely_at(steps: Steps, kinds: StateKinds, row: int) -> str:
    chosen = steps.columns[steps.begin[row] : steps.begin[row + 1]]
    return "".join(kinds.characters[column] for column in chosen)


def test_what_is_unlikely_is_left_out_the_blank_between_words_too(kinds: StateKinds) -> None:
    line = np.zeros((2, len(ALPHABET)), np.float32)
    line[0, [0, 1, 2, -1]] = 0.05, 0.9, 1e-4, 1e-4
    line[1, [0, 3]] = 0.8, 0.2

    steps = steps_of([line], kinds, 1e-3)

    assert [likely_at(steps, kinds, row) for row in (0, 1)] == ["a", "c"]
    assert steps.probabilities.tolist() == pytest.approx([0.9, 0.2])
    assert steps.blank.tolist() == pytest.approx([0.05, 0.8])


def test_no_text_grows_by_what_is_too_unlikely_beside_the_ctc_blank(kinds: StateKinds) -> None:
    line = np.zeros((2, len(ALPHABET)), np.float32)
    line[0, [0, -1]] = 0.99, 2e-3
    line[1, [0, -1]] = 0.1, 2e-3

    steps = steps_of([line], kinds, 1e-2)

    assert [likely_at(steps, kinds, row) for row in (0, 1)] == ["", " "]
    assert np.count_nonzero(steps.likely) == 2


def test_of_many_likely_characters_the_likeliest_stay_in_their_order(kinds: StateKinds) -> None:
    line = np.zeros((2, len(ALPHABET)), np.float32)
    line[0, 1:17] = np.arange(16, 0, -1) / 200
    line[1, 1] = 1

    steps = steps_of([line], kinds, 1e-3)

    assert likely_at(steps, kinds, 0) == "abcdefghij"
    assert likely_at(steps, kinds, 1) == "a"
    assert np.count_nonzero(steps.likely[0]) == 10


def test_lines_stand_below_each_other(kinds: StateKinds) -> None:
    lines = [np.eye(len(ALPHABET), dtype=np.float32)[letters] for letters in ([1, 2], [], [3])]

    steps = steps_of(lines, kinds, 1e-3)

    assert steps.first.tolist() == [0, 2, 2]
    assert [likely_at(steps, kinds, row) for row in range(3)] == ["a", "b", "c"]
