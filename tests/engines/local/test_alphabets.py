import onnxruntime as ort  # type: ignore[import-untyped]
import pytest

from notetext.engines.local.alphabets import (
    LATIN,
    SIGNS,
    SUPPORTED,
    classes,
    letters,
    readable_languages,
)
from notetext.engines.local.vocabulary import TABLES
from notetext.engines.local.weights import find_weights
from notetext.model import Language

EAST_ASIAN = {Language.CHINESE, Language.JAPANESE}


@pytest.fixture(scope="module")
def dictionary() -> tuple[str, ...]:
    session = ort.InferenceSession(find_weights().recognition.path)
    metadata: dict[str, str] = session.get_modelmeta().custom_metadata_map
    return ("", *metadata["character"].split("\n"), " ")


@pytest.mark.parametrize("language", sorted(SUPPORTED - EAST_ASIAN))
def test_the_recogniser_knows_every_letter_of_a_supported_language(
    language: Language, dictionary: tuple[str, ...]
) -> None:
    lower = letters(language)
    upper = {letter.upper() for letter in lower if len(letter.upper()) == 1}

    assert (set(lower) | upper) <= set(dictionary)


def test_the_recogniser_knows_every_sign(dictionary: tuple[str, ...]) -> None:
    assert set(SIGNS) <= set(dictionary)


def test_languages_with_letters_that_the_recogniser_lacks_are_not_supported() -> None:
    for language in (Language.VIETNAMESE, Language.GREEK, Language.RUSSIAN, Language.WELSH):
        assert language not in SUPPORTED


def test_what_a_recogniser_reads_follows_from_its_characters(dictionary: tuple[str, ...]) -> None:
    assert readable_languages(dictionary) == SUPPORTED
    latin = tuple(dictionary[column] for column in classes(dictionary, tuple(sorted(LATIN))))
    assert readable_languages(latin) == LATIN
    assert Language.GERMAN not in readable_languages(tuple(set(latin) - {"ß"}))


def test_every_language_with_a_word_list_is_supported() -> None:
    assert set(TABLES) <= SUPPORTED


def test_a_text_holds_the_letters_of_all_languages_asked_for(dictionary: tuple[str, ...]) -> None:
    chosen = classes(dictionary, (Language.POLISH, Language.TURKISH))
    alphabet = [dictionary[column] for column in chosen]

    assert {"ł", "Ł", "ğ", "İ", "7", "?", "€"} <= set(alphabet)
    assert "ű" not in alphabet
    assert "天" not in alphabet
    assert alphabet[0] == ""
    assert alphabet[-1] == " "


def test_japanese_brings_kana_and_chinese_characters(dictionary: tuple[str, ...]) -> None:
    alphabet = {dictionary[column] for column in classes(dictionary, (Language.JAPANESE,))}

    assert {"あ", "ア", "天", "。", "a", "1"} <= alphabet
    assert "Ω" not in alphabet
