from __future__ import annotations

import pytest

from notetext.engines.local.recognizer_cache import RecognizerCache
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.vocabulary import read_table
from notetext.engines.local.weights import GENERAL
from notetext.model import Language, Mode


@pytest.fixture(scope="module")
def dictionaries() -> dict[Mode, frozenset[str]]:
    """The characters that the recognisers know."""
    return {
        mode: frozenset(RecognizerCache(weights.find(), threads=1).characters)
        for mode, weights in LATIN.weights.items()
    }


@pytest.mark.parametrize("mode", [Mode.HANDWRITTEN, Mode.PRINTED])
@pytest.mark.parametrize("language", sorted(LATIN.languages))
def test_the_recogniser_knows_every_letter_of_an_alphabet(
    language: Language, mode: Mode, dictionaries: dict[Mode, frozenset[str]]
) -> None:
    lower = LATIN.letters[language]
    upper = {letter.upper() for letter in lower if len(letter.upper()) == 1}

    assert set(lower) | upper | set(LATIN.more_capitals.values()) <= dictionaries[mode]


def test_languages_with_letters_that_the_recogniser_lacks_are_not_described() -> None:
    for language in (Language.VIETNAMESE, Language.GREEK, Language.RUSSIAN, Language.WELSH):
        assert language not in LATIN.languages


def test_handwriting_has_weights_of_its_own() -> None:
    assert LATIN.weights[Mode.HANDWRITTEN] != LATIN.weights[Mode.PRINTED] == GENERAL


@pytest.mark.parametrize("language", sorted(LATIN.tables))
def test_the_tables_hold_words_of_their_alphabets(language: Language) -> None:
    words = dict(read_table(LATIN.tables[language]))

    assert len(words) > 20_000
    assert set("".join(words)) <= set(LATIN.letters[language]) | set("'-")
    assert 0.3 < sum(words.values()) < 1.2


def test_what_is_said_of_a_language_is_said_of_one_that_is_described() -> None:
    assert LATIN.tables.keys() <= LATIN.languages
    assert LATIN.capital_nouns <= LATIN.languages
    assert LATIN.links.keys() <= LATIN.tables.keys()


@pytest.mark.parametrize("language", sorted(LATIN.links))
def test_what_links_words_is_made_of_letters_and_not_always_there(language: Language) -> None:
    links = LATIN.links[language]

    assert set("".join(links)) <= set(LATIN.letters[language])
    assert all(links)
    assert 0 <= sum(links.values()) < 0.5


def test_accents_are_those_of_the_alphabets() -> None:
    assert LATIN.accents["ç"] == "c"
    assert LATIN.accents["Ű"] == "U"
    assert not LATIN.accents.keys() & set("aßæøłı")
