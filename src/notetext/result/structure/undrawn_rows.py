"""Rows of a table that no rules keep apart: lines that stand side by side in its columns."""

from __future__ import annotations

from collections.abc import Sequence

from notetext.result.structure.cells import Placed

_LEAST_ROWS = 3  # that stand side by side between two rules, to be more than lines of cells
_ALIGNED = 0.7  # of them
_MOST_WORDS = 3.0  # in a line of a cell; with more, it is a text
_SAME_ROW = 0.35  # heights of the writing


def rows_between(
    cells: Sequence[Sequence[Placed]], height: float
) -> list[list[list[Placed]]] | None:
    """The rows of cells in which lines stand side by side; ``None`` if they are but lines.

    Args:
        cells: the words of each, from left to right.
        height: that of the writing.
    """
    lines = clusters([word for cell in cells for word in cell], height)
    of_word = {id(word): n for n, line in enumerate(lines) for word in line}
    rows = [
        [[word for word in cell if of_word[id(word)] == n] for cell in cells]
        for n in range(len(lines))
    ]
    # What goes on in one column alone belongs to the row above.
    joined: list[list[list[Placed]]] = []
    for row in rows:
        if joined and not row[0] and sum(map(bool, row)) == 1:
            joined[-1] = [[*above, *own] for above, own in zip(joined[-1], row, strict=True)]
        else:
            joined.append(row)
    if len(joined) < _LEAST_ROWS:
        return None
    aligned = sum(bool(row[0]) and sum(map(bool, row)) > 1 for row in joined)
    return joined if aligned >= _ALIGNED * len(joined) and not is_text(rows) else None


def is_text(rows: Sequence[Sequence[Sequence[Placed]]]) -> bool:
    """Whether the cells of rows hold so many words that they are lines of a text."""
    counts = [len(cell) for row in rows for cell in row if cell]
    return sum(counts) > _MOST_WORDS * len(counts)


def clusters(words: Sequence[Placed], height: float) -> list[list[Placed]]:
    """Words at one height together, from the top to the bottom.

    Args:
        words: in any order.
        height: that of the writing.
    """
    found: list[list[Placed]] = []
    for word in sorted(words, key=lambda word: word.y):
        if found and word.y - found[-1][-1].y <= _SAME_ROW * height:
            found[-1].append(word)
        else:
            found.append([word])
    return found
