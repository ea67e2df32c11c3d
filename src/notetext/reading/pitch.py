"""Tells from where words stand whether they are set in a fixed pitch, as code and typescript are.

In a fixed pitch each character takes the same width: words are as wide as they have characters, and
all of them begin on one grid. Both are asked, since words at random places may fall on some grid,
and figures have one width in most types.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from statistics import median

from notetext.result.structure.level import Fragment, Span

_LEAST_LINES = 3
# Words whose width tells something: a short one is mostly what its box is too wide by.
_TELLING = 3
# Words of which a block is judged, spread over it; more would only take more time.
_ASKED = 80
# In pitches: how far words may be from as wide as their characters, half of them.
_MISFIT = 0.3
_MISREAD = 0.6  # any farther, and characters are missing, or too many
_FAR_OFF = 0.45  # before the pitch is known well
# By how much the boxes of words are too wide, in pitches: not at all in exact text, by half a blank
# at either end in pixels. The grid is tried in steps of a share of the pitch.
_EXCESSES = (-0.05, 0.75)
_STEP = 0.00125
# How well the places agree with a grid, from 0 to 1: 0.65 and more in a fixed pitch, less than 0.55
# in proportional types. How unlikely that must be by chance: the places times the square of their
# agreement, the logarithm of it.
_AGREEMENT = 0.6
_SURE = 4.5
# Boxes that are no wider than their words are those of exact text, which agrees much better.
_EXACT, _EXACT_AGREEMENT = 0.08, 0.9
# Places less than this far apart, in pitches, are one: words below each other tell nothing new.
_SAME_PLACE = 0.5


@dataclass(frozen=True, slots=True)
class Pitch:
    """The grid on which a block of print stands, in pixels of the level page.

    Attributes:
        width: of a character.
        origin: where a character begins.
        excess: by how much words are wider than their characters, both ends together, in pitches.
    """

    width: float
    origin: float
    excess: float

    def place(self, span: Span) -> float:
        """Where a word begins, in characters from the origin; near a whole number if it fits."""
        if self.misreads(span):
            return (span.left - self.origin) / self.width + self.excess / 2
        return (_start(span, self.width) - self.origin) / self.width

    def gap(self, before: Span, after: Span) -> float:
        """The gap between the boxes of two words, in characters."""
        return (after.left - before.right) / self.width + self.excess

    def misreads(self, span: Span) -> bool:
        """Whether a word is not as wide as its characters: some are missing, or too many."""
        wide = (span.right - span.left) / self.width - self.excess
        return abs(wide - cells(span.text)) > _MISREAD


def cells(text: str) -> int:
    """How many characters of a fixed pitch a text takes; accents that combine take none.

    >>> from notetext.reading.pitch import cells
    >>> cells("naïve"), cells("x += 1")
    (5, 6)
    """
    if text.isascii():
        return len(text)
    return sum(not unicodedata.combining(character) for character in text)


def find_pitch(lines: Sequence[Fragment]) -> Pitch | None:
    """Finds the fixed pitch of a block of lines.

    Args:
        lines: with a span for each word.

    Returns:
        The pitch; ``None`` if they are of a proportional type, or too few to tell.
    """
    spans = [span for line in lines for span in line.spans]
    telling = _spread([span for span in spans if len(span.text) >= _TELLING])
    if len(lines) < _LEAST_LINES or not telling:
        return None
    narrow, wide = _widths_told_by(telling)
    if narrow <= 0 or min(_misfit(telling, width) for width in (narrow, wide)) > _FAR_OFF:
        return None
    # The first words of lines stand below each other whatever the type is.
    following = [span for line in lines for span in line.spans[1:]]
    width, agreement, places, origin = _best_grid(following, narrow, wide)
    excess = median(_excesses(telling, width))
    least = _EXACT_AGREEMENT if excess < _EXACT else _AGREEMENT
    is_grid = agreement >= least and places * agreement**2 >= _SURE
    if not is_grid or _misfit(telling, width) > _MISFIT:
        return None
    return Pitch(width, origin, excess)


def _spread(spans: Sequence[Span], times: int = 1) -> Sequence[Span]:
    return spans[:: math.ceil(len(spans) / (times * _ASKED)) or 1]


def _widths_told_by(spans: Sequence[Span]) -> tuple[float, float]:
    """The narrowest and the widest pitch that the words' widths allow."""
    narrow, wide = (
        median((span.right - span.left) / (cells(span.text) + excess) for span in spans)
        for excess in reversed(_EXCESSES)
    )
    return narrow, wide


def _start(span: Span, width: float) -> float:
    """Where a word's first character begins; its box is too wide by a little at either end."""
    middle = (span.left + span.right) / 2
    return (span.left + middle - cells(span.text) * width / 2) / 2


def _excesses(spans: Sequence[Span], width: float) -> list[float]:
    return [(span.right - span.left) / width - cells(span.text) for span in spans]


def _misfit(spans: Sequence[Span], width: float) -> float:
    """How far the words are from as wide as their characters, the usual one, in pitches."""
    excesses = _excesses(spans, width)
    usual = median(excesses)
    return median(abs(excess - usual) for excess in excesses)


def _apart(spans: Sequence[Span], width: float) -> list[Span]:
    """One word for each of the places where words begin."""
    apart: list[Span] = []
    last = -math.inf
    for start, span in sorted(((_start(span, width), span) for span in spans), key=itemgetter(0)):
        if start - last > _SAME_PLACE * width:
            apart.append(span)
            last = start
    return apart


def _best_grid(
    spans: Sequence[Span], narrow: float, wide: float
) -> tuple[float, float, int, float]:
    """The grid that words begin on.

    Returns:
        Its pitch, how well they agree with it, from 0 to 1, how many they are, and its origin.
    """
    import numpy as np

    apart = _spread(_apart(_spread(spans, 3), (narrow + wide) / 2))
    if not apart:
        return narrow, 0.0, 0, 0.0
    widths = np.arange(narrow, wide, _STEP * narrow)
    starts = np.array([_start(span, 0.0) for span in apart])[None] - widths[:, None] * np.array(
        [cells(span.text) / 4 for span in apart]
    )
    means = np.exp(2j * math.pi * starts / widths[:, None]).mean(axis=1)
    best = int(np.abs(means).argmax())
    width, mean = float(widths[best]), complex(means[best])
    origin = math.atan2(mean.imag, mean.real) / (2 * math.pi) * width
    return width, abs(mean), len(apart), origin
