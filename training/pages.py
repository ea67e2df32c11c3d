"""Pages put together of lines, real and printed, for what looks at whole pages.

A page is made from its number alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from drawing import draw_print, find_fonts
from ink import Ink, ink_of
from paper import on_paper
from real_lines import RealLine, archives_of, read_archive
from torch import Tensor

from notetext.engines.local.detection import as_batch

_GRID = 32
_LONG_SIDES = (736, 736, 736, 1280)
_CROPS = 0.3  # of all pages, so many are cut out of larger ones: a few lines
_MOST_LINES_OF_AN_ARCHIVE = 300


class Pages:
    """Pages as the detector gets to see them."""

    def __init__(self, data: Path, book_fonts: Path) -> None:
        """Takes real lines and fonts.

        Args:
            data: a folder with ``train/*.zip``.
            book_fonts: a folder of fonts for print.
        """
        self._hands = [_some(read_archive(path)) for path in archives_of(data)]
        self._fonts = find_fonts(book_fonts)

    def __getitem__(self, number: int) -> Tensor:
        """A page, 1×3×H×W, H and W multiples of 32."""
        random = np.random.default_rng(number)
        long = int(random.choice(_LONG_SIDES))
        is_crop = random.random() < _CROPS
        share = random.uniform(0.06, 0.3) if is_crop else random.uniform(0.6, 0.9)
        short = max(2, round(long * share / _GRID)) * _GRID
        shape = (long, short) if random.random() < 0.7 and not is_crop else (short, long)
        page = np.zeros(shape, np.float32)
        columns = 1 if is_crop or random.random() < 0.75 else int(random.integers(2, 4))
        width = shape[1] // columns
        for column in range(columns):
            self._write(page[:, column * width : (column + 1) * width], random)
        picture = np.clip(on_paper(page, random), 0, 255).astype(np.uint8)
        if random.random() < 0.1:
            picture = 255 - picture
        return torch.from_numpy(as_batch(picture[None]))

    def _write(self, room: Ink, random: np.random.Generator) -> None:
        """Writes lines of one hand, or of one font, into a column."""
        hand = self._hands[int(random.integers(len(self._hands)))]
        font = self._fonts[int(random.integers(len(self._fonts)))]
        is_print = random.random() < 0.4
        height = min(int(random.integers(16, 64)), room.shape[0] - 8)
        step = round(height * random.uniform(0.9, 1.8))
        margin = int(room.shape[1] * random.uniform(0.02, 0.12))
        top = int(random.integers(4, max(5, min(room.shape[0] // 4, room.shape[0] - height))))
        first = int(random.integers(len(hand)))
        for place, row in enumerate(range(top, room.shape[0] - height, step)):
            line = hand[(first + place) % len(hand)]
            pixels = draw_print(line.text, font, random) if is_print else line.pixels
            ink = _as_high(ink_of(pixels), height)[:, : max(1, room.shape[1] - margin)]
            part = room[row : row + height, margin : margin + ink.shape[1]]
            np.maximum(part, ink, out=part)


def _some(lines: Iterator[RealLine]) -> list[RealLine]:
    return [line for line, _ in zip(lines, range(_MOST_LINES_OF_AN_ARCHIVE), strict=False)]


def _as_high(ink: Ink, height: int) -> Ink:
    width = max(1, round(ink.shape[1] * height / len(ink)))
    return np.asarray(cv2.resize(ink, (width, height), interpolation=cv2.INTER_AREA), np.float32)
