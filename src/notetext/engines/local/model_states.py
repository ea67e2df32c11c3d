"""States of the language model side by side, so that many characters are judged at once.

A word that is being read counts by one number: how likely it is to end here, or to go on with a
letter. A character's probability is that number times a factor that depends on the kind of the
state and on the character alone; there are few kinds, and the model is asked once for each factor.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.context import History
from notetext.engines.local.language_model import LanguageModel, State
from notetext.engines.local.prose import Way
from notetext.engines.local.token_shapes import Shape, worth_in_token
from notetext.engines.local.vocabulary import Beginning

START = 0
"""The number of the state at the start of a line."""

_ROOM = 1024
_KINDS = 32
_UNKNOWN = -1


class ModelStates:
    """The states that texts have led to, as numbers from 0; they unfold by `follow`.

    >>> import numpy as np
    >>> from notetext.engines.local.language_model import LanguageModel
    >>> from notetext.engines.local.model_states import ModelStates, START
    >>> from notetext.engines.local.scripts.tuning import Trust
    >>> from notetext.engines.local.vocabulary import Vocabulary
    >>> model = LanguageModel(Vocabulary({"a": 1.0}), Trust(language=1.0, length=0.0))
    >>> states = ModelStates(model, ["a", "b"])
    >>> likely, unlikely = states.weigh(np.array([START, START]), np.array([0, 1]))
    >>> bool(likely > unlikely)
    True
    """

    def __init__(self, model: LanguageModel, characters: Sequence[str]) -> None:
        """Makes the state at the start of a line.

        Args:
            model: knows the language.
            characters: what the columns of `weigh` and `follow` stand for; more may be added.
        """
        self._model = model
        self._characters = characters
        self._states: list[State] = []
        self._begun: list[Beginning | None] = []
        self._letters: list[str | None] = []
        self._gaps: dict[State, int] = {}
        self._kinds: dict[Hashable, int] = {}
        self._kind = np.zeros(_ROOM, np.intp)
        self._shape = np.zeros(_ROOM, np.intp)
        self._token = np.zeros(_ROOM)
        self._end = np.zeros(_ROOM)
        self._factors = np.zeros((_KINDS, 0))
        self._ways = np.zeros((_KINDS, 0), np.int8)
        self._in_token = np.zeros((len(Shape), 0))
        self._number(model.start)

    def __len__(self) -> int:
        return len(self._states)

    def weigh(self, states: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.float64]:
        """What characters are worth after states."""
        if len(self._letters) < len(self._characters):
            self._make_room_for_characters()
        kinds = self._kind[states]
        ways = self._ways[kinds, columns]
        if (ways < 0).any():
            self._learn(kinds, states, columns)
            ways = self._ways[kinds, columns]
        ends, goes_on, own = (np.flatnonzero(ways == way) for way in Way)
        prose = self._factors[kinds, columns]
        prose[ends] *= self._ends(states[ends])
        prose[goes_on] *= self._ahead(states[goes_on], columns[goes_on])
        token = self._token[states]
        mixed = prose + token * (self._in_token[self._shape[states], columns] - prose)
        for index in own.tolist():
            state, character = self._states[states[index]], self._characters[columns[index]]
            mixed[index] = self._model.probability(state, character)
        return self._model.worth_of(mixed)

    def _ends(self, states: NDArray[np.intp]) -> NDArray[np.float64]:
        """How likely the words that states are in are to end."""
        for state in states[self._end[states] < 0].tolist():
            self._end[state] = self._states[state].prose.probability_of_end
        return self._end[states]

    def _ahead(self, states: NDArray[np.intp], columns: NDArray[np.intp]) -> list[float]:
        """How likely the words that states are in are to go on with letters."""
        begun, letters = self._begun, self._letters
        found = []
        for state, column in zip(states.tolist(), columns.tolist(), strict=True):
            letter, word = letters[column], begun[state]
            if letter is None or word is None:
                prose, character = self._states[state].prose, self._characters[column]
                found.append(self._model.prose.ahead(prose, character))
            else:
                found.append(word.ahead(letter) / word.probability)
        return found

    def weigh_word(self, state: int, history: History, word: str) -> tuple[float, History]:
        """What it is worth that a word stands after others, and what the next one stands after."""
        return self._model.weigh_word(self._states[state], history, word)

    def end(self, state: int) -> float:
        """What it is worth that a line ends in a state."""
        return self._model.end(self._states[state])

    def follow(
        self,
        states: NDArray[np.intp],
        columns: NDArray[np.intp],
        worths: NDArray[np.float64],
    ) -> list[int]:
        """Where characters lead from states.

        Args:
            states: any of them.
            columns: for each a character; no pair comes twice.
            worths: what these are worth.
        """
        probabilities = self._model.probability_of(worths)
        in_token = self._token[states] * self._in_token[self._shape[states], columns]
        # Roots and powers of probabilities are not exact, and nothing is surer than sure.
        tokens = np.minimum(in_token / probabilities, 1.0).tolist()
        ways = self._ways[self._kind[states], columns].tolist()
        after = []
        for number, column, token, way in zip(
            states.tolist(), columns.tolist(), tokens, ways, strict=True
        ):
            state, character = self._states[number], self._characters[column]
            if way == Way.OWN or character == " ":
                found = self._model.follow(state, character)
            else:
                found = self._model.state_after(state, character, token)
            after.append(number if found is state else self._number(found))
        return after

    def _learn(
        self, kinds: NDArray[np.intp], states: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> None:
        """Finds the factors that are still missing."""
        for index in np.flatnonzero(self._ways[kinds, columns] < 0).tolist():
            kind, column = int(kinds[index]), int(columns[index])
            prose, character = self._states[states[index]].prose, self._characters[column]
            model = self._model.prose
            way = model.way(prose, character)
            if way is not Way.OWN:
                is_end = way is Way.END
                number = prose.probability_of_end if is_end else model.ahead(prose, character)
                self._factors[kind, column] = model.probability(prose, character) / number
            self._ways[kind, column] = way

    def _number(self, state: State) -> int:
        """The number of a state; those after a blank are few, and many characters lead there."""
        number = self._gaps.get(state)
        if number is not None:
            return number
        number = len(self._states)
        self._states.append(state)
        self._begun.append(state.prose.letters)
        if state.prose.is_gap:
            self._gaps[state] = number
        if number == len(self._kind):
            for name in ("_kind", "_shape", "_token", "_end"):
                array = getattr(self, name)
                setattr(self, name, np.concatenate([array, np.zeros_like(array)]))
        kind = self._kinds.setdefault(state.prose.kind, len(self._kinds))
        if kind == len(self._ways):
            more = ((0, len(self._ways)), (0, 0))
            self._factors = np.pad(self._factors, more)
            self._ways = np.pad(self._ways, more, constant_values=_UNKNOWN)
        self._kind[number] = kind
        self._shape[number] = state.shape
        self._token[number] = state.token
        self._end[number] = _UNKNOWN
        return number

    def _make_room_for_characters(self) -> None:
        known, count = self._ways.shape[1], len(self._characters)
        self._letters = [
            None if self._model.prose.may_be_foreign(character) else character.lower()[0]
            for character in self._characters
        ]
        more = ((0, 0), (0, count - known))
        self._factors = np.pad(self._factors, more)
        self._ways = np.pad(self._ways, more, constant_values=_UNKNOWN)
        new = self._characters[known:]
        in_token = [[worth_in_token(shape, character) for character in new] for shape in Shape]
        self._in_token = np.concatenate([self._in_token, np.array(in_token)], axis=1)
