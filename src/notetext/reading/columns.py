"""Finds the empty strips that keep columns apart, by the white space of the whole page.

A strip is grown from a gap in a row, up and down, for as long as every row leaves a part of it
free. Long strips may be narrow: over ten rows no blank between words stands in one place by
chance. But columns are not all that strips part: the cells of tables, and prices from what they are
the prices of, stand in rows that are read across. Running text tells columns: its lines go on with
small letters, or hold many words, or stand beside others at no common height. So do items of lists
on both sides, and a text whose margin has notes.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from notetext.reading.cancelling import nobody_gives_up
from notetext.reading.rows import Row, Side, rows_of
from notetext.result.structure.level import Fragment

# In widths of a character. Words reach half-way into an ordinary blank, so that what is free
# between two of them is little or nothing.
_UNSURE = 0.3  # how far a word may begin or end from where it is said to
_LEAST_WIDTH = 0.5
_LEAST_SEED = 1.2
_LEAST_GAP = 1.0  # a narrower one between two words is a blank
_WIDE_FOR_NARROW = 5  # rows with a wider gap for one with a narrower
_NEXT_COLUMN = 5.0  # a wider gap ends what stands beside a strip
_RUNNING = 10.0  # lines of text are longer
_LONG, _NOTE = 20.0, 4.0  # lines of a text, and those of a note in its margin
# Rows with text on either side, and how wide the strip must be then.
_WIDTHS = ((10, 0.5), (6, 1.2), (4, 2.5), (3, 3.5), (2, 6.0))

_WORDS = 4  # in a line of verse, or another text whose lines begin with capitals
_MARK = re.compile(r"[-–—•·*○●□■☐☑☒>]|[0-9]{1,2}[.)]|[A-Za-z][.)]")
_LETTERS = 0.6  # of what is written, in lines of text
_CONTINUED = 0.3  # of the lines of a text go on with what the line before them began
_MOSTLY_CONTINUED = 0.5  # of them, beside a note in the margin
_OFF_MIDDLE = 2.0  # how far from the middle of the page a heading's middle may be
_FLUSH = 1.0  # how far apart lines of one column may begin
_ROWS_BELOW = 3  # that a heading is compared with
_ACROSS = 0.25  # of the height of the writing: what reaches no farther over a strip is beside it


@dataclass(frozen=True, slots=True)
class Gutter:
    """An empty strip between columns, in pixels of the level page.

    Attributes:
        left: where it begins.
        right: where it ends.
        top: where it begins; minus infinity if nothing above it goes across.
        bottom: likewise below.
    """

    left: float
    right: float
    top: float
    bottom: float

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2

    def holds(self, y: float) -> bool:
        """Whether it is there at a height."""
        return self.top < y < self.bottom

    def side_of(self, fragment: Fragment) -> int:
        """On which side of it a fragment stands: -1 left, 1 right, 0 if it goes across."""
        over = min(self.x - fragment.left, fragment.right - self.x)
        if over > _ACROSS * fragment.height:
            return 0
        return -1 if fragment.left + fragment.right < 2 * self.x else 1


@dataclass(frozen=True, slots=True)
class _Measures:
    """Of a page: how wide a character is, how high the writing, where the middle is, in pixels."""

    character: float
    height: float
    middle: float


def find_gutters(
    fragments: Sequence[Fragment], check: Callable[[], None] = nobody_gives_up
) -> list[Gutter]:
    """Finds the strips that keep columns apart, the longest first.

    Args:
        fragments: of a level page.
        check: is called now and then, and raises if the work is to be given up.
    """
    if not fragments:
        return []
    character = character_width(fragments)
    rows = rows_of(fragments, _UNSURE * character, _NEXT_COLUMN * character)
    measures = _Measures(
        character,
        median(row.height for row in rows),
        (min(row.spans[0].left for row in rows) + max(row.spans[-1].right for row in rows)) / 2,
    )
    found: list[tuple[int, Gutter]] = []
    strips_at: list[list[float]] = [[] for _ in rows]
    for index in range(len(rows)):
        check()
        for left, right in _gaps(*rows[index : index + 2]):
            at = bisect_left(strips_at[index], left)
            seen = at < len(strips_at[index]) and strips_at[index][at] <= right
            if seen or right - left < _LEAST_SEED * character:
                continue
            count, strip, beside = _grown(rows, index, left, right, measures)
            for row in beside:
                insort(strips_at[row], strip.x)
            long_enough = any(
                count >= least and strip.right - strip.left >= width * character
                for least, width in _WIDTHS
            )
            if long_enough and _keeps_columns_apart(
                [rows[row] for row in beside], strip, character
            ):
                found.append((count, strip))
    ranked = sorted(found, key=lambda pair: (-pair[0], pair[1].top, pair[1].x))
    return [gutter for _, gutter in ranked]


def character_width(fragments: Sequence[Fragment]) -> float:
    """The usual width of a character in pixels, at most half of the height."""
    widths = [
        fragment.width / max(1, sum(len(span.text) + 1 for span in fragment.spans) - 1)
        for fragment in fragments
    ]
    height = median(fragment.height for fragment in fragments)
    return min(median(widths), height / 2)


def _gaps(*rows: Row) -> Iterator[tuple[float, float]]:
    """The gaps in the first row, and one between it and the next if those stand side by side."""
    for before, after in pairwise(rows[0].spans):
        yield before.right, after.left
    for one, other in (rows, rows[::-1]) if len(rows) == 2 else ():
        if one.spans[-1].right < other.spans[0].left:
            yield one.spans[-1].right, other.spans[0].left


def _grown(
    rows: Sequence[Row], start: int, left: float, right: float, measures: _Measures
) -> tuple[int, Gutter, range]:
    """The strip that is grown from a gap.

    Args:
        rows: of the page.
        start: the row of the gap.
        left: where the gap begins.
        right: where it ends.
        measures: those of the page.

    Returns:
        How many rows have text on either side of it, the strip, and the rows beside it.
    """
    character = measures.character
    first = last = start
    wide = narrow = 0
    for step in (1, -1):
        index, free = start + step, (left, right)
        while 0 <= index < len(rows):
            row = rows[index]
            free = row.free(*free)
            if free[1] - free[0] < _LEAST_WIDTH * character:
                break
            gap = row.gap_at((free[0] + free[1]) / 2)
            # The blanks of a heading are wider, as it is larger.
            least = _LEAST_GAP * character * max(1.0, row.height / measures.height)
            if gap is not None and gap < least:
                # Where a strip is narrow, what is said to be a word may reach far into it; but
                # no strip ends with such a row.
                narrow += 1
                if narrow * _WIDE_FOR_NARROW > wide:
                    break
            else:
                wide += gap is not None
                left, right = free
                first, last = min(first, index), max(last, index)
            index += step
    while first < last and _is_heading(rows, first, measures):
        first += 1
    x = (left + right) / 2
    gaps = [row.gap_at(x) for row in rows[first : last + 1]]
    gutter = Gutter(
        left,
        right,
        (rows[first - 1].y + rows[first].y) / 2 if first else -math.inf,
        (rows[last].y + rows[last + 1].y) / 2 if last + 1 < len(rows) else math.inf,
    )
    between = rows[first : last + 1]
    count = sum(gap is not None for gap in gaps)
    if count == 0:
        # Rows at no common height: text on either side, one after the other.
        count = min(
            sum(row.spans[-1].right <= x for row in between),
            sum(row.spans[0].left >= x for row in between),
        )
    return count, gutter, range(first, last + 1)


def _is_heading(rows: Sequence[Row], index: int, measures: _Measures) -> bool:
    """Whether a row stands above columns: in the middle of the page, flush with none of them."""
    row = rows[index]
    left, right = row.spans[0].left, row.spans[-1].right
    off = abs((left + right) / 2 - measures.middle)
    if off > _OFF_MIDDLE * measures.character or len(row.runs) > 1:
        return False
    below = rows[index + 1 : index + 1 + _ROWS_BELOW]
    starts = [span.left for row in below for span in row.runs]
    return not any(abs(start - left) < _FLUSH * measures.character for start in starts)


def _keeps_columns_apart(rows: Sequence[Row], gutter: Gutter, character: float) -> bool:
    """Whether what stands on either side is read one side after the other."""
    sides = [row.beside(gutter.x) for row in rows]
    lefts, rights = ([side for side in column if side] for column in zip(*sides, strict=True))
    fewest = min(len(lefts), len(rights))
    if fewest < 2:
        return False
    both = (lefts, rights)
    texts = [_is_text(column, _RUNNING * character) for column in both]
    notes = [_is_text(column, _NOTE * character) for column in both]
    if sum(bool(left and right) for left, right in sides) < fewest / 2:
        # No table has its cells at different heights.
        return fewest > 2 and all(notes)
    going_on = [_continued(column) for column in both]
    if all(notes) and all(_is_list(column) for column in both):
        return True
    if all(texts):
        both = (lefts, rights)
        return max(going_on) >= _CONTINUED or all(
            median(side.words for side in column) >= _WORDS for column in both
        )
    # A note in the margin of a text.
    return fewest > 2 and any(
        _is_text(text, _LONG * character) and share >= _MOSTLY_CONTINUED and is_note
        for text, share, is_note in zip(both, going_on, reversed(notes), strict=True)
    )


def _is_text(lines: Sequence[Side], least: float) -> bool:
    """Whether lines are long enough, in pixels, and of letters enough, to be those of a text."""
    if median(line.width for line in lines) < least:
        return False
    characters = sum(line.characters for line in lines)
    return sum(line.letters for line in lines) >= _LETTERS * characters


def _is_list(lines: Sequence[Side]) -> bool:
    """Whether most lines begin with the mark or the number of an item."""
    return sum(_MARK.match(line.first.text) is not None for line in lines) > len(lines) / 2


def _continued(lines: Sequence[Side]) -> float:
    """How many of the lines go on with what the line before them began; 0 to 1."""
    going_on = sum(
        line.first.text[:1].islower() or before.last.text.endswith("-")
        for before, line in pairwise(lines)
    )
    return going_on / max(1, len(lines) - 1)
