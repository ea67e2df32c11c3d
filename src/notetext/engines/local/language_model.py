"""How likely a text is in a language: words, capitals, numbers and punctuation marks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto

from notetext.engines.local.vocabulary import Beginning, Vocabulary


@dataclass(frozen=True, slots=True)
class Trust:
    """How much the language counts beside the pixels.

    Attributes:
        language: the power that the language's probabilities are raised to.
        length: the logarithm of what each character is worth; without it short texts would win.
    """

    language: float
    length: float


class _Place(Enum):
    """Where in a line the next character stands."""

    START = auto()
    """At the start of the line."""
    SENTENCE = auto()
    """After a full stop and a blank."""
    GAP = auto()
    """After a blank."""
    MARK = auto()
    """After a punctuation mark that a blank should follow."""
    FULL_STOP = auto()
    """After one that ends a sentence."""
    JOINT = auto()
    """After an apostrophe or a slash in a word."""
    HYPHEN = auto()
    """After a hyphen in a word."""
    DASH = auto()
    """After a dash that a blank stands before."""
    NUMBER = auto()
    WORD = auto()


class _Case(Enum):
    LOWER = auto()
    CAPITALIZED = auto()
    CAPITALS = auto()
    MIXED = auto()


_SENTENCE_STARTS = frozenset({_Place.START, _Place.SENTENCE})
_BEFORE_BLANK = frozenset({_Place.MARK, _Place.FULL_STOP, _Place.NUMBER, _Place.DASH})
_GAPS = frozenset({_Place.START, _Place.SENTENCE, _Place.GAP})
_OPENING = frozenset("\"'([{«“‘„¿¡#*•")
_DASHES = frozenset("-–—")
_JOINING = frozenset("-'’/·_@&")
_FULL_STOPS = frozenset(".!?…")
_APOSTROPHES = frozenset("'’")

# Probabilities, roughly as in English and French print.
_MARKS = {
    **{",": 0.055, ".": 0.055, '"': 0.02, "'": 0.01, "’": 0.01, "-": 0.012, "?": 0.004},
    **{":": 0.004, ";": 0.003, "!": 0.003, "(": 0.002, ")": 0.002},
}
_RARE_MARK = 1e-4
_NUMBER = 0.01
_DIGIT = 0.1
_CAPITAL = 0.1
_NOUN_CAPITAL = 0.35
_CAPITAL_AT_START = 0.6
_ALL_CAPITALS = 0.15
_MIXED_CASE = 5e-4
_NO_BLANK = 0.01
"""A letter right after a full stop or a number; a comma after a blank."""
_BLANK_IN_WORD = 0.05
"""After a hyphen, or an apostrophe as in l'eau."""
_TWO_BLANKS = 1e-9
_HYPHENATED = 0.05
"""A word cut at the end of a line."""


class State:
    """What the model knows after some characters: enough to judge all that may follow.

    Attributes:
        arcs: what the characters that were looked at so far are worth and lead to.
        end: what it is worth that the line ends here.
    """

    __slots__ = ("arcs", "case", "cut", "end", "letters", "place")

    def __init__(
        self,
        place: _Place,
        letters: Beginning | None = None,
        case: _Case = _Case.LOWER,
        cut: float = 1.0,
    ) -> None:
        """Makes a state: ``letters`` are those of the word so far, ``cut`` makes good what the
        end of a word cost that goes on in the next line."""
        self.place = place
        self.letters = letters
        self.case = case
        self.cut = cut
        self.end = 1.0
        self.arcs: dict[str, tuple[State, float]] = {}


class LanguageModel:
    """A network of states that unfolds where texts lead; the same words meet the same states.

    A character is worth its probability after those before it, raised to `Trust.language`, times
    e to the power of `Trust.length`. Threads may share a model: two that unfold the same state
    find the same.
    """

    def __init__(self, vocabulary: Vocabulary, trust: Trust, capital_nouns: bool = False) -> None:
        """Makes a model.

        Args:
            vocabulary: the words.
            trust: how much the language counts.
            capital_nouns: whether common nouns are capitalised, as in German.
        """
        self._vocabulary = vocabulary
        self._trust = trust
        self._capital = _NOUN_CAPITAL if capital_nouns else _CAPITAL
        self._places = {place: State(place) for place in _Place}
        self.start = self._places[_Place.START]
        """The state at the start of a line."""

    def follow(self, state: State, character: str) -> tuple[State, float]:
        """Where a character leads, and what it is worth."""
        arc = state.arcs.get(character)
        if arc is None:
            after, probability = self._judge(state, character)
            worth = probability**self._trust.language * math.exp(self._trust.length)
            if after.letters is not None or after.cut != 1.0:
                after.end = self._worth_of_end(after)
            arc = state.arcs[character] = (after, worth)
        return arc

    def _worth_of_end(self, state: State) -> float:
        if state.letters is None:
            return float(state.cut**self._trust.language)
        return float(_closing(state) ** self._trust.language)

    def _judge(self, state: State, character: str) -> tuple[State, float]:
        if character.isalpha():
            return self._letter(state, character)
        if state.letters is not None and character in _APOSTROPHES:
            after = state.letters.followed_by("'")
            if after.listed:
                worth = after.probability / state.letters.probability
                return State(_Place.WORD, after, state.case), worth
        if character == " ":
            return self._blank(state)
        if character.isdigit():
            return self._digit(state)
        return self._mark(state, character)

    def _letter(self, state: State, character: str) -> tuple[State, float]:
        upper = character != character.lower()
        before = state.letters
        letter = character.lower()[:1]
        if before is None or (_elided(state) and not before.followed_by(letter).listed):
            after = self._vocabulary.root.followed_by(letter)
            worth = _closing(state) * after.probability
            if state.place in _BEFORE_BLANK:
                worth *= _NO_BLANK
            capital = (
                _CAPITAL_AT_START if state.place in _SENTENCE_STARTS else self._capital
            )
            worth *= capital if upper else 1 - capital
            case = _Case.CAPITALIZED if upper else _Case.LOWER
            return State(_Place.WORD, after, case), worth
        after = before.followed_by(letter)
        worth = after.probability / before.probability
        case = state.case
        if case is _Case.CAPITALIZED and len(before.letters) == 1 and upper:
            case = _Case.CAPITALS
            worth *= _ALL_CAPITALS
        elif case is not _Case.MIXED and upper != (case is _Case.CAPITALS):
            case = _Case.MIXED
            worth *= _MIXED_CASE
        return State(_Place.WORD, after, case), worth

    def _blank(self, state: State) -> tuple[State, float]:
        if state.place in _GAPS:
            return self._places[state.place], _TWO_BLANKS
        place = _Place.SENTENCE if state.place is _Place.FULL_STOP else _Place.GAP
        joined = state.place is _Place.HYPHEN or _elided(state)
        alone = _BLANK_IN_WORD if joined else 1.0
        return self._places[place], _closing(state) * alone

    def _digit(self, state: State) -> tuple[State, float]:
        after = self._places[_Place.NUMBER]
        if state.place is _Place.NUMBER:
            return after, _DIGIT
        glued = _NO_BLANK if state.place is _Place.WORD else 1.0
        return after, _closing(state) * _NUMBER * _DIGIT * glued

    def _mark(self, state: State, character: str) -> tuple[State, float]:
        worth = _MARKS.get(character, _RARE_MARK)
        if state.place in _GAPS:
            if character in _DASHES:
                return self._places[_Place.DASH], worth
            if character in _OPENING:
                return self._places[state.place], worth
            return self._places[_Place.MARK], worth * _NO_BLANK
        worth *= _closing(state)
        if character == "-" and state.letters is not None:
            cut = _HYPHENATED / (worth / state.letters.probability) 
            return State(_Place.HYPHEN, cut=max(1.0, cut)), worth
        if character in _JOINING:
            return self._places[_Place.JOINT], worth
        if state.place is _Place.NUMBER:
            return self._places[_Place.JOINT], worth
        place = _Place.FULL_STOP if character in _FULL_STOPS else _Place.MARK
        return self._places[place], worth


def _closing(state: State) -> float:
    """The probability that the word does not go on."""
    if state.letters is None:
        return 1.0
    return state.letters.word_probability / state.letters.probability


def _elided(state: State) -> bool:
    """Whether the word so far is one like l' or d', which the next word follows directly."""
    return state.letters is not None and state.letters.letters.endswith("'")
