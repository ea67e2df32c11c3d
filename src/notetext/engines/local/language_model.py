"""How likely a text is in a language.

What stands between two blanks is prose, or a token that is none, such as a date or a code. Which of
the two is told character by character: a state knows the odds, and each character is as likely as
both say together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.capitals import Capitals
from notetext.engines.local.context import Context, History
from notetext.engines.local.prose import SECOND_BLANK, START, Prose, ProseModel
from notetext.engines.local.scripts.tuning import Trust
from notetext.engines.local.token_shapes import Shape, shape_of, worth_in_token
from notetext.engines.local.vocabulary import Vocabulary

TOKENS = 0.1
"""Of what stands between two blanks, so much is no prose."""
FOREIGN_ACCENT = 0.15
"""What an accent is worth where words of the language have the letter without one."""
_LEAST_TRUST = 0.05
# Of the hyphens at the ends of lines, so many break a word; others join two.
_WORDS_BROKEN = 0.8
_BROKEN = re.compile(r"([^\W\d_]+)[-\u00ad‐]$")
_LETTERS = re.compile(r"[^\W\d_]+")
# A search that must expect more takes longer.
_MOST_WORTH_OF_WORD = 300.0


class State:
    """What the model knows after some characters: enough to judge all that may follow.

    Attributes:
        prose: where it is, if this is prose.
        shape: the kind of the last character, if this is a token.
        token: how likely this is a token and no prose, 0 to 1.
    """

    __slots__ = ("prose", "shape", "token")

    def __init__(self, prose: Prose, shape: Shape = Shape.EDGE, token: float = TOKENS) -> None:
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
    e to the power of `Trust.length`. This is the model one text and one character at a time; in a
    search, `TextStates` judges many at once. Threads may share it.

    >>> from notetext.engines.local.language_model import LanguageModel
    >>> from notetext.engines.local.scripts.tuning import Trust
    >>> from notetext.engines.local.vocabulary import Vocabulary
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
        foreign_accent: float = FOREIGN_ACCENT,
        capitals: Capitals | None = None,
    ) -> None:
        """Makes a model.

        Args:
            vocabulary: the words.
            trust: how much the language counts.
            capital_nouns: whether nouns are written with capitals, as in German.
            plain: lower-case letters that another language's words may bring, each without its
                accent.
            context: what is known of words that follow each other.
            foreign_accent: what such an accent is worth, as in "José" in English; whatever the
                trust, for print has specks.
            capitals: what is known of words that have some.
        """
        self._vocabulary = vocabulary
        self._trust = trust
        self._context = context
        self._capitals = capitals
        self.most_worth = math.exp(trust.length)
        """No character is worth more."""
        self.most_worth_of_word = _MOST_WORTH_OF_WORD if context is not None else 1.0
        """No word is worth more for what it stands after."""
        in_prose = foreign_accent ** (1 / max(trust.language, _LEAST_TRUST))
        self.prose = ProseModel(vocabulary, capital_nouns, plain, in_prose)
        """What judges prose alone."""
        self.start = State(START)
        """The state at the start of a line."""

    def worth(self, text: str) -> float:
        """What a whole line is worth."""
        state, total = self.start, 1.0
        history: History = ()
        word = ""
        for character in text:
            if character == " ":
                worth, history = self.weigh_word(state.token, history, word)
                total *= worth
            word = "" if character == " " else word + character
            total *= self.weigh(state, character)
            state = self.follow(state, character)
        worth, _ = self.weigh_word(state.token, history, word)
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
        starts_line = True
        for word in text.split(" ", 2)[:2]:
            for character in word:
                state = self.follow(state, character)
            first, alone = self.weigh_word(state.token, alone, word)
            rest = _LETTERS.match(word)
            if broken and rest:
                joined = self._worth_of_joining(broken[1].lower(), rest[0].lower())
                _, history = self.weigh_word(state.token, (), broken[1] + word)
                worth *= joined / first
            else:
                after, history = self.weigh_word(state.token, history, word, starts_line)
                worth *= after / first
            broken, starts_line = None, False
            state = self.follow(state, " ")
        return worth

    def _history(self, text: str) -> History:
        """The last words of a text."""
        history: History = ()
        for word in text.split(" ")[-2:]:
            _, history = self.weigh_word(self.start.token, history, word)
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
        if not state.prose.is_gap:
            probability = state.mixed(probability, " ")
        return float(probability**self._trust.language)

    def weigh_word(
        self, token: float, history: History, word: str, starts_line: bool = False
    ) -> tuple[float, History]:
        """What it is worth that a word stands after others, beyond what its characters are.

        Args:
            token: how likely the word is a token, and no prose.
            history: the words before it.
            word: what stands between two blanks; it may be empty.
            starts_line: whether it is the first of a line of which the one before is known.

        Returns:
            Its worth, and what the next word stands after.
        """
        ratio, history = self.ratio_of_word(history, word, starts_line)
        worth = (token + (1 - token) * ratio) ** self._trust.context
        return min(worth, self.most_worth_of_word), history

    def worths_of_words(
        self, tokens: NDArray[np.float64], ratios: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """What `weigh_word` says of many.

        Args:
            tokens: how likely each is a token, and no prose; that is as likely after any word.
            ratios: how much likelier each is there than alone.
        """
        worths = np.power(tokens + (1 - tokens) * ratios, self._trust.context)
        return np.minimum(worths, self.most_worth_of_word)

    def ratio_of_word(
        self, history: History, word: str, starts_line: bool = False
    ) -> tuple[float, History]:
        """How much likelier a word is after others than alone, and what the next stands after."""
        if self._context is None or not word:
            return 1.0, history
        ratio, after = self._context.judge(history, word)
        if self._capitals is not None:
            ratio *= self._capitals.ratio(history, word, starts_line)
        return ratio, after

    def weigh(self, state: State, character: str) -> float:
        """What a character is worth."""
        return float(self.probability(state, character) ** self._trust.language * self.most_worth)

    def worth_of(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """What characters are worth that are so likely."""
        return np.power(probabilities, self._trust.language) * self.most_worth

    def worth_of_end(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """What it is worth that lines end where that is so likely."""
        return np.power(probabilities, self._trust.language)

    def probability(self, state: State, character: str) -> float:
        """How likely a character is."""
        if character == " " and state.prose.is_gap:
            return SECOND_BLANK
        return state.mixed(self.prose.probability(state.prose, character), character)

    def follow(self, state: State, character: str) -> State:
        """Where a character leads."""
        if character == " ":
            return State(self.prose.after_blank(state.prose))
        token = state.token * worth_in_token(state.shape, character)
        prose = (1 - state.token) * self.prose.probability(state.prose, character)
        after = self.prose.after(state.prose, character)
        return State(after, shape_of(character), token / (token + prose))
