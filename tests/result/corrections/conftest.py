"""A page of text at known places, to be corrected."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notetext import Box, Language, Line, Mode, Page, Paragraph, RecognitionResult, Word

MakeResult = Callable[..., RecognitionResult]


def result_of(text: str, *, places: bool = True) -> RecognitionResult:
    """A page of text: every character 10 pixels wide, every line 40 pixels below the one before."""
    paragraphs = []
    number = 0
    for block in text.rstrip("\n").split("\n\n"):
        lines = []
        for row in block.split("\n"):
            lines.append(line_of(row, 20 + 40 * number, places))
            number += 1
        box = Box.around(line.box for line in lines if line.box) if places else None
        paragraphs.append(Paragraph(lines=tuple(lines), box=box))
    page = Page(number=1, width=400, height=400, engine="local", paragraphs=tuple(paragraphs))
    return RecognitionResult(
        engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=(page,)
    )


def line_of(row: str, top: float, places: bool) -> Line:
    words = []
    left = 10.0
    for text in row.split():
        box = Box.rectangle(left, top, left + 10 * len(text), top + 20)
        words.append(Word(text=text, box=box if places else None, confidence=0.5))
        left += 10 * (len(text) + 1)
    box = Box.rectangle(10, top, left - 10, top + 20)
    return Line(words=tuple(words), box=box if places else None)


@pytest.fixture(scope="session", name="result_of")
def result_of_fixture() -> MakeResult:
    """Makes results of texts; see the function."""
    return result_of
