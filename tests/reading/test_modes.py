"""Handwritten or printed, by what an engine reads."""

from __future__ import annotations

import numpy as np
import pytest

from notetext import Kind, Language, Line, Mode, NoteText, Word
from notetext.engines import Engine, Reading, Request
from notetext.errors import UnsupportedLanguageError
from notetext.page_image import PageImage
from notetext.reading.modes import choose_mode, tells_languages
from notetext.reading.options import LanguageTelling

EN, FR, TH = Language.ENGLISH, Language.FRENCH, Language.parse("Thai")


@pytest.mark.parametrize("mode", [Mode.HANDWRITTEN, Mode.PRINTED])
def test_a_mode_that_was_asked_for_is_taken(engine: Engine, mode: Mode) -> None:
    assert choose_mode(engine, mode, [EN]) == (mode, ())


def test_auto_is_handwritten_where_the_engine_reads_the_languages_by_hand(engine: Engine) -> None:
    assert choose_mode(engine, Mode.AUTO, [EN]) == (Mode.HANDWRITTEN, ())


def test_auto_is_printed_with_a_warning_where_it_reads_one_only_as_print(engine: Engine) -> None:
    mode, (warning,) = choose_mode(engine, Mode.AUTO, [EN, FR])
    assert mode is Mode.PRINTED
    assert "fr (French) only as print" in warning
    assert "English" not in warning


def test_a_warning_reaches_every_page(engine: Engine) -> None:
    grey = np.full((40, 60), 200, np.uint8)
    result = NoteText(engine=engine).recognize(grey, language=["en", "fr"])
    assert result.mode is Mode.PRINTED
    assert "fr (French) only as print" in result.pages[0].warnings[0]


def test_a_language_that_is_read_in_the_other_mode_names_that(engine: Engine) -> None:
    with pytest.raises(UnsupportedLanguageError, match='handwritten mode; use mode="printed"'):
        choose_mode(engine, Mode.HANDWRITTEN, [FR])


@pytest.mark.parametrize("mode", [Mode.AUTO, Mode.PRINTED])
def test_a_language_that_is_not_read_at_all_lists_those_that_are(
    engine: Engine, mode: Mode
) -> None:
    with pytest.raises(UnsupportedLanguageError, match=r"en \(English\), fr \(French\)") as caught:
        choose_mode(engine, mode, [EN, TH])
    assert list(caught.value.known) == ["en", "fr"]


class DecidingEngine(Engine):
    """Tells hand from print, and reads French only as print."""

    name = "deciding"
    decides_mode = True

    def languages(self, mode: Mode) -> frozenset[Language]:
        return frozenset({EN} if mode is Mode.HANDWRITTEN else {EN, FR})

    def read(self, image: PageImage, request: Request) -> Reading:
        words = (Word(text=request.mode.value, kind=Kind.PRINTED),)
        return Reading(lines=[Line(words=words)])


def test_an_engine_that_decides_itself_is_left_to_decide() -> None:
    assert choose_mode(DecidingEngine(), Mode.AUTO, [EN]) == (Mode.AUTO, ())
    mode, (warning,) = choose_mode(DecidingEngine(), Mode.AUTO, [FR])
    assert mode is Mode.PRINTED
    assert "only as print" in warning


def test_a_result_says_in_which_mode_most_of_it_was_read() -> None:
    result = NoteText(engine=DecidingEngine()).recognize(np.full((40, 60), 200, np.uint8))
    assert (result.text, result.mode) == ("auto\n", Mode.PRINTED)


class TellingEngine(Engine):
    """Says that a page is in French if it is asked, and what it was asked."""

    name = "telling"
    tells_languages = True

    def read(self, image: PageImage, request: Request) -> Reading:
        language = FR if request.tell_languages else None
        return Reading(lines=[Line(words=(Word(text="oui", language=language),))])


def test_languages_are_told_by_engines_that_can_if_nobody_says_them(engine: Engine) -> None:
    telling = TellingEngine()
    assert tells_languages(telling, LanguageTelling.YES)
    assert tells_languages(telling, LanguageTelling.WHERE_ABLE)
    assert not tells_languages(telling, LanguageTelling.NO)
    assert not tells_languages(engine, LanguageTelling.WHERE_ABLE)


def test_an_engine_that_cannot_tell_languages_says_so(engine: Engine) -> None:
    grey = np.full((40, 60), 200, np.uint8)
    with pytest.raises(UnsupportedLanguageError, match="does not tell languages; give language="):
        NoteText(engine=engine).recognize(grey, language="auto")
    with pytest.raises(UnsupportedLanguageError, match="does not tell languages"):
        NoteText(engine=engine).recognize_many([grey], language="auto", text_layer="ignore")


def test_a_result_says_the_languages_that_were_told_and_else_those_that_were_said() -> None:
    grey, reader = np.full((40, 60), 200, np.uint8), NoteText(engine=TellingEngine())
    for language, found in ((None, FR), ("auto", FR), ("en", EN)):
        result = reader.recognize(grey, language=language)
        assert result.languages == result.pages[0].languages == (found,)


def test_an_engine_that_cannot_tell_reads_english_if_nobody_says_anything(engine: Engine) -> None:
    result = NoteText(engine=engine).recognize(np.full((40, 60), 200, np.uint8))
    assert result.languages == (EN,)
