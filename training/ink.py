"""Lines of ink without their paper, whether drawn with fonts or taken from real lines.

A picture of ink is H×W, 0 (paper) to 1 (full ink), its letters about 30 pixels from the baseline
to the top of an ascender.
"""

from __future__ import annotations

import math
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.slant import slant_of

Ink = NDArray[np.float32]
Number = TypeVar("Number", np.float32, np.uint8)


def as_another_hand(ink: Ink, random: np.random.Generator) -> Ink:
    """Ink of a real hand with another slant, other bends and another pen."""
    side = len(ink) // 3  # slanted strokes stay inside
    room = np.pad(ink, ((2, 2), (side, side)))
    ink = bent(slanted(room, random.normal(0, 0.2)), random, paper=0)
    if random.random() < 0.5:
        ink = with_stroke_width(ink, random, broadest=0.9)
    return trimmed(ink)


def slanted(ink: Ink, slant: float) -> Ink:
    """Ink that leans by so many pixels to the left for each pixel up."""
    height, width = ink.shape
    matrix = np.array([[1, slant, -slant * height / 2], [0, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(ink, matrix, (width, height)), np.float32)


def bent(
    picture: NDArray[Number], random: np.random.Generator, paper: int | None = None
) -> NDArray[Number]:
    """Bends strokes as no two letters of a hand are alike, their proportions, and the line.

    Args:
        picture: H×W.
        random: the chance.
        paper: what lies beyond the edges; ``None`` for what lies at them.
    """
    height, width = picture.shape
    cell = random.uniform(9, 26)
    rows, columns = math.ceil(height / cell) + 3, math.ceil(width / cell) + 3
    shifts = random.normal(0, 1, (2, rows, columns)).astype(np.float32)
    strength = random.uniform(0, 0.13) * cell
    dx, dy = (
        cv2.resize(shift, (width, height), interpolation=cv2.INTER_CUBIC) * np.float32(strength)
        for shift in shifts
    )
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    drift = random.normal(0, 2) * np.sin(x / width * random.uniform(2, 9) + random.uniform(0, 6))
    moved = cv2.remap(
        picture,
        dx + _unevenly(x, random.uniform(20, 80), 0.1, random)[None],
        dy + _unevenly(y, height / 3, 0.1, random)[:, None] + drift[None].astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE if paper is None else cv2.BORDER_CONSTANT,
        borderValue=paper or 0,
    )
    return np.asarray(moved, picture.dtype)


def _unevenly(
    places: NDArray[np.float32], step: float, spread: float, random: np.random.Generator
) -> NDArray[np.float32]:
    """Places that lie closer here and wider there; about every step the spacing changes."""
    count = max(2, round(len(places) / step) + 1)
    steps = np.exp(random.normal(0, spread, count - 1))
    knots = np.concatenate([[0], np.cumsum(steps)]) / steps.sum()
    known = np.linspace(0, len(places) - 1, count)
    return np.asarray(np.interp(places, known, knots * (len(places) - 1)), np.float32)


def with_stroke_width(ink: Ink, random: np.random.Generator, broadest: float = 1.8) -> Ink:
    """Makes the pen broader or finer, its pressure uneven."""
    sigma = random.uniform(0.3, broadest)
    blurred = cv2.GaussianBlur(ink, (0, 0), sigma)
    # Of what the middle of a stroke keeps, lest hairlines vanish.
    strokes = blurred[ink > 0.5]
    middle = float(np.percentile(strokes, 70)) if len(strokes) else 1.0
    threshold = random.uniform(0.25, 0.6) * middle
    inked = np.clip((blurred - threshold) / (0.3 * middle) + 0.5, 0, 1)
    height, width = ink.shape
    grid = random.uniform(0.45, 1, (max(2, height // 20), max(2, width // 20))).astype(np.float32)
    pressure = cv2.resize(grid, (width, height), interpolation=cv2.INTER_LINEAR)
    share = random.uniform(0, 0.7)
    return np.asarray(inked * (1 - share + share * pressure), np.float32)


def trimmed(ink: Ink) -> Ink:
    """Cuts away the empty margins on the four sides."""
    rows = np.flatnonzero((ink > 0.15).any(axis=1))
    columns = np.flatnonzero((ink > 0.15).any(axis=0))
    if not len(rows):
        return ink[:48, :48]
    return ink[rows[0] : rows[-1] + 1, max(0, columns[0] - 3) : columns[-1] + 4]


def ink_of(line: NDArray[np.uint8]) -> Ink:
    """The ink of a real line, its paper made even."""
    kernel = np.ones((13, 13), np.uint8)
    paper = cv2.GaussianBlur(cv2.morphologyEx(line, cv2.MORPH_CLOSE, kernel), (0, 0), 7)
    ink = 1 - line.astype(np.float32) / np.maximum(paper, 1)
    dark = float(np.percentile(ink, 97))
    return np.asarray(np.clip((ink - 0.12 * dark) / max(0.88 * dark, 0.05), 0, 1), np.float32)


def upright(line: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A real line with its strokes set up, as the engine does."""
    height, width = line.shape
    slant = slant_of([line])
    room = round(abs(slant) * height / 2)
    matrix = np.array([[1, slant, room - slant * height / 2], [0, 1, 0]], np.float32)
    size = width + 2 * room, height
    return np.asarray(cv2.warpAffine(line, matrix, size, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def core(ink: Ink) -> tuple[float, float]:
    """The first and last row of the letters without ascenders and descenders."""
    rows = np.convolve(ink.sum(axis=1), np.ones(3) / 3, "same")
    inside = np.flatnonzero(rows > 0.45 * rows.max())
    return float(inside[0]), float(inside[-1] + 1)
