"""How likely a letter is after others: for the words that no list holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_LONGEST = 5
# So many sightings of a context weigh as much as all that is known of the next shorter one.
_TRUST = 5.0
_UNSEEN = 1 / 60
_EDGE = "\n"
_MOST_FOUND = 50_000


class Spelling:
    """The probability of a letter after up to four others, counted in a list of words.

    A context that was seen seldom is mixed with the next shorter one.

    >>> from notetext.engines.local.spelling import Spelling
    >>> spelling = Spelling(["the", "then", "there", "this"])
    >>> spelling.probability("t", "h") > spelling.probability("t", "e")
    True
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Counts each word once; about 0.1 s for 30,000 words."""
        text = f"{_EDGE}{_EDGE.join(words)}{_EDGE * _LONGEST}"
        points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        known = np.flatnonzero(np.bincount(points))
        self._codes = {chr(point): code for code, point in enumerate(known.tolist())}
        codes = np.searchsorted(known, points)
        self._total = len(codes)
        self._tables = [_count(codes, length, len(known)) for length in range(1, _LONGEST + 1)]
        self._found: dict[str, float] = {}
        self._runs: dict[str, tuple[int, int]] = {}

    def probability(self, before: str, letter: str) -> float:
        """The probability of a letter after those of its word that stand before it."""
        return self._of((_EDGE + before)[1 - _LONGEST :] + letter)

    def probability_of_end(self, before: str) -> float:
        """The probability that a word ends after these letters."""
        return self._of((_EDGE + before)[1 - _LONGEST :] + _EDGE)

    def _of(self, letters: str) -> float:
        """The probability of the last letter after the others."""
        if not letters:
            return _UNSEEN
        found = self._found.get(letters)
        if found is None:
            shorter = self._of(letters[1:])
            before, context = self._run(letters[:-1])
            together = self._times(before, letters)
            found = (together + _TRUST * shorter) / (context + _TRUST)
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
                self._runs.clear()
            self._found[letters] = found
        return found

    def _run(self, letters: str) -> tuple[int, int]:
        """The number that stands for letters, -1 if no word has them, and how often words do."""
        if not letters:
            return 0, self._total
        found = self._runs.get(letters)
        if found is None:
            before, _ = self._run(letters[:-1])
            times = self._times(before, letters)
            number = before * len(self._codes) + self._codes[letters[-1]] if times else -1
            found = self._runs[letters] = number, times
        return found

    def _times(self, before: int, letters: str) -> int:
        """How often words have the letters, if ``before`` stands for all but the last."""
        code = self._codes.get(letters[-1])
        if before < 0 or code is None:
            return 0
        number = before * len(self._codes) + code
        numbers, counts = self._tables[len(letters) - 1]
        index = bisect_left(numbers, number)
        return counts[index] if index < len(numbers) and numbers[index] == number else 0


def _count(
    codes: NDArray[np.intp], length: int, base: int
) -> tuple[memoryview[int], memoryview[int]]:
    """Counts the runs of so many letters, each run as one number; the numbers are sorted."""
    runs = np.lib.stride_tricks.sliding_window_view(codes, length)
    numbers, counts = np.unique(runs @ base ** np.arange(length)[::-1], return_counts=True)
    # Bisection is several times faster on a memoryview than on an array.
    return memoryview(numbers), memoryview(counts)
