"""Makes paper equally bright all over a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from notetext.page_image import PageImage
from notetext.page_image.ink import LEAST_SKEWNESS, reduced_grey
from notetext.preprocessors import Preprocessor

if TYPE_CHECKING:
    from notetext.page_image import Pixels


@dataclass(frozen=True)
class FlattenBackground(Preprocessor):
    """Takes shadows, folds and the colour of the paper away; the page becomes grey (H×W).

    The paper's brightness is estimated everywhere, and each pixel is divided by it, so that ink
    keeps its contrast to the paper next to it. The paper becomes a light grey, not white: the grain
    that a deep shadow leaves would be cut off there, and pages are read less well for it. A grey
    page whose paper is even is returned as it is.

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.background import FlattenBackground
    >>> image = PageImage(np.full((300, 400), 200, np.uint8))
    >>> FlattenBackground()(image) is image
    True
    """

    name = "flatten_background"
    version = "1"

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page with even paper."""
        paper = find_paper(image)
        if image.pixels.ndim == 2 and paper.min() == paper.max():
            return image
        # Where there is no light there is nothing to bring out but noise.
        lit = np.maximum(paper, np.uint8(PAPER_LEVEL / MOST_GAIN))
        everywhere = cv2.resize(lit, (image.width, image.height), interpolation=cv2.INTER_LINEAR)
        flat = cv2.divide(image.grey(), everywhere, scale=PAPER_LEVEL)
        return image.with_pixels(np.asarray(flat, np.uint8))


def find_paper(image: PageImage) -> Pixels:
    """How bright the paper is all over a page, without the writing.

    What is narrow and darker than what surrounds it is writing.

    Returns:
        h×w (grey), a picture of the page of 250 pixels on its longer side, or fewer.
    """
    small, _ = reduced_grey(image, MEASURED_SIDE)
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (WIDEST_STROKE, WIDEST_STROKE))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, brush)
    # Smoothes as much as a median over 7×7 pixels, in a sixth of the time.
    smooth = cv2.medianBlur(cv2.medianBlur(closed, 5), 5)
    return np.asarray(smooth, np.uint8)


def evenness(paper: Pixels) -> float:
    """The brightness of the paper's dark parts compared to that of its bright ones, 0 to 1.

    >>> import numpy as np
    >>> from notetext.preprocessors.background import evenness
    >>> evenness(np.array([[50] * 9, [200] * 9], np.uint8))
    0.25
    """
    dark, bright = np.percentile(paper, [5, 95])
    return float(dark / bright) if bright else 1.0


def is_shaded(image: PageImage) -> bool:
    """Whether a part of the paper is in a deep shadow, and has dark writing on it there.

    Dark headings, margins and pictures are no shadows: their writing is light, or they have none.
    """
    paper = find_paper(image)
    if evenness(paper) >= LEAST_EVENNESS:
        return False
    dark = (paper < LEAST_EVENNESS * np.percentile(paper, 95)).astype(np.uint8)
    # Blurred, for where there is little light there is much grain.
    grey = cv2.GaussianBlur(reduced_grey(image, WRITING_SIDE)[0], (5, 5), 0).astype(np.float32)
    height, width = grey.shape
    window = max(15, max(grey.shape) // 30) | 1
    within = cv2.resize(dark, (width, height), interpolation=cv2.INTER_NEAREST)
    # At its edge, what lies beyond would count as bright writing.
    within = cv2.erode(within, np.ones((window, window), np.uint8))
    contrast = (grey + 1) / (cv2.blur(grey, (window, window)) + 1) - 1
    away = contrast[within > 0]
    if away.size == 0 or away.std() < LEAST_CONTRAST:
        return False
    return float((away**3).mean()) < -LEAST_SKEWNESS * float(away.std()) ** 3


LEAST_EVENNESS = 0.3
"""Scans reach 0.75 and more; in photographs, shadows that leave more than a fifth of the light do
no harm, and those that leave a tenth make the local engine miss most of what lies in them."""
LEAST_CONTRAST = 0.02
"""How much what lies in the shadow differs from its surroundings, as a part of their brightness;
less is no writing."""
WRITING_SIDE = 800
"""The longest side, in pixels, of the picture in which writing in the shadow is looked for."""
MEASURED_SIDE = 250
"""The longest side, in pixels, of the picture in which the paper is measured."""
WIDEST_STROKE = 7
"""Pixels of that picture."""
PAPER_LEVEL = 150
"""The grey level that the paper becomes."""
MOST_GAIN = 10.0
"""How much brighter the paper may be made."""
