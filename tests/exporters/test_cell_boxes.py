"""Check boxes in the cells of a table, in each format that has tables."""

from __future__ import annotations

import io

import docx
import pytest
from lxml import html

from notetext import Box, Line, Page, Paragraph, RecognitionResult, Word
from notetext.exporters.markdown import MarkdownExporter
from notetext.model import Cell, CheckBox, Language, LinePart, Mode, SourceInfo, Table


@pytest.fixture
def chores() -> RecognitionResult:
    """A box alone, a box before a word and behind a word that is struck out, a sign of the text."""
    texts = [("task", "done"), ("dishes",), ("Anna", "Tom"), ("[", "]", "iron")]
    words = [
        tuple(
            Word(
                text=text,
                box=Box.rectangle(100 * x, 50 * y, 100 * x + 60, 50 * y + 30),
                struck=text == "Anna",
            )
            for x, text in enumerate(row, 1)
        )
        for y, row in enumerate(texts, 1)
    ]

    def cell(line: int, first: int, end: int, *boxes: CheckBox) -> Cell:
        part = LinePart(line=line, first=first, end=end, words=words[line][first:end])
        return Cell(lines=(part,), boxes=boxes)

    drawn = CheckBox(done=True, mark=Box.rectangle(300, 100, 330, 130))
    between = CheckBox(done=False, mark=Box.rectangle(170, 150, 190, 180))
    rows = (
        (cell(0, 0, 1), cell(0, 1, 2)),
        (cell(1, 0, 1), Cell(boxes=(drawn,))),
        (cell(2, 0, 2, between), cell(3, 0, 3)),
    )
    page = Page(
        number=1,
        width=600,
        height=400,
        engine="local",
        paragraphs=(Paragraph(lines=tuple(Line(words=each) for each in words)),),
        blocks=(Table(rows=rows, has_header=True),),
    )
    return RecognitionResult(
        engine="local",
        mode=Mode.PRINTED,
        languages=(Language.ENGLISH,),
        source=SourceInfo(name="chores.png"),
        pages=(page,),
    )


def test_markdown_has_signs_as_it_has_no_boxes_in_tables(chores: RecognitionResult) -> None:
    assert chores.to("markdown") == (
        "| task | done |\n| --- | --- |\n| dishes | ☑ |\n| ☐ Tom | ☐ iron |\n"
    )
    struck = chores.to(MarkdownExporter(struck=True))
    assert isinstance(struck, str)
    assert "| ~~Anna~~ ☐ Tom |" in struck


def test_html_has_boxes_that_nobody_can_change(chores: RecognitionResult) -> None:
    tree = html.fromstring(str(chores.to("article")).encode())
    boxes = [*tree.iter("input")]
    assert all(box.get("type") == "checkbox" for box in boxes)
    assert all(box.get("disabled") is not None for box in boxes)
    assert [box.get("checked") is not None for box in boxes] == [True, False, False]
    cells = ["".join(map(str, cell.itertext())) for cell in tree.iter("td")]
    assert [" ".join(cell.split()) for cell in cells] == [
        "dishes", "", "Tom", "iron",
    ]  # fmt: skip


def test_word_and_csv_have_signs(chores: RecognitionResult) -> None:
    content = chores.to("docx")
    assert isinstance(content, bytes)
    (table,) = docx.Document(io.BytesIO(content)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [
        ["dishes", "☑"], ["☐ Tom", "☐ iron"],
    ]  # fmt: skip
    (data,) = chores.tables
    assert data.to_csv() == "task,done\r\ndishes,☑\r\n☐ Tom,[ ] iron\r\n"
    assert data.to_dataframe()["done"].tolist() == ["☑", "[ ] iron"]


def test_json_gives_them_back(chores: RecognitionResult) -> None:
    again = RecognitionResult.from_json(chores.to_json())
    assert again.pages[0].blocks == chores.pages[0].blocks
    assert [(task.text, task.done) for task in again.tasks] == [
        ("dishes", True), ("Tom", False), ("iron", False),
    ]  # fmt: skip
