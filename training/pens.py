"""Writes texts along pen paths: fonts that say where the pen goes, not what its ink covers.

Unlike an outline, a path can be written as a hand does: with any pen, quickly, so that corners
get round, and joined to the next letter. The fonts are SVG files whose glyphs are single lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
from ink import Ink, bent, slanted, trimmed, with_stroke_width
from numpy.typing import NDArray

Path2D = NDArray[np.float64]
"""Points N×2 of a stroke, x to the right, y up from the baseline."""

Point = NDArray[np.float64]

_SVG = "{http://www.w3.org/2000/svg}"
_ASCENDER = 33  # pixels from the baseline to the top of an h
_FINER = 3  # the ink is drawn so many times as large
_STEP = 1.0  # pixels between two points of a stroke
_PART = re.compile(r"([MLC])([^MLC]*)")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter's strokes, in pixels, and how far the pen moves on."""

    strokes: tuple[Path2D, ...]
    advance: float


@dataclass(frozen=True, slots=True)
class PenFont:
    """What a font writes for each character."""

    glyphs: Mapping[str, Glyph]

    def has(self, text: str) -> bool:
        """Whether the font has every character of the text."""
        return all(character in self.glyphs for character in text)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a hand writes a line."""

    joins: float
    spread: float
    gap: float
    wobble: float
    quickness: float
    unevenness: float

    @classmethod
    def by_chance(cls, random: np.random.Generator) -> _Manner:
        return cls(
            joins=float(random.choice([0.0, random.uniform(0.3, 1)])),
            spread=random.normal(0, 0.9),
            gap=random.uniform(0.8, 1.6),
            wobble=random.uniform(0, 1.2),
            quickness=float(random.choice([0.0, random.uniform(0, 3)])),
            unevenness=random.uniform(0, 1.3),
        )


@cache
def find_pen_fonts(folder: Path) -> tuple[PenFont, ...]:
    """The SVG fonts of a folder."""
    return tuple(_read(path) for path in sorted(folder.glob("*.svg")))


def _read(path: Path) -> PenFont:
    font = next(ElementTree.parse(path).iter(f"{_SVG}font"))
    usual = float(font.get("horiz-adv-x", 0))
    drawn = {
        glyph.get("unicode", ""): (
            tuple(_strokes(glyph.get("d", ""))),
            float(glyph.get("horiz-adv-x", usual)),
        )
        for glyph in font.iter(f"{_SVG}glyph")
    }
    tops = [stroke[:, 1].max() for letter in "hdkl" for stroke in drawn[letter][0]]
    scale = _ASCENDER / float(np.percentile(tops, 75))
    return PenFont(
        {
            character: Glyph(tuple(stroke * scale for stroke in strokes), advance * scale)
            for character, (strokes, advance) in drawn.items()
            if len(character) == 1
        }
    )


def _strokes(path: str) -> Iterator[Path2D]:
    """The strokes of an SVG path of moves, lines and cubic curves."""
    points: list[Sequence[float]] = []
    for command, numbers in _PART.findall(path):
        ends = np.array(
            [float(number) for number in re.findall(r"-?[\d.]+(?:e[-+]?\d+)?", numbers)]
        )
        ends = ends.reshape(-1, 2)
        if command == "M":
            if len(points) > 1:
                yield np.array(points)
            points = []
        if command == "C":
            for curve in ends.reshape(-1, 3, 2):
                points += _curve(np.array([points[-1], *curve]))
        else:
            points += ends.tolist()
    if len(points) > 1:
        yield np.array(points)


def _curve(corners: Path2D) -> list[Sequence[float]]:
    """Points on a cubic Bézier curve behind its start."""
    t = np.linspace(0, 1, 9)[1:, None]
    shares = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    points: list[Sequence[float]] = (shares @ corners).tolist()
    return points


def write(text: str, font: PenFont, random: np.random.Generator) -> Ink:
    """Writes a text with a pen, as a hand does that is more or less quick, even and joined."""
    manner = _Manner.by_chance(random)
    strokes = [_written(path, manner, random) for path in _paths(text, font, manner, random)]
    if not strokes:
        return np.zeros((48, 48), np.float32)
    ink = _inked(strokes, random)
    ink = bent(slanted(ink, random.normal(0, 0.2)), random, paper=0)
    if random.random() < 0.5:
        ink = with_stroke_width(ink, random, broadest=0.9)
    return trimmed(ink)


def _paths(
    text: str, font: PenFont, manner: _Manner, random: np.random.Generator
) -> Iterator[Path2D]:
    """The strokes of a line, each letter at its place, and those that join letters."""
    x, y = 0.0, 0.0
    end: Point | None = None  # where the letter before leaves off
    for character in text:
        glyph = font.glyphs[character]
        if character == " ":
            x += max(0.3 * _ASCENDER, glyph.advance) * max(0.6, random.normal(manner.gap, 0.2))
            y = 0.85 * y + random.normal(0, manner.wobble)
        change = np.eye(2) + random.normal(0, 0.05, (2, 2)) * manner.unevenness
        place = x, y + random.normal(0, 0.3 * manner.wobble)
        strokes = [stroke @ change + place for stroke in glyph.strokes]
        yield from strokes
        joins = character.islower() and strokes
        tips = [tip for stroke in strokes for tip in (stroke[0], stroke[-1])]
        if joins and end is not None and random.random() < manner.joins:
            yield from _joined(end, min(tips, key=_from_left))
        end = max(tips, key=_from_left) if joins else None
        if character != " ":
            x += glyph.advance + random.normal(manner.spread, 0.6 * manner.unevenness)


def _from_left(point: Point) -> float:
    return float(point[0])


def _joined(end: Point, start: Point) -> Iterator[Path2D]:
    """The stroke between two letters, if a pen would stay on the paper; it hangs a little."""
    dx, dy = start - end
    if abs(dx) < 0.6 * _ASCENDER and abs(dy) < 0.7 * _ASCENDER and abs(dx) + abs(dy) > 1:
        middle = (end + start) / 2 - (0, 0.15 * abs(dx))
        yield np.vstack([end, _curve(np.array([end, middle, middle, start]))])


def _written(path: Path2D, manner: _Manner, random: np.random.Generator) -> Path2D:
    """A stroke as a quick hand makes it: points a pixel apart, corners round, never twice alike."""
    lengths = np.hypot(*np.diff(path, axis=0).T)
    way = np.concatenate([[0], np.cumsum(lengths)])
    count = max(3, round(way[-1] / _STEP))
    places = np.linspace(0, way[-1], count)
    points = np.stack([np.interp(places, way, side) for side in path.T], 1)
    if manner.quickness > 0.3:
        reach = min(manner.quickness, count / 12)
        points = cv2.GaussianBlur(points, (1, 0), reach) if reach > 0.3 else points
    knots = random.normal(0, 0.5 * manner.unevenness, (max(2, count // 12), 2))
    shake = [
        np.interp(np.linspace(0, len(knots) - 1, count), np.arange(len(knots)), side)
        for side in knots.T
    ]
    return np.asarray(points + np.stack(shake, 1), np.float64)


def _inked(strokes: Sequence[Path2D], random: np.random.Generator) -> Ink:
    """The ink of strokes: of a round pen or a nib, its pressure uneven."""
    width = random.uniform(1.3, 4.5)
    nib, angle = float(random.choice([0, random.uniform(0, 0.7)])), random.uniform(0, np.pi)
    pressure = random.uniform(0, 0.35)
    points = np.vstack(strokes)
    side = _ASCENDER
    left, low = points.min(0) - side
    right, high = points.max(0) + side
    canvas = np.zeros((round((high - low) * _FINER), round((right - left) * _FINER)), np.uint8)
    for stroke in strokes:
        dx, dy = np.gradient(stroke, axis=0).T
        across = np.abs(np.sin(np.arctan2(dy, dx) - angle))
        knots = random.uniform(1 - pressure, 1 + pressure, max(2, len(stroke) // 15))
        pressed = np.interp(
            np.linspace(0, len(knots) - 1, len(stroke)), np.arange(len(knots)), knots
        )
        widths = width * (1 - nib + nib * across) * pressed
        places = np.stack([stroke[:, 0] - left, high - stroke[:, 1]], 1) * _FINER
        fixed = np.round(places * 16).astype(int)
        thick = np.maximum(1, np.round(widths * _FINER)).astype(int)
        for start, end, size in zip(fixed[:-1], fixed[1:], thick, strict=False):
            cv2.line(canvas, tuple(start), tuple(end), 255, int(size), cv2.LINE_AA, 4)
    size = round(canvas.shape[1] / _FINER), round(canvas.shape[0] / _FINER)
    small = cv2.resize(canvas, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32) / 255, np.float32)
