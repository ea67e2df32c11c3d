"""Measures a page and takes the steps that it needs, and no others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from notetext.model import Language, LanguageLike
from notetext.page_image import PageImage
from notetext.page_image.ink import reduced_grey
from notetext.preprocessors import PatchReader, Preprocessor
from notetext.preprocessors.background import FlattenBackground, evenness, find_paper
from notetext.preprocessors.crop_to_page import CropToPage
from notetext.preprocessors.deskew import ink_points, row_contrast, skew_of
from notetext.preprocessors.orient import CLEAR_AXIS, Orient
from notetext.preprocessors.ruling import MEASURED_SIDE, find_ruling, without_ruling


@dataclass(frozen=True)
class Auto(Preprocessor):
    """Takes the steps that a page needs, each only where a measurement asks for it.

    `CropToPage` where a sheet lies in a photograph, `Orient` where lines of writing run along the
    columns, `Deskew` where they are more than two degrees askew, `RemoveRuling` where the paper is
    ruled or squared, and `FlattenBackground` where a part of the paper is in a deep shadow. A page
    that needs none, such as a good scan, is returned as it is, after one or two hundredths of a
    second.

    Args:
        language: the language in which `Orient` reads a page on its side.
        reader: what it reads that with; see there.

    >>> import numpy as np
    >>> image = PageImage(np.full((300, 400), 250, np.uint8))
    >>> Auto()(image) is image
    True
    """

    language: LanguageLike = Language.ENGLISH
    reader: PatchReader | None = None

    name = "auto"
    version = "2"

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
            ConfigurationError: the page lies on its side, and there is no reader.
            EngineError: the page lies on its side, and the reader failed.
        """
        image = CropToPage()(image)
        seen = _seen(image)
        levelled = self._levelled(image, seen)
        if levelled is not image:
            image, seen = levelled, _seen(levelled)
        ruling = find_ruling(seen)
        if ruling:
            image = without_ruling(image, ruling)
        is_shaded = evenness(find_paper(seen)) < LEAST_EVENNESS
        return FlattenBackground()(image) if is_shaded else image

    def _levelled(self, image: PageImage, seen: PageImage) -> PageImage:
        """Turns the page if its lines run along the columns or far askew."""
        points = ink_points(seen)
        along, across = row_contrast(points)
        if across > CLEAR_AXIS * along:
            image = self._orient(image)
            points = ink_points(image)
        angle = skew_of(points, least=LEAST_SKEW)
        return image.rotated(-angle) if abs(angle) >= LEAST_SKEW else image

    @cached_property
    def _orient(self) -> Orient:
        return Orient(self.language, self.reader)


def _seen(image: PageImage) -> PageImage:
    """The page as it is measured: in grey, and no larger than need be."""
    return PageImage(reduced_grey(image, MEASURED_SIDE)[0])


LEAST_SKEW = 2.0
"""Degrees; less does not keep ruled lines from being found, and the local engine does not mind."""
LEAST_EVENNESS = 0.3
"""Scans reach 0.75 and more; in photographs, shadows that leave more than a fifth of the light do
no harm, and those that leave a tenth make the local engine miss most of what lies in them."""
