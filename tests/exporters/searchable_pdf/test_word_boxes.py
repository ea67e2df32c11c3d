"""Where words are put: at their own places, or at their share of the line or of the page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from notetext import Box, Line, Page, Paragraph, RecognitionResult, Word
from notetext.exporters.searchable_pdf.word_boxes import boxed_words

Rectangle = tuple[float, float, float, float]
ResultOf = Callable[..., RecognitionResult]
FindWords = Callable[..., list[tuple[str, Rectangle]]]
ToText = Callable[..., str]


def pdf_of(result: RecognitionResult) -> bytes:
    data = result.to("pdf")
    assert isinstance(data, bytes)
    return data


def test_words_without_places_are_found_in_their_order(
    result_of: ResultOf, pdfium_words: FindWords, pdftotext: ToText
) -> None:
    texts = [[["first line here", "second line"], ["third"]]]
    paper = Image.new("L", (600, 800), "white")
    result = result_of(texts)
    source = result.source.model_copy(update={"sha256": None})
    result = result.model_copy(update={"source": source}).attach(paper)
    assert pdftotext(pdf_of(result)).split() == result.text.split()
    # A line that has a place lends it to its words.
    box = Box.rectangle(60, 60, 540, 100)
    line = Line(words=(Word(text="ab"), Word(text="cdefg")), box=box)
    page = result.pages[0].model_copy(update={"paragraphs": (Paragraph(lines=(line,)),)})
    ab, rest = pdfium_words(pdf_of(result.model_copy(update={"pages": (page,)})))
    assert ab[1][0] == pytest.approx(60 * 0.24, abs=1)
    assert rest[1][2] == pytest.approx(540 * 0.24, abs=1)


def page_of(*lines: Line) -> Page:
    paragraphs = (Paragraph(lines=lines),)
    return Page(number=1, width=1000, height=800, engine="local", paragraphs=paragraphs)


words = st.lists(st.text("abcde", min_size=1, max_size=6), min_size=1, max_size=5)


@given(st.lists(words, min_size=1, max_size=6))
def test_bands_of_the_page_hold_what_has_no_place_in_its_order(lines: list[list[str]]) -> None:
    page = page_of(*(Line(words=tuple(Word(text=text) for text in line)) for line in lines))
    placed = list(boxed_words(page))
    assert [word.text for word in placed] == [text for line in lines for text in line]
    for word in placed:
        assert 0 <= word.box.left < word.box.right <= page.width
        assert 0 <= word.box.top < word.box.bottom <= page.height
    for before, after in pairwise(placed):
        if before.box.top == after.box.top:
            assert before.box.right < after.box.left
        else:
            assert before.box.bottom < after.box.top


def test_a_word_keeps_its_own_place_and_ends_a_little_before_one_that_touches_it() -> None:
    first, second, third = (Box.rectangle(x, 100, x + 200, 140) for x in (0, 200, 500))
    named = zip("abc", (first, second, third), strict=True)
    line = Line(words=tuple(Word(text=text, box=box) for text, box in named))
    placed = list(boxed_words(page_of(line)))
    assert placed[0].box.right == pytest.approx(200 - 0.2 * 40)
    assert placed[1].box == second
    assert placed[2].box == third
    assert [word.blank_after for word in placed] == [True, True, False]


def test_between_words_of_a_script_without_blanks_there_is_none() -> None:
    (first, _) = boxed_words(page_of(Line(words=(Word(text="天気"), Word(text="予報")))))
    assert not first.blank_after


def test_what_says_nothing_is_left_out() -> None:
    page = page_of(Line(words=(Word(text=""), Word(text="a"))), Line(words=(Word(text=""),)))
    assert [word.text for word in boxed_words(page)] == ["a"]
