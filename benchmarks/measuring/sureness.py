"""How far the confidences of words can be believed."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from measuring.scoring import normalized

# Words and marks by themselves: some references set marks apart.
_TOKEN = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
_BINS = 10
_DRAWS = 200


@dataclass(frozen=True, slots=True)
class Judged:
    """A word's confidence, and whether it is right."""

    confidence: float
    is_right: bool


def judge(words: Sequence[tuple[str, float]], reference: str) -> list[Judged]:
    """Finds which words of a reading are right: letters, marks and capitals.

    >>> [word.is_right for word in judge([("Tuo", 0.4), ("eggs,", 0.9)], "Two eggs , please")]
    [False, True]

    Args:
        words: of a page or line, in order, with their confidences.
        reference: what stands there.
    """
    tokens = [
        (token, index)
        for index, (text, _) in enumerate(words)
        for token in _TOKEN.findall(normalized(text))
    ]
    wrong: set[int] = set()
    expected = _TOKEN.findall(normalized(reference))
    for block in Levenshtein.opcodes(expected, [token for token, _ in tokens]):
        if block.tag != "equal":
            wrong.update(index for _, index in tokens[block.dest_start : block.dest_end])
    return [Judged(sure, index not in wrong) for index, (_, sure) in enumerate(words)]


def calibration_error(words: Sequence[Judged]) -> float:
    """The expected calibration error (Naeini, Cooper and Hauskrecht, AAAI 2015): how far the mean
    confidence is from the share that is right, in ten bins of confidence; 0 to 1.

    >>> round(calibration_error([Judged(0.9, True), Judged(0.9, False)]), 2)
    0.4
    """
    bins: list[list[Judged]] = [[] for _ in range(_BINS)]
    for word in words:
        bins[min(int(word.confidence * _BINS), _BINS - 1)].append(word)
    gaps = (abs(sum(word.confidence - word.is_right for word in held)) for held in bins)
    return sum(gaps) / max(1, len(words))


def error_by_chance(words: Sequence[Judged]) -> float:
    """The calibration error that words would show whose confidences are just right: of few words
    more or fewer are right than may be expected. The mean of 200 draws.

    >>> error_by_chance([Judged(0.9, True)] * 10) > error_by_chance([Judged(0.9, True)] * 1000)
    True
    """
    chance = random.Random(3)
    draws = (
        calibration_error(
            [Judged(word.confidence, chance.random() < word.confidence) for word in words]
        )
        for _ in range(_DRAWS)
    )
    return sum(draws) / _DRAWS


def share(of: Sequence[Judged], *, right: bool) -> float | None:
    """Which share of words is right, or wrong; ``None`` of no words."""
    return sum(word.is_right is right for word in of) / len(of) if of else None


def share_at(confidence: float, of: Sequence[Judged]) -> float | None:
    """Which share of words has a confidence, or more; ``None`` of no words."""
    return sum(word.confidence >= confidence for word in of) / len(of) if of else None
