from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext import LocalEngine, NoteText
from notetext.engines.local.crops import cut
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.first_numbers import counted_from_one
from notetext.engines.local.line_reading import ReadLine

PAPER = np.full((400, 600), 250, np.uint8)


def lines_of(*rows: tuple[float, str]) -> list[ReadLine]:
    """Lines one below the other, each with where it begins and what was read."""
    read = []
    for row, (left, text) in enumerate(rows):
        line = DetectedLine.rectangle(left, 40 * row, left + 400, 40 * row + 30)
        words = [DecodedWord(word, n, n + 1, 0.9) for n, word in enumerate(text.split())]
        read.append(ReadLine(cut(PAPER, line), words))
    return read


def texts_of(lines: Sequence[ReadLine]) -> list[str]:
    return [" ".join(word.text for word in line.words) for line in lines]


@pytest.mark.parametrize("mark", [".", ")"])
@pytest.mark.parametrize("one", "Il|1")
def test_a_two_makes_the_letter_above_it_a_one(one: str, mark: str) -> None:
    lines = lines_of((20, f"{one}{mark} flour"), (20, "and sugar"), (25, f"2{mark} eggs"))

    assert texts_of(counted_from_one(lines))[0] == f"1{mark} flour"


def test_the_order_of_the_lines_does_not_matter() -> None:
    lines = lines_of((20, "I. flour"), (20, "2. eggs"))

    assert texts_of(counted_from_one(lines[::-1])) == ["2. eggs", "1. flour"]


def test_what_is_also_likely_is_not_what_is_written() -> None:
    first, second = lines_of((20, "l. flour"), (20, "2. eggs"))
    word = DecodedWord("l.", 0, 1, 0.9, alternatives=("1.", "I."))
    first = ReadLine(first.image, [word, *first.words[1:]])

    assert counted_from_one([first, second])[0].words[0].alternatives == ("I.",)


@pytest.mark.parametrize(
    "rows",
    [
        ((20, "I. Animals"), (20, "II. Plants")),
        ((20, "I. Animals"), (60, "1. cats"), (60, "2. dogs")),
        ((20, "I. Animals"), (20, "1. cats"), (20, "2. dogs")),
        ((20, "I. Animals"), (200, "2. eggs")),
        ((20, "I) Animals"), (20, "2. eggs")),
        ((20, "2. eggs"), (20, "I. Animals")),
        ((20, "If it rains"), (20, "2. eggs")),
    ],
)
def test_a_letter_that_no_number_counts_on_from_stays(rows: Sequence[tuple[float, str]]) -> None:
    lines = lines_of(*rows)

    assert texts_of(counted_from_one(lines)) == [text for _, text in rows]


def test_a_page_whose_list_begins_with_a_letter_like_a_one_is_read_with_a_one() -> None:
    page = Image.new("L", (700, 260), 250)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(36)
    for row, text in enumerate(("I. bring the tent", "2. ask your sister", "3. buy new boots")):
        pen.text((60, 30 + 70 * row), text, font=font, fill=20)

    result = NoteText(engine=LocalEngine()).recognize(page, mode="printed")

    assert result.text.splitlines()[0] == "1. bring the tent"
