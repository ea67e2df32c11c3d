"""Writing of the sheet's other side that shows through: pale, mirrored, no text of this page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LINE_HEIGHT
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_reading import ReadLine

Reader: TypeAlias = Callable[[NDArray[np.uint8], Sequence[DetectedLine]], Iterable[ReadLine]]
"""Reads lines of a page's pixels, in any order."""

# The contrast of a line's ink, of that of the page's surely read lines: on 46 pages of handwriting
# no line that is read well has less than 0.7, writing that shows through has a tenth to a half.
_PALE, _FAINT = 0.7, 0.25
_SURE = 0.8  # lines that are read so surely are this page's own, however pale
_DOUBTFUL = 0.7  # a faint line that is read less surely shows through, whatever its mirror image
# Of 281 lines that were mirrored and surer in a mirror 262 are by so much, of 14 others 3.
_SURER = 0.2
# A line that is read surely shows through if it is as faint as several that do, up to so many times
# their contrast: "two by two" makes words in a mirror, too.
_SEVERAL, _AS_FAINT = 2, 1.25
_MIDDLE = slice(round(0.3 * LINE_HEIGHT), round(0.7 * LINE_HEIGHT))
_INK_SHARE = 0.05  # of the middle of a line that its ink covers at the least


def shown_through(lines: Sequence[ReadLine], read: Reader) -> list[ReadLine]:
    """Finds the lines that show through from the other side.

    They are much paler than the page's own lines and cannot be read; in a mirror they can, or they
    are so faint that this is left open. What is as faint as several of them is of their side, too.

    Args:
        lines: of a page, with words.
        read: reads lines as those were read.

    Returns:
        Some of the lines; none where no line is read surely enough to compare with.
    """
    sure = [line for line in lines if line.confidence >= _SURE]
    if not sure or len(sure) == len(lines):
        return []
    levels = {line: _contrast(line.image.pixels) for line in lines}
    usual = max(float(np.median([levels[line] for line in sure])), 1.0)
    contrasts = {line: grey / usual for line, grey in levels.items()}
    doubtful = [line for line in lines if line.confidence < _SURE]
    pale = [line for line in doubtful if contrasts[line] < _PALE]
    faint = [line for line in pale if contrasts[line] < _FAINT]
    found = [line for line in faint if line.confidence < _DOUBTFUL]
    found += _surer_in_a_mirror([line for line in pale if line not in found], read)
    if len(found) < _SEVERAL:
        return found
    as_faint = _AS_FAINT * float(np.median([contrasts[line] for line in found]))
    return found + [line for line in sure if contrasts[line] < min(_FAINT, as_faint)]


def _surer_in_a_mirror(lines: Sequence[ReadLine], read: Reader) -> list[ReadLine]:
    if not lines:
        return []
    pixels = np.ascontiguousarray(lines[0].image.page_pixels[:, ::-1])
    mirrored = {line.image.line.mirrored(pixels.shape[1]): line for line in lines}
    return [
        mirrored[seen.image.line]
        for seen in read(pixels, list(mirrored))
        if seen.confidence > mirrored[seen.image.line].confidence + _SURER
    ]


def _contrast(image: NDArray[np.uint8]) -> float:
    """Grey levels between the paper of a line image and its ink, be that darker or lighter."""
    middle = image[_MIDDLE] if image.ndim == 2 else image[_MIDDLE].mean(axis=2)
    dark, paper, light = np.quantile(middle, [_INK_SHARE, 0.5, 1 - _INK_SHARE])
    return float(max(paper - dark, light - paper))
