"""Fits the coefficients in ``notetext.engines.local.scripts.latin`` and prints how well they do.

Handwriting: lines of the three French sets in ``train/``, and English ones drawn with handwriting
fonts, on paper. Print: English and French lines drawn with book fonts. Each is read once and, where
it is handwriting, at three widths too. Checked on ``dev/lines_en``, which takes no part in fitting.

Run with: ``python training/fit_confidence.py --data ../shared/data/handwriting --hand-fonts FOLDER
--book-fonts FOLDER``
"""

from __future__ import annotations

import argparse
import random
import re
import textwrap
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from pydoc_data import topics

import cv2
import numpy as np
from drawing import Font, draw_handwriting, draw_print, find_fonts
from numpy.typing import NDArray
from paper import grey, on_paper, with_margins
from rapidfuzz.distance import Levenshtein

from notetext.engines.local import alphabets
from notetext.engines.local.crops import cut
from notetext.engines.local.decoding import DecodedLine, language_decoder
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.recognizer_cache import RecognizerCache
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.slant import slant_of
from notetext.model import Language, Mode

_ONCE, _THRICE = (1.2,), (1.2, 1.0, 1.4)
_TOKEN = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
_PLAIN = str.maketrans("’‘“”«»–—", '\'\'""""--')


@dataclass(frozen=True)
class LineSet:
    """Lines of one kind to read: pictures with their texts, and how."""

    name: str
    language: Language
    mode: Mode
    stretches: Sequence[float]
    lines: Sequence[tuple[NDArray[np.uint8], str]]


@dataclass(frozen=True)
class Judged:
    """Words as rows of features, and whether each is right."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]


class Reader:
    """Reads lines as the engine does."""

    def __init__(self) -> None:
        self._recognizers = {
            mode: RecognizerCache(weights.find(), threads=1)
            for mode, weights in LATIN.weights.items()
        }

    def judge(self, line_set: LineSet) -> Judged:
        """Reads the lines and compares their words with the texts."""
        decoder = language_decoder(frozenset({line_set.language}), line_set.mode)
        assert decoder is not None
        recognizers = self._recognizers[line_set.mode]
        recognizer = recognizers.recognizer_for(
            alphabets.classes(recognizers.characters, (line_set.language,))
        )
        features: list[tuple[float, ...]] = []
        right: list[bool] = []
        for image, text in line_set.lines:
            readings = [_read(recognizer, image, stretch) for stretch in line_set.stretches]
            line = decoder.decode(readings, recognizer.characters)
            features.extend(evidence.features for evidence in line.evidence)
            right.extend(_right(line, text))
        return Judged(np.array(features), np.array(right))


def _read(recognizer: Recognizer, image: NDArray[np.uint8], stretch: float) -> NDArray[np.float32]:
    height, width = image.shape
    whole = DetectedLine.rectangle(0, 0, width, height)
    line = cut(image, whole, stretch, slant_of([image]))
    ((_, log_probs),) = next(recognizer.read([line]))
    return log_probs


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


def archive(path: Path, count: int) -> list[tuple[NDArray[np.uint8], str]]:
    """Some of the lines of an archive, with their texts."""
    with zipfile.ZipFile(path) as lines:
        rows = lines.read("lines.tsv").decode("utf-8").splitlines()
        chosen = random.Random(5).sample(rows, min(count, len(rows)))
        pairs = [row.split("\t") for row in chosen]
        return [(_decoded(lines.read(name)), text) for name, text in pairs]


def _decoded(data: bytes) -> NDArray[np.uint8]:
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.asarray(image, np.uint8)


def english() -> list[str]:
    """Lines of prose, from the manual of Python."""
    prose = [
        " ".join(paragraph.split())
        for topic in topics.topics.values()
        for paragraph in topic.split("\n\n")
        if re.fullmatch(r"[A-Z][\w\s,.;:()'\"-]{60,}\.", paragraph.strip())
    ]
    lines = [line for paragraph in prose for line in textwrap.wrap(paragraph, 60)]
    return random.Random(7).sample(lines, 800)


def drawn(text: str, font: Font, chance: np.random.Generator) -> NDArray[np.uint8]:
    """A line of handwriting as a scan shows it."""
    ink = draw_handwriting(text, font, chance)
    return grey(on_paper(with_margins(ink, None, chance), chance))


def _line_sets(data: Path, hand_fonts: Path, book_fonts: Path) -> Iterator[LineSet]:
    chance = np.random.default_rng(7)
    hand, book = find_fonts(hand_fonts), find_fonts(book_fonts)
    prose = english()
    copiste = archive(data / "train/copiste_fr.zip", 700)
    french = [text for _, text in copiste[500:] if len(text) > 25]
    written = [
        (drawn(text, hand[index % len(hand)], chance), text)
        for index, text in enumerate(prose[:500])
    ]
    printed = [
        [
            (draw_print(text, book[index % len(book)], chance), text)
            for index, text in enumerate(texts)
        ]
        for texts in (prose[500:], french)
    ]
    testaments = archive(data / "train/testaments_fr.zip", 300)
    peraire = archive(data / "train/peraire_fr.zip", 200)
    fr, en = Language.FRENCH, Language.ENGLISH
    for stretches in (_ONCE, _THRICE):
        yield LineSet("copiste_fr", fr, Mode.HANDWRITTEN, stretches, copiste[:500])
        yield LineSet("handwriting fonts", en, Mode.HANDWRITTEN, stretches, written)
    yield LineSet("testaments_fr", fr, Mode.HANDWRITTEN, _ONCE, testaments)
    yield LineSet("peraire_fr", fr, Mode.HANDWRITTEN, _ONCE, peraire)
    yield LineSet("book fonts", en, Mode.PRINTED, (1.0,), printed[0])
    yield LineSet("book fonts", fr, Mode.PRINTED, (1.0,), printed[1])


def _fit(judged: Judged, ridge: float = 1.0) -> NDArray[np.float64]:
    """Logistic regression by Newton's method."""
    weights = np.zeros(judged.features.shape[1])
    for _ in range(30):
        likely = _predict(judged.features, weights)
        gradient = judged.features.T @ (likely - judged.right) + ridge * weights
        curvature = (judged.features.T * (likely * (1 - likely))) @ judged.features
        weights -= np.linalg.solve(curvature + ridge * np.eye(len(weights)), gradient)
    return weights


def _predict(features: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-(features @ weights))))


def _report(name: str, judged: Judged, weights: NDArray[np.float64]) -> None:
    likely = _predict(judged.features, weights)
    sure = likely >= 0.9
    bins = np.minimum((likely * 10).astype(int), 9)
    gaps = [
        abs(likely[bins == index].mean() - judged.right[bins == index].mean())
        * (bins == index).mean()
        for index in np.unique(bins)
    ]
    print(
        f"{name}: {len(likely)} words, {judged.right.mean():.1%} right; of those at 0.9 or more "
        f"{judged.right[sure].mean():.1%} right; of the right ones {sure[judged.right].mean():.1%} "
        f"at 0.9 or more; expected calibration error {sum(gaps):.3f}"
    )


def main() -> None:
    """Fits, prints the coefficients, and checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--hand-fonts", type=Path, required=True)
    parser.add_argument("--book-fonts", type=Path, required=True)
    arguments = parser.parse_args()
    reader = Reader()
    line_sets = list(_line_sets(arguments.data, arguments.hand_fonts, arguments.book_fonts))
    # Of handwriting last, for that is what the check below is.
    for mode in (Mode.PRINTED, Mode.HANDWRITTEN):
        named = [
            (f"{line_set.name} x{len(line_set.stretches)}", reader.judge(line_set))
            for line_set in line_sets
            if line_set.mode is mode
        ]
        weights = _fit(
            Judged(
                np.concatenate([judged.features for _, judged in named]),
                np.concatenate([judged.right for _, judged in named]),
            )
        )
        print(f"{mode.value}:", ", ".join(f"{weight:.2f}" for weight in weights))
        in_use = LATIN.tuning[mode].confidence
        print("now in use:", ", ".join(f"{weight:.2f}" for weight in in_use))
        for name, judged in named:
            _report(name, judged, weights)
    lines = archive(arguments.data / "dev/lines_en.zip", 1000)
    for stretches in (_ONCE, _THRICE):
        check = LineSet("check", Language.ENGLISH, Mode.HANDWRITTEN, stretches, lines)
        _report(f"dev/lines_en x{len(stretches)}", reader.judge(check), weights)


if __name__ == "__main__":
    main()
