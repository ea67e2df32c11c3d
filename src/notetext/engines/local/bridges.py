"""Parts the cores of lines that touch: a long descender, or a quotation mark, is a bridge.

One core for two lines would make one line of both, twice as high, of which little can be read. But
in most of its columns there are two runs of pixels with a gap between them; a bridge is as high as
both. A seam is laid through the gaps, and what is on either side of it is another line's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

_BRIDGE = 1.35  # of the usual run; what is higher is of both lines
_CLEAR = 0.5  # of the usual gap; what is less tells nothing of the seam
_AS_HIGH = 0.5  # of each other, at the least, are two lines' runs
_AS_LONG = 6.0  # heights of a run is a line, at the least: a word of four letters


def parted(core: NDArray[np.bool_]) -> Iterator[NDArray[np.bool_]]:
    """Gives the cores of the lines that a core holds.

    Args:
        core: H×W, level: the pixels of one core in the rectangle around it.

    Yields:
        Arrays of the same shape that share no pixel and are the core together; the core as it is
        if it is one line's.
    """
    above = _above(core)
    if above is None:
        yield core
        return
    for part in (above, core & ~above):
        yield from parted(part)


def _above(core: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """The part of a core that is a line of its own, above the rest; ``None`` if there is none."""
    edges = np.diff(core.astype(np.int8), axis=0, prepend=0, append=0)
    starts = edges == 1
    usual = int(np.count_nonzero(core)) / max(int(np.count_nonzero(starts)), 1)
    gaps = starts.sum(axis=0) - 1
    # Where as many lines as touch lie above each other, it is known which gap is the first.
    counts = [
        count for count in range(1, gaps.max() + 1) if (gaps >= count).sum() >= _AS_LONG * usual
    ]
    if not counts:
        return None
    runs = [_runs(column) for column in edges.T]
    seam = _seam(runs, np.flatnonzero(gaps >= counts[-1]))
    above = np.zeros_like(core)
    for column, ends in enumerate(runs):
        for start, end in ends:
            is_bridge = end - start > _BRIDGE * usual and start < seam[column] < end
            if is_bridge:
                above[start : round(float(seam[column])), column] = True
            elif (start + end) / 2 < seam[column]:
                above[start:end, column] = True
    return above if _are_lines(above, core & ~above) else None


def _runs(edges: NDArray[np.int8]) -> list[tuple[int, int]]:
    """Where the runs of a column begin and end (exclusive)."""
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [*zip(starts.tolist(), ends.tolist(), strict=True)]


def _seam(
    runs: Sequence[Sequence[tuple[int, int]]], known: NDArray[np.intp]
) -> NDArray[np.float64]:
    """The row of each column that parts the first line from those below.

    Args:
        runs: of each column.
        known: the columns whose first gap is the one between these lines.
    """
    gaps = np.array([(runs[column][0][1], runs[column][1][0]) for column in known.tolist()])
    sizes = gaps[:, 1] - gaps[:, 0]
    # Beside a bridge gaps are small, and lie anywhere.
    is_clear = sizes >= _CLEAR * np.median(sizes)
    known, middles = known[is_clear], gaps[is_clear].mean(axis=1)
    columns = np.arange(len(runs))
    slope = float(np.polyfit(known, middles, 1)[0]) if len(known) > 1 else 0.0
    beyond = np.minimum(columns - known[0], 0) + np.maximum(columns - known[-1], 0)
    return np.asarray(np.interp(columns, known, middles) + slope * beyond, np.float64)


def _are_lines(*parts: NDArray[np.bool_]) -> bool:
    """Whether parts are long, and about equally high."""
    counts = [part.sum(axis=0) for part in parts]
    heights = [float(np.median(count[count > 0])) if count.any() else 0.0 for count in counts]
    return min(heights) >= _AS_HIGH * max(heights) and all(
        np.count_nonzero(count) >= _AS_LONG * height
        for count, height in zip(counts, heights, strict=True)
    )
