"""From probabilities to the likeliest texts in a language: CTC prefix beam search.

After Hannun, Maas, Jurafsky and Ng, "First-Pass Large Vocabulary Continuous Speech Recognition
using Bi-Directional Recurrent DNNs" (2014), with a model that judges each character.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import attrgetter, itemgetter

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.context import History
from notetext.engines.local.language_model import LanguageModel, State

# With more of any of these, the texts stay the same and the search takes longer.
_WIDTH = 16
_MOST_CHARACTERS = 10
_LEAST_SHARE = 1e-3
_LEAST_PROBABILITY = 1e-3
# The network often misses the blank between two words; the language finds it.
_LEAST_PROBABILITY_OF_SPACE = 1e-5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that a line may hold.

    Attributes:
        text: with single blanks between its words.
        score: the logarithm of its probability by the pixels times its worth in the language.
            Scores of the same line, read at several widths, can be compared.
    """

    text: str
    score: float


class _Prefix:
    """A beginning of the line's text, and how likely it is at the present and the next step."""

    __slots__ = (
        "after_blank",
        "after_character",
        "character",
        "history",
        "next_blank",
        "next_character",
        "parent",
        "score",
        "state",
    )

    def __init__(
        self, parent: _Prefix | None, character: str, state: State, history: History
    ) -> None:
        self.parent = parent
        self.character = character
        self.state = state
        self.history = history
        """What stands before the last blank."""
        self.after_blank = 0.0
        self.after_character = 0.0
        self.next_blank = 0.0
        self.next_character = 0.0
        self.score = 0.0

    @property
    def text(self) -> str:
        characters = []
        prefix = self
        while prefix.parent is not None:
            characters.append(prefix.character)
            prefix = prefix.parent
        return "".join(reversed(characters))

    @property
    def since_blank(self) -> str:
        """What stands after the last blank."""
        characters = []
        prefix = self
        while prefix.parent is not None and prefix.character != " ":
            characters.append(prefix.character)
            prefix = prefix.parent
        return "".join(reversed(characters))


_by_score = attrgetter("score")


def search(
    probabilities: NDArray[np.float32],
    alphabet: Sequence[str],
    model: LanguageModel,
    width: int = _WIDTH,
    history: History = (),
) -> list[Candidate]:
    """Finds the likeliest texts of a line.

    Args:
        probabilities: T×C.
        alphabet: C characters; the first, the CTC blank, is empty, the last is the blank.
        model: judges the texts.
        width: how many beginnings of the text are gone on with at each step.
        history: the words before the line.

    Returns:
        The texts, the likeliest first; at least one.
    """
    start = _Prefix(None, "", model.start, history)
    start.after_blank = 1.0
    beam = [start]
    log_scale = 0.0
    for blank, characters in _likely(probabilities, alphabet):
        _stay(beam, blank, dict(characters))
        grown = beam + _grow(beam, characters, model) if characters else beam
        grown.sort(key=_by_score, reverse=True)
        best = grown[0].score
        beam = [prefix for prefix in grown[:width] if prefix.score >= best * _LEAST_SHARE]
        for prefix in beam:
            prefix.after_blank = prefix.next_blank / best
            prefix.after_character = prefix.next_character / best
        log_scale += math.log(best)
    for prefix in beam:
        after = prefix.after_blank + prefix.after_character
        worth, _ = model.weigh_word(prefix.state, prefix.history, prefix.since_blank)
        prefix.score = after * model.end(prefix.state) * worth
    beam.sort(key=_by_score, reverse=True)
    return [
        Candidate(prefix.text, log_scale + math.log(prefix.score))
        for prefix in beam
        if prefix.score > 0
    ]


def _likely(
    probabilities: NDArray[np.float32], alphabet: Sequence[str]
) -> Iterator[tuple[float, list[tuple[str, float]]]]:
    """For each step, the CTC blank's probability and the likely characters with theirs."""
    likely = probabilities > _LEAST_PROBABILITY
    likely[:, -1] = probabilities[:, -1] > _LEAST_PROBABILITY_OF_SPACE
    likely[:, 0] = False
    steps, columns = np.nonzero(likely)
    characters = [alphabet[column] for column in columns.tolist()]
    pairs = list(zip(characters, probabilities[steps, columns].tolist(), strict=True))
    bounds = np.searchsorted(steps, np.arange(len(probabilities) + 1)).tolist()
    for step, blank in enumerate(probabilities[:, 0].tolist()):
        seen = pairs[bounds[step] : bounds[step + 1]]
        if len(seen) > _MOST_CHARACTERS:
            seen = nlargest(_MOST_CHARACTERS, seen, key=itemgetter(1))
        yield blank, seen


def _stay(beam: list[_Prefix], blank: float, probabilities: dict[str, float]) -> None:
    """Lets each prefix stay as it is for a step: a blank, or its last character once more."""
    for prefix in beam:
        prefix.next_blank = (prefix.after_blank + prefix.after_character) * blank
        again = probabilities.get(prefix.character, 0.0)
        prefix.next_character = prefix.after_character * again
        prefix.score = prefix.next_blank + prefix.next_character


def _grow(
    beam: list[_Prefix], characters: list[tuple[str, float]], model: LanguageModel
) -> list[_Prefix]:
    """Lets each prefix go on with each character; returns the prefixes that are new."""
    new = []
    # A text in the beam may be grown once more from the one before it.
    known = {(prefix.parent, prefix.character): prefix for prefix in beam}
    least = max(prefix.score for prefix in beam) * _LEAST_SHARE
    most_worth = model.most_worth
    for prefix in beam:
        state, worths, last = prefix.state, prefix.state.worths, prefix.character
        whole = prefix.after_blank + prefix.after_character
        for character, probability in characters:
            # The same character again is another one only after a CTC blank.
            seen = probability * (prefix.after_blank if character == last else whole)
            # To judge a text takes longer than all else: not those that cannot win.
            if seen * most_worth < least and character != " ":
                continue
            gain = seen * (worths.get(character) or model.weigh(state, character))
            history = prefix.history
            if character == " ":
                worth, history = model.weigh_word(state, history, prefix.since_blank)
                gain *= worth
            if gain < least:
                continue
            child = known.get((prefix, character))
            if child is None:
                child = _Prefix(prefix, character, model.follow(state, character), history)
                new.append(child)
            child.next_character += gain
            child.score = child.next_blank + child.next_character
            least = max(least, child.score * _LEAST_SHARE)
    return new
