from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext.engines.local.crops import cut
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_reading import ReadLine
from notetext.engines.local.scribbles import scribbled_words

SIZE = 40
WORDS = ("meeting", "hundred", "between", "letters")
Scribble = Callable[[ImageDraw.ImageDraw, float, float, float, float], None]


def zigzag(pen: ImageDraw.ImageDraw, left: float, top: float, right: float, bottom: float) -> None:
    points = np.linspace(left, right, 48)
    ends = [(x, top if index % 2 else bottom) for index, x in enumerate(points.tolist())]
    pen.line(ends, fill=40, width=2)


def loops(pen: ImageDraw.ImageDraw, left: float, top: float, right: float, bottom: float) -> None:
    turn = np.linspace(0, 2 * np.pi * 9, 200)
    x = np.linspace(left + 8, right - 8, 200) + 10 * np.cos(turn)
    y = (top + bottom) / 2 + (bottom - top) / 2 * np.sin(turn)
    pen.line(list(zip(x.tolist(), y.tolist(), strict=True)), fill=40, width=2)


def hatching(
    pen: ImageDraw.ImageDraw, left: float, top: float, right: float, bottom: float
) -> None:
    for x in np.linspace(left, right - 15, 12).tolist():
        pen.line((x, bottom, x + 15, top), fill=40, width=2)
        pen.line((x, top, x + 15, bottom), fill=40, width=2)


def underline(pen: ImageDraw.ImageDraw, left: float, _: float, right: float, bottom: float) -> None:
    pen.line((left, bottom + 6, right, bottom + 6), fill=40, width=3)


def page_with(
    scribble: Scribble | None, words: tuple[str, ...] = WORDS, confidence: float = 0.4
) -> list[ReadLine]:
    """Three lines of words; the second word of the second line is scribbled over."""
    font = ImageFont.load_default(SIZE)
    page = Image.new("L", (1000, 240), 250)
    pen = ImageDraw.Draw(page)
    lines = []
    for row in range(3):
        top, x, spans = 20 + 70 * row, 30.0, []
        for index, word in enumerate(words):
            pen.text((x, top), word, font=font, fill=40)
            right = x + pen.textlength(word, font=font)
            if scribble is not None and (row, index) == (1, 1):
                scribble(pen, x, top + 10, right, top + 42)
            spans.append((word, x, right))
            x = right + 14
        lines.append((top, x, spans))
    pixels, read = np.asarray(page), []
    for top, end, spans in lines:
        image = cut(pixels, DetectedLine.rectangle(20, top - 5, end, top + 55))
        step = (end - 20) / image.width * 8
        placed = [
            DecodedWord(word, (left - 20) / step, (right - 20) / step, confidence)
            for word, left, right in spans
        ]
        read.append(ReadLine(image, placed))
    return read


NONE = [[False] * len(WORDS)] * 3
ONE = [NONE[0], [False, True, False, False], NONE[0]]


@pytest.mark.parametrize("scribble", [zigzag, loops, hatching])
def test_a_word_that_is_scribbled_over_is_found(scribble: Scribble) -> None:
    assert scribbled_words(page_with(scribble)) == ONE


@pytest.mark.parametrize("scribble", [None, underline])
def test_clean_and_underlined_words_are_not_however_doubtful(scribble: Scribble | None) -> None:
    assert scribbled_words(page_with(scribble, confidence=0.01)) == NONE


def test_what_is_read_surely_is_not_scribbled_over() -> None:
    assert scribbled_words(page_with(zigzag, confidence=0.95)) == NONE


def test_words_among_figures_are_not_scribbled_over() -> None:
    read = page_with(None, ("11", "Wednesday", "7", "1"))
    assert not any(map(any, scribbled_words(read)))


def test_of_too_few_words_nobody_knows_what_is_usual() -> None:
    (_, line, _) = page_with(zigzag)
    few = ReadLine(line.image, line.words[:3])
    assert scribbled_words([few]) == [[False] * 3]
    assert scribbled_words([]) == []
