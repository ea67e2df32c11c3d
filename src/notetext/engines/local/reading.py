"""From the pieces of a page to words; doubtful lines are read at more than one width.

A line that is a little wider or narrower is another picture to the recogniser, and what one reading
misses, another may see. Of the candidates of all readings the likeliest is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LineImage, cut
from notetext.engines.local.ctc import DecodedWord, decode_greedily
from notetext.engines.local.decoding import LanguageDecoder
from notetext.engines.local.pacing import read_lines
from notetext.engines.local.piece import Piece
from notetext.engines.local.recognition import Recognizer

# The mean logarithm of the probabilities of a line's characters: surer lines are mostly right, and
# below, nothing is gained.
_LEAST_DOUBTFUL, _MOST_DOUBTFUL = -0.6, -1.2
# Below, the words are the language model's alone: drawings, and writing past help.
_HOPELESS = -1.5
_OTHER_WIDTHS = (0.83, 1.2)
_LINES_AT_ONCE = 8


@dataclass(frozen=True, slots=True, eq=False)
class ReadLine:
    """A line with its words.

    Attributes:
        image: the cut-out that the words' places belong to.
        words: from left to right.
        is_hopeless: whether it is hardly writing, so that the words are as good as made up.
    """

    image: LineImage
    words: Sequence[DecodedWord]
    is_hopeless: bool = False


def read_words(
    recognizer: Recognizer,
    decoder: LanguageDecoder | None,
    page: NDArray[np.uint8],
    pieces: Sequence[Piece],
) -> Iterator[list[ReadLine]]:
    """Reads the pieces of a page of one hand, some at a time.

    Args:
        recognizer: what reads.
        decoder: what knows the language; ``None`` takes what the recogniser shows.
        page: H×W (grey) or H×W×3 (RGB).
        pieces: the lines, in any order.

    Yields:
        Some of the lines; every piece comes once.
    """
    alphabet = recognizer.characters
    doubtful: list[tuple[LineImage, NDArray[np.float32]]] = []
    for batch in read_lines(recognizer, page, pieces):
        read = []
        for image, log_probs in batch:
            if decoder is None:
                read.append(ReadLine(image, decode_greedily(log_probs, alphabet)))
                continue
            line = decoder.decode([log_probs], alphabet)
            if _MOST_DOUBTFUL < line.log_prob < _LEAST_DOUBTFUL:
                doubtful.append((image, log_probs))
            else:
                read.append(ReadLine(image, line.words, line.log_prob < _HOPELESS))
        yield read
    if decoder is not None:
        for first in range(0, len(doubtful), _LINES_AT_ONCE):
            some = doubtful[first : first + _LINES_AT_ONCE]
            yield list(_read_again(recognizer, decoder, page, some))


def _read_again(
    recognizer: Recognizer,
    decoder: LanguageDecoder,
    page: NDArray[np.uint8],
    lines: Sequence[tuple[LineImage, NDArray[np.float32]]],
) -> Iterator[ReadLine]:
    """Reads lines at other widths too."""
    others = [
        cut(page, image.piece, image.stretch * width, image.slant)
        for image, _ in lines
        for width in _OTHER_WIDTHS
    ]
    read = dict(pair for batch in recognizer.read(others) for pair in batch)
    for number, (image, log_probs) in enumerate(lines):
        mine = range(number * len(_OTHER_WIDTHS), (number + 1) * len(_OTHER_WIDTHS))
        images = [image, *(others[index] for index in mine)]
        readings = [log_probs, *(read[index] for index in mine)]
        line = decoder.decode(readings, recognizer.characters)
        yield ReadLine(images[line.reading], line.words)
