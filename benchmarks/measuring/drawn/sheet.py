"""A sheet on which texts are written or printed, and what a scanner makes of it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from measuring.drawn.fonts import Face

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
PENS: tuple[Colour, ...] = ((28, 42, 120), (35, 35, 38), (60, 60, 66), (20, 24, 90))
BLACK: Colour = (30, 30, 30)

_SHAKE = 0.06  # of the x-height: how far a word stands off its line
_DRIFT = 0.012  # the slope of a line


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: the rectangle of its ink, in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Writing:
    """How something is written.

    Attributes:
        face: by which font.
        x_height: of the small letters, in pixels.
        colour: of the ink.
        by_hand: words shake, and lines drift.
    """

    face: Face
    x_height: float
    colour: Colour = BLACK
    by_hand: bool = False

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return self.face.at(self.x_height)

    @property
    def pitch(self) -> int:
        """The distance of lines that leaves room for all that reaches up and down."""
        _, top, _, bottom = self.font.getbbox("hdlgpyQ")
        return round(1.18 * (bottom - top))


class Sheet:
    """Paper with what is written on it; the same seed gives the same sheet."""

    def __init__(self, width: int, height: int, seed: int, paper: Colour = WHITE) -> None:
        self.image = Image.new("RGB", (width, height), paper)
        self.dice = np.random.default_rng(seed)
        self._draw = ImageDraw.Draw(self.image)

    def write(self, left: float, base: float, text: str, how: Writing) -> list[Place]:
        """Writes a line from a place on its base line, and tells where its words stand."""
        slope = self.dice.normal(0, _DRIFT) if how.by_hand else 0.0
        places, x = [], left
        for word in text.split(" "):
            y = base + slope * (x - left)
            if how.by_hand:
                y += self.dice.normal(0, _SHAKE * how.x_height)
            self._draw.text((x, y), word, font=how.font, fill=how.colour, anchor="ls")
            places.append(Place(word, *self._draw.textbbox((x, y), word, how.font, anchor="ls")))
            x += how.font.getlength(word) + _blank(how)
        return places

    def write_right(self, right: float, base: float, text: str, how: Writing) -> None:
        """Writes a line that ends at a place."""
        self.write(right - text_width(text, how), base, text, how)

    def rule(self, left: float, right: float, y: float, colour: Colour = (150, 150, 150)) -> None:
        """Draws a thin level line."""
        self._draw.line((left, y, right, y), fill=colour, width=2)

    def scanned(self) -> Image.Image:
        """The sheet as a scanner sees it: a little unsharp, tinted and noisy."""
        sheet = np.asarray(self.image, np.float64)
        return scan(sheet, self.dice)


def scan(
    sheet: np.ndarray[tuple[int, ...], np.dtype[np.float64]], dice: np.random.Generator
) -> Image.Image:
    """A little unsharp, tinted and noisy."""
    tint = 1 - dice.uniform(0, 0.05, 3)
    blurred = cv2.GaussianBlur(sheet * tint, (0, 0), dice.uniform(0.4, 0.9))
    noisy = blurred + dice.normal(0, dice.uniform(1, 5), (*sheet.shape[:2], 1))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def text_width(text: str, how: Writing) -> float:
    """How many pixels a line takes."""
    words = text.split(" ")
    return sum(how.font.getlength(word) for word in words) + _blank(how) * (len(words) - 1)


def wrapped(text: str, how: Writing, width: float) -> list[str]:
    """Breaks a text into lines that are no wider than that."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, how) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _blank(how: Writing) -> float:
    """Fonts that look like hands tend to have blanks too narrow to tell."""
    return max(how.font.getlength(" "), 0.7 * how.x_height if how.by_hand else 0.0)
