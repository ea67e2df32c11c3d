"""Fits the coefficients in ``notetext.engines.local.scripts.latin`` and prints how well they do.

By hand: lines of the three French sets in ``train/``, and lines in English and other languages
drawn with hand-like fonts on paper. In print: lines drawn with fonts for print. Of both some are
poor copies; see ``lines_to_fit``. Each is read as the engine reads a line. To read them takes most
of the time and does not depend on the search or on what is known of the language: with
``--readings`` they are kept in a file, and another fit takes only as long as the search.

``benchmarks/confidence.py`` says what came of it, on sets that take no part in fitting.

Run with: ``python training/fit_confidence.py --data ../shared/data/handwriting --hand-fonts FOLDER
--book-fonts FOLDER --readings weights/readings.pickle``
"""

from __future__ import annotations

import argparse
import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import numpy as np
from lines_to_fit import LineToFit, lines_to_fit
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from notetext.engines.local import alphabets
from notetext.engines.local.crops import LineImage
from notetext.engines.local.decoding import DecodedLine, LanguageDecoder, language_decoder
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.evidence import SIGNS
from notetext.engines.local.line_decoders import OneDecoder
from notetext.engines.local.line_reading import read_lines
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.recognizer_cache import RecognizerCache
from notetext.engines.local.scripts.latin import LATIN
from notetext.model import Language, Mode

Floats = NDArray[np.float64]

_TOKEN = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
_PLAIN = str.maketrans("’‘“”«»–—", '\'\'""""--')
_RIDGE = 3.0  # beside so many words, in units of the features' spread
# How much a word counts by hand. Of fonts the recogniser is less sure than of hands that it reads
# as well, so that prose is mostly the real hands'; facts are nowhere but in fonts.
_COUNTS = {"hand-like fonts, prose": 0.3, "hand-like fonts, facts": 3.0}


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the recogniser shows of a line, at one width or several."""

    source: str
    language: Language
    mode: Mode
    log_probs: Sequence[NDArray[np.float16]]
    alphabet: Sequence[str]
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Words as rows of features, whether each is right, and how much each counts in a fit."""

    features: Floats
    right: NDArray[np.bool_]
    counts: Floats


class _Witness(Recognizer):
    """A recogniser that keeps what it shows; another does its work."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        self.characters = recognizer.characters
        self.shown: list[list[NDArray[np.float32]]] = []

    def read(self, images: Sequence[LineImage]) -> Iterator[list[tuple[int, NDArray[np.float32]]]]:
        batches = list(self._recognizer.read(images))
        in_order = sorted((pair for batch in batches for pair in batch), key=itemgetter(0))
        self.shown.append([log_probs for _, log_probs in in_order])
        yield from batches


def read(lines: Iterable[LineToFit]) -> Iterator[Reading]:
    """Reads lines as the engine does: doubtful ones by hand at several widths."""
    caches = {
        mode: RecognizerCache(weights.find(), threads=1) for mode, weights in LATIN.weights.items()
    }
    for line in lines:
        cache = caches[line.mode]
        classes = alphabets.classes(cache.characters, (line.language,))
        witness = _Witness(cache.recognizer_for(classes))
        decoders = OneDecoder(_decoder_for(line.language, line.mode))
        height, width = line.pixels.shape
        whole = DetectedLine.rectangle(0, 0, width, height)
        for _ in read_lines(witness, decoders, line.pixels, [whole]):
            pass
        _, *shown = witness.shown  # at first a strip, to find out how widely the hand writes
        yield Reading(
            line.source,
            line.language,
            line.mode,
            [each.astype(np.float16) for at_once in shown for each in at_once],
            witness.characters,
            line.text,
        )


def _decoder_for(language: Language, mode: Mode) -> LanguageDecoder:
    decoder = language_decoder(frozenset({language}), mode)
    assert decoder is not None
    return decoder


def judge(readings: Iterable[Reading]) -> Judged:
    """Finds the words of lines and compares them with the texts."""
    features: list[tuple[float, ...]] = []
    right: list[bool] = []
    counts: list[float] = []
    for reading in readings:
        decoder = _decoder_for(reading.language, reading.mode)
        log_probs = [each.astype(np.float32) for each in reading.log_probs]
        line = decoder.decode(log_probs, reading.alphabet)
        features.extend(evidence.features for evidence in line.evidence)
        right.extend(_right(line, reading.text))
        counts.extend([_COUNTS.get(reading.source, 1.0)] * len(line.words))
    return Judged(np.array(features), np.array(right), np.array(counts))


def _right(line: DecodedLine, text: str) -> list[bool]:
    """Which words have all their letters, marks and capitals where the text has them."""
    expected = _TOKEN.findall(text.translate(_PLAIN))
    found = [
        (token, index)
        for index, word in enumerate(line.words)
        for token in _TOKEN.findall(word.text.translate(_PLAIN))
    ]
    right = [True] * len(line.words)
    for block in Levenshtein.opcodes(expected, [token for token, _ in found]):
        if block.tag != "equal":
            for _, index in found[block.dest_start : block.dest_end]:
                right[index] = False
    return right


def fit(judged: Judged) -> Floats:
    """Logistic regression; a feature that would count against its sign does not count at all."""
    held = np.ones(judged.features.shape[1], bool)
    while True:
        weights = np.zeros(len(held))
        weights[held] = _regression(judged.features[:, held], judged.right, judged.counts)
        against = weights * np.array(SIGNS) < 0
        if not against.any():
            return weights
        held &= ~against


def _regression(features: Floats, right: NDArray[np.bool_], counts: Floats) -> Floats:
    """Newton's method, with each feature in units of its spread; the first is the constant, which
    nothing pulls to 0."""
    middle, spread = features.mean(axis=0), features.std(axis=0)
    middle[0], spread[0] = 0, 1
    spread[spread == 0] = 1
    features = (features - middle) / spread
    ridge = np.diag([0.0, *[_RIDGE] * (features.shape[1] - 1)])
    weights = np.zeros(features.shape[1])
    for _ in range(30):
        likely = predict(features, weights)
        gradient = features.T @ (counts * (likely - right)) + ridge @ weights
        curvature = (features.T * (counts * likely * (1 - likely))) @ features + ridge
        weights -= np.linalg.solve(curvature, gradient)
    weights /= spread
    weights[0] -= weights[1:] @ middle[1:]
    return weights


def predict(features: Floats, weights: Floats) -> Floats:
    """The confidences of words."""
    return np.asarray(1 / (1 + np.exp(-(features @ weights))))


def report(name: str, judged: Judged, weights: Floats) -> str:
    """How well the coefficients do on a set, in a line."""
    likely = predict(judged.features, weights)
    sure = likely >= 0.9
    bins = np.minimum((likely * 10).astype(int), 9)
    gaps = [
        abs(float((likely - judged.right)[bins == index].sum())) / len(likely)
        for index in range(10)
    ]
    return (
        f"{name}: {len(likely)} words, {judged.right.mean():.1%} right; at 0.9 or more "
        f"{sure.mean():.1%}, of these {judged.right[sure].mean():.1%} right; expected calibration "
        f"error {sum(gaps):.3f}"
    )


def _kept(path: Path | None, make: Callable[[], Iterator[Reading]]) -> list[Reading]:
    """The readings of a file, which is made where it is missing."""
    if path is not None and path.exists():
        # Only ever a file that this program wrote.
        readings: list[Reading] = pickle.loads(path.read_bytes())
        return readings
    readings = list(make())
    if path is not None:
        path.write_bytes(pickle.dumps(readings))
    return readings


def main() -> None:
    """Reads, fits, and prints the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--hand-fonts", type=Path, required=True)
    parser.add_argument("--book-fonts", type=Path, required=True)
    parser.add_argument("--readings", type=Path, help="a file for what the recogniser shows")
    parser.add_argument("--share", type=float, default=1.0, help="of all lines, 0 to 1")
    options = parser.parse_args()

    def make() -> Iterator[Reading]:
        folders = options.data, options.hand_fonts, options.book_fonts
        return read(lines_to_fit(*folders, options.share))

    readings = _kept(options.readings, make)
    for mode in LATIN.tuning:
        mine = [reading for reading in readings if reading.mode is mode]
        sources = dict.fromkeys(reading.source for reading in mine)
        judged = {
            source: judge(reading for reading in mine if reading.source == source)
            for source in sources
        }
        weights = fit(
            Judged(
                np.concatenate([each.features for each in judged.values()]),
                np.concatenate([each.right for each in judged.values()]),
                np.concatenate([each.counts for each in judged.values()]),
            )
        )
        print(f"{mode.value}: ({', '.join(f'{weight:.3g}' for weight in weights)})")
        in_use = LATIN.tuning[mode].confidence
        print(f"in use: ({', '.join(f'{weight:.3g}' for weight in in_use)})")
        for source, each in judged.items():
            print(report(source, each, weights))


if __name__ == "__main__":
    main()
