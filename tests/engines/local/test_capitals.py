"""Which words have capitals, and where."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.capitals import SHARES, Capitals, CapitalTable, read_capitals
from notetext.engines.local.context import STOP, History, load_context
from notetext.engines.local.decoding import language_decoder
from notetext.model import Language, Mode

WITHIN, AT_START = 0.1, 0.6
ENGLISH = CapitalTable({"paris": 0.99, "street": 0.5, "i": 0.99}, {"paris", "street", "i", "rain"})
CAPITALS = Capitals([ENGLISH], (WITHIN, AT_START), frozenset({"l'"}), frozenset({"dvořák"}))


def odds(word: str, history: History = ("the",), *, starts_line: bool = False) -> float:
    """How much more is said for a word's capital than for a small letter."""
    mark = next(index for index, character in enumerate(word) if character.isalpha())
    small = word[:mark] + word[mark:].lower()
    capital = word[:mark] + word[mark:].capitalize()
    return CAPITALS.ratio(history, capital, starts_line) / CAPITALS.ratio(
        history, small, starts_line
    )


def test_within_a_sentence_names_have_capitals_and_other_words_have_none() -> None:
    assert odds("paris") > 100
    assert odds("street") > 5
    assert odds("rain") < 0.4


def test_after_a_full_stop_every_word_has_one() -> None:
    assert odds("rain", ("over", STOP)) > 5


def test_of_the_first_word_of_a_line_only_names_are_sure() -> None:
    assert odds("paris", ()) > 10
    assert 0.3 < odds("rain", ()) < 3


def test_a_line_that_goes_on_from_another_begins_with_a_small_letter_but_may_be_an_item() -> None:
    assert odds("rain", starts_line=True) < 0.5
    assert odds("rain", starts_line=True) * AT_START / (1 - AT_START) > odds("rain") * WITHIN


def test_speech_begins_with_a_capital_and_so_do_labels() -> None:
    assert odds('"rain') > odds("rain")
    assert odds("rain:") > odds("rain")


def test_behind_a_hyphen_no_sentence_begins() -> None:
    assert odds("-rain", ("over", STOP)) < 0.1
    assert CAPITALS.ratio((STOP,), "l'Paris") > CAPITALS.ratio((STOP,), "l'paris")


@pytest.mark.parametrize("word", ["Xqrt", "RAIN", "McKay", "Dvořák", "B", "x", "7,480", ""])
def test_of_what_tells_nothing_nothing_is_said(word: str) -> None:
    assert CAPITALS.ratio(("the",), word) == 1.0


def test_a_word_of_two_languages_is_as_both_have_it() -> None:
    other = CapitalTable({}, {"paris"})
    both = Capitals([ENGLISH, other], (WITHIN, AT_START))
    unknown = Capitals([ENGLISH, CapitalTable({}, set())], (WITHIN, AT_START))

    assert CAPITALS.ratio(("in",), "paris") < both.ratio(("in",), "paris")
    assert unknown.ratio(("in",), "paris") == CAPITALS.ratio(("in",), "paris")


@given(
    st.text(alphabet="aPparisRN'\"-:.7é ", max_size=8).map(str.strip),
    st.sampled_from([(), ("the",), ("over", STOP), ("0",), (",",)]),
    st.booleans(),
)
def test_every_text_is_worth_something(text: str, history: History, starts_line: bool) -> None:
    ratio = CAPITALS.ratio(history, text, starts_line)

    assert 0 < ratio < math.inf


@given(
    st.sampled_from(["paris", "street", "rain"]),
    st.sampled_from([("the",), ("0",), (",",), ("over", STOP)]),
)
def test_with_and_without_a_capital_a_word_is_as_likely_as_before(
    word: str, history: History
) -> None:
    prior = AT_START if history[-1] == STOP else WITHIN
    capital, small = (CAPITALS.ratio(history, text) for text in (word.capitalize(), word))

    assert prior * capital + (1 - prior) * small == pytest.approx(1)


def test_every_language_whose_words_were_counted_has_a_table(
    counted_languages: list[str],
) -> None:
    assert len(counted_languages) > 10
    for name in counted_languages:
        table = read_capitals(name)
        assert table
        assert set(table.values()) <= set(SHARES)


def test_a_language_without_one_is_told() -> None:
    assert read_capitals("tlh") is None


@pytest.mark.parametrize(
    ("language", "name", "word"),
    [("en", "Vienna", "rain"), ("fr", "Californie", "chaque"), ("de", "Haus", "gehen")],
)
def test_the_tables_tell_names_from_words(language: str, name: str, word: str) -> None:
    table, context = read_capitals(language), load_context([language], frozenset())
    assert table
    assert context

    assert table[name.lower()] > 0.9
    assert word not in table
    assert word in context.tables[0]


def test_a_reading_has_the_capitals_that_its_words_have() -> None:
    decoder = language_decoder(frozenset({Language.ENGLISH}), Mode.HANDWRITTEN)
    assert decoder is not None
    alphabet = ("", *"VvMmisgudeotrnatfhl", " ")

    def read(text: str, capital: int) -> str:
        steps = [[1e-6] * len(alphabet) for _ in range(2 * len(text))]
        for index, character in enumerate(text):
            likely = {character} if index != capital else {character, character.swapcase()}
            for each in likely:
                steps[2 * index][alphabet.index(each)] = 1 / len(likely)
            steps[2 * index + 1][0] = 1.0
        return " ".join(
            word.text
            for word in decoder.decode([np.log(np.array(steps, np.float32))], alphabet).words
        )

    assert read("the Vienna road", 4) == "the Vienna road"
    assert read("the vienna road", 4) == "the Vienna road"
    assert read("of the Misguided ones", 7) == "of the misguided ones"
