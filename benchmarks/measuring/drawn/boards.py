"""Light on dark: chalk on boards, by real hands and by fonts, and print on dark screens."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from measuring.drawn.fonts import HANDS, PRINTS, Face
from measuring.drawn.noted_facts import KINDS, fact_list
from measuring.drawn.prose import paragraphs
from measuring.drawn.sheet import Colour, Sheet, Writing, wrapped
from measuring.transcribed import TranscribedImage, dev_pages, kept

_BOARDS: tuple[Colour, ...] = ((30, 52, 44), (24, 24, 27), (38, 50, 78))
_CHALKS: tuple[Colour, ...] = ((238, 238, 230), (245, 232, 150), (210, 230, 250))
_SCREEN, _LETTERS = (30, 31, 36), (212, 212, 216)
_WIDTH, _MARGIN = 1200, 90
_CHALKED = slice(2, None, 4)  # of the English notes
_DARKEST = 0.5  # percent of the pixels of a scan, which are ink through and through


def boards(data: Path, made: Path) -> list[TranscribedImage]:
    """Boards with handwriting, boards with facts by hand-like fonts, and screens."""
    chalked = [
        _chalked(made, number, page)
        for number, page in enumerate(dev_pages(data, "notes_en")[_CHALKED])
    ]
    names = list(KINDS)
    written = []
    for number, face in enumerate(HANDS):
        lines = fact_list(np.random.default_rng(440 + number), names[number], 8, "$")
        how = Writing(face, 30, _CHALKS[number % 3], by_hand=True)
        written.append(_board(made, f"facts-{number:02d}", number, lines, how))
    prose = paragraphs(data)
    for number, face in enumerate(HANDS[:2]):
        how = Writing(face, 28, _CHALKS[number], by_hand=True)
        lines = wrapped(face.writable(prose[4 + number]), how, _WIDTH - 2 * _MARGIN)[:8]
        written.append(_board(made, f"prose-{number:02d}", number + 1, lines, how))
    screens = [
        _screen(made, number, face, prose[7 + number]) for number, face in enumerate(PRINTS[:4])
    ]
    return chalked + written + screens


def _chalked(made: Path, number: int, page: TranscribedImage) -> TranscribedImage:
    """A page of handwriting as if it were written with chalk."""
    with Image.open(page.path) as image:
        grey = np.asarray(image.convert("L"), np.float64)
    paper, ink = np.median(grey), np.percentile(grey, _DARKEST)
    share = np.clip((0.95 * paper - grey) / (0.95 * paper - ink), 0, 1)
    path = made / f"boards-hand-{number:02d}-{page.path.stem}.jpg"
    return kept(_on_board(share, number, _CHALKS[number % 3]), path, page.text)


def _board(made: Path, name: str, number: int, lines: list[str], how: Writing) -> TranscribedImage:
    sheet = Sheet(_WIDTH, round((len(lines) + 2) * how.pitch), 400 + number)
    for row, line in enumerate(lines):
        black = Writing(how.face, how.x_height, (0, 0, 0), by_hand=True)
        sheet.write(_MARGIN, (row + 1.7) * how.pitch, line, black)
    share = 1 - np.asarray(sheet.image.convert("L"), np.float64) / 255
    path = made / f"boards-{name}-{Path(how.face.file).stem}.jpg"
    return kept(_on_board(share, number, how.colour), path, "\n".join(lines))


def _on_board(share: NDArray[np.float64], number: int, chalk: Colour) -> Image.Image:
    """What covers a share of the board, drawn with chalk on a board that was wiped before."""
    dice = np.random.default_rng(400 + number)
    height, width = share.shape
    clouds = cv2.GaussianBlur(dice.normal(0, 1, (height // 8 + 1, width // 8 + 1)), (0, 0), 6)
    clouds = cv2.resize(clouds / clouds.std(), (width, height))
    board = np.array(_BOARDS[number % 3]) + 7 * clouds[..., None]
    # Chalk skips on the grain of the board.
    grain = cv2.GaussianBlur(dice.normal(0, 1, (height, width)), (0, 0), 0.8)
    cover = share * np.clip(0.88 + 0.25 * grain, 0.3, 1)
    drawn = board * (1 - cover[..., None]) + np.array(chalk) * cover[..., None]
    noisy = cv2.GaussianBlur(drawn, (0, 0), 0.6) + dice.normal(0, 3, (height, width, 1))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def _screen(made: Path, number: int, face: Face, text: str) -> TranscribedImage:
    """A picture of a dark screen, as sharp as it is shown."""
    how = Writing(face, 11 + number, _LETTERS)
    lines = wrapped(text, how, 1000)
    sheet = Sheet(1100, round((len(lines) + 2.5) * how.pitch), 0, _SCREEN)
    for row, line in enumerate(lines):
        sheet.write(40, (row + 2) * how.pitch, line, how)
    path = made / f"boards-screen-{number:02d}-{Path(face.file).stem}.jpg"
    return kept(sheet.image, path, "\n".join(lines))
