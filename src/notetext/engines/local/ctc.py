"""From the recogniser's log-probabilities to words, without knowledge of any language.

A CTC network (Graves et al., ICML 2006) says for each time step which character stands there, or
that none begins: the blank. The same character in neighbouring steps is one character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLANK = 0
"""The column of the CTC blank."""


@dataclass(frozen=True, slots=True)
class DecodedWord:
    """A word and where it stands in its line.

    Attributes:
        text: without blanks.
        start: the time step where it begins.
        end: the time step where it ends (exclusive).
        confidence: 0 to 1.
        alternatives: the next best texts, the likeliest first.
    """

    text: str
    start: float
    end: float
    confidence: float
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    start: int
    end: int
    log_prob: float


def decode_greedily(log_probs: NDArray[np.float32], alphabet: Sequence[str]) -> list[DecodedWord]:
    """Takes the likeliest character at every step.

    A word's confidence is the geometric mean of its characters' probabilities.

    >>> import numpy as np
    >>> from notetext.engines.local.ctc import decode_greedily
    >>> steps = np.array([[0.1, 0.8, 0.1], [0.1, 0.8, 0.1], [0.8, 0.1, 0.1], [0.1, 0.1, 0.8]])
    >>> decode_greedily(np.log(steps, dtype=np.float32), ["", "a", "b"])[0].text
    'ab'

    Args:
        log_probs: T×C, natural logarithms.
        alphabet: C characters; the first, the CTC blank, is empty.

    Returns:
        The words from left to right.
    """
    words: list[list[_Character]] = [[]]
    for character in _characters(log_probs, alphabet):
        if character.text.isspace():
            words.append([])
        else:
            words[-1].append(character)
    spans = [word for word in words if word]
    decoded = []
    for index, word in enumerate(spans):
        before = spans[index - 1][-1].end if index else 0
        after = spans[index + 1][0].start if index + 1 < len(spans) else len(log_probs)
        decoded.append(
            DecodedWord(
                text="".join(character.text for character in word),
                # A character is wider than its peak, by about a step on either side.
                start=max(word[0].start - 1, (before + word[0].start) / 2),
                end=min(word[-1].end + 1, (word[-1].end + after) / 2),
                confidence=float(
                    min(1.0, np.exp(np.mean([character.log_prob for character in word])))
                ),
            )
        )
    return decoded


def count_characters(log_probs: NDArray[np.float32]) -> int:
    """How many characters the likeliest path holds, blanks between words included.

    Args:
        log_probs: T×C, natural logarithms; the first column is the CTC blank.
    """
    best = np.argmax(log_probs, axis=1)
    return int(np.count_nonzero((np.diff(best, prepend=BLANK) != 0) & (best != BLANK)))


def sureness(readings: Iterable[NDArray[np.float32]]) -> float:
    """The mean logarithm of the probabilities of the likeliest characters.

    >>> import numpy as np
    >>> from notetext.engines.local.ctc import sureness
    >>> round(sureness([np.log([[0.1, 0.9], [0.8, 0.2], [0.4, 0.6]])]), 2)
    -0.31

    Args:
        readings: T×C each, natural logarithms; the first column is the CTC blank.

    Returns:
        0 or less; 0 if there are no characters.
    """
    total, count = 0.0, 0
    for log_probs in readings:
        best = np.argmax(log_probs, axis=1)
        starts = np.flatnonzero(np.diff(best, prepend=-1))
        peaks = np.maximum.reduceat(log_probs.max(axis=1), starts)[best[starts] != BLANK]
        total += float(peaks.sum())
        count += len(peaks)
    return total / max(1, count)


def _characters(log_probs: NDArray[np.float32], alphabet: Sequence[str]) -> list[_Character]:
    best = np.argmax(log_probs, axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(starts[1:], len(best))
    return [
        _Character(
            alphabet[column], int(start), int(end), float(log_probs[start:end, column].max())
        )
        for start, end in zip(starts, ends, strict=True)
        if (column := int(best[start])) != BLANK
    ]
