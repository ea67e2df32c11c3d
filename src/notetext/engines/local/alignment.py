"""Where in a line the characters of its text stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class AlignedCharacter:
    """The time steps of a character.

    Attributes:
        start: the first time step that it takes.
        end: the last one (exclusive).
        log_prob: the logarithm of its greatest probability in these steps.
        lost: how much likelier what the network shows is than this text, as a logarithm, in these
            steps and those since the character before; 0 where the two are the same.
    """

    start: int
    end: int
    log_prob: float
    lost: float = 0.0


def align(
    log_probs: NDArray[np.float32], alphabet: Sequence[str], text: str
) -> list[AlignedCharacter]:
    """Finds the likeliest time steps of a text's characters (the Viterbi path of CTC).

    Args:
        log_probs: T×C, natural logarithms.
        alphabet: C characters; the first, the CTC blank, is empty.
        text: of characters in ``alphabet``; the line must have steps enough for it.

    Returns:
        An entry for each character.
    """
    columns = {character: column for column, character in enumerate(alphabet)}
    labels = np.zeros(2 * len(text) + 1, np.intp)
    labels[1::2] = [columns[character] for character in text]
    emissions = log_probs[:, labels]
    # From each label the path stays, goes on, or leaps over the CTC blank between two characters
    # that differ.
    leaps = np.full(len(labels), -np.inf, np.float32)
    leaps[3::2][labels[3::2] != labels[1:-2:2]] = 0
    ways = np.full((3, len(labels)), -np.inf, np.float32)
    ways[0, :2] = 0
    choices = np.empty(emissions.shape, np.int8)
    for step, emission in enumerate(emissions):
        choices[step] = ways.argmax(axis=0)
        # Twice as fast as ways.max(axis=0).
        reached = np.maximum(np.maximum(ways[0], ways[1]), ways[2]) + emission
        ways[0] = reached
        ways[1, 1:] = reached[:-1]
        ways[2, 2:] = reached[:-2]
        ways[2] += leaps
    path = np.empty(len(emissions), np.intp)
    label = len(labels) - 1
    if text and reached[-2] > reached[-1]:
        label -= 1
    for step in range(len(emissions) - 1, -1, -1):
        path[step] = label
        label -= int(choices[step, label])
    starts = np.searchsorted(path, np.arange(1, len(labels), 2))
    ends = np.searchsorted(path, np.arange(1, len(labels), 2), side="right")
    lost = log_probs.max(axis=1) - emissions[np.arange(len(path)), path]
    # What follows the last character is its own.
    reaches = np.append(ends[:-1], len(path)) if text else ends
    losses = np.diff(np.append(0.0, np.cumsum(lost, dtype=np.float64)[reaches - 1]))
    return [
        AlignedCharacter(
            int(start), int(end), float(emissions[start:end, 2 * index + 1].max()), float(loss)
        )
        for index, (start, end, loss) in enumerate(zip(starts, ends, losses, strict=True))
    ]
