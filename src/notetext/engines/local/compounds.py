"""How likely a word is that is made of words without a blank between them, as Bahnhofstraße is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.word_tree import NOTHING, ROOT, WordTree, one_by_one

# Letters that words of fewer have are found in any word.
_SHORTEST = 3
# The parts are words of all kinds, and the commonest, such as "und", are hardly ever among them: a
# part is as likely as its word is frequent to the power of this.
_FLATNESS = 0.5
# Of the words that might end a compound, so many are followed by another.
_MORE = 0.1
# What has less than this share of what is likely so far does not win any more.
_LEAST_SHARE = 1e-4


class _Part(NamedTuple):
    """A word that the letters are in the middle of, and that is not the compound's first.

    Attributes:
        node: of the words that begin as it does.
        weight: how likely what stands before is.
    """

    node: int
    weight: float


class Compounds:
    """The words that may be parts of others, and what links them.

    >>> import numpy as np
    >>> from notetext.engines.local.compounds import Compounds
    >>> from notetext.engines.local.word_tree import WordTree
    >>> words = ["haus", "tür"]
    >>> compounds = Compounds(WordTree(words), words, np.array([0.5, 0.5]), {"s": 0.1})
    >>> compounds.begun("haustür").whole > compounds.begun("haussatür").whole
    True
    """

    def __init__(
        self,
        tree: WordTree,
        words: Sequence[str],
        shares: NDArray[np.float64],
        links: Mapping[str, float],
    ) -> None:
        """Takes what words are made of.

        Args:
            tree: of the words.
            words: sorted, in lower case.
            shares: how frequent each is.
            links: letters that may stand between two parts, as the s in Landesgrenze, and how often
                they do, 0 to 1.
        """
        self._tree = tree
        parts = [len(word) >= _SHORTEST and word.isalpha() for word in words]
        weights = np.where(parts, shares**_FLATNESS, 0.0)
        begun, whole = tree.sums(weights / (weights.sum() or 1.0))
        self._begun, self._whole = one_by_one(begun), one_by_one(whole)
        self._links = tuple(links.items())
        self._unlinked = 1 - sum(links.values())

    def begun(self, letters: str = "") -> BegunCompound:
        """A compound that begins with some letters."""
        found = BegunCompound(self, ROOT, (), ())
        for letter in letters:
            found = found.followed_by(letter)
        return found


class BegunCompound:
    """All that the beginning of a compound may be made of.

    Attributes:
        probability: that a compound begins so.
        whole: that it is one.
    """

    __slots__ = (
        "_ahead",
        "_compounds",
        "_joint",
        "_links",
        "_next",
        "_node",
        "_parts",
        "probability",
        "whole",
    )

    def __init__(
        self,
        compounds: Compounds,
        node: int,
        parts: Sequence[_Part],
        links: Sequence[tuple[str, float]],
    ) -> None:
        """Makes a beginning.

        Args:
            compounds: that it is one of.
            node: of the words that begin with all of the letters.
            parts: what the last of them may begin, besides the first word.
            links: the letters that are still to come of what stands between two parts, each with
                its probability.
        """
        probability = compounds._begun[node] + sum(weight for _, weight in links)
        whole, joint = 0.0, compounds._whole[node]
        for part, weight in parts:
            probability += weight * compounds._begun[part]
            ended = weight * compounds._whole[part]
            whole += (1 - _MORE) * ended
            joint += _MORE * ended
        self._compounds = compounds
        self._node = node
        self._parts = parts
        self._links = links
        self._joint = joint
        self._ahead: dict[str, float] = {}
        self._next: dict[str, BegunCompound] = {}
        self.probability = probability
        self.whole = whole

    def ahead(self, letter: str) -> float:
        """The probability that a compound begins so and goes on with a letter, in lower case."""
        found = self._ahead.get(letter)
        if found is None:
            begun = self._compounds._begun
            node, parts, links = self._gone_on(letter)
            found = self._ahead[letter] = (
                begun[node]
                + sum(part.weight * begun[part.node] for part in parts)
                + sum(weight for _, weight in links)
            )
        return found

    def followed_by(self, letter: str) -> BegunCompound:
        """The compounds that go on with a letter, in lower case."""
        found = self._next.get(letter)
        if found is None:
            begun = self._compounds._begun
            node, parts, links = self._gone_on(letter)
            least = _LEAST_SHARE * begun[node]
            likely = [part for part in parts if part.weight * begun[part.node] > least]
            found = self._next[letter] = BegunCompound(self._compounds, node, likely, links)
        return found

    def _gone_on(self, letter: str) -> tuple[int, list[_Part], list[tuple[str, float]]]:
        """What a letter leads to."""
        compounds, tree = self._compounds, self._compounds._tree
        code = tree.code(letter)
        parts = [
            _Part(child, weight)
            for node, weight in self._parts
            if (child := tree.child(node, code)) != NOTHING
        ]
        links = [(rest[1:], weight) for rest, weight in self._links if rest[0] == letter]
        if self._joint:
            first = tree.child(ROOT, code)
            if first != NOTHING:
                parts.append(_Part(first, self._joint * compounds._unlinked))
            links += [
                (link[1:], self._joint * share)
                for link, share in compounds._links
                if link[0] == letter
            ]
        linked = sum(weight for rest, weight in links if not rest)
        if linked:
            parts.append(_Part(ROOT, linked))
            links = [(rest, weight) for rest, weight in links if rest]
        return tree.child(self._node, code), parts, links
