"""What is struck out, put back into blocks that were found without it.

What a page is made of, its lines say that the writer let stand. A word that is struck out belongs
to what stands beside it, and a line of such words to the lines that it stands among.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

from notetext.model import (
    Block,
    Box,
    Cell,
    FrozenModel,
    Line,
    LinePart,
    ListItem,
    Paragraph,
    ParagraphBlock,
    Preformatted,
    Word,
)
from notetext.model.rebuilding import rebuilt

_M = TypeVar("_M", bound=FrozenModel)

_FLOWING = (ParagraphBlock, ListItem, Preformatted, Cell)
"""What goes on from line to line, and takes one more."""
_NEARER = 0.8  # of the distance to the line above: lines below that are so near take it


def with_struck_parts(blocks: Sequence[Block], paragraphs: Sequence[Paragraph]) -> list[Block]:
    """Blocks with all words of the page.

    Args:
        blocks: found in the paragraphs without what is struck out.
        paragraphs: with it.
    """
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    numbers = [number for number, line in enumerate(lines) if not line.is_struck]

    def whole(part: LinePart) -> LinePart:
        number = numbers[part.line]
        words = lines[number].words
        first, end = (_border(words, border) for border in (part.first, part.end))
        return LinePart(line=number, first=first, end=end, words=words[first:end])

    found = [rebuilt(block, whole, lambda box: box) for block in blocks]
    for number, line in enumerate(lines):
        if line.is_struck:
            found = _with_line(found, lines, number)
    return found


def _border(words: Sequence[Word], border: int) -> int:
    """Which of a line's words a border is before that lies between two of those that stand.

    Words that are struck out there belong to the side that they are nearer to.
    """
    stand = [index for index, word in enumerate(words) if not word.struck]
    if border == 0:
        return 0
    if border == len(stand):
        return len(words)
    before, after = stand[border - 1], stand[border]
    return max(range(after, before, -1), key=lambda index: _gap(words[index - 1], words[index]))


def _gap(word: Word, following: Word) -> float:
    if word.box is None or following.box is None:
        return 0.0
    return math.dist(_middle(word.box, 1, 2), _middle(following.box, 0, 3))


def _middle(box: Box, one: int, other: int) -> tuple[float, float]:
    (x1, y1), (x2, y2) = box.corners[one], box.corners[other]
    return (x1 + x2) / 2, (y1 + y2) / 2


def _with_line(blocks: list[Block], lines: Sequence[Line], number: int) -> list[Block]:
    """Blocks with a line that is struck out: beside the line before it or the one after it.

    Where neither is of what flows it is a block of its own.
    """
    line = lines[number]
    part = LinePart(line=number, end=len(line.words), words=line.words)
    beside = [(number - 1, True), (number + 1, False)]
    above, below = (_distance(line, lines, other) for other, _ in beside)
    if below < _NEARER * above:
        beside.reverse()
    for other, is_after in beside:
        for index, block in enumerate(blocks):
            changed = _with_part(block, part, other, is_after=is_after)
            if changed is not block:
                return [*blocks[:index], changed, *blocks[index + 1 :]]
    before = [n for n, block in enumerate(blocks) if any(p.line < number for p in block.parts)]
    place = before[-1] + 1 if before else 0
    return [*blocks[:place], ParagraphBlock(lines=(part,)), *blocks[place:]]


def _distance(line: Line, lines: Sequence[Line], number: int) -> float:
    if not 0 <= number < len(lines):
        return math.inf
    one, other = line.box, lines[number].box
    if one is None or other is None:
        return 0.0
    return abs(one.top + one.bottom - other.top - other.bottom) / 2


def _with_part(model: _M, part: LinePart, other: int, *, is_after: bool) -> _M:
    """A block, item or cell in which a part stands beside one of another line, if it holds one."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if not isinstance(value, tuple) or isinstance(value, Box):
            continue
        changed = _within(value, part, other, is_after=is_after)
        places = [n for n, each in enumerate(value) if _is_of(each, other)]
        if changed is None and places and isinstance(model, _FLOWING):
            place = places[-1] + 1 if is_after else places[0]
            changed = (*value[:place], part, *value[place:])
        if changed is not None:
            return model.model_copy(update={name: changed})
    return model


def _within(
    values: tuple[object, ...], part: LinePart, other: int, *, is_after: bool
) -> tuple[object, ...] | None:
    """Values of which one has taken the part; ``None`` if none has."""
    for index, value in enumerate(values):
        changed: object | None = None
        if isinstance(value, tuple):
            changed = _within(value, part, other, is_after=is_after)
        elif isinstance(value, FrozenModel) and not isinstance(value, LinePart):
            new = _with_part(value, part, other, is_after=is_after)
            changed = None if new is value else new
        if changed is not None:
            return (*values[:index], changed, *values[index + 1 :])
    return None


def _is_of(value: object, line: int) -> bool:
    return isinstance(value, LinePart) and value.line == line
