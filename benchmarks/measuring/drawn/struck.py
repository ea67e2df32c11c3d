"""Pages on which some words are struck out; they are no part of the text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from measuring.drawn.fonts import HANDS, Face
from measuring.drawn.places import MeasuredPage, Place, measured_pages
from measuring.drawn.prose import paragraphs
from measuring.drawn.sheet import PENS, Sheet, Writing, wrapped
from measuring.drawn.strokes import STROKES, strike_out
from measuring.transcribed import TranscribedImage, kept

_WIDTH, _MARGIN = 1300, 90
_LINES = 9
_LEAST_LETTERS = 4
_PEN = 0.07  # of a line's height: how wide a stroke over a real hand is
_INK = 110  # grey below which a scan shows ink


def struck(data: Path, made: Path) -> list[TranscribedImage]:
    """One line, two, a zigzag and a scribble, each on pages of real hands and of fonts."""
    kinds = list(STROKES)
    pages = [page for page in measured_pages("notes_en") if page.words]
    real = [
        _struck_page(data, made, page, kinds[number % len(kinds)], number)
        for number, page in enumerate(pages)
    ]
    prose = paragraphs(data)
    drawn = [
        _drawn_page(made, prose[number], HANDS[number // 2 % len(HANDS)], kinds[number % 4], number)
        for number in range(8)
    ]
    return real + drawn


def _struck_page(
    data: Path, made: Path, page: MeasuredPage, kind: str, number: int
) -> TranscribedImage:
    with Image.open(page.picture(data)) as picture:
        image = picture.convert("RGB")
    grey = np.asarray(image.convert("L"))
    draw, dice = ImageDraw.Draw(image), np.random.default_rng(500 + number)
    lines = [line.split() for line in page.text_lines(data)]
    for word in page.words:
        pen = (_colour(grey, word), max(3, round(_PEN * word.height)))
        box = (word.left, word.top, word.right, word.bottom)
        strike_out(draw, kind, box, _middle(grey, word), pen, dice)
        lines[word.line][word.word or 0] = ""
    path = made / f"struck-{kind}-{Path(page.name).stem}.jpg"
    return kept(image.convert("L"), path, _without_gaps(lines))


def _middle(grey: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], word: Place) -> float:
    """How far down the middle of a word's small letters is: the median of its ink."""
    ink = (grey[word.top : word.bottom, word.left : word.right] < _INK).sum(axis=1).cumsum()
    return word.top + float(np.searchsorted(ink, ink[-1] / 2))


def _colour(
    grey: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], word: Place
) -> tuple[int, int, int]:
    """As dark as the word is."""
    dark = int(np.percentile(grey[word.top : word.bottom, word.left : word.right], 5))
    return (dark, dark, dark)


def _drawn_page(made: Path, text: str, face: Face, kind: str, number: int) -> TranscribedImage:
    how = Writing(face, 26, PENS[number % len(PENS)], by_hand=True)
    rows = wrapped(face.writable(text), how, _WIDTH - 2 * _MARGIN)[:_LINES]
    sheet = Sheet(_WIDTH, round((len(rows) + 2) * how.pitch), 520 + number)
    draw = ImageDraw.Draw(sheet.image)
    lines = []
    for row, line in enumerate(rows):
        base = (row + 1.7) * how.pitch
        places = sheet.write(_MARGIN, base, line, how)
        words = [place.text for place in places]
        long = [n for n, word in enumerate(words) if len(word) >= _LEAST_LETTERS]
        if row % 2 == 0 and long:
            chosen = long[int(sheet.dice.integers(len(long)))]
            word = places[chosen]
            box = (word.left, base - 2.2 * how.x_height, word.right, base + how.x_height)
            pen = (how.colour, max(3, round(0.14 * how.x_height)))
            strike_out(draw, kind, box, base - how.x_height / 2, pen, sheet.dice)
            words[chosen] = ""
        lines.append(words)
    path = made / f"struck-{kind}-{number:02d}-{Path(face.file).stem}.jpg"
    return kept(sheet.scanned(), path, _without_gaps(lines))


def _without_gaps(lines: list[list[str]]) -> str:
    return "\n".join(" ".join(word for word in line if word) for line in lines)
