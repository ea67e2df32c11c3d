"""Steps that change how large a page is: enlarging and cropping."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from notetext.errors import ConfigurationError, PreprocessingError
from notetext.page_image import PageImage
from notetext.page_image.ink import find_ink, x_height
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.parameters import check_range

DEFAULT_X_HEIGHT = 18.0
"""Pixels; recognisers of lines 48 px high see letters of about this height."""


@dataclass(frozen=True)
class Upscale(Preprocessor):
    """Enlarges a page whose writing is too small to be read well; never reduces one.

    A page that has enough already is returned as it is, and so is one on which the size cannot be
    told: without writing to measure, or without a resolution.

    Args:
        x_height: how many pixels high a small letter such as x shall be at least (4…200); measured
            on the page. 18 if neither this nor ``dpi`` is given.
        dpi: how many dots per inch the page shall have at least (10…2400), by the document's own
            word, instead of ``x_height``.
        most: how often larger the page may become in each direction (1…16).
        max_pixels: how many pixels the enlarged page may have.

    Raises:
        ConfigurationError: a parameter is out of range, or both targets are given.

    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.geometry import Upscale
    >>> import numpy as np
    >>> image = PageImage(np.full((100, 80), 255, np.uint8), dpi=100)
    >>> Upscale(dpi=150)(image)
    PageImage(120×150, dpi=150.0)
    >>> Upscale(dpi=90)(image) is image
    True
    """

    x_height: float | None = None
    dpi: float | None = None
    most: float = 4.0
    max_pixels: int = 40_000_000

    name = "upscale"
    version = "1"

    def __post_init__(self) -> None:
        if self.x_height is not None and self.dpi is not None:
            raise ConfigurationError(
                "the step 'upscale' takes x_height or dpi, not both; leave one of them out"
            )
        if self.x_height is None and self.dpi is None:
            object.__setattr__(self, "x_height", DEFAULT_X_HEIGHT)
        if self.x_height is not None:
            check_range(self.name, "x_height", self.x_height, 4, 200, "pixels")
        if self.dpi is not None:
            check_range(self.name, "dpi", self.dpi, 10, 2400, "dots per inch")
        check_range(self.name, "most", self.most, 1, 16)
        check_range(self.name, "max_pixels", self.max_pixels, 1, math.inf, "pixels")

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page, larger if need be."""
        room = math.sqrt(self.max_pixels / (image.width * image.height))
        factor = min(self._wanted(image), self.most, room)
        if factor < MIN_FACTOR:
            return image
        return image.resized(round(image.width * factor), round(image.height * factor))

    def _wanted(self, image: PageImage) -> float:
        """The factor that makes the writing large enough; 1 where nobody can tell."""
        if self.dpi is not None:
            return self.dpi / image.dpi if image.dpi else 1.0
        measured = x_height(image)
        return self.x_height / measured if self.x_height and measured else 1.0


@dataclass(frozen=True)
class Crop(Preprocessor):
    """Cuts off margins: fixed ones, or all paper around the ink.

    A page that would stay whole is returned as it is, and so is one without ink.

    Args:
        margins: what to cut off, in pixels: left, top, right, bottom. If left out, the page is cut
            to its ink.
        rim: pixels of paper to leave around the ink (0…10000); not used with ``margins``.

    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.geometry import Crop
    >>> import numpy as np
    >>> image = PageImage(np.full((100, 80), 255, np.uint8))
    >>> Crop(margins=(10, 0, 10, 50))(image)
    PageImage(60×50, dpi=None)
    """

    margins: tuple[int, int, int, int] | None = None
    rim: int = 30

    name = "crop"
    version = "1"

    def __post_init__(self) -> None:
        check_range(self.name, "rim", self.rim, 0, 10_000, "pixels", whole=True)
        if self.margins is not None:
            if not isinstance(self.margins, Sequence) or len(self.margins) != 4:
                raise ConfigurationError(
                    f"the step 'crop' cannot take margins={self.margins!r}; give four numbers of "
                    "pixels: left, top, right, bottom"
                )
            for side, margin in zip(("left", "top", "right", "bottom"), self.margins, strict=True):
                what = f"margins ({side})"
                check_range(self.name, what, margin, 0, math.inf, "pixels", whole=True)

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page without its margins.

        Raises:
            PreprocessingError: the margins are wider than the page.
        """
        left, top, right, bottom = self._bounds(image)
        if left >= right or top >= bottom:
            raise PreprocessingError(
                f"margins={self.margins} leave nothing of {image.width}×{image.height} pixels; "
                "give narrower ones",
                step=self.name,
            )
        if (left, top, right, bottom) == (0, 0, image.width, image.height):
            return image
        return image.cropped(left, top, right, bottom)

    def _bounds(self, image: PageImage) -> tuple[int, int, int, int]:
        """The first and the last column and row to keep (ends exclusive)."""
        if self.margins is not None:
            left, top, right, bottom = self.margins
            return left, top, image.width - right, image.height - bottom
        ink = find_ink(image).bounds()
        if ink is None:
            return 0, 0, image.width, image.height
        return (
            max(0, math.floor(ink[0]) - self.rim),
            max(0, math.floor(ink[1]) - self.rim),
            min(image.width, math.ceil(ink[2]) + self.rim),
            min(image.height, math.ceil(ink[3]) + self.rim),
        )


MIN_FACTOR = 1.1
"""Less than this is not worth blurring a page."""
