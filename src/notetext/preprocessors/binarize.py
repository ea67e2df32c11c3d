"""Makes ink black and paper white."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from notetext.model import parse_choice
from notetext.page_image import PageImage
from notetext.page_image.ink import x_height
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.parameters import check_odd, check_range

if TYPE_CHECKING:
    from notetext.page_image import Pixels


class Threshold(StrEnum):
    """How `Binarize` tells ink from paper.

    ``OTSU`` looks for one level for the whole page (Otsu 1979): fast, for even light.
    ``SAUVOLA`` looks around every pixel (Sauvola and Pietikäinen 2000): for shadows and stains.
    """

    OTSU = "otsu"
    SAUVOLA = "sauvola"


@dataclass(frozen=True)
class Binarize(Preprocessor):
    """Makes every pixel black (0) or white (255); the page becomes grey (H×W).

    A grey page that holds nothing but 0 and 255 is returned as it is. Most engines read grey
    pictures better than binary ones: try before you keep it.

    Args:
        method: ``"otsu"`` or ``"sauvola"``.
        window: for ``sauvola``, the side of the square around a pixel that decides, in pixels, odd
            (3…1001); if left out, three times the x-height measured on the page, or 31 where there
            is too little writing to measure.
        k: for ``sauvola``, how much darker than its surroundings ink must be (0…1); less keeps
            paler strokes, and more grain.

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.binarize import Binarize
    >>> image = PageImage(np.array([[90, 200], [210, 80]], np.uint8))
    >>> Binarize()(image).pixels.tolist()
    [[0, 255], [255, 0]]
    """

    method: Threshold | str = Threshold.OTSU
    window: int | None = None
    k: float = 0.2

    name = "binarize"
    version = "1"

    def __post_init__(self) -> None:
        object.__setattr__(self, "method", parse_choice(Threshold, self.method, "method"))
        check_range(self.name, "k", self.k, 0, 1)
        if self.window is not None:
            check_range(self.name, "window", self.window, 3, 1001, "pixels")
            check_odd(self.name, "window", self.window)

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page in black and white."""
        grey = image.grey()
        if image.pixels.ndim == 2 and not ((grey > 0) & (grey < 255)).any():
            return image
        if self.method == Threshold.SAUVOLA:
            return image.with_pixels(sauvola(grey, self.window or _window_for(image), self.k))
        _, binary = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        return image.with_pixels(np.asarray(binary, np.uint8))


def sauvola(grey: Pixels, window: int, k: float) -> Pixels:
    """White where a pixel is brighter than ``mean · (1 + k · (deviation / 128 − 1))``, else black.

    Mean and standard deviation are those of the ``window``×``window`` pixels around it; the picture
    is mirrored beyond its edges. Both are running sums, so the time does not grow with the window.

    Args:
        grey: H×W, uint8.
        window: in pixels, odd.
        k: 0…1.
    """
    size, border = (window, window), cv2.BORDER_REFLECT_101
    mean = cv2.boxFilter(grey, cv2.CV_32F, size, borderType=border)
    square = cv2.sqrBoxFilter(grey, cv2.CV_32F, size, borderType=border)
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    threshold = mean * (1 + k * (deviation / 128 - 1))
    return np.where(grey > threshold, np.uint8(255), np.uint8(0))


def _window_for(image: PageImage) -> int:
    measured = x_height(image)
    return min(1001, max(15, round(3 * measured) | 1)) if measured else 31
