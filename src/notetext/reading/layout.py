"""From the fragments that an engine found to lines, paragraphs and the order in which people read.

Everything is measured in the height of the writing, or in widths of a character, so that the size
of the page does not matter. First the page is turned `level`. Then `columns` finds the gutters, and
fragments that were found across one are parted there. Fragments that follow each other along the
slope of their own line are joined, however far apart. Last, gutters and lines are put in order:
what is above a gutter, its left side, its right side, what is below. What was inserted above a line
comes where it belongs (`insertions`). Where print in a fixed pitch
says something by its `blanks`, they are counted. What is written from right to left goes through
all that in a mirror (`direction`). What is `struck` out comes in when all that is done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from statistics import median

from notetext.engines import Reading
from notetext.model import Box, Line, Paragraph, Word
from notetext.model.direction import is_from_the_right
from notetext.reading.blanks import with_blanks
from notetext.reading.cancelling import nobody_gives_up
from notetext.reading.chains import chains
from notetext.reading.columns import Gutter, find_gutters
from notetext.reading.direction import as_read, mirrored, runs_from_the_right
from notetext.reading.insertions import with_insertions
from notetext.reading.struck import with_struck
from notetext.result.structure.level import Fragment, Span, level, turned_aside

_INDENT = 1.5  # heights of the writing
_PARAGRAPH_SPACING = 1.5  # in usual distances of lines


def arrange(reading: Reading, check: Callable[[], None] = nobody_gives_up) -> tuple[Paragraph, ...]:
    r"""Puts what an engine found into lines and paragraphs in reading order.

    No word is lost or doubled. Fragments may come in any order. Lines that come in order keep it
    and are only grouped: one without words ends a paragraph. Where there are both, the lines come
    first. Words that are struck out change nothing of that, and come to where they stand.

    >>> from notetext import Box, Line
    >>> from notetext.engines import Reading
    >>> from notetext.reading.layout import arrange
    >>> from notetext.result import Word
    >>> def fragment(text, left, top):
    ...     box = Box.rectangle(left, top, left + 100, top + 20)
    ...     return Line(words=(Word(text=text, box=box),), box=box)
    >>> found = [fragment("world", 120, 12), fragment("hello", 10, 10)]
    >>> (paragraph,) = arrange(Reading(fragments=found))
    >>> paragraph.text
    'hello world\n'

    Args:
        reading: in the pixels of the picture that the engine read.
        check: is called now and then, and raises if the work is to be given up: a page may have
            thousands of fragments.

    Returns:
        The paragraphs, with their boxes in the same pixels where the engine gave boxes.
    """
    found = _arranged(reading, check)
    return with_struck(found, reading.struck) if reading.struck else found


def _arranged(reading: Reading, check: Callable[[], None]) -> tuple[Paragraph, ...]:
    written = [line for line in reading.fragments if line.words]
    if not written:
        return _grouped(reading.lines)
    along, turned = turned_aside(written)
    fragments = level(along)
    words = [word for line in along for word in line.words]
    # Asked of all at once: most pages hold nothing of the kind.
    is_turned = is_from_the_right("".join(word.text for word in words))
    is_mirrored = is_turned and runs_from_the_right(words)
    if is_mirrored:
        fragments = sorted(map(mirrored, fragments), key=attrgetter("left"))
    gutters = find_gutters(fragments, check)
    parted = [part for fragment in fragments for part in _parted(fragment, gutters)]
    lines = [_joined(chain) for chain in chains(parted, gutters, check)]
    found = (
        _paragraph([as_read(line.line, is_mirrored) if is_turned else line.line for line in lines])
        for block in _blocks(lines, gutters)
        for lines in _paragraphs(with_blanks(with_insertions(block)))
    )
    # A note in the margin comes after the page, rather than in the middle of a sentence.
    return (*_grouped(reading.lines), *found, *_arranged(Reading(fragments=turned), check))


def _grouped(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    paragraphs: list[list[Line]] = [[]]
    for line in lines:
        if line.words:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return tuple(_paragraph(lines) for lines in paragraphs if lines)


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    boxes = [line.box for line in lines if line.box is not None]
    return Paragraph(lines=tuple(lines), box=Box.around(boxes) if boxes else None)


def _parted(fragment: Fragment, gutters: Sequence[Gutter]) -> list[Fragment]:
    """A fragment that was found across columns, in its parts."""
    for gutter in gutters:
        across = gutter.holds(fragment.y) and gutter.side_of(fragment) == 0
        if across and len(fragment.spans) == len(fragment.line.words):
            words, spans = fragment.line.words, fragment.spans
            count = sum(span.left + span.right < 2 * gutter.x for span in spans)
            if count in {0, len(spans)}:
                continue  # a word stands across, or one that is said to be wider than it is
            return [
                part
                for share in (slice(count), slice(count, None))
                for part in _parted(_part_of(fragment, words[share], spans[share]), gutters)
            ]
    return [fragment]


def _part_of(fragment: Fragment, words: Sequence[Word], spans: Sequence[Span]) -> Fragment:
    boxes = [word.box for word in words if word.box is not None]
    start, end = spans[0].left, spans[-1].right
    return replace(
        fragment,
        line=Line(words=tuple(words), box=Box.along(boxes)),
        spans=tuple(spans),
        left=start,
        right=end,
        start_y=fragment.start_y + fragment.slope * (start - fragment.left),
        end_y=fragment.start_y + fragment.slope * (end - fragment.left),
    )


def _joined(chain: Sequence[Fragment]) -> Fragment:
    """One line of fragments that follow each other."""
    if len(chain) == 1:
        return chain[0]
    first, last = chain[0], chain[-1]
    boxes = [fragment.line.box for fragment in chain if fragment.line.box is not None]
    words = tuple(word for fragment in chain for word in fragment.line.words)
    return Fragment(
        line=Line(words=words, box=Box.along(boxes) if boxes else None),
        spans=tuple(span for fragment in chain for span in fragment.spans),
        left=first.left,
        right=max(fragment.right for fragment in chain),
        start_y=first.start_y,
        end_y=last.end_y,
        height=median(fragment.height for fragment in chain),
    )


def _blocks(lines: Sequence[Fragment], gutters: Sequence[Gutter]) -> list[list[Fragment]]:
    """The columns in reading order, each from top to bottom; the longest gutter divides first."""
    for index, gutter in enumerate(gutters):
        beside = [line for line in lines if gutter.holds(line.y)]
        left = [line for line in beside if gutter.side_of(line) < 0]
        right = [line for line in beside if gutter.side_of(line) > 0]
        if not left or not right or len(left) + len(right) < len(beside):
            continue
        rest = gutters[index + 1 :]
        parts = (
            [line for line in lines if line.y <= gutter.top],
            left,
            right,
            [line for line in lines if line.y >= gutter.bottom],
        )
        return [block for part in parts for block in _blocks(part, rest)]
    ordered = sorted(lines, key=lambda line: (line.y, line.left, line.line.text))
    return [ordered] if ordered else []


def _paragraphs(lines: Sequence[Fragment]) -> list[list[Fragment]]:
    """Divides a column at wide gaps and indented lines, and where kept blanks begin or end."""
    distances = [below.y - above.y for above, below in pairwise(lines)]
    usual = median(distances) if distances else 0.0
    paragraphs = [[lines[0]]]
    for index in range(1, len(lines)):
        wide = distances[index - 1] > max(_PARAGRAPH_SPACING * usual, lines[index].height)
        of_two_kinds = lines[index - 1].line.is_spaced != lines[index].line.is_spaced
        if wide or of_two_kinds or _is_indented(lines, index):
            paragraphs.append([])
        paragraphs[-1].append(lines[index])
    return paragraphs


def _is_indented(lines: Sequence[Fragment], index: int) -> bool:
    """Whether a line begins farther to the right than both its neighbours, and says no more by it.

    The neighbours are asked, not the column, as a hand's left margin drifts.
    """
    line = lines[index]
    if index + 1 >= len(lines) or line.line.is_spaced:
        return False
    neighbours = max(lines[index - 1].left, lines[index + 1].left)
    return line.left - neighbours > _INDENT * line.height
