"""The language model as tables: its states are numbers, and so are the characters.

What a character is worth after a state, and where it leads, is found once. After that it is looked
up, for as many states and characters at a time as there are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.context import History
from notetext.engines.local.language_model import LanguageModel
from notetext.engines.local.model_states import ModelStates

Numbers = NDArray[np.intp] | NDArray[np.int32]

_MOST_STATES = 8_000
_ROWS, _COLUMNS = 1024, 64
_UNKNOWN = -1


class Automaton:
    """A model over one alphabet; one thread at a time may use it.

    Of hundreds of characters most are never likely, so that only those that were have columns in
    the tables.

    >>> import numpy as np
    >>> from notetext.engines.local.automaton import Automaton
    >>> from notetext.engines.local.language_model import LanguageModel
    >>> from notetext.engines.local.scripts.tuning import Trust
    >>> from notetext.engines.local.vocabulary import Vocabulary
    >>> model = LanguageModel(Vocabulary({"a": 1.0}), Trust(language=1.0, length=0.0))
    >>> automaton = Automaton(model, ("", "a", "b", " "))
    >>> start, characters = np.zeros(2, np.intp), automaton.columns_of(np.array([1, 2]))
    >>> likely, unlikely = automaton.weigh(start, characters)
    >>> bool(likely > unlikely)
    True
    """

    def __init__(self, model: LanguageModel, alphabet: Sequence[str]) -> None:
        """Makes tables without entries.

        Args:
            model: knows the language.
            alphabet: C characters.
        """
        self._model = model
        self.most_worth_of_word = model.most_worth_of_word
        """No word is worth more for what it stands after."""
        self._alphabet = alphabet
        self.characters: list[str] = []
        """What the columns of the tables stand for."""
        self._column_of = np.full(len(alphabet), _UNKNOWN, np.int32)
        self._forget()
        self.space = int(self.columns_of(np.array([len(alphabet) - 1]))[0])
        """The column of the blank between words, the alphabet's last character."""

    def _forget(self) -> None:
        self._states = ModelStates(self._model, self.characters)
        self._worths = np.full((_ROWS, _COLUMNS), float(_UNKNOWN))
        self._next = np.full((_ROWS, _COLUMNS), _UNKNOWN, np.int32)
        self._ends = np.full(_ROWS, _UNKNOWN, np.float32)
        self._make_room()

    def forget_if_large(self) -> None:
        """Forgets all states if they have grown many: every page leads to thousands of new ones."""
        if len(self._states) > _MOST_STATES:
            self._model.fold()
            self._forget()

    def columns_of(self, characters: Numbers) -> NDArray[np.int32]:
        """The columns in the tables of characters, given by their places in the alphabet."""
        columns = self._column_of[characters]
        if (columns < 0).any():
            for character in np.unique(characters[columns < 0]).tolist():
                self._column_of[character] = len(self.characters)
                self.characters.append(self._alphabet[character])
            self._make_room()
            columns = self._column_of[characters]
        return columns

    def most_worths(self, columns: Numbers) -> NDArray[np.float64]:
        """What characters can be worth at most; of a blank, with what it ends."""
        ends_word = np.where(columns == self.space, self.most_worth_of_word, 1.0)
        return self._model.most_worth * ends_word

    def weigh_word(self, state: int, history: History, word: str) -> tuple[float, History]:
        """What it is worth that a word that led to a state stands after others.

        Args:
            state: after the word.
            history: the words before it.
            word: it may be empty.

        Returns:
            Its worth, and what the next word stands after.
        """
        return self._states.weigh_word(state, history, word)

    def known_worths(self, states: Numbers, columns: Numbers) -> NDArray[np.float64]:
        """What characters are worth after states; -1 where that was not found yet."""
        return self._worths[states, columns]

    def weigh(self, states: Numbers, columns: Numbers) -> NDArray[np.float64]:
        """What characters are worth after states, found afresh."""
        before, through = self._different(states, columns)
        self._worths[before, through] = self._states.weigh(before, through)
        return self._worths[states, columns]

    def follow(self, states: Numbers, columns: Numbers) -> NDArray[np.int32]:
        """The states that characters, which were weighed, lead to from others."""
        after = self._next[states, columns]
        unknown = after < 0
        if unknown.any():
            before, through = self._different(states[unknown], columns[unknown])
            found = self._states.follow(before, through, self._worths[before, through])
            self._make_room()
            self._next[before, through] = found
            after = self._next[states, columns]
        return after

    def _different(
        self, states: Numbers, columns: Numbers
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Each pair once: half of all texts in a beam are in the same state as another."""
        width = self._next.shape[1]
        places = np.sort(states * width + columns)
        places = places[np.diff(places, prepend=_UNKNOWN) > 0]
        return places // width, places % width

    def ends(self, states: Numbers) -> NDArray[np.float32]:
        """What it is worth that a line ends in each of some states."""
        for state in set(states[self._ends[states] < 0].tolist()):
            self._ends[state] = self._states.end(state)
        return self._ends[states]

    def _make_room(self) -> None:
        """Lets the tables grow by doubling, where they are too small."""
        height, width = self._next.shape
        while height < len(self._states):
            height *= 2
        while width < len(self.characters):
            width *= 2
        if (height, width) == self._next.shape:
            return
        more = ((0, height - self._next.shape[0]), (0, width - self._next.shape[1]))
        self._worths = np.pad(self._worths, more, constant_values=_UNKNOWN)
        self._next = np.pad(self._next, more, constant_values=_UNKNOWN)
        self._ends = np.pad(self._ends, more[0], constant_values=_UNKNOWN)
