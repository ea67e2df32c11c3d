"""Fits how hand is told from print: ``telling`` in ``notetext.engines.local.scripts.latin``.

Lines of the French sets in ``train/`` and lines drawn with hand-like fonts against lines drawn with
fonts for print, of prose and of facts, on paper. Each is read by both recognisers. Pages are put
together of lines of one hand or font, of a hand and a print, and of one to three lines. What is
fitted for the choice of the recogniser counts a line by how many characters the other reads worse.

The recogniser for handwriting knew these lines and these hand-like fonts from its training, which
makes it look better than it is. So the constants of ``page``, ``strips`` and ``line`` in use are
larger than the fitted ones, by 0.25, 0.55 and 0.35: as much as leaves real handwriting where it is.
The weight of colour in ``kind`` is set by hand, and so is the page's, lower than fitted, since
forms that are filled in are rare among the pages here. The weights in use come from 3,000 lines
with other chances than those here: compare before they are replaced.

Run with: ``python training/fit_kind.py --data ../shared/data/handwriting --hand-fonts FOLDER
--book-fonts FOLDER``
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from drawing import Font, draw_print, find_fonts
from facts import fact
from lines_to_fit import archive, drawn, english
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from notetext.engines.local import alphabets
from notetext.engines.local.appearance import appearance
from notetext.engines.local.crops import cut
from notetext.engines.local.ctc import sureness
from notetext.engines.local.decoding import language_decoder
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.kinds import MOST_GAIN, MOST_LOOK, STRIPS, SURE_BY_LOOKS, SURE_BY_STRIPS
from notetext.engines.local.recognizer_cache import RecognizerCache
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.slant import slant_of
from notetext.model import Language, Mode

Floats = NDArray[np.float64]
_STRETCH = 1.2
_MOST_ERRORS = 6  # that a line counts for


@dataclass(frozen=True, slots=True)
class Line:
    """A line to read.

    Attributes:
        hand: whose it is: a set of real lines and a dozen of them, or a font.
        printed: whether it is print.
    """

    picture: NDArray[np.uint8]
    text: str
    language: Language
    hand: str
    printed: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What both recognisers make of a line; a gain is the surer for print."""

    regularity: Floats
    gain: float
    errors_by_hand: int
    errors_as_print: int


class Readers:
    """Both recognisers."""

    def __init__(self) -> None:
        self._caches = {
            mode: RecognizerCache(weights.find(), threads=1)
            for mode, weights in LATIN.weights.items()
        }

    def see(self, line: Line) -> Seen:
        """Reads a line with both."""
        height, width = line.picture.shape
        whole = DetectedLine.rectangle(0, 0, width, height)
        image = cut(line.picture, whole, _STRETCH, slant_of([line.picture]))
        sure, errors = {}, {}
        for mode, cache in self._caches.items():
            recognizer = cache.recognizer_for(alphabets.classes(cache.characters, (line.language,)))
            ((_, log_probs),) = next(recognizer.read([image]))
            decoder = language_decoder(frozenset({line.language}), mode)
            assert decoder is not None
            words = decoder.decode([log_probs], recognizer.characters).words
            sure[mode] = sureness([log_probs])
            errors[mode] = Levenshtein.distance(line.text, " ".join(word.text for word in words))
        return Seen(
            appearance(line.picture, whole).regularity,
            float(np.clip(sure[Mode.PRINTED] - sure[Mode.HANDWRITTEN], -MOST_GAIN, MOST_GAIN)),
            errors[Mode.HANDWRITTEN],
            errors[Mode.PRINTED],
        )


def _lines(data: Path, hand_fonts: Path, book_fonts: Path) -> Iterator[Line]:
    chance, luck = np.random.default_rng(3), random.Random(4)
    for name, count in (("copiste_fr", 500), ("testaments_fr", 300), ("peraire_fr", 150)):
        for number, (picture, text) in enumerate(archive(data / f"train/{name}.zip", count)):
            yield Line(picture, text, Language.FRENCH, f"{name} {number // 12}", printed=False)
    for prose in english():
        for text in (prose[: luck.choice((12, 60, 60))].strip(), fact(luck)):
            hand, book = (_font_with(text, folder, luck) for folder in (hand_fonts, book_fonts))
            picture = drawn(text, hand, chance)
            yield Line(picture, text, Language.ENGLISH, hand.path.stem, printed=False)
            plain = luck.random() < 0.5
            picture = draw_print(text, book, chance) if plain else drawn(text, book, chance)
            yield Line(picture, text, Language.ENGLISH, book.path.stem, printed=True)


def _font_with(text: str, folder: Path, luck: random.Random) -> Font:
    return luck.choice([font for font in find_fonts(folder) if font.has(text)])


def _pages(lines: Sequence[Line], chance: np.random.Generator) -> list[NDArray[np.intp]]:
    """Lines by their numbers: of one hand, of a hand and a print, and a few of one hand."""
    hands = np.array([line.hand for line in lines])
    printed = np.array([line.printed for line in lines])
    alike = [np.flatnonzero(hands == hand) for hand in np.unique(hands)]
    written, pressed = ([page for page in alike if printed[page[0]] == kind] for kind in (0, 1))
    mixed = [
        np.concatenate(
            [
                chance.permutation(page)[: chance.integers(1, len(page) + 1)]
                for page in (
                    written[chance.integers(len(written))],
                    pressed[chance.integers(len(pressed))],
                )
            ]
        )
        for _ in range(len(alike) // 2)
    ]
    short = [chance.permutation(page)[: chance.integers(1, 4)] for page in alike]
    return alike + mixed + short


def _fit(features: Floats, right: Floats, weights: Floats, ridge: float = 1.0) -> Floats:
    """Logistic regression by Newton's method, with features of like spread."""
    spread = features.std(axis=0)
    spread[spread == 0] = 1
    scaled = features / spread
    found = np.zeros(scaled.shape[1])
    for _ in range(40):
        likely = 1 / (1 + np.exp(-np.clip(scaled @ found, -30, 30)))
        gradient = scaled.T @ (weights * (likely - right)) + ridge * found
        curvature = (scaled.T * (weights * likely * (1 - likely))) @ scaled
        found -= np.linalg.solve(curvature + ridge * np.eye(len(found)), gradient)
    return np.asarray(found / spread)


def _report(name: str, found: Floats) -> None:
    print(f"{name}:", ", ".join(f"{weight:.3g}" for weight in found))


def main() -> None:
    """Fits and prints the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--hand-fonts", type=Path, required=True)
    parser.add_argument("--book-fonts", type=Path, required=True)
    arguments = parser.parse_args()
    lines = list(_lines(arguments.data, arguments.hand_fonts, arguments.book_fonts))
    readers = Readers()
    seen = [readers.see(line) for line in lines]
    regularity = np.array([each.regularity for each in seen])
    printed = np.array([line.printed for line in lines], np.float64)
    looks = _fit(regularity, printed, np.ones(len(lines)))
    _report("looks", looks)

    look = np.clip(regularity @ looks, -MOST_LOOK, MOST_LOOK)
    gain = np.array([each.gain for each in seen])
    length = np.array([max(1, len(line.text)) for line in lines])
    worse = np.array([each.errors_by_hand - each.errors_as_print for each in seen])
    pages = _pages(lines, np.random.default_rng(0))
    of_all = np.concatenate(pages)
    page_of = np.repeat(np.arange(len(pages)), [len(page) for page in pages])
    votes = np.array([np.average(look[page], weights=length[page]) for page in pages])[page_of]
    one, own = np.ones(len(of_all)), look[of_all]
    _report("kind, without colour", _fit(np.c_[one, own, votes], printed[of_all], one))

    better = (worse[of_all] > 0).astype(np.float64)
    weight = np.minimum(np.abs(worse[of_all]), _MOST_ERRORS).astype(np.float64)
    by_looks = np.c_[one, own, votes]
    odds = by_looks @ _fit(by_looks, better, weight)
    _report("page", _fit(by_looks, better, weight))
    doubtful = np.abs(odds) < SURE_BY_LOOKS
    gains = np.zeros(len(pages))
    for number in range(len(pages)):
        asked = of_all[doubtful & (page_of == number)]
        longest = asked[np.argsort(-length[asked])][:STRIPS]
        gains[number] = np.average(gain[longest], weights=length[longest]) if len(longest) else 0
    by_strips = np.c_[one, own, votes, gains[page_of]][doubtful]
    strips = _fit(by_strips, better[doubtful], weight[doubtful])
    _report("strips", strips)
    odds[doubtful] = by_strips @ strips
    still = doubtful & (np.abs(odds) < SURE_BY_STRIPS)
    by_line = np.c_[one, odds, gain[of_all]][still]
    _report("line", _fit(by_line, better[still], weight[still]))


if __name__ == "__main__":
    main()
