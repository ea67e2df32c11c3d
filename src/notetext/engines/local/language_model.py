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
        length: the logarithm of what each character is worth; without it, short texts would win.
    """

    language: float
    length: float


class _Place(Enum):
    """What the next character stands after."""

    START = auto()
    """Nothing: it is the line's first."""
    SENTENCE = auto()
    """A full stop and a blank."""
    GAP = auto()
    """A blank."""
    FULL_STOP = auto()
    """A mark that ends a sentence."""
    MARK = auto()
    """Another mark that a blank should follow."""
    DASH = auto()
    """A dash that a blank stands before."""
    HYPHEN = auto()
    """A hyphen in a word."""
    JOINT = auto()
    """An apostrophe or a slash in a word, or a mark in a number."""
    NUMBER = auto()
    WORD = auto()


class _Case(Enum):
    LOWER = auto()
    CAPITALIZED = auto()
    CAPITALS = auto()
    MIXED = auto()


_GAPS = frozenset({_Place.START, _Place.SENTENCE, _Place.GAP})
_SENTENCE_STARTS = frozenset({_Place.START, _Place.SENTENCE})
_BEFORE_BLANK = frozenset({_Place.MARK, _Place.FULL_STOP, _Place.NUMBER, _Place.DASH})

_APOSTROPHES = frozenset("'’")
_DASHES = frozenset("-–—")
_FULL_STOPS = frozenset(".!?…")
_JOINING = frozenset("'’/·_@&")
_OPENING = frozenset("\"'([{«“‘„¿¡#*•")

# Probabilities by rule of thumb: halved or doubled, each changes next to nothing. Those of marks
# and digits are higher than in books, because there the network is seldom wrong.
_COMMA_OR_STOP = 0.2
_COMMON_MARK = 0.05
_RARE_MARK = 0.001
_COMMON_MARKS = frozenset("\"'’-?!:;()«»")
_NUMBER = 0.05
_DIGIT = 0.2
_CAPITAL = 0.1
_CAPITAL_OF_NOUNS = 0.35
_CAPITAL_AT_START = 0.6
_ALL_CAPITALS = 0.15
_MIXED_CASE = 5e-4
# A letter right after a full stop or a number, a comma after a blank.
_MISSING_BLANK = 0.01
# A blank after a hyphen, or an apostrophe as in l'eau.
_BLANK_IN_WORD = 0.05
_SECOND_BLANK = 1e-9

_MOST_STATES = 15_000


class State:
    """What the model knows after some characters: enough to judge all that may follow.

    Attributes:
        arcs: the characters that were looked at so far, with the state that each leads to and
            what it is worth.
    """

    __slots__ = ("arcs", "case", "letters", "place")

    def __init__(
        self, place: _Place, letters: Beginning | None = None, case: _Case = _Case.LOWER
    ) -> None:
        """Makes a state; ``letters`` are those of the word so far."""
        self.place = place
        self.letters = letters
        self.case = case
        self.arcs: dict[str, tuple[State, float]] = {}


class LanguageModel:
    """Judges texts character by character.

    A character is worth its probability after those before it, raised to `Trust.language`, times
    e to the power of `Trust.length`. The model is a network of states that unfolds where texts
    lead, so that what was judged once is looked up. Threads may share it: two that unfold the
    same state find the same.

    >>> model = LanguageModel(Vocabulary({"cat": 1, "dog": 1}), Trust(language=1.0, length=0.0))
    >>> model.worth("cat") > model.worth("cta")
    True
    """

    def __init__(self, vocabulary: Vocabulary, trust: Trust, capital_nouns: bool = False) -> None:
        """Makes a model.

        Args:
            vocabulary: the words.
            trust: how much the language counts.
            capital_nouns: whether nouns are written with capitals, as in German.
        """
        self._vocabulary = vocabulary
        self._trust = trust
        self.most_worth = math.exp(trust.length)
        """No character is worth more."""
        self._capital = _CAPITAL_OF_NOUNS if capital_nouns else _CAPITAL
        self._fold()

    @property
    def start(self) -> State:
        """The state at the start of a line.

        Every page unfolds tens of thousands of states, a kilobyte each. Between lines, what has
        grown large is forgotten; lines that other threads are at keep the states that they have.
        """
        if self._unfolded > _MOST_STATES:
            self._fold()
        return self._places[_Place.START]

    def _fold(self) -> None:
        self._vocabulary.fold()
        self._places = {place: State(place) for place in _Place}
        self._unfolded = 0

    def worth(self, text: str) -> float:
        """What a whole line is worth."""
        state, total = self.start, 1.0
        for character in text:
            state, worth = self.follow(state, character)
            total *= worth
        return total * self.end(state)

    def end(self, state: State) -> float:
        """What it is worth that the line ends here."""
        return float(_probability_of_end(state) ** self._trust.language)

    def follow(self, state: State, character: str) -> tuple[State, float]:
        """Where a character leads, and what it is worth."""
        arc = state.arcs.get(character)
        if arc is None:
            after, probability = self._judge(state, character)
            worth = probability**self._trust.language * self.most_worth
            arc = state.arcs[character] = (after, worth)
            self._unfolded += 1
        return arc

    def _judge(self, state: State, character: str) -> tuple[State, float]:
        if character.isalpha():
            return self._letter(state, character)
        if character == " ":
            return self._blank(state)
        if character.isdigit():
            return self._digit(state)
        return self._mark(state, character)

    def _letter(self, state: State, character: str) -> tuple[State, float]:
        letter = character.lower()[0]
        capital = character != character.lower()
        before = state.letters
        if before is None or (_is_elided(state) and not before.followed_by(letter).listed):
            return self._first_letter(state, letter, capital)
        after = before.followed_by(letter)
        probability = after.probability / before.probability
        case = state.case
        if case is _Case.CAPITALIZED and capital and len(before.letters) == 1:
            case = _Case.CAPITALS
            probability *= _ALL_CAPITALS
        elif case is not _Case.MIXED and capital != (case is _Case.CAPITALS):
            case = _Case.MIXED
            probability *= _MIXED_CASE
        return State(_Place.WORD, after, case), probability

    def _first_letter(self, state: State, letter: str, capital: bool) -> tuple[State, float]:
        after = self._vocabulary.root.followed_by(letter)
        capitals = _CAPITAL_AT_START if state.place in _SENTENCE_STARTS else self._capital
        probability = _probability_of_end(state) * after.probability
        probability *= capitals if capital else 1 - capitals
        if state.place in _BEFORE_BLANK:
            probability *= _MISSING_BLANK
        case = _Case.CAPITALIZED if capital else _Case.LOWER
        return State(_Place.WORD, after, case), probability

    def _blank(self, state: State) -> tuple[State, float]:
        if state.place in _GAPS:
            return state, _SECOND_BLANK
        probability = _probability_of_end(state)
        if state.place is _Place.HYPHEN or _is_elided(state):
            probability *= _BLANK_IN_WORD
        full_stop = state.place is _Place.FULL_STOP
        return self._places[_Place.SENTENCE if full_stop else _Place.GAP], probability

    def _digit(self, state: State) -> tuple[State, float]:
        number = self._places[_Place.NUMBER]
        if state.place is _Place.NUMBER:
            return number, _DIGIT
        glued = _MISSING_BLANK if state.place is _Place.WORD else 1.0
        return number, _probability_of_end(state) * glued * _NUMBER * _DIGIT

    def _mark(self, state: State, mark: str) -> tuple[State, float]:
        if state.letters is not None and mark in _APOSTROPHES:
            after = state.letters.followed_by("'")
            if after.listed:
                probability = after.probability / state.letters.probability
                return State(_Place.WORD, after, state.case), probability
        probability = _probability_of_end(state)
        if mark in ".,":
            probability *= _COMMA_OR_STOP
        else:
            probability *= _COMMON_MARK if mark in _COMMON_MARKS else _RARE_MARK
        if state.place in _GAPS and mark in _OPENING:
            return state, probability
        if state.place in _GAPS and mark not in _DASHES:
            probability *= _MISSING_BLANK
        return self._places[_place_after(mark, state.place)], probability


def _place_after(mark: str, before: _Place) -> _Place:
    if mark in _DASHES and before in _GAPS:
        return _Place.DASH
    if mark in _DASHES and before is _Place.WORD:
        return _Place.HYPHEN
    if mark in _JOINING or before is _Place.NUMBER:
        return _Place.JOINT
    return _Place.FULL_STOP if mark in _FULL_STOPS else _Place.MARK


def _probability_of_end(state: State) -> float:
    """That the word, if it is one, does not go on."""
    if state.letters is None:
        return 1.0
    return state.letters.word_probability / state.letters.probability


def _is_elided(state: State) -> bool:
    """Whether the word so far is one like l' or d', which the next word follows directly."""
    return state.letters is not None and state.letters.letters.endswith("'")
