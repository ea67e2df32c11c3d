"""Words that were inserted above a line, put where they belong in it.

Whoever has left out a word writes it above the line and marks the place with a caret. It stands
nearer to its line than lines stand to each other, in a row that no other line needs, and over a gap
of its line. The caret itself is read as nothing; the gap that it stands in tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from notetext.model import Box, Kind, Line
from notetext.result.structure.level import Fragment

_LEAST_LINES = 3  # that tell how far lines are apart
_LEAST_WORDS = 3  # of such a line, and of one that something is inserted in
_MOST_WORDS = 4  # that are inserted
_MOST_WIDTH = 0.6  # of their line's
# In usual distances of lines:
_NEAREST, _FARTHEST = 0.25, 0.6  # from an insertion to its line
_NO_ROW = 1.5  # between the lines above and below an insertion
_ASIDE = 0.5  # in heights of the writing, beyond its ends: where its gap may be
_NEARER = 0.5  # a gap may be so much narrower as it lies nearer to the middle


def with_insertions(lines: Sequence[Fragment]) -> list[Fragment]:
    """Puts what stands above a line, between two of its words, between them.

    Args:
        lines: of one column, from top to bottom.
    """
    usual = _usual_distance(lines)
    kept = list(lines)
    if usual is None:
        return kept
    for index in range(len(lines) - 2, -1, -1):
        above = lines[index - 1] if index else None
        line = kept[index + 1]
        gap = _gap(above, lines[index], line, usual)
        if gap is not None:
            kept[index : index + 2] = [_inserted(line, gap, lines[index])]
    return kept


def _usual_distance(lines: Sequence[Fragment]) -> float | None:
    """How far lines are apart; ``None`` if there are too few to tell."""
    long = [line for line in lines if len(line.spans) >= _LEAST_WORDS]
    if not long:
        return None
    least = _MOST_WIDTH * median(line.width for line in long)
    whole = [
        index
        for index, line in enumerate(lines)
        if len(line.spans) >= _LEAST_WORDS and line.width > least
    ]
    distances = [
        lines[below].y - lines[above].y for above, below in pairwise(whole) if below == above + 1
    ]
    # In a list, short lines stand between long ones: those are two lines apart.
    is_list = len(distances) < (len(whole) - 1) / 2
    return None if is_list or len(whole) < _LEAST_LINES else median(distances)


def _gap(above: Fragment | None, words: Fragment, line: Fragment, usual: float) -> int | None:
    """Before which of a line's words others are to be inserted; ``None`` if they are a line."""
    count = len(line.spans)
    is_short = len(words.spans) <= _MOST_WORDS and words.width <= _MOST_WIDTH * line.width
    if not is_short or count < _LEAST_WORDS or count != len(line.line.words):
        return None
    if any(word.kind is Kind.PRINTED for word in (*words.line.words, *line.line.words)):
        return None
    middle = (words.left + words.right) / 2
    distance = line.start_y + line.slope * (middle - line.left) - words.y
    if not _NEAREST * usual <= distance <= _FARTHEST * usual:
        return None
    if above is not None and line.y - above.y > _NO_ROW * usual:
        return None
    reach = words.width / 2 + _ASIDE * line.height
    found = [
        (right.left - left.right - _NEARER * abs((left.right + right.left) / 2 - middle), index)
        for index, (left, right) in enumerate(pairwise(line.spans), 1)
        if abs((left.right + right.left) / 2 - middle) <= reach
    ]
    return max(found)[1] if found else None


def _inserted(line: Fragment, gap: int, words: Fragment) -> Fragment:
    whole = (*line.line.words[:gap], *words.line.words, *line.line.words[gap:])
    boxes = [word.box for word in whole if word.box is not None]
    return replace(
        line,
        line=Line(words=whole, box=Box.along(boxes) if boxes else None),
        spans=(*line.spans[:gap], *words.spans, *line.spans[gap:]),
    )
