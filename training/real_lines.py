"""Real lines of handwriting, by the archives that they come in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from texts import plain


@dataclass(frozen=True, slots=True)
class RealLine:
    """A line of somebody's hand: pixels H×W, its text, and the page that it stands on."""

    pixels: NDArray[np.uint8]
    text: str
    page: str


def archives_of(data: Path) -> list[Path]:
    """The archives that a folder of handwriting has to train on, by their names."""
    return sorted((data / "train").glob("*.zip"))


def read_archive(path: Path) -> Iterator[RealLine]:
    """The lines of an archive of ``lines.tsv`` and pictures."""
    with zipfile.ZipFile(path) as archive:
        for row in archive.read("lines.tsv").decode("utf-8").splitlines():
            name, text = row.split("\t", 1)
            data = np.frombuffer(archive.read(name), np.uint8)
            pixels = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
            yield RealLine(pixels, plain(text.strip()), f"{path.stem}/{name.rsplit('_', 1)[0]}")
