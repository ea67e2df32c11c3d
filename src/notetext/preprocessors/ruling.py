"""Takes the lines off ruled and squared paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.ink import reduced_grey

if TYPE_CHECKING:
    from notetext.page_image import Pixels


@dataclass(frozen=True)
class RemoveRuling(Preprocessor):
    """Takes the lines off ruled and squared paper and leaves the strokes that cross them.

    How much light each line lets through is measured along it, and the page is divided by that:
    paper under a line becomes as bright as paper beside it, and a stroke across a line stays dark.
    Lines count if they are level or upright within about two degrees, longer than a fifth of the
    page, and at least five. A page without them is returned as it is; another becomes grey (H×W).

    >>> page = PageImage(np.full((300, 400), 230, np.uint8))
    >>> RemoveRuling()(page) is page
    True
    """

    name = "remove_ruling"
    version = "1"

    def __call__(self, page: PageImage) -> PageImage:
        """Returns the page without ruled lines."""
        ruling = _find_ruling(page)
        if not ruling:
            return page
        clean = page.grey()
        for light in ruling:
            size = (page.width, page.height)
            everywhere = cv2.resize(light, size, interpolation=cv2.INTER_LINEAR)
            clean = np.asarray(cv2.divide(clean, everywhere, scale=255), np.uint8)
        return page.with_pixels(clean)


MEASURED_SIDE = 1600
"""The longest side, in pixels, of the picture in which lines are looked for."""
COLUMNS = 400
"""Into how many columns that picture is squeezed along the lines: few, to even out the grain, but
so many that small writing keeps its gaps."""
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


def _find_ruling(page: PageImage) -> list[Pixels]:
    """How much light the level and the upright lines leave, in pictures of the page."""
    small, _ = reduced_grey(page, MEASURED_SIDE)
    height, width = small.shape
    columns, rows = min(COLUMNS, width), min(COLUMNS, height)
    longest = max(height, width)
    level = _light_left(_resized(small, columns, height), longest)
    upright = _light_left(np.ascontiguousarray(_resized(small, width, rows).T), longest)
    ruling = [] if level is None else [level]
    return ruling if upright is None else [*ruling, np.ascontiguousarray(upright.T)]


def _resized(grey: Pixels, width: int, height: int) -> Pixels:
    return np.asarray(cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _light_left(squeezed: Pixels, longest: int) -> Pixels | None:
    """How much light level lines leave.

    Args:
        squeezed: a page with no more than `COLUMNS` columns.
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
    line = (light < 255 * FAINTEST_LINE) & (cv2.subtract(paper, lines) >= FEWEST_LEVELS)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(line.astype(np.uint8), connectivity=8)
    long = stats[:, cv2.CC_STAT_WIDTH] >= SHORTEST_LINE * columns
    long[0] = False  # the background
    if np.count_nonzero(long) < FEWEST_LINES:
        return None
    # A line fades out at its edges.
    edges = cv2.dilate(long[labels].astype(np.uint8), np.ones((5, 1), np.uint8))
    return np.where(edges > 0, light, np.uint8(255))


def _closed(grey: Pixels, width: int, height: int) -> Pixels:
    brush = np.ones((height, width), np.uint8)
    closed = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, brush, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(closed, np.uint8)
