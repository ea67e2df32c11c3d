"""Keeps the blanks of printed lines where they mean something: in code, verse and tables.

In running text indentation and wide gaps mean no more than that a paragraph begins, or that a line
was justified; that is what the paragraphs say already. But where rows have gaps that line up, or
lines that do not fill their column are indented, the blanks are part of what was written. They can
be counted where the print stands in a fixed pitch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
from statistics import median

from notetext.model import Kind, Word
from notetext.model.spacing import sets_blanks
from notetext.reading.pitch import Pitch, cells, find_pitch
from notetext.result.structure.level import Fragment

# In usual distances of lines: a wider one parts what may be set in different types.
_WIDE = 1.25
_PARTS = 3  # so many parts together are asked for their pitch, if they do not tell it alone
# How far, in pitches, words may stand beside the grid in a line of the type, half of them, and how
# many of a line's words may be wider or narrower than they should.
_BESIDE = 0.25
_MISREAD = 0.25
# How much of what lines stand beside the grid is taken over for the next one: paper is bent.
_FOLLOWED = 0.5
# In characters:
_GAP, _WIDE_GAP = 2, 3  # justified lines have gaps of two, seldom of three
_ONE_BLANK = 1.5  # a narrower gap between boxes is one blank, wherever the words begin
# Lines whose gaps line up, or that are indented, at least; so many gaps of two line up in a table,
# and not in justified lines; and the share of lines that break off where the next word would not
# have fitted, from which it is running text.
_LEAST_ROWS = 2
_LEAST_GAPS, _LINED_UP = 4, 0.8
_RUNNING = 0.5


@dataclass(frozen=True, slots=True)
class _Row:
    """A line on the grid: where each word begins, and how many characters it takes."""

    starts: tuple[int, ...]
    lengths: tuple[int, ...]

    @property
    def end(self) -> int:
        return self.starts[-1] + self.lengths[-1]

    def edges(self, gap: int) -> list[tuple[int, int]]:
        """Where the words after gaps begin and end, if the gaps are so wide."""
        ends = [start + length for start, length in zip(self.starts, self.lengths, strict=True)]
        return [
            (self.starts[index], ends[index])
            for index in range(1, len(ends))
            if self.starts[index] - ends[index - 1] >= gap
        ]


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
    texts = [word.text for word in line.line.words]
    return len(line.spans) == len(texts) and all(texts) and sets_blanks("".join(texts))


def _kept_in(lines: Sequence[Fragment]) -> list[Fragment]:
    """Keeps the blanks of all lines, or of those of their parts that are in a fixed pitch."""
    pitch = _pitch_of(lines)
    if pitch is not None:
        return _kept_on(lines, pitch)
    parts = _parts(lines)
    if len(parts) == 1:
        return [*lines]
    kept: list[Fragment] = []
    first = 0
    while first < len(parts):
        for last in range(first + 1, min(first + _PARTS, len(parts)) + 1):
            pitch = _pitch_of([*chain.from_iterable(parts[first:last])])
            if pitch is not None:
                break
        else:
            kept += parts[first]
            first += 1
            continue
        while last < len(parts) and all(_is_of(line, pitch) for line in parts[last]):
            last += 1
        kept += _kept_on([*chain.from_iterable(parts[first:last])], pitch)
        first = last
    return kept


def _pitch_of(lines: Sequence[Fragment]) -> Pitch | None:
    printed = [line for line in lines if not _is_by_hand(line)]
    return find_pitch(printed) if 2 * len(printed) > len(lines) else None


def _parts(lines: Sequence[Fragment]) -> list[list[Fragment]]:
    """The lines, divided where they are farther apart than usual."""
    distances = [below.y - above.y for above, below in pairwise(lines)]
    usual = median(distances) if distances else 0.0
    parts = [[lines[0]]]
    for line, distance in zip(lines[1:], distances, strict=True):
        if distance > _WIDE * usual:
            parts.append([])
        parts[-1].append(line)
    return parts


def _kept_on(lines: Sequence[Fragment], pitch: Pitch) -> list[Fragment]:
    """Keeps the blanks of those lines on a grid that are neither running text nor a hand's."""
    of_type = [_is_of(line, pitch) for line in lines]
    if not any(of_type):
        return [*lines]
    last = len(lines) - of_type[::-1].index(True)
    rows: dict[int, _Row] = {}
    beside = 0.0
    for index in range(of_type.index(True), last):
        line = lines[index]
        # Short lines of print are sometimes taken for a hand's.
        if not _is_by_hand(line) or of_type[index]:
            places = [pitch.place(span) - beside for span in line.spans]
            rows[index] = _row(line, places, pitch)
            if of_type[index]:
                beside += _FOLLOWED * median(place - round(place) for place in places)
    for index in _running(lines, rows):
        del rows[index]
    found = [*rows.values()]
    if not (_has_columns(found) or _is_indented(found)):
        return [*lines]
    edge = min(row.starts[0] for row in found)
    return [
        _spaced(line, rows[index], edge) if index in rows else line
        for index, line in enumerate(lines)
    ]


def _running(lines: Sequence[Fragment], rows: Mapping[int, _Row]) -> set[int]:
    """The lines of those parts that are running text."""
    running: set[int] = set()
    start = 0
    for part in _parts(lines):
        here = [index for index in range(start, start + len(part)) if index in rows]
        start += len(part)
        found = [rows[index] for index in here]
        if _is_running(found) and not _has_columns(found):
            running.update(here)
    return running


def _is_by_hand(line: Fragment) -> bool:
    return line.line.kind is Kind.HANDWRITTEN


def _is_of(line: Fragment, pitch: Pitch) -> bool:
    """Whether a line's words are as wide as their characters, and stand on the grid."""
    misread = sum(pitch.misreads(span) for span in line.spans)
    beside = (place - round(place) for place in map(pitch.place, line.spans))
    return misread <= _MISREAD * len(line.spans) and median(map(abs, beside)) <= _BESIDE


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
    """Whether words after gaps begin, or end, below each other."""
    lined_up = [any(line) for line in _lined_up(rows, _WIDE_GAP)]
    if sum(lined_up) >= _LEAST_ROWS:
        return True
    gaps = [*chain.from_iterable(_lined_up(rows, _GAP))]
    return len(gaps) >= _LEAST_GAPS and sum(gaps) >= _LINED_UP * len(gaps)


def _lined_up(rows: Sequence[_Row], gap: int) -> list[list[bool]]:
    """For each row and each of its gaps that is so wide, whether it lines up with another."""
    edges = [row.edges(gap) for row in rows]
    starts = Counter(start for row in edges for start, _ in row)
    ends = Counter(end for row in edges for _, end in row)
    return [[starts[start] > 1 or ends[end] > 1 for start, end in row] for row in edges]


def _is_indented(rows: Sequence[_Row]) -> bool:
    """Whether lines are indented."""
    edge = min((row.starts[0] for row in rows), default=0)
    return sum(row.starts[0] - edge >= _GAP for row in rows) >= _LEAST_ROWS


def _is_running(rows: Sequence[_Row]) -> bool:
    """Whether most lines break off where the next one's first word would not have fitted.

    Most of them begin at the edge, too.
    """
    edge = min((row.starts[0] for row in rows), default=0)
    if 2 * sum(row.starts[0] == edge for row in rows) < len(rows):
        return False
    width = max((row.end for row in rows), default=0)
    full = sum(row.end + 1 + below.lengths[0] > width for row, below in pairwise(rows))
    return len(rows) > _LEAST_ROWS and full >= _RUNNING * (len(rows) - 1)


def _spaced(line: Fragment, row: _Row, edge: int) -> Fragment:
    """The line with the blanks before its words, of which the first are its indentation."""
    ends = (edge, *(s + n for s, n in zip(row.starts, row.lengths, strict=True)))
    words: tuple[Word, ...] = tuple(
        word.model_copy(update={"blanks": start - end})
        for word, start, end in zip(line.line.words, row.starts, ends, strict=False)
    )
    return replace(line, line=line.line.model_copy(update={"words": words}))
