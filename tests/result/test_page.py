"""A page, and what can be done with it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from PIL import Image

from notetext import Box, NoteText, Page, Paragraph, RecognitionResult
from notetext.engines import Engine
from notetext.errors import MissingSourceError
from notetext.model import Line, PageData, Word


@pytest.fixture
def result(engine: Engine, tmp_path: Path) -> RecognitionResult:
    path = tmp_path / "note.png"
    Image.new("L", (60, 40), 200).save(path)
    return NoteText(engine=engine).recognize(path)


def test_a_page_draws_its_words_on_its_document(result: RecognitionResult) -> None:
    (page,) = result.pages
    overlay = page.overlay()
    assert (overlay.mode, overlay.size) == ("RGB", (60, 40))
    assert overlay.getpixel((30, 20)) != (200, 200, 200)


def test_a_page_alone_is_drawn_on_a_picture_that_is_given() -> None:
    word = Word(text="hi", box=Box.rectangle(10, 10, 40, 30), confidence=0.9)
    paragraph = Paragraph(lines=(Line(words=(word,)),))
    page = Page(number=3, width=60, height=40, engine="x", paragraphs=(paragraph,))
    assert page.overlay(Image.new("L", (60, 40), 255)).size == (60, 40)
    with pytest.raises(MissingSourceError, match=r"result\.attach"):
        page.overlay()


def test_a_page_is_the_same_value_whether_it_holds_its_document_or_not(
    result: RecognitionResult,
) -> None:
    (page,) = result.pages
    bare = pickle.loads(pickle.dumps(page))
    assert bare == page
    assert hash(bare) == hash(page)
    with pytest.raises(MissingSourceError):
        bare.overlay()


def test_a_page_of_values_alone_reads_the_same(result: RecognitionResult) -> None:
    (page,) = result.pages
    values = PageData.model_validate(page.model_dump())
    assert (values.text, values.words, values.confidence) == (
        page.text,
        page.words,
        page.confidence,
    )


def test_a_repr_is_short_and_tells_how_much_was_read(result: RecognitionResult) -> None:
    assert repr(result.pages[0]) == "Page(number=1, words=3, confidence=0.50)"
