"""The language model as tables: its states are numbers, and so are the characters.

What a character is worth after a state, and where it leads, the model is asked once. After that it
is looked up, for as many states and characters at a time as there are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.language_model import LanguageModel, State

START = 0
"""The number of the state at the start of a line."""

_MOST_STATES = 15_000
_ROWS, _COLUMNS = 1024, 64
_UNKNOWN = -1


class Automaton:
    """A model over one alphabet; one thread at a time may use it.

    Of hundreds of characters most are never likely, so that only those that were have columns in
    the tables.

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
            model: is asked for what the tables lack.
            alphabet: C characters.
        """
        self._model = model
        self._alphabet = alphabet
        self.most_worth = model.most_worth
        """No character is worth more."""
        self.characters: list[str] = []
        """What the columns of the tables stand for."""
        self._column_of = np.full(len(alphabet), _UNKNOWN, np.int32)
        self._forget()

    def _forget(self) -> None:
        self._states: list[State] = []
        self._numbers: dict[State, int] = {}
        self._worths = np.full((_ROWS, _COLUMNS), _UNKNOWN, np.float32)
        self._next = np.full((_ROWS, _COLUMNS), _UNKNOWN, np.int32)
        self._ends = np.full(_ROWS, _UNKNOWN, np.float32)
        self._make_room(columns=len(self.characters))
        self._number(self._model.start)

    def forget_if_large(self) -> None:
        """Forgets all states, if they have grown many: every page meets thousands of new ones."""
        if len(self._states) > _MOST_STATES:
            self._model.fold()
            self._forget()

    def columns_of(self, characters: NDArray[np.intp]) -> NDArray[np.int32]:
        """The columns in the tables of characters, given by their places in the alphabet."""
        columns = self._column_of[characters]
        if (columns < 0).any():
            for character in np.unique(characters[columns < 0]).tolist():
                self._column_of[character] = len(self.characters)
                self.characters.append(self._alphabet[character])
            self._make_room(columns=len(self.characters))
            columns = self._column_of[characters]
        return columns

    def known_worths(
        self, states: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.float32]:
        """What characters are worth after states; -1 where the model was not asked yet."""
        return self._worths[states, columns]

    def weigh(self, states: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.float32]:
        """What characters are worth after states."""
        worths = self._worths[states, columns]
        unknown = worths < 0
        if unknown.any():
            for state, column in _different(states[unknown], columns[unknown]):
                character = self.characters[column]
                self._worths[state, column] = self._model.weigh(self._states[state], character)
            worths = self._worths[states, columns]
        return worths

    def follow(self, states: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int32]:
        """The states that characters lead to from others."""
        after = self._next[states, columns]
        unknown = after < 0
        if unknown.any():
            for state, column in _different(states[unknown], columns[unknown]):
                found = self._model.follow(self._states[state], self.characters[column])
                self._next[state, column] = self._number(found)
            after = self._next[states, columns]
        return after

    def ends(self, states: NDArray[np.intp]) -> NDArray[np.float32]:
        """What it is worth that a line ends in each of some states."""
        for state in set(states[self._ends[states] < 0].tolist()):
            self._ends[state] = self._model.end(self._states[state])
        return self._ends[states]

    def _number(self, state: State) -> int:
        """The number of a state: many characters lead to the same few after a blank."""
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = len(self._states)
            self._states.append(state)
            self._make_room(rows=len(self._states))
        return number

    def _make_room(self, rows: int = 0, columns: int = 0) -> None:
        """Lets the tables grow by doubling, where they are too small."""
        height, width = self._worths.shape
        if rows <= height and columns <= width:
            return
        while height < rows:
            height *= 2
        while width < columns:
            width *= 2
        more = ((0, height - self._worths.shape[0]), (0, width - self._worths.shape[1]))
        self._worths = np.pad(self._worths, more, constant_values=_UNKNOWN)
        self._next = np.pad(self._next, more, constant_values=_UNKNOWN)
        self._ends = np.pad(self._ends, more[0], constant_values=_UNKNOWN)


def _different(
    states: NDArray[np.intp], columns: NDArray[np.intp]
) -> dict[tuple[int, int], None]:
    """Pairs of a state and a column, each once: several texts may be in the same state."""
    return dict.fromkeys(zip(states.tolist(), columns.tolist(), strict=True))
