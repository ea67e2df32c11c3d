"""Renders photographs of a page, as a phone takes them, from a clean picture of the page."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from notetext.page_image import PageImage

_DESK = np.array([112.0, 78.0, 52.0])
_BLUE_RULING = np.array([0.72, 0.80, 0.93])
_ZOOM = 1.5  # how much larger than the page the photograph of a desk is


@dataclass(frozen=True, slots=True)
class Kind:
    """What a photograph shows besides the writing.

    Attributes:
        name: how tables call it.
        paper: the paper's colour, as what it leaves of red, green and blue (0…1).
        ruled: it has lines.
        squared: it has lines both ways.
        shade: how deep the phone's shadow is, while light falls from one side: 1 leaves about a
            fifth of the light, 1.5 a tenth; 0: none.
        folded: it was folded twice.
        on_desk: it lies on a desk, seen at an angle; else the sheet fills the picture.
        skew: degrees, counter-clockwise, by which a scan is turned on a white ground.
        turns: as many quarter turns of the whole picture, counter-clockwise.
    """

    name: str
    paper: tuple[float, float, float] = (0.97, 0.96, 0.94)
    ruled: bool = False
    squared: bool = False
    shade: float = 0.0
    folded: bool = False
    on_desk: bool = False
    skew: float = 0.0
    turns: int = 0


KINDS = (
    Kind("desk", on_desk=True),
    Kind("shadow", shade=1.0),
    Kind("deep shadow", shade=1.5),
    Kind("fold", folded=True),
    Kind("coloured", paper=(0.95, 0.62, 0.66)),
    Kind("ruled", ruled=True),
    Kind("squared", squared=True),
    Kind("askew", skew=9.0),
    Kind("askew, ruled", ruled=True, skew=-5.0),
    Kind("sideways", turns=1),
    Kind("all at once", (0.95, 0.88, 0.6), ruled=True, shade=1.0, folded=True, on_desk=True),
)
"""The kinds of photographs, each with one trouble, and one with nearly all of them."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """A rendered photograph.

    Attributes:
        image: RGB.
        from_page: 3×3, from the pixels of the page to those of the photograph.
    """

    image: Image.Image
    from_page: NDArray[np.float64]


def photograph(page: Image.Image, kind: Kind, seed: int = 0) -> Photograph:
    """Takes a photograph of a page; the same seed gives the same picture.

    Args:
        page: the writing on white or pale paper.
        kind: how the photograph looks.
        seed: for the angles, the places of shadows and folds, and the noise.
    """
    dice = np.random.default_rng(seed)
    sheet = np.asarray(page.convert("RGB"), np.float64) * np.array(kind.paper)
    height, width = sheet.shape[:2]
    if kind.ruled or kind.squared:
        sheet *= _ruling(height, width, squared=kind.squared)
    if kind.folded:
        sheet *= _folds(height, width, dice)[..., None]
    from_page = np.eye(3)
    if kind.on_desk:
        sheet, from_page = _lay_on_desk(sheet, dice)
    if kind.shade:
        sheet *= _light(sheet.shape[0], sheet.shape[1], dice)[..., None] ** kind.shade
    if kind.skew:
        sheet, from_page = _turned(sheet, kind.skew)
    for _ in range(kind.turns):
        # A quarter turn takes (x, y) to (y, width - x).
        turn = np.array([[0.0, 1, 0], [-1, 0, sheet.shape[1]], [0, 0, 1]])
        from_page = turn @ from_page
        sheet = np.rot90(sheet)
    sheet = cv2.GaussianBlur(sheet, (0, 0), 0.7)
    noisy = sheet + dice.normal(0, 4, (*sheet.shape[:2], 1))
    return Photograph(Image.fromarray(noisy.clip(0, 255).astype(np.uint8)), from_page)


def _ruling(height: int, width: int, *, squared: bool) -> NDArray[np.float64]:
    """What blue lines leave of the light: lines at a distance of a 24th, squares of a 48th."""
    pitch = max(height, width) / (48 if squared else 24)
    lines = np.ones((height, width, 3))
    for y in np.arange(pitch, height, pitch).astype(int):
        lines[y : y + 2] = _BLUE_RULING
    if squared:
        for x in np.arange(pitch, width, pitch).astype(int):
            lines[:, x : x + 2] = _BLUE_RULING
    return lines


def _folds(height: int, width: int, dice: np.random.Generator) -> NDArray[np.float64]:
    """The light on a sheet that was folded in half both ways: a step and a dark line at each."""
    across = _fold(width, dice)[None, :]
    down = _fold(height, dice)[:, None]
    return across * down


def _fold(length: int, dice: np.random.Generator) -> NDArray[np.float64]:
    place = length * dice.uniform(0.45, 0.55)
    distance = np.arange(length) - place
    reach = length / 8
    slope = np.where(distance < 0, -0.16, 0.0) * np.exp(-np.abs(distance) / reach)
    crease = -0.25 * np.exp(-((distance / 2.5) ** 2))
    return np.asarray(1 + slope + crease, np.float64)


def _light(height: int, width: int, dice: np.random.Generator) -> NDArray[np.float64]:
    """Light that falls from one side, and the shadow of a phone with soft edges."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    direction = dice.uniform(0, 2 * np.pi)
    light = 0.8 + 0.25 * ((x - 0.5) * np.cos(direction) + (y - 0.5) * np.sin(direction))
    slant, offset = dice.uniform(-0.4, 0.4), dice.uniform(0.4, 0.6)
    edge = (x + slant * (y - 0.5) - offset) / 0.02
    return np.asarray(light * (1 - 0.75 / (1 + np.exp(-edge))), np.float64)


def _turned(
    sheet: NDArray[np.float64], angle: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A sheet turned on a white ground, and the map from it to the picture."""
    page = PageImage(sheet.clip(0, 255).astype(np.uint8)).rotated(angle, fill=250)
    return page.pixels.astype(np.float64), page.inverse_transform


def _lay_on_desk(
    sheet: NDArray[np.float64], dice: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The sheet on wood, seen at an angle, and the map from the sheet to the picture."""
    height, width = sheet.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    turn = np.radians(dice.uniform(-7, 7))
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    middle = np.array([width, height]) / 2
    seen = (corners - middle) @ rotation.T
    # What is farther away looks smaller.
    tilt = dice.uniform(-0.16, 0.16, 2)
    seen = seen / (1 + (seen / middle) @ tilt)[:, None]
    size = np.ceil(np.ptp(seen, axis=0) * _ZOOM).astype(int)
    seen += size / 2 - (seen.max(axis=0) + seen.min(axis=0)) / 2
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), seen.astype(np.float32))
    from_page = np.asarray(matrix, np.float64)
    wood = _wood(int(size[1]), int(size[0]), dice)
    shift = np.array([[1.0, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
    centred = shift @ from_page @ np.linalg.inv(shift)
    target = (int(size[0]), int(size[1]))
    laid = cv2.warpPerspective(sheet, centred, target, flags=cv2.INTER_LINEAR)
    inside = cv2.warpPerspective(np.ones((height, width)), centred, target)[..., None]
    return np.asarray(laid * inside + wood * (1 - inside), np.float64), from_page


def _wood(height: int, width: int, dice: np.random.Generator) -> NDArray[np.float64]:
    grain = cv2.GaussianBlur(dice.normal(0, 1, (height, width)), (0, 0), sigmaX=60, sigmaY=1.5)
    return np.asarray(_DESK * (1 + 0.15 * grain / grain.std())[..., None], np.float64)
