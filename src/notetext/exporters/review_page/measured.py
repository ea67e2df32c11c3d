"""How many wrong words a threshold of confidence misses, as it was measured."""

from __future__ import annotations

from typing import NamedTuple

from notetext.model import Kind
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
    Measured(0.1, missed=0.997, marked=0.0),
    Measured(0.2, missed=0.961, marked=0.005),
    Measured(0.3, missed=0.864, marked=0.020),
    Measured(0.4, missed=0.749, marked=0.042),
    Measured(0.5, missed=0.636, marked=0.066),
    Measured(0.6, missed=0.526, marked=0.097),
    Measured(0.7, missed=0.423, marked=0.134),
    Measured(0.75, missed=0.365, marked=0.159),
    Measured(0.8, missed=0.301, marked=0.192),
    Measured(0.85, missed=0.224, marked=0.240),
    Measured(0.9, missed=0.167, marked=0.300),
    Measured(0.95, missed=0.084, marked=0.413),
    Measured(0.98, missed=0.034, marked=0.597),
    Measured(0.99, missed=0.011, marked=0.740),
    Measured(1.0, missed=0.0, marked=1.0),
)
"""Of 9258 words of English handwriting by many people, 951 of them wrong; docs/reading-quality.md,
"Other thresholds", by ``python benchmarks/confidence.py --set notes_en lines_en --thresholds``,
2026-11-30. Whoever fits the confidences anew measures it anew."""


def read_locally(result: RecognitionResult) -> bool:
    """Whether all confidences are the local engine's, which are probabilities of being right."""
    return all(
        page.engine == _LOCAL or all(word.confidence is None for word in page.words)
        for page in result.pages
    )


def is_measured(result: RecognitionResult) -> bool:
    """Whether `MEASURED` says something about a result: most of it is handwriting, read locally."""
    kinds = [word.kind for page in result.pages for word in page.words]
    return read_locally(result) and 2 * kinds.count(Kind.HANDWRITTEN) > len(kinds)
