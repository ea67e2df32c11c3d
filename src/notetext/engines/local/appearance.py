"""How a line looks, by which hand is told from print before anything is read.

A press sets letters on one line, in few widths, with strokes that are level or upright; hands stray
from all of that. What is measured does not depend on the size, the colour or the text.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LINE_HEIGHT, cut
from notetext.engines.local.detected_line import DetectedLine

_WIDTH = 256  # pixels of a line's middle that are looked at
_ANGLES = 8
_STROKES = 0.2  # of the pixels, those where the picture changes most, are edges of strokes
_SPECK = 16  # pixels of a component that may be a letter
_STEPS = 3
_SAMPLE = 2  # every other row shows what is light and what is dark
_FEW = 3  # pieces that show too little
_FAR = 4
FEATURES = 2 + _ANGLES + 3 + 2 + 7
"""How many numbers `appearance` gives."""


@dataclass(frozen=True, slots=True, eq=False)
class Appearance:
    """How a line looks.

    Attributes:
        regularity: `FEATURES` numbers, the first of which is 1, for a regression to weigh.
        colour: how far its ink is from grey, 0 to 1, taking the paper for white.
    """

    regularity: NDArray[np.float64]
    colour: float


def appearance(pixels: NDArray[np.uint8], line: DetectedLine) -> Appearance:
    """Measures a line, in its middle.

    Args:
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        line: where it stands.
    """
    reach = _WIDTH / LINE_HEIGHT * line.height / 2
    middle = line.part(line.width / 2 - reach, line.width / 2 + reach)
    strip = cut(pixels, middle).pixels
    return Appearance(regularity(strip if strip.ndim == 2 else strip[..., 1]), _colour(strip))


def regularity(grey: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Measures how regular a line is, from a straight strip of it, 48×W, grey."""
    ink = _ink(grey)
    width = grey.shape[1] / LINE_HEIGHT
    numbers = [1.0, 1 / (1 + width), *_angles(grey), *_profile(ink), *_strokes(ink), *_letters(ink)]
    return np.array(numbers, np.float64)


def _ink(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How much of each pixel is ink, 0 to 1."""
    light, usual, dark = np.percentile(grey[::_SAMPLE], (90, 50, 2))
    if usual - dark < light - usual:  # light on dark
        grey = 255 - grey
        light, dark = np.percentile(grey[::_SAMPLE], (90, 2))
    ink = (np.float32(light) - grey) / np.float32(max(light - dark, 1.0))
    return np.asarray(np.clip(ink, 0, 1), np.float32)


def _colour(strip: NDArray[np.uint8]) -> float:
    if strip.ndim == 2:
        return 0.0
    ink = _ink(strip[..., 1])
    written, empty = ink > 0.5, ink < 0.1
    if not written.any() or not empty.any():
        return 0.0
    left = strip[written].mean(axis=0) / np.maximum(strip[empty].mean(axis=0), 1)
    return float(min(left.max() - left.min(), 1.0))


def _angles(grey: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The shares of the edges that lie in each direction; upright strokes come first."""
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    change = np.hypot(across, down)
    some = change[::_SAMPLE].ravel()
    most = round(len(some) * (1 - _STROKES))
    clear = change > max(float(np.partition(some, most)[most]), 1.0)
    angle = np.arctan2(down[clear], across[clear]) / np.pi * _ANGLES
    bins = np.round(angle).astype(np.intp) % _ANGLES
    shares = np.bincount(bins, weights=change[clear], minlength=_ANGLES)
    return np.asarray(shares / max(shares.sum(), 1e-9), np.float64)


def _profile(ink: NDArray[np.float32]) -> list[float]:
    """How steeply the ink begins at the x-height, ends at the base line, and how it is spread."""
    rows = ink.sum(axis=1)
    steps = np.sort(np.diff(rows)) / max(float(rows.max()), 1e-9)
    spread = float(rows.std() / max(float(rows.mean()), 1e-9))
    return [float(steps[-_STEPS:].sum()), -float(steps[:_STEPS].sum()), spread]


def _strokes(ink: NDArray[np.float32]) -> list[float]:
    """Half the strokes' usual width, and how much it varies."""
    depth = cv2.distanceTransform((ink > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    ridge = depth[(depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8)))]
    if not len(ridge):
        return [0.0, 0.0]
    return [float(ridge.mean()), float(ridge.std() / ridge.mean())]


def _letters(ink: NDArray[np.float32]) -> list[float]:
    """How many pieces the writing is in, how their widths vary, and how well they are in line."""
    _, _, found, _ = cv2.connectedComponentsWithStats((ink > 0.5).astype(np.uint8))
    found = np.asarray(found, np.int64)[1:]
    found = found[found[:, cv2.CC_STAT_AREA] >= _SPECK]
    if not len(found):
        return [0.0] * 7
    widths = found[:, cv2.CC_STAT_WIDTH]
    feet = found[:, cv2.CC_STAT_TOP] + found[:, cv2.CC_STAT_HEIGHT]
    stray = float(np.median(np.abs(feet - np.median(feet))))
    tall = found[found[:, cv2.CC_STAT_HEIGHT] > LINE_HEIGHT / 4]
    found = tall if len(tall) >= _FEW else found
    tops = found[:, cv2.CC_STAT_TOP]
    feet = tops + found[:, cv2.CC_STAT_HEIGHT]
    return [
        len(widths) * LINE_HEIGHT / ink.shape[1],
        float(widths.std() / widths.mean()),
        stray,
        float(np.mean(np.abs(feet - np.median(feet)) <= 1)),
        _share_of_two(tops),
        _nearest(tops),
        _nearest(feet),
    ]


def _share_of_two(heights: NDArray[np.int64]) -> float:
    """How many lie, to a pixel, at one of the two commonest heights: small letters, and tall."""
    counts = np.bincount(heights, minlength=LINE_HEIGHT)
    around = np.convolve(counts, [1, 1, 1], "same")
    first = int(around.argmax())
    counts[max(0, first - 1) : first + 2] = 0
    second = np.convolve(counts, [1, 1, 1], "same").max()
    return float(around[first] + second) / len(heights)


def _nearest(heights: NDArray[np.int64]) -> float:
    """How far each is from the next one, at most 4 pixels, on average; 0 if there are too few."""
    if len(heights) < _FEW:
        return 0.0
    gaps = np.diff(np.sort(heights))
    nearest = np.minimum(np.append(gaps, gaps[-1]), np.insert(gaps, 0, gaps[0]))
    return float(np.minimum(nearest, _FAR).mean())
