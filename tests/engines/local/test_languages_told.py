"""Pages whose language nobody said, drawn and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from measuring.drawn.sentences import drawn, paragraph, sentences
from PIL import ImageFont

from notetext import Language, NoteText
from notetext.engines.local import LocalEngine

EN, FR = Language.ENGLISH, Language.FRENCH
FONTS = ("dkg.ttf", "LiberationSans-Regular.ttf", "DejaVuSerif.ttf")


def font_of(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(next(Path("/usr/share/fonts").rglob(name)), 30)


@pytest.fixture(scope="module")
def reader() -> NoteText:
    return NoteText(engine=LocalEngine(threads=1))


def test_a_page_of_two_paragraphs_comes_out_in_both_languages(reader: NoteText) -> None:
    english, french = paragraph(EN, 1), paragraph(FR, 2)
    page = drawn([english, french], font_of("DejaVuSerif.ttf"))
    result = reader.recognize(page)
    (read,) = result.pages
    assert result.languages == read.languages
    assert set(read.languages) == {EN, FR}
    assert [part.language for part in read.paragraphs] == [EN, FR]
    assert read.text == "\n".join(
        "".join(f"{line}\n" for line in part) for part in (english, french)
    )


def test_a_page_is_read_as_if_its_language_had_been_said(reader: NoteText) -> None:
    page = drawn([paragraph(FR, 4)], font_of("dkg.ttf"))
    told, said = (reader.recognize(page, language=language) for language in ("auto", "fr"))
    assert told.text == said.text
    assert told.languages == said.languages == (FR,)
    assert {word.language for word in told.words} == {FR}
    assert {word.language for word in said.words} == {None}


def test_pixels_alone_tell_the_language_too() -> None:
    reader = NoteText(engine=LocalEngine(threads=1, language_model=None))
    result = reader.recognize(drawn([paragraph(FR, 4)], font_of("DejaVuSerif.ttf")))
    assert result.languages == (FR,)


def test_an_empty_page_is_in_no_language(reader: NoteText) -> None:
    page = drawn([[" "]], font_of("DejaVuSerif.ttf"))
    assert reader.recognize(page).languages == ()


@pytest.mark.slow
@pytest.mark.parametrize("font", FONTS)
def test_three_lines_by_hand_or_in_print_tell_the_language(reader: NoteText, font: str) -> None:
    told = {
        language: reader.recognize(drawn([paragraph(language, 3)], font_of(font))).languages
        for language in sentences()
    }
    right = [language for language, found in told.items() if found == (language,)]
    assert len(right) >= 0.95 * len(told), told
