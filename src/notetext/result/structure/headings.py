"""Headings: lines that are larger than the text, underlined, or stand above it as titles do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from notetext.result.structure.markers import marker_of, weak_bullet_of
from notetext.result.structure.rows import Region, Row, gap_above

_LARGER = 1.17  # than the page's usual writing
_AS_LARGE, _A_LITTLE_LARGER, _MUCH_LARGER = 0.97, 1.07, 1.4
_STEP = 1.12  # from level to level
_APART = 1.25  # usual distances of lines
_FEW_WORDS, MOST_WORDS = 4, 9
_WIDER = 1.5  # than a heading that is no larger than the text below it
_SHORT = 9.0  # heights of the line
_NARROW = 0.75  # of the region's width
_NO_ENDS, _MIDST = ".,;:", ".,;"
_SPELLED = 0.5  # of the letters and signs, in words
# Of scripts without capitals a single character may be a word.
_WORD = re.compile(r"[^\W\d_]{2,}|[\u0590-\u1fff\u2e80-\uffdc]")


def sizes_of(regions: Sequence[Region]) -> dict[int, float]:
    """How large each line is beside the page's usual one, by its number."""
    rows = [row for region in regions for row in region.rows if row.place is not None]
    if not rows:
        return {}
    heights = {row.number: row.place.height for row in rows if row.place is not None}
    widths = {row.number: _character(row) for row in rows}
    weights = {row.number: len(row.text) for row in rows}
    height, width = (_usual(values, weights) for values in (heights, widths))
    # Boxes are as high as what is written has tall letters: the widths tell of that nothing.
    return {
        number: ((heights[number] / height) * (widths[number] / width)) ** 0.5 for number in heights
    }


def is_heading(
    rows: Sequence[Row],
    before: Row | None,
    after: Row | None,
    region: Region,
    size: float,
    *,
    leads: bool,
    is_underlined: bool = False,
) -> bool:
    """Whether a paragraph is a heading.

    Args:
        rows: its lines.
        before: the line above it.
        after: the line below it.
        region: where it stands.
        size: of its lines, beside the page's usual one.
        leads: whether a list, a table or the like is right below it.
        is_underlined: whether somebody underlined its only line.
    """
    text = rows[-1].text
    words = sum(len(row.line.words) for row in rows)
    if len(rows) > 2 or words > MOST_WORDS or not says_something(text):
        return False
    if size >= _MUCH_LARGER:
        return True
    if is_underlined and len(rows) == 1 and after is not None:
        return not text.endswith(tuple(_MIDST))
    if text.endswith(tuple(_NO_ENDS)) or after is None or len(rows) > 1:
        return False
    if size >= _LARGER:
        return True
    is_apart = (
        (before is None or gap_above(before, rows[0], region) > _APART)
        and gap_above(rows[0], after, region) > _APART
        and is_short(rows[0], region)
    )
    is_title = before is None and is_short(rows[0], region)
    if is_title and (size >= _A_LITTLE_LARGER or (leads and size >= _AS_LARGE)):
        return True
    few = words <= _FEW_WORDS and size >= _AS_LARGE and _is_wider(after, rows[0])
    return is_apart and (before is None or few or size >= _A_LITTLE_LARGER)


def says_something(text: str) -> bool:
    """Whether a line is made of words rather than of signs and single letters, as formulas and
    what stands beside a drawing are.

    >>> from notetext.result.structure.headings import says_something
    >>> says_something("May 2026"), says_something("y = 2x + b"), says_something("X a")
    (True, False, False)
    """
    written = sum(not (character.isspace() or character.isdigit()) for character in text)
    spelled = sum(len(word) for word in _WORD.findall(text))
    return spelled > 0 and spelled >= _SPELLED * written


def levels_of(headings: Sequence[tuple[int, float]]) -> list[int]:
    """The levels of a page's headings.

    What the page begins with is its title, and the other headings are below it, unless they are
    larger. Of the others, those that are clearly smaller are one level lower.

    Args:
        headings: the number of each among the page's blocks, and its size.
    """
    if not headings:
        return []
    (first, title), *rest = headings
    others = rest if first == 0 else headings
    largest = max((size for _, size in others), default=0.0)
    has_title = first == 0 and largest < _STEP * title
    levels = [
        1 + (has_title and number > 0) + (size < largest / _STEP and number > 0)
        for number, (_, size) in enumerate(headings)
    ]
    return levels if 1 in levels else [level - 1 for level in levels]


def _is_wider(row: Row, heading: Row) -> bool:
    """Whether a line is much longer than one above it, or an item; lines of an address are not."""
    if marker_of(row.text) or weak_bullet_of(row.text):
        return True
    if row.place is None or heading.place is None:
        return False
    return row.place.width > _WIDER * heading.place.width


def is_short(row: Row, region: Region) -> bool:
    """Whether a line is short by itself, or leaves room beside it."""
    if row.place is None:
        return False
    if row.place.width < _SHORT * row.place.height:
        return True
    left = min(other.place.left for other in region.rows if other.place is not None)
    return row.place.right - left < _NARROW * (region.right - left)


def _character(row: Row) -> float:
    if row.place is None:
        return 1.0
    letters = sum(len(span.text) + 1 for span in row.place.spans)
    return sum(span.right - span.left for span in row.place.spans) / max(1, letters) or 1.0


def _usual(values: dict[int, float], weights: dict[int, int]) -> float:
    """The median, by the characters of lines."""
    ranked = [value for number, value in values.items() for _ in range(weights[number])]
    return median(ranked or values.values()) or 1.0
