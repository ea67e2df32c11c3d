"""Words that are scribbled over: with a zigzag, loops, a hatching, a cross or a wave.

Strokes across the letters add outline to the word, and where they cross the letters they shut off
bits of paper. A word is scribbled over if it has far more outline than its neighbours and the
page's usual word, and many such bits; and only if it was not read surely, for then the recogniser
saw letters and little else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LineImage
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.ink import ink_of
from notetext.engines.local.line_reading import ReadLine
from notetext.engines.local.recognition import STEP

# Of 1,250 words of 14 dev pages that nobody struck out none is like that; of those over which
# scribbles were drawn, and that were read nevertheless, 19 of 55 with a zigzag, loops, a hatching
# both ways or a large cross, and 2 of 35 with a wave or a hatching one way.
_MOST_CONFIDENCE = 0.9
_MORE_OUTLINE = 1.55  # of the page's usual word and of the middle one of the line's others
_LEAST_BITS = 3  # bits of paper that are shut off; a and g have one, few words have three
_LEAST_BIT = 3  # pixels of a line image
_LEAST_CHARACTERS = 3
_LEAST_WORDS = 4  # that tell how much outline is usual


@dataclass(frozen=True, slots=True)
class _Measured:
    """A word of a line.

    Attributes:
        word: what was read.
        ink: of its part of the line image, 1 on 0.
        outline: pixels between ink and paper for each column, as if the line were not stretched.
    """

    word: DecodedWord
    ink: NDArray[np.uint8]
    outline: float


def scribbled_words(lines: Sequence[ReadLine]) -> list[list[bool]]:
    """Finds the words that are scribbled over.

    Args:
        lines: of a page, with words.

    Returns:
        For each line, for each of its words, whether it is scribbled over.
    """
    measured = [_measured(line.image, line.words) for line in lines]
    long = [word for line in measured for word in line if _characters(word) >= _LEAST_CHARACTERS]
    outlines = [word.outline for word in long]
    if len(outlines) < _LEAST_WORDS:
        return [[False] * len(line) for line in measured]
    usual = float(np.median(outlines))
    return [
        [
            _may_be_scribbled(word)
            and _is_scribbled(word, max([usual, *_middle_of(line[:index] + line[index + 1 :])]))
            for index, word in enumerate(line)
        ]
        for line in measured
    ]


def _middle_of(words: Sequence[_Measured]) -> list[float]:
    """The middle outline of some words, if there are any."""
    return [float(np.median([word.outline for word in words]))] if words else []


def _characters(word: _Measured) -> int:
    """Letters and digits that were read."""
    return sum(map(str.isalnum, word.word.text))


def _may_be_scribbled(word: _Measured) -> bool:
    """Whether that is worth a closer look, which most words are not."""
    return word.word.confidence < _MOST_CONFIDENCE and _characters(word) >= _LEAST_CHARACTERS


def _is_scribbled(word: _Measured, usual: float) -> bool:
    return word.outline >= _MORE_OUTLINE * usual and _bits(word) >= _LEAST_BITS


def _measured(image: LineImage, words: Sequence[DecodedWord]) -> list[_Measured]:
    ink = (ink_of(image.pixels) > 0).astype(np.uint8)
    upright = np.count_nonzero(np.diff(ink, axis=0), axis=0)
    level = np.count_nonzero(np.diff(ink, axis=1, prepend=ink[:, :1]), axis=0)
    outline = upright + level / image.stretch
    measured = []
    for word in words:
        start = min(int(word.start * STEP), image.width - 1)
        part = slice(start, max(start + 1, min(int(word.end * STEP), image.width)))
        mean = float(outline[part].mean())
        measured.append(_Measured(word, ink[:, part], mean))
    return measured


def _bits(word: _Measured) -> int:
    """How many bits of paper the ink shuts off."""
    height, width = word.ink.shape
    stats = cv2.connectedComponentsWithStats(1 - word.ink, connectivity=4)[2][1:]
    left, top, wide, high, area = stats.T
    shut = (left > 0) & (top > 0) & (left + wide < width) & (top + high < height)
    return int(np.count_nonzero(shut & (area >= _LEAST_BIT)))
