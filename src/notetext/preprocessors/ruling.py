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
    page, and at least five. They are ruled, and no strokes of letters, if they are sixty times as
    long as they are thick and five times as long as they lie apart, and either stand at even
    distances or run across most of the page: so that in a picture of one line or one word nothing
    is taken for a ruling. Lines as dark as ink stay, be they of a table or strokes through words,
    and so do thin dark ones that end on the sheet at both ends, unless they fill it from top to
    bottom. A page without a ruling is returned as it is; another becomes grey (H×W).

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.ruling import RemoveRuling
    >>> image = PageImage(np.full((300, 400), 230, np.uint8))
    >>> RemoveRuling()(image) is image
    True
    """

    name = "remove_ruling"
    version = "4"

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
    level = _long_lines(small)
    upright = _long_lines(np.asarray(cv2.transpose(small), np.uint8))
    ruling = []
    if level is not None and (left := _light_left(level, upright)) is not None:
        ruling.append(left)
    if upright is not None and (left := _light_left(upright, level)) is not None:
        ruling.append(np.ascontiguousarray(left.T))
    return ruling


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
THICKEST_LINE = 0.0055
"""Of the page's shorter side, to be told from small writing, whose rows look like lines too."""
FAINTEST_LINE = 0.97
"""The part of the light that it lets through."""
DARKEST_LINE = 0.5
"""The same at the other end: what is ruled leaves 0.67 and more, and the lines of a drawn table,
which are as dark as strokes and would take these along, a third."""
DARK_MIDDLE = 0.6
"""What a thin rule of a table leaves at most along its middle, where it is darkest."""
BESIDE_EDGE = 0.04
"""Of the page's width: lines on paper begin and end at the sheet's edges, or nearer than that."""
DRAWN_ON = 0.6
"""Of the light that the middles of ruled lines leave; what is darker is drawn on one of them."""
SHORTEST_DRAWN = 0.1
"""Of the page's width, so long at least; strokes of writing that lie on a line are shorter."""
WHOLE_SHEET = 0.7
"""Of the page's height, from the first of such lines to the last: then they are a sheet's own."""
FEWEST_ACROSS = 3
"""Of such lines across them, which make a table of what fills a whole sheet."""
FEWEST_LEVELS = 4
"""How much darker than the paper a line is; less is grain in a dark picture."""
FEWEST_LINES = 5
"""Level or upright ones."""
LEAST_SLIMNESS = 60.0
"""How many times as long as thick ruled lines are; on paper they reach 110 to 600, and the strokes
of letters 5 to 20."""
LEAST_REACH = 5.0
"""How many times as long as the distance between two of them; on paper 9 to 50, of letters 0.2 to
4."""
LEAST_UNBROKEN = 0.85
"""The part of a line that is dark itself; rows of small writing have gaps between the letters."""
EVEN = 0.15
"""Parts of a distance by which it may differ from a multiple of the usual one."""
LEAST_EVEN = 0.6
"""The part of the distances that are so; of streaks and folds in old paper a third is."""
ACROSS = 0.6
"""Of the page's width; longer lines need not stand at even distances."""
MEASURED_COLUMNS = 32
"""Columns in which distances are measured."""
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


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Long level lines.

    Attributes:
        squeezed: the page, with about `COLUMNS` columns.
        squeeze: columns of the page in one of its columns.
        paper: what is around the lines.
        light: 255 where there is no line.
        labels: the number of the line that each pixel belongs to, if any.
        pieces: what OpenCV measured of each.
        numbers: of the lines that are no strokes as dark as ink.
        ending: those of them that end on the sheet at both ends.
        drawn: those of these that are dark along their middle.
    """

    squeezed: Pixels
    squeeze: float
    paper: Pixels
    light: Pixels
    labels: NDArray[np.int32]
    pieces: NDArray[np.int32]
    numbers: NDArray[np.intp]
    ending: NDArray[np.intp]
    drawn: NDArray[np.intp]

    @property
    def reach(self) -> float:
        """The part of the page's height from the first to the last of those that end on it."""
        tops = self.pieces[self.ending, cv2.CC_STAT_TOP]
        return float(np.ptp(tops)) / len(self.light) if len(tops) else 0.0


def _long_lines(grey: Pixels) -> _Lines | None:
    """The long level lines of a page, whatever they are; ``None`` if there are none."""
    squeezed = _squeezed(grey)
    columns = squeezed.shape[1]
    # What is shorter than a line, the writing, is filled up from its sides; and then what is
    # thinner than a row of writing, the lines, from above and below.
    lines = _closed(squeezed, max(3, round(LONGEST_STROKE * columns)), 1)
    paper = _closed(lines, 1, max(5, round(THICKEST_LINE * min(grey.shape))))
    light = np.asarray(cv2.divide(lines, paper, scale=255), np.uint8)
    is_line = (light < 255 * FAINTEST_LINE) & (cv2.subtract(paper, lines) >= FEWEST_LEVELS)
    line = is_line.astype(np.uint8)
    least = SHORTEST_LINE * columns
    _, blocks = _pieces(_blocks(line))
    if (blocks[:, cv2.CC_STAT_WIDTH] * BLOCK < least).all():
        return None
    labels, pieces = _pieces(line)
    # One by one: on ruled paper too, a stroke through a line of writing is no part of the ruling.
    numbers = [
        number
        for number in np.flatnonzero(pieces[:, cv2.CC_STAT_WIDTH] >= least)
        if _light_of(number, labels, pieces, light) >= 255 * DARKEST_LINE
    ]
    edge = BESIDE_EDGE * columns
    ends = pieces[:, cv2.CC_STAT_LEFT] + pieces[:, cv2.CC_STAT_WIDTH]
    is_ending = (pieces[:, cv2.CC_STAT_LEFT] >= edge) & (ends <= columns - edge)
    ending = [number for number in numbers if is_ending[number]]
    drawn = [
        number
        for number in ending
        if _middle_light(number, labels, pieces, light) < 255 * DARK_MIDDLE
    ]
    return _Lines(
        squeezed,
        grey.shape[1] / columns,
        paper,
        light,
        labels,
        pieces,
        np.array(numbers, np.intp),
        np.array(ending, np.intp),
        np.array(drawn, np.intp),
    )


def _light_left(lines: _Lines, across: _Lines | None) -> Pixels | None:
    """How much light level lines leave.

    Args:
        lines: the long ones of a page.
        across: those that run across them.

    Returns:
        An array with about `COLUMNS` columns, 255 where there is no line; ``None`` if there are no
        ruled lines.
    """
    numbers = lines.numbers
    # Sheets to write on may have dark lines with margins, too, but from their top to their end.
    is_grid = across is not None and len(across.drawn) >= FEWEST_ACROSS
    if lines.reach < WHOLE_SHEET or is_grid:
        numbers = np.setdiff1d(numbers, lines.drawn)
    ruled = np.isin(lines.labels, numbers) if len(numbers) >= FEWEST_LINES else None
    if ruled is None or not _is_ruling(ruled, lines, numbers):
        return None
    dark = lines.squeezed[ruled] < FAINTEST_LINE * lines.paper[ruled]
    if np.mean(dark) < LEAST_UNBROKEN:
        return None
    # A line fades out at its edges. Where it is much darker than others, something is drawn on it.
    edges = cv2.dilate(ruled.astype(np.uint8), np.ones((5, 1), np.uint8))
    middles = [_middle_light(number, lines.labels, lines.pieces, lines.light) for number in numbers]
    usual = float(np.median(middles))
    is_dark = (ruled & (lines.light < DRAWN_ON * usual)).astype(np.uint8)
    brush = np.ones((1, round(SHORTEST_DRAWN * ruled.shape[1])), np.uint8)
    widened = cv2.dilate(is_dark, np.ones((3, 1), np.uint8))
    drawn = cv2.morphologyEx(widened, cv2.MORPH_OPEN, brush) > 0
    light = np.where(drawn, np.maximum(lines.light, np.uint8(round(usual))), lines.light)
    return np.where(edges > 0, light, np.uint8(255))


def _light_of(
    number: np.intp, labels: NDArray[np.int32], pieces: NDArray[np.int32], light: Pixels
) -> float:
    """How much light a connected component leaves, as the median of its pixels."""
    left, top, width, height = pieces[number, :4]
    around = np.s_[top : top + height, left : left + width]
    return float(np.median(light[around][labels[around] == number]))


def _middle_light(
    number: np.intp, labels: NDArray[np.int32], pieces: NDArray[np.int32], light: Pixels
) -> float:
    """How much light a line leaves along its middle; its edges, which are not as dark, may be most
    of it."""
    left, top, width, height = pieces[number, :4]
    around = np.s_[top : top + height, left : left + width]
    darkest = np.where(labels[around] == number, light[around], 255).min(axis=0)
    return float(np.median(darkest))


def _is_ruling(ruled: NDArray[np.bool_], lines: _Lines, numbers: NDArray[np.intp]) -> bool:
    """Whether long level lines are ruled ones.

    Args:
        ruled: h×w, where they are.
        lines: they, among others.
        numbers: which of them.
    """
    pieces = lines.pieces[numbers]
    columns = pieces[:, cv2.CC_STAT_WIDTH]
    length = float(np.median(columns)) * lines.squeeze
    thickness = float(np.median(pieces[:, cv2.CC_STAT_AREA] / columns))
    distances = _distances(ruled)
    if length < LEAST_SLIMNESS * thickness or len(distances) == 0:
        return False
    usual = float(np.median(distances))
    if length < LEAST_REACH * usual:
        return False
    multiples = distances / usual
    even = np.abs(multiples - np.round(multiples)) < EVEN
    is_even = float(even.mean()) >= LEAST_EVEN
    return is_even or length >= ACROSS * lines.squeeze * ruled.shape[1]


def _distances(lines: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How far level lines lie apart, in pixels, measured in some of the columns."""
    step = max(1, lines.shape[1] // MEASURED_COLUMNS)
    seen = np.pad(lines[:, step // 2 :: step], ((1, 0), (0, 0)))
    column, top = np.nonzero((seen[1:] & ~seen[:-1]).T)
    return np.asarray(np.diff(top)[np.diff(column) == 0], np.int64)


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
    """The number of the connected component that each pixel belongs to, and what OpenCV measures.

    The first one is the background, and as wide as nothing.
    """
    # This algorithm takes a third of the time of OpenCV's default one.
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        line, 8, cv2.CV_32S, cv2.CCL_BBDT
    )
    stats[0, cv2.CC_STAT_WIDTH] = 0
    return np.asarray(labels, np.int32), np.asarray(stats, np.int32)
