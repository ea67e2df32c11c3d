from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from notetext.engines.local.beam import search
from notetext.engines.local.context import ContextTable, History, load_context, words_of
from notetext.engines.local.language_model import LanguageModel
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.state_kinds import StateKinds
from notetext.engines.local.vocabulary import load_vocabulary
from notetext.model import Mode

ENGLISH = load_context(["en"], frozenset())
TRUST = LATIN.tuning[Mode.HANDWRITTEN].trust


def ratio(text: str) -> float:
    """How much likelier the last word of an English text is after those before it."""
    assert ENGLISH is not None
    history: History = ()
    for word in text.split():
        found, history = ENGLISH.judge(history, word)
    return found


def seen(alphabet: str, *steps: str) -> NDArray[np.float32]:
    """What a network gives that sees one of some characters at each step, all alike."""
    columns = np.full((2 * len(steps), len(alphabet) + 1), 1e-6, np.float32)
    for index, characters in enumerate(steps):
        for character in characters:
            columns[2 * index, 1 + alphabet.index(character)] = 1 / len(characters)
        columns[2 * index + 1, 0] = 1
    return columns


def test_words_that_follow_each_other_are_likelier_than_alone() -> None:
    assert ratio("set down in the midst") > 5 * ratio("set down in the mist")
    assert ratio("it was one of the") > 2
    assert ratio("the of") < 0.5


def test_a_sentence_begins_with_other_words_than_it_goes_on_with() -> None:
    assert ratio("It is done. He") > ratio("It is done he")


def test_a_word_that_nobody_knows_is_as_likely_after_any_word_that_nobody_knows() -> None:
    assert ratio("Tolchyx Brombert") == 1.0


def test_nothing_is_known_of_the_first_word() -> None:
    assert ratio("midst") == 1.0


def test_numbers_are_not_judged_but_what_stands_after_them_is() -> None:
    assert ratio("in 1864") == ratio("the 1.5") == 1.0
    assert ratio("12 years") > 2


def test_words_are_found_within_marks_and_after_elided_ones() -> None:
    elided = frozenset({"l'", "qu'"})

    assert list(words_of('"Don’t!" (he said: 3 well-known', elided)) == [
        "don't", ".", "he", "said", ",", "0", "well", "known",
    ]  # fmt: skip
    assert list(words_of("L'eau qu'aujourd'hui", elided)) == ["l'", "eau", "qu'", "aujourd'hui"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_judged(before: str, text: str) -> None:
    assert ENGLISH is not None
    _, history = ENGLISH.judge((), before)

    worth, after = ENGLISH.judge(history, text)

    assert 0 < worth < float("inf")
    assert len(after) <= 2


def test_the_search_takes_the_word_that_fits_to_those_before_it() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz "
    probabilities = seen(letters, *"set down in the mi", "ds", *"t")
    vocabulary = load_vocabulary(["en"])
    alone = LanguageModel(vocabulary, TRUST)
    after_others = LanguageModel(vocabulary, TRUST, context=ENGLISH)
    probabilities = seen(letters, *"the ", "cm", *"at ", "bs", *"at on the ", "cm", *"at ")

    ((best, *_),) = search([probabilities], StateKinds(after_others, ("", *letters)))

    assert best.text.split() == ["the", "cat", "sat", "on", "the", "mat"]
    assert after_others.worth(best.text) > after_others.worth("the mat bat on the cat")
    assert alone.worth("the mat sat on the cat") == pytest.approx(
        alone.worth("the cat sat on the mat")
    )


def test_words_before_the_line_count() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz "
    model = LanguageModel(load_vocabulary(["en"]), TRUST, context=ENGLISH)
    states = seen(letters, *"sta", "tr", *"es")

    america, at_night = (
        best
        for best, *_ in search(
            [states, states],
            StateKinds(model, ("", *letters)),
            before=[("the", "united"), ("looked", "the")],
        )
    )

    assert america.text == "states"
    assert at_night.text == "stares" or america.score > at_night.score


def test_a_language_without_a_table_has_no_context() -> None:
    assert load_context(["tl"], frozenset()) is None
    assert load_context(["en", "tl"], frozenset()) is None
    assert load_context([], frozenset()) is None


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"x" + data[1:]])
def test_a_damaged_table_is_refused(damage) -> None:  # type: ignore[no-untyped-def]
    file = resources.files("notetext.engines.local").joinpath("contexts", "en.ctx")

    with pytest.raises(ValueError, match="table"):
        ContextTable(damage(file.read_bytes()))
