"""Puts words that the writer struck out into the lines that they stand in.

Lines and paragraphs are found without them, so that the text is the same. Then a run of such words
goes where it stands on the page: between or beside words at its height, or, if there are none near
by, below the line above it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from notetext.model import Box, Line, Paragraph, Word

# In heights of the writing: how far above or below a word's middle others of its line may have
# theirs, and how far beside it they may be.
_SAME_LINE = 0.5
_BESIDE = 3.0


def with_struck(paragraphs: Sequence[Paragraph], struck: Sequence[Line]) -> tuple[Paragraph, ...]:
    r"""Paragraphs with words that are struck out, in their places; their texts stay as they are.

    >>> from notetext import Box, Line, Paragraph, Word
    >>> from notetext.reading.struck import with_struck
    >>> def word(text, left, struck=False):
    ...     return Word(text=text, box=Box.rectangle(left, 0, left + 50, 20), struck=struck)
    >>> line = Line(words=(word("see", 0), word("there", 120)))
    >>> (found,) = with_struck([Paragraph(lines=(line,))], [Line(words=(word("you", 60, True),))])
    >>> [word.text for word in found.words], found.text
    (['see', 'you', 'there'], 'see there\n')

    Args:
        paragraphs: in reading order.
        struck: runs of words of one line each, with boxes, in the same pixels.
    """
    found = [list(paragraph.lines) for paragraph in paragraphs] or [[]]
    apart = [run for run in struck if run.words and not _is_put_beside(found, run)]
    for run in sorted(apart, key=lambda run: _middle(_box_of(run))[::-1]):
        # Others that are struck out may stand in its line by now.
        if not _is_put_beside(found, run):
            _put_below(found, run)
    if not paragraphs:
        return (Paragraph(lines=tuple(found[0]), box=_around(found[0])),) if found[0] else ()
    return tuple(
        paragraph.model_copy(update={"lines": tuple(lines)})
        for paragraph, lines in zip(paragraphs, found, strict=True)
    )


def _is_put_beside(found: list[list[Line]], run: Line) -> bool:
    """Puts a run into the line that it stands in, if there is one."""
    near = [
        (distance, number, index)
        for number, lines in enumerate(found)
        for index, line in enumerate(lines)
        if _may_meet(line.box, run)
        and (distance := min(_distances(line, run), default=math.inf)) < math.inf
    ]
    if not near:
        return False
    _, number, index = min(near)
    found[number][index] = _with_run(found[number][index], run)
    return True


def _may_meet(box: Box | None, run: Line) -> bool:
    """Whether a line is near enough to be looked at word by word."""
    other = _box_of(run)
    if box is None:
        return True
    height = max(_height(box), _height(other))
    across = max(box.left, other.left) - min(box.right, other.right)
    down = max(box.top, other.top) - min(box.bottom, other.bottom)
    return across <= _BESIDE * height and down <= _SAME_LINE * height


def _distances(line: Line, run: Line) -> Iterator[float]:
    """How far the words of a line are from a run, those that are at its height and near it."""
    ends = (run.words[0], run.words[-1])[: len(run.words)]
    for word in line.words:
        for struck in ends:
            if word.box is None or struck.box is None:
                continue
            along, across = _offset(word.box, struck.box)
            height = min(_height(word.box), _height(struck.box))
            between = abs(along) - (_length(word.box) + _length(struck.box)) / 2
            if abs(across) <= _SAME_LINE * height and between <= _BESIDE * height:
                yield max(between, 0.0) + abs(across)


def _with_run(line: Line, run: Line) -> Line:
    """A line with a run between those of its words that it stands between."""
    middle = _box_of(run)
    index = sum(word.box is not None and _offset(word.box, middle)[0] > 0 for word in line.words)
    return line.model_copy(update={"words": (*line.words[:index], *run.words, *line.words[index:])})


def _put_below(found: list[list[Line]], run: Line) -> None:
    """Puts a run as a line of its own behind the nearest above it in its column.

    If there is none, it comes before the nearest below: at the end of what is read before that.
    """
    box = _box_of(run)
    places = [
        (number, index, other)
        for number, lines in enumerate(found)
        for index, line in enumerate(lines)
        if (other := line.box or _around(line.words)) is not None
    ]
    column = [place for place in places if _overlap(place[2], box)] or places
    above = [place for place in column if _middle(place[2])[1] <= _middle(box)[1]]
    if above:
        number, index, _ = max(above, key=lambda place: _middle(place[2])[1])
        found[number].insert(index + 1, run)
        return
    number, index, _ = min(column, key=lambda place: _middle(place[2])[1], default=(0, 0, box))
    if index == 0 and number > 0:
        number, index = number - 1, len(found[number - 1])
    found[number].insert(index, run)


def _overlap(one: Box, other: Box) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _offset(word: Box, other: Box) -> tuple[float, float]:
    """How far another word's middle is along a word's own direction, and across it, in pixels."""
    (x1, y1), (x2, y2) = word.corners[:2]
    length = math.dist((x1, y1), (x2, y2)) or 1.0
    cos, sin = (x2 - x1) / length, (y2 - y1) / length
    (x, y), (u, v) = _middle(word), _middle(other)
    return (u - x) * cos + (v - y) * sin, (v - y) * cos - (u - x) * sin


def _middle(box: Box) -> tuple[float, float]:
    return sum(box[::2]) / 4, sum(box[1::2]) / 4


def _length(box: Box) -> float:
    return math.dist(*box.corners[:2])


def _height(box: Box) -> float:
    return math.dist(box.corners[0], box.corners[3])


def _box_of(run: Line) -> Box:
    box = run.box or _around(run.words)
    if box is None:
        raise ValueError("words that are struck out need boxes")
    return box


def _around(pieces: Sequence[Word] | Sequence[Line]) -> Box | None:
    boxes = [piece.box for piece in pieces if piece.box is not None]
    return Box.around(boxes) if boxes else None
