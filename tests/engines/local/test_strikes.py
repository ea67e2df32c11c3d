from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from notetext.engines import Reading, Request
from notetext.engines.local import LocalEngine
from notetext.engines.local.crops import cut
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_reading import ReadLine
from notetext.engines.local.strikes import struck_words
from notetext.model import Language, LeftOutReason, Mode
from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors.ruling import RemoveRuling
from notetext.reading.layout import arrange

REQUEST = Request(mode=Mode.HANDWRITTEN, languages=(Language.ENGLISH,))
SIZE = 40
TEXTS = ("the meeting was moved", "to the small hall", "because the roof leaks", "ask that title")
Stroke = Callable[[ImageDraw.ImageDraw, float, float, float], None]
"""Draws from a left to a right end, at the height of the middle of small letters."""


def one_stroke(pen: ImageDraw.ImageDraw, left: float, right: float, y: float) -> None:
    pen.line((left - 4, y + 2, right + 6, y - 2), fill=40, width=3)


def two_strokes(pen: ImageDraw.ImageDraw, left: float, right: float, y: float) -> None:
    one_stroke(pen, left, right, y - 4)
    one_stroke(pen, left, right, y + 4)


def underline(pen: ImageDraw.ImageDraw, left: float, right: float, y: float) -> None:
    pen.line((left, y + 0.45 * SIZE, right, y + 0.45 * SIZE), fill=40, width=3)


def high_ruling(pen: ImageDraw.ImageDraw, left: float, right: float, y: float) -> None:
    """A line of ruled paper that touches the feet of the letters."""
    pen.line((left - 40, y + 0.2 * SIZE, right + 40, y + 0.2 * SIZE), fill=40, width=3)


def page_with(strokes: Sequence[tuple[Stroke, int, int, int]]) -> PageImage:
    """The lines, with strokes over the words from one to another of a line."""
    font = ImageFont.load_default(SIZE)
    page = Image.new("L", (700, 2 * SIZE * (len(TEXTS) + 1)), 250)
    pen = ImageDraw.Draw(page)
    for row, text in enumerate(TEXTS):
        pen.text((SIZE, SIZE + 2 * row * SIZE), text, font=font, fill=40)
    for stroke, row, first, last in strokes:
        words = TEXTS[row].split()
        left = pen.textlength("".join(f"{word} " for word in words[:first]), font=font)
        right = pen.textlength(" ".join(words[: last + 1]), font=font)
        ascent = ImageFont.FreeTypeFont.getmetrics(font)[0]  # type: ignore[arg-type]
        middle = SIZE + 2 * row * SIZE + ascent - 0.26 * SIZE
        stroke(pen, SIZE + left, SIZE + right, middle)
    return PageImage(np.asarray(page))


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return LocalEngine(threads=1)


def texts_of(reading: Reading) -> list[str]:
    lines = [line for line in reading.fragments if line.box is not None]
    return [line.text for line in sorted(lines, key=lambda line: line.box.top if line.box else 0)]


def test_a_word_with_a_stroke_through_it_is_left_out_and_told(engine: LocalEngine) -> None:
    page = page_with([(one_stroke, 0, 1, 1)])
    reading = engine.read(page, REQUEST)
    assert texts_of(reading) == ["the was moved", *TEXTS[1:]]
    (piece,) = reading.left_out
    assert piece.reason is LeftOutReason.STRUCK_OUT
    assert piece.box is not None
    assert piece.box.left == pytest.approx(SIZE + 75, abs=20)
    assert reading.warnings == ("left out a word or a line that is struck out",)


def test_what_can_still_be_read_is_kept_in_its_place(engine: LocalEngine) -> None:
    page = page_with([(one_stroke, 0, 1, 1), (one_stroke, 1, 0, 3)])
    reading = engine.read(page, REQUEST)
    word, line = sorted(reading.struck, key=lambda run: run.box.top if run.box else 0)
    assert all(each.struck for run in reading.struck for each in run.words)
    assert (len(word.words), len(line.words)) == (1, 4)
    assert line.words[-1].text == "hall"
    (paragraph,) = arrange(reading)
    assert [len(each.words) for each in paragraph.lines] == [4, 4, 4, 3]
    assert paragraph.lines[0].words[1] == word.words[0]
    assert paragraph.text == "the was moved\nbecause the roof leaks\nask that title\n"


def test_words_with_two_strokes_are_not_read(engine: LocalEngine) -> None:
    assert "small" not in " ".join(
        texts_of(engine.read(page_with([(two_strokes, 1, 2, 2)]), REQUEST))
    )


def test_a_line_with_a_stroke_through_it_is_left_out_as_a_whole(engine: LocalEngine) -> None:
    reading = engine.read(page_with([(one_stroke, 1, 0, 3)]), REQUEST)
    assert texts_of(reading) == [TEXTS[0], *TEXTS[2:]]
    assert len(reading.left_out) == 1


def test_underlines_strike_nothing_out(engine: LocalEngine) -> None:
    reading = engine.read(page_with([(underline, 0, 1, 1), (underline, 2, 0, 3)]), REQUEST)
    assert texts_of(reading) == list(TEXTS)
    assert not reading.struck
    assert {each.reason for each in reading.left_out} <= {LeftOutReason.RULE}


def test_a_line_with_a_stroke_through_it_is_left_out_on_ruled_paper_too(
    engine: LocalEngine,
) -> None:
    light = page_with([(one_stroke, 1, 0, 3)]).pixels.copy()
    for y in range(8, light.shape[0], SIZE):
        light[y : y + 2] = np.minimum(light[y : y + 2], 190)
    ruled = PageImage(light)
    clean = RemoveRuling()(ruled)
    assert clean is not ruled
    reading = engine.read(clean, REQUEST)
    assert texts_of(reading) == [TEXTS[0], *TEXTS[2:]]
    assert [piece.reason for piece in reading.left_out] == [LeftOutReason.STRUCK_OUT]


@pytest.mark.parametrize("note", ["letter", "shopping"])
def test_letters_that_melt_in_an_unsharp_picture_are_not_struck_out(
    engine: LocalEngine, notes: Path, note: str
) -> None:
    with Image.open(notes / f"{note}.jpg") as image:
        page = PageImage(to_pixels(image.filter(ImageFilter.GaussianBlur(3))))
    reasons = {piece.reason for piece in engine.read(page, REQUEST).left_out}
    assert LeftOutReason.STRUCK_OUT not in reasons


def lines_of(page: PageImage, words: Sequence[str], lower: int = 0) -> list[ReadLine]:
    """The lines with as many words as there are texts, all of the same width.

    Args:
        page: that they stand on.
        words: of each line.
        lower: pixels by which the bands are lower than the writing.
    """
    lines = []
    for row, _ in enumerate(TEXTS):
        top = 30 + lower + 2 * row * SIZE
        band = DetectedLine.rectangle(30, top, 500, top + 70)
        image = cut(page.pixels, band)
        step = image.width / 8 / len(words)
        placed = [
            DecodedWord(word, index * step, (index + 1) * step, 0.9)
            for index, word in enumerate(words)
        ]
        lines.append(ReadLine(image, placed))
    return lines


def test_where_every_line_has_a_stroke_the_paper_is_ruled() -> None:
    ruled = page_with(
        [(one_stroke, row, 0, len(text.split()) - 1) for row, text in enumerate(TEXTS)]
    )
    assert not np.any(struck_words(lines_of(ruled, ["some", "words"])))


@pytest.mark.parametrize("lower", [0, 5, 10])
def test_a_ruled_line_at_the_feet_of_the_letters_strikes_nothing_out(lower: int) -> None:
    ruled = page_with([(high_ruling, 1, 0, 3)])
    assert not np.any(struck_words(lines_of(ruled, ["some", "words"], lower)))
    struck = page_with([(high_ruling, 1, 0, 3), (one_stroke, 2, 0, 3)])
    flags = struck_words(lines_of(struck, ["some", "words"], lower))
    assert [any(line) for line in flags] == [False, False, True, False]


def test_a_dash_is_not_struck_out() -> None:
    page = page_with([(one_stroke, 1, 0, 3)])
    assert any(struck_words(lines_of(page, ["some", "words"]))[1])
    assert not any(struck_words(lines_of(page, ["-", "—"]))[1])


def test_of_too_few_words_nobody_knows_how_much_ink_is_usual() -> None:
    page = page_with([(one_stroke, 1, 0, 3)])
    assert struck_words(lines_of(page, ["some"])[:2]) == [[False], [False]]
    assert struck_words([]) == []
