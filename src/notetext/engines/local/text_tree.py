"""Texts that begin alike, as a tree: each node is one more character after those before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.word_tree import Numbers

_Number = TypeVar("_Number", bound=np.generic)

_ROOM = 4096
_NOTHING = -1


def with_room(array: NDArray[_Number], count: int, value: float = _NOTHING) -> NDArray[_Number]:
    """An array of so many entries at least; where it must grow, it doubles.

    Args:
        array: N entries.
        count: how many are needed.
        value: of the new ones.
    """
    if count <= len(array):
        return array
    larger = np.full(max(count, 2 * len(array), _ROOM), value, array.dtype)
    larger[: len(array)] = array
    return larger


class TextTree:
    """The beginnings of the texts of some lines; nodes are numbers, the first of them empty texts.

    >>> import numpy as np
    >>> from notetext.engines.local.text_tree import TextTree
    >>> tree = TextTree(1)
    >>> a = tree.grow(np.array([0]), np.array([1]))
    >>> tree.texts(tree.grow(a, np.array([2])), ("", "a", "b"))
    ['ab']

    Attributes:
        parents: of each node, the text without its last character.
        columns: of each node, the number of its last character; -1 for an empty text.
    """

    def __init__(self, lines: int) -> None:
        """Makes an empty text for each line."""
        self.parents = np.full(lines, _NOTHING, np.intp)
        self.columns = np.full(lines, _NOTHING, np.intp)
        self._count = lines

    def grow(self, parents: Numbers, columns: Numbers) -> NDArray[np.intp]:
        """Makes nodes for texts that no node stands for yet.

        Args:
            parents: the nodes that they go on from.
            columns: the numbers of their last characters.
        """
        first, self._count = self._count, self._count + len(parents)
        self.parents = with_room(self.parents, self._count)
        self.columns = with_room(self.columns, self._count)
        self.parents[first : self._count] = parents
        self.columns[first : self._count] = columns
        return np.arange(first, self._count)

    def texts(self, nodes: Numbers, alphabet: Sequence[str]) -> list[str]:
        """What nodes stand for.

        Args:
            nodes: any of them.
            alphabet: what the columns stand for.
        """
        backwards = []
        columns = self.columns[nodes]
        while (columns >= 0).any():
            backwards.append(columns)
            # An empty text stays what it is.
            nodes = np.where(columns >= 0, self.parents[nodes], nodes)
            columns = self.columns[nodes]
        if not backwards:
            return [""] * len(nodes)
        rows = np.stack(backwards[::-1], axis=1)
        counts = (rows >= 0).sum(axis=1).tolist()
        return [
            "".join([alphabet[column] for column in row[len(row) - count :]])
            for row, count in zip(rows.tolist(), counts, strict=True)
        ]
