"""Finds out which way up a page is, by reading a little of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import cv2
import numpy as np

from notetext.language import Language
from notetext.options import LanguageLike, Mode, Request
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.deskew import ink_points, row_contrast
from notetext.preprocessors.ink import find_ink, x_height

if TYPE_CHECKING:
    from notetext.engines import Engine


@dataclass(frozen=True)
class Orient(Preprocessor):
    """Turns a page by quarter turns until it is upright.

    Whether lines run along the rows or along the columns is seen from the ink alone. Which end is
    up is read: an engine reads a piece of two or three lines as it is and upside down, and what
    makes more sense, in characters weighted by confidence, wins. Where the first piece does not
    decide, more are read; where none does, the page is returned as it is, like one without writing.

    Args:
        engine: what reads the pieces; the name of one, or an engine that is in use anyway, whose
            networks are then not loaded twice. It should be one on this machine: a page costs it
            two to twelve readings.
        language: the language that the pieces are read in.

    >>> page = PageImage(np.full((60, 80), 255, np.uint8))
    >>> Orient()(page) is page
    True
    """

    engine: Engine | str = "local"
    language: LanguageLike = Language.ENGLISH

    name = "orient"
    version = "2"

    def __post_init__(self) -> None:
        object.__setattr__(self, "language", Language.parse(self.language))

    @property
    def fingerprint(self) -> str | None:
        """Identifies the step, the engine and the language; ``None`` if the engine has none."""
        engine = self._reader.fingerprint
        return engine and f"{self.name}/{self.version}({engine}, {Language.parse(self.language)})"

    def __call__(self, page: PageImage) -> PageImage:
        """Returns the page upright.

        Raises:
            EngineError: the engine failed.
            UnknownNameError: there is no engine of that name.
            UnsupportedLanguageError: the engine does not read the language.
        """
        sense = dict.fromkeys(_likely_turns(page), 0.0)
        pieces = {quarters: _pieces(page, quarters) for quarters in sense if quarters < 2}
        for _ in range(MAX_PIECES):
            for axis, pieces_along in pieces.items():
                piece = next(pieces_along, None)
                if piece is not None:
                    sense[axis] += self._sense_of(piece)
                    sense[axis + 2] += self._sense_of(piece.rotated(180))
            best, second = sorted(sense, key=sense.__getitem__, reverse=True)[:2]
            if sense[best] >= max(ENOUGH_SENSE, CLEAR_LEAD * sense[second]):
                return page.rotated(90 * best) if best else page
        return page

    def _sense_of(self, piece: PageImage) -> float:
        """How many characters the engine makes out, those that it doubts hardly counting."""
        # What was trained on handwriting alone finds some in upside-down lines too.
        request = Request(
            mode=Mode.PRINTED,
            languages=(Language.parse(self.language),),
            language_model=False,
        )
        reading = self._reader.read(piece, request)
        words = [word for line in (*reading.fragments, *reading.lines) for word in line.words]
        sure = [0.5 if word.confidence is None else word.confidence for word in words]
        return sum(len(word.text) * sure**3 for word, sure in zip(words, sure, strict=True))

    @cached_property
    def _reader(self) -> Engine:
        from notetext import registry

        return registry.engine(self.engine)


MAX_PIECES = 3
"""How many pieces of a page are read at most, in every turn that is likely."""
PIECE_SIZE = (44, 10)
"""The width and height of a piece in x-heights: about sixty characters in two or three lines."""
ENOUGH_SENSE = 10.0
"""Sure characters without which nothing is decided."""
CLEAR_LEAD = 2.0
"""How many times more sense than the second best turn the best one must make."""
CLEAR_AXIS = 1.25
"""How much more the rows along the lines must differ than those across; pages of handwriting reach
1.5 to 17."""


def _likely_turns(page: PageImage) -> list[int]:
    """The quarter turns, counter-clockwise, that may make the page upright."""
    along, across = row_contrast(ink_points(page))
    if along >= CLEAR_AXIS * across:
        return [0, 2]
    if across >= CLEAR_AXIS * along:
        return [1, 3]
    return [0, 1, 2, 3]


def _pieces(page: PageImage, quarters: int) -> Iterator[PageImage]:
    """Pieces of the page after so many quarter turns, the one with the most ink first."""
    turned = page.rotated(90 * quarters) if quarters else page
    letter = x_height(turned)
    if letter is None:
        return
    ink = find_ink(turned)
    height, width = ink.mask.shape
    columns = min(width, round(PIECE_SIZE[0] * letter * ink.scale))
    rows = min(height, round(PIECE_SIZE[1] * letter * ink.scale))
    mask = ink.mask.astype(np.float32)
    for _ in range(MAX_PIECES):
        # The sums over all windows that fit; the anchor is each window's top left corner.
        sums = cv2.boxFilter(
            mask, -1, (columns, rows), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT
        )
        sums = sums[: height - rows + 1, : width - columns + 1]
        top, left = np.unravel_index(int(np.argmax(sums)), sums.shape)
        if sums[top, left] <= 0:
            return
        mask[top : top + rows, left : left + columns] = 0
        bounds = np.array([left, top, left + columns, top + rows]) / ink.scale
        yield turned.cropped(*np.round(bounds).astype(int).tolist())
