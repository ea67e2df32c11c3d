import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.alphabets import letters
from notetext.engines.local.vocabulary import TABLES, Vocabulary, load_vocabulary, read_table
from notetext.model import Language

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
    vocabulary = load_vocabulary([Language.ENGLISH])

    listed = vocabulary.beginning("fishing").word_probability
    assert listed > 1000 * vocabulary.beginning("fihsing").word_probability


def test_a_word_that_no_list_holds_is_not_impossible() -> None:
    vocabulary = load_vocabulary([Language.ENGLISH])

    plausible = vocabulary.beginning("brontwell").word_probability
    assert plausible > 1000 * vocabulary.beginning("bxqntwvll").word_probability > 0


def test_hundreds_of_letters_have_a_probability() -> None:
    assert Vocabulary({"a": 1.0}).beginning("z" * 600).word_probability > 0


def test_a_vocabulary_without_words_judges_by_nothing() -> None:
    assert "a" not in Vocabulary({})
    assert Vocabulary({}).beginning("a").probability > 0


def test_the_users_words_count_in_any_case() -> None:
    vocabulary = load_vocabulary([Language.ENGLISH], ["Xarelto", "Van der Brontwell"])

    assert "xarelto" in vocabulary
    assert "brontwell" in vocabulary
    assert vocabulary.beginning("xarelto").word_probability > 1e-5


def test_two_languages_are_mixed() -> None:
    both = load_vocabulary([Language.ENGLISH, Language.FRENCH])

    assert {"although", "aujourd'hui"} <= {
        word for word in ("although", "aujourd'hui") if word in both
    }
    alone = load_vocabulary([Language.FRENCH]).beginning("aujourd'hui").word_probability
    assert both.beginning("aujourd'hui").word_probability == pytest.approx(alone / 2, rel=0.1)


@pytest.mark.parametrize("language", sorted(TABLES))
def test_the_tables_hold_words_of_their_alphabets(language: Language) -> None:
    words = dict(read_table(TABLES[language]))

    assert len(words) > 20_000
    assert set("".join(words)) <= set(letters(language)) | set("'-")
    assert 0.3 < sum(words.values()) < 1.2
