"""How likely it is that a word was read right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from notetext.engines.local.evidence import Evidence


def confidence(evidence: Evidence, coefficients: Sequence[float]) -> float:
    """The probability that a word is right, punctuation and capitals included; 0 to 1.

    Args:
        evidence: what is known of the word.
        coefficients: of a logistic regression, for each of `Evidence.features`.
    """
    products = zip(coefficients, evidence.features, strict=True)
    return 1 / (1 + math.exp(-sum(weight * feature for weight, feature in products)))
