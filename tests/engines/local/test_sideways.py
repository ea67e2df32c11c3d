from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines import Request
from notetext.engines.local import LocalEngine
from notetext.engines.local.crops import cut
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_reading import ReadLine
from notetext.engines.local.sideways import read_turned
from notetext.model import Box, Language, Mode
from notetext.page_image import PageImage

ENGLISH = Request(mode=Mode.PRINTED, languages=(Language.ENGLISH,))


def drawn(text: str, size: int, width: int) -> NDArray[np.uint8]:
    page = Image.new("L", (width, 2 * size * (text.count("\n") + 2)), 255)
    font = ImageFont.load_default(size)
    ImageDraw.Draw(page).multiline_text((size, size), text, font=font, fill=0, spacing=size)
    return np.asarray(page)


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return LocalEngine(threads=1)


@pytest.mark.parametrize("turns", [1, 3])
def test_a_note_in_the_margin_is_read_either_way_up(engine: LocalEngine, turns: int) -> None:
    text = drawn("the meeting was moved\nto the small hall\non the second floor", 40, 700)
    note = np.rot90(drawn("ask Peter", 36, 240), turns)
    page = np.full((max(text.shape[0], note.shape[0]), text.shape[1] + 200), 255, np.uint8)
    page[: note.shape[0], 20 : 20 + note.shape[1]] = note
    page[: text.shape[0], 200:] = text
    reading = engine.read(PageImage(page), ENGLISH)
    (found,) = (line for line in reading.fragments if line.text == "ask Peter")
    assert isinstance(found.box, Box)
    # The box begins at the text's own top left.
    (x1, y1), (x2, y2), *_ = found.box.corners
    assert abs(x2 - x1) < abs(y2 - y1)
    assert (y2 < y1) == (turns == 1)
    assert len(reading.fragments) == 4
    assert not reading.left_out


def piece(left: float, top: float, right: float, bottom: float) -> DetectedLine:
    """A band that runs along the longer side, upwards if that is upright."""
    if bottom - top <= right - left:
        return DetectedLine.rectangle(left, top, right, bottom)
    middle = (left + right) / 2
    return DetectedLine(np.array([(middle, bottom), (middle, top)]), right - left, 1.0)


NOTE, LETTER, FAR = piece(20, 100, 60, 400), piece(25, 60, 62, 90), piece(25, 500, 62, 530)
TEXT = piece(100, 100, 500, 140)


class Reader:
    """Reads each line with a confidence that the test sets."""

    def __init__(self, *, whole: float, note: float) -> None:
        self.read: list[DetectedLine] = []
        self._whole, self._note = whole, note

    def __call__(self, lines: Sequence[DetectedLine]) -> Iterable[ReadLine]:
        self.read += lines
        for line in lines:
            confidence = 0.1
            if line.is_sideways and line.axis[-1][1] < line.axis[0][1]:
                confidence = self._whole if line.width > NOTE.width else self._note
            image = cut(np.zeros((600, 600), np.uint8), line)
            yield ReadLine(image, [DecodedWord("word", 0, 4, confidence)])


def test_a_letter_that_broke_off_is_taken_into_the_line() -> None:
    read = list(read_turned(Reader(whole=0.9, note=0.9), [TEXT, LETTER, NOTE, FAR]))
    assert sorted(round(line.image.line.width) for line in read) == [37, 340, 400]
    assert not any(line.is_hopeless for line in read)


def test_what_cannot_be_read_together_stays_apart() -> None:
    read = list(read_turned(Reader(whole=0.2, note=0.9), [TEXT, LETTER, NOTE, FAR]))
    assert sorted(round(line.image.line.width) for line in read) == [37, 37, 300, 400]


def test_a_guess_that_is_not_sure_is_not_believed() -> None:
    read = list(read_turned(Reader(whole=0.6, note=0.6), [TEXT, NOTE]))
    assert [line.is_hopeless for line in read] == [False, True]


def test_a_page_without_such_a_note_is_read_once() -> None:
    reader = Reader(whole=0.9, note=0.9)
    assert len(list(read_turned(reader, [TEXT, LETTER]))) == 2
    assert reader.read == [TEXT, LETTER]
