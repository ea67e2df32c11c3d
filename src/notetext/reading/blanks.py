"""Keeps the blanks of printed lines where they mean something: in code, verse and tables.

In running text indentation and wide gaps mean no more than that a paragraph begins, or that a line
was justified; that is what the paragraphs say already. But where rows have gaps that line up, or
lines that do not fill their column are indented, the blanks are part of what was written. They can
be counted where the print stands in a fixed pitch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from notetext.model import Kind, Word
from notetext.model.spacing import sets_blanks
from notetext.reading.level import Fragment
from notetext.reading.pitch import Pitch, cells, find_pitch

# In usual distances of lines: a wider one may part what is set in one type from another.
_WIDE = 1.25
# How far, in pitches, words may stand beside the grid in a line of the type, half of them.
_BESIDE = 0.25
# In characters:
_WIDE_GAP = 3  # justified lines have gaps of two, seldom of three
_ONE_BLANK = 1.5  # a narrower gap between boxes is one blank, wherever the words begin
_MISREAD = 0.6  # a word that is so much wider or narrower than it has characters
# Lines whose gaps line up, or that are indented, at least; and the share of lines that break off
# where the next word would not have fitted, from which it is running text.
_LEAST_ROWS = 2
_RUNNING = 0.5


@dataclass(frozen=True, slots=True)
class _Row:
    """A line on the grid: where each word begins, and how many characters it takes."""

    starts: tuple[int, ...]
    lengths: tuple[int, ...]

    @property
    def end(self) -> int:
        return self.starts[-1] + self.lengths[-1]

    def edges(self) -> Iterator[tuple[int, int]]:
        """Where the words after wide gaps begin and end."""
        ends = [start + length for start, length in zip(self.starts, self.lengths, strict=True)]
        for index in range(1, len(self.starts)):
            if self.starts[index] - ends[index - 1] >= _WIDE_GAP:
                yield self.starts[index], ends[index]


def with_blanks(lines: Sequence[Fragment]) -> list[Fragment]:
    """Counts the blanks of lines in a fixed pitch, where they mean something.

    Args:
        lines: of one column, from top to bottom.

    Returns:
        The lines; in those whose blanks are kept, each word has its `Word.blanks`.
    """
    return [
        line
        for can_tell, run in groupby(lines, _can_tell)
        for line in (_kept_in(list(run)) if can_tell else run)
    ]


def _can_tell(line: Fragment) -> bool:
    """Whether a line is not handwritten, and all its words have places and set blanks."""
    words = line.line.words
    return (
        line.line.kind is not Kind.HANDWRITTEN
        and len(line.spans) == len(words)
        and all(word.text and sets_blanks(word.text) for word in words)
    )


def _kept_in(lines: Sequence[Fragment]) -> list[Fragment]:
    """Keeps the blanks of all lines, or of those above and below the widest distance."""
    pitch = find_pitch(lines)
    if pitch is not None:
        return _kept_on(lines, pitch)
    distances = [below.y - above.y for above, below in pairwise(lines)]
    if not distances or max(distances) <= _WIDE * median(distances):
        return [*lines]
    cut = distances.index(max(distances)) + 1
    return [*_kept_in(lines[:cut]), *_kept_in(lines[cut:])]


def _kept_on(lines: Sequence[Fragment], pitch: Pitch) -> list[Fragment]:
    """Keeps the blanks of lines on a grid, but for those of another type above and below."""
    places = [_places(line, pitch) for line in lines]
    fitting = [index for index, found in enumerate(places) if _fits(found)]
    if not fitting:
        return [*lines]
    first, last = fitting[0], fitting[-1] + 1
    rows = [
        _row(line, found, pitch)
        for line, found in zip(lines[first:last], places[first:last], strict=True)
    ]
    if not (_has_columns(rows) or (_is_indented(rows) and not _is_running(rows))):
        return [*lines]
    edge = min(row.starts[0] for row in rows)
    kept = [
        _spaced(line, row, edge) for line, row in zip(lines[first:last], rows, strict=True)
    ]
    return [*lines[:first], *kept, *lines[last:]]


def _places(line: Fragment, pitch: Pitch) -> list[float]:
    return [pitch.place(span) for span in line.spans]


def _fits(places: Sequence[float]) -> bool:
    return median(abs(place - round(place)) for place in places) <= _BESIDE


def _row(line: Fragment, places: Sequence[float], pitch: Pitch) -> _Row:
    """A line on the grid.

    A gap is as wide as the words' places say, unless the word before it was misread.
    """
    starts = [round(places[0])]
    lengths = [cells(span.text) for span in line.spans]
    for index, (before, after) in enumerate(pairwise(line.spans)):
        end = starts[-1] + lengths[index]
        between = pitch.gap(before, after)
        misread = abs(pitch.misread_by(before)) > _MISREAD
        gap = round(between if misread else places[index + 1] - end)
        if gap > 1 and between < _ONE_BLANK:
            gap = 1
        if gap >= _WIDE_GAP:
            # What stands in a column stays in it.
            gap = max(2, round(places[index + 1]) - end)
        starts.append(end + max(1, gap))
    return _Row(tuple(starts), tuple(lengths))


def _has_columns(rows: Sequence[_Row]) -> bool:
    """Whether words after wide gaps begin, or end, below each other."""
    edges = [list(row.edges()) for row in rows]
    lined_up = 0
    for index, mine in enumerate(edges):
        others = [edge for other in (*edges[:index], *edges[index + 1 :]) for edge in other]
        starts, ends = {start for start, _ in others}, {end for _, end in others}
        lined_up += any(start in starts or end in ends for start, end in mine)
    return lined_up >= _LEAST_ROWS


def _is_indented(rows: Sequence[_Row]) -> bool:
    edge = min(row.starts[0] for row in rows)
    return sum(row.starts[0] - edge >= _LEAST_ROWS for row in rows) >= _LEAST_ROWS


def _is_running(rows: Sequence[_Row]) -> bool:
    """Whether most lines break off where the next one's first word would not have fitted."""
    width = max(row.end for row in rows)
    full = sum(row.end + 1 + below.lengths[0] > width for row, below in pairwise(rows))
    return full >= _RUNNING * (len(rows) - 1)


def _spaced(line: Fragment, row: _Row, edge: int) -> Fragment:
    """The line with the blanks before its words, of which the first are its indentation."""
    ends = (edge, *(s + n for s, n in zip(row.starts, row.lengths, strict=True)))
    words: tuple[Word, ...] = tuple(
        word.model_copy(update={"blanks": start - end})
        for word, start, end in zip(line.line.words, row.starts, ends, strict=False)
    )
    return replace(line, line=line.line.model_copy(update={"words": words}))
