"""What the texts of a search stand after, and what it is worth that their last words do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.automaton import Automaton
from notetext.engines.local.context import History
from notetext.engines.local.text_tree import TextTree

_ROOM = 4096


class Histories:
    """The words before each node of a tree of texts; each node's last word is judged once."""

    def __init__(self, tree: TextTree, automaton: Automaton, before: Sequence[History]) -> None:
        """Takes an empty tree.

        Args:
            tree: the texts.
            automaton: judges words.
            before: for each line the words that stand before it.
        """
        self._tree = tree
        self._automaton = automaton
        self._known: dict[History, int] = {}
        self._histories: list[History] = []
        room = _ROOM + len(before)
        # Numbers of histories: before a node's last word, and after it if it ended there.
        self._before = np.zeros(room, np.int32)
        self._after = np.zeros(room, np.int32)
        self._worth = np.full(room, np.nan)
        self._before[: len(before)] = [self._number(history) for history in before]

    def worths(
        self, nodes: NDArray[np.intp], states: NDArray[np.intp], wanted: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """What it is worth that the last words of texts end and stand where they do.

        Args:
            nodes: of the texts.
            states: the automaton's after them.
            wanted: which of them are judged, if they are not yet; others are worth nothing.
        """
        unknown = wanted & np.isnan(self._worth[nodes])
        if unknown.any():
            self._judge(nodes[unknown], states[unknown])
        worths = self._worth[nodes]
        worths[np.isnan(worths)] = 0.0
        return worths

    def grow(self, nodes: NDArray[np.intp], is_blank: NDArray[np.bool_]) -> None:
        """Takes in new nodes; what ends a word was judged before.

        Args:
            nodes: the newest ones of the tree.
            is_blank: which of them are a blank longer than their parents.
        """
        if len(self._tree.parents) > len(self._worth):
            more = len(self._tree.parents) - len(self._worth)
            self._before = np.pad(self._before, (0, more))
            self._after = np.pad(self._after, (0, more))
            self._worth = np.pad(self._worth, (0, more), constant_values=np.nan)
        parents = self._tree.parents[nodes]
        self._before[nodes] = np.where(is_blank, self._after[parents], self._before[parents])
        self._worth[nodes] = np.nan

    def _judge(self, nodes: NDArray[np.intp], states: NDArray[np.intp]) -> None:
        words = self._tree.texts(nodes, self._automaton.characters, since=self._automaton.space)
        for node, state, word in zip(nodes.tolist(), states.tolist(), words, strict=True):
            history = self._histories[self._before[node]]
            worth, after = self._automaton.weigh_word(state, history, word)
            self._worth[node] = worth
            self._after[node] = self._number(after)

    def _number(self, history: History) -> int:
        number = self._known.get(history)
        if number is None:
            number = self._known[history] = len(self._histories)
            self._histories.append(history)
        return number
