"""Makes the table by which languages are told, ``engines/local/vocabularies/telling.npz``.

It is counted from the word tables beside it: the commonest words of each language, and how its
words are spelt, by pairs of letters.

Run with: ``python training/telling.py``
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.language_evidence import (
    ABSENT,
    BEGIN,
    END,
    UNIT,
    key_of_letters,
    key_of_word,
)
from notetext.engines.local.scripts import SCRIPTS
from notetext.engines.local.vocabulary import read_table

_WORDS = 1500
_SPELT_WORDS = 20_000
_UNLISTED = 0.05  # words that no table holds
# Of a word's frequency: by types alone, rare words would tell how a language is spelt.
_POWER = 0.5
# What counts beside the pairs that were seen: single letters, and any of so many.
_SINGLE, _ANY, _ALPHABET = 5.0, 20.0, 60
_PATH = Path(__file__).parents[1] / "src/notetext/engines/local/vocabularies/telling.npz"


class Counts:
    """What some tables of words say of their languages."""

    def __init__(self, tables: tuple[str, ...]) -> None:
        """Counts words and letters; a column for each table."""
        self.size = len(tables)
        self.words: dict[str, NDArray[np.float64]] = defaultdict(self._nothing)
        self.letters: dict[str, NDArray[np.float64]] = defaultdict(self._nothing)
        self.firsts: dict[str, NDArray[np.float64]] = defaultdict(self._nothing)
        self.pairs: dict[str, NDArray[np.float64]] = defaultdict(self._nothing)
        self.unlisted = np.zeros(self.size)
        for column, table in enumerate(tables):
            self._count(column, table)

    def _nothing(self) -> NDArray[np.float64]:
        return np.zeros(self.size)

    def _count(self, column: int, table: str) -> None:
        words = sorted(read_table(table), key=lambda word: -word[1])
        total = sum(frequency for _, frequency in words)
        for word, frequency in words[:_WORDS]:
            self.words[word][column] += frequency / total
        rest = sum(frequency for _, frequency in words[_WORDS:]) / total
        self.unlisted[column] = rest + _UNLISTED
        spelt = words[:_SPELT_WORDS]
        for word, frequency in spelt:
            weight = (frequency / spelt[-1][1]) ** _POWER
            text = BEGIN + word + END
            for first, second in pairwise(text):
                self.letters[second][column] += weight
                self.firsts[first][column] += weight
                self.pairs[first + second][column] += weight

    def probability_of_letter(self, letter: str) -> NDArray[np.float64]:
        """That a letter stands somewhere, in each language."""
        total = sum(self.letters.values(), self._nothing())
        found: NDArray[np.float64] = (self.letters[letter] + _ANY / _ALPHABET) / (total + _ANY)
        return found

    def probability_of_pair(self, pair: str, single: NDArray[np.float64]) -> NDArray[np.float64]:
        """That its second letter follows its first, if the second alone is so likely."""
        found: NDArray[np.float64] = (self.pairs[pair] + _SINGLE * single) / (
            self.firsts[pair[0]] + _SINGLE
        )
        return found


def main() -> None:
    """Writes the table."""
    tables = tuple(sorted({name for script in SCRIPTS for name in script.tables.values()}))
    counts = Counts(tables)
    single = {letter: counts.probability_of_letter(letter) for letter in list(counts.letters)}
    rows = {key_of_word(word): shares for word, shares in counts.words.items()}
    rows |= {key_of_letters(letter): shares for letter, shares in single.items()}
    rows |= {
        key_of_letters(pair): counts.probability_of_pair(pair, single[pair[1]])
        for pair in counts.pairs
    }
    assert len(rows) == len(counts.words) + len(single) + len(counts.pairs), "two keys are alike"
    keys = sorted(rows)
    np.savez_compressed(
        _PATH,
        tables=np.array(tables),
        unlisted=counts.unlisted.astype(np.float32),
        keys=np.array(keys, np.uint64),
        # Column by column it packs better.
        values=np.stack([_in_units(rows[key]) for key in keys], axis=1),
    )
    print(len(counts.words), "words,", len(counts.pairs), "pairs,", _PATH.stat().st_size, "bytes")


def _in_units(probabilities: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Logarithms in steps of `UNIT`; `ABSENT` where there is nothing."""
    logs = -np.log(np.maximum(probabilities, np.exp(-UNIT * ABSENT)))
    units: NDArray[np.uint8] = np.minimum(np.round(logs / UNIT), ABSENT).astype(np.uint8)
    return units


if __name__ == "__main__":
    main()
