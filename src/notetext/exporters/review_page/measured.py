"""How many wrong words a threshold of confidence misses, as it was measured."""

from __future__ import annotations

from typing import NamedTuple

from notetext.model import Kind, standing
from notetext.result import RecognitionResult

_LOCAL = "local"


class Measured(NamedTuple):
    """What a threshold did to words whose text is known."""

    below: float
    """The threshold: words of less confidence are marked."""
    missed: float
    """Which share of the wrong words it did not mark."""
    marked: float
    """Which share of all words it marked."""


MEASURED = (
    Measured(0.0, missed=1.0, marked=0.0),
    Measured(0.1, missed=0.996, marked=0.0),
    Measured(0.2, missed=0.958, marked=0.005),
    Measured(0.3, missed=0.877, marked=0.017),
    Measured(0.4, missed=0.767, marked=0.038),
    Measured(0.5, missed=0.637, marked=0.066),
    Measured(0.6, missed=0.531, marked=0.096),
    Measured(0.7, missed=0.428, marked=0.139),
    Measured(0.75, missed=0.365, marked=0.167),
    Measured(0.8, missed=0.302, marked=0.203),
    Measured(0.85, missed=0.233, marked=0.252),
    Measured(0.9, missed=0.139, marked=0.325),
    Measured(0.95, missed=0.065, marked=0.451),
    Measured(0.98, missed=0.016, marked=0.645),
    Measured(0.99, missed=0.003, marked=0.776),
    Measured(1.0, missed=0.0, marked=1.0),
)
"""Of 9332 words of English handwriting by many people, 972 of them wrong; docs/reading-quality.md,
"Other thresholds", by ``python benchmarks/confidence.py --set notes_en lines_en --thresholds``,
2026-11-30. Whoever fits the confidences anew measures it anew."""


def read_locally(result: RecognitionResult) -> bool:
    """Whether all confidences are the local engine's, which are probabilities of being right."""
    return all(
        page.engine == _LOCAL or all(word.confidence is None for word in standing(page.words))
        for page in result.pages
    )


def is_measured(result: RecognitionResult) -> bool:
    """Whether `MEASURED` says something about a result: most of it is handwriting, read locally."""
    kinds = [word.kind for word in standing(result.words)]
    return read_locally(result) and 2 * kinds.count(Kind.HANDWRITTEN) > len(kinds)
