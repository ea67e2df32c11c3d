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
from itertools import combinations
from statistics import median

from notetext.reading.level import Fragment, Span

_LEAST_LINES = 3
# Words whose width tells something: a short one is mostly what its box is too wide by.
_TELLING = 3
# In pitches: how far words may be from as wide as their characters, half of them.
_MISFIT = 0.3
# By how much the box of a word is too wide, in pitches, where words of one length cannot tell.
_BOX_EXCESS = 0.25
# So many words are compared with each other to tell the pitch from their widths.
_COMPARED = 40
# The pitch that widths tell is this near, as a share, and the grid is tried in so many steps.
_NEAR, _STEPS = 0.05, 81
# How well the places agree with a grid, from 0 to 1: 0.65 and more in a fixed pitch, less than 0.55
# in proportional types. How unlikely that must be by chance: the places times the square of their
# agreement, the logarithm of it.
_AGREEMENT = 0.6
_SURE = 4.5
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
        return (_start(span, self.width) - self.origin) / self.width

    def gap(self, before: Span, after: Span) -> float:
        """The gap between the boxes of two words, in characters."""
        return (after.left - before.right) / self.width + self.excess

    def misread_by(self, span: Span) -> float:
        """How many characters more a word is wide than it has."""
        return (span.right - span.left) / self.width - self.excess - cells(span.text)


def cells(text: str) -> int:
    """How many characters of a fixed pitch a text takes.

    >>> cells("na\\u0131\\u0308ve"), cells("x += 1")
    (5, 6)
    """
    return sum(not unicodedata.combining(character) for character in text)


def find_pitch(lines: Sequence[Fragment]) -> Pitch | None:
    """Finds the fixed pitch of a block of lines.

    Args:
        lines: with a span for each word.

    Returns:
        The pitch; ``None`` if they are of a proportional type, or too few to tell.
    """
    spans = [span for line in lines for span in line.spans]
    telling = [span for span in spans if cells(span.text) >= _TELLING]
    if len(lines) < _LEAST_LINES or not telling:
        return None
    near = _width_told_by(telling)
    if near <= 0 or _misfit(telling, near) > _MISFIT:
        return None
    # The first words of lines stand below each other whatever the type is.
    following = [span for line in lines for span in line.spans[1:]]
    width, agreement, places, origin = _best_grid(_apart(following, near), near)
    is_grid = agreement >= _AGREEMENT and places * agreement**2 >= _SURE
    if not is_grid or _misfit(telling, width) > _MISFIT:
        return None
    return Pitch(width, origin, median(_excesses(telling, width)))


def _width_told_by(spans: Sequence[Span]) -> float:
    """How much wider words are for each character more, whatever their boxes have too much."""
    shared = spans[:: math.ceil(len(spans) / _COMPARED)]
    measured = [(cells(span.text), span.right - span.left) for span in shared]
    slopes = [
        (width - other) / (count - fewer)
        for (count, width), (fewer, other) in combinations(measured, 2)
        if count != fewer
    ]
    if len(slopes) >= len(measured):
        return median(slopes)
    return median(width / (count + _BOX_EXCESS) for count, width in measured)


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
    for span in sorted(spans, key=lambda span: _start(span, width)):
        if not apart or _start(span, width) - _start(apart[-1], width) > _SAME_PLACE * width:
            apart.append(span)
    return apart


def _best_grid(spans: Sequence[Span], near: float) -> tuple[float, float, int, float]:
    """The grid that words begin on.

    Returns:
        Its pitch, how well they agree with it, from 0 to 1, how many they are, and its origin.
    """
    import numpy as np

    if not spans:
        return near, 0.0, 0, 0.0
    widths = near * np.linspace(1 - _NEAR, 1 + _NEAR, _STEPS)
    lefts = np.array([(3 * span.left + span.right) / 4 for span in spans])
    halves = np.array([cells(span.text) / 4 for span in spans])
    starts = lefts[None] - halves[None] * widths[:, None]
    means = np.exp(2j * math.pi * starts / widths[:, None]).mean(axis=1)
    best = int(np.abs(means).argmax())
    width, mean = float(widths[best]), complex(means[best])
    origin = math.atan2(mean.imag, mean.real) / (2 * math.pi) * width
    return width, abs(mean), len(spans), origin
