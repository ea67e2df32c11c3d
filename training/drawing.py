"""Draws texts with fonts: as a hand writes them, and as a press prints them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from ink import Ink, bent, slanted, trimmed, with_stroke_width
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_SIZE = 44
_OF_PACKAGES = ("-latin-400-normal.woff2", "-latin-400-italic.woff2")


@dataclass(frozen=True, slots=True)
class Font:
    """A file of a font, with the characters that it has."""

    path: Path
    characters: frozenset[str]

    def has(self, text: str) -> bool:
        """Whether the font has every character of the text."""
        return self.characters.issuperset(text)


@cache
def find_fonts(folder: Path) -> tuple[Font, ...]:
    """The fonts of a folder; a font that lies in several files is as many fonts."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in {".ttf", ".otf"} or path.name.endswith(_OF_PACKAGES)
    )
    fonts = []
    for path in files:
        with TTFont(path, lazy=True) as font:
            characters = frozenset(map(chr, font.getBestCmap())) | {" "}
        if frozenset("aetn") <= characters:
            fonts.append(Font(path, characters))
    return tuple(fonts)


def draw_handwriting(text: str, font: Font, random: np.random.Generator) -> Ink:
    """Writes a text with a font: words that climb and fall, are slanted and joined or not."""
    face = _face(font.path)
    spread = random.choice([0.0, random.normal(0, 1.5)])  # between letters; 0 keeps them joined
    wobble = random.uniform(0, 1.2)
    gap = random.uniform(0.5, 1.6)
    blank = face.getlength(" ") if face.getlength(" ") > 3 else _SIZE * 0.3
    width = int(face.getlength(text) * 1.4 + len(text) * 4 + 200)
    image = Image.new("L", (width, 3 * _SIZE), 0)
    draw = ImageDraw.Draw(image)
    x, y = 40.0, 1.0 * _SIZE
    for word in text.split(" "):
        y = 0.85 * y + 0.15 * _SIZE + random.normal(0, wobble)
        parts = list(word) if spread else [word]
        for part in parts:
            draw.text((x, y + random.normal(0, 0.3 * wobble)), part, font=face, fill=255)
            x += face.getlength(part) + (random.normal(spread, 0.5) if spread else 0)
        x += blank * max(0.35, random.normal(gap, 0.2))
    ink = np.asarray(np.asarray(image, np.float32) / 255, np.float32)
    ink = slanted(ink, random.normal(0, 0.18))
    ink = bent(ink, random, paper=0)
    return trimmed(with_stroke_width(ink, random))


@cache
def _face(font: Path) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(str(font), 100)
    # Fonts differ in how much of their size a letter takes.
    _, top, _, bottom = face.getbbox("hdkl")
    return ImageFont.truetype(str(font), max(8, round(100 * _SIZE * 0.75 / (bottom - top))))


def draw_print(text: str, font: Font, random: np.random.Generator) -> NDArray[np.uint8]:
    """Prints a line of 12 to 33 pixels, H×W, blurred, pale and noisy, by chance more or less."""
    size = int(random.integers(12, 34))
    face = ImageFont.truetype(str(font.path), size)
    image = Image.new("L", (int(face.getlength(text)) + 20, int(size * 1.5)), 255)
    darkness = int(random.integers(0, 80))
    ImageDraw.Draw(image).text((8, size * 0.15), text, font=face, fill=darkness)
    sigma = random.uniform(0.2, size / 14)
    blurred = cv2.GaussianBlur(np.asarray(image), (0, 0), sigma).astype(np.float32)
    pale = 255 - (255 - blurred) * random.uniform(0.4, 1)
    noisy = pale + random.normal(0, random.uniform(1, 14), blurred.shape)
    return np.asarray(np.clip(noisy, 0, 255), np.uint8)
