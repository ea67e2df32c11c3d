"""Where a correction belongs on a page, also if the page was read anew."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain

from notetext.model import Box, Correction, CorrectionKind, Line, PageData, standing
from notetext.result.corrections.covered import covered, is_start

# How far a word may have moved from one reading to another, in heights of its box.
_NEAR = 0.75


def find(correction: Correction, page: PageData) -> Correction | None:
    """The correction with its place on this page; ``None`` if it has none.

    The place that it names is right if the old words stand there. Else they are looked for where
    they stood on the paper.
    """
    if _fits(correction, page, correction.line, correction.word):
        return correction
    if correction.box is None:
        return None
    near = sorted(
        (distance, line, word)
        for line, word, box in _positions(page)
        if box is not None and (distance := _distance(correction.box, box)) <= _NEAR
    )
    for _, line, word in near:
        if _fits(correction, page, line, word):
            return correction.model_copy(update={"line": line, "word": word})
    return None


def _positions(page: PageData) -> Iterator[tuple[int, int, Box | None]]:
    """Every place of a page with its box: a word's own, or an edge at the end of a line.

    At a word that is struck out it is that of what comes next and stands.
    """
    last: Box | None = None
    for number, line in enumerate(page.lines):
        stand = standing(line.words)
        edge = stand[-1].box if stand else None
        last = edge.part(1, 1) if edge is not None else None
        boxes = [last]
        for word in reversed(line.words):
            boxes.append(boxes[-1] if word.struck else word.box)
        for position, box in enumerate(reversed(boxes)):
            yield number, position, box
    yield len(page.lines), 0, last


def _fits(correction: Correction, page: PageData, line: int, word: int) -> bool:
    """Whether a place exists, and holds the old words or, if there are none, stands there."""
    lines = page.lines
    if line > len(lines) or word > (len(lines[line].words) if line < len(lines) else 0):
        return False
    if correction.kind is CorrectionKind.LINE_REMOVED:
        return line < len(lines) and _is_whole(correction, lines[line], word)
    if correction.old:
        rest = [*chain.from_iterable(below.words for below in lines[line:])]
        return covered(rest, word, correction.old) is not None
    here = next(box for n, m, box in _positions(page) if (n, m) == (line, word))
    return here is None or correction.box is None or _distance(here, correction.box) <= _NEAR


def _is_whole(correction: Correction, line: Line, word: int) -> bool:
    """Whether a correction begins with a line, and is of all words that stand in it."""
    return is_start(line, word) and correction.old == tuple(w.text for w in standing(line.words))


def _distance(first: Box, second: Box) -> float:
    """Between the centres of two boxes, in heights of the higher one."""
    heights = [math.dist(box.corners[0], box.corners[3]) for box in (first, second)]
    centres = [(sum(box[::2]) / 4, sum(box[1::2]) / 4) for box in (first, second)]
    return math.dist(*centres) / (max(heights) or 1.0)
