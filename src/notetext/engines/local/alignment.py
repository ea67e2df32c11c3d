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
    (aligned,) = align_lines([log_probs], alphabet, [text])
    return aligned


def align_lines(
    lines: Sequence[NDArray[np.float32]], alphabet: Sequence[str], texts: Sequence[str]
) -> list[list[AlignedCharacter]]:
    """Does the same for many lines, in a fraction of the time that they take one by one.

    Args:
        lines: the log-probabilities of each.
        alphabet: the same for all of them.
        texts: one for each line.
    """
    columns = {character: column for column, character in enumerate(alphabet)}
    lengths = np.array([len(line) for line in lines], np.intp)
    ends = np.array([2 * len(text) for text in texts], np.intp)
    labels = np.zeros((len(lines), ends.max(initial=0) + 1), np.intp)
    emissions = np.zeros((lengths.max(initial=0), *labels.shape), np.float32)
    for index, (line, text) in enumerate(zip(lines, texts, strict=True)):
        labels[index, 1 : 2 * len(text) : 2] = [columns[character] for character in text]
        emissions[: len(line), index] = line[:, labels[index]]
    paths = _likeliest_paths(emissions, labels, lengths, ends)
    return [
        _on_path(line.max(axis=1), emissions[: len(line), index], paths[: len(line), index], text)
        for index, (line, text) in enumerate(zip(lines, texts, strict=True))
    ]


def _likeliest_paths(
    emissions: NDArray[np.float32],
    labels: NDArray[np.intp],
    lengths: NDArray[np.intp],
    ends: NDArray[np.intp],
) -> NDArray[np.intp]:
    """The places among its labels that each line is at, step by step.

    Args:
        emissions: T×N×L: how likely each of L labels is at each of T steps, for N lines.
        labels: N×L; what stands right of a line's last label does not count, for no path goes left.
        lengths: the steps of each line.
        ends: the place of each line's last label.
    """
    # From each label the path stays, goes on, or leaps over the CTC blank between two characters
    # that differ.
    leaps = np.full(labels.shape, -np.inf, np.float32)
    leaps[:, 3::2][labels[:, 3::2] != labels[:, 1:-2:2]] = 0
    ways = np.full((3, *labels.shape), -np.inf, np.float32)
    ways[0, :, :2] = 0
    choices = np.empty(emissions.shape, np.int8)
    every = np.arange(len(labels))
    last = ends.copy()
    for step, emission in enumerate(emissions):
        choices[step] = ways.argmax(axis=0)
        # Twice as fast as ways.max(axis=0).
        reached = np.maximum(np.maximum(ways[0], ways[1]), ways[2]) + emission
        over = every[lengths == step + 1]
        before = np.maximum(ends[over] - 1, 0)
        last[over] -= reached[over, before] > reached[over, ends[over]]
        ways[0] = reached
        ways[1, :, 1:] = reached[:, :-1]
        ways[2, :, 2:] = reached[:, :-2]
        ways[2] += leaps
    paths = np.zeros(emissions.shape[:2], np.intp)
    place = last
    for step in range(len(emissions) - 1, -1, -1):
        paths[step] = place
        place = place - np.where(step < lengths, choices[step, every, place], 0)
    return paths


def _on_path(
    shown: NDArray[np.float32], emissions: NDArray[np.float32], path: NDArray[np.intp], text: str
) -> list[AlignedCharacter]:
    """The characters of a line's text where its path has their labels.

    Args:
        shown: the greatest log-probability at each step.
        emissions: those of the labels.
        path: the place among the labels at each step.
        text: of the line.
    """
    if not text:
        return []
    places = np.arange(1, 2 * len(text), 2)
    starts, ends = np.searchsorted(path, places), np.searchsorted(path, places, side="right")
    on_path = emissions[np.arange(len(path)), path]
    seen = np.append(on_path, -np.inf)
    best = np.maximum.reduceat(seen, np.stack([starts, ends], axis=1).ravel())[::2]
    # What follows the last character is its own.
    reaches = np.append(ends[:-1], len(path))
    lost = np.cumsum(shown - on_path, dtype=np.float64)[reaches - 1]
    return [
        AlignedCharacter(*character)
        for character in zip(
            starts.tolist(),
            ends.tolist(),
            best.tolist(),
            np.diff(lost, prepend=0.0).tolist(),
            strict=True,
        )
    ]
