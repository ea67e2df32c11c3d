from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines.local.circled_numbers import CircledNumber, circled_number, read_numbers
from notetext.engines.local.crops import cut
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.ink import ink_of
from notetext.engines.local.line_reading import ReadLine

Pixels = NDArray[np.uint8]


def drawn(sign: str, *, circle: bool = True) -> CircledNumber | None:
    """What is drawn, in a picture whose lines are 48 rows high."""
    page = Image.new("L", (48, 48), 240)
    pen = ImageDraw.Draw(page)
    if circle:
        pen.ellipse((8, 8, 40, 40), outline=30, width=2)
    pen.text(
        (24, 24), sign, font=ImageFont.load_default(22 if circle else 44), fill=30, anchor="mm"
    )
    grey = np.asarray(page)
    ink = ink_of(grey)
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    part = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    return circled_number(ink[part], grey[part])


def saying(*texts: str) -> Callable[[Pixels, Sequence[DetectedLine]], list[ReadLine]]:
    """Reads lines from top to bottom as texts, and gives them from bottom to top."""

    def read(pixels: Pixels, places: Sequence[DetectedLine]) -> list[ReadLine]:
        lines = [
            ReadLine(cut(pixels, place), [DecodedWord(text, 0, 4, 0.9)] if text else [])
            for place, text in zip(places, texts, strict=True)
        ]
        return lines[::-1]

    return read


def test_what_stands_in_a_circle_is_seen_without_it() -> None:
    number = drawn("4")
    assert number is not None
    assert number.is_apart
    whole = number.inside < 128
    assert whole.any()
    assert not whole[:3].any()
    assert not whole[:, :3].any()


@pytest.mark.parametrize("sign", ["B", "8", "O", "e", "@", "Q"])
def test_letters_are_no_circles_with_something_apart_in_them(sign: str) -> None:
    number = drawn(sign, circle=False)
    assert number is None or not number.is_apart


def test_an_empty_circle_says_nothing() -> None:
    assert drawn("") is None


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (("1", "2", "3"), [1, 2, 3]),
        (("I", "Z", "3"), [1, 2, 3]),
        (("3", "", "5", "x"), [3, 4, 5, 6]),
        (("9", "10", "11"), [9, 10, 11]),
        (("4", "9", "2"), [None] * 3),
        (("", "", "3"), [None] * 3),
        (("a", "b", "c"), [None] * 3),
    ],
)
def test_numbers_count_on(texts: tuple[str, ...], numbers: list[int | None]) -> None:
    number = drawn("4")
    assert number is not None
    assert read_numbers([number] * len(texts), saying(*texts)) == numbers
