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
        # Of each node, the letters of its last word.
        self._words = [""] * len(before)
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

    def grow(self, parents: Numbers, columns: Numbers) -> None:
        """Takes in the newest nodes of the tree; what ends a word was judged before.

        Args:
            parents: theirs.
            columns: of the characters by which they are longer.
        """
        first = len(self._words)
        characters, words, space = self._kinds.characters, self._words, self._kinds.space
        for parent, column in zip(parents.tolist(), columns.tolist(), strict=True):
            words.append("" if column == space else words[parent] + characters[column])
        count = len(self._tree.parents)
        self._before = with_room(self._before, count)
        self._after = with_room(self._after, count)
        self._ratio = with_room(self._ratio, count, np.nan)
        self._before[first : len(words)] = np.where(
            columns == space, self._after[parents], self._before[parents]
        )

    def _judge(self, nodes: Numbers) -> None:
        befores = self._before[nodes].tolist()
        found = [
            self._judged_word(before, self._words[node])
            for before, node in zip(befores, nodes.tolist(), strict=True)
        ]
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
