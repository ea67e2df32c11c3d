"""How far a reading is from what is written: character and word error rates (CER, WER).

An error rate is the number of insertions, deletions and substitutions (Levenshtein) that turn the
reading into the reference, divided by the length of the reference. Over several pages the errors
and the lengths are added up before they are divided, so that a long page counts for more. What
says nothing about how well a hand was read is made equal on both sides first: see `normalized`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

RULES = (
    "NFKC, straight quotes, plain dashes, no blank before .,;:!?)], white space and line breaks "
    "folded to one blank"
)
"""What `normalized` does, in a sentence for tables."""

_SIGNS = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)
_BLANK_BEFORE_SIGN = re.compile(r"\s+(?=[.,;:!?)\]])")


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """Errors in a text of some length; the sum of two is the rate over both texts.

    >>> ErrorRate(1, 10) + ErrorRate(0, 10)
    ErrorRate(errors=1, length=20)
    >>> f"{ErrorRate(1, 20).percent:.1f} %"
    '5.0 %'
    """

    errors: int = 0
    length: int = 0

    def __add__(self, other: ErrorRate) -> ErrorRate:
        return ErrorRate(self.errors + other.errors, self.length + other.length)

    @property
    def percent(self) -> float:
        """Errors per hundred characters or words; more than 100 where much was invented."""
        return 100 * self.errors / self.length if self.length else 0.0


def normalized(text: str) -> str:
    r"""Makes texts comparable that differ in typography or in their line breaks only.

    >>> normalized("“Presto !”\n he said – twice …")
    '"Presto!" he said - twice...'

    Args:
        text: a reading or a reference.

    Returns:
        The text by the rules in `RULES`.
    """
    # Signs first: NFKC makes a blank and an accent of ´.
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    return " ".join(_BLANK_BEFORE_SIGN.sub("", text).split())


def character_errors(reference: str, reading: str) -> ErrorRate:
    """The reading's wrong characters, blanks included.

    >>> character_errors("a few words", "a tew word")
    ErrorRate(errors=2, length=11)
    """
    expected, found = normalized(reference), normalized(reading)
    return ErrorRate(Levenshtein.distance(expected, found), len(expected))


def word_errors(reference: str, reading: str) -> ErrorRate:
    """The reading's wrong words; a word is what stands between blanks, with its punctuation.

    >>> word_errors("a few words", "a tew word")
    ErrorRate(errors=2, length=3)
    """
    expected, found = normalized(reference).split(), normalized(reading).split()
    return ErrorRate(Levenshtein.distance(expected, found), len(expected))


def total(rates: Iterable[ErrorRate]) -> ErrorRate:
    """The rate over several texts."""
    return sum(rates, ErrorRate())
