"""Where words and lines stand that no engine saw."""

from __future__ import annotations

import math
from collections.abc import Sequence

from notetext.model import Box, Line, PageData, Word

# A word that was left out stood in a gap of at least this share of the line's height.
_GAP = 0.5


def boxes_for(texts: Sequence[str], read: Sequence[Word]) -> Sequence[Box | None]:
    """Places for words that stand instead of others.

    As many words as before keep the places; else they share the whole of them.
    """
    if len(texts) == len(read):
        return [word.box for word in read]
    boxes = [word.box for word in read if word.box is not None]
    if not boxes:
        return [None] * len(texts)
    whole = boxes[0] if len(boxes) == 1 else Box.along(boxes)
    return whole.shared_by(texts)


def boxes_between(
    texts: Sequence[str], before: Box | None, after: Box | None
) -> Sequence[Box | None]:
    """Places for words between two others of a line, or at its start or end."""
    if before is not None and after is not None:
        gap = _gap(before, after)
    elif before is not None:
        gap = before.part(1, 1 + _share_of(texts, before))
    elif after is not None:
        gap = after.part(-_share_of(texts, after), 0)
    else:
        return [None] * len(texts)
    return gap.shared_by(texts)


def boxes_in_line(
    texts: Sequence[str], above: Line | None, below: Line | None, share: float, page: PageData
) -> Sequence[Box | None]:
    """Places for the words of a line between two others, or above or below one.

    Args:
        texts: the words.
        above: the line before, if there is one.
        below: the line after.
        share: of the way from the one to the other; 0.5 for a line alone between them.
        page: beyond whose edges nothing stands.
    """
    first, last = _box_of(above), _box_of(below)
    if first is not None and last is not None and last.bottom > first.bottom:
        box = Box((1 - share) * a + share * b for a, b in zip(first, last, strict=True))
    elif first is not None:
        box = _moved_down(first, 2 * share)
    elif last is not None:
        box = _moved_down(last, -2 * (1 - share))
    else:
        return [None] * len(texts)
    sides = (page.width, page.height) * 4
    inside = (min(max(v, 0.0), side) for v, side in zip(box, sides, strict=True))
    return Box(inside).shared_by(texts)


def _box_of(line: Line | None) -> Box | None:
    if line is None:
        return None
    if line.box is not None:
        return line.box
    boxes = [word.box for word in line.words if word.box is not None]
    return Box.along(boxes) if boxes else None


def _gap(before: Box, after: Box) -> Box:
    """From the end of one word to the start of the next, a little wider if they touch."""
    _, (x2, y2), (x3, y3), _ = before.corners
    (x1, y1), _, _, (x4, y4) = after.corners
    gap = Box((x2, y2, x1, y1, x4, y4, x3, y3))
    height = math.hypot(x3 - x2, y3 - y2)
    if math.hypot(x1 - x2, y1 - y2) >= _GAP * height:
        return gap
    length = math.dist(*before.corners[:2]) or 1.0
    half = _GAP * height / 2 / length
    return before.part(1 - half, 1 + half)


def _share_of(texts: Sequence[str], neighbour: Box) -> float:
    """How wide words are, by their characters, in lengths of a neighbour as high as they are."""
    (x1, y1), (x2, y2), _, (x4, y4) = neighbour.corners
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    height = math.hypot(x4 - x1, y4 - y1)
    return _GAP * height * len(" ".join(texts)) / length


def _moved_down(box: Box, heights: float) -> Box:
    (x1, y1), _, _, (x4, y4) = box.corners
    x, y = (x4 - x1) * heights, (y4 - y1) * heights
    return Box(value + (y if index % 2 else x) for index, value in enumerate(box))
