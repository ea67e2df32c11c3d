"""Pages of paragraphs of lines of words: their texts, their confidences, their limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from notetext.model import (
    DOUBTFUL_BELOW,
    Kind,
    Language,
    Line,
    Mode,
    PageData,
    PageStatus,
    Paragraph,
    Word,
    languages_told,
    mean_confidence,
    mode_read,
    summary,
)

words = st.builds(Word, text=st.text("abcde", max_size=6), confidence=st.none() | st.floats(0, 1))


def page_of(*paragraphs: list[str]) -> PageData:
    """A page of paragraphs of lines."""
    return PageData(
        number=1,
        width=100,
        height=100,
        engine="local",
        paragraphs=tuple(
            Paragraph(
                lines=tuple(
                    Line(words=tuple(Word(text=word) for word in line.split())) for line in lines
                )
            )
            for lines in paragraphs
        ),
    )


def test_lines_end_in_a_newline_and_a_blank_line_stands_between_paragraphs() -> None:
    page = page_of(["one two", "three"], ["four"])
    assert page.text == "one two\nthree\n\nfour\n"
    assert page_of().text == ""
    assert [line.text for line in page.lines] == ["one two", "three", "four"]
    assert [word.text for word in page.words] == ["one", "two", "three", "four"]


def test_blanks_that_are_known_stand_in_the_text_and_others_as_the_script_sets_them() -> None:
    texts = {"if": 4, "p": 1, ">": None, "0:": 3}
    line = Line(words=tuple(Word(text=text, blanks=blanks) for text, blanks in texts.items()))
    assert line.text == "    if p >   0:"
    assert line.blanks == (4, 1, 1, 3)
    assert line.is_spaced
    assert not Line(words=(Word(text="if"), Word(text="p"))).is_spaced
    assert Line(words=(Word(text="天気"), Word(text="予報"))).text == "天気予報"


@given(st.lists(st.text("ab天気", max_size=4), max_size=5))
def test_a_line_of_words_loses_no_character(parts: list[str]) -> None:
    line = Line(words=tuple(Word(text=part) for part in parts))
    assert line.text.replace(" ", "") == "".join(parts)


@given(st.lists(words, max_size=8))
def test_the_confidence_of_a_line_lies_between_those_of_its_words(given_words: list[Word]) -> None:
    sure = [word.confidence for word in given_words if word.confidence is not None and word.text]
    mean = Line(words=tuple(given_words)).confidence
    assert mean == mean_confidence(given_words)
    if not sure:
        assert mean is None
    else:
        assert mean is not None
        assert min(sure) - 1e-9 <= mean <= max(sure) + 1e-9


@given(st.floats(0, 1))
def test_a_word_is_doubtful_below_the_limit_and_not_at_it(confidence: float) -> None:
    word = Word(text="word", confidence=confidence)
    assert word.is_doubtful() == (confidence < DOUBTFUL_BELOW)
    assert not word.is_doubtful(below=confidence)


def test_a_look_is_worth_what_is_doubtful_or_of_unknown_confidence() -> None:
    unsure, sure, unknown = (
        Word(text="unsure", confidence=0.5),
        Word(text="sure", confidence=0.9),
        Word(text="unknown"),
    )
    line = Line(words=(unsure, sure, unknown))
    page = page_of().model_copy(update={"paragraphs": (Paragraph(lines=(line,)),)})
    assert page.low_confidence() == (unsure, unknown)
    assert page.low_confidence(below=0.95) == (unsure, sure, unknown)
    assert not unknown.is_doubtful()


def test_a_summary_tells_how_much_was_read_and_how_surely() -> None:
    assert summary([]) == "words=0, confidence=unknown"
    assert summary([Word(text="ab", confidence=0.5)]) == "words=1, confidence=0.50"


@pytest.mark.parametrize(
    "wrong",
    [{"number": 0}, {"width": -1}, {"dpi": 0}, {"status": "torn"}, {"engine": None}],
    ids=str,
)
def test_what_cannot_be_a_page_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PageData.model_validate(page_of(["a"]).model_dump() | wrong)


def test_a_page_that_could_not_be_opened_has_no_size_and_says_so() -> None:
    page = PageData(number=3, width=0, height=0, engine="local", status=PageStatus.FAILED)
    assert (page.text, page.words, page.confidence) == ("", (), None)


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_a_confidence_is_a_number_from_zero_to_one(confidence: float) -> None:
    with pytest.raises(ValidationError):
        Word(text="a", confidence=confidence)


def test_a_line_is_what_most_of_its_characters_are() -> None:
    label = Word(text="Name:", kind=Kind.PRINTED)
    short, long = (Word(text=text, kind=Kind.HANDWRITTEN) for text in ("Ann", "Bartholomew"))
    assert Line(words=(label, short)).kind is Kind.PRINTED
    assert Line(words=(label, long)).kind is Kind.HANDWRITTEN
    assert Line(words=(Word(text="Ann"),)).kind is None


def test_a_kind_is_kept_in_json_and_files_of_before_have_none() -> None:
    word = Word(text="Ann", kind=Kind.HANDWRITTEN)
    assert Word.model_validate_json(word.model_dump_json()) == word
    assert Word.model_validate_json('{"text": "Ann"}').kind is None


def test_a_paragraph_is_in_the_language_of_most_of_its_characters() -> None:
    english = Word(text="window", language=Language.ENGLISH)
    french = Word(text="oui", language=Language.FRENCH)
    line = Line(words=(english, french, Word(text="12345678")))
    assert line.language is Paragraph(lines=(line,)).language is Language.ENGLISH
    assert languages_told(line.words) == (Language.ENGLISH, Language.FRENCH)
    assert Line(words=(Word(text="oui"),)).language is None


def test_the_mode_that_was_read_in_is_never_auto() -> None:
    printed, unknown = Word(text="Total", kind=Kind.PRINTED), Word(text="Total")
    assert mode_read(Mode.HANDWRITTEN, [printed]) is Mode.HANDWRITTEN
    assert mode_read(Mode.AUTO, [printed]) is Mode.PRINTED
    assert mode_read(Mode.AUTO, [unknown]) is mode_read(Mode.AUTO, []) is Mode.HANDWRITTEN
