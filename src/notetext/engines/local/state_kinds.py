"""What characters are worth by the kind of what they stand after, as tables.

How likely a character is depends on the word that it stands in by one number alone: how likely that
is to end, or to go on with a letter. All else is a factor that depends on the kind of the prose and
on the character. There are few kinds, and the model is asked once for each factor.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.begun_words import Letters
from notetext.engines.local.language_model import LanguageModel
from notetext.engines.local.prose import START, Prose, letter_of
from notetext.engines.local.token_shapes import Shape, shape_of, worth_in_token
from notetext.engines.local.word_tree import Numbers

_UNKNOWN = -1
_KINDS = 32


class StateKinds:
    """The tables over one alphabet; one thread at a time may use them.

    Of hundreds of characters most are never likely, so that only those that were have columns.

    Attributes:
        model: knows the language.
        characters: what the columns stand for.
        space: the column of the blank between words, the alphabet's last character.
        start: the kind at the start of a line.
        letters: what the characters stand for in words.
        shapes: the kind of each character in a token.
        in_token: how likely it is in a token after each kind of character.
    """

    def __init__(self, model: LanguageModel, alphabet: Sequence[str]) -> None:
        """Makes tables without entries.

        Args:
            model: knows the language.
            alphabet: C characters.
        """
        self.model = model
        self.characters: list[str] = []
        self.letters = Letters(model.prose.vocabulary, model.prose.plain)
        self.shapes = np.zeros(0, np.intp)
        self.in_token = np.zeros((len(Shape), 0))
        self._alphabet = alphabet
        self._column_of = np.full(len(alphabet), _UNKNOWN)
        self._numbers: dict[Hashable, int] = {}
        self._examples: list[Prose] = []
        self._in_word = np.zeros(_KINDS, np.bool_)
        self._gap = np.zeros(_KINDS, np.bool_)
        self._ways = np.full((_KINDS, 0), _UNKNOWN, np.int8)
        # Of each character if it ends the word, and if the word goes on with it.
        self._factors = np.full((2, _KINDS, 0), np.nan)
        self._after = np.full((2, _KINDS, 0), _UNKNOWN)
        self.space = int(self.columns_of(np.array([len(alphabet) - 1]))[0])
        self.start = self._number(START)

    def columns_of(self, characters: Numbers) -> NDArray[np.intp]:
        """The columns of characters, given by their places in the alphabet."""
        columns = self._column_of[characters]
        if (columns < 0).any():
            new = np.unique(characters[columns < 0])
            self._column_of[new] = len(self.characters) + np.arange(len(new))
            self._add([self._alphabet[character] for character in new.tolist()])
            columns = self._column_of[characters]
        return columns

    def most_worths(self, columns: Numbers) -> NDArray[np.float64]:
        """What characters can be worth at most; of a blank, with what it ends."""
        ends_word = np.where(columns == self.space, self.model.most_worth_of_word, 1.0)
        return self.model.most_worth * ends_word

    def is_in_word(self, kinds: Numbers) -> NDArray[np.bool_]:
        """Whether prose of some kinds is in a word."""
        return self._in_word[kinds]

    def is_gap(self, kinds: Numbers) -> NDArray[np.bool_]:
        """Whether prose of some kinds has come to a blank, or is at its start."""
        return self._gap[kinds]

    def example(self, kind: int) -> Prose:
        """Prose of a kind; if it is in no word, there is no other of it."""
        return self._examples[kind]

    def ways(self, kinds: Numbers, columns: Numbers) -> NDArray[np.int8]:
        """What of the words decides how likely characters are, each a `Way`."""
        found = self._ways[kinds, columns]
        if (found < 0).any():
            for index in np.flatnonzero(found < 0).tolist():
                kind, column = kinds[index], columns[index]
                way = self.model.prose.way(self._examples[kind], self.characters[column])
                self._ways[kind, column] = way
            found = self._ways[kinds, columns]
        return found

    def factors(self, goes_on: Numbers, kinds: Numbers, columns: Numbers) -> NDArray[np.float64]:
        """The factors of characters; NaN where one must be learned first.

        Args:
            goes_on: 1 if the word goes on with the character, and 0 if it ends.
            kinds: of the prose that they stand after.
            columns: of the characters.
        """
        return self._factors[goes_on, kinds, columns]

    def after(self, goes_on: Numbers, kinds: Numbers, columns: Numbers) -> NDArray[np.intp]:
        """The kinds that characters lead to; of the same arguments as `factors`."""
        return self._after[goes_on, kinds, columns]

    def learn(self, goes_on: int, prose: Prose, column: int) -> None:
        """Finds the factor of a character after prose, and what it leads to."""
        model, character = self.model.prose, self.characters[column]
        number = model.ahead(prose, character) if goes_on else prose.probability_of_end
        after = model.after_blank(prose) if character == " " else model.after(prose, character)
        before = self._number(prose)
        following = self._number(after)
        self._factors[goes_on, before, column] = model.probability(prose, character) / number
        self._after[goes_on, before, column] = following

    def _number(self, prose: Prose) -> int:
        """The number of the kind of prose."""
        number = self._numbers.setdefault(prose.kind, len(self._numbers))
        if number == len(self._examples):
            self._examples.append(prose)
            if number == len(self._in_word):
                self._in_word = np.pad(self._in_word, (0, number))
                self._gap = np.pad(self._gap, (0, number))
                self._grow((0, number), (0, 0))
            self._in_word[number] = prose.letters is not None
            self._gap[number] = prose.is_gap
        return number

    def _add(self, characters: Sequence[str]) -> None:
        """Takes more characters."""
        self.characters += characters
        self.letters.add(map(letter_of, characters))
        shapes = [shape_of(character) for character in characters]
        self.shapes = np.append(self.shapes, np.array(shapes, np.intp))
        in_token = [[worth_in_token(shape, other) for other in characters] for shape in Shape]
        self.in_token = np.concatenate([self.in_token, np.array(in_token)], axis=1)
        self._grow((0, 0), (0, len(characters)))

    def _grow(self, kinds: tuple[int, int], columns: tuple[int, int]) -> None:
        """Makes room in the tables."""
        self._ways = np.pad(self._ways, (kinds, columns), constant_values=_UNKNOWN)
        room = ((0, 0), kinds, columns)
        self._factors = np.pad(self._factors, room, constant_values=np.nan)
        self._after = np.pad(self._after, room, constant_values=_UNKNOWN)
