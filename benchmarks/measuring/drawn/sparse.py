"""Sheets with little on them: a few lines of small print, as crisp as programs draw it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from measuring.drawn.facts import money_sign
from measuring.drawn.fonts import PRINTS, Face
from measuring.drawn.noted_facts import KINDS, fact_list
from measuring.transcribed import TranscribedImage

_A4 = 1240, 1754  # at 150 dpi
_X_HEIGHTS = (5, 6, 8)
_MOST_LINES = 4
_WHITE, _BLACK = 255, 0


def sparse(_: Path, made: Path) -> list[TranscribedImage]:
    """One to four facts on an empty sheet, somewhere in its upper half."""
    kinds = [(face, x_height) for x_height in _X_HEIGHTS for face in PRINTS]
    return [_sheet(made, number, *kind) for number, kind in enumerate(kinds)]


def _sheet(made: Path, number: int, face: Face, x_height: int) -> TranscribedImage:
    dice = np.random.default_rng(500 + number)
    kind = list(KINDS)[number % len(KINDS)]
    lines = fact_list(dice, kind, 1 + number % _MOST_LINES, money_sign(face, number))
    image = Image.new("L", _A4, _WHITE)
    pen, font = ImageDraw.Draw(image), face.at(x_height)
    left, top = dice.uniform(0.05, 0.5) * image.width, dice.uniform(0.05, 0.5) * image.height
    for row, line in enumerate(lines):
        pen.text((left, top + row * 1.6 * font.size), line, _BLACK, font)
    path = made / f"sparse-{number:02d}-{Path(face.file).stem}.png"
    image.save(path)
    return TranscribedImage(path, "\n".join(lines))
