"""Bullets that were read as nothing or as another sign, told by the lines that begin alike.

A star, a dot or an arrow that somebody draws is read as many things, or left out. But several lines
of a list begin with it: with the same small mark, which stands apart from the first word. Letters
may do so as well, where lines begin with the same word; that such marks are none shows in how they
were read.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LINE_HEIGHT, straightened
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.ink import ink_of
from notetext.engines.local.line_reading import ReadLine
from notetext.engines.local.recognition import STEP
from notetext.engines.local.scripts import letters_that_are_words
from notetext.model import Box, Language, MarkShape

# In heights of the line:
_BEFORE = 1.2  # how far before its first letter a line's bullet is looked for
_LOOKED_AT = 2.2  # from its start
_LEAST, _MOST_WIDTH, _MOST_HEIGHT = 0.1, 1.0, 0.75  # of a mark
_OFF = 0.22  # how far its middle may stand off that of the line
_APART = 0.14  # from the first word, and from what is before it
_PIECES = 0.07  # between the pieces of one mark
_SAME_LEFT = 0.6
_MOST_UPRIGHT = 1.7  # of its width: 1, l and I are higher
_MOST_TRIED = 3  # of the first pieces of ink
_LEAST_CONTRAST = 25  # grey levels between ink and paper
_FILLED = 0.62  # of the rectangle around it: dots, squares and triangles without their corners
_HOLLOW = 0.2  # of it, enclosed
_SHAPE = 64  # rows and columns of a shape
_BLUR = 2.5
# 1 is the same. Drawn marks of one kind reach 0.91 and more, letters beside them 0.86 and less.
_ALIKE, _SAME = 0.86, 0.94  # the other one where two were read as different letters
_OTHER_SIZE = 1.7  # times as large
_LEAST_LINES = 3
_LEAST_OF_LETTER = 4  # if all of them were read as the same letter
_LEAST_ODD, _LEAST_ODD_SHARE = 2, 0.5  # of them, that were read as no word
_DIFFERENT = 3  # readings of marks that look alike are no words either
_MOST_READ = 2
"""Letters that a mark is read as."""
_BULLETS = frozenset("-–—*+•·‣▪◦●○■◆◇➤►▶→⇒»★☆")
_LOOK_ALIKE = frozenset("xkvto0°f.,^~_:;|/'")
"""What a star, a tick, a plus, a circle, an arrow, a dot are read as, again and again."""


class _Reading(Enum):
    """What a mark was read as."""

    NOTHING = auto()
    BULLET = auto()
    ODD = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True, eq=False)
class _Start:
    """What a line begins with.

    Attributes:
        number: of the line.
        place: of the mark.
        left: where it begins along the page's lines, in pixels.
        height: of the line, in pixels.
        size: the longer side of the mark, in heights of the line.
        shape: its ink around its middle.
        drawn: as what.
        reading: what it was read as.
        text: the first word, if it is what the mark was read as.
    """

    number: int
    place: DetectedLine
    left: float
    height: float
    size: float
    shape: NDArray[np.float32]
    drawn: MarkShape
    reading: _Reading
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Bullet:
    """A drawn bullet.

    Attributes:
        number: of the line that it stands before.
        place: where it stands.
        shape: what it is drawn as.
        is_read: whether the line's first word is what it was read as.
        pieces: the numbers of lines that are but the bullet, found by itself.
    """

    number: int
    place: DetectedLine
    shape: MarkShape
    is_read: bool
    pieces: tuple[int, ...]


def find_bullets(
    lines: Sequence[ReadLine], languages: Collection[Language], known: Iterable[Box]
) -> list[Bullet]:
    """Finds the bullets of a page that were read as none.

    Args:
        lines: with words.
        languages: that the text may be in.
        known: where other marks are.

    Returns:
        The bullets, in the order of their lines, one a line at most.
    """
    if len(lines) < _LEAST_LINES:
        return []
    words = letters_that_are_words(languages)
    centres = [_middle(box) for box in known]
    angle = _angle([line.image.line for line in lines])
    starts = [
        start
        for number, line in enumerate(lines)
        if (start := _start_of(number, line, words, angle)) is not None
        and not any(math.dist(_centre(start.place), other) < start.height / 2 for other in centres)
    ]
    found: list[_Start] = []
    left = starts
    while left:
        group = max(([s for s in left if _is_like(s, seed)] for seed in left), key=len)
        if len(group) < _LEAST_LINES:
            break
        left = [start for start in left if start not in group]
        if _are_bullets(group):
            found += [start for start in group if start.reading is not _Reading.BULLET]
    return [
        Bullet(start.number, start.place, start.drawn, bool(start.text), _pieces_of(start, lines))
        for start in sorted(found, key=lambda start: start.number)
    ]


def _pieces_of(start: _Start, lines: Sequence[ReadLine]) -> tuple[int, ...]:
    """The numbers of lines that stand where a mark does, and are no larger than it."""
    centre = _centre(start.place)
    return tuple(
        number
        for number, line in enumerate(lines)
        if number != start.number
        and len(line.words) == 1
        and len(line.words[0].text) <= _MOST_READ
        and math.dist(_centre(line.image.line), centre) < max(start.place.width, start.height) / 3
    )


def _are_bullets(group: Sequence[_Start]) -> bool:
    """Whether marks that look alike are no letters."""
    if len({_plain(start.text) for start in group if not start.text.isdigit()}) >= _DIFFERENT:
        return True
    odd = [_plain(start.text) for start in group if start.reading is not _Reading.WORD]
    if len(odd) < max(_LEAST_ODD, _LEAST_ODD_SHARE * len(group)):
        return False
    if len({*odd}) > 1:
        return True
    least = _LEAST_OF_LETTER if odd[0].isalnum() else _LEAST_ODD
    return len(odd) >= least and odd[0] in {"", *_LOOK_ALIKE, *_BULLETS}


def _plain(text: str) -> str:
    return text.casefold().replace("×", "x")


def _is_like(start: _Start, other: _Start) -> bool:
    """Whether two marks look alike, and begin at the same place."""
    if abs(start.left - other.left) > _SAME_LEFT * max(start.height, other.height):
        return False
    sizes = sorted((start.size * start.height, other.size * other.height))
    if sizes[1] > _OTHER_SIZE * sizes[0]:
        return False
    are_letters = start.text.isalnum() and other.text.isalnum() and start.text != other.text
    least = _SAME if are_letters else _ALIKE
    return float((start.shape * other.shape).sum()) >= least


def _start_of(number: int, line: ReadLine, words: frozenset[str], angle: float) -> _Start | None:
    """What a line begins with, if it is small and stands apart."""
    place = line.image.line
    height = place.height
    if place.is_sideways or place.width < height:
        return None
    before = _BEFORE * height
    seen = place.begun_sooner(before).part(0, before + _LOOKED_AT * height)
    scale = LINE_HEIGHT / height
    columns = max(1, round(seen.width * scale))
    ink = _ink(straightened(line.image.page_pixels, seen, (columns, LINE_HEIGHT)))
    mark = None if ink is None else _first_mark(ink)
    if ink is None or mark is None:
        return None
    step = line.image.width / place.width / STEP
    end, after = ((column / scale - before) * step for column in (mark.right, mark.next))
    told = _reading(line, end, after, words)
    if told is None:
        return None
    reading, text = told
    spot = seen.part(mark.left / scale, mark.right / scale)
    corner = spot.corners[0]
    return _Start(
        number=number,
        place=spot,
        left=float(corner[0] * math.cos(angle) + corner[1] * math.sin(angle)),
        height=height,
        size=max(mark.ink.shape) / LINE_HEIGHT,
        shape=_shape(mark.ink),
        drawn=_drawn(mark.ink),
        reading=reading,
        text=text,
    )


def _reading(
    line: ReadLine, end: float, after: float, words: frozenset[str]
) -> tuple[_Reading, str] | None:
    """What was read where a mark stands; ``None`` if it is a piece of a word.

    Args:
        line: that begins with it.
        end: the time step where it ends.
        after: the one where the next ink begins.
        words: letters that are words.
    """
    first = line.words[0]
    between = (end + after) / 2
    if first.start + 1 >= between:  # words begin a step before their first letter's peak
        return (_Reading.NOTHING, "") if first.text[0].isalpha() else None
    if (first.start + first.end) / 2 > between:
        return None
    if len(line.words) < 2 or len(first.text) > _MOST_READ or not line.words[1].text[0].isalpha():
        return None
    if len(first.text) > 1 and not first.text.isalpha() and any(map(str.isalnum, first.text)):
        return None  # it counts, as 2) and b. do
    if first.text in _BULLETS:
        return _Reading.BULLET, first.text
    is_word = len(first.text) > 1 or first.text.casefold() in words or first.text.isdigit()
    return (_Reading.WORD if is_word else _Reading.ODD), first.text


@dataclass(frozen=True, slots=True, eq=False)
class _Mark:
    """The first ink of a picture: its edges, where the next ink begins, and itself."""

    left: int
    right: int
    next: int
    ink: NDArray[np.uint8]


def _first_mark(ink: NDArray[np.uint8]) -> _Mark | None:
    """The first ink that may be a mark, in a picture of `LINE_HEIGHT` rows."""
    reach = round(_PIECES * LINE_HEIGHT)
    joined = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    order = sorted(range(1, len(stats)), key=lambda label: int(stats[label, cv2.CC_STAT_LEFT]))
    for label in order[:_MOST_TRIED]:
        left, top, width, height, _ = stats[label].tolist()
        own = (labels[top : top + height, left : left + width] == label) & (
            ink[top : top + height, left : left + width] > 0
        )
        mark = _mark_of(ink, own, left, top)
        if mark is not None:
            return mark
    return None


def _mark_of(ink: NDArray[np.uint8], own: NDArray[np.bool_], left: int, top: int) -> _Mark | None:
    """Ink as a mark, if it is small, at the height of small letters, and stands apart."""
    rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
    own = own[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    left, top = left + int(columns[0]), top + int(rows[0])
    height, width = own.shape
    if (
        left == 0
        or width > _MOST_WIDTH * LINE_HEIGHT
        or height > _MOST_HEIGHT * LINE_HEIGHT
        or max(width, height) < _LEAST * LINE_HEIGHT
        or height > _MOST_UPRIGHT * width
        or abs(top + height / 2 - LINE_HEIGHT / 2) > _OFF * LINE_HEIGHT
    ):
        return None
    beside = np.flatnonzero(ink[top : top + height].any(axis=0))
    others = beside[(beside < left) | (beside >= left + width)]
    if not len(others) or others[0] < left or others[0] - left - width < _APART * LINE_HEIGHT:
        return None
    return _Mark(left, left + width, int(others[0]), own.astype(np.uint8) * 255)


def _shape(ink: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Ink around its middle, blurred, so that the product of two tells how alike they are."""
    canvas = np.zeros((_SHAPE, _SHAPE), np.float32)
    top, left = ((_SHAPE - side) // 2 for side in ink.shape)
    canvas[top : top + ink.shape[0], left : left + ink.shape[1]] = ink / 255
    blurred = cv2.GaussianBlur(canvas, (0, 0), _BLUR)
    return np.asarray(blurred / max(float(np.linalg.norm(blurred)), 1e-9), np.float32)


def _drawn(ink: NDArray[np.uint8]) -> MarkShape:
    """What a mark is drawn as."""
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros_like(ink)
    cv2.drawContours(filled, outlines, -1, 255, cv2.FILLED)
    if (filled.mean() - ink.mean()) / 255 >= _HOLLOW:
        return MarkShape.CIRCLE
    return MarkShape.DOT if ink.mean() / 255 >= _FILLED else MarkShape.STAR


def _ink(image: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The ink of a picture, 255 on 0; ``None`` if there is hardly any."""
    grey = image if image.ndim == 2 else image[..., 1]
    ink = ink_of(np.ascontiguousarray(grey))
    is_ink = ink > 0
    if not is_ink.any():
        return None
    contrast = abs(float(grey[is_ink].mean()) - float(grey[~is_ink].mean()))
    return ink if contrast >= _LEAST_CONTRAST else None


def _angle(lines: Sequence[DetectedLine]) -> float:
    """By how much lines slope, in radians, clockwise: the usual angle of the longer ones."""
    ends = np.array([line.axis[-1] - line.axis[0] for line in lines])
    lengths = np.linalg.norm(ends, axis=1)
    long = ends[lengths >= np.median(lengths)]
    return float(np.median(np.arctan2(long[:, 1], long[:, 0])))


def _centre(place: DetectedLine) -> tuple[float, float]:
    x, y = place.to_page([(place.width / 2, 0)])[0]
    return float(x), float(y)


def _middle(box: Box) -> tuple[float, float]:
    return sum(x for x, _ in box.corners) / 4, sum(y for _, y in box.corners) / 4


def without_reading(line: ReadLine, bullet: Bullet) -> ReadLine:
    """A line without the word that its bullet was read as."""
    return replace(line, words=line.words[1:]) if bullet.is_read else line
