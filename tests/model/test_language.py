"""Languages by constant, code and name."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext import Language
from notetext.errors import ConfigurationError, UnsupportedLanguageError
from notetext.model import describe_languages, parse_languages


@given(st.sampled_from(Language))
def test_every_code_and_name_of_a_language_means_it(language: Language) -> None:
    for name in (*language.codes, language.english_name, language.name, language):
        assert Language.parse(name) is language
        assert Language.parse(str(name).upper()) is language


@pytest.mark.parametrize("tag", ["fr-CA", "fr_FR", " French ", "fra", "fre"])
def test_a_regional_tag_means_its_language(tag: str) -> None:
    assert Language.parse(tag) is Language.FRENCH


def test_an_unknown_language_lists_the_known_ones() -> None:
    with pytest.raises(UnsupportedLanguageError, match=r"'Klingon'.*fr \(French\)") as caught:
        Language.parse("Klingon")
    assert "fr" in caught.value.known


def test_no_two_languages_share_a_code() -> None:
    codes = [code for language in Language for code in language.codes]
    assert len(codes) == len(set(codes))


def test_a_language_survives_pickle() -> None:
    assert pickle.loads(pickle.dumps(Language.WELSH)) is Language.WELSH


@given(st.lists(st.sampled_from(Language), min_size=1))
def test_languages_come_in_the_order_given_and_each_once(given_languages: list[Language]) -> None:
    names = [name for language in given_languages for name in (language, language.english_name)]
    assert parse_languages(names) == tuple(dict.fromkeys(given_languages))


def test_one_language_is_a_list_of_one_and_any_list_will_do() -> None:
    assert parse_languages("French") == (Language.FRENCH,)
    assert parse_languages({"fr": 1, "de": 2}.keys()) == parse_languages(("fr", "de"))  # type: ignore[arg-type]


@pytest.mark.parametrize("nothing", [None, 5, 1.5, object()])
def test_what_names_no_language_is_a_configuration_error(nothing: object) -> None:
    with pytest.raises(ConfigurationError, match="names no language; give one, such as 'en'"):
        parse_languages(nothing)  # type: ignore[arg-type]


@pytest.mark.parametrize("nothing", [[], (), {}])
def test_no_languages_at_all_are_a_configuration_error(nothing: list[str]) -> None:
    with pytest.raises(ConfigurationError, match="no language was given"):
        parse_languages(nothing)


@pytest.mark.parametrize("odd", [[None], [5], ["en", None], "", ["en", "Klingon"]])
def test_one_that_is_unknown_among_others_is_named(odd: list[str]) -> None:
    with pytest.raises(UnsupportedLanguageError, match="there is no language"):
        parse_languages(odd)


def test_languages_are_told_by_code_and_name() -> None:
    assert describe_languages([Language.ENGLISH, Language.FRENCH]) == "en (English), fr (French)"
