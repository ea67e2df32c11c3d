"""Where the ink is on a page, and how large the writing is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.page_image import PageImage

if TYPE_CHECKING:
    from notetext.page_image import Pixels

MEASURED_SIDE = 2000
"""The longest side, in pixels, of the picture in which ink is measured; larger pages are reduced
to it, since the writing in them is still large enough then."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of a page, found in a picture of it that may be smaller.

    Attributes:
        mask: h×w, uint8: 255 where there is ink, 0 where there is paper.
        scale: pixels of the mask in a pixel of the page, at most 1.
    """

    mask: Pixels
    scale: float

    def bounds(self) -> tuple[float, float, float, float] | None:
        """Where ink begins and ends on the page (left, top, right, bottom), specks aside."""
        _, _, stats, _ = cv2.connectedComponentsWithStats(self.mask, connectivity=8)
        components = stats[1:][stats[1:, cv2.CC_STAT_AREA] >= SPECK].astype(float)
        if len(components) == 0:
            return None
        left, top = components[:, :2].min(axis=0) / self.scale
        right, bottom = (components[:, :2] + components[:, 2:4]).max(axis=0) / self.scale
        return float(left), float(top), float(right), float(bottom)


def find_ink(image: PageImage, longest: int = MEASURED_SIDE) -> Ink:
    """Tells ink from paper: pixels clearly darker than what surrounds them.

    The paper's own brightness is estimated by a mean over a window of a thirtieth of the page, so
    that shadows and coloured paper do not count as ink. How much darker ink has to be is chosen by
    Otsu's method, and is at least four standard deviations of the paper's grain.

    Args:
        image: any page.
        longest: the mask's longest side, in pixels, if the page is larger.
    """
    grey, scale = reduced_grey(image, longest)
    window = max(31, max(grey.shape) // 30) | 1
    paper = cv2.blur(grey, (window, window), borderType=cv2.BORDER_REFLECT_101)
    darker = np.asarray(cv2.subtract(paper, grey), np.uint8)
    return Ink(_above(darker, _least_difference(darker)), scale)


def reduced_grey(image: PageImage, longest: int) -> tuple[Pixels, float]:
    """The page in grey, like `reduced`."""
    pixels = _halved(image.pixels, longest)
    if pixels.ndim == 3:
        pixels = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    return _fitted(pixels, image, longest)


def reduced(image: PageImage, longest: int) -> tuple[Pixels, float]:
    """The page no longer than ``longest`` pixels on any side, and its scale (at most 1)."""
    return _fitted(_halved(image.pixels, longest), image, longest)


def x_height(image: PageImage) -> float | None:
    """Measures the height of small letters such as x, in pixels of the page.

    In every connected component of ink, be it a letter or a joined word, the x-height is the span
    of rows that cross at least half as many strokes as the busiest row: the bodies of letters are
    in those, ascenders, descenders and ruled lines are not. The result is the median over the
    components, weighted by their widths. On scans of handwriting it stays within a sixth when the
    scan is reduced to half its size.

    Returns:
        The x-height, or ``None`` if there is too little writing to tell.
    """
    ink = find_ink(image)
    bodies, widths = _bodies(without_ruling(ink.mask))
    if len(bodies) < MIN_COMPONENTS:
        return None
    return weighted_median(bodies, widths) / ink.scale


def is_light_on_dark(image: PageImage) -> bool:
    """Whether the writing is brighter than what it stands on: blackboards, screens, white chalk.

    Strokes cover less than half of what is around them, so they lie further from the mean of it
    than their ground does: how bright pixels are against their surroundings is skewed towards the
    strokes. A bright stroke must also be further from the page's usual brightness than what it
    stands on, so that a dark heading does not decide for a white page.
    """
    grey = reduced_grey(image, POLARITY_SIDE)[0]
    window = max(15, max(grey.shape) // 30) | 1
    ground = cv2.blur(grey, (window, window), borderType=cv2.BORDER_REFLECT_101)
    brighter = np.asarray(cv2.subtract(grey, ground), np.uint8)
    deviation, skewness = _moments(brighter, np.asarray(cv2.subtract(ground, grey), np.uint8))
    if deviation < 1 or skewness < LEAST_SKEWNESS:
        return False
    strokes = brighter > 2 * deviation
    stroke, beside = (float(np.median(levels[strokes])) for levels in (grey, ground))
    usual = float(np.median(grey))
    return abs(stroke - usual) > abs(beside - usual)


POLARITY_SIDE = 600
"""The longest side, in pixels, of the picture in which light writing is told from dark."""
LEAST_SKEWNESS = 0.7
"""Of brightness against the surroundings: light writing reaches 1.8 to 5, dark -0.8 to -5."""
SPECK = 8
"""Pixels of the mask below which a connected component is dirt, not ink."""
MIN_COMPONENTS = 5
"""Pieces of writing that a page must hold before its x-height means anything."""
LONGEST_BAR = 8
"""How many times as long as strokes are wide the bars of letters are at most."""
HIGHEST_LETTER = 30
"""How many times as high as strokes are wide letters are at most."""
_MAX_COMPONENTS = 600
_MIN_DIFFERENCE = 10


def _moments(above: Pixels, below: Pixels) -> tuple[float, float]:
    """The standard deviation and the skewness about 0 of ``above - below``, one of which is 0."""
    levels = np.arange(256.0)
    counts = [cv2.calcHist([part], [0], None, [256], [0, 256]).ravel() for part in (above, below)]
    variance = float(levels**2 @ (counts[0] + counts[1])) / above.size
    third = float(levels**3 @ (counts[0] - counts[1])) / above.size
    deviation = variance**0.5
    return deviation, third / deviation**3 if deviation else 0.0


def _halved(pixels: Pixels, longest: int) -> Pixels:
    """Halves a picture as long as it stays larger; several times faster than one resize."""
    while max(pixels.shape[:2]) >= 2 * longest and min(pixels.shape[:2]) > 1:
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        halves = pixels[: 2 * height, : 2 * width]
        pixels = np.asarray(cv2.resize(halves, (width, height), interpolation=cv2.INTER_AREA))
    return pixels


def _fitted(pixels: Pixels, image: PageImage, longest: int) -> tuple[Pixels, float]:
    scale = longest / max(pixels.shape[:2])
    if scale < 1:
        height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
        # To more than half, no pixel is skipped by this, which is eight times as fast as by area.
        fitted = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR)
        pixels = np.asarray(fitted, np.uint8)
    return pixels, max(pixels.shape[:2]) / max(image.width, image.height)


def without_ruling(mask: Pixels) -> Pixels:
    """Takes away what runs straight along a row, which ties the words on a ruled line together."""
    # In a picture of a word, a fortieth of it is shorter than the strokes of a letter.
    least = max(max(mask.shape) // 40, LONGEST_BAR * stroke_width(mask)) + 1
    straight = cv2.getStructuringElement(cv2.MORPH_RECT, (least, 1))
    ruling = cv2.morphologyEx(mask, cv2.MORPH_OPEN, straight)
    return np.asarray(cv2.subtract(mask, ruling), np.uint8)


def stroke_width(mask: Pixels) -> int:
    """How wide strokes are along the rows: the median of the runs of ink, in pixels; 0 without.

    A quarter of the rows tells.
    """
    flat = np.pad(mask[::4], ((0, 0), (1, 1))).ravel() > 0
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    return int(np.median(edges[1::2] - edges[::2])) if len(edges) else 0


def _bodies(mask: Pixels) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The height of the letters' bodies in every component of ink, and the components' widths."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    heights, widths = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    # Specks and dots say nothing; rulings, frames and stains are no letters. In a picture of a line
    # letters are as high as it is, which is no more than so many times a stroke's width.
    highest = max(mask.shape[0] / 5, HIGHEST_LETTER * stroke_width(mask))
    written = (
        (heights >= 4)
        & (widths >= 3)
        & (heights <= highest)
        & (widths <= 25 * heights)
        & (heights <= 12 * widths)
    )
    written[0] = False  # the background
    components = np.flatnonzero(written)
    if len(components):
        # What is much flatter than the rest is punctuation, a piece of a broken stroke, or grain.
        areas = widths[components] * heights[components]
        components = components[
            heights[components] >= 0.4 * weighted_median(heights[components], areas)
        ]
    components = components[:: len(components) // _MAX_COMPONENTS + 1]
    bodies = []
    for component in components:
        left, top, width, height = stats[component, :4]
        window = labels[top : top + height, left : left + width]
        inside = np.pad(window == component, ((0, 0), (1, 0)))
        strokes = np.count_nonzero(inside[:, 1:] & ~inside[:, :-1], axis=1)
        body = np.flatnonzero(strokes * 2 >= strokes.max())
        bodies.append(body[-1] - body[0] + 1)
    return np.asarray(bodies, np.float64), widths[components].astype(np.float64)


def weighted_median(values: NDArray[np.generic], weights: NDArray[np.generic]) -> float:
    """The value at which half of the weight is reached; both are of one length, not 0."""
    order = np.argsort(values)
    weight = np.cumsum(np.asarray(weights[order], np.float64))
    return float(np.asarray(values[order], np.float64)[np.searchsorted(weight, weight[-1] / 2)])


def _least_difference(darker: Pixels) -> float:
    """How much darker than the paper ink is, in grey levels."""
    otsu, _ = cv2.threshold(darker, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    # Ink covers far less than a quarter of a page: this is the paper's own quartile.
    counts = cv2.calcHist([darker], [0], None, [256], [0, 256]).cumsum(dtype=np.int64)
    grain = int(np.searchsorted(counts, 0.75 * darker.size))
    return max(otsu, 6 * grain, _MIN_DIFFERENCE)


def _above(values: Pixels, least: float) -> Pixels:
    _, mask = cv2.threshold(values, least, 255, cv2.THRESH_BINARY)
    return np.asarray(mask, np.uint8)
