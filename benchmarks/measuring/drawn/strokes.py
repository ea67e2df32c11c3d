"""The strokes with which people strike words out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import ImageDraw

Points = list[tuple[float, float]]


def one_line(
    box: tuple[float, float, float, float], middle: float, dice: np.random.Generator
) -> list[Points]:
    """A line through the middle of the small letters, a little longer than the word."""
    left, top, right, bottom = box
    over = 0.1 * (bottom - top)
    steps = np.linspace(left - over, right + over, 12)
    start, end = middle + dice.normal(0, 0.04 * (bottom - top), 2)
    heights = np.linspace(start, end, 12) + dice.normal(0, 0.6, 12)
    return [list(zip(steps.tolist(), heights.tolist(), strict=True))]


def two_lines(
    box: tuple[float, float, float, float], middle: float, dice: np.random.Generator
) -> list[Points]:
    """Two such lines, one above the other."""
    apart = 0.09 * (box[3] - box[1])
    return one_line(box, middle - apart, dice) + one_line(box, middle + apart, dice)


def zigzag(
    box: tuple[float, float, float, float], middle: float, dice: np.random.Generator
) -> list[Points]:
    """A line that goes up and down over the small letters."""
    left, top, right, bottom = box
    reach = 0.24 * (bottom - top)
    count = max(5, round((right - left) / (0.4 * reach)) | 1)
    xs = np.linspace(left - 3, right + 3, count) + dice.normal(0, 1.5, count)
    ys = middle + reach * np.where(np.arange(count) % 2, 1, -1) * dice.uniform(0.75, 1.1, count)
    return [list(zip(xs.tolist(), ys.tolist(), strict=True))]


def scribble(
    box: tuple[float, float, float, float], middle: float, dice: np.random.Generator
) -> list[Points]:
    """Loops, one over the other, that cover the word."""
    left, top, right, bottom = box
    reach = 0.26 * (bottom - top)
    turns = max(4, round((right - left) / (0.55 * reach)))
    angle = np.linspace(0, 2 * np.pi * turns, 14 * turns)
    along = np.linspace(left + 0.6 * reach, right - 0.6 * reach, angle.size)
    xs = along + 0.8 * reach * np.cos(angle)
    ys = middle + reach * np.sin(angle) * np.interp(
        np.arange(angle.size), np.arange(0, angle.size, 14), dice.uniform(0.75, 1.15, turns)
    )
    return [list(zip(xs.tolist(), ys.tolist(), strict=True))]


STROKES: dict[
    str,
    Callable[[tuple[float, float, float, float], float, np.random.Generator], list[Points]],
] = {"one": one_line, "two": two_lines, "zigzag": zigzag, "scribble": scribble}
"""The ways to strike out a word, by name."""


def strike_out(
    draw: ImageDraw.ImageDraw,
    kind: str,
    box: tuple[float, float, float, float],
    middle: float,
    pen: tuple[tuple[int, int, int], int],
    dice: np.random.Generator,
) -> None:
    """Draws one kind of strokes over a word.

    Args:
        draw: on what.
        kind: a key of `STROKES`.
        box: the word's ink: left, top, right, bottom.
        middle: how far down the middle of its small letters is.
        pen: its colour and how wide it draws, in pixels.
        dice: for how it shakes.
    """
    colour, width = pen
    for line in STROKES[kind](box, middle, dice):
        draw.line(line, fill=colour, width=width, joint="curve")
