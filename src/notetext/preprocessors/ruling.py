"""Takes the lines off ruled and squared paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.page_image import PageImage
from notetext.page_image.ink import reduced_grey
from notetext.preprocessors import Preprocessor

if TYPE_CHECKING:
    from notetext.page_image import Pixels


@dataclass(frozen=True)
class RemoveRuling(Preprocessor):
    """Takes the lines off ruled and squared paper and leaves the strokes that cross them.

    How much light each line lets through is measured along it, and the page is divided by that:
    paper under a line becomes as bright as paper beside it, and a stroke across a line stays dark.
    Lines count if they are level or upright within about two degrees, longer than a fifth of the
    page, and at least five. A page without them is returned as it is; another becomes grey (H×W).

    >>> image = PageImage(np.full((300, 400), 230, np.uint8))
    >>> RemoveRuling()(image) is image
    True
    """

    name = "remove_ruling"
    version = "1"

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page without ruled lines."""
        ruling = find_ruling(image)
        return without_ruling(image, ruling) if ruling else image


def find_ruling(image: PageImage) -> list[Pixels]:
    """How much light the level and the upright lines leave, in pictures of the page.

    Returns:
        One h×w picture, 255 where there is no line, for either direction that has ruled lines.
    """
    small, _ = reduced_grey(image, MEASURED_SIDE)
    longest = max(small.shape)
    level = _light_left(_squeezed(small), longest)
    upright = _light_left(_squeezed(np.asarray(cv2.transpose(small), np.uint8)), longest)
    ruling = [] if level is None else [level]
    return ruling if upright is None else [*ruling, np.ascontiguousarray(upright.T)]


def without_ruling(image: PageImage, ruling: list[Pixels]) -> PageImage:
    """The page in grey, divided by the light that its lines leave, see `find_ruling`."""
    clean = image.grey()
    for light in ruling:
        size = (image.width, image.height)
        everywhere = cv2.resize(light, size, interpolation=cv2.INTER_LINEAR)
        clean = np.asarray(cv2.divide(clean, everywhere, scale=255), np.uint8)
    return image.with_pixels(clean)


MEASURED_SIDE = 1600
"""The longest side, in pixels, of the picture in which lines are looked for."""
COLUMNS = 400
"""About so many columns that picture is squeezed into along the lines: few, to even out the grain,
but so many that small writing keeps its gaps."""
LONGEST_STROKE = 0.05
"""Of the page's width; what is longer and straight is no part of a letter."""
SHORTEST_LINE = 0.2
"""Of the page's width."""
THICKEST_LINE = 0.004
"""Of the page's longer side, to be told from small writing, whose rows look like lines too."""
FAINTEST_LINE = 0.97
"""The part of the light that it lets through."""
FEWEST_LEVELS = 4
"""How much darker than the paper a line is; less is grain in a dark picture."""
FEWEST_LINES = 5
"""Level or upright ones."""
BLOCK = 8
"""So many columns are looked at as one to tell whether there may be lines at all."""


def _squeezed(grey: Pixels) -> Pixels:
    """Halves the number of columns until it is as near to `COLUMNS` as that goes."""
    height, width = grey.shape
    while width > 1.4 * COLUMNS:
        width //= 2
        # Right between two columns this is their mean, three times as fast as by area.
        halved = cv2.resize(grey[:, : 2 * width], (width, height), interpolation=cv2.INTER_LINEAR)
        grey = np.asarray(halved, np.uint8)
    return grey


def _light_left(squeezed: Pixels, longest: int) -> Pixels | None:
    """How much light level lines leave.

    Args:
        squeezed: a page with about `COLUMNS` columns.
        longest: the page's longer side in pixels, as large as it is here along the columns.

    Returns:
        An array of that shape, 255 where there is no line; ``None`` if there are no ruled lines.
    """
    columns = squeezed.shape[1]
    # What is shorter than a line, the writing, is filled up from its sides; and then what is
    # thinner than a row of writing, the lines, from above and below.
    lines = _closed(squeezed, max(3, round(LONGEST_STROKE * columns)), 1)
    paper = _closed(lines, 1, max(3, round(THICKEST_LINE * longest)))
    light = np.asarray(cv2.divide(lines, paper, scale=255), np.uint8)
    is_line = (light < 255 * FAINTEST_LINE) & (cv2.subtract(paper, lines) >= FEWEST_LEVELS)
    line = is_line.astype(np.uint8)
    least = SHORTEST_LINE * columns
    _, widths = _pieces(_blocks(line))
    if (widths * BLOCK < least).all():
        return None
    labels, widths = _pieces(line)
    long = widths >= least
    if np.count_nonzero(long) < FEWEST_LINES:
        return None
    # A line fades out at its edges.
    edges = cv2.dilate(long[labels].astype(np.uint8), np.ones((5, 1), np.uint8))
    return np.where(edges > 0, light, np.uint8(255))


def _closed(grey: Pixels, width: int, height: int) -> Pixels:
    brush = np.ones((height, width), np.uint8)
    closed = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, brush, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(closed, np.uint8)


def _blocks(line: Pixels) -> Pixels:
    """Every `BLOCK` columns as one, where there is a line if any of them has one.

    What is connected stays connected, and hardly any page without lines has anything long here,
    where there are an eighth of the pixels.
    """
    widened = cv2.dilate(line, np.ones((1, BLOCK), np.uint8), anchor=(0, 0))
    return np.ascontiguousarray(widened[:, ::BLOCK], np.uint8)


def _pieces(line: Pixels) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The number of the connected component that each pixel belongs to, and the components' widths.

    The first one is the background, and as wide as nothing.
    """
    # This algorithm takes a third of the time of OpenCV's default one.
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        line, 8, cv2.CV_32S, cv2.CCL_BBDT
    )
    widths = stats[:, cv2.CC_STAT_WIDTH]
    widths[0] = 0
    return np.asarray(labels, np.int32), np.asarray(widths, np.int32)
