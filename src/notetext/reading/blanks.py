"""Keeps the blanks of printed lines where they mean something: in code, verse and tables.

In running text indentation and wide gaps mean no more than that a paragraph begins, or that a line
was justified; that is what the paragraphs say already. But where rows have gaps that line up, or
lines that do not fill their column are indented, the blanks are part of what was written. They can
be counted where the print stands in a fixed pitch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
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

    def edges(self) -> tuple[list[int], list[int]]:
        """Where the words after wide gaps begin, and where they end."""
        ends = [start + length for start, length in zip(self.starts, self.lengths, strict=True)]
        after = [
            index
            for index in range(1, len(ends))
            if self.starts[index] - ends[index - 1] >= _WIDE_GAP
        ]
        return [self.starts[index] for index in after], [ends[index] for index in after]


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
    """Whether all words of a line have places, and are of scripts that set blanks."""
    words = line.line.words
    return len(line.spans) == len(words) and all(
        word.text and sets_blanks(word.text) for word in words
    )


def _kept_in(lines: Sequence[Fragment]) -> list[Fragment]:
    """Keeps the blanks of all lines, or of those above and below the widest distance."""
    printed = [line for line in lines if not _is_by_hand(line)]
    pitch = find_pitch(printed) if 2 * len(printed) > len(lines) else None
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
    between = range(fitting[0], fitting[-1] + 1) if fitting else range(0)
    rows = {
        index: _row(lines[index], places[index], pitch)
        for index in between
        # Short lines of print are sometimes taken for a hand's.
        if not _is_by_hand(lines[index]) or _is_as_wide(lines[index], pitch)
    }
    found = [*rows.values()]
    if len(found) < _LEAST_ROWS or not (
        _has_columns(found) or (_is_indented(found) and not _is_running(found))
    ):
        return [*lines]
    edge = min(row.starts[0] for row in found)
    return [
        _spaced(line, rows[index], edge) if index in rows else line
        for index, line in enumerate(lines)
    ]


def _is_by_hand(line: Fragment) -> bool:
    return line.line.kind is Kind.HANDWRITTEN


def _is_as_wide(line: Fragment, pitch: Pitch) -> bool:
    """Whether all words of a line are as wide as their characters take in a pitch."""
    return not any(pitch.misreads(span) for span in line.spans)


def _places(line: Fragment, pitch: Pitch) -> list[float]:
    return [pitch.place(span) for span in line.spans]


def _fits(places: Sequence[float]) -> bool:
    return median(abs(place - round(place)) for place in places) <= _BESIDE


def _row(line: Fragment, places: Sequence[float], pitch: Pitch) -> _Row:
    """A line on the grid.

    A gap is as wide as the words' places say, unless the word before it was misread.
    """
    lengths = [cells(span.text) for span in line.spans]
    misread = [pitch.misreads(span) for span in line.spans]
    between = [pitch.gap(before, after) for before, after in pairwise(line.spans)]
    starts = [_beginning(places, lengths, misread, between)]
    for index, gap_seen in enumerate(between):
        end = starts[-1] + lengths[index]
        gap = round(gap_seen if misread[index] else places[index + 1] - end)
        if gap > 1 and gap_seen < _ONE_BLANK:
            gap = 1
        if gap >= _WIDE_GAP:
            # What stands in a column stays in it.
            gap = max(2, round(places[index + 1]) - end)
        starts.append(end + max(1, gap))
    return _Row(tuple(starts), tuple(lengths))


def _beginning(
    places: Sequence[float],
    lengths: Sequence[int],
    misread: Sequence[bool],
    between: Sequence[float],
) -> int:
    """Where a line begins, as all of its words say up to the first that was misread."""
    offset, said = 0, [places[0]]
    for index, gap in enumerate(between):
        if misread[index]:
            break
        offset += lengths[index] + max(1, round(gap))
        said.append(places[index + 1] - offset)
    return round(median(said))


def _has_columns(rows: Sequence[_Row]) -> bool:
    """Whether words after wide gaps begin, or end, below each other."""
    edges = [(set(starts), set(ends)) for starts, ends in map(_Row.edges, rows)]
    starts, ends = (Counter(chain.from_iterable(side)) for side in zip(*edges, strict=True))
    lined_up = sum(
        any(starts[start] > 1 for start in begun) or any(ends[end] > 1 for end in ended)
        for begun, ended in edges
    )
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
