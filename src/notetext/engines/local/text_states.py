"""What the language model knows after each text of a search, so that many characters are judged at
once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.begun_words import BegunWords
from notetext.engines.local.language_model import TOKENS
from notetext.engines.local.prose import SECOND_BLANK, Prose, Way
from notetext.engines.local.state_kinds import StateKinds
from notetext.engines.local.text_tree import TextTree, with_room
from notetext.engines.local.token_shapes import Shape
from notetext.engines.local.vocabulary import LEAST
from notetext.engines.local.word_tree import Numbers

_EMPTY = 0


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Characters that texts may go on with.

    Attributes:
        column: theirs.
        worth: what each is worth.
        token: how likely the text is then in a token, and not in prose.
        kind: of the prose that they lead to.
        goes_on: whether the word goes on with them.
    """

    column: NDArray[np.intp]
    worth: NDArray[np.float64]
    token: NDArray[np.float64]
    kind: NDArray[np.intp]
    goes_on: NDArray[np.intp]

    def at(self, places: Numbers) -> Judged:
        """Some of them."""
        return Judged(*(getattr(self, name)[places] for name in self.__slots__))


class TextStates:
    """The model's states after the nodes of a tree of texts, which grow together.

    >>> import numpy as np
    >>> from notetext.engines.local.language_model import LanguageModel
    >>> from notetext.engines.local.scripts.tuning import Trust
    >>> from notetext.engines.local.state_kinds import StateKinds
    >>> from notetext.engines.local.text_states import TextStates
    >>> from notetext.engines.local.text_tree import TextTree
    >>> from notetext.engines.local.vocabulary import Vocabulary
    >>> model = LanguageModel(Vocabulary({"a": 1.0}), Trust(language=1.0, length=0.0))
    >>> kinds = StateKinds(model, ("", "a", "b", " "))
    >>> states = TextStates(TextTree(1), kinds)
    >>> letters = kinds.columns_of(np.array([1, 2]))
    >>> likely, unlikely = states.judge(np.zeros(2, np.intp), letters).worth
    >>> bool(likely > unlikely)
    True
    """

    def __init__(self, tree: TextTree, kinds: StateKinds) -> None:
        """Takes a tree of empty texts."""
        self._tree = tree
        self._kinds = kinds
        self._model = kinds.model
        self._kind = np.full(1, kinds.start)
        self._shape = np.full(1, int(Shape.EDGE))
        self.tokens = np.full(1, TOKENS)
        """How likely each text is in a token, and not in prose."""
        prose = kinds.model.prose
        self._words = BegunWords(prose.vocabulary, kinds.letters, prose.foreign_accent)
        self._make_room()

    def judge(self, texts: Numbers, columns: NDArray[np.intp]) -> Judged:
        """What characters are worth after texts, and where they lead."""
        kind = self._kind[texts]
        way = self._kinds.ways(kind, columns)
        prose = self._words.ends[texts]
        goes_on = (way == Way.AHEAD).astype(np.intp)
        may_go_on = np.flatnonzero((way == Way.AHEAD) | (way == Way.IF_LISTED))
        ahead, is_listed = self._words.ahead(texts[may_go_on], columns[may_go_on])
        goes_on[may_go_on] |= is_listed
        prose[may_go_on] = np.where(goes_on[may_go_on], ahead, prose[may_go_on])
        factors = self._kinds.factors(goes_on, kind, columns)
        unknown = np.isnan(factors)
        if unknown.any():
            self._learn(texts[unknown], goes_on[unknown], columns[unknown])
            factors = self._kinds.factors(goes_on, kind, columns)
        prose *= factors
        token = self.tokens[texts]
        in_token = self._kinds.in_token[self._shape[texts], columns]
        mixed = prose + token * (in_token - prose)
        mixed[way == Way.NONE] = SECOND_BLANK
        # Nothing is surer than sure, but for rounding; and what cannot be is neither.
        token = np.minimum(token * in_token / np.maximum(mixed, LEAST), 1.0)
        return Judged(
            column=columns,
            worth=self._model.worth_of(mixed),
            token=np.where(columns == self._kinds.space, TOKENS, token),
            kind=self._kinds.after(goes_on, kind, columns),
            goes_on=goes_on,
        )

    def grow(self, texts: Numbers, judged: Judged) -> None:
        """Takes in the newest nodes of the tree.

        Args:
            texts: the nodes.
            judged: the characters by which they are longer than their parents.
        """
        self._make_room()
        self._kind[texts] = judged.kind
        self._shape[texts] = self._kinds.shapes[judged.column]
        self.tokens[texts] = judged.token
        in_word = np.flatnonzero(self._kinds.is_in_word(judged.kind))
        texts = texts[in_word]
        before = np.where(judged.goes_on[in_word], self._tree.parents[texts], _EMPTY)
        self._words.grow(texts, before, judged.column[in_word])

    def ends(self, texts: Numbers) -> NDArray[np.float64]:
        """What it is worth that a line ends after each of some texts."""
        prose, token = self._words.ends[texts], self.tokens[texts]
        in_token = self._kinds.in_token[self._shape[texts], self._kinds.space]
        is_gap = self._kinds.is_gap(self._kind[texts])
        mixed = np.where(is_gap, prose, prose + token * (in_token - prose))
        return self._model.worth_of_end(mixed)

    def _learn(self, texts: Numbers, goes_on: Numbers, columns: Numbers) -> None:
        """Finds the factors of characters, which are still missing."""
        _, first = np.unique(
            np.stack([goes_on, self._kind[texts], columns]), axis=1, return_index=True
        )
        for index in first.tolist():
            prose = self._prose(int(texts[index]))
            self._kinds.learn(int(goes_on[index]), prose, int(columns[index]))

    def _prose(self, text: int) -> Prose:
        """What prose a text is in the middle of."""
        columns = []
        while self._kinds.is_in_word(self._kind[text]):
            columns.append(int(self._tree.columns[text]))
            text = int(self._tree.parents[text])
        prose = self._kinds.example(int(self._kind[text]))
        for column in reversed(columns):
            prose = self._model.prose.after(prose, self._kinds.characters[column])
        return prose

    def _make_room(self) -> None:
        count = len(self._tree.parents)
        self._kind = with_room(self._kind, count, self._kinds.start)
        self._shape = with_room(self._shape, count, int(Shape.EDGE))
        self.tokens = with_room(self.tokens, count, TOKENS)
        self._words.make_room(count)
