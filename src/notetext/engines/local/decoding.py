"""From log-probabilities to words, with knowledge of the language."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.alignment import AlignedCharacter, align_lines
from notetext.engines.local.alphabets import accents
from notetext.engines.local.beam import Candidate, search
from notetext.engines.local.capitals import Capitals, load_capitals
from notetext.engines.local.confidence import confidence
from notetext.engines.local.context import Context, load_context
from notetext.engines.local.ctc import BLANK, DecodedWord
from notetext.engines.local.digits import in_digits
from notetext.engines.local.evidence import Evidence, evidence_of_line, evidence_of_word
from notetext.engines.local.hyphens import read_hyphenated, whole_words
from notetext.engines.local.language_model import FOREIGN_ACCENT, LanguageModel
from notetext.engines.local.prose import CAPITAL_AT_START, capital_within
from notetext.engines.local.quotes import touching
from notetext.engines.local.scripts import links_of, script_of, scripts_of
from notetext.engines.local.scripts.tuning import Tuning
from notetext.engines.local.seen_tokens import weighed
from notetext.engines.local.state_kinds import StateKinds
from notetext.engines.local.vocabulary import Vocabulary, load_vocabulary
from notetext.model import Language, Mode

# What a foreign accent is worth where the language has none of its own that it is mistaken for.
_ONLY_ACCENT = 0.5
_MOST_ALTERNATIVES = 3
_LEAST_SHARE_OF_ALTERNATIVE = 0.01
_MOST_ALPHABETS = 4


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
        capitals: Capitals | None = None,
        hyphenated: frozenset[str] = frozenset(),
        spaced_quotes: bool = False,
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
            capitals: what is known of words that have some.
            hyphenated: words that have hyphens.
            spaced_quotes: whether quotation marks may stand apart from the words within.
        """
        self._vocabulary = vocabulary
        self._tuning = tuning
        foreign_accent = FOREIGN_ACCENT if accents else _ONLY_ACCENT
        self._model = LanguageModel(
            vocabulary, tuning.trust, capital_nouns, plain, context, foreign_accent, capitals
        )
        self._accents = accents
        self._hyphenated = hyphenated
        self._spaced_quotes = spaced_quotes
        self._idle: dict[tuple[str, ...], list[StateKinds]] = {}

    def decode(
        self, log_probs: Sequence[NDArray[np.float32]], alphabet: Sequence[str]
    ) -> DecodedLine:
        """Finds the words of the likeliest text of a line, at any of the widths that it was drawn.

        Args:
            log_probs: one or more T×C arrays of natural logarithms: the line at several widths.
            alphabet: C characters; the first, the CTC blank, is empty, the last is the blank.
        """
        (line,) = self.decode_lines([log_probs], alphabet)
        return line

    def decode_lines(
        self,
        lines: Sequence[Sequence[NDArray[np.float32]]],
        alphabet: Sequence[str],
        before: Sequence[int | None] = (),
    ) -> list[DecodedLine]:
        """Does the same for many lines, in a fraction of the time that they take one by one.

        Args:
            lines: for each the arrays that `decode` takes.
            alphabet: C characters; the first, the CTC blank, is empty, the last is the blank.
            before: for each line the number of the one that it goes on from; none does if nothing
                is given.
        """
        probabilities = [
            self._accented_too(_softened(log_probs, self._tuning.blank), alphabet)
            for line in lines
            for log_probs in line
        ]
        every = iter(self._search(probabilities, tuple(alphabet)))
        alone = [[weighed(next(every), width, alphabet) for width in line] for line in lines]
        found = self._going_on(alone, before)
        chosen = [
            max(range(len(widths)), key=lambda width: widths[width][0].rank) for widths in found
        ]
        characters = align_lines(
            [line[width] for line, width in zip(lines, chosen, strict=True)],
            alphabet,
            [widths[width][0].text for widths, width in zip(found, chosen, strict=True)],
        )
        return [
            self._decoded(len(line[width]), widths, width, aligned)
            for line, widths, width, aligned in zip(lines, found, chosen, characters, strict=True)
        ]

    def _search(
        self, probabilities: Sequence[NDArray[np.float32]], alphabet: tuple[str, ...]
    ) -> list[list[Candidate]]:
        """Searches with tables that no other thread has."""
        if len(self._idle) > _MOST_ALPHABETS:
            self._idle.clear()
        idle = self._idle.setdefault(alphabet, [])
        try:
            kinds = idle.pop()
        except IndexError:
            kinds = StateKinds(self._model, alphabet)
        found = search(probabilities, kinds)
        idle.append(kinds)
        return found

    def _going_on(
        self, found: list[list[list[Candidate]]], before: Sequence[int | None]
    ) -> list[list[list[Candidate]]]:
        """The candidates of lines as they are likely after the lines before them.

        Args:
            found: of each line the candidates at each width, the likeliest first.
            before: for each line the number of the one that it goes on from.
        """
        settled: dict[int, str] = {}

        def settle(line: int) -> str:
            """The line's likeliest text, after that of the one before it."""
            if line not in settled:
                # Should lines go round in a circle, one of them goes on from what it is alone.
                settled[line] = _best(found[line]).text
                previous = before[line]
                if previous is not None:
                    found[line] = self._after(settle(previous), found[line])
                    settled[line] = _best(found[line]).text
            return settled[line]

        for line in range(len(before)):
            settle(line)
        return found

    def _after(self, text: str, found: list[list[Candidate]]) -> list[list[Candidate]]:
        """The candidates of a line as they are likely after a text."""
        starts = {" ".join(c.text.split(" ", 2)[:2]) for widths in found for c in widths}
        worths = {start: math.log(self._model.worth_after(text, start)) for start in starts}
        return [
            sorted(
                (
                    replace(c, score=c.score + worths[" ".join(c.text.split(" ", 2)[:2])])
                    for c in widths
                ),
                key=lambda candidate: -candidate.rank,
            )
            for widths in found
        ]

    def _decoded(
        self,
        steps: int,
        found: Sequence[Sequence[Candidate]],
        chosen: int,
        characters: Sequence[AlignedCharacter],
    ) -> DecodedLine:
        """The words of the likeliest candidate of all widths.

        Args:
            steps: of the width that has it.
            found: the candidates of each width.
            chosen: which width has the likeliest.
            characters: of that candidate.
        """
        text = found[chosen][0].text
        spans = list(_spans(text))
        votes = _votes([text[first:last] for first, last in spans], found)
        scores = [candidate.score for candidate in found[chosen]]
        line = evidence_of_line(characters, scores)
        words, evidence = [], []
        for index, (first, last) in enumerate(spans):
            word = text[first:last]
            written = in_digits(word)
            share = sum(votes[index].pop(each, 0.0) for each in {word, written})
            evidence.append(
                evidence_of_word(text, (first, last), characters, line, share, self._vocabulary)
            )
            before = characters[spans[index - 1][1] - 1].end if index else 0
            following = index + 1 < len(spans)
            after = characters[spans[index + 1][0]].start if following else steps
            start, end = characters[first].start, characters[last - 1].end
            words.append(
                DecodedWord(
                    text=written,
                    # A character is wider than its peak, by about a step on either side.
                    start=max(start - 1, (before + start) / 2),
                    end=min(end + 1, (end + after) / 2),
                    confidence=confidence(evidence[-1], self._tuning.confidence),
                    alternatives=_likeliest(votes[index]),
                )
            )
        joined = [*enumerate(words)] if self._spaced_quotes else touching(words)
        joined = whole_words(joined, self._hyphenated)
        return DecodedLine(
            tuple(word for _, word in joined),
            chosen,
            tuple(evidence[number] for number, _ in joined),
            line.log_prob,
        )

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
    vocabulary = _vocabulary(languages, frozenset(tables.values()), lexicon)
    capital_nouns = any(languages & script.capital_nouns for script in scripts)
    names = sorted(tables.values())
    context = load_context(names, vocabulary.elided)
    return LanguageDecoder(
        vocabulary,
        script_of(languages).tuning[mode],
        accents=accents(languages),
        plain=script_of(languages).plain,
        capital_nouns=capital_nouns,
        context=context,
        hyphenated=frozenset().union(*map(read_hyphenated, names)),
        spaced_quotes=any(languages & script.spaced_quotes for script in scripts),
        capitals=load_capitals(
            names,
            context.tables if context else (),
            priors=(capital_within(capital_nouns), CAPITAL_AT_START),
            elided=vocabulary.elided,
            lexicon=lexicon,
        ),
    )


# It is most of what a decoder takes of time and memory, and the same in both modes.
@lru_cache(maxsize=8)
def _vocabulary(
    languages: frozenset[Language], tables: frozenset[str], lexicon: frozenset[str]
) -> Vocabulary:
    return load_vocabulary(tables, lexicon, links_of(languages))


def _best(found: Sequence[Sequence[Candidate]]) -> Candidate:
    """The likeliest candidate of all widths."""
    return max((widths[0] for widths in found), key=lambda candidate: candidate.rank)


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
