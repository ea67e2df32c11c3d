"""Steps that change how dark pixels are, and nothing else about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from notetext.model import parse_choice
from notetext.page_image import PageImage
from notetext.page_image.ink import is_light_on_dark
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.parameters import check_odd, check_range

if TYPE_CHECKING:
    from notetext.page_image import Pixels


@dataclass(frozen=True)
class Grayscale(Preprocessor):
    """Drops the colour (ITU-R 601 luma). A page that is grey already is returned as it is.

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.tone import Grayscale
    >>> image = PageImage(np.zeros((20, 30, 3), np.uint8))
    >>> Grayscale()(image).pixels.shape
    (20, 30)
    """

    name = "grayscale"
    version = "1"

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page in grey."""
        return image if image.pixels.ndim == 2 else image.with_pixels(image.grey())


@dataclass(frozen=True)
class Invert(Preprocessor):
    """Makes light writing on a dark ground dark on light, as other steps take writing to be.

    Colours become their opposites. A page that is dark on light is returned as it is, and so is
    one on which a dark heading or picture is but a part.

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.tone import Invert
    >>> image = PageImage(np.full((60, 80), 255, np.uint8))
    >>> Invert()(image) is image
    True
    """

    name = "invert"
    version = "1"

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page dark on light."""
        if not is_light_on_dark(image):
            return image
        return image.with_pixels(np.asarray(cv2.bitwise_not(image.pixels), np.uint8))


class ContrastMethod(StrEnum):
    """How `Contrast` works.

    ``STRETCH`` maps the darkest pixels to black and the brightest to white, everywhere alike.
    ``CLAHE`` equalises the histogram of every tile on its own, with a limit on how much (Zuiderveld
    1994); it brings out pale strokes in uneven light, and the paper's grain with them.
    """

    STRETCH = "stretch"
    CLAHE = "clahe"


@dataclass(frozen=True)
class Contrast(Preprocessor):
    """Makes ink darker and paper brighter. Colours keep their hue.

    A page that already uses the whole range is returned as it is, and so is one without contrast:
    there is nothing to bring out, only noise.

    Args:
        method: ``"stretch"`` or ``"clahe"``.
        cut: for ``stretch``, percent of the pixels (0…49) that may become all black, and as many
            all white, so that a few specks do not decide.
        clip: for ``clahe``, how much the contrast of a tile may grow (1…40): 1 changes nothing.
        tiles: for ``clahe``, into how many tiles (1…64) each side of the page is cut.

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.tone import Contrast
    >>> image = PageImage(np.array([[100, 150], [125, 150]], np.uint8))
    >>> Contrast(cut=0)(image).pixels.tolist()
    [[0, 255], [128, 255]]
    """

    method: ContrastMethod | str = ContrastMethod.STRETCH
    cut: float = 0.5
    clip: float = 2.0
    tiles: int = 8

    name = "contrast"
    version = "1"

    def __post_init__(self) -> None:
        object.__setattr__(self, "method", parse_choice(ContrastMethod, self.method, "method"))
        check_range(self.name, "cut", self.cut, 0, 49, "percent")
        check_range(self.name, "clip", self.clip, 1, 40)
        check_range(self.name, "tiles", self.tiles, 1, 64, whole=True)

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page with more contrast."""
        if self.method == ContrastMethod.CLAHE:
            return image.with_pixels(self._equalized(image.pixels))
        low, high = np.percentile(image.grey(), [self.cut, 100 - self.cut])
        if high - low < MIN_CONTRAST or (low <= 0 and high >= 255):
            return image
        levels = (np.arange(256) - low) * 255 / (high - low)
        table = np.clip(np.round(levels), 0, 255).astype(np.uint8)
        return image.with_pixels(np.asarray(cv2.LUT(image.pixels, table), np.uint8))

    def _equalized(self, pixels: Pixels) -> Pixels:
        clahe = cv2.createCLAHE(self.clip, (self.tiles, self.tiles))
        if pixels.ndim == 2:
            return np.asarray(clahe.apply(pixels), np.uint8)
        lab = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB), np.uint8)
        lab[..., 0] = clahe.apply(np.ascontiguousarray(lab[..., 0]))
        return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.uint8)


@dataclass(frozen=True)
class Denoise(Preprocessor):
    """Takes away specks and grain by a median filter, which keeps edges sharp.

    It also takes away what is thinner than half its size, such as the strokes of a fine pen in a
    small scan.

    Args:
        size: the side of the square whose median a pixel becomes, in pixels, odd (3…15).

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.tone import Denoise
    >>> speck = np.full((9, 9), 255, np.uint8)
    >>> speck[4, 4] = 0
    >>> Denoise()(PageImage(speck)).pixels.min().item()
    255
    """

    size: int = 3

    name = "denoise"
    version = "1"

    def __post_init__(self) -> None:
        check_range(self.name, "size", self.size, 3, 15, "pixels")
        check_odd(self.name, "size", self.size)

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page without specks."""
        return image.with_pixels(np.asarray(cv2.medianBlur(image.pixels, self.size), np.uint8))


MIN_CONTRAST = 8
"""Grey levels between ink and paper below which there is nothing but noise to stretch."""
