import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.compounds import Compounds
from notetext.engines.local.word_tree import WordTree

WORDS = ["haus", "land", "recht", "tür", "und"]


def compounds(links: dict[str, float] | None = None) -> Compounds:
    return Compounds(WordTree(WORDS), WORDS, np.full(len(WORDS), 1 / len(WORDS)), links or {})


@pytest.mark.parametrize("word", ["haustür", "landrecht", "landhaustür"])
def test_words_in_a_row_are_a_compound(word: str) -> None:
    assert compounds().begun(word).whole > 0


@pytest.mark.parametrize("letters", ["haus", "haustü", "hausxtür", "xhaustür", "haustürx"])
def test_what_is_more_or_less_than_words_is_none(letters: str) -> None:
    assert compounds().begun(letters).whole == 0


def test_two_words_are_likelier_than_three() -> None:
    assert compounds().begun("haustür").whole > compounds().begun("landhaustür").whole


def test_letters_may_link_the_words_of_a_compound() -> None:
    linked = compounds({"s": 0.2, "es": 0.1})

    for word in ("landsrecht", "landesrecht"):
        assert compounds().begun(word).whole == 0
        assert linked.begun("landrecht").whole > linked.begun(word).whole > 0
    assert linked.begun("lands").whole == 0


def test_a_word_of_two_letters_is_no_part() -> None:
    short = Compounds(WordTree(["ab", "haus"]), ["ab", "haus"], np.array([0.5, 0.5]), {})

    assert short.begun("abhaus").whole == short.begun("hausab").whole == 0


def test_the_commonest_words_are_parts_less_often_than_they_are_words() -> None:
    uneven = Compounds(
        WordTree(["haus", "tür", "und"]), ["haus", "tür", "und"], np.array([0.01, 0.01, 0.98]), {}
    )

    assert uneven.begun("hausund").whole < 98 * uneven.begun("haustür").whole / 5


@given(st.lists(st.sampled_from([*WORDS, "s", "es"]), max_size=4).map("".join))
def test_what_a_beginning_goes_on_to_has_its_probability_together(letters: str) -> None:
    begun = compounds({"s": 0.2, "es": 0.1}).begun(letters)
    # The first word by itself is no compound, so its share goes on with the next.
    longer = sum(begun.ahead(letter) for letter in "abcdefghilnorstuü")

    assert begun.whole + longer == pytest.approx(begun.probability, rel=1e-3, abs=1e-12)


@given(
    st.lists(st.sampled_from([*WORDS, "s"]), max_size=4).map("".join),
    st.sampled_from("ehlrstu"),
)
def test_looking_ahead_says_what_going_on_does(letters: str, letter: str) -> None:
    begun = compounds({"s": 0.2}).begun(letters)
    followed = begun.followed_by(letter)

    assert followed.probability == pytest.approx(begun.ahead(letter), rel=1e-3)
