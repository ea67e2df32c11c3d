"""Numbers in circles that somebody drew: the circle, what stands in it, and what that says.

Inside its circle a number is read as many things. Without it, a digit is a digit; and the numbers
of a list count on, so that most of them tell the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LINE_HEIGHT
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.show_through import Reader

_LEAST_SIDE = 0.42  # of the line's height
_ROUND = 0.7  # the shorter side of the longer one
_FULL = (0.7, 0.86)  # of the rectangle around it, by the circle's area
_GAP = 3  # pixels that a circle may leave open
_STROKE = 0.14  # of its diameter, from its outer edge inwards
_LEAST_INSIDE = 0.25  # of its height, of what stands in it
_MARGIN = 0.5  # of a number's height, around it
_ROW = 64  # pixels of the sheet on which numbers are read
_LOOK_LIKE = str.maketrans("IlijO|SZzo", "1111015220")
_MOST = 50  # of what a list counts


@dataclass(frozen=True, slots=True, eq=False)
class CircledNumber:
    """A circle with something in it.

    Attributes:
        circle: its ink alone, 255 on 0.
        inside: a grey picture of what stands in it, without the circle.
        is_apart: whether that does not touch the circle, as no letter is made.
    """

    circle: NDArray[np.uint8]
    inside: NDArray[np.uint8]
    is_apart: bool


def circled_number(ink: NDArray[np.uint8], grey: NDArray[np.uint8]) -> CircledNumber | None:
    """What stands in a circle, if a mark is one.

    Args:
        ink: of the mark, 255 on 0, in a picture in which a line is `LINE_HEIGHT` rows high.
        grey: the same picture before it was parted into ink and paper.
    """
    height, width = ink.shape
    sides = sorted((height, width))
    if sides[0] < _LEAST_SIDE * LINE_HEIGHT or sides[0] < _ROUND * sides[1]:
        return None
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((_GAP, _GAP), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    if not _FULL[0] <= cv2.contourArea(outline) / (height * width) <= _FULL[1]:
        return None
    filled = np.zeros((height + 2, width + 2), np.uint8)  # paper around it, for it to shrink
    cv2.drawContours(filled, [outline + 1], -1, 255, cv2.FILLED)
    reach = 2 * round(_STROKE * sides[0]) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    middle = cv2.erode(filled, disc)[1:-1, 1:-1] > 0
    inside = (ink > 0) & middle
    rows, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
    if not len(rows) or rows[-1] + 1 - rows[0] < _LEAST_INSIDE * height:
        return None
    _, labels = cv2.connectedComponents(ink)
    rim = np.unique(labels[(ink > 0) & ~middle])
    is_apart = not np.isin(labels[inside], rim).any()
    near = cv2.dilate(inside.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    paper = np.uint8(np.median(grey[(ink == 0) & middle])) if ((ink == 0) & middle).any() else 255
    picture = np.where(near & middle, grey, paper)
    cut = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    margin = round(_MARGIN * len(cut))
    framed = np.pad(cut, margin, constant_values=paper)
    return CircledNumber(np.where(inside, 0, ink).astype(np.uint8), framed, bool(is_apart))


def read_numbers(circled: Sequence[CircledNumber], read: Reader) -> list[int | None]:
    """What circled numbers say that follow each other down a list.

    Args:
        circled: from the first to the last.
        read: reads lines.

    Returns:
        A number for each, or ``None`` for all of them if they do not count on.
    """
    width = max(round(_ROW * each.inside.shape[1] / each.inside.shape[0]) for each in circled)
    sheet = np.empty((_ROW * len(circled), width), np.uint8)
    places = []
    for row, each in enumerate(circled):
        high, wide = each.inside.shape
        size = (round(_ROW * wide / high), _ROW)
        top = _ROW * row
        sheet[top : top + _ROW] = each.inside[0, 0]
        sheet[top : top + _ROW, : size[0]] = cv2.resize(
            each.inside, size, interpolation=cv2.INTER_CUBIC
        )
        places.append(DetectedLine.rectangle(0, top, size[0], top + _ROW))
    order = {id(place): row for row, place in enumerate(places)}
    said: list[int | None] = [None] * len(circled)
    for line in read(sheet, places):
        text = "".join(word.text for word in line.words).translate(_LOOK_LIKE)
        if text.isdecimal() and 0 < int(text) <= _MOST:
            said[order[id(line.image.line)]] = int(text)
    return _counted(said)


def _counted(said: Sequence[int | None]) -> list[int | None]:
    """The numbers that most of those that were read agree on, if they count by one."""
    firsts = Counter(number - row for row, number in enumerate(said) if number is not None)
    if not firsts:
        return [None] * len(said)
    (first, count), *_ = firsts.most_common(1)
    if first < 1 or count < 2 or 2 * count < len(said):
        return [None] * len(said)
    return [first + row for row in range(len(said))]
