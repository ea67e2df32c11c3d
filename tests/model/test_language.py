"""Languages by constant, code and name."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext import Language
from notetext.errors import UnsupportedLanguageError


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
