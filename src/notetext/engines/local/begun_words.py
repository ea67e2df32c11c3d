"""Words that texts are in the middle of, side by side, so that many letters are judged at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.compounds import BegunCompound
from notetext.engines.local.text_tree import with_room
from notetext.engines.local.vocabulary import LEAST, Vocabulary
from notetext.engines.local.word_tree import NOTHING, ROOT, Numbers

_Chances = NDArray[np.float64]


class Letters:
    """What characters stand for in the words of a vocabulary; more may be added.

    The first row of each array is of the letter itself in lower case, the second of the one without
    an accent that words of the language may have instead.

    Attributes:
        letters: these letters; ``""`` for none.
        codes: their numbers in the tree of words, 2×C; `NOTHING` for none.
        columns: the spelling's, 2×C.
    """

    def __init__(self, vocabulary: Vocabulary, plain: Mapping[str, str]) -> None:
        """Takes none.

        Args:
            vocabulary: the words.
            plain: lower-case letters that another language's words may bring, each without its
                accent.
        """
        self._vocabulary = vocabulary
        self._plain = plain
        self.letters: tuple[list[str], list[str]] = ([], [])
        self.codes = np.zeros((2, 0), np.intp)
        self.columns = np.zeros((2, 0), np.intp)

    def add(self, letters: Iterable[str]) -> None:
        """Takes more, in lower case; ``""`` for a character that words have not."""
        tree, spelling = self._vocabulary.tree, self._vocabulary.spelling
        for letter in letters:
            for row, one in zip(self.letters, (letter, self._plain.get(letter, "")), strict=True):
                row.append(one)
        self.codes = np.array(
            [[tree.code(one) if one else NOTHING for one in row] for row in self.letters], np.intp
        )
        self.columns = np.array(
            [[spelling.column(one) for one in row] for row in self.letters], np.intp
        )


class BegunWords:
    """The words that the nodes of a tree of texts are in the middle of.

    A node that is in none is before all words.
    """

    def __init__(self, vocabulary: Vocabulary, letters: Letters, foreign_accent: float) -> None:
        """Takes no node but the first, an empty text.

        Args:
            vocabulary: the words.
            letters: what characters stand for in them.
            foreign_accent: how likely an accent is where a word has the letter without it.
        """
        self._vocabulary = vocabulary
        self._letters = letters
        self._foreign_accent = foreign_accent
        self._node = np.full(1, ROOT)
        self._state = np.full(1, vocabulary.spelling.start)
        self._unlisted = np.ones(1)
        self._begun = np.ones(1)
        self.ends = np.ones(1)
        """Of each node, how likely its word is to end; 1 where it is in none."""
        compounds = vocabulary.compounds
        self._compounds: list[BegunCompound] = [] if compounds is None else [compounds.begun()]

    def ahead(self, texts: Numbers, characters: Numbers) -> tuple[_Chances, NDArray[np.bool_]]:
        """How likely words are to go on with letters, and whether any listed word does.

        Args:
            texts: nodes.
            characters: as numbers in `Letters`.
        """
        node, which, as_seen = self._children(texts, characters)
        unlisted = self._spelled(texts, self._letters.columns[which, characters])
        joined = np.zeros(len(texts))
        if self._compounds:
            asked = self._compounds_and_letters(texts, which, characters)
            joined[:] = [compound.ahead(letter) for compound, letter in asked]
        begun = self._vocabulary.begun(node, unlisted, joined)
        return as_seen * begun / self._begun[texts], node != NOTHING

    def make_room(self, count: int) -> None:
        """Lets the arrays hold so many nodes, those that are new before all words."""
        self._node = with_room(self._node, count, ROOT)
        self._state = with_room(self._state, count, self._vocabulary.spelling.start)
        self._unlisted = with_room(self._unlisted, count, 1.0)
        self._begun = with_room(self._begun, count, 1.0)
        self.ends = with_room(self.ends, count, 1.0)
        if self._compounds:
            self._compounds += [self._compounds[0]] * (count - len(self._compounds))

    def grow(self, texts: Numbers, parents: Numbers, characters: Numbers) -> None:
        """Takes in new nodes that are in a word; others need nothing.

        Args:
            texts: the nodes.
            parents: those in whose words they are, or any that is in none if they begin one.
            characters: by which they are longer, as numbers in `Letters`.
        """
        vocabulary, spelling = self._vocabulary, self._vocabulary.spelling
        node, which, _ = self._children(parents, characters)
        columns = self._letters.columns[which, characters]
        state = spelling.after[self._state[parents], columns]
        unlisted = self._spelled(parents, columns)
        joined, ended = np.zeros((2, len(texts)))
        if self._compounds:
            asked = self._compounds_and_letters(parents, which, characters)
            compounds = [compound.followed_by(letter) for compound, letter in asked]
            for text, compound in zip(texts.tolist(), compounds, strict=True):
                self._compounds[text] = compound
            joined[:] = [compound.probability for compound in compounds]
            ended[:] = [compound.whole for compound in compounds]
        begun = vocabulary.begun(node, unlisted, joined)
        ends = vocabulary.whole(node, unlisted * spelling.likely[state, spelling.end], ended)
        self._node[texts], self._state[texts] = node, state
        self._unlisted[texts], self._begun[texts], self.ends[texts] = unlisted, begun, ends / begun

    def _children(
        self, texts: Numbers, characters: Numbers
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], _Chances]:
        """The listed words that go on with letters.

        Returns:
            Their nodes, 1 for letters that stand for those without their accents and 0 for others,
            and how likely the letters are to look as they do.
        """
        tree, codes = self._vocabulary.tree, self._letters.codes
        before = self._node[texts]
        node = tree.children(before, codes[0, characters])
        which = np.zeros(len(texts), np.intp)
        as_seen = np.ones(len(texts))
        foreign = np.flatnonzero((node == NOTHING) & (codes[1, characters] != NOTHING))
        if len(foreign):
            plain = tree.children(before[foreign], codes[1, characters[foreign]])
            foreign, plain = foreign[plain != NOTHING], plain[plain != NOTHING]
            node[foreign], which[foreign] = plain, 1
            as_seen[foreign] = self._foreign_accent
        return node, which, as_seen

    def _spelled(self, texts: Numbers, columns: Numbers) -> _Chances:
        """The probabilities of words and one more letter by spelling alone."""
        likely = self._vocabulary.spelling.likely[self._state[texts], columns]
        spelled: _Chances = np.maximum(self._unlisted[texts] * likely, LEAST)
        return spelled

    def _compounds_and_letters(
        self, texts: Numbers, which: Numbers, characters: Numbers
    ) -> list[tuple[BegunCompound, str]]:
        """The compounds of texts, each with the letter that a character stands for."""
        letters = self._letters.letters
        return [
            (self._compounds[text], letters[row][character])
            for text, row, character in zip(
                texts.tolist(), which.tolist(), characters.tolist(), strict=True
            )
        ]
