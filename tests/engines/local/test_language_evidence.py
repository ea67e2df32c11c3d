"""What words and letters say of a text's language."""

from __future__ import annotations

import numpy as np
import pytest
from measuring.drawn.sentences import paragraph, sentences

from notetext.engines.local.language_evidence import language_evidence, words_of
from notetext.engines.local.scripts import SCRIPTS
from notetext.model import Language


def told(text: str) -> str:
    evidence = language_evidence()
    return evidence.tables[evidence.of(text).argmax()]


@pytest.mark.parametrize("language", sentences())
def test_three_lines_tell_the_language_they_are_in(language: Language) -> None:
    for number in range(len(sentences()[language])):
        assert told(" ".join(paragraph(language, number))) == language.value


def test_misread_letters_and_lost_accents_leave_it_told() -> None:
    assert told("Wlr sind am Flufs entlang gegangcn, bis man deu Weg nieht mehr sah.") == "de"
    assert told("La maison ou j'ai grandi se trouve derriere l'eglise du village.") == "fr"


@pytest.mark.parametrize(
    "text", ["", "12.50 €", "555-0134", "a@b.org", "https://x.org/the/and", "J."]
)
def test_what_is_no_prose_says_nothing(text: str) -> None:
    assert not language_evidence().of(text).any()


def test_no_single_word_says_more_than_a_few_do() -> None:
    strange = language_evidence().of("Przybyszewski")
    assert np.ptp(strange) < 7
    assert np.ptp(language_evidence().of("where is the key of the house")) > 10


def test_every_language_with_words_of_its_own_can_be_told() -> None:
    named = {name for script in SCRIPTS for name in script.tables.values()}
    assert set(language_evidence().tables) == named


def test_an_apostrophe_is_one_however_it_is_drawn() -> None:
    assert list(words_of("l’eau d'été")) == list(words_of("l'eau d’été"))
