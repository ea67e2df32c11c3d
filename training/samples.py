"""Lines to train on: real ones, ones put together from real glyphs, and drawn ones.

A sample is made from the seed and its number alone, so that a run can go on where it stopped.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from drawing import draw_handwriting, draw_print, find_fonts
from glyphs import Hand
from ink import Ink, as_another_hand
from noted import noted
from numpy.typing import NDArray
from paper import of_scan, on_paper, seen, with_margins
from pens import find_pen_fonts, write
from real_lines import RealLine, read_archive
from texts import Texts, language_of, plain
from torch.utils.data import Dataset

from notetext.engines.local.scripts.latin import LATIN
from notetext.model import Language

_LEAST_GLYPHS = 40
_TRIES = 5  # to find a font that has all characters of a text
BATCHES_IN_DRAWER = 8
_WIDTH_GRID = 128  # oneDNN keeps what it compiles for each width


@dataclass(frozen=True, slots=True)
class Mixture:
    """How often a line is of which kind.

    Attributes:
        real: a line of the archives.
        composed: put together from glyphs of real lines.
        printed: print, lest the network forget how to read it; the rest is drawn with fonts that
            look like handwriting.
        penned: of what is drawn with fonts, the lines that are written along pen paths.
        prose: of the texts of drawn and composed lines, those from books; the rest are words by
            chance.
        english: of the texts of drawn and composed lines, those in English.
        french: likewise; the rest is in the other languages.
        noted: of the texts of drawn and composed lines, those that are no prose: sums, dates, code.
        archives: the real lines' archives, each with its share of them.
    """

    real: float
    composed: float
    printed: float
    prose: float
    english: float
    french: float
    archives: dict[str, float]
    noted: float = 0.0
    penned: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Pixels 48×W×3, blue first, and the text that they show."""

    pixels: NDArray[np.uint8]
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Lines of a like width: pixels N×48×W×3, and what CTC needs to know of their texts."""

    pixels: torch.Tensor
    targets: torch.Tensor
    steps: torch.Tensor
    lengths: torch.Tensor
    answer: torch.Tensor | None = None
    """What teachers say of the lines, if they were asked: log-probabilities N×T×C."""
    trust: torch.Tensor | None = None
    """How far they can be believed, of each line, 0 to 1; wholly if nothing is said."""

    def images(self, device: str = "cpu") -> torch.Tensor:
        """What the network is given: N×3×48×W, -1 to 1."""
        pixels = self.pixels.to(device, non_blocking=True).permute(0, 3, 1, 2)
        return pixels.float().contiguous() / 127.5 - 1


class Maker(Protocol):
    """What makes samples."""

    def make(self, number: int) -> Sample:
        """The sample of a number, always the same."""


class Samples:
    """Makes samples by number."""

    def __init__(
        self,
        data: Path,
        fonts: Path,
        book_fonts: Path,
        glyphs: Path,
        characters: Sequence[str],
        mixture: Mixture,
        seed: int,
        pens: Path | None = None,
    ) -> None:
        """Reads the archives and glyphs.

        Args:
            data: the folder of handwriting, with ``train/``.
            fonts: a folder of fonts that look like handwriting.
            book_fonts: a folder of fonts for print.
            glyphs: the file that ``glyphs.py`` wrote.
            characters: what the network's classes stand for.
            mixture: how often a line is of which kind.
            seed: of the chance.
            pens: a folder of fonts of pen paths, if the mixture has any.
        """
        if mixture.penned and pens is None:
            raise ValueError("lines are to be written along pen paths: say where, with --pens")
        self._known = known = frozenset(characters)
        self._mixture, self._seed = mixture, seed
        self._texts = Texts(known, mixture.prose)
        self._hand_fonts, self._book_fonts = find_fonts(fonts), find_fonts(book_fonts)
        self._pen_fonts = find_pen_fonts(pens) if pens else ()
        self._real: list[list[RealLine]] = [
            [
                line
                for line in read_archive(data / "train" / f"{name}.zip")
                if line.text and known.issuperset(line.text)
            ]
            for name in mixture.archives
        ]
        shares = np.array(list(mixture.archives.values()))
        self._shares = shares / shares.sum()
        with glyphs.open("rb") as file:
            hands = [Hand(glyphs) for glyphs in pickle.load(file).values()]
        # A hand of few letters writes little.
        self._hands = [hand for hand in hands if len(hand.glyphs) >= _LEAST_GLYPHS]
        if mixture.composed and not self._hands:
            raise ValueError(f"no hand in {glyphs} has {_LEAST_GLYPHS} glyphs")
        self._everybody = Hand()
        for hand in self._hands:
            for letters, inks in hand.glyphs.items():
                if len(letters) == 1:
                    self._everybody.glyphs.setdefault(letters, []).extend(inks)
        self._others = [
            language
            for language in LATIN.tables
            if language not in {Language.ENGLISH, Language.FRENCH}
        ]

    def make(self, number: int) -> Sample:
        """The sample of a number."""
        random = np.random.default_rng((self._seed, number))
        while True:
            kind = random.random()
            if kind < self._mixture.real:
                return self._real_line(random)
            kind -= self._mixture.real
            if kind < self._mixture.printed:
                sample = self._printed_line(random)
            else:
                composed = kind < self._mixture.printed + self._mixture.composed
                sample = self._drawn_line(random, composed=composed)
            if sample is not None:
                return sample

    def _real_line(self, random: np.random.Generator) -> Sample:
        archive = self._real[int(random.choice(len(self._real), p=self._shares))]
        line = archive[int(random.integers(len(archive)))]
        picture = of_scan(line.pixels, random)
        return Sample(seen(picture, len(line.text), random, natural=True), line.text)

    def _drawn_line(self, random: np.random.Generator, *, composed: bool) -> Sample | None:
        text = self._text(random, longer=4 if composed else 1)
        drawn = self._ink(text, random, composed=composed)
        beside = self._ink(text[::-1].strip()[:40], random, composed=False)
        if not text or drawn is None:
            return None
        ink, text = drawn
        room = with_margins(ink, beside and beside[0], random)
        picture = on_paper(room, random)
        return Sample(seen(picture, len(text), random, natural=composed), text)

    def _printed_line(self, random: np.random.Generator) -> Sample | None:
        text = self._text(random)
        font = self._book_fonts[int(random.integers(len(self._book_fonts)))]
        if not text or not font.has(text):
            return None
        picture = draw_print(text, font, random).astype(np.float32)
        pixels = seen(picture[..., None] * np.ones(3, np.float32), len(text), random, natural=True)
        return Sample(pixels, text)

    def _text(self, random: np.random.Generator, longer: int = 1) -> str:
        """A line's text; of a composed line only about a third of the words are written."""
        language = language_of(random, self._mixture.english, self._mixture.french, self._others)
        if random.random() < self._mixture.noted:
            return self._noted(language, random, longer)
        length = int(np.clip(random.normal(36, 15), 2, 68)) * longer
        return " ".join(plain(self._texts.line(language, length, random)).split())

    def _noted(self, language: Language, random: np.random.Generator, count: int) -> str:
        """What is no prose, and in the network's characters."""
        text = " ".join(
            noted(random, lambda: self._texts.word(language, random)) for _ in range(count)
        )
        return " ".join("".join(filter(self._known.__contains__, plain(text))).split())

    def _ink(
        self, text: str, random: np.random.Generator, *, composed: bool
    ) -> tuple[Ink, str] | None:
        """Ink, and the text that it shows."""
        if composed:
            hand = self._hands[int(random.integers(len(self._hands)))]
            composed_line = hand.compose(text, random, self._everybody)
            if composed_line is None:
                return None
            ink, written = composed_line
            return as_another_hand(ink, random), written
        # No chance is drawn where there is no choice, so that earlier runs stay as they were.
        if self._mixture.penned and random.random() < self._mixture.penned:
            return self._penned(text, random)
        for _ in range(_TRIES):
            font = self._hand_fonts[int(random.integers(len(self._hand_fonts)))]
            if font.has(text):
                return draw_handwriting(text, font, random), text
        return None

    def _penned(self, text: str, random: np.random.Generator) -> tuple[Ink, str] | None:
        """Ink along pen paths, and the text that it shows."""
        for _ in range(_TRIES):
            font = self._pen_fonts[int(random.integers(len(self._pen_fonts)))]
            if font.has(text):
                return write(text, font, random), text
        return None


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say what samples are made of."""
    parser.add_argument("--data", type=Path, required=True, help="the folder of handwriting")
    parser.add_argument("--fonts", type=Path, required=True, help="fonts like handwriting")
    parser.add_argument("--book-fonts", type=Path, required=True, help="fonts for print")
    parser.add_argument("--glyphs", type=Path, required=True, help="what glyphs.py wrote")
    parser.add_argument("--pens", type=Path, help="fonts of pen paths")


def samples_of(
    options: argparse.Namespace, characters: Sequence[str], mixture: Mixture, seed: int
) -> Samples:
    """The samples of what the options say."""
    return Samples(
        options.data,
        options.fonts,
        options.book_fonts,
        options.glyphs,
        characters,
        mixture,
        seed,
        options.pens,
    )


class Drawers(Dataset[list[Batch]]):
    """Batches by the drawer: lines of a like width together, and yet in an order by chance."""

    def __init__(self, samples: Maker, characters: Sequence[str], size: int) -> None:
        """Takes what makes samples.

        Args:
            samples: makes them.
            characters: what the network's classes stand for.
            size: lines in a batch.
        """
        self._samples, self._size = samples, size
        self._classes = {character: index for index, character in enumerate(characters)}

    def __getitem__(self, number: int) -> list[Batch]:
        """The batches of a drawer, ``BATCHES_IN_DRAWER`` of them."""
        first = number * BATCHES_IN_DRAWER * self._size
        made = [
            self._samples.make(first + index) for index in range(BATCHES_IN_DRAWER * self._size)
        ]
        made.sort(key=lambda sample: sample.pixels.shape[1])
        order = np.random.default_rng(first).permutation(BATCHES_IN_DRAWER)
        return [self.batch(made[place * self._size :][: self._size]) for place in order]

    def batch(self, samples: Sequence[Sample]) -> Batch:
        """The batch of some lines."""
        widest = max(sample.pixels.shape[1] for sample in samples)
        width = -(-widest // _WIDTH_GRID) * _WIDTH_GRID
        pixels = np.full((len(samples), 48, width, 3), 127, np.uint8)
        for row, sample in zip(pixels, samples, strict=True):
            row[:, : sample.pixels.shape[1]] = sample.pixels
        targets = [self._classes[character] for sample in samples for character in sample.text]
        return Batch(
            torch.from_numpy(pixels),
            torch.tensor(targets),
            torch.tensor([sample.pixels.shape[1] // 8 for sample in samples]),
            torch.tensor([len(sample.text) for sample in samples]),
        )
