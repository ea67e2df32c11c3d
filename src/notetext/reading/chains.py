"""Joins fragments that follow each other in one line.

Of all pairs that fit, the best is joined first, and each fragment has one that follows it and one
that it follows. On a page of thousands of cells few pairs are ever looked at: from each fragment on
to the right, the nearest first, and no farther than one is found that nothing beyond can better.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from statistics import median

from notetext.reading.cancelling import nobody_gives_up
from notetext.reading.columns import Gutter
from notetext.result.structure.level import Fragment

# In heights of the writing:
_FARTHEST_NEIGHBOUR = 10.0  # as far as a slope is followed
_MISFIT = 0.5  # how far a fragment may lie off the line that it goes on
_NEAR = 3.0  # what goes on a line begins no farther above or below

_OVERLAP = 0.5  # of the narrower fragment's width; more, and they do not follow each other
_ROUNDING = 1.001  # so that no bound leaves out what the exact sum would let in
_BETWEEN_CHECKS = 256  # steps
_UNSEEN, _SEEN = 0, 1


def chains(
    fragments: Sequence[Fragment],
    gutters: Sequence[Gutter],
    check: Callable[[], None] = nobody_gives_up,
) -> list[list[Fragment]]:
    """Joins each fragment with the one that follows it in its line, the best fits first.

    Args:
        fragments: of a level page, in any order.
        gutters: across which nothing is joined.
        check: is called now and then, and raises if the work is to be given up.
    """
    next_of = _followers(fragments, gutters, check)
    following = set(next_of.values())
    found = []
    for index in range(len(fragments)):
        if index not in following:
            chain = [index]
            while chain[-1] in next_of:
                chain.append(next_of[chain[-1]])
            found.append([fragments[member] for member in chain])
    return found


def _followers(
    fragments: Sequence[Fragment], gutters: Sequence[Gutter], check: Callable[[], None]
) -> dict[int, int]:
    """Which fragment follows which, by their indices."""
    next_of: dict[int, int] = {}
    taken: set[int] = set()
    bands = _Bands(fragments)
    # The least misfit that may still come, first: of a pair that was looked at (its first, its
    # second, and no band), or of all that begin in a band from a place on (its first, the place).
    queue: list[tuple[float, int, int, int, int]] = []
    for first, left in enumerate(fragments):
        for band, place in bands.after(left):
            queue.append(
                (_least_misfit(left, bands.begin(band, place)), _UNSEEN, first, place, band)
            )
    heapify(queue)
    steps = 0
    while queue:
        steps += 1
        if steps % _BETWEEN_CHECKS == 0:
            check()
        _, kind, first, at, band = heappop(queue)
        if first in next_of:
            continue
        if kind == _SEEN:
            if at not in taken:
                next_of[first] = at
                taken.add(at)
            continue
        left = fragments[first]
        second = bands.fragment(band, at)
        if at + 1 < bands.size(band):
            beyond = _least_misfit(left, bands.begin(band, at + 1))
            heappush(queue, (beyond, _UNSEEN, first, at + 1, band))
        if second in taken or not bands.may_follow(left, fragments[second]):
            continue
        right = fragments[second]
        misfit = _misfit(left, right)
        if misfit is not None and not any(_parts(gutter, left, right) for gutter in gutters):
            heappush(queue, (misfit, _SEEN, first, second, 0))
    return next_of


class _Bands:
    """Fragments in bands of one height, by where they begin; places in a band count from 0."""

    def __init__(self, fragments: Sequence[Fragment]) -> None:
        # Only what stands at about one height can be one line.
        self._reach = _NEAR * max(fragment.height for fragment in fragments)
        self._steepest = max(abs(fragment.slope) for fragment in fragments)
        self._height = median(fragment.height for fragment in fragments) or 1.0
        self._bands: dict[int, list[tuple[float, int]]] = {}
        for index, fragment in enumerate(fragments):
            band = self._bands.setdefault(self._band_of(fragment.start_y), [])
            band.append((fragment.left, index))
        for band in self._bands.values():
            band.sort()

    def after(self, left: Fragment) -> Iterator[tuple[int, int]]:
        """The bands with what may go on a fragment's line, and the first place in each."""
        reach = self._reach_of(left)
        first, last = self._band_of(left.end_y - reach), self._band_of(left.end_y + reach)
        start = max(left.left, left.right - _OVERLAP * left.width * _ROUNDING)
        near: Iterable[int] = range(first, last + 1)
        if last - first >= len(self._bands):
            near = (band for band in self._bands if first <= band <= last)
        for band in near:
            entries = self._bands.get(band, ())
            place = bisect_left(entries, (start,))
            if place < len(entries):
                yield band, place

    def may_follow(self, left: Fragment, right: Fragment) -> bool:
        """Whether one fragment begins near the height at which another ends."""
        reach = self._reach_of(left)
        return left.end_y - reach < right.start_y <= left.end_y + reach

    def size(self, band: int) -> int:
        """How many fragments a band has."""
        return len(self._bands[band])

    def begin(self, band: int, place: int) -> float:
        """Where the fragment at a place begins."""
        return self._bands[band][place][0]

    def fragment(self, band: int, place: int) -> int:
        """The index of the fragment at a place."""
        return self._bands[band][place][1]

    def _reach_of(self, left: Fragment) -> float:
        off = (_MISFIT + self._steepest * _FARTHEST_NEIGHBOUR) * left.height * _ROUNDING
        return min(off, self._reach)

    def _band_of(self, y: float) -> int:
        return math.floor(y / self._height)


def _least_misfit(left: Fragment, begin: float) -> float:
    """What the misfit is at least of all that begin at a place or farther to the right."""
    return max(begin - left.right, 0.0) / left.height if left.height > 0 else 0.0


def _misfit(left: Fragment, right: Fragment) -> float | None:
    """How badly one fragment goes on the line of another.

    Returns:
        How far off the line plus how far away, in heights; ``None``: they are of different lines.
    """
    height = min(left.height, right.height)
    gap = right.left - left.right
    if height <= 0 or right.left <= left.left or right.right <= left.right:
        return None
    if gap < -_OVERLAP * min(left.width, right.width):
        return None
    # A long fragment tells where its line goes on; a short one may be turned anyhow.
    slope = (left.slope * left.width + right.slope * right.width) / (
        left.width + right.width or 1.0
    )
    if gap > _FARTHEST_NEIGHBOUR * height:
        # So far, no fragment knows where its line goes; but the page is level.
        slope = 0.0
    gap = max(gap, 0.0)
    off = abs(right.start_y - left.end_y - slope * gap)
    return (off + gap) / height if off < _MISFIT * height else None


def _parts(gutter: Gutter, left: Fragment, right: Fragment) -> bool:
    held = gutter.holds(left.y) and gutter.holds(right.y)
    return held and gutter.side_of(left) < gutter.side_of(right)
