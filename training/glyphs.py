"""Glyphs, a few letters each as one hand wrote them, and new lines put together from them.

Where the letters of a line stand, CTC tells: the likeliest path of the known text through the
network's output. Cut between letters, where there is little ink, the glyphs of one hand write any
text that has its letters: English, from a hand that was only ever seen to write French.
"""

from __future__ import annotations

import argparse
import pickle
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from ink import Ink, core, ink_of, upright
from numpy.typing import NDArray
from real_lines import RealLine, archives_of, read_archive
from start import characters_of

from notetext.engines.local.alignment import align
from notetext.engines.local.crops import LINE_HEIGHT
from notetext.engines.local.detection import as_batch
from notetext.engines.local.network import Network

_HEIGHT, _CORE = 72, (30.0, 46.0)  # where a glyph's letters stand in its rows
_LONGEST = 5
_STRETCH = 1.3
_CROSSED_OUT = 0.04
_RARE = frozenset("kwKW")  # in French; English would be left without them


@dataclass(slots=True)
class Hand:
    """The glyphs of one page, by the letters that they show."""

    glyphs: dict[str, list[NDArray[np.uint8]]] = field(default_factory=dict)

    def compose(
        self, text: str, random: np.random.Generator, others: Hand, most: int = 55
    ) -> tuple[Ink, str] | None:
        """Writes as much of a text as the hand has glyphs for.

        It ends where the line is full. A word is left out if it would take more than one glyph
        of a single letter, for those are joined worst; ``_RARE`` ones do not count, nor digits
        and signs, which stand alone. Such a glyph may be one of ``others``. Now and then a word is
        crossed out, and not in the text.

        Returns:
            The ink, and the text that it shows; None if not a word can be written.
        """
        blank = random.uniform(7, 16)
        parts: list[NDArray[np.uint8]] = []
        written: list[str] = []
        for word in text.split(" "):
            if sum(map(len, written)) + len(written) > most:
                break
            glyphs = self._spell(word, random, others)
            if glyphs:
                if random.random() < _CROSSED_OUT:
                    # Read as nothing: it stands in the picture and not in the text.
                    parts.append(_crossed_out(np.hstack(glyphs), random))
                else:
                    written.append(word)
                    parts += glyphs
                width = max(4, round(random.normal(blank, 2)))
                parts.append(np.zeros((_HEIGHT, width), np.uint8))
        if not written:
            return None
        ink = np.asarray(np.hstack(parts[:-1]).astype(np.float32) / 255, np.float32)
        # What little stands above and below is of the neighbours.
        rows = np.flatnonzero((ink > 0.3).sum(axis=1) > max(1, 0.004 * ink.shape[1]))
        if len(rows) < 4:
            return None
        return ink[rows[0] : rows[-1] + 1], " ".join(written)

    def _spell(
        self, word: str, random: np.random.Generator, others: Hand
    ) -> list[NDArray[np.uint8]]:
        """The glyphs of a word; empty if there are too few."""
        parts: list[NDArray[np.uint8]] = []
        start = singles = 0
        while start < len(word):
            # Not always the longest: more ways to join.
            longest = min(int(random.choice((3, 5, 5))), len(word) - start)
            for length in range(longest, 0, -1):
                letters = word[start : start + length]
                found = self.glyphs.get(letters)
                if length == 1:
                    singles += letters.isalpha() and letters not in _RARE
                    found = found or others.glyphs.get(letters)
                if found and singles <= 1 + len(word) // 6:
                    parts.append(found[int(random.integers(len(found)))])
                    start += length
                    break
            else:
                return []
        return parts


def _crossed_out(word: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """A word that its writer struck out: with some lines, a zigzag or a blot."""
    width = word.shape[1]
    middle = (_CORE[0] + _CORE[1]) / 2
    reach = random.uniform(0.5, 1.1) * (_CORE[1] - _CORE[0])
    struck = word.copy()
    thickness = int(random.integers(2, 4))
    if random.random() < 0.4:
        for _ in range(int(random.integers(2, 6))):
            ends = middle + random.uniform(-0.5, 0.5, 2) * reach
            start, end = (0, round(ends[0])), (width, round(ends[1]))
            cv2.line(struck, start, end, 255, thickness, cv2.LINE_AA)
        return struck
    step = random.uniform(2, 7)
    count = max(4, round(width / step))
    x = np.linspace(0, width, count) + random.normal(0, step / 2, count)
    side = np.where(np.arange(count) % 2, 1, -1) * random.uniform(0.5, 1, count)
    points = np.stack([x, middle + side * reach], axis=1).round().astype(np.int32)
    cv2.polylines(struck, [points], False, 255, thickness, cv2.LINE_AA)
    return struck


def cut_glyphs(
    line: RealLine, network: Network, alphabet: tuple[str, ...]
) -> dict[str, NDArray[np.uint8]]:
    """Cuts a line between its letters; empty where the network cannot follow the text."""
    pixels = upright(line.pixels)  # or cuts go through letters
    height, width = pixels.shape
    known = set(alphabet)
    text = " ".join(line.text.split())
    if len(text) < 8 or not known.issuperset(text):
        return {}
    new_width = max(64, round(LINE_HEIGHT / height * width * _STRETCH / 8) * 8)
    small = cv2.resize(pixels, (new_width, LINE_HEIGHT), interpolation=cv2.INTER_AREA)
    probabilities = network.run(as_batch(np.asarray(small, np.uint8)[None]))[0]
    log_probs = np.log(np.maximum(probabilities, 1e-9))
    if len(log_probs) < 1.3 * len(text):
        return {}
    places = align(log_probs, alphabet, text)
    if np.mean([place.log_prob for place in places]) < -1.2:
        return {}
    ink = ink_of(pixels)
    top, bottom = core(ink)
    if not 8 <= bottom - top <= 34:
        return {}
    scale = (_CORE[1] - _CORE[0]) / (bottom - top)
    matrix = np.array([[scale, 0, 0], [0, scale, _CORE[0] - top * scale]], np.float32)
    size = (round(width * scale), _HEIGHT)
    normal = np.asarray(cv2.warpAffine(ink, matrix, size, flags=cv2.INTER_AREA), np.float32)
    step = normal.shape[1] / len(log_probs)
    cuts = _cuts(normal, [(place.start + place.end) / 2 * step for place in places])
    sure = [place.log_prob > -0.4 for place in places]
    glyphs: dict[str, NDArray[np.uint8]] = {}
    for start in range(len(text)):
        for end in range(start + 1, min(start + _LONGEST, len(text)) + 1):
            letters = text[start:end]
            if " " in letters:
                break
            if all(sure[start:end]) and cuts[end] - cuts[start] >= 2 * (end - start):
                glyph = normal[:, cuts[start] : cuts[end]]
                glyphs[letters] = np.asarray(glyph * 255, np.uint8)
    return glyphs


def _cuts(ink: Ink, middles: Sequence[float]) -> list[int]:
    """Where to cut between letters that stand there: between two of them, where least ink is."""
    columns = ink[20:56].sum(axis=0)
    cuts = [0]
    for left, right in pairwise(middles):
        middle, reach = (left + right) / 2, (right - left) * 0.35
        window = np.arange(int(middle - reach), int(middle + reach) + 1).clip(0, len(columns) - 1)
        away = np.abs(window - middle) / (reach + 1)
        cuts.append(int(window[np.argmin(columns[window] + 1.5 * away)]))
    return [*cuts, ink.shape[1]]


def cut_archives(archives: Sequence[Path], network: Path, workers: int) -> dict[str, Hand]:
    """The hands of all pages of archives."""
    hands: dict[str, Hand] = defaultdict(Hand)
    with ProcessPoolExecutor(workers, initializer=_Cutter.start, initargs=(network,)) as pool:
        for archive in archives:
            lines = list(read_archive(archive))
            for line, cut in zip(lines, pool.map(_Cutter.cut, lines, chunksize=16), strict=True):
                for letters, ink in cut.items():
                    hands[line.page].glyphs.setdefault(letters, []).append(ink)
    return dict(hands)


class _Cutter:
    """What a process of the pool cuts with."""

    network: Network
    alphabet: tuple[str, ...]

    @classmethod
    def start(cls, network: Path) -> None:
        cls.network = Network(network.read_bytes(), threads=1)
        cls.alphabet = characters_of(network)

    @classmethod
    def cut(cls, line: RealLine) -> dict[str, NDArray[np.uint8]]:
        return cut_glyphs(line, cls.network, cls.alphabet)


def main() -> None:
    """Cuts all lines and writes the glyphs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--archives", nargs="+", help="names of those to cut (all)")
    parser.add_argument("--network", type=Path, required=True, help="an ONNX file")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    options = parser.parse_args()
    archives = [
        path
        for path in archives_of(options.data)
        if not options.archives or path.stem in options.archives
    ]
    hands = cut_archives(archives, options.network, options.workers)
    with options.output.open("wb") as file:
        pickle.dump({page: hand.glyphs for page, hand in hands.items()}, file)
    count = sum(len(inks) for hand in hands.values() for inks in hand.glyphs.values())
    print(len(hands), "hands,", count, "glyphs")


if __name__ == "__main__":
    main()
