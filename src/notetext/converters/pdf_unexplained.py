"""Where a PDF page shows what may be writing, beside the words that it holds as text.

The page is drawn once more without those words, small. Thin strokes that stand out from what
surrounds them remain, whoever drew them: a pen, a stamp, a scanner, a program that turned letters
into outlines. Rules, boxes and solid shapes do not count, and a page that draws nothing but text,
straight lines and rectangles is not even drawn.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_characters import FoundWord
from notetext.converters.pdf_content import Content, bounds_of
from notetext.converters.pdf_drawing import draw, without, without_icons
from notetext.converters.pdf_geometry import Rectangle, View
from notetext.model import Box

if TYPE_CHECKING:
    import pypdfium2
    from numpy.typing import NDArray

    from notetext.converters.pdf_drawing import Shades

# What people can read on a page that they see as a whole is a few pixels high in so many.
_PIXELS = 1_000_000
# Of 255: a pencil's stroke is farther from its paper.
_CONTRAST = 32
_DARK = 128
_WHITE = 255 - _CONTRAST
# In pixels of that drawing:
_THICKEST = 11  # strokes, those of a headline included
_STRAIGHT, _RULE = 31, 4  # as long, what runs straight and is thinner than that is a rule
_LOWEST = 4  # letters that can be told as such
_STROKE = 8  # a single stroke, such as a tick or a signature
_APART = (25, 21)  # words and lines of one piece of writing
_AROUND = 8
# Of its box, a disc or a square of ink fills more; pieces that are wider are words.
_FILL, _WIDE = 0.65, 1.8
_SOLID = 0.95  # a bar is
_LETTERS, _SURE = 3, 6
# Where fewer letters than are sure stand, so much of what is there must be strokes: the thin parts
# of a solid shape, such as a logo, are no writing.
_MOSTLY = 0.5
# Two places are read as one if that adds no more to what is read, in what they have by themselves.
_MORE = 1.25
_MOST_PLACES = 8
# Paths of so few segments may be lines and rectangles; of more than so many, none is looked at.
_SEGMENTS_OF_A_BOX = 5
_MOST_BOXES = 2000

# Left, top, right, bottom in pixels of that drawing.
_Place: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Explained:
    """What of a page is known without its pixels.

    Attributes:
        words: those that are painted, whether they can be seen or not.
        annotations: whether there is nothing to read in annotations but words that are known.
        places: of annotations' words, in points.
        nameless: places of words that can be seen and of which nobody can name the characters.
        boxes: whether lines and rectangles are just that, and not seen in the shape of letters.
    """

    words: Sequence[FoundWord]
    annotations: bool
    places: Sequence[Rectangle] = ()
    nameless: Sequence[Rectangle] = ()
    boxes: bool = True


def find_unexplained(
    page: pypdfium2.PdfPage, content: Content, explained: Explained
) -> tuple[Box, ...]:
    """Finds where there may be writing that is not explained; the caller holds PDFium's lock.

    Args:
        page: of pypdfium2.
        content: what it draws.
        explained: what is known.

    Returns:
        Upright rectangles in pixels of the page that do not overlap.
    """
    left_out = _texts_of(explained.words, content)
    paths = content.paths[:_MOST_BOXES] if explained.boxes else []
    plain = [item for item in paths if _is_straight(item)]
    nothing_else = len(plain) == len(content.paths) and not content.has_shades
    view = content.view.scaled(math.inf, _PIXELS)
    written = _together(_edges(explained.nameless, view), view.size)
    all_text = len(left_out) == len(content.texts)
    if not (nothing_else and all_text and not content.images and explained.annotations):
        with without_icons(page), without([*left_out, *plain]):
            shown = draw(page, view.size, annotations=not explained.annotations)
        written += _drawn(shown, _edges(explained.places, view))
    pictures = _edges([bounds for _, bounds in content.pictures], view)
    places = _joined(_whole_pictures(written, pictures))
    across = content.view.size[0] / view.size[0]
    down = content.view.size[1] / view.size[1]
    width, height = content.view.size
    return tuple(
        Box.rectangle(
            max(0.0, (left - _AROUND) * across),
            max(0.0, (top - _AROUND) * down),
            min(float(width), (right + _AROUND) * across),
            min(float(height), (bottom + _AROUND) * down),
        )
        for left, top, right, bottom in places
    )


def _texts_of(words: Sequence[FoundWord], content: Content) -> list[pdfium.FPDF_PAGEOBJECT]:
    """The text objects of words: those that begin one, those that lie on one, and empty ones."""
    begin = {word.address for word in words}
    bounds = np.array([word.bounds for word in words], np.float64).reshape(-1, 4)
    texts = []
    for address, each in content.texts.items():
        if address not in begin and not each.in_form:
            left, bottom, right, top = bounds_of(each.item)
            y = (bottom + top) / 2
            within = (bounds[:, 0] < right) & (left < bounds[:, 2])
            within &= (bounds[:, 1] <= y) & (y <= bounds[:, 3])
            if left < right and bottom < top and not within.any():
                continue
        texts.append(each.item)
    return texts


def _is_straight(item: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether a path is a level or upright line or rectangle."""
    count = pdfium.FPDFPath_CountSegments(item)
    if count > _SEGMENTS_OF_A_BOX:
        return False
    left, bottom, right, top = bounds_of(item)
    if count <= 2 and min(right - left, top - bottom) <= 0.1 * max(right - left, top - bottom):
        return True
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO:
            return False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    least = 1e-3 * max(abs(right - left), abs(top - bottom), 1e-6)
    return all(min(abs(a - c), abs(b - d)) <= least for (a, b), (c, d) in pairwise(points))


def _edges(places: Sequence[Rectangle], view: View) -> NDArray[np.float64]:
    return view.pixels(np.array(places, np.float64).reshape(-1, 4))


def _together(edges: NDArray[np.float64], size: tuple[int, int]) -> list[_Place]:
    """Rectangles that are near to each other as one."""
    import cv2

    if not len(edges):
        return []
    mask = np.zeros(size[::-1], np.uint8)
    for left, top, right, bottom in np.rint(edges).astype(int).clip(0):
        mask[top : bottom + 1, left : right + 1] = 255
    near = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_RECT, _APART))
    stats = cv2.connectedComponentsWithStats(near, connectivity=8)[2][1:, :4].astype(float)
    return [(x, y, x + width, y + height) for x, y, width, height in stats.tolist()]


def _drawn(shown: Shades, known: NDArray[np.float64]) -> list[_Place]:
    """Places of what may be writing, but for places of what is known."""
    drawn = [np.flatnonzero((shown < _WHITE).any(axis=axis)) for axis in (1, 0)]
    if not len(drawn[0]):
        return []
    rows, columns = (slice(max(0, each[0] - _THICKEST), each[-1] + 1 + _THICKEST) for each in drawn)
    here = shown[rows, columns]
    thin = _thin(here)
    for left, top, right, bottom in np.rint(known).astype(int):
        across = slice(max(0, left - columns.start), max(0, right - columns.start))
        thin[max(0, top - rows.start) : max(0, bottom - rows.start), across] = 0
    return [
        (left + columns.start, top + rows.start, right + columns.start, bottom + rows.start)
        for left, top, right, bottom in _written(here, thin)
    ]


def _with_shape(kind: int, width: int, height: int, pixels: Shades) -> Shades:
    import cv2

    shape = cv2.getStructuringElement(cv2.MORPH_RECT, (width, height))
    return np.asarray(cv2.morphologyEx(pixels, kind, shape), np.uint8)


def _thin(shown: Shades) -> Shades:
    """What is thin, dark on light or light on dark: 255 there, 0 elsewhere."""
    import cv2

    strokes = _with_shape(cv2.MORPH_BLACKHAT, _THICKEST, _THICKEST, shown)
    around = cv2.blur(shown, (2 * _THICKEST + 1, 2 * _THICKEST + 1))
    if (around < _DARK).any():
        # White between dark strokes is no stroke, but for where most is dark.
        light = _with_shape(cv2.MORPH_TOPHAT, _THICKEST, _THICKEST, shown)
        strokes = np.where(around < _DARK, light, strokes)
    return np.asarray(cv2.threshold(strokes, _CONTRAST - 1, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _without_rules(thin: Shades) -> Shades:
    import cv2

    strokes = thin
    for width, height in ((_STRAIGHT, 1), (1, _STRAIGHT)):
        straight = _with_shape(cv2.MORPH_OPEN, width, height, strokes)
        # What is thick is the middle of a word that is blurred.
        across = (_RULE, 1) if height > width else (1, _RULE)
        thick = _with_shape(cv2.MORPH_OPEN, *across, straight)
        strokes = np.asarray(cv2.subtract(strokes, cv2.subtract(straight, thick)), np.uint8)
    return strokes


def _written(shown: Shades, thin: Shades) -> list[_Place]:
    """Places of strokes that stand together and may be writing: left, top, right, bottom."""
    import cv2

    strokes = _without_rules(thin)
    if not strokes.any():
        return []
    _, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    near = cv2.dilate(strokes, cv2.getStructuringElement(cv2.MORPH_RECT, _APART))
    clusters, cluster_of_pixel = cv2.connectedComponents(near, connectivity=8)
    inked = strokes > 0
    cluster_of = np.zeros(len(stats), np.intp)
    cluster_of[labels[inked]] = cluster_of_pixel[inked]
    cluster_of[0] = -1  # the ground
    left, top, width, height, area = stats.T
    told = (height >= _LOWEST) & ((area <= _FILL * width * height) | (width >= _WIDE * height))
    told &= (np.maximum(width, height) < _STRAIGHT) | (area <= _SOLID * width * height)
    told[0] = False
    stroke = told & (np.maximum(width, height) >= _STROKE) & (height >= _STROKE) & (width >= 3)
    letters = np.bincount(cluster_of[told], minlength=clusters)
    single = np.bincount(cluster_of[stroke], minlength=clusters)
    places = []
    for cluster in np.flatnonzero((letters >= _LETTERS) | (single > 0)):
        here = cluster_of == cluster
        edges = (left[here].min(), top[here].min())
        ends = ((left + width)[here].max(), (top + height)[here].max())
        if letters[cluster] >= _SURE or _is_mostly_thin(shown, thin, *edges, *ends):
            places.append((float(edges[0]), float(edges[1]), float(ends[0]), float(ends[1])))
    return places


def _is_mostly_thin(
    shown: Shades, thin: Shades, left: int, top: int, right: int, bottom: int
) -> bool:
    """Whether what stands out from the ground of a place, and close around it, is thin."""
    left, top = max(0, left - _THICKEST), max(0, top - _THICKEST)
    right, bottom = right + _THICKEST, bottom + _THICKEST
    inside = shown[top:bottom, left:right].astype(np.int16)
    ink = np.abs(inside - np.median(inside)) >= _CONTRAST
    return bool(np.count_nonzero(thin[top:bottom, left:right]) >= _MOSTLY * np.count_nonzero(ink))


def _whole_pictures(places: list[_Place], pictures: NDArray[np.float64]) -> list[_Place]:
    """What stands in one picture is one place; the largest picture of each counts."""
    sizes = (pictures[:, 2] - pictures[:, 0]) * (pictures[:, 3] - pictures[:, 1])
    order = np.argsort(-sizes, kind="stable")
    held: dict[int, list[_Place]] = {}
    beside = []
    for place in places:
        x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
        for index in order:
            left, top, right, bottom = pictures[index]
            if left <= x <= right and top <= y <= bottom:
                held.setdefault(int(index), []).append(place)
                break
        else:
            beside.append(place)
    return [*beside, *(_around(each) for each in held.values())]


def _joined(places: list[_Place]) -> list[_Place]:
    """Joins places that are hardly larger together than by themselves, and the rest if many."""
    if len(places) > _MOST_PLACES**2:
        return [_around(places)]
    places = sorted(places, key=lambda place: (place[1], place[0]))
    changed = True
    while changed:
        changed = False
        for index, place in enumerate(places):
            for other in range(index + 1, len(places)):
                both = _around([place, places[other]])
                if _area(both) <= _MORE * (_area(place) + _area(places[other])):
                    del places[other]
                    places[index] = both
                    changed = True
                    break
            if changed:
                break
    return places if len(places) <= _MOST_PLACES else [_around(places)]


def _around(places: Sequence[_Place]) -> _Place:
    left, top, right, bottom = zip(*places, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _area(place: _Place) -> float:
    left, top, right, bottom = place
    return (right - left + 2 * _AROUND) * (bottom - top + 2 * _AROUND)
