"""What is likely at each time step of some lines, set side by side for the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.ctc import BLANK
from notetext.engines.local.state_kinds import StateKinds

# With more of any of these, the texts stay the same and the search takes longer.
_MOST_CHARACTERS = 10
_LEAST_PROBABILITY = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The time steps of some lines, one line below the other.

    Attributes:
        first: the row of each line's first step.
        blank: the probability of the CTC blank, for each row.
        likely: the probabilities of the likely characters, a column for each of the tables';
            0 for the others, and in one more column, which is that of no character.
        begin: where the characters that texts may grow by begin for each row among those of all
            rows; one more entry at the end.
        columns: of these characters, row by row, the columns in the tables.
        probabilities: theirs.
    """

    first: NDArray[np.intp]
    blank: NDArray[np.float64]
    likely: NDArray[np.float32]
    begin: NDArray[np.intp]
    columns: NDArray[np.intp]
    probabilities: NDArray[np.float64]


def steps_of(lines: Sequence[NDArray[np.float32]], kinds: StateKinds, least_share: float) -> Steps:
    """Finds the likely characters of lines.

    Args:
        lines: their probabilities, T×C each.
        kinds: over the alphabet of C characters; the first is the CTC blank, the last the blank.
        least_share: of the likeliest text's probability, what another must have to be gone on with.
    """
    every = np.concatenate(lines)
    rows, found = np.nonzero(_are_likely(every))
    probabilities = every[rows, found]
    counts = np.bincount(rows, minlength=len(every))
    if (counts > _MOST_CHARACTERS).any():
        best = _most_likely(rows, probabilities)
        rows, found, probabilities = rows[best], found[best], probabilities[best]
    columns = kinds.columns_of(found)
    likely = np.zeros((len(every), len(kinds.characters) + 1), np.float32)
    likely[rows, columns] = probabilities
    # By the CTC blank alone, the likeliest text keeps so much that no other can grow by these.
    blank = every[:, BLANK].astype(np.float64)
    grows = probabilities * kinds.most_worths(columns) >= least_share * blank[rows]
    counts = np.bincount(rows[grows], minlength=len(every))
    lengths = [len(line) for line in lines]
    return Steps(
        first=np.cumsum([0, *lengths[:-1]]),
        blank=blank,
        likely=likely,
        begin=np.concatenate([[0], np.cumsum(counts)]),
        columns=columns[grows],
        probabilities=probabilities[grows].astype(np.float64),
    )


def _are_likely(probabilities: NDArray[np.float32]) -> NDArray[np.bool_]:
    likely = probabilities > _LEAST_PROBABILITY
    likely[:, BLANK] = False
    return likely


def _most_likely(rows: NDArray[np.intp], probabilities: NDArray[np.float32]) -> NDArray[np.intp]:
    """Of the characters of each row, the places of the likeliest, in their order."""
    order = np.lexsort((-probabilities, rows))
    starts = np.searchsorted(rows, rows)
    ranks = np.arange(len(rows)) - starts
    return np.sort(order[ranks < _MOST_CHARACTERS])
