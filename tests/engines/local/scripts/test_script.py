from __future__ import annotations

from notetext.engines.local.scripts.script import Script, decomposed
from notetext.engines.local.weights import GENERAL
from notetext.model import Language, Mode

GREEK = Script(
    name="Greek",
    letters={Language.GREEK: "αβγδεζηθικλμνξοπρστυφχψω"},
    weights={Mode.PRINTED: GENERAL},
)
CYRILLIC = Script(
    name="Cyrillic",
    letters={Language.RUSSIAN: "абв", Language.BULGARIAN: "абв"},
    weights={Mode.PRINTED: GENERAL},
    reads_also=(GREEK,),
)


def test_a_script_reads_its_own_languages_together() -> None:
    assert CYRILLIC.reads([Language.RUSSIAN, Language.BULGARIAN])
    assert not CYRILLIC.reads([Language.RUSSIAN, Language.ENGLISH])


def test_a_script_reads_the_languages_of_another_one_if_it_says_so() -> None:
    assert CYRILLIC.reads([Language.RUSSIAN, Language.GREEK])
    assert not GREEK.reads([Language.RUSSIAN, Language.GREEK])


def test_a_script_holds_no_characters_beyond_its_letters_unless_it_says_so() -> None:
    assert not any(map(GREEK.holds, "αb天"))


def test_letters_lose_their_accents_capitals_too() -> None:
    assert decomposed("aéñ") == {"é": "e", "É": "E", "ñ": "n", "Ñ": "N"}


def test_letters_that_are_no_accented_ones_lose_nothing() -> None:
    assert decomposed("aøłßæı") == {}
