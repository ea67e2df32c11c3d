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
    Measured(0.1, missed=0.997, marked=0.0),
    Measured(0.2, missed=0.955, marked=0.005),
    Measured(0.3, missed=0.868, marked=0.018),
    Measured(0.4, missed=0.747, marked=0.038),
    Measured(0.5, missed=0.641, marked=0.062),
    Measured(0.6, missed=0.515, marked=0.093),
    Measured(0.7, missed=0.409, marked=0.133),
    Measured(0.75, missed=0.336, marked=0.161),
    Measured(0.8, missed=0.276, marked=0.198),
    Measured(0.85, missed=0.206, marked=0.247),
    Measured(0.9, missed=0.14, marked=0.312),
    Measured(0.95, missed=0.07, marked=0.446),
    Measured(0.98, missed=0.01, marked=0.642),
    Measured(0.99, missed=0.003, marked=0.78),
    Measured(1.0, missed=0.0, marked=1.0),
)
"""Of 9261 words of English handwriting by many people, 873 of them wrong; docs/reading-quality.md,
"Other thresholds", by ``python benchmarks/confidence.py --set notes_en lines_en --thresholds``,
2026-12-01. Whoever fits the confidences anew measures it anew."""


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
