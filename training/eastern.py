"""Lines of Chinese and Japanese in print, to fit a network's numbers to; what they say is chance.

The characters are the common ones by two old standards, the first levels of GB 2312 and of JIS X
0208, and kana, as Python's codecs know them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from drawing import Font, draw_print
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from paper import seen
from samples import Sample

_MARKS = "，。、0123456789"
_LETTER_WIDTHS = 2  # a character is as wide as so many Latin letters


class EasternSamples:
    """Makes samples by number."""

    def __init__(self, fonts: Path, characters: Sequence[str], seed: int) -> None:
        """Finds the fonts.

        Args:
            fonts: a folder with fonts for Chinese and Japanese.
            characters: what the network's classes stand for.
            seed: of the chance.

        Raises:
            ValueError: there are no such fonts.
        """
        self._known, self._seed = frozenset(characters), seed
        self._fonts = [
            _font(path) for path in sorted(fonts.rglob("*")) if path.suffix in {".ttf", ".ttc"}
        ]
        for text in ("们说书", "々の駅"):
            if not any(font.has(text) for font in self._fonts):
                raise ValueError(f"no font in {fonts} has {text}")

    def make(self, number: int) -> Sample:
        """The sample of a number, always the same."""
        random = np.random.default_rng((self._seed, number))
        while True:
            written = _chinese() if random.random() < 0.5 else _japanese()
            text = "".join(random.choice(list(written), int(random.integers(4, 28))))
            for mark in random.choice(list(_MARKS), len(text) // 8):
                place = int(random.integers(1, len(text)))
                text = text[:place] + mark + text[place:]
            text = "".join(filter(self._known.__contains__, text))
            fonts = [font for font in self._fonts if font.has(text)]
            if text and fonts:
                font = fonts[int(random.integers(len(fonts)))]
                picture = draw_print(text, font, random).astype(np.float32)
                coloured = picture[..., None] * np.ones(3, np.float32)
                return Sample(
                    seen(coloured, _LETTER_WIDTHS * len(text), random, natural=True), text
                )


def _font(path: Path) -> Font:
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return Font(path, frozenset(map(chr, font.getBestCmap())))


@cache
def _chinese() -> str:
    return _rows("gb2312", range(16, 56))


@cache
def _japanese() -> str:
    # Kana is about half of a text.
    return _rows("euc_jp", range(16, 48)) + 20 * _rows("euc_jp", range(4, 6))


def _rows(encoding: str, rows: range) -> str:
    """The characters of some rows of a table of 94 × 94."""
    data = bytes(
        byte for row in rows for cell in range(94) for byte in (0xA1 + row - 1, 0xA1 + cell)
    )
    return data.decode(encoding, errors="ignore")
