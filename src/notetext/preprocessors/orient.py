"""Finds out which way up a page is, by reading a little of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from notetext.errors import ConfigurationError
from notetext.model import Language, LanguageLike, Word
from notetext.page_image import PageImage
from notetext.page_image.ink import find_ink, x_height
from notetext.preprocessors import PatchReader, Preprocessor
from notetext.preprocessors.deskew import ink_points, row_contrast
from notetext.preprocessors.letter_layout import find_letters, lines_run_along


@dataclass(frozen=True)
class Orient(Preprocessor):
    """Turns a page by quarter turns until it is upright.

    Whether lines run along the rows or along the columns is seen from the ink alone, a column of
    figures included. Which end is up is read: a patch of two or three lines is read as it is and
    upside down, and what makes more sense, in characters weighted by confidence, wins. Where the
    first patch does not decide, more are read; where none does, the page is returned as it is, like
    one without writing.

    Args:
        language: the language that the patches are read in.
        reader: what reads them, two to twelve for a page. In a `NoteText` the step gets one by
            itself, and the engine's networks are not loaded twice.

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.orient import Orient
    >>> image = PageImage(np.full((60, 80), 255, np.uint8))
    >>> Orient()(image) is image
    True
    """

    language: LanguageLike = Language.ENGLISH
    reader: PatchReader | None = None

    name = "orient"
    version = "3"

    def __post_init__(self) -> None:
        object.__setattr__(self, "language", Language.parse(self.language))

    @property
    def fingerprint(self) -> str | None:
        """Identifies the step, its reader and the language; ``None`` if the reader has none."""
        reader = "" if self.reader is None else self.reader.fingerprint
        if reader is None:
            return None
        return f"{self.name}/{self.version}({reader}, {Language.parse(self.language)})"

    def with_reader(self, reader: PatchReader) -> Orient:
        """The step with that reader, unless it has one of its own."""
        return self if self.reader is not None else replace(self, reader=reader)

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page upright.

        Raises:
            ConfigurationError: the page needs reading, and there is no reader.
            EngineError: the reader failed.
            UnsupportedLanguageError: the reader does not read the language.
        """
        best = self.best_turn(image, _likely_turns(image))
        return image.rotated(90 * best) if best else image

    def turns_to_try(self, image: PageImage) -> Sequence[int]:
        """What makes most sense by some patches; if that is how the page lies, nothing.

        Where the patches do not tell, upside down, and on its side if the ink leaves that open.
        """
        likely = _likely_turns(image)
        best = self.best_turn(image, sorted({0, 2, *likely})) if self.reader is not None else None
        if best is not None:
            return [best] if best else []
        return [2, *(turn for turn in likely if turn % 2)]

    def way_up(self, image: PageImage) -> tuple[int, float] | None:
        """Finds out which turn makes a page upright, and how clear that is.

        Args:
            image: a page.

        Returns:
            Quarter turns, counter-clockwise, and the share by which they make more sense than the
            second best, 0.5 to 1; ``None`` where nobody can tell.

        Raises:
            NoteTextError: as `best_turn`.
        """
        return self._clearest(image, _likely_turns(image))

    def best_turn(self, image: PageImage, turns: Sequence[int]) -> int | None:
        """Reads which of some quarter turns makes most sense.

        Args:
            image: a page.
            turns: quarter turns, counter-clockwise, each with its opposite.

        Returns:
            The turn; ``None`` if none makes clearly more sense than the others.

        Raises:
            ConfigurationError: there is no reader.
            EngineError: the reader failed.
            UnsupportedLanguageError: the reader does not read the language.
        """
        found = self._clearest(image, turns)
        return None if found is None else found[0]

    def _clearest(self, image: PageImage, turns: Sequence[int]) -> tuple[int, float] | None:
        sense = dict.fromkeys(turns, 0.0)
        patches = {quarters: _patches(image, quarters) for quarters in sense if quarters < 2}
        for _ in range(MAX_PATCHES):
            for axis, patches_along in patches.items():
                patch = next(patches_along, None)
                if patch is not None:
                    sense[axis] += self._sense_of(patch)
                    sense[axis + 2] += self._sense_of(patch.rotated(180))
            best, second = sorted(sense, key=sense.__getitem__, reverse=True)[:2]
            if sense[best] >= max(ENOUGH_SENSE, CLEAR_LEAD * sense[second]):
                return best, 1 - sense[second] / sense[best]
        return None

    def _sense_of(self, patch: PageImage) -> float:
        """How many characters are made out, those that are doubtful hardly counting."""
        if self.reader is None:
            raise ConfigurationError(
                "which end of the page is up has to be read; use the step in a NoteText, or give "
                "it what reads: Orient(reader=…)"
            )
        words = filter(_runs_along, self.reader.read(patch, Language.parse(self.language)))
        return sum(
            len(word.text) * (0.5 if word.confidence is None else word.confidence) ** 3
            for word in words
        )


def _runs_along(word: Word) -> bool:
    """Whether a word is read along the rows; one that is not says nothing of which end is up."""
    if word.box is None:
        return True
    (left, start), (right, end), *_ = word.box.corners
    return right - left > abs(end - start)


MAX_PATCHES = 3
"""How many patches of a page are read at most, in every turn that is likely."""
PATCH_SIZE = (44, 10)
"""The width and height of a patch in x-heights: about sixty characters in two or three lines."""
ENOUGH_SENSE = 10.0
"""Sure characters without which nothing is decided."""
CLEAR_LEAD = 2.0
"""How many times more sense than the second best turn the best one must make."""
CLEAR_AXIS = 1.25
"""How much more the rows along the lines must differ than those across; pages of handwriting reach
1.5 to 17."""


def _likely_turns(image: PageImage) -> list[int]:
    """The quarter turns, counter-clockwise, that may make the page upright."""
    along, across = row_contrast(ink_points(image))
    if along >= CLEAR_AXIS * across:
        return [0, 2]
    if across >= CLEAR_AXIS * along:
        # The figures of a column stand beneath each other, and make columns of ink.
        return [0, 2] if lines_run_along(find_letters(image), 0) else [1, 3]
    return [0, 1, 2, 3]


def _patches(image: PageImage, quarters: int) -> Iterator[PageImage]:
    """Patches of the page after so many quarter turns, the one with the most ink first."""
    turned = image.rotated(90 * quarters) if quarters else image
    letter = x_height(turned)
    if letter is None:
        return
    ink = find_ink(turned)
    height, width = ink.mask.shape
    columns = min(width, round(PATCH_SIZE[0] * letter * ink.scale))
    rows = min(height, round(PATCH_SIZE[1] * letter * ink.scale))
    mask = ink.mask.astype(np.float32)
    for _ in range(MAX_PATCHES):
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
