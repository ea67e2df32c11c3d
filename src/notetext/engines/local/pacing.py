"""Draws lines as wide as suits the recogniser, whatever the hand.

The recogniser makes a time step of every 8 pixels, and CTC needs a step for each character and
often a blank between two. Where a hand writes narrowly, so that a character has less than about a
step and a half, characters go missing in heaps; where it writes widely, one character is taken for
two. So it is the characters' width that counts, not the letters' proportions: on 46 pages of many
hands the errors were fewest at about two steps a character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LineImage, cut
from notetext.engines.local.ctc import count_characters
from notetext.engines.local.piece import Piece
from notetext.engines.local.recognition import Recognizer

_CHARACTER_WIDTH = 15.5  # pixels of the recogniser, blanks between words included
_TRIAL_STRETCH = 1.4  # even narrow hands lose few characters at it
_TRIALS = 3
_NEAR_ENOUGH = 0.1
_LEAST_STRETCH, _MOST_STRETCH = 0.7, 2.0


def read_lines(
    recognizer: Recognizer,
    page: NDArray[np.uint8],
    pieces: Sequence[Piece],
) -> Iterator[list[tuple[LineImage, NDArray[np.float32]]]]:
    """Cuts lines out of a page of one hand and reads them, batch by batch.

    The longest lines are read first, to find out how widely the hand writes.

    Args:
        recognizer: what reads.
        page: H×W (grey) or H×W×3 (RGB).
        pieces: the lines, in any order.

    Yields:
        Lines of a batch, each with its log-probabilities, T×C; every piece comes once.
    """
    longest = sorted(pieces, key=lambda piece: -piece.width / piece.height)
    trials, others = longest[:_TRIALS], longest[_TRIALS:]
    tried = [line for batch in _read(recognizer, page, trials, _TRIAL_STRETCH) for line in batch]
    stretch = _suitable_stretch(tried)
    if abs(stretch / _TRIAL_STRETCH - 1) <= _NEAR_ENOUGH:
        yield tried
    else:
        others = longest
    yield from _read(recognizer, page, others, stretch)


def _read(
    recognizer: Recognizer,
    page: NDArray[np.uint8],
    pieces: Sequence[Piece],
    stretch: float,
) -> Iterator[list[tuple[LineImage, NDArray[np.float32]]]]:
    lines = [cut(page, piece, stretch) for piece in pieces]
    for batch in recognizer.read(lines):
        yield [(lines[index], log_probs) for index, log_probs in batch]


def _suitable_stretch(tried: Sequence[tuple[LineImage, NDArray[np.float32]]]) -> float:
    """The stretch at which a character is as wide as the recogniser likes it."""
    widths = [
        line.width / count
        for line, log_probs in tried
        if (count := count_characters(log_probs)) > 0
    ]
    if not widths:
        return _TRIAL_STRETCH
    stretch = _TRIAL_STRETCH * _CHARACTER_WIDTH / median(widths)
    return min(max(stretch, _LEAST_STRETCH), _MOST_STRETCH)
