"""Draws lines of text as a pen or a press might have left them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont


def draw_handwriting(text: str, font: Path, random: np.random.Generator) -> NDArray[np.uint8]:
    """Draws a line letter by letter, slanted, wavy, blurred and pale, by chance more or less."""
    face = ImageFont.truetype(str(font), 40)
    image = Image.new("L", (int(face.getlength(text) * 1.15) + 60, 110), 255)
    draw = ImageDraw.Draw(image)
    x = 15.0
    for letter in text:
        place = (x, 32 + random.normal(0, 0.8))
        draw.text(place, letter, font=face, fill=int(random.integers(0, 90)))
        x += face.getlength(letter) + random.normal(0, 2.5 if letter == " " else 0.6)
    return _worn(_trimmed(_waved(_slanted(np.array(image), random), random)), random, 1.6)


def draw_print(text: str, font: Path, random: np.random.Generator) -> NDArray[np.uint8]:
    """Draws a line of print of 12 to 33 pixels, blurred and pale, by chance more or less."""
    size = int(random.integers(12, 34))
    face = ImageFont.truetype(str(font), size)
    image = Image.new("L", (int(face.getlength(text)) + 20, int(size * 1.5)), 255)
    ink = int(random.integers(0, 80))
    ImageDraw.Draw(image).text((8, size * 0.15), text, font=face, fill=ink)
    return _worn(np.array(image), random, size / 14)


def _slanted(image: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    height, width = image.shape
    slant = random.normal(0, 0.12)
    matrix = np.array([[1, slant, -slant * height / 2], [0, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderValue=255), np.uint8)


def _waved(image: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    smoothness, strength = random.uniform(3, 7), random.uniform(0, 9)
    noise = random.normal(0, 1, (2, *image.shape)).astype(np.float32)
    shifts = [cv2.GaussianBlur(field, (0, 0), smoothness) for field in noise]
    y, x = np.mgrid[: image.shape[0], : image.shape[1]].astype(np.float32)
    dx, dy = (shift * np.float32(strength * smoothness * 0.6) for shift in shifts)
    waved = cv2.remap(image, x + dx, y + dy, cv2.INTER_LINEAR, borderValue=255)
    return np.asarray(waved, np.uint8)


def _trimmed(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rows = np.flatnonzero((image < 160).any(axis=1))
    columns = np.flatnonzero((image < 160).any(axis=0))
    top, left = max(0, rows[0] - 4), max(0, columns[0] - 5)
    return image[top : rows[-1] + 5, left : columns[-1] + 6]


def _worn(
    image: NDArray[np.uint8], random: np.random.Generator, most_blur: float
) -> NDArray[np.uint8]:
    blurred = cv2.GaussianBlur(image, (0, 0), random.uniform(0.2, most_blur)).astype(np.float32)
    pale = 255 - (255 - blurred) * random.uniform(0.4, 1)
    noisy = pale + random.normal(0, random.uniform(1, 14), image.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)
