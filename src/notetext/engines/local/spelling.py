"""How likely a letter is after others: for the words that no list holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.letter_codes import letter_codes

_LONGEST = 5
# So many sightings of a context weigh as much as all that is known of the next shorter one.
_TRUST = 5.0
_UNSEEN = 1 / 60
_EDGE = "\n"


class Spelling:
    """The probability of a letter after up to four others, counted in a list of words.

    A context that was seen seldom is mixed with the next shorter one, and one that never was is
    the next shorter one. So those that were seen are all the states that there are, each with a row
    in a table. Threads may share it.

    >>> from notetext.engines.local.spelling import Spelling
    >>> spelling = Spelling(["the", "then", "there", "this"])
    >>> after_t = spelling.likely[spelling.after[spelling.start, spelling.column("t")]]
    >>> bool(after_t[spelling.column("h")] > after_t[spelling.column("e")])
    True

    Attributes:
        start: the state at the start of a word.
        end: the column of the end of a word.
        likely: how likely each letter is in each state, S×C.
        after: the state that each letter leads to from each, S×C.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Counts each word once; about 0.1 s for 30,000 words."""
        text = f"{_EDGE}{_EDGE.join(words)}{_EDGE * _LONGEST}"
        known, codes = letter_codes(text)
        self._columns = known
        self.end = known[_EDGE]
        # One more stands for all letters that no word has.
        columns = len(known) + 1
        # Of the empty context:
        likely = np.full((1, columns), _UNSEEN)
        after = np.zeros((1, columns), np.int32)
        numbers, times = np.zeros(1, np.intp), np.array([len(codes)])
        tables, first = [], 0
        for length, every in enumerate(_runs(codes, self.end)):
            runs, counts = np.unique(every, return_counts=True)
            before, letter = np.searchsorted(numbers, runs // len(known)), runs % len(known)
            seen = np.zeros((len(numbers), columns))
            seen[before, letter] = counts
            likely = (seen + _TRUST * likely) / (times[:, None] + _TRUST)
            # A word begins with an edge, and nothing comes after its end.
            goes_on = np.ones(len(runs), np.bool_) if length == 0 else letter != self.end
            before, letter, runs = before[goes_on], letter[goes_on], runs[goes_on]
            shortest = len(known) ** length
            if length + 1 < _LONGEST:
                after[before, letter] = first + len(numbers) + np.arange(len(runs))
            else:
                after[before, letter] = first + np.searchsorted(numbers, runs % shortest)
            tables.append((likely, after))
            if length + 1 < _LONGEST:
                suffix = np.searchsorted(numbers, runs % shortest)
                first += len(numbers)
                numbers, times = runs, counts[goes_on]
                likely, after = likely[suffix], after[suffix]
        self.likely = np.concatenate([likely for likely, _ in tables]).astype(np.float32)
        self.after = np.concatenate([after for _, after in tables])
        self.start = int(self.after[0, self.end])

    def column(self, letter: str) -> int:
        """The column of a letter."""
        return self._columns.get(letter, len(self._columns))


def _runs(codes: NDArray[np.intp], edge: int) -> Iterator[NDArray[np.intp]]:
    """All runs of one letter, of two and so on within words, each run as one number."""
    base = int(codes.max()) + 1
    starts, runs = np.arange(len(codes)), codes
    for length in range(1, _LONGEST + 1):
        yield runs
        # No run goes on beyond the end of a word, but it may begin with the edge before one.
        goes_on = starts + length < len(codes)
        if length > 1:
            goes_on &= runs % base != edge
        starts, runs = starts[goes_on], runs[goes_on]
        runs = runs * base + codes[starts + length]
