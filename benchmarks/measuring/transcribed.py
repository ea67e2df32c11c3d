"""A picture with the text that stands on it, and the pages of handwriting that come so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image


@dataclass(frozen=True, slots=True)
class TranscribedImage:
    """A picture of a page or a line, and what is written on it."""

    path: Path
    text: str


def kept(image: Image.Image, path: Path, text: str) -> TranscribedImage:
    """Saves a picture as a camera does, and tells what is written on it."""
    image.save(path, quality=92)
    return TranscribedImage(path, text)


def dev_pages(data: Path, name: str) -> list[TranscribedImage]:
    """The pages of one set of handwriting, in the order of their names."""
    images = sorted((data / "dev" / name).glob("*.jpg"))
    return [
        TranscribedImage(image, image.with_suffix(".txt").read_text("utf-8")) for image in images
    ]
