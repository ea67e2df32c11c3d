"""Pages that lie upside down or askew by far, as they are laid under a phone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from measuring.drawn.fonts import HANDS, PRINTS, Face
from measuring.drawn.noted_facts import KINDS, fact_list
from measuring.drawn.prose import paragraphs
from measuring.drawn.sheet import BLACK, PENS, Sheet, Writing, wrapped
from measuring.transcribed import TranscribedImage, dev_pages, kept

_TURNS = (180, 27, -38, 180, -22, 44, 180, 33)
"""Degrees, counter-clockwise."""
_LETTERS = ("ing_SC0033B_s4_b01_f14_i091", "pie_Lettre59", "yag_Lettre252")
"""Letters of 1905 without a printed head, which their text leaves out."""
_WIDTH, _MARGIN = 1200, 90


def turned(data: Path, made: Path) -> list[TranscribedImage]:
    """Pages of real hands, prose and facts by fonts, each turned by one of the `_TURNS`."""
    pages = dev_pages(data, "notes_en")[::3]
    pages += [page for page in dev_pages(data, "letters_en") if page.path.stem in _LETTERS]
    images = [_of_page(made, number, page) for number, page in enumerate(pages)]
    prose = paragraphs(data)
    names = list(KINDS)
    for number in range(8):
        by_hand = number % 2 == 0
        face = (HANDS if by_hand else PRINTS)[number // 2]
        how = Writing(face, 25 if by_hand else 16, PENS[number % 4] if by_hand else BLACK, by_hand)
        if number % 4 < 2:
            lines = wrapped(face.writable(prose[10 + number]), how, _WIDTH - 2 * _MARGIN)
        else:
            lines = fact_list(np.random.default_rng(640 + number), names[number % 6], 9, "$")
        images.append(_drawn(made, number, face, how, lines))
    return images


def _of_page(made: Path, number: int, page: TranscribedImage) -> TranscribedImage:
    with Image.open(page.path) as picture:
        image = _turned(picture.convert("RGB"), _TURNS[number % len(_TURNS)])
    path = made / f"turned-{_TURNS[number % len(_TURNS)]}-{page.path.stem}.jpg"
    return kept(image, path, page.text)


def _drawn(made: Path, number: int, face: Face, how: Writing, lines: list[str]) -> TranscribedImage:
    sheet = Sheet(_WIDTH, round((len(lines) + 2) * how.pitch), 600 + number)
    for row, line in enumerate(lines):
        sheet.write(_MARGIN, (row + 1.7) * how.pitch, line, how)
    # Every turn meets both hands and print.
    turn = _TURNS[(number + number // 4) % len(_TURNS)]
    path = made / f"turned-{turn}-{number:02d}-{Path(face.file).stem}.jpg"
    return kept(_turned(sheet.scanned(), turn), path, "\n".join(lines))


def _turned(image: Image.Image, degrees: float) -> Image.Image:
    """The whole picture in a larger one, on more of the same paper."""
    paper = np.median(np.asarray(image).reshape(-1, 3), axis=0)
    red, green, blue = (int(part) for part in paper)
    return image.rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(red, green, blue)
    )
