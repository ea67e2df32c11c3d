"""What is bold and stands above text is a heading; other bold words are but bold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext import Line, NoteText, Paragraph
from notetext.model import Heading
from notetext.result.structure.finding import find_blocks

from .conftest import Note

TEXT = ("We sold more chairs than last week,", "and most of them went to schools.")


def kinds(paragraphs: Sequence[Paragraph]) -> list[str]:
    return [block.kind for block in find_blocks(paragraphs)]


def bold(paragraphs: Sequence[Paragraph], *texts: str) -> list[Paragraph]:
    """The paragraphs with lines, or words, that are bold."""

    def line_of(line: Line) -> Line:
        words = tuple(
            word.model_copy(update={"bold": line.text in texts or word.text in texts})
            for word in line.words
        )
        return line.model_copy(update={"words": words})

    return [Paragraph(lines=tuple(map(line_of, each.lines))) for each in paragraphs]


def test_a_bold_line_above_a_paragraph_is_its_heading(note: Note) -> None:
    page = bold(note(*TEXT, "", "The sale of chairs", *TEXT), "The sale of chairs")
    above, heading, below = find_blocks(page)
    assert isinstance(heading, Heading)
    assert heading.text == "The sale of chairs\n"
    assert (above.kind, below.kind) == ("paragraph", "paragraph")


def test_it_needs_no_gap_where_the_text_above_ends(note: Note) -> None:
    page = bold(note(*TEXT, "Staff", *TEXT, "Fees:", *TEXT), "Staff", "Fees:")
    assert kinds(page) == ["paragraph", "heading", "paragraph", "heading", "paragraph"]


def test_a_bold_line_above_a_list_is_its_heading(note: Note) -> None:
    page = note("Shop", "", *TEXT, "", "What to buy", "- milk", "- bread", "Where to", "- here")
    assert kinds(bold(page, "What to buy", "Where to")) == [
        "heading", "paragraph", "heading", "list", "heading", "list",
    ]  # fmt: skip


def test_headings_by_weight_are_of_one_level(note: Note) -> None:
    page = bold(note("Staff", *TEXT, "", "Ill", *TEXT, "", "WWW MMM", *TEXT), "Ill", "WWW MMM")
    levels = [block.level for block in find_blocks(page) if isinstance(block, Heading)]
    assert len(levels) == 2
    assert len({*levels}) == 1


def test_a_bold_line_with_a_number_above_its_text_is_a_heading(note: Note) -> None:
    page = note("1. Chairs", *TEXT, "", "2. Tables", *TEXT)
    assert kinds(bold(page, "1. Chairs", "2. Tables")) == [
        "heading", "paragraph", "heading", "paragraph",
    ]  # fmt: skip


def test_a_bold_item_stays_an_item(note: Note) -> None:
    page = note("1. Chairs", "   of wood", "2. Tables", "   of glass")
    assert kinds(bold(page, "1. Chairs", "2. Tables")) == ["list"]
    assert kinds(bold(note("- milk", "- bread", "- tea"), "- milk")) == ["list"]


@pytest.mark.parametrize(
    "line",
    [
        "went to schools.",
        "as of now,",
        "12.50",
        "We sold so many more chairs than in the week before",
    ],
)
def test_a_bold_line_that_is_no_title_makes_no_heading(note: Note, line: str) -> None:
    assert "heading" not in kinds(bold(note(*TEXT, "", line, *TEXT), line))


def test_bold_words_in_a_paragraph_make_no_heading(note: Note) -> None:
    assert kinds(bold(note(*TEXT, *TEXT), "chairs", "schools.", "went")) == ["paragraph"]


def test_a_bold_line_in_the_middle_of_a_sentence_makes_no_heading(note: Note) -> None:
    page = note("We sold more chairs than last week, and", "not a few tables", "went to schools.")
    assert kinds(bold(page, "not a few tables")) == ["paragraph"]


def test_what_is_nearer_to_the_text_above_is_no_heading(note: Note) -> None:
    page = note("bread", "milk", "in all 4 euros", "", *TEXT)
    assert "heading" not in kinds(bold(page, "in all 4 euros"))


def test_where_most_is_bold_nothing_is_a_heading(note: Note) -> None:
    page = note(*TEXT, "Staff", *TEXT)
    assert kinds(bold(page, *TEXT, "Staff")) == ["paragraph"]


def test_the_last_line_of_a_page_is_no_heading(note: Note) -> None:
    assert kinds(bold(note(*TEXT, "", "Anna"), "Anna")) == ["paragraph", "paragraph"]


def test_a_thicker_pen_is_seen_on_a_page() -> None:
    page = Image.new("L", (900, 560), 250)
    font, pen = ImageFont.load_default(34), ImageDraw.Draw(page)
    rows = (*TEXT, "", "The sale of chairs", *TEXT)
    for row, text in enumerate(rows):
        width = int(text == "The sale of chairs")
        pen.text((80, 60 + 60 * row), text, font=font, fill=30, stroke_width=width)
    result = NoteText().recognize(np.asarray(page), mode="printed", language="en")
    headings = [block.text for block in result.pages[0].blocks if isinstance(block, Heading)]
    assert headings == ["The sale of chairs\n"]
    assert {word.text for word in result.words if word.bold} == {"The", "sale", "of", "chairs"}
