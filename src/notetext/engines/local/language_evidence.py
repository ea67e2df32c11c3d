"""What speaks for a language: the words of a text, and how they are spelt.

The commonest words of each language that there is a word table for, and its pairs of letters, are
one small table, made by ``training/telling.py``. So the word tables themselves are loaded for no
other languages than those that were told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from zlib import adler32, crc32

import numpy as np
from numpy.typing import NDArray

UNIT = 1 / 16
"""The step of the table's logarithms."""
ABSENT = 255
"""In the table: a word that is none of the language's commonest."""
BEGIN, END = "^", "$"
"""What stands before and after a word's letters."""

# The share of words that are anything: names, words of other languages, what was misread. So none
# speaks more than e to the power of 3 against a language.
_ANYTHING = 0.05
_WORDS = re.compile(r"[^\W\d_]+'?")
_NO_PROSE = re.compile(r"[\d@/\\_=+#]")


class LanguageEvidence:
    """Says how likely texts are in each of some languages; threads may share it.

    >>> from notetext.engines.local.language_evidence import language_evidence
    >>> evidence = language_evidence()
    >>> said = evidence.of("where is the key of the garden house")
    >>> evidence.tables[said.argmax()]
    'en'
    """

    def __init__(self) -> None:
        """Loads the table, in milliseconds; `language_evidence` keeps it."""
        data = resources.files(__package__).joinpath("vocabularies", "telling.npz")
        with data.open("rb") as file, np.load(file) as table:
            self.tables: tuple[str, ...] = tuple(table["tables"].tolist())
            """The names of the languages' word tables, in the order of all columns."""
            self._unlisted = table["unlisted"].astype(np.float64)
            self._keys = table["keys"]
            self._values = np.ascontiguousarray(table["values"].T)

    def of(self, text: str) -> NDArray[np.float64]:
        """How much likelier a text is in each language than in the mean of all.

        Args:
            text: as it was read, with misread letters and what is no prose.

        Returns:
            Natural logarithms, in the order of ``tables``; zeros if no word speaks.
        """
        words = list(words_of(text))
        if not words:
            return np.zeros(len(self.tables))
        pairs: list[int] = []
        singles: list[int] = []
        firsts: list[int] = []
        for word in words:
            firsts.append(len(pairs))
            marked = BEGIN + word + END
            pairs += (key_of_letters(marked[n : n + 2]) for n in range(len(marked) - 1))
            singles += map(key_of_letters, marked[1:])
        spelt, is_seen = self._found(pairs)
        spelt[~is_seen] = self._found(singles)[0][~is_seen]
        spelling = UNIT * np.add.reduceat(spelt, firsts, axis=0, dtype=np.float64)
        listed, _ = self._found(list(map(key_of_word, words)))
        probabilities = self._unlisted * np.exp(-spelling)
        probabilities += np.where(listed == ABSENT, 0.0, np.exp(-UNIT * listed))
        odds = probabilities / probabilities.mean(axis=1, keepdims=True)
        logs: NDArray[np.float64] = np.log((1 - _ANYTHING) * odds + _ANYTHING).sum(axis=0)
        return logs

    def _found(self, keys: list[int]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        """The values of keys, and which of them the table has; the others are absent."""
        wanted = np.array(keys, np.uint64)
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        known = self._keys[places] == wanted
        values = self._values[places]
        values[~known] = ABSENT
        return values, known


@cache
def language_evidence() -> LanguageEvidence:
    """The table, loaded once."""
    return LanguageEvidence()


def words_of(text: str) -> Iterator[str]:
    """The words that may tell a language, in lower case; elided ones with their apostrophe.

    >>> from notetext.engines.local.language_evidence import words_of
    >>> list(words_of("L’eau, 12 g at 5pm to J. Doe <jd@example.org>"))
    ["l'", 'eau', 'g', 'at', 'to', 'doe']
    """
    for token in text.replace("’", "'").split():
        if _NO_PROSE.search(token):
            continue
        for word in _WORDS.findall(token):
            is_initial = len(word) == 1 and word.isupper() and token.endswith(".")
            if not is_initial:
                yield word.lower()


def key_of_word(word: str) -> int:
    """What a word has for a key in the table, 64 bits."""
    data = word.encode()
    return crc32(data) << 32 | adler32(data)


def key_of_letters(letters: str) -> int:
    """What one or two letters have for a key in the table."""
    return int.from_bytes(letters.encode("utf-16-le"), "little")
