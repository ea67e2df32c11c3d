"""What the texts of a search stand after, and what it is worth that their last words do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.context import History
from notetext.engines.local.state_kinds import StateKinds
from notetext.engines.local.text_tree import TextTree, with_room
from notetext.engines.local.word_tree import Numbers


class Histories:
    """The words before each node of a tree of texts; each node's last word is judged once."""

    def __init__(self, tree: TextTree, kinds: StateKinds, before: Sequence[History]) -> None:
        """Takes a tree of empty texts.

        Args:
            tree: the texts.
            kinds: of the alphabet that they are in.
            before: for each line the words that stand before it.
        """
        self._tree = tree
        self._kinds = kinds
        self._known: dict[History, int] = {}
        self._histories: list[History] = []
        self._judged: dict[tuple[int, str], tuple[float, int]] = {}
        # Numbers of histories: before a node's last word, and after it if it ended there.
        self._before = np.array([self._number(history) for history in before])
        self._after = np.zeros(len(before), np.intp)
        # How much likelier the last word is there than alone.
        self._ratio = np.full(len(before), np.nan)

    def worths(
        self, nodes: Numbers, tokens: NDArray[np.float64], wanted: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """What it is worth that the last words of texts end and stand where they do.

        Args:
            nodes: of the texts.
            tokens: how likely each last word is a token.
            wanted: which of them are judged, if they are not yet; others are worth nothing.
        """
        ratios = self._ratio[nodes]
        unknown = wanted & np.isnan(ratios)
        if unknown.any():
            self._judge(nodes[unknown])
            ratios = self._ratio[nodes]
        worths = self._kinds.model.worths_of_words(tokens, ratios)
        worths[np.isnan(ratios)] = 0.0
        return worths

    def grow(self, nodes: Numbers, is_blank: NDArray[np.bool_]) -> None:
        """Takes in new nodes; what ends a word was judged before.

        Args:
            nodes: the newest ones of the tree.
            is_blank: which of them are a blank longer than their parents.
        """
        count = len(self._tree.parents)
        self._before = with_room(self._before, count)
        self._after = with_room(self._after, count)
        self._ratio = with_room(self._ratio, count, np.nan)
        parents = self._tree.parents[nodes]
        self._before[nodes] = np.where(is_blank, self._after[parents], self._before[parents])

    def _judge(self, nodes: Numbers) -> None:
        words = self._tree.texts(nodes, self._kinds.characters, since=self._kinds.space)
        befores = self._before[nodes].tolist()
        found = [self._judged_word(*pair) for pair in zip(befores, words, strict=True)]
        self._ratio[nodes] = [ratio for ratio, _ in found]
        self._after[nodes] = [after for _, after in found]

    def _judged_word(self, before: int, word: str) -> tuple[float, int]:
        found = self._judged.get((before, word))
        if found is None:
            ratio, after = self._kinds.model.ratio_of_word(self._histories[before], word)
            found = self._judged[before, word] = ratio, self._number(after)
        return found

    def _number(self, history: History) -> int:
        number = self._known.get(history)
        if number is None:
            number = self._known[history] = len(self._histories)
            self._histories.append(history)
        return number
