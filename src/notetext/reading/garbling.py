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
from difflib import SequenceMatcher
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

# How alike two spellings are, from 0 to 1: read letters are about 0.9 like those that were meant,
# and 0.3 like others.
_ALIKE = 0.5
_FEWEST_READ = 5


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
        indices for indices in fonts.values() if _is_doubtful([spelled[each] for each in indices])
    ]


def contradicts(reading: Reading, words: Sequence[Word]) -> bool:
    """Whether what was read in the place of words is something else.

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
    alike = letters = compared = 0.0
    for word in words:
        here = "".join(_plain(other.text) for other in _within(word, read))
        own = _plain(word.text)
        if here:
            alike += len(own) * SequenceMatcher(None, own, here, autojunk=False).ratio()
            letters += len(own)
            compared += 1
    enough = min(_FEWEST_READ, len(words) / 2)
    return compared >= enough and letters > 0 and alike < _ALIKE * letters


def _is_doubtful(words: Iterable[str]) -> bool:
    pairs = turns = oddities = characters = letters = latin = 0
    for word in words:
        core = word.strip(
            "()[]{}.,;:!?\"'\u201c\u201d\u2018\u2019\u00ab\u00bb\u201e-\u2013\u2014*/"
        )
        if "@" in core or "/" in core:
            continue
        characters += len(core)
        kinds = [_kind(each) for each in core]
        letters += sum(kind != "" for kind in kinds)
        latin += sum(kind in {"v", "c"} for kind in kinds)
        for one, other, before, after in zip(kinds, kinds[1:], core, core[1:], strict=False):
            if one and other:
                pairs += 1
                turns += one != other
                oddities += before.islower() and after.isupper()
            elif one or other:
                sign = after if one else before
                oddities += not (sign.isdigit() or sign in _WITHIN_WORDS)
    if pairs < _FEWEST_PAIRS or latin < _LATIN * letters:
        return False
    spread = _DOUBT * (_TURNS * (1 - _TURNS) / pairs) ** 0.5
    return turns < (_TURNS - spread) * pairs or oddities > _ODDITIES * characters


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
