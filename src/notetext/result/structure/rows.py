"""The lines of a page as the finders of blocks see them: level, with their indentation and size."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from notetext.model import Line, LinePart, Paragraph
from notetext.result.structure.level import Fragment, level_angle, levelled, turned_aside

# Of the distances of lines, at least so many are those within paragraphs, and the others so many
# times as wide.
_LEAST_CLOSE, _WIDER = 0.2, 1.22


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page.

    Attributes:
        number: among the page's lines, from 0.
        paragraph: the number of its paragraph.
        line: what is written.
        place: where it stands on the level page; ``None`` if nobody knows, or it runs across.
    """

    number: int
    paragraph: int
    line: Line
    place: Fragment | None

    @property
    def whole(self) -> LinePart:
        """All of the line, as a part of a block."""
        return self.part(0, len(self.line.words))

    def part(self, first: int, end: int) -> LinePart:
        """Some of its words."""
        return LinePart(line=self.number, first=first, end=end, words=self.line.words[first:end])

    @property
    def text(self) -> str:
        """The words in one line."""
        return " ".join(self.line.text.split())


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that follow each other down a column.

    Attributes:
        rows: at least one, from top to bottom.
        distance: the usual one of two lines, in pixels; 0 if nobody knows.
        height: the usual one of a line.
        character: the usual width of a character.
        right: where its longest line ends.
    """

    rows: tuple[Row, ...]
    distance: float
    height: float
    character: float
    right: float


def regions_of(paragraphs: Sequence[Paragraph]) -> tuple[list[Region], float]:
    """The lines of a page, column by column, and by how much they slope, in radians, clockwise."""
    lines = [
        (number, line) for number, paragraph in enumerate(paragraphs) for line in paragraph.lines
    ]
    placed = [line for _, line in lines if line.words and _has_place(line)]
    along = {id(line) for line in turned_aside(placed)[0]} if placed else set()
    level_lines = [line for line in placed if id(line) in along]
    angle = level_angle(level_lines) if level_lines else 0.0
    places = {
        id(line): fragment
        for line, fragment in zip(level_lines, levelled(level_lines, angle), strict=True)
    }
    rows = [
        Row(number, paragraph, line, places.get(id(line)))
        for number, (paragraph, line) in enumerate(lines)
    ]
    return [_region(rows) for rows in _columns(rows)], angle


def gap_above(before: Row, row: Row, region: Region) -> float:
    """How far a line stands below another, in usual distances of lines; 1 if nobody knows."""
    if before.place is None or row.place is None or not region.distance:
        return 1.0 if before.paragraph == row.paragraph else math.inf
    return (row.place.y - before.place.y) / region.distance


def _has_place(line: Line) -> bool:
    return line.box is not None or any(word.box is not None for word in line.words)


def _columns(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Runs of lines of which each stands below the one before."""
    run: list[Row] = []
    for row in rows:
        if run and not _goes_on(run[-1], row):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _goes_on(before: Row, row: Row) -> bool:
    if before.place is None or row.place is None:
        return before.place is row.place
    return row.place.y > before.place.y - before.place.height / 2


def _region(rows: Sequence[Row]) -> Region:
    places = [row.place for row in rows if row.place is not None]
    if not places:
        return Region(tuple(rows), 0.0, 0.0, 0.0, 0.0)
    distances = [below.y - above.y for above, below in pairwise(places)]
    height = median(place.height for place in places)
    distance = _usual_distance([each for each in distances if each > height / 3]) or height
    spans = [span for place in places for span in place.spans]
    # Words reach half-way into the blanks around them.
    letters = sum(len(span.text) + 1 for span in spans)
    character = sum(span.right - span.left for span in spans) / max(1, letters)
    right = max(place.right for place in places)
    return Region(tuple(rows), distance, height, character, right)


def _usual_distance(distances: Sequence[float]) -> float:
    """The distance of two lines of one paragraph; 0 if there are no two.

    On pages of many short paragraphs most are wider: then there are some that are much narrower.
    """
    ranked = sorted(distances)
    if not ranked:
        return 0.0
    for count in range(max(1, round(_LEAST_CLOSE * len(ranked))), len(ranked)):
        close, wide = ranked[count - 1], ranked[count]
        if wide > _WIDER * close and 2 * count <= len(ranked):
            return median(ranked[:count])
    return median(ranked)
