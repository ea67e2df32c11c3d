"""Which language somebody meant."""

from __future__ import annotations

import pytest

from notetext import Language, NoteText
from notetext.errors import UnsupportedLanguageError
from notetext.model import list_languages
from notetext.model.spoken_names import _SPOKEN, probable_code


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("Englsh", Language.ENGLISH),
        ("frnech", Language.FRENCH),
        ("Deutsch", Language.GERMAN),
        ("español", Language.SPANISH),
        ("jp", Language.JAPANESE),
        ("germ", Language.GERMAN),
        ("Klingon", None),
        ("xx", None),
        ("", None),
    ],
)
def test_a_language_is_known_by_what_it_is_called(typed: str, language: Language | None) -> None:
    english_names = {each.english_name: each.value for each in Language}
    assert probable_code(typed, english_names) == language


def test_what_a_language_has_as_its_name_is_in_no_need_of_a_suggestion() -> None:
    for names in _SPOKEN.values():
        for name in names:
            with pytest.raises(UnsupportedLanguageError):
                Language.parse(name)


def test_the_message_has_what_was_meant_and_what_can_be_read() -> None:
    with pytest.raises(UnsupportedLanguageError) as caught:
        NoteText().recognize("gone.jpg", language="Deutsch")
    assert "'Deutsch' (did you mean 'de', German?)" in caught.value.message
    assert "the engine 'local' reads af, az, " in caught.value.message
    assert len(caught.value.message) < 500
    local = caught.value.known.index("zu") + 1
    assert "th" not in caught.value.known[:local]
    assert set(caught.value.known) == {language.value for language in Language}


def test_one_that_the_engine_does_not_read_is_told_as_shortly() -> None:
    with pytest.raises(UnsupportedLanguageError, match="does not read th") as caught:
        NoteText().recognize_many([], language="Thai", text_layer="ignore")
    assert len(caught.value.message) < 500


def test_languages_are_told_in_full_by_code_or_by_number() -> None:
    assert list_languages([Language.ENGLISH]) == "en (English)"
    assert list_languages(list(Language)[:9]).endswith("bn (`notetext languages` has their names)")
    assert list_languages(Language).startswith(f"{len(Language)} languages")
