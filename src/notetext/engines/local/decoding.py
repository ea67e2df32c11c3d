"""From log-probabilities to words, with knowledge of the language."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.alignment import align
from notetext.engines.local.alphabets import accents
from notetext.engines.local.beam import Candidate, search
from notetext.engines.local.confidence import confidence
from notetext.engines.local.context import Context, load_context
from notetext.engines.local.ctc import BLANK, DecodedWord
from notetext.engines.local.evidence import Evidence, evidence_of_line, evidence_of_word
from notetext.engines.local.language_model import LanguageModel
from notetext.engines.local.scripts import script_of, scripts_of
from notetext.engines.local.scripts.tuning import Tuning
from notetext.engines.local.vocabulary import Vocabulary, load_vocabulary
from notetext.model import Language, Mode

_MOST_ALTERNATIVES = 3
_LEAST_SHARE_OF_ALTERNATIVE = 0.01


@dataclass(frozen=True, slots=True)
class DecodedLine:
    """The words of a line.

    Attributes:
        words: from left to right.
        chosen: which of the log-probabilities their time steps belong to.
        evidence: what the confidence of each word rests on.
        log_prob: the mean logarithm of the probabilities of its characters; 0 without any.
    """

    words: tuple[DecodedWord, ...]
    chosen: int
    evidence: tuple[Evidence, ...]
    log_prob: float


class LanguageDecoder:
    """Finds the words of lines by beam search; threads may share it."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        tuning: Tuning,
        *,
        accents: Mapping[str, str],
        plain: Mapping[str, str] = MappingProxyType({}),
        capital_nouns: bool = False,
        context: Context | None = None,
    ) -> None:
        """Makes a decoder.

        Args:
            vocabulary: the words.
            tuning: how the recogniser's outputs are weighed.
            accents: letters that may stand where the network sees the same without an accent, and
                what those look like.
            plain: lower-case letters that another language's words may bring, each without its
                accent.
            capital_nouns: whether nouns are written with capitals, as in German.
            context: what is known of words that follow each other.
        """
        self._vocabulary = vocabulary
        self._tuning = tuning
        self._model = LanguageModel(vocabulary, tuning.trust, capital_nouns, plain, context)
        self._accents = accents

    def decode(
        self, log_probs: Sequence[NDArray[np.float32]], alphabet: Sequence[str]
    ) -> DecodedLine:
        """Finds the words of the likeliest text of a line, at any of the widths that it was drawn.

        Args:
            log_probs: one or more T×C arrays of natural logarithms: the line at several widths.
            alphabet: C characters; the first, the CTC blank, is empty, the last is the blank.
        """
        found = [
            search(
                self._accented_too(_softened(logs, self._tuning.blank), alphabet),
                alphabet,
                self._model,
            )
            for logs in log_probs
        ]
        chosen = max(range(len(found)), key=lambda index: found[index][0].score)
        text = found[chosen][0].text
        characters = align(log_probs[chosen], alphabet, text)
        spans = list(_spans(text))
        votes = _votes([text[first:last] for first, last in spans], found)
        scores = [candidate.score for candidate in found[chosen]]
        line = evidence_of_line(characters, scores)
        words, evidence = [], []
        for index, (first, last) in enumerate(spans):
            word = text[first:last]
            share = votes[index].pop(word, 0.0)
            evidence.append(
                evidence_of_word(text, (first, last), characters, line, share, self._vocabulary)
            )
            before = characters[spans[index - 1][1] - 1].end if index else 0
            following = index + 1 < len(spans)
            after = characters[spans[index + 1][0]].start if following else len(log_probs[chosen])
            start, end = characters[first].start, characters[last - 1].end
            words.append(
                DecodedWord(
                    text=word,
                    # A character is wider than its peak, by about a step on either side.
                    start=max(start - 1, (before + start) / 2),
                    end=min(end + 1, (end + after) / 2),
                    confidence=confidence(evidence[-1], self._tuning.confidence),
                    alternatives=_likeliest(votes[index]),
                )
            )
        return DecodedLine(tuple(words), chosen, tuple(evidence), line.log_prob)

    def _accented_too(
        self, probabilities: NDArray[np.float32], alphabet: Sequence[str]
    ) -> NDArray[np.float32]:
        """The probabilities if an accent may stand where the network sees none."""
        if not self._accents:
            return probabilities
        columns = {character: column for column, character in enumerate(alphabet)}
        accented = probabilities.copy()
        for letter, bare in self._accents.items():
            accented[:, columns[letter]] += (
                self._tuning.lost_accent * probabilities[:, columns[bare]]
            )
        return accented


@lru_cache(maxsize=8)
def language_decoder(
    languages: frozenset[Language], mode: Mode, lexicon: frozenset[str] = frozenset()
) -> LanguageDecoder | None:
    """Makes the decoder for some languages, which is kept for the next time.

    Args:
        languages: that the text may be in; each is as likely as the others.
        mode: `Mode.PRINTED` trusts the pixels more.
        lexicon: the user's own words, such as names.

    Returns:
        The decoder, or ``None`` if there is no list of words for one of the languages: it would
        take that language's words for those of another.
    """
    scripts = scripts_of(languages)
    tables = {
        language: table
        for script in scripts
        for language, table in script.tables.items()
        if language in languages
    }
    if not languages.issubset(tables):
        return None
    vocabulary = load_vocabulary(tables.values(), lexicon)
    return LanguageDecoder(
        vocabulary,
        script_of(languages).tuning[mode],
        accents=accents(languages),
        plain=script_of(languages).plain,
        capital_nouns=any(languages & script.capital_nouns for script in scripts),
        context=load_context(sorted(tables.values()), vocabulary.elided),
    )


def _softened(log_probs: NDArray[np.float32], blank: float) -> NDArray[np.float32]:
    """Probabilities, with less trust in the CTC blank."""
    probabilities = np.exp(log_probs)
    probabilities[:, BLANK] *= blank
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
    """What the candidates have for each word, with their shares of probability."""
    votes: list[dict[str, float]] = [{} for _ in words]
    for candidates in found:
        weights = [math.exp(candidate.score - candidates[0].score) for candidate in candidates]
        total = sum(weights) * len(found)
        for candidate, weight in zip(candidates, weights, strict=True):
            for index, word in _paired(words, candidate.text.split()):
                votes[index][word] = votes[index].get(word, 0.0) + weight / total
    return votes


def _paired(words: list[str], others: list[str]) -> Iterator[tuple[int, str]]:
    """Pairs words with those of another text of the same line, as far as it is clear which belong
    together: both begin alike and end alike, and what differs is as many words, or one in ours."""
    shorter = min(len(words), len(others))
    first = 0
    while first < shorter and words[first] == others[first]:
        yield first, words[first]
        first += 1
    last = 0
    while last < shorter - first and words[-1 - last] == others[-1 - last]:
        last += 1
        yield len(words) - last, words[-last]
    between = others[first : len(others) - last]
    if len(words) == len(others):
        yield from enumerate(between, first)
    elif len(words) - last - first == 1 and between:
        yield first, " ".join(between)


def _likeliest(shares: dict[str, float]) -> tuple[str, ...]:
    ranked = sorted(shares, key=shares.__getitem__, reverse=True)
    return tuple(
        word for word in ranked[:_MOST_ALTERNATIVES] if shares[word] >= _LEAST_SHARE_OF_ALTERNATIVE
    )
