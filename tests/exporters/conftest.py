"""Results for exporters: an example note that was really read, and small ones made by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from notetext import (
    Box,
    Kind,
    Language,
    Line,
    Mode,
    NoteText,
    Page,
    Paragraph,
    RecognitionResult,
    Word,
)
from notetext.model import SourceInfo

NOTES = Path(__file__).parents[2] / "examples" / "notes"

LineLike = str | Word | tuple[Word, ...]
ResultOfPages = Callable[[Sequence[Sequence[Sequence[LineLike]]]], RecognitionResult]


@pytest.fixture(scope="session")
def letter() -> RecognitionResult:
    """The example letter, read by the offline engine."""
    return NoteText().recognize(NOTES / "letter.jpg")


def result_of_pages(pages: Sequence[Sequence[Sequence[LineLike]]]) -> RecognitionResult:
    """A result of pages of paragraphs of lines, as texts without places or as words."""
    return RecognitionResult(
        engine="local",
        mode=Mode.PRINTED,
        languages=(Language.ENGLISH,),
        source=SourceInfo(name='a "note" & more.png'),
        pages=tuple(
            Page(
                number=number,
                width=600,
                height=800,
                engine="local",
                paragraphs=tuple(
                    Paragraph(lines=tuple(_line(line) for line in lines)) for lines in page
                ),
            )
            for number, page in enumerate(pages, 1)
        ),
    )


def _line(line: LineLike) -> Line:
    if isinstance(line, Word):
        return Line(words=(line,), box=line.box)
    if isinstance(line, tuple):
        return Line(words=line)
    return Line(words=tuple(Word(text=word) for word in line.split()))


@pytest.fixture(scope="session")
def result_of() -> ResultOfPages:
    """Makes a result of pages of paragraphs of lines."""
    return result_of_pages


@pytest.fixture(scope="session")
def slanted() -> Word:
    """A word that climbs by 7 degrees."""
    return Word(text="climbing", box=Box((100, 300, 299, 276, 304, 315, 105, 339)), confidence=0.5)


@pytest.fixture(scope="session")
def signed() -> RecognitionResult:
    """A line of a form: a label in print, and a name by hand."""
    label = Word(text="Signature:", kind=Kind.PRINTED)
    return result_of_pages([[[(label, Word(text="Ann", kind=Kind.HANDWRITTEN))]]])


@pytest.fixture(scope="session")
def bilingual() -> RecognitionResult:
    """Two paragraphs, each told to be in a language of its own."""
    languages = (Language.ENGLISH, Language.FRENCH)
    words = [
        Word(text=text, language=it) for text, it in zip(("good", "bon"), languages, strict=True)
    ]
    result = result_of_pages([[[word] for word in words]])
    return result.model_copy(update={"languages": languages})
