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

from notetext.engines.local.circled_numbers import CircledNumber, circled_number, read_numbers
from notetext.engines.local.crops import LINE_HEIGHT, straightened
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.first_mark import first_mark, mark_ink
from notetext.engines.local.line_reading import ReadLine
from notetext.engines.local.recognition import STEP
from notetext.engines.local.scripts import letters_that_are_words
from notetext.engines.local.show_through import Reader
from notetext.model import Box, Language, MarkShape

# In heights of the line:
_BEFORE = 1.2  # how far before its first letter a line's bullet is looked for
_LOOKED_AT = 2.2  # from its start
_SAME_LEFT = 0.6  # how far apart marks of one kind may begin
_HIGHEST = 0.75  # of a mark that is no circle with something in it
_FILLED = 0.62  # of the rectangle around it: dots, squares and triangles without their corners
_HOLLOW = 0.2  # of it, enclosed
_SHAPE = 64  # rows and columns of a shape
_BLUR = 2.5
# 1 is the same. Drawn marks of one kind reach 0.91 and more, letters beside them 0.86 and less.
_ALIKE, _SAME = 0.86, 0.94  # the other one where two were read as different letters
_OTHER_SIZE = 1.7  # times as large
_MINUS = 1.7  # times as wide as high: before a number that is a sign of it
_LEAST_LINES = 3
_LEAST_OF_LETTER = 4  # if all of them were read as the same letter
_LEAST_ODD, _LEAST_ODD_SHARE = 2, 0.5  # of them, that were read as no word
_DIFFERENT = 3  # readings of marks that look alike are no words either
_MOST_READ = 2
"""Letters that a mark is read as."""
_MOST_OF_CIRCLE = 5
"""Letters and signs that a circled number is read as."""
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
        top: where it begins across them.
        height: of the line, in pixels.
        size: the longer side of the mark, in heights of the line.
        shape: its ink around its middle.
        drawn: as what.
        reading: what it was read as.
        text: what it was read as.
        read: how many words that is.
        circled: what stands in it, if it is a circle with something in it.
    """

    number: int
    place: DetectedLine
    left: float
    top: float
    height: float
    size: float
    shape: NDArray[np.float32]
    drawn: MarkShape
    reading: _Reading
    text: str
    read: int
    circled: CircledNumber | None


@dataclass(frozen=True, slots=True, eq=False)
class Bullet:
    """A drawn bullet.

    Attributes:
        number: of the line that it stands before.
        place: where it stands.
        shape: what it is drawn as.
        read: how many of the line's words are what it was read as.
        pieces: the numbers of lines that are but the bullet, found by itself.
        says: what it says, if it is a circled number.
    """

    number: int
    place: DetectedLine
    shape: MarkShape
    read: int
    pieces: tuple[int, ...]
    says: int | None = None


def find_bullets(
    lines: Sequence[ReadLine],
    languages: Collection[Language],
    known: Iterable[Box],
    read_again: Reader,
) -> list[Bullet]:
    """Finds the bullets of a page that were read as none.

    Args:
        lines: with words.
        languages: that the text may be in.
        known: where other marks are.
        read_again: reads lines as those were read.

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
    numbers: dict[int, int | None] = {}
    left = starts
    while left:
        group = max(([s for s in left if _is_like(s, seed)] for seed in left), key=len)
        if len(group) < _LEAST_LINES:
            break
        left = [start for start in left if start not in group]
        if _are_bullets(group):
            found += [start for start in group if start.reading is not _Reading.BULLET]
            numbers |= _numbers_of(group, read_again)
    return [
        Bullet(
            start.number,
            start.place,
            start.drawn,
            start.read,
            _pieces_of(start, lines),
            numbers.get(start.number),
        )
        for start in sorted(found, key=lambda start: start.number)
    ]


def _numbers_of(group: Sequence[_Start], read_again: Reader) -> dict[int, int | None]:
    """What circled numbers say, by the numbers of their lines."""
    circled = [
        (start.top, start.number, start.circled) for start in group if start.circled is not None
    ]
    if not any(number.is_apart for *_, number in circled):
        return {}
    circled.sort(key=lambda each: each[:2])
    said = read_numbers([number for *_, number in circled], read_again)
    return {line: says for (_, line, _), says in zip(circled, said, strict=True)}


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
    apart = [start for start in group if start.circled is not None and start.circled.is_apart]
    if 2 * len(apart) > len(group):
        return True
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
    are_letters = (
        start.circled is None
        and start.text.isalnum()
        and other.text.isalnum()
        and start.text != other.text
    )
    least = _SAME if are_letters else _ALIKE
    return float((start.shape * other.shape).sum()) >= least


def _start_of(number: int, line: ReadLine, words: frozenset[str], angle: float) -> _Start | None:
    """What a line begins with, if it is small and stands apart."""
    place = line.image.line
    height = place.height
    if place.is_sideways or place.width < height:
        return None
    before = _BEFORE * height
    seen = place.part(0, _LOOKED_AT * height).begun_sooner(before)
    scale = LINE_HEIGHT / height
    columns = max(1, round(seen.width * scale))
    image = straightened(line.image.page_pixels, seen, (columns, LINE_HEIGHT))
    grey = np.ascontiguousarray(image if image.ndim == 2 else image[..., 1])
    ink = mark_ink(grey)
    mark = None if ink is None else first_mark(ink)
    if ink is None or mark is None:
        return None
    rows, across = slice(mark.top, mark.top + len(mark.ink)), slice(mark.left, mark.right)
    circled = circled_number(ink[rows, across], grey[rows, across])
    if circled is None and len(mark.ink) > _HIGHEST * LINE_HEIGHT:
        return None
    step = line.image.width / place.width / STEP
    end, after = ((column / scale - before) * step for column in (mark.right, mark.next))
    is_number = circled is not None and circled.is_apart
    told = _in_circle(line, end, after) if is_number else _reading(line, end, after, words)
    is_minus = mark.right - mark.left > _MINUS * len(mark.ink)
    if is_minus and not line.words[0].text[0].isalpha() and told == (_Reading.NOTHING, ()):
        return None
    if told is None:
        return None
    reading, texts = told
    look = mark.ink if circled is None else circled.circle
    spot = seen.part(mark.left / scale, mark.right / scale)
    corner = spot.corners[0]
    return _Start(
        number=number,
        place=spot,
        left=float(corner[0] * math.cos(angle) + corner[1] * math.sin(angle)),
        top=float(corner[1] * math.cos(angle) - corner[0] * math.sin(angle)),
        height=height,
        size=max(mark.ink.shape) / LINE_HEIGHT,
        shape=_shape(look),
        drawn=_drawn(look),
        reading=reading,
        text="".join(texts),
        read=len(texts),
        circled=circled,
    )


def _reading(
    line: ReadLine, end: float, after: float, words: frozenset[str]
) -> tuple[_Reading, tuple[str, ...]] | None:
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
        return (_Reading.NOTHING, ()) if first.text[0].isalnum() else None
    if (first.start + first.end) / 2 > between:
        return None
    if len(line.words) < 2 or len(first.text) > _MOST_READ or not line.words[1].text[0].isalpha():
        return None
    if len(first.text) > 1 and not first.text.isalpha() and any(map(str.isalnum, first.text)):
        return None  # it counts, as 2) and b. do
    if first.text in _BULLETS:
        return _Reading.BULLET, (first.text,)
    is_word = len(first.text) > 1 or first.text.casefold() in words or first.text.isdigit()
    return (_Reading.WORD if is_word else _Reading.ODD), (first.text,)


def _in_circle(line: ReadLine, end: float, after: float) -> tuple[_Reading, tuple[str, ...]] | None:
    """What was read of a circle and what stands in it; ``None`` if it is a piece of a word."""
    between = (end + after) / 2
    texts = [word.text for word in line.words if word.start + 1 < between]
    if not texts:
        return _Reading.NOTHING, ()
    last = line.words[len(texts) - 1]
    is_mark = (last.start + last.end) / 2 <= between and len("".join(texts)) <= _MOST_OF_CIRCLE
    return (_Reading.ODD, tuple(texts)) if is_mark and len(texts) < len(line.words) else None


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
    """A line without the words that its bullet was read as."""
    return replace(line, words=line.words[bullet.read :]) if bullet.read else line
