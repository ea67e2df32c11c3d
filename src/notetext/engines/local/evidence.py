"""What speaks for a word that was read, and against it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.alignment import AlignedCharacter
from notetext.engines.local.vocabulary import Vocabulary

# Beyond these, more of the same says nothing more.
_LEAST_SHARE = 1e-3
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
        shown: the mean over its time steps of the probability of what the network shows there,
            whatever was made of it.
    """

    share: float
    log_prob: float
    shown: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a word.

    Attributes:
        line: that it stands in.
        share: of all that the search found for its line, weighted by probability, how much has this
            word in this place; 0 to 1.
        log_prob: the mean logarithm of the probabilities of its characters.
        weakest: the least of them.
        edges: the lesser logarithm of the probabilities of the blanks beside it; 0 if it stands
            alone.
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
    weakest: float
    edges: float
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
        share = _log_odds(self.share, _LEAST_SHARE)
        line = _log_odds(math.exp(self.line.log_prob), _LEAST_SHARE)
        return (
            1.0,
            share,
            _log_odds(self.line.share, _LEAST_SHARE_OF_LINE),
            max(self.log_prob, _LEAST_LOG_PROB),
            _log_odds(math.exp(self.log_prob), _LEAST_SHARE),
            _log_odds(math.exp(self.weakest), _LEAST_SHARE),
            max(self.edges, _LEAST_LOG_PROB),
            max(self.line.log_prob, _LEAST_LOG_PROB),
            share * line,
            _log_odds(self.line.shown, _LEAST_SHARE),
            math.log1p(_LOSS * self.lost),
            min(self.length, _MOST_LENGTH),
            min(self.marks, _MOST_MARKS),
            float(self.ends_in_mark),
            float(self.has_digits),
            max(self.frequency, _LEAST_FREQUENCY),
            float(self.listed),
            float(not self.spelled),
        )


def _log_odds(probability: float, least: float) -> float:
    held = min(max(probability, least), 1 - least)
    return math.log(held / (1 - held))


def mean_log_prob(characters: Sequence[AlignedCharacter]) -> float:
    """The mean logarithm of the probabilities of characters; 0 of none."""
    return sum(character.log_prob for character in characters) / max(1, len(characters))


def evidence_of_line(
    characters: Sequence[AlignedCharacter],
    log_probs: NDArray[np.float32],
    scores: Sequence[float],
) -> Line:
    """Gathers what is known of a line.

    Args:
        characters: of its text, blanks included.
        log_probs: T×C, natural logarithms, that the text was found in.
        scores: of what the search found in them, as logarithms, the text's own first.
    """
    total = sum(math.exp(score - scores[0]) for score in scores)
    shown = float(np.exp(log_probs.max(axis=1)).mean())
    return Line(1 / total, mean_log_prob(characters), shown)


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
    before, after = characters[max(0, first - 1) : first], characters[last : last + 1]
    blanks = [blank.log_prob for blank in (*before, *after)]
    spelled = "".join(c for c in word.lower() if c.isalpha() or c in "'-").strip("'-")
    probability = vocabulary.beginning(spelled).word_probability
    return Evidence(
        line=line,
        share=share,
        log_prob=mean_log_prob(own),
        weakest=min(character.log_prob for character in own),
        edges=min(blanks, default=0.0),
        lost=sum(character.lost for character in (*own, *after)),
        length=len(word),
        marks=sum(not character.isalnum() for character in word),
        ends_in_mark=not word[-1].isalnum(),
        has_digits=any(character.isdigit() for character in word),
        frequency=math.log(probability) if spelled else 0.0,
        listed=spelled in vocabulary,
        spelled=bool(spelled),
    )
