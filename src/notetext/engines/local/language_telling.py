"""Which languages a page is in, by a first reading of its lines.

Each line has some evidence. Lines that stand below each other at the distance that is usual on
the page are a block: inside of one the language changes only where much speaks for it, so not for
a few quoted words. A block that says little, or nothing, is in the language of the rest of the
page; if that says nothing either, in the one that was expected.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.language_evidence import language_evidence
from notetext.model import Language

# In logarithms of odds. Between two languages a word tells 3 to 6 of them, a name or a misread word
# 0 or 1 of any.
_EXPECTED = 8.0
"""What speaks for the language that was expected; of 1000 lines of English by hand, misread as they
are, none is then taken for another language, and with half of it three are."""
_CHANGE = 25.0
"""What must speak for another language in the middle of a block, and for the first one again: a
quoted line does not say as much, two lines do."""
_SURE = 25.0
"""By how much a page's language leads before its lines need not wait for each other."""
_AGREES, _DISAGREES = 3.0, 12.0
"""How much a line may speak for another language than its page's; what shows that it has two."""
_OTHER = 0.03  # the share of blocks in another language than the rest of their page
_PARAGRAPH_SPACING = 1.5  # in usual distances of lines
_OVERLAP = 0.3  # of the shorter of two lines that stand below each other
_NEAREST = 30  # lines above that are looked at for the one right above


class PageLanguages:
    """Tells the languages of one page's lines, as they come; for one thread."""

    def __init__(self, languages: Mapping[str, Language], expected: Language) -> None:
        """Knows nothing of the page yet.

        Args:
            languages: those that can be told, by the names of their word tables.
            expected: what a page is taken for that does not tell.
        """
        table = language_evidence()
        self._columns = [n for n, name in enumerate(table.tables) if name in languages]
        self._languages = [languages[table.tables[column]] for column in self._columns]
        self._prior = np.array([_EXPECTED * (it is expected) for it in self._languages])
        self._evidence = table
        self._expected = expected
        self._seen: dict[DetectedLine, NDArray[np.float64]] = {}
        self._total = np.zeros(len(self._columns))
        self._is_mixed = False

    def see(self, line: DetectedLine, text: str, sureness: float) -> None:
        """Takes what a line says; what it says when it is read again counts no more.

        Args:
            line: where it stands.
            text: as it was read without knowing the language.
            sureness: the mean logarithm of its characters' probabilities.
        """
        if line in self._seen:
            return
        # What may as well be misread counts half.
        self._seen[line] = math.exp(sureness) * self._evidence.of(text)[self._columns]
        self._total += self._seen[line]

    def settled(self, lines: Sequence[DetectedLine]) -> list[Language | None]:
        """The language of each line, as far as the rest of the page could not change it.

        Most pages are in one language, which their first lines tell.
        """
        if not self._languages:
            return [self._expected] * len(lines)
        believed = self._total + self._prior
        first, second = np.argsort(-believed)[:2] if len(believed) > 1 else (0, 0)
        against = {
            line: float(evidence.max() - evidence[first]) for line, evidence in self._seen.items()
        }
        self._is_mixed |= any(value > _DISAGREES for value in against.values())
        if self._is_mixed or believed[first] - believed[second] < _SURE:
            return [None] * len(lines)
        return [self._languages[first] if against[line] <= _AGREES else None for line in lines]

    def told(self, lines: Sequence[DetectedLine]) -> list[Language]:
        """The language of each line, by all that was seen so far."""
        if not self._languages or not lines:
            return [self._expected] * len(lines)
        seen = list(self._seen)
        columns: dict[DetectedLine, int] = {}
        for block in _blocks(seen):
            members = [seen[number] for number in block]
            columns.update(zip(members, self._along(members), strict=True))
        return [self._languages[columns[line]] for line in lines]

    def _along(self, block: Sequence[DetectedLine]) -> list[int]:
        """The likeliest languages down a block: a search for the best way (Viterbi)."""
        evidence = np.stack([self._seen[line] for line in block])
        rest = self._total - evidence.sum(axis=0) + self._prior
        shares = np.exp(rest - rest.max())
        shares /= shares.sum()
        best = np.log((1 - _OTHER) * shares + _OTHER / len(shares)) + evidence[0]
        came: list[NDArray[np.intp]] = []
        here = np.arange(len(best))
        for said in evidence[1:]:
            top = int(best.argmax())
            changes = best[top] - _CHANGE > best
            came.append(np.where(changes, top, here))
            best = np.maximum(best, best[top] - _CHANGE) + said
        way = [int(best.argmax())]
        for step in reversed(came):
            way.append(int(step[way[-1]]))
        return way[::-1]


def tell_texts(texts: Sequence[str], languages: PageLanguages) -> list[Language]:
    """The language of each paragraph of a page whose text is known."""
    # Far apart, so that each is a block.
    lines = [DetectedLine.rectangle(0, 100 * row, 1, 100 * row + 1) for row in range(len(texts))]
    for line, text in zip(lines, texts, strict=True):
        languages.see(line, text, sureness=0.0)
    return languages.told(lines)


def _blocks(lines: Sequence[DetectedLine]) -> list[list[int]]:
    """The numbers of lines that stand closely below each other, each block from its top."""
    corners = np.stack([line.corners for line in lines])
    left, right = corners[..., 0].min(axis=1), corners[..., 0].max(axis=1)
    middle = corners[..., 1].mean(axis=1)
    height = np.array([line.height for line in lines])
    order = np.argsort(middle)
    above: dict[int, list[tuple[float, int]]] = {int(number): [] for number in order}
    distances = []
    for place, number in enumerate(order):
        # Few lines stand beside each other: the one right above is among the nearest.
        for other in order[max(0, place - _NEAREST) : place][::-1]:
            overlap = min(right[number], right[other]) - max(left[number], left[other])
            shorter = min(right[number] - left[number], right[other] - left[other])
            if overlap < _OVERLAP * shorter:
                continue
            distance = float(middle[number] - middle[other])
            above[int(number)].append((distance, int(other)))
            if distance > height[number] / 2:
                distances.append(distance)
                break
    usual = float(np.median(distances)) if distances else 0.0
    group = {}
    blocks: list[list[int]] = []
    for number in map(int, order):
        near = [
            other for distance, other in above[number] if distance <= _PARAGRAPH_SPACING * usual
        ]
        if not near:
            blocks.append([])
            group[number] = len(blocks) - 1
        else:
            group[number] = group[near[0]]
        blocks[group[number]].append(number)
    return blocks
