"""What of a page's lines is text, and what is told of as left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from notetext.engines.local.line_reading import ReadLine
from notetext.model import Box, LeftOut, LeftOutReason


@dataclass(frozen=True, slots=True)
class SortedPage:
    """A page's lines, sorted out.

    Attributes:
        lines: those with words.
        left_out: everything else that was found.
    """

    lines: tuple[ReadLine, ...]
    left_out: tuple[LeftOut, ...]


def sort_out(read: Iterable[ReadLine]) -> SortedPage:
    """Sorts out what is text.

    Args:
        read: every piece that was found on the page.
    """
    lines, left_out = [], []
    for line in read:
        if line.is_hopeless:
            left_out.append(_left_out(line, LeftOutReason.HOPELESS))
        elif not line.words:
            left_out.append(_left_out(line, LeftOutReason.NO_WORD))
        else:
            lines.append(line)
    return SortedPage(tuple(lines), tuple(left_out))


def _left_out(line: ReadLine, reason: LeftOutReason) -> LeftOut:
    return LeftOut(reason=reason, box=Box.of_corners(line.image.line.corners))
