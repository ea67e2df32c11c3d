from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines import Reading, Request
from notetext.engines.local import LocalEngine
from notetext.model import Language, LeftOutReason, Mode
from notetext.page_image import PageImage

REQUEST = Request(mode=Mode.HANDWRITTEN, languages=(Language.ENGLISH,))
FRONT = ("the train leaves at noon", "bring the long ladder", "nobody told my aunt")
BACK = ("rain is due on Thursday", "we sold the brown cow")


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return LocalEngine(threads=1)


def ink_of(texts: tuple[str, ...], top: int) -> NDArray[np.float64]:
    """Where the ink of some lines is, 0 to 1; there is room for other lines between them."""
    page = Image.new("L", (800, 560), 0)
    pen = ImageDraw.Draw(page)
    for row, text in enumerate(texts):
        pen.text((60, top + 160 * row), text, font=ImageFont.load_default(40), fill=255)
    return np.asarray(page) / 255.0


def read(engine: LocalEngine, *ink: NDArray[np.float64]) -> Reading:
    pixels = np.clip(240 - 200 * np.maximum.reduce(ink), 0, 255)
    return engine.read(PageImage(pixels.astype(np.uint8)), REQUEST)


def texts_of(reading: Reading) -> list[str]:
    return sorted(line.text for line in reading.fragments)


@pytest.mark.parametrize("strength", [0.15, 0.3, 0.5])
def test_what_shows_through_is_no_text_but_told(engine: LocalEngine, strength: float) -> None:
    reading = read(engine, ink_of(FRONT, 40), strength * ink_of(BACK, 120)[:, ::-1])
    assert texts_of(reading) == sorted(FRONT)
    assert [piece.reason for piece in reading.left_out] == [LeftOutReason.SHOW_THROUGH] * 2


def test_pale_writing_of_this_side_is_text(engine: LocalEngine) -> None:
    reading = read(engine, ink_of(FRONT, 40), 0.3 * ink_of(BACK, 120))
    assert texts_of(reading) == sorted(FRONT + BACK)
    assert not reading.left_out


def test_a_page_that_is_pale_as_a_whole_is_text(engine: LocalEngine) -> None:
    assert texts_of(read(engine, 0.2 * ink_of(FRONT, 40))) == sorted(FRONT)


def test_what_is_as_faint_as_several_lines_of_the_other_side_is_of_that_side(
    engine: LocalEngine,
) -> None:
    # As "two by two" is that makes words in a mirror, too, and is read surely.
    surely_read = np.roll(ink_of(("seven mild winters",), 40), 480, axis=0)
    back = np.maximum(ink_of(BACK, 120)[:, ::-1], surely_read)
    reading = read(engine, ink_of(FRONT, 40), 0.2 * back)
    assert texts_of(reading) == sorted(FRONT)
    assert [piece.reason for piece in reading.left_out] == [LeftOutReason.SHOW_THROUGH] * 3
