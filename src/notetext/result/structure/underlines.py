"""Lines that somebody underlined as a whole, as one does with titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from notetext.model import LeftOut
from notetext.result.structure.rows import Row
from notetext.result.structure.rules import Rule, joined, rules_of

# In heights of the line:
_ABOVE, _BELOW = 0.2, 0.9  # from the middle of a line down to where it is underlined
_LONGER, _SHORTER = 1.0, 1.0  # by how much an underline reaches beyond the words, or ends before
_LEAST = 2.0  # how long an underline is
_MOST = 1 / 3  # of a page's lines; if more are, rules are those of a form or of the paper


def underlined_rows(
    rows: Sequence[Row], left_out: Iterable[LeftOut], angle: float
) -> frozenset[int]:
    """The numbers of lines below which a rule runs that is about as long as they are.

    Rules to write on go on beyond the words.

    Args:
        rows: of the page.
        left_out: of the page; the rules among it count.
        angle: by how much its lines slope, in radians, clockwise.
    """
    level, _ = rules_of(left_out, angle)
    placed = [row for row in rows if row.place is not None]
    if not level or not placed:
        return frozenset()
    height = median(row.place.height for row in placed if row.place is not None)
    rules = joined(level, height)
    found = {row.number for row in placed if any(_underlines(rule, row) for rule in rules)}
    return frozenset(found if len(found) <= max(1, _MOST * len(placed)) else ())


def _underlines(rule: Rule, row: Row) -> bool:
    place = row.place
    if place is None or rule.end - rule.start < _LEAST * place.height:
        return False
    below = rule.middle - place.y
    beyond = max(place.left - rule.start, rule.end - place.right)
    short = max(rule.start - place.left, place.right - rule.end)
    return (
        _ABOVE * place.height <= below <= _BELOW * place.height
        and beyond <= _LONGER * place.height
        and short <= _SHORTER * place.height
    )
