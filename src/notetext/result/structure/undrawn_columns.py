"""Columns that are not drawn, of a table with level rules or a frame: what its rows leave free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from notetext.model import Table
from notetext.result.structure.cells import Placed, cell_of
from notetext.result.structure.rules import Grid
from notetext.result.structure.tables import has_header
from notetext.result.structure.undrawn_rows import clusters, is_text, rows_between

_FILLED = 0.6  # of the cells
# In widths of a character:
_STRIP, _NAMES, _GAP = 0.7, 0.2, 1.2
_FEW_BANDS = 3  # between level rules alone: that below the header holds the rows


def by_columns(
    grid: Grid, inside: Mapping[tuple[int, int], Sequence[Placed]], height: float
) -> Table | None:
    """A table whose columns are not drawn: they are what all rows leave free between them.

    Args:
        grid: of a single column.
        inside: the words in each of its rows.
        height: that of the writing.
    """
    bands = [words for row in range(len(grid.rows) - 1) if (words := inside.get((row, 0)))]
    words = [word for band in bands for word in band]
    character = sum(word.right - word.left for word in words) / sum(
        len(word.text) + 1 for word in words
    )
    strips = _strips(bands, height, character)
    if not strips:
        return None
    middles = [(left + right) / 2 for left, right in strips]
    cells = [_in_columns(band, middles) for band in bands]
    tall = [band for band in bands if len(clusters(band, height)) > 1]
    rows: list[list[list[Placed]]] = []
    for band, row in zip(bands, cells, strict=True):
        parts = rows_between(row, height) if len(tall) == 1 and band is tall[0] else None
        rows += parts or [row]
    columns = len(middles) + 1
    filled = sum(bool(cell) for row in rows for cell in row)
    if (
        len(rows) < 2
        or filled < _FILLED * columns * len(rows)
        or is_text([[line] for row in rows for cell in row for line in clusters(cell, height)])
    ):
        return None
    written = tuple(tuple(cell_of(cell, height) for cell in row) for row in rows)
    names = has_header(written) or (len(grid.rows) == 3 and len(rows) > 2)
    return Table(rows=written, has_header=names)


def _strips(
    bands: Sequence[Sequence[Placed]], height: float, character: float
) -> list[tuple[float, float]]:
    """What all lines leave free between words, and most of the rows by a wide gap."""
    names, *lines = (line for band in bands for line in clusters(band, height))
    common = [(float("-inf"), float("inf"))]
    # Names of columns stand closer than what is below them.
    for line in (*lines, names):
        least = (_NAMES if line is names else _STRIP) * character
        free = _free(line)
        common = [
            (max(a, c), min(b, d))
            for a, b in common
            for c, d in free
            if min(b, d) - max(a, c) >= least
        ]
    rows = bands if len(bands) > _FEW_BANDS else [names, *lines]
    gaps = [_free(row) for row in rows]
    return [
        strip
        for strip in common
        if 2 * sum(_is_wide(strip, free, character) for free in gaps) >= len(gaps)
    ]


def _free(words: Sequence[Placed]) -> list[tuple[float, float]]:
    """What words leave free, also before and after them."""
    free = []
    reached = float("-inf")
    for word in sorted(words, key=lambda word: word.left):
        if word.left > reached:
            free.append((reached, word.left))
        reached = max(reached, word.right)
    return [*free, (reached, float("inf"))]


def _is_wide(
    strip: tuple[float, float], free: Sequence[tuple[float, float]], character: float
) -> bool:
    """Whether a strip is between two words that stand far apart."""
    return any(
        left <= strip[0] and strip[1] <= right and _GAP * character <= right - left < float("inf")
        for left, right in free
    )


def _in_columns(words: Iterable[Placed], middles: Sequence[float]) -> list[list[Placed]]:
    columns: list[list[Placed]] = [[] for _ in range(len(middles) + 1)]
    for word in words:
        columns[sum(word.x > middle for middle in middles)].append(word)
    return columns
