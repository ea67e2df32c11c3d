"""Rows of a level page: the words at one height, whatever column they belong to.

What is asked of a row again and again, for each strip that may keep columns apart, is counted once.
"""

from __future__ import annotations

from bisect import bisect, bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from statistics import median

from notetext.result.structure.level import Fragment, Span

_SAME_ROW = 0.25  # of the height of the writing: what lies no farther apart is in one row

_left = attrgetter("left")


@dataclass(frozen=True, slots=True)
class Side:
    """What stands beside a strip in one row, as far as no wide gap ends it.

    Attributes:
        first: its first word.
        last: its last word.
        words: how many it has.
        characters: how many they have.
        letters: how many of these are letters.
    """

    first: Span
    last: Span
    words: int
    characters: int
    letters: int

    @property
    def width(self) -> float:
        """From the first word to the last, in pixels."""
        return self.last.right - self.first.left


class Row:
    """Words at one height, from left to right.

    Attributes:
        y: where their middles are.
        height: that of the writing.
        spans: where they begin and end.
    """

    __slots__ = ("_characters", "_letters", "_run_ends", "_run_starts", "height", "spans", "y")

    def __init__(self, y: float, height: float, spans: Sequence[Span], reach: float) -> None:
        """Counts what is on a row.

        Args:
            y: where the middles of its words are.
            height: that of the writing.
            spans: its words, from left to right.
            reach: how wide the gaps are that end what stands beside a strip, and no narrower one.
        """
        self.y = y
        self.height = height
        self.spans = tuple(spans)
        texts = [span.text for span in spans]
        self._characters = list(accumulate(map(len, texts), initial=0))
        self._letters = list(accumulate((sum(map(str.isalpha, text)) for text in texts), initial=0))
        # For each word, the first and the last of those that no wide gap keeps from it.
        self._run_starts = list(range(len(spans)))
        self._run_ends = list(range(len(spans)))
        for index in range(1, len(spans)):
            if spans[index].left - spans[index - 1].right <= reach:
                self._run_starts[index] = self._run_starts[index - 1]
        for index in range(len(spans) - 1, 0, -1):
            if self._run_starts[index] != index:
                self._run_ends[index - 1] = self._run_ends[index]

    @property
    def runs(self) -> list[Span]:
        """The first word of all that no wide gap parts."""
        return [
            span
            for index, (span, start) in enumerate(zip(self.spans, self._run_starts, strict=True))
            if start == index
        ]

    def free(self, left: float, right: float) -> tuple[float, float]:
        """The widest part of an interval on which no word stands; empty if there is none."""
        best, start = (left, left), left
        for index in range(max(0, bisect(self.spans, left, key=_left) - 1), len(self.spans)):
            span = self.spans[index]
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

    def beside(self, x: float) -> tuple[Side | None, Side | None]:
        """What stands to the left and to the right of a place, as far as no wide gap ends it."""
        after = bisect(self.spans, x, key=_left)
        left = self._side(self._run_starts[after - 1], after) if after else None
        right = self._side(after, self._run_ends[after] + 1) if after < len(self.spans) else None
        return left, right

    def _side(self, start: int, stop: int) -> Side:
        return Side(
            self.spans[start],
            self.spans[stop - 1],
            stop - start,
            self._characters[stop] - self._characters[start],
            self._letters[stop] - self._letters[start],
        )


def rows_of(fragments: Sequence[Fragment], unsure: float, reach: float) -> list[Row]:
    """Fragments of a like height together, from the top to the bottom.

    Args:
        fragments: in any order.
        unsure: by how much the words are narrower than they are said to be, at either end.
        reach: see `Row`.
    """
    rows: list[list[Fragment]] = []
    taken: list[tuple[float, float]] = []
    for fragment in sorted(fragments, key=lambda fragment: fragment.y):
        # The middle of a row wanders with its fragments, but none is in it twice.
        same = rows and fragment.y - _middle(rows[-1]) < _SAME_ROW * fragment.height
        if same and not _is_taken(fragment, taken):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
            taken = []
        insort(taken, (fragment.left, fragment.right))
    return [
        Row(
            median(fragment.y for fragment in row),
            median(fragment.height for fragment in row),
            [
                Span(span.text, span.left + unsure, max(span.left + unsure, span.right - unsure))
                for span in sorted((s for f in row for s in f.spans), key=_left)
            ],
            reach,
        )
        for row in rows
    ]


def _middle(row: Sequence[Fragment]) -> float:
    """The median of the heights of fragments that come from the top to the bottom."""
    half = len(row) // 2
    return row[half].y if len(row) % 2 else (row[half - 1].y + row[half].y) / 2


def _is_taken(fragment: Fragment, taken: Sequence[tuple[float, float]]) -> bool:
    """Whether a place in a row is another's already.

    Args:
        fragment: what would stand there.
        taken: from left to right; none is in the place of another, so that the last of those that
            begin before the fragment ends reaches farthest.
    """
    before = bisect_left(taken, (fragment.right,))
    return before > 0 and fragment.left < taken[before - 1][1]
