"""Finds the written lines on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.melting import letter_height_of_melted
from notetext.engines.local.network import Network
from notetext.engines.local.traces import marks, patches
from notetext.engines.local.tracing import height_below, lines_of_map

_GRID = 32  # the network halves the size five times
_LARGEST_ENLARGEMENT = 2.0

# The longer side, in pixels, to which a page is scaled: larger if its lines turn out small. 736
# takes half the time of 960 and reads 46 pages of handwriting as well; with less, more pages of
# print need the larger one (docs/reading-quality.md).
_LONG_SIDES = (736, 1280, 1920)
# Those for pages whose lines melt into each other even there: a newspaper, a map of small print.
_LONGEST_SIDES = (2720, 3840)
_HEAP = 12.0  # heights of the letters; a piece that is higher holds many lines
_LEAST_LETTERS = 5.0  # pixels of the map; lines whose letters are lower melt where they stand close
# Pixels of the network's map. Lines of less than about 15 all come out as 15, or merge.
_LEAST_HEIGHT = 16.0
# Pixels of the map, on the grid. What the network makes of larger ones is memory that the system
# hands out anew each time: two tiles of a page take three quarters of its time, and less memory.
_TILE = 576
_OVERLAP, _OVERLAP_OF_SMALL = 128, 64  # of tiles; a larger picture is looked at for small writing
_HIGH = 1.5 * _OVERLAP
_SMALL_SHARE = 0.2  # of the writing's length that may be smaller
_FEW = 5  # lines
_WRITTEN = 0.02  # of a line's area, at least
_WORD = 2.0  # heights; specks and holes are not as long
_MARKED = 0.5  # of a page; if more of it is marked, looking at its patches would save little
_LEAST_GAIN = 0.8  # a larger size that shows less of the writing's length than this is not taken


class Detector:
    """Finds lines of text with a DB network; threads may share it."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def find(self, pixels: NDArray[np.uint8]) -> list[DetectedLine]:
        """Finds the written lines, in a larger picture where they are small.

        Args:
            pixels: H×W (grey) or H×W×3 (RGB).

        Returns:
            The lines, whole or in pieces, in no particular order.
        """
        lines: list[DetectedLine] = []
        letters, least = 0.0, 0.0
        for long_side in (*_LONG_SIDES, *_LONGEST_SIDES):
            scale = min(long_side / max(pixels.shape), _LARGEST_ENLARGEMENT)
            is_last = long_side == _LONGEST_SIDES[-1] or scale == _LARGEST_ENLARGEMENT
            if letters * scale < least and not is_last:
                continue
            seems_blank = long_side > _LONG_SIDES[0] and not any(map(_is_long, lines))
            found = self._find_at(pixels, scale, seems_blank=seems_blank)
            # Too large, blurred writing is none to the network.
            if _length(found) < _LEAST_GAIN * _length(lines):
                break
            lines = found
            letters = letter_height_of_melted(pixels, lines)
            if is_last or not (letters or self._are_small(lines, scale, long_side)):
                break
            # Of a pair of lines nobody knows how much closer is enough; of a heap they do.
            is_heap = letters and height_below(lines, 0.5) > _HEAP * letters
            least = _LEAST_LETTERS if is_heap else 0.0
        return lines

    @staticmethod
    def _are_small(lines: Sequence[DetectedLine], scale: float, long_side: int) -> bool:
        """Whether a closer look may find more, since there are but low lines or none."""
        if long_side >= _LONG_SIDES[-1]:
            return False
        return not lines or height_below(lines, _SMALL_SHARE) * scale < _LEAST_HEIGHT

    def _find_at(
        self, pixels: NDArray[np.uint8], scale: float, *, seems_blank: bool = False
    ) -> list[DetectedLine]:
        height, width = pixels.shape[:2]
        size = (_on_grid(width * scale), _on_grid(height * scale))
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        small = np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)
        probability = self._map_of_marks(small) if seems_blank else self._map_of(small)
        lines = lines_of_map(probability)
        is_tiled = size[0] * size[1] > _TILE**2 and max(size) <= _LONG_SIDES[0]
        if is_tiled and any(line.height > _HIGH for line in lines):
            # Of writing as high as this, a tile shows parts.
            lines = lines_of_map(self._map_of_tile(small))
        if 0 < len(lines) < _FEW:
            # To the network, the grain of an empty sheet may be one large line.
            marked = marks(small)
            lines = [line for line in lines if _has_mark(line, marked)]
        to_page = width / size[0], height / size[1]
        return [line.scaled(*to_page) for line in lines]

    def _map_of_marks(self, small: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The network's map of a picture that seems blank, where there is anything on it at all."""
        marked = patches(marks(small))
        area = sum((rows.stop - rows.start) * (side.stop - side.start) for rows, side in marked)
        if area > _MARKED * small.shape[0] * small.shape[1]:
            return self._map_of(small)
        probability = np.zeros(small.shape[:2], np.float32)
        for patch in marked:
            found = self._map_of(np.ascontiguousarray(small[patch]))
            probability[patch] = np.maximum(probability[patch], found)
        return probability

    def _map_of(self, small: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The network's map of a picture on the grid; tile by tile if that is large."""
        height, width = small.shape[:2]
        if height * width <= _TILE**2:
            return self._map_of_tile(small)
        overlap = _OVERLAP if max(height, width) <= _LONG_SIDES[0] else _OVERLAP_OF_SMALL
        probability = np.empty((height, width), np.float32)
        for rows, rows_seen in _tiles(height, overlap):
            for columns, columns_seen in _tiles(width, overlap):
                tile = self._map_of_tile(small[rows_seen, columns_seen])
                top, left = rows.start - rows_seen.start, columns.start - columns_seen.start
                inner = tile[top:, left:][: rows.stop - rows.start, : columns.stop - columns.start]
                probability[rows, columns] = inner
        return probability

    def _map_of_tile(self, small: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.asarray(self._network.run(as_batch(small[None]))[0, 0], np.float32)


def as_batch(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Brings pictures into the form that PP-OCR's networks were trained on.

    Args:
        images: N×H×W (grey) or N×H×W×3 (RGB).

    Returns:
        N×3×H×W, blue first, values from -1 to 1.
    """
    count, height, width = images.shape[:3]
    batch = np.empty((count, 3, height, width), np.float32)
    batch[:] = images[:, None] if images.ndim == 3 else images[..., ::-1].transpose(0, 3, 1, 2)
    # In place: a page's copies would be held by the heap, and count when the network needs most.
    batch /= 127.5
    batch -= 1
    return batch


def _tiles(length: int, overlap: int) -> Iterator[tuple[slice, slice]]:
    """Like parts of a side that meet, each with the wider part that the network sees of it.

    Args:
        length: of the side, a multiple of the grid.
        overlap: how much wider it is on either side, likewise.
    """
    count = -(-length // _TILE)
    part = -(-length // count // _GRID) * _GRID
    for start in range(0, length, part):
        stop = min(start + part, length)
        yield slice(start, stop), slice(max(0, start - overlap), min(length, stop + overlap))


def _length(lines: Sequence[DetectedLine]) -> float:
    return sum(line.width for line in lines)


def _is_long(line: DetectedLine) -> bool:
    return line.width > _WORD * line.height


def _has_mark(line: DetectedLine, marked: NDArray[np.bool_]) -> bool:
    """Whether there is more than a speck where a line was found, in the same pixels."""
    half = line.height / 2
    left, top = np.floor(line.axis.min(axis=0) - half).astype(int).clip(0)
    right, bottom = np.ceil(line.axis.max(axis=0) + half).astype(int)
    written = int(np.count_nonzero(marked[top:bottom, left:right]))
    return written > float(_WRITTEN * line.width * line.height)


def _on_grid(length: float) -> int:
    return max(_GRID, round(length / _GRID) * _GRID)
