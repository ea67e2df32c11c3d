"""From the lines of a page to words; doubtful lines are read at more than one width.

A line that is a little wider or narrower is another picture to the recogniser, and what is
missed at one width may be seen at another. Of the candidates of all widths the likeliest is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LineImage, cut
from notetext.engines.local.ctc import DecodedWord, decode_greedily, sureness
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_decoders import LineDecoders, RecognizedLine, ToldLine
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.stretching import recognize_lines
from notetext.model import Kind, Language

# The mean logarithm of the probabilities of a line's characters: surer lines are mostly right, and
# below, nothing is gained.
_LEAST_DOUBTFUL, _MOST_DOUBTFUL = -0.6, -1.2
# Below, the words are the language model's alone: drawings, and writing past help. If the network
# itself is sure of something, it is no drawing, however little the language likes it.
_HOPELESS = -1.5
_SURE = -0.5
_OTHER_WIDTHS = (0.83, 1.2)
_LINES_AT_ONCE = 8


@dataclass(frozen=True, slots=True, eq=False)
class ReadLine:
    """A line with its words.

    Attributes:
        image: the cut-out that the words' time steps belong to.
        words: from left to right.
        is_hopeless: whether it is hardly writing, so that the words are as good as made up.
        sureness: the mean logarithm of the probabilities of what the recogniser shows.
        kind: what stands there; ``None`` if nobody said.
        language: that it was told to be in; ``None`` if nobody asked.
    """

    image: LineImage
    words: Sequence[DecodedWord]
    is_hopeless: bool = False
    sureness: float = 0.0
    kind: Kind | None = None
    language: Language | None = None

    @property
    def confidence(self) -> float:
        """The mean over the words, weighted by characters; 0 if there is nothing to believe."""
        characters = sum(len(word.text) for word in self.words)
        if self.is_hopeless or not characters:
            return 0.0
        return sum(len(word.text) * word.confidence for word in self.words) / characters


def read_lines(
    recognizer: Recognizer,
    decoders: LineDecoders,
    pixels: NDArray[np.uint8],
    lines: Sequence[DetectedLine],
) -> Iterator[list[ReadLine]]:
    """Reads the lines of a page of one hand, some at a time.

    Args:
        recognizer: of characters.
        decoders: say what knows the language of each line.
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        lines: where they stand, in any order.

    Yields:
        Some of the lines; every one comes once.
    """
    alphabet = recognizer.characters
    doubtful: list[ToldLine] = []
    number = count()
    for batch in recognize_lines(recognizer, pixels, lines):
        recognized = [RecognizedLine(*line, next(number)) for line in batch]
        yield _read_once(decoders.take(recognized, alphabet), alphabet, doubtful)
    yield _read_once(decoders.rest(), alphabet, doubtful)
    # What is read side by side pads each other: it may not depend on which had to wait.
    doubtful.sort(key=lambda line: line.recognized.number)
    for first in range(0, len(doubtful), _LINES_AT_ONCE):
        yield list(_read_again(recognizer, pixels, doubtful[first : first + _LINES_AT_ONCE]))


def _read_once(
    lines: Sequence[ToldLine], alphabet: Sequence[str], doubtful: list[ToldLine]
) -> list[ReadLine]:
    """Decodes lines; those that are doubtful are put aside."""
    read = []
    for line in lines:
        (image, log_probs, _), decoder, language = line
        sure = sureness([log_probs])
        if decoder is None:
            words = decode_greedily(log_probs, alphabet)
            read.append(ReadLine(image, words, sureness=sure, language=language))
            continue
        decoded = decoder.decode([log_probs], alphabet)
        if _MOST_DOUBTFUL < decoded.log_prob < _LEAST_DOUBTFUL:
            doubtful.append(line)
        else:
            hopeless = decoded.log_prob < _HOPELESS and sure < _SURE
            read.append(ReadLine(image, decoded.words, hopeless, sure, language=language))
    return read


def _read_again(
    recognizer: Recognizer, pixels: NDArray[np.uint8], doubtful: Sequence[ToldLine]
) -> Iterator[ReadLine]:
    """Reads lines at other widths too."""
    others = [
        cut(pixels, image.line, image.stretch * width, image.slant)
        for (image, *_), _, _ in doubtful
        for width in _OTHER_WIDTHS
    ]
    read = dict(pair for batch in recognizer.read(others) for pair in batch)
    for number, ((image, log_probs, _), decoder, language) in enumerate(doubtful):
        assert decoder is not None
        mine = range(number * len(_OTHER_WIDTHS), (number + 1) * len(_OTHER_WIDTHS))
        images = [image, *(others[index] for index in mine)]
        at_all_widths = [log_probs, *(read[index] for index in mine)]
        decoded = decoder.decode(at_all_widths, recognizer.characters)
        chosen = decoded.chosen
        sure = sureness([at_all_widths[chosen]])
        yield ReadLine(images[chosen], decoded.words, sureness=sure, language=language)
