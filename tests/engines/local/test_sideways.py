from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines import Request
from notetext.engines.local import LocalEngine
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
