from __future__ import annotations

import pytest

from notetext.engines.local.alphabets import SIGNS, accents, classes, letters, readable_languages
from notetext.engines.local.recognizer_cache import RecognizerCache
from notetext.engines.local.scripts import languages_of
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.weights import GENERAL
from notetext.model import Language


@pytest.fixture(scope="module")
def dictionary() -> tuple[str, ...]:
    return RecognizerCache(GENERAL.find(), threads=1).characters


def test_the_recogniser_knows_every_sign(dictionary: tuple[str, ...]) -> None:
    assert set(SIGNS) <= set(dictionary)


def test_an_alphabet_is_listed_where_it_can_be() -> None:
    assert letters(Language.SPANISH) == "abcdefghijklmnopqrstuvwxyzáéíñóúü"
    assert letters(Language.CHINESE) == ""


def test_accents_are_those_of_the_languages_asked_for() -> None:
    assert accents([Language.SPANISH])["Ñ"] == "N"
    assert accents([Language.SPANISH, Language.POLISH])["ż"] == "z"
    assert "ż" not in accents([Language.SPANISH])
    assert accents([Language.ENGLISH]) == {}
    assert accents([Language.CHINESE]) == {}


def test_a_letter_that_looks_like_no_other_with_an_accent_may_be_read_as_another() -> None:
    assert accents([Language.GERMAN])["ß"] == "B"
    assert "ß" not in accents([Language.FRENCH])


def test_what_a_recogniser_reads_follows_from_its_characters(dictionary: tuple[str, ...]) -> None:
    assert readable_languages(dictionary) == languages_of(GENERAL)
    latin = tuple(
        dictionary[column] for column in classes(dictionary, tuple(sorted(LATIN.languages)))
    )
    assert readable_languages(latin) == LATIN.languages
    assert Language.GERMAN not in readable_languages(tuple(set(latin) - {"ß"}))
    assert readable_languages(("", "a", " ")) == frozenset()


def test_a_text_holds_the_letters_of_all_languages_asked_for(dictionary: tuple[str, ...]) -> None:
    chosen = classes(dictionary, (Language.POLISH, Language.TURKISH))
    alphabet = [dictionary[column] for column in chosen]

    assert {"ł", "Ł", "ğ", "İ", "7", "?", "€"} <= set(alphabet)
    assert "天" not in alphabet
    assert alphabet[0] == ""
    assert alphabet[-1] == " "


def test_every_latin_letter_stays_readable_in_every_latin_language(
    dictionary: tuple[str, ...],
) -> None:
    alphabet = {dictionary[column] for column in classes(dictionary, (Language.ENGLISH,))}

    assert set("řŘőłşñªº") <= alphabet


def test_japanese_brings_kana_and_chinese_characters(dictionary: tuple[str, ...]) -> None:
    alphabet = {dictionary[column] for column in classes(dictionary, (Language.JAPANESE,))}

    assert {"あ", "ア", "天", "。", "a", "1"} <= alphabet
    assert "Ω" not in alphabet


def test_a_text_in_two_scripts_holds_both(dictionary: tuple[str, ...]) -> None:
    both = (Language.JAPANESE, Language.HUNGARIAN)
    alphabet = {dictionary[column] for column in classes(dictionary, both)}

    assert {"あ", "ű", "Ű"} <= alphabet
