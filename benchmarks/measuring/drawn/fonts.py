"""The fonts that pages are drawn with, all from Debian's packages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path("/usr/share/fonts")


@dataclass(frozen=True, slots=True)
class Face:
    """A font.

    Attributes:
        file: its name.
        package: Debian's, which brings it.
        lacks: signs that it does not have, or that do not look like them.
    """

    file: str
    package: str
    lacks: str = ""

    def at(self, x_height: float) -> ImageFont.FreeTypeFont:
        """The font in the size at which its small letters are so many pixels high.

        Raises:
            FileNotFoundError: it is not installed.
        """
        return _sized(self, x_height)

    def can_write(self, text: str) -> bool:
        """Whether it has all signs of a text."""
        return not set(text) & set(self.lacks)

    def writable(self, text: str) -> str:
        """The text with single quotes where it has no double ones that look like it."""
        return text if self.can_write('"') else text.replace('"', "'")


KNOWN_HAND = Face("dkg.ttf", "fonts-dkg-handwriting", "€")
"""A hand that notetext's recogniser was trained with, among two hundred others."""
NEW_HANDS = (
    Face("SteveHand.ttf", "fonts-sjfonts"),
    Face("Delphine.ttf", "fonts-sjfonts", '"'),
    Face("Rufscript010.ttf", "fonts-rufscript", "€£×½°é"),
)
"""Hands that it never saw; see training/README.md."""
HANDS = (KNOWN_HAND, *NEW_HANDS)

PRINTS = (
    Face("LiberationSerif-Regular.ttf", "fonts-liberation"),
    Face("DejaVuSans.ttf", "fonts-dejavu-core"),
    Face("EBGaramond12-Regular.otf", "fonts-ebgaramond"),
    Face("LiberationSans-Regular.ttf", "fonts-liberation"),
    Face("DejaVuSerif.ttf", "fonts-dejavu-core"),
    Face("LiberationMono-Regular.ttf", "fonts-liberation"),
)
"""Print, by none of which it was trained for handwriting."""

BOLD_PRINT = Face("LiberationSans-Bold.ttf", "fonts-liberation")


def font_file(name: str) -> Path:
    """Where a font lies.

    Raises:
        FileNotFoundError: it is not installed.
    """
    found = next(FOLDER.rglob(name), None)
    if found is None:
        packages = sorted({face.package for face in (*HANDS, *PRINTS, BOLD_PRINT)})
        raise FileNotFoundError(
            f"the font {name} is missing; install it: apt-get install {' '.join(packages)}"
        )
    return found


@cache
def _sized(face: Face, x_height: float) -> ImageFont.FreeTypeFont:
    path = font_file(face.file)
    _, top, _, bottom = ImageFont.truetype(path, 200).getbbox("x")
    return ImageFont.truetype(path, max(6, round(200 * x_height / (bottom - top))))
