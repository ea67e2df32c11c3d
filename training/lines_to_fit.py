"""Lines to fit with: of real hands, drawn with hand-like fonts, and drawn with fonts for print.

Not only clean ones. What a word's confidence rests on must be seen where reading is hard, too:
lines out of focus, of few pixels, copied to black and white, typed with a worn ribbon; and not only
prose: facts, receipts and words of other languages.
"""

from __future__ import annotations

import random
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from pydoc_data import topics

import cv2
import numpy as np
from drawing import Font, draw_handwriting, draw_print, find_fonts
from facts import fact, receipt_line
from numpy.typing import NDArray
from paper import grey, on_paper, with_margins
from texts import Texts

from notetext.engines.local.scripts.latin import LATIN
from notetext.model import Language, Mode

Pixels = NDArray[np.uint8]
Part = Callable[[int], int]
"""How many of a set's lines are made."""

_OTHERS = (
    Language.GERMAN,
    Language.SPANISH,
    Language.POLISH,
    Language.SLOVAK,
    Language.ITALIAN,
    Language.SWEDISH,
)
_HANDS = (
    ("copiste_fr", Language.FRENCH, 420, 140),
    ("testaments_fr", Language.FRENCH, 260, 90),
    ("peraire_fr", Language.FRENCH, 140, 50),
    ("stanford_en", Language.ENGLISH, 110, 40),
    # Nine in ten of these lines no recogniser was taught with.
    ("registers_fr", Language.FRENCH, 110, 40),
    ("timeus_fr", Language.FRENCH, 110, 40),
)
"""Archives of real hands, their language, and how many lines of each are taken as they are and as
poor copies."""
_SMALL_TALK = 0.25  # of lines that are drawn with few words


@dataclass(frozen=True, slots=True, eq=False)
class LineToFit:
    """A line with what stands there.

    Attributes:
        source: which set it is of.
        language: of its text.
        mode: which recogniser reads it.
        pixels: H×W, grey.
        text: as it is written.
    """

    source: str
    language: Language
    mode: Mode
    pixels: Pixels
    text: str


def archive(path: Path, count: int) -> list[tuple[Pixels, str]]:
    """Some of the lines of an archive, with their texts."""
    with zipfile.ZipFile(path) as lines:
        rows = lines.read("lines.tsv").decode("utf-8").splitlines()
        chosen = random.Random(5).sample(rows, min(count, len(rows)))
        pairs = [row.split("\t") for row in chosen]
        return [(_decoded(lines.read(name)), text) for name, text in pairs]


def _decoded(data: bytes) -> Pixels:
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


def drawn(text: str, font: Font, chance: np.random.Generator) -> Pixels:
    """A line of handwriting as a scan shows it."""
    ink = draw_handwriting(text, font, chance)
    return grey(on_paper(with_margins(ink, None, chance), chance))


def poor_copy(line: Pixels, chance: np.random.Generator) -> Pixels:
    """A line out of focus, of fewer pixels, squeezed into a small file or copied to black and
    white: one of these or several."""
    height, width = line.shape
    picture = line.astype(np.float32)
    if chance.random() < 0.6:
        small = min(1.0, chance.uniform(14, 34) / height)
        size = max(8, round(width * small)), max(8, round(height * small))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    if chance.random() < 0.5:
        sigma = chance.uniform(0.01, 0.05) * len(picture)
        picture = cv2.GaussianBlur(picture, (0, 0), sigma).astype(np.float32)
    if chance.random() < 0.5:
        picture += chance.normal(0, chance.uniform(4, 25), picture.shape).astype(np.float32)
    if chance.random() < 0.25:
        dark, light = np.percentile(picture, [2, 80])
        level = dark + (light - dark) * chance.uniform(0.35, 0.8)
        picture = np.where(picture < level, 20, 235).astype(np.float32)
    pixels = np.clip(picture, 0, 255).astype(np.uint8)
    if chance.random() < 0.4:
        quality = int(chance.integers(8, 40))
        _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
        pixels = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
    return pixels


def worn(line: Pixels, chance: np.random.Generator) -> Pixels:
    """Print as of a worn ribbon or ribbed paper: its ink comes and goes."""
    height, width = line.shape
    shape = (max(2, height // 6), max(2, width // 6))
    patches = cv2.resize(chance.random(shape).astype(np.float32), (width, height))
    kept = np.clip((patches - chance.uniform(0.0, 0.35)) * 3 + 0.3, 0, 1)
    paper = np.float32(np.percentile(line, 90))
    return np.asarray(np.clip(paper - (paper - line) * kept, 0, 255), np.uint8)


def lines_to_fit(
    data: Path, hand_fonts: Path, book_fonts: Path, share: float
) -> Iterator[LineToFit]:
    """All lines, or a share of each set."""

    def part(count: int) -> int:
        return max(1, round(count * share))

    chance = np.random.default_rng(7)
    yield from _by_hand(data, find_fonts(hand_fonts), part, chance)
    yield from _in_print(data, find_fonts(book_fonts), part, chance)


def _by_hand(
    data: Path, fonts: Sequence[Font], part: Part, chance: np.random.Generator
) -> Iterator[LineToFit]:
    for name, language, clean, poor in _HANDS:
        lines = archive(data / f"train/{name}.zip", part(clean + poor))
        for index, (pixels, text) in enumerate(lines):
            is_poor = index >= part(clean)
            yield LineToFit(
                f"{name}, poor" if is_poor else name,
                language,
                Mode.HANDWRITTEN,
                poor_copy(pixels, chance) if is_poor else pixels,
                text,
            )
    for source, language, text in _texts(part, chance, prose=420, facts=160, other=120, seed=11):
        font = _font_with(text, fonts, chance)
        pixels = drawn(text, font, chance)
        if chance.random() < 0.25:
            pixels = poor_copy(pixels, chance)
        yield LineToFit(f"hand-like fonts, {source}", language, Mode.HANDWRITTEN, pixels, text)


def _in_print(
    data: Path, fonts: Sequence[Font], part: Part, chance: np.random.Generator
) -> Iterator[LineToFit]:
    texts = list(_texts(part, chance, prose=240, facts=300, other=200, seed=12))
    french = [text for _, text in archive(data / "train/copiste_fr.zip", 700)]
    texts += [("prose", Language.FRENCH, text) for text in french[: part(120)]]
    for source, language, text in texts:
        pixels = draw_print(text, _font_with(text, fonts, chance), chance)
        kind = chance.random()
        if kind < 0.3:
            pixels = poor_copy(pixels, chance)
        elif kind < 0.5:
            pixels = worn(pixels, chance)
        yield LineToFit(f"fonts for print, {source}", language, Mode.PRINTED, pixels, text)


def _texts(
    part: Part, chance: np.random.Generator, *, prose: int, facts: int, other: int, seed: int
) -> Iterator[tuple[str, Language, str]]:
    """What is drawn: its kind, its language, itself."""
    lines = english()
    by_number = random.Random(seed)
    by_number.shuffle(lines)
    for line in lines[: part(prose)]:
        words = line.split()
        if by_number.random() < _SMALL_TALK:
            line = " ".join(words[: by_number.randint(1, 4)])
        yield "prose", Language.ENGLISH, line
    for number in range(part(facts)):
        text = fact(by_number) if number % 2 else receipt_line(by_number)
        yield "facts", Language.ENGLISH, text
    characters = frozenset("".join(LATIN.letters.values())) | frozenset(" ")
    characters |= frozenset(c.upper() for c in characters) | frozenset(".,;:!?'\"()-%£/0123456789")
    by_frequency = Texts(characters, prose=0)
    for number in range(part(other)):
        language = (*_OTHERS, Language.ENGLISH, Language.FRENCH)[number % (len(_OTHERS) + 2)]
        yield "words", language, by_frequency.line(language, int(chance.integers(8, 45)), chance)


def _font_with(text: str, fonts: Sequence[Font], chance: np.random.Generator) -> Font:
    able = [font for font in fonts if font.has(text)] or list(fonts)
    return able[int(chance.integers(len(able)))]
