"""Invisible text: turned as it is written, in every script, and found whatever its extent."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from notetext import Box, Line, NoteText, Paragraph, RecognitionResult, Word
from notetext.exporters.searchable_pdf.text_layer import ToPdf

Rectangle = tuple[float, float, float, float]
FindWords = Callable[..., list[tuple[str, Rectangle]]]
ToText = Callable[..., str]


SCRIPTS = (
    "plain",
    "naïve",
    "Αθήνα",
    "Привет",
    "天気予報",
    "한국어",
    "𝒜𝓛𝓔𝓟𝓗",
    "שלום",
    "مرحبا",
    "हिन्दी",
    "ไทย",
    "(a\\b)<c>",
    "☐☑",
)


def pdf_of(result: RecognitionResult) -> bytes:
    data = result.to("pdf")
    assert isinstance(data, bytes)
    return data


def result_with(reader: NoteText, words: Sequence[Word]) -> RecognitionResult:
    """A white page at 300 dpi, each word a line of its own."""
    paper = Image.new("L", (1500, 2000), "white")
    paper.info["dpi"] = (300, 300)
    lines = tuple(Line(words=(word,), box=word.box) for word in words)
    result = reader.recognize(paper)
    page = result.pages[0].model_copy(update={"paragraphs": (Paragraph(lines=lines),)})
    return result.model_copy(update={"pages": (page,)})


@pytest.mark.parametrize("angle", [0, 3, 30, 90, 135, 180, 270])
def test_a_word_is_turned_as_it_is_written(
    reader: NoteText, angle: int, pdfium_characters: FindWords
) -> None:
    turn = math.radians(angle)
    along = np.array([math.cos(turn), -math.sin(turn)]) * 400
    down = np.array([math.sin(turn), math.cos(turn)]) * 60
    start = np.array([700.0, 1000.0])
    corners = np.array([start, start + along, start + along + down, start + down])
    result = result_with(reader, [Word(text="turned", box=Box(corners.ravel().tolist()))])
    characters = [c for c in pdfium_characters(pdf_of(result)) if not c[0].isspace()]
    assert "".join(character for character, _ in characters) == "turned"
    for n, (_, (left, bottom, right, top)) in enumerate(characters):
        middle = np.array([(left + right) / 2, 480 - (bottom + top) / 2]) * 300 / 72
        assert middle == pytest.approx(start + along * (n + 0.5) / 6 + down / 2, abs=3)


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_script_is_found(
    reader: NoteText, text: str, pdfium_words: FindWords, pdftotext: ToText
) -> None:
    data = pdf_of(result_with(reader, [Word(text=text, box=Box.rectangle(100, 100, 500, 160))]))
    (found,) = pdfium_words(data)
    assert found[0].encode("utf-16", "surrogatepass").decode("utf-16") == text
    # Poppler marks where a line runs from right to left.
    assert pdftotext(data).strip().strip("\u202b\u202c\n\f") == text


@pytest.mark.parametrize("box", [(300, 300, 300, 340), (300, 300, 400, 300), (300, 300, 300, 300)])
def test_a_word_without_extent_is_found_all_the_same(
    reader: NoteText, box: Rectangle, pdfium_words: FindWords
) -> None:
    (found,) = pdfium_words(
        pdf_of(result_with(reader, [Word(text="thin", box=Box.rectangle(*box))]))
    )
    assert found[0] == "thin"


sides = st.floats(50, 2000)


@given(st.sampled_from([0, 90, 180, 270]), st.floats(-100, 100), st.floats(-100, 100), sides, sides)
def test_a_pages_corners_are_those_of_the_box_that_it_is_seen_through(
    rotation: int, left: float, bottom: float, across: float, up: float
) -> None:
    right, top = left + across, bottom + up
    width, height = (400, 300) if rotation % 180 == 0 else (300, 400)
    to_pdf = ToPdf.of_view((left, bottom, right, top), rotation, width, height)
    seen = [to_pdf.point(x, y) for x, y in ((0, 0), (width, 0), (width, height), (0, height))]
    # /Rotate turns clockwise: what is seen at the top left then stood at the bottom left.
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    quarters = rotation // 90
    expected = corners[4 - quarters :] + corners[: 4 - quarters]
    for found, corner in zip(seen, expected, strict=True):
        assert found == pytest.approx(corner, abs=1e-6)
