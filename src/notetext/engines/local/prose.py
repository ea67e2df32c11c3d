"""How likely a text is in prose: words, capitals, numbers and punctuation marks."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, auto
from typing import NamedTuple

from notetext.engines.local.vocabulary import Beginning, Vocabulary


class _Place(IntEnum):
    """What the next character stands after."""

    START = auto()
    """Nothing: it is the line's first."""
    SENTENCE = auto()
    """A full stop and a blank."""
    GAP = auto()
    """A blank."""
    OPENED_SENTENCE = auto()
    """An opening mark, such as a quotation mark, where a sentence may start."""
    OPENED = auto()
    """An opening mark elsewhere."""
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


_GAPS = frozenset({_Place.START, _Place.SENTENCE, _Place.GAP})
_OPENED = frozenset({_Place.OPENED, _Place.OPENED_SENTENCE})
_OPEN = _GAPS | _OPENED
_SENTENCE_STARTS = frozenset({_Place.START, _Place.SENTENCE, _Place.OPENED_SENTENCE})
_BEFORE_SENTENCE = frozenset({_Place.FULL_STOP, _Place.OPENED_SENTENCE})
_GLUE = frozenset({_Place.MARK, _Place.FULL_STOP, _Place.JOINT})
_BEFORE_BLANK = frozenset({_Place.MARK, _Place.FULL_STOP, _Place.NUMBER, _Place.DASH})

_APOSTROPHES = frozenset("'’")
_DASHES = frozenset("-–—")
_FULL_STOPS = frozenset(".!?…")
_JOINING = frozenset("'’/·_@&")
_QUOTES = frozenset("\"'’”")
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
_IN_ADDRESSES = frozenset("/@_=&+~%")
_RARE_CASES = {_Case.CAPITALS: 0.15, _Case.MIXED: 5e-4}
# A letter right after a full stop or a number, a comma after a blank.
_MISSING_BLANK = 0.01
_ANOTHER_MISSING_BLANK = 0.3
# A blank after a hyphen, or an apostrophe as in l'eau.
_BLANK_IN_WORD = 0.05
# Quotation marks hang in the air, and bullets are followed by one.
_BLANK_AFTER_OPENING = 0.05
CAPITAL_AT_START = 0.6
"""The probability of a capital where a sentence may begin, whatever the word."""
SECOND_BLANK = 1e-9
"""The probability of a blank after another."""


class Way(IntEnum):
    """What of a word decides how likely a character is after it.

    Beside that, only the `Prose.kind` of what was before counts, and the character.
    """

    END = 0
    """How likely the word is to end."""
    AHEAD = auto()
    """How likely it is to go on with the letter."""
    IF_LISTED = auto()
    """The latter if a listed word goes on so, and else the former."""
    NONE = auto()
    """Nothing."""


class Prose(NamedTuple):
    """What prose that has come so far is in the middle of; ``letters`` are those of the word."""

    place: _Place
    letters: Beginning | None = None
    case: _Case = _Case.LOWER
    is_glued: bool = False
    """Whether since the last blank a mark was followed by a letter, as in addresses."""

    @property
    def is_gap(self) -> bool:
        """Whether a blank, or nothing, was last."""
        return self.place in _GAPS

    @property
    def is_elided(self) -> bool:
        """Whether the word so far is one like l' or d', which the next word follows directly."""
        return self.letters is not None and self.letters.letters.endswith("'")

    @property
    def kind(self) -> tuple[_Place, _Case, bool, bool, bool, bool]:
        """All but which word it is."""
        letters = self.letters
        is_single = letters is not None and len(letters.letters) == 1
        in_word = letters is not None
        return self.place, self.case, in_word, is_single, self.is_elided, self.is_glued

    @property
    def probability_of_end(self) -> float:
        """That the word, if it is one, does not go on."""
        if self.letters is None:
            return 1.0
        return self.letters.word_probability / self.letters.probability


START = Prose(_Place.START)
"""What a line begins with."""


class ProseModel:
    """Judges prose character by character; threads may share it."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        capital_nouns: bool,
        plain: Mapping[str, str],
        foreign_accent: float,
    ) -> None:
        """Makes a model.

        Args:
            vocabulary: the words.
            capital_nouns: whether nouns are written with capitals, as in German.
            plain: lower-case letters that another language's words may bring, each without its
                accent.
            foreign_accent: how likely such a letter is where a word has it without one.
        """
        self.vocabulary = vocabulary
        """The words."""
        self._capital = capital_within(capital_nouns)
        self.plain = plain
        """Letters that another language's words may bring, each without its accent."""
        self.foreign_accent = foreign_accent
        """How likely such a letter is where a word has it without one."""

    def after_blank(self, prose: Prose) -> Prose:
        """Where a blank leads."""
        if prose.is_gap:
            return prose
        return Prose(_Place.SENTENCE if prose.place in _BEFORE_SENTENCE else _Place.GAP)

    def ahead(self, prose: Prose, character: str) -> float:
        """How likely the word that has begun is to go on with a character's letter."""
        word = prose.letters or self.vocabulary.root
        letter, as_seen = self._letter(word, character)
        return as_seen * word.ahead(letter) / word.probability

    def way(self, prose: Prose, character: str) -> Way:
        """What of the word decides how likely a character is."""
        if character == " " and prose.is_gap:
            return Way.NONE
        if prose.letters is None or not letter_of(character):
            return Way.END
        return Way.IF_LISTED if prose.is_elided or character in _APOSTROPHES else Way.AHEAD

    def probability(self, prose: Prose, character: str) -> float:
        """How likely a character is."""
        if character.isalpha():
            return self._probability_of_letter(prose, character)
        if character == " ":
            return _probability_of_blank(prose)
        if character.isdigit():
            return _probability_of_digit(prose)
        return _probability_of_mark(prose, character)

    def after(self, prose: Prose, character: str) -> Prose:
        """Where a character that is no blank leads."""
        is_glued = prose.is_glued
        if character.isalpha():
            return self._prose_after_letter(prose, character)
        if character.isdigit():
            return Prose(_Place.NUMBER, is_glued=is_glued)
        if prose.letters is not None and _is_in_word(prose.letters, character):
            return Prose(_Place.WORD, prose.letters.followed_by("'"), prose.case, is_glued)
        if prose.place in _OPEN and character in _OPENING:
            starts = prose.place in _SENTENCE_STARTS
            return Prose(_Place.OPENED_SENTENCE if starts else _Place.OPENED)
        return Prose(_place_after(character, prose.place), is_glued=is_glued)

    def _probability_of_letter(self, prose: Prose, character: str) -> float:
        capital = character != character.lower()
        if self._goes_on(prose, character):
            probability = self.ahead(prose, character)
            case = _case_after(prose, capital)
            return probability if case is prose.case else probability * _RARE_CASES[case]
        capitals = CAPITAL_AT_START if prose.place in _SENTENCE_STARTS else self._capital
        probability = prose.probability_of_end * self.ahead(START, character)
        probability *= capitals if capital else 1 - capitals
        if prose.place in _BEFORE_BLANK:
            probability *= _ANOTHER_MISSING_BLANK if prose.is_glued else _MISSING_BLANK
        return probability

    def _prose_after_letter(self, prose: Prose, character: str) -> Prose:
        capital = character != character.lower()
        if prose.letters is not None and self._goes_on(prose, character):
            word, case = prose.letters, _case_after(prose, capital)
        else:
            word, case = self.vocabulary.root, _Case.CAPITALIZED if capital else _Case.LOWER
        letter, _ = self._letter(word, character)
        is_glued = prose.is_glued or prose.place in _GLUE
        return Prose(_Place.WORD, word.followed_by(letter), case, is_glued)

    def _goes_on(self, prose: Prose, character: str) -> bool:
        """Whether a letter goes on with the word, and begins none."""
        word = prose.letters
        if word is None or not prose.is_elided:
            return word is not None
        letter, _ = self._letter(word, character)
        return word.lists(letter)

    def _letter(self, word: Beginning, character: str) -> tuple[str, float]:
        """The letter as words of the language have it here, and how likely it is to look so."""
        letter = letter_of(character)
        plain = self.plain.get(letter)
        if plain is None or word.lists(letter) or not word.lists(plain):
            return letter, 1.0
        return plain, self.foreign_accent


def capital_within(capital_nouns: bool) -> float:
    """The probability of a capital within a sentence, whatever the word.

    Args:
        capital_nouns: whether nouns are written with capitals.
    """
    return _CAPITAL_OF_NOUNS if capital_nouns else _CAPITAL


def letter_of(character: str) -> str:
    """The letter of words that a character stands for, in lower case; ``""`` for none."""
    if character in _APOSTROPHES:
        return "'"
    return character.lower()[0] if character.isalpha() else ""


def _case_after(prose: Prose, capital: bool) -> _Case:
    """The case of a word that goes on with a letter."""
    letters = prose.letters
    if prose.case is _Case.CAPITALIZED and capital and letters and len(letters.letters) == 1:
        return _Case.CAPITALS
    if prose.case is not _Case.MIXED and capital != (prose.case is _Case.CAPITALS):
        return _Case.MIXED
    return prose.case


def _probability_of_blank(prose: Prose) -> float:
    if prose.place in _GAPS:
        return SECOND_BLANK
    probability = prose.probability_of_end
    if prose.place in _OPENED:
        return _BLANK_AFTER_OPENING
    in_word = prose.place is _Place.HYPHEN or prose.is_elided
    return probability * _BLANK_IN_WORD if in_word else probability


def _probability_of_digit(prose: Prose) -> float:
    if prose.place is _Place.NUMBER:
        return _DIGIT
    glued = _MISSING_BLANK if prose.place is _Place.WORD else 1.0
    return prose.probability_of_end * glued * _NUMBER * _DIGIT


def _probability_of_mark(prose: Prose, mark: str) -> float:
    if prose.letters is not None and _is_in_word(prose.letters, mark):
        return prose.letters.ahead("'") / prose.letters.probability
    probability = prose.probability_of_end
    closes_what_was_said = mark in _QUOTES and prose.place in (_Place.MARK, _Place.FULL_STOP)
    if mark in ".," or closes_what_was_said:
        probability *= _COMMA_OR_STOP
    else:
        is_common = mark in _COMMON_MARKS or (prose.is_glued and mark in _IN_ADDRESSES)
        probability *= _COMMON_MARK if is_common else _RARE_MARK
    if prose.place in _OPEN and mark not in _OPENING and mark not in _DASHES:
        probability *= _MISSING_BLANK
    return probability


def _is_in_word(letters: Beginning, mark: str) -> bool:
    """Whether a mark is the apostrophe of a word such as don't."""
    return mark in _APOSTROPHES and letters.lists("'")


def _place_after(mark: str, before: _Place) -> _Place:
    if mark in _DASHES and before in _OPEN:
        return _Place.DASH
    if mark in _DASHES and before is _Place.WORD:
        return _Place.HYPHEN
    if mark in _JOINING or before is _Place.NUMBER:
        return _Place.JOINT
    return _Place.FULL_STOP if mark in _FULL_STOPS else _Place.MARK
