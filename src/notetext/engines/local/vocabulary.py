"""How likely a word, and the beginning of a word, is in a language."""

from __future__ import annotations

import lzma
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from heapq import nlargest
from importlib import resources
from itertools import accumulate

from notetext.engines.local.compounds import BegunCompound, Compounds
from notetext.engines.local.spelling import Spelling

# The share of words that no list holds: names, rare forms, slips of the pen.
_UNLISTED = 0.02
# In languages that write words together, so much is made of listed words: of what no list holds, up
# to eight words in ten.
_COMPOUNDS = 0.04
# How often a word of the user's is expected: as often as "window" in English.
_LEXICON_FREQUENCY = 1e-4
_SPELLING_WORDS = 30_000
# So that a run of hundreds of letters has a probability at all.
_LEAST = 1e-200
_LAST = "\U0010ffff"


class Vocabulary:
    """The words of one or several languages, with their frequencies.

    The words are kept sorted beside the running sums of their frequencies. So the words that begin
    alike are a slice, and their probability together is the difference of two sums.

    >>> from notetext.engines.local.vocabulary import Vocabulary
    >>> vocabulary = Vocabulary({"no": 0.5, "not": 0.2, "note": 0.3})
    >>> "note" in vocabulary, "notes" in vocabulary
    (True, False)
    >>> round(vocabulary.beginning("not").probability, 2)
    0.49
    """

    def __init__(
        self, frequencies: Mapping[str, float], links: Mapping[str, float] | None = None
    ) -> None:
        """Takes words.

        Args:
            frequencies: of words in lower case, in any unit.
            links: letters that may link the words that a word is made of, and how often they do, 0
                to 1; ``None`` if words are not made of words.
        """
        self._words = sorted(frequencies)
        total = sum(frequencies.values()) or 1.0
        shares = [frequencies[word] / total for word in self._words]
        self._sums = array("d", accumulate(shares, initial=0.0))
        common = nlargest(_SPELLING_WORDS, self._words, key=frequencies.__getitem__)
        self._spelling = Spelling(common)
        self._compounds = None if links is None else Compounds(self._words, shares, links)
        self._listed = 1 - _UNLISTED - (_COMPOUNDS if self._compounds else 0.0)
        self.root: Beginning
        """The beginning of every word."""
        self.fold()

    @property
    def elided(self) -> frozenset[str]:
        """The words that end with an apostrophe, as l' does, and are followed directly."""
        return frozenset(word for word in self._words if word.endswith("'"))

    def fold(self) -> None:
        """Forgets which beginnings were looked at; they unfold again where they are needed."""
        compound = self._compounds.begun() if self._compounds else None
        self.root = Beginning(self, "", (0, len(self._words)), 1.0, compound)

    def _probability(self, bounds: tuple[int, int], unlisted: float, compound: float) -> float:
        """Of the words of a slice, of one that is in no list, and of one made of listed ones."""
        low, high = bounds
        listed = self._listed * (self._sums[high] - self._sums[low])
        return listed + _UNLISTED * unlisted + _COMPOUNDS * compound

    def __contains__(self, word: str) -> bool:
        index = bisect_left(self._words, word)
        return index < len(self._words) and self._words[index] == word

    def __len__(self) -> int:
        return len(self._words)

    def beginning(self, letters: str) -> Beginning:
        """The words that begin with some letters, in lower case."""
        found = self.root
        for letter in letters:
            found = found.followed_by(letter)
        return found


class Beginning:
    """The words that begin alike: a node of a tree that unfolds where it is looked at.

    Attributes:
        letters: how they begin.
        listed: whether the vocabulary holds any.
        probability: that a word begins so.
    """

    __slots__ = (
        "_ahead",
        "_compound",
        "_next",
        "_slice",
        "_slices",
        "_unlisted",
        "_vocabulary",
        "_word_probability",
        "letters",
        "listed",
        "probability",
    )

    def __init__(
        self,
        vocabulary: Vocabulary,
        letters: str,
        bounds: tuple[int, int],
        unlisted: float,
        compound: BegunCompound | None,
    ) -> None:
        """Makes a node; ``unlisted`` is the probability of the letters by spelling alone."""
        self._vocabulary = vocabulary
        self._slice = bounds
        self._unlisted = unlisted
        self._compound = compound
        self._next: dict[str, Beginning] = {}
        self._ahead: dict[str, float] = {}
        self._slices: dict[str, tuple[int, int]] = {}
        self.letters = letters
        low, high = bounds
        self.listed = low < high
        joined = compound.probability if compound else 0.0
        self.probability = vocabulary._probability(bounds, unlisted, joined)
        self._word_probability: float | None = None

    @property
    def word_probability(self) -> float:
        """That these letters are the whole word."""
        found = self._word_probability
        if found is None:
            low = self._slice[0]
            whole = self.listed and self._vocabulary._words[low] == self.letters
            end = self._vocabulary._spelling.probability_of_end(self.letters)
            joined = self._compound.whole if self._compound else 0.0
            bounds = (low, low + whole)
            found = self._vocabulary._probability(bounds, self._unlisted * end, joined)
            self._word_probability = found
        return found

    def ahead(self, letter: str) -> float:
        """The probability that a word begins so and goes on with a letter; makes no node."""
        found = self._ahead.get(letter)
        if found is None:
            bounds = self._bounds(letter)
            joined = self._compound.ahead(letter, bounds) if self._compound else 0.0
            found = self._vocabulary._probability(bounds, self._spelled(letter), joined)
            self._ahead[letter] = found
        return found

    def lists(self, letter: str) -> bool:
        """Whether the vocabulary holds a word that goes on with a letter."""
        low, high = self._bounds(letter)
        return low < high

    def followed_by(self, letter: str) -> Beginning:
        """The words that go on with a letter."""
        found = self._next.get(letter)
        if found is None:
            bounds = self._bounds(letter)
            found = self._next[letter] = Beginning(
                self._vocabulary,
                self.letters + letter,
                bounds,
                self._spelled(letter),
                self._compound.followed_by(letter, bounds) if self._compound else None,
            )
        return found

    def _bounds(self, letter: str) -> tuple[int, int]:
        """The slice of the words that go on with a letter."""
        low, high = self._slice
        if low == high:
            return self._slice
        found = self._slices.get(letter)
        if found is None:
            letters, words = self.letters + letter, self._vocabulary._words
            low = bisect_left(words, letters, low, high)
            found = self._slices[letter] = low, bisect_left(words, letters + _LAST, low, high)
        return found

    def _spelled(self, letter: str) -> float:
        """The probability of the letters and one more by spelling alone."""
        likely = self._vocabulary._spelling.probability(self.letters, letter)
        return max(_LEAST, self._unlisted * likely)


def load_vocabulary(
    tables: Iterable[str],
    lexicon: Iterable[str] = (),
    links: Mapping[str, float] | None = None,
) -> Vocabulary:
    """Loads the words of some tables, each table as likely as the others.

    Args:
        tables: names of files in ``vocabularies/``, without their endings.
        lexicon: the user's own words; capitals do not matter.
        links: as those of a `Vocabulary`.
    """
    names = sorted(set(tables))
    frequencies: dict[str, float] = {}
    for name in names:
        for word, frequency in read_table(name):
            frequencies[word] = frequencies.get(word, 0.0) + frequency / len(names)
    for entry in lexicon:
        for word in entry.lower().split():
            frequencies[word] = max(frequencies.get(word, 0.0), _LEXICON_FREQUENCY)
    return Vocabulary(frequencies, links)


def read_table(name: str) -> Iterable[tuple[str, float]]:
    """Reads a table of frequencies: line n holds words of frequency 10^(-n/10), set apart by
    blanks.

    Args:
        name: of a file in ``vocabularies/``, without its ending.
    """
    table = resources.files(__package__).joinpath("vocabularies", f"{name}.txt.xz")
    text = lzma.decompress(table.read_bytes()).decode("utf-8")
    for index, line in enumerate(text.split("\n")):
        for word in line.split():
            yield word, 10 ** (-index / 10)
