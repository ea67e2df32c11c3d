"""What is struck out stands in its line, and in no text."""

from __future__ import annotations

import pytest

from notetext import Line, Page, Paragraph, Word
from notetext.model import PageData, standing_page


def line_of(text: str) -> Line:
    """A line; words with a ``~`` before them are struck out."""
    return Line(words=tuple(word_of(each) for each in text.split()))


def word_of(text: str) -> Word:
    bare = text.removeprefix("~")
    return Word(text=bare, confidence=0.2 if bare != text else 0.9, struck=bare != text)


def page_of(*paragraphs: str) -> Page:
    return Page(
        number=1,
        width=400,
        height=400,
        engine="local",
        paragraphs=tuple(
            Paragraph(lines=tuple(map(line_of, paragraph.splitlines()))) for paragraph in paragraphs
        ),
    )


@pytest.fixture
def page() -> Page:
    return page_of("~not see you\n~on ~Monday\nat ~ten noon", "~the ~end", "yours")


def test_no_text_has_what_is_struck_out(page: Page) -> None:
    assert page.text == "see you\nat noon\n\nyours\n"
    assert page.paragraphs[0].text == "see you\nat noon\n"
    assert [line.text for line in page.lines[:2]] == ["see you", ""]
    assert [line.is_struck for line in page.lines] == [False, True, False, True, False]
    assert "".join(block.text for block in page.blocks) == "see you\nat noon\nyours\n"


def test_words_that_are_struck_out_stand_in_their_places(page: Page) -> None:
    assert [word.text for word in page.lines[2].words] == ["at", "ten", "noon"]
    assert [word.struck for word in page.lines[2].words] == [False, True, False]
    assert len(page.words) == 11


def test_confidence_is_that_of_what_stands(page: Page) -> None:
    assert page.confidence == pytest.approx(0.9)
    assert page.lines[0].confidence == pytest.approx(0.9)
    assert page.lines[1].confidence is None
    assert page.low_confidence() == ()
    assert repr(page) == "Page(number=1, words=5, confidence=0.90)"


def test_a_page_without_them_is_as_if_they_had_never_been(page: Page) -> None:
    expected = page_of("see you\nat noon", "yours")
    assert standing_page(page) == expected


def test_a_page_on_which_nothing_is_struck_out_is_the_same_object() -> None:
    plain = page_of("see you")
    assert standing_page(plain) is plain


def test_parts_of_blocks_have_all_words_of_the_page(page: Page) -> None:
    parts = [part for block in page.blocks for part in block.parts]
    assert sorted(part.line for part in parts) == [0, 1, 2, 3, 4]
    assert [(part.first, part.end) for part in parts[:2]] == [(0, 3), (0, 2)]


def test_json_brings_them_back(page: Page) -> None:
    assert Page.model_validate_json(page.model_dump_json()) == page


def test_nothing_is_struck_out_in_files_of_before() -> None:
    word = {"text": "old", "confidence": 0.5}
    data = {"number": 1, "width": 9, "height": 9, "engine": "local"}
    read = PageData.model_validate({**data, "paragraphs": [{"lines": [{"words": [word]}]}]})
    assert read.text == "old\n"
    assert not read.words[0].struck
