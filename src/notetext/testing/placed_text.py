"""Where the words of a fake result stand on its picture."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from notetext.model import Box, Line, Word, standing
from notetext.testing.fake_service import FakeResult

Corners: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels."""

_A4 = (595, 842)
_PICTURES = ("BMP", "GIF", "JPEG", "PNG", "TIFF")


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word, and its place if it is known."""

    text: str
    corners: Corners | None


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """The words of one line; never none."""

    words: Sequence[PlacedWord]

    @property
    def text(self) -> str:
        """The words with spaces between."""
        return " ".join(word.text for word in self.words)

    @property
    def corners(self) -> Corners:
        """What holds all its words; zeros if no place is known."""
        known = [word.corners for word in self.words if word.corners]
        if not known:
            return (0, 0, 0, 0)
        lefts, tops, rights, bottoms = zip(*known, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def only(self, where: Callable[[float, float], bool]) -> PlacedRow | None:
        """The words whose middles are there, or ``None`` if there are none."""
        found = [
            word
            for word in self.words
            if word.corners
            and where(
                (word.corners[0] + word.corners[2]) / 2, (word.corners[1] + word.corners[3]) / 2
            )
        ]
        return PlacedRow(found) if found else None

    def as_line(self) -> Line:
        """The same as a line of the library's."""
        return Line(
            words=tuple(
                Word(text=word.text, box=Box.rectangle(*word.corners) if word.corners else None)
                for word in self.words
            )
        )


def placed_rows(result: FakeResult, size: tuple[int, int]) -> list[PlacedRow]:
    r"""The rows of a result; without boxes of their own, they share the picture evenly.

    >>> from notetext.testing.fake_service import FakeResult
    >>> from notetext.testing.placed_text import placed_rows
    >>> [row.corners for row in placed_rows(FakeResult("Tea\nmilk"), (60, 40))]
    [(0, 0, 60, 20), (0, 20, 60, 40)]
    """
    if result.lines:
        return [
            PlacedRow([PlacedWord(word.text, _corners(word.box)) for word in words])
            for words in (standing(line.words) for line in result.lines)
            if words
        ]
    width, height = size
    texts = [row.split() for row in result.text.splitlines() if row.strip()]
    tops = [height * place // max(len(texts), 1) for place in range(len(texts) + 1)]
    rows = []
    for words, (top, bottom) in zip(texts, pairwise(tops), strict=True):
        edges = [width * place // len(words) for place in range(len(words) + 1)]
        rows.append(
            PlacedRow(
                [
                    PlacedWord(word, (left, top, right, bottom))
                    for word, (left, right) in zip(words, pairwise(edges), strict=True)
                ]
            )
        )
    return rows


def picture_size(image: bytes) -> tuple[int, int]:
    """The width and height of a picture in pixels; a PDF counts as a page of A4 at 72 dpi.

    Raises:
        ValueError: it is neither.
    """
    if image.startswith(b"%PDF-"):
        return _A4
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(image), formats=_PICTURES) as picture:
            return picture.size
    except UnidentifiedImageError:
        raise ValueError("the picture cannot be read") from None


def as_png(image: bytes) -> bytes:
    """The same picture as a PNG.

    Raises:
        ValueError: it is none.
    """
    from PIL import Image, UnidentifiedImageError

    file = io.BytesIO()
    try:
        with Image.open(io.BytesIO(image), formats=_PICTURES) as picture:
            plain = picture.mode in {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}
            (picture if plain else picture.convert("RGB")).save(file, "PNG")
    except UnidentifiedImageError:
        raise ValueError("the picture cannot be read") from None
    return file.getvalue()


def _corners(box: Box | None) -> Corners | None:
    if box is None:
        return None
    xs, ys = [round(x) for x in box[::2]], [round(y) for y in box[1::2]]
    return min(xs), min(ys), max(xs), max(ys)
