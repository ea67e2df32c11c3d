"""The edit distance of trees, after Zhang and Shasha (1989); texts differ by their letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein


@dataclass(slots=True)
class Tree:
    """A node with what is below it; with another of another kind it has nothing in common."""

    text: str
    below: list[Tree] = field(default_factory=list)
    kind: str = ""

    @property
    def size(self) -> int:
        """How many nodes it has."""
        return 1 + sum(tree.size for tree in self.below)


def edit_distance(one: Tree, other: Tree) -> float:
    """How many nodes are to be added, removed or changed; a changed text counts by its part."""
    a, b = _Ordered(one), _Ordered(other)
    distances = [[0.0] * len(b.texts) for _ in a.texts]
    for i in a.key_roots:
        for j in b.key_roots:
            _fill(a, b, i, j, distances)
    return distances[-1][-1]


class _Ordered:
    """A tree's nodes in postorder, with the leftmost leaf below each."""

    def __init__(self, tree: Tree) -> None:
        self.texts: list[str] = []
        self.kinds: list[str] = []
        self.leftmost: list[int] = []
        for node, leftmost in self._walk(tree):
            self.texts.append(node.text)
            self.kinds.append(node.kind)
            self.leftmost.append(leftmost)
        last = {left: node for node, left in enumerate(self.leftmost)}
        self.key_roots = sorted(last.values())

    def _walk(self, tree: Tree) -> Iterator[tuple[Tree, int]]:
        first: int | None = None
        for below in tree.below:
            for node, leftmost in self._walk(below):
                first = leftmost if first is None else first
                yield node, leftmost
        yield tree, len(self.texts) if first is None else first


def _fill(a: _Ordered, b: _Ordered, i: int, j: int, distances: list[list[float]]) -> None:
    first, other = a.leftmost[i], b.leftmost[j]
    rows, columns = i - first + 2, j - other + 2
    forest = [
        [float(r + c) if not r or not c else 0.0 for c in range(columns)] for r in range(rows)
    ]
    for r in range(1, rows):
        for c in range(1, columns):
            x, y = first + r - 1, other + c - 1
            least = min(forest[r - 1][c], forest[r][c - 1]) + 1
            if a.leftmost[x] == first and b.leftmost[y] == other:
                changed = 1.0
                if a.kinds[x] == b.kinds[y]:
                    changed = Levenshtein.normalized_distance(
                        a.texts[x].casefold(), b.texts[y].casefold()
                    )
                forest[r][c] = min(least, forest[r - 1][c - 1] + changed)
                distances[x][y] = forest[r][c]
            else:
                before = forest[a.leftmost[x] - first][b.leftmost[y] - other]
                forest[r][c] = min(least, before + distances[x][y])
