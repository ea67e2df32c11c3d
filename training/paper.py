"""Puts lines on paper, and before a camera or scanner: what the recogniser gets to see."""

from __future__ import annotations

import cv2
import numpy as np
from ink import Ink, bent, ink_of
from numpy.typing import NDArray

from notetext.engines.local.crops import LINE_HEIGHT
from notetext.engines.local.slant import slant_of
from notetext.engines.local.stretching import CHARACTER_WIDTH, LEAST_STRETCH, MOST_STRETCH

_GRID = 8
_MOST_WIDTH = 1664
_CLEAN = 0.15

Picture = NDArray[np.float32]


def with_margins(ink: Ink, neighbour: Ink | None, random: np.random.Generator) -> Ink:
    """Sets ink into a line's room: empty above and below, but for a neighbouring line's strokes."""
    height, width = ink.shape
    above, below = (max(0, round(random.normal(0.06, 0.08) * height)) for _ in range(2))
    side = [int(random.integers(2, 22)) for _ in range(2)]
    room = np.zeros((height + above + below, width + sum(side)), np.float32)
    room[above : above + height, side[0] : side[0] + width] = ink
    if neighbour is not None and random.random() < 0.35:
        _intrude(room, neighbour, random)
    if random.random() < 0.15:
        room = _ruled(room, random)
    return room


def _intrude(room: Ink, neighbour: Ink, random: np.random.Generator) -> None:
    """Lets the feet of the line above, or the heads of that below, reach in."""
    reach = int(room.shape[0] * random.uniform(0.08, 0.3))
    reach = max(1, min(reach, neighbour.shape[0]))
    shift = int(random.integers(0, max(1, abs(room.shape[1] - neighbour.shape[1]))))
    from_above = random.random() < 0.5
    strip = neighbour[-reach:] if from_above else neighbour[:reach]
    strip = strip[:, shift : shift + room.shape[1]] if strip.shape[1] > room.shape[1] else strip
    target = room[:reach] if from_above else room[-reach:]
    part = target[:, : strip.shape[1]]
    np.maximum(part, strip, out=part)


def _ruled(room: Ink, random: np.random.Generator) -> Ink:
    """Draws the rules of the paper, by chance squared ones."""
    height, width = room.shape
    lines = np.zeros_like(room)
    thickness = int(random.integers(1, 3))
    base = int(height * random.uniform(0.65, 0.95))
    fall = int(random.normal(0, 2))
    cv2.line(lines, (0, base), (width, base + fall), 1.0, thickness)
    if random.random() < 0.3:
        step = int(height * random.uniform(0.3, 0.8))
        for x in range(int(random.integers(0, step)), width, step):
            cv2.line(lines, (x, 0), (x + fall, height), 1.0, thickness)
    ruling = lines * np.float32(random.uniform(0.1, 0.6))
    return np.asarray(np.maximum(room, ruling), np.float32)


def on_paper(ink: Ink, random: np.random.Generator) -> Picture:
    """Ink on a sheet, H×W×3, blue first, 0 to 255."""
    if random.random() < _CLEAN:
        return _cleaned(ink)
    height, width = ink.shape
    paper = np.full((height, width), random.uniform(150, 255), np.float32)
    if random.random() < 0.5:
        grid = random.normal(0, random.uniform(2, 20), (2, 4)).astype(np.float32)
        paper += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
    if random.random() < 0.5:
        grain = random.normal(0, 1, (height, width)).astype(np.float32)
        sigma = random.uniform(0.5, 2.5)
        paper += cv2.GaussianBlur(grain, (0, 0), sigma) * np.float32(sigma * random.uniform(2, 14))
    contrast = random.uniform(0.25, 0.98) if random.random() < 0.6 else random.uniform(0.75, 0.98)
    picture = paper[..., None] * np.ones(3, np.float32)
    absorbed = np.full(3, contrast, np.float32)
    if random.random() < 0.4:
        picture *= random.uniform(0.85, 1.0, 3).astype(np.float32)
        absorbed *= random.uniform(0.6, 1.0, 3).astype(np.float32)
    return np.asarray(picture * (1 - ink[..., None] * absorbed), np.float32)


def grey(picture: Picture) -> NDArray[np.uint8]:
    """A picture in grey, H×W."""
    pixels = np.clip(picture, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def _cleaned(ink: Ink) -> Picture:
    """Ink as scanners show it that make all paper white."""
    return np.asarray(255 * (1 - ink[..., None] * np.ones(3, np.float32)), np.float32)


def of_scan(line: NDArray[np.uint8], random: np.random.Generator) -> Picture:
    """A real line's pixels, its strokes, light and tint changed a little."""
    if random.random() < 0.8:
        line = bent(line, random)
    if random.random() < 0.4:
        line = _with_another_pen(line, random)
    picture = line.astype(np.float32)[..., None] * np.ones(3, np.float32)
    if random.random() < _CLEAN:
        picture = _cleaned(ink_of(line))
    height = len(line)
    above, below = (max(0, round(random.normal(0.02, 0.07) * height)) for _ in range(2))
    roomy = cv2.copyMakeBorder(picture, above, below, 0, 0, cv2.BORDER_REPLICATE)
    cut_above, cut_below = (max(0, round(random.normal(0, 0.03) * height)) for _ in range(2))
    picture = np.asarray(roomy[cut_above : len(roomy) - cut_below], np.float32)
    if random.random() < 0.5:
        gamma = np.float32(random.uniform(0.5, 1.8))
        picture = np.asarray(255 * (np.clip(picture, 0, 255) / 255) ** gamma, np.float32)
    if random.random() < 0.3:
        picture *= random.uniform(0.8, 1.0, 3).astype(np.float32)
    return picture


def _with_another_pen(line: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """A line with strokes that are up to a pixel broader or finer."""
    broader = random.random() < 0.6
    change = cv2.erode if broader else cv2.dilate  # of the light, that is
    changed = change(line, np.ones((2, 2), np.uint8))
    share = random.uniform(0.2, 1.0 if broader else 0.6)
    return np.asarray(cv2.addWeighted(changed, share, line, 1 - share, 0), np.uint8)


def seen(
    picture: Picture, character_count: int, random: np.random.Generator, natural: bool
) -> NDArray[np.uint8]:
    """A line as the engine crops and sets it up: 48×W×3, W a multiple of 8.

    Args:
        picture: H×W×3, 0 to 255.
        character_count: of its text; what its width is chosen by, as the engine does.
        random: the chance.
        natural: blur little: a real line has its own.
    """
    lean = slant_of([np.clip(picture, 0, 255).astype(np.uint8)])
    height, width = picture.shape[:2]
    picture = _turned(picture, lean + random.normal(0, 0.1), random.normal(0, 0.006))
    blurs = (0, 0, 0, 0.6) if natural else (0, 0.5, 0.9, 1.4)
    blur = float(random.choice(blurs)) * random.uniform(0.6, 1.4)
    if blur > 0.2:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), np.float32)
    if random.random() < 0.2:
        small = random.uniform(0.3, 0.7) * LINE_HEIGHT / height
        size = max(8, round(width * small)), max(8, round(height * small))
        coarse = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        picture = np.asarray(coarse, np.float32)
    new_width = character_count * CHARACTER_WIDTH * np.exp(random.normal(0, 0.15))
    natural_width = width * LINE_HEIGHT / height
    stretch = np.clip(new_width / natural_width, LEAST_STRETCH, MOST_STRETCH)
    columns = round(natural_width * stretch / _GRID) * _GRID
    columns = min(max(columns, _GRID * max(4, round(1.2 * character_count))), _MOST_WIDTH)
    method = cv2.INTER_AREA if len(picture) > LINE_HEIGHT else cv2.INTER_CUBIC
    resized = cv2.resize(picture, (columns, LINE_HEIGHT), interpolation=method)
    picture = np.asarray(resized, np.float32)
    if random.random() < 0.4:
        noise = random.normal(0, random.uniform(1, 10), picture.shape).astype(np.float32)
        picture += noise
    pixels = np.clip(picture, 0, 255).astype(np.uint8)
    if random.random() < 0.25:
        quality = int(random.integers(25, 85))
        _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
        pixels = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return pixels


def _turned(picture: Picture, slant: float, turn: float) -> Picture:
    """A picture with its strokes set up by a slant, and its line turned by a few hundredths."""
    height, width = picture.shape[:2]
    matrix = np.array([[1, slant, -slant * height / 2], [turn, 1, -turn * width / 2]], np.float32)
    turned = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.float32)
