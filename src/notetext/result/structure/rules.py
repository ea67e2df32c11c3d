"""Drawn rules on the level page, and the grids that they make."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from notetext.model import Box, LeftOut, LeftOutReason

# In heights of the writing:
_TOUCHES = 0.35  # how far from each other rules end that meet
_GOES_ON = 0.1  # how far apart the pieces of one rule stand that touch each other
_SAME = 0.4  # how far apart the pieces of one rule stand
_OVER = 0.5  # how far rules reach beyond the outermost across them, if a column or row is there
_ALIKE = 1.5  # how far apart level rules begin, or end, that belong together
_SHARED = 0.8  # of the shorter of two, in which the other is above or below it


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule, or a piece of one; of a level one along is x, of an upright one y.

    Attributes:
        start: where it begins along itself.
        end: where it ends.
        at_start: where it stands across itself, at its start.
        at_end: likewise at its end.
    """

    start: float
    end: float
    at_start: float
    at_end: float

    def at(self, along: float) -> float:
        """Where it stands across itself, also beside its ends."""
        share = (along - self.start) / ((self.end - self.start) or 1.0)
        return self.at_start + min(max(share, 0.0), 1.0) * (self.at_end - self.at_start)

    @property
    def middle(self) -> float:
        """Where it stands in its middle."""
        return (self.at_start + self.at_end) / 2


class Edge:
    """Where one row or column of a grid ends and the next begins: all rules there."""

    def __init__(self, rules: Sequence[Rule], place: float) -> None:
        """Takes the rules, or the place where none is drawn.

        Args:
            rules: in any order; none if the edge is open.
            place: where it stands.
        """
        self.rules = tuple(sorted(rules, key=lambda rule: rule.start))
        self.place = place
        knots = [
            knot
            for rule in self.rules
            for knot in ((rule.start, rule.at_start), (rule.end, rule.at_end))
        ]
        self._along = [along for along, _ in sorted(knots)]
        self._across = [across for _, across in sorted(knots)]

    def at(self, along: float) -> float:
        """Where it stands at a place along it."""
        if not self._along:
            return self.place
        after = bisect(self._along, along)
        if after in {0, len(self._along)}:
            return self._across[0 if after == 0 else -1]
        (x1, x2), (y1, y2) = (
            values[after - 1 : after + 1] for values in (self._along, self._across)
        )
        return y1 + (y2 - y1) * (along - x1) / ((x2 - x1) or 1.0)

    def covered(self, start: float, end: float) -> float:
        """How much of an interval along it is drawn, 0 to 1."""
        drawn, reached = 0.0, start
        for rule in self.rules:
            first, last = max(rule.start, reached), min(rule.end, end)
            if last > first:
                drawn += last - first
                reached = last
        return drawn / max(end - start, 1e-9)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rules that belong together.

    Attributes:
        rows: the edges of its rows, from top to bottom; one more than there are rows.
        columns: those of its columns, from left to right.
    """

    rows: tuple[Edge, ...]
    columns: tuple[Edge, ...]

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and the column in which a place is; ``None`` if it is outside."""
        row = bisect(self.rows, y, key=lambda edge: edge.at(x)) - 1
        column = bisect(self.columns, x, key=lambda edge: edge.at(y)) - 1
        is_inside = 0 <= row < len(self.rows) - 1 and 0 <= column < len(self.columns) - 1
        return (row, column) if is_inside else None

    def place(self, top: int, left: int, bottom: int, right: int, angle: float) -> Box:
        """Where the cells between four edges stand on the page.

        Args:
            top: the number of an edge of rows.
            left: of one of columns.
            bottom: of one of rows.
            right: of one of columns.
            angle: by how much the page's lines slope, in radians, clockwise.
        """
        cos, sin = math.cos(angle), math.sin(angle)
        places = ((top, left), (top, right), (bottom, right), (bottom, left))
        corners = (self._crossing(row, column) for row, column in places)
        return Box.of_corners((x * cos - y * sin, x * sin + y * cos) for x, y in corners)

    def _crossing(self, row: int, column: int) -> tuple[float, float]:
        y = self.rows[row].at(self.columns[column].place)
        return self.columns[column].at(y), y


def rules_of(left_out: Iterable[LeftOut], angle: float) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright rules of a page.

    Args:
        left_out: of the page.
        angle: by how much its lines slope, in radians, clockwise.
    """
    level: list[Rule] = []
    upright: list[Rule] = []
    for piece in left_out:
        if piece.reason is LeftOutReason.RULE and piece.box is not None:
            (x1, y1), (x2, y2) = _ends(piece.box, angle)
            if abs(x2 - x1) >= abs(y2 - y1):
                (x1, y1), (x2, y2) = sorted([(x1, y1), (x2, y2)])
                level.append(Rule(x1, x2, y1, y2))
            else:
                (y1, x1), (y2, x2) = sorted([(y1, x1), (y2, x2)])
                upright.append(Rule(y1, y2, x1, x2))
    return level, upright


def _ends(box: Box, angle: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The middles of a thin box's two short sides, on the level page."""
    cos, sin = math.cos(-angle), math.sin(-angle)
    corners = [(x * cos - y * sin, x * sin + y * cos) for x, y in box.corners]
    sides = [*pairwise([*corners, corners[0]])]
    if math.dist(*sides[0]) >= math.dist(*sides[1]):
        sides = sides[1:]
    (a, b), (c, d) = sides[0], sides[2]
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), ((c[0] + d[0]) / 2, (c[1] + d[1]) / 2)


def joined(rules: Sequence[Rule], height: float) -> list[Rule]:
    """Rules, of which pieces that go on from each other, such as the sides of cells, are one.

    Args:
        rules: level ones, or upright ones.
        height: that of the writing.
    """
    runs: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.middle):
        if runs and rule.middle - runs[-1][-1].middle <= _GOES_ON * height:
            runs[-1].append(rule)
        else:
            runs.append([rule])
    whole: list[Rule] = []
    for run in runs:
        parts: list[Rule] = []
        for rule in sorted(run, key=lambda rule: rule.start):
            before = parts[-1] if parts else None
            if (
                before is not None
                and rule.start - before.end <= _TOUCHES * height
                and abs(rule.at_start - before.at(rule.start)) <= _GOES_ON * height
            ):
                if rule.end > before.end:
                    parts[-1] = Rule(before.start, rule.end, before.at_start, rule.at_end)
            else:
                parts.append(rule)
        whole += parts
    return whole


def grids_of(level: Sequence[Rule], upright: Sequence[Rule], height: float) -> list[Grid]:
    """The grids that rules make, and the rows that level ones make without upright ones.

    Args:
        level: rules.
        upright: likewise.
        height: that of the writing.
    """
    groups: list[tuple[set[int], set[int]]] = []
    for number, rule in enumerate(level):
        met = {n for n, other in enumerate(upright) if _meet(rule, other, _TOUCHES * height)}
        near = [group for group in groups if group[1] & met]
        groups = [group for group in groups if group not in near]
        groups.append(
            (
                {number}.union(*(group[0] for group in near)),
                met.union(*(group[1] for group in near)),
            )
        )
    grids = []
    alone: list[Rule] = []
    for numbers, others in groups:
        rules = [level[number] for number in sorted(numbers)]
        if others:
            across = [upright[number] for number in sorted(others)]
            grids.append(_grid(rules, across, height))
        else:
            alone += rules
    return [*grids, *_without_columns(alone, height)]


def _meet(level: Rule, upright: Rule, reach: float) -> bool:
    y, x = level.at(upright.middle), upright.at(level.middle)
    return (
        level.start - reach <= x <= level.end + reach
        and upright.start - reach <= y <= upright.end + reach
    )


def _grid(level: Sequence[Rule], upright: Sequence[Rule], height: float) -> Grid:
    x = (min(rule.start for rule in level) + max(rule.end for rule in level)) / 2
    y = (min(rule.start for rule in upright) + max(rule.end for rule in upright)) / 2
    rows, columns = _edges(level, x, height), _edges(upright, y, height)
    return Grid(_with_open_sides(rows, columns, height), _with_open_sides(columns, rows, height))


def _edges(rules: Sequence[Rule], along: float, height: float) -> list[Edge]:
    """Rules, or pieces of them, that stand at one place as one; all are taken to be parallel."""
    slopes = [
        (rule.at_end - rule.at_start) / (rule.end - rule.start)
        for rule in sorted(rules, key=lambda rule: rule.start - rule.end)
        if rule.end > rule.start
    ]
    # Long ones know best.
    slope = median(slopes[: max(1, (len(slopes) + 1) // 2)]) if slopes else 0.0

    def place(rule: Rule) -> float:
        return rule.middle + slope * (along - (rule.start + rule.end) / 2)

    runs: list[list[Rule]] = []
    for rule in sorted(rules, key=place):
        if runs and place(rule) - place(runs[-1][-1]) <= _SAME * height:
            runs[-1].append(rule)
        else:
            runs.append([rule])
    return [Edge(run, sum(map(place, run)) / len(run)) for run in runs]


def _with_open_sides(
    edges: Sequence[Edge], across: Sequence[Edge], height: float
) -> tuple[Edge, ...]:
    """Adds an edge where most rules go on beyond the outermost that they cross: a side is open."""
    starts = sorted(min(rule.start for rule in edge.rules) for edge in across)
    ends = sorted((max(rule.end for rule in edge.rules) for edge in across), reverse=True)
    first, last = starts[(len(starts) - 1) // 2], ends[(len(ends) - 1) // 2]
    before = [Edge((), first)] if first < edges[0].place - _OVER * height else []
    after = [Edge((), last)] if last > edges[-1].place + _OVER * height else []
    return (*before, *edges, *after)


def _without_columns(level: Sequence[Rule], height: float) -> list[Grid]:
    """Level rules that begin or end below each other: a single column so far."""
    reach = _ALIKE * height
    groups: list[list[Rule]] = []
    for rule in sorted(level, key=lambda rule: rule.middle):
        for group in groups:
            if any(_are_alike(rule, other, reach) for other in group):
                group.append(rule)
                break
        else:
            groups.append([rule])
    grids = []
    for group in groups:
        left, right = median(rule.start for rule in group), median(rule.end for rule in group)
        edges = _edges(group, (left + right) / 2, height)
        if len(edges) > 1:
            sides = (Edge((), left - height), Edge((), right + height))
            grids.append(Grid(tuple(edges), sides))
    return grids


def _are_alike(one: Rule, other: Rule, reach: float) -> bool:
    """Whether level rules begin or end below each other and share most of their length."""
    first, last = max(one.start, other.start), min(one.end, other.end)
    shorter = min(one.end - one.start, other.end - other.start)
    beside = min(abs(one.start - other.start), abs(one.end - other.end))
    return beside <= reach and last - first >= _SHARED * shorter
