"""Lines in bold print, or by a pen that is clearly thicker than that of the page's other lines.

A stroke's width is twice its ink by the length of its edges, which holds for grey pictures, too, to
parts of a pixel. Where a picture is unsharp, thin strokes are as wide as thick ones, but paler: so
much ink a stroke has, for its length, is what tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LINE_HEIGHT, LineImage
from notetext.engines.local.line_reading import ReadLine

_LOOKED_AT = 10 * LINE_HEIGHT  # columns in the middle of a line
_PIECE = 2 * LINE_HEIGHT  # columns; of a line's pieces the one in the middle counts
_SAMPLE = 4  # every other so many rows and columns show what is light and what is dark
_PAPER = 25  # rows and columns: no stroke is as wide, and no shade as narrow
_DARKEST = 98  # per cent
_FAINT = 0.2  # of the darkest ink: less is dust, or the paper's grain
_LEAST_INK = 1e-9
# Beside the usual line of the page. On 24 pages of 22 hands, lines by one pen reach 1.15 in ink and
# width; bold print has 1.33 and more, 1.13 of it in width where it is unsharp.
_THICKER = 1.1
_MORE_INK = 1.25
_LEAST_DARK = 0.9  # what is paler is something else: a shade, or the rim of the sheet
_LEAST_CHARACTERS = 3  # letters and digits that tell how thick a line's strokes are


@dataclass(frozen=True, slots=True)
class _Strokes:
    """The strokes of a line.

    Attributes:
        width: in pixels of the page.
        share: their width by the line's height.
        dark: how much darker they are than the paper, in grey levels.
    """

    width: float
    share: float
    dark: float


def bold_lines(lines: Sequence[ReadLine]) -> list[bool]:
    """Tells which lines of a page are bolder than its usual one, and than the usual of their kind.

    Args:
        lines: of a page, with words.

    Returns:
        For each line whether it is bold.
    """
    if not lines:
        return []
    characters = [sum(map(str.isalnum, _text(line))) for line in lines]
    strokes = [_strokes(line.image) for line in lines]
    bold = [count >= _LEAST_CHARACTERS for count in characters]
    for kinds in ({line.kind for line in lines}, *({kind} for kind in {ln.kind for ln in lines})):
        some = [number for number, line in enumerate(lines) if line.kind in kinds]
        usual = _usual([strokes[n] for n in some], [characters[n] for n in some])
        for number in some:
            bold[number] = bold[number] and _is_bolder(strokes[number], usual)
    return bold


def _text(line: ReadLine) -> str:
    return "".join(word.text for word in line.words)


def _usual(strokes: Sequence[_Strokes], characters: Sequence[int]) -> _Strokes:
    """The medians, by the characters of lines."""
    return _Strokes(
        *(
            float(np.median(np.repeat(values, np.maximum(characters, 1))))
            for values in (
                [each.width for each in strokes],
                [each.share for each in strokes],
                [each.dark for each in strokes],
            )
        )
    )


def _is_bolder(strokes: _Strokes, usual: _Strokes) -> bool:
    # A larger line by the same pen has thinner strokes for its size; of a smaller one they are
    # thicker for its size alone.
    dark = strokes.dark / max(usual.dark, _LEAST_INK)
    wide = min(
        strokes.width / max(usual.width, _LEAST_INK), strokes.share / max(usual.share, _LEAST_INK)
    )
    return dark >= _LEAST_DARK and wide >= _THICKER and wide * dark >= _MORE_INK


def _strokes(image: LineImage) -> _Strokes:
    ink = _ink(image)
    here = ink[:-1, :-1]
    across = cv2.subtract(ink[:-1, 1:], here) * np.float32(image.stretch)
    edges = _by_piece(cv2.magnitude(across, cv2.subtract(ink[1:, :-1], here)))
    mass, squares = _by_piece(here), _by_piece(cv2.multiply(here, here))
    written = mass >= np.median(mass) / 2
    edges, mass, squares = (each[written] for each in (edges, mass, squares))
    share = float(np.median(2 * mass / np.maximum(edges, _LEAST_INK))) / LINE_HEIGHT
    dark = float(np.median(squares / np.maximum(mass, _LEAST_INK)))
    return _Strokes(share * image.line.height, share, dark)


def _by_piece(values: cv2.typing.MatLike) -> NDArray[np.float64]:
    """The sums in pieces of a line that are about as long as each other."""
    columns = values.sum(axis=0, dtype=np.float64)
    count = max(1, round(len(columns) / _PIECE))
    starts = np.arange(count) * len(columns) // count
    return np.asarray(np.add.reduceat(columns, starts), np.float64)


def _ink(image: LineImage) -> NDArray[np.float32]:
    """How much darker than the paper around it each pixel is, 0 to 1, without grain."""
    pixels = image.pixels
    beside = max(0, (pixels.shape[1] - _LOOKED_AT) // 2)
    pixels = pixels[:, beside : pixels.shape[1] - beside]
    grey = pixels if pixels.ndim == 2 else pixels[..., 1]
    if _is_light_on_dark(grey):
        grey = 255 - grey
    smooth = cv2.blur(grey, (3, 3))
    paper = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, np.ones((_PAPER, _PAPER), np.uint8))
    darker = cv2.divide(cv2.subtract(paper, grey), np.maximum(paper, 1), dtype=cv2.CV_32F)
    faint = _FAINT * float(np.percentile(darker[::_SAMPLE, ::_SAMPLE], _DARKEST))
    return np.asarray(np.maximum(darker - np.float32(faint), np.float32(0)))


def _is_light_on_dark(grey: NDArray[np.uint8]) -> bool:
    """Whether there is less that is light than that is dark; asked piece by piece, for shades."""
    few = grey[::_SAMPLE, ::_SAMPLE]
    columns = min(_PIECE // _SAMPLE, few.shape[1])
    count = few.shape[1] // columns
    pieces = few[:, : count * columns].reshape(len(few), count, columns)
    light, usual, dark = np.percentile(pieces, (90, 50, 2), axis=(0, 2))
    return bool((usual - dark).sum() < (light - usual).sum())
