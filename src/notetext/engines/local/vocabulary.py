"""How likely a word, and the beginning of a word, is in a language."""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.compounds import BegunCompound, Compounds
from notetext.engines.local.spelling import Spelling
from notetext.engines.local.word_tree import NOTHING, ROOT, Numbers, WordTree, one_by_one

# The share of words that no list holds: names, rare forms, slips of the pen.
_UNLISTED = 0.02
# In languages that write words together, so much is made of listed words: of what no list holds, up
# to eight words in ten.
_COMPOUNDS = 0.04
# How often a word of the user's is expected: as often as "window" in English.
_LEXICON_FREQUENCY = 1e-4
_SPELLING_WORDS = 30_000
LEAST = 1e-200
"""So that a run of hundreds of letters has a probability at all."""


class Vocabulary:
    """The words of one or several languages, with their frequencies; threads may share it.

    >>> from notetext.engines.local.vocabulary import Vocabulary
    >>> vocabulary = Vocabulary({"no": 0.5, "not": 0.2, "note": 0.3})
    >>> "note" in vocabulary, "notes" in vocabulary
    (True, False)
    >>> round(vocabulary.beginning("not").probability, 2)
    0.49

    Attributes:
        tree: the words.
        spelling: how their letters follow each other.
        compounds: what words are made of words; ``None`` if none are.
        elided: the words that end with an apostrophe, as l' does, and are followed directly.
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
        words = sorted(frequencies)
        shares = np.fromiter(map(frequencies.__getitem__, words), np.float64, len(words))
        shares /= shares.sum() or 1.0
        self.elided = frozenset(word for word in words if word[-1:] == "'")
        self.tree = WordTree(words)
        commonest = np.argsort(-shares, kind="stable")[:_SPELLING_WORDS]
        self.spelling = Spelling(map(words.__getitem__, commonest.tolist()))
        self.compounds = None if links is None else Compounds(self.tree, words, shares, links)
        listed = 1 - _UNLISTED - (_COMPOUNDS if self.compounds else 0.0)
        self._begun, self._whole = (listed * sums for sums in self.tree.sums(shares))
        self._size = len(words)
        self._each_begun, self._each_whole = one_by_one(self._begun), one_by_one(self._whole)
        self.root = self.beginning("")
        """The beginning of every word."""

    def __contains__(self, word: str) -> bool:
        return self.tree.is_word(self.tree.find(word))

    def __len__(self) -> int:
        return self._size

    def beginning(self, letters: str) -> Beginning:
        """The words that begin with some letters, in lower case."""
        compound = self.compounds.begun() if self.compounds else None
        found = Beginning(self, "", ROOT, self.spelling.start, 1.0, compound)
        for letter in letters:
            found = found.followed_by(letter)
        return found

    def begun(
        self, nodes: Numbers, unlisted: NDArray[np.float64], compounds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """The probabilities that words begin so.

        Args:
            nodes: of the listed ones in the tree.
            unlisted: that one does that is in no list.
            compounds: that one does that is made of listed ones.
        """
        return self._begun[nodes] + _UNLISTED * unlisted + _COMPOUNDS * compounds

    def whole(
        self, nodes: Numbers, unlisted: NDArray[np.float64], compounds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """The same for whole words."""
        return self._whole[nodes] + _UNLISTED * unlisted + _COMPOUNDS * compounds


class Beginning:
    """The words that begin alike.

    Attributes:
        letters: how they begin.
        probability: that a word begins so.
    """

    __slots__ = (
        "_compound",
        "_node",
        "_state",
        "_unlisted",
        "_vocabulary",
        "letters",
        "probability",
    )

    def __init__(
        self,
        vocabulary: Vocabulary,
        letters: str,
        node: int,
        state: int,
        unlisted: float,
        compound: BegunCompound | None,
    ) -> None:
        """Makes one.

        Args:
            vocabulary: that it is of.
            letters: how they begin.
            node: of the listed ones in the tree.
            state: of the spelling after the letters.
            unlisted: the probability of the letters by spelling alone.
            compound: those made of listed ones; ``None`` if there are none.
        """
        self._vocabulary = vocabulary
        self._node = node
        self._state = state
        self._unlisted = unlisted
        self._compound = compound
        self.letters = letters
        joined = compound.probability if compound else 0.0
        self.probability = vocabulary._each_begun[node] + _UNLISTED * unlisted + _COMPOUNDS * joined

    @property
    def word_probability(self) -> float:
        """That these letters are the whole word."""
        spelling = self._vocabulary.spelling
        unlisted = self._unlisted * float(spelling.likely[self._state, spelling.end])
        joined = self._compound.whole if self._compound else 0.0
        return self._vocabulary._each_whole[self._node] + _UNLISTED * unlisted + _COMPOUNDS * joined

    def ahead(self, letter: str) -> float:
        """The probability that a word begins so and goes on with a letter."""
        joined = self._compound.ahead(letter) if self._compound else 0.0
        unlisted = self._spelled(self._vocabulary.spelling.column(letter))
        begun = self._vocabulary._each_begun[self._child(letter)]
        return begun + _UNLISTED * unlisted + _COMPOUNDS * joined

    def lists(self, letter: str) -> bool:
        """Whether the vocabulary holds a word that goes on with a letter."""
        return self._child(letter) != NOTHING

    def followed_by(self, letter: str) -> Beginning:
        """The words that go on with a letter."""
        spelling = self._vocabulary.spelling
        column = spelling.column(letter)
        return Beginning(
            self._vocabulary,
            self.letters + letter,
            self._child(letter),
            int(spelling.after[self._state, column]),
            self._spelled(column),
            self._compound.followed_by(letter) if self._compound else None,
        )

    def _child(self, letter: str) -> int:
        tree = self._vocabulary.tree
        return tree.child(self._node, tree.code(letter))

    def _spelled(self, column: int) -> float:
        """The probability of the letters and one more by spelling alone."""
        likely = float(self._vocabulary.spelling.likely[self._state, column])
        return max(LEAST, self._unlisted * likely)


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
        for line, frequency in _lines_of(name):
            words = dict.fromkeys(line, frequency / len(names))
            for word in frequencies.keys() & words.keys():
                words[word] += frequencies[word]
            frequencies |= words
    for entry in lexicon:
        for word in entry.lower().split():
            frequencies[word] = max(frequencies.get(word, 0.0), _LEXICON_FREQUENCY)
    return Vocabulary(frequencies, links)


def read_table(name: str) -> Iterator[tuple[str, float]]:
    """Reads a table of frequencies.

    Args:
        name: of a file in ``vocabularies/``, without its ending.

    Yields:
        Each word with its frequency.
    """
    for words, frequency in _lines_of(name):
        for word in words:
            yield word, frequency


def _lines_of(name: str) -> Iterator[tuple[list[str], float]]:
    """The lines of a table: line n holds words of frequency 10^(-n/10), set apart by blanks."""
    table = resources.files(__package__).joinpath("vocabularies", f"{name}.txt.xz")
    text = lzma.decompress(table.read_bytes()).decode("utf-8")
    for index, line in enumerate(text.split("\n")):
        yield line.split(), 10 ** (-index / 10)
