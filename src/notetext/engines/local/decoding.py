"""From log-probabilities to words, with knowledge of the language."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.alignment import AlignedCharacter, align
from notetext.engines.local.beam import Candidate, search
from notetext.engines.local.confidence import Evidence, confidence
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.language_model import LanguageModel
from notetext.engines.local.vocabulary import Vocabulary

# CTC networks are too sure of the CTC blank, which makes letters disappear.
_TRUST_IN_BLANK = 0.35
_MOST_ALTERNATIVES = 3
_LEAST_LIKELY_ALTERNATIVE = 0.01


@dataclass(frozen=True, slots=True)
class DecodedLine:
    """The words of a line.

    Attributes:
        words: from left to right.
        reading: which of the readings their time steps belong to.
    """

    words: tuple[DecodedWord, ...]
    reading: int


class LanguageDecoder:
    """Finds the words of lines by beam search; threads may share it."""

    def __init__(
        self, vocabulary: Vocabulary, model: LanguageModel, accented: str = "", lost: float = 0.0
    ) -> None:
        """Makes a decoder.

        Args:
            vocabulary: the words.
            model: judges the texts.
            accented: the letters that may stand where the network sees the bare one.
            lost: how likely it is that the network misses their accents.
        """
        self._vocabulary = vocabulary
        self._model = model
        self._accented = accented
        self._lost = lost

    def __call__(
        self, log_probs: NDArray[np.float32], alphabet: Sequence[str]
    ) -> tuple[DecodedWord, ...]:
        """Decodes a line that was read once; see `decode`."""
        return self.decode([log_probs], alphabet).words

    def decode(
        self, readings: Sequence[NDArray[np.float32]], alphabet: Sequence[str]
    ) -> DecodedLine:
        """Finds the words of a line.

        Args:
            readings: one or more T×C arrays of natural logarithms: the same line, stretched to
                several widths.
            alphabet: C characters; the first, the CTC blank, is empty, the last is the blank.

        Returns:
            The words of the likeliest text in any reading.
        """
        doubts = self._doubts(alphabet)
        found = [
            search(_softened(log_probs) @ doubts, alphabet, self._model)
            for log_probs in readings
        ]
        reading = max(range(len(found)), key=lambda index: found[index][0].score)
        best = found[reading][0].text
        if not best.strip():
            return DecodedLine((), reading)
        log_probs = readings[reading]
        characters = align(log_probs, alphabet, best)
        words = best.split()
        votes = _votes(words, found)
        spans = list(_spans(best))
        decoded = []
        for index, (first, last) in enumerate(spans):
            before = characters[spans[index - 1][1] - 1].end if index else 0
            after = (
                characters[spans[index + 1][0]].start
                if index + 1 < len(spans)
                else len(log_probs)
            )
            share = votes[index].pop(words[index], 0.0)
            evidence = self._evidence(words[index], characters[first:last], share, len(readings))
            rivals = sorted(votes[index], key=votes[index].__getitem__, reverse=True)
            start, end = characters[first].start, characters[last - 1].end
            decoded.append(
                DecodedWord(
                    text=words[index],
                    # A character is wider than its peak, by about a step on either side.
                    start=max(start - 1, (before + start) / 2),
                    end=min(end + 1, (end + after) / 2),
                    confidence=confidence(evidence),
                    alternatives=tuple(
                        rival
                        for rival in rivals[:_MOST_ALTERNATIVES]
                        if votes[index][rival] >= _LEAST_LIKELY_ALTERNATIVE
                    ),
                )
            )
        return DecodedLine(tuple(decoded), reading)

    def _doubts(self, alphabet: Sequence[str]) -> NDArray[np.float32]:
        """C×C: how likely the network's character in a row is really that of a column."""
        doubts = np.eye(len(alphabet), dtype=np.float32)
        columns = {character: column for column, character in enumerate(alphabet)}
        for letter in self._accented:
            bare = unicodedata.normalize("NFD", letter)[0]
            if bare != letter:
                doubts[columns[bare], columns[letter]] = self._lost
        return doubts

    def _evidence(
        self, word: str, characters: Sequence[AlignedCharacter], share: float, readings: int
    ) -> Evidence:
        log_probs = [character.log_prob for character in characters]
        letters = "".join(c for c in word.lower().replace("’", "'") if c.isalpha() or c in "'-")
        letters = letters.strip("'-")
        return Evidence(
            share=share,
            least=min(log_probs),
            mean=sum(log_probs) / len(log_probs),
            length=len(word),
            frequency=math.log(self._vocabulary.beginning(letters).word_probability) if letters else 0.0,
            letters=len(letters),
            listed=letters in self._vocabulary,
            readings=readings,
        )


def _softened(log_probs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities, with less trust in the CTC blank."""
    probabilities = np.exp(log_probs)
    probabilities[:, 0] *= _TRUST_IN_BLANK
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    return probabilities


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each word begins and ends in a text."""
    end = 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        yield start, end


def _votes(words: list[str], found: Sequence[Sequence[Candidate]]) -> list[dict[str, float]]:
    """What the candidates read in the place of each word, with their shares of probability."""
    votes: list[dict[str, float]] = [{} for _ in words]
    for candidates in found:
        weights = [math.exp(candidate.score - candidates[0].score) for candidate in candidates]
        total = sum(weights) * len(found)
        for candidate, weight in zip(candidates, weights, strict=True):
            for place, word in _in_place_of(words, candidate.text.split()):
                votes[place][word] = votes[place].get(word, 0.0) + weight / total
    return votes


def _in_place_of(words: list[str], others: list[str]) -> Iterator[tuple[int, str]]:
    """Pairs words with those of another text of the line; the beginnings and ends that are the
    same in both tell what stands in the place of what."""
    shorter = min(len(words), len(others))
    first = 0
    while first < shorter and words[first] == others[first]:
        yield first, words[first]
        first += 1
    same_end = 0
    while same_end < shorter - first and words[-1 - same_end] == others[-1 - same_end]:
        same_end += 1
        yield len(words) - same_end, words[-same_end]
    middle = others[first : len(others) - same_end]
    if len(words) == len(others):
        yield from enumerate(middle, first)
    elif len(words) - same_end - first == 1 and middle:
        yield first, " ".join(middle)
