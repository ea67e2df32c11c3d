from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines import Reading, Request
from notetext.engines.local import LocalEngine
from notetext.engines.local.crops import cut
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_reading import ReadLine
from notetext.engines.local.show_through import shown_through
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


@pytest.mark.parametrize(("in_a_mirror", "shows_through"), [(0.53, False), (0.75, True)])
def test_a_pale_line_that_a_mirror_makes_hardly_surer_is_text(
    in_a_mirror: float, shows_through: bool
) -> None:
    page = np.clip(240 - 200 * ink_of(FRONT, 40), 0, 255)
    page[180:] = np.clip(240 - 70 * ink_of(FRONT, 40)[180:], 0, 255)
    pixels = page.astype(np.uint8)

    def line(top: int, confidence: float, pixels: NDArray[np.uint8] = pixels) -> ReadLine:
        image = cut(pixels, DetectedLine.rectangle(40, top, 700, top + 60))
        word = DecodedWord("noon", start=0.0, end=10.0, confidence=confidence)
        return ReadLine(image, [word])

    own, pale = line(30, 1.0), line(190, 0.48)

    def read(mirrored: NDArray[np.uint8], lines: Sequence[DetectedLine]) -> list[ReadLine]:
        assert np.array_equal(mirrored, pixels[:, ::-1])
        return [replace(line(190, in_a_mirror), image=cut(mirrored, each)) for each in lines]

    assert shown_through([own, pale], read) == [pale] * shows_through
