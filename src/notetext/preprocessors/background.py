"""Makes paper equally bright all over a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.ink import reduced

if TYPE_CHECKING:
    from notetext.page_image import Pixels


@dataclass(frozen=True)
class FlattenBackground(Preprocessor):
    """Takes shadows, folds and the colour of the paper away; the page becomes grey (H×W).

    The paper's brightness is estimated everywhere, and each pixel is divided by it, so that ink
    keeps its contrast to the paper next to it. The paper becomes a light grey, not white: the grain
    that a deep shadow leaves would be cut off there, and pages are read less well for it. A grey
    page whose paper is even is returned as it is.

    >>> page = PageImage(np.full((300, 400), 200, np.uint8))
    >>> FlattenBackground()(page) is page
    True
    """

    name = "flatten_background"
    version = "1"

    def __call__(self, page: PageImage) -> PageImage:
        """Returns the page with even paper."""
        paper = Paper.of(page).brightness()
        if page.pixels.ndim == 2 and paper.min() == paper.max():
            return page
        # Where there is no light there is nothing to bring out but noise.
        gain = np.minimum(PAPER_LEVEL / np.maximum(paper.astype(np.float32), 1), MOST_GAIN)
        gain = cv2.resize(gain, (page.width, page.height), interpolation=cv2.INTER_LINEAR)
        flat = cv2.multiply(page.grey(), gain, dtype=cv2.CV_8U)
        return page.with_pixels(np.asarray(flat, np.uint8))


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of a page without the writing, in a small picture.

    Attributes:
        pixels: h×w (grey) or h×w×3 (RGB), uint8; 250 pixels on the longer side, or fewer.
    """

    pixels: Pixels

    @classmethod
    def of(cls, page: PageImage) -> Paper:
        """Finds the paper: what is narrow and darker than what surrounds it is ink."""
        small, _ = reduced(page, MEASURED_SIDE)
        brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (WIDEST_STROKE, WIDEST_STROKE))
        closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, brush)
        return cls(np.asarray(cv2.medianBlur(closed, WIDEST_STROKE), np.uint8))

    def brightness(self) -> Pixels:
        """h×w, uint8 (ITU-R 601 luma)."""
        return PageImage(self.pixels).grey()

    def evenness(self) -> float:
        """The brightness of the dark parts, compared to that of the bright ones, 0 to 1."""
        dark, bright = np.percentile(self.brightness(), [5, 95])
        return float(dark / bright) if bright else 1.0


MEASURED_SIDE = 250
"""The longest side, in pixels, of the picture in which the paper is measured."""
WIDEST_STROKE = 7
"""Pixels of that picture; odd."""
PAPER_LEVEL = 150
"""The grey level that the paper becomes."""
MOST_GAIN = 10.0
"""How much brighter the paper may be made."""
