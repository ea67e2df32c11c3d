"""What is struck out, in each format: only JSON has it, and who asks for it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from notetext import Line, Page, Paragraph, RecognitionResult, Word
from notetext.exporters import Exporter
from notetext.exporters.article import ArticleExporter
from notetext.exporters.docx import DocxExporter
from notetext.exporters.markdown import MarkdownExporter
from notetext.model import standing_page

ResultOf = Callable[..., RecognitionResult]

NOTE = (
    ("Shopping",),
    ("- milk", "~- ~bread", "- ~green tea*", "~1. ~eggs"),
    ("We meet ~on ~Monday at ~ten noon, if ~the ~the roof lets us.", "~And ~all ~that.", "Yours"),
)


def words_of(line: str) -> tuple[Word, ...]:
    """Words, of which those with a ``~`` before them are struck out."""
    return tuple(
        Word(text=each.removeprefix("~"), struck=each.startswith("~")) for each in line.split()
    )


@pytest.fixture
def note(result_of: ResultOf) -> RecognitionResult:
    """A note of three paragraphs."""
    return result_of([[[words_of(line) for line in lines] for lines in NOTE]])


@pytest.mark.parametrize("name", ["text", "markdown", "article", "hocr", "alto", "csv", "docx"])
def test_formats_of_the_text_are_as_if_it_had_never_been(
    note: RecognitionResult, name: str
) -> None:
    plain = note.model_copy(update={"pages": tuple(map(standing_page, note.pages))})
    assert contents(note, name) == contents(plain, name)


def contents(result: RecognitionResult, name: str | Exporter) -> str:
    rendered = result.to(name)
    if isinstance(rendered, str):
        return rendered
    docx = pytest.importorskip("docx")
    return "\n".join(
        paragraph._p.xml for paragraph in docx.Document(io.BytesIO(rendered)).paragraphs
    )


def test_json_has_it(note: RecognitionResult) -> None:
    again = RecognitionResult.from_json(note.to_json())
    assert again == note
    assert [word.text for word in again.words if word.struck][:3] == ["-", "bread", "green"]


def test_markdown_strikes_it_through_if_that_is_asked_for(note: RecognitionResult) -> None:
    assert note.to(MarkdownExporter(struck=True)) == (
        "Shopping\n"
        "\n"
        "- milk\n"
        "- ~~bread~~\n"
        "- ~~green~~ tea\\*\n"
        "\n"
        "1) ~~eggs~~\n"
        "\n"
        "We meet ~~on Monday~~ at ~~ten~~ noon, if ~~the the~~ roof lets us.\n"
        "~~And all that.~~\n"
        "Yours\n"
    )


def test_html_strikes_it_through_if_that_is_asked_for(note: RecognitionResult) -> None:
    html = note.to(ArticleExporter(struck=True))
    assert isinstance(html, str)
    assert "<li><s>bread</s></li>\n<li><s>green</s> tea*</li>" in html
    assert "We meet <s>on Monday</s> at <s>ten</s> noon, if <s>the the</s> roof lets us." in html


def test_word_strikes_it_through_if_that_is_asked_for(note: RecognitionResult) -> None:
    docx = pytest.importorskip("docx")
    rendered = note.to(DocxExporter(struck=True))
    assert isinstance(rendered, bytes)
    paragraphs = docx.Document(io.BytesIO(rendered)).paragraphs
    runs = [(run.text, bool(run.font.strike)) for each in paragraphs for run in each.runs]
    assert ("bread", True) in runs
    assert [each for each in runs if each[1]][-2:] == [("the the", True), ("And all that.", True)]
    assert ("We meet ", False) in runs


def test_cells_headings_and_fields_strike_it_through_too(result_of: ResultOf) -> None:
    from notetext.model import Cell, FormField, Heading, LinePart, Table

    lines = ["~Old New list", "tea ~5 6", "Name: ~Ann Eve"]
    words = [words_of(line) for line in lines]

    def part(line: int, first: int, end: int) -> LinePart:
        return LinePart(line=line, first=first, end=end, words=words[line][first:end])

    row = (Cell(lines=(part(1, 0, 1),)), Cell(lines=(part(1, 1, 3),)))
    page = Page(
        number=1,
        width=9,
        height=9,
        engine="local",
        paragraphs=(Paragraph(lines=tuple(Line(words=each) for each in words)),),
        blocks=(
            Heading(level=2, lines=(part(0, 0, 3),)),
            Table(rows=(row,), has_header=False),
            FormField(label=part(2, 0, 1), values=(part(2, 1, 3),)),
        ),
    )
    result = result_of([]).model_copy(update={"pages": (page,)})
    assert result.to(MarkdownExporter(struck=True)) == (
        "## ~~Old~~ New list\n\n|  |  |\n| --- | --- |\n| tea | ~~5~~ 6 |\n\n"
        "**Name:** ~~Ann~~ Eve\n"
    )
    assert result.to("markdown").startswith("## New list\n")
    html = result.to(ArticleExporter(struck=True))
    assert isinstance(html, str)
    for text in ("<h2><s>Old</s> New list</h2>", "<td><s>5</s> 6</td>", "<dd><s>Ann</s> Eve</dd>"):
        assert text in html
