"""How likely it is that a word was read right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_LEAST_SHARE = 1e-3
_LEAST_LOG_PROB = -4.0
_LEAST_FREQUENCY = -25.0
_MOST_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a word and against it.

    Attributes:
        share: of all that the beam search found for its line, weighted by probability, how much
            has this word in this place; 0 to 1.
        word: the mean logarithm of the probabilities of its characters.
        line: the same for its whole line.
        length: its characters.
        frequency: the logarithm of its probability in the language; 0 for one without letters.
        listed: whether the vocabulary holds it.
        spelled: whether it has letters.
    """

    share: float
    word: float
    line: float
    length: int
    frequency: float
    listed: bool
    spelled: bool

    @property
    def features(self) -> tuple[float, ...]:
        """The numbers that the regression weighs."""
        share = min(max(self.share, _LEAST_SHARE), 1 - _LEAST_SHARE)
        return (
            1.0,
            math.log(share / (1 - share)),
            max(self.word, _LEAST_LOG_PROB),
            max(self.line, _LEAST_LOG_PROB),
            min(self.length, _MOST_LENGTH),
            max(self.frequency, _LEAST_FREQUENCY),
            float(self.listed),
            float(not self.spelled),
        )


def confidence(evidence: Evidence, coefficients: Sequence[float]) -> float:
    """The probability that a word is right, punctuation and capitals included; 0 to 1.

    Args:
        evidence: what is known of the word.
        coefficients: of a logistic regression, for each of `Evidence.features`.
    """
    products = zip(coefficients, evidence.features, strict=True)
    return 1 / (1 + math.exp(-sum(weight * feature for weight, feature in products)))
