"""How likely it is that a word was read right."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    share: float
    least: float
    mean: float
    length: int
    frequency: float
    letters: int
    listed: bool
    readings: int


def confidence(evidence: Evidence) -> float:
    return evidence.share
