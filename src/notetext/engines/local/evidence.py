"""What speaks for a word that was read, and against it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from notetext.engines.local.alignment import AlignedCharacter
from notetext.engines.local.vocabulary import Vocabulary

# Beyond these, more of the same says nothing more.
_LEAST_CHANCE = 1e-3
_LEAST_SHARE_OF_LINE = 1e-2
_LEAST_LOG_PROB = -4.0
_LEAST_FREQUENCY = -25.0
_MOST_LENGTH = 8
_MOST_MARKS = 3
_LOSS = 50.0


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of a line as a whole.

    Attributes:
        share: how much of all that the search found for it, weighted by probability, is the text
            that was chosen; 0 to 1.
        log_prob: the mean logarithm of the probabilities of its characters.
    """

    share: float
    log_prob: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a word.

    Attributes:
        line: that it stands in.
        share: of all that the search found for its line, weighted by probability, how much has this
            word in this place; 0 to 1.
        log_prob: the mean logarithm of the probabilities of its characters.
        lost: how much likelier what the network shows is than this word, as a logarithm; 0 where
            the two are the same. It is what knowledge of the language has overruled.
        length: its characters.
        marks: how many of them are neither letters nor digits.
        ends_in_mark: whether the last one is.
        has_digits: whether any is a digit.
        frequency: the logarithm of its probability in the language; 0 for one without letters.
        listed: whether the vocabulary holds it.
        spelled: whether it has letters.
    """

    line: Line
    share: float
    log_prob: float
    lost: float
    length: int
    marks: int
    ends_in_mark: bool
    has_digits: bool
    frequency: float
    listed: bool
    spelled: bool

    @property
    def features(self) -> tuple[float, ...]:
        """The numbers that the regression weighs."""
        share = _log_odds(self.share, _LEAST_CHANCE)
        line = _log_odds(math.exp(self.line.log_prob), _LEAST_CHANCE)
        return (
            1.0,
            share,
            _log_odds(self.line.share, _LEAST_SHARE_OF_LINE),
            _log_odds(math.exp(self.log_prob), _LEAST_CHANCE),
            max(self.line.log_prob, _LEAST_LOG_PROB),
            # Where the whole line is hard to read, the search has seen little of what it may hold.
            share * max(0.0, line),
            math.log1p(_LOSS * self.lost),
            min(self.length, _MOST_LENGTH),
            min(self.marks, _MOST_MARKS),
            float(self.ends_in_mark),
            float(self.has_digits),
            max(self.frequency, _LEAST_FREQUENCY),
            float(self.listed),
            float(not self.spelled),
        )


SIGNS = (0, 1, 1, 1, 1, 1, -1, 0, 0, 0, 0, 0, 0, 0)
"""For each of the features whether more of it may only raise the confidence, 1, or lower it, -1."""


def _log_odds(probability: float, least: float) -> float:
    held = min(max(probability, least), 1 - least)
    return math.log(held / (1 - held))


def _mean_log_prob(characters: Sequence[AlignedCharacter]) -> float:
    """The mean logarithm of the probabilities of characters; 0 of none."""
    return sum(character.log_prob for character in characters) / max(1, len(characters))


def evidence_of_line(characters: Sequence[AlignedCharacter], scores: Sequence[float]) -> Line:
    """Gathers what is known of a line.

    Args:
        characters: of its text, blanks included.
        scores: of what the search found for it, as logarithms, the text's own first.
    """
    total = sum(math.exp(score - scores[0]) for score in scores)
    return Line(1 / total, _mean_log_prob(characters))


def evidence_of_word(
    text: str,
    span: tuple[int, int],
    characters: Sequence[AlignedCharacter],
    line: Line,
    share: float,
    vocabulary: Vocabulary,
) -> Evidence:
    """Gathers what is known of a word.

    Args:
        text: of its line.
        span: where in the text it begins and ends (exclusive).
        characters: of the line's text, blanks included.
        line: what is known of the line.
        share: see `Evidence.share`.
        vocabulary: the words of the language.
    """
    first, last = span
    word, own = text[first:last], characters[first:last]
    spelled = "".join(c for c in word.lower() if c.isalpha() or c in "'-").strip("'-")
    probability = vocabulary.beginning(spelled).word_probability
    return Evidence(
        line=line,
        share=share,
        log_prob=_mean_log_prob(own),
        # The blank behind it as well: what ran on, or was cut off, is lost there.
        lost=sum(character.lost for character in characters[first : last + 1]),
        length=len(word),
        marks=sum(not character.isalnum() for character in word),
        ends_in_mark=not word[-1].isalnum(),
        has_digits=any(character.isdigit() for character in word),
        frequency=math.log(probability) if spelled else 0.0,
        listed=spelled in vocabulary,
        spelled=bool(spelled),
    )
