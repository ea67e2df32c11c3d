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
from notetext.engines.local.decoding import LanguageDecoder
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_decoders import LineDecoders, RecognizedLine, ToldLine
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.stretching import recognize_lines
from notetext.engines.local.succession import lines_before
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
        Some of the lines, or none whenever some were recognised; every one comes once.
    """
    alphabet = recognizer.characters
    doubtful: list[ToldLine] = []
    waiting: list[ToldLine] = []
    number = count()
    for batch in recognize_lines(recognizer, pixels, lines):
        recognized = [RecognizedLine(*line, next(number)) for line in batch]
        waiting += decoders.take(recognized, alphabet)
        ready, waiting = (waiting, []) if len(waiting) >= _DECODED_AT_ONCE else ([], waiting)
        yield _read_once(ready, alphabet, doubtful)
    yield _read_once([*waiting, *decoders.rest()], alphabet, doubtful)
    # What is read side by side pads each other: it may not depend on which had to wait.
    doubtful.sort(key=lambda line: line.recognized.number)
    for first in range(0, len(doubtful), _LINES_AT_ONCE):
        yield list(_read_again(recognizer, pixels, doubtful[first : first + _LINES_AT_ONCE]))


def _read_once(
    lines: Sequence[ToldLine], alphabet: Sequence[str], doubtful: list[ToldLine]
) -> list[ReadLine]:
    """Decodes lines; those that are doubtful are put aside."""
    read = []
    for decoder, some in _by_decoder(lines):
        if decoder is None:
            read += [_as_it_looks(line, alphabet) for line in some]
            continue
        decoded = decoder.decode_lines(
            [[line.recognized.log_probs] for line in some],
            alphabet,
            lines_before([line.recognized.image.line for line in some]),
        )
        for line, found in zip(some, decoded, strict=True):
            if _MOST_DOUBTFUL < found.log_prob < _LEAST_DOUBTFUL:
                doubtful.append(line)
                continue
            sure = sureness([line.recognized.log_probs])
            hopeless = found.log_prob < _HOPELESS and sure < _SURE
            image = line.recognized.image
            read.append(ReadLine(image, found.words, hopeless, sure, language=line.language))
    return read


def _by_decoder(
    lines: Sequence[ToldLine],
) -> list[tuple[LanguageDecoder | None, list[ToldLine]]]:
    """The lines that each decoder is given, which it decodes together."""
    groups: dict[int, tuple[LanguageDecoder | None, list[ToldLine]]] = {}
    for line in lines:
        groups.setdefault(id(line.decoder), (line.decoder, []))[1].append(line)
    return list(groups.values())


def _as_it_looks(line: ToldLine, alphabet: Sequence[str]) -> ReadLine:
    """A line read by its pixels alone."""
    image, log_probs, _ = line.recognized
    words = decode_greedily(log_probs, alphabet)
    return ReadLine(image, words, sureness=sureness([log_probs]), language=line.language)


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
    images, at_all_widths = {}, {}
    for number, line in enumerate(doubtful):
        mine = range(number * len(_OTHER_WIDTHS), (number + 1) * len(_OTHER_WIDTHS))
        image, log_probs, key = line.recognized
        images[key] = [image, *(others[index] for index in mine)]
        at_all_widths[key] = [log_probs, *(read[index] for index in mine)]
    for decoder, some in _by_decoder(doubtful):
        assert decoder is not None
        keys = [line.recognized.number for line in some]
        decoded = decoder.decode_lines([at_all_widths[key] for key in keys], recognizer.characters)
        for key, line, found in zip(keys, some, decoded, strict=True):
            sure = sureness([at_all_widths[key][found.chosen]])
            image = images[key][found.chosen]
            yield ReadLine(image, found.words, sureness=sure, language=line.language)
