"""A page of print, drawn for the tests."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext.engines.local import LocalEngine
from notetext.page_image import PageImage


def draw_page(lines: Sequence[str], *, size: int = 40, width: int = 900) -> PageImage:
    """Draws lines of text, black on white, one below the other."""
    font = ImageFont.load_default(size)
    image = Image.new("RGB", (width, 2 * size * (len(lines) + 1)), "white")
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        pen.text((size, size + row * 2 * size), line, font=font, fill="black")
    return PageImage(np.asarray(image))


@pytest.fixture(scope="session")
def printed_page() -> PageImage:
    return draw_page(["Dear Anna,", "the train leaves at 9:45", "from the old station."])


@pytest.fixture(scope="session")
def engine() -> LocalEngine:
    return LocalEngine(threads=1)
