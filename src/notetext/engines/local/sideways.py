"""Reads what was written with the sheet turned, such as a note in the margin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_reading import ReadLine


def read_sideways(
    read: Callable[[Sequence[DetectedLine]], Iterable[ReadLine]], pieces: Sequence[DetectedLine]
) -> Iterator[ReadLine]:
    """Reads pieces upwards, downwards and lying, and keeps what is read most surely.

    Lying, since what is high and narrow may also be a column of digits or a bracket.

    Args:
        read: reads lines, each by itself, in any order.
        pieces: those that run along the columns.

    Yields:
        For each piece the surest reading, without words if there is none.
    """
    if not pieces:
        return
    ways = [(piece, piece.reversed(), piece.lying()) for piece in pieces]
    tried = {line.image.line: line for line in read([way for each in ways for way in each])}
    for each in ways:
        yield max((tried[way] for way in each), key=lambda line: line.confidence)
