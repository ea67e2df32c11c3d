"""Pages of handwriting where picture and text hold the same, as far as eyes can tell.

The printed head of the forms of `notes_fr` is cut off, and with it went what was written at the
edges; the texts of `letters_en` have no printed letterheads, stamps, signatures or notes in the
margin, which the pictures have. A reader that reads what is there has no fault in either.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from measuring.transcribed import TranscribedImage, dev_pages, kept

# Of each text the lines, from 1 on or from the end, whose small letters are not whole on the
# picture. Looked through on 2026-12-01.
_NOT_ON_THE_PICTURE: Mapping[str, tuple[int, ...]] = {
    "imp_wikitexte_0310": (1,),
    "wikitexte_0111": (-1,),
    "wikitexte_0194_1": (1,),
    "wikitexte_0230": (1, 2),
    "wikitexte_0240": (1, 2),
    "wikitexte_0242": (-1,),
    "wikitexte_0249": (1,),
    "wikitexte_0265_2": (-3,),
}
# Left, top, right and bottom in pixels of what no text has. Looked through on 2026-12-01.
_NOT_IN_THE_TEXT: Mapping[str, tuple[tuple[int, int, int, int], ...]] = {
    "ing_SC0033B_s4_b01_f14_i082": ((480, 85, 1035, 185), (700, 995, 980, 1095)),
    "ing_SC0033B_s4_b01_f14_i091": ((60, 5, 830, 250), (60, 245, 420, 443), (290, 443, 425, 480)),
    "yag_Lettre249": ((50, 65, 430, 230), (385, 1080, 880, 1205)),
    "yag_Lettre250": ((5, 30, 425, 190), (365, 165, 918, 238)),
}


def notes_as_shown(data: Path, _: Path) -> list[TranscribedImage]:
    """The pages of `notes_fr` without the lines that are not on the pictures."""
    return [
        TranscribedImage(page.path, _without_lines(page.text, page.path.stem))
        for page in dev_pages(data, "notes_fr")
    ]


def letters_as_shown(data: Path, made: Path) -> list[TranscribedImage]:
    """The pages of `letters_en`, painted over where something stands that is not in the texts."""
    pages = []
    for page in dev_pages(data, "letters_en"):
        places = _NOT_IN_THE_TEXT.get(page.path.stem, ())
        if not places:
            pages.append(page)
            continue
        with Image.open(page.path) as picture:
            painted = picture.convert("RGB")
        paper = np.median(np.asarray(painted), axis=(0, 1)).astype(int)
        pen = ImageDraw.Draw(painted)
        for place in places:
            pen.rectangle(place, fill=tuple(paper.tolist()))
        pages.append(kept(painted, made / page.path.name, page.text))
    return pages


def _without_lines(text: str, name: str) -> str:
    lines = text.strip().splitlines()
    numbers = _NOT_ON_THE_PICTURE.get(name, ())
    gone = {number - 1 if number > 0 else number + len(lines) for number in numbers}
    return "\n".join(line for number, line in enumerate(lines) if number not in gone)
