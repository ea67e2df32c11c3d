"""From log-probabilities to the likeliest text in a language: CTC prefix beam search.

After Hannun, Maas, Jurafsky and Ng, "First-Pass Large Vocabulary Continuous Speech Recognition
using Bi-Directional Recurrent DNNs" (2014), with a model that judges every character.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Self

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.language_model import LanguageModel, State

# Greater than these, the text stays the same, and the search takes longer.
_WIDTH = 24
_LEAST_SHARE = 1e-3
_LEAST_PROBABILITY = 1e-3
_LEAST_BLANK_PROBABILITY = 1e-5

_BLANK_POWER = 0.5


class _Prefix:
    """A beginning of the line's text, and how likely it is so far."""

    __slots__ = (
        "after_blank", "after_character", "character", "children", "next_blank", "next_character",
        "parent", "score", "state", "step",
    )

    def __init__(self, parent: Self | None, character: str, state: State) -> None:
        self.parent = parent
        self.character = character
        self.state = state
        self.children: dict[str, _Prefix] = {}
        self.after_blank = 0.0
        self.after_character = 0.0
        self.next_blank = 0.0
        self.next_character = 0.0
        self.score = 0.0
        self.step = -1

    @property
    def text(self) -> str:
        characters = []
        prefix = self
        while prefix.parent is not None:
            characters.append(prefix.character)
            prefix = prefix.parent
        return "".join(reversed(characters))


@dataclass(frozen=True, slots=True)
class Candidate:
    text: str
    score: float


_score = attrgetter("score")


def search(
    log_probs: NDArray[np.float32], alphabet: Sequence[str], model: LanguageModel,
    width: int = _WIDTH, blank_power: float = _BLANK_POWER, least_share: float = _LEAST_SHARE,
    least: float = _LEAST_PROBABILITY,
) -> list[Candidate]:
    start = _Prefix(None, "", model.start)
    start.after_blank = 1.0
    beam = [start]
    follow = model.follow
    for step, (blank, items) in enumerate(_likely(log_probs, alphabet, blank_power, least)):
        by_character = dict(items)
        best = 0.0
        for prefix in beam:
            whole = prefix.after_blank + prefix.after_character
            prefix.next_blank = whole * blank
            prefix.next_character = prefix.after_character * by_character.get(prefix.character, 0.0)
            prefix.step = step
            prefix.score = prefix.next_blank + prefix.next_character
            if prefix.score > best:
                best = prefix.score
        grown = list(beam)
        if items:
            least_score = best * least_share
            for prefix in beam:
                state = prefix.state
                arcs = state.arcs
                last = prefix.character
                whole = prefix.after_blank + prefix.after_character
                for character, probability in items:
                    after, worth = arcs.get(character) or follow(state, character)
                    gain = probability * worth * (
                        prefix.after_blank if character == last else whole
                    )
                    if gain < least_score:
                        continue
                    child = prefix.children.get(character)
                    if child is None:
                        child = prefix.children[character] = _Prefix(prefix, character, after)
                    if child.step != step:
                        child.step = step
                        child.next_blank = 0.0
                        child.next_character = gain
                        grown.append(child)
                    else:
                        child.next_character += gain
                    child.score = child.next_blank + child.next_character
                    if child.score * least_share > least_score:
                        least_score = child.score * least_share
        grown.sort(key=_score, reverse=True)
        scale = 1 / grown[0].score
        least_score = grown[0].score * least_share
        beam = [prefix for prefix in grown[:width] if prefix.score >= least_score]
        for prefix in beam:
            prefix.after_blank = prefix.next_blank * scale
            prefix.after_character = prefix.next_character * scale
    for prefix in beam:
        prefix.score = (prefix.after_blank + prefix.after_character) * prefix.state.end
    beam.sort(key=_score, reverse=True)
    return [Candidate(prefix.text, prefix.score) for prefix in beam]


def _likely(log_probs, alphabet, blank_power, least):
    probs = np.exp(log_probs)
    probs[:, 0] **= 1.0
    probs[:, 0] *= blank_power
    probs /= probs.sum(1, keepdims=True)
    likely = probs > least
    likely[:, -1] |= probs[:, -1] > _LEAST_BLANK_PROBABILITY
    likely[:, 0] = False
    rows, columns = np.nonzero(likely)
    bounds = np.searchsorted(rows, np.arange(len(probs) + 1)).tolist()
    values = probs[rows, columns].tolist()
    names = [alphabet[c] for c in columns.tolist()]
    blanks = probs[:, 0].tolist()
    for t in range(len(blanks)):
        a, b = bounds[t], bounds[t + 1]
        yield blanks[t], list(zip(names[a:b], values[a:b]))
