"""Words that the writer struck out, as far as the recogniser can read them at all.

Those are kept aside, and are no part of the text; what it reads as nothing is gone. It reads most
scribbles and double strokes as nothing. One stroke through a word, or through a whole line, it
reads through. Such a stroke is a run of ink far longer than any in a letter, at the height of the
small letters and along nearly all of the word, and adds to the word's ink. Between the letters it
stands free, which tells it from letters that a coarse or unsharp picture melts into a band.
Underlines and ruled lines lie lower, with little ink below them; bars of a t are shorter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LINE_HEIGHT, LineImage
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.ink import ink_of
from notetext.engines.local.line_reading import ReadLine
from notetext.engines.local.recognition import STEP

# Rows of a line image: where small letters have their middle, and where they stand as a whole.
_MIDDLE = slice(round(0.31 * LINE_HEIGHT), round(0.65 * LINE_HEIGHT))
_BODY = slice(round(0.25 * LINE_HEIGHT), round(0.75 * LINE_HEIGHT))
# A run of the first length, in heights of the line, is evidence by itself, and so is one of the
# second in a longer word; elsewhere only where there is more ink than in the page's usual word. On
# 46 pages of handwriting one word of 3,803 is like that; of words with one stroke drawn through
# them by themselves that were read at all, half, and of those in lines that are struck out, all.
_LONG_RUN, _SHORT_RUN = 1.0, 0.8
_CLEAR_COVER, _LEAST_COVER = 0.9, 0.85
# Ink that is lower stands free. Of the columns of drawn strokes 0.58 and more do, of those of
# unsharp words up to 0.46.
_THIN = round(0.17 * LINE_HEIGHT)
_LEAST_FREE = 0.55
# A stroke leaves ink on both sides, a ruled line that lies high little below: 78 readings of struck
# words have 0.25 and more of their ink below it, 33 of others on ruled paper less than 0.35.
_NEAR, _THICK = 0.25 * LINE_HEIGHT, 0.06 * LINE_HEIGHT
_LEAST_BELOW, _LEAST_ON_RULED = 0.25, 0.36
_LEAST_CHARACTERS, _MANY_CHARACTERS = 3, 4  # in fewer, the bar of a letter may be as long
_MORE_INK = 1.2
_LEAST_WORDS = 4  # that tell how much ink is usual
_TWO_PARTS = re.compile(r"(\w{3,}-)(\w.+)")
_MOST_STRUCK = 0.5  # of a page's words; where there are more, the paper is ruled


@dataclass(frozen=True, slots=True)
class _Measured:
    """A word.

    Attributes:
        characters: letters and digits, for a dash, or a letter with a long bar, is no evidence.
        cover_long: how much of its width a stroke of the longer run covers, 0 to 1.
        cover: how much one of the shorter run covers.
        free: at how much of what that covers no letter crosses it, 0 to 1.
        below: how much of its ink near the stroke lies below that, 0 to 1.
        ink: how dense its ink is, 0 to 1.
    """

    characters: int
    cover_long: float
    cover: float
    free: float
    below: float
    ink: float


def struck_words(lines: Sequence[ReadLine]) -> list[list[bool]]:
    """Finds the words that are struck out.

    Args:
        lines: of a page, with words.

    Returns:
        For each line, for each of its words, whether it is struck out.
    """
    measured = [_measured(line.image, line.words) for line in lines]
    inks = [word.ink for line in measured for word in line]
    if len(inks) < _LEAST_WORDS:
        return [[False] * len(line) for line in measured]
    least_ink = _MORE_INK * float(np.median(inks))
    least_below = _LEAST_ON_RULED if _is_ruled(measured) else _LEAST_BELOW
    struck = [_struck(line, least_ink, least_below) for line in measured]
    if sum(map(sum, struck)) > _MOST_STRUCK * len(inks):
        return [[False] * len(line) for line in measured]
    return struck


def with_struck_parts(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Parts a struck word from the next one, where the end of its stroke was read as a hyphen.

    Args:
        lines: of a page, with words.

    Returns:
        The same lines; a word whose parts are struck and not is two.
    """
    parts = [[_parts(word) for word in line.words] for line in lines]
    if all(len(each) == 1 for line in parts for each in line):
        return [*lines]
    struck = struck_words(
        [
            replace(line, words=[part for each in found for part in each])
            for line, found in zip(lines, parts, strict=True)
        ]
    )
    parted = []
    for line, found, flags in zip(lines, parts, struck, strict=True):
        left = iter(flags)
        words: list[DecodedWord] = []
        for word, each in zip(line.words, found, strict=True):
            differ = len({next(left) for _ in each}) > 1
            words += each if differ else [word]
        parted.append(replace(line, words=words))
    return parted


def _parts(word: DecodedWord) -> Sequence[DecodedWord]:
    found = _TWO_PARTS.fullmatch(word.text)
    if found is None:
        return (word,)
    share = len(found[1]) / len(word.text)
    between = word.start + share * (word.end - word.start)
    return (
        replace(word, text=found[1], end=between, alternatives=()),
        replace(word, text=found[2], start=between, alternatives=()),
    )


def _is_ruled(lines: Sequence[Sequence[_Measured]]) -> bool:
    """Whether most of the strokes along words run where their letters stand."""
    shares = [word.below for line in lines for word in line if word.cover >= _LEAST_COVER]
    return bool(shares) and float(np.median(shares)) < _LEAST_BELOW


def _struck(words: Sequence[_Measured], least_ink: float, least_below: float) -> list[bool]:
    struck = [
        word.characters >= _LEAST_CHARACTERS
        and word.below >= least_below
        and word.free >= _LEAST_FREE
        and (
            word.cover_long >= _CLEAR_COVER
            or (word.cover >= _CLEAR_COVER and word.characters >= _MANY_CHARACTERS)
            or (word.cover >= _LEAST_COVER and word.ink >= least_ink)
        )
        for word in words
    ]
    # A stroke through a line goes through its short words too.
    for order in (range(len(words)), reversed(range(len(words)))):
        before = False
        for index in order:
            struck[index] = before = struck[index] or (
                before and words[index].cover >= _LEAST_COVER and words[index].below >= least_below
            )
    return struck


def _measured(image: LineImage, words: Sequence[DecodedWord]) -> list[_Measured]:
    ink = ink_of(image.pixels)
    # Strokes climb a little.
    broad = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    high = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_THIN, 1), np.uint8))

    def strokes(heights: float) -> NDArray[np.bool_]:
        run = max(5, round(heights * LINE_HEIGHT * image.stretch))
        opened = cv2.morphologyEx(broad, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
        return np.asarray(opened[_MIDDLE] > 0)

    runs = strokes(_SHORT_RUN)
    long: NDArray[np.bool_] = np.any(strokes(_LONG_RUN), axis=0)
    short: NDArray[np.bool_] = np.any(runs, axis=0)
    stands_free = np.asarray(ink[_MIDDLE] > high[_MIDDLE])
    free: NDArray[np.bool_] = np.any(runs & stands_free, axis=0)
    density = ink[_BODY].mean(axis=0) / 255
    measured = []
    for word in words:
        start = min(int(word.start * STEP), image.width - 1)
        columns = slice(start, max(start + 1, min(int(word.end * STEP), image.width)))
        measured.append(
            _Measured(
                characters=sum(map(str.isalnum, word.text)),
                cover_long=float(long[columns].mean()),
                cover=float(short[columns].mean()),
                free=float(free[columns].sum() / max(short[columns].sum(), 1)),
                below=_share_below(ink[:, columns], runs[:, columns]),
                ink=float(density[columns].mean()),
            )
        )
    return measured


def _share_below(ink: NDArray[np.uint8], runs: NDArray[np.bool_]) -> float:
    """How much of a word's ink near the stroke along it lies below that; 1 if there is none."""
    counts = runs.sum(axis=0)
    if not counts.any():
        return 1.0
    rows = np.arange(len(runs))[:, None]
    columns = np.arange(len(counts))
    covered = np.flatnonzero(counts)
    middles = (runs * rows).sum(axis=0)[covered] / counts[covered]
    away = np.arange(len(ink))[:, None] - _MIDDLE.start - np.interp(columns, covered, middles)
    near = (np.abs(away) <= _NEAR) & (np.abs(away) > _THICK) & (ink > 0)
    return int(np.count_nonzero(near & (away > 0))) / max(int(np.count_nonzero(near)), 1)
