"""A part of a page is read as it is read on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from notetext import NoteText
from notetext.model import Box
from notetext.result import RecognitionResult


@pytest.fixture(scope="module")
def reader() -> NoteText:
    return NoteText()


@pytest.fixture(scope="module")
def page() -> Path:
    return Path(__file__).parents[2] / "examples" / "notes" / "printed.jpg"


@pytest.fixture(scope="module")
def whole(reader: NoteText, page: Path) -> RecognitionResult:
    return reader.recognize(page)


def around(box: Box | None) -> tuple[float, float, float, float]:
    """A box with a tenth of its height around it."""
    assert box is not None
    rim = 0.1 * (box.bottom - box.top)
    return max(0, box.left - rim), max(0, box.top - rim), box.right + rim, box.bottom + rim


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 2, 5])
def test_a_line_of_a_page_reads_as_it_does_on_the_page(
    number: int, reader: NoteText, page: Path, whole: RecognitionResult
) -> None:
    line = [line for part in whole.pages[0].paragraphs for line in part.lines][number]
    result = reader.recognize(page, region=around(line.box))
    assert result.text.strip() == line.text


@pytest.mark.slow
@pytest.mark.parametrize("number", [3, 12])
def test_a_word_of_a_page_reads_as_it_does_on_the_page(
    number: int, reader: NoteText, page: Path, whole: RecognitionResult
) -> None:
    words = [word for word in whole.words if len(word.text) > 3]
    result = reader.recognize(page, region=around(words[number].box))
    assert words[number].text in result.text.split()


@pytest.mark.slow
def test_some_lines_of_a_page_read_as_they_do_on_the_page(
    reader: NoteText, page: Path, whole: RecognitionResult
) -> None:
    lines = [line for part in whole.pages[0].paragraphs for line in part.lines][1:4]
    boxes = [around(line.box) for line in lines]
    region = (
        min(box[0] for box in boxes),
        boxes[0][1],
        max(box[2] for box in boxes),
        boxes[-1][3],
    )
    result = reader.recognize(page, region=region)
    assert result.text.split() == " ".join(line.text for line in lines).split()
