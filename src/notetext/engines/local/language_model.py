"""How likely a text is in a language: words, capitals, numbers and punctuation marks.

What stands between two blanks is prose, or a token that is none, such as a date or a code. Which of
the two is told character by character: a state knows the odds, and each character is as likely as
both say together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from enum import IntEnum, auto
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.context import Context, History
from notetext.engines.local.scripts.tuning import Trust
from notetext.engines.local.token_shapes import Shape, shape_of, worth_in_token
from notetext.engines.local.vocabulary import Beginning, Vocabulary


class _Context(IntEnum):
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


class _Case(IntEnum):
    LOWER = auto()
    CAPITALIZED = auto()
    CAPITALS = auto()
    MIXED = auto()


_GAPS = frozenset({_Context.START, _Context.SENTENCE, _Context.GAP})
_SENTENCE_STARTS = frozenset({_Context.START, _Context.SENTENCE})
_BEFORE_BLANK = frozenset({_Context.MARK, _Context.FULL_STOP, _Context.NUMBER, _Context.DASH})

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
_RARE_CASES = {_Case.CAPITALS: 0.15, _Case.MIXED: 5e-4}
# A letter right after a full stop or a number, a comma after a blank.
_MISSING_BLANK = 0.01
# A blank after a hyphen, or an apostrophe as in l'eau.
_BLANK_IN_WORD = 0.05
_SECOND_BLANK = 1e-9
# Of what stands between two blanks, so much is no prose.
_TOKENS = 0.1
# What an accent is worth where words of the language have the letter without one, as "Jose" in
# English; whatever the trust, for print has specks.
_FOREIGN_ACCENT = 0.15
_LEAST_TRUST = 0.05
# Of the hyphens at the ends of lines, so many break a word; others join two.
_WORDS_BROKEN = 0.8
_BROKEN = re.compile(r"([^\W\d_]+)[-\u00ad‐]$")
_LETTERS = re.compile(r"[^\W\d_]+")
# A search that must expect more takes longer.
_MOST_WORTH_OF_WORD = 50.0


class Way(IntEnum):
    """What of a word decides how likely a character is after it.

    Beside that, only the `Prose.kind` of what was before counts, and the character.
    """

    END = 0
    """How likely the word is to end."""
    AHEAD = auto()
    """How likely it is to go on with the letter."""
    OWN = auto()
    """More than one number."""


class Prose(NamedTuple):
    """What prose that has come so far is in the middle of; ``letters`` are those of the word."""

    context: _Context
    letters: Beginning | None = None
    case: _Case = _Case.LOWER

    @property
    def is_gap(self) -> bool:
        """Whether a blank, or nothing, was last."""
        return self.context in _GAPS

    @property
    def is_elided(self) -> bool:
        """Whether the word so far is one like l' or d', which the next word follows directly."""
        return self.letters is not None and self.letters.letters.endswith("'")

    @property
    def kind(self) -> tuple[_Context, _Case, bool, bool, bool]:
        """All but which word it is."""
        letters = self.letters
        is_single = letters is not None and len(letters.letters) == 1
        return self.context, self.case, letters is not None, is_single, self.is_elided

    @property
    def probability_of_end(self) -> float:
        """That the word, if it is one, does not go on."""
        if self.letters is None:
            return 1.0
        return self.letters.word_probability / self.letters.probability


class State:
    """What the model knows after some characters: enough to judge all that may follow.

    Attributes:
        prose: where it is, if this is prose.
        shape: the kind of the last character, if this is a token.
        token: how likely this is a token and no prose, 0 to 1.
    """

    __slots__ = ("prose", "shape", "token")

    def __init__(self, prose: Prose, shape: Shape = Shape.EDGE, token: float = _TOKENS) -> None:
        """Makes a state."""
        self.prose = prose
        self.shape = shape
        self.token = token

    def mixed(self, prose: float, character: str) -> float:
        """The probability of a character, or of a blank that ends all, from that in prose."""
        token = worth_in_token(self.shape, character)
        return (1 - self.token) * prose + self.token * token


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

    def __init__(
        self,
        vocabulary: Vocabulary,
        trust: Trust,
        capital_nouns: bool = False,
        plain: Mapping[str, str] = MappingProxyType({}),
        context: Context | None = None,
    ) -> None:
        """Makes a model.

        Args:
            vocabulary: the words.
            trust: how much the language counts.
            capital_nouns: whether nouns are written with capitals, as in German.
            plain: lower-case letters that another language's words may bring, each without its
                accent.
            context: what is known of words that follow each other.
        """
        self._vocabulary = vocabulary
        self._trust = trust
        self._context = context
        self.most_worth = math.exp(trust.length)
        """No character is worth more."""
        self.most_worth_of_word = _MOST_WORTH_OF_WORD if context is not None else 1.0
        """No word is worth more for what it stands after."""
        self._plain = plain
        self._foreign_accent = _FOREIGN_ACCENT ** (1 / max(trust.language, _LEAST_TRUST))
        self._capital = _CAPITAL_OF_NOUNS if capital_nouns else _CAPITAL
        self._gaps = {context: State(Prose(context)) for context in _GAPS}
        self.start = self._gaps[_Context.START]
        """The state at the start of a line."""

    def fold(self) -> None:
        """Forgets which words were looked at; states from before stay good."""
        self._vocabulary.fold()

    def worth(self, text: str) -> float:
        """What a whole line is worth."""
        state, total = self.start, 1.0
        history: History = ()
        word = ""
        for character in text:
            if character == " ":
                worth, history = self.weigh_word(state, history, word)
                total *= worth
            word = "" if character == " " else word + character
            total *= self.weigh(state, character)
            state = self.follow(state, character)
        worth, _ = self.weigh_word(state, history, word)
        return total * worth * self.end(state)

    def worth_after(self, before: str, text: str) -> float:
        """What it is worth that a line's first words stand after a text, beyond standing first.

        Args:
            before: the line before it; if that ends with a hyphen, the first word may go on with
                the one that was broken there.
            text: of the line, or its first two words.
        """
        state, worth = self.start, 1.0
        history, alone = self._history(before), self._history("")
        broken = _BROKEN.search(before)
        for word in text.split(" ", 2)[:2]:
            for character in word:
                state = self.follow(state, character)
            first, alone = self.weigh_word(state, alone, word)
            rest = _LETTERS.match(word)
            if broken and rest:
                joined = self._worth_of_joining(broken[1].lower(), rest[0].lower())
                _, history = self.weigh_word(state, (), broken[1] + word)
                worth *= joined / first
            else:
                after, history = self.weigh_word(state, history, word)
                worth *= after / first
            broken = None
            state = self.follow(state, " ")
        return worth

    def _history(self, text: str) -> History:
        """The last words of a text."""
        history: History = ()
        for word in text.split(" ")[-2:]:
            _, history = self.weigh_word(self.start, history, word)
        return history

    def _worth_of_joining(self, broken: str, rest: str) -> float:
        """What letters are worth that may be the rest of a word, beyond being a word."""
        begun = self._vocabulary.beginning(broken)
        whole = self._vocabulary.beginning(broken + rest).word_probability / begun.probability
        alone = self._vocabulary.beginning(rest).word_probability
        joined = _WORDS_BROKEN * whole + (1 - _WORDS_BROKEN) * alone
        return float((joined / alone) ** self._trust.language)

    def end(self, state: State) -> float:
        """What it is worth that the line ends here."""
        probability = state.prose.probability_of_end
        if state.prose.context not in _GAPS:
            probability = state.mixed(probability, " ")
        return float(probability**self._trust.language)

    def weigh_word(self, state: State, history: History, word: str) -> tuple[float, History]:
        """What it is worth that a word stands after others, beyond what its characters are.

        Args:
            state: after the word.
            history: the words before it.
            word: what stands between two blanks; it may be empty.

        Returns:
            Its worth, and what the next word stands after.
        """
        if self._context is None or not word:
            return 1.0, history
        ratio, history = self._context.judge(history, word)
        # A token is as likely after any word.
        worth = (state.token + (1 - state.token) * ratio) ** self._trust.context
        return min(worth, self.most_worth_of_word), history

    def weigh(self, state: State, character: str) -> float:
        """What a character is worth."""
        return float(self.probability(state, character) ** self._trust.language * self.most_worth)

    def worth_of(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """What characters are worth that are so likely."""
        return np.power(probabilities, self._trust.language) * self.most_worth

    def probability_of(self, worths: NDArray[np.float64]) -> NDArray[np.float64]:
        """How likely characters are that are worth so much; 1 if the language counts nothing."""
        if not self._trust.language:
            return np.ones_like(worths)
        return np.power(worths / self.most_worth, 1 / self._trust.language)

    def probability(self, state: State, character: str) -> float:
        """How likely a character is."""
        if character == " " and state.prose.is_gap:
            return _SECOND_BLANK
        return state.mixed(self.in_prose(state.prose, character), character)

    def follow(self, state: State, character: str) -> State:
        """Where a character leads."""
        if character == " ":
            if state.prose.is_gap:
                return state
            full_stop = state.prose.context is _Context.FULL_STOP
            return self._gaps[_Context.SENTENCE if full_stop else _Context.GAP]
        token = state.token * worth_in_token(state.shape, character)
        prose = (1 - state.token) * self.in_prose(state.prose, character)
        return self.state_after(state, character, token / (token + prose))

    def state_after(self, state: State, character: str, token: float) -> State:
        """The state after a character that is no blank, if it is known how likely a token is."""
        return State(self._prose_after(state.prose, character), shape_of(character), token)

    def ahead(self, prose: Prose, character: str) -> float:
        """How likely the word that has begun is to go on with a letter, of whatever case."""
        word = prose.letters or self._vocabulary.root
        letter, accented = self._letter(prose, character)
        return accented * word.ahead(letter) / word.probability

    def may_be_foreign(self, character: str) -> bool:
        """Whether a letter may stand for one without its accent."""
        return character.lower()[0] in self._plain

    def way(self, prose: Prose, character: str) -> Way:
        """What of the word decides how likely a character is, if this is prose."""
        if character.isalpha():
            if prose.is_elided:
                return Way.OWN
            return Way.END if prose.letters is None else Way.AHEAD
        is_apostrophe = prose.letters is not None and character in _APOSTROPHES
        is_second_blank = character == " " and prose.is_gap
        return Way.OWN if is_apostrophe or is_second_blank else Way.END

    def in_prose(self, prose: Prose, character: str) -> float:
        """The probability of a character, if this is prose."""
        if character.isalpha():
            return self._probability_of_letter(prose, character)
        if character == " ":
            return _probability_of_blank(prose)
        if character.isdigit():
            return _probability_of_digit(prose)
        return _probability_of_mark(prose, character)

    def _prose_after(self, prose: Prose, character: str) -> Prose:
        if character.isalpha():
            return self._prose_after_letter(prose, character)
        if character.isdigit():
            return Prose(_Context.NUMBER)
        if prose.letters is not None and _is_in_word(prose.letters, character):
            return Prose(_Context.WORD, prose.letters.followed_by("'"), prose.case)
        if prose.context in _GAPS and character in _OPENING:
            return prose
        return Prose(_context_after(character, prose.context))

    def _probability_of_letter(self, prose: Prose, character: str) -> float:
        letter, accented = self._letter(prose, character)
        capital = character != character.lower()
        word = _word_before(prose, letter)
        if word is not None:
            probability = self.ahead(prose, character)
            case = _case_after(prose, capital)
            return probability if case is prose.case else probability * _RARE_CASES[case]
        capitals = _CAPITAL_AT_START if prose.context in _SENTENCE_STARTS else self._capital
        probability = accented * prose.probability_of_end * self._vocabulary.root.ahead(letter)
        probability *= capitals if capital else 1 - capitals
        return probability * _MISSING_BLANK if prose.context in _BEFORE_BLANK else probability

    def _prose_after_letter(self, prose: Prose, character: str) -> Prose:
        letter, _ = self._letter(prose, character)
        capital = character != character.lower()
        word = _word_before(prose, letter)
        if word is not None:
            return Prose(_Context.WORD, word.followed_by(letter), _case_after(prose, capital))
        case = _Case.CAPITALIZED if capital else _Case.LOWER
        return Prose(_Context.WORD, self._vocabulary.root.followed_by(letter), case)

    def _letter(self, prose: Prose, character: str) -> tuple[str, float]:
        """The letter as words of the language have it here, and how likely it is to look so."""
        letter = character.lower()[0]
        plain = self._plain.get(letter)
        word = prose.letters or self._vocabulary.root
        if plain is None or word.lists(letter) or not word.lists(plain):
            return letter, 1.0
        return plain, self._foreign_accent


def _word_before(prose: Prose, letter: str) -> Beginning | None:
    """The word that goes on with a letter; ``None`` where the letter begins one."""
    word = prose.letters
    begins = word is None or (prose.is_elided and not word.lists(letter))
    return None if begins else word


def _case_after(prose: Prose, capital: bool) -> _Case:
    """The case of a word that goes on with a letter."""
    letters = prose.letters
    if prose.case is _Case.CAPITALIZED and capital and letters and len(letters.letters) == 1:
        return _Case.CAPITALS
    if prose.case is not _Case.MIXED and capital != (prose.case is _Case.CAPITALS):
        return _Case.MIXED
    return prose.case


def _probability_of_blank(prose: Prose) -> float:
    if prose.context in _GAPS:
        return _SECOND_BLANK
    probability = prose.probability_of_end
    in_word = prose.context is _Context.HYPHEN or prose.is_elided
    return probability * _BLANK_IN_WORD if in_word else probability


def _probability_of_digit(prose: Prose) -> float:
    if prose.context is _Context.NUMBER:
        return _DIGIT
    glued = _MISSING_BLANK if prose.context is _Context.WORD else 1.0
    return prose.probability_of_end * glued * _NUMBER * _DIGIT


def _probability_of_mark(prose: Prose, mark: str) -> float:
    if prose.letters is not None and _is_in_word(prose.letters, mark):
        return prose.letters.ahead("'") / prose.letters.probability
    probability = prose.probability_of_end
    if mark in ".,":
        probability *= _COMMA_OR_STOP
    else:
        probability *= _COMMON_MARK if mark in _COMMON_MARKS else _RARE_MARK
    if prose.context in _GAPS and mark not in _OPENING and mark not in _DASHES:
        probability *= _MISSING_BLANK
    return probability


def _is_in_word(letters: Beginning, mark: str) -> bool:
    """Whether a mark is the apostrophe of a word such as don't."""
    return mark in _APOSTROPHES and letters.lists("'")


def _context_after(mark: str, before: _Context) -> _Context:
    if mark in _DASHES and before in _GAPS:
        return _Context.DASH
    if mark in _DASHES and before is _Context.WORD:
        return _Context.HYPHEN
    if mark in _JOINING or before is _Context.NUMBER:
        return _Context.JOINT
    return _Context.FULL_STOP if mark in _FULL_STOPS else _Context.MARK
