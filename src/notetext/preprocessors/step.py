"""Anybody's function as a preprocessing step."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notetext.errors import PreprocessingError
from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors import ImageFunction, Preprocessor

if TYPE_CHECKING:
    from notetext.page_image import Pixels


@dataclass(frozen=True)
class Step(Preprocessor):
    """Makes a step of any function that takes a Pillow picture and returns one.

    The function gets the page as it stands at that point of the way, upright, of mode L or RGB,
    and may change it in place. What it returns may be of any mode; transparent parts become white
    paper. It may be larger or smaller if height and width change by the same factor (within the
    rounding to a pixel): boxes still land where they belong. A function that moves what it shows
    in another way, by turning or cropping it, is not noticed if the size stays: write a
    `Preprocessor` for that, which moves geometry through the methods of `PageImage`.

    A step serves several threads if its function does, and pickles if its function does.

    Args:
        function: the function, or any other callable.
        name: how errors and results call the step; the function's own name if left out.
        version: to be changed whenever the function may draw other pixels; ``None``: results are
            not to be stored.

    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.step import Step
    >>> import numpy as np
    >>> from PIL import ImageOps
    >>> invert = Step(ImageOps.invert, version="1")
    >>> invert(PageImage(np.zeros((2, 3), np.uint8))).pixels.max().item()
    255
    >>> invert.fingerprint
    'step/invert/1'
    """

    function: ImageFunction
    name: str = ""
    version: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or _name_of(self.function))

    @property
    def fingerprint(self) -> str | None:
        """The name and the version, or ``None`` without a version."""
        return None if self.version is None else f"step/{self.name}/{self.version}"

    def __call__(self, image: PageImage) -> PageImage:
        """Runs the function.

        Raises:
            PreprocessingError: the function raised something, which is the error's ``__cause__``,
                or returned no picture of this page.
        """
        pixels = self._drawn(image)
        height, width = pixels.shape[:2]
        if (width, height) == (image.width, image.height):
            return image.with_pixels(pixels)
        if not _same_shape(image, width, height):
            raise PreprocessingError(
                f"the step {self.name!r} made {width}×{height} pixels of "
                f"{image.width}×{image.height}; a function must keep the shape of the page: to "
                "crop, turn or stretch it, write a Preprocessor and use PageImage.cropped, "
                "rotated, warped or resized",
                step=self.name,
            )
        return image.redrawn(pixels)

    def _drawn(self, image: PageImage) -> Pixels:
        from PIL import Image

        try:
            # The copy is the function's own: Pillow locks pictures that share an array's memory.
            drawn: object = self.function(image.image.copy())
            pixels = to_pixels(drawn) if isinstance(drawn, Image.Image) else None
        except Exception as error:
            raise PreprocessingError(
                f"the step {self.name!r} failed: {type(error).__name__}: {error}", step=self.name
            ) from error
        if pixels is None or pixels.size == 0:
            what = "an empty picture" if pixels is not None else f"{type(drawn).__name__}"
            raise PreprocessingError(
                f"the step {self.name!r} returned {what}; it must return a PIL.Image.Image",
                step=self.name,
            )
        return pixels


def _name_of(function: ImageFunction) -> str:
    if isinstance(function, functools.partial):
        return _name_of(function.func)
    return getattr(function, "__name__", type(function).__name__)


def _same_shape(image: PageImage, width: int, height: int) -> bool:
    """Whether one factor explains both sides, each within a pixel."""
    smallest = max((width - 1) / image.width, (height - 1) / image.height)
    largest = min((width + 1) / image.width, (height + 1) / image.height)
    return smallest < largest
