"""Reads what was written with the sheet turned, such as a note in the margin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_reading import ReadLine

# In heights of the line that runs sideways:
_FARTHEST = 1.2  # between it and a piece that goes on with it
_OFF = 0.5  # from its axis to the middle of such a piece
_LARGEST = 2.2  # of such a piece, a letter or two
# The least confidence with which a guess is believed: of several the best is often luck.
_SURE = 0.75
_LIKELY = 0.6  # with which what broke off is taken into a line that is read surely


def read_turned(
    read: Callable[[Sequence[DetectedLine]], Iterable[ReadLine]], lines: Sequence[DetectedLine]
) -> Iterator[ReadLine]:
    """Reads lines, and those that run sideways upwards, downwards and lying.

    The surest reading is kept; lying, since what is high and narrow may also be a column of digits
    or a bracket. The detector often breaks a letter or two off a line that runs sideways: they are
    taken into it where the whole can be read, else they are pieces of their own.

    Args:
        read: reads lines, each by itself, in any order.
        lines: all that were found on the page.

    Yields:
        Every line once, perhaps without a word; one that runs sideways and is not read surely is
        hopeless.
    """
    rest = list(lines)
    wholes: list[tuple[DetectedLine, DetectedLine, list[DetectedLine]]] = []
    for line in sorted(lines, key=lambda line: -line.width):
        if line.is_sideways and line in rest:
            rest.remove(line)
            whole, parts = _with_broken_off(line, rest)
            rest = [piece for piece in rest if piece not in parts]
            wholes.append((line, whole, parts))
    yield from read(rest)
    if not wholes:
        return
    ways = [
        (whole, whole.reversed(), line, line.reversed(), line.lying())
        if parts
        else (line, line.reversed(), line.lying())
        for line, whole, parts in wholes
    ]
    tried = {seen.image.line: seen for seen in read([way for each in ways for way in each])}
    for (_, _, parts), each in zip(wholes, ways, strict=True):
        readings = [tried[way] for way in each]
        alone = _surest(readings[2:] if parts else readings)
        if parts:
            together = _surest(readings[:2])
            is_sure = max(together.confidence, alone.confidence) >= _SURE
            if is_sure and together.confidence >= _LIKELY:
                yield together
                continue
            yield from read(parts)
        is_sure = alone.confidence >= _SURE or not alone.image.line.is_sideways
        yield alone if is_sure else replace(alone, is_hopeless=True)


def _surest(readings: Sequence[ReadLine]) -> ReadLine:
    return max(readings, key=lambda line: line.confidence)


def _with_broken_off(
    line: DetectedLine, pieces: Sequence[DetectedLine]
) -> tuple[DetectedLine, list[DetectedLine]]:
    """The line with the pieces that go on with it at its ends, and those pieces."""
    start, end = line.axis[0], line.axis[-1]
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-9)
    across = np.array([-along[1], along[0]])
    first, last = 0.0, float((end - start) @ along)
    near: list[DetectedLine] = []
    left = list(pieces)
    while True:
        for piece in left:
            reach = (piece.corners - start) @ along
            low, high = float(reach.min()), float(reach.max())
            if _goes_on(line, piece, start, across) and (
                max(low - last, first - high) <= _FARTHEST * line.height
            ):
                first, last = min(first, low), max(last, high)
                near.append(piece)
                left.remove(piece)
                break
        else:
            break
    axis = [start + first * along] * (first < 0) + list(line.axis)
    axis += [start + last * along] * (last > float((end - start) @ along))
    return DetectedLine(np.array(axis, np.float64), line.height, line.score), near


def _goes_on(
    line: DetectedLine,
    piece: DetectedLine,
    start: NDArray[np.float64],
    across: NDArray[np.float64],
) -> bool:
    """Whether a piece lies on the extension of a line and is no line of another direction."""
    side = (piece.corners - start) @ across
    if abs(float(side.mean())) > _OFF * line.height or np.ptp(side) > _LARGEST * line.height:
        return False
    return piece.is_sideways or piece.width <= _LARGEST * line.height
