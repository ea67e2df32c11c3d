"""What is doubtful is the same to everyone who asks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from lxml import html

from notetext import Language, Line, Mode, NoteText, Page, Paragraph, RecognitionResult, Word
from notetext.engines import Engine
from notetext.model import DOUBTFUL_BELOW

CONFIDENCES = (0.0, 0.3, 0.55, 0.65, 0.79, 0.84, 0.86, 0.89, 0.9, 0.91, 1.0)
"""On both sides of every limit that there ever was."""
WORDS = tuple(Word(text=f"w{confidence}", confidence=confidence) for confidence in CONFIDENCES)
DOUBTFUL = [word.text for word in WORDS if word.is_doubtful()]


@pytest.fixture
def result(engine: Engine) -> RecognitionResult:
    """A result of such words, on a page that can be seen."""
    read = NoteText(engine=engine).recognize(np.full((40, 60), 200, np.uint8))
    paragraph = Paragraph(lines=(Line(words=WORDS),))
    page = read.pages[0].model_copy(update={"paragraphs": (paragraph,)})
    return read.model_copy(update={"pages": (page,)})


def test_some_words_are_doubtful_and_some_are_not() -> None:
    assert DOUBTFUL == ["w0.0", "w0.3", "w0.55", "w0.65", "w0.79", "w0.84", "w0.86", "w0.89"]
    assert not Word(text="unknown").is_doubtful()
    assert Word(text="w", confidence=0.5).is_doubtful(below=0.6)
    assert not Word(text="w", confidence=0.5).is_doubtful(below=0.5)


def test_what_is_worth_a_look_is_what_is_doubtful(result: RecognitionResult) -> None:
    assert [word.text for word in result.low_confidence()] == DOUBTFUL
    assert [word.text for word in result.pages[0].low_confidence()] == DOUBTFUL


def test_a_word_of_which_nobody_knows_is_worth_a_look_and_is_not_marked() -> None:
    paragraph = Paragraph(lines=(Line(words=(Word(text="unknown"),)),))
    page = Page(number=1, width=0, height=0, engine="x", paragraphs=(paragraph,))
    result = RecognitionResult(
        engine="x", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=(page,)
    )
    assert [word.text for word in result.low_confidence()] == ["unknown"]
    assert list(html.fromstring(result._repr_html_()).iter("mark")) == []


def test_a_notebook_marks_the_doubtful_words(result: RecognitionResult) -> None:
    marks = html.fromstring(result._repr_html_()).iter("mark")
    assert [mark.text for mark in marks] == DOUBTFUL


def test_a_review_page_marks_the_doubtful_words(result: RecognitionResult, tmp_path: Path) -> None:
    page = html.parse(result.save(tmp_path / "note.html"))
    (settings,) = page.xpath("//script[@id='settings']/text()")
    # A script of the page compares; tests of the exporter look at it in a browser.
    assert json.loads(settings)["doubtfulBelow"] == DOUBTFUL_BELOW
    assert [word.text for word in WORDS if (word.confidence or 0) < DOUBTFUL_BELOW] == DOUBTFUL
