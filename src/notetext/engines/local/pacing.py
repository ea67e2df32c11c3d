"""Draws lines as wide as suits the recogniser, whatever the hand.

The recogniser makes a time step of every 8 pixels, and CTC needs a step for each character and
often a blank between two. Where a hand writes narrowly, so that a character has less than about a
step and a half, characters go missing in heaps; where it writes widely, one character is taken for
two. So it is the characters' width that counts, not the letters' proportions: on 46 pages of many
hands the errors were fewest at about two steps a character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LINE_HEIGHT, LineImage, cut
from notetext.engines.local.ctc import count_characters
from notetext.engines.local.piece import Piece
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.slant import slant_of

_CHARACTER_WIDTH = 15.5  # pixels of the recogniser, blanks between words included
_TRIAL_STRETCH = 1.4  # even narrow hands lose few characters at it
_TRIALS, _TRIAL_WIDTH = 4, 256
_LEAST_STRETCH, _MOST_STRETCH = 0.7, 2.0


def read_lines(
    recognizer: Recognizer,
    page: NDArray[np.uint8],
    pieces: Sequence[Piece],
) -> Iterator[list[tuple[LineImage, NDArray[np.float32]]]]:
    """Cuts lines out of a page of one hand and reads them, batch by batch.

    Out of the longest lines strips are read first, to find out how widely the hand writes.

    Args:
        recognizer: what reads.
        page: H×W (grey) or H×W×3 (RGB).
        pieces: the lines, in any order.

    Yields:
        Lines of a batch, each with its log-probabilities, T×C; every piece comes once.
    """
    longest = sorted(pieces, key=lambda piece: -piece.width / piece.height)[:_TRIALS]
    strips = [cut(page, _middle(piece), _TRIAL_STRETCH) for piece in longest]
    count = sum(
        count_characters(log_probs) for batch in recognizer.read(strips) for _, log_probs in batch
    )
    stretch = _suitable_stretch(sum(strip.width for strip in strips), count)
    if len(strips) == _TRIALS:
        slant = slant_of([strip.pixels for strip in strips]) / _TRIAL_STRETCH
    else:
        # Strips of so few lines show too little.
        slant = slant_of([cut(page, piece).pixels for piece in pieces])
    lines = [cut(page, piece, stretch, slant) for piece in pieces]
    for batch in recognizer.read(lines):
        yield [(lines[index], log_probs) for index, log_probs in batch]


def _middle(piece: Piece) -> Piece:
    """So much of a piece as makes a strip."""
    reach = _TRIAL_WIDTH / _TRIAL_STRETCH / LINE_HEIGHT * piece.height / 2
    return piece.part(piece.width / 2 - reach, piece.width / 2 + reach)


def _suitable_stretch(width: int, count: int) -> float:
    """The stretch at which a character is as wide as the recogniser likes it.

    Args:
        width: of all strips, in pixels.
        count: of the characters on them.
    """
    if not count:
        return _TRIAL_STRETCH
    stretch = _TRIAL_STRETCH * _CHARACTER_WIDTH * count / width
    return min(max(stretch, _LEAST_STRETCH), _MOST_STRETCH)
