"""Fonts that name other characters than they draw: found out by the words, and by the pixels.

Such a text layer looks right on the page and is no language when it is copied. What is doubtful is
told from how letters follow each other, which is much the same in whatever is written in Latin
letters: vowels and consonants take turns. The pixels have the last word, since codes, genes and
alphabets are no language either.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notetext.converters import TextLayerWord
    from notetext.engines import Reading
    from notetext.model import Word

_VOWELS = frozenset("aeiouy")
_AROUND_WORDS = "()[]{}.,;:!?\"'\u201c\u201d\u2018\u2019\u00ab\u00bb\u201e-\u2013\u2014*/"
_WITHIN_WORDS = frozenset("-'\u2019.\u00b7&\u00ad_")

# Of neighbouring letters, at least so many are a vowel and a consonant: in the documents of four
# public collections that are text, 0.65 and more; where letters stand for others, 0.54 and less.
_TURNS = 0.6
# Of all characters, at most so many are signs or capitals after a letter: 0.02, and 0.1 and more.
_ODDITIES = 0.1
_FEWEST_PAIRS = 24
# How far the share of so few pairs may be off, in standard deviations.
_DOUBT = 1.5
_LATIN = 0.9
# So many words, taken from all over a page, tell of a font.
_SAMPLE = 80

# How alike two spellings are, from 0 to 1: read letters are about 0.9 like those that were meant,
# and 0.3 like others.
_ALIKE = 0.5
_FEWEST_SIGNS = 3
_FEWEST_READ = 5
# So many of the words that were read in that place are read more surely than that.
_SURE = 0.7
_DOUBTFUL_BELOW = 0.8


def doubtful(words: Iterable[TextLayerWord]) -> list[list[int]]:
    """The words of each font whose text is no language, by their places among all.

    Args:
        words: of a page's text layer.
    """
    fonts: dict[int, list[int]] = defaultdict(list)
    spelled = []
    for index, word in enumerate(words):
        fonts[word.font].append(index)
        spelled.append(word.text)
    return [
        indices
        for indices in fonts.values()
        if _is_doubtful(spelled[each] for each in indices[:: 1 + len(indices) // _SAMPLE])
    ]


def are_signs(words: Iterable[str]) -> bool:
    """Whether words are hardly made of letters and digits, but of several signs of a keyboard.

    >>> from notetext.reading.garbling import are_signs
    >>> are_signs(['"7+%-']), are_signs(["50", "%"]), are_signs(["......"])
    (True, False, False)
    """
    text = "".join(words)
    signs = [character for character in text if character < "\u0100" and not character.isalnum()]
    return 2 * len(signs) > len(text) and len(set(signs)) >= _FEWEST_SIGNS


class Verdict(Enum):
    """What the pixels say of words that are no language."""

    SAME = "same"
    OTHER = "other"
    """Something else was read there, and it is a language."""
    UNKNOWN = "unknown"
    """Nothing was read there, or nothing that can be relied on."""


def verdict(reading: Reading, words: Sequence[Word]) -> Verdict:
    """Compares words with what was read in their place.

    Args:
        reading: of an engine that gives places.
        words: with boxes, in the same pixels.
    """
    read = [
        word
        for line in (*reading.fragments, *reading.lines)
        for word in line.words
        if word.box is not None
    ]
    here: dict[int, Word] = {}
    alike = letters = 0.0
    compared = 0
    for word in words:
        found = _within(word, read)
        if found:
            here.update((id(other), other) for other in found)
            own, others = _plain(word.text), _plain("".join(other.text for other in found))
            alike += len(own) * SequenceMatcher(None, own, others, autojunk=False).ratio()
            letters += len(own)
            compared += 1
    if compared < min(_FEWEST_READ, len(words) / 2):
        return Verdict.UNKNOWN
    if alike >= _ALIKE * letters:
        return Verdict.SAME
    sure = [
        word
        for word in here.values()
        if word.confidence is None or word.confidence >= _DOUBTFUL_BELOW
    ]
    habit = _habit(word.text for word in sure)
    is_language = habit.pairs >= _FEWEST_PAIRS and habit.turns >= _TURNS * habit.pairs
    # Against signs alone, any word says more.
    is_language |= habit.letters >= _FEWEST_SIGNS and are_signs(word.text for word in words)
    return Verdict.OTHER if is_language and len(sure) >= _SURE * len(here) else Verdict.UNKNOWN


@dataclass
class _Habit:
    """How the letters of some words follow each other.

    Attributes:
        pairs: of neighbouring letters.
        turns: of them, a vowel and a consonant.
        oddities: signs and capitals after a letter.
        characters: of the words.
        letters: of them.
        latin: of these.
    """

    pairs: int = 0
    turns: int = 0
    oddities: int = 0
    characters: int = 0
    letters: int = 0
    latin: int = 0


def _is_doubtful(words: Iterable[str]) -> bool:
    habit = _habit(words)
    if habit.pairs < _FEWEST_PAIRS or habit.latin < _LATIN * habit.letters:
        return False
    spread = _DOUBT * (_TURNS * (1 - _TURNS) / habit.pairs) ** 0.5
    seldom = habit.turns < (_TURNS - spread) * habit.pairs
    return seldom or habit.oddities > _ODDITIES * habit.characters


def _habit(words: Iterable[str]) -> _Habit:
    habit = _Habit()
    for word in words:
        core = word.strip(_AROUND_WORDS)
        if "@" in core or "/" in core:
            continue
        kinds = [_kind(each) for each in core]
        habit.characters += len(core)
        habit.letters += len(core) - kinds.count("")
        habit.latin += kinds.count("v") + kinds.count("c")
        for one, other, before, after in zip(kinds, kinds[1:], core, core[1:], strict=False):
            if one and other:
                habit.pairs += 1
                habit.turns += one != other
                habit.oddities += before.islower() and after.isupper()
            elif one or other:
                sign = after if one else before
                habit.oddities += not (sign.isdigit() or sign in _WITHIN_WORDS)
    return habit


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """``v`` for a vowel of the Latin script, ``c`` for a consonant, ``o`` for another letter."""
    if not character.isalpha():
        return ""
    if "LATIN" not in unicodedata.name(character, ""):
        return "o"
    return "v" if unicodedata.normalize("NFKD", character)[0].lower() in _VOWELS else "c"


def _plain(text: str) -> str:
    """The letters and digits of a text, without accents and capitals."""
    return "".join(
        each for each in unicodedata.normalize("NFKD", text).casefold() if each.isalnum()
    )


def _within(word: Word, others: Iterable[Word]) -> list[Word]:
    """Those whose middle lies in a word, or in which its middle lies."""
    box = word.box
    if box is None:
        return []
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    found = []
    for other in others:
        place = other.box
        if place is None:
            continue
        u, v = (place.left + place.right) / 2, (place.top + place.bottom) / 2
        inside = box.left <= u <= box.right and box.top <= v <= box.bottom
        around = place.left <= x <= place.right and place.top <= y <= place.bottom
        if inside or around:
            found.append(other)
    return sorted(found, key=lambda each: each.box.left if each.box else 0.0)
