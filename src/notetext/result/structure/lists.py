"""Lists: lines that begin with markers, nested by where they begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from notetext.model import LinePart, ListBlock, ListItem, Task
from notetext.result.structure.markers import (
    Marker,
    Style,
    box_of,
    lone_bullet,
    marker_of,
    misread_one,
    roman_of,
    weak_bullet_of,
)
from notetext.result.structure.marks import DrawnMark
from notetext.result.structure.rows import Region, Row, gap_above

# In heights of the writing:
_DEEPER = 0.55  # how much farther right the items below an item begin
_HANGING = 0.4  # how much farther right than its marker an item goes on
# In usual distances of lines:
_SAME_LINE = 0.6  # a bullet that was found by itself stands before the next line
_NEXT_LINE = 1.38  # an item goes on at that distance
_SAME_LIST = 2.6  # and its list with another
_ALMOST = 2.0  # heights that a line may leave free above a dash in a text
_FULL = 0.5  # heights that a full line may leave free

_TWO_LETTERS = 4
"""Characters of two letters with their points."""
_POINT = "."
"""What a bullet is often read as."""
_NEAR = 3
"""So many lines above and below are asked whether a line may be an item, as they are."""
_SEVERAL = 2
"""Of them that may be items, whatever they begin with."""


@dataclass(slots=True)
class _Entry:
    """An item that is being written."""

    marker: Marker
    left: float | None
    parts: list[LinePart]
    last: Row
    entries: list[_Entry] = field(default_factory=list)

    def item(self) -> ListItem:
        marker = self.marker
        below = tuple(entry.item() for entry in self.entries)
        lines = tuple(self.parts)
        if marker.style is Style.TASK:
            return Task(
                marker=marker.text, mark=marker.drawn, lines=lines, items=below, done=marker.done
            )
        return ListItem(
            marker=marker.text,
            number=marker.number if marker.style is Style.NUMBER else None,
            mark=marker.drawn,
            lines=lines,
            items=below,
        )


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list, and which rows of the region it takes, from the first up to that before the end."""

    first: int
    end: int
    block: ListBlock


def find_lists(
    region: Region, free: Sequence[bool], drawn: dict[int, list[DrawnMark]]
) -> list[FoundList]:
    """Finds the lists of a region.

    Args:
        region: the lines.
        free: which of them are no part of a table or the like.
        drawn: the marks that are drawn on lines, by their numbers.
    """
    markers = _markers(region, free, drawn)
    found: list[FoundList] = []
    index = 0
    while index < len(region.rows):
        if markers[index] is None:
            index += 1
            continue
        end, block = _list_from(region, index, markers, free, drawn)
        found.append(FoundList(index, end, block))
        index = end
    return found


def _markers(
    region: Region, free: Sequence[bool], drawn: dict[int, list[DrawnMark]]
) -> list[Marker | None]:
    """What each line of a region begins with, if it is an item."""
    markers: list[Marker | None] = []
    for row, is_free in zip(region.rows, free, strict=True):
        marks = drawn.get(row.number, ())
        said = marker_of(row.text) if is_free else None
        if is_free and marks:
            said = marks[0].marker
        markers.append(said)
    # Twice, since what is one for those beside it makes markers of them, too.
    for _ in range(2):
        for index in range(len(region.rows)):
            if free[index]:
                markers[index] = _beside_others(region, index, markers) or markers[index]
    found = _counting(markers)
    return [
        None if _is_dash_in_text(region, index, found) else marker
        for index, marker in enumerate(found)
    ]


def _is_dash_in_text(region: Region, index: int, markers: list[Marker | None]) -> bool:
    """Whether a line begins with a bullet only because a dash came first in it.

    It is alone, and the line above it is full.
    """
    marker, row = markers[index], region.rows[index]
    if marker is None or marker.style is not Style.BULLET or marker.drawn or not index:
        return False
    near = markers[max(0, index - _NEAR) : index] + markers[index + 1 : index + 1 + _NEAR]
    above = region.rows[index - 1]
    if any(near) or above.paragraph != row.paragraph or row.place is None or above.place is None:
        return False
    return region.right - above.place.right < _ALMOST * region.height


def _beside_others(region: Region, index: int, markers: Sequence[Marker | None]) -> Marker | None:
    """What a line begins with that is a marker only because of the lines near it."""
    rows = region.rows
    text = rows[index].text
    if markers[index] is None and index + 1 < len(rows):
        lone = lone_bullet(text)
        if lone is not None and gap_above(rows[index], rows[index + 1], region) < _SAME_LINE:
            return lone
    near = [
        other
        for other in range(max(0, index - _NEAR), min(len(rows), index + _NEAR + 1))
        if other != index
    ]
    found = [markers[other] for other in near]
    if (roman := roman_of(text)) is not None and _counts_beside(
        roman, [other for n in near if (other := roman_of(rows[n].text)) is not None]
    ):
        return roman
    if any(other is not None and other.number == 2 for other in found):
        one = misread_one(text)
        if one is not None:
            return one
    weak = weak_bullet_of(text) if markers[index] is None else None
    if weak is None:
        return None
    if any(other is not None and other.style is Style.BULLET for other in found):
        return weak
    signs = [other.text for n in near if (other := weak_bullet_of(rows[n].text)) is not None]
    is_same = weak.text != _POINT and weak.text in signs
    return weak if is_same or len(signs) >= _SEVERAL else None


def _counts_beside(roman: Marker, others: Sequence[Marker]) -> bool:
    """Whether a Roman number has the next or the one before beside it; two letters may be names."""
    return any(
        abs((other.number or 0) - (roman.number or 0)) == 1
        and len(other.text) + len(roman.text) > _TWO_LETTERS
        for other in others
    )


def _counting(markers: Sequence[Marker | None]) -> list[Marker | None]:
    """Numbers and letters count where the next or the one before is there as well."""
    counted: list[Marker | None] = []
    for index, marker in enumerate(markers):
        if marker is None or marker.number is None:
            counted.append(marker)
            continue
        after = (other for other in markers[index + 1 :] if other is not None)
        before = (other for other in markers[:index][::-1] if other is not None)
        follows = any(_follows(other, marker) for other in before)
        counted.append(marker if follows or any(_follows(marker, o) for o in after) else None)
    return counted


def _follows(before: Marker, marker: Marker) -> bool:
    """Whether a marker counts on from one before it, or is the first below it."""
    if before.number is None or marker.number is None:
        return False
    if before.style is marker.style and before.prefix == marker.prefix:
        return marker.number == before.number + 1
    numbers = (Style.NUMBER, Style.OUTLINE)
    is_below = marker.style is Style.OUTLINE and before.style in numbers
    return is_below and marker.prefix == f"{before.prefix}{before.number}." and marker.number == 1


def _list_from(
    region: Region,
    start: int,
    markers: Sequence[Marker | None],
    free: Sequence[bool],
    drawn: dict[int, list[DrawnMark]],
) -> tuple[int, ListBlock]:
    """A list that begins at a line: the line after its last, and the list."""
    roots: list[_Entry] = []
    open_entries: list[_Entry] = []
    index = start
    while index < len(region.rows) and free[index]:
        row, marker = region.rows[index], markers[index]
        last = open_entries[-1] if open_entries else None
        if marker is None:
            if last is None or not _goes_on(last, row, region):
                break
            last.parts.append(row.whole)
            last.last = row
            index += 1
            continue
        if last is not None and not _is_of_list(last, roots, row, marker, region):
            break
        for entry in _entries(row, marker, drawn.get(row.number, ())):
            _insert(entry, roots, open_entries, region)
        index += 1
    return index, ListBlock(items=tuple(entry.item() for entry in roots))


def _entries(row: Row, marker: Marker, marks: Sequence[DrawnMark]) -> list[_Entry]:
    """The items of a line: one, or as many as have a box in it."""
    left = marker.left
    if left is None and row.place is not None:
        left = row.place.left
    boxes = [(mark.before, mark.marker) for mark in marks if mark.marker.style is Style.TASK]
    if not boxes and marker.style is Style.TASK:
        words = enumerate(row.line.words)
        boxes = [(n, box) for n, word in words if (box := box_of(word.text)) is not None]
    count = len(row.line.words)
    inner = [(before, box) for before, box in boxes[1:] if 0 < before < count]
    if not inner:
        return [_Entry(marker, left, [row.whole], row)]
    starts = [0, *(before for before, _ in inner)]
    ends = [*starts[1:], count]
    found = [marker, *(box for _, box in inner)]
    return [
        _Entry(each, left, [row.part(first, end)], row)
        for each, first, end in zip(found, starts, ends, strict=True)
    ]


def _insert(entry: _Entry, roots: list[_Entry], open_entries: list[_Entry], region: Region) -> None:
    """Puts an item below the one that it belongs to."""
    step = _DEEPER * region.height
    while open_entries:
        above = open_entries[-1]
        if entry.left is None or above.left is None:
            is_below = _is_kind_below(entry, open_entries)
        else:
            is_below = entry.left > above.left + step or (
                entry.left > above.left - step and _is_kind_below(entry, open_entries)
            )
        if is_below:
            break
        open_entries.pop()
    (open_entries[-1].entries if open_entries else roots).append(entry)
    open_entries.append(entry)


def _is_kind_below(entry: _Entry, open_entries: Sequence[_Entry]) -> bool:
    """Whether an item that is not indented is still below another: bullets below a number."""
    above = open_entries[-1]
    if entry.marker.style is Style.OUTLINE and above.marker.style in (Style.NUMBER, Style.OUTLINE):
        return entry.marker.prefix.count(".") > above.marker.prefix.count(".")
    counts = (Style.NUMBER, Style.LETTER, Style.ROMAN)
    if above.marker.style not in counts or entry.marker.style is above.marker.style:
        return False
    if any(other.marker.style is entry.marker.style for other in open_entries):
        return False
    return entry.marker.style not in counts or entry.marker.number == 1


def _goes_on(entry: _Entry, row: Row, region: Region) -> bool:
    """Whether a line without a marker goes on with an item."""
    before = entry.last
    if row.place is None or before.place is None or entry.left is None:
        return row.paragraph == before.paragraph
    if gap_above(before, row, region) > _NEXT_LINE:
        return False
    if row.place.left > entry.left + _HANGING * row.place.height:
        return True
    # At the margin it goes on only with a line that was full.
    first = row.place.spans[0]
    room = region.right - before.place.right
    is_full = room < first.right - first.left + _FULL * row.place.height
    return is_full and row.paragraph == before.paragraph


def _is_of_list(
    last: _Entry, roots: Sequence[_Entry], row: Row, marker: Marker, region: Region
) -> bool:
    """Whether a line with a marker belongs to the list before it."""
    gap = gap_above(last.last, row, region)
    if gap > _SAME_LIST:
        return _counts_on(roots, marker) and last.left is not None
    if marker.number == 1 and marker.style in {entry.marker.style for entry in roots}:
        left = row.place.left if row.place is not None else None
        return (
            left is not None
            and roots[-1].left is not None
            and left > roots[-1].left + _DEEPER * region.height
        )
    return True


def _counts_on(roots: Sequence[_Entry], marker: Marker) -> bool:
    last = roots[-1].marker
    return (
        marker.style is last.style
        and marker.number is not None
        and last.number is not None
        and marker.number == last.number + 1
    )
