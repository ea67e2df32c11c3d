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
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.slant import slant_of

CHARACTER_WIDTH = 15.5
"""What a character should measure in pixels of the recogniser, blanks between words included."""

_TRIAL_STRETCH = 1.4  # even narrow hands lose few characters at it
# Two long strips of a page, one for each of two threads; of a single line little is read twice.
_TRIALS, _TRIAL_WIDTH, _TRIAL_OF_ONE = 2, 480, 256
_ANOTHER_HAND = 1.5  # of the height of the lines that are next as high
_LONG_ENOUGH = 8.0  # heights that lines are long together, about 20 characters
LEAST_STRETCH, MOST_STRETCH = 0.7, 2.0


def recognize_lines(
    recognizer: Recognizer,
    pixels: NDArray[np.uint8],
    lines: Sequence[DetectedLine],
) -> Iterator[list[tuple[LineImage, NDArray[np.float32]]]]:
    """Cuts lines out of a page and recognises them, batch by batch.

    Out of the longest lines strips are read first, to find out how widely the hand writes; lines
    that are much higher than others are taken for another hand's.

    Args:
        recognizer: of characters.
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        lines: where they stand, in any order.

    Yields:
        Lines of a batch, each with its log-probabilities, T×C; every line comes once.
    """
    images = [image for hand in _hands(lines) for image in _suited(recognizer, pixels, hand)]
    for batch in recognizer.read(images):
        yield [(images[index], log_probs) for index, log_probs in batch]


def _hands(lines: Sequence[DetectedLine]) -> list[list[DetectedLine]]:
    """Parts lines that are much higher than others from those, if they are long enough to tell."""
    hands: list[list[DetectedLine]] = []
    for line in sorted(lines, key=lambda line: line.height):
        if not hands or line.height > _ANOTHER_HAND * hands[-1][-1].height:
            hands.append([])
        hands[-1].append(line)
    *others, main = sorted(hands, key=_length) or [[]]
    apart = [hand for hand in others if _length(hand) >= _LONG_ENOUGH]
    short = [line for hand in others if _length(hand) < _LONG_ENOUGH for line in hand]
    return [*apart, main + short]


def _length(lines: Sequence[DetectedLine]) -> float:
    """How long lines are together, in heights."""
    return sum(line.width / line.height for line in lines)


def _suited(
    recognizer: Recognizer, pixels: NDArray[np.uint8], lines: Sequence[DetectedLine]
) -> list[LineImage]:
    """Cuts out lines of one hand, as wide and upright as suits the recogniser."""
    width = _TRIAL_WIDTH if len(lines) >= _TRIALS else _TRIAL_OF_ONE
    strips = strips_of(pixels, lines, _TRIALS, width)
    count = sum(
        count_characters(log_probs) for batch in recognizer.read(strips) for _, log_probs in batch
    )
    stretch = _suitable_stretch(sum(strip.width for strip in strips), count)
    if len(strips) == _TRIALS:
        slant = slant_of([strip.pixels for strip in strips]) / _TRIAL_STRETCH
    else:
        # A strip of one line shows too little.
        slant = slant_of([cut(pixels, line).pixels for line in lines])
    return [cut(pixels, line, stretch, slant) for line in lines]


def strips_of(
    pixels: NDArray[np.uint8], lines: Sequence[DetectedLine], most: int, width: int
) -> list[LineImage]:
    """Cuts strips out of the middle of the longest lines.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        lines: where they stand, in any order.
        most: how many strips, one of each line.
        width: of each in pixels of the recogniser, if its line is as wide.
    """
    longest = sorted(lines, key=lambda line: -line.width / line.height)[:most]
    return [cut(pixels, _middle(line, width), _TRIAL_STRETCH) for line in longest]


def _middle(line: DetectedLine, width: int) -> DetectedLine:
    """So much of a line as makes a strip of a width."""
    reach = width / _TRIAL_STRETCH / LINE_HEIGHT * line.height / 2
    return line.part(line.width / 2 - reach, line.width / 2 + reach)


def _suitable_stretch(width: int, count: int) -> float:
    """The stretch at which a character is as wide as the recogniser likes it.

    Args:
        width: of all strips, in pixels.
        count: of the characters on them.
    """
    if not count:
        return _TRIAL_STRETCH
    stretch = _TRIAL_STRETCH * CHARACTER_WIDTH * count / width
    return min(max(stretch, LEAST_STRETCH), MOST_STRETCH)
