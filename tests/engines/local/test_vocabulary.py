import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.vocabulary import Vocabulary, load_vocabulary, read_table

WORDS = st.dictionaries(
    st.text("abc'", min_size=1, max_size=5), st.floats(1e-6, 1), min_size=1, max_size=20
)


@given(WORDS)
def test_the_words_and_what_they_go_on_to_share_the_probability_of_their_beginning(
    frequencies: dict[str, float],
) -> None:
    vocabulary = Vocabulary(frequencies)

    for word in frequencies:
        beginning = vocabulary.beginning(word)
        longer = sum(beginning.followed_by(letter).probability for letter in "abc'")
        assert beginning.word_probability + longer == pytest.approx(beginning.probability, abs=0.02)


def test_a_listed_word_is_likelier_than_one_of_like_letters() -> None:
    vocabulary = load_vocabulary(["en"])

    listed = vocabulary.beginning("fishing").word_probability
    assert listed > 1000 * vocabulary.beginning("fihsing").word_probability


def test_a_word_that_no_list_holds_is_not_impossible() -> None:
    vocabulary = load_vocabulary(["en"])

    plausible = vocabulary.beginning("brontwell").word_probability
    assert plausible > 1000 * vocabulary.beginning("bxqntwvll").word_probability > 0


def test_a_word_made_of_words_is_likelier_than_one_of_like_letters() -> None:
    vocabulary = load_vocabulary(["de"], links={"s": 0.2})
    separate = load_vocabulary(["de"])

    for word in ("fleischfabrikant", "delegationsmitglied", "streikaufruf"):
        assert word not in vocabulary
        joined = vocabulary.beginning(word).word_probability
        assert joined > 100 * separate.beginning(word).word_probability
    assert vocabulary.beginning("fleischfabrilant").word_probability < joined / 100


def test_the_likeliest_words_stay_nearly_as_likely_where_words_are_made_of_words() -> None:
    joined, separate = load_vocabulary(["de"], links={}), load_vocabulary(["de"])

    for word in ("und", "haus", "zusammen"):
        assert joined.beginning(word).word_probability == pytest.approx(
            separate.beginning(word).word_probability, rel=0.05
        )


@given(WORDS)
def test_compounds_have_their_share_of_the_probability_too(frequencies: dict[str, float]) -> None:
    vocabulary = Vocabulary(frequencies, {"b": 0.1})

    for word in frequencies:
        beginning = vocabulary.beginning(word)
        longer = sum(beginning.followed_by(letter).probability for letter in "abc'")
        assert beginning.word_probability + longer == pytest.approx(beginning.probability, abs=0.02)
        assert beginning.ahead("a") == pytest.approx(beginning.followed_by("a").probability)


def test_hundreds_of_letters_have_a_probability() -> None:
    assert Vocabulary({"a": 1.0}).beginning("z" * 600).word_probability > 0


def test_a_vocabulary_without_words_judges_by_nothing() -> None:
    assert "a" not in Vocabulary({})
    assert Vocabulary({}).beginning("a").probability > 0


def test_the_users_words_count_in_any_case() -> None:
    vocabulary = load_vocabulary(["en"], ["Xarelto", "Van der Brontwell"])

    assert "xarelto" in vocabulary
    assert "brontwell" in vocabulary
    assert vocabulary.beginning("xarelto").word_probability > 1e-5


def test_two_languages_are_mixed() -> None:
    both = load_vocabulary(["en", "fr"])

    assert {"although", "aujourd'hui"} <= {
        word for word in ("although", "aujourd'hui") if word in both
    }
    alone = load_vocabulary(["fr"]).beginning("aujourd'hui").word_probability
    assert both.beginning("aujourd'hui").word_probability == pytest.approx(alone / 2, rel=0.1)


def test_a_table_counts_once_however_often_it_is_named() -> None:
    once, twice = load_vocabulary(["de"]), load_vocabulary(["de", "de"])
    word = "haus"
    assert once.beginning(word).word_probability == twice.beginning(word).word_probability


def test_german_words_have_their_eszett_and_those_of_switzerland_and_capitals_none() -> None:
    words = dict(read_table("de"))

    for with_it, without in (("straße", "strasse"), ("groß", "gross"), ("heißt", "heisst")):
        assert words[with_it] > 5 * words[without] > 0
    for with_it, without in (("daß", "dass"), ("muß", "muss")):
        assert words[without] > 5 * words[with_it] > 0
    assert "gaße" not in words


def test_a_table_holds_its_likeliest_words_first() -> None:
    words = list(read_table("en"))

    assert words[0][0] == "the"
    frequencies = [frequency for _, frequency in words]
    assert frequencies == sorted(frequencies, reverse=True)
