"""A table whose cells span rows and columns, in each format that has tables."""

from __future__ import annotations

import io

import docx
import pytest
from lxml import html

from notetext import Box, Line, Page, Paragraph, RecognitionResult, Word
from notetext.model import (
    Language,
    LeftOut,
    LeftOutReason,
    Mode,
    SourceInfo,
    describe_left_out,
)

# Left and top of each word in a grid of five rules each way.
WORDS = {
    "Plant": (110, 120), "Height": (260, 100), "Leaves": (460, 100),
    "May": (210, 140), "June": (310, 140), "1st": (410, 140), "2nd": (510, 140),
    "Bean": (110, 180), "20": (210, 180), "54": (310, 180), "none": (460, 180),
}  # fmt: skip
LEVEL = [(100, 90, 600), (200, 130, 600), (100, 170, 600), (100, 210, 600)]
UPRIGHT = [(100, 90, 210), (200, 90, 210), (400, 90, 210), (600, 90, 210), (300, 130, 210)]
SPLIT = (500, 130, 170)


@pytest.fixture
def result() -> RecognitionResult:
    lines = [
        Line(words=(Word(text=text, box=box),), box=box)
        for text, (x, y) in WORDS.items()
        for box in [Box.rectangle(x, y, x + 16 * len(text), y + 28)]
    ]
    rules = [Box.rectangle(x, y - 1, end, y + 1) for x, y, end in LEVEL]
    rules += [Box.rectangle(x - 1, y, x + 1, end) for x, y, end in (*UPRIGHT, SPLIT)]
    page = Page(
        number=1,
        width=700,
        height=300,
        engine="local",
        paragraphs=(Paragraph(lines=tuple(lines)),),
        left_out=tuple(LeftOut(reason=LeftOutReason.RULE, box=box) for box in rules),
    )
    return RecognitionResult(
        engine="local",
        mode=Mode.PRINTED,
        languages=(Language.ENGLISH,),
        source=SourceInfo(name="plants.jpg"),
        pages=(page,),
    )


GRID = [
    ["Plant", "Height", "", "Leaves", ""],
    ["", "May", "June", "1st", "2nd"],
    ["Bean", "20", "54", "none", ""],
]


def test_the_table_is_a_grid_whose_spanned_places_are_empty(result: RecognitionResult) -> None:
    (table,) = result.tables
    assert [list(row) for row in table.rows] == GRID
    assert table.to_csv() == "".join(",".join(row) + "\r\n" for row in GRID)


def test_markdown_has_the_grid(result: RecognitionResult) -> None:
    rows = str(result.to("markdown")).splitlines()
    assert [cell.strip() for cell in rows[0].strip("|").split("|")] == GRID[0]
    assert [cell.strip() for cell in rows[2].strip("|").split("|")] == GRID[1]


def test_html_says_what_cells_span_and_which_rows_are_the_header(
    result: RecognitionResult,
) -> None:
    document = html.fromstring(str(result.to("article")))
    spans = {
        cell.text: (cell.get("rowspan"), cell.get("colspan")) for cell in document.iter("th", "td")
    }
    assert spans["Plant"] == ("2", None)
    assert spans["Height"] == spans["Leaves"] == spans["none"] == (None, "2")
    assert spans["May"] == (None, None)
    # No cell may reach from a header into the rows below it.
    assert len(document.findall(".//thead/tr")) == 2
    assert len(document.findall(".//tbody/tr")) == 1


def test_word_has_merged_cells(result: RecognitionResult) -> None:
    rendered = result.to("docx")
    assert isinstance(rendered, bytes)
    (table,) = docx.Document(io.BytesIO(rendered)).tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "Plant", "Height", "Height", "Leaves", "Leaves",
    ]  # fmt: skip
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc
    assert table.cell(2, 3)._tc is table.cell(2, 4)._tc
    assert [cell.paragraphs[0].runs[0].bold for cell in table.rows[1].cells] == [True] * 5
    assert not table.cell(2, 0).paragraphs[0].runs[0].bold


def test_json_brings_the_spans_back(result: RecognitionResult) -> None:
    again = RecognitionResult.from_json(str(result.to("json")))
    assert again.pages[0].blocks == result.pages[0].blocks


def test_rules_are_no_part_of_what_a_person_is_warned_of(result: RecognitionResult) -> None:
    assert describe_left_out(result.pages[0].left_out) == []
