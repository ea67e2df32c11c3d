"""Where something stands beside lines of words: on which of them, and behind how many words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from notetext.model.box import Box


def place_among(lines: Sequence[Sequence[Box | None]], mark: Box) -> tuple[int, int]:
    """The number of the line that a mark stands on, and behind how many of its words it does.

    >>> from notetext import Box
    >>> from notetext.model.beside import place_among
    >>> words = [Box.rectangle(x, 0, x + 40, 20) for x in (0, 100)]
    >>> place_among([words], Box.rectangle(60, 0, 80, 20))
    (0, 1)

    Args:
        lines: the boxes of each line's words; ``None`` for such as have none.
        mark: what stands there.
    """
    best, place = math.inf, (0, 0)
    for number, words in enumerate(lines):
        known = [box for box in words if box is not None]
        if not known:
            continue
        line = Box.along(known)
        along, across = _seen_from(line, mark)
        if abs(across) < best:
            before = [n for n, w in enumerate(words, 1) if w and _seen_from(line, w)[0] < along]
            best, place = abs(across), (number, max(before, default=0))
    return place


def _seen_from(line: Box, other: Box) -> tuple[float, float]:
    """How far the middle of a box stands from that of a line, along the line and across it."""
    (x1, y1), (x2, y2) = line.corners[:2]
    angle = math.atan2(y2 - y1, x2 - x1)
    x, y = (sum(other[n::2]) / 4 - sum(line[n::2]) / 4 for n in (0, 1))
    cos, sin = math.cos(angle), math.sin(angle)
    return x * cos + y * sin, y * cos - x * sin
