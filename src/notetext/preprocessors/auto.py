"""Measures a page and takes the steps that it needs, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from notetext.model import Language, LanguageLike
from notetext.page_image import PageImage
from notetext.page_image.ink import reduced_grey, x_height
from notetext.preprocessors import PatchReader, Preprocessor
from notetext.preprocessors.background import FlattenBackground, is_shaded
from notetext.preprocessors.crop_to_page import CropToPage
from notetext.preprocessors.deskew import MEASURED_SIDE as POINTS_SIDE
from notetext.preprocessors.deskew import direction_of, ink_points, row_contrast, skew_of
from notetext.preprocessors.letter_layout import (
    Letters,
    find_letters,
    lines_run_along,
    uprightness,
)
from notetext.preprocessors.orient import Orient
from notetext.preprocessors.ruling import MEASURED_SIDE, find_ruling, without_ruling
from notetext.preprocessors.slivers import RemoveSlivers
from notetext.preprocessors.tone import Invert


@dataclass(frozen=True)
class Auto(Preprocessor):
    """Takes the steps that a page needs, each only where a measurement asks for it.

    `Invert` where the writing is light on dark, `CropToPage` where a sheet lies in a photograph,
    a turn where lines of writing run at any angle or along the columns, `Deskew` where they are
    more than two degrees askew, `RemoveRuling` where the paper is ruled or squared, `Orient`
    where the letters look upside down, `RemoveSlivers` where a picture of one line shows bits of
    its neighbours, and `FlattenBackground` where a part of the paper is in a deep shadow. A page
    that needs none, such as a good scan or a picture of one line, is returned as it is, after one
    or two hundredths of a second.

    Args:
        language: the language in which `Orient` reads a page that may lie on its side or head.
        reader: what it reads that with; see there.

    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.auto import Auto
    >>> import numpy as np
    >>> image = PageImage(np.full((300, 400), 250, np.uint8))
    >>> Auto()(image) is image
    True
    """

    language: LanguageLike = Language.ENGLISH
    reader: PatchReader | None = None

    name = "auto"
    version = "5"

    def __post_init__(self) -> None:
        object.__setattr__(self, "language", Language.parse(self.language))

    @property
    def fingerprint(self) -> str | None:
        """Identifies the step, its reader and the language; ``None`` if the reader has none."""
        orient = self._orient.fingerprint
        return orient and f"{self.name}/{self.version}({orient})"

    def with_reader(self, reader: PatchReader) -> Auto:
        """The step with that reader, unless it has one of its own."""
        return self if self.reader is not None else replace(self, reader=reader)

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page after the steps that it needs.

        Raises:
            ConfigurationError: the page may lie on its side or upside down, and there is no reader.
            EngineError: the page may lie so, and the reader failed.
        """
        image = CropToPage()(Invert()(image))
        seen = _seen(image)
        levelled = self._levelled(image, seen)
        if levelled is not image:
            image, seen = levelled, _seen(levelled)
        ruling = find_ruling(seen)
        if ruling:
            image, seen = without_ruling(image, ruling), without_ruling(seen, ruling)
        letters = find_letters(seen)
        if _may_be_upside_down(letters):
            image = image.rotated(180) if self._orient.best_turn(image, (0, 2)) == 2 else image
        if seen.height < LOW_PICTURE * letters.height:
            image = RemoveSlivers()(image)
        return FlattenBackground()(image) if is_shaded(seen) else image

    def turns_to_try(self, image: PageImage) -> Sequence[int]:
        """Those of `Orient`."""
        return self._orient.turns_to_try(image)

    def _levelled(self, image: PageImage, seen: PageImage) -> PageImage:
        """Turns the page so that its lines run along the rows; by far only if it makes sense then.

        Args:
            image: the page.
            seen: it as it is measured.
        """
        points = ink_points(seen)
        along, across = row_contrast(points)
        if across > DOUBTFUL_AXIS * along:
            direction = _direction_of_lines(seen, points)
            if abs(direction) > STEEP:
                turned = _turned_by(image, -direction)
                quarters = self._orient.best_turn(turned, (0, 2))
                if quarters is not None:
                    return turned.rotated(90 * quarters) if quarters else turned
        angle = skew_of(points, least=LEAST_SKEW)
        if abs(angle) < LEAST_SKEW or not _is_tilt_of_lines(seen, points, angle):
            return image
        return image.rotated(-angle)

    @cached_property
    def _orient(self) -> Orient:
        return Orient(self.language, self.reader)


def _direction_of_lines(seen: PageImage, points: NDArray[np.float64]) -> float:
    """Degrees, counter-clockwise, from -90 to 90; 0 where nobody can tell."""
    direction = direction_of(points)
    if direction is None:
        return 0.0
    letters = find_letters(seen)
    # What stands out may be columns, of figures or of the beginnings of words.
    for line in (direction, direction - 90 if direction > 0 else direction + 90):
        if lines_run_along(letters, line):
            return line
    return 0.0


def _turned_by(image: PageImage, angle: float) -> PageImage:
    """Turns a page; by quarter turns alone, which leave all pixels as they are, if that is near."""
    quarters = round(angle / 90)
    rest = angle - 90 * quarters
    if abs(rest) >= STEEP:
        return image.rotated(angle)
    image = image.rotated(90 * quarters)
    # Measured anew, for what was looked at in a hurry is only about right.
    rest = skew_of(ink_points(_seen(image)), least=LEAST_SKEW)
    return image.rotated(-rest) if abs(rest) >= LEAST_SKEW else image


def _is_tilt_of_lines(seen: PageImage, points: NDArray[np.float64], angle: float) -> bool:
    """Whether a line climbs or falls by more than its small letters are high.

    What a short line or a word seems to be tilted by is how its letters happen to stand.
    """
    letter = x_height(seen)
    if letter is None:
        return False
    width = np.ptp(points[:, 0]) * max(1.0, max(seen.width, seen.height) / POINTS_SIDE)
    return bool(width * np.tan(np.radians(abs(angle))) >= letter)


def _may_be_upside_down(letters: Letters) -> bool:
    """Whether the letters look so, or do not tell, on a page where they should."""
    votes = uprightness(letters)
    if letters.count < FULL_PAGE:
        return votes <= -SURE_VOTES_OF_FEW
    return votes < SURE_VOTES


def _seen(image: PageImage) -> PageImage:
    """The page as it is measured: in grey, and no larger than need be."""
    return PageImage(reduced_grey(image, MEASURED_SIDE)[0])


LEAST_SKEW = 2.0
"""Degrees; less does not keep ruled lines from being found, and the local engine does not mind."""
DOUBTFUL_AXIS = 0.3
"""How much the rows across the page must differ, compared to those along it, before every direction
is looked at; pages of handwriting have 0.05 to 0.45, lists and pages at an angle 0.4 to 8."""
STEEP = 15.0
"""Degrees from which on the letters' places decide whether lines do run that way."""
SURE_VOTES = 0.5
"""Of `uprightness`; on a page with fewer, or with none such as one of figures, is read to tell."""
SURE_VOTES_OF_FEW = 1.5
"""The same where there are few letters: a line is seldom given upside down."""
FULL_PAGE = 40
"""Pieces of ink that are not few."""
LOW_PICTURE = 12.0
"""How many times as high as letters a picture of one line, cut out of a page, is at most."""
