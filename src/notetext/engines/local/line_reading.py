"""From the lines of a page to words; doubtful lines are read at more than one width.

A line that is a little wider or narrower is another picture to the recogniser, and what is
missed at one width may be seen at another. Of the candidates of all widths the likeliest is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LineImage, cut
from notetext.engines.local.ctc import DecodedWord, decode_greedily, sureness
from notetext.engines.local.decoding import LanguageDecoder
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.stretching import recognize_lines
from notetext.engines.local.succession import lines_before
from notetext.model import Kind

# The mean logarithm of the probabilities of a line's characters: surer lines are mostly right, and
# below, nothing is gained.
_LEAST_DOUBTFUL, _MOST_DOUBTFUL = -0.6, -1.2
# Below, the words are the language model's alone: drawings, and writing past help. If the network
# itself is sure of something, it is no drawing, however little the language likes it.
_HOPELESS = -1.5
_SURE = -0.5
_OTHER_WIDTHS = (0.83, 1.2)
_LINES_AT_ONCE = 8
# As many as most pages have: half as many together take a third more time a line.
_DECODED_AT_ONCE = 32


@dataclass(frozen=True, slots=True, eq=False)
class ReadLine:
    """A line with its words.

    Attributes:
        image: the cut-out that the words' time steps belong to.
        words: from left to right.
        is_hopeless: whether it is hardly writing, so that the words are as good as made up.
        sureness: the mean logarithm of the probabilities of what the recogniser shows.
        kind: what stands there; ``None`` if nobody said.
    """

    image: LineImage
    words: Sequence[DecodedWord]
    is_hopeless: bool = False
    sureness: float = 0.0
    kind: Kind | None = None

    @property
    def confidence(self) -> float:
        """The mean over the words, weighted by characters; 0 if there is nothing to believe."""
        characters = sum(len(word.text) for word in self.words)
        if self.is_hopeless or not characters:
            return 0.0
        return sum(len(word.text) * word.confidence for word in self.words) / characters


def read_lines(
    recognizer: Recognizer,
    decoder: LanguageDecoder | None,
    pixels: NDArray[np.uint8],
    lines: Sequence[DetectedLine],
) -> Iterator[list[ReadLine]]:
    """Reads the lines of a page of one hand, some at a time.

    Args:
        recognizer: of characters.
        decoder: what knows the language; ``None`` takes what the recogniser shows.
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        lines: where they stand, in any order.

    Yields:
        Some of the lines, or none whenever some were recognised; every one comes once.
    """
    alphabet = recognizer.characters
    batches = recognize_lines(recognizer, pixels, lines)
    if decoder is None:
        for batch in batches:
            yield [
                ReadLine(
                    image, decode_greedily(log_probs, alphabet), sureness=sureness([log_probs])
                )
                for image, log_probs in batch
            ]
        return
    doubtful: list[tuple[LineImage, NDArray[np.float32]]] = []
    recognized: list[tuple[LineImage, NDArray[np.float32]]] = []
    left = len(lines)
    for batch in batches:
        recognized += batch
        left -= len(batch)
        read = []
        if not left or len(recognized) >= _DECODED_AT_ONCE:
            decoded = decoder.decode_lines(
                [[log_probs] for _, log_probs in recognized],
                alphabet,
                lines_before([image.line for image, _ in recognized]),
            )
            for (image, log_probs), line in zip(recognized, decoded, strict=True):
                if _MOST_DOUBTFUL < line.log_prob < _LEAST_DOUBTFUL:
                    doubtful.append((image, log_probs))
                else:
                    sure = sureness([log_probs])
                    hopeless = line.log_prob < _HOPELESS and sure < _SURE
                    read.append(ReadLine(image, line.words, hopeless, sure))
            recognized = []
        yield read
    for first in range(0, len(doubtful), _LINES_AT_ONCE):
        some = doubtful[first : first + _LINES_AT_ONCE]
        yield list(_read_again(recognizer, decoder, pixels, some))


def _read_again(
    recognizer: Recognizer,
    decoder: LanguageDecoder,
    pixels: NDArray[np.uint8],
    doubtful: Sequence[tuple[LineImage, NDArray[np.float32]]],
) -> Iterator[ReadLine]:
    """Reads lines at other widths too."""
    others = [
        cut(pixels, image.line, image.stretch * width, image.slant)
        for image, _ in doubtful
        for width in _OTHER_WIDTHS
    ]
    read = dict(pair for batch in recognizer.read(others) for pair in batch)
    images, at_all_widths = [], []
    for number, (image, log_probs) in enumerate(doubtful):
        mine = range(number * len(_OTHER_WIDTHS), (number + 1) * len(_OTHER_WIDTHS))
        images.append([image, *(others[index] for index in mine)])
        at_all_widths.append([log_probs, *(read[index] for index in mine)])
    decoded = decoder.decode_lines(at_all_widths, recognizer.characters)
    for drawn, log_probs_of, line in zip(images, at_all_widths, decoded, strict=True):
        sure = sureness([log_probs_of[line.chosen]])
        yield ReadLine(drawn[line.chosen], line.words, sureness=sure)
