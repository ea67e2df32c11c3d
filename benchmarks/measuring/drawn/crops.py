"""Single lines and regions, as people cut them out of pages of handwriting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PIL import Image

from measuring.drawn.places import MeasuredPage, Place, measured_pages
from measuring.transcribed import TranscribedImage, kept

_MARGIN = 0.12  # of a line's height, around what is cut out
_REGIONS = slice(None, None, 3)  # of the pages; of the others two lines each


def english_crops(data: Path, made: Path) -> list[TranscribedImage]:
    """Of the notes and the letters of 1905."""
    return _crops(data, made, [*measured_pages("notes_en"), *measured_pages("letters_en")])


def french_crops(data: Path, made: Path) -> list[TranscribedImage]:
    """Of the notes on ruled paper."""
    return _crops(data, made, measured_pages("notes_fr"))


def _crops(data: Path, made: Path, pages: Sequence[MeasuredPage]) -> list[TranscribedImage]:
    cut = partial(_cut, data, made)
    lines = [cut(page, [line], "line") for page in pages for line in page.lines[:2]]
    return lines + [cut(page, page.lines, "region") for page in pages[_REGIONS]]


def _cut(
    data: Path, made: Path, page: MeasuredPage, lines: Sequence[Place], kind: str
) -> TranscribedImage:
    """Cuts out lines that stand below each other; bits of their neighbours come along."""
    margin = _MARGIN * lines[0].height
    sides = (
        min(line.left for line in lines) - 2 * margin,
        min(line.top for line in lines) - margin,
        max(line.right for line in lines) + 2 * margin,
        max(line.bottom for line in lines) + margin,
    )
    path = made / f"{kind}-{Path(page.name).stem}-{lines[0].line:02d}.jpg"
    with Image.open(page.picture(data)) as image:
        left, top, right, bottom = map(round, sides)
        box = (max(0, left), max(0, top), min(image.width, right), min(image.height, bottom))
        cut_out = image.crop(box)
    text = page.text_lines(data)
    return kept(cut_out, path, "\n".join(text[line.line] for line in lines))
