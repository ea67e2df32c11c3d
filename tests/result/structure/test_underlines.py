"""What somebody underlined as a whole is a heading; rules to write on underline nothing."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext import Line, NoteText
from notetext.model import Heading

from .test_ruled_tables import found, line, rules

TEXT = ("We sold more chairs than last week,", "and most of them went to schools.")
LEFT = 100.0


def note(*texts: str, slope: float = 0.0) -> list[Line]:
    """Lines 40 pixels from each other."""
    return [line(text, LEFT, 100 + 40 * row, slope) for row, text in enumerate(texts)]


@pytest.mark.parametrize("slope", [0.0, 3.0, -3.0])
def test_an_underlined_line_above_text_is_its_heading(slope: float) -> None:
    lines = note(TEXT[0], "The sale of chairs", *TEXT, slope=slope)
    drawn = rules((LEFT - 5, 156, LEFT + 190, 157), slope=slope)
    blocks = found(lines[1:], drawn)
    assert [block.kind for block in blocks] == ["heading", "paragraph"]
    assert isinstance(blocks[0], Heading)
    assert blocks[0].text == "The sale of chairs\n"


def test_a_line_is_no_heading_for_a_rule_that_goes_on_beyond_it() -> None:
    blocks = found(note("The sale of chairs", *TEXT), rules((LEFT, 116, LEFT + 500, 116)))
    assert [block.kind for block in blocks] == ["paragraph"]


def test_one_underlined_word_makes_no_heading() -> None:
    blocks = found(note("The sale of chairs", *TEXT), rules((LEFT, 116, LEFT + 80, 116)))
    assert [block.kind for block in blocks] == ["paragraph"]


def test_an_underlined_end_of_a_sentence_is_no_heading() -> None:
    blocks = found(note("went to schools.", *TEXT), rules((LEFT, 116, LEFT + 160, 116)))
    assert {block.kind for block in blocks} == {"paragraph"}


def test_where_every_line_is_underlined_none_is_a_heading() -> None:
    lines = note("Anna", "Joseph", "Miriam")
    drawn = rules(*((LEFT, 116 + 40 * n, LEFT + 60, 116 + 40 * n) for n in range(3)))
    assert "heading" not in {block.kind for block in found(lines, drawn)}


def test_an_underline_is_seen_on_a_page() -> None:
    page = Image.new("L", (1100, 420), 250)
    font = ImageFont.load_default(34)
    pen = ImageDraw.Draw(page)
    pen.text((80, 60), "The sale of chairs", font=font, fill=30)
    right = 80 + pen.textlength("The sale of chairs", font=font)
    pen.line((76, 104, right + 4, 106), fill=30, width=3)
    for row, text in enumerate(TEXT):
        pen.text((80, 120 + 55 * row), text, font=font, fill=30)
    first, *_ = (
        NoteText().recognize(np.asarray(page), mode="printed", language="en").pages[0].blocks
    )
    assert first.kind == "heading"
    assert first.text == "The sale of chairs\n"
