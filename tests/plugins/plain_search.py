"""CTC prefix beam search as it stands in books: one text after the other, nothing looked up."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.beam import _LEAST_SHARE, Candidate
from notetext.engines.local.context import History
from notetext.engines.local.language_model import LanguageModel, State
from notetext.engines.local.steps import (
    _LEAST_PROBABILITY,
    _MOST_CHARACTERS,
)


def search_plainly(
    probabilities: NDArray[np.float32],
    alphabet: Sequence[str],
    model: LanguageModel,
    width: int,
    before: History = (),
) -> list[Candidate]:
    """Finds the likeliest texts of a line.

    Args:
        probabilities: T×C.
        alphabet: C characters; the first, the CTC blank, is empty, the last is the blank.
        model: judges the texts.
        width: how many beginnings of the text are gone on with at each step.
        before: the words before the line.
    """
    # For each text its probability if the last step showed the CTC blank, and if its character.
    beam: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    states: dict[str, State] = {"": model.start}
    log_scale = 0.0
    for row in probabilities.astype(float):
        likely = _likely(row, alphabet)
        blank = {text: sum(both) * row[0] for text, both in beam.items()}
        last = {text: beam[text][1] * likely.get(text[-1:], 0.0) for text in beam}
        gains = {}
        best = max(blank[text] + last[text] for text in beam)
        for text, both in beam.items():
            for character, probability in likely.items():
                seen = probability * (both[0] if character == text[-1:] else sum(both))
                most = model.most_worth * (model.most_worth_of_word if character == " " else 1.0)
                if seen * most >= best * _LEAST_SHARE:
                    gain = seen * model.weigh(states[text], character)
                    if character == " ":
                        gain *= _worth_of_last_word(text, states[text], model, before)
                    gains[text + character] = gain
        best = max(best, *gains.values(), 0.0)
        for text, gain in gains.items():
            if gain >= best * _LEAST_SHARE:
                last[text] = last.get(text, 0.0) + gain
                blank.setdefault(text, 0.0)
        ranked = sorted(last, key=lambda text: blank[text] + last[text], reverse=True)
        best = blank[ranked[0]] + last[ranked[0]]
        beam = {
            text: (blank[text] / best, last[text] / best)
            for text in ranked[:width]
            if blank[text] + last[text] >= best * _LEAST_SHARE
        }
        for text in beam:
            if text not in states:
                states[text] = model.follow(states[text[:-1]], text[-1])
        log_scale += math.log(best)
    scores = {
        text: sum(both)
        * model.end(states[text])
        * _worth_of_last_word(text, states[text], model, before)
        for text, both in beam.items()
    }
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    return [Candidate(text, log_scale + math.log(scores[text])) for text in ranked if scores[text]]


def _worth_of_last_word(text: str, state: State, model: LanguageModel, before: History) -> float:
    *others, last = text.split(" ")
    for word in others:
        # Only what a word stands after is asked for, so that any state will do.
        _, before = model.weigh_word(0.0, before, word)
    worth, _ = model.weigh_word(state.token, before, last)
    return worth


def _likely(row: NDArray[np.float64], alphabet: Sequence[str]) -> dict[str, float]:
    """The likely characters with their probabilities."""
    likely = {
        character: float(probability)
        for character, probability in zip(alphabet, row, strict=True)
        if probability > _LEAST_PROBABILITY and character
    }
    best = sorted(likely, key=likely.__getitem__, reverse=True)[:_MOST_CHARACTERS]
    return {character: likely[character] for character in best}
