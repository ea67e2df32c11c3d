"""Headings by the weight of their letters: in bold print, or written with a thicker pen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notetext.result.structure.headings import MOST_WORDS, is_short, says_something
from notetext.result.structure.markers import Style, marker_of
from notetext.result.structure.rows import Region, Row, gap_above

_MOST = 0.5  # of a page's characters; where more are bold, that is its usual weight
_MOST_LINES = 2
_APART = 1.25  # usual distances of lines
_NEARER = 1.15  # to what is below it than to what is above, with room for a hand's lines
_FULL = 0.75  # of the region's width: a shorter line ends what it belongs to
_HANGING = 0.4  # heights by which the lines below a number are indented, if it is an item's
_IN_SENTENCE = (".", ",", ";")
_ENDS = (".", "!", "?", ":")
_COUNTS = (Style.NUMBER, Style.OUTLINE, Style.ROMAN, Style.LETTER)


def bold_rows(rows: Sequence[Row]) -> frozenset[int]:
    """The numbers of the lines that are bold as a whole, beside a page that mostly is not."""
    bold = [row for row in rows if row.line.words and all(word.bold for word in row.line.words)]
    if sum(len(row.text) for row in bold) > _MOST * sum(len(row.text) for row in rows):
        return frozenset()
    return frozenset(row.number for row in bold)


def bold_headings(
    region: Region, free: Sequence[bool], bold: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Bold lines that stand above text as headings do: short, by themselves, and no sentence.

    Args:
        region: the lines.
        free: which of them are no part of a table or the like.
        bold: the numbers of those that are bold.

    Yields:
        The first line of each heading, and that after its last.
    """
    rows = region.rows
    index = 0
    while index < len(rows):
        end = index
        while end < len(rows) and free[end] and rows[end].number in bold:
            if end > index and gap_above(rows[end - 1], rows[end], region) > _APART:
                break
            end += 1
        if index < end < len(rows) and _is_heading(region, index, end):
            yield index, end
        index = max(end, index + 1)


def _is_heading(region: Region, first: int, end: int) -> bool:
    rows, after = region.rows[first:end], region.rows[end]
    text = " ".join(row.text for row in rows)
    if len(rows) > _MOST_LINES or len(text.split()) > MOST_WORDS or not says_something(text):
        return False
    if text.endswith(_IN_SENTENCE) or not all(is_short(row, region) for row in rows):
        return False
    return not _is_item(rows[0], after) and (
        first == 0 or _begins(region, region.rows[first - 1], rows[0], rows[-1], after)
    )


def _begins(region: Region, before: Row, first: Row, last: Row, after: Row) -> bool:
    """Whether a line belongs to what is below it, and what is above it is at an end."""
    above, below = gap_above(before, first, region), gap_above(last, after, region)
    if below > _NEARER * above:
        return False
    if above > _APART or before.text.endswith(_ENDS) or before.place is None:
        return True
    left = min(row.place.left for row in region.rows if row.place is not None)
    return before.place.right - left < _FULL * (region.right - left)


def _is_item(row: Row, after: Row) -> bool:
    """Whether a line is the item of a list, rather than a heading with a number."""
    marker = marker_of(row.text)
    if marker is None:
        return False
    if marker.style not in _COUNTS or marker_of(after.text) is not None:
        return True
    if row.place is None or after.place is None:
        return True
    return after.place.left > row.place.left + _HANGING * row.place.height
