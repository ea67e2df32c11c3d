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
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median

from notetext.reading.level import Fragment, Span

# In widths of a character. Words reach half-way into an ordinary blank, so that what is free
# between two of them is little or nothing.
_UNSURE = 0.3  # how far a word may begin or end from where it is said to
_LEAST_WIDTH = 0.5
_LEAST_SEED = 1.2
_LEAST_GAP = 1.0  # a narrower one between two words is a blank
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
_SAME_ROW = 0.25  # of the height of the writing: what lies no farther apart is in one row
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


_left = attrgetter("left")


@dataclass(frozen=True, slots=True)
class _Row:
    """Fragments at one height, and their words from left to right."""

    y: float
    spans: tuple[Span, ...]

    def free(self, left: float, right: float) -> tuple[float, float]:
        """The widest part of an interval on which no word stands; empty if there is none."""
        best, start = (left, left), left
        first = max(0, bisect(self.spans, left, key=_left) - 1)
        for span in self.spans[first:]:
            if span.right <= start:
                continue
            if span.left >= right:
                break
            if span.left - start > best[1] - best[0]:
                best = start, span.left
            start = span.right
        return (start, right) if right - start > best[1] - best[0] else best

    def gap_at(self, x: float) -> float | None:
        """How wide the gap at a place is; ``None`` if there is text on one side only."""
        after = bisect(self.spans, x, key=_left)
        if not 0 < after < len(self.spans):
            return None
        return self.spans[after].left - self.spans[after - 1].right

    def beside(self, x: float, reach: float) -> tuple[list[Span], list[Span]]:
        """The words to the left and to the right of a place, as far as no wide gap ends them."""
        after = bisect(self.spans, x, key=_left)
        return _near(self.spans[:after][::-1], reach)[::-1], _near(self.spans[after:], reach)


def find_gutters(fragments: Sequence[Fragment]) -> list[Gutter]:
    """Finds the strips that keep columns apart, the longest first."""
    if not fragments:
        return []
    character = character_width(fragments)
    rows = _rows(fragments, _UNSURE * character)
    found: list[tuple[int, Gutter]] = []
    strips_at: list[list[float]] = [[] for _ in rows]
    for index in range(len(rows)):
        for left, right in _gaps(*rows[index : index + 2]):
            seen = any(left <= x <= right for x in strips_at[index])
            if seen or right - left < _LEAST_SEED * character:
                continue
            count, strip, beside = _grown(rows, index, left, right, character)
            for at in beside:
                strips_at[at].append(strip.x)
            long_enough = any(
                count >= least and strip.right - strip.left >= width * character
                for least, width in _WIDTHS
            )
            if long_enough and _keeps_columns_apart([rows[at] for at in beside], strip, character):
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


def _rows(fragments: Sequence[Fragment], unsure: float) -> list[_Row]:
    """Fragments of a like height together, from the top to the bottom.

    Args:
        fragments: in any order.
        unsure: by how much the words are narrower than they are said to be, at either end.
    """
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda fragment: fragment.y):
        # The middle of a row wanders with its fragments, but none is in it twice.
        same = rows and fragment.y - median(f.y for f in rows[-1]) < _SAME_ROW * fragment.height
        if same and not any(_overlap(fragment, other) for other in rows[-1]):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [
        _Row(
            median(fragment.y for fragment in row),
            tuple(
                Span(span.text, span.left + unsure, max(span.left + unsure, span.right - unsure))
                for span in sorted((s for f in row for s in f.spans), key=lambda span: span.left)
            ),
        )
        for row in rows
    ]


def _gaps(*rows: _Row) -> Iterator[tuple[float, float]]:
    """The gaps in the first row, and one between it and the next if those stand side by side."""
    for before, after in pairwise(rows[0].spans):
        yield before.right, after.left
    for one, other in (rows, rows[::-1]) if len(rows) == 2 else ():
        if one.spans[-1].right < other.spans[0].left:
            yield one.spans[-1].right, other.spans[0].left


def _overlap(first: Fragment, second: Fragment) -> bool:
    return first.left < second.right and second.left < first.right


def _grown(
    rows: Sequence[_Row], start: int, left: float, right: float, character: float
) -> tuple[int, Gutter, range]:
    """The strip that is grown from a gap.

    Returns:
        How many rows have text on either side of it, the strip, and the rows beside it.
    """
    first = last = start
    for step in (1, -1):
        index = start + step
        while 0 <= index < len(rows):
            free = rows[index].free(left, right)
            gap = rows[index].gap_at((free[0] + free[1]) / 2)
            is_blank = gap is not None and gap < _LEAST_GAP * character
            if is_blank or free[1] - free[0] < _LEAST_WIDTH * character:
                break
            left, right = free
            first, last = min(first, index), max(last, index)
            index += step
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


def _keeps_columns_apart(rows: Sequence[_Row], gutter: Gutter, character: float) -> bool:
    """Whether what stands on either side is read one side after the other."""
    sides = [row.beside(gutter.x, _NEXT_COLUMN * character) for row in rows]
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
            median(map(len, column)) >= _WORDS for column in both
        )
    # A note in the margin of a text.
    return fewest > 2 and any(
        _is_text(text, _LONG * character) and share >= _MOSTLY_CONTINUED and is_note
        for text, share, is_note in zip(both, going_on, reversed(notes), strict=True)
    )


def _is_text(lines: Sequence[Sequence[Span]], least: float) -> bool:
    """Whether lines are long enough, in pixels, and of letters enough, to be those of a text."""
    written = "".join(span.text for line in lines for span in line)
    length = median(line[-1].right - line[0].left for line in lines)
    letters = sum(c.isalpha() for c in written)
    return length >= least and letters >= _LETTERS * len(written)


def _is_list(lines: Sequence[Sequence[Span]]) -> bool:
    """Whether most lines begin with the mark or the number of an item."""
    return sum(_MARK.match(line[0].text) is not None for line in lines) > len(lines) / 2


def _continued(lines: Sequence[Sequence[Span]]) -> float:
    """How many of the lines go on with what the line before them began; 0 to 1."""
    going_on = sum(
        line[0].text[:1].islower() or before[-1].text.endswith("-")
        for before, line in pairwise(lines)
    )
    return going_on / max(1, len(lines) - 1)


def _near(spans: Iterable[Span], reach: float) -> list[Span]:
    """Words that follow each other, in the order given, until a wide gap."""
    near: list[Span] = []
    for span in spans:
        if near and max(span.left - near[-1].right, near[-1].left - span.right) > reach:
            break
        near.append(span)
    return near
