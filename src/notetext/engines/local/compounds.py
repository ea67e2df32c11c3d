"""How likely a word is that is made of words without a blank between them, as Bahnhofstraße is."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

# Letters that words of fewer have are found in any word.
_SHORTEST = 3
# The parts are words of all kinds, and the commonest, such as "und", are hardly ever among them: a
# part is as likely as its word is frequent to the power of this.
_FLATNESS = 0.5
# Of the words that might end a compound, so many are followed by another.
_MORE = 0.1
# What has less than this share of what is likely so far does not win any more.
_LEAST_SHARE = 1e-4
_LAST = "\U0010ffff"


class _Part(NamedTuple):
    """A word that the letters are in the middle of, and that is not the compound's first.

    Attributes:
        start: how many letters stand before it.
        low: the first of the words that begin as it does, by its place among all.
        high: the place after the last of them.
        weight: how likely what stands before is.
    """

    start: int
    low: int
    high: int
    weight: float


class Compounds:
    """The words that may be parts of others, and what links them.

    >>> from notetext.engines.local.compounds import Compounds
    >>> compounds = Compounds(["haus", "tür"], [0.5, 0.5], {"s": 0.1})
    >>> compounds.begun("haustür").whole > compounds.begun("haussatür").whole
    True
    """

    def __init__(
        self, words: Sequence[str], shares: Sequence[float], links: Mapping[str, float]
    ) -> None:
        """Takes what words are made of.

        Args:
            words: sorted, in lower case.
            shares: how frequent each is.
            links: letters that may stand between two parts, as the s in Landesgrenze, and how often
                they do, 0 to 1.
        """
        self._words = words
        weights = [
            share**_FLATNESS if len(word) >= _SHORTEST and word.isalpha() else 0.0
            for word, share in zip(words, shares, strict=True)
        ]
        total = sum(weights) or 1.0
        self._sums = array("d", accumulate((weight / total for weight in weights), initial=0.0))
        self._links = tuple(links.items())
        self._unlinked = 1 - sum(links.values())

    def begun(self, letters: str = "") -> BegunCompound:
        """A compound that begins with some letters."""
        found = BegunCompound(self, "", (0, len(self._words)), (), ())
        bounds = (0, len(self._words))
        for count, letter in enumerate(letters, 1):
            bounds = self._slice(letters[:count], *bounds)
            found = found.followed_by(letter, bounds)
        return found

    def _slice(self, letters: str, low: int, high: int) -> tuple[int, int]:
        """Of the words of a slice, those that begin with some letters."""
        low = bisect_left(self._words, letters, low, high)
        return low, bisect_left(self._words, letters + _LAST, low, high)


class BegunCompound:
    """All that the beginning of a compound may be made of.

    Attributes:
        probability: that a compound begins so.
        whole: that it is one.
    """

    __slots__ = ("_compounds", "_joint", "_letters", "_links", "_parts", "probability", "whole")

    def __init__(
        self,
        compounds: Compounds,
        letters: str,
        bounds: tuple[int, int],
        parts: Sequence[_Part],
        links: Sequence[tuple[str, float]],
    ) -> None:
        """Makes a beginning.

        Args:
            compounds: that it is one of.
            letters: that it has.
            bounds: the slice of the words that begin with the letters.
            parts: what the last of them may begin, besides the first word.
            links: the letters that are still to come of what stands between two parts, each with
                its probability.
        """
        words, sums = compounds._words, compounds._sums
        low, high = bounds
        probability = sums[high] - sums[low] + sum(weight for _, weight in links)
        whole = joint = 0.0
        if low < high and words[low] == letters:
            joint = sums[low + 1] - sums[low]
        for start, low, high, weight in parts:
            probability += weight * (sums[high] - sums[low])
            if words[low] == letters[start:]:
                ended = weight * (sums[low + 1] - sums[low])
                whole += (1 - _MORE) * ended
                joint += _MORE * ended
        self._compounds = compounds
        self._letters = letters
        self._parts = parts
        self._links = links
        self._joint = joint
        self.probability = probability
        self.whole = whole

    def ahead(self, letter: str, bounds: tuple[int, int]) -> float:
        """The probability that a compound begins so and goes on with a letter.

        Args:
            letter: in lower case.
            bounds: the slice of the words that begin with all of the letters.
        """
        sums = self._compounds._sums
        low, high = bounds
        parts, links = self._gone_on(letter)
        return (
            sums[high]
            - sums[low]
            + sum(part.weight * (sums[part.high] - sums[part.low]) for part in parts)
            + sum(weight for _, weight in links)
        )

    def followed_by(self, letter: str, bounds: tuple[int, int]) -> BegunCompound:
        """The compounds that go on with a letter; of the same arguments as `ahead`."""
        sums = self._compounds._sums
        low, high = bounds
        parts, links = self._gone_on(letter)
        least = _LEAST_SHARE * (sums[high] - sums[low])
        likely = [
            part for part in parts if part.weight * (sums[part.high] - sums[part.low]) > least
        ]
        return BegunCompound(self._compounds, self._letters + letter, bounds, likely, links)

    def _gone_on(self, letter: str) -> tuple[list[_Part], list[tuple[str, float]]]:
        """What a letter leads to."""
        compounds, letters = self._compounds, self._letters + letter
        parts = []
        for start, low, high, weight in self._parts:
            low, high = compounds._slice(letters[start:], low, high)
            if low < high:
                parts.append(_Part(start, low, high, weight))
        links = [(rest[1:], weight) for rest, weight in self._links if rest[0] == letter]
        if self._joint:
            low, high = compounds._slice(letter, 0, len(compounds._words))
            if low < high:
                weight = self._joint * compounds._unlinked
                parts.append(_Part(len(self._letters), low, high, weight))
            links += [
                (link[1:], self._joint * share)
                for link, share in compounds._links
                if link[0] == letter
            ]
        linked = sum(weight for rest, weight in links if not rest)
        if linked:
            parts.append(_Part(len(letters), 0, len(compounds._words), linked))
            links = [(rest, weight) for rest, weight in links if rest]
        return parts, links
